"""Adds up what came out of the documents of one file, such as the rows of a product feed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from claimcheck.model import FileResult, Finding, Remedy, Section, Segment


def merged(path: str, results: Iterable[FileResult]) -> FileResult:
    """
    One result for a file.

    Args:
        results: One for each of its documents, in the order of the file. Ids of remedies and fingerprints may come
            again in another document; in what is returned each stands for one.
    """
    sections: list[Section] = []
    findings: list[Finding] = []
    remedies: list[Remedy] = []
    copy: list[Segment] = []
    told: Counter[str] = Counter()
    every = list(results)
    for number, result in enumerate(every):
        prints = {one.fingerprint: _unique(one.fingerprint, told) for one in result.findings}
        findings += (
            replace(
                one,
                section=one.section + len(sections),
                remedy=one.remedy and f"{number}.{one.remedy}",
                fingerprint=prints[one.fingerprint],
            )
            for one in result.findings
        )
        remedies += (
            replace(one, id=f"{number}.{one.id}", clears=tuple(prints[clear] for clear in one.clears))
            for one in result.remedies
        )
        copy += (replace(one, section=one.section + len(sections)) for one in result.copy)
        sections += result.sections
    return FileResult(
        path=path,
        findings=tuple(findings),
        remedies=tuple(remedies),
        claims=tuple(one for result in every for one in result.claims),
        qualifiers=tuple(one for result in every for one in result.qualifiers),
        dismissed=tuple(one for result in every for one in result.dismissed),
        sections=tuple(sections),
        lines=tuple(sorted({line for result in every for line in result.lines})),
        failures=tuple(one for result in every for one in result.failures),
        notices=tuple(one for result in every for one in result.notices),
        suppressed=sum(result.suppressed for result in every),
        stale=tuple(one for result in every for one in result.stale),
        copy=tuple(copy),
    )


def _unique(fingerprint: str, told: Counter[str]) -> str:
    """The fingerprint of a finding, or another when an earlier document of the file has the same sentence."""
    from claimcheck.policies.judge import digest  # most files have no findings

    told[fingerprint] += 1
    return fingerprint if told[fingerprint] == 1 else digest(fingerprint, "record", str(told[fingerprint]))
