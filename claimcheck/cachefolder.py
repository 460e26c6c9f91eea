"""The user's cache folder: files in it are whole or not there, and belong to the user alone."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

PARTS = ("configurations", "packs", "results")
"""What is kept, each in a folder of its own."""

_WRITABLE_BY_OTHERS = 0o022
_A_DAY = 86_400  # seconds
_UNUSED_FOR = 14 * _A_DAY
_SWEPT = "swept"  # the file whose age tells when folders were looked through
_ENDINGS = (".json", ".tmp")


def cache_folder(part: str, given: Path | None = None) -> Path | None:
    """
    Where things of a kind are kept; ``None`` when there is no place that can be trusted.

    Args:
        part: One of ``PARTS``.
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
            status = os.fstat(file.fileno())
            if not _is_own(status):
                return None
            if status.st_mtime < time.time() - _A_DAY:
                with suppress(OSError):
                    os.utime(path)
            return file.read()
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


def forget_unused(folders: Sequence[Path]) -> None:
    """Once a day, take out of cache folders what no run has used for 14 days."""
    now, mark = time.time(), folders[-1] / _SWEPT
    with suppress(OSError):
        if os.lstat(mark).st_mtime > now - _A_DAY:
            return
    if not keep(mark, b""):
        return
    for path in stored(folders):
        with suppress(OSError):  # another run has done it
            if path.lstat().st_mtime < now - _UNUSED_FOR:
                path.unlink()


def stored(folders: Iterable[Path]) -> Iterator[Path]:
    """The files of cache folders."""
    for folder in folders:
        for here, _, names in os.walk(folder):
            yield from (Path(here, name) for name in names if name.endswith(_ENDINGS))


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
