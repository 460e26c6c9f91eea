"""Find phrases in sentences with spaCy's Matcher. The one module that imports spaCy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from claimcheck.engine.prefilter import BREAKER, OPENERS
from claimcheck.engine.sentence import NO_LISTS, NUMBER, PART, STOP, Sentence
from claimcheck.packs.rulebook import Rulebook

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Doc

_TAGS = {NO_LISTS: "none", NUMBER: "number", PART: "part", STOP: "stop"}


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase of an owner found in a sentence; ``start`` and ``end`` count its words, half-open."""

    owner: str
    index: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A phrase as spaCy matches it, and whom it belongs to (see ``Rulebook.phrase``)."""

    owner: str
    index: int
    matcher: Matcher
    at_start: bool
    at_end: bool


class PhraseMatcher:
    """
    spaCy's machinery for one rule book: a vocabulary, and one ``Matcher`` for each phrase, built when first needed.

    One big ``Matcher`` would be slower by two orders of magnitude: its cost is the number of its patterns for every
    word, while the prefilter leaves a handful of phrases for a sentence.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        from spacy.vocab import Vocab

        self._vocab = Vocab()
        self._rulebook = rulebook
        self._compiled: dict[int, _Compiled] = {}
        add = self._vocab.strings.add
        self._tags = {number: add(tag) for number, tag in _TAGS.items()}
        self._tags |= {number: add(f"c{number}") for number in range(len(rulebook.combos))}
        self._by_list: dict[str, list[str]] = {"number": ["number"]}
        for number, names in enumerate(rulebook.combos):
            for name in names:
                self._by_list.setdefault(name, []).append(f"c{number}")

    def matches(self, sentence: Sentence, phrases: Iterable[int]) -> list[Match]:
        """All matches of each of these phrases, in the order of the phrases; matches of one phrase may overlap."""
        found: list[Match] = []
        doc: Doc | None = None
        for number in phrases:
            phrase = self._phrase(number)
            doc = doc if doc is not None else self._doc(sentence)
            for _key, start, end in phrase.matcher(doc):
                if (not phrase.at_start or _opens(sentence, start)) and (not phrase.at_end or _closes(sentence, end)):
                    found.append(Match(phrase.owner, phrase.index, start, end))
        return found

    def _doc(self, sentence: Sentence) -> Doc:
        from spacy.tokens import Doc

        doc = Doc(self._vocab, words=list(sentence.words))
        tags = self._tags
        for token, combo in zip(doc, sentence.lists, strict=True):
            token.tag = tags[combo]
        return doc

    def _phrase(self, number: int) -> _Compiled:
        if number not in self._compiled:
            from spacy.matcher import Matcher

            owner, index, items, at_start, at_end = self._rulebook.phrase(number)
            matcher = Matcher(self._vocab, validate=False)
            matcher.add("phrase", [[spec for item in items for spec in self._specs(item)]])
            self._compiled[number] = _Compiled(owner, index, matcher, at_start, at_end)
        return self._compiled[number]

    def _specs(self, item: tuple[str, list[str], bool, int]) -> list[dict[str, Any]]:
        kind, names, optional, most = item
        maybe = {"OP": "?"} if optional else {}
        if kind in ("gap", "any"):
            stops = ["stop", *self._by_list.get(BREAKER, ())]
            word: dict[str, Any] = {"TAG": {"NOT_IN": stops}}
            return [word | {"OP": "?"}] * most if kind == "gap" else [word | maybe]
        if kind == "word":
            # The words are folded already, so ORTH will do; a bare Vocab works out no LOWER.
            return [{"ORTH": names[0] if len(names) == 1 else {"IN": names}} | maybe]
        tags = sorted({tag for name in names for tag in self._by_list.get(name, ())})
        return [{"TAG": "part", "OP": "*"}, {"TAG": tags[0] if len(tags) == 1 else {"IN": tags}} | maybe]


def _opens(sentence: Sentence, start: int) -> bool:
    """Whether nothing but opening marks stands before this word."""
    return all(word in OPENERS for word in sentence.words[:start])


def _closes(sentence: Sentence, end: int) -> bool:
    """Whether nothing but closing marks stands from this word on."""
    return all(not word[0].isalnum() for word in sentence.words[end:])
