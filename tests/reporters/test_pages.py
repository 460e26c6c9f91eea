"""How a place in a file with pages is told."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator

from claimcheck.model import FileResult, Position, Report, Scope, Spot, Witness
from claimcheck.reporters import CHECK_FORMATS, CLAIMS_FORMATS, Settings, render
from claimcheck.reporters.wording import lines


@pytest.fixture
def paged(report: Report) -> Report:
    """One finding on page 3, with a qualifier on page 9."""
    page = next(result for result in report.results if result.findings)
    far = Witness("variability", _spot(40, 9), "Results vary", Scope.DOCUMENT)
    finding = replace(page.findings[0], spot=_spot(12, 3), too_far=(far,), also_at=(_spot(20, 5),), present=())
    claim = replace(page.claims[0], spot=_spot(12, 3))
    result = FileResult(path="draft.pdf", findings=(finding,), claims=(claim,), sections=page.sections)
    return replace(report, results=(result,))


def _spot(line: int, page: int) -> Spot:
    return Spot("draft.pdf", Position(line, 5, line * 100, page), Position(line, 9, line * 100 + 4, page))


def test_people_are_told_the_page(paged: Report) -> None:
    text = render(paged, "text", Settings(), formats=CHECK_FORMATS)
    full = render(paged, "full", Settings(), formats=CHECK_FORMATS)
    inventory = render(paged, "text", Settings(), formats=CLAIMS_FORMATS)

    assert "    draft.pdf:12:5, page 3: “smooths fine lines” efficacy/wrinkles (also on page 5)\n" in text
    assert "(page 9)" in text
    assert "  --> draft.pdf:12:5, page 3 (" in full
    assert "   = also at draft.pdf:20:5, page 5\n" in full
    assert inventory.startswith("draft.pdf:12:5, page 3: claim ")


def test_what_programs_take_apart_stays_as_it_is(paged: Report) -> None:
    text = render(paged, "concise", Settings(), formats=CHECK_FORMATS)

    assert text.startswith("draft.pdf:12:5: error efficacy/wrinkles on page 3: ")
    assert "“Results vary” on page 9 is too far away" in text


@pytest.mark.parametrize(("name", "formats"), [("check", CHECK_FORMATS), ("claims", CLAIMS_FORMATS)])
def test_json_has_the_page_where_there_is_one(name: str, formats: dict[str, str], paged: Report) -> None:
    data = json.loads(render(paged, "json", Settings(), formats=formats))
    schema = json.loads((files("claimcheck.reporters") / f"{name}.schema.json").read_text(encoding="utf-8"))

    Draft202012Validator(schema).validate(data)
    (one,) = data["findings" if name == "check" else "claims"]
    assert one["start"] == {"line": 12, "column": 5, "offset": 1200, "page": 3}


def test_pages_are_named_instead_of_lines() -> None:
    assert lines([_spot(12, 3), _spot(14, 3), _spot(20, 5)]) == "pages 3 and 5"
