"""Policies, packs and configuration at the command line, as a team uses them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run


BRAND = """\
names:
  - Scar Savior
"""
STRICTER = """\
policy: house
title: Our own rules
extends: caveats
entries:
  - id: no-scars
    kinds: [efficacy]
    targets: [scars]
    prohibited: true
    message: "'{claim}' is not for us."
    suggestion: Leave it out.
"""
EVOLVING = """\
rules:
  - id: superlative/cult
    title: says that it is a cult product
    why: Readers take it for the favourite of many.
    preview: true
    formerly: [superlative/kult]
    phrases:
      - cult (hero | potion)
    examples:
      matches: [A __cult potion__.]
      ignores: [The cult film.]
retired:
  - {id: superlative/old, why: use superlative/cult.}
"""


def test_a_stricter_policy_of_ones_own_extends_a_shipped_one(claimcheck: Run) -> None:
    Path("house.yaml").write_text(STRICTER, encoding="utf-8")
    code, out, _ = claimcheck("check", "bad.md", "--pack", "house.yaml", "--policy", "house", "--format", "concise")
    assert (code, out) == (1, "bad.md:3:22: error efficacy/scars 'reduces acne scars' is not for us.\n")


def test_names_of_the_brand_are_left_alone(claimcheck: Run) -> None:
    Path("brand.yaml").write_text(BRAND, encoding="utf-8")
    Path("page.md").write_text("Our Scar Savior is back in stock.\n", encoding="utf-8")
    assert [claimcheck("check", "page.md", *more).code for more in ((), ("--pack", "brand.yaml"))] == [1, 0]


@pytest.mark.parametrize(("more", "code"), [((), 0), (("--preview",), 1)])
def test_a_rule_that_may_still_change_is_off_unless_asked_for(
    claimcheck: Run, more: tuple[str, ...], code: int
) -> None:
    Path("own.yaml").write_text(EVOLVING, encoding="utf-8")
    Path("page.md").write_text("A cult potion for your skin.\n", encoding="utf-8")
    assert claimcheck("check", "page.md", "--pack", "own.yaml", *more).code == code


def test_a_former_id_still_answers(claimcheck: Run) -> None:
    Path("own.yaml").write_text(EVOLVING, encoding="utf-8")
    Path("page.md").write_text("A cult potion for your skin.\n", encoding="utf-8")
    asked = ("--pack", "own.yaml", "--preview", "--ignore", "superlative/kult")
    explained = claimcheck("explain", "superlative/kult", "--pack", "own.yaml").out.splitlines()[0]
    assert (claimcheck("check", "page.md", *asked).code, explained) == (
        0,
        "superlative/kult is called superlative/cult now.",
    )


def test_a_rule_that_is_no_more_says_why(claimcheck: Run) -> None:
    Path("own.yaml").write_text(EVOLVING, encoding="utf-8")
    asked = claimcheck("check", "good.md", "--pack", "own.yaml", "--select", "superlative/old")
    explained = claimcheck("explain", "superlative/old", "--pack", "own.yaml")
    assert (asked, explained.out) == (
        (
            2,
            "",
            "claimcheck: no rule for claims is called 'superlative/old'\n  fix: Use superlative/cult.\n",
        ),
        "superlative/old is no more: use superlative/cult.\n",
    )


def test_a_configuration_says_what_to_go_by_and_an_option_goes_before_it(claimcheck: Run) -> None:
    Path("claimcheck.yaml").write_text("policies: [us]\nfacts: {subject: cosmetic}\n", encoding="utf-8")
    Path("page.md").write_text("Smooth fine lines away.\n", encoding="utf-8")
    found = [
        json.loads(claimcheck("check", "page.md", "--format", "json", *more).out)["findings"][0]
        for more in ((), ("--policy", "caveats"), ("--subject", "procedure"), ("--isolated",))
    ]
    assert [(one["policy"], one["subject"]) for one in found] == [
        ("us", "cosmetic"),
        ("caveats", "cosmetic"),
        ("us", "procedure"),
        ("caveats", "unknown"),
    ]


def test_a_licence_that_covers_nothing_known_is_refused(claimcheck: Run) -> None:
    facts = "facts: {licences: [{number: DIN 1, covers: [pimple]}]}\n"
    Path("claimcheck.yaml").write_text(facts, encoding="utf-8")
    Path("page.md").write_text(f"---\nclaimcheck: {facts.partition(': ')[2]}---\nTreats acne.\n", encoding="utf-8")
    said = "the licence 'DIN 1' covers 'pimple', which is no target, class or kind"
    fix = "ame a list of targets such as acne, a class such as disease, or a kind of claim"
    assert (claimcheck("check", "good.md").err, claimcheck("check", "page.md", "--isolated").err) == (
        f"claimcheck: {said}\n  fix: N{fix}.\n",
        f"page.md: not checked: {said}; n{fix}\n",
    )


def test_a_page_states_its_own_licence(claimcheck: Run) -> None:
    page = "Our gel treats acne.\n"
    facts = "---\nclaimcheck:\n  subject: cosmetic\n  licences: [{number: DIN 02241234, covers: [acne]}]\n---\n"
    Path("plain.md").write_text(page, encoding="utf-8")
    Path("licensed.md").write_text(facts + page, encoding="utf-8")
    assert [claimcheck("check", name, "--policy", "ca").code for name in ("plain.md", "licensed.md")] == [1, 0]


def test_what_changed_since_a_day_is_listed(claimcheck: Run) -> None:
    listed = json.loads(claimcheck("rules", "--changed-since", "2023-12-18", "--format", "json").out)
    days = [(one["on"], one["policy"]) for one in listed]
    none = claimcheck("rules", "--changed-since", "2099-01-01")
    assert (days == sorted(days), ("2026-09-27", "eu") in days, none) == (True, True, (0, "", ""))


def test_a_day_that_is_none_is_refused(claimcheck: Run) -> None:
    assert claimcheck("rules", "--changed-since", "soon") == (
        2,
        "",
        "claimcheck: 'soon' is no date\n  fix: Write YYYY-MM-DD, such as 2026-11-22.\n",
    )


def test_a_claim_has_a_status_for_each_policy(claimcheck: Run) -> None:
    Path("page.md").write_text("Our cream boosts collagen.\n", encoding="utf-8")
    policies = ("au", "ca", "caveats", "eu", "uk", "us")
    asked = [part for name in policies for part in ("--policy", name)]
    (claim,) = json.loads(claimcheck("claims", "page.md", "--format", "json", *asked).out)["claims"]
    assert sorted(claim["status"]) == sorted(policies)


def test_policies_are_told_of_together(claimcheck: Run) -> None:
    Path("page.md").write_text("Our cream boosts collagen.\n", encoding="utf-8")
    out = claimcheck("check", "page.md", "--policy", "us", "--policy", "caveats").out
    assert out.splitlines()[1] == (
        "  error: 1 claim: prohibited in us; in caveats nothing in the document says that results vary or what the"
        " evidence is"
    )
