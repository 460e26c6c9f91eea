"""From paths as a user gives them to the files to check, each once, in a fixed order."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from claimcheck.errors import UsageError, reason
from claimcheck.extract import AS_SHIPPED, Reading, format_of
from claimcheck.extract.choosing import by_name
from claimcheck.model import Failure, Skipped

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

EXCLUDED = "it is excluded"
"""Why a walk passes over what the user wants to be left out."""

_INSTALLED = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})

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


def discover(
    paths: Sequence[str],
    *,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    force_exclude: bool = False,
    reading: Reading = AS_SHIPPED,
) -> Discovery:
    """
    Find the files to check.

    A folder is walked: files of the formats that are looked for in folders are taken, ``.gitignore`` is honoured, and
    what is hidden, installed (``node_modules``, ``venv``) or written for programs (``package.json``) is passed over. A
    file that is named is taken whatever its name, unless ``force_exclude`` is set and a walk would pass it over.

    Args:
        paths: Files and folders.
        include: Files that a walk takes too, whatever their format: patterns as in ``.gitignore``, relative to the
            working directory. Not those that are hidden, ignored, excluded or binary.
        exclude: Such patterns of what a walk leaves out.
        force_exclude: Whether all that holds for what is named, too.
        reading: What a configuration says about formats.

    Raises:
        UsageError: If a path is empty, or a pattern makes no sense.
    """
    selection = _Selection(_patterns(include), _patterns(exclude), reading)
    found: dict[str, str] = {}
    skipped: dict[str, Skipped] = {}
    failures: dict[str, Failure] = {}
    for path in paths:
        name = shown(path)
        folder = os.path.isdir(path)
        if force_exclude and selection.objection(name, folder=folder):
            continue
        if folder:
            walked = _Walk(path, selection)
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


def is_passed_over(path: str, *, include: Sequence[str] = (), exclude: Sequence[str] = ()) -> bool:
    """Whether ``discover`` would leave a file out that is named, if it had to; ``path`` is as it is reported."""
    return bool(_Selection(_patterns(include), _patterns(exclude), AS_SHIPPED).objection(path, folder=False))


def passed_over(
    path: str, *, include: Sequence[str] = (), exclude: Sequence[str] = (), reading: Reading = AS_SHIPPED
) -> str:
    """
    Why a walk through the working directory does not take a file that is there; empty if it does.

    Args:
        path: As it is opened. Of a file that lies elsewhere its own folder is walked.
    """
    name = shown(path)
    selection = _Selection(_patterns(include), _patterns(exclude), reading)
    root = (os.path.dirname(path) or ".") if name.startswith("../") else "."
    walk = _Towards(root, selection, name)
    if any(one == name for one, _ in walk.files()):
        return ""
    if why := selection.objection(name, folder=False):
        return why
    if not selection.takes(os.path.basename(name), path):
        return "folders are not searched for such files"
    if walk.skipped:
        return walk.skipped[0].reason
    linked = os.path.realpath(path) != os.path.join(os.path.realpath(root), os.path.relpath(path, root))
    return "a symlink leads to it" if linked else "a .gitignore says so"


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


_HEAD = 4096  # bytes

_NOWHERE = "the symlink leads nowhere; remove it, or exclude it"
_OUTSIDE = "it is a symlink that leads out of the folder; name it to have it checked"


class _Selection(NamedTuple):
    """Which files a walk takes, by their names; those of ``.gitignore`` aside."""

    include: GitIgnoreSpec | None
    exclude: GitIgnoreSpec | None
    reading: Reading

    def excludes(self, path: str, *, folder: bool) -> bool:
        """Whether a file or folder is excluded; ``path`` is as it is opened."""
        return self.exclude is not None and _fits(self.exclude, shown(path), folder=folder)

    def takes(self, name: str, path: str) -> bool:
        """Whether a file that is not excluded is one to check; ``name`` is that of ``path`` without its folder."""
        if self.include is not None and _fits(self.include, shown(path), folder=False):
            return format_of(name) is not None or not _is_binary(path)
        chosen = by_name(shown(path) if self.reading.formats else name, self.reading)
        return chosen is not None and chosen.format.walked and not _is_machinery(name)

    def objection(self, shown_path: str, *, folder: bool) -> str:
        """Why a walk through a folder above would not come to a path, or not take it, by its name; empty if none."""
        *_, name = parts = shown_path.split("/")
        if any(part.startswith(".") and part not in (".", "..") for part in parts):
            return "its name, or that of a folder above it, begins with a dot"
        if not _INSTALLED.isdisjoint(parts):
            return "it lies among what was installed"
        if self.exclude is not None and _fits(self.exclude, shown_path, folder=folder):
            return EXCLUDED
        included = self.include is not None and _fits(self.include, shown_path, folder=folder)
        return "" if folder or included or not _is_machinery(name) else "such files are written for programs"


class _Walk:
    """One walk through a folder; what it could not read is known when ``files`` has ended."""

    def __init__(self, root: str, selection: _Selection) -> None:
        self.root = root
        self.selection = selection
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
                    if entry.name not in _INSTALLED and self._is_wanted(entry, chain, folder=True):
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
        return entry.is_file(follow_symlinks=False) and self.selection.takes(entry.name, entry.path)

    def _is_wanted(self, entry: os.DirEntry[str], chain: _Chain, *, folder: bool) -> bool:
        if entry.name.startswith(".") or _is_ignored(entry.name, chain, folder=folder):
            return False
        return not self.selection.excludes(entry.path, folder=folder)

    def _linked(self, name: str, path: str, root: str, seen: set[str]) -> Iterator[tuple[str, str]]:
        """The file that a symlink stands for, unless it has been found by its own name or lies outside."""
        try:
            mode = os.stat(path).st_mode
        except OSError:
            if self.selection.takes(name, path):
                self.failures.append(Failure(shown(path), _NOWHERE))
            return
        page = stat.S_ISREG(mode) and self.selection.takes(name, path)
        target = os.path.realpath(path)
        inside = target == root or target.startswith(os.path.join(root, ""))
        if inside and page and shown(os.path.join(self.root, os.path.relpath(target, root))) not in seen:
            yield shown(path), path
        elif not inside and (page or stat.S_ISDIR(mode)):
            self.skipped.append(Skipped(shown(path), _OUTSIDE))


class _Towards(_Walk):
    """A walk that looks only at what leads to one path, as it is reported."""

    def __init__(self, root: str, selection: _Selection, goal: str) -> None:
        super().__init__(root, selection)
        self._goal = f"{goal}/"

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        return [one for one in super()._entries(folder) if self._goal.startswith(f"{shown(one.path)}/")]


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
    from claimcheck.globs import lenient

    return lenient(lines)


def _patterns(given: Sequence[str]) -> GitIgnoreSpec | None:
    if not given:
        return None
    from claimcheck.globs import compiled  # most runs have none

    return compiled(tuple(given))


def _fits(patterns: GitIgnoreSpec, name: str, *, folder: bool) -> bool:
    # Before version 1, pathspec said None for no.
    return bool(patterns.match_file(f"{name}/" if folder else name))


def _is_ignored(name: str, chain: _Chain, *, folder: bool) -> bool:
    """Whether the deepest ``.gitignore`` that says something of this entry ignores it."""
    for spec, at in reversed(chain):
        ignored = spec.check_file(f"{at}{name}/" if folder else f"{at}{name}").include
        if ignored is not None:
            return ignored
    return False


def _is_machinery(name: str) -> bool:
    from claimcheck.extract.machinery import is_machinery  # a run on a page that is named does not ask

    return is_machinery(name)


def _is_binary(path: str) -> bool:
    from claimcheck.extract.sniffing import is_binary

    try:
        with open(path, "rb") as file:
            return is_binary(file.read(_HEAD))
    except OSError:  # the run will say why
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
