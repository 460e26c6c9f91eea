"""
A configuration that an earlier run has read: neither YAML nor what checks it is loaded again.

A hook runs at every commit, and loading them takes longer than all the rest of it when no page is new.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from pathlib import Path

from claimcheck.cache import decoded, encoded, program_stamp
from claimcheck.cachefolder import cache_folder, keep, kept
from claimcheck.config import Config


def config_at(path: str, version: str, *, cache: bool, cache_dir: str | None = None) -> Config:
    """
    What ``configfile.read_config`` says of a file, from the cache when none of the files that make it has changed.

    Args:
        path: As it is to be shown.
        version: Of the running program.
        cache: Whether what an earlier run has read is used, and this one's kept.
        cache_dir: In place of the user's cache folder.

    Raises:
        PackError: If there is something wrong in it.
        UsageError: If it cannot be read, is for other versions, or names a pack that is not there.
    """
    given = None if cache_dir is None else Path(os.path.abspath(cache_dir))
    folder = cache_folder("configurations", given) if cache else None
    if folder is None:
        return _read(path, version)
    # Paths in it are seen from the working directory.
    stamp = f"{program_stamp()}\0{version}\0{os.getcwd()}\0{path}"
    entry = folder / f"{hashlib.sha256(stamp.encode('utf-8', 'surrogateescape')).hexdigest()}.json"
    known = _known(entry)
    if known is not None:
        return known
    started = time.time_ns()
    config = _read(path, version)
    # What somebody writes at this moment may not be what was read.
    if (digests := _digests(config.files, before=started)) is not None:
        keep(entry, json.dumps([digests, encoded(config)], separators=(",", ":")).encode())
    return config


def _read(path: str, version: str) -> Config:
    from claimcheck.configfile import read_config  # this is what takes the time

    return read_config(path, version)


def _known(entry: Path) -> Config | None:
    data = kept(entry)
    if data is None:
        return None
    try:
        digests, said = json.loads(data)
        config: Config = decoded(said, Config)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return config if digests == _digests(config.files) else None


def _digests(files: tuple[str, ...], *, before: int | None = None) -> list[str] | None:
    """What stands for the content of files; ``None`` if one cannot be read, or was written later than this."""
    try:
        if before is not None and any(os.stat(file).st_mtime_ns >= before for file in files):
            return None
        return [hashlib.sha256(Path(file).read_bytes()).hexdigest() for file in files]
    except OSError:  # reading it will say why
        return None
