"""
Which phrases could stand in a sentence: a look-up by required words and their distances, without spaCy.

It may name a phrase too many, never one too few: the steps and distances come from the phrases themselves.
"""

from __future__ import annotations

from collections.abc import Collection

from claimcheck.engine.reading import NUMBER, Sentence
from claimcheck.packs.rulebook import Rulebook


class Prefilter:
    """Looks up the phrases of some owners (see ``Rulebook.phrases``)."""

    def __init__(self, rulebook: Rulebook, owners: Collection[str]) -> None:
        phrases = rulebook.phrases
        self._anchors = {
            key: kept
            for key, numbers in rulebook.anchors.items()
            if (kept := [number for number in numbers if phrases[number][0] in owners])
        }
        self._needs = [[(tuple(keys), most) for keys, most in steps] for steps in rulebook.needs]
        self._keys = [tuple("<" + name for name in names) for names in rulebook.combos]
        self._phrases = phrases

    def candidates(self, sentence: Sentence) -> list[int]:
        """Numbers of the phrases whose required steps stand in this sentence, in order and near enough."""
        anchors = self._anchors
        positions: dict[str, list[int]] = {}
        for index, (word, combo) in enumerate(zip(sentence.words, sentence.lists, strict=True)):
            positions.setdefault(word, []).append(index)
            if combo >= 0:
                for key in self._keys[combo]:
                    positions.setdefault(key, []).append(index)
            elif combo == NUMBER:
                positions.setdefault("<number", []).append(index)
        found: set[int] = set()
        for key in positions.keys() & anchors.keys():
            found.update(anchors[key])
        return sorted(number for number in found if self._fits(number, positions))

    def _fits(self, number: int, positions: dict[str, list[int]]) -> bool:
        reached: set[int] | None = None
        for keys, most in self._needs[number]:
            places = {place for key in keys for place in positions.get(key, ())}
            if reached is None:
                reached = {place for place in places if place <= most} if self._phrases[number][3] else places
            else:
                reached = {
                    place for place in places if any(0 < place - before <= most + 1 for before in reached)
                }
            if not reached:
                return False
        return True


