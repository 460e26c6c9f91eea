"""AsciiDoc: segments, structure, what is no copy, and the way back to the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.extract import extract
from claimcheck.model import Document
from tests.extract.promised import check_map, numbered, words_in

SEGMENTS = [
    pytest.param("", [], id="an empty file has no segments"),
    pytest.param(
        "= One\nAnna Bee <a@e.org>\nv1.0, 2024-01-01\n:toc:\n:description: Smooth skin \\\n  in weeks\n"
        ":slug: x-y\n\nText\nin lines.\n\n"
        "== Two ==\n\n## Three\n\n=== Four\nMore.\n\nFive\n----\n\n[discrete]\n==== Six\n",
        [
            "heading1 0.0: One",
            "value 1.0 metadata: Smooth skin in weeks",
            "paragraph 2.0: Text in lines.",
            "heading2 3.1: Two",
            "heading2 4.2: Three",
            "heading3 5.2: Four",
            "paragraph 6.2: More.",
            "heading2 7.3: Five",
            "heading4 8.3: Six",
        ],
        id="the header and titles",
    ),
    pytest.param(
        "It *softens* _fine_ #lines#, *_old_* sc**ar**s, [.red]#new# ones, H~2~O, m^2^, x^th^, 2 * 3 * 4, snake_case_, "
        '\\*so* (C), AT&amp;T, it`\'s "`so`" +\nsoft --\nand 50{nbsp}%, +a*b*c+, +++<u>d</u>+++ pass:[<b>e</b>].',
        [
            (
                "paragraph 0.0: It softens fine lines, old scars, new ones, H2O, m\u00b2, xth, 2 * 3 * 4, snake_case_, "
                "*so* \u00a9, AT&T, it\u2019s \u201cso\u201d soft -- and 50\u00a0%, a*b*c, d e."
            )
        ],
        id="formatting, replacements and escapes",
    ),
    pytest.param(
        "Use `firm()` ``li``ft, {product}, stem:[x^2], kbd:[Ctrl], https://e.org/a_b_c, https://e.org[this *page*], "
        'link:/a[that,role=x], link:/b["one, two",window=_blank], xref:c.adoc[three^], <<d>>, <<e,four>>, '
        "mailto:a@e.org[], "
        "{url}/x[five], ((six)), (((hidden))) [[anchor]]btn:[Buy].",
        [
            (
                "paragraph 0.0: Use \ufffc \ufffcft, \ufffc, \ufffc, \ufffc, \ufffc, this page, that, one, two, three, "
                "\ufffc, four, \ufffc, five, six,  Buy."
            )
        ],
        id="code, attributes and addresses part the words around them, the texts of links are text",
    ),
    pytest.param(
        "Here is why:\n\n* One\n  goes on\n** deep\n*** [x] deeper\n* Two\n+\nmore\n\n* Three\n\n"
        ". First\n.. Second\n\n- Other\n\nAfter.\n",
        [
            "paragraph 0.0: Here is why:",
            "item 1.0 <0: One goes on",
            "item 2.0 <1: deep",
            "item 3.0 <2: deeper",
            "item 4.0 <0: Two",
            "item 4.0 <0: more",
            "item 5.0 <0: Three",
            "item 6.0 <5: First",
            "item 7.0 <6: Second",
            "item 8.0 <7: Other",
            "paragraph 9.0: After.",
        ],
        id="items are blocks, introduced by the sentence or item above",
    ),
    pytest.param(
        "Retinol:: Softens lines.\nZinc::\n  Calms.\nMud;; Dries.\nClay::\n\nDraws.\n\n<1> Called\n\n"
        "1. Numbered\na. Lettered\n",
        [
            "item 0.0: Retinol",
            "item 0.0: Softens lines.",
            "item 1.0: Zinc",
            "item 1.0: Calms.",
            "item 2.0 <1: Mud",
            "item 2.0 <1: Dries.",
            "item 3.0: Clay",
            "item 3.0: Draws.",
            "item 4.0 <3: Called",
            "item 5.0 <4: Numbered",
            "item 6.0 <5: Lettered",
        ],
        id="definitions and numbers",
    ),
    pytest.param(
        "NOTE: Results\nvary.\n\n[WARNING]\n.Ask *first*\n====\nText.\n\n* One\n====\n\n****\nAside.\n\n"
        "== Own\n****\n\n"
        "[quote, Anna]\n____\nIt works.\n____\n\n[verse]\nRoses\nred.\n\n> As in\n> Markdown.\n\n"
        "--\nOpen.\n--\n\n'''\n<<<\n",
        [
            "paragraph 0.0: Results vary.",
            "paragraph 1.0: Ask first",
            "paragraph 2.0: Text.",
            "item 3.0: One",
            "paragraph 4.1: Aside.",
            "heading2 5.1: Own",
            "quote 6.0: It works.",
            "quote 7.0: Roses red.",
            "quote 8.0: As in Markdown.",
            "paragraph 9.0: Open.",
        ],
        id="blocks with a frame",
    ),
    pytest.param(
        "Text.\n\n----\nlifts()\n\n== firms\n----\n\n....\ncures\n....\n\n```js\nheals()\n```\n\n"
        "[source,js]\nclears()\nall()\n\n"
        "[listing]\n--\nerases\n--\n\n  plumps()\n\n[stem]\n++++\nx < y\n++++\n\n"
        "++++\n<p title='Said'>Some <b>HTML</b>\n++++\n\n"
        "The code:\n----\nsmooths()\n----\nMore.\n",
        [
            "paragraph 0.0: Text.",
            "attribute 1.0 metadata: Said",
            "paragraph 1.0: Some HTML",
            "paragraph 2.0: The code:",
            "paragraph 3.0: More.",
        ],
        id="code is no copy, HTML that is passed through is",
    ),
    pytest.param(
        'image::a.png[Smooth skin, 100, title="After, 8 weeks"]\n\nSee image:b.png[alt=Soft skin] here.\n\n'
        "video::c[Not said]\n\n"
        "toc::[]\n\n.Shown\nimage::d.png[]\n",
        [
            "attribute 0.0 metadata: Smooth skin",
            "attribute 1.0 metadata: After, 8 weeks",
            "paragraph 2.0: See \ufffc here.",
            "attribute 2.0 metadata: Soft skin",
            "paragraph 3.0: Shown",
        ],
        id="pictures",
    ),
    pytest.param(
        "Compare:\n\n|===\n|Before |After _weeks_\n\n|old\nskin |new \\| fine\n2+|both\na|\n* one\n\n"
        "!===\n! deep\n!===\n|last\n|===\n\n"
        '[cols="1,1m,2*"]\n|===\n|a |hidden\n|b\n|c .2+|d |e |f\n|g |h |i |j\n|===\n',
        [
            "paragraph 0.0: Compare:",
            "cell 1.0 <0: Before",
            "cell 1.0 <0: After weeks",
            "cell 2.0 <0: old skin",
            "cell 2.0 <0: new | fine",
            "cell 3.0 <0: both",
            "item 4.0: one",
            "cell 5.0: deep",
            "cell 6.0 <0: last",
            "cell 7.0: a",
            "cell 7.0: b",
            "cell 7.0: c",
            "cell 8.0: d",
            "cell 8.0: f",
            "cell 8.0: g",
            "cell 9.0: i",
            "cell 9.0: j",
        ],
        id="a row of a table is a block",
    ),
    pytest.param(
        ',===\na,"b, ""c"""\n// no row\nd,"e\nf"\n,===\n\n[format=dsv]\n|===\ng:h\n|===\n\n'
        "[%header,format=csv,separator=;]\n|===\ni;j, k\n|===\n",
        [
            "cell 0.0: a",
            'cell 0.0: b, "c"',
            "cell 1.0: d",
            "cell 1.0: e f",
            "cell 2.0: g",
            "cell 2.0: h",
            "cell 3.0: i",
            "cell 3.0: j, k",
        ],
        id="tables of separated values",
    ),
    pytest.param(
        "Fewer linesfootnote:[Of 32 https://e.org[people].] in weeksfootnote:study[Ours.], "
        "trulyfootnote:study[].\n\n* Item\n",
        [
            "paragraph 0.0 mark=^1@11 mark=^study@20 mark=^study@27: Fewer lines in weeks, truly.",
            "note 1.0 note=^1: Of 32 people.",
            "note 2.0 note=^study: Ours.",
            "item 3.0: Item",
        ],
        id="footnotes",
    ),
    pytest.param(
        "One\n// two\nthree\ninclude::four.adoc[]\nfive.\n\n"
        "ifdef::six[Seven.]\nifndef::six[]\nEight.\nendif::[]\n\n////\nnine\n////\n\n"
        "[[ten]]\n[.eleven]\nTwelve.\n",
        ["paragraph 0.0: One three five.", "paragraph 1.0: Seven. Eight.", "paragraph 2.0: Twelve."],
        id="lines that speak to the processor are no copy",
    ),
    pytest.param(
        "-----BEGIN PGP SIGNATURE-----\n\nabc def\n-----END PGP SIGNATURE-----\n", [], id="nor are signatures"
    ),
]


