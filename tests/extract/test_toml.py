"""TOML files: strings in every style, their places, tables as sections, and what is no TOML."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.errors import ExtractError
from claimcheck.extract import extract
from claimcheck.model import Comment, Document
from tests.extract.promised import check_map, numbered, words_in

CONTENT = r'''
title = "Skin that \"glows\"" # for now
benefits = ["Fewer lines", 'Firm skin']
hero.title = "Calm skin"
hero.text = "<p>It calms &amp; <b>firms</b></p>"

[about.us]
name = "The clinic"
text = """
It **calms** the skin.

- Firms
- Lifts"""

[[faq]]
question = "Does it help?"
answer = 'Results may vary.'
[[faq]]
inner = {title = "Why", list = [{alt = "Face", src = "a b"}, "Two words"]}
'''


def test_tables_are_sections_and_strings_hold_markdown_and_html(
    outline: Callable[[str, str], list[str]], sections: Callable[[str, str], list[tuple[str, str]]]
) -> None:
    assert (outline("toml", CONTENT), [title for title, _ in sections("toml", CONTENT)]) == (
        [
            'heading2 0.0: Skin that "glows"',
            "value 1.0 <0: Fewer lines",
            "value 2.0 <0: Firm skin",
            "value 3.0: Calm skin",
            "value 4.0: It calms & firms",
            "heading2 5.1: The clinic",
            "value 6.1: It calms the skin.",
            "item 7.1: Firms",
            "item 8.1: Lifts",
            "heading2 9.2: Does it help?",
            "value 10.2: Results may vary.",
            "heading2 11.3: Why",
            "value 12.4: Face",
            "value 13.3 <11: Two words",
        ],
        ['Skin that "glows"', "The clinic", "Does it help?", "Why", ""],
    )


def test_comments_are_taken_down() -> None:
    document = extract(b'# one\ntitle = "a # b" # two\n', "a.toml")

    assert document.comments == (Comment("one", 0, 5, 0), Comment("two", 22, 27, None))


@pytest.mark.parametrize(
    ("source", "phrase", "expected"),
    [
        (r'a = "Calm \"old\" skin"', '"old" skin', r"\"old\" skin"),
        ('a = "Sm\\u006foth \\U0001F600 skin"', "Smooth \U0001f600", "Sm\\u006foth \\U0001F600"),
        ("a = 'C:\\new skin'", "C:\\new skin", "C:\\new skin"),
        ('a = """\r\nCalm \\\r\n   skin"""', "Calm skin", "Calm \\\r\n   skin"),
        ("a = '''It's calm'''", "It's calm", "It's calm"),
        ('"\u00fc b" = "\U0001f600 calm"', "calm", "calm"),
    ],
)
def test_a_phrase_is_located_in_the_file(
    source: str, phrase: str, expected: str, located: Callable[[Document, str], str]
) -> None:
    assert located(extract(source.encode(), "a.toml"), phrase) == expected


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("a = b c\n", "1:5: this file cannot be read: this is not TOML: invalid value"),
        ('\na = "b\n', "2:7: this file cannot be read: this is not TOML: illegal character '\\n'"),
        ("a = 1\na = 2\n", "2:6: this file cannot be read: this is not TOML: cannot overwrite a value"),
        ("[a\n", "1:3: this file cannot be read: this is not TOML: expected ']'"),
        ("a = " + "[" * 100_000, "1:69: this file is nested deeper than 64 levels"),
        ("a = " + "{a = " * 100_000, "1:325: this file is nested deeper than 64 levels"),
        ("a" + ".a" * 100_000 + " = 1", "1:129: this file is nested deeper than 64 levels"),
        ("[" + "a." * 100_000 + "a]", "1:130: this file is nested deeper than 64 levels"),
    ],
    ids=lambda source: source[:12],
)
def test_what_is_no_toml_is_refused_with_its_place(source: str, told: str) -> None:
    with pytest.raises(ExtractError) as caught:
        extract(source.encode(), "a.toml")

    assert str(caught.value).startswith(f"a.toml:{told}")
    assert caught.value.fix


LINES = (
    'text = "V V"', "alt = 'V \"V\"'", 'title = """\nV\n\nV \\\n  V"""', "label = '''V\nV'''", 'url = "/H"', "# H",
    'text = ["V V", "**V** `H`", [\'V <b>V</b>\'], {alt = "V", src = "H"}] # H', 'a.b.title = "V \\"V\\""', "n = 1",
    'quote = "- V\\n- V\\n\\nV &amp; V"', 'seo = {title = "V", "x.y" = "https://e.org/H", c.label = "V V"}',
)  # fmt: skip


@given(chosen=st.lists(st.sampled_from(LINES), max_size=6), end=st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=150, deadline=None)
def test_what_is_seen_is_in_a_segment_at_its_place_and_nothing_else(chosen: list[str], end: str) -> None:
    source = "".join(f"[[t.{'x.' * (at % 3)}t{at}]]\n{line}\n" for at, line in enumerate(chosen))
    source = numbered(source).replace("\n", end)

    document = extract(source.encode(), "a.toml")

    found = words_in([document])
    assert sorted(found) == sorted(re.findall(r"V\d+v", source))
    check_map(document)
    for segment in document.segments:
        for word in re.finditer(r"V\d+v", segment.text):
            assert document.text[slice(*segment.to_source(*word.span()))] == word[0]


@pytest.mark.parametrize(
    "source",
    [
        'text = "' + "calm skin " * 300_000 + '"',
        'text = """' + "calm skin\n" * 20_000 + '"""',
        'text = "' + r"\"" * 200_000,
        'text = """' + '"a' * 100_000,
        "".join(f'k{at} = "a b"\n' for at in range(10_000)),
        "".join(f'[t{at}]\nk = "a b"\n' for at in range(10_000)),
    ],
    ids=lambda source: source[:12],
)
def test_long_values_are_read_in_time(source: str) -> None:
    try:
        document = extract(source.encode(), "a.toml")
    except ExtractError:
        return
    assert document.text == source
