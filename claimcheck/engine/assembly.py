"""Make claims out of matched phrases: the second verb, further targets, amount and time, overlaps, kinds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from claimcheck.engine.lists import has, is_part, is_stop, names_at, targets_between
from claimcheck.engine.matching import Match
from claimcheck.engine.sentence import NUMBER, Sentence
from claimcheck.model import CLASS_KIND, KINDS
from claimcheck.packs.rulebook import Rulebook

_AND = frozenset({"and", "or", "&", "+", ",", "plus", "while", "then", "also", "as", "to", "/"})
# What follows a verb, and no noun of a list.
# Verbs of many uses, which no list of actions holds alone: "clears blemishes and keeps pores tidy".
_PLAIN_VERBS = frozenset("keep keeps keeping leave leaves leaving make makes making give gives help helps".split())
_AFTER_VERB = frozenset("the a an your its their any every each all away off out up down".split())
# What a claim of a verb alone begins with: one of these lists, also with the first word of "lift and firm".
_ALONE = frozenset({"effect", "solo", "tighten", "smoothen", "care", "bolster", "tend", "soothen", "mend"})
_SHORTEST_VERB = 3
_TURNS = frozenset((":", ";", "\u2014", "\u2013", "but"))
_CONCESSIONS = frozenset(("while", "although", "though", "unlike"))
_SUBJECTS = frozenset({"it", "they", "we"})
_AUXILIARY_VERBS = frozenset({"is", "are", "was", "were", "has", "have", "had", "will", "can"})
_AUXILIARIES = frozenset({"may", "can", "will", "could", "might", "help", "helps", "also", "even", "then"})
_LINKS = frozenset({"by", "which", "that"})
_JOINS = frozenset({"and", "or", "&", "+", "plus", "including", "like", "especially", "/", "even"})
# Words that a further target's phrase does not begin with or pass.
_ENDS = frozenset(
    "is are was were be been being can will may might could should would has have had do does did that this it you we"
    " they i to for with without by in on at from as but than so not no never who which while help helps"
    " helping".split()
)
_TIMELY = frozenset("away instantly immediately overnight fast quickly permanently".split())
_TIMELY_PAIRS = (
    ("over", "time"), ("for", "good"), ("at", "once"), ("in", "seconds"), ("in", "minutes"), ("in", "days"),
)  # fmt: skip
_BEFORE_NUMBER = frozenset(
    "just only as little under less than up to a the at least first one full around about more few over nearly almost"
    " much".split()
)
# What may stand behind "by" in place of a number.
_FRACTIONS = (
    ("half",), ("a", "third"), ("one", "third"), ("two", "thirds"), ("a", "quarter"), ("one", "quarter"),
    ("three", "quarters"), ("a", "fifth"),
)  # fmt: skip
_TIME_OPENERS = frozenset({"in", "within", "after", "over", "for"})
_MOST_EXTENSION = 80
_VERB_FORMS = frozenset({"action:s", "action:base", "action:ing", "action:ed", "leave:s", "leave:ing", "endow:s"})
_COPULAS = (("is",), ("are",))
_FINITE = frozenset({"action:s", "endow:s", "leave:s", "reach:s"})
_VERBS = frozenset(
    {"action:s", "action:ing", "action:base", "leave", "seem", "endow:s", "endow:ing", "reach:s", "reach:ing"}
)
_REPORTING = frozenset(
    "saw said say see agreed agree felt noticed reported experienced showed noted observed found had described".split()
)
_MOST_REPORTED = 4
# No part of a claim where it begins.
_LEADING = frozenset(
    "is are was were be been being a an the it it's this that as to and , help helps helping can may will has have had"
    " do does also 's : for with towards your our i you we they considered generally which but or both &".split()
)

# No part of a claim where it ends: a phrase may look at them to know that the verb has no object.
_TRAILING = frozenset(
    ", . ! : ; and & + or for while without as in with from on the a an your of \u2013 \u2014".split()
)


@dataclass(frozen=True, slots=True)
class Draft:
    """
    A claim before its context is known; ``start`` and ``end`` count words of the sentence, half-open.

    Args:
        rules: Kind to rule id.
        targets: Target lists in the order of the text.
        classes: Their classes, and those that rules give, each once.
        bare: Whether the words assert nothing.
    """

    start: int
    end: int
    rules: tuple[tuple[str, str], ...]
    targets: tuple[str, ...]
    classes: tuple[str, ...]
    bare: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds by precedence."""
        found = {kind for kind, _ in self.rules}
        return tuple(kind for kind in KINDS if kind in found)

    def without(self, kinds: Collection[str]) -> Draft:
        """The same claim without some of its kinds."""
        return replace(self, rules=tuple(one for one in self.rules if one[0] not in kinds)) if kinds else self


