"""Lines of markup that is read line by line: reStructuredText and AsciiDoc."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from claimcheck.extract.decode import line_starts
from claimcheck.extract.offsets import Source, StretchBuilder

TAB = 8
"""Columns from one tab stop to the next."""


class Line(NamedTuple):
    """
    A line, or what of it stands in a cell or after a marker, without white space at its ends; empty for a blank one.

    Args:
        start: Offset of its first character.
        end: One past its last.
        column: In which it begins, from 0; tabs count.
    """

    start: int
    end: int
    column: int

    @property
    def blank(self) -> bool:
        """Whether nothing but white space stands in it."""
        return self.start == self.end


BLANK = Line(0, 0, 0)


def lines_of(text: str) -> Iterator[Line]:
    """Every line of a text."""
    starts = line_starts(text)
    for start, end in zip(starts, (*starts[1:], len(text)), strict=True):
        raw = text[start:end]
        body = raw.strip()
        if not body:
            yield BLANK
            continue
        lead = raw.index(body[0])
        column = lead if "\t" not in raw[:lead] else len(raw[:lead].expandtabs(TAB))
        yield Line(start + lead, start + lead + len(body), column)


def after_marker(line: Line, marker: str) -> Line:
    """What stands in a line after the marker that it begins with, the marker with the white space after it."""
    column = line.column
    for character in marker:
        column += TAB - column % TAB if character == "\t" else 1
    start = min(line.start + len(marker), line.end)
    return Line(start, line.end, column)


def joined(source: Source, lines: Sequence[Line]) -> tuple[Source, int, int]:
    r"""
    Lines as one stretch in which they are parted by line ends.

    Returns:
        A source and the stretch ``start:end`` in it: the very source if only white space stands between the lines.
    """
    text = source.text
    if all(text[one.end : two.start].isspace() for one, two in pairwise(lines)):
        return source, lines[0].start, lines[-1].end
    builder = StretchBuilder(source)
    end = 0
    for line in lines:
        if end:
            builder.decoded("\n", end, line.start)
        builder.exact(line.start, line.end)
        end = line.end
    inner = builder.inner()
    return inner, 0, len(inner.text)