@pytest.mark.parametrize(("source", "expected"), SEGMENTS)
def test_asciidoc_becomes_segments(source: str, expected: list[str], outline: Callable[[str, str], list[str]]) -> None:
    assert outline("asciidoc", source) == expected


@pytest.mark.parametrize(("source", "expected"), SEGMENTS)
def test_line_ends_change_nothing(source: str, expected: list[str], outline: Callable[[str, str], list[str]]) -> None:
    assert [outline("asciidoc", source.replace("\n", end)) for end in ("\r\n", "\r")] == [expected, expected]


@pytest.mark.parametrize(
    ("source", "phrase", "expected"),
    [
        ("\u00e9\U0001f600 It **redu**ces scars", "reduces scars", "redu**ces scars"),
        ("= \u00dcber\n\nfine&nbsp;lines", "fine\u00a0lines", "fine&nbsp;lines"),
        ("* Big\n  claim", "Big claim", "Big\n  claim"),
        ("Big +\nclaim", "Big claim", "Big +\nclaim"),
        ("Big\n// comment\nclaim", "Big claim", "Big\n// comment\nclaim"),
        ("9 of 10^1^", "10\u00b9", "10^1"),
        ("see `x y` now", "\ufffc now", "`x y` now"),
        ("|===\n|old |two\nrows\n|===", "two rows", "two\nrows"),
        ("link:x[big *old* scars]", "old scars", "old* scars"),
        ("footnote:[big claim]", "big claim", "big claim"),
        ("image::x[big claim]", "big claim", "big claim"),
        ("{x} claim", "\ufffc claim", "{x} claim"),
    ],
)
def test_a_phrase_is_located_in_the_file(
    source: str, phrase: str, expected: str, located: Callable[[Document, str], str]
) -> None:
    assert located(extract(source.encode(), "a.adoc"), phrase) == expected


