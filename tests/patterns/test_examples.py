"""The examples of rules are there, and the tool that runs them says what is wrong with a wrong one."""

from __future__ import annotations

from claimcheck.engine.linter import Linter
from claimcheck.packs.compiler import compile_packs
from claimcheck.packs.rulebook import Rulebook
from claimcheck.testing import ExampleFailure, run_examples

LEXICON = """\
lists:
  - name: lessen
    role: action
    part: verb
    words: [fade~]
  - name: scars
    role: target
    target_class: condition
    wants: less
    words: [scar~]
"""
CLAIMS = """\
constructions:
  - name: act
    phrases: ['<lessen> .. <flaw>']
rules:
  - id: efficacy/scars
    title: t
    why: w
    targets: [scars]
    examples:
      matches: [It __fades scars__., It __fades__ scars., It fades scars., It __fades__ lines.]
      ignores: [It keeps scars., It fades scars.]
"""
QUALIFIERS = """\
qualifiers:
  - id: variability/results
    title: t
    phrases: [results vary]
    examples:
      matches: [Our __results vary__., Our __results__ vary., Prices vary.]
      ignores: [Prices vary., Our results vary.]
"""
CONTEXTS = """\
contexts:
  - id: negation/not
    title: t
    phrases: [not]
    examples:
      matches: [It does __not__ fade scars., It does fade scars.]
      ignores: [It does fade scars., It does not fade scars.]
"""
FAILURES = [
    ("efficacy/scars", "claims.yaml:5:9", "It __fades__ scars.", "found 'fades scars' instead of 'fades'"),
    ("efficacy/scars", "claims.yaml:5:9", "It fades scars.", "found 'fades scars'"),
    ("efficacy/scars", "claims.yaml:5:9", "It __fades__ lines.", "found nothing instead of 'fades'"),
    ("efficacy/scars", "claims.yaml:5:9", "It fades scars.", "found 'fades scars'"),
    (
        "variability/results",
        "qualifiers.yaml:2:9",
        "Our __results__ vary.",
        "found 'results vary' instead of 'results'",
    ),
    ("variability/results", "qualifiers.yaml:2:9", "Our results vary.", "found 'results vary'"),
    ("negation/not", "contexts.yaml:2:9", "It does fade scars.", "takes no claim back"),
    ("negation/not", "contexts.yaml:2:9", "It does not fade scars.", "takes a claim back"),
]


def test_every_rule_has_an_example_of_what_it_finds_and_one_of_what_it_leaves_alone(rulebook: Rulebook) -> None:
    without = [rule.id for rule in rulebook.rules.values() if not rule.matches or not rule.ignores]

    assert without == []


def test_every_example_of_what_is_found_underlines_the_words(rulebook: Rulebook) -> None:
    bare = [(rule.id, one) for rule in rulebook.rules.values() for one in rule.matches if one.count("__") < 2]

    assert bare == []


def test_no_example_stands_on_both_sides(rulebook: Rulebook) -> None:
    both = [
        (rule.id, one)
        for rule in rulebook.rules.values()
        for one in rule.matches
        if one.replace("__", "") in rule.ignores
    ]

    assert both == []


def test_examples_of_every_sort_of_rule_are_run_and_the_wrong_ones_told() -> None:
    packs = {"lexicon": LEXICON, "claims": CLAIMS, "qualifiers": QUALIFIERS, "contexts": CONTEXTS}
    table = compile_packs([(f"{name}.yaml", text.encode()) for name, text in packs.items()])
    linter = Linter(Rulebook(table | {"hash": ""}))

    count, failures = run_examples(linter, tuple(linter.rulebook.rules.values()))

    assert (count, failures) == (15, tuple(ExampleFailure(*row) for row in FAILURES))
