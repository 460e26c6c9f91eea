"""PDF: paragraphs, headings and lists from lines on a page, the page of every place, and what is refused."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.errors import ExtractError
from claimcheck.extract import extract
from claimcheck.model import Document

# Without it these tests would say nothing; it is in the extra `test`.
pytest.importorskip("pypdfium2", reason="PDF is read with pypdfium2")

LEFT, TOP, LEADING, SIZE = 72, 760, 14, 11


class Line(NamedTuple):
    """A line of a page: its left edge and base, in points, its size and its words."""

    x: float
    y: float
    size: float
    text: str


def pdf(*pages: Sequence[Line], info: str = "", trailer: str = "") -> bytes:
    """A PDF; the names of its objects are their numbers."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >> >>",
        f"<< {info} >>",
    ]
    for number, page in enumerate(pages):
        content = "".join(shown(line) for line in page)
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources 3 0 R /Contents {6 + 2 * number} 0 R >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
    out, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    ending = (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF\n"
    )
    return (out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{ending}").encode("cp1252")


def shown(line: Line) -> str:
    escaped = re.sub(r"([\\()])", r"\\\1", line.text)
    return f"BT /F {line.size} Tf {line.x} {line.y} Td ({escaped}) Tj ET\n"


def lines(*texts: str, x: float = LEFT, y: float = TOP, size: float = SIZE) -> list[Line]:
    """Lines one above the other; an empty one leaves a gap."""
    return [Line(x, y - number * LEADING * size / SIZE, size, text) for number, text in enumerate(texts) if text]


def texts(*pages: Sequence[Line]) -> list[str]:
    return [segment.text for segment in extract(pdf(*pages), "a.pdf").segments]


Outline = Callable[[str, bytes], list[str]]

WRAPPED = (
    "Our serum smooths the look of fine lines and softens the skin in four",
    "weeks of daily use. It calms redness, evens the tone and is gentle enough",
    "for every day.",
)


def test_the_lines_of_a_paragraph_are_one_and_a_gap_ends_it() -> None:
    page = lines(*WRAPPED, "", "Results may vary.")

    document = extract(pdf(page), "a.pdf")

    assert (document.text, document.format) == (" ".join(WRAPPED) + "\nResults may vary.", "pdf")
    assert [segment.text for segment in document.segments] == [" ".join(WRAPPED), "Results may vary."]


def test_short_lines_are_not_run_together() -> None:
    assert texts(lines("Smoother skin", "Firmer jawline", "Fewer lines")) == [
        "Smoother skin", "Firmer jawline", "Fewer lines",
    ]  # fmt: skip


def test_a_paragraph_ends_where_its_line_had_room_or_the_next_is_indented() -> None:
    indented = Line(LEFT + 20, TOP - 2 * LEADING, SIZE, "Then it calms the skin, which is what it was made for by us.")

    assert texts([*lines(*WRAPPED[:2], "Results vary.")]) == [" ".join((*WRAPPED[:2], "Results vary."))]
    assert texts(lines(WRAPPED[0] + ".", "Short one.", WRAPPED[1])) == [WRAPPED[0] + ".", "Short one.", WRAPPED[1]]
    assert texts([*lines(WRAPPED[0], WRAPPED[1] + "."), indented])[1:] == [indented.text]


def test_headings_are_what_is_set_larger(outline: Outline) -> None:
    page = (
        lines("Peels", size=24) + lines("For scars", y=700, size=15) + lines(*WRAPPED, y=670)
        + lines("For lines", y=600, size=15) + lines("It was set large to say that results vary.", y=570, size=15)
    )  # fmt: skip

    assert outline("pdf", pdf(page)) == [
        "heading1 0.0: Peels", "heading2 1.1: For scars", f"paragraph 2.1: {' '.join(WRAPPED)}",
        "heading2 3.2: For lines", "paragraph 4.2: It was set large to say that results vary.",
    ]  # fmt: skip


def test_bullets_make_lists_and_are_not_read(outline: Outline) -> None:
    page = [
        *lines(
            "It does three things:", "• Smooths the look of fine lines and softens the skin around the eyes when it"
        ),
        *lines("is used twice a day", x=LEFT + 9, y=TOP - 2 * LEADING),
        *lines("\u2013 and deep ones", x=LEFT + 18, y=TOP - 3 * LEADING),
        *lines("• Evens tone", y=TOP - 4 * LEADING),
        *lines("Now.", y=TOP - 6 * LEADING),
    ]
    data = pdf(page)

    assert outline("pdf", data) == [
        "paragraph 0.0: It does three things:",
        "item 1.0 <0: Smooths the look of fine lines and softens the skin around the eyes when it is used twice a day",
        "item 2.0 <1: and deep ones", "item 3.0 <0: Evens tone", "paragraph 4.0: Now.",
    ]  # fmt: skip
    assert extract(data, "a.pdf").text.splitlines()[2] == "\u2013 and deep ones"


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("wrin-", "kles", "wrinkles"),
        ("non-", "comedogenic", "non-comedogenic"),
        ("UV-", "A", "UV-A"),
        ("self-", "tanner", "self-tanner"),
        ("serum-", "like", "serum-like"),
        ("fra-", "grance", "fragrance"),
    ],
)
def test_a_word_parted_at_the_end_of_a_line_is_whole(first: str, second: str, joined: str) -> None:
    page = lines(f"Our serum is made to be used by everyone who worries about {first}", f"{second} and no fragrance.")

    assert texts(page) == [f"Our serum is made to be used by everyone who worries about {joined} and no fragrance."]


