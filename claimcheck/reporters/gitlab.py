"""
``--format gitlab``: GitLab's code quality report.

Source: "Code Quality", section "Code Quality report format", in GitLab's documentation.
"""

from __future__ import annotations

import hashlib
from typing import Any

from claimcheck.model import Failure, Finding, Report, Severity
from claimcheck.reporters import Settings
from claimcheck.reporters.envelope import written
from claimcheck.reporters.wording import flat, lacks, made_by

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(report: Report, _settings: Settings) -> str:
    """See ``claimcheck.reporters.render``."""
    engine = made_by(report)
    entries = [
        {**entry, "engine_name": engine}
        for result in report.results
        for entry in (*map(_failure, result.failures), *map(_finding, result.findings))
    ]
    return written(entries)


def _finding(finding: Finding) -> dict[str, Any]:
    why = lacks(finding)
    return {
        "type": "issue",
        "check_name": finding.rule,
        "description": flat(finding.message) + (f" ({why})" if why else ""),
        "content": {"body": flat(finding.suggestion)},
        "categories": ["Compatibility"],
        "severity": _SEVERITIES[finding.severity],
        "fingerprint": finding.fingerprint,
        "location": {
            "path": finding.spot.path,
            "lines": {"begin": finding.spot.start.line, "end": finding.spot.end.line},
        },
    }


def _failure(failure: Failure) -> dict[str, Any]:
    line = failure.line or 1
    return {
        "type": "issue",
        "check_name": "not-checked",
        "description": f"Not checked: {flat(failure.message)}",
        "categories": ["Bug Risk"],
        "severity": "critical",
        "fingerprint": hashlib.sha256(f"{failure.path}\0{failure.message}".encode("utf-8", "replace")).hexdigest()[:16],
        "location": {"path": failure.path, "lines": {"begin": line, "end": line}},
    }