def drafts(
    rulebook: Rulebook,
    sentence: Sentence,
    matches: Sequence[Match],
    *,
    before: Sentence | None,
    looks: Iterable[tuple[int, int]],
) -> list[Draft]:
    """
    The claims of one sentence.

    Args:
        matches: Of the owners ``construction``, ``claim``, ``name`` and ``unless-claim``.
        before: The sentence before it in the same block, for "it" and "them".
        looks: Where appearance wording stands, as ranges of words: a disease's look is no disease.
    """
    barred = [(m.index, m.start, m.end) for m in matches if m.owner == "unless-claim"]
    found: list[Draft] = []
    fallbacks: list[Draft] = []
    names: list[Draft] = []
    for match in _longest(rulebook, sentence, matches):
        if match.owner in ("claim", "name"):
            if any(i == match.index and s < match.end and match.start < e for i, s, e in barred):
                continue
            draft = _from_rule(rulebook, sentence, match, before)
        else:
            draft = _from_construction(rulebook, sentence, match, looks)
            if draft is not None:
                undone = {rulebook.claims[i]["id"] for i, s, e in barred if s < match.end and match.start < e}
                draft = draft.without([kind for kind, rule in draft.rules if rule in undone])
                if not draft.rules:
                    continue
        if draft is not None:
            weak = match.owner == "claim" and rulebook.claims[match.index]["fallback"]
            (names if match.owner == "name" else fallbacks if weak else found).append(draft)
    # What a phrase only looked at is no overlap: "plumps, firms" are two claims.
    extended = [_trimmed(sentence, _extended(rulebook, sentence, draft, looks)) for draft in found]
    for draft in (_trimmed(sentence, _extended(rulebook, sentence, one, looks)) for one in fallbacks):
        if not any(draft.start < other.end and other.start < draft.end for other in extended):
            extended.append(draft)
    claims = _merged(sentence, extended)
    return claims + [replace(one, bare=True) for one in _merged(sentence, names) if not _said(one, claims)]


def promise(rulebook: Rulebook, sentence: Sentence) -> list[Draft]:
    """The claim that the item of a list of benefits is ("even tone", "soft lips"), all of it."""
    end = len(sentence.words)
    targets = [name for _, name in targets_between(rulebook, sentence, 0, end)]
    if not targets:
        felt = any(has(rulebook, sentence, index, "sensed") for index in range(end))
        targets = ["hydration" if felt else "tone"]
    draft = _trimmed(sentence, _draft(rulebook, 0, end, targets, looks=False))
    return [draft] if draft.rules else []


def _said(name: Draft, claims: Sequence[Draft]) -> bool:
    """Whether a claim of the same kind holds these words."""
    return any(
        name.start < one.end and one.start < name.end and not set(name.kinds).isdisjoint(one.kinds) for one in claims
    )


def _longest(rulebook: Rulebook, sentence: Sentence, matches: Sequence[Match]) -> list[Match]:
    """For each owner and start the longest match that does not run over a second verb with its own target."""
    best: dict[tuple[str, int, int], Match] = {}
    for match in matches:
        if match.owner == "unless-claim" or is_part(sentence, match.end - 1):
            continue
        if _crosses(rulebook, sentence, match) or _is_noun(rulebook, sentence, match):
            continue
        key = (match.owner, match.index, match.start)
        if key not in best or best[key].end < match.end:
            best[key] = match
    return sorted(best.values(), key=lambda match: (match.start, match.end, match.owner, match.index))


