"""
Find, hash and load the rules: from the wheel's compilation, the user's cache, or compiled here and now.

It runs at every start of the program, so YAML and the compiler are imported only when there is something to compile.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimcheck.errors import ClaimcheckError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

COMPILED = "compiled.json"
PROJECT_LINE = 'name = "claimcheck-lint"'

_PACKAGE = Path(__file__).resolve().parent.parent
# Where compiling is programmed: what these files made yesterday is no use when they say something else today.
_COMPILER = ("packs", "errors.py", "model.py", "prose.py")
# Raised when the same pack files come to mean something else; it is part of their hash.
_FORMAT = 2
# An escape in JSON, whole, so that a backslash before "u007f" is not taken for one.
_ESCAPE = re.compile(r"\\(u007f|.)")
# Compilations that stay in the user's cache folder.
_KEPT = 8
_WRITABLE_BY_OTHERS = 0o022


def load_compiled(extra: Sequence[Path] = (), *, cache_dir: Path | None = None) -> dict[str, Any]:
    """
    The compiled rules: ours, and those of further packs.

    Args:
        extra: Pack files, or folders of them.
        cache_dir: In place of the user's cache folder. Neither is used inside a repository: whoever sends a
            change to it could plant rules that find nothing.

    Returns:
        What ``claimcheck.packs.compiler.compile_packs`` returned, and its ``hash``.

    Raises:
        ClaimcheckError: If the shipped or a further pack is missing or cannot be read.
        PackError: If a pack is wrong.
    """
    folder = patterns_folder()
    files = [*pack_files(folder), *extra_files(extra)]
    rules = rules_hash(files)
    if folder.parent == _PACKAGE and (table := _table_in(folder / COMPILED, rules)) is not None:
        return table
    cache, compiler = _cache_folder(cache_dir), _compiler_hash()
    if cache is None or compiler is None:
        return _compiled(files, rules)
    kept = cache / f"{rules}.json"
    table = _table_in(kept, rules, compiler=compiler)
    if table is None:
        table = _compiled(files, rules)
        _keep({**table, "compiler": compiler}, kept)
    return table


def write_compiled(patterns: Path, target: Path) -> None:
    """
    Compile a folder of pack files for the wheel.

    Args:
        patterns: The folder.
        target: The file to write; the same packs make the same bytes.

    Raises:
        PackError: If a pack is wrong.
    """
    files = pack_files(patterns)
    target.write_bytes(_bytes_of(_compiled(files, rules_hash(files))))


def patterns_folder() -> Path:
    """
    The shipped packs: inside the package, or in a checkout beside it.

    Raises:
        ClaimcheckError: If they are in neither place.
    """
    inside = _PACKAGE / "patterns"
    if inside.is_dir():
        return inside
    beside = _PACKAGE.parent / "patterns"
    if beside.is_dir() and _is_our_project(_PACKAGE.parent / "pyproject.toml"):
        return beside
    raise ClaimcheckError("the rules of claimcheck are missing", fix="Install claimcheck-lint again.")


def pack_files(folder: Path) -> list[tuple[str, bytes]]:
    """
    The pack files below a folder.

    Returns:
        ``(path below the folder, with '/'; content)``, sorted; ``.yaml`` and ``.yml`` only.

    Raises:
        ClaimcheckError: If one cannot be read.
    """
    found = [
        Path(parent, name)
        for parent, _folders, names in os.walk(folder)
        for name in names
        if name.endswith((".yaml", ".yml"))
    ]
    return sorted((path.relative_to(folder).as_posix(), _content(path)) for path in found)


def rules_hash(files: Iterable[tuple[str, bytes]]) -> str:
    """What stands for these pack files and the way in which they are compiled: SHA-256, hexadecimal."""
    digest = hashlib.sha256(f"claimcheck packs {_FORMAT}\n".encode())
    for path, data in sorted(files):
        name = path.encode("utf-8", "surrogateescape")
        # With their lengths, so that no bytes can move from one file to the next unseen.
        digest.update(b"%d %d\n%b%b" % (len(name), len(data), name, data))
    return digest.hexdigest()


def _is_our_project(pyproject: Path) -> bool:
    try:
        return PROJECT_LINE in pyproject.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return False


def extra_files(paths: Iterable[Path]) -> list[tuple[str, bytes]]:
    """
    Further pack files as ``(path as given, content)``.

    Raises:
        ClaimcheckError: If one is missing or cannot be read.
    """
    files: list[tuple[str, bytes]] = []
    for path in paths:
        shown = path.as_posix()
        if path.is_dir():
            inside = [(f"{shown}/{name}", data) for name, data in pack_files(path)]
            if not inside:
                raise ClaimcheckError(
                    "no pack file is in this folder", where=shown, fix="Name a folder of .yaml files."
                )
            files += inside
        elif path.is_file():
            files.append((shown, _content(path)))
        else:
            raise ClaimcheckError("there is no such pack", where=shown, fix="Name a pack file or a folder of them.")
    return files


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        what = f"the pack cannot be read: {error.strerror}"
        raise ClaimcheckError(what, where=path.as_posix(), fix="Allow it to be read, or remove it.") from None


def _compiled(files: Sequence[tuple[str, bytes]], rules: str) -> dict[str, Any]:
    """Through JSON and back, so that a table just made is the same as one that was kept."""
    from claimcheck.packs.compiler import compile_packs

    loaded: dict[str, Any] = json.loads(_bytes_of({**compile_packs(files), "hash": rules}))
    return loaded


def _bytes_of(table: dict[str, Any]) -> bytes:
    """As ASCII; DEL, of which there are very many, stands as itself, since to read its escape takes time."""
    text = json.dumps(table, separators=(",", ":"))
    return _ESCAPE.sub(lambda one: "\x7f" if one[1] == "u007f" else one[0], text).encode("ascii")


def _table_in(path: Path, rules: str, *, compiler: str | None = None) -> dict[str, Any] | None:
    """
    The table in a file, if it is the one that is wanted and whole.

    Args:
        path: A compilation.
        rules: The hash that it must carry.
        compiler: For the user's cache: the hash of the compiler that it must carry. The file must then belong to
            the user alone.
    """
    try:
        with os.fdopen(os.open(path, _flags(path, links=compiler is None)), "rb") as file:
            if compiler is not None and not _is_own(os.fstat(file.fileno())):
                return None
            table = json.loads(file.read())
    except (OSError, ValueError, RecursionError):
        return None
    if isinstance(table, dict) and table.get("hash") == rules and table.pop("compiler", None) == compiler:
        return table
    return None


def _flags(path: Path, *, links: bool) -> int:
    if not links and path.is_symlink():
        raise OSError
    # Without O_NONBLOCK a pipe of that name would stop the program.
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    return flags if links else flags | getattr(os, "O_NOFOLLOW", 0)


def _is_own(status: os.stat_result) -> bool:
    if sys.platform == "win32":
        return True
    return status.st_uid == os.getuid() and not status.st_mode & _WRITABLE_BY_OTHERS


def _compiler_hash() -> str | None:
    """What stands for the compiler's own sources; None when they are not there to be looked at."""
    digest = hashlib.sha256()
    try:
        for name in _COMPILER:
            path = _PACKAGE / name
            for source in sorted(path.glob("*.py")) if path.is_dir() else [path]:
                digest.update(hashlib.sha256(source.read_bytes()).digest())
    except OSError:
        return None
    return digest.hexdigest()


def _cache_folder(given: Path | None) -> Path | None:
    """Where compilations are kept; None when there is no place that can be trusted."""
    base = given if given is not None else _user_cache()
    if base is None or not base.is_absolute():
        return None
    folder = Path(os.path.realpath(base / "claimcheck" / "packs"))
    return None if any(os.path.lexists(parent / ".git") for parent in (folder, *folder.parents)) else folder


def _user_cache() -> Path | None:
    if sys.platform == "win32":
        return Path(os.environ["LOCALAPPDATA"]) if os.environ.get("LOCALAPPDATA") else None
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if sys.platform != "darwin" and named.is_absolute():
        return named
    try:
        return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")
    except RuntimeError:  # there is no home folder
        return None


def _keep(table: dict[str, Any], path: Path) -> None:
    """Write a table whole or not at all; where that is not possible it is compiled again next time."""
    import tempfile

    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, scratch = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_bytes_of(table))
            Path(scratch).replace(path)
        except OSError:
            Path(scratch).unlink()
            raise
        _forget_old(path.parent)
    except OSError:
        return


def _forget_old(folder: Path) -> None:
    kept = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in kept[_KEPT:]:
        path.unlink()
