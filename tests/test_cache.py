"""Results of earlier runs: used when nothing changed, and never in place of what a run would find."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from claimcheck import cache, filecheck
from claimcheck.api import Options, check_text
from claimcheck.cache import Cache, decoded, encoded, open_cache
from claimcheck.cli import commands
from claimcheck.config import PathSection
from claimcheck.engine.linter import Linter
from claimcheck.errors import UsageError
from claimcheck.extract import Reading
from claimcheck.model import Facts, Failure, FileResult, Ignore, Provided
from claimcheck.packs import rulebook
from claimcheck.packs.store import find_packs
from claimcheck.runner import run

COPY = "Our serum reduces scars.\n\n## Later\n\nResults may vary. We do not promise that it cures acne.\n"


@pytest.fixture
def options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Options:
    """Options of a run in a folder with one page, with a cache beside it."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "a.md").write_text(COPY)
    monkeypatch.chdir(site)
    return Options(on="2026-11-22", cache=True, cache_dir=str(tmp_path / "cache"))


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that were really checked."""
    names: list[str] = []
    really = filecheck.check_data

    def noting(data: bytes, path: str, linter: Linter, options: Options) -> FileResult:
        names.append(path)
        return really(data, path, linter, options)

    monkeypatch.setattr(filecheck, "check_data", noting)
    return names


@pytest.mark.parametrize("text", [COPY, "Nothing here.\n", "Kauf das und die Creme ist gut für dich. " * 20])
def test_a_result_comes_back_from_json_as_it_was(text: str) -> None:
    result = check_text(text)

    assert decoded(json.loads(json.dumps(encoded(result))), FileResult) == result


def test_a_file_that_has_not_changed_is_not_checked_again(options: Options, linter: Linter, checked: list[str]) -> None:
    reports = [run(["."], linter, options) for _ in range(2)]

    assert (reports[0], checked) == (reports[1], ["a.md"])


CHANGES: dict[str, object] = {
    "policies": ("us",),
    "subject": "procedure",
    "default_subject": "procedure",
    "facts": Facts(practitioner="Dr A"),
    "select": ("efficacy/*",),
    "ignore": ("efficacy/*",),
    "severity": (("sun/*", "note"),),
    "sections": (PathSection(("b.md",)),),
    "provided": (Provided("variability", "footer"),),
    "on": "2026-11-23",
    "inventory": True,
    "reading": Reading(fragments=("b.md",)),
    "ignores": (Ignore(("sun/*",), "a"),),
    "require_reasons": True,
    "keep_copy": True,
    "cache": False,
    "cache_dir": "../other",
}
"""Options with other values, for each of which a file is checked again."""

SAME: dict[str, object] = {
    "include": ("*.x",),
    "exclude": ("b.md",),
    "force_exclude": True,
    "stdin_filename": "b.md",
    "jobs": 2,
    "changed_since": "HEAD",
}
"""Those that say which files are checked, and how."""


@pytest.mark.parametrize("name", [one.name for one in fields(Options)])
def test_what_a_result_depends_on_makes_it_another(
    name: str, options: Options, linter: Linter, checked: list[str]
) -> None:
    for arguments in (("init", "-q"), ("commit", "-q", "--allow-empty", "-m", "A")):
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *identity, *arguments], check=True)  # noqa: S607  # that on the path
    other: dict[str, Any] = {name: (CHANGES | SAME)[name]}
    run(["."], linter, options)
    run(["."], linter, replace(options, **other))

    assert checked == (["a.md"] if name in SAME else ["a.md", "a.md"])


def test_other_content_and_another_name_are_other_files(options: Options, linter: Linter, checked: list[str]) -> None:
    run(["."], linter, options)
    Path("b.md").write_text(COPY)
    Path("a.md").write_text(f"{COPY} ")
    run(["."], linter, options)

    assert checked == ["a.md", "a.md", "b.md"]


@pytest.mark.parametrize("damage", [b"", b"[]", b'{"a": 1}', b"[" * 100_000, b"\xff\0", b'["a.md",[[1]]]'])
def test_a_damaged_entry_is_a_miss(damage: bytes, options: Options, linter: Linter, checked: list[str]) -> None:
    first = run(["."], linter, options)
    (entry,) = Path(str(options.cache_dir)).rglob("*.json")
    entry.write_bytes(damage)

    assert (run(["."], linter, options), checked) == (first, ["a.md", "a.md"])


def test_an_entry_that_others_can_write_is_a_miss(options: Options, linter: Linter, checked: list[str]) -> None:
    run(["."], linter, options)
    (entry,) = Path(str(options.cache_dir)).rglob("*.json")
    entry.chmod(0o666)
    run(["."], linter, options)

    assert checked == ["a.md", "a.md"]


def test_what_could_not_be_checked_is_tried_again(tmp_path: Path) -> None:
    store = Cache(tmp_path, "stamp")
    store.keep("a.md", b"a", FileResult(path="a.md", failures=(Failure("a.md", "it took too long"),)))

    assert store.find("a.md", b"a") is None


def test_a_place_that_cannot_be_written_to_costs_nothing_but_time(
    options: Options, linter: Linter, checked: list[str]
) -> None:
    Path(str(options.cache_dir)).write_text("a file where the folder would be")

    reports = [run(["."], linter, options) for _ in range(2)]

    assert (reports[0], checked) == (reports[1], ["a.md", "a.md"])


def test_a_folder_inside_a_repository_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()

    with pytest.raises(UsageError, match="the cache lies inside a repository"):
        open_cache(str(tmp_path / "cache"))


def test_another_version_of_the_program_does_not_use_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first = open_cache(str(tmp_path))
    monkeypatch.setattr(cache, "__version__", "0.0.0")

    assert open_cache(str(tmp_path)) != first


def test_rules_are_not_compiled_when_every_result_is_known(options: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    first = run(["."], Linter(find_packs()), options)
    monkeypatch.setattr(rulebook, "read_rulebook", None)

    assert run(["."], Linter(find_packs()), options) == first


def test_a_second_run_over_a_site_does_not_import_spacy(options: Options) -> None:
    code = (
        "import sys; from claimcheck.cli import program; "
        f"program(['check', '--cache-dir', {options.cache_dir!r}, '--output', '../out.txt', '.']); "
        "print('spacy' in sys.modules)"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]

    assert runs == ["True\n", "False\n"]


def test_info_and_clear_tell_what_there_is_of_every_kind(options: Options, linter: Linter) -> None:
    run(["."], linter, options)
    folder = Path(str(options.cache_dir)) / "claimcheck"
    for name in ("configurations/a.json", "packs/a.json", "results/00/a.json", "mine/a.json"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("{}" * 50_000)

    said = [
        CliRunner().invoke(commands, ["cache", what, "--cache-dir", str(options.cache_dir)]).output
        for what in ("info", "clear", "info")
    ]

    assert said == [
        f"{folder}: 4 files, 0.3 MB\n",
        f"{folder}: 4 files, 0.3 MB forgotten\n",
        f"{folder}: 0 files, 0.0 MB\n",
    ]
    assert [one.name for one in folder.iterdir()] == ["mine"]


def test_what_no_run_has_used_for_14_days_is_forgotten(options: Options, linter: Linter) -> None:
    run(["."], linter, options)
    folder = Path(str(options.cache_dir)) / "claimcheck"
    (used,) = folder.rglob("*.json")
    names = ("configurations/a.json", "packs/a.json", "results/00/a.tmp", "mine/a.json", "results/00/new.json")
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    for one, days in ((used, 13), *((folder / name, 15) for name in names[:-1])):
        at = time.time() - days * 86_400
        os.utime(one, (at, at))
    run(["."], linter, options)
    same_day = {os.fspath(one.relative_to(folder)) for one in folder.rglob("*.*")}
    at = time.time() - 2 * 86_400
    os.utime(folder / "results" / "swept", (at, at))
    run(["."], linter, options)

    left = {os.fspath(one.relative_to(folder)) for one in folder.rglob("*.*")}
    kept = os.fspath(used.relative_to(folder))
    assert (same_day, left) == ({kept, *names}, {kept, "mine/a.json", "results/00/new.json"})
    assert time.time() - used.stat().st_mtime < 86_400