def _crosses(rulebook: Rulebook, sentence: Sentence, match: Match) -> bool:
    """Whether a second verb stands behind a first target: a second verb is a second claim."""
    seen = False
    if _ends_at_comma(rulebook, sentence, match):
        return True
    verb = not _term_at(rulebook, sentence, match.start).isdisjoint(_FINITE)
    for index in range(match.start + 1, match.end):
        names = _term_at(rulebook, sentence, index)
        before = sentence.words[index - 1]
        begins = before in _AND or before in _SUBJECTS or before in _LINKS
        begins = begins or (before in _AUXILIARIES and sentence.words[index - 2] in _AND)
        if seen and begins and _unlisted_verb(rulebook, sentence, index):
            return True
        if seen and begins and not names.isdisjoint(_VERB_FORMS):
            # "smooth" is a verb before a flaw ("and smooth fine lines") and an adjective before skin.
            ahead = [name for _, name in targets_between(rulebook, sentence, index + 1, match.end)]
            adjective = names & {"quality", "chain"} and "action:s" not in names
            if before == "to" and not ahead:
                # "Prompts the body to repair itself" is one claim.
                continue
            if not adjective or (ahead and rulebook.targets[ahead[0]]["wants"] == "less"):
                return True
        if seen and begins and _clause_begins(rulebook, sentence, index):
            return True
        if seen and "people" in names and sentence.words[index - 1] == "for":
            # "Fades scars for people with acne": whom it is for is not what it acts on.
            return True
        # "firms and smooths wrinkles" is one claim; "takes down heat and soothes tightness" has an object between.
        plain = sentence.words[index] not in _AND and not names & {"adverb", "action"} and not is_part(sentence, index)
        seen = seen or "target" in names or "area" in names or (verb and plain)
    last = match.end - 1
    while last > match.start and is_part(sentence, last - 1):
        last -= 1
    if (
        verb
        and sentence.words[last - 2 : last] == (",", "and")
        and sentence.words[match.end : match.end + 1] in _COPULAS
    ):
        # "It fades scars, and wrinkles are a fact of life": the last target begins a clause of its own.
        return True
    # "more even and skin": the list of adjectives ends before the "and".
    return "quality" in names_at(rulebook, sentence, match.start) and sentence.words[last - 1] in _AND


def _ends_at_comma(rulebook: Rulebook, sentence: Sentence, match: Match) -> bool:
    """
    Whether the first verb has no part in the object of the last.

    "Brightens, evens tone" are two claims, "firms, lifts and tones skin" is one: there the verbs share what follows.
    """
    index, separator = _verb_end(rulebook, sentence, match.start), ""
    while 0 < index < match.end:
        after = index
        while after < match.end and has(rulebook, sentence, after, "adverb"):
            after += 1
        joined = after
        while joined < match.end and sentence.words[joined] in (",", "and", "&", "+", "or"):
            joined += 1
        if joined == after:
            break
        separator = sentence.words[joined - 1]
        while joined < match.end and has(rulebook, sentence, joined, "adverb"):
            joined += 1
        following = _verb_end(rulebook, sentence, joined)
        if not following or following >= match.end:
            return False
        if after > index:
            # "Soothes instantly, and restores …": what stands behind the verb closes it.
            return True
        index = following
    return separator == ","


def _verb_end(rulebook: Rulebook, sentence: Sentence, index: int) -> int:
    """One past the verb that begins here, 0 if none does."""
    last = index
    while last < len(sentence.words) - 1 and is_part(sentence, last):
        last += 1
    names = names_at(rulebook, sentence, last) if last < len(sentence.words) else frozenset()
    return 0 if names.isdisjoint(_VERB_FORMS) or "target" in names else last + 1


def _is_noun(rulebook: Rulebook, sentence: Sentence, match: Match) -> bool:
    """Whether the verb that a phrase begins with is a noun in a list: "support, dryness and volume"."""
    first = match.start
    while is_part(sentence, first):
        first += 1
    names = names_at(rulebook, sentence, first)
    if "action:base" not in names or first + 2 >= match.end or sentence.words[first + 1] not in (",", "and", "&", "or"):
        return False
    if sentence.words[first + 3 : first + 4] in (("your",), ("my",)):
        # "Firm and tone your skin": what has an object is a verb.
        return False
    return _term_at(rulebook, sentence, first + 2).isdisjoint({"action", "adverb", "leave", "endow", "quality"})


