"""What may be written so that objections go: each was tried, and the text checked again, before it is offered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from claimcheck.edits import Edit, apply
from claimcheck.engine.linter import Linter
from claimcheck.extract import Reading
from claimcheck.fixes import offered
from claimcheck.model import FileResult, Finding, Inventoried, Severity

Check: TypeAlias = Callable[[bytes, str], FileResult]
"""Checks the bytes of a file of this name."""

_ENDS = (".", "!", "?", "…")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """
    A change of the text.

    Args:
        title: What it does, as an order.
        edit: In code points.
        policy: Whose words they are; empty if they serve all.
    """

    title: str
    edit: Edit
    policy: str = ""


def suggestions(
    data: bytes,
    result: FileResult,
    about: str,
    check: Check,
    linter: Linter,
    *,
    texts: Mapping[str, str],
    reading: Reading,
) -> list[Suggestion]:
    """
    What may be done about a claim or a remedy.

    Args:
        data: Text as UTF-8.
        result: Of the text.
        about: The offset of a claim, or the id of a remedy; one that is not there has no suggestions.
        check: Checks it anew.
        texts: Sentences by kind of qualifier, in place of those of the policies.
        reading: What a configuration says about reading files.
    """
    offset = int(about) if re.fullmatch(r"[0-9]{1,9}", about) else None
    wanted = [one for one in result.findings if one.remedy == about] if offset is None else _at(offset, result)
    if not wanted:
        return []
    limited = result.limited_to(wanted)
    made = offered(data, limited, check, linter.rulebook, texts=texts, reading=reading)
    if offset is None:
        # A remedy asks for sentences.
        return [Suggestion(fix.title, fix.edit) for fix in made if fix.edit and fix.paragraph]
    found = [Suggestion(fix.title, fix.edit) for fix in made if fix.edit]
    return found + list(_rewrites(data, result, offset, wanted, check, linter))


def _at(offset: int, result: FileResult) -> list[Finding]:
    """What is found in a claim that begins there."""
    return [one for one in result.findings if offset in {spot.start.offset for spot in (one.spot, *one.also_at)}]


def _rewrites(
    data: bytes, result: FileResult, offset: int, wanted: list[Finding], check: Check, linter: Linter
) -> Iterator[Suggestion]:
    """Other sentences, as the policies that object propose them, after which they do not object there any more."""
    claim = next((one for one in result.claims if one.spot.start.offset == offset), None)
    text = data.decode("utf-8", "replace")
    place = _sentence(claim, text) if claim else None
    if place is None:
        return
    old = text[place.start : place.stop]
    proposed: dict[str, str] = {}
    for one in wanted:
        if words := _rewrite(one, linter):
            proposed.setdefault(words, one.policy)
    for words, policy in proposed.items():
        # A heading has no full stop.
        new = words if old.endswith(_ENDS) or ". " in words else words.rstrip(".")
        edit = Edit(place.start, place.stop, new)
        after = check(apply(text, [edit]).encode(), result.path)
        here = range(place.start, place.start + len(new))
        left = [one for one in _objections(after) if one.policy == policy and one.spot.start.offset in here]
        if not (left or after.failures or after.skipped) and len(_objections(after)) < len(_objections(result)):
            yield Suggestion(f"Write “{new}” in place of the sentence.", edit, policy)


def _rewrite(finding: Finding, linter: Linter) -> str:
    entries: list[dict[str, Any]] = linter.rulebook.policies[finding.policy]["entries"]
    words: str | None = next((one["rewrite"] for one in entries if one["id"] == finding.entry), None)
    return words or ""


def _objections(result: FileResult) -> list[Finding]:
    return [one for one in result.findings if one.severity is not Severity.NOTE]


def _sentence(one: Inventoried, text: str) -> range | None:
    """Where the sentence of a claim stands; ``None`` if it does not stand in the file as it is read."""
    words = [re.escape(word) for word in one.claim.sentence.split()]
    start, end = one.spot.start.offset, one.spot.end.offset
    around = len(one.claim.sentence)
    for found in re.compile(r"\s+".join(words)).finditer(text, max(0, start - 2 * around), end + 2 * around):
        if found.start() <= start and end <= found.end():
            return range(*found.span())
    return None
