"""Cut a document into sentences of words, each word with the lists that it stands for. No spaCy here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from claimcheck.model import Document
from claimcheck.packs.rulebook import Rulebook
from claimcheck.prose import MAX_SENTENCE_WORDS, Words, fold, read_words, sentence_spans

NO_LISTS, NUMBER, PART, STOP = -1, -2, -3, -4
"""Instead of a combination: no list; a number; a part of a longer term; what a gap does not pass."""

_VERBS = frozenset({"action:s", "action:base", "action:ing"})
# What may stand between the verb of an introduction and its colon.
_BEFORE_ITEMS = frozenset("the look appearance visibility signs effects of following all both visibly".split())
# An introduction that begins so names what is done to it, and asserts nothing.
_NO_LENDERS = frozenset("what which conditions concerns areas things problems issues how who".split())
_STOPS = frozenset(";:.?!\u2014\u2013|\ufffc\u2022\u00b7")


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
        lender: Number of the sentence that introduces the list of which this is an item, if it lends its words.
        borrowed: How many words at the start are those of the lender; they stand where the item begins.
    """

    number: int
    segment: int
    words: tuple[str, ...]
    own: Words
    lists: tuple[int, ...]
    lender: int | None = None
    borrowed: int = 0

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


def read_sentences(document: Document, rulebook: Rulebook) -> Iterator[Sentence]:
    """The sentences of a document in its order; one of more than 400 words comes in pieces."""
    number = 0
    last: dict[int, Sentence] = {}
    for index, segment in enumerate(document.segments):
        lender = last.get(segment.intro) if segment.intro is not None else None
        lends = lender is not None and _lends(lender, rulebook)
        folded = fold(segment.text)
        for start, end in sentence_spans(folded):
            for own in read_words(folded, start, end).pieces(MAX_SENTENCE_WORDS):
                sentence = Sentence(number, index, own.words, own, _lists(own.words, rulebook))
                if lends and lender is not None and not _begins_with_verb(sentence, rulebook):
                    sentence = _lent(lender, sentence)
                lends = False
                last[segment.block] = sentence
                yield sentence
                number += 1


def _lends(sentence: Sentence, rulebook: Rulebook) -> bool:
    """Whether an introduction ends in a verb whose objects are the items: "It visibly reduces the look of:"."""
    if sentence.words[-1] != ":" or sentence.borrowed or sentence.words[0] in _NO_LENDERS:
        return False
    end = len(sentence.words) - 1
    while end and sentence.words[end - 1] in _BEFORE_ITEMS:
        end -= 1
    return end > 0 and not _names(sentence, end - 1, rulebook).isdisjoint(_VERBS)


def _begins_with_verb(sentence: Sentence, rulebook: Rulebook) -> bool:
    return not _names(sentence, 0, rulebook).isdisjoint(_VERBS)


def _names(sentence: Sentence, index: int, rulebook: Rulebook) -> frozenset[str]:
    combo = sentence.lists[index]
    return rulebook.names[combo] if combo >= 0 else frozenset()


def _lent(lender: Sentence, item: Sentence) -> Sentence:
    """An item with the words of its introduction before it, without the colon."""
    return item._replace(
        words=lender.words[:-1] + item.words,
        lists=lender.lists[:-1] + item.lists,
        lender=lender.number,
        borrowed=len(lender.words) - 1,
    )


def _lists(words: tuple[str, ...], rulebook: Rulebook) -> tuple[int, ...]:
    forms, terms = rulebook.forms, rulebook.terms
    found = [forms[word] if word in forms else NO_LISTS if word.isalpha() else _mark(word) for word in words]
    covered = 0
    for index in [index for index, word in enumerate(words[:-1]) if word in terms]:
        if index < covered:
            continue
        second = words[index + 1]
        for rest, combo in terms[words[index]]:
            end = index + 1 + len(rest)
            # Most terms fail at their second word.
            if rest[0] == second and words[index + 1 : end] == tuple(rest):
                found[index : end - 1] = [PART] * len(rest)
                found[end - 1] = combo
                covered = end
                break
    return tuple(found)


def _mark(word: str) -> int:
    """What counts as a word and is in no list."""
    if word[0].isdigit():
        return NUMBER
    return STOP if word in _STOPS else NO_LISTS
