"""Reading CSV and TSV: as the standard library does, with the place of every character."""

from __future__ import annotations

import csv
import io
import re
import tracemalloc
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimcheck.errors import ExtractError
from claimcheck.extract import AS_SHIPPED, Reading, documents
from claimcheck.extract.csv import cells
from claimcheck.model import Document, Segment
from tests.extract.promised import check_map, numbered

SHOPIFY = """\
Handle,Title,Body (HTML),Vendor,Product Category,Tags,Variant SKU,Image Src,Image Alt Text,SEO Description\r
calm-serum,Calm Serum,"<p>Softens <b>fine</b>\r
lines &amp; dry patches.</p><ul><li>With ""niacinamide""</li></ul>",Ours,Health & Beauty > Skin Care,"calm, dry skin",\
C1,https://e.org/a.png,A bottle of serum,Softens lines overnight\r
calm-serum,,,,,,C2,https://e.org/b.png,The back of the bottle,\r
day-cream,Day Cream,Plumps the skin.,Ours,,,D1,,,\r
"""


def read(source: str, path: str = "feed.csv", reading: Reading = AS_SHIPPED) -> list[Document]:
    return list(documents(source.encode(), path, reading=reading))


def lines(document: Document) -> list[str]:
    return [line_of(segment) for segment in document.segments]


def line_of(segment: Segment) -> str:
    parts = [f"{segment.role.value}{segment.level or ''} {segment.block}.{segment.section}"]
    return " ".join(parts + ["metadata"] * segment.metadata) + f": {segment.text}"


def values(text: str, delimiter: str, start: int = 0) -> list[list[str]]:
    rows: list[list[str]] = [[]]
    for cell in cells(text, delimiter, start):
        value = text[cell.start : cell.end]
        if cell.quoted:
            value = value.replace('""', '"') + text[cell.end + 1 : cell.after]
        rows[-1].append(value)
        if cell.last:
            rows.append([])
    return rows[:-1]


# --------------------------------------------------------------------------- what is read


def test_a_product_of_several_rows_is_one_document() -> None:
    told = [lines(document) for document in read(SHOPIFY)]

    assert told == [
        [
            "heading1 0.0: Calm Serum",
            "value 1.0: Softens fine lines & dry patches.",
            'item 2.0: With "niacinamide"',
            "value 3.0 metadata: A bottle of serum",
            "value 4.0 metadata: Softens lines overnight",
            "value 5.0 metadata: The back of the bottle",
        ],
        ["heading1 0.0: Day Cream", "value 1.0: Plumps the skin."],
    ]


def test_a_row_is_one_section_named_by_its_title() -> None:
    told = [(document.sections[0].title, len(document.sections), document.format) for document in read(SHOPIFY)]

    assert told == [("Calm Serum", 1, "csv"), ("Day Cream", 1, "csv")]


def test_markup_and_doubled_quotes_in_a_cell_keep_their_places(located: Callable[[Document, str], str]) -> None:
    first = read(SHOPIFY)[0]

    found = [located(first, phrase) for phrase in ("fine lines", "lines & dry", 'With "niacinamide"')]

    assert found == ["fine</b>\r\nlines", "lines &amp; dry", 'With ""niacinamide"']


def test_all_documents_share_the_text_and_its_lines() -> None:
    first, second = read(SHOPIFY)

    assert first.text is second.text
    assert first.line_starts is second.line_starts
    assert second.position(second.segments[1].runs[0].source).line == 5


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_in_the_first_line(delimiter: str) -> None:
    source = delimiter.join(("id", "title", "description")) + "\n" + delimiter.join(("1", "Cream", "Plumps skin; soft"))

    (document,) = read(source.replace("; soft", " and soft"))

    assert lines(document) == ["heading1 0.0: Cream", "value 1.0: Plumps skin and soft"]


@pytest.mark.parametrize(
    ("source", "form", "told"),
    [
        ('"sep=;"\ntitle;text\nCream;"Plumps, firms"\n', "csv", ["heading1 0.0: Cream", "value 1.0: Plumps, firms"]),
        ("\ufefftitle,text\nCream,It plumps\n", "csv", ["heading1 0.0: Cream", "value 1.0: It plumps"]),
        ("title\ttext,s\nCream\tIt plumps\n", "tsv", ["heading1 0.0: Cream", "value 1.0: It plumps"]),
        ('title,text\nCream,"It "plumps\n', "csv", ["heading1 0.0: Cream", "value 1.0: It plumps"]),
    ],
)
def test_liberties_of_spreadsheets(source: str, form: str, told: list[str]) -> None:
    (document,) = read(source, f"feed.{form}")

    assert (document.format, lines(document)) == (form, told)


def test_without_a_header_the_first_row_is_copy_too() -> None:
    told = [lines(document) for document in read("Smooths fine lines away,Plumps dry skin\nb,Calms red skin\n")]

    assert told == [["value 0.0: Smooths fine lines away", "value 1.0: Plumps dry skin"], ["value 0.0: Calms red skin"]]


def test_a_key_and_a_sentence_are_no_header() -> None:
    (document, _) = read("text,Smooths fine lines away\nlabel,Plumps dry skin\n")

    assert lines(document) == ["value 0.0: Smooths fine lines away"]


