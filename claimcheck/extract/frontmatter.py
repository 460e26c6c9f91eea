"""Reads the front matter of Markdown: YAML between ``---`` lines, TOML between ``+++`` lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from claimcheck.errors import ExtractError, PackError
from claimcheck.extract.decode import place
from claimcheck.extract.fields import LANGUAGE_KEYS, OURS, Value, add_value
from claimcheck.extract.structure import Outline
from claimcheck.model import Facts

if TYPE_CHECKING:
    from yaml.nodes import ScalarNode

    from claimcheck.packs.nodes import Node

DEEPEST = 64

_YAML_OPENING = re.compile(r"---[ \t]*(?=[\r\n])")
_YAML_CLOSING = re.compile(r"(?:\r\n?|\n)(?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)")
_TOML_OPENING = re.compile(r"\+\+\+[ \t]*(?=[\r\n])")
_TOML_CLOSING = re.compile(r"(?:\r\n?|\n)\+\+\+[ \t]*(?=[\r\n]|\Z)")
_BLANK_LINE = re.compile(r"(?>\r\n?|\n)[ \t]*(?=[\r\n]|\Z)")
# Lines that speak to us: what they say is not passed over when it cannot be read.
_YAML_OURS = re.compile(rf"[\r\n][ \t]*+([\"']?){OURS}\1[ \t]*+:")
_TOML_OURS = re.compile(rf"[\r\n][ \t]*+(?:\[\[?[ \t]*+[\"']?{OURS}(?![\w-])|([\"']?){OURS}\1[ \t]*+[.=])")
# A parser in Python says what is wrong in so much and no more: it is slow.
_LONGEST_EXPLAINED = 100_000

# A tag and an anchor before a value count to its place.
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """
    What a file says of itself before its body.

    Args:
        body: Where the body begins; 0 if there is no front matter.
        language: The language that it names, or empty.
        subject: What it says that the copy is about, or empty.
        facts: What it says of the product, or ``None``.
    """

    body: int = 0
    language: str = ""
    subject: str = ""
    facts: Facts | None = None


def read_front_matter(outline: Outline, text: str, path: str) -> FrontMatter:
    """
    Add the prose of a file's front matter to an outline as metadata.

    Raises:
        ExtractError: If it is nested deeper than ``DEEPEST`` levels, what it says under ``claimcheck`` is wrong, or it
            says something there and cannot be read.
    """
    if opening := _YAML_OPENING.match(text):
        if closing := _YAML_CLOSING.search(text, opening.end()):
            reader = _read_yaml(outline, text, opening.end(), closing.start(), path)
            if reader is not None:
                return _front_matter(closing.end(), reader.language, reader.ours)
        else:
            _refuse_open(text, opening, _YAML_OURS, path)
    elif opening := _TOML_OPENING.match(text):
        if closing := _TOML_CLOSING.search(text, opening.end()):
            from claimcheck.extract.toml import read_toml  # few files have it

            ours = _TOML_OURS.search(text, opening.end(), closing.start()) is not None
            language, said = read_toml(outline, text, opening.end(), closing.start(), path if ours else "")
            return _front_matter(closing.end(), language, said)
        _refuse_open(text, opening, _TOML_OURS, path)
    return FrontMatter()


def _refuse_open(text: str, opening: re.Match[str], ours: re.Pattern[str], path: str) -> None:
    """Refuse front matter that speaks to us before its first blank line and has no end."""
    blank = _BLANK_LINE.search(text, opening.end())
    if ours.search(text, opening.end(), blank.start() if blank else len(text)):
        fence = opening[0].rstrip()
        what = f"the front matter is not closed, so that '{OURS}' in it cannot be read"
        raise ExtractError(what, where=f"{path}:1:1", fix=f"Write '{fence}' on a line of its own beneath it.")


def _front_matter(body: int, language: str, ours: Node | None) -> FrontMatter:
    if ours is None:
        return FrontMatter(body, language)
    from claimcheck.packs.facts import read_facts  # few files state any

    try:
        return FrontMatter(body, language, *read_facts(ours, f"'{OURS}'"))
    except PackError as error:
        raise ExtractError(error.what, where=error.where, fix=error.fix) from None


def _read_yaml(outline: Outline, text: str, start: int, end: int, path: str) -> _YamlReader | None:
    """The mapping, read; ``None`` if this is none: then the lines are thematic breaks around prose."""
    import yaml  # costs more than the rest of reading a file without front matter

    stuff = text[start:end]
    ours = _YAML_OURS.search(stuff) is not None
    try:
        root = _composed(stuff, path)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # Recent releases of the parser stop at a depth of their own, before the first event is handed out.
        if "nesting depth" in (getattr(error, "problem", None) or ""):
            raise _too_deep(getattr(error, "problem_mark", None), path) from None
        if ours:
            raise _unreadable(text, start, _fault(stuff, error), path) from None
        return None
    if root is not None and not isinstance(root, yaml.MappingNode):
        if ours:
            where = place(text, start + root.start_mark.index, path)
            what = "the front matter cannot be read: it is no block of keys"
            raise ExtractError(what, where=where, fix="Write keys, each with a colon and a space after it.")
        return None
    reader = _YamlReader(outline, text, start, path)
    reader.read(root)
    return reader


def _composed(stuff: str, path: str) -> Any:
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    depth = 0
    for event in yaml.parse(stuff, Loader=loader):
        # Nesting is not left to the composer: it recurses, in C without a guard.
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise _too_deep(event.start_mark, path)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return yaml.compose(stuff, Loader=loader)


def _fault(stuff: str, error: Exception) -> Exception:
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


def _unreadable(text: str, start: int, fault: Exception, path: str) -> ExtractError:
    from claimcheck.packs.nodes import syntax_error

    told = syntax_error(fault, path)
    what, fix = told.what, told.fix
    if isinstance(character := getattr(fault, "character", None), int):
        what, fix = f"the character U+{character:04X} cannot be seen", "Remove it."
    mark = getattr(fault, "problem_mark", None)
    where = place(text, start + getattr(mark, "index", getattr(fault, "position", 0)), path)
    return ExtractError(f"the front matter cannot be read: {what}", where=where, fix=fix)


def _too_deep(mark: Any, path: str) -> ExtractError:
    return ExtractError(
        f"the front matter is nested deeper than {DEEPEST} levels",
        where=f"{path}:{mark.line + 1 if mark else 1}",
        fix="Write it flatter.",
    )


class _YamlReader:
    """Walks composed nodes; each once, as an alias may stand for the same node many times over."""

    def __init__(self, outline: Outline, text: str, shift: int, path: str) -> None:
        self._outline = outline
        self._text = text
        self._shift = shift
        self._path = path
        self._seen: set[int] = set()
        self._nodes: dict[int, Node] = {}
        self.language = ""
        self.ours: Node | None = None

    def read(self, root: Any) -> None:
        if root is not None:
            self._walk(root, "", 0)

    def _walk(self, node: Any, key: str, depth: int) -> None:
        if id(node) in self._seen:
            return
        self._seen.add(id(node))
        if node.id == "scalar":
            self._scalar(node, key, depth)
        elif node.id == "sequence":
            for item in node.value:
                self._walk(item, key, depth + 1)
        else:
            for name, value in node.value:
                if depth == 0 and name.id == "scalar" and name.value == OURS:
                    if self.ours is not None:
                        where = place(self._text, self._shift + name.start_mark.index, self._path)
                        raise ExtractError(f"key '{OURS}' stands twice", where=where, fix="Merge the two.")
                    self.ours = self._as_node(value)
                elif name.id == "scalar":
                    self._walk(value, name.value, depth + 1)

    def _as_node(self, node: Any) -> Node:
        """What stands there, as the reader of packs takes it; the line counts from the start of the file."""
        from claimcheck.packs.nodes import Node
        from claimcheck.packs.schema import Text

        if id(node) in self._nodes:  # an alias
            return self._nodes[id(node)]
        mark = node.start_mark
        scalar = node.id == "scalar"
        at = Text(node.value if scalar else "", self._path, mark.line + 1, mark.column + 1)
        if scalar:
            return Node("text", at, plain=not node.style)
        made = self._nodes[id(node)] = Node("list" if node.id == "sequence" else "mapping", at)
        inner = node.value if node.id == "sequence" else (one for pair in node.value for one in pair)
        made.items.extend(self._as_node(one) for one in inner)
        return made

    def _scalar(self, node: ScalarNode, key: str, depth: int) -> None:
        if depth == 1 and key.lower() in LANGUAGE_KEYS:
            self.language = node.value.strip()
            return
        start, end = self._shift + node.start_mark.index, self._shift + node.end_mark.index
        start = _PROPERTIES.match(self._text, start, end).end()  # type: ignore[union-attr]  # it may be empty
        style = node.style or ""
        if style in ("|", ">"):
            # The header line holds indicators only.
            start += len(self._text[start:end].splitlines()[0]) if end > start else 0
        elif style:
            start, end = start + 1, end - 1
        add_value(self._outline, self._text, Value(key, node.value, style, start, end))
