"""Patterns as in ``.gitignore``: what fits, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimcheck.errors import UsageError
from claimcheck.globs import compiled, last_fit, lenient, literal, seen_from, verdict


@pytest.mark.parametrize(
    ("path", "expected"),
    [("parts/a.vue", True), ("parts/home.vue", False), ("pages/a.vue", None), ("b.inc", True), ("x/y/b.inc", True)],
)
def test_the_last_pattern_that_fits_decides(path: str, expected: bool | None) -> None:  # noqa: FBT001 - an answer
    assert verdict(["parts/", "!parts/home.vue", "*.inc"], path) is expected


@pytest.mark.parametrize(
    ("path", "expected"), [("a.inc", 0), ("content/x/a.inc", 1), ("content/a.txt", 1), ("a.txt", None)]
)
def test_the_last_pattern_that_fits_is_told(path: str, expected: int | None) -> None:
    assert last_fit(["*.inc", "./content/**"], path) == expected


def test_without_patterns_nothing_is_said() -> None:
    assert (compiled(()), verdict((), "a.md"), last_fit((), "a.md")) == (None, None, None)


@pytest.mark.parametrize(("wrong", "named"), [("!", "'!'"), ("[z-a].md", "'[z-a].md'")])
def test_a_pattern_that_makes_no_sense_is_refused(wrong: str, named: str) -> None:
    with pytest.raises(UsageError) as caught:
        compiled(("a.md", wrong))
    assert str(caught.value) == f"{named} is no pattern\n  fix: Write a pattern as in .gitignore, such as 'drafts/'."


def test_of_a_file_such_lines_are_left_out() -> None:
    spec = lenient(["!", "[z-a].md", "b.md"])
    assert spec is not None
    assert [spec.match_file(name) for name in ("a.md", "b.md")] == [False, True]


@pytest.mark.parametrize("path", ["a.yaml", "packs/a b.yaml", "a[1].yaml", "what?.yaml", "!a.yaml", "#a", "a\\b", "a*"])
def test_a_path_can_be_made_a_pattern_that_fits_it_alone(path: str) -> None:
    beside = ["a1.yaml", "whatx.yaml", "ab", "packs/aab.yaml", "deeper/" + path]
    assert [verdict([literal(path)], one) for one in (path, *beside)] == [True, *[None] * len(beside)]


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("content/en-gb/", "a.md", True),
        ("content/en-gb/**", "x/a.md", True),
        ("/content/*/x/", "x/a.md", True),
        ("/content/*/x/", "y/a.md", None),
        ("content/fr/", "../fr/a.md", True),
        ("content/fr/", "a.md", None),
        ("content/en-gb/", "../fr/a.md", None),
        ("**/x/*.md", "x/b.md", True),
        ("drafts/", "drafts/a.md", True),
        ("*.md", "a.md", True),
        ("content/", "../fr/a.md", True),
        ("content/", "a.md", True),
        ("content/", "../../other.md", None),
        ("scripts/a/", "../../scripts/a/b.md", True),
        ("!content/en-gb/x/", "x/a.md", False),
        ("content/en-gb/", ".hidden/a.md", True),
    ],
)
def test_a_pattern_of_a_folder_above_fits_what_it_fits_from_there(
    pattern: str,
    path: str,
    fits: bool | None,  # noqa: FBT001 - an answer
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "content" / "en-gb").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "content" / "en-gb")
    assert verdict(seen_from(pattern, "../.."), path) is fits


@pytest.mark.parametrize(
    ("pattern", "folder", "seen"),
    [
        ("content/", "", ("content/",)),
        ("content/", ".", ("content/",)),
        ("content/", "my site", ("content/",)),
        ("/content/", "my site", ("/my\\ site/content/",)),
        ("!a/b", "site", ("!/site/a/b",)),
        ("./a/b", "site", ("/site/a/b",)),
        ("a/b", "../shared", ("/../shared/a/b",)),
    ],
)
def test_a_pattern_of_another_folder_speaks_of_what_is_there(pattern: str, folder: str, seen: tuple[str, ...]) -> None:
    assert seen_from(pattern, folder) == seen