def _clause_begins(rulebook: Rulebook, sentence: Sentence, index: int) -> bool:
    """Whether a subject and its verb stand here: "… and my skin has never looked better"."""
    if sentence.words[index] not in ("my", "your", "their", "her", "his"):
        return False
    ahead = range(index + 1, min(index + 4, len(sentence.words)))
    return any(sentence.words[step] in _AUXILIARY_VERBS or has(rulebook, sentence, step, "seem") for step in ahead)


def _unlisted_verb(rulebook: Rulebook, sentence: Sentence, index: int) -> bool:
    """Whether a word that no list calls a noun looks like a verb: "…, evens the tone", "…, sweeps out impurities"."""
    word, after = sentence.words[index], index + 1
    if word in _PLAIN_VERBS and sentence.words[index - 1] != "to":
        # "Make-up" is none.
        return sentence.words[after : after + 1] != ("up",)
    return (
        _term_at(rulebook, sentence, index).isdisjoint({"target", "area", "quality", "chain"})
        and word.endswith("s")
        and not word.endswith("ss")
        and len(word) > _SHORTEST_VERB
        and after < len(sentence.words)
        and sentence.words[after] in _AFTER_VERB
    )


def _term_at(rulebook: Rulebook, sentence: Sentence, index: int) -> frozenset[str]:
    """The lists of the term that the word belongs to, wherever in the term it stands."""
    while is_part(sentence, index):
        index += 1
    return names_at(rulebook, sentence, index)


def _from_rule(rulebook: Rulebook, sentence: Sentence, match: Match, before: Sentence | None) -> Draft | None:
    rule = rulebook.claims[match.index]
    if rule["antecedent"]:
        named: list[tuple[int, str]] = []
        ahead = sentence.words[: match.start]
        if ahead and (ahead[-1] in _SUBJECTS or _turns(ahead) or _goes_on(ahead[-1], sentence.words[match.start])):
            # "It won't just reduce scars, it erases them", "Scars: our serum reduces them".
            named = targets_between(rulebook, sentence, 0, match.start)
        if not named and before is not None:
            named = targets_between(rulebook, before, 0, len(before.words))
        if not named or any(has(rulebook, sentence, i, "target") for i in range(match.start, match.end)):
            return None
        draft = _draft(rulebook, match.start, match.end, [name for _, name in named], looks=False)
        kind = rule["id"].partition("/")[0]
        return replace(draft, rules=tuple((k, rule["id"] if k == kind else r) for k, r in draft.rules))
    start = match.start
    while rule["fallback"] and start < match.end - 1 and _term_at(rulebook, sentence, start).isdisjoint(_ALONE):
        start += 1
    targets = [name for _, name in targets_between(rulebook, sentence, start, match.end)] or rule["targets"]
    classes = [rule["target_class"]] if rule["target_class"] else []
    classes += [rulebook.targets[name]["class"] for name in targets]
    kind = rule["id"].partition("/")[0]
    return Draft(start, match.end, ((kind, rule["id"]),), tuple(targets), tuple(dict.fromkeys(classes)))


def _turns(words: Sequence[str]) -> bool:
    """Whether what follows says something else of what is named: "no cream erases scars, but our gel fades them"."""
    return words[-1] not in ("but", "then") and (words[0] in _CONCESSIONS or not _TURNS.isdisjoint(words))


def _goes_on(before: str, verb: str) -> bool:
    """Whether a verb goes on from one before it: "it heats scars, softening them", "it heats ink and breaks it up"."""
    return verb.endswith({",": "ing", "and": "s"}.get(before, "\n"))


def _from_construction(
    rulebook: Rulebook, sentence: Sentence, match: Match, looks: Iterable[tuple[int, int]]
) -> Draft | None:
    named = targets_between(rulebook, sentence, match.start, match.end)
    if not named:
        ageing = rulebook.answers.get(("efficacy", "ageing"))
        rules = (("efficacy", ageing),) if ageing else ()
        return Draft(match.start, match.end, rules, (), ("concern",)) if rules else None
    # "The look of acne fades": what stands right before it is its look, too.
    look = any(start < match.end and match.start <= end for start, end in looks)
    return _draft(rulebook, match.start, match.end, [name for _, name in named], looks=look)


