"""Whether a text is about skin, hair and looks at all."""

from __future__ import annotations

from collections.abc import Sequence

from claimcheck.engine.reading import Sentence
from claimcheck.packs.rulebook import Rulebook

TOPIC = "topic"
SHORT = 80
"""A text of fewer words is taken at its word: a headline, a caption or a tagline names no topic."""

FEWEST = 2
"""So many different words of the topic make it one, ..."""

SPARSE = 500
"""... if it is named once in so many words at least."""


def on_topic(rulebook: Rulebook, sentences: Sequence[Sentence]) -> frozenset[int] | None:
    """
    The sentences in which a claim can stand.

    "Guaranteed", "better than" and "safe" are claims about a serum and none about a compiler: a longer text that
    is not about the topic makes claims only where it names it.

    Returns:
        Their numbers, or ``None`` for all of them.
    """
    topical = rulebook.combos_of(TOPIC)
    length = sum(len(sentence.words) for sentence in sentences)
    if not topical or length < SHORT:
        return None
    words: set[str] = set()
    naming: set[int] = set()
    mentions = 0
    for sentence in sentences:
        if topical.isdisjoint(sentence.lists):
            continue
        naming.add(sentence.number)
        named = [word for word, combo in zip(sentence.words, sentence.lists, strict=True) if combo in topical]
        words.update(named)
        mentions += len(named)
    return None if len(words) >= FEWEST and mentions * SPARSE >= length else frozenset(naming)
