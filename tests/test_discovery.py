"""Which files a run looks at, and what becomes of the others."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from claimcheck.discovery import Discovery, discover, is_passed_over, passed_over, shown
from claimcheck.errors import UsageError
from claimcheck.extract import FORMATS, Reading
from claimcheck.model import Failure, Skipped

Make = Callable[..., None]
NOWHERE = "the symlink leads nowhere; remove it, or exclude it"
OUTSIDE = "it is a symlink that leads out of the folder; name it to have it checked"


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Makes files, with their folders, in the working directory; a second part of a name after ``=`` is their text."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)

    def files(*names: str) -> None:
        for one in names:
            name, _, text = one.partition("=")
            path = work / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    return files


def test_a_folder_gives_its_files_of_known_formats_in_one_order(make: Make) -> None:
    make("z.md", "a/b.txt", "a/B.MD", "a/c.png", "README", "a.md")
    assert names(discover(["."])) == ["a.md", "a/B.MD", "a/b.txt", "z.md"]


def test_a_file_that_is_named_is_taken_whatever_its_name(make: Make) -> None:
    make("copy.draft")
    assert discover(["copy.draft"]) == Discovery((("copy.draft", "copy.draft"),), (), ())


def test_a_file_is_checked_once_however_often_it_is_named(make: Make) -> None:
    make("a/b.md")
    assert names(discover(["a/b.md", ".", "a", "./a/../a/b.md"])) == ["a/b.md"]


def test_paths_are_reported_from_the_working_directory(make: Make, tmp_path: Path) -> None:
    make("a.md", "../beside.md")
    assert names(discover([str(tmp_path / "work" / "a.md"), str(tmp_path / "beside.md")])) == ["../beside.md", "a.md"]


def test_what_is_hidden_or_installed_is_passed_over_unless_it_is_named(make: Make) -> None:
    make(".hidden.md", ".git/a.md", "node_modules/a.md", "venv/a.md", "a.md")
    assert names(discover([".", ".git", "node_modules"])) == [".git/a.md", "a.md", "node_modules/a.md"]


def test_gitignore_is_honoured_deepest_first(make: Make) -> None:
    make(
        ".gitignore=*.txt\nbuild/\n/top.md",
        "a.txt",
        "build/a.md",
        "top.md",
        "a/top.md",
        "a/.gitignore=!b.txt",
        "a/b.txt",
    )
    assert names(discover(["."])) == ["a/b.txt", "a/top.md"]


def test_gitignore_above_the_folder_is_honoured_up_to_the_top_of_its_repository(make: Make) -> None:
    make(
        ".gitignore=x.md",
        "repo/.git/config",
        "repo/.gitignore=drafts",
        "repo/a/x.md",
        "repo/a/drafts/b.md",
        "repo/a/c.md",
    )
    assert names(discover(["repo/a"])) == ["repo/a/c.md", "repo/a/x.md"]


def test_an_ignored_folder_that_is_named_is_looked_at(make: Make) -> None:
    make(".git/config", ".gitignore=build/", "build/a.md")
    assert names(discover(["build"])) == ["build/a.md"]


def test_a_line_of_gitignore_that_makes_no_sense_is_left_out(make: Make) -> None:
    make(".gitignore=!\na.md", "a.md", "b.md")
    assert names(discover(["."])) == ["b.md"]


def test_exclusions_are_read_from_the_working_directory_like_gitignore(make: Make) -> None:
    make("a/drafts/b.md", "a/c.md", "drafts/d.md", "e.md")
    assert names(discover(["."], exclude=["/drafts/", "./a/c.md"])) == ["a/drafts/b.md", "e.md"]


@pytest.mark.parametrize(("force", "found"), [(False, ["a.md", "b/c.md"]), (True, [])])
def test_what_is_named_is_excluded_only_by_force(make: Make, force: bool, found: list[str]) -> None:  # noqa: FBT001
    make("a.md", "b/c.md")
    assert names(discover(["a.md", "b/c.md"], exclude=["a.md", "b"], force_exclude=force)) == found


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("drafts/a.md", True),
        ("package.json", True),
        ("shop/package.json", False),
        (".github/a.md", True),
        ("../.a/b.md", True),
        ("node_modules/a.md", True),
        ("a.md", False),
        ("../a.md", False),
        ("photo.png", False),
        ("..", False),
    ],
)
def test_a_name_can_be_tried_against_what_a_walk_passes_over(path: str, expected: bool) -> None:  # noqa: FBT001
    assert is_passed_over(path, include=["shop/"], exclude=["drafts/"]) is expected


def test_it_is_told_why_a_walk_passes_over_a_file(make: Make) -> None:
    reasons = {
        "a.md": "",
        "b/a.inc": "",
        ".b/a.md": "its name, or that of a folder above it, begins with a dot",
        "node_modules/a.md": "it lies among what was installed",
        "drafts/a.md": "it is excluded",
        "b/package.json": "such files are written for programs",
        "b/a.py": "folders are not searched for such files",
        "b/ignored/c/a.md": "a .gitignore says so",
        "../a.md": "",
        "../.a.md": "its name, or that of a folder above it, begins with a dot",
        "inner/a.md": "a symlink leads to it",
        "link.md": OUTSIDE,
    }
    make(*list(reasons)[:-2], "b/.gitignore=ignored")
    Path("inner").symlink_to("b/ignored/c")
    Path("link.md").symlink_to("../a.md")

    assert {one: passed_over(one, include=["*.inc"], exclude=["drafts/"]) for one in reasons} == reasons
    assert names(discover(["."], include=["*.inc"], exclude=["drafts/"])) == ["a.md", "b/a.inc"]


@pytest.mark.parametrize(
    "asked", [{"exclude": ["a.md", "!"]}, {"include": ["!"]}, {"reading": Reading(formats=(("!", "php"),))}]
)
def test_a_pattern_that_makes_no_sense_is_refused(make: Make, asked: dict[str, Any]) -> None:
    make("a.md")
    with pytest.raises(UsageError) as error:
        discover(["."], **asked)
    assert str(error.value) == "'!' is no pattern\n  fix: Write a pattern as in .gitignore, such as 'drafts/'."


def test_folders_are_searched_for_every_format_but_those_that_are_mostly_code(make: Make) -> None:
    make(*(f"a{suffix}" for known in FORMATS for suffix in known.suffixes))
    wanted = sorted(f"a{suffix}" for known in FORMATS if known.walked for suffix in known.suffixes)
    assert (names(discover(["."])), "a.ts" in wanted) == (wanted, False)


def test_what_is_written_for_programs_is_passed_over_unless_it_is_named_or_included(make: Make) -> None:
    make("package.json", "a/LICENSE.md", "a/robots.txt", "a/b.md", "a/old/tsconfig.json")
    assert names(discover([".", "package.json"], include=["a/old/"])) == [
        "a/b.md",
        "a/old/tsconfig.json",
        "package.json",
    ]


def test_what_a_walk_passes_over_is_left_out_by_force_when_it_is_named(make: Make) -> None:
    given = ["package.json", ".hidden/a.md", "node_modules/a.md", ".hidden", "a.md", "b.png", "robots.txt"]
    make(".hidden/a.md", "node_modules/a.md", "package.json", "a.md", "b.png", "robots.txt")
    assert names(discover(given, include=["robots.txt"], force_exclude=True)) == ["a.md", "b.png", "robots.txt"]


def test_files_of_any_name_are_taken_where_they_are_included(make: Make) -> None:
    make("a.draft", "src/b.ts", "src/c.css", "d.ts", "old/e.draft", ".f.draft", "g.draft", ".gitignore=g.draft")
    found = discover(["."], include=["*.draft", "src/*.ts"], exclude=["old/"])
    assert names(found) == ["a.draft", "src/b.ts"]


def test_binaries_are_passed_over_even_if_they_are_included(make: Make) -> None:
    make("in/a.draft=Words", "in/b.png=\0\1", "in/c.docx=\0", "d.png=\0")
    assert names(discover(["."], include=["in/"])) == ["in/a.draft", "in/c.docx"]


def test_an_included_file_that_cannot_be_opened_is_left_for_the_run_to_tell(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    make("a.draft")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    assert names(discover(["."], include=["*.draft"])) == ["a.draft"]


def test_files_that_the_configuration_gives_a_format_are_taken(make: Make) -> None:
    make("a.inc", "b.inc", "c.ts", "old/d.md", "e.txt")
    symlink("f.inc", "e.txt")
    reading = Reading(formats=(("*.inc", "php"), ("b.inc", "javascript"), ("old/**", "javascript")))
    assert names(discover(["."], reading=reading)) == ["a.inc", "e.txt"]


def test_a_path_that_does_not_exist_is_a_failure(make: Make) -> None:
    make("a.md")
    assert discover(["nowhere.md", "a.md/b.md", "a\0b", "a.md"]) == Discovery(
        files=(("a.md", "a.md"),),
        skipped=(),
        failures=(
            Failure("a\0b", "no path has a NUL in it"),
            Failure("a.md/b.md", "not a directory"),
            Failure("nowhere.md", "no such file or directory"),
        ),
    )


@pytest.mark.parametrize("use", [lambda: discover(["a.md", ""]), lambda: shown("")])
def test_an_empty_path_is_refused(use: Callable[[], object]) -> None:
    with pytest.raises(UsageError) as error:
        use()
    assert str(error.value) == "a path is empty\n  fix: Name a file or a folder; a variable of the shell may be unset."


def test_a_broken_symlink_is_a_failure_named_or_found_unless_it_is_no_page(make: Make) -> None:
    make("a.md")
    for link in ("named.link", "b/found.md", "b/found.png"):
        symlink(link, "nowhere.md")
    assert discover(["named.link", "b", "a.md"]) == Discovery(
        (("a.md", "a.md"),), (), (Failure("b/found.md", NOWHERE), Failure("named.link", NOWHERE))
    )


def test_a_loop_of_symlinks_is_a_failure(make: Make) -> None:
    make("a.md")
    symlink("one.md", "two.md")
    symlink("two.md", "one.md")
    assert discover(["."]) == Discovery(
        (("a.md", "./a.md"),), (), (Failure("one.md", NOWHERE), Failure("two.md", NOWHERE))
    )


def test_a_folder_that_links_back_to_itself_is_walked_once(make: Make) -> None:
    make("a/b.md")
    symlink("a/loop", "../a")
    symlink("a/top", "..")
    assert discover(["."]) == Discovery((("a/b.md", "./a/b.md"),), (), ())


def test_a_symlink_to_a_file_inside_stands_for_it_only_when_nothing_else_does(make: Make) -> None:
    make("a.md", ".store/hidden.md")
    symlink("again.md", "a.md")
    symlink("shown.md", ".store/hidden.md")
    assert names(discover(["."])) == ["a.md", "shown.md"]


def test_a_symlink_out_of_the_folder_is_skipped_and_says_so_unless_it_is_named(make: Make) -> None:
    make("a/b.md", "shared/c.md")
    symlink("a/c.md", "../shared/c.md")
    symlink("a/shared", "../shared")
    assert discover(["a"]) == Discovery(
        (("a/b.md", "a/b.md"),), (Skipped("a/c.md", OUTSIDE), Skipped("a/shared", OUTSIDE)), ()
    )
    assert names(discover(["a/c.md", "a/shared"])) == ["a/c.md", "a/shared/c.md"]


def test_a_folder_without_permission_is_a_failure_and_the_others_are_walked(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    make("open/a.md", "closed/b.md")
    scan = os.scandir

    def refusing(path: str) -> Iterator[os.DirEntry[str]]:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert discover(["."]) == Discovery(
        (("open/a.md", "./open/a.md"),), (), (Failure("closed", "the folder cannot be read: permission denied"),)
    )


def test_an_excluded_folder_is_not_even_opened(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    make("a/b.md", "closed/c.md")
    opened: list[str] = []
    scan = os.scandir

    def noting(path: str) -> Any:
        opened.append(path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", noting)
    discover(["."], exclude=["closed/"])
    assert opened == [".", "./a"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_a_folder_is_passed_over(make: Make) -> None:
    make("a.md")
    os.mkfifo("pipe.md")
    assert discover(["."]) == Discovery((("a.md", "./a.md"),), (), ())


def names(found: Discovery) -> list[str]:
    return [name for name, _ in found.files]


def symlink(link: str, target: str) -> None:
    Path(link).parent.mkdir(parents=True, exist_ok=True)
    try:
        Path(link).symlink_to(target)
    except OSError:
        pytest.skip("this system makes no symlinks")