def _draft(rulebook: Rulebook, start: int, end: int, targets: Sequence[str], *, looks: bool) -> Draft:
    rules: dict[str, str] = {}
    classes: list[str] = []
    for name in targets:
        family = rulebook.targets[name]["class"]
        if family == "disease" and looks:
            family = "condition"
        kind = "efficacy" if looks and family == "condition" else CLASS_KIND[family]
        rule = rulebook.answers.get((kind, name))
        if rule is not None:
            rules.setdefault(kind, rule)
            classes.append(family)
    return Draft(start, end, tuple(rules.items()), tuple(dict.fromkeys(targets)), tuple(dict.fromkeys(classes)))


def _extended(rulebook: Rulebook, sentence: Sentence, draft: Draft, looks: Iterable[tuple[int, int]]) -> Draft:
    """Reach for further targets ("…, scars and dark spots"), then for amount and time."""
    end = draft.end
    targets: list[str] = list(draft.targets)
    if draft.targets:
        while end - draft.start < _MOST_EXTENSION and (further := _next_target(rulebook, sentence, end)):
            targets += [name for _, name in targets_between(rulebook, sentence, end, further)]
            end = further
    tails: dict[str, str] = {}
    while tail := _next_tail(rulebook, sentence, end):
        end, what = tail
        if what in rulebook.tails:
            rule = rulebook.tails[what]
            tails[rule.partition("/")[0]] = rule
    if end == draft.end:
        return draft
    more = (
        _draft(rulebook, draft.start, end, targets, looks=any(s < end and draft.start <= e for s, e in looks))
        if len(targets) > len(draft.targets)
        else draft
    )
    rules = tails | dict(more.rules) | dict(draft.rules)
    classes = tuple(dict.fromkeys((*draft.classes, *more.classes)))
    return Draft(draft.start, end, tuple(rules.items()), tuple(dict.fromkeys(targets)), classes)


def _next_target(rulebook: Rulebook, sentence: Sentence, at: int) -> int:
    """Where a further coordinated target ends, 0 if there is none."""
    words, size = sentence.words, len(sentence.words)
    index = at
    while index < size and (words[index] == "," or words[index] in _JOINS) and index - at < 3:
        index += 1
    if index == at and words[at : at + 2] in (("such", "as"), ("as", "well")):
        index = at + 2
    elif words[index : index + 2] == ("such", "as"):
        index += 2
    elif words[index : index + 3] == ("as", "well", "as"):
        index += 3
    if index == at:
        return 0
    for step in range(index, min(size, index + 7)):
        if is_stop(sentence, step) or words[step] == "," or words[step] in _ENDS:
            return 0
        names = names_at(rulebook, sentence, step)
        if _second_verb(rulebook, sentence, step, first=step == index):
            return 0
        if step == index and _term_at(rulebook, sentence, step) & _VERBS:
            # "Fades spots and smooth lines": an adjective before a good, a verb before a flaw.
            ahead = [name for _, name in targets_between(rulebook, sentence, step + 1, min(size, index + 7))]
            verb = bool(ahead) and rulebook.targets[ahead[0]]["wants"] == "less" and "action:base" in names
            if not names & {"quality", "target", "chain"} or verb:
                return 0
        if "target" in names:
            after = words[step + 1 : step + 2]
            begins_clause = (step + 1 < size and has(rulebook, sentence, step + 1, "seem")) or after in _COPULAS
            return 0 if after == ("prone",) or begins_clause else step + 1
    return 0


def _second_verb(rulebook: Rulebook, sentence: Sentence, index: int, *, first: bool) -> bool:
    """Whether a verb stands here: "damage, while promoting renewal", "bacteria, and the peel clears", "sweeps out"."""
    names = names_at(rulebook, sentence, index)
    listed = not first and not names.isdisjoint(_FINITE | {"action:ing"}) and not names & {"quality", "target", "chain"}
    return listed or _unlisted_verb(rulebook, sentence, index)


