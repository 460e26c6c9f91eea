"""HTML: segments, structure, metadata, what is no copy, and the way back to the file."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.extract import extract
from claimcheck.extract.htmlblocks import read_html
from claimcheck.extract.offsets import Source
from claimcheck.extract.reading import AS_SHIPPED
from claimcheck.extract.structure import Outline
from claimcheck.model import Document
from tests.extract.promised import check_map, numbered, words_in

SEGMENTS = [
    pytest.param("", [], id="an empty page has no segments"),
    pytest.param(
        "<!doctype html><html><head><meta charset=utf-8><title>Calm skin</title></head><body><h1>Calm</h1><p>Soft.",
        ["attribute 0.0 metadata: Calm skin", "heading1 1.0: Calm", "paragraph 2.0: Soft."],
        id="a page on one line",
    ),
    pytest.param(
        "It <b>redu</b>ces the <em>look</em>\n  of <a href=x>fine&nbsp;lines</a>,<br>\n&amp; <i>more&shy;over</i>.",
        ["paragraph 0.0: It reduces the look of fine\u00a0lines, & moreover."],
        id="text joins across inline tags and line breaks",
    ),
    pytest.param(
        "One<br><br/>Two<br>\n <br>Three<h2>Big<br><br>head</h2>",
        ["paragraph 0.0: One", "paragraph 1.0: Two", "paragraph 2.0: Three", "heading2 3.1: Big head"],
        id="two line breaks end a paragraph, but not a heading",
    ),
    pytest.param(
        "<p>a<p>b<div>c<section>d</div>e</section><button>f</button><label>g</label><select><option>h<option>i</select>"
        "<figure>j<figcaption>k</figcaption></figure><details><summary>l</summary>m</details>",
        [f"paragraph {at}.0: {letter}" for at, letter in enumerate("abcdefghijklm")],
        id="block tags end a segment, closed or not, nested or not",
    ),
    pytest.param(
        "a <x-card>b</x-card> c<Card>d</Card><Card>e</Card><p>f<FOO>g</FOO>h",
        ["paragraph 0.0: a", "paragraph 1.0: b", "paragraph 2.0: c d e", "paragraph 3.0: fgh"],
        id="elements of the page's own are blocks, components part words",
    ),
    pytest.param(
        "<p>Why:</p><ul><li>One<li>Two <ol><li>Deep</ol></ul>\n<table><tr><th>A<td>B<tr><td>C</table>"
        "<table><td>D<td>E<tr><td>F</table><dl><dt>G<dd>H<dt>I</dl><blockquote><p>Q</p><p>R</p></blockquote></li>",
        [
            "paragraph 0.0: Why:",
            "item 1.0 <0: One",
            "item 2.0 <0: Two",
            "item 3.0 <2: Deep",
            "cell 4.0: A",
            "cell 4.0: B",
            "cell 5.0: C",
            "cell 6.0: D",
            "cell 6.0: E",
            "cell 7.0: F",
            "item 8.0: G",
            "item 9.0: H",
            "item 10.0: I",
            "quote 11.0: Q",
            "quote 11.0: R",
        ],
        id="lists, tables and quotations whose end tags are left out",
    ),
    pytest.param(
        '<meta name=Description content="Softer skin"><meta content="Firm" property="og:title">'
        '<meta name="twitter:description" content="Calm"><meta name=viewport content="width"><link title="No" rel=x>'
        '<p title="A tip">Seen <img src=x alt="A face"></p><input placeholder="Your skin" value="No">'
        '<input type=submit value="Get it"><a aria-label="See more" href=x></a><iframe title="A film">No</iframe>',
        [
            "attribute 0.0 metadata: Softer skin",
            "attribute 1.0 metadata: Firm",
            "attribute 2.0 metadata: Calm",
            "attribute 3.0 metadata: A tip",
            "paragraph 3.0: Seen",
            "attribute 3.0 metadata: A face",
            "attribute 4.0 metadata: Your skin",
            "attribute 4.0 metadata: Get it",
            "attribute 4.0 metadata: See more",
            "attribute 5.0 metadata: A film",
        ],
        id="what is spoken or shown elsewhere is metadata",
    ),
    pytest.param(
        '<script type="application/ld+json">{"name": "Calm \\u0026 soft cream", "url": "https://example.org/a"}</script>'
        '<script type="application/json">{"name": "Calm cr</script><script type="importmap">{"title": "A b"}</script>'
        "<script>var title = 'A b'</script><p>Text.",
        ["value 0.0 metadata: Calm & soft cream", "paragraph 1.0: Text."],
        id="JSON in scripts is metadata, broken JSON is passed over",
    ),
    pytest.param(
        "<style>a</style><script>b</script><template>c<template>d</template>e</template><noscript>F</noscript>"
        "<math>g</math><svg aria-label='H'><title>I</title><desc>J</desc><text>k</text></svg>"
        "<code>l</code> M <pre>n</pre>",
        [
            "paragraph 0.0: F",
            "attribute 1.0 metadata: H",
            "attribute 2.0 metadata: I",
            "attribute 3.0 metadata: J",
            "paragraph 1.0: \ufffc M",
        ],
        id="scripts, styles, drawings and code are no copy",
    ),
    pytest.param(
        "<div hidden>a<div>b</div>c<br></div>D<p style='color: red; DISPLAY:none'>e<p>F<span style=visibility:hidden>g"
        "</span>H<ul><li hidden>i<li>J</ul><div><b hidden>k</div>L<div hidden=until-found>M</div><br hidden>N"
        "<p style='display:none-such' aria-hidden=true>O<body hidden>P",
        [
            "paragraph 0.0: D",
            "paragraph 1.0: FH",
            "item 2.0 <1: J",
            "paragraph 3.0: L",
            "paragraph 4.0: M",
            "paragraph 5.0: N",
            "paragraph 6.0: O",
            "paragraph 7.0: P",
        ],
        id="hidden elements are no copy, up to their end",
    ),
    pytest.param(
        "<p>a<![CDATA[ b <c> d\n]]>e</p><?xml version='1.0'?><![if x]>f<script src='x'/>g</p><!-->h<!--->i</>j</ k",
        ["paragraph 0.0: ae", "paragraph 1.0: fg", "paragraph 2.0: hij</ k"],
        id="declarations and odd markup",
    ),
    pytest.param(
        "<?xml version='1.0'?><html><p>a<![CDATA[ b <c> d\n]]>e</p></html>",
        ["paragraph 0.0: a b <c> d e"],
        id="character data in XHTML",
    ),
    pytest.param(
        "9 of 10<sup><a href=x>1</a></sup>, skin* <sup>\u2020</sup><p>* In a test.</p><p><sup>1</sup> Of 32.</p>",
        [
            "paragraph 0.0 mark=\u00b9@7 mark=*@14: 9 of 10\u00b9, skin* \u2020",
            "note 1.0 note=*: * In a test.",
            "note 2.0 note=\u00b9: \u00b9 Of 32.",
        ],
        id="footnote marks and notes",
    ),
    pytest.param(
        "<\ufffc\u200b class='x'>A</\ufffc\u200b>B <b class='a' \u200btitle='C'\u200b>d</b> "
        "<div\u200b hidden>e</div><div \u200bhidden\u200b>F</div>",
        ["paragraph 0.0: AB d", "attribute 0.0 metadata: C", "paragraph 1.0: F"],
        id="code of a template may stand for a name or around one",
    ),
]

FIGURES = [
    ("<em>77%</em><p>saw fewer lines", ["77% saw fewer lines"]),
    ("<h3>93%*</h3>\n<p>said so</p>", ["93%* said so"]),
    ("<div class=a><span>93<sup>%</sup></span></div><div>agreed</div>", ["93% agreed"]),
    (
        "<dl><dt>8 in 10</dt>\n<dd>women saw it</dd><dt>3x</dt><dd>firmer</dd></dl>",
        ["8 in 10 women saw it", "3x firmer"],
    ),
    ("<tr><td>97%</td><td>agreed</td></tr>", ["97% agreed"]),
    ("<p>nine out of ten</p><p>agreed</p>", ["nine out of ten agreed"]),
    ("<p>up to 93 %<sup>1</sup></p><h4>of women agreed</h4>", ["up to 93 %\u00b9 of women agreed"]),
    ("<p>20%</p><h2>Our story</h2>", ["20%", "Our story"]),
    ("<tr><td>97%</td><td>88%</td></tr><tr><td>agreed</td></tr>", ["97%", "88%", "agreed"]),
    ("<ul><li>97%</li><li>agreed</li></ul>", ["97%", "agreed"]),
    ("<ul><li>97%</li></ul><p>agreed</p>", ["97%", "agreed"]),
    ("<dl><dt>97%</dt><dt>agreed</dt></dl>", ["97%", "agreed"]),
    ("<section>97%</section><section>agreed</section>", ["97%", "agreed"]),
    ("<p>97%</p><ul><li>agreed</li></ul>", ["97%", "agreed"]),
    ("<p>97%</p><nav>agreed</nav>", ["97%", "agreed"]),
    ("<p>97</p><p>agreed</p>", ["97", "agreed"]),
    ("<p>97%</p>", ["97%"]),
]


@pytest.mark.parametrize(("source", "expected"), SEGMENTS)
def test_html_becomes_segments(source: str, expected: list[str], outline: Callable[[str, str], list[str]]) -> None:
    assert outline("html", source) == expected


@pytest.mark.parametrize(("source", "expected"), FIGURES)
def test_a_number_and_the_words_in_the_next_tag_are_one_segment(source: str, expected: list[str]) -> None:
    document = extract(source.encode(), "a.html")

    check_map(document)
    assert [segment.text for segment in document.segments] == expected


def test_a_number_and_its_words_stand_in_the_block_of_the_words(outline: Callable[[str, str], list[str]]) -> None:
    source = "<h2>93%</h2><p>agreed</p><h3>A</h3><dl><dt>8 in 10</dt><dd>saw it</dd></dl>"

    assert outline("html", source) == ["paragraph 0.0: 93% agreed", "heading3 1.1: A", "item 2.1 <1: 8 in 10 saw it"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "<header><h1>T</h1></header>a<nav><h2>N</h2>b</nav><h2>B</h2>c<aside>d</aside>e<footer>f</footer>",
            [
                ("T", "T"),
                ("", "a"),
                ("N", "N</h2>b"),
                ("B", "B</h2>c<aside>d</aside>e"),
                ("", "d"),
                ("", "f"),
            ],
        ),
        ("<ul><li><nav>a</li></ul>b", [("", "a"), ("", "b")]),
        ("<nav hidden>a</nav>b<h2 hidden>c</h2>d<h2>e", [("", "b<h2 hidden>c</h2>d"), ("e", "e")]),
    ],
)
def test_headers_navigation_asides_and_footers_are_sections(
    source: str, expected: list[tuple[str, str]], sections: Callable[[str, str], list[tuple[str, str]]]
) -> None:
    assert sections("html", source) == expected


@pytest.mark.parametrize(
    ("source", "phrase", "expected"),
    [
        ("\u00e9\U0001f600 It <b>redu</b>ces scars", "reduces scars", "redu</b>ces scars"),
        ("<p>fine&nbsp;lines", "fine\u00a0lines", "fine&nbsp;lines"),
        ("<p>reduces\r\n  scars", "reduces scars", "reduces\r\n  scars"),
        ("reduces<br>\nscars", "reduces scars", "reduces<br>\nscars"),
        ("soft\u00aden&#8203;s skin", "softens skin", "soft\u00aden&#8203;s skin"),
        ('<img alt="fewer &lt; lines">', "fewer < lines", "fewer &lt; lines"),
        ("<em>77%</em><p>saw it", "77% saw", "77%</em><p>saw"),
        ("<title>A &quot;b&quot; c</title>", '"b"', "&quot;b&quot;"),
        ('<script type="text/json; charset=utf-8">{"title": "Soft \\"skin\\" x"}</script>', '"skin"', '\\"skin\\"'),
        ("a <code>b c</code> d", "\ufffc d", "<code>b c</code> d"),
    ],
)
def test_a_phrase_is_located_in_the_file(
    source: str, phrase: str, expected: str, located: Callable[[Document, str], str]
) -> None:
    assert located(extract(source.encode(), "a.html"), phrase) == expected


@pytest.mark.parametrize(
    ("path", "form", "source", "text"),
    [
        ("a.html", None, "<p>a<![CDATA[ b ]]></p>", "a"),
        ("a.html", None, "<p>a<![CDATA[ b ]]></p>{{ c }}", "a"),
        ("a.html", None, "<?xml version='1.0'?><p>a<![CDATA[ b ]]></p>{{ c }}", "a b"),
        ("a.xhtml", None, "<p>a<![CDATA[ b ]]></p>", "a b"),
        ("a.xhtml", None, "<p>a<![CDATA[ b ]]></p>{{ c }}", "a b"),
        ("a.xhtml", "markdown", "<p>a<![CDATA[ b ]]></p>\n", "a"),
        ("a.xhtml", "json", '["<p>a<![CDATA[ b ]]></p>"]', "a"),
        ("a.xhtml.j2", None, "<p>a<![CDATA[ b ]]></p>", "a b"),
        ("a.xml", None, "<b><p xmlns='http://www.w3.org/1999/xhtml'>a<![CDATA[ b ]]></p></b>", "a b"),
    ],
)
def test_character_data_is_text_where_markup_is_xhtml_and_a_comment_elsewhere(
    path: str, form: str | None, source: str, text: str
) -> None:
    assert extract(source.encode(), path, form).segments[0].text == text


@pytest.mark.parametrize(
    "path", ["node.js.html", "theme.css.html", "config.json.html", "feed.xml.html", "notes.md.html"]
)
@pytest.mark.parametrize("code", ["", "{{ a }}", "{% if a %}{% endif %}"])
def test_a_page_is_html_whatever_stands_before_its_ending(path: str, code: str) -> None:
    read = extract(f"<h1>Soft skin</h1>\n\n    <p>Firm jaw</p>{code}".encode(), path)

    assert (read.format, [one.text for one in read.segments]) == ("html", ["Soft skin", "Firm jaw"])


def test_a_page_with_code_is_read_in_the_encoding_that_it_declares() -> None:
    source = "<meta charset=latin1><p>Cr\u00e8me {{ a }}</p>"

    read = extract(source.encode("latin-1"), "a.html")

    assert (read.text, read.segments[0].text) == (source, "Cr\u00e8me \ufffc")


def test_json_with_code_of_a_template_in_it_is_read() -> None:
    text = (
        '<script type="application/ld+json">{"price": \ufffc\u200b, "name": "Calm \ufffc\u200b cream"\u200b}</script>'
    )
    outline = Outline()

    read_html(outline, Source(text), path="a.html", reading=AS_SHIPPED)

    assert [segment.text for segment in outline.finish(0, len(text)).segments] == ["Calm \ufffc cream"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>a", ""),
        ("<script>a", "script"),
        ("<div hidden><p>a", "div"),
        ("<svg><g>", "svg"),
        ("<p hidden>a", ""),
        ("a<!-- b", "--"),
    ],
)
def test_what_is_left_open_is_told(source: str, expected: str) -> None:
    assert read_html(Outline(), Source(source), path="a.html", reading=AS_SHIPPED) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<!doctype html>\n<!-- x --><HTML lang='de-AT' class=a><p>a", "de-AT"),
        ("<?xml version='1.0'?><html xml:lang=en>", "en"),
        ("<html><body lang=de>", ""),
        ("<p>a</p><html lang=de>", ""),
        ("a<html lang=de>", ""),
        ("<html lang='\ufffc\u200b'>", ""),
    ],
)
def test_a_page_names_its_language(source: str, expected: str) -> None:
    assert extract(source.encode(), "a.html").language == expected


def test_a_declared_encoding_counts_when_the_bytes_are_not_utf_8() -> None:
    data = b'<meta http-equiv=Content-Type content="text/html; charset=ISO-8859-1"><p>caf\xe9 \x93soft\x94'

    assert extract(data, "a.html").segments[0].text == "caf\u00e9 \u201csoft\u201d"


def test_comments_are_kept_with_their_places() -> None:
    source = "<p>a <!-- one -->b</p><div hidden><!-- two --></div><!-- three"

    comments = extract(source.encode(), "a.html").comments

    assert [(found.text, source[found.start : found.end]) for found in comments] == [
        ("one", "<!-- one -->"),
        ("two", "<!-- two -->"),
        ("three", "<!-- three"),
    ]


# --------------------------------------------------------------------------- properties

# V is replaced by a word that a reader sees, H by one that no reader sees, I by an inline piece, P by a block.
INLINE = (
    "V", "V V", "V\u00adV", "\U0001f600 V", "<b>V</b>", "<i>V <b>V</i> V</b>", "<a href='/H' title=V>V</a>", "V<br>V",
    "<img src=H alt='V V'>", "<code>H</code>", "<span class=H>V</span>", "<!-- H -->", "V&nbsp;V", "V &amp V",
    "<sup>1</sup>", "V*", "<span hidden>H <b>H</b></span>", "<x-y data-x=H>V</x-y>", "<Card heading=H>V</Card>",
    "<svg><text>H</text><title>V</title></svg>", "<input type=button value=V><input value=H>", "< V", "<\ufffc\u200b>V",
    "V\n  V", "https://e.org/H", "<script>H</script>", "<![CDATA[H]]>", "93%", "<br><br>", "&#x41;",
)  # fmt: skip
BLOCKS = (
    "<p>I</p>", "<p>I", "<div>P</div>", "<div>P", "</div>", "I", "<ul><li>I<li>P</ul>", "<ol><li>I</li></ol>",
    "<h1>I</h1>",
    "<h2>I", "<h3>93%</h3><p>I</p>", "<dl><dt>8 in 10</dt><dd>I</dd></dl>", "<table><tr><td>97%<td>I<tr><th>P</table>",
    "<nav>P</nav>", "<header>P</header>", "<aside>P", "</aside>", "<blockquote>P</blockquote>", "<p hidden>H</p>",
    "<div style='display:none'><div>H</div> H</div>", "<template>H <template>H</template> H</template>",
    '<script type=application/ld+json>{"name": "V \\u0026 V"}</script>', "<style>H</style>", "<pre>H</pre>",
    "<select><option>V<option label=V>V</select>", "<meta name=description content='V V'>", "<title>V</title>",
    "<textarea>V</textarea>", "<iframe>H</iframe>", "<noscript>V</noscript>", "<button>V</button>", "</li></ul>",
)  # fmt: skip


@st.composite
def pages(draw: st.DrawFn) -> str:
    """A page in which visible words are V and hidden ones H."""
    inline = st.lists(st.sampled_from(INLINE), min_size=1, max_size=4).map(lambda pieces: " ".join(("V", *pieces)))
    page = "\n".join(draw(st.lists(st.sampled_from(BLOCKS), max_size=6)))
    page = re.sub("P", lambda _: draw(st.sampled_from(BLOCKS)).replace("P", "I"), page)
    return re.sub("I(?![a-z])", lambda _: draw(inline), page)


@given(pages(), st.sampled_from(["\n", "\r\n", "\r", ""]))
@settings(max_examples=300, deadline=None)
def test_what_is_seen_is_in_a_segment_and_nothing_else(template: str, line_end: str) -> None:
    source = numbered(template)
    source = source.replace("\n", line_end)

    document = extract(source.encode(), "a.html")

    check_map(document)
    found = words_in([document])
    assert sorted(found) == sorted(re.findall(r"V\d+v", source))


@given(
    st.lists(
        st.sampled_from(
            "< > / = \" ' & ; a 9% 93% p td li dt dd tr ul <p> </p> <li> <dt> </dt> <dd> <tr> <td> <nav> </nav> "
            "<b hidden> "
            "<svg> </svg> <title> </title> <script> </script> <!-- --> <![CDATA[ ]]> <br> <sup> hidden title= &amp "
            "\u00ad \u200b \ufffc \U0001f600 \r \n".split(" ")
        )
    ).map("".join)
)
@settings(max_examples=400, deadline=None)
def test_the_map_is_exact_in_any_page(source: str) -> None:
    check_map(extract(source.encode(), "a.html"))


# --------------------------------------------------------------------------- hostile pages

MANY = 100_000
HOSTILE = {
    "tags without end": "<a " * MANY,
    "tags with a late end": "<a " * MANY + ">",
    "open quotes": '<a x="' * (MANY + 1) + ">",
    "two kinds of open quotes": "<a x='" * MANY + '<b y="' * MANY + ">",
    "names without end": "<td" * MANY,
    "nested blocks": "<div>" * MANY,
    "nested lists": "<ul><li>" * MANY + "</ul>" * MANY,
    "nested regions": "<nav>" * MANY + "a",
    "comments": "<!--" * MANY,
    "declarations": "<!" * MANY + ">",
    "sections of characters": "<![CDATA[" * MANY + ">",
    "scripts": "<script>" * MANY,
    "a script with half an end": "<script>" + "</script " * MANY,
    "titles with half an end": "<title></title " * MANY,
    "code": "<code>" * MANY,
    "half end tags": "</" * MANY,
    "hidden elements": "<div hidden>" * MANY,
    "hidden items": "<li hidden>" * MANY,
    "templates": "<template>" * MANY + "</template>" * MANY,
    "attributes": "<a " + "title=x " * MANY + ">",
    "equals signs": "<a " + "= " * MANY + ">",
    "spaces in a tag": "<a b" + " " * 5 * MANY + ">",
    "a style without end": "<a style='" + ";  " * MANY + "'>",
    "numbers": "<p>93%</p>" * (MANY // 4),
    "terms that are numbers": "<dt>93%</dt>" * (MANY // 4),
    "line breaks": "a<br>" * MANY,
    "JSON that is nested": "<script type=application/json>" + "[" * MANY + "</script>",
    "angle brackets": "<" * MANY,
}  # fmt: skip


@pytest.mark.usefixtures("deadline")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_read_to_their_end(name: str) -> None:
    source = HOSTILE[name]

    assert extract(source.encode(), "a.html").text == source
