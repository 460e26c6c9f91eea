"""Finds the strings of TOML front matter with their places; the standard parser does not give places."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from claimcheck.errors import ExtractError
from claimcheck.extract.decode import line_starts, place
from claimcheck.extract.fields import LANGUAGE_KEYS, OURS, Value, add_value
from claimcheck.extract.structure import Outline

if TYPE_CHECKING:
    from claimcheck.packs.nodes import Node
    from claimcheck.packs.schema import Text

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
_STYLES = {"basics": '"', "basic": '"', "literals": "literal", "literal": "literal"}


def read_toml(outline: Outline, text: str, start: int, end: int, path: str) -> tuple[str, Node | None]:
    """
    Add the strings of TOML that are prose to an outline as metadata.

    What is no TOML is passed over as far as the end of its line.

    Args:
        path: The file, when a line of it speaks to us; otherwise empty.

    Returns:
        The language that it names at its top level, or nothing; and what it says under ``claimcheck``, if anything.

    Raises:
        ExtractError: If a line of it speaks to us, and it is no TOML.
    """
    reader = _TomlReader(outline, text)
    for token in _TOKEN.finditer(text, start, end):
        reader.take(token)
    return reader.language, _ours(text, start, end, path, reader.places) if path else None


def _ours(text: str, start: int, end: int, path: str, places: dict[str, list[int]]) -> Node | None:
    import tomllib

    try:
        said = tomllib.loads(text[start:end]).get(OURS)
    except ValueError as error:
        raise _unreadable(place(text, end, path), path, str(error)) from None
    except RecursionError:
        what = "the front matter is nested too deeply to be read"
        raise ExtractError(what, where=f"{path}:1:1", fix="Write it flatter.") from None
    return None if said is None else _Nodes(text, path, places).made(said)


def _unreadable(last: str, path: str, problem: str) -> ExtractError:
    what, _, at = problem.partition(" (at ")
    found = re.fullmatch(r"line (\d+), column (\d+)\)", at)
    where = f"{path}:{found[1]}:{found[2]}" if found else last
    return ExtractError(
        f"the front matter cannot be read: this is not TOML: {what[0].lower()}{what[1:]}",
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
    Follows keys and values; ``open`` holds the brackets that are open in a value, with the keys before them.

    Attributes:
        places: For each key and value that speaks to us its offsets, in the order of the file.
    """

    def __init__(self, outline: Outline, text: str) -> None:
        self._outline = outline
        self._text = text
        self._open: list[tuple[str, str]] = []
        self._key = ""
        self._in_value = False
        self._in_table = False
        self._ours = False
        self._naming = False
        self._first = ""
        self.language = ""
        self.places: dict[str, list[int]] = {}

    def take(self, token: re.Match[str]) -> None:
        kind = token.lastgroup or ""
        if kind in ("end1", "end2"):
            kind = "basics" if kind == "end1" else "literals"
        if kind == "sign":
            self._sign(token[0])
        elif kind == "line":
            if not self._open:
                self._in_value = False
                self._key = self._first = ""
        elif kind in _STYLES or kind == "bare":
            word = token[kind]
            if not self._in_value:
                self._name(word)
            elif kind != "bare" and not self._speaks_to_us:
                self._string(word, *token.span(kind), kind)
            if self._speaks_to_us:
                self.places.setdefault(word, []).append(token.start())

    @property
    def _speaks_to_us(self) -> bool:
        return self._ours or (not self._in_table and self._first == OURS)

    def _name(self, word: str) -> None:
        """A part of a key or of the name of a table."""
        self._key = word
        if self._naming:
            self._naming = False
            self._ours = word == OURS
        elif not self._open:
            self._first = self._first or word

    def _string(self, value: str, start: int, end: int, kind: str) -> None:
        if not self._open and not self._in_table and self._key.lower() in LANGUAGE_KEYS:
            self.language = value.strip()
            return
        add_value(self._outline, self._text, Value(self._key, value, _STYLES[kind], start, end))

    def _sign(self, sign: str) -> None:
        if sign == "=":
            self._in_value = True
        elif sign in "[{":
            if self._in_value:
                self._open.append((sign, self._key))
                self._in_value = sign == "["
            elif not self._open:
                self._in_table = self._naming = True
        elif sign in "]}":
            if self._open:
                self._key = self._open.pop()[1]
                self._in_value = True
        elif sign == "," and self._open and self._open[-1][0] == "{":
            self._in_value = False
