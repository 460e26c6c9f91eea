"""Finds the strings of TOML front matter with their places; the standard parser does not give places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from claimcheck.extract.fields import LANGUAGE_KEYS, OURS, Value, add_value
from claimcheck.extract.structure import Outline

if TYPE_CHECKING:
    from claimcheck.packs.nodes import Node

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

    Returns:
        The language that it names at its top level, or nothing; and its table ``claimcheck``, if it has one.
    """
    reader = _TomlReader(outline, text)
    for token in _TOKEN.finditer(text, start, end):
        reader.take(token)
    return reader.language, _ours(text[start:end], path) if reader.speaks_to_us else None


def _ours(text: str, path: str) -> Node | None:
    """The table ``claimcheck``; its values have the place of the front matter, as the parser gives none."""
    import tomllib

    try:
        return _as_node(tomllib.loads(text).get(OURS), path)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _as_node(value: Any, path: str) -> Node:
    from claimcheck.packs.nodes import Node
    from claimcheck.packs.schema import Text

    place = Text("", path, 1, 1)
    if isinstance(value, dict):
        return Node("mapping", place, [_as_node(one, path) for pair in value.items() for one in pair])
    if isinstance(value, list):
        return Node("list", place, [_as_node(one, path) for one in value])
    plain = isinstance(value, bool)
    return Node("text", Text(str(value).lower() if plain else str(value), path, 1, 1), plain=plain)


class _TomlReader:
    """Follows keys and values; ``open`` holds the brackets that are open in a value, with the keys before them."""

    def __init__(self, outline: Outline, text: str) -> None:
        self._outline = outline
        self._text = text
        self._open: list[tuple[str, str]] = []
        self._key = ""
        self._in_value = False
        self._in_table = False
        self._ours = False
        self._naming = False
        self.language = ""
        self.speaks_to_us = False

    def take(self, token: re.Match[str]) -> None:
        kind = token.lastgroup or ""
        if kind in ("end1", "end2"):
            kind = "basics" if kind == "end1" else "literals"
        if kind == "sign":
            self._sign(token[0])
        elif kind == "line":
            if not self._open:
                self._in_value = False
                self._key = ""
        elif kind in _STYLES:
            self._string(token[kind], *token.span(kind), kind)
        elif kind == "bare" and not self._in_value:
            self._key = token[0]
            if self._naming:
                self._naming = False
                self._ours = token[0] == OURS
                self.speaks_to_us = self.speaks_to_us or self._ours

    def _string(self, value: str, start: int, end: int, kind: str) -> None:
        if not self._in_value:
            self._key = value
            return
        if self._ours:
            return
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