def _next_tail(rulebook: Rulebook, sentence: Sentence, at: int) -> tuple[int, str] | None:
    """
    The amount or time that begins here.

    Returns:
        Where it ends, and ``amount`` ("by 47%"), ``time`` ("in 2 weeks") or nothing ("over time", whose words have
        rules of their own or promise no speed); ``None`` if there is none.
    """
    words, size = sentence.words, len(sentence.words)
    if at >= size:
        return None
    if words[at] == "(" and words[at + 1 : at + 2] == ("by",):
        inside = _number_tail(rulebook, sentence, at + 1)
        closed = inside is not None and words[inside[0] : inside[0] + 1] == (")",)
        return (inside[0] + 1, inside[1]) if inside is not None and closed else None
    if words[at] in _TIMELY:
        return at + 1, ""
    if words[at : at + 2] in _TIMELY_PAIRS:
        return at + 2, ""
    if words[at] not in _TIME_OPENERS and words[at] not in ("by", "up"):
        return None
    return _number_tail(rulebook, sentence, at)


def _fraction(words: tuple[str, ...]) -> int:
    """Of how many words a fraction is that begins them, such as "half" or "two thirds"; 0 if none does."""
    return next((len(one) for one in _FRACTIONS if words[: len(one)] == one), 0)


def _number_tail(rulebook: Rulebook, sentence: Sentence, at: int) -> tuple[int, str] | None:
    """What ``_next_tail`` tells of a word like "by" or "in" and the number behind it."""
    words, size = sentence.words, len(sentence.words)
    index = at + 1
    while index < size and words[index] in _BEFORE_NUMBER and index - at < 6 and not _fraction(words[index:]):
        index += 1
    if words[at] == "by" and (length := _fraction(words[index:])):
        return index + length, "amount"
    if index >= size or not (sentence.lists[index] == NUMBER or has(rulebook, sentence, index, "number")):
        return None
    index += 1
    if index + 1 < size and words[index] in ("to", "\u2013") and sentence.lists[index + 1] == NUMBER:
        index += 2
    elif index < size and (sentence.lists[index] == NUMBER or has(rulebook, sentence, index, "number")):
        # "2-4 weeks", "forty-seven percent": a hyphen between words is no word.
        index += 1
    per_cent = words[index : index + 2] == ("per", "cent")
    if per_cent or (index < size and words[index] in ("%", "percent", "x", "times")):
        return index + (2 if per_cent else 1), "amount"
    if index < size and has(rulebook, sentence, index, "time-unit") and words[at] != "by":
        return index + 1, "time" if words[at] in ("in", "within") else ""
    return None


def _trimmed(sentence: Sentence, draft: Draft) -> Draft:
    """Without the subject's and the auxiliary's words before the action, and the small words behind it."""
    start = draft.start
    while start < draft.end - 1 and sentence.words[start] in _LEADING:
        if sentence.words[start].startswith("help") and sentence.words[start + 1] in ("the", "your", "my", "our"):
            # "Helps your skin": here it is the action itself.
            break
        start += 1
    end = draft.end
    while end - 1 > start and sentence.words[end - 1] in _TRAILING:
        end -= 1
    return replace(draft, start=start, end=end)


def _merged(sentence: Sentence, found: list[Draft]) -> list[Draft]:
    """Overlapping claims are one, with all kinds; and so are a number of people and what they saw."""
    result: list[Draft] = []
    for draft in sorted(found, key=lambda one: (one.start, one.end)):
        if result and (draft.start < result[-1].end or _reports(sentence, result[-1], draft)):
            last = result[-1]
            rules = dict(last.rules) | {k: r for k, r in draft.rules if k not in dict(last.rules)}
            result[-1] = Draft(
                last.start,
                max(last.end, draft.end),
                tuple(rules.items()),
                tuple(dict.fromkeys((*last.targets, *draft.targets))),
                tuple(dict.fromkeys((*last.classes, *draft.classes))),
            )
        else:
            result.append(draft)
    return result


def _reports(sentence: Sentence, number: Draft, effect: Draft) -> bool:
    """Whether the first claim ends in what people said or saw, and the second is that."""
    between = sentence.words[number.end : effect.start]
    return (
        sentence.words[number.end - 1] in _REPORTING
        and "quantified" in number.kinds
        and len(between) <= _MOST_REPORTED
        and all(word.isalnum() for word in between)
    )
