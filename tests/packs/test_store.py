"""Rules are found, hashed, compiled once and kept; nothing stale, damaged or planted is used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import claimcheck
from claimcheck.errors import ClaimcheckError
from claimcheck.packs import store

if TYPE_CHECKING:
    from collections.abc import Sequence

POSIX = pytest.mark.skipif(os.name != "posix", reason="files have owners and modes there only")


class Compiler:
    """Stands for the real one: the table is the files' names, and it counts how often it was asked."""

    def __init__(self) -> None:
        self.runs = 0

    def compile_packs(self, files: Sequence[tuple[str, bytes]]) -> dict[str, Any]:
        """As ``claimcheck.packs.compiler.compile_packs``; tuples become lists when they are kept."""
        self.runs += 1
        return {"names": tuple(name for name, _ in files)}


@pytest.fixture
def compiler(monkeypatch: pytest.MonkeyPatch) -> Compiler:
    """In place of the compiler."""
    instead = Compiler()
    monkeypatch.setitem(sys.modules, "claimcheck.packs.compiler", instead)
    monkeypatch.setattr(claimcheck.packs, "compiler", instead, raising=False)
    return instead


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one pack, and in it a package without patterns."""
    folder = tmp_path / "checkout" / "claimcheck"
    (folder / "packs").mkdir(parents=True)
    (folder / "packs" / "compiler.py").write_text("# the compiler")
    for name in ("errors.py", "model.py", "prose.py"):
        (folder / name).write_text("")
    (folder.parent / "pyproject.toml").write_text('[project]\nname = "claimcheck-lint"\n')
    (folder.parent / "patterns" / "lexicon").mkdir(parents=True)
    (folder.parent / "patterns" / "lexicon" / "a.yaml").write_text("lists: []")
    monkeypatch.setattr(store, "_PACKAGE", folder)
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """The user's cache folder, not made yet."""
    return tmp_path / "cache"


def kept(cache: Path) -> list[Path]:
    """The compilations in a cache folder."""
    return sorted((cache / "claimcheck" / "packs").glob("*"))


# ------------------------------------------------------------------ where packs are


def test_the_packages_own_patterns_come_first(package: Path) -> None:
    (package / "patterns").mkdir()

    assert store.patterns_folder() == package / "patterns"


def test_in_a_checkout_patterns_stand_beside_the_package(package: Path) -> None:
    assert store.patterns_folder() == package.parent / "patterns"


@pytest.mark.parametrize("pyproject", [None, '[project]\nname = "another"\n', "\xff"])
def test_patterns_beside_another_project_are_not_ours(package: Path, pyproject: str | None) -> None:
    path = package.parent / "pyproject.toml"
    if pyproject is None:
        path.unlink()
    else:
        path.write_text(pyproject, encoding="latin-1")

    with pytest.raises(ClaimcheckError) as raised:
        store.patterns_folder()

    assert str(raised.value) == "the rules of claimcheck are missing\n  fix: Install claimcheck-lint again."


def test_pack_files_are_sorted_and_have_paths_with_slashes(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "z.yml").write_bytes(b"1")
    (tmp_path / "a.yaml").write_bytes(b"2")
    (tmp_path / "b.yaml").write_bytes(b"3")
    (tmp_path / "compiled.json").write_bytes(b"4")

    assert store.pack_files(tmp_path) == [("a.yaml", b"2"), ("b.yaml", b"3"), ("b/z.yml", b"1")]


# ------------------------------------------------------------------ the hash


def test_the_hash_is_the_same_in_any_order() -> None:
    assert store.rules_hash([("a", b"1"), ("b", b"2")]) == store.rules_hash([("b", b"2"), ("a", b"1")])


@pytest.mark.parametrize(
    "files",
    [
        [("a", b"1"), ("b", b"3")],
        [("a", b"1"), ("c", b"2")],
        [("a", b"1")],
        [("a", b"11 1\nb2")],
        [("a", b""), ("b", b"12")],
    ],
)
def test_the_hash_changes_with_names_and_content(files: list[tuple[str, bytes]]) -> None:
    assert store.rules_hash(files) != store.rules_hash([("a", b"1"), ("b", b"2")])


def test_everything_that_compiling_imports_counts_as_the_compiler() -> None:
    code = (
        "import sys, claimcheck.packs.compiler;"
        "print(*sorted(name for name in sys.modules if name.startswith('claimcheck.')))"
    )
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    tops = {name.split(".")[1] for name in run.stdout.split()}

    assert tops <= {name.removesuffix(".py") for name in store._COMPILER}  # noqa: SLF001 - it is about that list


# ------------------------------------------------------------------ loading


