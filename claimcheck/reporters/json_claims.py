"""``claimcheck claims --format json``; its schema is ``claims.schema.json`` beside this, its meaning docs/json.md."""

from __future__ import annotations

from typing import Any

from claimcheck.model import Inventoried, Report
from claimcheck.reporters import Settings
from claimcheck.reporters.envelope import dismissed, envelope, interval, witness, written


def render(report: Report, settings: Settings) -> str:
    """See ``claimcheck.reporters.render``."""
    data = envelope(report, "claims")
    data["claims"] = [_claim(one) for result in report.results for one in result.claims]
    data["qualifiers"] = [
        {**interval(spot), "text": one.text, "kind": one.kind}
        for result in report.results
        for spot, one in result.qualifiers
    ]
    if settings.show_dismissed:
        data["dismissed"] = dismissed(report)
    return written(data)


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
        "qualifiers": [witness(near, path=False) for near in one.qualifiers],
    }
