"""Reads YAML: mappings and lists of strings, in any number of documents; tags are never obeyed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from claimcheck.errors import ExtractError
from claimcheck.extract.decode import decode, place
from claimcheck.extract.escapes import string_at
from claimcheck.extract.fields import Fields
from claimcheck.extract.offsets import Source, StretchBuilder, source_of
from claimcheck.extract.origin import origin_of
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.structure import Outline
from claimcheck.model import Document

if TYPE_CHECKING:
    from yaml.events import Event

DEEPEST = 64

# A parser in Python says what is wrong in so much and no more: it is slow.
_LONGEST_EXPLAINED = 100_000

# A tag and an anchor before a value count to its place.
_PROPERTIES = re.compile(r"(?:[&!]\S*+\s++)*+")
_COMMENT = re.compile(r"(?<!\S)\#[^\r\n]*+")
# The look-behind keeps long stretches of spaces from being tried from every space.
_FOLD = r"(?<![ \t])[ \t]*+(?>\r\n?|\n)[ \t]*+(?:(?>\r\n?|\n)[ \t]*+)*+"
_SPECIAL = {
    "": re.compile(_FOLD),
    "'": re.compile(rf"''|{_FOLD}"),
    '"': re.compile(
        rf"\\(?>\r\n?|\n)\s*+|\\x[0-9a-fA-F]{{2}}|\\u[0-9a-fA-F]{{4}}|\\U[0-9a-fA-F]{{8}}|\\.|{_FOLD}", re.DOTALL
    ),
}
_BINARY = "tag:yaml.org,2002:binary"
_LINE = re.compile(r"([^\r\n]*+)(?:\r\n?|\n|\Z)")

# What comes next in a mapping, in a list, and in what is passed over: a key that is no string, and the value under it.
_KEY, _VALUE, _UNNAMED, _ITEM, _PASSED = range(5)


def read(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Document:
    """Read a YAML file. Raises ExtractError if it is no text or no YAML, or nested deeper than ``DEEPEST`` levels."""
    text = decode(data, path)
    outline = Outline()
    language = read_yaml(outline, source_of(text), text, path=path, reading=reading)
    return origin_of(path, text, "yaml").document(outline, language=language)


def read_yaml(outline: Outline, source: Source, text: str, *, path: str, reading: Reading) -> str:
    """
    Add the strings of YAML that are prose to an outline.

    Args:
        outline: Left as deep as it was.
        source: The YAML.
        text: The text of the file, for errors.
        path: The file.
        reading: What a configuration says of keys.

    Returns:
        The language that it names at its top level, or nothing.

    Raises:
        ExtractError: If it is no YAML, or nested deeper than ``DEEPEST`` levels.
    """
    reader = YamlReader(outline, source, 0, path=path, reading=reading)
    try:
        for event in parsed(source.text, path, "this YAML"):
            reader.take(event)
    except faults() as error:
        raise unreadable(source, text, error, path, "this YAML") from None
    return reader.language


def parsed(stuff: str, path: str, what: str) -> Iterator[Event]:
    """
    The events of YAML, one after the other.

    Nothing is composed: that recurses, in C without a guard, and aliases would stand for what they name.

    Args:
        stuff: The YAML.
        path: The file, for errors.
        what: What is read, for errors.

    Raises:
        ExtractError: If it is nested deeper than ``DEEPEST`` levels.
        YAMLError, ValueError, OverflowError: If it is no YAML.
    """
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    depth = 0
    anchors: set[str] = set()
    try:
        for event in yaml.parse(stuff, Loader=loader):
            if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
                if not isinstance(event, yaml.AliasEvent):
                    anchors.add(event.anchor)
                elif event.anchor not in anchors:
                    raise _no_anchor(event)
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > DEEPEST:
                    raise _too_deep(event.start_mark, path, what)
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            yield event
    except yaml.YAMLError as error:
        # Recent releases of the parser stop at a depth of their own, before the first event is handed out.
        if "nesting depth" in (getattr(error, "problem", None) or ""):
            raise _too_deep(getattr(error, "problem_mark", None), path, what) from None
        raise


def _no_anchor(event: Any) -> Exception:
    import yaml

    return yaml.composer.ComposerError(None, None, "found undefined alias", event.start_mark)


def faults() -> tuple[type[Exception], ...]:
    """What ``parsed`` raises for what is no YAML."""
    import yaml

    return yaml.YAMLError, ValueError, OverflowError


def unreadable(source: Source, text: str, error: Exception, path: str, what: str) -> ExtractError:
    """
    What is wrong in YAML, in the words of the parser that every installation has.

    Args:
        source: The YAML.
        text: The text of the file.
        error: What ``parsed`` raised.
        path: The file's name.
        what: What was read.
    """
    from claimcheck.packs.nodes import syntax_error

    fault = _explained(source.text, error)
    told = syntax_error(fault, path)
    said, fix = told.what, told.fix
    if isinstance(character := getattr(fault, "character", None), int):
        said, fix = f"the character U+{character:04X} cannot be seen", "Remove it."
    mark = getattr(fault, "problem_mark", None)
    at = min(getattr(mark, "index", getattr(fault, "position", 0)), len(source.text))
    offset = source.place(at - 1, at)[1] if at else source.place(0, 1)[0]
    return ExtractError(f"{what} cannot be read: {said}", where=place(text, offset, path), fix=fix)


def _explained(stuff: str, error: Exception) -> Exception:
    """An error of the fast parser, in the words of the one that every installation has."""
    import yaml

    if len(stuff) <= _LONGEST_EXPLAINED:
        try:
            for _ in yaml.parse(stuff, Loader=yaml.SafeLoader):
                pass
        except yaml.YAMLError as plain:
            return plain
        except (ValueError, OverflowError):
            pass
    return error


def _too_deep(mark: Any, path: str, what: str) -> ExtractError:
    return ExtractError(
        f"{what} is nested deeper than {DEEPEST} levels",
        where=f"{path}:{mark.line + 1 if mark else 1}",
        fix="Write it flatter.",
    )


class YamlReader:
    """
    Adds the strings of YAML that are prose to an outline, and its comments.

    An alias adds nothing: what it stands for is read where it is written.

    Args:
        outline: Left as deep as it was after the last event.
        source: The text in which the YAML stands.
        shift: Offset in it from which the events count.
        path: The file.
        reading: What a configuration says of keys.
        metadata: Whether the strings are seen apart from the page's text, as front matter is.
    """

    def __init__(
        self, outline: Outline, source: Source, shift: int, *, path: str, reading: Reading, metadata: bool = False
    ) -> None:
        self._outline = outline
        self._source = source
        self._shift = shift
        self._new_fields = partial(Fields, outline, path=path, reading=reading, metadata=metadata)
        self._fields = self._new_fields()
        self._open: list[int] = []
        self._named: dict[str, str] = {}
        self._done = shift
        self._handlers: dict[str, Callable[[Any], None]] = {
            "DocumentStartEvent": self._on_document,
            "DocumentEndEvent": self._on_document_end,
            "MappingStartEvent": self._on_mapping,
            "SequenceStartEvent": self._on_sequence,
            "MappingEndEvent": self._on_end,
            "SequenceEndEvent": self._on_end,
            "ScalarEvent": self._on_scalar,
            "AliasEvent": self._on_alias,
        }
        self.language = ""

    def take(self, event: Any) -> None:
        """Take the next event of ``parsed``."""
        start, end = self._shift + event.start_mark.index, self._shift + event.end_mark.index
        if start > self._done:
            self._comments(self._done, start)
        self._done = max(self._done, end)
        if handler := self._handlers.get(type(event).__name__):
            handler(event)

    def _comments(self, start: int, end: int) -> None:
        text = self._source.text
        if text.find("#", start, end) >= 0:
            for found in _COMMENT.finditer(text, start, end):
                self._outline.comment(found[0][1:], *self._source.place(*found.span()))

    def _on_document(self, _event: Event) -> None:
        self._fields = self._new_fields()
        self._named.clear()

    def _on_document_end(self, _event: Event) -> None:
        self.language = self.language or self._fields.language

    def _on_mapping(self, _event: Event) -> None:
        if self._goes_down(_KEY):
            self._fields.open_mapping()

    def _on_sequence(self, _event: Event) -> None:
        if self._goes_down(_ITEM):
            self._fields.open_list()

    def _goes_down(self, state: int) -> bool:
        """Open a mapping or list; whether what stands in it is read."""
        passed = bool(self._open) and self._open[-1] in (_KEY, _UNNAMED, _PASSED)
        self._open.append(_PASSED if passed else state)
        return not passed

    def _on_end(self, _event: Event) -> None:
        if self._open.pop() != _PASSED:
            self._fields.close()
        self._go_on()

    def _go_on(self, *, named: bool = False) -> None:
        """A key or value ended; ``named``: it was a key that is a string."""
        if self._open:
            state = self._open[-1]
            if state == _KEY:
                self._open[-1] = _VALUE if named else _UNNAMED
            elif state in (_VALUE, _UNNAMED):
                self._open[-1] = _KEY

    def _on_alias(self, event: Any) -> None:
        name = self._named.get(event.anchor)
        if self._open and self._open[-1] == _KEY and name is not None:
            self._fields.key(name)
        self._go_on(named=name is not None)

    def _on_scalar(self, event: Any) -> None:
        if event.anchor is not None:
            self._named[event.anchor] = event.value
        state = self._open[-1] if self._open else _ITEM
        if state == _KEY:
            self._fields.key(event.value)
        elif state in (_VALUE, _ITEM) and event.tag != _BINARY and self._fields.takes(event.value):
            self._fields.add(self._inner(event))
        self._go_on(named=True)

    def _inner(self, event: Any) -> Source:
        text = self._source.text
        start, end = self._shift + event.start_mark.index, self._shift + event.end_mark.index
        start = _PROPERTIES.match(text, start, end).end()  # type: ignore[union-attr]  # it may be empty
        style = event.style or ""
        if style in ("|", ">"):
            return self._block(event.value, start, end, folded=style == ">")
        if style:
            start, end = start + 1, end - 1
        special = None if text[start:end] == event.value else _SPECIAL[style]
        return string_at(self._source, start, end, special)

    def _block(self, value: str, start: int, end: int, *, folded: bool) -> Source:
        """A literal or folded string; its first line is shorter in the value by the indentation."""
        text = self._source.text
        builder = StretchBuilder(self._source)
        lead = _lead(next((line for line in value.split("\n") if line.strip()), ""))
        indent, done, blank, was_deep = -1, -1, 0, False
        at = _LINE.match(text, start, end).end()  # type: ignore[union-attr]  # it may be empty
        while at < end and (line := _LINE.match(text, at, end)):
            at = line.end()
            if not line[1].strip():
                blank += 1
                continue
            if indent < 0:
                indent = _lead(line[1]) - lead
            first, last = line.start() + indent, line.end(1)
            deep = text[first] in " \t"
            if done >= 0:
                if not folded:
                    between = "\n" * (blank + 1)
                elif blank:
                    between = "\n\n"
                else:
                    between = "\n" if deep or was_deep else " "
                builder.decoded(between, done, first)
            builder.exact(first, last)
            done, blank, was_deep = last, 0, deep
        return builder.inner()


def _lead(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))
