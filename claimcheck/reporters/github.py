"""
``--format github``: annotations on the changed lines of a pull request.

GitHub shows ten errors, ten warnings and ten notices a step; the log holds them all. Source: "Workflow commands for
GitHub Actions" in GitHub's documentation.
"""

from __future__ import annotations

from claimcheck.model import Failure, Finding, Report, Severity
from claimcheck.reporters import Settings
from claimcheck.reporters.wording import flat, made_by, told

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_IN_TEXT = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(report: Report, _settings: Settings) -> str:
    """See ``claimcheck.reporters.render``."""
    lines = [f"::debug::{made_by(report).translate(_IN_TEXT)}"]
    for result in report.results:
        lines += (_failure(failure) for failure in result.failures)
        lines += (_finding(finding, report) for finding in result.findings)
    return "".join(f"{line}\n" for line in lines)


def _finding(finding: Finding, report: Report) -> str:
    spot = finding.spot
    properties: dict[str, str | int] = {"file": spot.path, "line": spot.start.line, "endLine": spot.end.line}
    if spot.start.line == spot.end.line:
        # Columns make no sense to it when an annotation spans lines.
        properties |= {"col": spot.start.column, "endColumn": spot.end.column}
    policy = f" ({finding.policy})" if len(report.policies) > 1 else ""
    return _command(
        _COMMANDS[finding.severity],
        {**properties, "title": f"claimcheck {finding.rule}{policy}"},
        "\n".join(told(finding)),
    )


def _failure(failure: Failure) -> str:
    properties: dict[str, str | int] = {"file": failure.path}
    if failure.line:
        properties["line"] = failure.line
    if failure.column:
        properties["col"] = failure.column
    return _command("error", {**properties, "title": "claimcheck: not checked"}, flat(failure.message))


def _command(name: str, properties: dict[str, str | int], text: str) -> str:
    listed = ",".join(f"{key}={str(value).translate(_IN_PROPERTY)}" for key, value in properties.items())
    return f"::{name} {listed}::{text.translate(_IN_TEXT)}"
