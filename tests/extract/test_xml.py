"""Reading XML: feeds, catalogues of messages, documents and other data."""

from __future__ import annotations

import re
import tracemalloc
from collections.abc import Callable
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.errors import ExtractError
from claimcheck.extract import AS_SHIPPED, Reading, documents
from claimcheck.model import Document, Segment
from tests.extract.promised import check_map, numbered

RSS = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Our shop</title><language>en-gb</language><link>https://e.org/</link>
<description>Skin care that lasts</description>
<!-- claimcheck: ignore because it is quoted -->
<item>
  <title>Calm &amp; Co</title><link>https://e.org/calm</link><g:product_type>Skin care &gt; Anti ageing</g:product_type>
  <description>&lt;p&gt;Softens &lt;b&gt;fine&lt;/b&gt; lines.&lt;/p&gt;
  &lt;p&gt;Results&amp;nbsp;vary.&lt;/p&gt;</description>
  <content:encoded><![CDATA[<ul><li>Firms & plumps</li></ul>]]></content:encoded>
</item>
<item><title>Day Cream</title><description>
  Plumps dry skin.

  Leaves it soft&#8212;for a day.
</description></item>
</channel></rss>
"""


def read(source: str | bytes, reading: Reading = AS_SHIPPED) -> list[Document]:
    data = source if isinstance(source, bytes) else source.encode()
    return list(documents(data, "feed.xml", reading=reading))


def lines(document: Document) -> list[str]:
    return [line_of(segment) for segment in document.segments]


def line_of(segment: Segment) -> str:
    parts = [f"{segment.role.value}{segment.level or ''} {segment.block}.{segment.section}"]
    parts += [f"<{segment.intro}"] if segment.intro is not None else []
    return " ".join(parts + ["metadata"] * segment.metadata) + f": {segment.text}"


def texts(source: str | bytes) -> list[str]:
    return [segment.text for document in read(source) for segment in document.segments]


# --------------------------------------------------------------------------- feeds


def test_each_item_of_a_feed_is_a_document_and_the_channel_the_last() -> None:
    assert [lines(document) for document in read(RSS)] == [
        [
            "heading2 0.0: Calm & Co",
            "value 1.0: Softens fine lines.",
            "value 2.0: Results\u00a0vary.",
            "item 3.0: Firms & plumps",
        ],
        ["heading2 0.0: Day Cream", "value 1.0: Plumps dry skin.", "value 2.0: Leaves it soft\u2014for a day."],
        ["heading2 0.0: Our shop", "value 1.0: Skin care that lasts"],
    ]


def test_an_item_is_one_section_in_the_language_of_the_channel() -> None:
    told = [([one.title for one in document.sections], document.language) for document in read(RSS)]

    assert told == [(["Calm & Co"], "en-gb"), (["Day Cream"], "en-gb"), (["Our shop"], "en-gb")]


def test_a_comment_before_an_item_belongs_to_it() -> None:
    told = [[(one.text, one.block) for one in document.comments] for document in read(RSS)]

    assert told == [[("claimcheck: ignore because it is quoted", 0)], [], []]


def test_markup_that_is_escaped_or_in_cdata_keeps_its_places(located: Callable[[Document, str], str]) -> None:
    first = read(RSS)[0]

    found = [located(first, phrase) for phrase in ("fine lines", "Calm & Co", "Firms & plumps", "Results\u00a0vary")]

    assert found == ["fine&lt;/b&gt; lines", "Calm &amp; Co", "Firms & plumps", "Results&amp;nbsp;vary"]


def test_an_atom_entry_may_hold_a_page() -> None:
    source = """\
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><entry><title type="html">A &lt;b&gt;calm&lt;/b&gt; skin</title>
<author><name>Jane Doe</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<h2>Why</h2><p title="So soft">It <b>softens</b> lines:</p><ul><li>Fine ones</li></ul></div></content></entry></feed>"""

    (document,) = read(source)

    assert (document.language, lines(document)) == (
        "en",
        [
            "heading2 0.0: A calm skin",
            "heading2 1.0: Why",
            "attribute 2.0 metadata: So soft",
            "paragraph 2.0: It softens lines:",
            "item 3.0 <2: Fine ones",
        ],
    )


def test_offers_and_products_are_documents() -> None:
    source = """\
