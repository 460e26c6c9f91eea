"""Properties of every format: the map is exact, nothing visible is lost, nothing hidden is shown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.extract import extract
from tests.extract.promised import check_map, numbered, words_in

FORMS = ("text", "markdown")

# In the templates of pieces V is replaced by a word that a reader sees, H by one that no reader sees.
INLINE = (
    "V", "V", "V", "V\u00adV", "\U0001f600 V", "**V**", "*V* V", "~~V~~", "[V](https://e.org/H)",
    '[V V](/H "V V")', "![V](H 'V')",
    "`H`", "<https://e.org/H>", "https://e.org/H", "<b>V</b>", '<span title="V" class="H">V</span>', "<!-- H -->",
    "V&nbsp;V", "\\*V", "V<br>V", "V[^1]", "V*", "V\u2020", "<code>H</code>", "<sup>1</sup>", "V\u200bV", "(V)",
)  # fmt: skip
BLOCKS = (
    "P", "P\nP", "# P", "## P", "### P\nP", "- P\n- P\n  - P\n\n    P", "1. P\n2. P", "> P\n> P", "> - P",
    "| V | V |\n|---|---|\n| V | `H` |",
    "```\nH\n```", "***\n\n    H", "<!-- H -->", "<div>V <b>V</b>\nV</div>",
    "<ul>\n<li>V<li title='V'>V\n</ul>", "<script>\nH\n\nH\n</script>",
    "[^1]: P", "[V]: /H 'H'", "***", "P:\n\n- P\n- P", "<h2>V</h2>", "<p>V &amp; V <code>H</code></p>",
)  # fmt: skip
FRONT = (
    "", "---\ntitle: V V\nslug: H\n---\n", '---\ntitle: "V \\"V\\" V"\ntags: [H H]\na: >\n  V V\n  V\n---\n',
    '+++\ntitle = "V V"\nurl = "/H"\na = ["V V", """V\nV"""]\n+++\n',
)  # fmt: skip
LINES = (
    "V V V.", "V V", "V:", "- V V", "* V", "1. V", "  - V", "    V V", "", "", "V*", "*V V.", "-----", "V\u00adV, V",
    "V V V V V V V V V V V V V V V V V V V.", "V V V V V V V V V V V V V V V", "https://e.org/H V", "v V.", "\tV",
)  # fmt: skip

line_ends = st.sampled_from(["\n", "\r\n", "\r"])
# A line that begins with a comment is HTML to its end, in which Markdown stands for itself.
inline = st.lists(st.sampled_from(INLINE), min_size=1, max_size=5).map(lambda pieces: " ".join(("V", *pieces)))


@st.composite
def markdown(draw: st.DrawFn) -> str:
    """A Markdown file in which visible words are V and hidden ones H."""
    chosen = draw(st.lists(st.sampled_from(BLOCKS), max_size=6))
    blocks = [re.sub("P", lambda _: draw(inline), block) for block in chosen]
    return draw(st.sampled_from(FRONT)) + "\n\n".join(blocks)


plain_text = st.lists(st.sampled_from(LINES), max_size=12).map("\n".join)


@given(st.data())
@settings(max_examples=150, deadline=None)
@pytest.mark.parametrize("form", FORMS)
def test_what_is_seen_is_in_a_segment_and_nothing_else(form: str, data: st.DataObject) -> None:
    template = data.draw(markdown() if form == "markdown" else plain_text)
    source = numbered(template)
    source = source.replace("\n", data.draw(line_ends))

    document = extract(source.encode(), "a", form)

    found = words_in([document])
    hidden = {f"V{word}v" for word in re.findall(r"\[V(\d+)v\]: ", source)}
    assert sorted(found) == sorted(set(re.findall(r"V\d+v", source)) - hidden)


@given(st.data())
@settings(max_examples=150, deadline=None)
@pytest.mark.parametrize("form", FORMS)
def test_the_map_is_exact_in_made_up_files(form: str, data: st.DataObject) -> None:
    template = data.draw(markdown() if form == "markdown" else plain_text)

    check_map(extract(template.replace("\n", data.draw(line_ends)).encode(), "a", form))


@given(
    st.text(
        st.sampled_from("ab .*_`[]()<>!&;:#-+=|\\\"'\n\r\t~^1/\u00ad\u200b\u00e9\U0001f600\u2020\u00b9@"), max_size=60
    )
)
@settings(max_examples=300, deadline=None)
@pytest.mark.parametrize("form", FORMS)
def test_the_map_is_exact_in_any_file(form: str, source: str) -> None:
    check_map(extract(source.encode(), "a", form))


@given(st.text(st.sampled_from("ab :-[]{}&*!|>'\"\\u0041\n#,."), max_size=60))
@settings(max_examples=300, deadline=None)
@pytest.mark.parametrize("fence", ["---", "+++"])
def test_the_map_is_exact_in_any_front_matter(fence: str, source: str) -> None:
    check_map(extract(f"{fence}\ntitle{' = ' if fence == '+++' else ': '}{source}\n{fence}\n".encode(), "a.md"))