def test_a_raised_digit_is_a_mark_and_no_part_of_the_word(outline: Outline) -> None:
    page = [
        *lines("It smooths fine lines"),
        Line(LEFT + 97.5, TOP + 4, 7, "1"), Line(LEFT + 104.5, TOP, SIZE, "and calms."),
        Line(LEFT, 104, 7, "1"), Line(LEFT + 4, 100, SIZE, "Of 30 women over 4 weeks."),
    ]  # fmt: skip

    assert outline("pdf", pdf(page)) == [
        "paragraph 0.0 mark=¹@21: It smooths fine lines¹ and calms.", "note 1.0 note=¹: ¹Of 30 women over 4 weeks.",
    ]  # fmt: skip


def test_a_sentence_goes_on_in_the_next_column() -> None:
    left = lines("Our serum smooths the look of fine", "lines and softens the skin that was", y=200)
    right = lines("dry, without a trace of oil on it", "for hours.", x=320)

    assert texts([*left, *right]) == [" ".join(line.text for line in (*left, *right))]


def test_every_place_has_its_page() -> None:
    document = extract(pdf(lines("One."), [], lines("Three.", "", "", "Also three."), []), "a.pdf")

    starts = [document.position(segment.to_source(0, 1)[0]) for segment in document.segments]
    assert [(at.page, at.line, at.column) for at in starts] == [(1, 1, 1), (3, 2, 1), (3, 3, 1)]
    assert document.position(len(document.text)).page == 3


def test_the_title_is_metadata_on_the_first_page(outline: Outline) -> None:
    data = pdf(lines("Peels."), info="/Title (The peel book)")

    assert outline("pdf", data) == ["value 0.0 metadata: The peel book", "paragraph 1.0: Peels."]
    assert extract(data, "a.pdf").position(0).page == 1


# --------------------------------------------------------------------------- any document

words = st.lists(
    st.sampled_from(["Wa", "wb", "wc.", "wd:", "• we", "1. wf", "wg-", "\xfcwh", "(wi)", "wj*", "wk"]), min_size=1
)
places = st.tuples(st.sampled_from([40, 72, 300]), st.integers(20, 56), st.sampled_from([7, 11, 16]))


@given(st.lists(st.lists(st.tuples(places, words), max_size=6), min_size=1, max_size=3))
@settings(max_examples=100, deadline=None)
def test_every_word_is_in_a_segment_with_an_exact_map_and_on_its_page(
    content: list[list[tuple[tuple[int, int, int], list[str]]]],
) -> None:
    pages = [[Line(x, y * 14, size, " ".join(said)) for (x, y, size), said in page] for page in content]
    # What stands in one place is printed over, and lines do not run over each other or off the page.
    pages = [[line for line in page if len(line.text) < 30] for page in map(apart, pages)]
    expected = [sorted(re.findall("w[a-k]", " ".join(line.text for line in page).lower())) for page in pages]
    if not any(expected):
        return

    document = extract(pdf(*pages), "a.pdf")

    assert_exact(document)
    found: list[list[str]] = [[] for _ in pages]
    for segment in document.segments:
        page = document.position(segment.to_source(0, 1)[0]).page
        found[page - 1] += re.findall("w[a-k]", segment.text.lower())
    assert [sorted(page) for page in found] == expected


def apart(page: list[Line]) -> list[Line]:
    """One line for each height."""
    return list({line.y: line for line in page}.values())


def assert_exact(document: Document) -> None:
    """Every line is a paragraph, and every exact run stands in the text just so."""
    for segment in document.segments:
        assert "".join(segment.text[run.start : run.start + run.length] for run in segment.runs) == segment.text
        for run in segment.runs:
            if run.exact:
                source = document.text[run.source : run.source + run.source_length]
                assert source == segment.text[run.start : run.start + run.length]
        section = document.sections[segment.section]
        start, end = segment.to_source(0, len(segment.text))
        assert section.start <= start < end <= section.end
        assert "\n" not in document.text[start:end]


# --------------------------------------------------------------------------- what is refused

PASSWORD = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<00> <00>]"
SCANNED = "the file has no text to check: it may be scanned"
DAMAGED = "the file is no PDF, or a damaged one"

REFUSED = {
    "no text": (pdf([], []), SCANNED),
    "nothing but spaces": (pdf(lines("   ")), SCANNED),
    "encrypted": (pdf(lines("Peel"), trailer=PASSWORD), "the file is encrypted"),
    "nothing": (b"", DAMAGED),
    "another file": (b"Peels that renew", DAMAGED),
    "half a file": (pdf(lines("Peel"))[:60], DAMAGED),
    "no pages": (pdf(), DAMAGED),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused(name: str) -> None:
    data, what = REFUSED[name]

    with pytest.raises(ExtractError) as refused:
        extract(data, "a.pdf")

    assert (refused.value.what, refused.value.where, bool(refused.value.fix)) == (what, "a.pdf", True)


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)

    with pytest.raises(ExtractError) as refused:
        extract(pdf(lines("Peel")), "a.pdf")

    assert refused.value.fix == "Run: pip install 'claimcheck-lint[pdf]'."


def test_the_library_is_loaded_only_when_a_pdf_comes() -> None:
    code = "import sys, claimcheck.extract.pdf; print('pypdfium2' in sys.modules)"

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "False"
