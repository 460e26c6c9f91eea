"""``claimcheck check --fix`` and ``--diff``: what is shown, what is written, and what is left alone."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]

SERUM = "# Serum\n\nIt reduces wrinkles.\n\nIt is clinically proven.\n"
FIXED = "# Serum\n\nIt reduces the look of wrinkles.\n\nIt is clinically proven.\n"
SAVIOR = "<h1>Balm</h1>\n<p>A skin savior for scars.</p>\n"
DIFF = Path(__file__).with_name("fixes.diff").read_text("utf-8")


@pytest.fixture(autouse=True)
def _pages(claimcheck: Run) -> None:  # noqa: ARG001  # which makes the folder
    Path("bad.md").unlink()
    Path("serum.md").write_text(SERUM, "utf-8")
    Path("balm.html").write_text(SAVIOR, "utf-8")


def pages() -> tuple[str, str]:
    return Path("balm.html").read_text("utf-8"), Path("serum.md").read_text("utf-8")


@pytest.mark.parametrize("also", [(), ("--unsafe-fixes",)])
def test_a_diff_shows_all_fixes_and_changes_nothing(also: tuple[str, ...], claimcheck: Run) -> None:
    assert claimcheck("check", "--diff", *also, ".") == (1, DIFF, "2 findings in 2 files would be fixed\n")
    assert pages() == (SAVIOR, SERUM)


def test_a_diff_of_what_cannot_be_fixed_is_empty_and_ends_with_0(claimcheck: Run) -> None:
    Path("serum.md").write_text("It is clinically proven.\n", "utf-8")
    assert claimcheck("check", "--diff", "serum.md") == (0, "", "there is nothing to fix\n")


def test_a_diff_is_no_failure_with_exit_zero(claimcheck: Run) -> None:
    assert claimcheck("check", "--diff", "--exit-zero", "--quiet", ".") == (0, DIFF, "")


def test_a_diff_can_be_written_to_a_file(claimcheck: Run) -> None:
    claimcheck("check", "--diff", ".", "--output", "fixes.diff")
    assert Path("fixes.diff").read_text("utf-8") == DIFF


def test_no_fix_is_safe(claimcheck: Run) -> None:
    checked = claimcheck("check", ".", "--format", "concise")

    assert claimcheck("check", "--fix", ".", "--format", "concise") == (
        1,
        checked.out,
        "2 findings in 2 files can be fixed with --unsafe-fixes\n",
    )
    assert pages() == (SAVIOR, SERUM)


def test_unsafe_fixes_are_written_and_what_is_left_is_reported(claimcheck: Run) -> None:
    code, out, err = claimcheck("check", "--fix", "--unsafe-fixes", ".", "--format", "concise")

    assert (code, out.partition(" proof")[0], err) == (1, "serum.md:5:7: error", "2 findings in 2 files fixed\n")
    assert pages() == (SAVIOR + "<p>Individual results may vary.</p>\n", FIXED)


def test_fixing_again_changes_nothing(claimcheck: Run) -> None:
    claimcheck("check", "--fix", "--unsafe-fixes", ".")
    before = pages()

    assert claimcheck("check", "--fix", "--unsafe-fixes", ".").err == "nothing was fixed\n"
    assert pages() == before


def test_a_file_without_anything_left_ends_with_0(claimcheck: Run) -> None:
    assert claimcheck("check", "--fix", "--unsafe-fixes", "--quiet", "balm.html") == (0, "", "")


def test_the_words_of_the_configuration_are_written(claimcheck: Run) -> None:
    Path("claimcheck.yaml").write_text("caveats:\n  variability: Your results may differ.\n", "utf-8")
    claimcheck("check", "--fix", "--unsafe-fixes", "balm.html")
    assert pages()[0] == SAVIOR + "<p>Your results may differ.</p>\n"


@pytest.mark.parametrize(
    ("caveats", "said"),
    [
        (
            "variability: Buy it.",
            "2:16: 'Buy it.' is not understood as a caveat of the kind variability\n  fix: 'claimcheck explain ",
        ),
        ("varied: Buy it.", "2:3: no kind of qualifier 'varied'\n"),
        ('variability: "Results\\nvary."', "2:16: a caveat is one line of words\n  fix: Write a sentence.\n"),
    ],
)
def test_what_is_no_caveat_is_refused(claimcheck: Run, caveats: str, said: str) -> None:
    Path("claimcheck.yaml").write_text(f"caveats:\n  {caveats}\n", "utf-8")

    code, out, err = claimcheck("check", "--diff", "balm.html")

    assert (code, out, err[: len(said) + 28]) == (2, "", f"claimcheck: claimcheck.yaml:{said}")


@pytest.mark.parametrize("options", [("--select", "proof/*"), ("--ignore", "efficacy/*")])
def test_what_is_not_reported_is_not_fixed(claimcheck: Run, options: tuple[str, ...]) -> None:
    claimcheck("check", "--fix", "--unsafe-fixes", "serum.md", *options)
    assert pages()[1] == SERUM


def test_what_a_comment_leaves_alone_is_not_fixed(claimcheck: Run) -> None:
    text = SERUM.replace("It reduces", "<!-- claimcheck: ignore[efficacy/*] because it may stay -->\nIt reduces")
    Path("serum.md").write_text(text, "utf-8")
    claimcheck("check", "--fix", "--unsafe-fixes", "serum.md")
    assert pages()[1] == text


def test_what_the_baseline_holds_is_not_fixed(claimcheck: Run) -> None:
    claimcheck("baseline", "serum.md")
    Path("serum.md").write_text(SERUM + "\nIt refines pores.\n", "utf-8")

    code, _, err = claimcheck("check", "--fix", "--unsafe-fixes", "serum.md")

    assert (code, err) == (0, "1 finding in 1 file fixed\n")
    assert pages()[1] == SERUM + "\nIt refines the look of pores.\n"


def test_only_what_has_changed_is_fixed(claimcheck: Run) -> None:
    for command in (
        ("init", "-q"),
        ("add", "."),
        ("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "all"),
    ):
        subprocess.run(["git", *command], check=True)  # noqa: S607
    Path("serum.md").write_text(SERUM + "\nIt refines pores.\n", "utf-8")

    claimcheck("check", "--fix", "--unsafe-fixes", "--changed-since", "HEAD", ".")

    assert pages() == (SAVIOR, SERUM + "\nIt refines the look of pores.\n")


def test_a_file_that_cannot_be_written_ends_with_2_and_the_others_are_fixed(claimcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    Path("balm.html").rename("site/balm.html")
    Path("site/serum.md").symlink_to(tmp_path / "serum.md")
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir("site")
        code, _, err = claimcheck("check", "--fix", "--unsafe-fixes", "balm.html", "serum.md")

    assert (code, err.splitlines()[0]) == (2, "not fixed: serum.md: it is a link to a file elsewhere")
    assert Path("site/balm.html").read_text("utf-8") != SAVIOR
    assert Path("serum.md").read_text("utf-8") == SERUM


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--unsafe-fixes",), "--unsafe-fixes makes no difference here\n  fix: Use it with --fix or --diff.\n"),
        (("--fix", "--diff"), "--diff and --fix were both asked for\n  fix: Use one after the other.\n"),
        (
            ("--fix", "--add-ignores", "--reason", "a"),
            "--add-ignores and --fix were both asked for\n  fix: Use one after the other.\n",
        ),
        (("--diff", "--statistics"), "--statistics makes no difference to --diff\n  fix: Leave it out.\n"),
        (("--diff", "--format", "json"), "--format makes no difference to --diff\n  fix: Leave it out.\n"),
        (("--fix", "-"), "--fix cannot edit standard input\n  fix: Name a file or a folder.\n"),
        (("--diff", "-"), "--diff cannot edit standard input\n  fix: Name a file or a folder.\n"),
    ],
)
def test_an_option_that_would_be_left_unheard_is_refused(claimcheck: Run, options: tuple[str, ...], said: str) -> None:
    assert claimcheck("check", "serum.md", *options) == (2, "", f"claimcheck: {said}")
