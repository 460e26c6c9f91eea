"""Patterns as in ``.gitignore``, which people give on the command line and in the configuration."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import TYPE_CHECKING

from claimcheck.errors import UsageError
from claimcheck.names import place_of

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

# What it says of patterns, and of those that make no expression, such as "[z-a]".
_NO_PATTERN = (ValueError, re.error)
_ALL = ["**"]


@lru_cache(maxsize=64)
def compiled(patterns: tuple[str, ...]) -> GitIgnoreSpec | None:
    """
    Patterns that somebody gave; ``None`` if there are none.

    Raises:
        UsageError: If one makes no sense; it says where it stands.
    """
    try:
        return _spec([pattern.removeprefix("./") for pattern in patterns])
    except _NO_PATTERN as error:
        wrong = [pattern for pattern in patterns if not _is_pattern(pattern.removeprefix("./"))]
        named = ", ".join(f"'{pattern}'" for pattern in wrong)
        fix = "Write a pattern as in .gitignore, such as 'drafts/'."
        raise UsageError(f"{named} is no pattern", where=place_of(wrong[0]), fix=fix) from error


def lenient(lines: Sequence[str]) -> GitIgnoreSpec | None:
    """The lines of a ``.gitignore``; as for git, those that make no sense are left out."""
    try:
        return _spec(lines)
    except _NO_PATTERN:
        return _spec([line for line in lines if _is_pattern(line)])


def verdict(patterns: Iterable[str], path: str) -> bool | None:
    """
    What the last of some patterns that fits a file says of it; ``None`` if none fits.

    Args:
        path: As it is reported. A pattern that begins with ``!`` says ``False``.

    Raises:
        UsageError: If a pattern makes no sense.
    """
    spec = compiled(tuple(patterns))
    return None if spec is None else spec.check_file(path).include


def last_fit(patterns: Iterable[str], path: str) -> int | None:
    """
    Which of some patterns is the last that fits a file; ``None`` if none does.

    Raises:
        UsageError: If a pattern makes no sense.
    """
    spec = compiled(tuple(patterns))
    found = None if spec is None else spec.check_file(path)
    return found.index if found is not None and found.include else None


def seen_from(pattern: str, folder: str) -> tuple[str, ...]:
    """
    A pattern as it is written in one folder, made for paths as they are reported: from the working directory.

    Args:
        folder: Where it is written, from the working directory, such as ``site`` or ``../..``; empty for that itself.

    Returns:
        The patterns that say the same together: from below a folder, there may be several.
    """
    parts = [part for part in os.path.normpath(folder).split(os.sep) if part != "."] if folder else []
    up = parts.count("..")
    here = os.getcwd().split(os.sep)[-up:] if up else []
    sign, body = ("!", pattern[1:]) if pattern.startswith("!") else ("", pattern)
    if "/" not in body.rstrip("/"):
        # It fits at any depth, and all that is in a folder that it fits.
        depths = [depth for depth, one in enumerate(here, 1) if fnmatchcase(one, body.rstrip("/"))]
        return (pattern, *(f"{sign}/{one}" for one in _from_below(_ALL, here[depths[0] :]))) if depths else (pattern,)
    body = body.removeprefix("./").lstrip("/")
    below = "".join(f"{_escaped(part)}/" for part in parts[up:])
    if below or not up:
        return (f"{sign}/{'../' * up}{below}{body}",) if below else (pattern,)
    return tuple(f"{sign}/{one}" for one in dict.fromkeys(_from_below(body.split("/"), here)))


def _from_below(pattern: list[str], folders: list[str]) -> Iterator[str]:
    """Patterns of a folder for paths from one of the folders in it; ``folders`` leads there."""
    up = "../" * len(folders)
    if pattern == _ALL:
        # Not "**", which would fit "..", too.
        yield from (f"{up}[!.]*", f"{up}.[!.]*")
    else:
        yield up + "/".join(pattern)
    if not folders:
        return
    first, *rest = pattern
    if first == "**":
        yield from _from_below(pattern, folders[1:])
        if rest:
            yield from _from_below(rest, folders)
    elif fnmatchcase(folders[0], first):
        # A pattern of a folder fits all that is in it.
        yield from _from_below(rest if any(rest) else _ALL, folders[1:])


def literal(path: str) -> str:
    """The pattern that fits one path below the working directory and nothing else."""
    return "/" + _escaped(path)


def _escaped(path: str) -> str:
    return re.sub(r"([\\*?\[\]!# ])", r"\\\1", path)


def _spec(lines: Sequence[str]) -> GitIgnoreSpec | None:
    if not lines:
        return None
    # It takes 20 ms to import, and most runs have no patterns.
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(lines)


def _is_pattern(line: str) -> bool:
    try:
        _spec([line])
    except _NO_PATTERN:
        return False
    return True
