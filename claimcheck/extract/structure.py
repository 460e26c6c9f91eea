"""Gives pieces of prose the structure that scope needs: blocks, sections, introductions, footnotes."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from claimcheck.errors import ExtractError
from claimcheck.extract.footnotes import marks_of, note_sign, split_at_notes
from claimcheck.extract.offsets import Stretch
from claimcheck.model import Comment, Role, Run, Section, Segment

MOST_PIECES = 300_000
"""More pieces of text make no page, but would fill the memory: every one takes a kilobyte and more."""

_CLOSING = "\"'\u201d\u2019)]}*†‡ \u00a0"


class Structure(NamedTuple):
    """What ``Outline.finish`` returns: the parts of a ``Document``."""

    segments: tuple[Segment, ...]
    sections: tuple[Section, ...]
    comments: tuple[Comment, ...]


@dataclass(slots=True)
class _Container:
    """
    A list, item, quotation, table, row, note, region or value that is open while its pieces come in.

    Args:
        lists: Whether it is a list or a table, after which a list may go on with the same introduction.
        region: Number of the region (``Outline.enter_region``) in which it stands; 0 for none.
        metadata: Whether what stands in it is seen apart from the page's text.
        level: Of the heading that it is, as for ``Outline.add``.
    """

    role: Role | None
    block: int | None
    intro: int | None
    note: str = ""
    lists: bool = False
    region: int = 0
    metadata: bool = False
    level: int = 0


@dataclass(slots=True)
class _Piece:
    stretch: Stretch
    role: Role
    block: int
    intro: int | None
    level: int
    cuts: bool
    metadata: bool
    marks: tuple[tuple[int, str], ...]
    note: str
    region: int = 0
    section: int = 0

    @property
    def start(self) -> int:
        return self.stretch.runs[0].source

    @property
    def end(self) -> int:
        last = self.stretch.runs[-1]
        return last.source + last.source_length


class Outline:
    """
    Takes in the pieces of a document in reading order and gives each its block and its introduction.

    Formats call ``enter_…`` and ``leave`` around containers and ``add`` for every stretch of prose.
    """

    def __init__(self) -> None:
        self._pieces: list[_Piece] = []
        self._open: list[_Container] = []
        self._comments: list[tuple[str, int, int]] = []
        self._blocks = 0
        self._regions = 0
        self._last: _Piece | None = None
        self._closed: _Container | None = None
        self._filled: set[int] = set()

    @property
    def depth(self) -> int:
        """How many containers are open; give it to ``leave_to`` to close what was opened since."""
        return len(self._open)

    @property
    def _region(self) -> int:
        """Number of the region that is open."""
        return self._open[-1].region if self._open else 0

    def new_block(self) -> int:
        """A block number that nothing has yet."""
        self._blocks += 1
        return self._blocks - 1

    def enter_list(self) -> None:
        """Open a list: what stands right before it may introduce it, or the list right before it."""
        if self._closed is not None and self._closed.region == self._region:
            self._push(None, None, self._closed.intro, lists=True)
        else:
            self.enter_table()

    def enter_table(self) -> None:
        """Open a table: what stands right before it may introduce it."""
        inner = self._open[-1] if self._open else None
        if inner and inner.metadata:
            intro = None
        else:
            intro = inner.block if inner and inner.block in self._filled else self._introduction()
        self._push(None, None, intro, lists=True)

    def enter_item(self) -> None:
        """Open a list item: a block of its own."""
        self._enter_block(Role.ITEM)

    def enter_row(self) -> None:
        """Open a table row: a block of its own."""
        self._enter_block(Role.CELL)

    def enter_quote(self) -> None:
        """Open a quotation: one block, or that of the item or quotation in which it stands."""
        inner = self._open[-1] if self._open else None
        if inner and inner.block is not None:
            self._push(Role.QUOTE, inner.block, inner.intro, note=inner.note)
        else:
            self._enter_block(Role.QUOTE)

    def enter_note(self, sign: str) -> None:
        """Open a footnote: one block."""
        self._push(Role.NOTE, self.new_block(), None, note=sign)

    def enter_region(self) -> None:
        """
        Open a section of its own: a ``nav`` or ``aside`` of a page, an object of a data file.

        Headings in it do not cut the page; its title is the first of them. Regions stand in each other: what stands in
        the inner one is no part of the outer.
        """
        self._regions += 1
        self._push(None, None, None)
        self._open[-1].region = self._regions

    def enter_value(self, *, metadata: bool = False, block: int | None = None, level: int = 0) -> None:
        """
        Open a string value of a data file, which may hold paragraphs, lists and headings of its own.

        Args:
            metadata: Whether it is seen apart from the page's text, as front matter is.
            block: The block of all that stands in it; otherwise each paragraph has its own.
            level: 1 to 6 if what stands right in it is a heading.
        """
        self._push(Role.VALUE, block, self._open[-1].intro if self._open else None)
        self._open[-1].metadata = self._open[-1].metadata or metadata
        self._open[-1].level = level

    def leave(self) -> None:
        """Close the innermost container; nothing happens when none is open."""
        if self._open:
            closed = self._open.pop()
            if closed.lists:
                self._closed = closed
            elif closed.block is None:
                self._closed = None

    def leave_to(self, depth: int) -> None:
        """Close containers until ``depth`` are open."""
        while len(self._open) > depth:
            self.leave()

    def block(self) -> int:
        """The block of the innermost container that has one, else a new one."""
        inner = self._open[-1] if self._open else None
        return inner.block if inner and inner.block is not None else self.new_block()

    def add(self, stretch: Stretch, *, level: int = 0, block: int | None = None) -> None:
        """
        Take in a stretch of visible prose; one without a letter or digit is left out.

        Args:
            stretch: The prose; lines in it that begin as footnotes do become segments of their own.
            level: 1 to 6 for a heading, 0 for what is none.
            block: A number from ``block()``, if it was needed beforehand.
        """
        if not has_words(stretch.text):
            return
        inner = self._open[-1] if self._open else None
        if inner and inner.metadata:
            self.add_metadata(stretch, Role.VALUE, block=block)
            return
        if inner and not level:
            level = inner.level
        if block is None:
            block = self.block()
        for piece in [stretch] if level else split_at_notes(stretch):
            if not has_words(piece.text):
                continue
            if (inner is None or inner.block is None) and block in self._filled:
                block = self.new_block()
            self._last = self._piece(piece, inner, level, block)
            self._keep(self._last)
            self._filled.add(block)
        self._closed = None

    def add_metadata(self, stretch: Stretch, role: Role = Role.ATTRIBUTE, *, block: int | None = None) -> None:
        """Take in what is seen apart from the page's text; with the block of the prose in which it stands, if any."""
        if not has_words(stretch.text):
            return
        inner = self._open[-1] if self._open else None
        block = self.block() if block is None else block
        intro = inner.intro if inner else None
        self._keep(_Piece(stretch, role, block, intro, level=0, cuts=False, metadata=True, marks=(), note=""))

    def _keep(self, piece: _Piece) -> None:
        if len(self._pieces) == MOST_PIECES:
            what = f"the file has more than {MOST_PIECES:,} paragraphs, cells and other pieces of text"
            raise ExtractError(what, fix="Split it, or exclude it.")
        self._pieces.append(piece)

    def comment(self, text: str, start: int, end: int) -> None:
        """Take in a comment: its text without the marks around it, and its place with them."""
        self._comments.append((text.strip(), start, end))

    def finish(self, first: int, last: int, *, text: str = "") -> Structure:
        """
        The segments, sections and comments of the characters ``first:last`` of the file.

        Args:
            text: The file, if code in it was blanked out to read it: what a parser took for words although it stands
                there otherwise is not said to stand unchanged.
        """
        pieces = sorted(self._pieces, key=lambda piece: piece.start)
        sections = _sections(pieces) or (Section("", first, last),)
        # Numbers in the order of the file, without those that were given out and not used.
        numbers: dict[int, int] = {}
        for piece in pieces:
            numbers.setdefault(piece.block, len(numbers))
        segments = tuple(
            Segment(
                text=piece.stretch.text,
                runs=_verified(piece.stretch, text) if text else piece.stretch.runs,
                role=piece.role,
                block=numbers[piece.block],
                section=piece.section,
                level=piece.level,
                intro=None if piece.intro is None else numbers[piece.intro],
                metadata=piece.metadata,
                marks=piece.marks,
                note=piece.note,
            )
            for piece in pieces
        )
        starts = [piece.start for piece in pieces]
        comments = []
        for said, start, end in sorted(self._comments, key=itemgetter(1)):
            following = bisect_left(starts, end)
            block = segments[following].block if following < len(segments) else None
            comments.append(Comment(said, start, end, block))
        return Structure(segments, sections, tuple(comments))

    def _piece(self, stretch: Stretch, inner: _Container | None, level: int, block: int) -> _Piece:
        role = Role.HEADING if level else (inner.role if inner else None) or Role.PARAGRAPH
        note = inner.note if inner else ""
        if not level and not note:
            note = note_sign(stretch.text)
            role = Role.NOTE if note else role
        return _Piece(
            stretch=stretch,
            role=role,
            block=block,
            intro=inner.intro if inner else None,
            level=level,
            cuts=bool(level) and inner is None,
            metadata=False,
            marks=marks_of(stretch),
            note=note,
            region=inner.region if inner else 0,
        )

    def _enter_block(self, role: Role) -> None:
        intro = self._open[-1].intro if self._open else None
        self._push(role, self.new_block(), intro)

    def _push(
        self, role: Role | None, block: int | None, intro: int | None, *, note: str = "", lists: bool = False
    ) -> None:
        """Open a container in the region of the one around it."""
        outer = self._open[-1] if self._open else None
        region, metadata = (outer.region, outer.metadata) if outer else (0, False)
        if outer and metadata and outer.block is not None:
            block = outer.block
        self._open.append(_Container(role, block, intro, note, lists=lists, region=region, metadata=metadata))

    def _introduction(self) -> int | None:
        last = self._last
        if last is None or last.region != self._region:
            return None
        leads = last.role in (Role.PARAGRAPH, Role.QUOTE, Role.VALUE) and introduces(last.stretch.text)
        return last.block if leads or last.role is Role.HEADING else None


