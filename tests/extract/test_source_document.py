"""The source document's structure: three sections, question headings, lists under their introductions."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimcheck.extract import extract
from claimcheck.model import Document, Role, Segment

SOURCE = Path(__file__).parents[3] / "shared" / "reference" / "source.txt"


@pytest.fixture(scope="module")
def document() -> Document:
    if not SOURCE.is_file():
        pytest.skip("the source document is not part of this repository")
    return extract(SOURCE.read_bytes(), "source.txt")


def test_its_questions_cut_it_into_three_sections(document: Document) -> None:
    lines = [document.position(section.start).line for section in document.sections]
    titled = [document.text.startswith(section.title, section.start) for section in document.sections if section.title]

    assert (lines, titled) == ([1, 11, 19], [True, True])


def test_every_list_belongs_to_the_sentence_before_it(document: Document) -> None:
    lines = {segment.block: line_of(document, segment) for segment in document.segments}

    introduced = [
        (line_of(document, segment), None if segment.intro is None else lines[segment.intro])
        for segment in document.segments
        if segment.role is Role.ITEM
    ]

    assert introduced == [
        *((line, 2) for line in range(3, 8)),
        *((line, 12) for line in range(13, 18)),
        *((line, 21) for line in range(22, 27)),
    ]


def test_it_is_made_of_paragraphs_headings_and_items(document: Document) -> None:
    roles = [segment.role.value[0] for segment in document.segments]

    assert "".join(roles) == "ppiiiiippphpiiiiiphppiiiiip"


def test_each_line_is_one_segment_found_where_it_stands(document: Document) -> None:
    places = [(line_of(document, segment), len(segment.runs)) for segment in document.segments]

    assert places == [(line, 1) for line in range(1, 28)]


def line_of(document: Document, segment: Segment) -> int:
    """Number of the line on which a segment begins."""
    return document.position(segment.to_source(0, 1)[0]).line
