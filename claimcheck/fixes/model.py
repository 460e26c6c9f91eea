"""What a fix is, and the page that it is for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate
from typing import NamedTuple

from claimcheck.edits import Edit
from claimcheck.model import Document, FileResult, Finding


class Applicability(Enum):
    """What it takes to make a fix."""

    SAFE = "safe"
    """It changes no meaning."""
    UNSAFE = "unsafe"
    """The copy says something else afterwards, which somebody has to read."""
    DISPLAY_ONLY = "display-only"
    """It is told and never made."""


class Complaint(NamedTuple):
    """What tells an objection from others while its file is edited: the policy, and where the claim begins."""

    policy: str
    start: int


class Words(NamedTuple):
    """Words that are put into a segment of a document: its number, the offset in its text, and they."""

    segment: int
    offset: int
    new: str


@dataclass(frozen=True, slots=True)
class Fix:
    """
    One change of a file.

    Args:
        title: What it does, as an order.
        clears: The objections that it is meant to clear.
        edit: Adds to the file and takes nothing away; ``None`` for what is only told.
        words: What it changes of a segment; ``None`` if it adds a paragraph.
        paragraph: What the new paragraph says; empty for none.
        section: Number of the section in which the new paragraph is to stand.
    """

    title: str
    applicability: Applicability
    clears: frozenset[Complaint]
    edit: Edit | None = None
    words: Words | None = None
    paragraph: str = ""
    section: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """
    A file that is being edited.

    Args:
        data: Its bytes.
        document: What it says.
        result: All that is found in it.
        wanted: The objections that may be cleared. What else is found is old, and its sentence stays as it is.
    """

    data: bytes
    document: Document
    result: FileResult
    wanted: frozenset[Complaint]


def complaints(finding: Finding) -> frozenset[Complaint]:
    """One for each place of a finding."""
    return frozenset(Complaint(finding.policy, spot.start.offset) for spot in (finding.spot, *finding.also_at))


class Shift:
    """Where the characters of a text come to stand when something is added to it."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        ordered = sorted((one.start, len(one.new)) for one in edits)
        self._starts = [start for start, _ in ordered]
        self._sums = [0, *accumulate(length for _, length in ordered)]
        self._begins = [start + added for start, added in zip(self._starts, self._sums, strict=False)]

    def after(self, offset: int) -> int:
        """Where the character at an offset stands afterwards."""
        return offset + self._sums[bisect_right(self._starts, offset)]

    def before(self, offset: int) -> int | None:
        """Where the character at an offset of the new text stood; ``None`` for one that was added."""
        done = bisect_right(self._begins, offset)
        was = offset - self._sums[done]
        return None if done and was < self._starts[done - 1] else was
