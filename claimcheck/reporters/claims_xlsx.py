"""``claimcheck claims --format xlsx``: the inventory as a workbook of Excel, with filters and a header that stays."""

from __future__ import annotations

import io
from datetime import datetime
from importlib import import_module
from typing import Any

from claimcheck.errors import ClaimcheckError
from claimcheck.model import Report
from claimcheck.reporters import Settings
from claimcheck.reporters.sheet import MOST_CHARACTERS, cells, columns, failures, rows
from claimcheck.reporters.wording import checked, flat, made_by

MOST_ROWS = 1_048_575
"""What a sheet holds below its header."""

_WIDTHS = {"claim": 50, "kind": 18, "subject": 14, "target": 18, "qualifiers": 45, "count": 8, "places": 60, "rule": 24}
_WIDTH = 16
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


def render(report: Report, _settings: Settings) -> bytes:
    """
    The bytes of a workbook with two sheets: the claims, and what they come from.

    Raises:
        ClaimcheckError: If the extra ``xlsx`` is not installed, or there are more claims than a sheet holds.
    """
    try:
        # Imported only when it is wanted; it is an extra, and has no types.
        xlsxwriter: Any = import_module("xlsxwriter")
    except ImportError:
        raise ClaimcheckError(
            "Excel is written with XlsxWriter, which is not installed", fix="Run: pip install 'claimcheck-lint[xlsx]'."
        ) from None
    found = [cells(row) for row in rows(report)]
    if len(found) > MOST_ROWS:
        raise ClaimcheckError(f"there are {len(found)} claims, more than a sheet holds", fix="Use --format csv.")
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, _PLAIN)
    # The day of the report: the same report is the same bytes.
    book.set_properties({"title": "Inventory of claims", "created": datetime.fromisoformat(report.on)})
    _claims(book, columns(report), found)
    _about(book, report)
    book.close()
    return target.getvalue()


def _claims(book: Any, names: tuple[str, ...], found: list[tuple[str | int, ...]]) -> None:
    sheet = book.add_worksheet("Claims")
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    # Whoever edits a cell, or saves the sheet as CSV and opens that, gets no formula either.
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "quote_prefix": True})
    number = book.add_format({"valign": "top"})
    for column, name in enumerate(names):
        sheet.set_column(column, column, _WIDTHS.get(name, _WIDTH))
        sheet.write_string(0, column, name, head)
    for line, row in enumerate(found, 1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(line, column, value, number)
            else:
                sheet.write_string(line, column, value[:MOST_CHARACTERS], text)
    sheet.autofilter(0, 0, max(len(found), 1), len(names) - 1)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _about(book: Any, report: Report) -> None:
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 90)
    skipped = [(f"skipped: {flat(one.path)}", flat(one.skipped)) for one in report.results if one.skipped]
    said = [
        ("made by", made_by(report)),
        ("files checked", str(checked(report))),
        ("a word of caution", "claimcheck is a linter, not a lawyer: it says what it looked for and did not find."),
        ("unqualified", "a qualifier that the policy asks for is missing or too far away"),
        ("prohibited", "the policy rules the claim out, whatever stands beside it"),
        *((f"not checked: {where}", why) for where, why in failures(report)),
        *skipped,
    ]
    text = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
    for line, (name, value) in enumerate(said):
        sheet.write_string(line, 0, name[:MOST_CHARACTERS], text)
        sheet.write_string(line, 1, value[:MOST_CHARACTERS], text)