<shop><name>Our shop</name><offers><offer id="1"><name>Serum</name><text>Plumps skin</text>
<picture alt="A jar">https://e.org/a.jpg</picture></offer></offers></shop>"""

    told = [lines(document) for document in read(source)]

    assert told == [
        ["heading2 0.0: Serum", "value 1.0: Plumps skin", "attribute 2.0 metadata: A jar"],
        ["heading2 0.0: Our shop"],
    ]


def test_configuration_says_which_elements_are_copy() -> None:
    source = "<rss><item><claims>Plumps</claims><text>Firms skin</text></item></rss>"

    (document,) = read(source, Reading(copy=("cla*",), other=("text",)))

    assert lines(document) == ["value 0.0: Plumps"]


# --------------------------------------------------------------------------- catalogues


def test_messages_of_android_are_fragments() -> None:
    source = r"""<resources xmlns:xliff="urn:x">
<string name="a">You\'ll love <b>smoother</b> skin,
   <xliff:g id="n">%1$s</xliff:g>! Up to 20%% off</string><string name="b" translatable="false">Not this</string>
<plurals name="c"><item quantity="one">Lasts %d day</item><item quantity="other">Lasts %d days</item></plurals>
</resources>"""

    told = [(document.fragment, [segment.text for segment in document.segments]) for document in read(source)]

    assert told == [
        (True, ["You'll love smoother skin, \ufffc! Up to 20% off"]),
        (True, ["Lasts \ufffc day", "Lasts \ufffc days"]),
    ]


@pytest.mark.parametrize(
    ("languages", "told"),
    [
        ('source-language="de" target-language="en"', ("en", "Smooth skin in \ufffc days")),
        ('source-language="en" target-language="de"', ("en", "Zarte Haut in Tagen")),
        ('source-language="de" target-language="fr"', ("de", "Zarte Haut in Tagen")),
    ],
)
def test_of_a_translation_the_english_side_is_read(languages: str, told: tuple[str, str]) -> None:
    source = f"""<xliff version="1.2"><file {languages}><body><trans-unit id="1"><source>Zarte Haut in Tagen</source>
<target>Smooth <g id="1">skin</g> in <x id="2"/> days</target><note>Keep it short</note></trans-unit></body>
</file></xliff>"""

    (document,) = read(source)

    assert (document.language, document.segments[0].text, len(document.segments)) == (*told, 1)


def test_translations_beside_the_english_text_are_left_out() -> None:
    assert texts('<page><text>Soft skin</text><text xml:lang="de">Zarte Haut</text></page>') == ["Soft skin"]


# --------------------------------------------------------------------------- documents


def test_a_document_has_sections_lists_and_tables() -> None:
    source = """\
<article><title>Our serum</title><para>It <emphasis>plumps</emphasis>
   dry skin.</para><section><title>Why</title><para><b>Serum</b> reduces <code>x</code> lines.</para>
<itemizedlist><title>It</title><listitem><para>softens skin</para></listitem>
<listitem>calms skin</listitem></itemizedlist>
<table><tbody><row><entry>Soft skin</entry><entry>In a day</entry></row></tbody></table>
<note><para>Results vary.</para></note></section></article>"""

    (document,) = read(source)

    assert [one.title for one in document.sections] == ["Our serum", "Why"]
    assert lines(document) == [
        "heading2 0.0: Our serum",
        "value 1.0: It plumps dry skin.",
        "heading2 2.1: Why",
        "value 3.1: Serum reduces \ufffc lines.",
        "heading2 4.1: It",
        "item 5.1: softens skin",
        "item 6.1: calms skin",
        "cell 7.1: Soft skin",
        "cell 7.1: In a day",
        "value 8.1: Results vary.",
    ]


@pytest.mark.parametrize(
    ("inner", "told"),
    [
        ("Soft<br/>skin", ["Soft skin"]),
        ("<x>Soft</x> skin, <y>calm</y> skin", ["Soft skin, calm skin"]),
        ("Soft skin<p>Calm skin</p>firm skin", ["Soft skin", "Calm skin", "firm skin"]),
        ("<p>Soft skin</p><p>Calm skin</p>", ["Soft skin", "Calm skin"]),
        ("5 &lt; 6, and 7 &#62; 6", ["5 < 6, and 7 > 6"]),
        ("Soft <![CDATA[& calm]]> skin", ["Soft & calm skin"]),
        ("Soft&nbsp;skin &mdash; calm", ["Soft\u00a0skin \u2014 calm"]),
        ("<script>Soft skin</script><svg><text>Soft skin</text></svg>", []),
        ("<?soft skin?><!-- soft skin -->", []),
        ("<sku>A1</sku><date>Soft May</date><p/>", []),
        ("<i title='Soft skin' class='a b' id='c d'/>", ["Soft skin"]),
        ("<o content='Soft &amp;&#10;calm' value='x'/>", ["Soft & calm"]),
    ],
)
def test_what_is_read_of_an_element(inner: str, told: list[str]) -> None:
    assert texts(f"<page>{inner}</page>") == told


