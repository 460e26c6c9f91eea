"""Whether an edited page is what it was meant to be: better where that was meant, and as before everywhere else."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from claimcheck.fixes.model import Complaint, Fix, Shift, complaints
from claimcheck.model import Document, FileResult, Finding, Role, Segment, Severity

_SEVERITIES = tuple(Severity)


def says_as_meant(before: Document, after: Document, fixes: Sequence[Fix], shift: Shift) -> bool:
    """Whether a page reads as before, but for the words and paragraphs of some fixes."""
    left = list(after.segments)
    for fix in fixes:
        if fix.paragraph:
            added = [one for one in left if _is_paragraph(one, fix) and shift.before(one.runs[0].source) is None]
            if len(added) != 1:
                return False
            left.remove(added[0])
    meant = [one.text for one in before.segments]
    for segment, offset, new in sorted((one.words for one in fixes if one.words is not None), reverse=True):
        meant[segment] = meant[segment][:offset] + new + meant[segment][offset:]
    titles = {one.text: text for one, text in zip(before.segments, meant, strict=True) if one.role is Role.HEADING}
    return (
        [one.text for one in left] == meant
        and [one.title for one in after.sections] == [titles.get(one.title, one.title) for one in before.sections]
        and _structure(left) == _structure(before.segments)
    )


def is_better(before: FileResult, after: FileResult, cleared: Collection[Complaint], shift: Shift) -> bool:
    """
    Whether some objections are gone because their claims are qualified, and nothing is new or worse.

    Args:
        cleared: In the places that they had before.
    """
    if len(after.failures) > len(before.failures) or after.skipped:
        return False
    claims = {shift.before(one.spot.start.offset): dict(one.status) for one in after.claims}
    if claims.keys() != {one.spot.start.offset for one in before.claims}:
        return False
    if any(claims[one.start].get(one.policy) != "qualified" for one in cleared):
        return False
    known = {complaint: _badness(one) for one in before.findings for complaint in complaints(one)}
    for finding in after.findings:
        for policy, start in complaints(finding):
            was = shift.before(start)
            old = None if was is None else known.get(Complaint(policy, was))
            if old is None or any(new > bad for new, bad in zip(_badness(finding), old, strict=True)):
                return False
    return True


def _is_paragraph(segment: Segment, fix: Fix) -> bool:
    plain = segment.role is Role.PARAGRAPH and not segment.metadata and not segment.note
    return plain and segment.section == fix.section and segment.text == fix.paragraph


def _structure(segments: Sequence[Segment]) -> list[tuple[object, ...]]:
    """What scope is worked out from, beside the words; blocks are numbered as they come."""
    blocks: dict[int | None, int] = {None: -1}
    for one in segments:
        blocks.setdefault(one.block, len(blocks))
    return [
        (
            one.role,
            blocks[one.block],
            one.section,
            one.level,
            blocks.get(one.intro, -2),
            one.metadata,
            len(one.marks),
            one.note,
        )
        for one in segments
    ]


def _badness(finding: Finding) -> tuple[int, int, int, int]:
    """What must not grow: severity, whether nothing cures it, and how much is missing, and lacking at all."""
    lacking = len(finding.missing) + len(finding.too_far) + len(finding.beside) + len(finding.provided)
    return -_SEVERITIES.index(finding.severity), int(finding.prohibited), len(finding.missing), lacking
