"""Cuts the tables of reStructuredText and AsciiDoc into cells."""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple, TypeAlias

from claimcheck.extract.offsets import Source, StretchBuilder
from claimcheck.extract.textlines import BLANK, TAB, Line

GRID_TOP = re.compile(r"\+-[-+]+-\+")
SIMPLE_TOP = re.compile(r"=+(?: +=+)+")

Row: TypeAlias = list[list[Line]]
"""The cells of a row, each as the lines that stand in it."""

# Runs of corners and lines between them; a plus sign in a cell has no line beside it.
_CORNER = re.compile(r"\+(?=[-=]+\+)|(?<=[-=])\+")
_RULE = re.compile(r"[-=+]+")
_BORDER = re.compile(r"=[= ]*")
_SPANS = re.compile(r"-[- ]*")
_COLUMN = re.compile(r"=+|-+")
# What may stand before the separator of a cell of AsciiDoc: how many columns and rows, alignment, style.
_SPEC = r"(?:(\d{1,3})?(?:\.(\d{1,3}))?([*+]))?(?:[<^>]?(?:\.[<^>])?)([a-z]?)"


class _Drawn(NamedTuple):
    """A line of a table as it is drawn: one character for each column, and where it stands in the text."""

    text: str
    places: Sequence[int]
    end: int

    def cell(self, start: int, end: int) -> Line:
        """What stands in the columns ``start:end``."""
        raw = self.text[start:end]
        body = raw.strip()
        if not body:
            return BLANK
        first = start + raw.index(body[0])
        last = first + len(body) - 1
        # A wide character takes the next column too, and what combines with it takes none.
        after = last + 1
        while after < len(self.places) and self.places[after] == self.places[last]:
            after += 1
        end = self.places[after] if after < len(self.places) else self.end
        return Line(self.places[first], end, first - start)


@dataclass(slots=True)
class _Cell:
    """A cell of a grid table that is open: where it begins and what was drawn in it."""

    row: int
    lines: list[Line] = field(default_factory=list)


def grid_rows(text: str, lines: list[Line]) -> Iterator[Row]:
    """
    The rows of a grid table; a cell that spans several belongs to the first.

    Args:
        text: What holds the table.
        lines: Its lines, each from its first ``+`` or ``|``.
    """
    drawn = [_drawn(text, line) for line in lines]
    bounds = sorted({found.start() for line in drawn for found in _CORNER.finditer(line.text)})
    rows: list[Row] = []
    open_cells: dict[int, _Cell] = {}
    for line in drawn:
        ruled = False
        for start, end in _between(line.text, bounds):
            if _RULE.fullmatch(line.text, start + 1, end):
                ruled = True
                for bound in bounds[bisect_left(bounds, start) : bisect_left(bounds, end)]:
                    open_cells.pop(bound, None)
        if ruled:
            rows.append([])
        for start, end in _between(line.text, bounds):
            if rows and not _RULE.fullmatch(line.text, start + 1, end):
                if start not in open_cells:
                    open_cells[start] = _Cell(len(rows) - 1)
                    rows[-1].append(open_cells[start].lines)
                open_cells[start].lines.append(line.cell(start + 1, end))
    return (row for row in rows if row)


def _between(line: str, bounds: list[int]) -> Iterator[tuple[int, int]]:
    """The stretches of a line between the boundaries of columns that are drawn in it."""
    start = -1
    for bound in bounds:
        if bound >= len(line):
            return
        if line[bound] in "|+":
            if start >= 0 and bound > start + 1:
                yield start, bound
            start = bound


def simple_end(text: str, lines: Sequence[Line], at: int) -> int:
    """Index of the line after the simple table whose top is ``lines[at]``; ``at`` if it has no bottom."""
    borders = 0
    for index in range(at + 1, len(lines)):
        line = lines[index]
        if line.blank:
            continue
        if line.column < lines[at].column:
            break
        if line.column == lines[at].column and _BORDER.fullmatch(text, line.start, line.end):
            borders += 1
            if borders == 2 or index + 1 == len(lines) or lines[index + 1].blank:
                return index + 1
    return at


def simple_rows(text: str, lines: Sequence[Line]) -> Iterator[Row]:
    """
    The rows of a simple table.

    Args:
        text: What holds the table.
        lines: Its lines, the borders included.
    """
    left = lines[0].column
    columns = _columns(_drawn(text, lines[0]))
    row: list[_Drawn] = []
    for line in lines[1:]:
        if line.blank:
            row.append(_Drawn("", (), 0))
            continue
        drawn = _drawn(text, line, line.column - left)
        spans = _SPANS.fullmatch(drawn.text)
        if spans or _BORDER.fullmatch(drawn.text):
            yield _cells(row, _columns(drawn) if spans else columns)
            row = []
            continue
        if row and drawn.text[: columns[1] if len(columns) > 1 else 1].strip():
            yield _cells(row, columns)
            row = []
        row.append(drawn)
    yield _cells(row, columns)


