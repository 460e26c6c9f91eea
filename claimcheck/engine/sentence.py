"""A sentence as rules see it: its words, and the lists that each stands for."""

from __future__ import annotations

from typing import NamedTuple

from claimcheck.prose import Words

NO_LISTS, NUMBER, PART, STOP = -1, -2, -3, -4
"""Instead of a combination: no list; a number; a part of a longer term; what a gap does not pass."""


class Sentence(NamedTuple):
    """
    One sentence.

    Args:
        number: Counted through the document.
        segment: Index into ``Document.segments``.
        words: Folded; a punctuation mark is a word too.
        own: Those of them that stand in the segment.
        lists: For each word the number of its combination of lists, or one of the constants of this module. A term of
            several words has its combination on its last word, the others are ``PART``.
        lender: Number of the sentence that lends its words: it introduces the list of which this is an item, is the
            figure above it, or the question or label that it completes.
        borrowed: How many words at the start are those of the lender; they stand where this begins.
        skipped: How many words the lender has before those.
    """

    number: int
    segment: int
    words: tuple[str, ...]
    own: Words
    lists: tuple[int, ...]
    lender: int | None = None
    borrowed: int = 0
    skipped: int = 0

    @property
    def starts(self) -> tuple[int, ...]:
        """First code point of each word in the segment's text."""
        return self.own.starts[:1] * self.borrowed + self.own.starts

    @property
    def ends(self) -> tuple[int, ...]:
        """One past the last."""
        return self.own.starts[:1] * self.borrowed + self.own.ends

    @property
    def asks(self) -> bool:
        """Whether it ends with a question mark."""
        return "?" in self.words[-3:]
