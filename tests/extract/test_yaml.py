"""YAML: strings in every style, their places, structure, aliases, and what is no YAML."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.errors import ExtractError
from claimcheck.extract import extract
from claimcheck.model import Comment, Document
from tests.extract.promised import check_map, numbered, words_in

CONTENT = """\
# The start page
title: Skin that glows # for now
hero:
  heading: "Calm \\"skin\\""
  text: |-
    It **calms** the skin.

    - Firms
    - Lifts
  note: >
    Results may
    vary.

    Ask us.
benefits:
  - Fewer lines
  - Firm skin
--- # more
- name: Gel
  html: <p>Calms</p>
"""


def test_mappings_are_sections_and_strings_hold_markdown_and_html(
    outline: Callable[[str, str], list[str]], sections: Callable[[str, str], list[tuple[str, str]]]
) -> None:
    assert (outline("yaml", CONTENT), [title for title, _ in sections("yaml", CONTENT)]) == (
        [
            "heading2 0.0: Skin that glows",
            'heading2 1.1: Calm "skin"',
            "value 2.1: It calms the skin.",
            "item 3.1: Firms",
            "item 4.1: Lifts",
            "value 5.1: Results may vary.",
            "value 6.1: Ask us.",
            "value 7.0: Fewer lines",
            "value 8.0: Firm skin",
            "heading2 9.2: Gel",
            "value 10.2: Calms",
        ],
        ["Skin that glows", 'Calm "skin"', "Gel"],
    )


def test_comments_are_taken_down() -> None:
    document = extract(b"# one\ntitle: 'a # b' # two\ntext: |\n  # three\n  words\n# four\n", "a.yaml")

    assert document.comments == (
        Comment("one", 0, 5, 0),
        Comment("two", 21, 26, 1),
        Comment("four", 53, 59, None),
    )


@pytest.mark.parametrize(
    ("source", "phrase", "expected"),
    [
        ("a: Calm\n  skin for\n  all\n", "Calm skin", "Calm\n  skin"),
        ("a: 'Mum''s \U0001f600\n  skin'\n", "Mum's \U0001f600 skin", "Mum''s \U0001f600\n  skin"),
        ('a: "Sm\\u006foth \\\n  skin"\n', "Smooth skin", "Sm\\u006foth \\\n  skin"),
        ("- a: >-\r\n    Calm\r\n    skin\r\n", "Calm skin", "Calm\r\n    skin"),
        ("a: |2\n    Calm skin\n   firm skin\n", "Calm skin", "Calm skin"),
        ("a: &x !!str Calm skin\n", "Calm skin", "Calm skin"),
        ('{"a": "Calm skin"}', "Calm skin", "Calm skin"),
        ("? a\n: Calm skin\n", "Calm skin", "Calm skin"),
        ("\ufeffa: Calm skin", "Calm skin", "Calm skin"),
        ("a: See https://e.org/a#b now", "\ufffc", "https://e.org/a#b"),
    ],
)
def test_a_phrase_is_located_in_the_file(
    source: str, phrase: str, expected: str, located: Callable[[Document, str], str]
) -> None:
    assert located(extract(source.encode(), "a.yaml"), phrase) == expected


def test_a_value_is_read_where_it_is_written_and_never_for_its_aliases(
    outline: Callable[[str, str], list[str]],
) -> None:
    source = "a: &a {text: Calm skin, b: &key text}\nc: *a\n<<: *a\n*key : Firm skin\n? [x, y]\n: Complex key\n"

    assert outline("yaml", source) == ["value 0.0: Calm skin", "value 1.1: Firm skin"]


def test_bombs_of_aliases_are_harmless() -> None:
    layers = "".join(f"a{at + 1}: &a{at + 1} [*a{at}, *a{at}, *a{at}]\n" for at in range(60))

    document = extract(f"a0: &a0 [Two words]\n{layers}".encode(), "a.yaml")

    assert [segment.text for segment in document.segments] == ["Two words"]


def test_no_tag_is_obeyed() -> None:
    source = "a: !!python/object/apply:os.system ['echo calm skin']\nb: !!binary |\n  Zm9v YmFy\nc: !x Firm skin\n"

    document = extract(source.encode(), "a.yaml")

    assert [segment.text for segment in document.segments] == ["echo calm skin", "Firm skin"]


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("a: b: c\n", "1:5: this YAML cannot be read: a colon makes no sense here"),
        ("a: [b\n", "2:1: this YAML cannot be read: a bracket is not closed, or a comma is missing"),
        ("\n{{- if .Values.a }}\na: b\n{{- end }}\n", "2:3: this YAML cannot be read: this is not YAML"),
        ("a: *b\n", "1:4: this YAML cannot be read: this is not YAML: found undefined alias"),
        ("a: \x07\n", "1:4: this YAML cannot be read: the character U+0007 cannot be seen"),
        ("a:\n" + "[" * 100_000, "2: this YAML is nested deeper than 64 levels"),
        ("{a: " * 100_000, "1: this YAML is nested deeper than 64 levels"),
        ("- " * 100_000, "1: this YAML is nested deeper than 64 levels"),
        ("? " * 100_000, "1: this YAML is nested deeper than 64 levels"),
        ("a: '" + "b\n  " * 50_000, "50001:3: this YAML cannot be read: a quote is opened and not closed"),
    ],
    ids=lambda source: source[:12],
)
def test_what_is_no_yaml_is_refused_with_its_place(source: str, told: str) -> None:
    with pytest.raises(ExtractError) as caught:
        extract(source.encode(), "a.yaml")

    assert str(caught.value).startswith(f"a.yaml:{told}")
    assert caught.value.fix


VISIBLE = (
    "V V",
    "<p>V <b>V</b></p><!-- H -->",
    "V &amp; V\n\nV",
    "**V** `H` V",
    "- V\n- V",
    "V: 'V' \"V\" # V",
    "V\n\n\nV\n",
)
HIDDEN = ("https://e.org/H", "{{ H }}", "a.H_b", "H.png", "{ H: H }")
keys = st.sampled_from(["text", "a title", "alt", "\u00fc label"])
values = st.recursive(
    st.sampled_from(VISIBLE) | st.sampled_from(HIDDEN) | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@given(
    value=values,
    style=st.sampled_from([None, '"', "'", "|", ">"]),
    flow=st.sampled_from([True, False, None]),
    width=st.sampled_from([20, 80]),
    end=st.sampled_from(["\n", "\r\n"]),
)
@settings(max_examples=200, deadline=None)
def test_what_is_seen_is_in_a_segment_at_its_place_and_nothing_else(
    value: object, *, style: str | None, flow: bool | None, width: int, end: str
) -> None:
    source = yaml.safe_dump(
        {"text": value}, default_style=style, default_flow_style=flow, width=width, allow_unicode=True
    )
    source = numbered(source).replace("\n", end)

    document = extract(source.encode(), "a.yaml")

    found = words_in([document])
    assert sorted(found) == sorted(set(re.findall(r"V\d+v", source)))
    check_map(document)
    for segment in document.segments:
        for word in re.finditer(r"V\d+v", segment.text):
            assert document.text[slice(*segment.to_source(*word.span()))] == word[0]


@given(st.text(st.sampled_from("ab :-[]{}&*!|>'\"\\u0041\n\r\t#,.?%\u2028\u00fc"), max_size=50))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused(source: str) -> None:
    try:
        document = extract(f"text: {source}".encode(), "a.yaml")
    except ExtractError:
        return
    check_map(document)


@pytest.mark.parametrize("style", ["|", ">", ">-", "|+", "|2-"])
@given(
    lines=st.lists(st.sampled_from(["one two", "  three", "", " four", "\tfive", "six "]), min_size=1, max_size=8),
    deep=st.integers(1, 5),
)
@settings(max_examples=60, deadline=None)
def test_the_words_of_a_block_are_those_of_its_value(style: str, lines: list[str], deep: int) -> None:
    indent = " " * (2 if "2" in style else deep)
    source = f"text: {style}\n" + "".join(f"{indent}{line}\n" if line else "\n" for line in ["start here", *lines])

    document = extract(source.encode(), "a.yaml")

    value = yaml.safe_load(source)["text"]
    assert " ".join(segment.text for segment in document.segments).split() == value.split()


@pytest.mark.parametrize(
    "source",
    [
        "text: " + "calm skin " * 300_000,
        "text: |\n" + "  calm skin\n" * 20_000,
        "text: >\n" + "  calm skin\n\n" * 20_000,
        "text: 'a" + " " * 200_000 + "b'",
        "text: a" + "\n" * 200_000 + "  b",
        "# a\n" * 100_000,
        "- a\n" * 100_000,
        "---\na: b c\n" * 10_000,
        "a: " + "!" * 200_000,
        "a: {{" + " b" * 100_000 + "}}",
    ],
    ids=lambda source: source[:12],
)
def test_long_values_are_read_in_time(source: str) -> None:
    try:
        document = extract(source.encode(), "a.yaml")
    except ExtractError:
        return
    assert document.text == source


def test_without_the_fast_parser_all_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = extract(CONTENT.encode(), "a.yaml")
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)

    assert extract(CONTENT.encode(), "a.yaml") == fast
