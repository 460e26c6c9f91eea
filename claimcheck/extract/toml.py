"""Reads TOML; the standard parser says what is wrong and gives no places, so that these are found here."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from claimcheck.errors import ExtractError
from claimcheck.extract.decode import decode, line_starts, place
from claimcheck.extract.escapes import string_at
from claimcheck.extract.fields import OURS, Fields
from claimcheck.extract.offsets import Source, source_of
from claimcheck.extract.origin import origin_of
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.structure import Outline
from claimcheck.model import Document

if TYPE_CHECKING:
    from claimcheck.packs.nodes import Node
    from claimcheck.packs.schema import Text

DEEPEST = 64

# Possessive throughout: a string that is not closed must not be read again from every later quote.
_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\r\n]*+)
    | \"{3}(?P<basics>(?:[^"\\]|\\.|"(?!""))*+)(?P<end1>\"{3,5})?+
    | '{3}(?P<literals>(?:[^']|'(?!''))*+)(?P<end2>'{3,5})?+
    | "(?P<basic>(?:[^"\\\r\n]|\\[^\r\n])*+)"?+
    | '(?P<literal>[^'\r\n]*+)'?+
    | (?P<bare>[A-Za-z0-9_-]++)
    | (?P<sign>[=\[\]{},.])
    | (?P<line>\r\n?|\n)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\[ \t]*+(?:\r\n?|\n)\s*+|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\.", re.DOTALL)
_STRINGS = frozenset({"basics", "basic", "literals", "literal"})
_FRONT_MATTER = "the front matter"


def read(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Document:
    """Read a TOML file. Raises ExtractError if it is no text or no TOML, or nested deeper than ``DEEPEST`` levels."""
    text = decode(data, path)
    outline = Outline()
    reader = _TomlReader(outline, source_of(text), path=path, reading=reading)
    _read(reader, text, 0, len(text), path, "this file")
    _parsed(text, 0, len(text), path, "this file")
    return origin_of(path, text, "toml").document(outline, language=reader.language)


def read_toml(
    outline: Outline, text: str, start: int, end: int, path: str, reading: Reading, *, ours: bool
) -> tuple[str, Node | None]:
    """
    Add the strings of TOML that are prose to an outline as metadata.

    What is no TOML is passed over as far as the end of its line.

    Args:
        path: The file.
        ours: Whether a line of it speaks to us.
        reading: What a configuration says of keys.

    Returns:
        The language that it names at its top level, or nothing; and what it says under ``claimcheck``, if anything.

    Raises:
        ExtractError: If a line of it speaks to us, and it is no TOML or nested deeper than ``DEEPEST`` levels.
    """
    reader = _TomlReader(outline, Source(text), path=path, reading=reading, metadata=True)
    if not ours:
        reader.read(start, end)
        return reader.language, None
    _read(reader, text, start, end, path, _FRONT_MATTER)
    return reader.language, _ours(text, start, end, path, reader.places)


def try_toml(outline: Outline, source: Source, *, path: str, reading: Reading) -> str:
    """
    Add the strings of TOML that are prose to an outline; what is no TOML is passed over to the end of its line.

    Returns:
        The language that it names at its top level, or nothing.

    Raises:
        ExtractError: If it is nested deeper than ``DEEPEST`` levels.
    """
    reader = _TomlReader(outline, source, path=path, reading=reading)
    _read(reader, source.text, 0, len(source.text), path, "this file")
    return reader.language


def _ours(text: str, start: int, end: int, path: str, places: dict[str, list[int]]) -> Node | None:
    said = _parsed(text, start, end, path, _FRONT_MATTER).get(OURS)
    return None if said is None else _Nodes(text, path, places).made(said)


def _read(reader: _TomlReader, text: str, start: int, end: int, path: str, what: str) -> None:
    deep = reader.read(start, end, deepest=DEEPEST)
    if deep is not None:
        # The standard parser recurses, and takes quadratic time and memory for a long key.
        what = f"{what} is nested deeper than {DEEPEST} levels"
        raise ExtractError(what, where=place(text, deep, path), fix="Write it flatter.")


def _parsed(text: str, start: int, end: int, path: str, what: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text[start:end])
    except ValueError as error:
        raise _unreadable(place(text, end, path), path, what, str(error)) from None


def _unreadable(last: str, path: str, what: str, problem: str) -> ExtractError:
    problem, _, at = problem.partition(" (at ")
    found = re.fullmatch(r"line (\d+), column (\d+)\)", at)
    where = f"{path}:{found[1]}:{found[2]}" if found else last
    return ExtractError(
        f"{what} cannot be read: this is not TOML: {problem[0].lower()}{problem[1:]}",
        where=where,
        fix="Look at quotes, brackets and what stands twice.",
    )


class _Nodes:
    """
    What the parser read, as the reader of packs takes it.

    The parser gives no places: those of equal words are handed out in the order of the file.
    """

    def __init__(self, text: str, path: str, places: dict[str, list[int]]) -> None:
        self._path = path
        self._starts = line_starts(text)
        self._places = {word: iter(offsets) for word, offsets in places.items()}
        self._first = places.get(OURS, [0])[0]

    def made(self, value: Any) -> Node:
        from claimcheck.packs.nodes import Node

        if isinstance(value, dict):
            return Node("mapping", self._at(""), [self.made(one) for pair in value.items() for one in pair])
        if isinstance(value, list):
            return Node("list", self._at(""), [self.made(one) for one in value])
        plain = isinstance(value, bool)
        return Node("text", self._at(str(value).lower() if plain else str(value)), plain=plain)

    def _at(self, word: str) -> Text:
        from claimcheck.packs.schema import Text

        offset = next(self._places.get(word, iter(())), self._first)
        line = bisect_right(self._starts, offset)
        return Text(word, self._path, line, offset - self._starts[line - 1] + 1)


class _TomlReader:
    """
    Follows keys and values.

    Attributes:
        language: What it says at its top level.
        places: For each key and value that speaks to us its offsets, in the order of the file.
    """

    def __init__(
        self, outline: Outline, source: Source, *, path: str, reading: Reading, metadata: bool = False
    ) -> None:
        self._outline = outline
        self._source = source
        self._fields = Fields(outline, path=path, reading=reading, metadata=metadata)
        # Brackets that are open in a value, each with the mappings that the dotted key before it opened.
        self._open: list[tuple[str, int]] = []
        self._names: list[str] = []
        self._dots = 0
        self._tables = 0
        self._heading = False
        self._in_value = False
        self._ours = False
        self.places: dict[str, list[int]] = {}

    @property
    def language(self) -> str:
        return self._fields.language

    def read(self, start: int, end: int, deepest: int | None = None) -> int | None:
        """
        Read the TOML between two offsets; the outline is left as deep as it was.

        Returns:
            The offset at which it is nested deeper than ``deepest`` levels and reading stopped, if it is.
        """
        depth = self._outline.depth
        self._fields.open_mapping()
        deep = None
        for token in _TOKEN.finditer(self._source.text, start, end):
            self._take(token)
            if deepest is not None and (len(self._open) > deepest or len(self._names) > deepest):
                deep = token.start()
                break
        self._outline.leave_to(depth)
        return deep

    def _take(self, token: re.Match[str]) -> None:
        kind = token.lastgroup or ""
        if kind in ("end1", "end2"):
            kind = "basics" if kind == "end1" else "literals"
        if kind == "sign":
            self._sign(token[0])
        elif kind == "line":
            if not self._open:
                self._end_line()
        elif kind == "comment":
            self._outline.comment(token[0][1:], *self._source.place(*token.span()))
        elif self._in_value:
            self._value(token, kind)
        else:
            self._names.append(self._decoded(token, kind).text if kind == "basic" else token[kind])
            if len(self._names) == 1 and not self._open and (self._heading or not self._tables):
                self._ours = token[kind] == OURS
            self._note(token, kind)

    def _value(self, token: re.Match[str], kind: str) -> None:
        if kind in _STRINGS:
            inner = self._decoded(token, kind)
            if self._fields.takes(inner.text):
                self._fields.add(inner)
        self._note(token, kind)

    def _decoded(self, token: re.Match[str], kind: str) -> Source:
        escaped = kind in ("basic", "basics") and "\\" in token[kind]
        return string_at(self._source, *token.span(kind), _ESCAPE if escaped else None)

    def _note(self, token: re.Match[str], kind: str) -> None:
        """Take down where a word stands that speaks to us."""
        if self._ours:
            self.places.setdefault(token[kind], []).append(token.start())

    def _end_line(self) -> None:
        if self._heading:
            self._open_table()
        self._end_entry()

    def _end_entry(self) -> None:
        """The value of a key, or what stands in place of one, ended."""
        for _ in range(self._dots):
            self._fields.close()
        self._dots = 0
        self._names.clear()
        self._in_value = False
        if not self._tables and not self._open:
            self._ours = False

    def _open_table(self) -> None:
        for _ in range(self._tables):
            self._fields.close()
        for name in self._names:
            self._fields.key(name)
            self._fields.open_mapping()
        self._tables = len(self._names)
        self._heading = False

    def _sign(self, sign: str) -> None:
        if sign == "=":
            if not self._in_value:
                self._begin_value()
        elif sign in "[{":
            if self._in_value:
                self._begin_bracket(sign)
            elif not self._open:
                self._heading = True
        elif sign in "]}":
            if self._open:
                self._end_bracket()
        elif sign == "," and self._open and self._open[-1][0] == "{":
            self._end_entry()

    def _begin_value(self) -> None:
        names = self._names or [""]
        for name in names[:-1]:
            self._fields.key(name)
            self._fields.open_mapping(region=False)
        self._fields.key(names[-1])
        self._dots = len(names) - 1
        self._in_value = True

    def _begin_bracket(self, sign: str) -> None:
        self._open.append((sign, self._dots))
        self._dots = 0
        self._names.clear()
        self._in_value = sign == "["
        if sign == "[":
            self._fields.open_list()
        else:
            self._fields.open_mapping()

    def _end_bracket(self) -> None:
        self._end_entry()
        self._dots = self._open.pop()[1]
        self._fields.close()
        self._in_value = True
