"""What both JSON reports have in common."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from claimcheck.model import Report, Spot
from claimcheck.reporters.wording import checked, totals


def envelope(report: Report, name: str) -> dict[str, Any]:
    """Who made the report, when, by what, and what could not be checked."""
    return {
        "schema": f"claimcheck/{name}@1",
        "tool": {"name": "claimcheck", "version": report.version, "rules_hash": report.rules_hash},
        "on": report.on,
        "policies": list(report.policies),
        "files": checked(report),
        "skipped": [{"path": one.path, "reason": one.skipped} for one in report.results if one.skipped],
        "failures": [
            {"path": failure.path, **({"line": failure.line} if failure.line else {}), "message": failure.message}
            for result in report.results
            for failure in result.failures
        ],
        "summary": totals(report),
    }


def interval(spot: Spot) -> dict[str, Any]:
    """``{"path", "start", "end"}``."""
    return {"path": spot.path, "start": asdict(spot.start), "end": asdict(spot.end)}


def dismissed(report: Report) -> list[dict[str, Any]]:
    """The dismissed claims, with the reason and the words that gave it."""
    return [
        {**interval(spot), "text": one.claim.text, "kind": one.claim.kinds[0], "kinds": list(one.claim.kinds),
         "rule": one.claim.rule, "reason": one.reason, "context": one.rule, "words": one.cue}
        for result in report.results
        for spot, one in result.dismissed
    ]  # fmt: skip
