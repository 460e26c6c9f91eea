"""What the inventory as a sheet promises: a row for each wording, cells that are no formulas, filters, a header."""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from claimcheck.api import Options, check_paths, render_claims
from claimcheck.engine.linter import Linter
from claimcheck.errors import ClaimcheckError
from claimcheck.model import Report
from claimcheck.reporters.sheet import MOST_CHARACTERS, Row, cut, rows

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def site(linter: Linter) -> Report:
    """Two drafts, of which one says that results vary."""
    drafts = {"a.txt": "Our serum Smooths  fine lines.\n", "b.txt": "It smooths fine lines. Results vary.\n"}
    options = Options(on="2026-11-22", subject="cosmetic", inventory=True)
    results = [
        check_paths(["-"], replace(options, stdin_filename=name), linter=linter, stdin=io.BytesIO(text.encode()))
        for name, text in drafts.items()
    ]
    return replace(results[0], results=tuple(one.results[0] for one in results))


def strings(data: bytes, part: str) -> list[list[str]]:
    """The cells of a sheet as a reader of the format finds them."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        shared = [
            "".join(text.text or "" for text in one.iter(f"{SHEET}t"))
            for one in ET.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314  # our own
        ]
        sheet = ET.fromstring(book.read(part))  # noqa: S314  # our own
    return [
        [shared[int(value)] if cell.get("t") == "s" else value for cell in row if (value := cell.findtext(f"{SHEET}v"))]
        for row in sheet.iter(f"{SHEET}row")
    ]


def test_a_wording_has_one_row_with_all_its_places(site: Report) -> None:
    assert rows(site) == [
        Row(
            text="Smooths fine lines",
            kinds=("efficacy",),
            rules=("efficacy/wrinkles",),
            subjects=("cosmetic",),
            targets=("wrinkles",),
            status=("unqualified",),
            differs="1 unqualified, 1 qualified",
            qualifiers=("variability: “Results vary”",),
            places=("a.txt:1:11", "b.txt:1:4"),
        )
    ]


def test_no_cell_of_the_csv_is_a_formula(report: Report) -> None:
    page = report.results[-1]
    claims = tuple(replace(one, claim=replace(one.claim, text='=HYPERLINK("http://x")')) for one in page.claims)
    told = render_claims(replace(report, results=(replace(page, claims=claims),)), "csv")
    assert [row[0] for row in csv.reader(io.StringIO(told))][1:] == ['\'=HYPERLINK("http://x")']


def test_what_could_not_be_checked_stands_in_the_csv(report: Report) -> None:
    table = list(csv.DictReader(io.StringIO(render_claims(report, "csv"))))
    assert [(row["claim"], row["places"]) for row in table if row["kind"] == "not checked"] == [
        ("byte 7 (0xFF) is not UTF-8", "broken.md:2")
    ]


def test_the_workbook_holds_the_rows(site: Report) -> None:
    pytest.importorskip("xlsxwriter")
    head, row = strings(render_claims(site, "xlsx"), "xl/worksheets/sheet1.xml")
    assert (head[:3], row[:3], row[-3:]) == (
        ["claim", "kind", "subject"],
        ["Smooths fine lines", "efficacy", "cosmetic"],
        ["2", "a.txt:1:11; b.txt:1:4", "efficacy/wrinkles"],
    )


def test_the_workbook_has_filters_a_fixed_header_and_neither_formulas_nor_links(report: Report) -> None:
    pytest.importorskip("xlsxwriter")
    page = report.results[-1]
    claims = tuple(replace(one, claim=replace(one.claim, text="=1+1 http://x.example")) for one in page.claims)
    data = render_claims(replace(report, results=(replace(page, claims=claims),)), "xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    found = ["<autoFilter", 'state="frozen"', "customWidth", "<f>", "<hyperlink"]
    assert [name in sheet for name in found] == [True, True, True, False, False]


def test_the_same_report_is_the_same_workbook(report: Report) -> None:
    pytest.importorskip("xlsxwriter")
    assert render_claims(report, "xlsx") == render_claims(report, "xlsx")


def test_a_missing_extra_is_named(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(ClaimcheckError, match=r"claimcheck-lint\[xlsx\]"):
        render_claims(report, "xlsx")


def test_a_cell_ends_before_a_spreadsheet_cuts_it() -> None:
    told = cut(["x" * 999] * 100)
    assert (len(told) <= MOST_CHARACTERS + 20, told.endswith("; and 69 more")) == (True, True)


def test_an_empty_inventory_says_that_nothing_was_found(clean_report: Report) -> None:
    assert "<p>No claim was found.</p>" in render_claims(clean_report, "html")