def test_the_wheels_compilation_is_used_while_it_fits(package: Path, compiler: Compiler, cache: Path) -> None:
    patterns = (package.parent / "patterns").rename(package / "patterns")
    store.write_compiled(patterns, patterns / "compiled.json")

    table = store.load_compiled(cache_dir=cache)

    rules = store.rules_hash([("lexicon/a.yaml", b"lists: []")])
    assert (table, compiler.runs, kept(cache)) == ({"names": ["lexicon/a.yaml"], "hash": rules}, 1, [])


def test_the_wheels_compilation_is_not_used_for_edited_packs(package: Path, compiler: Compiler, cache: Path) -> None:
    patterns = (package.parent / "patterns").rename(package / "patterns")
    store.write_compiled(patterns, patterns / "compiled.json")
    (patterns / "b.yaml").write_text("lists: []")

    table = store.load_compiled(cache_dir=cache)

    assert (table["names"], compiler.runs) == (["b.yaml", "lexicon/a.yaml"], 2)


def test_a_compilation_that_lies_in_a_checkout_is_not_used(package: Path, compiler: Compiler, cache: Path) -> None:
    patterns = package.parent / "patterns"
    planted = {"names": [], "hash": store.rules_hash(store.pack_files(patterns))}
    (patterns / "compiled.json").write_text(json.dumps(planted))

    table = store.load_compiled(cache_dir=cache)

    assert (table["names"], compiler.runs) == (["lexicon/a.yaml"], 1)


@pytest.mark.usefixtures("package")
def test_packs_are_compiled_once_and_then_kept(compiler: Compiler, cache: Path) -> None:
    first = store.load_compiled(cache_dir=cache)
    second = store.load_compiled(cache_dir=cache)

    assert (first, compiler.runs, [path.name for path in kept(cache)]) == (second, 1, [f"{first['hash']}.json"])


def test_packs_are_compiled_again_when_one_changes(package: Path, compiler: Compiler, cache: Path) -> None:
    store.load_compiled(cache_dir=cache)
    (package.parent / "patterns" / "lexicon" / "a.yaml").write_text("lists: [ ]")
    store.load_compiled(cache_dir=cache)

    assert compiler.runs == 2


def test_packs_are_compiled_again_when_the_compiler_changes(package: Path, compiler: Compiler, cache: Path) -> None:
    store.load_compiled(cache_dir=cache)
    (package / "packs" / "compiler.py").write_text("# a better compiler")
    store.load_compiled(cache_dir=cache)
    store.load_compiled(cache_dir=cache)

    assert compiler.runs == 2


def test_without_the_compilers_sources_nothing_is_kept(package: Path, compiler: Compiler, cache: Path) -> None:
    (package / "model.py").unlink()
    store.load_compiled(cache_dir=cache)

    assert (compiler.runs, kept(cache)) == (1, [])


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5])


