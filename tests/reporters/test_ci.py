"""Reports for CI services, read by others than ourselves."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import junitparser
import pytest

from claimcheck.api import Options, check_paths, check_text, render
from claimcheck.model import Report, Severity
from claimcheck.reporters import CHECK_FORMATS, DISMISSALS, STATISTICS


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Report]:
    """The report on a page of this text, whose name has a space and a letter beyond ASCII."""
    monkeypatch.chdir(tmp_path)

    def check(text: str) -> Report:
        Path("a é.md").write_text(text, "utf-8")
        return check_paths(["a é.md"], Options(on="2026-11-22"))

    return check


def test_sarif_places_are_code_points_of_the_file(checked: Callable[[str], Report]) -> None:
    text = "😀 Our serum reduces scars.\n"

    run = json.loads(render(checked(text), "sarif"))["runs"][0]

    (result,) = run["results"]
    place = result["locations"][0]["physicalLocation"]
    start = place["region"]["charOffset"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert unquote(place["artifactLocation"]["uri"]) == "a é.md"
    assert text[start : start + place["region"]["charLength"]] == "reduces scars"
    assert (place["region"]["startLine"], place["region"]["startColumn"]) == (1, text.index("reduces") + 1)
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_names_the_qualifier_that_is_too_far_away(checked: Callable[[str], Report]) -> None:
    text = "# One\n\nOur serum reduces scars.\n\n# Two\n\nResults vary.\n"

    (result,) = json.loads(render(checked(text), "sarif"))["runs"][0]["results"]

    assert [
        (one["physicalLocation"]["region"]["startLine"], one["message"]["text"]) for one in result["relatedLocations"]
    ] == [(7, "Too far away: that results vary is said elsewhere in the document only")]


def test_sarif_says_that_a_run_with_failures_was_no_success(report: Report) -> None:
    (invocation,) = json.loads(render(report, "sarif"))["runs"][0]["invocations"]

    assert (invocation["executionSuccessful"], len(invocation["toolExecutionNotifications"])) == (False, 1)


def test_rdjsonl_columns_count_bytes_of_utf_8(checked: Callable[[str], Report]) -> None:
    text = "😀 é Our serum reduces scars.\n"

    (line,) = render(checked(text), "rdjsonl").splitlines()

    place = json.loads(line)["location"]["range"]
    columns = [place[end]["column"] - 1 for end in ("start", "end")]
    assert text.encode()[slice(*columns)] == b"reduces scars"


def test_rdjsonl_counts_bytes_on_the_last_line_of_a_claim_too(checked: Callable[[str], Report]) -> None:
    text = "Our serum reduces scars,\n😀😀 spots and wrinkles.\n"

    place = json.loads(render(checked(text), "rdjsonl").splitlines()[0])["location"]["range"]

    assert (place["end"]["line"], text.encode().splitlines()[1][: place["end"]["column"] - 1].decode()) == (
        2,
        "😀😀 spots and wrinkles",
    )


def test_annotations_for_github_stay_on_their_lines(report: Report) -> None:
    lines = render(report, "github").split("\n")[:-1]

    findings = sum(len(result.findings) + len(result.failures) for result in report.results)
    assert len(lines) == 1 + findings
    assert {line.split(" ")[0].split(":")[2] for line in lines} <= {"debug", "error", "warning", "notice"}


def test_code_quality_fingerprints_for_gitlab_are_unique_and_know_no_lines(checked: Callable[[str], Report]) -> None:
    page = "Our serum reduces scars.\n\n# Again\n\nOur serum reduces scars. It boosts collagen.\n"

    entries, moved = (json.loads(render(checked(text), "gitlab")) for text in (page, f"A line.\n\n{page}"))

    prints = [one["fingerprint"] for one in entries]
    assert len(prints) == len(set(prints))
    assert prints == [one["fingerprint"] for one in moved]
    assert {tuple(one["location"]) for one in entries} == {("path", "lines")}


@pytest.mark.parametrize(("fail_on", "failures"), [(Severity.ERROR, 9), (Severity.WARNING, 10), (Severity.NOTE, 11)])
def test_junit_fails_what_the_run_fails_on(fail_on: Severity, failures: int, report: Report, tmp_path: Path) -> None:
    (tmp_path / "report.xml").write_text(render(report, "junit", fail_on=fail_on), "utf-8")

    read = junitparser.JUnitXml.fromfile(os.fspath(tmp_path / "report.xml"))

    assert (read.tests, read.failures, read.errors, read.skipped) == (14, failures, 1, 1)
    results = [type(result) for suite in read for case in suite for result in case.result]
    assert results.count(junitparser.Failure) == failures


def test_no_cell_of_a_table_is_a_formula(checked: Callable[[str], Report]) -> None:
    report = checked("=cmd() reduces scars.\n\n+1 erases wrinkles.\n")
    risky = replace(report.results[0], findings=tuple(replace(one, text="=1+1") for one in report.results[0].findings))

    rows = list(csv.reader(io.StringIO(render(replace(report, results=(risky,)), "csv"))))

    assert [row[rows[0].index("text")] for row in rows[1:]] == ["'=1+1"] * len(risky.findings)


def test_a_comment_for_a_pull_request_holds_no_markup_of_the_copy(checked: Callable[[str], Report]) -> None:
    report = checked("[x](http://e.org) `Our` @team <img src=x> serum reduces\n| scars #12 and ![i](u) wrinkles.\n")

    comment = render(report, "markdown")

    assert not [sign for sign in ("@team", "<img", "![", "](", "#12", "`") if sign in comment]


def test_lines_of_json_hold_what_the_report_in_json_holds(report: Report) -> None:
    whole = json.loads(render(report, "json", show_dismissed=True))

    lines = [json.loads(line) for line in render(report, "jsonl", show_dismissed=True).splitlines()]

    kinds = {"finding": "findings", "remedy": "remedies", "dismissed": "dismissed"}
    again = {key: [] for key in kinds.values()} | {key: value for key, value in lines[0].items() if key != "type"}
    for line in lines[1:]:
        again[kinds[line.pop("type")]].append(line)
    assert again == whole


@pytest.mark.parametrize("format", sorted(set(CHECK_FORMATS) - {"text", "full", "concise"}))
def test_every_report_for_programs_says_by_what_it_was_made(format: str, report: Report) -> None:
    text = render(report, format)

    assert [word for word in ("1.2.3", "0123abcd", "caveats", "2026-11-22") if word not in text] == []


@pytest.mark.parametrize("format", CHECK_FORMATS)
def test_a_report_shows_what_the_tables_say_that_it_can(format: str, report: Report) -> None:
    plain = render(report, format)

    assert (render(report, format, show_dismissed=True) != plain) == (format in DISMISSALS)
    assert (render(report, format, statistics=True) != plain) == (format in STATISTICS)


def test_reports_agree_on_the_number_of_findings() -> None:
    result = check_text("Our serum reduces scars. It boosts collagen. Clinically proven.")
    report = Report("1", "2", "2026-11-22", ("caveats",), (result,))

    counts = {
        "json": len(json.loads(render(report, "json"))["findings"]),
        "gitlab": len(json.loads(render(report, "gitlab"))),
        "rdjsonl": len(render(report, "rdjsonl").splitlines()),
        "csv": len(render(report, "csv").splitlines()) - 1,
        "github": len(render(report, "github").splitlines()) - 1,
    }
    assert set(counts.values()) == {len(result.findings)}
