"""Every claim, one a line, with its standing under each policy."""

from __future__ import annotations

from claimcheck.model import Report
from claimcheck.reporters import Settings
from claimcheck.reporters.wording import counted, dismissals, place, quoted, totals


def render(report: Report, settings: Settings) -> str:
    """See ``claimcheck.reporters.render``."""
    text = ""
    for result in report.results:
        for one in result.claims:
            status = ", ".join(
                value if len(one.status) == 1 else f"{policy}: {value}" for policy, value in one.status
            )
            text += f"{place(one.spot)}: {quoted(one.claim.text)} {one.claim.rule} ({one.claim.subject}): {status}\n"
        if settings.show_dismissed:
            text += dismissals(result)
    claims = totals(report)["claims"]
    return text + (f"{counted(claims, 'claim')}\n" if claims else "")
