"""
Run the examples that packs carry.

Those of rules: what they must find, to the word, and what they must leave alone. Those of policies: what they would
have written instead, which has to pass itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from claimcheck.checking import check_document
from claimcheck.engine.linter import Linter
from claimcheck.extract import extract
from claimcheck.model import Analysis, Severity
from claimcheck.packs.rulebook import RuleInfo

_UNDERLINED = re.compile(r"__(.+?)__")


@dataclass(frozen=True, slots=True)
class ExampleFailure:
    """
    An example that does not hold.

    Args:
        rule: Id of the rule, or ``policy: id`` of the entry of a policy.
        where: ``path:line:column`` of the rule or the entry.
        example: As it is written, with its underlines.
        problem: What was found instead.
    """

    rule: str
    where: str
    example: str
    problem: str


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
    """
    entries = [entry for entry in linter.rulebook.policies[policy]["entries"] if entry["rewrite"]]
    failures: list[ExampleFailure] = []
    for entry in entries:
        document = extract(entry["rewrite"].encode(), "example.md")
        found = check_document(document, linter, policies=(policy,), on=_day_of(entry)).findings
        if words := [one.text for one in found if one.severity is not Severity.NOTE]:
            problem = f"the policy objects to {_quoted(words)} in its own rewrite"
            failures.append(ExampleFailure(f"{policy}: {entry['id']}", entry["source"], entry["rewrite"], problem))
    return len(entries), tuple(failures)


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