def test_a_page_of_xhtml_is_read_as_a_page() -> None:
    source = (
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T t</title></head><body><p>A<br/>b</p></body></html>'
    )

    (document,) = read(source)

    assert lines(document) == ["attribute 0.0 metadata: T t", "paragraph 1.0: A b"]


# --------------------------------------------------------------------------- encodings and errors


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ('<?xml version="1.0" encoding="ISO-8859-1"?><t>A caf\u00e9</t>'.encode("cp1252"), ["A caf\u00e9"]),
        ('<?xml version="1.0" encoding="utf-16"?><t>A caf\u00e9</t>'.encode("utf-16"), ["A caf\u00e9"]),
        ('\ufeff<?xml version="1.0"?><t>A \U0001f600 caf\u00e9</t>'.encode(), ["A \U0001f600 caf\u00e9"]),
        (b"<!DOCTYPE t SYSTEM 'file:///etc/passwd' [<!ELEMENT t ANY><!-- ' ]> -->]><t>A b</t>", ["A b"]),
        (b"", []),
    ],
)
def test_encodings_and_declarations(data: bytes, told: list[str]) -> None:
    assert texts(data) == told


@pytest.mark.parametrize(
    ("source", "where", "what"),
    [
        ("<a>\n<b>\u00e9 \U0001f600</a>", "feed.xml:2:9", "the file is not well-formed XML: mismatched tag"),
        ("<a>x", "feed.xml:1:5", "the file is not well-formed XML: no element found"),
        ("<a b='1' b='2'/>", "feed.xml:1:10", "the file is not well-formed XML: duplicate attribute"),
        ("<!DOCTYPE a [\n<!ENTITY b 'c'>]><a>&b;</a>", "feed.xml:2", "the file declares entities, which are not read"),
        (
            "<!DOCTYPE a [<!ENTITY b SYSTEM '/etc/x'>]><a/>",
            "feed.xml:1",
            "the file declares entities, which are not read",
        ),
        (
            "<!DOCTYPE a [<!ENTITY % b SYSTEM 'x'>%b;]><a/>",
            "feed.xml:1",
            "the file declares entities, which are not read",
        ),
        ("<a>" * 1001 + "</a>" * 1001, "feed.xml:1:3001", "it is nested deeper than 1000 levels"),
    ],
)
def test_what_cannot_be_read_is_refused(source: str, where: str, what: str) -> None:
    with pytest.raises(ExtractError) as caught:
        read(source)

    assert (caught.value.where, caught.value.what) == (where, what)


# --------------------------------------------------------------------------- properties

INLINE = (
    "V", "V V", "<b>V</b>", "<unknown>V</unknown> V", "V &amp; V", "V<br/>V", "<![CDATA[V & V]]>", "V&#160;V",
    "<!-- H -->",
    "<code>H</code>", "V<x id='H'/>V", "\U0001f600 V", "V\u00adV", "<?H H?>", '<link url="H"><i>V</i></link>',
)  # fmt: skip
BLOCKS = (
    "<p>P</p>", "<description>E</description>", "<text><![CDATA[<p>V <b>V</b></p>]]></text>", "<title>V V</title>",
    "<ul><li>P</li><li><p>P</p></li></ul>", "<slug>H H</slug>", "<script>H H</script>", "<!-- H H -->",
    "<data><text>P</text></data>",
    "<table><tr><td>P</td></tr></table>", '<img alt="V V" src="H"/>',
    "<item><title>V V</title><text>P<p>P</p></text></item>",
    '<div xmlns="http://www.w3.org/1999/xhtml"><p>V <b>V</b></p><style>H</style></div>',
)  # fmt: skip


