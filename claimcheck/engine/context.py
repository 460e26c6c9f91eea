"""Why a matched phrase is no claim after all: cues, how far they reach, questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from claimcheck.engine.assembly import Draft
from claimcheck.engine.lists import names_at, targets_between
from claimcheck.engine.matching import Match
from claimcheck.engine.sentence import Sentence
from claimcheck.packs.rulebook import Rulebook

FARTHEST = 14
"""A cue reaches at most so many words within its clause."""

BESIDE = 1
"""A cue that reaches ``words`` stands beside the claim, with at most so many words between."""

LINE = 14
"""Most words of a block that is read as one line of a list or menu."""

_CLAUSE_ENDS = frozenset(";:\u2014\u2013|.!?")
_TURNS = frozenset("but however yet although though instead rather because so while whereas it's".split())
# What begins a new verb phrase after "and".
_FINITE = frozenset(
    "can will may might could helps is are has have"
    " needs requires leads gives leaves makes offers provides delivers comes results causes".split()
)
_CONDITIONS = frozenset("if when while although though because since once even instead rather unlike besides".split())
_NEW_SUBJECTS = frozenset("it we this that they she he our these which".split())
_YES = frozenset("yes absolutely definitely certainly indeed yep sure".split())
_YES_PAIRS = (
    ("of", "course"),
    ("it", "does"),
    ("ours", "can"),
    ("ours", "does"),
    ("ours", "will"),
    ("this", "does"),
    ("this", "can"),
    ("this", "one"),
    ("you", "can"),
    ("it", "can"),
    ("they", "do"),
    ("it", "is"),
    ("we", "do"),
    ("it", "will"),
    ("they", "will"),
    ("they", "are"),
    ("we", "can"),
    ("you", "bet"),
)
_ANSWER_LABELS = frozenset({"a", "answer"})
_TAG_VERBS = frozenset("doesn't don't isn't aren't won't can't didn't hasn't haven't wasn't".split())
_TAG_SUBJECTS = frozenset("it they you we she he".split())
_OFFERS = frozenset(
    "try meet discover introducing our this these that say enter look choose reach you we the here let it grab get with"
    " start book".split()
)
_WISHES = (
    "want to", "ready to", "looking to", "looking for", "need to", "hoping to", "dreaming of", "struggling with",
    "tired of", "fed up with", "why not", "how about", "wish", "keen to", "want", "ready for", "bothered by",
    "suffering from", "do you want", "do you wish", "do you dream", "would you like", "desperate to", "longing to",
    "longing for",
)  # fmt: skip
# What says further on that it is the remedy: "HIFU is the answer".
_REMEDIES = frozenset([("the", "answer"), ("the", "solution"), ("can", "help"), ("could", "help"), ("is", "here")])
# Questions that tell.
_TELLING = (
    "did you know", "who knew", "have you heard", "is it any wonder", "what if we told", "why book", "why pay for",
    "why bother with", "why suffer", "why endure", "why inject", "why go", "why risk", "why put up with",
    "why settle for",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of a context rule in a sentence, ``start`` and ``end`` counting its words, half-open."""

    rule: int
    start: int
    end: int


def cues(matches: Sequence[Match]) -> list[Cue]:
    """The cues among the matches of one sentence, without those that an ``unless`` undoes."""
    barred = [(m.index, m.start, m.end) for m in matches if m.owner == "unless-context"]
    return [
        Cue(match.index, match.start, match.end)
        for match in matches
        if match.owner == "context"
        and not any(rule == match.index and start < match.end and match.start < end for rule, start, end in barred)
    ]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """
    What stands around a claim.

    Args:
        sentence: Its sentence.
        cues: Of that sentence.
        block_cues: Of the sentences of its block, when the block is as short as a line.
        introduction: Of the sentence that introduces its list.
        headings: Of the headings that it stands under.
        qualifiers: ``(kind, start, end)`` of the qualifiers in its sentence, in words.
        after: The next sentence of the same block or, for a heading, of the next block.
        after_has_claim: Whether that sentence makes a claim of its own.
    """

    sentence: Sentence
    cues: Sequence[Cue]
    block_cues: Sequence[Cue] = ()
    introduction: Sequence[Cue] = ()
    headings: Sequence[Cue] = ()
    qualifiers: Sequence[tuple[str, int, int]] = ()
    after: Sentence | None = None
    after_has_claim: bool = False


