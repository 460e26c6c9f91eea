"""``claimcheck check --add-ignores`` and ``--fix-suppressions``, and what a configuration asks to ignore."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]

BAD = "# Our peel\n\nA peel in our clinic reduces acne scars.\n"
COMMENT = "<!-- claimcheck: ignore[efficacy/scars] because legal said so until 2099-05 -->\n"
IGNORED = "# Our peel\n\n" + COMMENT + "A peel in our clinic reduces acne scars.\n"
STALE = "<!-- claimcheck: ignore[proof/*] because a -->\nHello there.\n"
ADDING = ("--add-ignores", "--reason", "legal said so", "--until", "2099-05")
DIFF = f"""\
--- a/bad.md
+++ b/bad.md
@@ -1,3 +1,4 @@
 # Our peel
{" "}
+{COMMENT} A peel in our clinic reduces acne scars.
"""


def test_findings_are_ignored_in_the_files_and_then_there_are_none(claimcheck: Run, tmp_path: Path) -> None:
    assert claimcheck("check", ".", *ADDING) == (0, "", "1 file changed\n")
    assert (tmp_path / "bad.md").read_text(encoding="utf-8") == IGNORED
    assert claimcheck("check", ".") == (0, "", "")


def test_a_diff_changes_nothing_and_ends_with_1(claimcheck: Run, tmp_path: Path) -> None:
    assert claimcheck("check", ".", *ADDING, "--diff") == (1, DIFF, "1 file would be changed\n")
    assert (tmp_path / "bad.md").read_text(encoding="utf-8") == BAD


def test_what_the_baseline_holds_gets_no_comment(claimcheck: Run, tmp_path: Path) -> None:
    claimcheck("baseline", "bad.md")
    assert claimcheck("check", ".", *ADDING) == (0, "", "0 files changed\n")
    assert (tmp_path / "bad.md").read_text(encoding="utf-8") == BAD


def test_a_file_without_comments_is_named_and_ends_with_2_and_the_others_are_changed(
    claimcheck: Run, tmp_path: Path
) -> None:
    (tmp_path / "bad.txt").write_text(BAD, encoding="utf-8")
    told = (
        "not changed: bad.txt: comments cannot be written into plain text\n"
        "  fix: Use 'ignores' in the configuration, or a baseline.\n1 file changed; 1 not\n"
    )
    assert claimcheck("check", ".", *ADDING) == (2, "", told)
    assert (tmp_path / "bad.md").read_text(encoding="utf-8") == IGNORED


def test_stale_comments_are_removed(claimcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "old.md").write_text(STALE, encoding="utf-8")
    assert claimcheck("check", "old.md", "--fix-suppressions") == (0, "", "1 file changed\n")
    assert (tmp_path / "old.md").read_text(encoding="utf-8") == "Hello there.\n"
    assert claimcheck("check", "old.md", "--fix-suppressions", "--diff") == (0, "", "0 files would be changed\n")


def test_a_stale_comment_is_told_of_and_changes_no_exit_code(claimcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "old.md").write_text(STALE, encoding="utf-8")
    told = "old.md:1:1: this comment leaves nothing out; 'claimcheck check --fix-suppressions' removes it\n"
    assert claimcheck("check", "old.md") == (0, "", told)


@pytest.mark.parametrize("option", [("--require-reasons",), ("--config", "strict.yaml")])
def test_reasons_can_be_required(claimcheck: Run, tmp_path: Path, option: tuple[str, ...]) -> None:
    (tmp_path / "strict.yaml").write_text("require-reasons: true\n", encoding="utf-8")
    (tmp_path / "bad.md").write_text(IGNORED.replace(" because legal said so", ""), encoding="utf-8")
    code, out, err = claimcheck("check", "bad.md", "--format", "concise", *option)
    said = "this comment does not say why; write: claimcheck: ignore[rule] because …"
    assert (code, out.partition(" ")[0], err) == (2, "bad.md:4:22:", f"bad.md:3:1: not checked: {said}\n")


def test_ignored_findings_are_counted(claimcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_text(IGNORED + "\nIt is clinically proven.\n", encoding="utf-8")
    counted = json.loads(claimcheck("check", "bad.md", "--format", "json").out)["summary"]
    assert (counted["error"], counted["suppressed"]) == (1, 1)
    assert claimcheck("check", "bad.md").out.splitlines()[-1] == (
        "1 section in 1 file: 1 error; 2 claims in all; 1 more ignored"
    )


def test_only_what_is_selected_is_counted(claimcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_text(IGNORED + "\nIt is clinically proven.\n", encoding="utf-8")
    out = claimcheck("check", "bad.md", "--format", "json", "--select", "proof/*").out
    assert "suppressed" not in json.loads(out)["summary"]


@pytest.mark.parametrize(
    ("ignores", "code", "told"),
    [
        ("{rules: ['efficacy/*'], paths: [bad.md], because: legal said so}", 0, ""),
        ("{rules: ['efficacy/*'], because: legal said so}", 0, ""),
        ("{rules: ['efficacy/*'], paths: [old/], because: legal said so}", 1, ""),
        (
            "{rules: ['efficacy/*'], because: legal said so, until: 2026-05-31}",
            1,
            (
                "claimcheck.yaml:1:20: ignoring 'efficacy/*' counted until 2026-05-31 and leaves nothing out any more; "
                "remove it\n"
            ),
        ),
        (
            "{rules: [efficacy/scar], because: legal said so}",
            2,
            (
                "claimcheck: claimcheck.yaml:1:20: no rule for claims is called 'efficacy/scar'\n"
                "  fix: Did you mean 'efficacy/scars'?\n"
            ),
        ),
        (
            "{rules: ['*']}",
            2,
            (
                "claimcheck: claimcheck.yaml:1:11: an item of 'ignores' has no key 'because'\n"
                "  fix: Add it: Why they may be left alone.\n"
            ),
        ),
        (
            "{rules: ['*'], because: a, until: 2026-13}",
            2,
            (
                "claimcheck: claimcheck.yaml:1:45: '2026-13' is no date\n"
                "  fix: Write YYYY-MM-DD for the last day, or YYYY-MM for the last month.\n"
            ),
        ),
    ],
)
def test_the_configuration_ignores_rules_by_path(
    claimcheck: Run, tmp_path: Path, ignores: str, code: int, told: str
) -> None:
    (tmp_path / "claimcheck.yaml").write_text(f"ignores: [{ignores}]\n", encoding="utf-8")
    outcome = claimcheck("check", "bad.md", "--on", "2026-11-22")
    assert (outcome.code, outcome.err) == (code, told)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--add-ignores",), "--add-ignores does not say why\n  fix: Add --reason TEXT.\n"),
        (
            ("--add-ignores", "--reason", "a", "--fix-suppressions"),
            "--add-ignores and --fix-suppressions were both asked for\n  fix: Use one after the other.\n",
        ),
        (
            ("--add-ignores", "--reason", "a", "--until", "soon"),
            "'soon' is no date\n  fix: Write YYYY-MM-DD for the last day, or YYYY-MM for the last month.\n",
        ),
        (
            ("--fix-suppressions", "--format", "json"),
            "--format makes no difference to --fix-suppressions\n  fix: Leave it out.\n",
        ),
        (
            ("--fix-suppressions", "--reason", "a"),
            "--reason makes no difference to --fix-suppressions\n  fix: Leave it out.\n",
        ),
        (
            ("--fix-suppressions", "-"),
            "--fix-suppressions cannot edit standard input\n  fix: Name a file or a folder.\n",
        ),
        (("--until", "2099-05"), "--until makes no difference here\n  fix: Use it with --add-ignores.\n"),
    ],
)
def test_an_option_that_would_be_left_unheard_is_refused(claimcheck: Run, options: tuple[str, ...], said: str) -> None:
    assert claimcheck("check", "bad.md", *options) == (2, "", f"claimcheck: {said}")


def test_a_file_that_cannot_be_written_stays_as_it_is(
    claimcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    code, _, err = claimcheck("check", "bad.md", *ADDING, "--no-cache")
    assert (code, err.partition("\n")[0]) == (
        2,
        "not changed: bad.md: it cannot be written: no space left on device",
    )
    assert (tmp_path / "bad.md").read_text(encoding="utf-8") == BAD


@pytest.mark.parametrize(
    ("on", "left"),
    [
        ("2026-10-05", "<!-- claimcheck: ignore[efficacy/scars] because a until 2026-10 -->\n" + BAD),
        ("2026-11-05", BAD),
    ],
)
def test_whether_a_comment_is_over_is_judged_on_the_day_that_is_asked_for(
    on: str, left: str, claimcheck: Run, tmp_path: Path
) -> None:
    page = f"<!-- claimcheck: ignore[efficacy/scars] because a until 2026-10 -->\n{BAD}".replace("# Our peel\n\n", "")
    (tmp_path / "bad.md").write_text(page, encoding="utf-8")

    claimcheck("check", "bad.md", "--on", on, "--fix-suppressions")

    assert (tmp_path / "bad.md").read_text(encoding="utf-8") == left.replace("# Our peel\n\n", "")


def test_a_comment_may_end_after_the_day_that_is_asked_for(claimcheck: Run) -> None:
    asked = ("--add-ignores", "--reason", "a", "--on", "2020-01-01", "--until", "2020-02")

    assert claimcheck("check", "bad.md", *asked) == (0, "", "1 file changed\n")


def test_a_file_that_is_left_out_is_not_edited(claimcheck: Run, tmp_path: Path) -> None:
    assert claimcheck("check", "bad.md", "--exclude", "bad.md", "--force-exclude", *ADDING) == (
        0,
        "",
        "0 files changed\n",
    )
    assert (tmp_path / "bad.md").read_text(encoding="utf-8") == BAD


def test_a_comment_without_its_reason_fails_here_too(claimcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text("<!-- claimcheck: ignore[efficacy/scars] -->\nHello.\n", encoding="utf-8")

    assert claimcheck("check", "good.md", "--require-reasons", *ADDING).code == 2
