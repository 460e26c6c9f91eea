"""Builds the text of a segment together with the map back to the file."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from claimcheck.model import Run

# Seen by nobody, yet they would split a word: soft hyphen, zero-width space and joiners, word joiner, stray BOM.
INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]+")

# Stands for what is no prose (code, a URL), so that the words on its two sides do not join to a phrase.
OBJECT = "\ufffc"

_DIGIT = re.compile(r"[0-9]")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

_ADDRESS = re.compile(
    r"""(?:https?://|\bwww\.)[^\s<>"]*[^\s<>"'.,;:!?)\]}*_~]"""
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+",
    re.IGNORECASE,
)


class Stretch(NamedTuple):
    """
    Text and its map.

    Args:
        breaks: Offsets of the spaces that stand for a line break, ascending.
        marks: Footnote marks that do not stand in the text: ``(offset, sign)``, ascending.
    """

    text: str
    runs: tuple[Run, ...]
    breaks: tuple[int, ...] = ()
    marks: tuple[tuple[int, str], ...] = ()


class StretchBuilder:
    """
    Gathers stretches of a source to one text, in reading order.

    Args:
        source: The text of the file.
        plain: Whether the source is known to hold no invisible characters; saves looking for them.
    """

    __slots__ = ("_breaks", "_length", "_marks", "_parts", "_plain", "_runs", "_source")

    def __init__(self, source: str, *, plain: bool = False) -> None:
        self._source = source
        self._plain = plain
        self._parts: list[str] = []
        self._runs: list[tuple[int, int, int, int, bool]] = []
        self._breaks: list[int] = []
        self._marks: list[tuple[int, str]] = []
        self._length = 0

    def exact(self, start: int, end: int) -> None:
        """Add the source's own characters, without the invisible ones."""
        if not self._plain:
            for found in INVISIBLE.finditer(self._source, start, end):
                self._exact(start, found.start())
                start = found.end()
        self._exact(start, end)

    def raised(self, start: int, end: int) -> None:
        """Add the source's own characters with superscripts for digits, so that a mark is no part of the word."""
        for digit in _DIGIT.finditer(self._source, start, end):
            self.exact(start, digit.start())
            self.decoded(digit[0].translate(_RAISED), digit.start(), digit.end())
            start = digit.end()
        self.exact(start, end)

    def decoded(self, text: str, start: int, end: int) -> None:
        """Add a text that stands for a stretch of the source, such as an entity."""
        text = INVISIBLE.sub("", text)
        if text and end > start:
            self._append(text, start, end, exact=False)

    def line_break(self, start: int, end: int) -> None:
        """Add one space for a line break, unless a space stands there already."""
        if not self._length:
            return
        if not self._parts[-1][-1].isspace():
            self._append(" ", start, end, exact=False)
        if not self._breaks or self._breaks[-1] != self._length - 1:
            self._breaks.append(self._length - 1)

    def mark(self, sign: str) -> None:
        """Note that a footnote mark stands here."""
        self._marks.append((self._length, sign))

    def build(self) -> Stretch:
        """What was gathered: without space at its ends, and with ``OBJECT`` for URLs and e-mail addresses."""
        runs = tuple([Run(*run) for run in self._runs])
        stretch = Stretch("".join(self._parts), runs, tuple(self._breaks), tuple(self._marks))
        return without_addresses(trimmed(stretch))

    def _exact(self, start: int, end: int) -> None:
        if end > start:
            self._append(self._source[start:end], start, end, exact=True)

    def _append(self, text: str, start: int, end: int, *, exact: bool) -> None:
        runs = self._runs
        if exact and runs and runs[-1][4] and runs[-1][2] + runs[-1][3] == start:
            at, length, source, width, _ = runs[-1]
            runs[-1] = (at, length + len(text), source, width + len(text), True)
        else:
            runs.append((self._length, len(text), start, end - start, exact))
        self._parts.append(text)
        self._length += len(text)


def trimmed(stretch: Stretch) -> Stretch:
    """The stretch without white space at its ends; marks that stood there move to the text."""
    text = stretch.text
    lead = len(text) - len(text.lstrip())
    tail = len(text.rstrip())
    if lead == 0 and tail == len(text):
        return stretch
    marks = tuple((min(max(at, lead), tail), sign) for at, sign in stretch.marks)
    return part(stretch._replace(marks=marks), lead, tail)


def part(stretch: Stretch, start: int, end: int) -> Stretch:
    """
    The characters ``start:end`` of a stretch; a decoded run that is cut keeps its whole place in the source.

    A mark belongs to the part that ends where it stands, not to the one that begins there.
    """
    if start >= end:
        return Stretch("", ())
    runs = []
    for index in range(bisect_right(stretch.runs, start, key=_run_start) - 1, len(stretch.runs)):
        run = stretch.runs[index]
        first, last = max(run.start, start), min(run.start + run.length, end)
        if first >= last:
            break
        if run.exact:
            runs.append(Run(first - start, last - first, run.source + first - run.start, last - first))
        else:
            runs.append(Run(first - start, last - first, run.source, run.source_length, exact=False))
    breaks = stretch.breaks[bisect_left(stretch.breaks, start) : bisect_left(stretch.breaks, end)]
    marks = tuple((at - start, sign) for at, sign in stretch.marks if start < at <= end or at == start == 0)
    return Stretch(stretch.text[start:end], tuple(runs), tuple([at - start for at in breaks]), marks)


def without_addresses(stretch: Stretch) -> Stretch:
    """The stretch with ``OBJECT`` in the place of every URL and e-mail address."""
    text = stretch.text
    if "://" not in text and "@" not in text and "www." not in text.lower():
        return stretch
    pieces: list[Stretch] = []
    done = 0
    for found in _ADDRESS.finditer(text):
        start, end = found.span()
        address = part(stretch, start, end)
        source, last = address.runs[0].source, address.runs[-1]
        placeholder = Run(0, 1, source, last.source + last.source_length - source, exact=False)
        marks = tuple((1, sign) for _, sign in address.marks)
        pieces += (part(stretch, done, start), Stretch(OBJECT, (placeholder,), marks=marks))
        done = end
    return _joined([*pieces, part(stretch, done, len(text))]) if pieces else stretch


def _joined(pieces: list[Stretch]) -> Stretch:
    runs: list[Run] = []
    breaks: list[int] = []
    marks: list[tuple[int, str]] = []
    length = 0
    for piece in pieces:
        runs += (Run(length + run.start, run.length, run.source, run.source_length, run.exact) for run in piece.runs)
        breaks += (length + at for at in piece.breaks)
        marks += ((length + at, sign) for at, sign in piece.marks)
        length += len(piece.text)
    return Stretch("".join(piece.text for piece in pieces), tuple(runs), tuple(breaks), tuple(marks))


def _run_start(run: Run) -> int:
    return run.start
