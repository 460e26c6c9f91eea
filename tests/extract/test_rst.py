"""reStructuredText: segments, structure, what is no copy, and the way back to the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.extract import extract
from claimcheck.model import Comment, Document
from tests.extract.promised import check_map, words_in

SEGMENTS = [
    pytest.param("", [], id="an empty file has no segments"),
    pytest.param(
        "=====\n One\n=====\n\nTwo\n---\n\nText\nin lines.\n\nThree\n~~~~~\nMore.\n\nFour\n----\n",
        [
            "heading1 0.0: One",
            "heading2 1.1: Two",
            "paragraph 2.1: Text in lines.",
            "heading3 3.1: Three",
            "paragraph 4.1: More.",
            "heading2 5.2: Four",
        ],
        id="titles have levels by the order of their adornments",
    ),
    pytest.param(
        "Text.\n\n----\n\nMore\n--\nand on.\n",
        ["paragraph 0.0: Text.", "paragraph 1.0: More -- and on."],
        id="a transition and a short line of dashes are no titles",
    ),
    pytest.param(
        "It *softens* **fine** lines_, `old scars`_ and `new ones <https://e.org/x>`__\\ s, H\\ :sub:`2`\\ O,\n"
        "_`here` \\*so\\* 2 * 3 *and snake_case, __init__ and :t:`https://example.org/a`.",
        [
            (
                "paragraph 0.0: It softens fine lines, old scars and new oness, H2O, here *so* 2 * 3 *and snake_case, "
                "__init__ and \ufffc."
            )
        ],
        id="inline markup and escapes",
    ),
    pytest.param(
        "Use ``firm()``, |product|, :func:`lift`, :py:class:`x`, `y`:code:, :math:`a`, :ref:`label`, "
        ":ref:`this page <label>`, :doc:`/a`, :guilabel:`Buy now`, :red:`new`, 10\\ :sup:`th`, m\\ :sup:`2` "
        "and `<a>`_.",
        [
            (
                "paragraph 0.0: Use \ufffc, \ufffc, \ufffc, \ufffc, \ufffc, \ufffc, \ufffc, this page, \ufffc, "
                "Buy now, new, 10th, m² and \ufffc."
            )
        ],
        id="code, substitutions and labels part the words around them, other roles are text",
    ),
    pytest.param(
        ".. role:: py(code)\n\nSee :py:`lift` and `rest`.\n\n.. default-role:: code\n\nSee `lift`.\n",
        ["paragraph 0.0: See \ufffc and rest.", "paragraph 1.0: See \ufffc."],
        id="roles that the file makes code",
    ),
    pytest.param(
        "Here is why:\n\n- One\n  goes on\n\n  more\n\n  - deep\n\n    1. deeper\n    #. next\n- Two\n\n"
        "* Other\n\nAfter.\n",
        [
            "paragraph 0.0: Here is why:",
            "item 1.0 <0: One goes on",
            "item 1.0 <0: more",
            "item 2.0 <1: deep",
            "item 3.0 <2: deeper",
            "item 4.0 <2: next",
            "item 5.0 <0: Two",
            "item 6.0 <0: Other",
            "paragraph 7.0: After.",
        ],
        id="items are blocks, introduced by the sentence or item above",
    ),
    pytest.param(
        "A. Smith says\nit works.\n\n(a) One\n(b) Two\n\niv) Three\n\n- - Four\n\n-\n  Five\n",
        [
            "paragraph 0.0: A. Smith says it works.",
            "item 1.0: One",
            "item 2.0: Two",
            "item 3.0: Three",
            "item 4.0: Four",
            "item 5.0: Five",
        ],
        id="enumerators, and an initial that is none",
    ),
    pytest.param(
        "Retinol\n   Softens lines.\n\n   Slowly.\nZinc : a mineral\n   Calms.\n\n"
        "Text.\n\n:For whom: Dry\n   skin\n:Not for:\n   Children\n\n-v, --verbose  Says more\n/S\n   Silent\n",
        [
            "item 0.0: Retinol",
            "item 0.0: Softens lines.",
            "item 0.0: Slowly.",
            "item 1.0: Zinc : a mineral",
            "item 1.0: Calms.",
            "paragraph 2.0: Text.",
            "item 3.0: For whom",
            "item 3.0: Dry skin",
            "item 4.0: Not for",
            "item 4.0: Children",
            "item 5.0: Says more",
            "item 6.0: Silent",
        ],
        id="definitions, fields and options",
    ),
    pytest.param(
        "| Soft\n| as\n  silk\n|\n| Skin\n\nText.\n\n   Anna says\n   it works.\n\n      Deeper.\n\n   -- Anna\n",
        [
            "paragraph 0.0: Soft as silk",
            "paragraph 1.0: Skin",
            "paragraph 2.0: Text.",
            "quote 3.0: Anna says it works.",
            "quote 3.0: Deeper.",
            "quote 3.0: -- Anna",
        ],
        id="line blocks and quotations",
    ),
    pytest.param(
        "Like this::\n\n   lifts()\n\n     firms()\n\nor so ::\n\n> cures\n> heals\n\n::\n\n  erases\n\n"
        ">>> smooths()\nTrue\n\n"
        ".. code-block:: python\n   :name: x\n\n   clears()\n\n.. math:: a\n\n.. py:function:: plumps(x)\n\n   Text.\n",
        ["paragraph 0.0: Like this:", "paragraph 1.0: or so", "paragraph 2.0: Text."],
        id="literal blocks, doctests and code are no copy",
    ),
    pytest.param(
        "Compare:\n\n+-------+----------------+\n| Before| After *weeks*  |\n+=======+=======+========+\n"
        "| old   | 新しい| - one  |\n"
        "| skin  +-------+ - two  |\n|       | new   |        |\n+-------+-------+--------+\n",
        [
            "paragraph 0.0: Compare:",
            "cell 1.0 <0: Before",
            "cell 1.0 <0: After weeks",
            "cell 2.0 <0: old skin",
            "cell 2.0 <0: 新しい",
            "item 3.0 <2: one",
            "item 4.0 <2: two",
            "cell 5.0 <0: new",
        ],
        id="a row of a grid table is a block",
    ),
    pytest.param(
        "======  =====  ====\n   Both        One\n-------------  ----\nA       B      C\n"
        "======  =====  ====\nold     a\n"
        "               b\n\n               c\nfine    lines over\n======  =====  ====\n",
        [
            "cell 0.0: Both",
            "cell 0.0: One",
            "cell 1.0: A",
            "cell 1.0: B",
            "cell 1.0: C",
            "cell 2.0: old",
            "cell 2.0: a",
            "cell 2.0: b",
            "cell 2.0: c",
            "cell 3.0: fine",
            "cell 3.0: lines over",
        ],
        id="a row of a simple table is a block",
    ),
    pytest.param(
        ".. list-table:: What it does\n   :header-rows: 1\n\n   * - One\n     - Two\n   * - Three\n\n"
        '.. csv-table:: What more\n   :header: "Four", Five\n   :widths: 1, 2\n\n'
        '   "Six, ""6""",Seven\n   "Eight\n   nine"\n',
        [
            "paragraph 0.0: What it does",
            "cell 1.0 <0: One",
            "cell 1.0 <0: Two",
            "cell 2.0 <0: Three",
            "paragraph 3.0: What more",
            "cell 4.0 <3: Four",
            "cell 4.0 <3: Five",
            'cell 5.0 <3: Six, "6"',
            "cell 5.0 <3: Seven",
            "cell 6.0 <3: Eight nine",
        ],
        id="tables made by directives",
    ),
    pytest.param(
        ".. note:: Results\n   vary.\n\n   - Always\n\n.. warning::\n   :class: x\n\n   Ask first.\n\n"
        ".. tip:: .. hint:: Deep.\n\n"
        ".. admonition:: Good to *know*\n\n   Text.\n\n.. epigraph::\n\n   A saying.\n\n"
        ".. unknown:: /a/b.c 5\n   :opt: on\n\n   Seen.\n\n"
        ".. only::\n   Seen too.\n\n.. versionadded:: 2.0 New\n   here.\n",
        [
            "paragraph 0.0: Results vary.",
            "item 1.0: Always",
            "paragraph 2.0: Ask first.",
            "paragraph 3.0: Deep.",
            "heading6 4.1: Good to know",
            "paragraph 5.1: Text.",
            "quote 6.1: A saying.",
            "paragraph 7.1: Seen.",
            "paragraph 8.1: Seen too.",
            "paragraph 9.1: New here.",
        ],
        id="what stands in directives is text, but for arguments and options",
    ),
    pytest.param(
        ".. sidebar:: On *retinol*\n\n   It peels.\n\nText.\n\n.. rubric:: More\n\nLast.\n",
        [
            "heading6 0.0: On retinol",
            "paragraph 1.0: It peels.",
            "paragraph 2.1: Text.",
            "heading6 3.2: More",
            "paragraph 4.2: Last.",
        ],
        id="a sidebar is a section of its own",
    ),
    pytest.param(
        ".. image:: a.png\n   :alt: Smooth\n      skin\n   :width: 5\n\n"
        ".. figure:: b.png\n   :alt: Soft skin\n\n   After *8* weeks.\n\n"
        ".. |x| image:: c.png\n   :alt: Firm skin\n.. |y| replace:: the *serum*\n.. meta::\n"
        "   :description lang=en: Fades\n     spots\n"
        "   :keywords: no, none\n\n.. title:: Clear skin\n\n.. raw:: html\n\n"
        "   <p title='Said'>Some <b>HTML</b>\n\n.. raw:: latex\n\n   none\n",
        [
            "attribute 0.0 metadata: Smooth skin",
            "attribute 1.0 metadata: Soft skin",
            "paragraph 2.0: After 8 weeks.",
            "attribute 3.0 metadata: Firm skin",
            "paragraph 4.0: the serum",
            "value 5.0 metadata: Fades spots",
            "value 6.0 metadata: Clear skin",
            "attribute 7.0 metadata: Said",
            "paragraph 7.0: Some HTML",
        ],
        id="pictures, substitutions, metadata and HTML",
    ),
    pytest.param(
        "Fewer lines [1]_ in weeks [#study]_, fewer [#]_ spots [#]_.\n\n"
        ".. [1] Of 32\n   people.\n.. [#study] Ours.\n\n   Longer.\n.. [#] First.\n.. [#] Second.\n",
        [
            "paragraph 0.0 mark=^1@12 mark=^#study@22 mark=^#1@30 mark=^#2@37: Fewer lines  in weeks , fewer  spots .",
            "note 1.0 note=^1: Of 32 people.",
            "note 2.0 note=^#study: Ours.",
            "note 2.0 note=^#study: Longer.",
            "note 3.0 note=^#1: First.",
            "note 4.0 note=^#2: Second.",
        ],
        id="footnotes",
    ),
    pytest.param(
        "Title\n=====\n\n.. comment\n\n"
        ":Author: Anna Bee\n:Abstract: It *softens*\n   skin.\n:summary: Fades spots in weeks\n"
        ":lang: de\n:slug: fades-spots in-weeks\n\nText.\n\n:Summary: A field\n",
        [
            "heading1 0.0: Title",
            "paragraph 1.0: It softens skin.",
            "value 2.0 metadata: Fades spots in weeks",
            "paragraph 3.0: Text.",
            "item 4.0: Summary",
            "item 4.0: A field",
        ],
        id="fields on top speak of the file",
    ),
    pytest.param(
        ".. _target: https://e.org/lifts\n   firms\n.. __: heals\n__ cures\n\n"
        ".. toctree::\n   :caption: Pages\n\n   erases\n\nText.\n",
        ["paragraph 0.0: Pages", "paragraph 1.0: Text."],
        id="targets and tables of contents are no copy",
    ),
]


