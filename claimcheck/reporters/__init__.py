"""Reports: each format is one module with ``render(report, settings)`` for its text, or bytes; these are the tables."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from claimcheck.model import Report, Severity
from claimcheck.names import known

CHECK_FORMATS = {
    "text": "claimcheck.reporters.text",
    "full": "claimcheck.reporters.full",
    "concise": "claimcheck.reporters.concise",
    "json": "claimcheck.reporters.json_check",
    "jsonl": "claimcheck.reporters.jsonl",
    "markdown": "claimcheck.reporters.markdown",
    "csv": "claimcheck.reporters.csv",
    "html": "claimcheck.reporters.html",
    "sarif": "claimcheck.reporters.sarif",
    "github": "claimcheck.reporters.github",
    "gitlab": "claimcheck.reporters.gitlab",
    "junit": "claimcheck.reporters.junit",
    "rdjsonl": "claimcheck.reporters.rdjsonl",
}
CLAIMS_FORMATS = {
    "text": "claimcheck.reporters.inventory",
    "json": "claimcheck.reporters.json_claims",
    "csv": "claimcheck.reporters.claims_csv",
    "html": "claimcheck.reporters.claims_html",
    "xlsx": "claimcheck.reporters.claims_xlsx",
}

BINARY = frozenset({"xlsx"})
"""Formats that are bytes, no text."""

DISMISSALS = frozenset({"text", "full", "concise", "json", "jsonl", "html"})
"""Formats of ``check`` that can list claims that their context takes back."""

CLAIMS_DISMISSALS = frozenset({"text", "json"})
"""Formats of ``claims`` that can."""

STATISTICS = frozenset({"text", "full", "concise", "markdown"})
"""Formats of ``check`` that can count findings by rule."""

COPY = frozenset({"html"})
"""Formats of ``check`` that show the copy itself, which a run keeps only when it is told to."""

_MARKED = frozenset({"csv"})
"""Files of these endings begin with a byte order mark: without one Excel takes UTF-8 for something else."""

_SILENT = frozenset(CHECK_FORMATS[name] for name in ("text", "full", "concise"))
"""Of these modules a clean run asks nothing."""


@dataclass(frozen=True, slots=True)
class Settings:
    """
    How a report is to look.

    Args:
        color: Whether escape sequences for colour may be used.
        show_dismissed: Whether dismissed claims are listed.
        statistics: Whether the findings are counted by rule.
        fail_on: The least severity that makes the run fail.
    """

    color: bool = False
    show_dismissed: bool = False
    statistics: bool = False
    fail_on: Severity = Severity.ERROR


def render(report: Report, format: str, settings: Settings, *, formats: dict[str, str]) -> str:
    """
    The report as text, ending in a newline; empty when there is nothing to say. ``BINARY`` has another.

    Raises:
        UsageError: If there is no such format.
    """
    module = formats[known("format", format, formats)]
    # Most runs find nothing; then a report for people is not even imported.
    if module in _SILENT and not any(result.findings or result.claims or result.dismissed for result in report.results):
        return ""
    text: str = import_module(module).render(report, settings)
    return text


def encoded(text: str, ending: str) -> bytes:
    """
    A report as the bytes of a file whose name ends so, such as ``csv``.

    Of a name that cannot be written as UTF-8, what can be is better than nothing.
    """
    return ("\ufeff" + text if ending.lower() in _MARKED else text).encode("utf-8", "backslashreplace")


def render_binary(report: Report, format: str, settings: Settings, *, formats: dict[str, str]) -> bytes:
    """
    The report as the bytes of a file, in one of the formats in ``BINARY``.

    Raises:
        ClaimcheckError: If a package that writes it is not installed.
        UsageError: If there is no such format.
    """
    data: bytes = import_module(formats[known("format", format, BINARY)]).render(report, settings)
    return data
