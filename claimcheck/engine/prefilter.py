"""
Which phrases could stand in a sentence: a look-up by required words and their distances, without spaCy.

It may name a phrase too many, never one too few: the steps and distances come from the phrases themselves.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from itertools import chain

from claimcheck.engine.sentence import NUMBER, STOP, Sentence
from claimcheck.packs.rulebook import Rulebook

BREAKER = "breaker"
"""The list of words that no gap passes."""

OPENERS = frozenset("\"'([-\u2014\u2013\u2022#")
"""Marks that may stand before the first word of a sentence."""


class Prefilter:
    """Looks up the phrases of one family (``claimcheck.packs.compiler.FAMILIES``)."""

    def __init__(self, rulebook: Rulebook, family: str) -> None:
        index = rulebook.index(family)
        self._anchors: dict[str, list[int]] = index["anchors"]
        self._sets: list[list[str]] = index["sets"]
        self._needs: dict[str, str] = index["needs"]
        self._keys_of: dict[int, frozenset[str]] = {}
        self._read: dict[int, tuple[bool, list[tuple[int, int, bool]]]] = {}
        self._stops = rulebook.combos_of(BREAKER) | {STOP}
        self._keys = [["<" + name for name in names] for names in rulebook.combos]

    def candidates(self, sentence: Sentence) -> list[int]:
        """Numbers of the phrases whose required steps stand in this sentence, in order and near enough."""
        present = {*sentence.words, *chain.from_iterable(map(self._list_keys, set(sentence.lists)))}
        found: set[int] = set()
        for key in present & self._anchors.keys():
            found.update(self._anchors[key])
        # Many phrases share a step: whether and where it stands is looked up once in a sentence.
        stands: dict[int, bool] = {}
        possible = [number for number in found if self._all_stand(number, present, stands)]
        if not possible:
            return []
        positions = self._positions(sentence)
        known: dict[int, frozenset[int]] = {}
        stops = [index for index, combo in enumerate(sentence.lists) if combo in self._stops]
        opening = next((index for index, word in enumerate(sentence.words) if word not in OPENERS), len(sentence.words))
        return sorted(number for number in possible if self._fits(number, positions, known, stops, opening))

    def _list_keys(self, combo: int) -> Sequence[str]:
        if combo >= 0:
            return self._keys[combo]
        return ("<number",) if combo == NUMBER else ()

    def _positions(self, sentence: Sentence) -> dict[str, list[int]]:
        positions: dict[str, list[int]] = {}
        for index, (word, combo) in enumerate(zip(sentence.words, sentence.lists, strict=True)):
            positions.setdefault(word, []).append(index)
            for key in self._list_keys(combo):
                positions.setdefault(key, []).append(index)
        return positions

    def _all_stand(self, number: int, present: set[str], stands: dict[int, bool]) -> bool:
        """Whether every required step of a phrase stands somewhere."""
        needs = self._read.get(number)
        if needs is None:
            needs = self._read[number] = json.loads(self._needs[str(number)])
        for step, _, _ in needs[1]:
            stand = stands.get(step)
            if stand is None:
                stand = stands[step] = not self._step(step).isdisjoint(present)
            if not stand:
                return False
        return True

    def _step(self, step: int) -> frozenset[str]:
        keys = self._keys_of.get(step)
        if keys is None:
            keys = self._keys_of[step] = frozenset(self._sets[step])
        return keys

    def _fits(
        self,
        number: int,
        positions: dict[str, list[int]],
        known: dict[int, frozenset[int]],
        stops: list[int],
        opening: int,
    ) -> bool:
        """Whether the steps of a phrase stand in order and near enough."""
        at_start, steps = self._read[number]
        reached: Collection[int] | None = None
        for step, most, passes in steps:
            places = known.get(step)
            if places is None:
                shared = positions.keys() & self._step(step)
                places = known[step] = frozenset(chain.from_iterable(positions[key] for key in shared))
            if reached is None:
                reached = [place for place in places if place <= most + opening] if at_start else places
            else:
                between = () if passes else stops
                reached = [place for place in places if any(_near(before, place, most, between) for before in reached)]
            if not reached:
                return False
        return True


def _near(before: int, place: int, most: int, stops: Sequence[int]) -> bool:
    """Whether a step can follow another: near enough, and with nothing between that no gap passes."""
    return 0 < place - before <= most + 1 and not any(before < stop < place for stop in stops)
