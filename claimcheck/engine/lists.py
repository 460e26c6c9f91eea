"""Questions about the words of a sentence: which lists they stand for."""

from __future__ import annotations

from claimcheck.engine.sentence import PART, STOP, Sentence
from claimcheck.packs.rulebook import Rulebook


def names_at(rulebook: Rulebook, sentence: Sentence, index: int) -> frozenset[str]:
    """Names of the lists that the word stands for, with features; empty for a word of no list."""
    combo = sentence.lists[index]
    return rulebook.names[combo] if combo >= 0 else frozenset()


def has(rulebook: Rulebook, sentence: Sentence, index: int, *names: str) -> bool:
    """Whether the word stands for any of these lists."""
    return not names_at(rulebook, sentence, index).isdisjoint(names)


def targets_between(rulebook: Rulebook, sentence: Sentence, start: int, end: int) -> list[tuple[int, str]]:
    """The target lists named between two words, as ``(word, list)`` in the order of the text."""
    found: list[tuple[int, str]] = []
    for index in range(start, end):
        combo = sentence.lists[index]
        if combo >= 0:
            found.extend((index, name) for name in rulebook.target_names[combo])
    return found


def lists_between(
    rulebook: Rulebook, sentence: Sentence, start: int, end: int, among: frozenset[str]
) -> tuple[str, ...]:
    """Which of some lists are named between two words, in any form; sorted."""
    found: set[str] = set()
    for index in range(start, end):
        found.update(name.partition(":")[0] for name in names_at(rulebook, sentence, index))
    return tuple(sorted(found & among))


def is_stop(sentence: Sentence, index: int) -> bool:
    """Whether the word ends what a gap may pass."""
    return sentence.lists[index] == STOP


def is_part(sentence: Sentence, index: int) -> bool:
    """Whether the word is part of a longer term that ends further on."""
    return sentence.lists[index] == PART
