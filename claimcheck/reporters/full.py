"""Every finding with its source lines, the claim underlined with ``^`` and too distant qualifiers with ``~``."""

from __future__ import annotations

import unicodedata

from claimcheck.model import FileResult, Finding, Report, Spot
from claimcheck.reporters import Settings
from claimcheck.reporters.wording import ASKS, colored, dismissals, listed, place, safe, statistics, summary

WIDTH = 110
_CONTEXT = 30


def render(report: Report, settings: Settings) -> str:
    """See ``claimcheck.reporters.render``."""
    text = ""
    for result in report.results:
        lines = dict(result.lines)
        text += "".join(_finding(finding, lines, report, settings) for finding in result.findings)
        if settings.show_dismissed:
            text += dismissals(result)
    return text + (statistics(report) if settings.statistics else "") + summary(report)


def _finding(finding: Finding, lines: dict[int, str], report: Report, settings: Settings) -> str:
    severity = colored(finding.severity, finding.severity.value, color=settings.color)
    policy = f" [{finding.policy}]" if len(report.policies) > 1 else ""
    text = f"{severity}: {safe(' '.join(finding.message.split()))} {finding.rule}{policy}\n"
    text += f"  --> {place(finding.spot)} ({finding.subject})\n"
    text += _snippet(finding.spot, lines, "^")
    if finding.missing:
        text += f"   = missing: nothing in the document says {listed(finding.missing)} ({', '.join(finding.missing)})\n"
    for witness in finding.too_far:
        asks = ASKS.get(witness.kind, witness.kind)
        text += f"   = too far: this says {asks}, but only within the {witness.scope.value} ({witness.kind})\n"
        text += f"  --> {place(witness.spot)}\n"
        text += _snippet(witness.spot, lines, "~")
    if finding.suggestion:
        text += f"   = fix: {safe(finding.suggestion)}\n"
    for spot in finding.also_at:
        text += f"   = also at {place(spot)}\n"
    for citation in finding.citations:
        url = f" {citation.url}" if citation.url else ""
        text += f"   = source: {citation.title}{url}\n"
    return text + "\n"


def _snippet(spot: Spot, lines: dict[int, str], mark: str) -> str:
    """The first source line of a spot, clipped around it, and its underline."""
    source = lines.get(spot.start.line)
    if source is None:
        return ""
    start = spot.start.column - 1
    end = spot.end.column - 1 if spot.end.line == spot.start.line else len(source)
    end = max(min(end, len(source)), start + 1)
    left = max(0, start - _CONTEXT) if len(source) > WIDTH else 0
    right = min(len(source), max(left + WIDTH, min(end + _CONTEXT, left + WIDTH)))
    before, inside, after = (_shown(part) for part in (source[left:start], source[start : min(end, right)], source[end:right]))
    head, tail = "…" if left else "", "…" if right < len(source) else ""
    number = str(spot.start.line)
    pad = " " * len(number)
    under = " " * (_width(head) + _width(before)) + mark * max(1, _width(inside))
    more = f" and on to line {spot.end.line}" if spot.end.line != spot.start.line else ""
    return f" {pad} |\n {number} | {head}{before}{inside}{after}{tail}\n {pad} | {under}{more}\n"


def _shown(text: str) -> str:
    return safe(text.replace("\t", "    "))


def _width(text: str) -> int:
    """Columns of a terminal: wide characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
