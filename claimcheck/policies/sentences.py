"""What to write when a qualifier is missing: a policy's own words first, else these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

SENTENCES = {
    "variability": "Say that results vary.",
    "consultation": "Say whom to ask first.",
    "professional": "Say who performs it.",
    "appearance": "Speak of the look, such as “the appearance of”.",
    "hedge": "Say how sure it is, such as “may” or “can help”.",
    "substantiation": "Name the evidence beside the claim.",
    "study-basis": "Name the study beside it: how many people, how long, what was measured.",
    "suitability": "Say whom it does not suit.",
    "risk": "Say what can go wrong.",
    "course": "Say how many sessions it takes.",
    "temporary": "Say how long it lasts.",
    "comparison-basis": "Say beside the claim what was compared with what.",
    "typical-results": "Say what most people can expect.",
    "material-connection": "Say how those who praise it are connected to you.",
    "licence": "Give its licence or registration beside the claim.",
    "time-and-use": "Say after how much use it is seen.",
}
"""An order to the writer for each kind of qualifier, for policies that have no sentence of their own for it."""


def order(kinds: Sequence[str], policy: Mapping[str, Any], entry: Mapping[str, Any] | None, suggestion: str) -> str:
    """
    What to write so that these kinds of qualifiers are there.

    The sentences of the policy say it. Where one of them is inherited or missing, an entry of the policy's own that
    suggests something speaks instead: its writer knew what the policy asks, and the parent did not.

    Args:
        policy: With its own sentences before inherited ones.
        entry: The entry that objects.
        suggestion: What it suggests.
    """
    sentences = {one["kind"]: one for one in policy["sentences"]}
    spoken = all(kind in sentences and _is_own(sentences[kind], policy) for kind in kinds)
    if suggestion and not spoken and entry is not None and _is_own(entry, policy):
        return suggestion
    said = [sentences.get(kind, {"sentence": SENTENCES[kind], "add": False}) for kind in kinds]
    return " ".join(f"Add “{one['sentence']}”" if one["add"] else one["sentence"] for one in said)


def _is_own(one: Mapping[str, Any], policy: Mapping[str, Any]) -> bool:
    """Whether an entry or a sentence is written in the policy's own file: a file holds one policy."""
    return _file(one.get("source", "")) == _file(policy.get("source", ""))


def _file(source: str) -> str:
    return source.rsplit(":", 2)[0]
