"""Front matter: which values are prose, how they are decoded, and where their characters stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from claimcheck.errors import ExtractError
from claimcheck.extract import extract
from claimcheck.model import Document, Facts, Licence, Role


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        pytest.param("", [], id="empty"),
        pytest.param("title: Skin savior # why\nsubtitle: Glow\n", ["Skin savior", "Glow"], id="plain scalars"),
        pytest.param("a: 'It''s\n  good'\n", ["It's good"], id="single quotes"),
        pytest.param(
            'a: "Fewer \\"lines\\" \\u00e9 \\x41\\tnow\\\n   , really,\n  really \\U0001F600"\n',
            ['Fewer "lines" \u00e9 A now, really, really \U0001f600'],
            id="double quotes",
        ),
        pytest.param("a: Smooth\n  fine lines\n", ["Smooth fine lines"], id="plain scalars over lines"),
        pytest.param("a: >-\n  Smooth\n  lines\n\n  And more\nb: 1\n", ["Smooth lines", "And more"], id="folded"),
        pytest.param(
            "a: |2\n  Smooth\n  lines\n  - one item\n  - two\n\n\n  And more\n",
            ["Smooth lines", "- one item", "- two", "And more"],
            id="literal",
        ),
        pytest.param(
            "seo: {metaTitle: Glow, ogImage: /a b.png, x: [Fewer lines, {alt: Face}]}\n",
            ["Glow", "Fewer lines", "Face"],
            id="flow collections",
        ),
        pytest.param(
            "faq:\n  - q: Does it help?\n    a: &yes !!str It does\n  - &no Not at all\n  - *no\n  - {a: *yes}\n",
            ["Does it help?", "It does", "Not at all"],
            id="anchors and aliases: each place once",
        ),
        pytest.param(
            "slug: a b\nurl: https://example.org/a\ndate: 2026-01-02 10:00\ntags: [acne scars]\ncategories:\n"
            "- skin care\nimage: my pic.png\nlayout: post\nother: word\nn: 1 2\nhero: img/a b.png\ntitle: x.png\n"
            "path: a b\ndraft: true\n? [a b]\n: Complex key\n",
            ["img/a b.png"],
            id="what is no prose",
        ),
    ],
)
def test_prose_of_yaml_becomes_metadata(front: str, expected: list[str]) -> None:
    document = extract(f"---\n{front}---\n\nBody.\n".encode(), "a.md")

    assert [(one.text, one.role, one.metadata) for one in document.segments] == [
        *((text, Role.VALUE, True) for text in expected),
        ("Body.", Role.PARAGRAPH, False),
    ]


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        pytest.param('title = "Skin \\"savior\\" \\u00e9" # why\n', ['Skin "savior" \u00e9'], id="basic strings"),
        pytest.param("title = 'C:\\ is fine'\n", ["C:\\ is fine"], id="literal strings"),
        pytest.param(
            'a = """\nSmooth\nlines \\\n   now ""ok""\n\nMore of it"""\n',
            ['Smooth lines now ""ok""', "More of it"],
            id="long basic strings",
        ),
        pytest.param("a = '''It's\nso good'''\n", ["It's so good"], id="long literal strings"),
        pytest.param(
            'tags = ["acne scars", "b c"]\n'
            'b = [\n  "Fewer lines", # c\n  {alt = "Face", src = "a b"},\n  "Two words"\n]\n'
            'c.title = "Glow"\n[seo]\n"og title" = "Glow on"\nslug = "a b"\n[[faq]]\nq = "Does it help?"\n',
            ["Fewer lines", "Face", "Two words", "Glow", "Glow on", "Does it help?"],
            id="arrays, tables and dotted keys",
        ),
        pytest.param(
            'date = 2026-01-02\nn = 12\nb = true\nother = "word"\nurl = "https://example.org/a"\n',
            [],
            id="what is no prose",
        ),
        pytest.param('a = "not closed\nb = "Fewer lines"\n', ["not closed", "Fewer lines"], id="a string left open"),
    ],
)
def test_prose_of_toml_becomes_metadata(front: str, expected: list[str]) -> None:
    document = extract(f"+++\n{front}+++\n\nBody.\n".encode(), "a.md")

    assert [(one.text, one.role, one.metadata) for one in document.segments] == [
        *((text, Role.VALUE, True) for text in expected),
        ("Body.", Role.PARAGRAPH, False),
    ]


@pytest.mark.parametrize(
    ("source", "phrase", "expected"),
    [
        ("---\n\u00fc: x\ntitle: 'Mum''s \U0001f600 skin savior'\n---\n", "Mum's \U0001f600", "Mum''s \U0001f600"),
        ('---\ntitle: "A \\"new\\" you"\n---\n', '"new" you', '\\"new\\" you'),
        ("---\na: >\n  Smooth\n  fine lines\n---\n", "Smooth fine", "Smooth\n  fine"),
        ("---\r\na: |\r\n  Smooth\r\n  fine lines\r\n---\r\n", "Smooth fine", "Smooth\r\n  fine"),
        ("---\na: &x !!str Smooth skin\n---\n", "Smooth skin", "Smooth skin"),
        ('+++\n\u00fc = 1\ntitle = "A \\"new\\" you"\n+++\n', '"new" you', '\\"new\\" you'),
        ('+++\na = """\nSmooth \\\n  lines"""\n+++\n', "Smooth lines", "Smooth \\\n  lines"),
        ("---\ntitle: x\n---\n\nIt *cures* acne", "cures acne", "cures* acne"),
    ],
)
def test_a_phrase_is_located_in_the_file(
    source: str, phrase: str, expected: str, located: Callable[[Document, str], str]
) -> None:
    assert located(extract(source.encode(), "a.md"), phrase) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("---\nlang: de\n---\n", "de"),
        ("---\nLanguage: 'no'\n---\n", "no"),
        ("---\nseo:\n  locale: fr\n---\n", ""),
        ('+++\nlocale = "de-AT"\n+++\n', "de-AT"),
        ('+++\n[seo]\nlang = "fr"\n+++\n', ""),
        ("# Hello\n", ""),
    ],
)
def test_front_matter_names_the_language(source: str, expected: str) -> None:
    assert extract(source.encode(), "a.md").language == expected


@pytest.mark.parametrize(
    "source",
    [
        "---\na: 'open\n---\n",
        "---\na: b: c\n---\n",
        "---\n- a list\n---\n",
        "---\nnever closed: yes\n",
        " ---\na: b c\n---\n",
        "---- \na: b c\n---\n",
    ],
)
def test_what_is_no_front_matter_is_read_as_copy(source: str) -> None:
    assert not [segment for segment in extract(source.encode(), "a.md").segments if segment.metadata]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_refused(opening: str) -> None:
    with pytest.raises(ExtractError) as caught:
        extract(f"---\na:\n {opening * 100_000}\n---\n".encode(), "pages/a.md")

    assert str(caught.value) == (
        "pages/a.md:3: the front matter is nested deeper than 64 levels\n  fix: Write it flatter."
    )


def test_aliases_are_never_expanded() -> None:
    layers = "".join(f"a{at + 1}: &a{at + 1} [*a{at}, *a{at}, *a{at}]\n" for at in range(60))

    document = extract(f"---\na0: &a0 [Two words]\n{layers}---\n".encode(), "a.md")

    assert [segment.text for segment in document.segments] == ["Two words"]


YAML_FACTS = """\
---
title: Clear gel
claimcheck:
  subject: drug
  practitioner: Dr A. Example, GMC 1234567
  licences:
    - {number: DIN 02241234, covers: [acne]}
