"""The prefilter may name a phrase too many, never one too few: held against the matcher, phrase by phrase."""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.engine.matching import PhraseMatcher
from claimcheck.engine.prefilter import OPENERS, Prefilter
from claimcheck.engine.reading import read_sentences
from claimcheck.engine.sentence import Sentence
from claimcheck.model import Document, Role, Run, Section, Segment
from claimcheck.packs.compiler import FAMILIES
from claimcheck.packs.rulebook import Rulebook

FAMILY_OF = {owner: family for family, owners in FAMILIES.items() for owner in owners}
FILLERS = tuple("the your of very and , xyz a in new even 5 please but then ; - (".split())


class Phrases:
    """The shipped phrases, and sentences made of the words that they look for."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.matcher = PhraseMatcher(rulebook)
        self.prefilters = {family: Prefilter(rulebook, family) for family in FAMILIES}
        self.forms: dict[str, list[str]] = defaultdict(list)
        for word, combo in rulebook.forms.items():
            for name in rulebook.combos[combo]:
                self.forms[name].append(word)
        terms = ((f, s, *entry) for f, seconds in rulebook.terms.items() for s in seconds for entry in seconds[s])
        for first, second, rest, combo in terms:
            for name in rulebook.combos[combo]:
                self.forms[name].append(" ".join((first, second, *rest)))
        self.forms["number"].append("7")
        self.all = list(self._read())

    def _read(self) -> Any:
        for number in count():
            try:
                yield self.rulebook.phrase(number)
            except IndexError:
                return

    def sentences(self, number: int, choose: random.Random) -> list[Sentence]:
        """A text in which the phrase stands, more often than not."""
        _, _, items, at_start, _ = self.all[number]
        words = choose.choices(sorted(OPENERS) if at_start else FILLERS, k=choose.randint(0, 5))
        for kind, names, optional, most in items:
            if optional and choose.random() < 0.5:
                continue
            if kind == "word":
                words.append(choose.choice(names))
            elif kind == "list":
                words.append(choose.choice(self.forms[choose.choice(names)]))
            else:
                words += choose.choices(FILLERS, k=choose.randint(0, most) if kind == "gap" else 1)
        text = " ".join(words)
        segment = Segment(text, (Run(0, len(text), 0, len(text)),), Role.PARAGRAPH, 0)
        return list(read_sentences(Document("a", text, (segment,), (Section("", 0, len(text)),)), self.rulebook))

    def held_back(self, number: int, choose: random.Random) -> list[tuple[str, ...]]:
        """Sentences in which the matcher finds the phrase and the prefilter does not name it."""
        prefilter = self.prefilters[FAMILY_OF[self.all[number][0]]]
        return [
            sentence.words
            for sentence in self.sentences(number, choose)
            if number not in prefilter.candidates(sentence) and self.matcher.matches(sentence, [number])
        ]


@pytest.fixture(scope="module")
def phrases(rulebook: Rulebook) -> Phrases:
    """See the class."""
    return Phrases(rulebook)


def test_no_phrase_is_held_back_from_a_sentence_that_it_stands_in(phrases: Phrases) -> None:
    choose = random.Random(1)  # noqa: S311 - no secret hangs on it, and a failure must come again

    held_back = [words for number in range(len(phrases.all)) for words in phrases.held_back(number, choose)]

    assert held_back == []


def test_most_of_these_sentences_do_hold_their_phrase(phrases: Phrases) -> None:
    choose = random.Random(2)  # noqa: S311 - no secret hangs on it, and a failure must come again
    held = [
        any(phrases.matcher.matches(sentence, [number]) for sentence in phrases.sentences(number, choose))
        for number in range(0, len(phrases.all), 10)
    ]

    assert sum(held) > len(held) / 2


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_no_phrase_is_held_back_whatever_stands_around_it(phrases: Phrases, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(phrases.all) - 1))

    assert phrases.held_back(number, data.draw(st.randoms(use_true_random=False))) == []


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("reduces the look of scars", True),
        ("scars that reduces", False),
        ("reduces it. Scars", False),
        ("reduces" + " xyz" * 15 + " scars", False),
        ("reduces; scars", False),
    ],
)
def test_an_action_and_its_target_stand_near_and_in_order(text: str, *, passes: bool, phrases: Phrases) -> None:
    segment = Segment(text, (Run(0, len(text), 0, len(text)),), Role.PARAGRAPH, 0)
    document = Document("a", text, (segment,), (Section("", 0, len(text)),))
    prefilter = phrases.prefilters["claims"]

    named = [prefilter.candidates(sentence) for sentence in read_sentences(document, phrases.rulebook)]

    assert any(phrases.all[number][0] == "construction" for found in named for number in found) == passes
