"""Everything that is to be reported of one document: findings, remedies, the inventory, under each policy."""

from __future__ import annotations

from collections.abc import Sequence

from claimcheck.engine.coverage import Coverage
from claimcheck.model import Analysis, Facts, FileResult, Finding, Inventoried, Qualifier, Remedy, Spot, Witness
from claimcheck.packs.rulebook import Rulebook
from claimcheck.policies.judge import Verdict, findings, judge, witness
from claimcheck.policies.remedies import remedies


def result_of(analysis: Analysis, rulebook: Rulebook, policies: Sequence[str], *, on: str, facts: Facts) -> FileResult:
    """
    Judge what a document says.

    Args:
        policies: Names of policies of the rule book.
        on: The day to judge by, ``YYYY-MM-DD``; empty means that every entry is in force.
        facts: What is known beside the copy.
    """
    document = analysis.document
    coverage = Coverage(document, analysis.qualifiers, analysis.closing)
    found: list[Finding] = []
    edits: list[Remedy] = []
    statuses: list[tuple[str, tuple[Verdict, ...]]] = []
    for name in policies:
        policy = rulebook.policies[name]
        verdicts = judge(analysis, coverage, policy, on=on, facts=facts)
        statuses.append((name, verdicts))
        made, more = remedies(findings(verdicts, document, policy, rulebook), document, policy, first=len(edits) + 1)
        found.extend(made)
        edits.extend(more)
    return FileResult(
        path=document.path,
        findings=tuple(sorted(found, key=lambda f: (f.spot.start.offset, f.spot.end.offset, f.policy, f.rule))),
        remedies=tuple(edits),
        claims=_inventory(analysis, statuses),
        qualifiers=_qualifiers(analysis),
        dismissed=tuple((document.spot(d.claim.place.start, d.claim.place.end), d) for d in analysis.dismissed),
        sections=document.sections,
    )


def _qualifiers(analysis: Analysis) -> tuple[tuple[Spot, Qualifier], ...]:
    """Each qualifier once, in the order of the file: one in an introduction governs the claims of several items."""
    once = {(one.place.start, one.place.end, one.kind, one.rule): one for one in analysis.qualifiers}
    ordered = sorted(once.values(), key=lambda one: one.place.start)
    return tuple((analysis.document.spot(one.place.start, one.place.end), one) for one in ordered)


def _inventory(analysis: Analysis, statuses: Sequence[tuple[str, tuple[Verdict, ...]]]) -> tuple[Inventoried, ...]:
    document = analysis.document
    listed: list[Inventoried] = []
    for number, claim in enumerate(analysis.claims):
        if claim.bare and not any(verdicts[number].entry for _, verdicts in statuses):
            continue
        edges: dict[Spot, Witness] = {}
        for _, verdicts in statuses:
            for edge in verdicts[number].met:
                one = witness(document, edge)
                edges.setdefault(one.spot, one)
        listed.append(
            Inventoried(
                spot=document.spot(claim.place.start, claim.place.end),
                claim=claim,
                status=tuple((name, verdicts[number].status) for name, verdicts in statuses),
                qualifiers=tuple(edges.values()),
            )
        )
    return tuple(sorted(listed, key=lambda one: (one.spot.start.offset, one.spot.end.offset)))
