"""From paths as a user gives them to the files to check, each once, in a fixed order."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from claimcheck.errors import UsageError
from claimcheck.extract import format_of
from claimcheck.model import Failure, Skipped
from claimcheck.names import place_of

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_PASSED_OVER = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})

# A ``.gitignore`` and the folder that is looked at, as a path below that of the file; the deepest file comes last.
_Chain: TypeAlias = "tuple[tuple[GitIgnoreSpec, str], ...]"


@dataclass(frozen=True, slots=True)
class Discovery:
    """
    What the given paths stand for.

    Args:
        files: ``(path as it is reported, path as it is opened)``, sorted by the first.
        skipped: Symlinks that lead out of the folder they stand in; sorted by path.
        failures: What cannot be read or does not exist; sorted by path.
    """

    files: tuple[tuple[str, str], ...]
    skipped: tuple[Skipped, ...]
    failures: tuple[Failure, ...]


def discover(paths: Sequence[str], *, exclude: Sequence[str] = (), force_exclude: bool = False) -> Discovery:
    """
    Find the files to check.

    A folder is walked: files of a known format are taken, ``.gitignore`` is honoured, and what is hidden or installed
    (``node_modules``, ``venv``) is passed over. A file that is named is taken whatever its name, unless it is excluded
    and ``force_exclude`` is set.

    Args:
        paths: Files and folders.
        exclude: Patterns as in ``.gitignore``, relative to the working directory.
        force_exclude: Whether they hold for what is named, too.

    Raises:
        UsageError: If a path is empty, or a pattern makes no sense.
    """
    barred = _exclusions(exclude)
    found: dict[str, str] = {}
    skipped: dict[str, Skipped] = {}
    failures: dict[str, Failure] = {}
    for path in paths:
        name = shown(path)
        folder = os.path.isdir(path)
        if force_exclude and _is_barred(barred, name, folder=folder):
            continue
        if folder:
            walked = _Walk(path, barred)
            found |= {one: there for one, there in walked.files() if one not in found}
            skipped |= {one.path: one for one in walked.skipped}
            failures |= {one.path: one for one in walked.failures}
        elif os.path.lexists(path) and not os.path.exists(path):
            failures[name] = Failure(name, _NOWHERE)
        elif not os.path.exists(path):
            failures[name] = Failure(name, _absence(path))
        else:
            found[name] = path
    return Discovery(
        files=tuple(sorted(found.items())),
        skipped=tuple(one for name, one in sorted(skipped.items()) if name not in found),
        failures=tuple(one for _, one in sorted(failures.items())),
    )


def is_excluded(path: str, exclude: Sequence[str]) -> bool:
    """Whether patterns as in ``.gitignore`` leave a file out; ``path`` is as it is reported."""
    return _is_barred(_exclusions(exclude), path, folder=False)


def shown(path: str) -> str:
    """
    A path as it is reported: relative to the working directory, with ``/``.

    Raises:
        UsageError: If it is empty: the working directory is not what was meant.
    """
    if not path:
        raise UsageError("a path is empty", fix="Name a file or a folder; a variable of the shell may be unset.")
    try:
        relative = os.path.relpath(path)
    except ValueError:  # it is on another drive
        relative = os.path.abspath(path)
    return relative.replace(os.sep, "/")


def reason(error: OSError) -> str:
    """What the system says of an error, in lower case and without its number."""
    return (error.strerror or type(error).__name__).lower()


_NOWHERE = "the symlink leads nowhere; remove it, or exclude it"
_OUTSIDE = "it is a symlink that leads out of the folder; name it to have it checked"


class _Walk:
    """One walk through a folder; what it could not read is known when ``files`` has ended."""

    def __init__(self, root: str, barred: GitIgnoreSpec | None) -> None:
        self.root = root
        self.barred = barred
        self.skipped: list[Skipped] = []
        self.failures: list[Failure] = []

    def files(self) -> Iterator[tuple[str, str]]:
        """``(path as it is reported, path as it is opened)`` in no order; those that symlinks give come last."""
        real = os.path.realpath(self.root)
        links: list[tuple[str, str]] = []
        seen: set[str] = set()
        folders: list[tuple[str, _Chain]] = [(self.root, _ignored_above(real))]
        while folders:
            here, above = folders.pop()
            own = _ignore_file(here)
            chain = (*above, (own, "")) if own else above
            for entry in self._entries(here):
                if entry.is_symlink():
                    links += [(entry.name, entry.path)] if self._is_wanted(entry, chain, folder=False) else []
                elif entry.is_dir(follow_symlinks=False):
                    if entry.name not in _PASSED_OVER and self._is_wanted(entry, chain, folder=True):
                        folders.append((entry.path, tuple((spec, f"{at}{entry.name}/") for spec, at in chain)))
                elif self._is_page(entry) and self._is_wanted(entry, chain, folder=False):
                    name = shown(entry.path)
                    seen.add(name)
                    yield name, entry.path
        for name, path in links:
            yield from self._linked(name, path, real, seen)

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                return list(entries)
        except OSError as error:
            name = shown(folder)
            self.failures.append(Failure(name, f"the folder cannot be read: {reason(error)}"))
            return []

    def _is_page(self, entry: os.DirEntry[str]) -> bool:
        # A pipe of that name would wait for ever.
        return format_of(entry.name) is not None and entry.is_file(follow_symlinks=False)

    def _is_wanted(self, entry: os.DirEntry[str], chain: _Chain, *, folder: bool) -> bool:
        if entry.name.startswith(".") or _is_ignored(entry.name, chain, folder=folder):
            return False
        return self.barred is None or not _is_barred(self.barred, shown(entry.path), folder=folder)

    def _linked(self, name: str, path: str, root: str, seen: set[str]) -> Iterator[tuple[str, str]]:
        """The file that a symlink stands for, unless it has been found by its own name or lies outside."""
        try:
            mode = os.stat(path).st_mode
        except OSError:
            if format_of(name):
                self.failures.append(Failure(shown(path), _NOWHERE))
            return
        page = stat.S_ISREG(mode) and format_of(name) is not None
        target = os.path.realpath(path)
        inside = target == root or target.startswith(os.path.join(root, ""))
        if inside and page and shown(os.path.join(self.root, os.path.relpath(target, root))) not in seen:
            yield shown(path), path
        elif not inside and (page or stat.S_ISDIR(mode)):
            self.skipped.append(Skipped(shown(path), _OUTSIDE))


def _ignored_above(root: str) -> _Chain:
    """What the ``.gitignore`` files above a folder say, up to the top of its repository."""
    chain: list[tuple[GitIgnoreSpec, str]] = []
    below, parent = root, os.path.dirname(root)
    while not os.path.lexists(os.path.join(below, ".git")):
        if parent == below:
            return ()
        spec = _ignore_file(parent)
        if spec is not None:
            chain.append((spec, os.path.relpath(root, parent).replace(os.sep, "/") + "/"))
        below, parent = parent, os.path.dirname(parent)
    # A folder that is asked for by name is looked at, even if it is ignored itself.
    ignored = any(spec.check_file(at).include for spec, at in chain)
    return () if ignored else tuple(reversed(chain))


def _ignore_file(folder: str) -> GitIgnoreSpec | None:
    try:
        with open(os.path.join(folder, ".gitignore"), encoding="utf-8", errors="replace") as file:
            lines = file.read().splitlines()
    except OSError:
        return None
    try:
        return _spec(lines)
    except ValueError:
        return _spec([line for line in lines if _is_pattern(line)])


def _is_pattern(line: str) -> bool:
    try:
        _spec([line])
    except ValueError:
        return False
    return True


def _exclusions(patterns: Sequence[str]) -> GitIgnoreSpec | None:
    try:
        return _spec([pattern.removeprefix("./") for pattern in patterns])
    except ValueError as error:
        wrong = [pattern for pattern in patterns if not _is_pattern(pattern.removeprefix("./"))]
        named = ", ".join(f"'{pattern}'" for pattern in wrong)
        fix = "Write a pattern as in .gitignore, such as 'drafts/'."
        raise UsageError(f"{named} is no pattern", where=place_of(wrong[0]), fix=fix) from error


def _spec(lines: Sequence[str]) -> GitIgnoreSpec | None:
    if not lines:
        return None
    # It takes 20 ms to import, and most runs have no patterns.
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(lines)


def _is_barred(barred: GitIgnoreSpec | None, name: str, *, folder: bool) -> bool:
    # Before version 1, pathspec said None for no.
    return barred is not None and bool(barred.match_file(f"{name}/" if folder else name))


def _is_ignored(name: str, chain: _Chain, *, folder: bool) -> bool:
    """Whether the deepest ``.gitignore`` that says something of this entry ignores it."""
    for spec, at in reversed(chain):
        ignored = spec.check_file(f"{at}{name}/" if folder else f"{at}{name}").include
        if ignored is not None:
            return ignored
    return False


def _absence(path: str) -> str:
    """Why a path cannot be found."""
    try:
        os.stat(path)
    except OSError as error:
        return reason(error)
    except ValueError:
        return "no path has a NUL in it"
    return "it came and went"
