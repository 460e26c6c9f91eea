"""Markdown: segments, structure, what is no copy, and the way back to the file."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from claimcheck.extract import extract
from claimcheck.model import Comment, Document

MARKS = "mark=^study@13 mark=*@13 mark=†@21 mark=¹@34 mark=‡@36"

SEGMENTS = [
    pytest.param("", [], id="an empty file has no segments"),
    pytest.param(
        "# One\n\n## Two\n\nText.\n",
        ["heading1 0.0: One", "heading2 1.1: Two", "paragraph 2.1: Text."],
        id="headings and paragraphs",
    ),
    pytest.param(
        "It **redu**ces the *look* of ~~old~~ [acne\nscars](https://example.org/cures-acne),  \n"
        "and lines\\\nfor good<br>now.",
        ["paragraph 0.0: It reduces the look of old acne scars, and lines for good now."],
        id="inline markup and line breaks join",
    ),
    pytest.param(
        "fine&nbsp;lines &amp; \\*scars\\* so\u00adfter sk\u200bin &shy;&#8203;&#x41;",
        ["paragraph 0.0: fine\u00a0lines & *scars* softer skin A"],
        id="entities and escapes are decoded, invisible characters dropped",
    ),
    pytest.param(
        "Reduces `code` scars <https://example.org/a> and https://example.org/b_c_d, <kbd>Ctrl</kbd> <code>x y</code>.",
        ["paragraph 0.0: Reduces \ufffc scars \ufffc and \ufffc, \ufffc \ufffc."],
        id="code and addresses part the words around them",
    ),
    pytest.param(
        "```\nreduces scars\n```\n\n    reduces scars\n\nText <script>erases()</script><style>lines</style>here.\n\n"
        "<script>\ncures();\n\nacne\n</script>\n\n<pre>\nfirms\n</pre>\n",
        ["paragraph 0.0: Text here."],
        id="code blocks, scripts and styles are no copy",
    ),
    pytest.param(
        "<div><script>\nlet a = 1;\n\nreduces scars\n\n</script></div>\n\nText.\n\n<div><!-- one\n\nlifts --> Seen.\n",
        ["paragraph 0.0: Text.", "paragraph 1.0: Seen."],
        id="nor are they when a blank line stands in them",
    ),
    pytest.param(
        "Here is why:\n\n- [x] One\n\n  more\n  - deep\n\n    1. deeper\n- Two\n\nAfter.",
        [
            "paragraph 0.0: Here is why:",
            "item 1.0 <0: One",
            "item 1.0 <0: more",
            "item 2.0 <1: deep",
            "item 3.0 <2: deeper",
            "item 4.0 <0: Two",
            "paragraph 5.0: After.",
        ],
        id="items are blocks, introduced by the sentence or item above",
    ),
    pytest.param(
        "No full stop\n\n- One\n\n* Two\n\nA full stop.\n\n- Three\n\n## Heading\n\n- Four\n",
        [
            "paragraph 0.0: No full stop",
            "item 1.0 <0: One",
            "item 2.0 <0: Two",
            "paragraph 3.0: A full stop.",
            "item 4.0: Three",
            "heading2 5.1: Heading",
            "item 6.1 <5: Four",
        ],
        id="a full stop introduces nothing, a heading does",
    ),
    pytest.param(
        "Compare:\n\n| Before | After |\n| --- | --- |\n| **old** | `x` new \\| newer |\n",
        [
            "paragraph 0.0: Compare:",
            "cell 1.0 <0: Before",
            "cell 1.0 <0: After",
            "cell 2.0 <0: old",
            "cell 2.0 <0: \ufffc new | newer",
        ],
        id="a table row is a block",
    ),
    pytest.param(
        "> One\n> wrapped.\n>\n> Two:\n>\n> - Three\n\n> [!NOTE]\n> Four\n",
        ["quote 0.0: One wrapped.", "quote 0.0: Two:", "item 1.0 <0: Three", "quote 2.0: Four"],
        id="a quotation is a block",
    ),
    pytest.param(
        "- Anna says\n  > It works.\n",
        ["item 0.0: Anna says", "quote 0.0: It works."],
        id="a quotation in an item is part of it",
    ),
    pytest.param(
        'Look ![a *scar* &amp; skin](x.png "After 8 \\"weeks\\"") and [here](<a b> \'Cl&eacute;ar\n skin\').\n',
        [
            "paragraph 0.0: Look  and here.",
            "attribute 0.0 metadata: a scar & skin",
            'attribute 0.0 metadata: After 8 "weeks"',
            "attribute 0.0 metadata: Cl\u00e9ar skin",
        ],
        id="alt texts and titles are metadata in the block where they stand",
    ),
    pytest.param(
        "![Smooth skin](x.png)\n\n[a][one] ![b][One] [c]\n\n"
        "[one]: /x 'Title one'\n[c]: /x\n  (Title two)\n[d]: /x 'Unused'\n",
        [
            "attribute 0.0 metadata: Smooth skin",
            "paragraph 1.0: a  c",
            "attribute 1.0 metadata: b",
            "attribute 2.0 metadata: Title one",
            "attribute 3.0 metadata: Title two",
        ],
        id="titles of definitions that are used",
    ),
    pytest.param(
        "> [a](/x 'one\n> two') b\n",
        ["quote 0.0: a b", "attribute 0.0 metadata: one two"],
        id="a title over two lines of a quotation keeps its place",
    ),
    pytest.param(
        "Reduces scars[^Study]*, lines† and 9 of 10<sup>1,‡</sup>.\n\n"
        "\\*In a survey.<br>†Results vary.\n¹ Of 32.\n\n[^study]: A study\n    of 12.\n\n    Second.\n",
        [
            f"paragraph 0.0 {MARKS}: Reduces scars*, lines† and 9 of 10¹,‡.",
            "note 1.0 note=*: *In a survey.",
            "note 2.0 note=†: †Results vary.",
            "note 3.0 note=¹: ¹ Of 32.",
            "note 4.0 note=^study: A study of 12.",
            "note 4.0 note=^study: Second.",
        ],
        id="footnote marks and notes",
    ),
    pytest.param(
        '<div align="center">\n  <h2 title="Hello you">Big\n  <b>cla</b>im</h2>\n'
        "  <p>Text &lt;&nbsp;more &bogus;<br>x <code>y z</code> w\n"
        '  <img alt=\'Al"t\' src="a>b.png"/>\n<p aria-label="Said aloud">Next &copy</div>\n',
        [
            "attribute 0.0 metadata: Hello you",
            "heading2 0.0: Big claim",
            "paragraph 1.0: Text <\u00a0more &bogus; x \ufffc w",
            'attribute 1.0 metadata: Al"t',
            "attribute 2.0 metadata: Said aloud",
            "paragraph 2.0: Next \u00a9",
        ],
        id="HTML blocks",
    ),
    pytest.param(
        "<p>Why:</p><ul><li>One<li>Two <ol><li>Deep</ol></ul>\n<table><tr><th>A<td>B<tr><td>C</table>\n"
        "<blockquote><p>Q</p><p>R</p></blockquote></li>",
        [
            "paragraph 0.0: Why:",
            "item 1.0 <0: One",
            "item 2.0 <0: Two",
            "item 3.0 <2: Deep",
            "cell 4.0: A",
            "cell 4.0: B",
            "cell 5.0: C",
            "quote 6.0: Q",
            "quote 6.0: R",
        ],
        id="lists, tables and quotations in HTML",
    ),
    pytest.param(
        "> <div>\n> Text in\n> lines <b title='Bold\n> one'>x</b>\n> </div>\n",
        ["quote 0.0: Text in lines x", "attribute 0.0 metadata: Bold one"],
        id="HTML in a quotation",
    ),
    pytest.param(
        'a <span title="Span title" data-x="title=\'no\'">b</span> <p>c <unknown-tag> 1 < 2 d\n',
        ["paragraph 0.0: a b c  1 < 2 d", "attribute 0.0 metadata: Span title"],
        id="HTML in a paragraph",
    ),
    pytest.param(
        "---\nReduces scars: now.\nnot: a: mapping\n---\n",
        ["heading2 0.0: Reduces scars: now. not: a: mapping"],
        id="lines between rules that are no front matter are copy",
    ),
]


@pytest.mark.parametrize(("source", "expected"), SEGMENTS)
def test_markdown_becomes_segments(source: str, expected: list[str], outline: Callable[[str, str], list[str]]) -> None:
    assert outline("markdown", source) == expected


@pytest.mark.parametrize(("source", "expected"), SEGMENTS)
def test_the_encoding_and_the_line_ends_change_nothing(source: str, expected: list[str]) -> None:
    del expected
    plain = extract(source.encode(), "a.md")

    texts = {
        tuple(segment.text for segment in extract(data, "a.md").segments)
        for data in (
            source.replace("\n", "\r\n").encode(),
            source.replace("\n", "\r").encode(),
            source.encode("utf-8-sig"),
            source.encode("utf-16"),
        )
    }

    assert texts == {tuple(segment.text for segment in plain.segments)}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            "# T\n\na\n\n## B\n\nb", [("T", "T\n\na"), ("B", "B\n\nb")], id="a lone title on top cuts nothing"
        ),
        pytest.param("a\n\n# T\n\nb\n\n## B", [("", "a"), ("T", "T\n\nb\n\n## B")], id="a lone heading below does"),
        pytest.param("## A\na\n### B\nb\n## C\nc\n", [("A", "A\na\n### B\nb"), ("C", "C\nc")], id="deeper ones do not"),
        pytest.param("### A\na\n\n## B\nb\n", [("", "A\na"), ("B", "B\nb")], id="the highest level, wherever it comes"),
        pytest.param("- # A\n- b\n\n> # C\n", [("", "A\n- b\n\n> # C")], id="nor do those in lists and quotations"),
        pytest.param(
            "---\ntitle: T t\n---\n\n# A\n\na\n\n# B\n",
            [("A", "A\n\na"), ("B", "B")],
            id="front matter is no first section",
        ),
        pytest.param("---\ntitle: T t\n---\n", [("", "---\ntitle: T t\n---\n")], id="there is always one"),
    ],
)
def test_headings_cut_sections(
    source: str, expected: list[tuple[str, str]], sections: Callable[[str, str], list[tuple[str, str]]]
) -> None:
    assert sections("markdown", source) == expected


@pytest.mark.parametrize(
    ("source", "phrase", "expected"),
    [
        ("\u00e9\U0001f600 It **redu**ces scars", "reduces scars", "redu**ces scars"),
        ("# \u00dcber\n\nfine&nbsp;lines", "fine\u00a0lines", "fine&nbsp;lines"),
        ("reduces\r\nscars", "reduces scars", "reduces\r\nscars"),
        ("reduces<br>\nscars", "reduces scars", "reduces<br>\nscars"),
        ("> reduces\n> acne scars", "reduces acne", "reduces\n> acne"),
        ("soft\u00aden\u200bs skin", "softens skin", "soft\u00aden\u200bs skin"),
        ("\\*scars\\*", "*scars", "*scars"),
        ("| a |\n|---|\n| c\\|d |", "c|d", "c\\|d"),
        ("[a](b 'fewer &amp; finer')", "fewer & finer", "fewer &amp; finer"),
        ("![b **old** scars](c)", "old scars", "old** scars"),
        ("<p>Big\n   <b>cla</b>im</p>", "Big claim", "Big\n   <b>cla</b>im"),
        ("9 of 10<sup>1</sup>", "10\u00b9", "10<sup>1"),
        ("see https://example.org/x now", "see \ufffc", "see https://example.org/x"),
        ("a `b c` d", "\ufffc d", "`b c` d"),
    ],
)
def test_a_phrase_is_located_in_the_file(
    source: str, phrase: str, expected: str, located: Callable[[Document, str], str]
) -> None:
    assert located(extract(source.encode(), "a.md"), phrase) == expected


def test_comments_are_kept_with_the_block_that_follows() -> None:
    source = (
        "<!-- one -->\n![Alt text](x)\nFirst\n\n<!-- two --> Second <!-- three -->\n\n"
        "Third <!-- four --> goes on\n\n- a\n  <!-- five\n  -->\n- b\n<!-- six -->"
    )

    comments = extract(source.encode(), "a.md").comments

    assert comments == tuple(
        Comment(found[1], found.start(), found.end(), block)
        for found, block in zip(re.finditer(r"<!--\s*(\w+)\s*-->", source), (0, 1, 2, 3, 4, None), strict=True)
    )