def _verified(stretch: Stretch, text: str) -> tuple[Run, ...]:
    """The runs of a stretch, those that are not what the file holds as decoded ones."""
    return tuple(
        run
        if not run.exact or text.startswith(stretch.text[run.start : run.start + run.length], run.source)
        else Run(run.start, run.length, run.source, run.source_length, exact=False)
        for run in stretch.runs
    )


def has_words(text: str) -> bool:
    """Whether a text holds a letter or digit."""
    return text.isalnum() or any(map(str.isalnum, text))


def introduces(text: str) -> bool:
    """Whether a paragraph leads to the list after it: it ends with a colon, or at least not with a full stop."""
    body = text.rstrip(_CLOSING)
    return not body.endswith((".", "。")) or body.endswith("...")


def _sections(pieces: list[_Piece]) -> tuple[Section, ...]:
    """Number the pieces, which are in the order of the file, by section; return the sections by their beginnings."""
    regions: dict[int, list[_Piece]] = {}
    for piece in pieces:
        if not piece.metadata:
            regions.setdefault(piece.region, []).append(piece)
    groups = _cut(regions.pop(0, []))
    for region in regions.values():
        title = next((piece.stretch.text for piece in region if piece.level), "")
        groups.append((title, region))
    groups.sort(key=lambda group: group[1][0].start)
    sections: list[Section] = []
    for title, group in groups:
        for piece in group:
            piece.section = len(sections)
        sections.append(Section(title, group[0].start, max(piece.end for piece in group)))
    return tuple(sections)


def _cut(visible: list[_Piece]) -> list[tuple[str, list[_Piece]]]:
    """Cut the body of a page at its highest headings: titles and pieces."""
    headings = [piece for piece in visible if piece.cuts]
    cutting = _highest(headings)
    title = ""
    if len(cutting) == 1 and cutting[0] is visible[0]:
        title = cutting[0].stretch.text
        cutting = _highest(headings[1:])
    groups: list[tuple[str, list[_Piece]]] = [(title, [])]
    cuts = {id(piece) for piece in cutting}
    for piece in visible:
        if id(piece) in cuts:
            groups.append((piece.stretch.text, []))
        groups[-1][1].append(piece)
    return [group for group in groups if group[1]]


def _highest(headings: list[_Piece]) -> list[_Piece]:
    top = min((piece.level for piece in headings), default=0)
    return [piece for piece in headings if piece.level == top]
