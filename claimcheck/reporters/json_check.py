"""``claimcheck check --format json``; its schema is ``check.schema.json`` beside this, its meaning docs/json.md."""

from __future__ import annotations

from typing import Any

from claimcheck.model import Finding, Provided, Remedy, Report
from claimcheck.reporters import Settings
from claimcheck.reporters.envelope import dismissed, envelope, interval, position, witness, written


def render(report: Report, settings: Settings) -> str:
    """See ``claimcheck.reporters.render``."""
    return written(check_report(report, settings))


def check_report(report: Report, settings: Settings) -> dict[str, Any]:
    """The report as ``check.schema.json`` describes it."""
    data = envelope(report, "check")
    data["findings"] = [_finding(one) for result in report.results for one in result.findings]
    data["remedies"] = [_remedy(one) for result in report.results for one in result.remedies]
    if settings.show_dismissed:
        data["dismissed"] = dismissed(report)
    return data


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "policy": finding.policy,
        "severity": finding.severity.value,
        "prohibited": finding.prohibited,
        **interval(finding.spot),
        "also_at": [interval(spot) for spot in finding.also_at],
        "kind": finding.kind,
        "kinds": list(finding.kinds),
        "subject": finding.subject,
        "text": finding.text,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "remedy": finding.remedy or None,
        "missing": list(finding.missing),
        "too_far": [witness(one, path=True) for one in finding.too_far],
        **({"beside": list(finding.beside)} if finding.beside else {}),
        **({"provided": [_provided(one) for one in finding.provided]} if finding.provided else {}),
        "present": [witness(one, path=False) for one in finding.present],
        "citations": [{"id": one.id, "title": one.title, "url": one.url} for one in finding.citations],
        "fingerprint": finding.fingerprint,
    }


def _provided(one: Provided) -> dict[str, str]:
    return {"kind": one.kind, "where": one.where}


def _remedy(remedy: Remedy) -> dict[str, Any]:
    return {
        "id": remedy.id,
        "policy": remedy.policy,
        "path": remedy.path,
        "section": {"title": remedy.title, "start": position(remedy.start), "end": position(remedy.end)},
        "kinds": list(remedy.kinds),
        "suggestion": remedy.suggestion,
        "clears": list(remedy.clears),
    }