def test_configuration_says_which_columns_are_copy() -> None:
    source = "title,text,tags,claimcheck\nCream,It plumps skin,plumps skin,no rule here\n"

    (document,) = read(source, reading=Reading(copy=("ta*",), other=("text",)))

    assert lines(document) == ["heading1 0.0: Cream", "value 1.0: plumps skin"]


def test_a_column_says_the_language_of_a_row() -> None:
    told = [
        document.language for document in read("locale,text\nfr,Lisse la peau\nen,Smooths the skin\n,Plumps skin\n")
    ]

    assert told == ["fr", "en", ""]


def test_a_row_that_says_nothing_is_no_document() -> None:
    assert read("sku,price\nA1,\nB2,12.00\n\n,,,,\n") == []


def test_a_quote_that_is_not_closed_is_an_error_after_what_could_be_read() -> None:
    feed = documents(b'id,text\n1,Plumps skin\n2,"Calms skin\n3,Firms skin\n', "feed.csv")

    told = [lines(next(feed)), lines(next(feed))]
    with pytest.raises(ExtractError) as caught:
        next(feed)

    assert told == [["value 0.0: Plumps skin"], ["item 0.0: Calms skin", "item 1.0: 3,Firms skin"]]
    assert caught.value.where == "feed.csv:3:3"


# --------------------------------------------------------------------------- properties

CELL = st.text(st.sampled_from('ab "\n\r,;\t|<&>\U0001f600\u00e9\u00ad'), max_size=8)


@given(st.lists(st.lists(CELL, min_size=1, max_size=4), max_size=5), st.sampled_from(",;\t|"))
def test_written_tables_are_cut_as_the_standard_library_does(table: list[list[str]], delimiter: str) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(table)

    assert values(file.getvalue(), delimiter) == table


@given(st.text(st.sampled_from('ab "\n\r,'), max_size=40))
@example('"a""b"c"d",x\r\r\n"')
@settings(max_examples=500)
def test_any_text_is_cut_as_the_standard_library_does(text: str) -> None:
    expected = [row or [""] for row in csv.reader(io.StringIO(text, newline=""))]

    assert [row or [""] for row in values(text, ",")] == expected


PIECES = (
    "V V",
    "V",
    "<p>V <b>V</b> V</p>",
    "V\n\nV V",
    'V "V", V',
    "V &amp; V",
    "**V** V",
    "\U0001f600 V V",
    "V\u00adV V",
)


@given(
    st.lists(st.lists(st.sampled_from(PIECES), min_size=2, max_size=2), min_size=1, max_size=5),
    st.sampled_from(["\n", "\r\n"]),
)
@settings(max_examples=150, deadline=None)
def test_what_is_seen_is_in_a_segment_and_nothing_else(rows: list[list[str]], line_end: str) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator=line_end)
    writer.writerows([["title", "slug", "text", "link"], *([a, "H H", f"V {b}", "https://H.org"] for a, b in rows)])
    source = numbered(file.getvalue())

    made = read(source)

    for document in made:
        check_map(document)
    seen = " ".join(segment.text for document in made for segment in document.segments)
    assert re.findall(r"[VH]\d+[vh]", seen) == re.findall(r"V\d+v", source)


@given(
    st.text(st.sampled_from('ab "\n\r,;<p>&amp;*\u00ad\u200b\U0001f600\ufffc'), max_size=60),
    st.sampled_from(["", "title,text\n"]),
)
@settings(max_examples=300, deadline=None)
def test_the_map_is_exact_in_any_table(source: str, header: str) -> None:
    try:
        for document in documents((header + source).encode(), "a.csv"):
            check_map(document)
    except ExtractError as error:
        assert "a quote is opened" in error.what  # noqa: PT017  # it comes after documents that are to be checked


# --------------------------------------------------------------------------- hostile input

HOSTILE = {
    "a million columns": "a," * 1_000_000 + "\n" + "," * 1_000_000,
    "many columns of copy": "title," * 20_000 + "\n" + "b c," * 20_000,
    "quotes": '"' * 1_000_000,
    "quotes that do not end": ',"a' * 300_000,
    "a quote that does not end": 'a,b\n"' + "a,b\n" * 500_000,
    "a cell of 10 MB": 'title,text\na,"'
    + 'soft "" skin is what a cream is for, and a little more of it: "" again\n' * 150_000
    + '"',
    "tags": "title,text\na," + "<a " * 50_000,
    "line ends": "\r\n" * 500_000,
    "slashes": "title,text\na," + "/" * 200_000 + " b",
    "spaces": "title,text\na,b" + " " * 200_000 + "c",
    "one product": "handle,text\n" + "a,b c\n" * 100_000,
}


@pytest.mark.usefixtures("deadline")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_read_or_refused(name: str) -> None:
    try:
        for document in documents(HOSTILE[name].encode(), "a.csv"):
            assert document.segments
    except ExtractError as error:
        assert error.where  # noqa: PT017  # it comes after documents


def test_rows_are_read_one_after_the_other() -> None:
    feed = documents(b"id,text\n" + b"1,Plumps skin\n" * 20_000, "feed.csv")
    next(feed)

    tracemalloc.start()
    count = sum(1 for _ in feed)
    grown = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 19_999
    assert grown < 100_000
