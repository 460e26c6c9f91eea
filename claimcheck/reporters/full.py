"""Every finding with its source lines, the claim underlined with ``^`` and too distant qualifiers with ``~``."""

from __future__ import annotations

import unicodedata

from claimcheck.model import Finding, Report, Spot, Witness
from claimcheck.reporters import Settings
from claimcheck.reporters.wording import (
    added,
    asked,
    colored,
    dismissals,
    distance,
    flat,
    in_order,
    listed,
    place,
    safe,
    statistics,
    summary,
)

WIDTH = 110
_CONTEXT = 30


def render(report: Report, settings: Settings) -> str:
    """See ``claimcheck.reporters.render``."""
    parts = []
    for result in report.results:
        lines = dict(result.lines)
        parts += [_finding(finding, lines, report, settings) for finding in result.findings]
        if settings.show_dismissed and result.dismissed:
            parts.append(f"{dismissals(result)}\n")
    if settings.statistics and (counts := statistics(report)):
        parts.append(f"{counts}\n")
    return "".join(parts) + summary(report)


def _finding(finding: Finding, lines: dict[int, str], report: Report, settings: Settings) -> str:
    severity = colored(finding.severity, finding.severity.value, color=settings.color)
    policy = f" [{finding.policy}]" if len(report.policies) > 1 else ""
    text = f"{severity}: {flat(finding.message)} {finding.rule}{policy}\n"
    text += f"  --> {place(finding.spot)} ({finding.subject})\n"
    text += _snippet(finding.spot, lines, "^")
    if finding.missing:
        kinds = in_order(finding.missing)
        asks = listed([asked(kind, [finding]) for kind in kinds])
        text += f"   = missing: nothing in the document says {asks} ({', '.join(kinds)})\n"
    text += "".join(_too_far(witness, finding, lines) for witness in finding.too_far)
    for one in finding.provided:
        text += f"   = too far away: {asked(one.kind, [finding])} is said by {added(one.where)} only ({one.kind})\n"
    if finding.suggestion:
        text += f"   = fix: {flat(finding.suggestion)}\n"
    text += "".join(f"   = also at {place(spot)}\n" for spot in finding.also_at)
    for citation in finding.citations:
        text += f"   = source: {flat(f'{citation.title} {citation.url}')}\n"
    return text + "\n"


def _too_far(witness: Witness, finding: Finding, lines: dict[int, str]) -> str:
    text = f"   = too far away: {distance(witness, finding)} ({witness.kind})\n"
    return f"{text}  --> {place(witness.spot)}\n{_snippet(witness.spot, lines, '~')}"


def _snippet(spot: Spot, lines: dict[int, str], mark: str) -> str:
    """The first source line of a spot, clipped around it, and its underline."""
    source = lines.get(spot.start.line)
    if source is None:
        return ""
    start = spot.start.column - 1
    end = len(source) if spot.end.line != spot.start.line else spot.end.column - 1
    left = max(0, start - _CONTEXT) if len(source) > WIDTH else 0
    right = min(len(source), left + WIDTH)
    end = min(end, right)
    before, inside, after = (_shown(part) for part in (source[left:start], source[start:end], source[end:right]))
    head, tail = "…" if left else "", "…" if right < len(source) else ""
    number = str(spot.start.line)
    pad = " " * len(number)
    under = " " * (_width(head) + _width(before)) + mark * max(1, _width(inside))
    more = f" and on to line {spot.end.line}" if spot.end.line != spot.start.line else ""
    return f" {pad} |\n {number} | {head}{before}{inside}{after}{tail}\n {pad} | {under}{more}\n"


def _shown(text: str) -> str:
    return safe(text.replace("\t", "    "))


def _width(text: str) -> int:
    """Columns of a terminal: wide characters take two, combining marks and joiners none."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
