"""``claimcheck check --format json``; its schema is claimcheck/reporters/check.schema.json."""

from __future__ import annotations

import json
from typing import Any

from claimcheck.model import Finding, Remedy, Report, Spot, Witness
from claimcheck.reporters import Settings
from claimcheck.reporters.envelope import dismissed, envelope, interval


def render(report: Report, settings: Settings) -> str:
    """See ``claimcheck.reporters.render``."""
    data = envelope(report, "check")
    data["findings"] = [_finding(one) for result in report.results for one in result.findings]
    data["remedies"] = [_remedy(one) for result in report.results for one in result.remedies]
    if settings.show_dismissed:
        data["dismissed"] = dismissed(report)
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    data: dict[str, Any] = {
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
    }
    if finding.remedy:
        data["remedy"] = finding.remedy
    return data | {
        "missing": list(finding.missing),
        "too_far": [_witness(one, one.spot) for one in finding.too_far],
        "present": [_witness(one, None) for one in finding.present],
        "citations": [{"id": one.id, "title": one.title, "url": one.url} for one in finding.citations],
        "fingerprint": finding.fingerprint,
    }


def _witness(witness: Witness, with_path: Spot | None) -> dict[str, Any]:
    place = interval(witness.spot)
    if with_path is None:
        del place["path"]
    return {"kind": witness.kind, **place, "text": witness.text, "scope": witness.scope.value}


def _remedy(remedy: Remedy) -> dict[str, Any]:
    place = interval(Spot(remedy.path, remedy.start, remedy.end))
    return {
        "id": remedy.id,
        "policy": remedy.policy,
        "path": remedy.path,
        "section": {"title": remedy.title, "start": place["start"], "end": place["end"]},
        "kinds": list(remedy.kinds),
        "suggestion": remedy.suggestion,
        "clears": list(remedy.clears),
    }
