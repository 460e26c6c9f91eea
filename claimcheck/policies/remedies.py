"""One edit, and all findings that it would clear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from claimcheck.model import QUALIFIER_KINDS, Document, Finding, Remedy, Scope
from claimcheck.policies.judge import Unmet, Verdict
from claimcheck.policies.sentences import order

_WIDE = (Scope.SECTION, Scope.DOCUMENT)


@dataclass(frozen=True, slots=True)
class _Edit:
    """Where and what: qualifiers of some kinds, added to a stretch of the file, and the words that ask for it."""

    title: str
    start: int
    end: int
    kinds: tuple[str, ...]
    suggestion: str


def remedies(
    found: Sequence[tuple[Finding, Verdict]], document: Document, policy: Mapping[str, Any], *, first: int
) -> tuple[tuple[Finding, ...], tuple[Remedy, ...]]:
    """
    Group findings by the edit that clears them.

    Args:
        found: Of one document and policy, with their verdicts.
        first: Number of the first remedy, for its id.

    Returns:
        The findings with the id of their remedy, and the remedies in the order of the file. What is prohibited or
        only noted has none: no sentence beside it helps.
    """
    edits: dict[_Edit, list[int]] = {}
    for number, (finding, verdict) in enumerate(found):
        if verdict.unmet:
            edits.setdefault(_edit(finding, verdict, document, policy), []).append(number)
    ordered = sorted(
        edits.items(), key=lambda item: (item[0].start, item[0].end, -len(item[1]), item[0].kinds, item[0].suggestion)
    )
    made: list[Remedy] = []
    ids: dict[int, str] = {}
    for count, (edit, numbers) in enumerate(ordered, first):
        ids |= dict.fromkeys(numbers, f"r{count}")
        made.append(
            Remedy(
                id=f"r{count}",
                policy=policy["policy"],
                path=document.path,
                title=edit.title,
                start=document.position(edit.start),
                end=document.position(edit.end),
                kinds=edit.kinds,
                suggestion=edit.suggestion,
                clears=tuple(found[number][0].fingerprint for number in numbers),
            )
        )
    return tuple(replace(one, remedy=ids.get(n, "")) for n, (one, _) in enumerate(found)), tuple(made)


def _edit(finding: Finding, verdict: Verdict, document: Document, policy: Mapping[str, Any]) -> _Edit:
    """The widest edit that meets all needs: in the section if each can be met there, else in the block."""
    chosen = [_chosen(lack, verdict.unmet) for lack in verdict.unmet]
    kinds = tuple(sorted({kind.partition("/")[0] for kind, _ in chosen}, key=QUALIFIER_KINDS.index))
    suggestion = order(kinds, policy, verdict.entry, finding.suggestion)
    section = document.sections[verdict.claim.place.section]
    if all(scope in _WIDE for _, scope in chosen):
        return _Edit(section.title, section.start, section.end, kinds, suggestion)
    segment = document.segments[verdict.claim.place.segment]
    start, end = segment.to_source(0, len(segment.text))
    return _Edit(section.title, start, end, kinds, suggestion)


def _chosen(lack: Unmet, all_unmet: Sequence[Unmet]) -> tuple[str, Scope]:
    """
    What to add: the kind that meets most of the needs, then the one that counts farthest.

    Of several, the one that stands too far away already. A licence comes last, as nobody can add one at will.
    """
    scopes = tuple(Scope)
    far = "" if lack.missing else lack.kind

    def merit(option: tuple[str, Scope]) -> tuple[bool, int, int, bool]:
        kind, scope = option
        shared = sum(kind in dict(other.options) for other in all_unmet)
        return not kind.startswith("licence"), shared, scopes.index(scope), kind.partition("/")[0] == far

    return max(lack.options, key=merit)
