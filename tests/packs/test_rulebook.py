"""The compiled rules, looked up by what the engine and the commands ask for."""

from __future__ import annotations

import pytest

from claimcheck.model import Citation
from claimcheck.packs.compiler import compile_packs
from claimcheck.packs.rulebook import Rulebook, RuleInfo

LEXICON = """\
lists:
  - name: lessen
    role: action
    part: verb
    words: [fade~]
    nouns: [removal~]
  - name: scars
    role: target
    target_class: condition
    wants: less
    words: [scar~, stretch mark~, stretch]
  - name: peel
    role: subject
    subject: procedure
    words: [peel~]
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
    phrases: ['^ gone $']
    unless: [not gone]
    message: "'{claim}' says so."
    suggestion: Do not.
    cites: [paper]
    examples: {matches: [__fades scars__], ignores: [none]}
citations:
  - {id: paper, title: A paper, url: "https://example.org/", seen: general}
"""
QUALIFIERS = """\
qualifiers:
  - id: variability/results
    title: v
    phrases: [results vary]
    examples: {matches: [__results vary__], ignores: [prices vary]}
"""


@pytest.fixture(scope="module")
def small() -> Rulebook:
    """A rule book of a few words."""
    packs = (("l.yaml", LEXICON), ("c.yaml", CLAIMS), ("q.yaml", QUALIFIERS))
    return Rulebook(compile_packs([(name, text.encode()) for name, text in packs]) | {"hash": "h"})


def test_rules_are_told_in_the_order_of_their_files(small: Rulebook) -> None:
    cited = (Citation("paper", "A paper", "https://example.org/", "general"),)
    scars = RuleInfo(
        "efficacy/scars", "efficacy", "claim", "t", "w", "'{claim}' says so.", "Do not.", cited,
        ("__fades scars__",), ("none",), "c.yaml:5:9",
    )  # fmt: skip
    varies = RuleInfo(
        "variability/results", "variability", "qualifier", "v", "", "", "", (), ("__results vary__",),
        ("prices vary",), "q.yaml:2:9",
    )  # fmt: skip

    assert list(small.rules.values()) == [scars, varies]


def test_a_target_has_one_rule_for_its_kind(small: Rulebook) -> None:
    assert (small.answers, small.targets) == (
        {("efficacy", "scars"): "efficacy/scars"},
        {"scars": {"class": "condition", "wants": "less"}},
    )


def test_terms_of_several_words_are_looked_up_by_their_first_two_longest_first(small: Rulebook) -> None:
    terms = {
        second: [(rest, small.names[combo] >= {"scars", "flaw"}) for rest, combo in entries]
        for second, entries in small.terms["stretch"].items()
    }

    assert (terms, "stretch" in small.forms) == ({"mark": [([], True)], "marks": [([], True)]}, True)


def test_a_noun_of_an_action_is_found_by_its_feature_only(small: Rulebook) -> None:
    assert small.names[small.forms["removal"]] == {"lessen:noun", "action:noun"}


def test_combinations_know_their_targets_and_subjects(small: Rulebook) -> None:
    words = ("fade", "scar", "peels")

    assert [(small.target_names[small.forms[word]], small.subject_names[small.forms[word]]) for word in words] == [
        ((), ""),
        (("scars",), ""),
        ((), "procedure"),
    ]


def test_phrases_are_numbered_through_all_owners(small: Rulebook) -> None:
    phrases = [small.phrase(number) for number in range(4)]

    assert [(owner, index, at_start, at_end) for owner, index, _, at_start, at_end in phrases] == [
        ("construction", 0, False, False),
        ("claim", 0, True, True),
        ("unless-claim", 0, False, False),
        ("qualifier", 0, False, False),
    ]


def test_a_phrase_is_looked_up_by_its_rarest_required_word(small: Rulebook) -> None:
    families = {family: sorted(small.index(family)["anchors"]) for family in ("claims", "bars", "qualifiers")}

    assert families == {"claims": ["<lessen", "gone"], "bars": ["gone"], "qualifiers": ["vary"]}
