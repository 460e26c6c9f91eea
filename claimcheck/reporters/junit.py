"""
``--format junit``: a test report, for CI services that show nothing else.

Every file is a suite. A finding that counts (``--fail-on``) is a failed test, another one a passed test that says what
it found. Source: the XML that Apache Ant's JUnit task writes, as Jenkins, GitLab and Azure DevOps read it.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from claimcheck.model import FileResult, Finding, Report, Severity
from claimcheck.reporters import Settings
from claimcheck.reporters.wording import checked, flat, made_by, place, told

# What no XML document may hold, however it is written.
_IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report, settings: Settings) -> str:
    """See ``claimcheck.reporters.render``."""
    failing = frozenset(one for one in Severity if one.rank <= settings.fail_on.rank)
    suites = [_suite(result, failing) for result in report.results]
    tests = sum(max(1, len(result.findings) + len(result.failures)) for result in report.results)
    failures = sum(one.severity in failing for result in report.results for one in result.findings)
    errors = sum(len(result.failures) for result in report.results)
    skipped = sum(bool(result.skipped) for result in report.results)
    counts = f'tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}"'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="claimcheck" {counts}>\n'
        f"<!-- {escape(made_by(report)).replace('--', '- -')}; {checked(report)} checked -->\n"
        f"{''.join(suites)}</testsuites>\n"
    )


def _suite(result: FileResult, failing: frozenset[Severity]) -> str:
    cases = [_error(result.path, one.message) for one in result.failures]
    cases += [_case(one, failing) for one in result.findings]
    if result.skipped:
        cases.append(_written(result.path, "checked", f"<skipped message={_attribute(result.skipped)}/>"))
    failures = sum(one.severity in failing for one in result.findings)
    counts = (
        f'tests="{max(1, len(cases))}" failures="{failures}" errors="{len(result.failures)}" '
        f'skipped="{int(bool(result.skipped))}"'
    )
    cases = cases or [_written(result.path, "nothing found", "")]
    return f"<testsuite name={_attribute(result.path)} {counts}>\n{''.join(cases)}</testsuite>\n"


def _case(finding: Finding, failing: frozenset[Severity]) -> str:
    body = escape(_possible("\n".join([place(finding.spot), *told(finding)])))
    if finding.severity in failing:
        kind = _attribute(f"{finding.policy} {finding.severity.value}")
        inner = f"<failure message={_attribute(flat(finding.message))} type={kind}>{body}</failure>"
    else:
        inner = f"<system-out>{finding.severity.value}: {body}</system-out>"
    name = f"{finding.rule} line {finding.spot.start.line} column {finding.spot.start.column} {finding.policy}"
    return _written(finding.spot.path, name, inner)


def _error(path: str, message: str) -> str:
    return _written(path, "checked", f'<error message={_attribute(flat(message))} type="not checked"/>')


def _written(path: str, name: str, inner: str) -> str:
    return (
        f"<testcase classname={_attribute(path)} name={_attribute(name)} file={_attribute(path)}>{inner}</testcase>\n"
    )


def _attribute(text: str) -> str:
    return quoteattr(_possible(text))


def _possible(text: str) -> str:
    return _IMPOSSIBLE.sub("\ufffd", text)
