"""MDX: Markdown, the components in it, and code that is none of its copy."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimcheck.errors import ExtractError
from claimcheck.extract import extract
from claimcheck.model import Comment, Document
from tests.extract.promised import check_map
from tests.extract.test_javascript import worded, words_of

SEGMENTS = [
    pytest.param("", [], id="an empty file has no segments"),
    pytest.param(
        "---\ntitle: The shop\nslug: a-b\n---\nimport A from './a b'\nimport { b } from 'b'\n\n"
        "export const meta = { title: 'Glow',\n\n  other: 'x' }\n\n# Calms {kind} skin\n",
        ["value 0.0 metadata: The shop", "heading2 1.0: Glow", "heading1 2.1: Calms \ufffc skin"],
        id="front matter, imports and exports",
    ),
    pytest.param(
        "Fades *old* <Mark color=\"#25f\">scars</Mark> in {'a week'} or {n}{/* so */},"
        " `code {x}` and skin<sup>1</sup>.\n",
        ["paragraph 0.0 mark=\u00b9@42: Fades old scars in a week or \ufffc, \ufffc and skin\u00b9."],
        id="components and code in a line",
    ),
    pytest.param(
        '<Callout title="Less red" type="tip note">\n    Calms **dry** [skin](/a-b).\n\n    - one\n      - two\n\n'
        '    ```js\n    const a = "not a word";\n    ```\n</Callout>\n\nAfter.\n',
        [
            "value 0.0: Less red",
            "paragraph 1.0: Calms dry skin.",
            "item 2.0: one",
            "item 3.0 <2: two",
            "paragraph 4.0: After.",
        ],
        id="props and children of components; what is indented in them is no code",
    ),
    pytest.param(
        '<div className="x">\n  **Firm** words\n</div>\n\n<ul><li>One</li><li>Two <b>more</b></li></ul>\n\n'
        "<Tabs items={['First one', 'b']}><Tab>In</Tab><Tab>Out</Tab></Tabs>\n",
        [
            "paragraph 0.0: Firm words",
            "item 1.0 <0: One",
            "item 2.0 <0: Two more",
            "value 3.0: First one",
            "paragraph 4.0: In\ufffcOut",
        ],
        id="elements of HTML, and components that follow each other",
    ),
    pytest.param(
        "{soon && <p>Shown later</p>}\n\n{list.map((x) => (\n  <li>Don't {x}</li>\n))}\n\n"
        "| a | b |\n|---|---|\n| {x} c | <br/> d |\n",
        [
            "paragraph 0.0: Shown later",
            "item 1.0: Don't \ufffc",
            "cell 2.0: a",
            "cell 2.0: b",
            "cell 3.0: \ufffc c",
            "cell 3.0: d",
        ],
        id="markup in code, code in tables",
    ),
    pytest.param(
        '<Image alt="A calm face" src="/x y.png" />\n\n<style>{`\n  p { color: red }\n`}</style>\n\n'
        "Keep \\{ and \\< and 3 < 4.\n\n~~~\n{ <a\n~~~\n\n<hr />\n",
        ["attribute 0.0 metadata: A calm face", "paragraph 1.0: Keep { and < and 3 < 4."],
        id="style sheets, escapes and blocks of code",
    ),
    pytest.param(
        "import duties are low.\n\nexport them: {n} of them\nimport a from 'b'\n",
        ["paragraph 0.0: import duties are low.", "paragraph 1.0: export them: \ufffc of them import a from 'b'"],
        id="words that look like code",
    ),
]


@pytest.mark.parametrize(("source", "expected"), SEGMENTS)
def test_mdx_becomes_segments(source: str, expected: list[str], outline: Callable[[str, str], list[str]]) -> None:
    assert outline("mdx", source) == expected


@pytest.mark.parametrize(
    ("source", "phrase", "expected"),
    [
        ("\U0001f600 <Mark>old</Mark> **scars**", "old scars", "old</Mark> **scars"),
        ("<A>\n    old\n    scars\n</A>", "old scars", "old\n    scars"),
        ("Fades {'old'} scars", "old scars", "old'} scars"),
        ("{/* \u00e9 */}a {b} c", "a \ufffc c", "a {b} c"),
    ],
)
def test_a_phrase_is_located_in_the_file(
    source: str, phrase: str, expected: str, located: Callable[[Document, str], str]
) -> None:
    assert located(extract(source.encode(), "a.mdx"), phrase) == expected


def test_comments_are_kept_with_the_block_that_follows() -> None:
    source = "{/* one */}\n\nFirst {/* two */}\n\n```\n{/* no */}\n```\n\n<A b={/* three */ c}>Second</A>\n"

    comments = extract(source.encode(), "a.mdx").comments

    places = [found.span() for found in re.finditer(r"/\* (?:one|two|three) \*/", source)]
    assert comments == tuple(
        Comment(text, *place, block)
        for text, place, block in zip(("one", "two", "three"), places, (0, 1, 1), strict=True)
    )


@pytest.mark.parametrize("source", ["One\n\ntwo {three", "One\n\ntwo <Three ", "One\n\ntwo <A b={'}"])
def test_what_is_not_closed_is_refused(source: str) -> None:
    with pytest.raises(ExtractError, match=r"^a\.mdx:3:5: this '[{<]' is not closed"):
        extract(source.encode(), "a.mdx")


INLINE = (
    "V", "**V**", "[V](/H)", "`H {H} <H`", "{H}", "{'V V'}", "{`V ${H}`}", "{H && <b>it's V</b>}",
    "<Mark x='H'>V</Mark>",
    "<b>V</b>", "{/* H */}", "V &amp; V", "\\{V", "<br/>", '<Image alt="V V" src="H" />', "it's V", "V\u00adV", "<></>",
)  # fmt: skip
BLOCKS = (
    "P", "## P", "- P\n- P\n  - P", "> P", "```jsx\n<H>{H}</H>\n```",
    "<Callout title=\"V V\" id='H H'>\n  P\n</Callout>",
    "<Callout>\n\n    P\n\n    - P\n</Callout>", "<div className='H'>\n  P\n\n  P\n</div>",
    "| P | P |\n|---|---|\n| P | P |",
    "export const x = { title: 'V', y: 'H',\n\n  z: `V V` }", "import { H } from 'H H'", "<p>P</p>",
    "{H.map(H => <p>V</p>)}",
    "<Teaser headline='V V' body={`V ${H} V`} />", "<Tabs>\n  <Tab label='V'>\n    P\n  </Tab>\n</Tabs>", "***",
    "<style>{`\nH\n`}</style>", "{/*\n# H\n*/}", "~~~\n{H\n~~~",
)  # fmt: skip


@given(st.data())
@settings(max_examples=250, deadline=None)
def test_what_is_seen_is_in_a_segment_and_nothing_else(data: st.DataObject) -> None:
    inline = st.lists(st.sampled_from(INLINE), min_size=1, max_size=5).map(lambda pieces: " ".join(("V", *pieces)))
    front = data.draw(st.sampled_from(["", "---\ntitle: V V\nslug: H\n---\n\n"]))
    blocks = front + "\n\n".join(data.draw(st.lists(st.sampled_from(BLOCKS), max_size=5)))
    source = worded(re.sub("P", lambda _: data.draw(inline), blocks))
    source = source.replace("\n", data.draw(st.sampled_from(["\n", "\r\n"])))

    document = extract(source.encode(), "a.mdx")

    assert words_of(document) == sorted(re.findall(r"V[a-e]{4}v", source))
    check_map(document)


@given(st.text(st.sampled_from("ab {}<>/'\"`*_[]()!\n\r#-=|&;:A\u00e9\U0001f600\u200b\\ \t"), max_size=60))
@example("<_A :>x</_A>")
@example("<\u00e9 a='b'>x</\u00e9>")
@settings(max_examples=400, deadline=None)
def test_the_map_is_exact_in_any_file(source: str) -> None:
    try:
        document = extract(source.encode(), "a.mdx")
    except ExtractError:
        return
    check_map(document)
