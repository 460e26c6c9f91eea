"""Long lines in the full report."""

from __future__ import annotations

from claimcheck.model import FileResult, Finding, Position, Report, Severity, Spot
from claimcheck.reporters import CHECK_FORMATS, Settings, render


def test_a_long_line_is_clipped_around_the_claim() -> None:
    line = "before " * 20 + "reduces scars" + " after" * 20
    assert snippet(line, "reduces scars") == [
        f" 1 | …e {'before ' * 4}reduces scars{' after' * 11} …",
        f"   | {' ' * 31}^^^^^^^^^^^^^",
    ]


def test_a_claim_longer_than_the_line_that_is_shown_is_clipped() -> None:
    assert snippet("x" * 200, "x" * 200) == [f" 1 | {'x' * 110}…", f"   | {'^' * 110}"]


def test_a_wide_character_is_underlined_twice_and_a_combining_mark_not_at_all() -> None:
    assert snippet("美e\u0301 scars", "scars") == [" 1 | 美e\u0301 scars", "   |     ^^^^^"]


def snippet(line: str, text: str) -> list[str]:
    """The source line and its underline, of a finding of this text in a file of this one line."""
    start = line.index(text)
    end = start + len(text)
    spot = Spot("a.md", Position(1, start + 1, start), Position(1, end + 1, end))
    finding = Finding(
        rule="efficacy/scars",
        policy="caveats",
        severity=Severity.ERROR,
        prohibited=False,
        spot=spot,
        also_at=(),
        kind="efficacy",
        kinds=("efficacy",),
        subject="cosmetic",
        text=text,
        message="m",
        suggestion="",
        missing=(),
        too_far=(),
        present=(),
        citations=(),
        fingerprint="0",
    )
    result = FileResult(path="a.md", findings=(finding,), lines=((1, line),))
    report = Report("1", "0", "2026-11-22", ("caveats",), (result,))
    return render(report, "full", Settings(), formats=CHECK_FORMATS).splitlines()[3:5]