def test_comments_are_kept_with_the_block_that_follows() -> None:
    source = "// one\nFirst\n// two\nstill\n\n* Second\n// three\n* Third\n\n////\nfour\n4\n////\nFourth\n\n// five\n"

    comments = extract(source.encode(), "a.adoc").comments

    assert [(comment.text, source[comment.start : comment.end], comment.block) for comment in comments] == [
        ("one", "// one", 0),
        ("two", "// two", 1),
        ("three", "// three", 2),
        ("four\n4", "four\n4", 3),
        ("five", "// five", None),
    ]


def test_the_file_says_its_language() -> None:
    assert extract(b"= A\n:lang: de\n\nText.\n", "a.adoc").language == "de"


# In the templates of pieces V is replaced by a word that a reader sees, H by one that no reader sees.
INLINE = (
    "V", "V V", "V\u00adV", "\U0001f600 V", "*V*", "_V V_", "#V#", "[.H]#V#", "**V**V", "*_V_* V", "`H`", "``H``",
    "`+H+`", "{H}", "+V+", "+++V+++", "link:H[V]", "https://e.org/H[V V^]", "https://e.org/H", "xref:H[V]", "<<H,V V>>",
    "<<H>>", "footnote:[V V.]", "image:H[V]", 'image:H[V,title="V V"]', "\\*V*", "V&nbsp;V", '"`V`"', "(V)",
    "stem:[H]", "kbd:[H]", "((V))", "(((H)))", "[[H]]V", "*V", "V * V", "V\nV", "*V\nV*", "V +\nV", "pass:[V]", "'V'",
)  # fmt: skip
BLOCKS = (
    "P", "== P", "=== V V", "* P\n** P", "* P\n+\nP", ". V\n. V", "V:: P", "V::\n  V", "NOTE: P",
    ".V V\nP", "----\nH\n\n== H\n----",
    "[source,H]\n----\nH\n----", "[source]\nH\nH", "....\nH\n....", " H\n H", "====\nP\n\n* P\n====", "****\nP\n****",
    "[quote,H]\n____\nP\n____", "--\nP\n--", "////\nH\n////", "// H", "'''", "<<<", "|===\n|P |V\n\n|V |`H`\n|===",
    "|===\na|\n* P\n|===", '[cols="1,1m"]\n|===\n|V |H\n|===', ",===\nV,V V\n,===", "image::H[V V]", "video::H[H]",
    "include::H[]", "[#H]\nP", "++++\n<p>V <b class='H'>V</b>\n++++", ":H-x: H", "> P", "```\nH\n```",
)  # fmt: skip