def dismissal(rulebook: Rulebook, draft: Draft, around: Surroundings, written: str) -> tuple[str, str] | None:
    """
    Why a claim is none, if it is none.

    Args:
        written: The words of the claim as they stand in the text: a name is written with capitals.

    Returns:
        ``(rule id, the words that gave it)``, or ``None`` when the claim stands.
    """
    for cue in around.cues:
        rule = rulebook.contexts[cue.rule]
        if (rule["capitals"] and not _capitalised(written)) or (rule["quoted"] and not _quoted(around.sentence, draft)):
            continue
        if rule["reach"] not in ("line", "heading") and _applies(rulebook, draft, cue, around):
            return _named(rulebook, cue, around.sentence)
    for cue in around.block_cues:
        if rulebook.contexts[cue.rule]["reach"] == "line" and _concerns(rulebook, draft, cue):
            return rulebook.contexts[cue.rule]["id"], ""
    for above, reach in ((around.introduction, "list"), (around.headings, "heading")):
        for cue in above:
            rule = rulebook.contexts[cue.rule]
            if rule["reach"] != reach or not _concerns(rulebook, draft, cue):
                continue
            if rule["direction"] != "covering" or _is_all(around.sentence, draft):
                return rulebook.contexts[cue.rule]["id"], ""
    return None


def _is_all(sentence: Sentence, draft: Draft) -> bool:
    """Whether the claim is all that its sentence says: no more than a number or a mark stands beside it."""
    return not any(word.isalpha() for word in (*sentence.words[: draft.start], *sentence.words[draft.end :]))


def _capitalised(written: str) -> bool:
    """Whether every word of several begins with a capital letter, and not all are capitals throughout."""
    words = [word for word in written.split() if word[0].isalpha()]
    return len(words) > 1 and all(word[0].isupper() for word in words) and not written.isupper()


def _quoted(sentence: Sentence, draft: Draft) -> bool:
    """Whether the claim stands between quotation marks."""
    return sentence.words[: draft.start].count('"') % 2 == 1 and '"' in sentence.words[draft.end - 1 :]


def _named(rulebook: Rulebook, cue: Cue, sentence: Sentence) -> tuple[str, str]:
    return rulebook.contexts[cue.rule]["id"], " ".join(sentence.words[cue.start : cue.end])


def _concerns(rulebook: Rulebook, draft: Draft, cue: Cue) -> bool:
    rule = rulebook.contexts[cue.rule]
    kinds = draft.kinds
    if draft.bare and not rule["bare"]:
        return False
    return (not rule["kinds"] or any(k in rule["kinds"] for k in kinds)) and not any(k in rule["spares"] for k in kinds)


def _applies(rulebook: Rulebook, draft: Draft, cue: Cue, around: Surroundings) -> bool:
    rule = rulebook.contexts[cue.rule]
    if not _concerns(rulebook, draft, cue):
        return False
    if rule["needs"] and not any(kind in rule["needs"] and start < cue.start for kind, start, _ in around.qualifiers):
        return False
    if rule["reach"] == "question":
        return around.sentence.asks and not _stands_as_question(around)
    match rule["direction"]:
        case "inside":
            # "Treats scars on acne-prone skin" acts on scars, whatever the frame names.
            ahead = targets_between(rulebook, around.sentence, draft.start, cue.start)
            # "Overnight Repair Cream": a name goes on behind the words of the claim.
            last = draft.end + 1 if rule["capitals"] else draft.end
            return cue.start < last and draft.start < cue.end and not ahead
        case "covering":
            return cue.start <= draft.start and draft.end <= cue.end
        case "around":
            return True
        case "after":
            return cue.start >= draft.end - 1 and _reaches(rule, around.sentence, draft.end, cue.start)
        case _:
            return _governs(rulebook, draft, cue, around.sentence)


