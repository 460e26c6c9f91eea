"""``claimcheck formats``: what can be read, and what is read as what."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from claimcheck.cli import formats as command
from claimcheck.extract.formats import FORMATS

if TYPE_CHECKING:
    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]

CONFIG = """\
formats:
  "*.inc": php
  "*.ts": javascript
fragments: ["!home.vue", "teasers/"]
exclude: [old/]
"""
TOLD = """\
a.inc: php ('*.inc' in claimcheck.yaml)
bad.md: markdown (by its name)
card.vue: vue (by its name), a fragment
draft: html (by its content)
good.md: markdown (by its name)
home.vue: vue (by its name)
notes: text (nothing says what else it is)
teasers/a.md: markdown (by its name), a fragment
"""


@pytest.fixture
def site() -> Callable[[], None]:
    """Makes a few files and a configuration in the working directory."""

    def make() -> None:
        Path("claimcheck.yaml").write_text(CONFIG, encoding="utf-8")
        for name in ("teasers/a.md", "old/b.md", "a.inc", "card.vue", "home.vue", "notes", "package.json"):
            Path(name).parent.mkdir(exist_ok=True)
            Path(name).write_text("Words.\n", encoding="utf-8")
        Path("draft").write_text("<!doctype html>", encoding="utf-8")

    return make


def test_every_format_is_listed_with_its_endings(claimcheck: Run) -> None:
    code, out, err = claimcheck("formats")
    rows = [line.split("  ", 1) for line in out.splitlines()]
    assert (code, [row[0] for row in rows], err) == (0, [known.name for known in FORMATS], "")
    assert [row for row, known in zip(rows, FORMATS, strict=True) if " ".join(known.suffixes) not in row[1]] == []


def test_what_a_configuration_adds_and_what_is_missing_is_remarked(
    claimcheck: Run, site: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    site()
    monkeypatch.setattr(command, "find_spec", lambda _: None)
    rows = {line.split()[0]: line.rsplit("  ", 1)[1] for line in claimcheck("formats").out.splitlines()}
    assert {name: rows[name] for name in ("php", "javascript", "pdf")} == {
        "php": "here also *.inc",
        "javascript": "here also *.ts; from folders only with --include",
        "pdf": "needs claimcheck-lint[pdf], which is not installed",
    }


def test_the_list_can_be_had_as_json(
    claimcheck: Run, site: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    site()
    monkeypatch.setattr(command, "find_spec", lambda _: None)
    listed = {one["name"]: one for one in json.loads(claimcheck("formats", "--format", "json").out)}
    assert list(listed) == [known.name for known in FORMATS]
    assert (listed["php"], listed["pdf"]["installed"]) == (
        {
            "name": "php",
            "title": "PHP",
            "endings": [".php", ".phtml"],
            "patterns": ["*.inc"],
            "walked": True,
            "extra": "",
            "installed": True,
            "package": "claimcheck-lint",
        },
        False,
    )


def test_of_files_it_is_said_what_they_are_read_as_and_why(claimcheck: Run, site: Callable[[], None]) -> None:
    site()
    assert claimcheck("formats", ".", "draft", "notes") == (0, TOLD, "")


def test_of_files_it_is_said_as_json_too(claimcheck: Run, site: Callable[[], None]) -> None:
    site()
    assert json.loads(claimcheck("formats", "a.inc", "--format", "json").out) == [
        {"path": "a.inc", "format": "php", "by": "configuration", "pattern": "*.inc", "fragment": False}
    ]


@pytest.mark.parametrize(
    ("options", "paths"),
    [
        ((), ["bad.md", "good.md"]),
        (("--include", "notes"), ["bad.md", "good.md", "notes"]),
        (("--exclude", "*.md"), []),
    ],
)
def test_of_a_folder_those_files_are_told_that_a_check_would_take(
    claimcheck: Run, options: tuple[str, ...], paths: list[str]
) -> None:
    Path("notes").write_text("Words.\n", encoding="utf-8")
    assert [line.partition(":")[0] for line in claimcheck("formats", ".", *options).out.splitlines()] == paths


def test_what_cannot_be_read_is_told_and_ends_with_2(claimcheck: Run) -> None:
    Path("photo.png").write_bytes(b"\x89PNG\0\0")
    said = """\
nowhere: no such file or directory
photo.png: the file is binary: byte 0 is not UTF-8 and there are NULs
"""
    assert claimcheck("formats", "photo.png", "nowhere", "bad.md") == (2, "bad.md: markdown (by its name)\n", said)


def test_a_format_that_does_not_exist_is_refused_with_its_place(claimcheck: Run) -> None:
    Path("claimcheck.yaml").write_text("formats:\n  '*.inc': phpp\n", encoding="utf-8")
    said = "claimcheck: claimcheck.yaml:2:12: no format 'phpp'\n  fix: Did you mean 'php'?\n"
    assert [claimcheck(*arguments) for arguments in (("formats",), ("check", "good.md"))] == [(2, "", said)] * 2
