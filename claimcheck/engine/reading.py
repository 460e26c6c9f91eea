"""Cut a document into sentences of words, each word with the lists that it stands for. No spaCy here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claimcheck.model import Document
from claimcheck.packs.rulebook import Rulebook
from claimcheck.prose import MAX_SENTENCE_WORDS, fold, read_words, sentence_spans

NO_LISTS, NUMBER, PART, STOP = -1, -2, -3, -4
"""Instead of a combination: no list; a number; a part of a longer term; what a gap does not pass."""

_STOPS = frozenset(";:.?!\u2014\u2013|\ufffc\u2022")


@dataclass(frozen=True, slots=True)
class Sentence:
    """
    One sentence.

    Args:
        number: Counted through the document.
        segment: Index into ``Document.segments``.
        words: Folded; a punctuation mark is a word too.
        starts: First code point of each word in the segment's text.
        ends: One past the last.
        lists: For each word the number of its combination of lists, or one of the constants of this module. A term of
            several words has its combination on its last word, the others are ``PART``.
    """

    number: int
    segment: int
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    lists: tuple[int, ...]

    @property
    def asks(self) -> bool:
        """Whether it ends with a question mark."""
        return "?" in self.words[-3:]


def read_sentences(document: Document, rulebook: Rulebook) -> Iterator[Sentence]:
    """The sentences of a document in its order; one of more than 400 words comes in pieces."""
    number = 0
    for index, segment in enumerate(document.segments):
        folded = fold(segment.text)
        for start, end in sentence_spans(folded):
            read = read_words(folded, start, end)
            for first in range(0, len(read.words), MAX_SENTENCE_WORDS):
                piece = slice(first, first + MAX_SENTENCE_WORDS)
                words = read.words[piece]
                yield Sentence(
                    number=number,
                    segment=index,
                    words=words,
                    starts=read.starts[piece],
                    ends=read.ends[piece],
                    lists=_lists(words, rulebook),
                )
                number += 1


def _lists(words: tuple[str, ...], rulebook: Rulebook) -> tuple[int, ...]:
    forms, terms = rulebook.forms, rulebook.terms
    found = [forms.get(word, NO_LISTS) for word in words]
    covered = 0
    for index, word in enumerate(words):
        if index < covered:
            continue
        if word in terms:
            for rest, combo in terms[word]:
                end = index + 1 + len(rest)
                if words[index + 1 : end] == tuple(rest):
                    found[index : end - 1] = [PART] * len(rest)
                    found[end - 1] = combo
                    covered = end
                    break
            if covered > index:
                continue
        if found[index] == NO_LISTS:
            if word[0].isdigit():
                found[index] = NUMBER
            elif word in _STOPS:
                found[index] = STOP
    return tuple(found)
