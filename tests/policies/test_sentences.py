"""What a writer is told to write: the policy's own words, those of its entry, inherited ones, or the default."""

from __future__ import annotations

from typing import Any

import pytest

from claimcheck.model import QUALIFIER_KINDS
from claimcheck.policies.sentences import SENTENCES, order

OWN, INHERITED = "house.yaml:3:1", "base.yaml:3:1"


def policy(*sentences: tuple[str, str]) -> dict[str, Any]:
    """A policy with such sentences about variability, each with its place."""
    rows = [{"kind": "variability", "sentence": text, "add": True, "source": source} for text, source in sentences]
    return {"source": "house.yaml:1:1", "sentences": rows}


@pytest.mark.parametrize("kind", QUALIFIER_KINDS)
def test_a_policy_without_sentences_gives_the_order_for_the_kind(kind: str) -> None:
    assert order((kind,), policy(), {"source": OWN}, "") == SENTENCES[kind]


@pytest.mark.parametrize(
    ("sentences", "source", "suggestion", "said"),
    [
        ([("They vary.", OWN)], OWN, "Tone it down.", "Add “They vary.”"),
        ([("They vary.", INHERITED)], OWN, "Tone it down.", "Tone it down."),
        ([("They vary.", INHERITED)], OWN, "", "Add “They vary.”"),
        ([("They vary.", INHERITED)], INHERITED, "Tone it down.", "Add “They vary.”"),
        ([], OWN, "Tone it down.", "Tone it down."),
    ],
)
def test_an_own_suggestion_goes_before_an_inherited_sentence_and_behind_an_own_one(
    sentences: list[tuple[str, str]], source: str, suggestion: str, said: str
) -> None:
    assert order(("variability",), policy(*sentences), {"source": source}, suggestion) == said


def test_orders_for_several_kinds_stand_in_their_order() -> None:
    said = order(("variability", "risk"), policy(("They vary.", OWN)), None, "")
    assert said == "Add “They vary.” Say what can go wrong."
