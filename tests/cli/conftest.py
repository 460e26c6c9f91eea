"""What the tests of the command line share: a working directory with pages, and the program run in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from claimcheck.cli import program

BAD = "# Our peel\n\nA peel in our clinic reduces acne scars.\n"
GOOD = "# Our peel\n\nWe are open on Saturdays.\n"


class Outcome(NamedTuple):
    """What a run of the program came to."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def claimcheck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the program in a folder that holds ``bad.md`` (one error) and ``good.md`` (nothing)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    (tmp_path / "bad.md").write_text(BAD, encoding="utf-8")
    (tmp_path / "good.md").write_text(GOOD, encoding="utf-8")

    def run(*arguments: str) -> Outcome:
        code = program(arguments)
        return Outcome(code, *capsys.readouterr())

    return run
