"""What a file is read as: by configuration, name, content."""

from __future__ import annotations

import pytest

from claimcheck.errors import ExtractError, UsageError
from claimcheck.extract import Reading, documents, extract
from claimcheck.extract.choosing import check_reading, choose
from claimcheck.packs.schema import Text

READING = Reading(formats=(("*.inc", "php"), ("old/**", "text"), ("old/*.md", "markdown")))
PAGE = b"<!doctype html><p>Smoother skin."


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.inc", ("php", "configuration", "*.inc")),
        ("x/a.inc", ("php", "configuration", "*.inc")),
        ("old/a.inc", ("text", "configuration", "old/**")),
        ("old/a.md", ("markdown", "configuration", "old/*.md")),
        ("a.md", ("markdown", "name", "")),
        ("a.blade.php", ("blade", "name", "")),
        ("a.draft", ("html", "content", "")),
    ],
)
def test_the_configuration_comes_first_then_the_name_then_the_content(
    path: str, expected: tuple[str, str, str]
) -> None:
    choice = choose(PAGE, path, READING)
    assert (choice.format.name, choice.by, choice.pattern) == expected


def test_what_nothing_tells_is_plain_text() -> None:
    choice = choose(b"Smoother skin.", "README", Reading())
    assert (choice.format.name, choice.by) == ("text", "default")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0", "the file is binary: byte 0 is not UTF-8 and there are NULs"),
        (b"Words\0\0", "the file is binary: character 5 is a NUL"),
    ],
)
def test_a_binary_that_is_named_is_an_error(data: bytes, what: str) -> None:
    with pytest.raises(ExtractError) as caught:
        extract(data, "photo.png")
    assert caught.value.what == what


def test_a_format_that_is_asked_for_goes_before_the_configuration() -> None:
    assert extract(b"Words.", "a.inc", "markdown", reading=READING).format == "markdown"


@pytest.mark.parametrize(
    ("path", "fragments", "expected"),
    [("_part.md", (), True), ("a.md", (), False), ("_part.md", ("!*.md",), False), ("a.md", ("*.md",), True)],
)
def test_documents_know_whether_they_are_fragments(
    path: str,
    fragments: tuple[str, ...],
    expected: bool,  # noqa: FBT001 - an answer
) -> None:
    (document,) = documents(b"Words.", path, reading=Reading(fragments=fragments))
    assert document.fragment is expected


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        (
            Reading(formats=(("*.inc", Text("phpp", "c.yaml", 2, 10)),)),
            "c.yaml:2:10: no format 'phpp'\n  fix: Did you mean 'php'?",
        ),
        (
            Reading(formats=((Text("!", "c.yaml", 2, 3), "php"),)),
            "c.yaml:2:3: '!' is no pattern\n  fix: Write a pattern as in .gitignore, such as 'drafts/'.",
        ),
        (
            Reading(fragments=(Text("!", "c.yaml", 1, 13),)),
            "c.yaml:1:13: '!' is no pattern\n  fix: Write a pattern as in .gitignore, such as 'drafts/'.",
        ),
    ],
)
def test_what_a_configuration_cannot_mean_is_told_with_its_place(reading: Reading, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_reading(reading)
    assert str(caught.value) == said


def test_what_a_configuration_can_mean_is_left_alone() -> None:
    check_reading(Reading(formats=(("*.inc", "php"),), fragments=("!a.vue",)))
