"""Builds the text of a segment together with the map back to the file."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from claimcheck.model import Run

# Seen by nobody, yet they would split a word: soft hyphen, zero-width space and joiners, word joiner, stray BOM.
_UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"
INVISIBLE = re.compile(f"[{_UNSEEN}]+")

# Stands for what is no prose (code, a URL), so that the words on its two sides do not join to a phrase.
OBJECT = "\ufffc"

FILLER = "\u200b"
"""Stands, character for character, for code that was blanked out of a text; after an ``OBJECT`` it is part of that."""

_NOT_EXACT = re.compile(f"{OBJECT}?[{_UNSEEN}]+|{OBJECT}")

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


@dataclass(frozen=True, slots=True)
class Source:
    """
    A text from which prose is taken.

    Args:
        text: The text of the file, in which code may be blanked out (see ``FILLER``); or, with ``runs``, what a stretch
            of the file stands for once its own escapes are decoded, such as HTML in a string of JSON.
        runs: The map from ``text`` to the file; empty when offsets in it are those of the file.
        plain: Whether it is known to hold no invisible characters; saves looking for them.
    """

    text: str
    runs: tuple[Run, ...] = ()
    plain: bool = False

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters ``start:end`` of the text stand in the file, half-open; not empty."""
        if not self.runs or start >= end:
            return start, end
        runs = list(_through(self.runs, start, end))
        return runs[0].source, runs[-1].source + runs[-1].source_length


def source_of(text: str) -> Source:
    """The text of a file, or one of the same length."""
    return Source(text, plain=INVISIBLE.search(text) is None and OBJECT not in text)


class StretchBuilder:
    """
    Gathers stretches of a source to one text, in reading order.

    Args:
        source: What offsets count.
    """

    __slots__ = ("_breaks", "_length", "_marks", "_parts", "_runs", "_source")

    def __init__(self, source: Source) -> None:
        self._source = source
        self._parts: list[str] = []
        self._runs: list[tuple[int, int, int, int, bool]] = []
        self._breaks: list[int] = []
        self._marks: list[tuple[int, str]] = []
        self._length = 0

    def exact(self, start: int, end: int) -> None:
        """Add the source's own characters, without the invisible ones."""
        if not self._source.plain:
            for found in _NOT_EXACT.finditer(self._source.text, start, end):
                self._exact(start, found.start())
                start = found.end()
                if found[0][0] == OBJECT:
                    self._append(OBJECT, found.start(), start, exact=False)
        self._exact(start, end)

    def raised(self, start: int, end: int) -> None:
        """Add the source's own characters with superscripts for digits, so that a mark is no part of the word."""
        for digit in self.around(_DIGIT, start, end):
            self.decoded(digit[0].translate(_RAISED), *digit.span())

    def decoded(self, text: str, start: int, end: int) -> None:
        """Add a text that stands for a stretch of the source, such as an entity."""
        text = INVISIBLE.sub("", text)
        if text and end > start:
            self._append(text, start, end, exact=False)

    def around(self, special: re.Pattern[str], start: int, end: int) -> Iterator[re.Match[str]]:
        """
        Add the source's own characters but for what a pattern finds.

        Yields:
            What it finds, when all before it is added: what that stands for is for the caller to add.
        """
        for found in special.finditer(self._source.text, start, end):
            self.exact(start, found.start())
            yield found
            start = found.end()
        self.exact(start, end)

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
        stretch = Stretch("".join(self._parts), self._mapped(), tuple(self._breaks), tuple(self._marks))
        return without_addresses(trimmed(stretch))

    def inner(self) -> Source:
        """What was gathered, every character of it, as a source of its own: markup in a string, say."""
        text = "".join(self._parts)
        return Source(text, self._mapped(), plain=INVISIBLE.search(text) is None and OBJECT not in text)

    def _mapped(self) -> tuple[Run, ...]:
        """The map to the file."""
        runs = [Run(*run) for run in self._runs]
        return tuple(composed(runs, self._source.runs)) if self._source.runs else tuple(runs)

    def _exact(self, start: int, end: int) -> None:
        if end > start:
            self._append(self._source.text[start:end], start, end, exact=True)

    def _append(self, text: str, start: int, end: int, *, exact: bool) -> None:
        runs = self._runs
        if exact and runs and runs[-1][4] and runs[-1][2] + runs[-1][3] == start:
            at, length, source, width, _ = runs[-1]
            runs[-1] = (at, length + len(text), source, width + len(text), True)
        else:
            runs.append((self._length, len(text), start, end - start, exact))
        self._parts.append(text)
        self._length += len(text)


def composed(runs: Iterable[Run], outer: tuple[Run, ...]) -> Iterator[Run]:
    """
    A map to the file from a map to an inner text and the map of that.

    Args:
        runs: From a text to the inner text.
        outer: From the inner text to the file; without a gap.
    """
    if len(outer) == 1 and outer[0].exact:
        shift = outer[0].source - outer[0].start
        for run in runs:
            yield Run(run.start, run.length, run.source + shift, run.source_length, run.exact)
        return
    for run in runs:
        places = list(_through(outer, run.source, run.source + run.source_length))
        if run.exact:
            for place in places:
                yield Run(run.start + place.start, place.length, place.source, place.source_length, place.exact)
        else:
            first, last = places[0].source, places[-1].source + places[-1].source_length
            yield Run(run.start, run.length, first, last - first, exact=False)


def _through(outer: tuple[Run, ...], start: int, end: int) -> Iterator[Run]:
    """The map of ``start:end``, counted from there; a decoded run that is cut keeps its whole place in the file."""
    for index in range(bisect_right(outer, start, key=_run_start) - 1, len(outer)):
        run = outer[index]
        first, last = max(run.start, start), min(run.start + run.length, end)
        if first >= last:
            return
        if run.exact:
            yield Run(first - start, last - first, run.source + first - run.start, last - first)
        else:
            yield Run(first - start, last - first, run.source, run.source_length, exact=False)


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
    runs = tuple(_through(stretch.runs, start, end))
    breaks = stretch.breaks[bisect_left(stretch.breaks, start) : bisect_left(stretch.breaks, end)]
    marks = tuple((at - start, sign) for at, sign in stretch.marks if start < at <= end or at == start == 0)
    return Stretch(stretch.text[start:end], runs, tuple([at - start for at in breaks]), marks)


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
    return joined([*pieces, part(stretch, done, len(text))]) if pieces else stretch


def joined(pieces: list[Stretch]) -> Stretch:
    """One stretch of several, in their order."""
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
