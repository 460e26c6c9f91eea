"""Where the program writes, and what it does when it cannot."""

from __future__ import annotations

import io
import os
import re
import stat
import sys
from pathlib import Path

import pytest

from claimcheck.cli.output import colors, progress, tell, write
from claimcheck.errors import ClaimcheckError
from claimcheck.model import Failure, FileResult, Report


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Whether it is one."""
        return True


def test_a_file_that_cannot_be_replaced_is_left_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.txt"
    target.write_text("older", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(ClaimcheckError, match="the report cannot be written: permission denied"):
        write("newer", str(target))
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {"report.txt": "older"}


def test_what_a_symlink_names_is_written_and_the_symlink_kept(tmp_path: Path) -> None:
    target, link = tmp_path / "report.txt", tmp_path / "link.txt"
    target.touch()
    link.symlink_to(target)
    write("text", str(link))
    assert (link.is_symlink(), target.read_text(encoding="utf-8")) == (True, "text")


def test_a_device_is_written_to_and_not_replaced() -> None:
    write("text", os.devnull)
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


@pytest.mark.skipif(os.name == "nt", reason="this system has no umask")
def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    write("text", str(tmp_path / "report.txt"))
    (tmp_path / "other.txt").touch()
    assert (tmp_path / "report.txt").stat().st_mode == (tmp_path / "other.txt").stat().st_mode


def test_a_file_is_utf_8_with_the_line_ends_of_the_report(tmp_path: Path) -> None:
    write("“a”\n\udcff\n", str(tmp_path / "report.txt"))
    assert (tmp_path / "report.txt").read_bytes() == "“a”\n\\udcff\n".encode()


@pytest.mark.parametrize(
    ("choice", "stream", "output", "variables", "colored"),
    [
        ("auto", Terminal(), None, {}, True),
        ("auto", Terminal(), "report.txt", {}, False),
        ("auto", Terminal(), "-", {}, True),
        ("auto", Terminal(), None, {"NO_COLOR": "1"}, False),
        ("auto", Terminal(), None, {"NO_COLOR": ""}, True),
        ("auto", Terminal(), None, {"TERM": "dumb"}, False),
        ("auto", io.StringIO(), None, {}, False),
        ("auto", None, None, {}, False),
        ("always", io.StringIO(), "report.txt", {"NO_COLOR": "1"}, True),
        ("never", Terminal(), None, {}, False),
    ],
)
def test_a_report_is_coloured_on_a_terminal_or_as_chosen(
    choice: str,
    stream: io.StringIO | None,
    output: str | None,
    variables: dict[str, str],
    colored: bool,  # noqa: FBT001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdout", stream)
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert colors(choice, output) == colored


def test_progress_is_shown_on_a_terminal_past_a_second_and_wiped_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("claimcheck.cli.output._PATIENCE", 0.0)
    monkeypatch.setattr("claimcheck.cli.output._PAUSE", 0.0)
    with progress(quiet=False) as show:
        assert show is not None
        for done in range(5):
            show(done, 4)
    shown = terminal.getvalue()
    assert re.findall(r"(\d)/(\d) files", re.sub(r"\x1b\[[\d;]*m", "", shown))[-1] == ("4", "4")
    assert shown.endswith("\x1b[2K")
    assert "\x1b[?25h" in shown


def test_progress_past_no_second_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with progress(quiet=False) as show:
        assert show is not None
        show(0, 1)
        show(1, 1)
    assert terminal.getvalue() == ""


def test_nothing_that_a_file_holds_can_pass_for_a_line_of_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    forged = "x\nnothing found in 9 files"
    results = (
        FileResult(path=forged, failures=(Failure(forged, forged, 1), Failure(forged, forged, 1, 2))),
        FileResult(path=forged, skipped=forged, notices=(forged,)),
    )
    tell(Report("1", "0", "2026-11-22", ("caveats",), results), quiet=False)
    spelt = "x\\u{a}nothing found in 9 files"
    assert capsys.readouterr().err.splitlines() == [
        f"{spelt}:1: not checked: {spelt}",
        f"{spelt}:1:2: not checked: {spelt}",
        f"{spelt}: skipped: {spelt}",
        spelt,
        "nothing found in 0 files; 1 file skipped; 1 not checked",
    ]


@pytest.mark.parametrize(("stream", "quiet"), [(io.StringIO(), False), (Terminal(), True), (None, False)])
def test_progress_is_not_shown_elsewhere(
    stream: io.StringIO | None,
    quiet: bool,  # noqa: FBT001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    with progress(quiet=quiet) as show:
        assert show is None


def test_on_a_terminal_a_clean_run_says_that_nothing_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    tell(Report("1", "0", "2026-11-22", ("caveats",), (FileResult(path="a.md"),)), quiet=False)
    assert terminal.getvalue() == "nothing found in 1 file\n"
