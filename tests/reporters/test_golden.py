"""Every reporter, its whole output, from one canonical report."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from claimcheck.model import Report
from claimcheck.reporters import BINARY, CHECK_FORMATS, CLAIMS_FORMATS, Settings, render

Golden = Callable[[str, str], None]


@pytest.mark.parametrize("format", CHECK_FORMATS)
def test_a_report_looks_as_it_is_documented(format: str, report: Report, golden: Golden) -> None:
    golden(f"check.{format}", render(report, format, Settings(), formats=CHECK_FORMATS))


@pytest.mark.parametrize("format", CHECK_FORMATS)
def test_colours_dismissed_claims_and_statistics_can_be_asked_for(format: str, report: Report, golden: Golden) -> None:
    settings = Settings(color=True, show_dismissed=True, statistics=True)
    golden(f"check-all.{format}", render(report, format, settings, formats=CHECK_FORMATS))


@pytest.mark.parametrize("format", ["text", "full", "concise"])
def test_policies_that_say_the_same_are_told_of_together(
    format: str, report_of_two_policies: Report, golden: Golden
) -> None:
    golden(f"check-two-policies.{format}", render(report_of_two_policies, format, Settings(), formats=CHECK_FORMATS))


@pytest.mark.parametrize("format", [name for name in CLAIMS_FORMATS if name not in BINARY])
def test_an_inventory_looks_as_it_is_documented(format: str, report: Report, golden: Golden) -> None:
    golden(f"claims.{format}", render(report, format, Settings(show_dismissed=True), formats=CLAIMS_FORMATS))


@pytest.mark.parametrize("format", ["text", "full", "concise"])
def test_a_report_for_people_of_a_clean_run_is_empty(format: str, clean_report: Report) -> None:
    settings = Settings(show_dismissed=True, statistics=True)
    assert render(clean_report, format, settings, formats=CHECK_FORMATS) == ""


@pytest.mark.parametrize("format", CHECK_FORMATS)
def test_only_colours_put_control_characters_into_a_report(format: str, report: Report) -> None:
    text = render(report, format, Settings(show_dismissed=True, statistics=True), formats=CHECK_FORMATS)
    assert [c for c in text if c < " " and c != "\n"] == []
