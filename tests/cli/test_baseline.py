"""``claimcheck baseline``, and what ``check`` makes of what it wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimcheck.baseline import read_baseline
from tests.cli.conftest import Outcome, Run
from tests.test_baseline import CLINIC

ALL = ["erases wrinkles", "reduces acne scars", "smooths fine lines"]


@pytest.fixture
def run(claimcheck: Run) -> Run:
    """Runs the program, without the cache, on a day, in a folder with one page."""
    for name in ("bad.md", "good.md"):
        Path(name).unlink()
    Path("a.md").write_text(CLINIC)

    def ran(*arguments: str) -> Outcome:
        return claimcheck(*arguments, "--no-cache", "--on", "2026-11-22")

    return ran


def noted_texts() -> list[str]:
    """The claims of the baseline, sorted."""
    return sorted(entry.text for entry in read_baseline("claimcheck-baseline.jsonl").entries)


def test_the_program_notes_reports_what_is_new_and_prunes(run: Run) -> None:
    noted = run("baseline", ".", "--because", "old site")
    clean = run("check", ".")
    Path("a.md").write_text(CLINIC.replace(" It smooths fine lines.", " It boosts collagen."))
    new = run("check", ".", "--format", "concise")
    pruned = run("baseline", ".", "--prune")

    assert (noted.code, noted.err) == (0, "claimcheck-baseline.jsonl: 3 entries\n")
    assert (clean.code, clean.out) == (0, "")
    assert [line.split(" ")[2] for line in new.out.splitlines()] == ["structure-function/collagen"]
    assert new.err == (
        "claimcheck-baseline.jsonl: 1 entry stands for nothing any more; 'claimcheck baseline --prune' removes them\n"
    )
    assert pruned.err == "claimcheck-baseline.jsonl: 2 entries\n"
    assert noted_texts() == ["erases wrinkles", "reduces acne scars"]


@pytest.mark.parametrize("arguments", [(), ("--prune",)])
def test_entries_of_a_file_that_cannot_be_checked_stay(arguments: tuple[str, ...], run: Run) -> None:
    run("baseline", ".")
    Path("a.md").write_text(f"---\nclaimcheck: {{colour: red}}\n---\n{CLINIC}")

    assert (run("baseline", ".", *arguments).code, noted_texts()) == (2, ALL)


@pytest.mark.parametrize("arguments", [(), ("--prune",)])
def test_entries_of_a_renamed_file_that_was_not_looked_at_stay(arguments: tuple[str, ...], run: Run) -> None:
    Path("other").mkdir()
    Path("other/b.md").write_text("We open at nine.\n")
    run("baseline", ".")
    Path("a.md").rename("c.md")

    checked = run("check", "other")
    run("baseline", "other", *arguments)

    assert (checked.err, noted_texts(), run("check", ".").code) == ("", ALL, 0)


@pytest.mark.parametrize("arguments", [(), ("--prune",)])
@pytest.mark.parametrize("asked", [("--policy", "uk"), ("--select", "proof/*"), ("--ignore", "efficacy/*")])
def test_entries_that_a_run_does_not_ask_for_stay(asked: tuple[str, ...], arguments: tuple[str, ...], run: Run) -> None:
    run("baseline", ".")

    checked = run("check", ".", *asked)
    run("baseline", ".", *asked, *arguments)

    assert checked.err == ""
    assert set(noted_texts()) >= set(ALL)
    assert run("check", ".").code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("-",), "standard input has no place in a baseline"),
        ((".", "--until", "2026-11-21"), "'2026-11-21' is over"),
    ],
)
def test_what_makes_no_sense_in_a_baseline_is_refused(arguments: tuple[str, ...], told: str, run: Run) -> None:
    run("baseline", ".")

    result = run("baseline", *arguments)

    assert (result.code, result.err.splitlines()[0], noted_texts()) == (2, f"claimcheck: {told}", ALL)


@pytest.mark.parametrize("beside", ["claimcheck.yaml", ".git/HEAD"])
def test_from_a_folder_below_the_baseline_is_found_where_it_was_written(
    beside: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(beside).parent.mkdir(exist_ok=True)
    Path(beside).write_text("policies: [caveats]\n")
    Path("pages").mkdir()
    Path("pages/b.md").write_text("Our balm erases wrinkles.\n")
    first = run("baseline", ".")
    monkeypatch.chdir("pages")

    assert (first.err, run("check", ".")[:2], run("baseline", ".").err) == (
        "claimcheck-baseline.jsonl: 4 entries\n",
        (0, ""),
        "../claimcheck-baseline.jsonl: 4 entries\n",
    )


def test_a_baseline_that_is_written_first_from_a_folder_below_stands_beside_the_configuration(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("claimcheck.yaml").write_text("policies: [caveats]\n")
    Path("pages").mkdir()
    Path("pages/b.md").write_text("Our balm erases wrinkles.\n")
    monkeypatch.chdir("pages")

    assert (run("baseline", ".").err, run("check", ".")[:2]) == ("../claimcheck-baseline.jsonl: 1 entry\n", (0, ""))
