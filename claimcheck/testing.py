"""Run the examples that rules carry: what they must find, to the word, and what they must leave alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claimcheck.engine.linter import Linter
from claimcheck.extract import extract
from claimcheck.model import Analysis
from claimcheck.packs.rulebook import RuleInfo

_UNDERLINED = re.compile(r"__(.+?)__")


@dataclass(frozen=True, slots=True)
class ExampleFailure:
    """
    An example that does not hold.

    Args:
        where: ``path:line:column`` of the rule.
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
