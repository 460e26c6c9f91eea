"""JSON: which strings become segments, their structure, their places, and what is no JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.errors import ExtractError
from claimcheck.extract import AS_SHIPPED, extract
from claimcheck.extract.json import read_json, try_json
from claimcheck.extract.offsets import FILLER, OBJECT, Source, source_of
from claimcheck.extract.structure import Outline
from claimcheck.model import Comment, Document, Role
from tests.extract.promised import check_map, numbered, words_in

THEME = r"""/*
 * A theme writes this header.
 */
{
  "sections": {
    "main": {
      "type": "rich-text",
      "settings": {"heading": "Skin that \"glows\"", "text": "<p>Calms<\/p><p>Firms \u0026amp; lifts<\/p>", "n": 1},
      "blocks": [
        {"title": "Why", "benefits": ["Fewer lines", "Firming"]},
        {"text": "Results may vary.", "link": "shopify:\/\/pages\/a b"},
      ],
    }
  }, // the rest
  "order": ["main"]
}
"""


def test_objects_are_sections_and_their_lists_have_the_title_before_them_for_introduction(
    outline: Callable[[str, str], list[str]], sections: Callable[[str, str], list[tuple[str, str]]]
) -> None:
    assert (outline("json", THEME), [title for title, _ in sections("json", THEME)]) == (
        [
            'heading2 0.0: Skin that "glows"',
            "value 1.0: Calms",
            "value 2.0: Firms & lifts",
            "heading2 3.1: Why",
            "value 4.1 <3: Fewer lines",
            "value 5.1 <3: Firming",
            "value 6.2: Results may vary.",
        ],
        ['Skin that "glows"', "Why", ""],
    )


def test_a_title_outside_introduces_no_list_of_an_inner_object(outline: Callable[[str, str], list[str]]) -> None:
    source = '{"title": "Why", "a": {"b": ["Fewer lines"]}, "b": ["Firm skin"], "c": ["Calm skin"]}'

    assert outline("json", source) == [
        "heading2 0.0: Why",
        "value 1.1: Fewer lines",
        "value 2.0: Firm skin",
        "value 3.0: Calm skin",
    ]


def test_comments_are_taken_down() -> None:
    document = extract(b'// one\n{"title": "Why" /* two */}', "a.json")

    assert document.comments == (Comment("one", 0, 6, 0), Comment("two", 23, 32, None))


@pytest.mark.parametrize(
    ("source", "phrase", "expected"),
    [
        (r'{"text": "Firms \"old\" skin"}', '"old" skin', r"\"old\" skin"),
        (r'{"text": "Sm\u006foth \ud83d\ude00 skin"}', "Smooth \U0001f600", r"Sm\u006foth \ud83d\ude00"),
        ('\ufeff{"\u00fc": "\U0001f600 calm skin"}', "calm skin", "calm skin"),
        (r'{"text": "<b>Calm<\/b>s\n&amp; firms"}', "Calms & firms", r"Calm<\/b>s\n&amp; firms"),
        (r'{"text": "A\tB \ud800 \u0000 C"}', "A B \ufffd", r"A\tB \ud800"),
        (r'{"text": "See https:\/\/e.org\/a now"}', "\ufffc", r"https:\/\/e.org\/a"),
    ],
)
def test_a_phrase_is_located_in_the_file(
    source: str, phrase: str, expected: str, located: Callable[[Document, str], str]
) -> None:
    assert located(extract(source.encode(), "a.json"), phrase) == expected


def test_a_string_may_be_all_there_is(outline: Callable[[str, str], list[str]]) -> None:
    assert [outline("json", source) for source in ('"Two words"', "", " // c\n", "1", "[NaN, -1.5e3, null]")] == [
        ["value 0.0: Two words"],
        [],
        [],
        [],
        [],
    ]


READ = "this JSON cannot be read: "
BROKEN = [
    ('{"a": "b" "c": 1}', "1:11", "a comma is missing before this"),
    ("[1 2]", "1:4", "a comma is missing before this"),
    ("{1: 2}", "1:2", "a key is missing before this"),
    ('{"a": 1, 2}', "1:8", "no key follows this comma"),
    ('{"a"}', "1:2", "a key is missing before this"),
    ('{"a":}', "1:6", "a value is missing before this"),
    ('{"a":,}', "1:6", "a value is missing before this"),
    ('["a": 1]', "1:5", "a colon makes no sense here"),
    ("[:]", "1:2", "a colon makes no sense here"),
    ("[1,,2]", "1:4", "nothing stands before this comma"),
    ("[,]", "1:2", "nothing stands before this comma"),
    ('{"a": [1}', "1:9", "'[' is closed by '}'"),
    ('{"a": 1]', "1:8", "'{' is closed by ']'"),
    ("[1]]", "1:4", "']' closes nothing"),
    ('{\n "a": {', "2:7", "'{' is not closed"),
    ('{"a": "b\n"}', "1:7", "this string is not closed on its line"),
    ('{"a": "b', "1:7", "this string is not closed on its line"),
    (r'{"a": "\x"}', "1:7", "there is no such escape in a string"),
    (r'{"a": "\u12"}', "1:7", "there is no such escape in a string"),
    ("{'a': 1}", "1:2", "this is no value"),
    ("[01x]", "1:2", "this is no value"),
    ("\n\r\n[tru]", "3:2", "this is no value"),
    ("/* [", "1:1", "this comment is not closed"),
    ("[] []", "1:4", "something follows the end"),
    ("[],", "1:3", "something follows the end"),
    ('"a", 1', "1:4", "something follows the end"),
    ("1, 2", "1:2", "something follows the end"),
    ("[" * 100_000, "1:201", "it is nested deeper than 200 levels"),
    ('{"a":' * 100_000, "1:1001", "it is nested deeper than 200 levels"),
]


@pytest.mark.parametrize(("source", "place", "what"), BROKEN)
def test_what_is_no_json_is_refused_with_its_place(source: str, place: str, what: str) -> None:
    with pytest.raises(ExtractError) as caught:
        extract(source.encode(), "a.json")

    assert (caught.value.where, caught.value.what, bool(caught.value.fix)) == (f"a.json:{place}", READ + what, True)


def test_json_of_a_page_is_metadata_with_one_block_for_each_string() -> None:
    text = '<script>{"@type": "Product", "description": "<p>Calms</p><ul><li>Firms</ul>", "a": ["Two words"]}</script>'
    outline = Outline()

    try_json(outline, source_of(text), 8, len(text) - 9, path="a.html", reading=AS_SHIPPED, metadata=True)

    segments = outline.finish(0, len(text)).segments
    assert [(one.text, one.role, one.metadata, one.block) for one in segments] == [
        ("Calms", Role.VALUE, True, 0),
        ("Firms", Role.VALUE, True, 0),
        ("Two words", Role.VALUE, True, 1),
    ]


def test_code_that_was_blanked_out_is_a_value_or_space() -> None:
    text = '{"a": X, TT"text": "Calms X skin"T "b": X T}'
    masked = text.replace("T", FILLER).replace("X", OBJECT)
    outline = Outline()

    read_json(outline, Source(masked), text, path="a.json", reading=AS_SHIPPED)

    assert [one.text for one in outline.finish(0, len(text)).segments] == ["Calms \ufffc skin"]


# In these V is replaced by a word that a reader sees, H by one that no reader sees.
VISIBLE = (
    "V V",
    "<p>V <b>V</b></p><!-- H -->",
    "V &amp; V\n\nV",
    "**V** `H` V",
    "- V\n- V",
    'V "V" \\ V/V \U0001f600',
    "V\tV",
)
HIDDEN = ("https://e.org/H", "{{ H }}", "a.H_b", "H.png", "{ H: H }")
strings = st.sampled_from(VISIBLE) | st.sampled_from(HIDDEN)
keys = st.sampled_from(["text", "a title", "alt", "\u00fc label"])
values = st.recursive(
    strings | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
).map(lambda value: {"text": value})


@given(value=values, ascii_only=st.booleans(), indent=st.sampled_from([None, 2]), slash=st.sampled_from(["/", r"\/"]))
@settings(max_examples=150, deadline=None)
def test_what_is_seen_is_in_a_segment_at_its_place_and_nothing_else(
    value: object, *, ascii_only: bool, indent: int | None, slash: str
) -> None:
    source = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    source = numbered(source)
    source = source.replace("/", slash)

    document = extract(source.encode(), "a.json")

    found = words_in([document])
    assert sorted(found) == sorted(re.findall(r"V\d+v", source))
    check_map(document)
    for segment in document.segments:
        for word in re.finditer(r"V\d+v", segment.text):
            assert document.text[slice(*segment.to_source(*word.span()))] == word[0]


@given(st.text(st.sampled_from('ab "\\{}[]:,/*1-nu0\n\u00fc\u200b<>&'), max_size=40))
@settings(max_examples=300, deadline=None)
def test_what_the_standard_parser_reads_is_read_and_all_else_read_or_refused(source: str) -> None:
    try:
        json.loads(source)
    except ValueError:
        with_error = True
    else:
        with_error = False
    try:
        extract(source.encode(), "a.json")
    except ExtractError:
        assert with_error


@pytest.mark.parametrize(
    "source",
    [
        '{"text": "' + "calm skin " * 1_000_000 + '"}',
        '{"text": "' + "a" * 10_000_000 + '"}',
        '{"text": "' + r"\u0061 " * 100_000 + '"}',
        '{"text": "' + "<a " * 50_000 + '"}',
        '{"text": "' + "{a, plural, one {" * 20_000 + '"}',
        '{"text": "' + "*a **b _c `d " * 20_000 + '"}',
        '{"text": "a' + " " * 200_000 + 'b"}',
        '{"any": "' + "a: b; " * 50_000 + '"}',
        "[" + '"a",' * 200_000 + "1]",
        "[" + "1," * 1_000_000 + "1]",
        "/*" + "*" * 1_000_000 + "*/",
    ],
    ids=lambda source: source[8:24],
)
def test_long_values_are_read_in_time(source: str) -> None:
    assert extract(source.encode(), "a.json").text == source
