"""``claimcheck check``, from the command line to its exit code."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]

REPORT = """\
bad.md, section “Our peel”
  error: 1 claim: nothing in the document says who performs it, that results vary or whom to ask first
    fix: {fix}
    bad.md:3:22: “reduces acne scars” efficacy/scars

1 section in 1 file: 1 error; 1 claim in all
"""
UNCHECKED = """\
nowhere: not checked: no such file or directory
odd.md:2: not checked: byte 4 (0xFF) is not UTF-8; save the file as UTF-8
1 finding in 2 files; 2 not checked
"""
WRITABLE = "Choose a file in a folder that exists and can be written to."
PACK = """\
rules:
  - id: superlative/cult
    title: says that it is a cult product
    why: Readers take it for the favourite of many.
    phrases: [cult classic~]
    examples:
      matches: [A __cult classic__ that reduces acne scars.]
      ignores: [The cult film runs on Fridays.]
"""
LINE = "bad.md:3:22: error efficacy/scars "


def test_findings_are_told_section_by_section_and_end_with_1(claimcheck: Run) -> None:
    code, out, err = claimcheck("check", "bad.md", "good.md")
    (fix,) = [line.partition("fix: ")[2] for line in out.splitlines() if "fix: " in line]
    assert (code, out, err) == (1, REPORT.format(fix=fix), "")


def test_a_clean_run_says_nothing_and_ends_with_0(claimcheck: Run) -> None:
    assert claimcheck("check", "good.md") == (0, "", "")


def test_a_folder_is_checked(claimcheck: Run) -> None:
    assert claimcheck("check", ".")[:2] == claimcheck("check", "bad.md")[:2]


def test_standard_input_is_checked(claimcheck: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("It **reduces** scars.".encode("utf-16"))))
    code, out, err = claimcheck("check", "-", "--stdin-filename", "drafts/new.md", "--format", "concise")
    assert (code, out.partition(" ")[0], err) == (1, "drafts/new.md:1:6:", "")


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ((), "stdin.txt:1:27:"),
        (("--stdin-filename", "new.text"), "new.text:1:27:"),
        (("--stdin-filename", "new.html"), ""),
        (("--stdin-filename", "new.draft"), ""),
        (("--stdin-filename", "robots.txt", "--force-exclude"), ""),
    ],
)
def test_standard_input_is_read_as_its_name_and_its_content_say(
    claimcheck: Run, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], found: str
) -> None:
    page = b"<!doctype html><script>It reduces acne scars.</script>"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(page)))
    assert claimcheck("check", "-", *options, "--format", "concise", "--quiet").out.partition(" ")[0] == found


def test_files_of_further_names_are_taken_from_folders_where_they_are_asked_for(claimcheck: Run) -> None:
    Path("new.draft").write_text("It reduces acne scars.\n", encoding="utf-8")
    Path("photo.draft").write_bytes(b"\x89PNG\0\0")
    command = ("check", ".", "--format", "concise", "--exclude", "bad.md")
    assert [claimcheck(*command, *more).out.partition(" ")[0] for more in ((), ("--include", "*.draft"))] == [
        "",
        "new.draft:1:4:",
    ]


@pytest.mark.parametrize("how", [("--force-exclude", "package.json", ".hidden/a.md"), (".",)])
def test_what_is_written_for_programs_is_left_out_of_folders_and_by_force(
    claimcheck: Run, how: tuple[str, ...]
) -> None:
    Path("package.json").write_text('{"description": "A gel that reduces acne scars"}', encoding="utf-8")
    Path(".hidden").mkdir()
    Path(".hidden/a.md").write_text("It reduces acne scars.\n", encoding="utf-8")
    assert claimcheck("check", *how, "--exclude", "*d.md") == (0, "", "claimcheck: no file to check\n")


def test_packs_and_configurations_that_a_run_uses_are_no_copy(claimcheck: Run) -> None:
    Path("packs").mkdir()
    Path("packs/own.yaml").write_text(PACK, encoding="utf-8")
    Path("site.yaml").write_text("packs: [packs]\n", encoding="utf-8")
    code, _, err = claimcheck("check", ".", "--config", "site.yaml", "--exclude", "*d.md")
    assert (code, err) == (0, "claimcheck: no file to check\n")


def test_standard_input_that_is_closed_ends_with_2(claimcheck: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert claimcheck("check", "-") == (2, "", "stdin.txt: not checked: there is no standard input to read\n")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 1),
        (("--exit-zero",), 0),
        (("--fail-on", "note"), 1),
        (("--select", "proof/*"), 0),
        (("--select", "efficacy/scars,proof/*"), 1),
        (("--ignore", "efficacy/*", "--ignore", "proof/*"), 0),
        (("--exclude", "*.md"), 1),
        (("--exclude", "*.md", "--force-exclude"), 0),
        (("--include", "*.draft", "--force-exclude"), 1),
        (("--policy", "caveats", "--policy", "caveats", "--on", "2026-11-22"), 1),
        (("--subject", "drug"), 0),
        (("--subject", "drug", "--fail-on", "note"), 1),
        (("--isolated", "--preview", "--no-cache", "--jobs", "4"), 1),
        (("--statistics", "--show-dismissed", "--strict", "--quiet", "--color", "always"), 1),
    ],
)
def test_every_option_is_taken_and_decides_how_it_ends(claimcheck: Run, arguments: tuple[str, ...], code: int) -> None:
    assert claimcheck("check", "bad.md", *arguments).code == code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "nothing to check\n  fix: Name a file or a folder, or '-' for standard input."),
        (("bad.md", ""), "a path is empty\n  fix: Name a file or a folder; a variable of the shell may be unset."),
        (("bad.md", "--policy", "cavets"), "no policy 'cavets'\n  fix: Did you mean 'caveats'?"),
        (("bad.md", "--format", "jsn"), "no format 'jsn'\n  fix: Did you mean 'json'?"),
        (("bad.md", "--subject", "procedur"), "no subject 'procedur'\n  fix: Did you mean 'procedure'?"),
        (
            ("bad.md", "--select", "efficacy/scar"),
            "no rule for claims is called 'efficacy/scar'\n  fix: Did you mean 'efficacy/scars'?",
        ),
        (("bad.md", "--on", "soon"), "'soon' is no date\n  fix: Write YYYY-MM-DD, such as 2026-11-22."),
        (
            ("bad.md", "--pack", "nope.yaml"),
            "nope.yaml: there is no such pack\n  fix: Name a pack file or a folder of them.",
        ),
        (
            ("bad.md", "--output", "nowhere/report.txt"),
            f"nowhere/report.txt: the report cannot be written: no such file or directory\n  fix: {WRITABLE}",
        ),
    ],
)
def test_what_is_asked_wrongly_is_said_with_a_remedy_and_ends_with_2(
    claimcheck: Run, arguments: tuple[str, ...], said: str
) -> None:
    assert claimcheck("check", *arguments) == (2, "", f"claimcheck: {said}\n")


def test_a_broken_pack_is_told_by_its_place_and_ends_with_2(claimcheck: Run) -> None:
    Path("mine.yaml").write_text("claims:\n  - id: [\n", encoding="utf-8")
    code, out, err = claimcheck("check", "good.md", "--pack", "mine.yaml")
    assert (code, out, err.partition(":")[0], err.count("mine.yaml:")) == (2, "", "claimcheck", 1)


def test_what_cannot_be_checked_is_said_beside_the_findings_and_ends_with_2(claimcheck: Run) -> None:
    Path("odd.md").write_bytes(b"one\n\xff")
    code, out, err = claimcheck("check", ".", "nowhere", "--format", "concise", "--exit-zero")
    assert (code, out.startswith(LINE), err) == (
        2,
        True,
        UNCHECKED,
    )


@pytest.mark.parametrize(
    ("arguments", "code", "err"),
    [
        ((), 0, "de.md: skipped: its language is 'de'\nnothing found in 1 file; 1 file skipped\n"),
        (("--strict",), 2, "de.md: skipped: its language is 'de'\nnothing found in 1 file; 1 file skipped\n"),
        (("--quiet",), 0, ""),
    ],
)
def test_what_is_skipped_is_said_and_counts_when_it_is_to(
    claimcheck: Run, arguments: tuple[str, ...], code: int, err: str
) -> None:
    Path("de.md").write_text("---\nlang: de\n---\nText.\n", encoding="utf-8")
    assert claimcheck("check", "de.md", "good.md", *arguments) == (code, "", err)


def test_a_comment_that_cannot_be_followed_is_told_of(claimcheck: Run) -> None:
    page = "<!-- claimcheck: ignore[efficacy/scar] because it is a name -->\nReduces scars.\n"
    Path("page.md").write_text(page, encoding="utf-8")
    code, _, err = claimcheck("check", "page.md")
    assert (code, err) == (1, "page.md:1:1: no rule 'efficacy/scar' to ignore; did you mean 'efficacy/scars'?\n")


def test_a_folder_without_a_page_is_told_of(claimcheck: Run) -> None:
    Path("empty").mkdir()
    assert claimcheck("check", "empty") == (0, "", "claimcheck: no file to check\n")


def test_a_report_is_written_to_a_file_whole(claimcheck: Run) -> None:
    Path("report.json").write_text("an older report", encoding="utf-8")
    assert claimcheck("check", "bad.md", "--format", "json", "--output", "report.json", "--on", "2026-11-22") == (
        1,
        "",
        "",
    )
    written = Path("report.json").read_text(encoding="utf-8")
    assert claimcheck("check", "bad.md", "--format", "json", "--on", "2026-11-22").out == written
    assert json.loads(written)["on"] == "2026-11-22"
    assert sorted(path.name for path in Path().iterdir()) == ["bad.md", "good.md", "report.json"]


def test_a_dash_as_the_file_to_write_is_standard_output(claimcheck: Run) -> None:
    assert claimcheck("check", "bad.md", "--output", "-") == claimcheck("check", "bad.md")
    assert sorted(path.name for path in Path().iterdir()) == ["bad.md", "good.md"]


@pytest.mark.parametrize(
    ("color", "environment", "colored"),
    [
        ("always", {"NO_COLOR": "1"}, True),
        ("never", {}, False),
        ("auto", {}, False),
    ],
)
def test_colours_are_shown_when_they_are_asked_for(
    claimcheck: Run,
    color: str,
    environment: dict[str, str],
    colored: bool,  # noqa: FBT001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    out = claimcheck("check", "bad.md", "--color", color).out
    assert ("\x1b[31merror\x1b[0m" in out) == colored


def test_the_same_input_gives_the_same_bytes(claimcheck: Run) -> None:
    arguments = ("check", ".", "--format", "json", "--show-dismissed", "--on", "2026-11-22")
    assert claimcheck(*arguments) == claimcheck(*arguments)
