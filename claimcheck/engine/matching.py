"""Find phrases in sentences with spaCy's Matcher. The one module that imports spaCy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from claimcheck.engine.prefilter import BREAKER
from claimcheck.engine.reading import NO_LISTS, NUMBER, PART, STOP, Sentence
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
        self._matchers: dict[int, Matcher] = {}
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
            owner, index, _items, at_start, at_end = self._rulebook.phrases[number]
            doc = doc if doc is not None else self._doc(sentence)
            for _key, start, end in self._matcher(number)(doc):
                if (not at_start or _opens(sentence, start)) and (not at_end or _closes(sentence, end)):
                    found.append(Match(owner, index, start, end))
        return found

    def _doc(self, sentence: Sentence) -> Doc:
        from spacy.tokens import Doc

        doc = Doc(self._vocab, words=list(sentence.words))
        tags = self._tags
        for token, combo in zip(doc, sentence.lists, strict=True):
            token.tag = tags[combo]
        return doc

    def _matcher(self, number: int) -> Matcher:
        from spacy.matcher import Matcher

        if number not in self._matchers:
            matcher = Matcher(self._vocab, validate=False)
            items = self._rulebook.phrases[number][2]
            pattern = [spec for item in items for spec in self._specs(item)]
            matcher.add("phrase", [pattern])
            self._matchers[number] = matcher
        return self._matchers[number]

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


_OPENERS = frozenset("\"'([-\u2014\u2013\u2022#")


def _opens(sentence: Sentence, start: int) -> bool:
    """Whether nothing but opening marks stands before this word."""
    return all(word in _OPENERS for word in sentence.words[:start])


def _closes(sentence: Sentence, end: int) -> bool:
    """Whether nothing but closing marks stands from this word on."""
    return all(not word[0].isalnum() for word in sentence.words[end:])
