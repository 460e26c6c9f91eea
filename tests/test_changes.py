"""What a change has brought: claims on changed lines, and old claims whose caveat it took away."""

from __future__ import annotations

import os
import subprocess
import time
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import pytest

from claimcheck import runner, workers
from claimcheck.api import Options, check_paths
from claimcheck.changes import Change, changes_since
from claimcheck.engine.linter import Linter
from claimcheck.errors import UsageError
from claimcheck.filecheck import check_file

PAGE = (
    "# Peels\n\nA peel in our clinic reduces acne scars.\n\nIt smooths fine lines.\n\n"
    "Performed by a dermatologist. Results vary. Ask your doctor first.\n\n"
    "# Lasers\n\nOur laser treatment erases wrinkles.\n"
)


class New(Protocol):
    """What ``new`` is."""

    def __call__(self, revision: str = "HEAD", path: str = ".") -> list[tuple[str, int, str]]:
        """Place and words of the findings that are new since a revision."""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one commit that holds a page."""
    monkeypatch.chdir(tmp_path)
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    git("init", "-q", "-b", "main")
    Path("a.md").write_text(PAGE)
    commit()
    return tmp_path


def git(*arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)  # noqa: S607  # that on the path


def blob(name: str) -> str:
    """Git's name for what a file holds in a commit."""
    told = subprocess.run(["git", "rev-parse", name], check=True, capture_output=True, text=True)  # noqa: S607
    return told.stdout.strip()


def commit() -> None:
    git("add", "-A")
    git("commit", "-q", "-m", "A change")


@pytest.fixture
def new(linter: Linter, repository: Path) -> New:
    """``new()``: place and words of the findings that are new since the last commit."""
    del repository

    def found(revision: str = "HEAD", path: str = ".") -> list[tuple[str, int, str]]:
        report = check_paths([path], Options(on="2026-11-22", changed_since=revision), linter=linter)
        return [(one.spot.path, one.spot.start.line, one.text) for result in report.results for one in result.findings]

    return found


def test_nothing_changed_nothing_reported(new: New) -> None:
    assert new() == []


def test_a_claim_on_a_changed_line_is_reported_and_old_ones_are_not(new: New) -> None:
    Path("a.md").write_text(PAGE.replace("erases wrinkles.", "erases wrinkles.\n\nIt boosts collagen."))

    assert new() == [("a.md", 13, "boosts collagen")]


def test_old_claims_whose_caveat_was_removed_are_reported(new: New) -> None:
    Path("a.md").write_text(PAGE.replace("Results vary. ", ""))

    assert new() == [
        ("a.md", 3, "reduces acne scars"),
        ("a.md", 5, "smooths fine lines"),
        ("a.md", 11, "erases wrinkles"),
    ]


def test_old_claims_whose_caveat_was_moved_away_are_reported(new: New) -> None:
    caveat = "Performed by a dermatologist. Results vary. Ask your doctor first.\n"
    Path("a.md").write_text(f"{PAGE.replace(caveat, '')}\n{caveat}")

    assert [words for _, _, words in new()] == ["reduces acne scars", "smooths fine lines"]


def test_edits_elsewhere_and_a_new_name_are_no_news(new: New) -> None:
    Path("pages").mkdir()
    git("mv", "a.md", "pages/b.md")
    Path("pages/b.md").write_text(f"We open at nine.\n\n{PAGE}")

    assert new() == []


def test_a_new_file_is_new_whether_or_not_it_was_added(new: New) -> None:
    Path("b.md").write_text("Our serum reduces scars.\n")
    untracked = new()
    git("add", "b.md")

    assert untracked == new() == [("b.md", 1, "reduces scars")]


def test_a_branch_is_compared_with_where_it_is_to_go(new: New) -> None:
    git("checkout", "-q", "-b", "topic")
    Path("a.md").write_text(f"{PAGE}\nIt cures acne.\n")
    commit()

    assert (new("HEAD"), new("main")) == ([], [("a.md", 13, "cures acne")])