def separated_rows(source: Source, lines: Sequence[Line], separator: str) -> Iterator[list[Source]]:
    """
    The rows of a table of separated values, each cell as a source of its own; without empty ones.

    Args:
        source: The text that holds the table.
        lines: Its lines; the indentation that they have in common is none of it.
        separator: What stands between cells.
    """
    from claimcheck.extract.csv import cell_source, cells  # few tables are such

    inner = _dedented(source, lines)
    row: list[Source] = []
    for cell in cells(inner.text, separator, spaced=True):
        if cell.start < cell.after:
            row.append(cell_source(inner, cell))
        if cell.last:
            if row:
                yield row
            row = []


def _dedented(source: Source, lines: Sequence[Line]) -> Source:
    indent = min((line.column for line in lines if not line.blank), default=0)
    builder = StretchBuilder(source)
    end = blank = 0
    for line in lines:
        if line.blank:
            blank += 1
            continue
        start = max(line.start - line.column + indent, end + 1)
        if end:
            builder.decoded("\n" * (blank + 1), end, start)
        builder.exact(start, line.end)
        end, blank = line.end, 0
    return builder.inner()


@cache
def _bar(separator: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(?<!\S){_SPEC})?(?<!\\){re.escape(separator)}")


class BarCell(NamedTuple):
    """A cell of AsciiDoc: its style, such as ``a`` for one with blocks of its own, and the lines that stand in it."""

    style: str
    lines: list[Line]


def bar_rows(text: str, lines: Sequence[Line], separator: str, styles: Sequence[str]) -> Iterator[list[BarCell]]:
    """
    The rows of a table of AsciiDoc.

    Args:
        text: What holds the table.
        lines: What stands between its borders.
        separator: What stands before a cell: ``|``, as a rule.
        styles: The style of each column; empty if the first line of cells tells how many columns there are.
    """
    cells: list[tuple[re.Match[str], BarCell]] = []
    columns = len(styles)
    for line in lines:
        if line.blank:
            if cells:
                cells[-1][1].lines.append(line)
                columns = columns or sum(_width(spec) for spec, _ in cells)
            continue
        start = line.start
        for spec in _bar(separator).finditer(text, line.start, line.end):
            if cells:
                cells[-1][1].lines.append(_stripped(text, start, spec.start(), line))
            cells.append((spec, BarCell(spec[4] or "", [])))
            start = spec.end()
        if cells:
            cells[-1][1].lines.append(_stripped(text, start, line.end, line))
            columns = columns or sum(_width(spec) for spec, _ in cells)
    row: list[BarCell] = []
    filled = 0
    # Columns of the rows to come that cells from above reach into.
    taken: list[int] = []
    for spec, cell in cells:
        style = cell.style or (styles[filled] if filled < len(styles) else "")
        row.append(cell._replace(style=style))
        width = _width(spec)
        filled += width
        if spec[3] == "+" and spec[2]:
            below = int(spec[2]) - 1
            taken += [0] * (below - len(taken))
            for number in range(below):
                taken[number] += width
        if filled >= columns:
            yield row
            row, filled = [], taken.pop(0) if taken else 0
    if row:
        yield row


def _width(spec: re.Match[str]) -> int:
    return int(spec[1] or 1) if spec[3] else 1


def _stripped(text: str, start: int, end: int, line: Line) -> Line:
    body = text[start:end].strip()
    if not body:
        return BLANK
    first = text.index(body[0], start, end)
    return Line(first, first + len(body), line.column if start == line.start else 0)


def _columns(border: _Drawn) -> list[int]:
    return [found.start() for found in _COLUMN.finditer(border.text)]


def _cells(row: list[_Drawn], columns: list[int]) -> Row:
    """Cut the lines of a row at the columns; a text that stands across the space between two is not cut."""
    cells: dict[int, list[Line]] = {}
    filled: dict[int, int] = {}
    for number, line in enumerate(row):
        start = 0
        for following in range(1, len(columns) + 1):
            end = columns[following] if following < len(columns) else sys.maxsize
            last = end >= len(line.text)
            if not last and line.text[end - 1] != " ":
                continue
            cell = line.cell(start, len(line.text) if last else end)
            if not cell.blank:
                lines = cells.setdefault(start, [])
                if filled.get(start, number) < number - 1:
                    lines.append(BLANK)
                lines.append(cell)
                filled[start] = number
            start = end
            if last:
                break
    return list(cells.values())


def _drawn(text: str, line: Line, indent: int = 0) -> _Drawn:
    raw = text[line.start : line.end]
    if raw.isascii() and "\t" not in raw:
        return _Drawn(" " * indent + raw, range(line.start - indent, line.end), line.end)
    # Wide characters take two columns, combining ones none.
    drawn = [" "] * indent
    places = [line.start] * indent
    for offset, character in enumerate(raw, line.start):
        if character == "\t":
            width = TAB - len(drawn) % TAB
        else:
            width = 1 + (unicodedata.east_asian_width(character) in "WF")
            if unicodedata.combining(character):
                continue
        drawn.append(" " if character == "\t" else character)
        drawn += " " * (width - 1)
        places += [offset] * width
    return _Drawn("".join(drawn), places, line.end)
