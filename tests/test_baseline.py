"""A baseline leaves out what was there, and nothing else: neither what is new nor what has become worse."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from claimcheck.api import Options, check_paths, render
from claimcheck.baseline import Baseline, Compared, Entry, compare, entries_of, of_use, read_baseline, written
from claimcheck.engine.linter import Linter
from claimcheck.errors import UsageError
from claimcheck.model import Report
from claimcheck.reporters import CHECK_FORMATS

CLINIC = (
    "# Peels\n\nA peel in our clinic reduces acne scars. It smooths fine lines.\n\n"
    "# Lasers\n\nOur laser treatment erases wrinkles. Results may vary.\n"
)


class Site:
    """A folder of pages with a baseline of their findings."""

    def __init__(self, linter: Linter) -> None:
        self._linter = linter

    def note(self, **said: str) -> Baseline:
        """Take note of all findings."""
        words = {"because": "", "by": "", "until": "", **said}
        report, empty = self._report(), Baseline("claimcheck-baseline.jsonl")
        entries = entries_of(report, empty, compare(report, empty), **words)
        Path("claimcheck-baseline.jsonl").write_text(written(entries), "utf-8")
        return read_baseline("claimcheck-baseline.jsonl")

    def compared(self, baseline: Baseline) -> Compared:
        """What the baseline leaves of the findings of now."""
        return compare(self._report(), baseline)

    def new(self, baseline: Baseline) -> list[tuple[str, str]]:
        """Path and words of the findings that the baseline does not cover."""
        report = self.compared(baseline).report
        return [(one.spot.path, one.text) for result in report.results for one in result.findings]

    def _report(self) -> Report:
        return check_paths(["."], Options(on="2026-11-22", exclude=("*.jsonl",)), linter=self._linter)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, linter: Linter) -> Site:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(CLINIC)
    return Site(linter)


def test_what_was_noted_is_not_reported(site: Site) -> None:
    compared = site.compared(site.note())

    assert [result.findings for result in compared.report.results] == [()]
    assert (compared.report.accepted, compared.stale) == (3, ())


def test_a_new_sentence_is_reported_and_nothing_else(site: Site) -> None:
    baseline = site.note()
    Path("a.md").write_text(CLINIC.replace("It smooths", "Clinically proven. It smooths"))

    assert site.new(baseline) == [("a.md", "Clinically proven")]


def test_the_same_sentence_once_more_is_new(site: Site) -> None:
    baseline = site.note()
    Path("b.md").write_text(CLINIC)

    assert site.new(baseline) == [
        ("b.md", "reduces acne scars"),
        ("b.md", "smooths fine lines"),
        ("b.md", "erases wrinkles"),
    ]


def test_edits_elsewhere_moving_a_sentence_and_other_spaces_change_nothing(site: Site) -> None:
    baseline = site.note()
    first, second = CLINIC.split("# Lasers")
    moved = first.replace(" It smooths", "\n\nWe open at nine.\n\nIt\nsmooths")
    Path("a.md").write_text(f"# Lasers{second}\n{moved}")

    assert site.new(baseline) == []


def test_a_renamed_file_is_the_same_file(site: Site) -> None:
    baseline = site.note()
    Path("pages").mkdir()
    Path("a.md").rename("pages/b.md")

    assert site.new(baseline) == []


def test_a_caveat_taken_away_is_reported(site: Site) -> None:
    baseline = site.note()
    Path("a.md").write_text(CLINIC.replace(" Results may vary.", ""))

    assert site.new(baseline) == [
        ("a.md", "reduces acne scars"),
        ("a.md", "smooths fine lines"),
        ("a.md", "erases wrinkles"),
    ]


def test_a_caveat_added_is_no_news(site: Site) -> None:
    baseline = site.note()
    Path("a.md").write_text(CLINIC.replace("# Lasers", "Results may vary. Performed by a dermatologist.\n\n# Lasers"))

    assert site.new(baseline) == []


def test_after_its_last_day_an_entry_covers_nothing(site: Site) -> None:
    assert (site.new(site.note(until="2026-11-22")), site.new(site.note(until="2026-11-21"))) == (
        [],
        [("a.md", words) for words in ("reduces acne scars", "smooths fine lines", "erases wrinkles")],
    )


def test_entries_that_stand_for_nothing_are_told(site: Site) -> None:
    baseline = site.note()
    Path("a.md").write_text(CLINIC.replace(" It smooths fine lines.", ""))

    assert [entry.text for entry in site.compared(baseline).stale] == ["smooths fine lines"]


def test_entries_of_files_that_were_not_checked_are_not_stale(site: Site, linter: Linter) -> None:
    Path("b.md").write_text("Our serum reduces scars.\n")
    baseline = site.note()
    report = check_paths(["a.md"], Options(on="2026-11-22"), linter=linter)

    assert compare(report, baseline).stale == ()


def test_entries_that_are_of_no_use_need_not_be_read(site: Site, linter: Linter) -> None:
    """Those of a file that is there and was not checked; those of one that is gone may have come to another."""
    for name in ("renamed.md", "other.md"):
        Path(name).write_text(CLINIC)
    baseline = site.note()
    Path("renamed.md").rename("new.md")
    report = check_paths(["a.md", "new.md"], Options(on="2026-11-22"), linter=linter)
    some = read_baseline(baseline.path, of_use(report, baseline.path))

    assert {entry.path for entry in some.entries} == {"a.md", "renamed.md"}
    assert compare(report, some) == compare(report, baseline)


def test_lines_merge_in_any_order_and_twice(site: Site) -> None:
    baseline = site.note(because="approved by legal", by="Ann")
    lines = Path("claimcheck-baseline.jsonl").read_text("utf-8").splitlines()
    merged = [*lines, *lines]
    random.Random(1).shuffle(merged)  # noqa: S311  # an order like any other
    Path("merged.jsonl").write_text("\n".join(merged), "utf-8")

    again = read_baseline("merged.jsonl")

    assert again.entries == baseline.entries
    assert written(again.entries).splitlines() == lines


def test_what_was_said_of_an_entry_stays(site: Site, linter: Linter) -> None:
    baseline = site.note(because="approved", by="Ann", until="2027-01-01")
    Path("a.md").write_text(f"{CLINIC}\nClinically proven.\n")
    report = check_paths(["a.md"], Options(on="2026-11-22"), linter=linter)

    entries = entries_of(report, baseline, compare(report, baseline), because="looked at", by="Bob", until="")

    assert sorted((entry.text, entry.because, entry.by, entry.until) for entry in entries) == [
        ("Clinically proven", "looked at", "Bob", ""),
        ("erases wrinkles", "approved", "Ann", "2027-01-01"),
        ("reduces acne scars", "approved", "Ann", "2027-01-01"),
        ("smooths fine lines", "approved", "Ann", "2027-01-01"),
    ]


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '{"path": "a"}', '{"path": 1, "rule": "", "policy": "", "text": "", "words": ""}', "[" * 100_000],
)
def test_a_line_that_is_none_of_ours_is_refused_with_its_place(line: str, tmp_path: Path) -> None:
    path = tmp_path / "b.jsonl"
    path.write_text(f"{written([Entry('a.md', 'r/r', 'caveats', 'text', 'words')])}{line}\n")

    with pytest.raises(UsageError) as caught:
        read_baseline(str(path))
    assert caught.value.where == f"{path}:2"


@pytest.mark.parametrize("format", [name for name in CHECK_FORMATS if name != "html"])
def test_every_report_can_be_made_of_what_a_baseline_leaves(format: str, site: Site) -> None:
    baseline = site.note()
    Path("a.md").write_text(f"{CLINIC}\nClinically proven.\n")

    text = render(site.compared(baseline).report, format)

    assert ("proven" in text.lower(), "reduces acne scars" in text) == (True, False)
