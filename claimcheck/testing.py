"""
Run the examples that packs carry.

Those of rules: what they must find, to the word, and what they must leave alone. Those of policies: what they would
have written instead, which has to pass itself, and that each of its entries can come to speak.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any

from claimcheck.checking import check_document
from claimcheck.engine.linter import Linter
from claimcheck.extract import extract
from claimcheck.model import Analysis, Severity
from claimcheck.packs.rulebook import Rulebook, RuleInfo

_MOST_NAMED = 5
_CONDITIONS = ("subjects", "classes", "targets", "actions", "areas")
_UNDERLINED = re.compile(r"__(.+?)__")


@dataclass(frozen=True, slots=True)
class ExampleFailure:
    """
    An example that does not hold.

    Args:
        rule: Id of the rule, or ``policy: id`` of the entry of a policy.
        where: ``path:line:column`` of the rule or the entry.
        example: As it is written, with its underlines; empty when it is an entry that does not hold.
        problem: What was found instead.
        fix: An order that puts it right; empty when there is none to give.
        count: How many examples do not hold for this one reason.
    """

    rule: str
    where: str
    example: str
    problem: str
    fix: str = ""
    count: int = 1

    @property
    def lines(self) -> tuple[str, ...]:
        """As it is reported."""
        more = (("in", self.example), ("fix", self.fix))
        return (f"{self.where}: {self.rule}: {self.problem}", *(f"  {name}: {text}" for name, text in more if text))


def run_examples(linter: Linter, rules: Sequence[RuleInfo]) -> tuple[int, tuple[ExampleFailure, ...]]:
    """How many examples these rules have, and which of them do not hold."""
    failures: list[ExampleFailure] = []
    count = 0
    for rule in rules:
        for example, found in ((e, True) for e in rule.matches):
            count += 1
            failures += _failures(linter, rule, example, wanted=found)
        for example in rule.ignores:
            count += 1
            failures += _failures(linter, rule, example, wanted=False)
    return count, tuple(failures)


def run_rewrites(linter: Linter, policy: str) -> tuple[int, tuple[ExampleFailure, ...]]:
    """
    How many rewrites a policy suggests, its own and those it extends, and which of them it objects to itself.

    An entry whose time is over is judged by the day before that, every other one by its first day or today.

    Returns:
        The number, and one failure for each entry that objects to the rewrites of others or to its own.
    """
    table = linter.rulebook.policies[policy]
    entries = {entry["id"]: entry for entry in table["entries"]}
    rewrites = [entry for entry in table["entries"] if entry["rewrite"]]
    objections: dict[tuple[str, bool], list[_Objection]] = {}
    for entry in rewrites:
        document = extract(entry["rewrite"].encode(), "example.md")
        found = check_document(document, linter, policies=(policy,), on=_day_of(entry)).findings
        words: dict[str, list[str]] = {}
        for one in found:
            if one.severity is not Severity.NOTE:
                words.setdefault(one.entry, []).append(one.text)
        for name, texts in words.items():
            objections.setdefault((name, name == entry["id"]), []).append(_Objection(entry, texts))
    made = [_objected(entries[name], against, table) for (name, _), against in objections.items()]
    return len(rewrites), tuple(made)


@dataclass(frozen=True, slots=True)
class _Objection:
    """The entry whose rewrite is objected to, and the words in it."""

    entry: dict[str, Any]
    words: list[str]


def _objected(entry: dict[str, Any], against: Sequence[_Objection], policy: dict[str, Any]) -> ExampleFailure:
    """The failure of an entry that objects to rewrites: to its own, or to those of others."""
    first, *others = against
    rule, example = f"{policy['policy']}: {entry['id']}", first.entry["rewrite"]
    if first.entry is entry:
        problem = f"the policy objects to {_quoted(first.words)} in its own rewrite"
        return ExampleFailure(rule, entry["source"], example, problem)
    named = [f"'{one.entry['id']}'" for one in against]
    where = f"'{first.entry['id']}' ({first.entry['source']})"
    problem = f"it objects to {_quoted(first.words)} in the rewrite of {where}"
    problem += f" and in those of {_some(named[1:])}" if others else ""
    own = all(_file(one.entry["source"]) == _file(policy["source"]) for one in against)
    what = f"the {'entries' if others else 'entry'} {_some(named)}"
    fix = f"{'Rewrite' if own else 'Replace'} {what}, or narrow '{entry['id']}'."
    return ExampleFailure(rule, entry["source"], example, problem, fix, len(against))


def _some(names: Sequence[str]) -> str:
    """Names, at most so many of them."""
    if len(names) > _MOST_NAMED:
        names = [*names[:_MOST_NAMED], f"{len(names) - _MOST_NAMED} more"]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def run_entries(rulebook: Rulebook, policy: str) -> tuple[ExampleFailure, ...]:
    """
    The entries of a policy that can never decide for a claim, whatever the copy says.

    Only what is certain: the rules of its kinds count only where they are named and it names none of them, or for
    each of its kinds one entry before it fits all that it fits. Inherited entries stand behind a policy's own on
    purpose.
    """
    table = rulebook.policies[policy]
    own = [entry for entry in table["entries"] if _file(entry["source"]) == _file(table["source"])]
    failures: list[ExampleFailure] = []
    for number, entry in enumerate(own):
        if dead := _dead(entry, own[:number], rulebook):
            problem, fix = dead
            failures.append(ExampleFailure(f"{policy}: {entry['id']}", entry["source"], "", problem, fix))
    return tuple(failures)


def _dead(entry: dict[str, Any], before: Sequence[dict[str, Any]], rulebook: Rulebook) -> tuple[str, str] | None:
    """Why an entry never applies and what to do, or None when it may."""
    kinds = [kind for kind in entry["kinds"] if _fitting(entry, kind, rulebook)]
    if not kinds:
        named = ", ".join(f"{kind}/*" for kind in entry["kinds"])
        if entry["rules"]:
            fix = f"Name rules of these kinds, such as {named}, or the kinds of those rules."
            return "it never applies: none of its rules is of its kinds", fix
        problem = "it never applies: rules of its kinds count only under an entry that names them"
        return problem, f"Name them in it: rules: [{named}]."
    deciding = [next((one for one in before if _covers(one, entry, kind, rulebook)), None) for kind in kinds]
    first = {one["id"]: one for one in deciding if one is not None}
    if None in deciding:
        return None
    where = " and ".join(f"'{one['id']}' ({one['source']})" for one in first.values())
    names = " and ".join(f"'{name}'" for name in first)
    said = "stands before it and fits" if len(first) == 1 else "stand before it and fit"
    return f"it never applies: {where} {said} all that it fits", f"Put it before {names}, or narrow what stands there."


def _fitting(entry: dict[str, Any], kind: str, rulebook: Rulebook) -> frozenset[str]:
    """The rules of a kind that an entry speaks of; without ``rules`` all that count without being named."""
    ids = {rule["id"] for rule in rulebook.claims if rule["id"].startswith(f"{kind}/")}
    if not entry["rules"]:
        return frozenset(ids - rulebook.bare)
    return frozenset(one for one in ids if any(fnmatchcase(one, glob) for glob in entry["rules"]))


def _covers(first: dict[str, Any], entry: dict[str, Any], kind: str, rulebook: Rulebook) -> bool:
    """Whether an entry surely fits every claim of a kind that another one fits, on every day."""
    if kind not in first["kinds"]:
        return False
    wider = all(not first[key] or (entry[key] and set(entry[key]) <= set(first[key])) for key in _CONDITIONS)
    named = not first["rules"] or bool(entry["rules"])
    return (
        wider
        and named
        and _fitting(entry, kind, rulebook) <= _fitting(first, kind, rulebook)
        and first["grounded"] is None
        and not (first["facts"] or first["since"] or first["until"])
    )


def _file(source: str) -> str:
    return source.rpartition(":")[0].rpartition(":")[0]


def _day_of(entry: dict[str, Any]) -> str:
    today = datetime.now(tz=UTC).date().isoformat()
    if entry["until"] is not None and entry["until"] <= today:
        return (date.fromisoformat(entry["until"]) - timedelta(days=1)).isoformat()
    return max(today, entry["since"] or "")


def _failures(linter: Linter, rule: RuleInfo, example: str, *, wanted: bool) -> list[ExampleFailure]:
    underlined = _UNDERLINED.findall(example) if wanted else []
    document = extract(_UNDERLINED.sub(r"\1", example).encode(), "example.txt")
    if rule.type == "qualifier":
        found = [words for one, words in linter.qualifiers(document) if one == rule.id]
    else:
        analysis = linter.analyse(document, names=True)
        found = _claims(analysis, rule) if rule.type == "claim" else _cues(analysis, rule)
    if rule.type == "context":
        underlined = [" ".join(words.lower().replace(",", " ,").split()) for words in underlined]
        problem = "" if bool(found) == wanted else "takes no claim back" if wanted else "takes a claim back"
    elif found == underlined:
        problem = ""
    else:
        problem = f"found {_quoted(found)}" + (f" instead of {_quoted(underlined)}" if underlined else "")
    return [ExampleFailure(rule.id, rule.source, example, problem)] if problem else []


def _claims(analysis: Analysis, rule: RuleInfo) -> list[str]:
    return [claim.text for claim in analysis.claims if rule.id in claim.rules]


def _cues(analysis: Analysis, rule: RuleInfo) -> list[str]:
    return [one.cue for one in analysis.dismissed if one.rule == rule.id]


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"'{one}'" for one in words) if words else "nothing"