def test_from_a_folder_within_the_repository_paths_are_seen_from_there(
    new: New,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path("pages").mkdir()
    Path("pages/é b.md").write_text("Our serum reduces scars.\n")
    monkeypatch.chdir("pages")

    assert new(path="..") == [("é b.md", 1, "reduces scars")]


def test_changed_lines_are_those_of_the_working_tree(repository: Path) -> None:
    odd = (" é.md", "a b.md", 'a"b.md', "a\nb.md", "a\tb.md", "+++ b/a.md")
    for name in odd:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("One.\ndiff --git a/a.md b/a.md\n")
    commit()
    Path("a.md").write_text(PAGE.replace("It smooths fine lines.", "It does.\n\nIt does not."))
    for name in odd:
        Path(name).write_text("One.\n++ b/a.md\n@@ -1 +1 @@\nTwo.\n")
    git("config", "diff.noprefix", "true")
    git("config", "diff.interHunkContext", "9")

    changes = changes_since("HEAD")

    page, other = (blob("HEAD:a.md"), blob("HEAD:a b.md"))
    assert changes == {
        os.path.realpath("a.md"): Change(os.fspath(repository), page, (range(5, 8),)),
        **{os.path.realpath(name): Change(os.fspath(repository), other, (range(2, 5),)) for name in odd},
    }


def test_a_symlink_is_no_change_of_the_file_that_it_leads_to(repository: Path) -> None:
    Path("b.md").write_text("Two.\n")
    commit()
    Path("link.md").symlink_to("a.md")
    Path("b.md").unlink()
    Path("b.md").symlink_to("a.md")
    git("add", "-A")

    assert changes_since("HEAD") == {}, repository


def test_every_repository_is_asked_for_what_changed_in_it(new: New, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("here", "there"):
        Path(name).mkdir()
        monkeypatch.chdir(name)
        git("init", "-q")
        Path("old.md").write_text(PAGE)
        commit()
        Path("new.md").write_text("Our serum reduces scars.\n")
        monkeypatch.chdir("..")
    monkeypatch.chdir("here")

    assert new(path="..") == [("../there/new.md", 1, "reduces scars"), ("new.md", 1, "reduces scars")]


def test_git_is_not_started_for_each_file(new: New, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []

    class Counting(subprocess.Popen[bytes]):
        def __init__(self, command: list[str], **options: Any) -> None:
            started.append(command[0])
            super().__init__(command, **options)

    for number in range(9):
        Path(f"{number}.md").write_text(PAGE)
    commit()
    for number in range(9):
        Path(f"{number}.md").write_text(PAGE.replace("Results vary. ", ""))
    monkeypatch.setattr(subprocess, "Popen", Counting)

    assert (len(new()), len(started)) == (27, 6)


def test_what_files_held_before_is_checked_once(
    linter: Linter, repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("a.md").write_text(PAGE.replace("Results vary. ", ""))
    kept = os.fspath(tmp_path_factory.mktemp("kept"))
    options = Options(on="2026-11-22", changed_since="HEAD", cache=True, cache_dir=kept)
    first = check_paths([repository], options, linter=linter)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(runner, "check_file", refuse)

    assert check_paths([repository], options, linter=linter) == first


def test_what_takes_too_long_in_a_former_file_does_not_hold_up_the_run(
    linter: Linter, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "LEAST_SECONDS", 0.5)
    monkeypatch.setattr(runner, "_LIGHT_BYTES", 200)
    monkeypatch.setattr(runner, "check_file", partial(slow_of_old, check_file))
    Path("a.md").write_text("A peel in our clinic reduces acne scars.\n")

    (result,) = check_paths([repository], Options(on="2026-11-22", changed_since="HEAD"), linter=linter).results

    assert [one.text for one in result.findings] == ["reduces acne scars"]


def slow_of_old(check: Any, name: str, path: str, linter: Linter, options: Options, cache: Any) -> Any:
    if os.stat(path).st_size > 200:
        time.sleep(60)
    return check(name, path, linter, options, cache)


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "HEAD:a.md", ""])
def test_a_revision_that_is_none_is_refused(revision: str, repository: Path) -> None:
    del repository
    with pytest.raises(UsageError, match="git knows no"):
        changes_since(revision or "''")


def test_outside_a_repository_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    with pytest.raises(UsageError, match="git cannot tell what changed: not a git repository"):
        changes_since("HEAD", [str(tmp_path)])


@pytest.mark.parametrize(
    ("former", "found"),
    [
        (b"", [11]),
        (b"\0\xff\xfe" * 99, [11]),
        (PAGE.replace("\n", "\r\n").encode(), []),
        (PAGE.replace("\n", "\r\n").replace("Results vary. ", "").encode(), []),
        (PAGE.encode("utf-16"), []),
    ],
    ids=["empty", "binary", "other ends of lines", "other ends of lines and a caveat more", "another encoding"],
)
def test_whatever_a_file_held_before_it_is_compared_with_that(former: bytes, found: list[int], new: New) -> None:
    Path("a.md").write_bytes(former)
    git("config", "core.autocrlf", "false")
    commit()
    Path("a.md").write_text(PAGE)

    assert [line for _, line, _ in new()] == found


def test_a_finding_that_has_become_milder_is_old(new: New) -> None:
    Path("a.md").write_text("# Lasers\n\nOur laser treatment erases wrinkles.\n")
    commit()
    Path("a.md").write_text("# Lasers\n\nOur laser treatment erases wrinkles.\n\n# Notes\n\nResults vary.\n")

    assert new() == []
