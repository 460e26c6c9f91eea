"""A reviewed Word document says beside each claim what is the matter, and is otherwise the one that it was."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import docx
import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.engine.linter import Linter
from claimcheck.errors import ExtractError
from claimcheck.extract import extract
from claimcheck.extract.docx import read_placed
from claimcheck.filecheck import check_data
from claimcheck.model import Citation, FileResult, Finding, Remedy, Report, Scope, Severity, Spot, Witness
from claimcheck.options import Options
from claimcheck.review import reviewed

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
NAMES = (
    f'xmlns:r="{RELATIONS}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:w16cid="http://schemas.microsoft.com/office/word/2016/wordml/cid" '
    'xmlns:w16cex="http://schemas.microsoft.com/office/word/2018/wordml/cex" mc:Ignorable="w14 w15 w16cid w16cex"'
)
TYPES = {
    "document": "document.main", "styles": "styles", "numbering": "numbering", "comments": "comments",
    "footnotes": "footnotes", "header1": "header",
}  # fmt: skip
STYLES = """\
<w:styles><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
 <w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="36"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Kommentarzeichen"><w:name w:val="annotation reference"/></w:style>
<w:style w:type="paragraph" w:styleId="Kommentartext"><w:name w:val="annotation text"/></w:style></w:styles>"""


RSID = ' w:rsidR="00A1"'


def r(text: str, properties: str = "") -> str:
    """A run."""
    own = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r{RSID}>{own}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(content: str, properties: str = "") -> str:
    """A paragraph."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def box(text: str) -> str:
    """A run that holds a text box, for newer and older versions of Word."""
    inside = f"<w:txbxContent>{p(r(text))}</w:txbxContent>"
    return f"""\
<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0"
 simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="column"><wp:posOffset>3000000</wp:posOffset></wp:positionH>
<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>
<wp:extent cx="1800000" cy="720000"/>
<wp:wrapSquare wrapText="bothSides"/><wp:docPr id="3" name="Box"/><a:graphic>
<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="720000"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>{inside}</wps:txbx><wps:bodyPr/></wps:wsp>
</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>
<v:shape style="width:100pt;height:50pt"><v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback>
</mc:AlternateContent></w:r>"""


PICTURE = """\
<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="720000" cy="360000"/>
<wp:docPr id="1" name="Picture 1" descr="Our peel erases acne scars for good"/><a:graphic>
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>
<pic:cNvPr id="1" name="p.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId50"/><a:stretch>
<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="720000" cy="360000"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>
</w:r>"""
LINK = f'<w:hyperlink r:id="rId51" w:history="1">{r("Our serum ")}{r("boosts collagen and more")}</w:hyperlink>'
TRACKED = (
    f'<w:ins w:id="11" w:author="Ann" w:date="2026-01-01T00:00:00Z">{r("It fades dark spots in a week.")}</w:ins>'
    '<w:del w:id="12" w:author="Ann" w:date="2026-01-01T00:00:00Z"><w:r><w:delText>It cures acne.</w:delText>'
    "</w:r></w:del>"
)
CHANGED = '<w:b/><w:rPrChange w:id="13" w:author="Ann" w:date="2026-01-01T00:00:00Z"><w:rPr/></w:rPrChange>'
THEIRS = (
    f'<w:commentRangeStart w:id="0"/>{r("Every peel reduces wrinkles.")}<w:commentRangeEnd w:id="0"/>'
    '<w:r><w:rPr><w:rStyle w:val="Kommentarzeichen"/></w:rPr><w:commentReference w:id="0"/></w:r>'
)
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> HYPERLINK "x" </w:instrText>'
    f'</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("It smooths fine lines overnight")}'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
CONTROL = f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{r('It lifts skin.')}</w:sdtContent></w:sdt>"
NOTED = (
    r("Ask about it")
    + '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    + r(" now.")
)
ITEM = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
CELL = '<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>{}</w:tc>'
TABLE = (
    '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/>'
    f"</w:tblGrid><w:tr>{CELL.format(p(r('Peel')))}{CELL.format(p(r('Removes scars forever')))}</w:tr></w:tbl>"
)
SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="708" w:footer="708" w:gutter="0"/>'
    "</w:sectPr>"
)
DRAFT = "".join((
    p(r("Our glycolic peel"), '<w:pStyle w:val="H1"/>'),
    p(r("A peel in our clinic smooths ") + r("fine", "<w:i/>") + r(" lines &amp; fades dark spots, it is said.")),
    p(r("It erases wrinkles forever, they say.", CHANGED) + box("This peel reduces deep wrinkles.") + r(" Ask us.")),
    p("<w:r><w:t>It treats</w:t><w:tab/><w:t>acne</w:t><w:br/><w:t>and heals eczema now.</w:t></w:r>"),
    p(PICTURE), p(LINK + r(". See there.")), p(TRACKED), p(THEIRS), p(FIELD),
    p(r("Reduces redness in 87% of women"), ITEM), TABLE, p(NOTED), p(CONTROL),
    p(r("A peel in our clinic smooths fine lines &amp; fades dark spots, it is said.")), "<w:p/>", SECTION,
))  # fmt: skip
PARTS = {
    "numbering": '<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
    "comments": '<w:comments><w:comment w:id="0" w:author="Ann" w:date="2026-01-01T00:00:00Z" w:initials="A">'
    f"{p(r('Is it?'))}</w:comment></w:comments>",
    "footnotes": '<w:footnotes><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p>'
    '</w:footnote><w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
    "</w:footnote>"
    f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>" + r(" Our laser eliminates cellulite."))}</w:footnote>'
    "</w:footnotes>",
    "header1": f"<w:hdr>{p(r('The number one skin savior'))}</w:hdr>",
}


