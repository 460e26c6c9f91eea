"""Whether a text is about skin, hair and looks at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from claimcheck.engine.sentence import Sentence
from claimcheck.packs.rulebook import Rulebook

TOPIC = "topic"
SHORT = 80
"""A text of fewer words is taken at its word: a headline, a caption or a tagline names no topic."""

FEWEST = 2
"""So many different words of the topic make it one, ..."""

SPARSE = 500
"""... if it is named once in so many words at least."""


TARGETS = 3
"""A section that names no word of the topic is about it all the same when it names so many different targets."""


def on_topic(rulebook: Rulebook, sentences: Sequence[Sentence], sections: Sequence[int]) -> frozenset[int] | None:
    """
    The sentences in which a claim can stand.

    "Guaranteed", "better than" and "safe" are claims about a serum and none about a compiler: a longer text that
    is not about the topic makes claims only where it names it, and a section of some length that never names it
    makes none: the history of the house, the recipes, the neighbours.

    Args:
        sections: Of each sentence.

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
    if len(words) < FEWEST or mentions * SPARSE < length:
        return frozenset(naming)
    strange = _strange(rulebook, sentences, sections, naming)
    return None if not strange else frozenset(s.number for s in sentences if sections[s.number] not in strange)


def _strange(
    rulebook: Rulebook, sentences: Sequence[Sentence], sections: Sequence[int], naming: set[int]
) -> frozenset[int]:
    """Sections of some length that are about something else."""
    lengths: Counter[int] = Counter()
    targets: dict[int, set[str]] = {}
    for sentence in sentences:
        section = sections[sentence.number]
        lengths[section] += len(sentence.words)
        found = targets.setdefault(section, set())
        for combo in sentence.lists:
            if combo >= 0:
                found.update(rulebook.target_names[combo])
    about = {sections[number] for number in naming}
    return frozenset(
        section
        for section, length in lengths.items()
        if length >= SHORT and section not in about and len(targets[section]) < TARGETS
    )
