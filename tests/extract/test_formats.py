"""The table of formats: which file is read as what, and what is imported for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from claimcheck.errors import UsageError
from claimcheck.extract import FORMATS, extract, format_of


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.txt", "text"),
        ("dir.md/a.TEXT", "text"),
        ("a.md", "markdown"),
        ("A.MARKDOWN", "markdown"),
        ("a.b.mkd", "markdown"),
        ("a.html5", None),
        ("README", None),
        (".md", None),
        ("", None),
    ],
)
def test_the_ending_of_a_name_gives_the_format(path: str, expected: str | None) -> None:
    assert format_of(path) == expected


@pytest.mark.parametrize(
    ("path", "form", "expected"),
    [("a.md", None, "markdown"), ("a.md", "text", "text"), ("a.txt", "markdown", "markdown"), ("a", None, "text")],
)
def test_a_format_asked_for_goes_before_the_name(path: str, form: str | None, expected: str) -> None:
    assert extract(b"# Hello", path, form).format == expected


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        extract(b"", "a.md", "markdwon")

    assert str(caught.value) == "no format 'markdwon'\n  fix: Did you mean 'markdown'?"


def test_no_two_formats_share_an_ending() -> None:
    endings = [suffix for known in FORMATS for suffix in known.suffixes]

    assert sorted(set(endings)) == sorted(endings)


@pytest.mark.parametrize(
    ("source", "path", "expected"),
    [
        ("Words.", "a.txt", set()),
        ("# Words", "a.md", {"pyromark"}),
        ("---\ntitle: Words\n---\n", "a.md", {"pyromark", "yaml"}),
        ("+++\ntitle = 'Words'\n+++\n", "a.md", {"pyromark"}),
    ],
)
def test_only_what_a_file_needs_is_imported(source: str, path: str, expected: set[str]) -> None:
    program = (
        "import sys; from claimcheck.extract import extract; extract(sys.argv[1].encode(), sys.argv[2]);"
        "print(*{'pyromark', 'yaml', 'spacy', 'html', 'importlib.metadata'} & sys.modules.keys())"
    )

    done = subprocess.run([sys.executable, "-c", program, source, path], capture_output=True, text=True, check=True)

    assert set(done.stdout.split()) == expected