@pytest.mark.parametrize(("source", "expected"), SEGMENTS)
def test_rst_becomes_segments(source: str, expected: list[str], outline: Callable[[str, str], list[str]]) -> None:
    assert outline("rst", source) == expected


@pytest.mark.parametrize(("source", "expected"), SEGMENTS)
def test_line_ends_change_nothing(source: str, expected: list[str], outline: Callable[[str, str], list[str]]) -> None:
    assert [outline("rst", source.replace("\n", end)) for end in ("\r\n", "\r")] == [expected, expected]


@pytest.mark.parametrize(
    ("source", "phrase", "expected"),
    [
        ("\u00e9\U0001f600 It *redu*\\ ces scars", "reduces scars", "redu*\\ ces scars"),
        ("- Big\n  claim", "Big claim", "Big\n  claim"),
        ("\u00dcber\n====\n\n9 of 10\\ :sup:`1`", "10\u00b9", "10\\ :sup:`1"),
        ("see ``x y`` now", "\ufffc now", "``x y`` now"),
        ("+------+---+\n| two  | a |\n| rows | b |\n+------+---+\n", "two rows", "two  | a |\n| rows"),
        ("=====  =\n新し a  b\n=====  =\n", "新し a", "新し a"),
        ('.. csv-table::\n\n   a,"big, claim"', "big, claim", "big, claim"),
        ('.. csv-table::\n\n   "a\n   ""big"", claim", b', 'a "big", claim', 'a\n   ""big"", claim'),
        ("| one\n| two", "one two", "one\n| two"),
    ],
)
def test_a_phrase_is_located_in_the_file(
    source: str, phrase: str, expected: str, located: Callable[[Document, str], str]
) -> None:
    assert located(extract(source.encode(), "a.rst"), phrase) == expected