---
"""
TOML_FACTS = """\
+++
title = "Clear gel"
[claimcheck]
subject = "drug"
practitioner = "Dr A. Example, GMC 1234567"
[[claimcheck.licences]]
number = "DIN 02241234"
covers = ["acne"]
+++
"""


@pytest.mark.parametrize("source", [YAML_FACTS, TOML_FACTS], ids=["YAML", "TOML"])
def test_what_is_said_to_the_linter_is_no_copy(source: str) -> None:
    document = extract(source.encode(), "a.md")

    assert (document.subject, document.facts, [segment.text for segment in document.segments]) == (
        "drug",
        Facts((Licence("DIN 02241234", "canada", ("acne",)),), "Dr A. Example, GMC 1234567"),
        ["Clear gel"],
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("subjet: drug", "a.md:3:3: unknown key 'subjet'\n  fix: Did you mean 'subject'?"),
        ("subject: pot", "a.md:3:12: no subject 'pot'"),
        ("- drug", "a.md:3:3: 'claimcheck' is a list where keys are expected"),
    ],
)
def test_what_is_wrong_in_what_is_said_to_the_linter_is_told(line: str, told: str) -> None:
    with pytest.raises(ExtractError) as caught:
        extract(f"---\nclaimcheck:\n  {line}\n---\n".encode(), "a.md")

    assert str(caught.value).startswith(told)
