"""``claimcheck claims --format json``; its schema is claimcheck/reporters/claims.schema.json."""

from __future__ import annotations

import json
from typing import Any

from claimcheck.model import Inventoried, Report
from claimcheck.reporters import Settings
from claimcheck.reporters.envelope import dismissed, envelope, interval


def render(report: Report, settings: Settings) -> str:
    """See ``claimcheck.reporters.render``."""
    data = envelope(report, "claims")
    data["claims"] = [_claim(one) for result in report.results for one in result.claims]
    data["qualifiers"] = [
        {**interval(spot), "text": one.text, "kind": one.kind} for result in report.results for spot, one in result.qualifiers
    ]
    if settings.show_dismissed:
        data["dismissed"] = dismissed(report)
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _claim(one: Inventoried) -> dict[str, Any]:
    claim = one.claim
    return {
        **interval(one.spot),
        "text": claim.text,
        "kind": claim.kinds[0],
        "kinds": list(claim.kinds),
        "rule": claim.rule,
        "subject": claim.subject,
        "status": dict(one.status),
        "qualifiers": [
            {"kind": w.kind, **{k: v for k, v in interval(w.spot).items() if k != "path"}, "text": w.text, "scope": w.scope.value}
            for w in one.qualifiers
        ],
    }
