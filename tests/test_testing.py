"""Entries of a policy that can never decide for a claim; only what is certain is told."""

from __future__ import annotations

import pytest

from claimcheck.packs.compiler import compile_packs
from claimcheck.packs.rulebook import Rulebook, load_rulebook
from claimcheck.testing import run_entries

CLAIMS = """\
rules:
  - id: natural/name
    title: t
    why: w
    bare: true
    phrases: [glade]
    examples: {matches: [a __glade__], ignores: [none]}
  - id: sun/name
    title: t
    why: w
    bare: true
    phrases: [sunny]
    examples: {matches: [a __sunny__], ignores: [none]}
  - id: sun/claim
    title: t
    why: w
    phrases: [blocks rays]
    examples: {matches: [it __blocks rays__], ignores: [none]}
"""


def dead(*entries: str, extends: str = "") -> list[tuple[str, str, str]]:
    """``(entry, problem, fix)`` of the entries of a policy that never apply."""
    text = f"policy: p\ntitle: t\n{extends}entries:\n" + "".join(f"  - {{{one}, note: true}}\n" for one in entries)
    base = "policy: base\ntitle: t\nentries:\n  - {id: any, kinds: [sun], note: true}\n"
    files = (("c.yaml", CLAIMS), ("p.yaml", text), ("b.yaml", base))
    table = compile_packs([(name, data.encode()) for name, data in files])
    return [(one.rule, one.problem, one.fix) for one in run_entries(Rulebook(table | {"hash": ""}), "p")]


def test_an_entry_whose_kinds_have_only_rules_that_count_where_they_are_named_has_to_name_them() -> None:
    assert dead("id: a, kinds: [natural]") == [
        (
            "p: a",
            "it never applies: rules of its kinds count only under an entry that names them",
            "Name them in it: rules: [natural/*].",
        )
    ]


def test_an_entry_is_dead_when_entries_before_it_fit_all_that_it_fits() -> None:
    said = dead("id: a, kinds: [sun]", "id: b, kinds: [natural], rules: [natural/*]", "id: c, kinds: [sun, natural]")
    assert said == [
        (
            "p: c",
            "it never applies: 'a' (p.yaml:4:10) stands before it and fits all that it fits",
            "Put it before 'a', or narrow what stands there.",
        )
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("kinds: [sun]", "kinds: [sun], rules: [sun/name]"),
        ("kinds: [sun], rules: [sun/claim]", "kinds: [sun]"),
        ("kinds: [sun], subjects: [cosmetic]", "kinds: [sun]"),
        ("kinds: [sun], subjects: [cosmetic]", "kinds: [sun], subjects: [cosmetic, drug]"),
        ("kinds: [sun], since: 2026-01-01", "kinds: [sun]"),
        ("kinds: [sun], until: 2026-01-01", "kinds: [sun]"),
        ("kinds: [sun], facts: [prescription]", "kinds: [sun]"),
        ("kinds: [sun], grounded: true", "kinds: [sun]"),
        ("kinds: [natural], rules: [natural/name]", "kinds: [sun]"),
    ],
)
def test_an_entry_that_may_apply_is_let_be(first: str, second: str) -> None:
    assert dead(f"id: a, {first}", f"id: b, {second}") == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("kinds: [sun]", "kinds: [sun]"),
        ("kinds: [sun, natural]", "kinds: [sun], subjects: [cosmetic]"),
        ("kinds: [sun], subjects: [cosmetic, drug]", "kinds: [sun], subjects: [drug], grounded: false"),
        ("kinds: [sun]", "kinds: [sun], rules: [sun/claim], since: 2026-01-01"),
        ("kinds: [sun], rules: [sun/*]", "kinds: [sun], rules: [sun/name]"),
    ],
)
def test_an_entry_behind_one_with_the_same_or_wider_conditions_is_dead(first: str, second: str) -> None:
    assert [name for name, _, _ in dead(f"id: a, {first}", f"id: b, {second}")] == ["p: b"]


def test_what_a_policy_inherits_stands_behind_its_own_on_purpose() -> None:
    assert dead("id: all, kinds: [sun]", extends="extends: base\n") == []


@pytest.mark.parametrize("policy", sorted(load_rulebook().policies))
def test_every_entry_that_is_shipped_can_apply(policy: str) -> None:
    assert run_entries(load_rulebook(), policy) == ()
