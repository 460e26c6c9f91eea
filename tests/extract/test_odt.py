"""OpenDocument texts: what is read of them, in which order and with which structure, and what is refused."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.errors import ExtractError
from claimcheck.extract import extract
from tests.extract.promised import numbered

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "table": "table", "draw": "drawing", "style": "style",
        "svg": "svg-compatible",
    }.items()
)  # fmt: skip
OWN_STYLES = """
<style:style style:name="P1" style:parent-style-name="Title"/>
<style:style style:name="P2" style:parent-style-name="Quotations"/>
<style:style style:name="P3" style:parent-style-name="Sub"/>
<style:style style:name="Gone"><style:text-properties text:display="none"/></style:style>
<style:style style:name="Seen"><style:text-properties text:display="true"/></style:style>
<style:style style:name="Up"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="Loop" style:parent-style-name="Loop"/>
"""
STYLES = """
<office:styles><style:style style:name="Title"/><style:style style:name="Quotations"/>
<style:style style:name="Sub" style:default-outline-level="2"/></office:styles>
<office:master-styles><style:master-page>{}</style:master-page></office:master-styles>
"""


def odt(body: str, *, headers: str = "", meta: str = "", **parts: str) -> bytes:
    """An OpenDocument text; ``parts`` replace ``content``."""
    content = parts.get("content") or (
        f"<office:document-content {NAMES}><office:automatic-styles>{OWN_STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        styles = f"<office:document-styles {NAMES}>{STYLES.format(headers)}</office:document-styles>"
        archive.writestr("styles.xml", styles)
        archive.writestr("meta.xml", f'<a xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{meta}</dc:title></a>')
        archive.writestr("META-INF/manifest.xml", parts.get("manifest", "<manifest/>"))
    return out.getvalue()


def p(content: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{content}</text:p>'


def texts(data: bytes) -> list[str]:
    return [segment.text for segment in extract(data, "a.odt").segments]


Outline = Callable[[str, bytes], list[str]]


def test_a_paragraph_is_a_line_and_its_spans_are_one_text() -> None:
    document = extract(
        odt(p(" Reduces\n  the ") + p("") + p("<text:span>look</text:span> of <text:a>scars</text:a>")), "a.odt"
    )

    assert (document.text, document.format, document.pages) == ("Reduces the \n\nlook of scars", "odt", ())
    assert [segment.text for segment in document.segments] == ["Reduces the", "look of scars"]
    assert document.position(document.text.index("scars")).line == 3


def test_headings_are_known_by_their_element_or_their_style(outline: Outline) -> None:
    body = p("Peels", "P1") + '<text:h text:outline-level="3">Scars</text:h>' + p("Deep ones", "P3") + p("No", "Loop")

    assert outline("odt", odt(body)) == [
        "heading1 0.0: Peels", "heading3 1.0: Scars", "heading2 2.1: Deep ones", "paragraph 3.1: No",
    ]  # fmt: skip


def test_lists_tables_and_quotations_have_their_blocks(outline: Outline) -> None:
    item, rows = "<text:list-item>{}</text:list-item>", "<table:table-row>{}</table:table-row>"
    inner = f"<text:list>{item.format(p('Deep ones'))}</text:list>"
    cells = "".join(f"<table:table-cell>{p(words)}</table:table-cell>" for words in ("Light", "Calms"))
    body = (
        p("It does:") + f"<text:list>{item.format(p('Smooths') + inner)}{item.format(p('Evens'))}</text:list>"
        + f"<table:table>{rows.format(cells)}<table:table-header-rows>{rows.format(cells)}</table:table-header-rows>"
        + "</table:table>" + p("I love it.", "P2") + p("Ann, 52", "P2") + p("So she says.")
    )  # fmt: skip

    assert outline("odt", odt(body)) == [
        "paragraph 0.0: It does:", "item 1.0 <0: Smooths", "item 2.0 <1: Deep ones", "item 3.0 <0: Evens",
        "cell 4.0: Light", "cell 4.0: Calms", "cell 5.0: Light", "cell 5.0: Calms",
        "quote 6.0: I love it.", "quote 6.0: Ann, 52", "paragraph 7.0: So she says.",
    ]  # fmt: skip


def test_a_note_comes_after_its_paragraph_and_is_joined_to_its_mark(outline: Outline) -> None:
    note = (
        '<text:note text:id="ftn1"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{p('Of 30 women.')}</text:note-body></text:note>"
    )

    assert outline("odt", odt(p(f'Fewer lines<text:span text:style-name="Up">{note}</text:span>.') + p("Next."))) == [
        "paragraph 0.0 mark=^ftn1@11: Fewer lines.", "note 1.0 note=^ftn1: Of 30 women.", "paragraph 2.0: Next.",
    ]  # fmt: skip


def test_headers_and_footers_are_sections_and_stand_once_and_last(outline: Outline) -> None:
    headers = (
        f"<style:header>{p('Clinic')}</style:header><style:header-left>{p('Clinic')}</style:header-left>"
        f'<style:header-first style:display="false">{p("Off")}</style:header-first>'
        f"<style:footer>{p('Results vary.')}</style:footer>"
    )

    assert outline("odt", odt(p("Body."), headers=headers, meta="The peel book")) == [
        "paragraph 0.0: Body.", "paragraph 1.1: Clinic", "paragraph 2.2: Results vary.",
        "value 3.0 metadata: The peel book",
    ]  # fmt: skip


def test_frames_come_after_the_paragraph_that_they_are_anchored_in(outline: Outline) -> None:
    frame = (
        f"<draw:frame>\n<draw:text-box>\n{p('In a box')}</draw:text-box>\n</draw:frame>"
        "<draw:frame><draw:image/><svg:title>A calm face</svg:title><svg:desc>IMG_1.jpg</svg:desc></draw:frame>"
    )

    assert outline("odt", odt(p(f"Before {frame}and after") + p("Next"))) == [
        "paragraph 0.0: Before and after", "paragraph 1.0: In a box", "paragraph 2.0: Next",
        "attribute 0.0 metadata: A calm face",
    ]  # fmt: skip


def test_what_is_deleted_hidden_or_a_comment_is_not_read() -> None:
    changes = f"<text:tracked-changes><text:deletion>{p('deleted')}</text:deletion></text:tracked-changes>"
    body = changes + p(
        'Seen<text:span text:style-name="Gone"> gone<text:span> too</text:span>'
        '<text:span text:style-name="Seen"> again</text:span></text:span>'
        f"<office:annotation>{p('comment')}</office:annotation><text:hidden-text>secret</text:hidden-text>"
        "<text:placeholder>prompt</text:placeholder>"
    ) + f'<text:section text:display="none">{p("section")}</text:section>' + p("hidden", "Gone")  # fmt: skip

    assert texts(odt(body)) == ["Seen again"]


def test_signs_stand_for_themselves(outline: Outline) -> None:
    body = p(
        'Peel<text:tab/>one<text:line-break/>two<text:s text:c="2"/>three <text:soft-hyphen/>'
        '<text:s text:c="999999999999"/>four<text:span text:style-name="Up">1</text:span>.'
    )

    document = extract(odt(body), "a.odt")

    assert document.text == "Peel\tone two  three \u00ad four1."
    assert outline("odt", odt(body)) == ["paragraph 0.0 mark=¹@25: Peel\tone two  three  four¹."]


# --------------------------------------------------------------------------- any document

# V stands for a word that a reader sees, H for one that no reader sees.
PIECES = (
    "V", "V V", "V<text:line-break/>V", "<text:span>V</text:span>", '<text:span text:style-name="Gone">H</text:span>',
    f"<office:annotation>{p('H')}</office:annotation>", "V<text:s/>V", "V<text:tab/>V", "V &amp; V", "V\u00adV", "V\nV",
    f"<draw:frame><draw:text-box>{p('V')}</draw:text-box></draw:frame>",
    "<draw:frame><svg:desc>V V</svg:desc></draw:frame>",
    f"<text:note><text:note-citation>H</text:note-citation><text:note-body>{p('V')}</text:note-body></text:note>",
)  # fmt: skip
BLOCKS = (
    "P", "P", "<text:h>I</text:h>",
    "<text:list><text:list-item>PP</text:list-item><text:list-item>P</text:list-item></text:list>",
    "<table:table><table:table-row><table:table-cell>P</table:table-cell></table:table-row></table:table>",
    "<text:section>P</text:section>", "<text:tracked-changes><text:p>H</text:p></text:tracked-changes>",
)  # fmt: skip

# The digits of raised words become signs of notes.
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

inline = st.lists(st.sampled_from(PIECES), max_size=4).map(" ".join)
styles = st.sampled_from(["", "P1", "P2", "P3", "Up", "Loop"])


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """A body in which visible words are V and hidden ones H."""
    blocks = "".join(draw(st.lists(st.sampled_from(BLOCKS), max_size=5)))
    blocks = re.sub(r"P(?![0-9])", lambda _: p("I", draw(styles)), blocks)
    return re.sub(r"\bI\b", lambda _: draw(inline), blocks)


@given(bodies())
@settings(max_examples=150, deadline=None)
def test_what_is_seen_is_in_a_segment_with_an_exact_map_and_nothing_else(body: str) -> None:
    body = numbered(body, r"\b[VH]\b")

    document = extract(odt(body), "a.odt")

    found = re.findall(r"[VH]\d+[vh]", " ".join(segment.text for segment in document.segments).translate(RAISED))
    assert sorted(found) == sorted(re.findall(r"V\d+v", body))
    for segment in document.segments:
        for run in segment.runs:
            if run.exact:
                source = document.text[run.source : run.source + run.source_length]
                assert source == segment.text[run.start : run.start + run.length]


# --------------------------------------------------------------------------- what is refused

REFUSED = {
    "no archive": (b"Peel", "the file is no OpenDocument text: it is no zip archive, or a damaged one"),
    "an encrypted one": (odt("", manifest="<m:encryption-data/>"), "the file is encrypted"),
    "a spreadsheet": (
        odt("", content=f"<office:document-content {NAMES}><office:spreadsheet/></office:document-content>"),
        "the file is another kind of OpenDocument than a text",
    ),
    "broken XML": (odt("<text:p>"), "'content.xml' in it is no well-formed XML: mismatched tag: "),
    "entities": (
        odt("", content='<!DOCTYPE d [<!ENTITY a "aa">]><d>&a;</d>'),
        "'content.xml' in it declares a document type, which could hold entities without end",
    ),
    "100,000 levels": (
        odt("<text:p>" * 100_000 + "</text:p>" * 100_000), "'content.xml' in it is nested more than 500 levels deep",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused(name: str) -> None:
    data, what = REFUSED[name]

    with pytest.raises(ExtractError) as refused:
        extract(data, "a.odt")

    assert refused.value.what.startswith(what)
    assert (refused.value.where, bool(refused.value.fix)) == ("a.odt", True)
