"""
``--format sarif``: for code scanning of GitHub, Azure DevOps and editors.

Source: Static Analysis Results Interchange Format (SARIF) 2.1.0, an OASIS standard.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from claimcheck.model import Failure, Finding, Report, Severity, Spot
from claimcheck.reporters import Settings
from claimcheck.reporters.envelope import written
from claimcheck.reporters.wording import distance, flat, told

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_BASE = "SRCROOT"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
FINGERPRINT = "claimcheck/v1"


def render(report: Report, _settings: Settings) -> str:
    """See ``claimcheck.reporters.render``."""
    numbers = {rule.id: number for number, rule in enumerate(report.rules)}
    findings = [finding for result in report.results for finding in result.findings]
    failures = [failure for result in report.results for failure in result.failures]
    run = {
        "tool": {"driver": _driver(report, findings)},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BASE: {"description": {"text": "The folder in which claimcheck was run."}}},
        "invocations": [
            {
                "executionSuccessful": not failures,
                "toolExecutionNotifications": [_notification(failure) for failure in failures],
            }
        ],
        "properties": {"policies": list(report.policies), "on": report.on, "rulesHash": report.rules_hash},
        "results": [_result(finding, numbers[finding.rule], report) for finding in findings],
    }
    return written({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _driver(report: Report, findings: list[Finding]) -> dict[str, Any]:
    worst: dict[str, Severity] = {}
    for finding in findings:
        worst[finding.rule] = min(worst.get(finding.rule, finding.severity), finding.severity, key=lambda one: one.rank)
    return {
        "name": "claimcheck",
        "version": report.version,
        "semanticVersion": report.version,
        "rules": [
            {
                "id": rule.id,
                "shortDescription": {"text": f"A claim that {rule.title}"},
                "fullDescription": {"text": flat(rule.why) or f"A claim that {rule.title}"},
                "help": {"text": _help(rule.id, rule.why)},
                "defaultConfiguration": {"level": _LEVELS[worst[rule.id]]},
                "properties": {
                    "precision": "medium" if rule.preview else "high",
                    "problem.severity": {"note": "recommendation"}.get(worst[rule.id].value, worst[rule.id].value),
                    "tags": [rule.id.partition("/")[0]],
                },
            }
            for rule in report.rules
        ],
    }


def _help(rule: str, why: str) -> str:
    return " ".join([*([flat(why)] if why else []), f"'claimcheck explain {rule}' says what helps, and who says so."])


def _result(finding: Finding, number: int, report: Report) -> dict[str, Any]:
    sources = [f"Source: {flat(f'{one.title} {one.url}')}" for one in finding.citations]
    return {
        "ruleId": finding.rule,
        "ruleIndex": number,
        "level": _LEVELS[finding.severity],
        "message": {"text": "\n".join([*told(finding), *sources])},
        "locations": [_location(spot) for spot in (finding.spot, *finding.also_at)][:1],
        **_related(finding),
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "properties": {
            "policy": finding.policy,
            "kind": finding.kind,
            "subject": finding.subject,
            "missing": list(finding.missing),
            "prohibited": finding.prohibited,
            "tags": [finding.kind, *([finding.policy] if len(report.policies) > 1 else [])],
        },
    }


def _related(finding: Finding) -> dict[str, Any]:
    """The qualifiers that stand too far away, and where else the claim stands."""
    places = [
        *((one.spot, f"Too far away: {distance(one, finding)}") for one in finding.too_far),
        *((spot, "The same words, with the same verdict") for spot in finding.also_at),
    ]
    if not places:
        return {}
    return {
        "relatedLocations": [
            {"id": number, **_location(spot), "message": {"text": text}} for number, (spot, text) in enumerate(places)
        ]
    }


def _location(spot: Spot) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": _artifact(spot.path),
            "region": {
                "startLine": spot.start.line,
                "startColumn": spot.start.column,
                "endLine": spot.end.line,
                "endColumn": spot.end.column,
                "charOffset": spot.start.offset,
                "charLength": spot.end.offset - spot.start.offset,
            },
        }
    }


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path, errors="replace"), "uriBaseId": _BASE}


def _notification(failure: Failure) -> dict[str, Any]:
    region = {"startLine": failure.line} if failure.line else {}
    if region and failure.column:
        region["startColumn"] = failure.column
    place: dict[str, Any] = {"artifactLocation": _artifact(failure.path), **({"region": region} if region else {})}
    return {
        "level": "error",
        "message": {"text": f"Not checked: {flat(failure.message)}"},
        "locations": [{"physicalLocation": place}],
    }
