"""The shipped lexicon is as wide as it says, and each of its words stands in one list of its role."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

LISTS: list[dict[str, Any]] = [
    entry
    for path in sorted((Path(__file__).parents[2] / "patterns" / "lexicon").glob("*.yaml"))
    for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["lists"]
]


def _words(*roles: str) -> list[str]:
    return [str(word) for entry in LISTS if entry.get("role", "word") in roles for word in entry.get("words", ())]


@pytest.mark.parametrize(("role", "least"), [("action", 250), ("target", 500), ("quality", 150), ("subject", 250)])
def test_a_role_has_so_many_expressions(role: str, least: int) -> None:
    assert len(_words(role)) >= least


@pytest.mark.parametrize("role", ["action", "target", "quality", "subject", "area"])
def test_a_word_stands_once_in_its_role(role: str) -> None:
    words = _words(role)
    assert sorted(words) == sorted(set(words))


def test_every_target_says_its_class_and_whether_more_or_less_of_it_is_wanted() -> None:
    targets = [entry for entry in LISTS if entry.get("role") == "target"]
    assert [entry["name"] for entry in targets if not {"target_class", "wants"} <= entry.keys()] == []
