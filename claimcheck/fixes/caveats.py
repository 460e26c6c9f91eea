"""Adds the sentences that claims lack: one paragraph in their section."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claimcheck.fixes.model import Applicability, Complaint, Fix, Page, complaints
from claimcheck.fixes.places import paragraphs
from claimcheck.model import QUALIFIER_KINDS, Document, Remedy, Segment
from claimcheck.packs.rulebook import Rulebook


def caveats(page: Page, rulebook: Rulebook, texts: Mapping[str, str]) -> list[tuple[Fix, ...]]:
    """
    The paragraphs that may clear objections of a page, one for each section.

    Args:
        texts: Sentences by kind of qualifier, in place of those of the policies.

    Returns:
        For each its fixes, which differ in where it stands, the best first.
    """
    if page.document.fragment:
        return []
    sentences: dict[int, dict[str, str]] = {}
    clears: dict[int, set[Complaint]] = {}
    for remedy in page.result.remedies:
        said = _sentences(remedy, rulebook, texts)
        cleared = _cleared(remedy, page)
        section = _section(remedy, page.document)
        if said is not None and cleared and section is not None:
            # One sentence of a kind serves all policies.
            sentences[section] = said | sentences.get(section, {})
            clears.setdefault(section, set()).update(cleared)
    found = []
    for section in sorted(sentences):
        in_order = sorted(sentences[section].items(), key=lambda item: QUALIFIER_KINDS.index(item[0]))
        fixes = _fixes(page.document, section, [text for _, text in in_order], frozenset(clears[section]))
        if fixes:
            found.append(fixes)
    return found


def _sentences(remedy: Remedy, rulebook: Rulebook, texts: Mapping[str, str]) -> dict[str, str] | None:
    """What to add for each kind that a remedy names; ``None`` if there are no words for one of them."""
    ready = {one["kind"]: one["sentence"] for one in rulebook.policies[remedy.policy]["sentences"] if one["add"]}
    ready |= texts
    return {kind: ready[kind] for kind in remedy.kinds} if ready.keys() >= set(remedy.kinds) else None


def _cleared(remedy: Remedy, page: Page) -> set[Complaint]:
    prints = set(remedy.clears)
    mine = (one for one in page.result.findings if one.policy == remedy.policy and one.fingerprint in prints)
    return {complaint for one in mine for complaint in complaints(one) & page.wanted}


def _section(remedy: Remedy, document: Document) -> int | None:
    """Number of the section that a remedy is for; ``None`` if it is for less, or if nobody would see it there."""
    span = remedy.start.offset, remedy.end.offset
    named = next((at for at, one in enumerate(document.sections) if (one.start, one.end) == span), None)
    visible = [one.section for one in document.segments if _is_body(one)]
    if named is None or not visible:
        return None
    # Titles and the like have the whole document for their section.
    return named if named in visible else visible[-1]


def _fixes(document: Document, section: int, sentences: Sequence[str], clears: frozenset[Complaint]) -> tuple[Fix, ...]:
    segments = [one for one in document.segments if one.section == section and _is_body(one)]
    there = " ".join(" ".join(one.text.split()) for one in segments).casefold()
    paragraph = " ".join(dict.fromkeys(one for one in sentences if one.casefold() not in there))
    if not paragraph:
        return ()
    where = f" to \u201c{document.sections[section].title}\u201d" if document.sections[section].title else ""
    start = segments[0].to_source(0, 1)[0]
    first = min((one.start for one in clears if one.start >= start), default=start)
    return tuple(
        Fix(
            f"Add \u201c{paragraph}\u201d{where}.",
            Applicability.UNSAFE,
            clears,
            edit,
            paragraph=paragraph,
            section=section,
        )
        for edit in paragraphs(document, segments, first, paragraph)
    )


def _is_body(segment: Segment) -> bool:
    return not segment.metadata and not segment.note
