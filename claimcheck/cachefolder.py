"""The user's cache folder: files in it are whole or not there, and belong to the user alone."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_WRITABLE_BY_OTHERS = 0o022


def cache_folder(part: str, given: Path | None = None) -> Path | None:
    """
    Where things of a kind are kept; ``None`` when there is no place that can be trusted.

    Args:
        part: Name of the folder for the kind.
        given: In place of the user's cache folder. Neither is used inside a repository: whoever sends a change to it
            could plant results in which nothing is found.
    """
    base = given if given is not None else _user_cache()
    if base is None or not base.is_absolute():
        return None
    folder = Path(os.path.realpath(base / "claimcheck" / part))
    return None if any(os.path.lexists(parent / ".git") for parent in (folder, *folder.parents)) else folder


def kept(path: Path) -> bytes | None:
    """What a file of a cache folder holds; ``None`` if it is not there, or others could have written it."""
    try:
        with os.fdopen(_opened(path), "rb") as file:
            return file.read() if _is_own(os.fstat(file.fileno())) else None
    except OSError:
        return None


def keep(path: Path, data: bytes) -> bool:
    """Write a file of a cache folder whole or not at all; whether that was possible."""
    # The module tempfile would cost every run more than the rest of this.
    scratch = path.with_name(f"{os.urandom(8).hex()}.tmp")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with os.fdopen(
                os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "wb"
            ) as file:
                file.write(data)
            scratch.replace(path)
        except BaseException:
            scratch.unlink(missing_ok=True)
            raise
    except OSError:
        return False
    return True


def _opened(path: Path) -> int:
    if path.is_symlink():
        raise OSError
    # Without O_NONBLOCK a pipe of that name would stop the program.
    names = ("O_BINARY", "O_NONBLOCK", "O_NOFOLLOW")
    return os.open(path, sum((getattr(os, name, 0) for name in names), os.O_RDONLY))


def _is_own(status: os.stat_result) -> bool:
    if sys.platform == "win32":
        return True
    return status.st_uid == os.getuid() and not status.st_mode & _WRITABLE_BY_OTHERS


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
