"""What both JSON reports have in common."""

from __future__ import annotations

import json
from typing import Any

from claimcheck.model import Failure, Position, Report, Spot, Witness
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
        "failures": [_failure(failure) for result in report.results for failure in result.failures],
        "summary": totals(report),
    }


def _failure(one: Failure) -> dict[str, Any]:
    place = {"line": one.line, "column": one.column}
    return {"path": one.path, **{key: number for key, number in place.items() if number}, "message": one.message}


def position(at: Position) -> dict[str, int]:
    """``{"line", "column", "offset"}``, and ``page`` if there are any."""
    page = {"page": at.page} if at.page else {}
    return {"line": at.line, "column": at.column, "offset": at.offset, **page}


def interval(spot: Spot) -> dict[str, Any]:
    """``{"path", "start", "end"}``."""
    return {"path": spot.path, "start": position(spot.start), "end": position(spot.end)}


def witness(one: Witness, *, path: bool) -> dict[str, Any]:
    """A qualifier that is near enough, or too far away; without its path where it stands in the claim's own file."""
    place = interval(one.spot)
    if not path:
        del place["path"]
    return {"kind": one.kind, **place, "text": one.text, "scope": one.scope.value}


def dismissed(report: Report) -> list[dict[str, Any]]:
    """The dismissed claims, with the reason and the words that gave it."""
    return [
        {
            **interval(spot),
            "text": one.claim.text,
            "kind": one.claim.kinds[0],
            "kinds": list(one.claim.kinds),
            "rule": one.claim.rule,
            "reason": one.reason,
            "context": one.rule,
            "words": one.cue,
        }
        for result in report.results
        for spot, one in result.dismissed
    ]


def written(data: Any) -> str:
    """JSON, a value a line."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