def _governs(rulebook: Rulebook, draft: Draft, cue: Cue, sentence: Sentence) -> bool:
    """Whether a cue before the claim, or in it before its last word, reaches it."""
    rule = rulebook.contexts[cue.rule]
    praised = cue.start == draft.start and not {"permanence", "testimonial"}.isdisjoint(draft.kinds)
    if praised or (cue.start >= draft.start and "safety" in draft.kinds):
        # "Never shave again", "won't sting" deny nothing: the denial is the claim.
        return False
    said = targets_between(rulebook, sentence, draft.start, cue.start)
    if said and said[-1][0] == cue.start - 1:
        # "Improves skin texture without changing it" has said its own before the denial.
        return False
    if cue.end >= draft.end or (
        cue.end <= draft.start and not rule["finite"] and _finite(rulebook, sentence, draft, cue)
    ):
        return False
    return cue.end > draft.start or _reaches(rule, sentence, cue.end, draft.start)


def _finite(rulebook: Rulebook, sentence: Sentence, draft: Draft, cue: Cue) -> bool:
    """Whether the claim has its own verb in the third person, which "does not" cannot govern."""
    names = names_at(rulebook, sentence, draft.start)
    if names & {"target", "action:base"} or cue.end >= draft.start:
        return False
    # "It isn't greasy, leaves skin soft": such verbs say nothing alone, but start a phrase of their own.
    led = sentence.words[draft.start - 1] in ("and", ",", "&")
    return "action:s" in names or (led and not names.isdisjoint(("leave:s", "endow:s")))


def _reaches(rule: dict[str, object], sentence: Sentence, start: int, end: int) -> bool:
    if rule["reach"] in ("list", "block", "heading"):
        return True
    if rule["reach"] == "sentence":
        # "We do not claim to cure eczema, but our balm calms redness": so far it goes, and no farther.
        turns = (sentence.words[index - 1 : index + 1] for index in range(start + 1, end))
        return not any(mark in (",", ";", "\u2014", "\u2013") and word in _TURNS for mark, word in turns)
    if end - start > (BESIDE if rule["reach"] == "words" else FARTHEST):
        return False
    words = sentence.words
    if start < end and words[start] == "yet":
        # "Not yet" is one denial, and no turn.
        start += 1
    # "If creams are not enough, our peel …", "Instead of filling, it …": the comma ends the condition.
    condition = words[0] in _CONDITIONS
    for index in range(start, end):
        word = words[index]
        if word in _CLAUSE_ENDS or word in _TURNS:
            return False
        if word == ")" and "(" not in words[start:index]:
            # "(It does not bleach) and fades spots": what stands in brackets ends with them.
            return False
        if word == "and" and index + 1 < len(words) and words[index + 1] in _FINITE:
            # "Does not sting and can reduce redness": a new verb phrase.
            return False
        if word == "," and index + 1 < len(words):
            after = words[index + 1]
            if condition or after in _NEW_SUBJECTS or (after.endswith("ing") and index + 1 == end):
                return False
    return True


def _has_tag(words: Sequence[str]) -> bool:
    """Whether a statement ends in a tag that asks for assent: "It fades scars, doesn't it?"."""
    tag = [word for word in words[-5:] if word[0].isalpha() or word == ","]
    return tag[-3:-2] == [","] and tag[-2] in _TAG_VERBS and tag[-1] in _TAG_SUBJECTS


def _stands_as_question(around: Surroundings) -> bool:
    """
    Whether a claim in a question is one all the same: answered "yes", or a wish that is followed by the remedy.

    A remedy or an answer below a heading that makes a claim of its own carries it, and the question only asks.
    """
    words = around.sentence.words
    opening = " ".join(words[2:6] if words[:2] == ("are", "you") else words[:4])
    if opening.startswith(_TELLING) or _has_tag(words):
        return True
    after = around.after
    if after is None or after.asks:
        return False
    beside = after.segment == around.sentence.segment
    alone = len(after.words) > 2 and not after.words[2][0].isalnum()
    # "A: Yes": what labels the answer is no part of it.
    answer = after.words[2:] if after.words[0] in _ANSWER_LABELS and after.words[1:2] == (":",) else after.words
    yes = answer[:1] and (answer[0] in _YES or ((alone or answer is not after.words) and answer[:2] in _YES_PAIRS))
    if yes and (beside or not around.after_has_claim):
        return True
    remedied = after.words[0] in _OFFERS or not _REMEDIES.isdisjoint(pairwise(after.words))
    return not around.after_has_claim and opening.startswith(_WISHES) and remedied
