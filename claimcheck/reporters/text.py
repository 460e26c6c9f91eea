"""The report for people: by section and by what is missing, with the sentence that would help."""

from __future__ import annotations

from collections.abc import Sequence

from claimcheck.model import FileResult, Finding, Report, Severity
from claimcheck.reporters import Settings
from claimcheck.reporters.wording import (
    colored,
    counted,
    dismissals,
    listed,
    place,
    quoted,
    safe,
    statistics,
    summary,
)

MOST_CLAIMS = 5
_Group = tuple[int, str, Severity, bool, tuple[str, ...], tuple[str, ...]]


def render(report: Report, settings: Settings) -> str:
    """See ``claimcheck.reporters.render``."""
    text = "".join(_file(result, report, settings) for result in report.results)
    if settings.show_dismissed:
        text += "".join(dismissals(result) for result in report.results)
    if settings.statistics:
        text += statistics(report)
    return text + summary(report)


def _file(result: FileResult, report: Report, settings: Settings) -> str:
    groups: dict[_Group, list[Finding]] = {}
    for finding in result.findings:
        groups.setdefault(_group(finding), []).append(finding)
    order = tuple(Severity)
    text = ""
    section = None
    for key in sorted(groups, key=lambda key: (key[0], order.index(key[2]), groups[key][0].spot.start.offset, key[1])):
        if key[0] != section:
            section = key[0]
            text += _heading(result, section)
        text += _rendered(key, groups[key], result, report, settings)
    return text


def _group(finding: Finding) -> _Group:
    far = tuple(dict.fromkeys(witness.kind for witness in finding.too_far))
    return finding.section, finding.policy, finding.severity, finding.prohibited, finding.missing, far


def _heading(result: FileResult, section: int) -> str:
    title = result.sections[section].title if section < len(result.sections) else ""
    return f"{safe(result.path)}{f', section {quoted(title)}' if title else ''}\n"


def _rendered(key: _Group, findings: Sequence[Finding], result: FileResult, report: Report, settings: Settings) -> str:
    _, policy, severity, _, _, _ = key
    name = colored(severity, severity.value, color=settings.color)
    under = f" [{policy}]" if len(report.policies) > 1 else ""
    text = f"  {name}{under}: {_headline(key, findings)}\n"
    text += "".join(f"    {line}\n" for line in _help(findings, result))
    for finding in findings[:MOST_CLAIMS]:
        more = f" (and {counted(len(finding.also_at), 'other place')})" if finding.also_at else ""
        text += f"    {place(finding.spot)}: {quoted(finding.text)} {finding.rule}{more}\n"
    if len(findings) > MOST_CLAIMS:
        text += f"    and {len(findings) - MOST_CLAIMS} more\n"
    return text + "\n"


def _headline(key: _Group, findings: Sequence[Finding]) -> str:
    _, _, severity, prohibited, missing, far = key
    claims = counted(len(findings), "claim")
    if prohibited:
        return f"{claims} that no wording beside {'it' if len(findings) == 1 else 'them'} cures"
    if not missing and not far:
        return f"{claims} to know of" if severity is Severity.NOTE else claims
    parts = []
    if missing:
        parts.append(f"nothing in the document says {listed(missing)}")
    if far:
        lines = sorted({w.spot.start.line for one in findings for w in one.too_far})
        shown = ", ".join(map(str, lines[:3])) + ("…" if len(lines) > 3 else "")
        what = " and ".join(listed((kind,)) for kind in far)
        parts.append(f"{what} is said too far away (line {shown})")
    return f"{claims}: {'; '.join(parts)}"


def _help(findings: Sequence[Finding], result: FileResult) -> list[str]:
    """The edits that would help, each once, with how much each clears."""
    remedies = {remedy.id: remedy for remedy in result.remedies}
    wanted = dict.fromkeys(finding.remedy for finding in findings if finding.remedy in remedies)
    if len(wanted) == 1:
        remedy = remedies[next(iter(wanted))]
        clears = f" (clears {counted(len(remedy.clears), 'finding')})" if len(remedy.clears) > 1 else ""
        return [f"fix: {remedy.suggestion}{clears}"]
    return [f"fix: {suggestion}" for suggestion in dict.fromkeys(one.suggestion for one in findings) if suggestion][:3]