def picture() -> bytes:
    """A PNG of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    rows = (b"\0" + bytes((200, 80, 120)) * 40) * 20
    return b"".join((
        b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", struct.pack(">2L5B", 40, 20, 8, 2, 0, 0, 0)),
        chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""),
    ))  # fmt: skip


def draft(body: str, *, space: str = W, **parts: str) -> bytes:
    """A Word document; ``parts`` are further ones of the folder ``word``, by their names."""
    parts = {"document": f"<w:document><w:body>{body}</w:body></w:document>", "styles": STYLES, **parts}
    related = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{name.rstrip("1")}" Target="{name}.xml"/>'
        for name in parts
        if name != "document"
    )
    types = "".join(
        f'<Override PartName="/word/{name}.xml" '
        f'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{TYPES[name]}+xml"/>'
        for name in parts
        if name in TYPES
    )
    content: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f"{types}</Types>",
        "_rels/.rels": f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/media/p.png": picture(),
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'{related}<Relationship Id="rId50" Type="{RELATIONS}/image" Target="media/p.png"/>'
        f'<Relationship Id="rId51" Type="{RELATIONS}/hyperlink" Target="https://example.com/" TargetMode="External"/>'
        "</Relationships>",
    }
    for name, xml in parts.items():
        content[f"word/{name}.xml"] = HEAD + re.sub("(?<=[a-z])(?=[ >])", f' xmlns:w="{space}" {NAMES}', xml, count=1)
    return packed(content)


def packed(content: Mapping[str, str | bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return out.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def spots(data: bytes, phrase: str) -> list[Spot]:
    """All places where a phrase stands."""
    document = extract(data, "a.docx")
    return [document.spot(found.start(), found.end()) for found in re.finditer(re.escape(phrase), document.text)]


def finding(data: bytes, phrase: str, *, policy: str = "caveats") -> Finding:
    """What is to be said of a phrase; where it stands again, the same."""
    first, *others = spots(data, phrase)
    return Finding(
        rule="efficacy/scars",
        policy=policy,
        severity=Severity.ERROR,
        prohibited=False,
        spot=first,
        also_at=tuple(others),
        kind="efficacy",
        kinds=("efficacy",),
        subject="procedure",
        text=phrase,
        message=f"'{phrase}' says what a treatment does.",
        suggestion="",
        missing=(),
        too_far=(),
        present=(),
        citations=(),
        fingerprint=phrase,
    )


def report(*findings: Finding, policies: Sequence[str] = ("caveats",), remedies: Sequence[Remedy] = ()) -> Report:
    result = FileResult("a.docx", findings=findings, remedies=tuple(remedies))
    return Report("0.1", "abc", "2026-11-25", tuple(policies), (result,))


def review(data: bytes, *phrases: str) -> bytes:
    """A document with a comment on each phrase."""
    return reviewed(data, report(*(finding(data, phrase) for phrase in phrases))).data


def checked(data: bytes, linter: Linter) -> Report:
    """What the shipped rules say of a document."""
    options = Options(policies=("caveats", "uk"), on="2026-11-25")
    result = check_data(data, "a.docx", linter, options)
    assert not result.failures
    return replace(report(policies=options.policies), results=(result,))


def parsed(xml: bytes) -> ET.Element:
    return ET.fromstring(xml)  # noqa: S314 - our own


class Shown(NamedTuple):
    """A comment as a reader sees it: who wrote it, what, and on which words."""

    author: str
    text: str
    words: str


def shown(data: bytes, space: str = W) -> list[Shown]:
    """The comments of a document, in the order in which they begin there."""
    parts = unpacked(data)
    texts: dict[str, tuple[str, str]] = {}
    for comment in parsed(parts["word/comments.xml"]):
        lines = ["".join(word.text or "" for word in line.iter(f"{{{space}}}t")) for line in comment]
        texts[comment.attrib[f"{{{space}}}id"]] = (comment.attrib[f"{{{space}}}author"], "\n".join(lines))
    words: dict[str, str] = {}
    ended: set[str] = set()
    for one in parsed(parts["word/document.xml"]).iter():
        name, number = one.tag.rpartition("}")[2], one.attrib.get(f"{{{space}}}id", "")
        if name == "commentRangeStart":
            words[number] = ""
        elif name == "commentRangeEnd":
            ended.add(number)
        said = {"t": one.text or "", "tab": "\t", "br": " "}.get(name, "") if one.tag.startswith(f"{{{space}}}") else ""
        for number in words.keys() - ended:
            words[number] += said
    return [Shown(*texts[number], said) for number, said in words.items()]


def on_words(data: bytes) -> list[str]:
    """The words on which our comments stand, but for the summary."""
    return [one.words for one in shown(data) if one.author == "claimcheck" and "linter" not in one.text]


# --------------------------------------------------------------------------- what comments say


def test_a_comment_says_what_is_the_matter_what_is_missing_what_helps_and_who_says_so() -> None:
    data = draft(p(r("It reduces scars.")) + p(r("Results vary.")))
    one = replace(
        finding(data, "reduces scars"),
        missing=("professional", "consultation"),
        too_far=(Witness("variability", spots(data, "Results vary")[0], "Results vary", Scope.DOCUMENT),),
        suggestion="Say who performs it.",
        citations=(Citation("asa", "ASA, A guide", "https://example.com/a?b=1&c"), Citation("own", "Our own", "")),
    )
    start = one.spot.start
    remedy = Remedy(
        "r1", "caveats", "a.docx", "Our <peel>", start, start, ("professional",), "Add it.", (one.fingerprint,)
    )

    made = reviewed(data, report(one, remedies=[remedy]))

    assert (made.comments, made.replaced) == (2, 0)
    assert shown(made.data) == [
        Shown(
            "claimcheck",
            "claimcheck: 1 error; 0 claims in all.\n"
            "What would help in section “Our <peel>”: Add it. (clears 1 finding)\n"
            "It is a linter, not a lawyer: it says what it looked for and did not find.\n"
            "claimcheck 0.1, rules abc, policy caveats, 2026-11-25.",
            "It reduces scars.",
        ),
        Shown(
            "claimcheck",
            "Error: 'reduces scars' says what a treatment does. (efficacy/scars)\n"
            "Missing: nothing in the document says who performs it or whom to ask first.\n"
            "Too far away: “Results vary” says that results vary, but only elsewhere in the document.\n"
            "Suggestion: Say who performs it.\n"
            "Source: ASA, A guide https://example.com/a?b=1&c\n"
            "Source: Our own",
            "reduces scars",
        ),
    ]


def test_a_comment_suggests_first_the_edit_that_clears_most_and_then_what_the_policy_does() -> None:
    data = draft(p(r("It reduces scars. It lifts skin.")))
    both = [
        replace(finding(data, phrase), missing=missing, suggestion="Say what was tested.", remedy="r1")
        for phrase, missing in (("reduces scars", ("study-basis",)), ("lifts skin", ("professional",)))
    ]
    start = both[0].spot.start
    cleared = tuple(one.fingerprint for one in both)
    remedy = Remedy("r1", "caveats", "a.docx", "", start, start, ("professional",), "Say who does it.", cleared)

    made = reviewed(data, report(*both, remedies=[remedy])).data

    assert [[line for line in one.text.splitlines() if line.startswith(("Sugg", "Or:"))] for one in shown(made)] == [
        [],
        ["Suggestion: Say who does it. (clears 2 findings)", "Or: Say what was tested."],
        ["Suggestion: Say who does it. (clears 2 findings)"],
    ]


def test_a_document_without_findings_gets_a_summary_that_says_so() -> None:
    made = reviewed(draft(p(r("We are open."))), report()).data

    assert [one.text.splitlines()[0] for one in shown(made)] == ["claimcheck: nothing found; 0 claims in all."]


def test_what_several_policies_say_of_the_same_words_stands_in_one_comment() -> None:
    data = draft(p(r("It reduces scars. We say: it reduces scars.")))
    both = [finding(data, "reduces scars"), finding(data, "reduces scars", policy="uk")]

    made = reviewed(data, report(*both, policies=("caveats", "uk"))).data

    assert [(one.text, one.words) for one in shown(made)[1:]] == [
        (
            "\n".join(
                f"Error: 'reduces scars' says what a treatment does. (efficacy/scars, policy {policy})"
                for policy in ("caveats", "uk")
            ),
            "reduces scars",
        ),
        ("As above.", "reduces scars"),
    ]


def test_our_comments_say_who_wrote_them_and_when() -> None:
    made = unpacked(review(draft(p(r("It reduces scars."))), "reduces scars"))["word/comments.xml"].decode()

    assert set(re.findall(r"<w:comment [^>]*?(w:author.*?)>", made)) == {
        'w:author="claimcheck" w:date="2026-11-25T00:00:00Z" w:initials="cc"'
    }


# --------------------------------------------------------------------------- where they stand


@pytest.mark.parametrize(
    ("body", "phrase"),
    [
        pytest.param(p(r("It reduces scars today.")), "reduces scars", id="in a run"),
        pytest.param(p(r("Reduces scars.")), "Reduces scars.", id="a whole run"),
        pytest.param(p(r("It re") + r("duces", "<w:b/>") + r(" scars today.")), "reduces scars", id="over runs"),
        pytest.param(p(r("A &amp;\r\nB&#x301; reduces scars &lt;3 now.")), "reduces scars <3", id="entities"),
        pytest.param(p(r("𝒜😀 reduces scars 😀 now.")), "reduces scars 😀", id="beyond the first plane"),
        pytest.param(
            p("<w:r><w:t>It treats</w:t><w:tab/><w:t>acne</w:t><w:br/><w:t>now.</w:t></w:r>"), "treats\tacne", id="tabs"
        ),
        pytest.param(p(r("It") + "<w:r><w:br/><w:t>reduces scars.</w:t></w:r>"), "reduces scars", id="after a break"),
        pytest.param(p(r("We: ") + LINK), "boosts collagen", id="in a link"),
        pytest.param(p(LINK + r(" and hair. See.")), "collagen and more and hair", id="from a link on"),
        pytest.param(p(TRACKED), "fades dark spots in a week", id="inserted"),
        pytest.param(p(FIELD), "smooths fine lines", id="the result of a field"),
        pytest.param(TABLE, "Removes scars", id="a cell"),
        pytest.param(p(r("It reduces scars.", CHANGED)), "reduces scars", id="whose look was changed"),
        pytest.param(
            p(f'<w:smartTag w:element="x">{r("It lifts skin")}</w:smartTag>' + r(".")), "lifts skin", id="a smart tag"
        ),
        pytest.param(
            f"<w:sdt><w:sdtContent>{p(r('It lifts skin.'))}</w:sdtContent></w:sdt>", "lifts skin", id="a control"
        ),
        pytest.param("<x:p xmlns:x='urn:x'/>" + p(r("It lifts skin.")), "lifts skin", id="beside what is unknown"),
        pytest.param(p("<w:r/>" + r("It lifts skin.") + "<w:r />"), "lifts skin", id="beside empty runs"),
    ],
)
def test_a_comment_stands_on_the_very_words(body: str, phrase: str) -> None:
    data = draft(body)

    made = review(data, phrase)

    assert on_words(made) == [phrase]
    assert extract(made, "a.docx") == extract(data, "a.docx")


@pytest.mark.parametrize(
    ("body", "phrase", "words", "where"),
    [
        pytest.param(
            p(r("See.") + box("It lifts skin.")), "lifts skin", "It lifts skin." * 2,
            "In a text box, picture, chart or control: “lifts skin”", id="a text box",
        ),
        pytest.param(
            p(r("See.") + PICTURE), "erases acne scars", "",
            "In a text box, picture, chart or control: “erases acne scars”", id="what a picture shows",
        ),
        pytest.param(
            p(r("See. ") + CONTROL), "lifts skin", "It lifts skin.",
            "In a text box, picture, chart or control: “lifts skin”", id="a control in a line",
        ),
        pytest.param(
            p(r("See. ")) + p(NOTED), "eliminates cellulite", "", "In this footnote: “eliminates cellulite”",
            id="a footnote",
        ),
        pytest.param(
            p(r("See. ")) + SECTION, "skin savior", "See. ", "In the header: “skin savior”", id="a header",
        ),
        pytest.param(
            p(r("See."))
            + f"<mc:AlternateContent><mc:Choice>{p(r('It lifts skin.'))}</mc:Choice></mc:AlternateContent>",
            "lifts skin", "See.", "In a text box, picture, chart or control: “lifts skin”", id="paragraphs apart",
        ),
    ],
)  # fmt: skip
def test_where_no_comment_can_stand_on_the_words_it_stands_beside_what_holds_them_and_quotes_them(
    body: str, phrase: str, words: str, where: str
) -> None:
    data = draft(body, **PARTS)

    (one,) = (one for one in shown(review(data, phrase)) if one.text.startswith(where))

    assert one == Shown("claimcheck", f"{where}\nError: '{phrase}' says what a treatment does. (efficacy/scars)", words)


def test_the_mark_of_a_comment_follows_the_link_the_tracked_change_or_the_field_in_which_its_words_stand() -> None:
    data = draft(p(LINK + TRACKED + FIELD + r(".")))

    made = unpacked(review(data, "boosts collagen", "fades dark spots", "smooths fine lines"))["word/document.xml"]

    kept = re.sub(r"<w:r( [^>]*)?>(<w:rPr>.*?</w:rPr>)?(?=<w:commentRef)|w:del .*?</w:del>", "", made.decode())
    order = re.findall(r"</w:hyperlink>|</w:ins>|fldCharType=\"end\"|commentReference", kept.partition("<w:body>")[2])
    assert order == [
        "</w:hyperlink>", "commentReference", "</w:ins>", "commentReference", 'fldCharType="end"', "commentReference",
        "commentReference",
    ]  # fmt: skip


@pytest.mark.parametrize("entries", ["<w:comments/>", "<w:comments></w:comments>"])
def test_comments_come_into_a_part_without_any(entries: str) -> None:
    data = draft(p(r("It lifts skin.")), comments=entries.replace("/>", " />"))

    assert on_words(review(data, "lifts skin")) == ["lifts skin"]


def test_what_stands_in_the_title_of_the_file_is_told_at_the_first_paragraph() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Our new peel lifts skin for you</dc:title>'
        "</cp:coreProperties>"
    )
    parts = unpacked(draft(p(r("See."))))
    rels = parts["_rels/.rels"].decode()
    core_relation = f'<Relationship Id="rId2" Type="{RELATIONS}/core-properties" Target="core.xml"/></Relationships>'
    data = packed({**parts, "core.xml": core, "_rels/.rels": rels.replace("</Relationships>", core_relation)})

    (_, one) = shown(review(data, "lifts skin"))

    assert (one.text.splitlines()[0], one.words) == (
        "Elsewhere in the file, such as in its title: “lifts skin”",
        "See.",
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<w:p/>" + p(r("See.")), ""),
        ('<w:p w:rsidR="1" />' + p(r("See.")), ""),
        (p("", '<w:pStyle w:val="H1"/>') + p(r("See.")), ""),
        (f"<w:sdt><w:sdtContent>{p(r('Contents'))}</w:sdtContent></w:sdt>" + p(r("See.")), "See."),
        (f"<w:sdt><w:sdtContent>{p(r('Contents'))}</w:sdtContent></w:sdt>", "Contents"),
        (TABLE, "Peel"),
    ],
)
def test_the_summary_stands_on_the_first_paragraph_but_not_in_a_table_of_contents(body: str, words: str) -> None:
    made = reviewed(draft(body), report()).data

    assert [one.words for one in shown(made)] == [words]
    assert reviewed(made, report()).data == made


def test_a_document_without_a_paragraph_has_no_place_for_the_summary() -> None:
    with pytest.raises(ExtractError, match="has no paragraph for the summary"):
        reviewed(draft(""), report())


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_the_runs_a_comment_stands_on_the_very_words(chosen: st.DataObject) -> None:
    texts = st.text("ab é😀&<\t", min_size=1, max_size=6)
    pieces = chosen.draw(st.lists(st.lists(texts, min_size=1, max_size=3), min_size=1, max_size=4))
    inside = chosen.draw(st.sampled_from(["{}", "<w:ins w:id='1'>{}</w:ins>", "<w:hyperlink>{}</w:hyperlink>"]))
    runs = [
        "<w:r>" + "".join(f'<w:t xml:space="preserve">{_written(text)}</w:t><w:tab/>' for text in run) + "</w:r>"
        for run in pieces
    ]
    data = draft(p(r("A ") + inside.format("".join(runs)) + r(" z")))
    document, _ = read_placed(data, "a.docx")
    places = st.integers(0, len(document.text))
    start, end = sorted(chosen.draw(st.tuples(places, places).filter(lambda pair: pair[0] != pair[1])))
    one = replace(finding(data, "A"), spot=document.spot(start, end), also_at=())

    made = reviewed(data, report(one)).data

    assert shown(made)[-1].words == document.text[start:end]
    assert extract(made, "a.docx") == document
    assert reviewed(made, report(one)).data == made


def _written(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


# --------------------------------------------------------------------------- what stays as it was


def test_of_the_parts_only_the_body_and_the_comments_change(linter: Linter) -> None:
    data = draft(DRAFT, **PARTS)

    before, after = unpacked(data), unpacked(reviewed(data, checked(data, linter)).data)

    assert list(after) == list(before)
    assert {name for name in before if before[name] != after[name]} == {"word/document.xml", "word/comments.xml"}
    assert after["word/comments.xml"].startswith(before["word/comments.xml"].removesuffix(b"</w:comments>"))


def test_the_first_comments_of_a_document_come_with_their_relation_and_type() -> None:
    data = draft(p(r("It reduces scars.")))

    before, after = unpacked(data), unpacked(review(data, "reduces scars"))

    assert list(after) == [*before, "word/comments.xml"]
    assert {name for name in before if before[name] != after[name]} == {
        "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml",
    }  # fmt: skip
    assert after["word/_rels/document.xml.rels"] == before["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rId1" Type="{RELATIONS}/comments" Target="comments.xml"/></Relationships>'.encode(),
    )
    assert after["[Content_Types].xml"] == before["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument'
        b'.wordprocessingml.comments+xml"/></Types>',
    )


def test_of_the_body_nothing_changes_but_runs_that_are_taken_apart() -> None:
    body = (
        p(r("It reduces scars today.", CHANGED), "<w:keepNext/>") + p("<w:r><w:t>It lifts skin</w:t></w:r>") + "<w:p/>"
    )

    made = unpacked(review(draft(body), "reduces scars", "lifts skin"))["word/document.xml"].decode()

    def run(text: str, change: int) -> str:
        return r(text, CHANGED.replace('w:id="13"', f'w:id="{change}"'))

    def comment(number: int, inside: str) -> str:
        return (
            f'<w:commentRangeStart w:id="{number}"/>{inside}<w:commentRangeEnd w:id="{number}"/><w:r><w:rPr>'
            f'<w:rStyle w:val="Kommentarzeichen"/></w:rPr><w:commentReference w:id="{number}"/></w:r>'
        )

    assert made.partition("<w:body>")[2] == (
        p(comment(0, run("It ", 13) + comment(1, run("reduces scars", 3)) + run(" today.", 4)), "<w:keepNext/>")
        + p(f'<w:r><w:t xml:space="preserve">It </w:t></w:r>{comment(2, r("lifts skin").replace(RSID, ""))}')
        + "<w:p/></w:body></w:document>"
    )


def test_spaces_that_are_not_seen_stay_unseen() -> None:
    body = p("<w:r><w:t> It reduces scars today. </w:t></w:r>")

    made = review(draft(body), "reduces scars")

    assert on_words(made) == [" It reduces scars today. "]


def test_their_comments_stay_and_ours_are_replaced() -> None:
    data = draft(p(THEIRS) + p(r("It lifts skin.")), comments=PARTS["comments"])
    first = review(data, "reduces wrinkles", "lifts skin")

    again = reviewed(first, report(finding(first, "lifts skin")))

    assert (again.comments, again.replaced) == (2, 3)
    assert Counter(one.author for one in shown(again.data)) == {"Ann": 1, "claimcheck": 2}
    assert shown(again.data)[1] == Shown("Ann", "Is it?", "Every peel reduces wrinkles.")
    assert on_words(again.data) == ["lifts skin"]


def test_a_second_review_gives_the_same_bytes(linter: Linter) -> None:
    data = draft(DRAFT, **PARTS)
    once = reviewed(data, checked(data, linter)).data

    twice = reviewed(once, checked(once, linter))

    assert twice.data == once
    assert twice.replaced == twice.comments > 15


def test_what_other_parts_tell_of_our_comments_goes_with_them_and_what_was_answered_or_resolved_stays() -> None:
    bare = draft(p(r("It lifts skin. It boosts collagen. It reduces scars. It erases lines.")))
    phrases = ("lifts skin", "boosts collagen", "reduces scars", "erases lines")
    parts = unpacked(review(bare, *phrases))
    # As Word saves it, once somebody has answered the second comment on a claim and resolved the third.
    numbers = iter(range(10))
    comments = re.sub(
        "<w:p>", lambda _: f'<w:p w14:paraId="0000000{next(numbers)}">', parts["word/comments.xml"].decode()
    )
    declared = f'<w:comments xmlns:w="{W}"'
    assert declared in comments
    reply = f'<w:comment w:id="90" w:author="Ann"><w:p w14:paraId="0000000A">{r("It is approved.")}</w:p></w:comment>'
    comments = comments.replace(declared, f"{declared} {NAMES}").replace("</w:comments>", f"{reply}</w:comments>")
    last = {number: f"0000000{paragraph}" for paragraph, number in zip((2, 3, 4, 5, 6), range(5), strict=True)}
    extended = [f'<w15:commentEx w15:paraId="{last[number]}" w15:done="{int(number == 3)}"/>' for number in range(5)]
    extended.append(f'<w15:commentEx w15:paraId="0000000A" w15:paraIdParent="{last[2]}" w15:done="0"/>')
    paragraphs = [*last.values(), "0000000A"]
    ids = [f'<w16cid:commentId w16cid:paraId="{one}" w16cid:durableId="D{one[1:]}"/>' for one in paragraphs]
    extensible = [f'<w16cex:commentExtensible w16cex:durableId="D{one[1:]}"/>' for one in paragraphs]
    told = {
        "commentsExtended": ("w15", extended),
        "commentsIds": ("w16cid", ids),
        "commentsExtensible": ("w16cex", extensible),
    }
    relations = parts["word/_rels/document.xml.rels"].decode()
    saved: dict[str, str | bytes] = {**parts, "word/comments.xml": comments}
    for name, (_, entries) in told.items():
        saved[f"word/{name}.xml"] = f"<x:{name} xmlns:x='urn:x' {NAMES} xmlns:w='{W}'>{''.join(entries)}</x:{name}>"
        relation = f'<Relationship Id="{name}" Type="urn:x/{name}" Target="{name}.xml"/></Relationships>'
        relations = relations.replace("</Relationships>", relation)
    saved["word/_rels/document.xml.rels"] = relations
    data = packed(saved)

    made = reviewed(data, report(*(finding(data, phrase) for phrase in phrases)))

    assert (made.comments, made.replaced) == (3, 3)
    assert Counter(one.words for one in shown(made.data)) == Counter([*phrases, shown(made.data)[0].words])
    after = unpacked(made.data)
    assert reply in after["word/comments.xml"].decode()
    for name, (_, entries) in told.items():
        text = after[f"word/{name}.xml"].decode()
        assert [entry in text for entry in entries] == [False, False, True, True, False, True], name


def resolved(data: bytes, nth: int) -> bytes:
    """A reviewed document as Word saves it once somebody has resolved its nth comment."""
    parts = unpacked(data)
    before, *comments = parts["word/comments.xml"].decode().split("<w:comment ")
    comments[nth] = comments[nth].replace("<w:p>", '<w:p w14:paraId="0000000A">', 1)
    names = before.replace("<w:comments ", f"<w:comments {NAMES} ")
    relation = '<Relationship Id="more" Type="urn:x/commentsExtended" Target="commentsExtended.xml"/></Relationships>'
    relations = parts["word/_rels/document.xml.rels"].decode().replace("</Relationships>", relation)
    extended = f'<w15:commentsEx {NAMES}><w15:commentEx w15:paraId="0000000A" w15:done="1"/></w15:commentsEx>'
    return packed({
        **parts,
        "word/comments.xml": "<w:comment ".join((names, *comments)),
        "word/_rels/document.xml.rels": relations,
        "word/commentsExtended.xml": extended,
    })  # fmt: skip


def placed(data: bytes) -> list[tuple[str, str, str]]:
    """What comments say, on which words, and what stands before these, in the order in which they begin."""
    body = unpacked(data)["word/document.xml"].decode()
    starts = [found.start() for found in re.finditer("<w:commentRangeStart ", body)]
    before = [re.sub("<[^>]*>", "", body[:start]) for start in starts]
    return [(one.text, one.words, words) for one, words in zip(shown(data), before, strict=True)]


@pytest.mark.parametrize("nth", range(5))
@pytest.mark.parametrize(
    "copy", ["Cream {}: it reduces scars.", "reduces scars", "reduces scars {}", "{} reduces scars"]
)
def test_of_comments_that_say_the_same_the_one_that_was_resolved_stays_and_each_other_is_written(
    copy: str, nth: int
) -> None:
    heading = '<w:pStyle w:val="H1"/>'
    once = review(draft("".join(p(r(f"Part {n}"), heading) + p(r(copy.format(n))) for n in range(4))), "reduces scars")
    saved = resolved(once, nth)

    made = reviewed(saved, report(finding(saved, "reduces scars")))

    assert (placed(made.data), made.comments, made.replaced) == (placed(once), 4, 4)


# --------------------------------------------------------------------------- other documents


@pytest.mark.parametrize("space", [W, STRICT])
@pytest.mark.parametrize("prefix", ["w", "ns0", ""])
def test_documents_that_call_their_elements_otherwise_are_reviewed(space: str, prefix: str) -> None:
    xml = f'<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>It lifts skin.</w:t></w:r></w:p></w:body></w:document>'
    named = xml.replace("xmlns:w", f"xmlns:{prefix}") if prefix else xml.replace("xmlns:w", "xmlns")
    named = re.sub("(</?)w:", rf"\g<1>{prefix}:" if prefix else r"\1", named)
    parts: dict[str, str | bytes] = {**unpacked(draft(p(""))), "word/document.xml": named}
    data = packed({name: part for name, part in parts.items() if name != "word/styles.xml"})

    made = review(data, "lifts skin")

    assert [one.words for one in shown(made, space)] == ["It lifts skin.", "lifts skin"]
    assert reviewed(made, report(finding(made, "lifts skin"))).data == made
    strict = b"http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
    assert (strict in unpacked(made)["word/_rels/document.xml.rels"]) == (space == STRICT)


def test_a_part_that_cannot_be_edited_is_refused() -> None:
    parts: dict[str, str | bytes] = {**unpacked(draft(p(r("It lifts skin."))))}
    text = str(parts["word/document.xml"], "utf-8").replace("UTF-8", "UTF-16")  # type: ignore[arg-type]
    data = packed({**parts, "word/document.xml": text.encode("utf-16")})

    with pytest.raises(ExtractError, match=r"'word/document.xml' in it is not UTF-8"):
        review(data, "lifts skin")


def test_a_byte_order_mark_changes_no_place() -> None:
    parts: dict[str, str | bytes] = {**unpacked(draft(p(r("It lifts skin."))))}
    data = packed({**parts, "word/document.xml": b"\xef\xbb\xbf" + bytes(parts["word/document.xml"])})  # type: ignore[arg-type]

    assert on_words(review(data, "lifts skin")) == ["lifts skin"]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_document_is_refused_or_reviewed_and_is_never_a_fault(chosen: st.DataObject) -> None:
    data = bytearray(review(draft(p(r("It lifts skin.")) + p(NOTED), **PARTS), "lifts skin"))
    one = finding(bytes(data), "lifts skin")
    for _ in range(chosen.draw(st.integers(1, 4))):
        data[chosen.draw(st.integers(0, len(data) - 1))] = chosen.draw(st.integers(0, 255))
    cut = chosen.draw(st.integers(0, len(data))) if chosen.draw(st.booleans()) else len(data)

    try:
        made = reviewed(bytes(data[:cut]), report(one)).data
    except ExtractError:
        return

    extract(made, "a.docx")


# --------------------------------------------------------------------------- what other programs make of it


def test_it_is_what_word_expects(linter: Linter) -> None:
    data = draft(DRAFT, **PARTS)

    parts = unpacked(reviewed(data, checked(data, linter)).data)

    w = f"{{{W}}}"
    body, comments = (parsed(parts[f"word/{name}.xml"]) for name in ("document", "comments"))
    numbers = [one.attrib[f"{w}id"] for one in comments]
    assert len(set(numbers)) == len(numbers)
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert Counter(one.attrib[f"{w}id"] for one in body.iter(f"{w}{name}")) == Counter(numbers), name
    order = [(one.tag.removeprefix(w), one.attrib.get(f"{w}id")) for one in body.iter()]
    for number in numbers:
        places = [order.index((name, number)) for name in ("commentRangeStart", "commentRangeEnd", "commentReference")]
        assert places == sorted(places), number
    changes = [one.attrib[f"{w}id"] for one in body.iter(f"{w}rPrChange")]
    assert len(set(changes)) == len(changes) > 1
    boxes = list(body.iter(f"{w}txbxContent"))
    assert not any(one.tag.startswith(f"{w}comment") for inside in boxes for one in inside.iter())
    assert all(run[0].tag == f"{w}rPr" for run in body.iter(f"{w}r") if run.find(f"{w}rPr") is not None)


def test_python_docx_lists_the_comments(linter: Linter) -> None:
    data = draft(DRAFT, **PARTS)
    made = reviewed(data, checked(data, linter))

    comments = list(docx.Document(BytesIO(made.data)).comments)

    assert Counter((one.author, one.initials) for one in comments) == {
        ("claimcheck", "cc"): made.comments,
        ("Ann", "A"): 1,
    }


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Converts documents with LibreOffice."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed: soffice is not on the path")
    return Office(program, tmp_path_factory.mktemp("office"))


class Office(NamedTuple):
    """LibreOffice, and a folder to work in."""

    program: str
    folder: Path

    def convert(self, kind: str, **documents: bytes) -> list[bytes]:
        """Documents as files of another kind, such as ``pdf``."""
        paths = [self.folder / f"{name}.docx" for name in documents]
        for path, data in zip(paths, documents.values(), strict=True):
            path.write_bytes(data)
        subprocess.run(
            [
                self.program, "--headless", f"-env:UserInstallation={(self.folder / 'profile').as_uri()}",
                "--convert-to", kind, "--outdir", self.folder / "out", *paths,
            ],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        ending = kind.partition(":")[0]
        return [(self.folder / "out" / f"{name}.{ending}").read_bytes() for name in documents]


class Letter(NamedTuple):
    """A character on a page and where it stands, in points."""

    page: int
    character: str
    x: float
    y: float


def letters(pdf: bytes) -> list[Letter]:
    """The characters of a PDF by page, from left to right and from the bottom up, without spaces."""
    found: list[Letter] = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            text = document[number].get_textpage()
            for index in range(text.count_chars()):
                character = text.get_text_range(index, 1)
                if character.strip():
                    x, y, *_ = text.get_charbox(index)
                    found.append(Letter(number, character, x, y))
    return found


def test_libreoffice_shows_the_same_letters_in_the_same_places(linter: Linter, office: Office) -> None:
    data = draft(DRAFT, **PARTS)
    made = reviewed(data, checked(data, linter)).data

    before, after = (letters(pdf) for pdf in office.convert("pdf", draft=data, made=made))

    assert [(one.page, one.character) for one in after] == [(one.page, one.character) for one in before]
    # The width of each run is rounded, which at the end of a line adds up to less than a letter.
    assert max(abs(a.x - b.x) for a, b in zip(before, after, strict=True)) < 3
    assert max(abs(a.y - b.y) for a, b in zip(before, after, strict=True)) < 0.1


def test_libreoffice_shows_the_comments_on_the_same_words(linter: Linter, office: Office) -> None:
    data = draft(DRAFT, **PARTS)
    made = reviewed(data, checked(data, linter)).data

    (text,) = (one.decode() for one in office.convert("fodt", comments=made))

    assert Counter(re.findall("<office:annotation [^>]*>\\s*<dc:creator>([^<]*)", text)) == Counter(
        one.author for one in shown(made)
    )
    for words in ("smooths fine lines", "fades dark spots", "erases wrinkles forever", "heals eczema"):
        assert words in _marked(text)


def test_what_libreoffice_has_saved_is_reviewed_anew(linter: Linter, office: Office) -> None:
    data = draft(DRAFT, **PARTS)
    made = reviewed(data, checked(data, linter))
    (saved,) = office.convert("docx", saved=made.data)

    again = reviewed(saved, checked(saved, linter))

    assert (again.comments, again.replaced) == (made.comments, made.comments)
    assert Counter(one.author for one in shown(again.data)) == Counter(one.author for one in shown(made.data))


def _marked(text: str) -> list[str]:
    """The words on which annotations stand in a flat OpenDocument text."""
    pattern = (
        r'<office:annotation [^>]*office:name="([^"]*)".*?</office:annotation>'
        r'(.*?)<office:annotation-end office:name="\1"/>'
    )
    inside = (found[2] for found in re.finditer(pattern, text, re.DOTALL))
    without = (re.sub("<office:annotation .*?</office:annotation>", "", one, flags=re.DOTALL) for one in inside)
    return [re.sub("<[^>]*>", "", one) for one in without]
