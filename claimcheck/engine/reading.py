"""Cut a document into sentences of words, each word with the lists that it stands for. No spaCy here."""

from __future__ import annotations

from collections.abc import Iterator

from claimcheck.engine.lending import begins_with_verb, completed, lends_verb, lent
from claimcheck.engine.sentence import NO_LISTS, NUMBER, PART, STOP, Sentence
from claimcheck.model import Document
from claimcheck.packs.rulebook import Rulebook
from claimcheck.prose import MAX_SENTENCE_WORDS, fold, read_words, sentence_spans

_STOPS = frozenset(";:.?!\u2014\u2013|\ufffc\u2022\u00b7")


def read_sentences(document: Document, rulebook: Rulebook) -> Iterator[Sentence]:
    """The sentences of a document in its order; one of more than 400 words comes in pieces."""
    number = 0
    last: dict[int, Sentence] = {}
    before: Sentence | None = None
    for index, segment in enumerate(document.segments):
        lender = last.get(segment.intro) if segment.intro is not None else None
        lends = lender is not None and lends_verb(lender, rulebook)
        folded = fold(segment.text)
        for start, end in sentence_spans(folded):
            for own in read_words(folded, start, end).pieces(MAX_SENTENCE_WORDS):
                sentence = Sentence(number, index, own.words, own, _lists(own.words, rulebook))
                if lends and lender is not None and not begins_with_verb(sentence, rulebook):
                    sentence = lent(lender, sentence)
                elif before is not None and (before.segment == index - 1 or (before.segment == index and before.asks)):
                    sentence = completed(before, sentence, document, rulebook)
                lends = False
                before = sentence
                last[segment.block] = sentence
                yield sentence
                number += 1


def _lists(words: tuple[str, ...], rulebook: Rulebook) -> tuple[int, ...]:
    forms, terms = rulebook.forms, rulebook.terms
    found = [forms[word] if word in forms else NO_LISTS if word.isalpha() else _mark(word) for word in words]
    covered = 0
    for index in [index for index, word in enumerate(words[:-1]) if word in terms]:
        if index < covered:
            continue
        for rest, combo in terms[words[index]].get(words[index + 1], ()):
            end = index + 2 + len(rest)
            if words[index + 2 : end] == tuple(rest):
                found[index : end - 1] = [PART] * (1 + len(rest))
                found[end - 1] = combo
                covered = end
                break
    return tuple(found)


def _mark(word: str) -> int:
    """What counts as a word and is in no list."""
    if word[0].isdigit():
        return NUMBER
    return STOP if word in _STOPS else NO_LISTS
