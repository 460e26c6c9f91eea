"""Plain text: headings, bullets, runs of short lines, wrapped lines, sections, footnotes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

LONG = "This sentence is a good deal longer than any of the headings above it, and it ends here."
WRAPPED = "Botox was what helped them most in the weeks of spring."
MARKS = "mark=**@8 mark=†@15 mark=‡@27 mark=¹@33 mark=²@47"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("", [], id="an empty file has no segments"),
        pytest.param(" \n\t\n\u200b\n-----\n* * *\n", [], id="blank lines and rules are no prose"),
        pytest.param(
            f"{LONG}\n{LONG} {LONG}\n",
            [
                f"paragraph 0.0: {LONG}",
                f"paragraph 1.0: {LONG} {LONG}",
            ],
            id="a line is a paragraph",
        ),
        pytest.param(
            "Our serum reduces the look of acne\nscars in eight weeks of daily use and is\ngentle.\n\nNext paragraph.",
            [
                "paragraph 0.0: Our serum reduces the look of acne scars in eight weeks of daily use and is gentle.",
                "paragraph 1.0: Next paragraph.",
            ],
            id="wrapped lines are one paragraph",
        ),
        pytest.param(
            "We have treated many people in our clinic, and\nBotox was what helped them most in the weeks\nof spring.",
            ["paragraph 0.0: We have treated many people in our clinic, and " + WRAPPED],
            id="a wrapped line may go on with a capital",
        ),
        pytest.param(
            "Reduces the appearance of fine lines and wrinkles\nBoosts collagen\nSmooths and firms",
            [
                "item 0.0: Reduces the appearance of fine lines and wrinkles",
                "item 1.0: Boosts collagen",
                "item 2.0: Smooths and firms",
            ],
            id="a line that merely is the longest was not wrapped",
        ),
        pytest.param(
            "it smooths\nfine lines",
            ["item 0.0: it smooths", "item 1.0: fine lines"],
            id="short lines in small letters are a list",
        ),
        pytest.param(
            "It smooths\nfine lines",
            ["paragraph 0.0: It smooths fine lines"],
            id="a small letter goes on with a sentence",
        ),
        pytest.param(
            "Here is why:\n- Reduces scars\n* Smooths lines\n+ Lifts\n• Firms\n\u2013 Plumps\n1. Tones\n2) Glows\n",
            [
                "paragraph 0.0: Here is why:",
                "item 1.0 <0: Reduces scars",
                "item 2.0 <0: Smooths lines",
                "item 3.0 <0: Lifts",
                "item 4.0 <0: Firms",
                "item 5.0 <0: Plumps",
                "item 6.0 <0: Tones",
                "item 7.0 <0: Glows",
            ],
            id="bullets of every kind belong to the sentence before them",
        ),
        pytest.param(
            "All done.\n- Reduces scars",
            ["paragraph 0.0: All done.", "item 1.0: Reduces scars"],
            id="a sentence with a full stop introduces nothing",
        ),
        pytest.param(
            "What it does\n\n- Reduces scars, old and new",
            ["heading1 0.0: What it does", "item 1.0 <0: Reduces scars, old and new"],
            id="a heading introduces the list under it",
        ),
        pytest.param(
            "For these reasons:\n- Scars\n  - old ones\n  - new ones\n- Lines",
            [
                "paragraph 0.0: For these reasons:",
                "item 1.0 <0: Scars",
                "item 2.0 <1: old ones",
                "item 3.0 <1: new ones",
                "item 4.0 <0: Lines",
            ],
            id="an item introduces the items under it",
        ),
        pytest.param(
            "- Reduces scars\n  after eight weeks\n\n  Results vary.\n\nOutside.",
            ["item 0.0: Reduces scars after eight weeks", "item 0.0: Results vary.", "paragraph 1.0: Outside."],
            id="indented lines belong to their item",
        ),
        pytest.param(
            "Why us:\nSmoother skin\nFewer lines\nBrighter eyes\n\nCome and see us soon.",
            [
                "paragraph 0.0: Why us:",
                "item 1.0 <0: Smoother skin",
                "item 2.0 <0: Fewer lines",
                "item 3.0 <0: Brighter eyes",
                "paragraph 4.0: Come and see us soon.",
            ],
            id="a run of short lines is a list",
        ),
        pytest.param(
            f"Does it help?\n{LONG}\nWhat then?\n{LONG}",
            [
                "heading1 0.0: Does it help?",
                f"paragraph 1.0: {LONG}",
                "heading1 2.1: What then?",
                f"paragraph 3.1: {LONG}",
            ],
            id="a short line over a longer one is a heading, also without blank lines",
        ),
        pytest.param(
            f"Does it help.\n\n{LONG}\n\nDoes it help:\n\n{LONG}\n\nBye bye\n\nBye.",
            [
                "paragraph 0.0: Does it help.",
                f"paragraph 1.0: {LONG}",
                "paragraph 2.0: Does it help:",
                f"paragraph 3.0: {LONG}",
                "paragraph 4.0: Bye bye",
                "paragraph 5.0: Bye.",
            ],
            id="no heading ends with a full stop or colon or stands over a shorter line",
        ),
        pytest.param(
            f"One two three four five six seven eight nine ten eleven twelve\n\n{LONG}",
            [
                "heading1 0.0: One two three four five six seven eight nine ten eleven twelve",
                f"paragraph 1.0: {LONG}",
            ],
            id="twelve words can be a heading",
        ),
        pytest.param(
            f"One two three four five six seven eight nine ten eleven twelve more\n\n{LONG}",
            [
                "paragraph 0.0: One two three four five six seven eight nine ten eleven twelve more",
                f"paragraph 1.0: {LONG}",
            ],
            id="thirteen words cannot",
        ),
        pytest.param(
            "A title that is underlined\n==========\n\nShort.\n\nAnother\n-------\nShort.",
            [
                "heading1 0.0: A title that is underlined",
                "paragraph 1.0: Short.",
                "heading1 2.1: Another",
                "paragraph 3.1: Short.",
            ],
            id="an underlined line is a heading over anything",
        ),
        pytest.param(
            "Reduces scars* and lines.\n*Based on a survey.\n† Results vary.\n¹ In a study.",
            [
                "paragraph 0.0 mark=*@13: Reduces scars* and lines.",
                "note 1.0 note=*: *Based on a survey.",
                "note 2.0 note=†: † Results vary.",
                "note 3.0 note=¹: ¹ In a study.",
            ],
            id="a line that begins with a sign is a note",
        ),
        pytest.param(
            "Brighter** skin† in 2 weeks‡, 47%¹ fewer lines.²",
            [f"paragraph 0.0 {MARKS}: Brighter** skin† in 2 weeks‡, 47%¹ fewer lines.²"],
            id="signs after words are marks",
        ),
        pytest.param(
            "It *really* does, 5*3 times, on 10 cm² and 4 m², 10⁶ cells, *** and more * than this.",
            ["paragraph 0.0: It *really* does, 5*3 times, on 10 cm² and 4 m², 10⁶ cells, *** and more * than this."],
            id="emphasis, products, powers and lone signs are no marks",
        ),
        pytest.param(
            "**Our promise** holds.",
            ["paragraph 0.0: **Our promise** holds."],
            id="emphasis at the beginning is no note",
        ),
        pytest.param(
            "See https://example.org/reduces-scars, www.example.org or ask-us@example.org for more.",
            ["paragraph 0.0: See \ufffc, \ufffc or \ufffc for more."],
            id="addresses are no prose",
        ),
    ],
)  # fmt: skip
def test_plain_text_becomes_segments(
    source: str, expected: list[str], outline: Callable[[str, str], list[str]]
) -> None:
    assert outline("text", source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("", [("", "")], id="an empty file is one section"),
        pytest.param("Nothing but words.", [("", "Nothing but words.")], id="so is one without headings"),
        pytest.param(
            f"A lone title\n\n{LONG}\n", [("A lone title", f"A lone title\n\n{LONG}")], id="a lone title cuts nothing"
        ),
        pytest.param(
            f"{LONG}\n\nFirst\n\n{LONG}\n\nSecond\n\n{LONG}",
            [("", LONG), ("First", f"First\n\n{LONG}"), ("Second", f"Second\n\n{LONG}")],
            id="what stands before the first heading is a section of its own",
        ),
        pytest.param(
            f"First\n\n{LONG}\n\nSecond\n\n{LONG}",
            [("First", f"First\n\n{LONG}"), ("Second", f"Second\n\n{LONG}")],
            id="there is none before a heading that comes first",
        ),
    ],
)
def test_headings_of_plain_text_cut_sections(
    source: str, expected: list[tuple[str, str]], sections: Callable[[str, str], list[tuple[str, str]]]
) -> None:
    assert sections("text", source) == expected


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_ends_a_line(end: str, outline: Callable[[str, str], list[str]]) -> None:
    source = end.join(["Why:", "- one\u2028two", "- three", "", "The end."])

    assert outline("text", source) == [
        "paragraph 0.0: Why:",
        "item 1.0 <0: one\u2028two",
        "item 2.0 <0: three",
        "paragraph 3.0: The end.",
    ]
