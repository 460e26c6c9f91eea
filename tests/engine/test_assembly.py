"""Matched phrases become claims: their words, their kinds, the rules that found them."""

from __future__ import annotations

import pytest

from claimcheck.engine.linter import Linter
from claimcheck.extract import extract
from claimcheck.model import Claim

EFFICACY = ("efficacy",)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        # From the first word of the action ...
        ("It can help to reduce wrinkles.", ["reduce wrinkles"]),
        ("It is considered to be good for your skin.", ["good for your skin"]),
        ("Wrinkles are visibly reduced.", ["Wrinkles are visibly reduced"]),
        ("It offers visible scar reduction.", ["scar reduction"]),
        ("A collagen-boosting serum.", ["collagen-boosting"]),
        ("Anti-wrinkle cream", ["Anti-wrinkle"]),
        ("Smoother, firmer, more youthful-looking skin.", ["Smoother, firmer, more youthful-looking skin"]),
        ("Smooth fine lines away", ["Smooth fine lines away"]),
        ("No more scars!", ["No more scars"]),
        ("Scars? Gone.", ["Gone"]),
        # ... to the last coordinated target.
        ("It reduces fine lines, scars and dark spots.", ["reduces fine lines, scars and dark spots"]),
        ("It fades scars as well as stretch marks.", ["fades scars as well as stretch marks"]),
        ("It fades marks such as scars and melasma.", ["fades marks such as scars and melasma"]),
        ("It fades scars, and wrinkles are a fact of life.", ["fades scars"]),
        ("It fades scars for people with acne.", ["fades scars"]),
        ("It fades scars; wrinkles stay.", ["fades scars"]),
        # Amount and time.
        ("It fades scars by up to 47% in just 2 weeks.", ["fades scars by up to 47% in just 2 weeks"]),
        ("It fades scars by 20-30% within 2-4 weeks.", ["fades scars by 20-30% within 2-4 weeks"]),
        ("It fades scars in 2 to 4 weeks.", ["fades scars in 2 to 4 weeks"]),
        ("It fades scars over time.", ["fades scars over time"]),
        ("It fades scars for good.", ["fades scars for good"]),
        ("It fades scars instantly.", ["fades scars instantly"]),
        ("It fades scars in London.", ["fades scars"]),
        # A second verb is a second claim; verbs that share their target are one.
        ("It reduces scars and boosts collagen.", ["reduces scars", "boosts collagen"]),
        ("It reduces wrinkles, firms skin and fades scars.", ["reduces wrinkles", "firms skin", "fades scars"]),
        ("It treats acne and it fades scars.", ["treats acne", "fades scars"]),
        ("It treats acne, they fade scars.", ["treats acne", "fade scars"]),
        ("Hydrates and softens the skin.", ["Hydrates and softens the skin"]),
        # Claims that touch are apart, claims that overlap are one.
        ("Clinically proven to smooth lines.", ["Clinically proven to", "smooth lines"]),
        ("Guaranteed to erase wrinkles.", ["Guaranteed to erase wrinkles"]),
        ("87% of women saw fewer wrinkles.", ["87% of women saw fewer wrinkles"]),
        # What a rule leaves out, it leaves out of what constructions find for it, too.
        ("Our balm removes impurities.", ["removes impurities"]),
        ("Our balm removes glue residue.", []),
        # "It" and "them" name what was named, across a turn of the sentence, too.
        ("No cream can erase scars, but our gel fades them.", ["fades them"]),
        ("While no cream erases scars, ours fades them.", ["fades them"]),
        ("Apply to scars, but then remove it.", []),
        # Upper case, marks and emphasis are read past.
        ("ALOE SOOTHES REDNESS", ["SOOTHES REDNESS"]),
        ("It “fades” scars™.", ["“fades” scars"]),
    ],
)
def test_a_claim_has_its_words(text: str, claims: list[str], linter: Linter) -> None:
    assert [claim.text.strip("“") for claim in analysed(text, linter)] == [one.strip("“") for one in claims]