inline = st.lists(st.sampled_from(INLINE), min_size=1, max_size=5).map(lambda pieces: " ".join(("V", *pieces)))


@st.composite
def asciidoc(draw: st.DrawFn) -> str:
    """A file in which visible words are V and hidden ones H."""
    blocks = ["V V."]
    for block in draw(st.lists(st.sampled_from(BLOCKS), max_size=6)):
        # A title is one line, and so is what Markdown quotes.
        one_line = block.startswith(("==", ">")) and not block.startswith("====")
        blocks.append(re.sub("P", partial(_paragraph, draw, one_line), block))
    # A paragraph ends lists, so that what is indented is code.
    return "\n\nV.\n\n".join(blocks)


def _paragraph(draw: st.DrawFn, one_line: bool, _: re.Match[str]) -> str:  # noqa: FBT001 - given by order
    text = draw(inline)
    return text.replace(" +\n", " ").replace("\n", " ") if one_line else text


line_ends = st.sampled_from(["\n", "\r\n", "\r"])


@given(asciidoc(), line_ends)
@settings(max_examples=200, deadline=None)
def test_what_is_seen_is_in_a_segment_and_nothing_else(template: str, line_end: str) -> None:
    source = numbered(template)

    document = extract(source.replace("\n", line_end).encode(), "a.adoc")

    check_map(document)
    found = words_in([document])
    assert sorted(found) == sorted(re.findall(r"V\d+v", source))


@given(
    st.text(
        st.sampled_from("ab .*_`|[]()<>:;#-+=~^\"'\\,1/>{}&!\n\n\n\r\t  \u00ad\u200b\u00e9\U0001f600\u6f22\u2020"),
        max_size=80,
    )
)
@settings(max_examples=400, deadline=None)
def test_the_map_is_exact_in_any_file(source: str) -> None:
    check_map(extract(source.encode(), "a.adoc"))


@given(
    st.lists(
        st.sampled_from(
            (
                "|===", "|a |b", "a|", "2+|c", "----", "====", "****", "____", "--", "+", "* d", "** e", ". f",
                "g::", ".h",
                "[source]", "[cols=2*]", "[quote]", "i footnote:[j https://e.org[k]]", "l *m", "n* +", "// o", "////",
                "image::p[q]", ":r: s t", "== u", "---", " v", "> w", "ifdef::x[y z]", "++++", "<b>a</b>",
                "!===", "", "",
            )
        ),
        max_size=14,
    ),
)  # fmt: skip
@settings(max_examples=400, deadline=None)
def test_the_map_is_exact_whatever_blocks_meet(lines: list[str]) -> None:
    check_map(extract("\n".join(lines).encode(), "a.adoc"))


HOSTILE = {
    "asterisks": "*" * 100_000,
    "formatting that does not end": "*a _b #c " * 50_000,
    "formatting that ends at the end": "*a " * 100_000 + "b*",
    "backquotes": "`" * 100_000 + " " + "`a " * 100_000,
    "passes": "+a " * 50_000 + "+++" * 50_000,
    "escapes": "\\" * 100_000,
    "links": "https://a[" * 50_000 + "link:a[" * 50_000,
    "addresses": "http://" * 100_000,
    "footnotes": "footnote:[" * 50_000 + "footnote:[[a] " * 50_000,
    "references": "<<a," * 50_000 + "<<a" * 50_000,
    "brackets": "[" * 100_000 + "[[a" * 50_000 + "[a]#" * 50_000,
    "attributes": "{a" * 50_000 + "{a}[" * 50_000,
    "terms": "a::" * 100_000,
    "blocks in blocks": "".join("=" * (4 + depth) + "\n" for depth in range(1_500)),
    "lists in lists": "".join("*" * (depth % 5 + 1) + " a\n" for depth in range(50_000)),
    "lines of attributes": "[a]\n" * 100_000,
    "titles of blocks": ".a\n" * 50_000,
    "tables in tables": "|===\na|!===\n" * 50_000,
    "a cell that spans": "|===\n" + ".999+|a" * 20_000 + "999*|a\n" * 20_000,
    "columns": '[cols="' + "9*," * 3_000 + '"]\n|===\n' + "|a\n" * 50_000,
    "digits before a cell": "|===\n" + "1" * 100_000 + "|",
    "one line of 5 MB": "word " * 1_000_000,
    "spaces": "a" + " " * 100_000 + "b\n" + " " * 100_000 + "c",
}  # fmt: skip


@pytest.mark.usefixtures("deadline")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_read_to_its_end(name: str) -> None:
    source = HOSTILE[name]

    assert extract(source.encode(), "a.adoc").text == source
