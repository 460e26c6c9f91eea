"""
A configuration that an earlier run has read: neither YAML nor what checks it is loaded again.

A hook runs at every commit, and loading them takes longer than all the rest of it when no page is new.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from claimcheck.cache import as_json, from_json, program_stamp
from claimcheck.cachefolder import cache_folder, keep, kept
from claimcheck.config import Config


def config_at(path: str, version: str, *, cache_dir: str | None = None) -> Config:
    """
    What ``configfile.read_config`` says of a file, from the cache when none of the files that make it has changed.

    Args:
        path: As it is to be shown.
        version: Of the running program.
        cache_dir: In place of the user's cache folder.

    Raises:
        PackError: If there is something wrong in it.
        UsageError: If it cannot be read, is for other versions, or names a pack that is not there.
    """
    folder = cache_folder("configurations", None if cache_dir is None else Path(os.path.abspath(cache_dir)))
    if folder is None:
        return _read(path, version)
    # Paths in it are seen from the working directory.
    stamp = "\0".join((program_stamp(), version, os.getcwd(), path))
    entry = folder / f"{hashlib.sha256(stamp.encode('utf-8', 'surrogateescape')).hexdigest()}.json"
    known = _known(entry)
    if known is not None:
        return known
    config = _read(path, version)
    if (digests := _digests(config.files)) is not None:
        keep(entry, json.dumps([digests, as_json(config)], separators=(",", ":")).encode())
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
        config: Config = from_json(said, Config)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return config if digests == _digests(config.files) else None


def _digests(files: tuple[str, ...]) -> list[str] | None:
    try:
        return [hashlib.sha256(Path(file).read_bytes()).hexdigest() for file in files]
    except OSError:  # reading it will say why
        return None
