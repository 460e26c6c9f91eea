"""
``--format rdjsonl``: for reviewdog, a diagnostic a line.

Its columns count bytes of UTF-8 from 1. Source: Reviewdog Diagnostic Format (``reviewdog.proto``, package
``reviewdog.rdf``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from claimcheck.model import Failure, Finding, Position, Report, Severity, Spot
from claimcheck.reporters import Settings
from claimcheck.reporters.wording import distance, flat, made_by, told

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}


def render(report: Report, _settings: Settings) -> str:
    """See ``claimcheck.reporters.render``."""
    origin = made_by(report)
    entries: list[dict[str, Any]] = []
    for result in report.results:
        lines = dict(result.lines)
        entries += (_failure(failure) for failure in result.failures)
        entries += (_finding(finding, lines) for finding in result.findings)
    return "".join(
        json.dumps({**entry, "source": {"name": "claimcheck"}, "original_output": origin}) + "\n" for entry in entries
    )


def _finding(finding: Finding, lines: Mapping[int, str]) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "message": "\n".join(told(finding)),
        "location": _location(finding.spot, lines),
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.rule},
    }
    if finding.too_far:
        entry["related_locations"] = [
            {
                "message": f"Too far away: {distance(one, finding)}",
                "location": _location(one.spot, lines),
            }
            for one in finding.too_far
        ]
    return entry


def _failure(failure: Failure) -> dict[str, Any]:
    location: dict[str, Any] = {"path": failure.path}
    if failure.line:
        location["range"] = {"start": {"line": failure.line}}
    return {
        "message": f"Not checked: {flat(failure.message)}",
        "location": location,
        "severity": "ERROR",
        "code": {"value": "not-checked"},
    }


def _location(spot: Spot, lines: Mapping[int, str]) -> dict[str, Any]:
    return {"path": spot.path, "range": {"start": _at(spot.start, lines), "end": _at(spot.end, lines)}}


def _at(at: Position, lines: Mapping[int, str]) -> dict[str, int]:
    line = lines.get(at.line)
    if line is None:
        return {"line": at.line}
    return {"line": at.line, "column": len(line[: at.column - 1].encode("utf-8", "surrogatepass")) + 1}
