"""The reference in docs/ is what the rules and policies say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from claimcheck.packs.rulebook import Rulebook
from claimcheck.reporters.packkeys import packs_page
from claimcheck.reporters.reference import policies_page, rules_page

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize(
    ("name", "page", "command"),
    [
        ("rules.md", rules_page, "claimcheck rules --format markdown > docs/rules.md"),
        ("policies.md", policies_page, "claimcheck rules --policies --format markdown > docs/policies.md"),
    ],
)
def test_the_page_is_the_one_that_the_rules_make(name: str, page: object, command: str, rulebook: Rulebook) -> None:
    assert callable(page)
    made = page(rulebook)
    assert (DOCS / name).read_text(encoding="utf-8") == made, f"make it anew: {command}"


def test_the_page_on_pack_files_is_the_one_that_the_schema_makes() -> None:
    made = packs_page()
    command = "claimcheck rules --keys --format markdown > docs/packs.md"
    assert (DOCS / "packs.md").read_text(encoding="utf-8") == made, f"make it anew: {command}"


def test_the_page_on_pack_files_leads_to_headings_that_it_has() -> None:
    made = packs_page()
    headings = {line.lstrip("# ").lower().replace(" ", "-") for line in made.splitlines() if line.startswith("#")}
    assert set(re.findall(r"\]\(#([^)]*)\)", made)) - headings == set()


def test_every_rule_shows_two_ways_to_find_it_and_two_to_leave_it_alone(rulebook: Rulebook) -> None:
    few = [rule.id for rule in rulebook.rules.values() if len(rule.matches) < 2 or len(rule.ignores) < 2]
    assert few == []
