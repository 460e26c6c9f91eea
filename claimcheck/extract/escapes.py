"""Turns quoted strings of data files into what they stand for, with the way back to the file."""

from __future__ import annotations

import re
import sys

from claimcheck.extract.decode import LINE_END
from claimcheck.extract.offsets import Source, StretchBuilder
from claimcheck.model import Run

# Those of JSON, TOML and YAML, which agree where they meet; what nobody sees is left out.
_ESCAPES = {
    "n": "\n", "t": " ", "r": "\r", "b": "", "f": " ", "v": " ", "a": "", "e": "", "0": "",
    "N": "\n", "_": "\u00a0", "L": "\n", "P": "\n",
}  # fmt: skip
_SURROGATES = range(0xD800, 0xE000)

PAIR = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
"""A regular expression for one character beyond U+FFFF as JSON writes it."""


def string_at(source: Source, start: int, end: int, special: re.Pattern[str] | None = None) -> Source:
    """
    What the string between two offsets of a source, its quotes not counted, stands for.

    Args:
        source: The text in which it stands.
        start: Of its first character.
        end: One past its last.
        special: Finds what does not stand for itself: escapes that begin with a backslash, doubled quotes, and line
            breaks with the space around them, which stand for a space or, with a blank line, for two line breaks;
            ``None`` if there is nothing to find.
    """
    if special is None and source.plain and not source.runs:
        runs = (Run(0, end - start, start, end - start),) if end > start else ()
        return Source(source.text[start:end], runs, plain=True)
    builder = StretchBuilder(source)
    if special is None:
        builder.exact(start, end)
    else:
        for found in builder.around(special, start, end):
            builder.decoded(_stands_for(found[0]), *found.span())
    return builder.inner()


def character_at(code: int) -> str:
    """The character of a code point; the sign for a broken one if there is none."""
    return "\ufffd" if code > sys.maxunicode or code in _SURROGATES else chr(code)


def paired(escape: str) -> str:
    """The character of a ``PAIR``."""
    return chr(0x10000 + ((int(escape[2:6], 16) & 0x3FF) << 10) + (int(escape[8:], 16) & 0x3FF))


def _stands_for(special: str) -> str:
    first = special[0]
    if first == "\\":
        return _unescaped(special)
    if first in "\"'":
        return first
    return " " if len(LINE_END.findall(special)) == 1 else "\n\n"


def _unescaped(escape: str) -> str:
    letter, digits = escape[1], escape[2:]
    if LINE_END.search(escape):
        return ""
    if letter not in "uUx" or not digits:
        return _ESCAPES.get(letter, letter)
    if len(escape) == len(r"\ud83d\ude00"):
        return paired(escape)
    return character_at(int(digits, 16))
