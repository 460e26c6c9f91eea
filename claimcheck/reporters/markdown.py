"""
``--format markdown``: a comment on a pull request: what to do first, the findings in a table, the details folded.

Written for the Markdown of GitHub and GitLab; nothing of the copy can be markup, mention anybody or load an image.
"""

from __future__ import annotations

import re

from claimcheck.model import Finding, Remedy, Report, Severity
from claimcheck.reporters import Settings
from claimcheck.reporters.wording import (
    checked,
    counted,
    flat,
    gain,
    lacks,
    made_by,
    outcome,
    quoted,
    statistics,
    summary,
)

MOST_ROWS = 50
"""GitHub takes no comment of more than 65,536 characters."""

MOST_DETAILS = 25
_SIGNS = {Severity.ERROR: "🟥 error", Severity.WARNING: "🟨 warning", Severity.NOTE: "🟦 note"}
# Whatever Markdown, HTML or a forge may take for more than itself: emphasis, links, images, mentions, references.
_MARKUP = frozenset("\\`*_{}[]<>#|&@~$!")
_ADDRESS = re.compile(r"https?://[^\s<>]+")


def render(report: Report, settings: Settings) -> str:
    """See ``claimcheck.reporters.render``."""
    title = escaped(summary(report).strip() or outcome(report))
    parts = [f"### claimcheck: {title}\n"]
    parts += [_failures(report), _remedies(report), _table(report), _details(report)]
    if settings.statistics and (counts := statistics(report)):
        parts.append(f"```\n{counts}```\n")
    parts.append(f"<sub>{escaped(made_by(report))}; {counted(checked(report), 'file')} checked</sub>\n")
    return "\n".join(part for part in parts if part)


def escaped(text: str) -> str:
    """Text on one line that no Markdown takes for markup."""
    return "".join(f"&#{ord(c)};" if c in _MARKUP else c for c in flat(text))


def _failures(report: Report) -> str:
    lines = []
    for result in report.results:
        for one in result.failures:
            where = ":".join(str(part) for part in (one.path, one.line, one.column) if part)
            lines.append(f"- **not checked** {_code(where)}: {escaped(one.message)}\n")
    return "".join(lines)


def _remedies(report: Report) -> str:
    """One edit a line, those that clear most first."""
    found = [remedy for result in report.results for remedy in result.remedies]
    if not found:
        return ""
    found.sort(key=gain)
    lines = [_remedy(remedy, report) for remedy in found[:MOST_DETAILS]]
    more = f"- and {len(found) - MOST_DETAILS} more\n" if len(found) > MOST_DETAILS else ""
    return f"**What would help**\n\n{''.join(lines)}{more}"


def _remedy(remedy: Remedy, report: Report) -> str:
    where = f", section {escaped(quoted(remedy.title))}" if remedy.title else ""
    policy = f" [{remedy.policy}]" if len(report.policies) > 1 else ""
    clears = counted(len(remedy.clears), "finding")
    return f"- {_code(remedy.path)}{where}: {escaped(remedy.suggestion)} (clears {clears}){policy}\n"


def _table(report: Report) -> str:
    findings = _worst_first(report)
    if not findings:
        return ""
    rows = ["| | claim | what is the matter | where |\n", "|---|---|---|---|\n"]
    for one in findings[:MOST_ROWS]:
        policy = f" [{one.policy}]" if len(report.policies) > 1 else ""
        what = f"{escaped(lacks(one) or one.message)} {_code(one.rule)}{policy}"
        where = _code(f"{one.spot.path}:{one.spot.start.line}:{one.spot.start.column}")
        rows.append(f"| {_SIGNS[one.severity]} | {escaped(quoted(one.text))} | {what} | {where} |\n")
    if len(findings) > MOST_ROWS:
        rows.append(f"\nand {len(findings) - MOST_ROWS} more\n")
    return "".join(rows)


def _details(report: Report) -> str:
    """Why it matters and who says so, once for each rule and policy."""
    findings = _worst_first(report)
    seen: dict[tuple[str, str], Finding] = {}
    for one in findings:
        seen.setdefault((one.rule, one.policy), one)
    if not seen:
        return ""
    whys = {rule.id: rule.why for rule in report.rules}
    lines = []
    for one in list(seen.values())[:MOST_DETAILS]:
        lines.append(f"\n{_code(one.rule)}: {escaped(one.message)} {escaped(whys.get(one.rule, ''))}".rstrip() + "\n")
        lines += [f"- Suggestion: {escaped(one.suggestion)}\n"] if one.suggestion else []
        lines += [f"- Source: {escaped(cited.title)} {_address(cited.url)}".rstrip() + "\n" for cited in one.citations]
    return f"<details><summary>Why, and who says so</summary>\n{''.join(lines)}\n</details>\n"


def _worst_first(report: Report) -> list[Finding]:
    findings = [finding for result in report.results for finding in result.findings]
    return sorted(findings, key=lambda one: one.severity.rank)


def _code(text: str) -> str:
    """Text in a fixed width that ends where it should, whatever stands in it."""
    return f"<code>{escaped(text)}</code>"


def _address(url: str) -> str:
    return f"<{url}>" if _ADDRESS.fullmatch(url) else escaped(url)
