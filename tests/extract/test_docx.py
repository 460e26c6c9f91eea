"""Word documents: what is read of them, in which order and with which structure, and what is refused."""

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
from claimcheck.model import Document
from tests.extract.promised import numbered, words_in

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
NAMES = (
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="urn:shape"'
)
STYLES = """
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Ours"><w:name w:val="Ours"/><w:basedOn w:val="Theirs"/></w:style>
<w:style w:type="paragraph" w:styleId="Theirs"><w:name w:val="Theirs"/>
 <w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Bullet"><w:name w:val="List Bullet"/>
 <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Bullet2"><w:name w:val="List Bullet 2"/>
 <w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/></w:style>
<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
"""
LIST = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="7"/></w:numPr>'


def docx(body: str, *, namespace: str = W, **parts: str) -> bytes:
    """A Word document; ``parts`` are further ones of the folder ``word``, such as ``header1``, by their names."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", relations("", {"document": "officeDocument", "core": "core-properties"}))
        kinds = {name: re.sub(r"\d", "", name) for name in ("styles", *parts)}
        archive.writestr("word/_rels/document.xml.rels", relations("", kinds))
        content = {
            "document": f"<w:document><w:body>{body}</w:body></w:document>",
            "styles": f"<w:styles>{STYLES}</w:styles>",
            **parts,
        }
        for name, xml in content.items():
            folder = "docProps" if name == "core" else "word"
            archive.writestr(
                f"{folder}/{name}.xml", re.sub("(?<=[a-z])(?=[ >])", f' xmlns:w="{namespace}" {NAMES}', xml, count=1)
            )
    return out.getvalue()


def relations(folder: str, kinds: dict[str, str]) -> str:
    """Relations: names of parts and their kinds."""
    where = {"document": "word/document", "core": "docProps/core"}
    each = "".join(
        f'<Relationship Id="{name}" Type="urn:x/{kind}" Target="{folder}{where.get(name, name)}.xml"/>'
        for name, kind in kinds.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>'


def p(content: str, properties: str = "") -> str:
    """A paragraph; text that stands in no run becomes one."""
    depth = 0
    parts = [f"<w:pPr>{properties}</w:pPr>" if properties else ""]
    for part in re.split("(<[^>]*>)", content):
        depth += (part == "<w:r>") - (part == "</w:r>")
        parts.append(part if depth or part[:1] in ("", "<") else f"<w:r><w:t>{part}</w:t></w:r>")
    return f"<w:p>{''.join(parts)}</w:p>"


def styled(style: str, text: str) -> str:
    return p(text, f'<w:pStyle w:val="{style}"/>')


def texts(data: bytes) -> list[str]:
    return [segment.text for segment in extract(data, "a.docx").segments]


Outline = Callable[[str, bytes], list[str]]


def test_a_paragraph_is_a_line_and_its_runs_are_one_text() -> None:
    document = extract(
        docx(
            p("Reduces ") + p("") + p("the <w:bookmarkStart/>look of <w:r><w:rPr><w:b/></w:rPr><w:t>sc</w:t></w:r>ars")
        ),
        "a.docx",
    )

    assert (document.text, document.format, document.pages) == ("Reduces \n\nthe look of scars", "docx", ())
    assert [segment.text for segment in document.segments] == ["Reduces", "the look of scars"]
    assert document.position(document.text.index("scars")).line == 3


def test_headings_are_known_by_the_name_of_their_style_or_its_level(outline: Outline) -> None:
    body = (
        styled("Titel", "Peels") + styled("berschrift1", "Scars") + styled("Ours", "Deep ones")
        + p("By hand", '<w:outlineLvl w:val="2"/>') + p("None", '<w:pStyle w:val="Ours"/><w:outlineLvl w:val="9"/>')
        + styled("Loop", "Nor this")
    )  # fmt: skip

    assert outline("docx", docx(body)) == [
        "heading1 0.0: Peels", "heading1 1.1: Scars", "heading2 2.1: Deep ones", "heading3 3.1: By hand",
        "paragraph 4.1: None", "paragraph 5.1: Nor this",
    ]  # fmt: skip


def test_items_make_lists_with_their_introduction(outline: Outline) -> None:
    body = (
        p("It does:") + p("Smooths lines", LIST.format(0)) + p("Deep ones", LIST.format(1))
        + p("Evens tone", LIST.format(0)) + p("Now.") + styled("Bullet", "Calms") + styled("Bullet2", "Softens")
        + p("Not one", '<w:pStyle w:val="Bullet"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )  # fmt: skip

    assert outline("docx", docx(body)) == [
        "paragraph 0.0: It does:", "item 1.0 <0: Smooths lines", "item 2.0 <1: Deep ones", "item 3.0 <0: Evens tone",
        "paragraph 4.0: Now.", "item 5.0: Calms", "item 6.0 <5: Softens", "paragraph 7.0: Not one",
    ]  # fmt: skip


def test_a_row_is_a_block_and_lists_end_with_their_cell(outline: Outline) -> None:
    cell = "<w:tc>{}</w:tc>"
    row = "<w:tr>" + cell.format(p("Peel") + p("Light")) + cell.format(p("Calms", LIST.format(0))) + "</w:tr>"

    assert outline("docx", docx(p("Our peels:") + f"<w:tbl>{row}{row}</w:tbl>" + p("After"))) == [
        "paragraph 0.0: Our peels:",
        "cell 1.0 <0: Peel", "cell 1.0 <0: Light", "item 2.0 <1: Calms",
        "cell 3.0 <0: Peel", "cell 3.0 <0: Light", "item 4.0 <3: Calms",
        "paragraph 5.0: After",
    ]  # fmt: skip


def test_paragraphs_of_a_quotation_are_one_block(outline: Outline) -> None:
    body = styled("Zitat", "My lines went.") + styled("Zitat", "Ann, 52") + p("So she says.")

    assert outline("docx", docx(body)) == [
        "quote 0.0: My lines went.", "quote 0.0: Ann, 52", "paragraph 1.0: So she says.",
    ]  # fmt: skip


def test_notes_are_joined_to_their_marks(outline: Outline) -> None:
    mark = '<w:r><w:{}noteReference w:id="{}"/></w:r>'
    note = '<w:{0}note w:id="{1}" {2}>{3}</w:{0}note>'
    footnotes = note.format("foot", 0, 'w:type="separator"', p("Line")) + note.format("foot", 2, "", p("Of 30 women."))
    body = p(f"Fewer lines{mark.format('foot', 2)} and less redness{mark.format('end', 2)}.")
    data = docx(
        body,
        footnotes=f"<w:footnotes>{footnotes}</w:footnotes>",
        endnotes=f"<w:endnotes>{note.format('end', 2, '', p('Of ten.'))}</w:endnotes>",
    )

    assert outline("docx", data) == [
        "paragraph 0.0 mark=^2@11 mark=^end2@28: Fewer lines and less redness.",
        "note 1.0 note=^2: Of 30 women.",
        "note 2.0 note=^end2: Of ten.",
    ]


def test_headers_and_footers_are_sections_and_stand_once_and_last(outline: Outline) -> None:
    header = "<w:hdr>{}</w:hdr>"
    refer = '<w:{}Reference w:type="{}" r:id="{}"/>'
    body = p("Body.") + "<w:sectPr>" + "".join(
        refer.format(*one)
        for one in [("header", "default", "header1"), ("header", "even", "header2"), ("header", "first", "header3"),
                    ("footer", "default", "footer1")]
    ) + "{}</w:sectPr>"  # fmt: skip
    parts = {
        "header1": header.format(p("Clinic")), "header2": header.format(p("Clinic")),
        "header3": header.format(p("First page")), "header4": header.format(p("Unused")),
        "footer1": f"<w:ftr>{p('Results vary.')}</w:ftr>",
    }  # fmt: skip

    assert outline("docx", docx(body.format(""), **parts)) == [
        "paragraph 0.0: Body.", "paragraph 1.1: Clinic", "paragraph 2.2: Results vary.",
    ]  # fmt: skip
    assert texts(docx(body.format("<w:titlePg/>"), **parts)) == ["Body.", "First page", "Clinic", "Results vary."]


def test_a_text_box_comes_once_and_after_the_paragraph_that_it_is_anchored_in(outline: Outline) -> None:
    box = f"<w:txbxContent>{p('In a box', LIST.format(0))}</w:txbxContent>"
    alternates = (
        f"<mc:AlternateContent><mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
    )

    assert outline("docx", docx(p(f"Before <w:r>{alternates}</w:r>and after:") + p("Next"))) == [
        "paragraph 0.0: Before and after:", "item 1.0 <0: In a box", "paragraph 2.0: Next",
    ]  # fmt: skip


def test_what_is_deleted_hidden_or_code_is_not_read() -> None:
    body = p(
        "<w:ins>New</w:ins><w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>"
        "<w:moveFrom>moved</w:moveFrom>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> and seen</w:t></w:r>'
        '<w:r><w:rPr><w:rStyle w:val="Secret"/></w:rPr><w:t>secret</w:t></w:r>'
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>prompt</w:sdtContent></w:sdt>"
        "<w:sdt><w:sdtPr/><w:sdtContent> and filled in</w:sdtContent></w:sdt>"
    )

    assert texts(docx(body)) == ["New and seen and filled in"]


def test_of_a_field_its_result_is_read() -> None:
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    begin, separate, end = (char.format(one) for one in ("begin", "separate", "end"))
    code = "<w:r><w:instrText>{}</w:instrText></w:r>"
    inner = begin + code.format("NAME") + separate + "inner" + end
    body = p(f"Page {begin}{code.format('IF')}{inner}{separate}three{end} of <w:fldSimple>nine</w:fldSimple>")

    assert texts(docx(body)) == ["Page three of nine"]


def test_signs_stand_for_themselves() -> None:
    body = p(
        "<w:r><w:t>Peel</w:t><w:tab/><w:t>one</w:t><w:br/><w:t>two</w:t><w:noBreakHyphen/><w:t>step so</w:t>"
        '<w:softHyphen/><w:t>ft</w:t><w:sym w:font="Symbol" w:char="F0D2"/>'
        '<w:sym w:font="Wingdings" w:char="F04A"/></w:r>'
    )

    document = extract(docx(body), "a.docx")

    assert document.text == "Peel\tone two\u2011step so\u00adft\u00ae\ufffc"
    assert [segment.text for segment in document.segments] == ["Peel\tone two\u2011step soft\u00ae\ufffc"]


def test_a_raised_digit_is_a_mark_and_no_part_of_the_word(outline: Outline) -> None:
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'

    document = docx(p(f"Fewer lines{raised}.") + p(f"{raised}Of 30 women."))

    assert outline("docx", document) == [
        "paragraph 0.0 mark=¹@11: Fewer lines¹.", "note 1.0 note=¹: ¹Of 30 women.",
    ]  # fmt: skip
    assert extract(document, "a.docx").text == "Fewer lines1.\n1Of 30 women."


def test_pictures_speak_in_the_last_lines(outline: Outline) -> None:
    picture = '<w:r><w:drawing><wp:docPr id="1" name="Picture 1" descr="A face with fewer lines"/></w:drawing></w:r>'
    shape = (
        '<w:r><w:pict><v:shape alt="IMG_1.jpg"/><v:shape><v:textpath string="Glow for good"/></v:shape></w:pict></w:r>'
    )
    core = '<cp xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The peel book</dc:title></cp>'

    assert outline("docx", docx(p(f"Before.{picture}") + p(shape) + p("After."), core=core)) == [
        "paragraph 0.0: Before.", "paragraph 1.0: After.", "value 2.0 metadata: The peel book",
        "attribute 0.0 metadata: A face with fewer lines", "attribute 3.0 metadata: Glow for good",
    ]  # fmt: skip


def test_a_paragraph_whose_mark_is_deleted_goes_on_in_the_next() -> None:
    gone = "<w:rPr><w:del/></w:rPr>"

    assert texts(docx(p("reduces ", gone) + p("", gone) + p("scars") + p("for now"))) == ["reduces scars", "for now"]


def test_charts_and_diagrams_are_read_where_they_stand() -> None:
    point = "<c:pt><c:v>{}</c:v></c:pt>"
    chart = (
        "<c:chartSpace><c:title><a:p><a:r><a:t>Who saw </a:t></a:r><a:r><a:t>fewer lines</a:t></a:r></a:p></c:title>"
        f"<c:strCache>{point.format('After a week')}</c:strCache><c:numCache>{point.format('87')}</c:numCache>"
        "</c:chartSpace>"
    )
    anchor = p('Before<w:r><w:drawing><c:chart r:id="chart1"/></w:drawing></w:r>') + p("After")

    assert texts(docx(anchor, chart1=chart)) == ["Before", "Who saw fewer lines", "After a week", "After"]


def test_strict_documents_are_read_alike() -> None:
    assert texts(docx(styled("Ours", "Calm") + p("Skin."), namespace=STRICT)) == ["Calm", "Skin."]


def test_formulas_are_text() -> None:
    assert texts(docx(p("pH <m:oMath><m:r><m:t>5.5</m:t></m:r></m:oMath>"))) == ["pH 5.5"]


# --------------------------------------------------------------------------- any document

# V stands for a word that a reader sees, H for one that no reader sees.
PIECES = (
    "V", "V V", "V<w:r><w:br/></w:r>V", "<w:ins>V</w:ins>", "<w:del><w:r><w:delText>H</w:delText></w:r></w:del>",
    "<w:hyperlink>V</w:hyperlink>", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>H</w:t></w:r>",
    '<w:r><w:drawing><wp:docPr descr="V V" name="H"/></w:drawing></w:r>', "<w:r><w:instrText>H</w:instrText></w:r>",
    "<w:smartTag>V</w:smartTag>", "<w:r><w:t>V</w:t><w:tab/><w:t>V</w:t></w:r>", "V &amp; V", "V\u00adV",
    "\U0001f600 V", f"<w:r><w:txbxContent>{p('V')}</w:txbxContent></w:r>", "V\nV",
    '<w:r><w:footnoteReference w:id="1"/></w:r>', "V*",
    "<mc:AlternateContent><mc:Choice>V</mc:Choice><mc:Fallback>H</mc:Fallback></mc:AlternateContent>",
)  # fmt: skip
PROPERTIES = (
    "", "", LIST.format(0), LIST.format(1), LIST.format(3), '<w:pStyle w:val="Ours"/>', '<w:pStyle w:val="Zitat"/>',
    '<w:pStyle w:val="Titel"/>', "<w:rPr><w:del/></w:rPr>", '<w:pStyle w:val="Bullet"/>',
)  # fmt: skip

paragraphs = st.builds(
    lambda pieces, properties: p("".join(pieces), properties),
    st.lists(st.sampled_from(PIECES), max_size=5),
    st.sampled_from(PROPERTIES),
)
tables = st.lists(st.lists(paragraphs, min_size=1, max_size=2), min_size=1, max_size=2).map(
    lambda cells: "<w:tbl><w:tr>" + "".join(f"<w:tc>{''.join(cell)}</w:tc>" for cell in cells) + "</w:tr></w:tbl>"
)
bodies = st.lists(paragraphs | tables, max_size=6).map("".join)


@given(bodies)
@settings(max_examples=150, deadline=None)
def test_what_is_seen_is_in_a_segment_with_an_exact_map_and_nothing_else(body: str) -> None:
    body = numbered(body, r"\b[VH]\b")

    document = extract(docx(body), "a.docx")

    found = words_in([document])
    assert sorted(found) == sorted(re.findall(r"V\d+v", body))
    assert_exact(document)


def assert_exact(document: Document) -> None:
    """Every line is a paragraph, and every exact run stands in the text just so."""
    assert document.line_starts == (0, *(found.end() for found in re.finditer("\n", document.text)))
    for segment in document.segments:
        assert "".join(segment.text[run.start : run.start + run.length] for run in segment.runs) == segment.text
        for run in segment.runs:
            if run.exact:
                source = document.text[run.source : run.source + run.source_length]
                assert source == segment.text[run.start : run.start + run.length]
        if not segment.metadata:
            section = document.sections[segment.section]
            start, end = segment.to_source(0, len(segment.text))
            assert section.start <= start < end <= section.end
            assert "\n" not in document.text[start:end]


# --------------------------------------------------------------------------- what is refused


def zipped(parts: dict[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def main(xml: str) -> bytes:
    return zipped({"word/document.xml": xml})


def encrypted() -> bytes:
    data = bytearray(docx(p("Peel")))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


ENTITIES = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><d>&b;</d>'
EXTERNAL = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>'

REFUSED = {
    "no archive": (b"Peel", "the file is no Word document: it is no zip archive, or a damaged one"),
    "nothing": (b"", "the file is no Word document: it is no zip archive, or a damaged one"),
    "an old or encrypted one": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        "the file is encrypted or older than its name says, and no Word document that can be read",
    ),
    "another archive": (zipped({"a.txt": "a"}), "the file is no Word document: it has no part 'word/document.xml'"),
    "another document": (
        main("<workbook/>"), "the file is no Word document: 'word/document.xml' in it is another kind",
    ),
    "encrypted parts": (encrypted(), "the file is encrypted"),
    "a damaged part": (
        docx(p("Peel")).replace(b"PK\x03\x04", b"PK\x03\x05", 1), "'_rels/.rels' in it is damaged",
    ),
    "broken XML": (
        main("<d><e></d>"),
        "'word/document.xml' in it is no well-formed XML: mismatched tag: line 1, column 8",
    ),
    "an unknown encoding": (
        main('<?xml version="1.0" encoding="nonsense"?><d/>'),
        "'word/document.xml' in it is no well-formed XML: unknown encoding: nonsense",
    ),
    "entities": (
        main(ENTITIES), "'word/document.xml' in it declares a document type, which could hold entities without end",
    ),
    "external entities": (
        main(EXTERNAL), "'word/document.xml' in it declares a document type, which could hold entities without end",
    ),
    "an unbounded way of packing": (
        zipped({"word/document.xml": "<d/>"}, method=zipfile.ZIP_LZMA),
        "'word/document.xml' in it is packed in an unknown way",
    ),
    "100,000 levels": (
        main("<a>" * 100_000 + "</a>" * 100_000), "'word/document.xml' in it is nested more than 500 levels deep",
    ),
    "a bomb": (
        main(" " * 100_000_000), "the file holds more than 64 MB or 2,000,000 tags once it is unpacked",
    ),
    "tags without end": (
        main("<a/>" * 2_100_000), "the file holds more than 64 MB or 2,000,000 tags once it is unpacked",
    ),
    "another file in it": (docx('<w:altChunk r:id="x"/>'), "the file takes in another one, which cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused(name: str) -> None:
    data, what = REFUSED[name]

    with pytest.raises(ExtractError) as refused:
        extract(data, "a.docx")

    assert (refused.value.what, refused.value.where, bool(refused.value.fix)) == (what, "a.docx", True)


def test_more_parts_than_a_document_needs_are_refused() -> None:
    data = zipped({str(number): "" for number in range(10_001)}, method=zipfile.ZIP_STORED)

    with pytest.raises(ExtractError, match="more than 10000 parts"):
        extract(data, "a.docx")


@pytest.mark.parametrize(
    "body",
    [
        "<w:p>" * 400 + "<w:p/>" * 20_000 + "</w:p>" * 400,
        p("<w:r>" + "<w:t>a</w:t><w:br/>" * 20_000 + "</w:r>"),
        p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 20_000 + "a"),
        "".join(p("a", LIST.format(number % 9)) for number in range(20_000)),
        p("a", "<w:rPr><w:del/></w:rPr>") * 20_000,
    ],
    ids=["paragraphs in paragraphs", "breaks", "fields", "lists", "paragraphs that go on"],
)
def test_hostile_documents_are_read(body: str) -> None:
    assert_exact(extract(docx(body), "a.docx"))
