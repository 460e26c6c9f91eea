"""Every rule finds what it says it finds, and leaves alone what it says it leaves alone."""

from __future__ import annotations

import pytest

from claimcheck.engine.linter import Linter
from claimcheck.engine.prefilter import Prefilter
from claimcheck.engine.reading import read_sentences
from claimcheck.extract import extract
from claimcheck.packs.rulebook import RuleInfo, load_rulebook
from claimcheck.testing import ExampleFailure, run_examples

RULES = load_rulebook().rules


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_a_rule_keeps_its_examples(rule: RuleInfo, linter: Linter) -> None:
    count = len(rule.matches) + len(rule.ignores)

    assert run_examples(linter, [rule]) == (count, ())


def test_an_example_that_does_not_hold_is_told_with_the_words_that_were_found(linter: Linter) -> None:
    wrong = RuleInfo(
        id="efficacy/scars",
        kind="efficacy",
        type="claim",
        title="",
        why="",
        message="",
        suggestion="",
        citations=(),
        matches=("It __fades__ scars.",),
        ignores=("It fades scars.",),
        source="x.yaml:1:1",
    )

    assert run_examples(linter, [wrong]) == (
        2,
        (
            ExampleFailure(
                "efficacy/scars", "x.yaml:1:1", "It __fades__ scars.", "found 'fades scars' instead of 'fades'"
            ),
            ExampleFailure("efficacy/scars", "x.yaml:1:1", "It fades scars.", "found 'fades scars'"),
        ),
    )


def test_the_prefilter_lets_every_example_of_a_claim_through(linter: Linter) -> None:
    prefilters = {bare: Prefilter(linter.rulebook, "names" if bare else "claims") for bare in (False, True)}
    held_back = [
        example
        for rule in RULES.values()
        for example in rule.matches
        if rule.type == "claim"
        and not any(
            prefilters[rule.id in linter.rulebook.bare].candidates(sentence)
            for sentence in read_sentences(extract(example.replace("__", "").encode(), "a.txt"), linter.rulebook)
        )
    ]

    assert held_back == []