def test_comments_are_kept_with_the_block_that_follows() -> None:
    source = (
        ".. one\n\nFirst\n\n.. two\n   2\n\n   more\n\n- Second\n\n  .. three\n- Third\n\n..\n\n   Fourth\n\n"
        "..\n  five\n"
    )

    comments = extract(source.encode(), "a.rst").comments

    assert [(comment.text, source[comment.start : comment.end], comment.block) for comment in comments] == [
        ("one", ".. one", 0),
        ("two\n   2\n\n   more", ".. two\n   2\n\n   more", 1),
        ("three", ".. three", 2),
        ("five", "..\n  five", None),
    ]


def test_an_instruction_speaks_of_the_block_below_it() -> None:
    source = ".. claimcheck: ignore[efficacy/*] because it is cited\n\nIt smooths lines.\n"

    comments = extract(source.encode(), "a.rst").comments

    assert comments == (Comment("claimcheck: ignore[efficacy/*] because it is cited", 0, 53, 0),)


def test_the_file_says_its_language() -> None:
    assert extract(b":language: de\n\nText.\n", "a.rst").language == "de"


# In the templates of pieces V is replaced by a word that a reader sees, H by one that no reader sees.
INLINE = (
    "V", "V V", "V\u00adV", "\U0001f600 V", "**V**", "*V* V", "V\\ *V*\\ V", "``H``", "`V`", "`V V`_", "`V <H>`_",
    "V_", ":sub:`V`", ":func:`H`", ":ref:`V <H>`", "|H|", "[1]_", "\\*V", "https://e.org/H", "(V)", "V ** V",
    "_`V`", ":red:`V\nV`", "V\nV", "*V\nV*", "`V\n<H>`__",
)  # fmt: skip
BLOCKS = (
    "P", "V\n==================", "===============\n V\n===============", "- P\n- P\n\n  - P", "1. V\n#. V", "V\n   P",
    ":V: P", "-a  P", "| V\n| V", "   P\n\n      P", "V::\n\n   H\n\n     H", "V ::\n\n> H\n> H", ">>> H\nH",
    "+-----------+------+\n| V         | V    |\n+-----------+ V    |\n| ``H``     | V    |\n+-----------+------+",
    "======  ======\nV       V\n======  ======\nV       ``H``\n        V\n======  ======",
    ".. note:: P", ".. tip::\n   :class: H\n\n   P", ".. code-block:: H\n\n   H", ".. image:: H\n   :alt: V V",
    ".. figure:: H\n   :alt: V\n\n   P", ".. topic:: V V\n\n   P", ".. unknown:: H\n   :H: H\n\n   P",
    ".. list-table:: V\n   :H: H\n\n   * - P\n     - P", '.. csv-table:: V\n   :header: V, V\n\n   "V, V",V',
    ".. H H\n   H\n\n   H", "..", ".. _H: H\n   H", ".. [#] P", ".. meta::\n   :description: V V\n   :keywords: H",
    ".. raw:: html\n\n   <p>V <b class='H'>V</b><!-- H -->", ".. |H| replace:: V", "----", ".. math::\n\n   H",
)  # fmt: skip