@pytest.mark.parametrize(
    ("text", "kinds", "rules"),
    [
        ("It fades scars.", EFFICACY, ("efficacy/scars",)),
        ("It fades acne scars.", EFFICACY, ("efficacy/scars",)),
        ("It clears acne.", ("disease",), ("disease/acne",)),
        ("It clears acne and wrinkles.", ("disease", "efficacy"), ("disease/acne", "efficacy/wrinkles")),
        ("It reduces the appearance of acne.", EFFICACY, ("efficacy/look-of-condition",)),
        ("It boosts collagen.", ("structure-function",), ("structure-function/collagen",)),
        ("It fades scars by 47%.", ("quantified", "efficacy"), ("quantified/percent", "efficacy/scars")),
        ("It fades scars in 2 weeks.", ("speed", "efficacy"), ("speed/fast", "efficacy/scars")),
        ("It fades scars for good.", ("permanence", "efficacy"), ("permanence/lasting", "efficacy/scars")),
        ("Guaranteed to fade scars.", ("guarantee", "efficacy"), ("guarantee/results", "efficacy/scars")),
        ("A miracle for scars.", ("superlative",), ("superlative/savior",)),
        (
            "It reduces fine lines, wrinkles, scars and dark spots by 47%.",
            ("quantified", "efficacy"),
            ("quantified/percent", "efficacy/wrinkles"),
        ),
        ("Scar reduction by 40%.", ("quantified", "efficacy"), ("quantified/percent", "efficacy/scars")),
        ("Scar reduction in 2 weeks.", ("speed", "efficacy"), ("speed/fast", "efficacy/scars")),
        ("It fades scars in 2-4 weeks.", ("speed", "efficacy"), ("speed/fast", "efficacy/scars")),
    ],
)
def test_a_claim_has_its_kinds_by_precedence_and_their_rules(
    text: str, kinds: tuple[str, ...], rules: tuple[str, ...], linter: Linter
) -> None:
    assert [(claim.kinds, claim.rules, claim.rule) for claim in analysed(text, linter)] == [(kinds, rules, rules[0])]


@pytest.mark.parametrize(
    ("text", "targets", "classes"),
    [
        ("It fades scars.", ("scars",), ("condition",)),
        ("It reduces fine lines, scars and wrinkles.", ("wrinkles", "scars"), ("concern", "condition")),
        ("It clears acne and wrinkles.", ("acne", "wrinkles"), ("disease", "concern")),
        ("It reduces the look of acne.", ("acne",), ("condition",)),
        ("It boosts collagen.", ("collagen",), ("structure",)),
        ("Smoother skin.", (), ("concern",)),
        ("Softer skin.", (), ("sensory",)),
        ("Your skin is hydrated.", (), ("sensory",)),
    ],
)
def test_a_claim_knows_what_it_acts_on(
    text: str, targets: tuple[str, ...], classes: tuple[str, ...], linter: Linter
) -> None:
    assert [(claim.targets, claim.classes) for claim in analysed(text, linter)] == [(targets, classes)]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Struggling with scars? This serum fades them.", [("fades them", ("scars",))]),
        ("Acne? It clears it.", [("clears it", ("acne",))]),
        ("# Scars\n\nThis serum fades them.", [("fades them", ("scars",))]),
        ("Scars are common.\n\nThis serum fades them.", []),
        ("It fades them.", []),
        ("We like tea. It fades them.", []),
    ],
)
def test_it_and_them_stand_for_the_target_of_the_sentence_before(
    text: str, claims: list[tuple[str, tuple[str, ...]]], linter: Linter
) -> None:
    assert [(claim.text, claim.targets) for claim in analysed(text, linter)] == claims


def test_a_claim_knows_its_place_and_its_sentence(linter: Linter) -> None:
    (claim,) = analysed("# Peel\n\nHello. It **fades** scars.\n\nBye.", linter)
    place = claim.place

    assert (place.segment, place.sentence, place.block, place.section, place.start, place.end, claim.sentence) == (
        1, 2, 1, 0, 20, 33, "It fades scars.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "grounded"),
    [
        ("A miracle in a jar.", [False]),
        ("A miracle in a jar. For your skin.", [True]),
        ("A miracle for scars.", [True]),
        ("A miracle in a jar.\n\nFor your skin.", [False]),
    ],
)
def test_a_claim_is_grounded_when_its_block_names_skin_or_an_effect(
    text: str, grounded: list[bool], linter: Linter
) -> None:
    assert [claim.grounded for claim in analysed(text, linter)] == grounded


def analysed(text: str, linter: Linter) -> tuple[Claim, ...]:
    """The claims of a Markdown text."""
    return linter.analyse(extract(text.encode(), "a.md")).claims
