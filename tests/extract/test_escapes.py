"""Escapes in strings of data and code: what all of them stand for."""

from __future__ import annotations

import pytest

from claimcheck.extract import documents

PAIRED = [
    pytest.param("json", r'["Soft \ud83d\ude00 skin"]', id="JSON"),
    pytest.param("javascript", r"const text = 'Soft \ud83d\ude00 skin';", id="JavaScript"),
]
# Half of a pair, or a code point after the last.
BROKEN = [
    pytest.param("json", r'["Soft \ud800 skin"]', id="JSON"),
    pytest.param("javascript", r"const text = 'Soft \udfff skin';", id="JavaScript"),
    pytest.param("javascript", r"const text = 'Soft \u{00110000} skin';", id="JavaScript, in braces"),
    pytest.param("liquid", r"{% render 'a', text: 'Soft \ud800 skin' %}", id="Liquid"),
    pytest.param("php", r'<?php $text = "Soft \u{110000} skin";', id="PHP"),
    pytest.param("xml", r'<resources><string name="a">Soft \udc00 skin</string></resources>', id="Android"),
]


@pytest.mark.parametrize(("form", "source"), PAIRED)
def test_a_pair_of_escapes_is_one_character(form: str, source: str) -> None:
    assert texts(form, source) == ["Soft \U0001f600 skin"]


@pytest.mark.parametrize(("form", "source"), BROKEN)
def test_what_names_no_character_is_shown_as_broken(form: str, source: str) -> None:
    assert texts(form, source) == ["Soft \ufffd skin"]


@pytest.mark.usefixtures("deadline")
@pytest.mark.parametrize(
    ("digits", "text"), [("0" * 200_000 + "41", "A"), ("f" * 200_000, "\ufffd")], ids=["A", "none"]
)
def test_a_long_escape_is_read_to_its_end(digits: str, text: str) -> None:
    assert texts("javascript", f"const text = 'Soft \\u{{{digits}}} skin';") == [f"Soft {text} skin"]


def texts(form: str, source: str) -> list[str]:
    """What the segments say."""
    return [one.text for document in documents(source.encode(), "a", form) for one in document.segments]
