"""Options that contradict each other, or would be left unheard, are refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from claimcheck.api import render
from claimcheck.cli.check import check

if TYPE_CHECKING:
    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]

REPORTS = {"--format", "--statistics", "--show-dismissed", "--color", "--fail-on", "--strict"}
MODES = {
    (): {"--stdin-filename", "--unsafe-fixes", "--reason", "--until"},
    ("--fix",): {"--stdin-filename", "--reason", "--until"},
    ("--diff",): {*REPORTS, "--stdin-filename", "--reason", "--until"},
    ("--add-ignores",): {*REPORTS, "--output", "--exit-zero", "--stdin-filename", "--unsafe-fixes"},
    ("--fix-suppressions",): {
        *REPORTS, "--output", "--exit-zero", "--baseline", "--no-baseline", "--stdin-filename", "--unsafe-fixes",
        "--reason", "--until",
    },
}  # fmt: skip
"""For each of the things that ``check`` does, the options that make no difference to it."""

VALUES = {
    "--format": "json", "--output": "-", "--policy": "uk", "--subject": "cosmetic", "--select": "sun/*",
    "--ignore": "sun/*", "--include": "*.x", "--exclude": "*.x", "--stdin-filename": "a.md", "--on": "2026-11-22",
    "--pack": "pack.yaml", "--config": "other.yaml", "--cache-dir": "cache", "--jobs": "1", "--color": "never",
    "--fail-on": "note", "--baseline": "old.jsonl", "--changed-since": "HEAD", "--reason": "a", "--until": "2099-05",
}  # fmt: skip


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "option", [one.opts[0] for one in check.params if isinstance(one, click.Option) and one.name != "help"]
)
def test_an_option_that_would_be_left_unheard_is_refused(option: str, mode: tuple[str, ...], claimcheck: Run) -> None:
    (one,) = [param for param in check.params if option in param.opts]
    assert isinstance(one, click.Option)
    value = () if one.is_flag else (VALUES[option],)
    if option in mode:
        return

    err = claimcheck("check", "bad.md", *mode, option, *value).err

    assert ("makes no difference" in err) == (option in MODES[mode]), err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("check", "bad.md", "--isolated", "--config", "a.yaml"),
            "--config and --isolated were both asked for\n  fix: Leave one of them out.\n",
        ),
        (
            ("check", "bad.md", "--baseline", "a.jsonl", "--no-baseline"),
            "--baseline and --no-baseline were both asked for\n  fix: Leave one of them out.\n",
        ),
        (
            ("check", "bad.md", "--fix", "--diff"),
            "--diff and --fix were both asked for\n  fix: Use one after the other.\n",
        ),
        (
            ("check", "bad.md", "--diff", "--strict"),
            "--strict makes no difference to --diff\n  fix: Leave it out.\n",
        ),
        (
            ("check", "bad.md", "--unsafe-fixes"),
            "--unsafe-fixes makes no difference here\n  fix: Use it with --fix or --diff.\n",
        ),
        (
            ("check", "bad.md", "--output", "a", "--format", "json:b"),
            "--output makes no difference: every --format names its own file\n  fix: Leave it out.\n",
        ),
        (
            ("check", "bad.md", "--format", "sarif:a", "--format", "json:./a"),
            "sarif and json cannot both go to './a'\n  fix: Write 'json:FILE'.\n",
        ),
        (
            ("check", "bad.md", "--stdin-filename", "a.md"),
            "--stdin-filename makes no difference without '-'\n  fix: Leave it out.\n",
        ),
        (
            ("claims", "bad.md", "--stdin-filename", "a.md"),
            "--stdin-filename makes no difference without '-'\n  fix: Leave it out.\n",
        ),
        (
            ("check", "bad.md", "--no-cache", "--cache-dir", "cache"),
            "--no-cache and --cache-dir were both asked for\n  fix: Leave one of them out.\n",
        ),
        *(
            (
                ("baseline", "bad.md", "--prune", one, "2099-05-01"),
                f"{one} makes no difference to --prune\n  fix: Leave it out.\n",
            )
            for one in ("--because", "--by", "--until")
        ),
        (
            ("formats", "--exclude", "a/"),
            "--exclude makes no difference without PATH\n  fix: Name a file or a folder.\n",
        ),
        (
            ("rules", "--keys", "--pack", "a.yaml"),
            "--pack makes no difference to --keys\n  fix: Leave it out.\n",
        ),
        (
            ("config", "--keys", "--policy", "uk"),
            "--policy makes no difference to --keys\n  fix: Leave it out.\n",
        ),
    ],
)
def test_what_makes_no_sense_together_is_refused(arguments: tuple[str, ...], said: str, claimcheck: Run) -> None:
    assert claimcheck(*arguments) == (2, "", f"claimcheck: {said}")


@pytest.mark.parametrize(
    "arguments", [("claims", "bad.md", "--color", "never"), ("baseline", "bad.md", "--stdin-filename", "a.md")]
)
def test_what_a_command_cannot_hear_cannot_be_asked_for(arguments: tuple[str, ...], claimcheck: Run) -> None:
    code, _, err = claimcheck(*arguments)
    assert (code, err.splitlines()[-1].startswith("Error: No such option")) == (2, True)


def test_a_report_that_cannot_be_made_leaves_none_written(claimcheck: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(report: object, name: str, **settings: object) -> str:
        if name == "sarif":
            raise ValueError
        return render(report, name, **settings)  # type: ignore[arg-type]

    monkeypatch.setattr("claimcheck.cli.check.render", failing)
    claimcheck("check", "bad.md", "--format", "json:a.json", "--format", "sarif:b.sarif")
    assert not Path("a.json").exists()
