"""What in the source document looks like a claim or a caveat and is none is taken for neither."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from claimcheck.engine.linter import Linter
from claimcheck.extract import extract
from claimcheck.model import Analysis, Document, Facts, Place
from claimcheck.policies.results import result_of

LABELS = Path(__file__).with_name("source.expected.json")
SOURCE = Path(__file__).parents[3] / "shared" / "reference" / "source.txt"
CAVEATS = frozenset({"professional", "variability", "consultation"})


@pytest.fixture(scope="module")
def labels() -> dict[str, Any]:
    """Where a careful reader marked what, for the one version of the document that it was marked in."""
    found: dict[str, Any] = json.loads(LABELS.read_text("utf-8"))
    if not SOURCE.is_file():
        pytest.skip("the source document is not part of this repository")
    if hashlib.sha256(SOURCE.read_bytes()).hexdigest() != found["sha256"]:
        pytest.skip("the source document is another one than was labelled")
    return found


@pytest.fixture(scope="module")
def analysis(labels: dict[str, Any], linter: Linter) -> Analysis:
    """What the linter says of it."""
    assert labels
    return linter.analyse(extract(SOURCE.read_bytes(), "source.txt"))


def test_no_claim_stands_where_there_is_none(analysis: Analysis, labels: dict[str, Any]) -> None:
    wrong = [
        (row["line"], row["why"], claim.text)
        for row in labels["not"]
        if row["of"] == "claim"
        for claim in analysis.claims
        if overlap(claim.place, row, analysis.document)
    ]

    assert wrong == []


def test_no_finding_stands_where_there_is_no_claim(analysis: Analysis, labels: dict[str, Any], linter: Linter) -> None:
    result = result_of(analysis, linter.rulebook, ["caveats"], on="", facts=Facts())
    stretches = [offsets(row, analysis.document) for row in labels["claims"]]
    wrong = [
        (finding.spot.start.line, finding.text)
        for finding in result.findings
        for spot in (finding.spot, *finding.also_at)
        if not any(start < spot.end.offset and spot.start.offset < end for start, end in stretches)
    ]

    assert wrong == []


def test_no_caveat_is_found_but_where_a_reader_marked_one(analysis: Analysis, labels: dict[str, Any]) -> None:
    wrong = [
        (analysis.document.position(one.place.start).line, one.kind, one.text)
        for one in analysis.qualifiers
        if one.kind in CAVEATS
        and not any(
            row["kind"] == one.kind and overlap(one.place, row, analysis.document) for row in labels["qualifiers"]
        )
    ]

    assert wrong == []


@pytest.mark.parametrize("kind", sorted(CAVEATS))
def test_no_near_miss_is_taken_for_a_caveat(kind: str, analysis: Analysis, labels: dict[str, Any]) -> None:
    wrong = [
        (row["line"], row["why"], one.text)
        for row in labels["not"]
        if row["of"] == kind
        for one in analysis.qualifiers
        if one.kind == kind and overlap(one.place, row, analysis.document)
    ]

    assert wrong == []


def overlap(place: Place, row: dict[str, Any], document: Document) -> bool:
    """Whether a place and a labelled stretch share a character."""
    start, end = offsets(row, document)
    return start < place.end and place.start < end


def offsets(row: dict[str, Any], document: Document) -> tuple[int, int]:
    """The stretch of the file that a label names."""
    starts = document.line_starts
    return starts[row["line"] - 1] + row["column"] - 1, starts[row["end_line"] - 1] + row["end_column"] - 1
