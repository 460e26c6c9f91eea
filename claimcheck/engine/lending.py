"""What one piece of text lends to the next: an introduction its verb, a figure its number, a label its words."""

from __future__ import annotations

from claimcheck.engine.lists import names_at
from claimcheck.engine.sentence import NUMBER, Sentence
from claimcheck.model import Document
from claimcheck.packs.rulebook import Rulebook

_VERBS = frozenset({"action:s", "action:base", "action:ing"})
# What may stand between the verb of an introduction and its colon.
_BEFORE_ITEMS = frozenset("the look appearance visibility signs effects of following all both visibly".split())
# An introduction that begins so names what is done to it, and asserts nothing.
_NO_LENDERS = frozenset("what which conditions concerns areas things problems issues how who".split())
# What may stand before the number of a figure ("up to 93%") or of a measure ("within two weeks").
_BEFORE_FIGURE = frozenset("up to over + - \u2212 ~ > an average of almost nearly more than around about by".split())
_BEFORE_MEASURE = frozenset(
    "up to in within after from about around approximately roughly just only typically usually generally between at"
    " least as little early over".split()
)
_PER = frozenset({"%", "percent", "x", "\u00d7", "times", "h", "hr", "hrs", "hour", "hours"})
_RANGE = frozenset({"to", "-", "\u2013", "and", "or"})
_CLOSING_MARKS = frozenset({".", "!", "*", "\u2020", ":", "?", ","})
# What a question about a measure begins with, before the words that its answer completes.
_ASKING = frozenset("how soon long quickly fast when do does did will would can could should is are i you we".split())
_MEASURED = frozenset({"how", "when"})
_PLURAL_TIMES = (("days",), ("hours",), ("minutes",), ("seconds",), ("weeks",))
_AT_ONCE = frozenset({"immediately", "instantly", "overnight"})
_AT_ONCE_PAIRS = (("straight", "away"), ("right", "away"), ("almost", "immediately"), ("almost", "instantly"))
# What answers that there is none of it: "Downtime? None."
_NOTHING = frozenset({"none", "zero", "nil", "zilch"})
_LONGEST_LABEL, _LONGEST_LENDER, _LONGEST_MEASURE, _LONGEST_CAPTION = 6, 12, 10, 16


def lends_verb(sentence: Sentence, rulebook: Rulebook) -> bool:
    """Whether an introduction ends in a verb whose objects are the items: "It visibly reduces the look of:"."""
    if sentence.words[-1] != ":" or sentence.borrowed or sentence.words[0] in _NO_LENDERS:
        return False
    end = len(sentence.words) - 1
    while end and sentence.words[end - 1] in _BEFORE_ITEMS:
        end -= 1
    return end > 0 and not names_at(rulebook, sentence, end - 1).isdisjoint(_VERBS)


def begins_with_verb(sentence: Sentence, rulebook: Rulebook) -> bool:
    """Whether it needs none of an introduction."""
    return not names_at(rulebook, sentence, 0).isdisjoint(_VERBS)


def lent(lender: Sentence, item: Sentence, first: int = 0, end: int = -1) -> Sentence:
    """An item with words of its introduction before it, usually with all but the colon."""
    return item._replace(
        words=lender.words[first:end] + item.words,
        lists=lender.lists[first:end] + item.lists,
        lender=lender.number,
        borrowed=len(lender.words[first:end]),
        skipped=first,
    )


def completed(before: Sentence, sentence: Sentence, document: Document, rulebook: Rulebook) -> Sentence:
    """
    A sentence that goes on with the piece of text before it, with the words of that.

    "93%" above "saw firmer skin" is one statement, and so are "How long do results last?" and "Up to a year.", the
    label "Results last" and "12 months", or "Downtime?" and "None.".
    """
    if len(before.words) > _LONGEST_LENDER and not before.asks:
        return sentence
    above, below = document.segments[before.segment], document.segments[sentence.segment]
    if above.metadata != below.metadata or above.section != below.section or before.borrowed:
        return sentence
    end = body_end(before)
    if _is_figure(before, end, rulebook):
        fits = len(sentence.words) <= _LONGEST_CAPTION and not _number_at(sentence, 0, rulebook)
        return lent(before, sentence, 0, end) if fits else sentence
    asked = before.asks and before.words[0] in _MEASURED
    labelled = end <= _LONGEST_LABEL and before.words[end:] in ((), (":",))
    if 0 < end <= _LONGEST_LABEL and sentence.words[0] in _NOTHING and body_end(sentence) == 1:
        return lent(before, sentence, 0, end)
    if not (asked or labelled) or not _is_measure(sentence, rulebook):
        return sentence
    first = 0
    while asked and first < end and before.words[first] in _ASKING:
        first += 1
    return lent(before, sentence, first, end) if first < end else sentence


def body_end(sentence: Sentence) -> int:
    """How many words a sentence has before the marks that close it."""
    end = len(sentence.words)
    while end and sentence.words[end - 1] in _CLOSING_MARKS:
        end -= 1
    return end


def _number_at(sentence: Sentence, index: int, rulebook: Rulebook) -> bool:
    if index >= len(sentence.words):
        return False
    return sentence.lists[index] == NUMBER or "number" in names_at(rulebook, sentence, index)


def _is_figure(sentence: Sentence, end: int, rulebook: Rulebook) -> bool:
    """Whether a figure is all that a sentence says: "93%", "up to 2x", "9 in 10", "9 out of 10", "72h"."""
    index = 0
    while index < end and sentence.words[index] in _BEFORE_FIGURE:
        index += 1
    if index >= end or not (sentence.words[index].isdigit() or _number_at(sentence, index, rulebook)):
        return False
    rest = sentence.words[index + 1 : end]
    if (len(rest) == 1 and rest[0] in _PER) or rest == ("per", "cent"):
        return True
    return rest[:-1] in (("in",), ("out", "of"), ("/",)) and _number_at(sentence, end - 1, rulebook)


def _is_measure(sentence: Sentence, rulebook: Rulebook) -> bool:
    """Whether a sentence begins with a time and says little else: "12-18 months", "Within two weeks.", "Instantly."."""
    words, index = sentence.words, 0
    if len(words) > _LONGEST_MEASURE:
        return False
    if words[0] in _AT_ONCE or words[:2] in _AT_ONCE_PAIRS:
        return True
    while index < len(words) and words[index] in _BEFORE_MEASURE:
        index += 1
    if words[:index] in (("in",), ("within",)) and words[index : index + 1] in _PLURAL_TIMES:
        return True
    if _number_at(sentence, index, rulebook) or words[index : index + 1] in (("a",), ("an",), ("several",)):
        index += 1
        if words[index : index + 1] and words[index] in _RANGE and _number_at(sentence, index + 1, rulebook):
            index += 2
        elif _number_at(sentence, index, rulebook):
            index += 1
        return index < len(words) and "time-unit" in names_at(rulebook, sentence, index)
    return False