inline = st.lists(st.sampled_from(INLINE), min_size=1, max_size=5).map(" ".join)


def _text(draw: st.DrawFn, indent: str, _: re.Match[str]) -> str:
    return draw(inline).replace("\n", f"\n{indent}")


@st.composite
def rst(draw: st.DrawFn) -> str:
    """A file in which visible words are V and hidden ones H."""
    # Text first, as a list of fields on top would speak of the file.
    blocks = ["V V."]
    for block in draw(st.lists(st.sampled_from(BLOCKS), max_size=6)):
        lines = block.split("\n")
        for number, line in enumerate(lines):
            indent = re.match(r" *(?:(?:[-*] |1\. |\.\. (?:note:: |\[#\] )?|:V: |-a  )*)", line)
            deep = " " * (len(indent[0]) if indent else 0)
            lines[number] = re.sub("P", partial(_text, draw, deep), line)
        blocks.append("\n".join(lines))
    # A paragraph ends whatever takes in what is deeper.
    return "\n\nV.\n\n".join(blocks)


line_ends = st.sampled_from(["\n", "\r\n", "\r"])


@given(rst(), line_ends)
@settings(max_examples=200, deadline=None)
def test_what_is_seen_is_in_a_segment_and_nothing_else(template: str, line_end: str) -> None:
    numbers = count(10)
    # Cells stay as wide as their columns.
    source = re.sub(
        "(`*)([VH])(`*)( {4,})?",
        lambda found: f"{found[1]}{found[2]}{next(numbers)}{found[2].lower()}{found[3]}".ljust(len(found[0])),
        template,
    )

    document = extract(source.replace("\n", line_end).encode(), "a.rst")

    check_map(document)
    found = words_in([document])
    assert sorted(found) == sorted(re.findall(r"V\d+v", source))