def _not_text(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00")


def _nested(path: Path) -> None:
    path.write_bytes(b"[" * 200_000)


def _no_table(path: Path) -> None:
    path.write_bytes(b"[]")


def _other_hash(path: Path) -> None:
    path.write_text(path.read_text().replace(path.stem, "0" * 64))


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.usefixtures("package")
@pytest.mark.parametrize("damage", [_truncate, _not_text, _nested, _no_table, _other_hash, _folder])
def test_a_damaged_compilation_is_made_again(compiler: Compiler, cache: Path, damage: Any) -> None:
    table = store.load_compiled(cache_dir=cache)
    damage(kept(cache)[0])

    assert (store.load_compiled(cache_dir=cache), compiler.runs) == (table, 2)


def _link(path: Path) -> None:
    target = path.parent.parent / "elsewhere.json"
    path.rename(target)
    path.symlink_to(target)


def _writable(path: Path) -> None:
    path.chmod(0o666)


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@POSIX
@pytest.mark.usefixtures("package")
@pytest.mark.parametrize("plant", [_link, _writable, _pipe])
def test_a_compilation_that_others_may_have_planted_is_not_used(compiler: Compiler, cache: Path, plant: Any) -> None:
    store.load_compiled(cache_dir=cache)
    plant(kept(cache)[0])
    store.load_compiled(cache_dir=cache)

    assert compiler.runs == 2


@POSIX
@pytest.mark.usefixtures("package")
def test_a_compilation_of_another_user_is_not_used(
    compiler: Compiler, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.load_compiled(cache_dir=cache)
    monkeypatch.setattr(os, "getuid", lambda: cache.stat().st_uid + 1)
    store.load_compiled(cache_dir=cache)

    assert compiler.runs == 2


@pytest.mark.usefixtures("package")
@pytest.mark.parametrize("git", [Path.mkdir, Path.touch], ids=["repository", "worktree"])
def test_a_cache_inside_a_repository_is_neither_read_nor_written(
    tmp_path: Path, compiler: Compiler, cache: Path, git: Any
) -> None:
    store.load_compiled(cache_dir=cache)
    git(tmp_path / ".git")
    before = [path.read_bytes() for path in kept(cache)]
    table = store.load_compiled(cache_dir=cache)

    assert (table["names"], compiler.runs) == (["lexicon/a.yaml"], 2)
    assert [path.read_bytes() for path in kept(cache)] == before


@POSIX
@pytest.mark.usefixtures("package")
def test_a_cache_that_links_into_a_repository_is_refused(tmp_path: Path, compiler: Compiler, cache: Path) -> None:
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    cache.symlink_to(tmp_path / "repository")
    store.load_compiled(cache_dir=cache)

    assert (compiler.runs, kept(cache)) == (1, [])


@pytest.mark.usefixtures("package")
def test_without_a_place_to_write_packs_are_compiled_in_memory(compiler: Compiler, cache: Path) -> None:
    cache.write_text("a file where a folder should be")

    assert (store.load_compiled(cache_dir=cache)["names"], compiler.runs) == (["lexicon/a.yaml"], 1)


def test_only_the_latest_compilations_are_kept(package: Path, compiler: Compiler, cache: Path) -> None:
    hashes = []
    for number in range(10):
        (package.parent / "patterns" / "lexicon" / "a.yaml").write_text(str(number))
        hashes.append(store.load_compiled(cache_dir=cache)["hash"])
        os.utime(cache / "claimcheck" / "packs" / f"{hashes[-1]}.json", (number, number))

    assert (compiler.runs, {path.stem for path in kept(cache)}) == (10, set(hashes[2:]))


@POSIX
@pytest.mark.usefixtures("package", "compiler")
def test_the_users_cache_folder_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    monkeypatch.setattr(sys, "platform", "linux")
    store.load_compiled()
    monkeypatch.setenv("XDG_CACHE_HOME", "relative/is/no/place")
    store.load_compiled()
    monkeypatch.setattr(sys, "platform", "darwin")
    store.load_compiled()
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    store.load_compiled()

    assert sorted(path.parent.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.json")) == [
        "caches/claimcheck/packs",
        "home/.cache/claimcheck/packs",
        "home/Library/Caches/claimcheck/packs",
        "local/claimcheck/packs",
    ]


# ------------------------------------------------------------------ further packs


@pytest.mark.usefixtures("package")
def test_further_packs_follow_ours_under_the_name_they_were_given(
    tmp_path: Path, compiler: Compiler, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "house" / "words").mkdir(parents=True)
    (tmp_path / "house" / "words" / "c.yml").write_text("lists: []")
    (tmp_path / "own.yaml").write_text("lists: []")

    table = store.load_compiled([Path("own.yaml"), Path("house")], cache_dir=cache)

    assert (table["names"], compiler.runs) == (["lexicon/a.yaml", "own.yaml", "house/words/c.yml"], 1)


@pytest.mark.usefixtures("package", "compiler")
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("gone.yaml", "gone.yaml: there is no such pack\n  fix: Name a pack file or a folder of them."),
        ("empty", "empty: no pack file is in this folder\n  fix: Name a folder of .yaml files."),
    ],
)
def test_a_pack_that_is_not_there_is_an_error(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, name: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()

    with pytest.raises(ClaimcheckError) as raised:
        store.load_compiled([Path(name)], cache_dir=cache)

    assert str(raised.value) == told


@pytest.mark.usefixtures("package", "compiler")
def test_a_pack_that_cannot_be_read_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("closed.yaml").touch()
    monkeypatch.setattr(Path, "read_bytes", _refuse)

    with pytest.raises(ClaimcheckError) as raised:
        store.extra_files([Path("closed.yaml")])

    assert str(raised.value) == (
        "closed.yaml: the pack cannot be read: permission denied\n  fix: Allow it to be read, or remove it."
    )


def _refuse(_path: Path) -> bytes:
    raise PermissionError(13, "Permission denied")


# ------------------------------------------------------------------ building and starting


def test_the_wheels_compilation_is_the_same_bytes_each_time(package: Path, compiler: Compiler, tmp_path: Path) -> None:
    for name in ("first", "second"):
        store.write_compiled(package.parent / "patterns", tmp_path / name)

    assert (compiler.runs, (tmp_path / "first").read_bytes()) == (2, (tmp_path / "second").read_bytes())


def test_starting_imports_neither_yaml_nor_the_compiler() -> None:
    code = (
        "import sys, claimcheck.packs.store;"
        "print(*sorted({'yaml', 'inspect', 'tempfile', 'claimcheck.packs.compiler'} & sys.modules.keys()))"
    )
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert run.stdout == "\n"
