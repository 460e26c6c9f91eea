"""What comments say: of the whole document, and of each claim that is objected to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from claimcheck.model import FileResult, Finding, Remedy, Report, Severity
from claimcheck.reporters.wording import (
    MOST_REMEDIES,
    NEARNESS,
    added,
    asked,
    counted,
    flat,
    gain,
    helps,
    in_order,
    listed,
    made_by,
    quoted,
    severities,
    span,
    totals,
)

_LEADS = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.NOTE: "Note"}


class Line(NamedTuple):
    """A paragraph of a comment; ``lead`` stands before it, in bold."""

    lead: str
    text: str


class Note(NamedTuple):
    """A comment to be: of the characters ``start:end`` of the text, which read ``text``."""

    start: int
    end: int
    text: str
    lines: tuple[Line, ...]


def summary(report: Report) -> tuple[Line, ...]:
    """What is said of the whole document, what helps most first."""
    counts = totals(report)
    remedies = sorted((remedy for result in report.results for remedy in result.remedies), key=gain)
    found = severities(counts)
    ignored = f"; {counts['suppressed']} more ignored" if "suppressed" in counts else ""
    what = listed(found, "and") if found else "nothing found"
    lines = [Line("claimcheck", f"{what}; {counted(counts['claims'], 'claim')} in all{ignored}.")]
    lines += [_remedy(one, report) for one in remedies[:MOST_REMEDIES]]
    if len(remedies) > MOST_REMEDIES:
        lines.append(Line("", f"And {len(remedies) - MOST_REMEDIES} more; they stand beside the claims."))
    lines.append(Line("", "It is a linter, not a lawyer: it says what it looked for and did not find."))
    lines.append(Line("", f"{flat(made_by(report))}."))
    return tuple(lines)


def notes(result: FileResult, report: Report) -> list[Note]:
    """
    The comments on the claims of a file, by place.

    What several findings say of the same words stands in one; where the same words stand again, it says only that.
    """
    remedies = {one.id: one for one in result.remedies}
    told: dict[tuple[int, int], list[Finding]] = {}
    for one in result.findings:
        told.setdefault(span(one.spot), []).append(one)
    made = {
        place: Note(
            *place,
            some[0].text,
            tuple(line for one in some for line in _lines(one, remedies.get(one.remedy), report)),
        )
        for place, some in told.items()
    }
    for place, some in told.items():
        for spot in dict.fromkeys(spot for one in some for spot in one.also_at):
            again = span(spot)
            way = "above" if place < again else "below"
            made.setdefault(again, Note(*again, some[0].text, (Line("", f"As {way}."),)))
    return [made[place] for place in sorted(made)]


def _remedy(remedy: Remedy, report: Report) -> Line:
    where = f" in section {quoted(remedy.title)}" if remedy.title else ""
    policy = f", policy {remedy.policy}" if len(report.policies) > 1 else ""
    return Line(
        f"What would help{where}",
        f"{flat(remedy.suggestion)} (clears {counted(len(remedy.clears), 'finding')}{policy})",
    )


def _lines(finding: Finding, remedy: Remedy | None, report: Report) -> Iterator[Line]:
    policy = f", policy {finding.policy}" if len(report.policies) > 1 else ""
    yield Line(_LEADS[finding.severity], f"{flat(finding.message)} ({finding.rule}{policy})")
    yield from _lacks(finding)
    for number, suggestion in enumerate(helps(finding, remedy)):
        yield Line("Or" if number else "Suggestion", flat(suggestion))
    for citation in finding.citations:
        yield Line("Source", flat(f"{citation.title} {citation.url}"))


def _lacks(finding: Finding) -> Iterator[Line]:
    if finding.missing:
        asks = listed([asked(kind, [finding]) for kind in in_order(finding.missing)])
        yield Line("Missing", f"nothing in the document says {asks}.")
    for one in finding.too_far:
        where = NEARNESS[one.scope]
        yield Line("Too far away", f"{quoted(one.text)} says {asked(one.kind, [finding])}, but only {where}.")
    for provided in finding.provided:
        yield Line("Too far away", f"{asked(provided.kind, [finding])} is said only by {added(provided.where)}.")
