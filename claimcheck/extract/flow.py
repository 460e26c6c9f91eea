"""What word processors and PDF have in common: a flow of paragraphs, from which the text of the document is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from enum import Enum
from functools import partial
from typing import NamedTuple, TypeAlias

from claimcheck.extract.offsets import Source, StretchBuilder, source_of
from claimcheck.extract.origin import origin_of
from claimcheck.extract.structure import Outline
from claimcheck.model import Document, Role, Run

_LINE_ENDS = str.maketrans("\r\n", "  ")


class Way(Enum):
    """How a piece of a paragraph is read."""

    SEEN = "seen"
    RAISED = "raised"
    """Superscript: its digits are marks or powers, no part of the word before."""
    BREAK = "break"
    """The space that stands for the end of a line in the paragraph."""
    BULLET = "bullet"
    """The sign before a list item."""
    MARK = "mark"
    """The sign of a footnote, which does not stand in the text."""


class PartOffset(NamedTuple):
    """
    What text comes from, for whoever has to find it again in the file.

    Args:
        part: What the part of the file is: ``body``, ``header`` and so on.
        at: Where in it the element begins that holds the text, or stands for it, in bytes.
    """

    part: str
    at: int


class Placed(NamedTuple):
    """Where a stretch of the text comes from, which is all that its element holds; ``start`` and ``end`` half-open."""

    start: int
    end: int
    origin: PartOffset


class Piece(NamedTuple):
    """Characters of a paragraph; ``origin`` is known only if it was asked for."""

    text: str
    way: Way = Way.SEEN
    origin: PartOffset | None = None


class Paragraph(NamedTuple):
    """
    One line of the text to be.

    Args:
        pieces: In reading order.
        level: 1 to 6 for a heading, 0 for what is none.
        pictures: What the pictures that stand in it show, in words.
    """

    pieces: tuple[Piece, ...] = ()
    level: int = 0
    pictures: tuple[Piece, ...] = ()

    @property
    def text(self) -> str:
        """Its line."""
        return "".join([piece.text for piece in self.pieces if piece.way is not Way.MARK])


Step: TypeAlias = Paragraph | Callable[[Outline], None]
"""A paragraph, or what opens or closes a container around paragraphs."""

_EMPTY = Paragraph()


class _Strand:
    """Paragraphs that follow each other; ``levels`` are those of the open lists, ``held`` goes on in the next one."""

    __slots__ = ("held", "levels", "quoted", "steps")

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.levels: list[int] = []
        self.quoted = False
        self.held: _Open | None = None


class _Open:
    """A paragraph while its pieces come in; ``inner`` is what is anchored in it, such as a text box."""

    __slots__ = ("inner", "pictures", "pieces")

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.pictures: list[Piece] = []
        self.inner: _Strand | None = None


class Story:
    """
    Takes in paragraphs of which one may stand in the middle of another; such a one comes right after it.

    ``origin`` is that of whatever comes in next; whoever wants it known keeps it up to date.
    """

    def __init__(self) -> None:
        self.origin: PartOffset | None = None
        self._strand = _Strand()
        self._open: list[_Open] = []

    def steps(self) -> list[Step]:
        """All that came in, with every list closed."""
        while self._open:
            self.close()
        self._settle(self._strand)
        return self._strand.steps

    def step(self, step: Step) -> None:
        """A container opens or closes; lists end there."""
        self.settle()
        self._current().steps.append(step)

    def settle(self) -> None:
        """A cell or text box ends: what comes next goes on with no list and no paragraph of it."""
        self._settle(self._current())

    def open(self) -> None:
        """A paragraph begins."""
        strand = self._current()
        self._open.append(strand.held or _Open())
        strand.held = None

    def write(self, text: str, way: Way = Way.SEEN) -> None:
        """Characters of the innermost open paragraph; without one they are dropped. A line break is one space."""
        if text and self._open:
            words = " " if way is Way.BREAK else text.translate(_LINE_ENDS)
            self._open[-1].pieces.append(Piece(words, way, self.origin))

    def picture(self, words: str) -> None:
        """What a picture shows; it is told of in the innermost open paragraph, or in one of its own."""
        piece = Piece(" ".join(words.split()), origin=self.origin)
        if self._open:
            self._open[-1].pictures.append(piece)
        else:
            self._current().steps.append(Paragraph(pictures=(piece,)))

    def close(self, *, level: int = 0, item: int = 0, quoted: bool = False, goes_on: bool = False) -> None:
        """
        The innermost paragraph ends.

        Args:
            level: As ``Paragraph.level``.
            item: How deep the list is of which it is an item, from 1; 0 for what is none. Items that follow each other
                make a list.
            quoted: Whether it is, with its like before and after it, a quotation.
            goes_on: Whether it ends for the machine only, and the next one is read as its continuation.
        """
        if not self._open:
            return
        closed = self._open.pop()
        strand = self._current()
        if goes_on:
            if closed.inner is not None:
                self._settle(closed.inner)
            strand.held = closed
            return
        if item or quoted or strand.levels or strand.quoted:
            self._arrange(strand, item, quoted=quoted)
        self._add(strand, closed, level)

    def _current(self) -> _Strand:
        if not self._open:
            return self._strand
        opened = self._open[-1]
        if opened.inner is None:
            opened.inner = _Strand()
        return opened.inner

    def _add(self, strand: _Strand, closed: _Open, level: int) -> None:
        if closed.pieces or closed.pictures:
            strand.steps.append(Paragraph(tuple(closed.pieces), level, tuple(closed.pictures)))
        else:
            strand.steps.append(_EMPTY)
        if closed.inner is not None:
            self._settle(closed.inner)
            strand.steps += closed.inner.steps

    def _settle(self, strand: _Strand) -> None:
        """Close the lists and quotations of a strand, and what was to go on."""
        if strand.held is not None:
            held, strand.held = strand.held, None
            self._add(strand, held, level=0)
        self._arrange(strand, item=0, quoted=False)

    def _arrange(self, strand: _Strand, item: int, *, quoted: bool) -> None:
        levels, steps = strand.levels, strand.steps
        while levels and (item < levels[0] or quoted != strand.quoted or (len(levels) > 1 and item < levels[-1])):
            levels.pop()
            steps += (Outline.leave, Outline.leave)
        if quoted != strand.quoted:
            steps.append(Outline.enter_quote if quoted else Outline.leave)
            strand.quoted = quoted
        if not item:
            return
        if levels and item <= levels[-1]:
            steps.append(Outline.leave)
        else:
            levels.append(item)
            steps.append(Outline.enter_list)
        steps.append(Outline.enter_item)


def note(sign: str) -> Step:
    """What opens a footnote."""
    return partial(Outline.enter_note, sign=sign)


class Composer:
    """
    Makes the document: its text, one paragraph a line, and the segments that map onto it.

    ``places`` says where stretches of the text come from, in order, as far as it is known.
    """

    def __init__(self) -> None:
        self.places: list[Placed] = []
        self._outline = Outline()
        self._lines: list[str] = []
        self._length = 0
        self._pages: list[int] = []
        self._pictures: list[tuple[Piece, int]] = []
        self._regions: set[tuple[str, ...]] = set()

    def start_page(self) -> None:
        """What follows stands on a new page."""
        self._pages.append(self._length)

    def play(self, steps: Iterable[Step]) -> None:
        """Take in what a story came to."""
        for step in steps:
            if isinstance(step, Paragraph):
                self._paragraph(step)
            else:
                step(self._outline)

    def region(self, steps: Sequence[Step]) -> None:
        """Take in a header or footer as a section of its own, unless one that reads the same came before."""
        lines = tuple(step.text for step in steps if isinstance(step, Paragraph))
        if lines not in self._regions:
            self._regions.add(lines)
            self.play([Outline.enter_region, *steps, Outline.leave])

    def metadata(self, text: str) -> None:
        """Take in what is seen apart from the text, such as the title of the file; it is a line of its own."""
        self._outline.add_metadata(self._line((Piece(" ".join(text.split())),)).build(), Role.VALUE)

    def finish(self, path: str, format: str) -> Document:
        """The document; what pictures show are its last lines, so that those before it count paragraphs."""
        for words, block in self._pictures:
            self._outline.add_metadata(self._line((words,)).build(), block=block)
        text = "\n".join(self._lines)
        return replace(origin_of(path, text, format).document(self._outline), pages=tuple(self._pages))

    def _paragraph(self, paragraph: Paragraph) -> None:
        if paragraph is _EMPTY:
            self._lines.append("")
            self._length += 1
            return
        builder = self._line(paragraph.pieces)
        block = self._outline.block()
        self._outline.add(builder.build(), level=paragraph.level, block=block)
        self._pictures += [(words, block) for words in paragraph.pictures]

    def _line(self, pieces: tuple[Piece, ...]) -> StretchBuilder:
        """Add a line to the text; what of it is read."""
        line = "".join([piece.text for piece in pieces if piece.way is not Way.MARK])
        runs = (Run(0, len(line), self._length, len(line)),) if line else ()
        builder = StretchBuilder(Source(line, runs, source_of(line).plain))
        first = self._length
        self._lines.append(line)
        self._length += len(line) + 1
        end = 0
        for text, way, origin in pieces:
            if way is Way.MARK:
                builder.mark(text)
                continue
            start, end = end, end + len(text)
            if origin is not None:
                self._place(first + start, first + end, origin)
            match way:
                case Way.SEEN:
                    builder.exact(start, end)
                case Way.RAISED:
                    builder.raised(start, end)
                case Way.BREAK:
                    builder.line_break(start, end)
                case Way.BULLET:
                    pass
        return builder

    def _place(self, start: int, end: int, origin: PartOffset) -> None:
        """Take note of where a stretch comes from; what one element holds may come in pieces."""
        if self.places and self.places[-1].origin == origin and self.places[-1].end == start:
            start = self.places.pop().start
        self.places.append(Placed(start, end, origin))
