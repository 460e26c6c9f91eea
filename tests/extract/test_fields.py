"""Which strings of data are copy: by their key, by what they look like, by configuration."""

from __future__ import annotations

import pytest

from claimcheck.extract import AS_SHIPPED, Reading, extract
from claimcheck.extract.fields import is_prose

PROSE = [
    ("title", "Glow"),
    ("og:description", "Glow"),
    ("metaTitle", "Anti-wrinkle"),
    ("benefits", "Firming"),
    ("any", "Two words"),
    ("any", "77% saw fewer lines"),
    ("any", "24h hydration"),
    ("any", "Erases wrinkles & scars (proven)"),
    ("any", "I <3 this serum"),
    ("any", "a < b and c"),
    ("any", "R&D for skin"),
    ("any", "{name} loves her skin"),
    ("any", "{{ count }} smooth days"),
    ("any", "<p>Erases</p>"),
    ("any", "Note: works well; use daily."),
    ("any", "Smooths/firms skin"),
    ("title", "肌を滑らかにする"),
]
OTHER = [
    ("any", ""),
    ("any", "Word"),
    ("title", "--"),
    ("slug", "two words"),
    ("sku", "AB 12"),
    ("buttonColor", "dark red"),
    ("heroImage", "two words"),
    ("title", "x.png"),
    ("title", "https://example.org/a"),
    ("title", "products.product.add_to_cart"),
    ("alt", "IMG_1234"),
    ("label", "addToCart"),
    ("title", "#FFAA00"),
    ("title", "{{ product.title }}"),
    ("any", "{{ one }} {{ two }}"),
    ("any", "rgba(0, 0, 0, 0.5)"),
    ("any", "linear-gradient(90deg, #fff 0%, #000 100%)"),
    ("any", "1fr 2fr"),
    ("any", "color: red; border: none;"),
    ("any", ".a { color: red }"),
    ("any", '{ "a": 1 }'),
    ("any", "M0 0L10 10 20 30z"),
    ("any", "function(a,b){return a+b} var c=1;"),
    ("any", "a => b && c"),
    ("any", "rm -rf dist && tsc -p ."),
    ("any", "width=device-width, initial-scale=1"),
    ("any", "2026-01-02 10:00"),
    ("text", "Zm9v" * 40),
    ("license", "Permission is hereby granted, free of charge"),
    ("scripts", "two words"),
]


@pytest.mark.parametrize(("key", "value"), PROSE)
def test_what_is_made_to_be_read_is_prose(key: str, value: str) -> None:
    assert is_prose(key, value, reading=AS_SHIPPED)


@pytest.mark.parametrize(("key", "value"), OTHER)
def test_names_code_and_places_are_no_prose(key: str, value: str) -> None:
    assert not is_prose(key, value, reading=AS_SHIPPED)


@pytest.mark.parametrize(
    ("copy", "other", "taken"),
    [
        ((), (), ["Firm skin", "Calm skin"]),
        (("sku",), (), ["Soft skin", "Firm skin", "Calm skin"]),
        (("*",), (), ["Soft skin", "Firm skin", "Calm skin", "x.png", "node a"]),
        ((), ("text",), []),
        ((), ("hero.text",), ["Calm skin"]),
        ((), ("settings.*.text",), ["Calm skin"]),
        (("hero.t?xt",), ("*",), ["Firm skin"]),
        (("scripts.*",), (), ["Firm skin", "Calm skin"]),
        (("scripts", "build"), (), ["Firm skin", "Calm skin", "node a"]),
    ],
)
def test_configuration_says_by_globs_of_keys_what_is_copy(
    copy: tuple[str, ...], other: tuple[str, ...], taken: list[str]
) -> None:
    source = (
        '{"sku": "Soft skin", "settings": {"hero": {"Text": "Firm skin"}}, "text": ["Calm skin"],'
        ' "src": "x.png", "scripts": {"build": "node a"}}'
    )

    document = extract(source.encode(), "a.json", reading=Reading(copy=copy, other=other))

    assert [segment.text for segment in document.segments] == taken


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("a.json", '{"scripts": {"build": "two words", "title": "Two"}, "claimcheck": {"title": "Two words"}}'),
        ("a.yaml", "scripts:\n  build: two words\n  title: Two\nclaimcheck:\n  title: Two words\n"),
        ("a.toml", '[scripts]\nbuild = "two words"\ntitle = "Two"\n[claimcheck]\ntitle = "Two words"\n'),
    ],
)
def test_nothing_beneath_scripts_and_what_speaks_to_the_linter_is_copy(path: str, source: str) -> None:
    assert extract(source.encode(), path).segments == ()


@pytest.mark.parametrize(
    ("path", "source", "language"),
    [
        ("a.json", '{"lang": "de", "a": {"locale": "fr"}}', "de"),
        ("a.json", '{"a": {"locale": "fr"}}', ""),
        ("a.yaml", "a: 1\n---\nlocale: de-AT\n", "de-AT"),
        ("a.toml", 'seo.lang = "fr"\nlanguage = "de"\n[a]\nlocale = "fr"\n', "de"),
    ],
)
def test_a_file_of_data_names_its_language_at_its_top_level(path: str, source: str, language: str) -> None:
    assert extract(source.encode(), path).language == language
