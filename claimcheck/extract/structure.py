"""Gives pieces of prose the structure that scope needs: blocks, sections, introductions, footnotes."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import NamedTuple

from claimcheck.extract.footnotes import marks_of, note_sign, split_at_notes
from claimcheck.extract.offsets import Stretch
from claimcheck.model import Comment, Role, Section, Segment

_CLOSING = "\"'\u201d\u2019)]}*†‡ \u00a0"


class Structure(NamedTuple):
    """What ``Outline.finish`` returns: the parts of a ``Document``."""

    segments: tuple[Segment, ...]
    sections: tuple[Section, ...]
    comments: tuple[Comment, ...]


@dataclass(slots=True)
class _Container:
    """A list, item, quotation, table, row or note that is open while its pieces come in."""

    role: Role | None
    block: int | None
    intro: int | None
    note: str = ""


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
        self._last: _Piece | None = None
        self._closed: _Container | None = None
        self._filled: set[int] = set()

    @property
    def depth(self) -> int:
        """How many containers are open; give it to ``leave_to`` to close what was opened since."""
        return len(self._open)

    def new_block(self) -> int:
        """A block number that nothing has yet."""
        self._blocks += 1
        return self._blocks - 1

    def enter_list(self) -> None:
        """Open a list: what stands right before it may introduce it, or the list right before it."""
        if self._closed is not None:
            self._open.append(_Container(None, None, self._closed.intro))
        else:
            self.enter_table()

    def enter_table(self) -> None:
        """Open a table: what stands right before it may introduce it."""
        inner = self._open[-1] if self._open else None
        intro = inner.block if inner and inner.block in self._filled else self._introduction()
        self._open.append(_Container(None, None, intro))

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
            self._open.append(_Container(Role.QUOTE, inner.block, inner.intro, inner.note))
        else:
            self._enter_block(Role.QUOTE)

    def enter_note(self, sign: str) -> None:
        """Open a footnote: one block."""
        self._open.append(_Container(Role.NOTE, self.new_block(), None, sign))

    def leave(self) -> None:
        """Close the innermost container; nothing happens when none is open."""
        if self._open:
            closed = self._open.pop()
            if closed.block is None:
                self._closed = closed

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
        if block is None:
            block = self.block()
        for piece in [stretch] if level else split_at_notes(stretch):
            if not has_words(piece.text):
                continue
            if inner is None and block in self._filled:
                block = self.new_block()
            self._last = self._piece(piece, inner, level, block)
            self._pieces.append(self._last)
            self._filled.add(block)
        self._closed = None

    def add_metadata(self, stretch: Stretch, role: Role = Role.ATTRIBUTE, *, block: int | None = None) -> None:
        """Take in what is seen apart from the page's text; with the block of the prose in which it stands, if any."""
        if not has_words(stretch.text):
            return
        inner = self._open[-1] if self._open else None
        block = self.block() if block is None else block
        intro = inner.intro if inner else None
        self._pieces.append(_Piece(stretch, role, block, intro, level=0, cuts=False, metadata=True, marks=(), note=""))

    def comment(self, text: str, start: int, end: int) -> None:
        """Take in a comment: its text without the marks around it, and its place with them."""
        self._comments.append((text.strip(), start, end))

    def finish(self, text: str) -> Structure:
        """The segments, sections and comments of the file with this text."""
        pieces = sorted(self._pieces, key=lambda piece: piece.start)
        sections = _sections(pieces, text)
        # Numbers in the order of the file, without those that were given out and not used.
        numbers: dict[int, int] = {}
        for piece in pieces:
            numbers.setdefault(piece.block, len(numbers))
        segments = tuple(
            Segment(
                text=piece.stretch.text,
                runs=piece.stretch.runs,
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
        for comment, start, end in self._comments:
            following = bisect_left(starts, end)
            block = segments[following].block if following < len(segments) else None
            comments.append(Comment(comment, start, end, block))
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
        )

    def _enter_block(self, role: Role) -> None:
        intro = self._open[-1].intro if self._open else None
        self._open.append(_Container(role, self.new_block(), intro))

    def _introduction(self) -> int | None:
        last = self._last
        if last is None:
            return None
        if last.role is Role.HEADING or (last.role in (Role.PARAGRAPH, Role.QUOTE) and introduces(last.stretch.text)):
            return last.block
        return None


def has_words(text: str) -> bool:
    """Whether a text holds a letter or digit."""
    return text.isalnum() or any(map(str.isalnum, text))


def introduces(text: str) -> bool:
    """Whether a paragraph leads to the list after it: it ends with a colon, or at least not with a full stop."""
    body = text.rstrip(_CLOSING)
    return not body.endswith((".", "。")) or body.endswith("...")


def _sections(pieces: list[_Piece], text: str) -> tuple[Section, ...]:
    """Number the pieces by section and return the sections; ``pieces`` in the order of the file."""
    visible = [piece for piece in pieces if not piece.metadata]
    if not visible:
        return (Section("", 0, len(text)),)
    headings = [piece for piece in visible if piece.cuts]
    cutting = _highest(headings)
    title = ""
    if len(cutting) == 1 and cutting[0] is visible[0]:
        title = cutting[0].stretch.text
        cutting = _highest(headings[1:])
    groups: list[list[_Piece]] = [[]]
    titles = [title]
    cuts = {id(piece) for piece in cutting}
    for piece in visible:
        if id(piece) in cuts:
            groups.append([])
            titles.append(piece.stretch.text)
        groups[-1].append(piece)
    sections: list[Section] = []
    for name, group in zip(titles, groups, strict=True):
        if not group:
            continue
        for piece in group:
            piece.section = len(sections)
        sections.append(Section(name, group[0].start, max(piece.end for piece in group)))
    return tuple(sections)


def _highest(headings: list[_Piece]) -> list[_Piece]:
    top = min((piece.level for piece in headings), default=0)
    return [piece for piece in headings if piece.level == top]
