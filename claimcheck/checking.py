"""Join detection and policies: one document in, everything that is to be reported out."""

from __future__ import annotations

from collections.abc import Sequence

from claimcheck.engine.coverage import Coverage
from claimcheck.engine.linter import Linter
from claimcheck.engine.reading import read_sentences
from claimcheck.errors import UsageError
from claimcheck.model import (
    SUBJECTS,
    Analysis,
    Document,
    FileResult,
    Finding,
    Inventoried,
    Remedy,
    Spot,
    Witness,
)
from claimcheck.packs.rulebook import Rulebook
from claimcheck.policies.judge import Verdict, findings, judge, witness
from claimcheck.policies.remedies import remedies


def check_document(
    document: Document, linter: Linter, *, policies: Sequence[str] = ("caveats",), subject: str = "auto"
) -> FileResult:
    """
    Check one document.

    Args:
        document: From ``claimcheck.extract.extract``.
        linter: Built once for many documents.
        policies: Names of policies of the linter's rule book.
        subject: What the claims are about, or ``auto``.

    Raises:
        UsageError: If there is no such policy or subject.
    """
    _check_names(linter.rulebook, policies, subject)
    analysis = linter.analyse(document, subject=subject)
    if not analysis.claims and not analysis.dismissed:
        return FileResult(path=document.path, sections=document.sections)
    coverage = Coverage(document, analysis.qualifiers, _closing(document, linter.rulebook))
    found: list[Finding] = []
    edits: list[Remedy] = []
    statuses: list[tuple[str, tuple[Verdict, ...]]] = []
    for name in policies:
        policy = linter.rulebook.policies[name]
        verdicts = judge(analysis, coverage, policy)
        statuses.append((name, verdicts))
        made, more = remedies(
            findings(verdicts, document, policy, linter.rulebook), document, policy, first=len(edits) + 1
        )
        found.extend(made)
        edits.extend(more)
    return FileResult(
        path=document.path,
        findings=tuple(sorted(found, key=lambda f: (f.spot.start.offset, f.spot.end.offset, f.policy, f.rule))),
        remedies=tuple(edits),
        claims=_inventory(analysis, statuses),
        qualifiers=tuple((_spot(document, q.place.start, q.place.end), q) for q in analysis.qualifiers),
        dismissed=tuple((_spot(document, d.claim.place.start, d.claim.place.end), d) for d in analysis.dismissed),
        sections=document.sections,
    )


def _check_names(rulebook: Rulebook, policies: Sequence[str], subject: str) -> None:
    for name in policies:
        if name not in rulebook.policies:
            raise UsageError(f"no policy '{name}'", fix=f"Choose from: {', '.join(sorted(rulebook.policies))}.")
    if subject not in ("auto", *SUBJECTS):
        raise UsageError(f"no subject '{subject}'", fix=f"Choose from: auto, {', '.join(SUBJECTS)}.")


def _closing(document: Document, rulebook: Rulebook) -> dict[int, int]:
    """For each block the number of its last sentence."""
    return {document.segments[s.segment].block: s.number for s in read_sentences(document, rulebook)}


def _inventory(
    analysis: Analysis, statuses: Sequence[tuple[str, tuple[Verdict, ...]]]
) -> tuple[Inventoried, ...]:
    document = analysis.document
    listed: list[Inventoried] = []
    for number, claim in enumerate(analysis.claims):
        edges: dict[Spot, Witness] = {}
        for _, verdicts in statuses:
            for edge in verdicts[number].met:
                one = witness(document, edge)
                edges.setdefault(one.spot, one)
        listed.append(
            Inventoried(
                spot=_spot(document, claim.place.start, claim.place.end),
                claim=claim,
                status=tuple((name, verdicts[number].status) for name, verdicts in statuses),
                qualifiers=tuple(edges.values()),
            )
        )
    return tuple(sorted(listed, key=lambda one: (one.spot.start.offset, one.spot.end.offset)))


def _spot(document: Document, start: int, end: int) -> Spot:
    return Spot(document.path, document.position(start), document.position(end))


