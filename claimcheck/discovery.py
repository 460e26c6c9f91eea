"""From paths as a user gives them to the files to check, in a fixed order."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from claimcheck.extract import format_of
from claimcheck.model import Failure

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_PASSED_OVER = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})


@dataclass(frozen=True, slots=True)
class Found:
    """
    A file to check.

    Args:
        shown: As it is reported: relative to the working directory where it lies below it, with ``/``.
        path: Where it is.
        named: Whether the user gave this very path, rather than a folder above it.
    """

    shown: str
    path: Path
    named: bool


def find_files(
    paths: Sequence[str], *, exclude: Sequence[str] = (), force_exclude: bool = False
) -> tuple[tuple[Found, ...], tuple[Failure, ...]]:
    """
    The files that these paths stand for, each once, and the paths that cannot be read.

    Args:
        paths: Files and folders. Folders are walked, honouring ``.gitignore``; hidden ones are passed over, and
            symlinks that lead out of the folder.
        exclude: Patterns as in ``.gitignore``, relative to the working directory.
        force_exclude: Whether they hold for files that are named, too.
    """
    found: dict[str, Found] = {}
    failures: list[Failure] = []
    barred = _spec(exclude)
    for given in paths:
        path = Path(given)
        shown = _shown(path)
        try:
            if path.is_dir():
                for one in _walk(path, failures):
                    name = _shown(one)
                    if not (barred and barred.match_file(name)):
                        found.setdefault(name, Found(name, one, named=False))
            elif not path.exists():
                what = "broken symlink" if path.is_symlink() else "no such file or folder"
                failures.append(Failure(shown, what))
            elif not (force_exclude and barred and barred.match_file(shown)):
                found[shown] = Found(shown, path, named=True)
        except OSError as error:
            failures.append(Failure(shown, _why(error)))
    return tuple(found[name] for name in sorted(found)), tuple(failures)


def _walk(folder: Path, failures: list[Failure]) -> Iterator[Path]:
    """Files of a known format below a folder, sorted; symlinks are followed only where they stay inside."""
    root = folder.resolve()
    ignored: list[tuple[str, GitIgnoreSpec]] = [(str(base), spec) for base, spec in _ignored_above(root)]

    def failed(error: OSError) -> None:
        failures.append(Failure(_shown(Path(error.filename or folder)), _why(error)))

    for base, folders, names in os.walk(folder, onerror=failed):
        here = Path(base)
        spec = _ignore_file(here)
        if spec is not None:
            ignored.append((str(here.resolve()), spec))
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and name not in _PASSED_OVER and not _is_ignored(here / name, ignored, folder=True)
        )
        for name in sorted(names):
            path = here / name
            if name.startswith(".") or format_of(name) is None or _is_ignored(path, ignored, folder=False):
                continue
            if path.is_symlink() and not (path.exists() and path.resolve().is_relative_to(root)):
                continue
            yield path


def _ignored_above(root: Path) -> Iterator[tuple[Path, GitIgnoreSpec]]:
    """The ``.gitignore`` files from the top of the repository down to the folder above ``root``."""
    above = []
    for parent in root.parents:
        above.append(parent)
        if (parent / ".git").exists():
            break
    else:
        return
    if not (root / ".git").exists():
        for parent in reversed(above):
            spec = _ignore_file(parent)
            if spec is not None:
                yield parent, spec


def _ignore_file(folder: Path) -> GitIgnoreSpec | None:
    try:
        text = (folder / ".gitignore").read_text("utf-8", "replace")
    except OSError:
        return None
    return _spec(text.splitlines())


def _spec(patterns: Sequence[str]) -> GitIgnoreSpec | None:
    if not patterns:
        return None
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def _is_ignored(path: Path, ignored: Sequence[tuple[str, GitIgnoreSpec]], *, folder: bool) -> bool:
    if not ignored:
        return False
    full = os.path.join(os.path.realpath(path.parent), path.name)
    for base, spec in ignored:
        if full.startswith(base + os.sep):
            inner = os.path.relpath(full, base).replace(os.sep, "/") + ("/" if folder else "")
            if spec.match_file(inner):
                return True
    return False


def _shown(path: Path) -> str:
    """The path as it is reported."""
    full = Path(os.path.abspath(path))
    try:
        return full.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return Path(os.path.relpath(full)).as_posix() if not path.is_absolute() else full.as_posix()


def _why(error: OSError) -> str:
    """What the system says, in its words without numbers."""
    return (error.strerror or type(error).__name__).lower()
