"""Front matter: which values are prose, how they are decoded, and where their characters stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from claimcheck.errors import ExtractError
from claimcheck.extract import Reading, extract
from claimcheck.model import Comment, Document, Facts, Licence, Role
from claimcheck.names import place_of


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
            ["Smooth lines", "one item", "two", "And more"],
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
    ("source", "expected"),
    [
        ("---\na: 'open\n---\n", "heading2 0.0: a: 'open"),
        ("---\na: b: c\n---\n", "heading2 0.0: a: b: c"),
        ("---\n- a list\n---\n", "item 0.0: a list"),
        ("---\nnever closed: yes\n", "paragraph 0.0: never closed: yes"),
        (" ---\na: b c\n---\n", "heading2 0.0: a: b c"),
        ("---- \na: b c\n---\n", "heading2 0.0: a: b c"),
    ],
)
def test_what_is_no_front_matter_is_read_as_copy(
    source: str, expected: str, outline: Callable[[str, str], list[str]]
) -> None:
    assert outline("markdown", source) == [expected]


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
    "front",
    [
        'claimcheck.subject = "drug"\nclaimcheck.practitioner = "Dr A. Example"\n',
        'claimcheck = {subject = "drug", practitioner = "Dr A. Example"}\ntitle = "Clear gel"\n',
        '["claimcheck"]\nsubject = "drug"\npractitioner = "Dr A. Example"\n[seo]\ntitle = "Clear gel"\n',
        '["seo"]\nclaimcheck = "Clear gel"\n[claimcheck]\nsubject = "drug"\npractitioner = "Dr A. Example"\n',
    ],
    ids=["dotted keys", "inline table", "quoted name", "the same key elsewhere"],
)
def test_toml_speaks_to_the_linter_in_each_of_its_forms(front: str) -> None:
    document = extract(f"+++\n{front}+++\n".encode(), "a.md")

    assert (document.subject, document.facts, [segment.text for segment in document.segments]) == (
        "drug",
        Facts(practitioner="Dr A. Example"),
        ["Clear gel"] if "Clear gel" in front else [],
    )


def test_what_front_matter_says_twice_by_an_alias_is_read_in_both_places() -> None:
    licences = "".join(f"    - {{number: DIN {number}, covers: *same}}\n" for number in (1, 2))
    front = f"covered: &same [acne]\nclaimcheck:\n  licences:\n{licences}"

    assert extract(f"---\n{front}---\n".encode(), "a.md").facts == Facts(
        (Licence("DIN 1", "canada", ("acne",)), Licence("DIN 2", "canada", ("acne",)))
    )


NO_KEYS = (
    "the front matter cannot be read: it is no block of keys"
    "\n  fix: Write keys, each with a colon and a space after it."
)
NO_TOML = "\n  fix: Look at quotes, brackets and what stands twice."


@pytest.mark.parametrize(
    ("source", "told"),
    [
        pytest.param(
            "---\nclaimcheck: [a\n---\n",
            "2:15: the front matter cannot be read: a bracket is not closed, or a comma is missing"
            "\n  fix: Close it, or add the comma.",
            id="a bracket",
        ),
        pytest.param(
            "---\r\n\u2028t: x\r\ntitle: a: b\r\nclaimcheck:\r\n  subject: drug\r\n---\r\n",
            "3:9: the front matter cannot be read: a colon makes no sense here"
            "\n  fix: Put the text that holds it in quotes.",
            id="a colon above it",
        ),
        pytest.param(
            "---\ntitle: x\n claimcheck:\n  subject: drug\n---\n",
            "3:12: the front matter cannot be read: a colon makes no sense here"
            "\n  fix: Put the text that holds it in quotes.",
            id="indentation",
        ),
        pytest.param(
            "---\ntitle: \x07\n'claimcheck': {}\n---\n",
            "2:8: the front matter cannot be read: the character U+0007 cannot be seen\n  fix: Remove it.",
            id="a control character",
        ),
        pytest.param(
            '---\nclaimcheck: "\\U00110000"\n---\n',
            "2:16: the front matter cannot be read: this escape stands for no character"
            "\n  fix: Write the character itself.",
            id="an escape",
        ),
        pytest.param("---\nclaimcheck:drug\n---\n", f"2:1: {NO_KEYS}", id="no space"),
        pytest.param("---\n[a,\nclaimcheck: b]\n---\n", f"2:1: {NO_KEYS}", id="a list"),
        pytest.param(
            "---\nclaimcheck: {subject: drug}\nclaimcheck: {subject: drug}\n---\n",
            "3:1: key 'claimcheck' stands twice\n  fix: Merge the two.",
            id="twice",
        ),
        pytest.param(
            "---\nclaimcheck:\n  subject: drug\n\n# Title\n",
            "1:1: the front matter is not closed, so that 'claimcheck' in it cannot be read"
            "\n  fix: Write '---' on a line of its own beneath it.",
            id="not closed",
        ),
        pytest.param(
            '+++\n[claimcheck\nsubject = "drug"\n+++\n',
            "2:12: the front matter cannot be read: this is not TOML: expected ']' at the end of a table declaration"
            + NO_TOML,
            id="TOML, a table",
        ),
        pytest.param(
            '+++\ntitle = a b\nclaimcheck.subject = "drug"\n+++\n',
            f"2:9: the front matter cannot be read: this is not TOML: invalid value{NO_TOML}",
            id="TOML, dotted keys",
        ),
        pytest.param(
            "+++\nclaimcheck = [1\n+++\n",
            f"2:16: the front matter cannot be read: this is not TOML: unclosed array{NO_TOML}",
            id="TOML, to its end",
        ),
        pytest.param(
            '+++\n[[claimcheck.licences]]\nnumber = "DIN 1"\n',
            "1:1: the front matter is not closed, so that 'claimcheck' in it cannot be read"
            "\n  fix: Write '+++' on a line of its own beneath it.",
            id="TOML, not closed",
        ),
    ],
)
def test_front_matter_that_speaks_to_the_linter_and_cannot_be_read_is_refused(source: str, told: str) -> None:
    with pytest.raises(ExtractError) as caught:
        extract(source.encode(), "a.md")

    assert str(caught.value) == f"a.md:{told}"


@pytest.mark.parametrize(
    "source",
    [
        "---\nWe use claimcheck: it is quick: so\n---\n",
        "---\n\nNever closed\n\nclaimcheck: x\n",
        "+++\n[claimchecks\n+++\n",
    ],
)
def test_what_cannot_be_read_and_does_not_speak_to_the_linter_is_passed_over(source: str) -> None:
    assert extract(source.encode(), "a.md").facts is None


TOML_LICENCES = """\
+++
[claimcheck]
prescription = true
[[claimcheck.licences]]
number = "DIN 1"
covers = ["acne", "scars"]
[[claimcheck.licences]]
number = "DIN 2"
covers = ["acne"]
+++
"""


def test_what_is_said_to_the_linter_in_toml_remembers_where_it_stands() -> None:
    facts = extract(TOML_LICENCES.encode(), "a.md").facts
    assert facts is not None
    assert [[place_of(name) for name in one.covers] for one in facts.licences] == [
        ["a.md:6:11", "a.md:6:19"],
        ["a.md:9:11"],
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('subjet = "drug"', ("a.md:3:1", "unknown key 'subjet'")),
        ('subject = "pot"', ("a.md:3:11", "no subject 'pot'")),
        ("prescription = 1.5", ("a.md:2:2", "'prescription' is neither true nor false")),
        ("licences = []\nx = 1", ("a.md:4:1", "unknown key 'x'")),
    ],
)
def test_what_is_wrong_in_what_is_said_to_the_linter_in_toml_is_told_with_its_place(
    line: str, told: tuple[str, str]
) -> None:
    with pytest.raises(ExtractError) as caught:
        extract(f"+++\n[claimcheck]\n{line}\n+++\n".encode(), "a.md")

    assert (caught.value.where, caught.value.what) == told


def test_an_alias_that_speaks_to_the_linter_is_never_expanded() -> None:
    layers = "".join(f"a{at + 1}: &a{at + 1} [*a{at}, *a{at}, *a{at}]\n" for at in range(60))
    with pytest.raises(ExtractError) as caught:
        extract(f"---\na0: &a0 [x]\n{layers}claimcheck: {{licences: *a60}}\n---\n".encode(), "a.md")

    assert (caught.value.where, caught.value.what) == (
        "a.md:61:6",
        "an item of 'licences' is a list where keys are expected",
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


@pytest.mark.parametrize(
    "source",
    [
        "---\nhero:\n  text: |\n    It **calms** `x` skin.\n\n    - Firms\n  html: <p>Lifts <b>all</b></p>\n---\n",
        '+++\n[hero]\ntext = """\nIt **calms** `x` skin.\n\n- Firms\n"""\nhtml = "<p>Lifts <b>all</b></p>"\n+++\n',
    ],
    ids=["YAML", "TOML"],
)
def test_strings_hold_markdown_and_html_each_in_one_block(source: str) -> None:
    document = extract(source.encode(), "a.md")

    assert [(one.text, one.role, one.metadata, one.block) for one in document.segments] == [
        ("It calms \ufffc skin.", Role.VALUE, True, 0),
        ("Firms", Role.VALUE, True, 0),
        ("Lifts all", Role.VALUE, True, 1),
    ]


@pytest.mark.parametrize("source", ["---\n# one\na: b c\n---\n", '+++\n# one\na = "b c"\n+++\n'], ids=["YAML", "TOML"])
def test_comments_of_front_matter_are_taken_down(source: str) -> None:
    assert extract(source.encode(), "a.md").comments == (Comment("one", 4, 9, 0),)


@pytest.mark.parametrize(
    "source",
    ["---\nsku: Firm skin\nhero: {text: Calm skin}\n---\n", '+++\nsku = "Firm skin"\nhero.text = "Calm skin"\n+++\n'],
    ids=["YAML", "TOML"],
)
def test_configuration_says_what_is_copy_in_front_matter(source: str) -> None:
    reading = Reading(copy=("sku",), other=("hero.text",))

    assert [one.text for one in extract(source.encode(), "a.md", reading=reading).segments] == ["Firm skin"]
