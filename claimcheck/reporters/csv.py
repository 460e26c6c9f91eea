"""``--format csv``: a row for each finding, for spreadsheets. No cell of it can be a formula."""

from __future__ import annotations

import csv
import io

from claimcheck.model import Failure, Finding, Report
from claimcheck.reporters import Settings
from claimcheck.reporters.wording import flat, in_order, made_by

COLUMNS = (
    "path", "line", "column", "severity", "rule", "kind", "subject", "policy", "text", "message", "missing", "too far",
    "suggestion", "sources", "fingerprint", "made by",
)  # fmt: skip
# A spreadsheet takes what begins so for a formula; an apostrophe before it makes it text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(report: Report, _settings: Settings) -> str:
    """See ``claimcheck.reporters.render``."""
    origin = made_by(report)
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    for result in report.results:
        writer.writerows(_row(failure, origin) for failure in result.failures)
        writer.writerows(_finding(finding, origin) for finding in result.findings)
    return table.getvalue()


def cell(value: object) -> str:
    """A value as a cell that no spreadsheet takes for a formula."""
    text = flat(str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text


def _finding(finding: Finding, origin: str) -> list[str]:
    start = finding.spot.start
    return [
        cell(value)
        for value in (
            finding.spot.path,
            start.line,
            start.column,
            finding.severity.value,
            finding.rule,
            finding.kind,
            finding.subject,
            finding.policy,
            finding.text,
            finding.message,
            ", ".join(in_order(finding.missing)),
            ", ".join(
                [
                    *(f"{one.kind} (line {one.spot.start.line})" for one in finding.too_far),
                    *(f"{one.kind} ({one.where})" for one in finding.provided),
                ]
            ),
            finding.suggestion,
            "; ".join(f"{one.title} {one.url}".strip() for one in finding.citations),
            finding.fingerprint,
            origin,
        )
    ]


def _row(failure: Failure, origin: str) -> list[str]:
    row = dict.fromkeys(COLUMNS, "")
    row |= {
        "path": cell(failure.path),
        "line": str(failure.line or ""),
        "column": str(failure.column or ""),
        "severity": "not checked",
        "message": cell(failure.message),
        "made by": cell(origin),
    }
    return list(row.values())
