"""Finds the strings of TOML front matter with their places; the standard parser does not give places."""

from __future__ import annotations

import re

from claimcheck.extract.fields import LANGUAGE_KEYS, Value, add_value
from claimcheck.extract.structure import Outline

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


def read_toml(outline: Outline, text: str, start: int, end: int) -> str:
    """
    Add the strings of TOML that are prose to an outline as metadata.

    What is no TOML is passed over as far as the end of its line.

    Returns:
        The language that it names at its top level, or nothing.
    """
    reader = _TomlReader(outline, text)
    for token in _TOKEN.finditer(text, start, end):
        reader.take(token)
    return reader.language


class _TomlReader:
    """Follows keys and values; ``open`` holds the brackets that are open in a value, with the keys before them."""

    def __init__(self, outline: Outline, text: str) -> None:
        self._outline = outline
        self._text = text
        self._open: list[tuple[str, str]] = []
        self._key = ""
        self._in_value = False
        self._in_table = False
        self.language = ""

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

    def _string(self, value: str, start: int, end: int, kind: str) -> None:
        if not self._in_value:
            self._key = value
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
                self._in_table = True
        elif sign in "]}":
            if self._open:
                self._key = self._open.pop()[1]
                self._in_value = True
        elif sign == "," and self._open and self._open[-1][0] == "{":
            self._in_value = False
