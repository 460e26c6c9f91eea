"""The report for people: by section and by what is missing, with the sentence that would help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claimcheck.model import FileResult, Finding, Remedy, Report, Severity, Spot
from claimcheck.reporters import Settings
from claimcheck.reporters.wording import (
    asked,
    colored,
    counted,
    dismissals,
    flat,
    in_order,
    lines,
    listed,
    place,
    quoted,
    safe,
    statistics,
    summary,
)

MOST_CLAIMS = 5
_ORDER = tuple(Severity)


@dataclass(frozen=True, slots=True)
class _Matter:
    """
    What is wrong with a group of claims; those of one section with the same matter are told of together.

    Args:
        missing: Kinds of qualifiers found nowhere, in the order in which they are listed.
        far: Kinds found too far away.
    """

    section: int
    severity: Severity
    prohibited: bool
    missing: tuple[str, ...]
    far: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """Findings of one matter under one policy, or under several that say the same of the same claims."""

    matter: _Matter
    policies: tuple[str, ...]
    findings: tuple[Finding, ...]


def render(report: Report, settings: Settings) -> str:
    """See ``claimcheck.reporters.render``."""
    text = "".join(_file(result, report, settings) for result in report.results)
    if settings.show_dismissed:
        unclaimed = "".join(dismissals(result) for result in report.results)
        text += f"{unclaimed}\n" if unclaimed and text else unclaimed
    if settings.statistics and (counts := statistics(report)):
        text += f"{counts}\n"
    return text + summary(report)


def _file(result: FileResult, report: Report, settings: Settings) -> str:
    text = ""
    section = None
    for group in _groups(result):
        if group.matter.section != section:
            section = group.matter.section
            text += _heading(result, section)
        text += _rendered(group, result, report, settings)
    return text


def _groups(result: FileResult) -> list[_Group]:
    """Sections in the order of the file, in each what is worst first."""
    remedies = {remedy.id: remedy for remedy in result.remedies}
    by_policy: dict[tuple[_Matter, str], list[Finding]] = {}
    for finding in result.findings:
        by_policy.setdefault((_matter(finding, remedies.get(finding.remedy)), finding.policy), []).append(finding)
    groups: dict[tuple[_Matter, tuple[Spot, ...]], _Group] = {}
    for (matter, policy), found in by_policy.items():
        key = matter, tuple(one.spot for one in found)
        known = groups.get(key)
        groups[key] = (
            replace(known, policies=(*known.policies, policy)) if known else _Group(matter, (policy,), tuple(found))
        )
    return sorted(groups.values(), key=_rank)


def _matter(finding: Finding, remedy: Remedy | None) -> _Matter:
    far = in_order(witness.kind for witness in finding.too_far)
    # Where one of several kinds would do, the finding names the first, and the edit that is easiest another.
    others = remedy.kinds if remedy and finding.missing and not far else ()
    return _Matter(finding.section, finding.severity, finding.prohibited, in_order((*finding.missing, *others)), far)


def _rank(group: _Group) -> tuple[int, int, int, tuple[str, ...]]:
    matter = group.matter
    return matter.section, _ORDER.index(matter.severity), group.findings[0].spot.start.offset, group.policies


def _heading(result: FileResult, section: int) -> str:
    title = result.sections[section].title if section < len(result.sections) else ""
    return f"{safe(result.path)}{f', section {quoted(title)}' if title else ''}\n"


def _rendered(group: _Group, result: FileResult, report: Report, settings: Settings) -> str:
    severity = group.matter.severity
    name = colored(severity, severity.value, color=settings.color)
    under = f" [{', '.join(group.policies)}]" if len(report.policies) > 1 else ""
    text = f"  {name}{under}: {_headline(group)}\n"
    text += "".join(f"    {flat(line)}\n" for line in _help(group.findings, result))
    for finding in group.findings[:MOST_CLAIMS]:
        text += f"    {place(finding.spot)}: {quoted(finding.text)} {finding.rule}{_elsewhere(finding)}\n"
    if len(group.findings) > MOST_CLAIMS:
        text += f"    and {len(group.findings) - MOST_CLAIMS} more\n"
    return text + "\n"


def _headline(group: _Group) -> str:
    matter, findings = group.matter, group.findings
    claims = counted(len(findings), "claim")
    if matter.prohibited:
        return f"{claims} that no caveat can put right"
    parts = []
    if matter.missing:
        parts.append(f"nothing in the document says {listed([asked(kind) for kind in matter.missing])}")
    if matter.far:
        said = [f"{asked(kind)} ({_where(kind, findings)})" for kind in matter.far]
        parts.append(f"{'it' if parts else 'the document'} says {listed(said, 'and')}, but too far away")
    if parts:
        return f"{claims}: {'; '.join(parts)}"
    return f"{claims} worth knowing of"


def _where(kind: str, findings: Sequence[Finding]) -> str:
    return lines(witness.spot for finding in findings for witness in finding.too_far if witness.kind == kind)


def _elsewhere(finding: Finding) -> str:
    return f" (also on {lines(finding.also_at)})" if finding.also_at else ""


def _help(findings: Sequence[Finding], result: FileResult) -> list[str]:
    """What would help: one edit with how much it clears, and what else would do; or what the findings suggest."""
    remedies = {remedy.id: remedy for remedy in result.remedies}
    suggested = list(dict.fromkeys(one.suggestion for one in findings if one.suggestion))
    edits = {remedies[one.remedy].suggestion: remedies[one.remedy] for one in findings if one.remedy in remedies}
    if len(edits) != 1:
        return [f"fix: {suggestion}" for suggestion in suggested]
    (edit,) = edits.values()
    alone = len({one.remedy for one in findings}) == 1
    clears = f" (clears {counted(len(edit.clears), 'finding')})" if alone and len(edit.clears) > 1 else ""
    lacking = {kind for one in findings for kind in (*one.missing, *(witness.kind for witness in one.too_far))}
    others = [] if lacking.issuperset(edit.kinds) else suggested
    return [f"fix: {edit.suggestion}{clears}", *(f"or: {other}" for other in others)]
