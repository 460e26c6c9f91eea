"""Copy that was labelled by hand: settings of a phrase, pages with their coverage, the reference document."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from claimcheck.checking import check_document
from claimcheck.engine.linter import Linter
from claimcheck.extract import extract
from claimcheck.model import Analysis, Document

ROOT = Path(__file__).parents[2]
SETTINGS = [json.loads(line) for line in (ROOT / "tests/data/settings.jsonl").read_text("utf-8").splitlines()]
COVERAGE = sorted((ROOT / "tests/data/coverage").glob("*.md"))
REFERENCE = ROOT.parent / "shared/reference/source.txt"
CAVEATS = ("professional", "variability", "consultation")


@pytest.mark.parametrize("row", SETTINGS, ids=[row["id"] for row in SETTINGS])
def test_a_claim_is_found_in_its_setting_and_nowhere_else(row: dict[str, Any], linter: Linter) -> None:
    document = extract(row["text"].encode(), f"page.{row['format']}")
    found = [
        _lines_and_columns(document, claim.place.start, claim.place.end) for claim in linter.analyse(document).claims
    ]

    assert [_touches(one, wanted) for one, wanted in zip(found, row["expected"], strict=True)] == [True] * len(found)


@pytest.mark.parametrize("page", COVERAGE, ids=lambda page: page.stem)
def test_a_page_lacks_what_its_label_says(page: Path, linter: Linter) -> None:
    result = check_document(extract(page.read_bytes(), page.name), linter)
    expected = json.loads(page.with_suffix(".expected.json").read_text("utf-8"))
    found = []
    for row in expected:
        finding = next(
            (f for f in result.findings if f.spot.start.line == row["line"] and _same(f.text, row["claim"])), None
        )
        severity = finding.severity.value if finding and finding.severity.value != "note" else "none"
        missing = sorted(finding.missing) if finding else []
        too_far = sorted({one.kind for one in finding.too_far}) if finding else []
        found.append((row["claim"], severity, missing, too_far))

    assert found == [
        (row["claim"], row["severity"], sorted(row["missing"]), sorted(row["too_far"])) for row in expected
    ]


@pytest.mark.parametrize("name", ["product-good", "clinic-good", "blog-good", "ordinary", "plain"])
def test_a_good_page_has_neither_error_nor_warning(name: str, linter: Linter) -> None:
    result = check_document(extract((ROOT / f"fixtures/{name}.md").read_bytes(), f"{name}.md"), linter)

    assert [(f.spot.start.line, f.text, f.missing) for f in result.findings if f.severity.value != "note"] == []


@pytest.mark.parametrize(
    ("variant", "missing"),
    [
        ("article", set()),
        ("article-without-professional", {"professional"}),
        ("article-without-variability", {"variability"}),
        ("article-without-consultation", {"consultation"}),
        ("article-without-caveats", set(CAVEATS)),
    ],
)
def test_an_article_misses_exactly_the_caveats_that_were_taken_out(
    variant: str, missing: set[str], linter: Linter
) -> None:
    document = extract((ROOT / f"fixtures/{variant}.md").read_bytes(), f"{variant}.md")

    assert _missing(document, linter) == missing


def test_all_claims_of_the_reference_document_are_found_and_nothing_else(linter: Linter) -> None:
    document, labels = _reference()
    analysis = linter.analyse(document)
    labelled = [(_offsets(document, row), row) for row in labels["claims"]]
    missed = [
        (row["line"], row["column"]) for span, row in labelled if not row.get("optional") and not _found(analysis, span)
    ]
    unlabelled = [
        (position.line, position.column)
        for claim in analysis.claims
        if not any(_overlap((claim.place.start, claim.place.end), span) for span, _ in labelled)
        for position in [document.position(claim.place.start)]
    ]

    assert (missed, unlabelled) == ([], [])


def test_all_caveats_of_the_reference_document_are_found(linter: Linter) -> None:
    document, labels = _reference()
    analysis = linter.analyse(document)
    missed = [
        (row["line"], row["column"], row["kind"])
        for row in labels["qualifiers"]
        if row["kind"] in CAVEATS
        and not any(
            q.kind == row["kind"] and _overlap((q.place.start, q.place.end), _offsets(document, row))
            for q in analysis.qualifiers
        )
    ]

    assert missed == []


@pytest.mark.parametrize(
    "removed", [(), *((kind,) for kind in CAVEATS), CAVEATS], ids=lambda kinds: "+".join(kinds) or "none"
)
def test_the_reference_document_misses_exactly_the_caveats_that_are_blanked_out(
    removed: tuple[str, ...], linter: Linter
) -> None:
    document, labels = _reference()
    text = document.text
    for row in labels["qualifiers"]:
        if row["kind"] in removed:
            start, end = _offsets(document, row)
            text = text[:start] + "x" * (end - start) + text[end:]

    assert _missing(extract(text.encode(), "source.txt"), linter) == set(removed)


def _reference() -> tuple[Document, dict[str, Any]]:
    if not REFERENCE.exists():
        pytest.skip("the reference document is not beside the project")
    data = REFERENCE.read_bytes()
    labels = json.loads((ROOT / "tests/reference/source.expected.json").read_text("utf-8"))
    if hashlib.sha256(data).hexdigest() != labels["sha256"]:
        pytest.skip("the reference document is another one than was labelled")
    return extract(data, "source.txt"), labels


def _missing(document: Document, linter: Linter) -> set[str]:
    result = check_document(document, linter)
    return {kind for finding in result.findings for kind in finding.missing} & set(CAVEATS)


def _offsets(document: Document, row: dict[str, Any]) -> tuple[int, int]:
    starts = document.line_starts
    return starts[row["line"] - 1] + row["column"] - 1, starts[row["end_line"] - 1] + row["end_column"] - 1


def _found(analysis: Analysis, span: tuple[int, int]) -> bool:
    return any(_overlap((claim.place.start, claim.place.end), span) for claim in analysis.claims)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _lines_and_columns(document: Document, start: int, end: int) -> list[int]:
    first, last = document.position(start), document.position(end)
    return [first.line, first.column, last.line, last.column]


def _touches(one: list[int], other: list[int]) -> bool:
    return one[:2] < other[2:] and other[:2] < one[2:]


def _same(one: str, other: str) -> bool:
    return one in other or other in one
