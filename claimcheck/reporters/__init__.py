"""Reports: each format is one module with ``render(report, settings) -> str``; this is the table of them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from claimcheck.model import Report
from claimcheck.names import known

CHECK_FORMATS = {
    "text": "claimcheck.reporters.text",
    "full": "claimcheck.reporters.full",
    "concise": "claimcheck.reporters.concise",
    "json": "claimcheck.reporters.json_check",
}
CLAIMS_FORMATS = {"text": "claimcheck.reporters.inventory", "json": "claimcheck.reporters.json_claims"}

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
    """

    color: bool = False
    show_dismissed: bool = False
    statistics: bool = False


def render(report: Report, format: str, settings: Settings, *, formats: dict[str, str]) -> str:
    """
    The report as text, ending in a newline; empty when there is nothing to say.

    Raises:
        UsageError: If there is no such format.
    """
    module = formats[known("format", format, formats)]
    # Most runs find nothing; then a report for people is not even imported.
    if module in _SILENT and not any(result.findings or result.claims or result.dismissed for result in report.results):
        return ""
    text: str = import_module(module).render(report, settings)
    return text