@given(
    st.text(
        st.sampled_from("ab .*_`|[]()<>:;#-+=~^\"'\\,1/>\n\n\n\r\t  \u00ad\u200b\u00e9\U0001f600\u6f22\u2020"),
        max_size=80,
    )
)
@settings(max_examples=400, deadline=None)
def test_the_map_is_exact_in_any_file(source: str) -> None:
    check_map(extract(source.encode(), "a.rst"))


@given(
    st.lists(
        st.sampled_from(
            (
                "+--+--+", "|a |b |", "+==+==+", "|a +--+", "|  c  |", "==  ==", "a   b", "--  --", "----",
                ".. note:: a",
                "   b", "      c", "- d", "* - e", ".. list-table::", ".. csv-table::", '   "a,b', ":f: g", "::",
                ">>> h",
                "| i", ".. [1] j", "..", ".. k", ".. |l| replace:: m", "-n  o", "====", "p", "", "", "\tq", "新 r",
            )
        ),
        max_size=14,
    ),
)  # fmt: skip
@settings(max_examples=400, deadline=None)
def test_the_map_is_exact_whatever_blocks_meet(lines: list[str]) -> None:
    check_map(extract("\n".join(lines).encode(), "a.rst"))


HOSTILE = {
    "quotations in quotations": "".join(" " * depth + "a\n\n" for depth in range(2_000)),
    "lists in lists": "- " * 100_000 + "a",
    "directives in directives": ".. note:: " * 20_000 + "a" + "\n" * 20_000 + "   b",
    "notes in notes": ".. [1] " * 20_000 + "a" + "\n" * 20_000 + "   b",
    "fields in fields": ":a: " * 100_000,
    "asterisks": "*" * 100_000,
    "emphasis that does not end": "*a " * 100_000,
    "backquotes": "`" * 100_000,
    "literals that do not end": "``a " * 100_000,
    "roles": ":a-" * 100_000 + ":a" * 100_000,
    "escapes": "\\" * 100_000,
    "references": "a_" * 100_000 + " [a" * 100_000,
    "titles": "a\n=\n" * 50_000,
    "a wide grid table": "+--" * 50_000 + "+\n" + "|a " * 50_000 + "|\n" + "|a \n" * 50_000,
    "a long grid table": "+--+--+\n" + "|a |b |\n" * 50_000,
    "tops of simple tables": "==  ==\na\n\n" * 50_000,
    "a wide simple table": "= " * 50_000 + "=\n" + "a " * 50_000 + "\n" + "  b\n" * 50_000 + "= " * 50_000 + "=\n",
    "an open cell": ".. csv-table::\n\n   " + '"a,' * 100_000,
    "comments": ".. a\n\n" * 50_000,
    "spaces": "a" + " " * 100_000 + "b\n" + " " * 100_000 + "c",
}  # fmt: skip


@pytest.mark.usefixtures("deadline")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_read_to_its_end(name: str) -> None:
    source = HOSTILE[name]

    assert extract(source.encode(), "a.rst").text == source
