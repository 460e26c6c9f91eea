"""
Find, hash and load the rules: from the wheel's compilation, the user's cache, or compiled here and now.

It runs at every start of the program, so YAML and the compiler are imported only when there is something to compile.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from claimcheck.cachefolder import cache_folder, keep, kept
from claimcheck.errors import ClaimcheckError, reason

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


class Packs(NamedTuple):
    """
    Pack files that were found, and not yet compiled.

    Args:
        folder: Of the shipped ones.
        files: ``(path, content)`` of all.
        hash: What stands for them.
    """

    folder: Path
    files: tuple[tuple[str, bytes], ...]
    hash: str


def find_packs(extra: Sequence[Path] = ()) -> Packs:
    """
    The shipped packs, and further ones.

    Args:
        extra: Pack files, or folders of them.

    Raises:
        ClaimcheckError: If the shipped or a further pack is missing or cannot be read.
    """
    folder = patterns_folder()
    files = (*pack_files(folder), *extra_files(extra))
    return Packs(folder, files, rules_hash(files))


def load_compiled(extra: Sequence[Path] = (), *, cache_dir: Path | None = None) -> dict[str, Any]:
    """``compiled_table`` of the packs that ``find_packs`` finds."""
    return compiled_table(find_packs(extra), cache_dir=cache_dir)


def compiled_table(packs: Packs, *, cache_dir: Path | None = None) -> dict[str, Any]:
    """
    The compiled rules.

    Args:
        packs: Of which files.
        cache_dir: In place of the user's cache folder. Neither is used inside a repository: whoever sends a
            change to it could plant rules that find nothing.

    Returns:
        What ``claimcheck.packs.compiler.compile_packs`` returned, and its ``hash``.

    Raises:
        PackError: If a pack is wrong.
    """
    files, rules = packs.files, packs.hash
    if packs.folder.parent == _PACKAGE and (table := _table_in(packs.folder / COMPILED, rules)) is not None:
        return table
    cache, compiler = cache_folder("packs", cache_dir), _compiler_hash()
    if cache is None or compiler is None:
        return _compiled(files, rules)
    path = cache / f"{rules}.json"
    table = _table_in(path, rules, compiler=compiler)
    if table is None:
        table = _compiled(files, rules)
        if keep(path, _bytes_of({**table, "compiler": compiler})):
            _forget_old(cache)
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
        what = f"the pack cannot be read: {reason(error)}"
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
        data = path.read_bytes() if compiler is None else kept(path)
        table = json.loads(data) if data is not None else None
    except (OSError, ValueError, RecursionError):
        return None
    if isinstance(table, dict) and table.get("hash") == rules and table.pop("compiler", None) == compiler:
        return table
    return None


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


def _forget_old(folder: Path) -> None:
    try:
        compiled = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        for path in compiled[_KEPT:]:
            path.unlink()
    except OSError:  # another process was quicker
        return
