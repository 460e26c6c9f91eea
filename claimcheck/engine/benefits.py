"""Items of lists of benefits that claim nothing by themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from claimcheck.engine.lending import body_end
from claimcheck.engine.lists import names_at
from claimcheck.engine.sentence import Sentence
from claimcheck.engine.topic import TOPIC
from claimcheck.model import Document
from claimcheck.packs.rulebook import Rulebook

# Above a list they say that each item names what is gained.
_BENEFITS = re.compile(
    r"(?:(?:some|many|most) of )?(?:the |our |its |your |some |these )?"
    r"(?:(?:key|main|primary|top|major|visible|expected|many|biggest|skin|product|treatment|proven|other|further) )*"
    r"(?:benefits|results|advantages)(?: (?:of|from) .+?)?(?: (?:can |may |will )?(?:include|are))?"
    r"|what (?:it|this|they|the \w+|our \w+) (?:does?|improves?|delivers?|offers?|can do|can improve)(?: for .+)?"
    r"|what can (?:it|this|they|the \w+) (?:do|improve|deliver|offer)(?: for .+)?"
)
_LONGEST_LABEL = 9
_LONGEST_BENEFIT = 5


def promised(document: Document, sentences: Sequence[Sentence], rulebook: Rulebook) -> frozenset[int]:
    """
    Numbers of the sentences that are items of a list of benefits and name no more than what is gained.

    "Even tone" or "Soft lips" claims nothing by itself, and everything below "Benefits" on a page about skin.
    """
    blocks = [document.segments[one.segment].block for one in sentences]
    labels = {
        block
        for block, one in zip(blocks, sentences, strict=True)
        if len(one.words) <= _LONGEST_LABEL and _BENEFITS.fullmatch(" ".join(one.words[: body_end(one)]))
    }
    topical = rulebook.combos_of(TOPIC)
    if not labels or all(topical.isdisjoint(one.lists) for one in sentences):
        return frozenset()
    said = Counter(blocks)
    return frozenset(
        one.number
        for block, one in zip(blocks, sentences, strict=True)
        if document.segments[one.segment].intro in labels and said[block] == 1 and _is_gain(one, rulebook)
    )


def _is_gain(sentence: Sentence, rulebook: Rulebook) -> bool:
    """Whether a few words end in something good: "radiance", "even tone", "soft, supple lips"."""
    words = sentence.words[: body_end(sentence)]
    if not 0 < len(words) <= _LONGEST_BENEFIT or not all(word.isalpha() or word == "," for word in words):
        return False
    names = [names_at(rulebook, sentence, index) for index in range(len(words))]
    if any("flaw" in one or "cosmetic" in one for one in names):
        return False
    good = "asset" in names[-1] and "texture" not in names[-1]
    return good or ("area" in names[-1] and any("quality" in one for one in names[:-1]))
