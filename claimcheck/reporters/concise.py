"""One line for each finding: ``path:line:column: severity rule message``."""

from __future__ import annotations

from claimcheck.model import Report
from claimcheck.reporters import Settings
from claimcheck.reporters.wording import address, colored, dismissals, flat, lacks, statistics


def render(report: Report, settings: Settings) -> str:
    """See ``claimcheck.reporters.render``."""
    lines = []
    for result in report.results:
        for finding in result.findings:
            severity = colored(finding.severity, finding.severity.value, color=settings.color)
            policy = f" [{finding.policy}]" if len(report.policies) > 1 else ""
            why = lacks(finding)
            message = flat(finding.message) + (f" ({why})" if why else "")
            page = f" on page {finding.spot.start.page}:" if finding.spot.start.page else ""
            lines.append(f"{address(finding.spot)}: {severity} {finding.rule}{policy}{page} {message}\n")
        if settings.show_dismissed:
            lines.append(dismissals(result))
    return "".join(lines) + (statistics(report) if settings.statistics else "")
