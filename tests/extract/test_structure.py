"""Regions, values and maps through a string: what data files and pages share."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.errors import ExtractError
from claimcheck.extract import structure
from claimcheck.extract.embedded import read_embedded
from claimcheck.extract.offsets import Source, StretchBuilder, composed, source_of
from claimcheck.extract.reading import AS_SHIPPED
from claimcheck.extract.structure import Outline, Structure
from claimcheck.model import Role, Run

WORDS = "one two three four five six"


def added(outline: Outline, word: str, *, level: int = 0) -> None:
    """Add a word of ``WORDS``, at its place."""
    builder = StretchBuilder(source_of(WORDS))
    at = WORDS.index(word)
    builder.exact(at, at + len(word))
    outline.add(builder.build(), level=level)


def sections_of(structure: Structure) -> list[tuple[str, list[str]]]:
    """For each section its title and its texts."""
    return [
        (section.title, [one.text for one in structure.segments if one.section == number and not one.metadata])
        for number, section in enumerate(structure.sections)
    ]


def test_a_region_is_a_section_of_its_own_and_the_page_goes_on_after_it() -> None:
    outline = Outline()
    added(outline, "one")
    outline.enter_region()
    added(outline, "two")
    outline.leave()
    added(outline, "three")

    assert sections_of(outline.finish(0, len(WORDS))) == [("", ["one", "three"]), ("", ["two"])]


def test_a_heading_in_a_region_is_its_title_and_does_not_cut_the_page() -> None:
    outline = Outline()
    added(outline, "one", level=2)
    added(outline, "two")
    outline.enter_region()
    added(outline, "three", level=1)
    added(outline, "four")
    outline.leave()
    added(outline, "five", level=2)

    assert sections_of(outline.finish(0, len(WORDS))) == [
        ("one", ["one", "two"]),
        ("three", ["three", "four"]),
        ("five", ["five"]),
    ]


def test_what_stands_in_an_inner_region_is_no_part_of_the_outer() -> None:
    outline = Outline()
    outline.enter_region()
    added(outline, "one")
    outline.enter_region()
    outline.enter_list()
    outline.enter_item()
    added(outline, "two")
    outline.leave_to(1)
    added(outline, "three")

    assert sections_of(outline.finish(0, len(WORDS))) == [("", ["one", "three"]), ("", ["two"])]


def test_all_that_stands_in_a_value_that_is_metadata_is_metadata_of_one_block() -> None:
    source = source_of("<h2>one</h2><p>two</p><ul><li>three</ul>")
    outline = Outline()
    outline.enter_value(metadata=True, block=outline.new_block())
    read_embedded(outline, source, path="a.json", reading=AS_SHIPPED)
    outline.leave()

    segments = outline.finish(0, len(source.text)).segments
    assert [(one.text, one.role, one.metadata, one.section) for one in segments] == [
        (word, Role.VALUE, True, 0) for word in ("one", "two", "three")
    ]


def test_html_in_an_escaped_string_has_its_places_in_the_file() -> None:
    file = r'{"a": "<p>Sm\u006foth<\/p>\nskin &amp; <b>calm<\/b>"}'
    builder = StretchBuilder(source_of(file))
    at = 7
    for escape in re.finditer(r"\\(?:u....|.)", file):
        builder.exact(at, escape.start())
        decoded = {"\\/": "/", "\\n": "\n"}.get(escape[0], "o")
        builder.decoded(decoded, *escape.span())
        at = escape.end()
    builder.exact(at, len(file) - 2)
    outline = Outline()

    read_embedded(outline, builder.inner(), path="a.json", reading=AS_SHIPPED)

    segments = outline.finish(0, len(file)).segments
    places = [(one.text, file[slice(*one.to_source(0, len(one.text)))]) for one in segments]
    assert places == [("Smooth", r"Sm\u006foth"), ("skin & calm", "skin &amp; <b>calm")]
    assert all(
        one.text[run.start : run.start + run.length] == file[run.source : run.source + run.source_length]
        for one in segments
        for run in one.runs
        if run.exact
    )


@given(st.data())
def test_a_map_through_two_texts_is_that_of_each_in_turn(data: st.DataObject) -> None:
    # A file, an inner text in which some of its stretches are decoded, and a text made from that in the same way.
    outer = data.draw(maps(inner=12))
    inner = data.draw(maps(inner=8, source=12))

    made = list(composed(inner, outer))

    assert [one for run in made for one in each(run)] == [
        (offset, *through(outer, first, last, exact=exact)) for run in inner for offset, first, last, exact in each(run)
    ]


@st.composite
def maps(draw: st.DrawFn, inner: int, source: int = 0) -> tuple[Run, ...]:
    """A map of a text of so many characters to a file, or to the first characters of a text of ``source``."""
    runs: list[Run] = []
    at = place = 0
    while at < inner:
        exact = draw(st.booleans())
        length = draw(st.integers(1, inner - at))
        width = length if exact else draw(st.integers(1, 3))
        if source and place + width > source:
            place = 0
        runs.append(Run(at, length, place, width, exact))
        at += length
        place += width + draw(st.integers(0, 2))
        if source and place >= source:
            place = 0
    return tuple(runs)


def each(run: Run) -> list[tuple[int, int, int, bool]]:
    """For each character of a run its offset, its place as start and end, and whether it is the same character."""
    if run.exact:
        return [(run.start + n, run.source + n, run.source + n + 1, True) for n in range(run.length)]
    return [(run.start + n, run.source, run.source + run.source_length, False) for n in range(run.length)]


def through(outer: tuple[Run, ...], first: int, last: int, *, exact: bool) -> tuple[int, int, bool]:
    """The place in the file of the characters ``first:last`` of the inner text."""
    places = {offset: (start, end, same) for run in outer for offset, start, end, same in each(run)}
    start, end = places[first][0], places[last - 1][1]
    return start, end, exact and places[first][2]


def test_the_place_of_a_stretch_of_an_inner_text_is_that_in_the_file() -> None:
    inner = Source("abcdef", (Run(0, 2, 10, 2), Run(2, 2, 20, 9, exact=False), Run(4, 2, 40, 2)))

    assert [inner.place(0, 2), inner.place(1, 3), inner.place(3, 6), Source("abc").place(1, 2)] == [
        (10, 12),
        (11, 29),
        (20, 42),
        (1, 2),
    ]


def test_more_pieces_than_a_page_can_have_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(structure, "MOST_PIECES", 2)
    outline = Outline()
    added(outline, "one")
    added(outline, "two")

    with pytest.raises(ExtractError, match="more than 2 paragraphs, cells and other pieces of text"):
        added(outline, "three")
