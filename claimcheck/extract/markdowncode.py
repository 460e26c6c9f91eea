"""Finds the code in Markdown: blocks between fences, and spans between backticks."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

LINE = r"(?:\A|(?<=\n)|(?<=\r)(?!\n))"
"""Matches where a line begins."""

CODE = rf"""
    {LINE}(?P<lead>(?:[ \t>]|(?:[-*+]|\d{{1,9}}[.)])[ \t])*+)(?P<fence>`{{3,}}+(?=[^`\r\n]*+(?:[\r\n]|\Z))|~{{3,}}+)
  | (?P<ticks>`++)"""
"""Matches, in a verbose pattern, what may begin code; the last group is ``fence`` or ``ticks``."""

_TICKS = re.compile("`++")
_BLANK_LINE = re.compile(r"(?>\r\n?|\n)[ \t>]*+(?=[\r\n])")


class CodeFinder:
    """Knows where the backticks and the blank lines of a text stand, once somebody has to know."""

    def __init__(self, text: str) -> None:
        self._text = text

    def after(self, found: re.Match[str]) -> int:
        """One past the code that a match of ``CODE`` begins; one past the match if it begins none."""
        return self._after_fence(found) if found.lastgroup == "fence" else self._after_ticks(found)

    def _after_fence(self, found: re.Match[str]) -> int:
        fence = found["fence"]
        # A block in a quotation ends with it (CommonMark 0.31, example 128).
        quoted = rf"(?:[ \t]*+>){{{found['lead'].count('>')}}}"
        closing = rf"{quoted}[ \t]*+{fence[0]}{{{len(fence)},}}+[ \t]*+(?=[\r\n]|\Z)"
        end = re.compile(rf"{LINE}(?:(?!{quoted})|{closing})").search(self._text, found.end())
        return end.end() if end else len(self._text)

    def _after_ticks(self, found: re.Match[str]) -> int:
        starts, end = self._ticks.get(len(found["ticks"]), []), found.end()
        following = bisect_left(starts, end)
        if following == len(starts):
            return end
        blank = bisect_left(self._blank_lines, end)
        if blank < len(self._blank_lines) and self._blank_lines[blank] < starts[following]:
            return end
        return starts[following] + len(found["ticks"])

    @cached_property
    def _ticks(self) -> dict[int, list[int]]:
        """By their number, where backticks begin."""
        places: dict[int, list[int]] = {}
        for found in _TICKS.finditer(self._text):
            places.setdefault(len(found[0]), []).append(found.start())
        return places

    @cached_property
    def _blank_lines(self) -> list[int]:
        """Ends of the lines before them."""
        return [found.start() for found in _BLANK_LINE.finditer(self._text)]
