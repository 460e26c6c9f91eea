"""Strings of data: told apart as HTML, Markdown and plain text, and read as such."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("string", "expected"),
    [
        pytest.param("I <3 R&D: a < b > c & d.", ["value 0.0: I <3 R&D: a < b > c & d."], id="signs of HTML"),
        pytest.param("*Results may vary", ["note 0.0 note=*: *Results may vary"], id="a footnote is no emphasis"),
        pytest.param(
            "Calms* skin.\n**Not for *all skin.",
            ["value 0.0 mark=*@5: Calms* skin.", "note 1.0 note=**: **Not for *all skin."],
            id="two footnotes are no emphasis",
        ),
        pytest.param("Calms your_skin _a lot.", ["value 0.0: Calms your_skin _a lot."], id="underscores"),
        pytest.param("> 50% less oil", ["value 0.0: > 50% less oil"], id="more than half is no quotation"),
        pytest.param("#1 for skin\n\n2. place", ["value 0.0: #1 for skin", "item 1.0 <0: place"], id="numbers"),
        pytest.param(
            "Why:\n- Calms skin\n    - Firms skin\n\u2022 Lifts\n\nFor all.",
            [
                "value 0.0: Why:",
                "item 1.0 <0: Calms skin",
                "item 2.0 <1: Firms skin",
                "item 3.0 <0: Lifts",
                "value 4.0: For all.",
            ],
            id="bullets, however deep",
        ),
        pytest.param(
            "Calms the skin\nSmooths fine lines\nVegan",
            ["item 0.0: Calms the skin", "item 1.0: Smooths fine lines", "item 2.0: Vegan"],
            id="short lines stand for themselves",
        ),
        pytest.param("Calms\r\n\r\nFirms", ["value 0.0: Calms", "value 1.0: Firms"], id="paragraphs"),
        pytest.param("Q&amp;A &ndash; it&#39;s calm", ["value 0.0: Q&A \u2013 it's calm"], id="entities alone"),
        pytest.param("Use &lt;b&gt; for bold", ["value 0.0: Use <b> for bold"], id="escaped tags are text"),
        pytest.param(
            "&lt;p&gt;Calms &amp;amp; firms&lt;/p&gt;", ["value 0.0: Calms & firms"], id="unless they are all there is"
        ),
        pytest.param(
            "<p>Calms <b>77</b>%</p><ul><li>Firms</ul>",
            ["value 0.0: Calms 77%", "item 1.0 <0: Firms"],
            id="HTML",
        ),
        pytest.param(
            "Calms <em>skin</em>\n\nFirms<br>it", ["value 0.0: Calms skin", "value 1.0: Firms it"], id="HTML in a line"
        ),
        pytest.param(
            "## Why\n\nIt **calms** [skin](/a) `x`:\n\n- One",
            ["heading2 0.0: Why", "value 1.0: It calms skin \ufffc:", "item 2.0 <1: One"],
            id="Markdown",
        ),
        pytest.param("It **calms** <b>skin</b>", ["value 0.0: It calms skin"], id="Markdown with a tag"),
        pytest.param(
            "{{ name }}, {n} %{n} ${n} days{% if a %} more{% endif %}",
            ["value 0.0: \ufffc, \ufffc \ufffc \ufffc days more"],
            id="placeholders",
        ),
        pytest.param(
            "{n, plural, one {# calm day} other {# calm days}} left {d, date, short}",
            ["value 0.0: # calm day\ufffc# calm days left \ufffc"],
            id="messages of ICU",
        ),
        pytest.param("Calms { and } skin {{", ["value 0.0: Calms { and } skin {{"], id="lone brackets"),
        pytest.param("Mail a@example.org now", ["value 0.0: Mail \ufffc now"], id="addresses"),
    ],
)
def test_a_string_is_read_as_what_it_looks_like(
    string: str, expected: list[str], outline: Callable[[str, str], list[str]]
) -> None:
    assert outline("json", json.dumps({"text": string})) == expected