@st.composite
def made_up(draw: st.DrawFn) -> str:
    """A file in which visible words are V and hidden ones H."""
    inline = st.lists(st.sampled_from(INLINE), max_size=4).map(lambda made: " ".join(("V V", *made)))
    blocks = draw(st.lists(st.sampled_from(BLOCKS), max_size=6))
    filled = [re.sub("P", lambda _: draw(inline), block) for block in blocks]
    filled = [block.replace("E", escape("<p>V <b>V</b> &amp; V</p><!-- H -->")) for block in filled]
    return draw(st.sampled_from(["", "<?xml version='1.0'?>\n", "<!DOCTYPE a>"])) + f"<page>{''.join(filled)}</page>"


@given(made_up(), st.sampled_from(["\n", "\r\n", "\r"]))
@settings(max_examples=250, deadline=None)
def test_what_is_seen_is_in_a_segment_and_nothing_else(template: str, line_end: str) -> None:
    source = numbered(template, "[VH](?!TML|ERSION)")

    made = read(source.replace("> ", f">{line_end}  "))

    for document in made:
        check_map(document)
    seen = " ".join(segment.text for document in made for segment in document.segments)
    assert sorted(re.findall(r"[VH]\d+[vh]", seen)) == sorted(re.findall(r"V\d+v", source))


@given(
    st.lists(
        st.sampled_from(
            ["<a>", "</a>", "<b x='a b'>", "</b>", "<p>", "</p>", "<br/>", "a b", " ", "\n", "&amp;", "&#8212;",
             "&nbsp;", "<![CDATA[", "]]>", "<!--", "-->", "\u00ad", "\U0001f600", "<item>", "</item>",
             '<title alt="\u00e9 e">',
             "</title>", "&lt;p&gt;", "\ufffc", "<", "*a*", "<?a", "?>", "<code>", "</code>"]
        ),
        max_size=14,
    ).map("".join)
)  # fmt: skip
@settings(max_examples=500, deadline=None)
def test_the_map_is_exact_in_any_file(source: str) -> None:
    try:
        for document in documents(f"<rss>{source}</rss>".encode(), "a.xml"):
            check_map(document)
    except ExtractError as error:
        assert error.where.startswith("a.xml:")  # noqa: PT017  # it may come after documents


# --------------------------------------------------------------------------- hostile input

LAUGHS = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
HOSTILE = {
    "a billion laughs": f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a>&l9;</a>',
    "100,000 levels": "<a>" * 100_000 + "b c" + "</a>" * 100_000,
    "levels that do not end": "<a>" * 1_000_000,
    "tags": "<a " * 50_000,
    "tags in a string": "<a><![CDATA[b c" + "<a " * 50_000 + "]]></a>",
    "comments": "<a>" + "<!--" * 100_000,
    "strings that do not end": "<a>" + "<![CDATA[" * 100_000,
    "brackets": "<a><![CDATA[" + "]" * 1_000_000 + "]]></a>",
    "a million attributes": "<a " + " ".join(f'b{number}="c d"' for number in range(300_000)) + "/>",
    "a million elements": "<a>" + "<b/>" * 500_000 + "</a>",
    "a long attribute": "<a title='" + "b c " * 1_000_000 + "'/>",
    "references": "<a>b c" + "&amp;" * 300_000 + "</a>",
    "long references": "<a>b c&#" + "0" * 100_000 + "65;</a>",
    "spaces": "<a>b" + " " * 500_000 + "<b>c</b>" + "\n" * 500_000 + "</a>",
    "spaces between elements": "<a>b" + ("\n" * 100 + "<b/>") * 10_000 + "</a>",
    "text in pieces": "<a>b c" + "<b>d</b>" * 100_000 + "</a>",
    "a declaration that does not end": "<!DOCTYPE a [" + "<!ELEMENT a ANY>" * 100_000,
    "quotes in a declaration": "<!DOCTYPE a [" + "<!-- ' \" -->" * 100_000 + "]><a>b c</a>",
}  # fmt: skip


@pytest.mark.usefixtures("deadline")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_read_or_refused(name: str) -> None:
    try:
        for document in documents(HOSTILE[name].encode(), "a.xml"):
            assert document.segments
    except ExtractError as error:
        assert error.where.startswith("a.xml:")  # noqa: PT017  # it may come after documents


def test_items_are_read_one_after_the_other() -> None:
    item = b"<item><title>Serum</title><text>Plumps skin</text></item>\n"
    feed = documents(b"<rss>" + item * 20_000 + b"</rss>", "feed.xml")
    next(feed)

    tracemalloc.start()
    number = sum(1 for _ in feed)
    grown = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert number == 19_999
    assert grown < 200_000
