"""Every claim with its standing under each policy and every qualifier, one a line, in the order of the file."""

from __future__ import annotations

from claimcheck.model import FileResult, Inventoried, Report
from claimcheck.reporters import Settings
from claimcheck.reporters.wording import checked, counted, dismissals, place, quoted, totals


def render(report: Report, settings: Settings) -> str:
    """See ``claimcheck.reporters.render``."""
    text = ""
    for result in report.results:
        text += _file(result)
        if settings.show_dismissed:
            text += dismissals(result)
    claims, qualifiers = totals(report)["claims"], sum(len(result.qualifiers) for result in report.results)
    files = checked(report)
    if not files:
        return text
    return f"{text}{counted(claims, 'claim')}, {counted(qualifiers, 'qualifier')} in {counted(files, 'file')}\n"


def _file(result: FileResult) -> str:
    found = [(one.spot.start.offset, _claim(one)) for one in result.claims]
    for spot, one in result.qualifiers:
        found.append((spot.start.offset, f"{place(spot)}: qualifier {quoted(one.text)} {one.kind}\n"))
    return "".join(line for _, line in sorted(found, key=lambda pair: pair[0]))


def _claim(one: Inventoried) -> str:
    claim = one.claim
    status = ", ".join(value if len(one.status) == 1 else f"{policy}: {value}" for policy, value in one.status)
    return f"{place(one.spot)}: claim {quoted(claim.text)} {claim.rule}, {claim.subject}: {status}\n"
