"""
Results of earlier runs, by everything that they depend on: a file that has not changed is not checked again.

An entry is JSON, never pickle: whoever could write one must not be able to run anything. One that is damaged, or was
written by another version, is a miss.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from claimcheck import __version__
from claimcheck.cachefolder import PARTS, cache_folder, forget_unused, keep, kept, stored
from claimcheck.errors import UsageError
from claimcheck.model import FileResult
from claimcheck.names import Placed, place_of

_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Cache:
    """
    A folder of results.

    Args:
        folder: Where they are kept.
        stamp: What stands for all that results depend on beside the file: program, rules and options.
    """

    folder: Path
    stamp: str

    def find(self, name: str, data: bytes) -> FileResult | None:
        """The result for a file of that name (as it is reported) and content, if it is known."""
        found = kept(self._path(name, data))
        if found is None:
            return None
        try:
            return decoded(json.loads(found), FileResult)  # type: ignore[no-any-return]
        except (ValueError, TypeError, KeyError, RecursionError):
            return None

    def keep(self, name: str, data: bytes, result: FileResult) -> None:
        """Remember a result, if there is room; not one that another run might not come to."""
        if not result.failures:
            keep(self._path(name, data), json.dumps(encoded(result), separators=(",", ":")).encode())

    def _path(self, name: str, data: bytes) -> Path:
        digest = hashlib.sha256(f"{self.stamp}\0{name}\0".encode("utf-8", "surrogateescape"))
        digest.update(data)
        key = digest.hexdigest()
        return self.folder / key[:2] / f"{key[2:]}.json"


def open_cache(given: str | None, *depends: str) -> Cache | None:
    """
    The cache to use; ``None`` if there is no place for one.

    Args:
        given: A folder in place of the user's cache folder.
        depends: What results depend on beside the file and the program.

    Raises:
        UsageError: If the folder that was given lies inside a repository.
    """
    folders = cache_folders(given)
    if not folders:
        return None
    forget_unused(folders)
    stamp = hashlib.sha256("\0".join((program_stamp(), *depends)).encode("utf-8", "replace"))
    return Cache(folders[PARTS.index("results")], stamp.hexdigest())


def cache_folders(given: str | None) -> list[Path]:
    """
    Where things are kept, in the order of ``PARTS``; none if there is no place that can be trusted.

    Raises:
        UsageError: If the folder that was given lies inside a repository.
    """
    place = None if given is None else Path(os.path.abspath(given))
    folders = [folder for part in PARTS if (folder := cache_folder(part, place)) is not None]
    if len(folders) < len(PARTS) and given is not None:
        fix = "Name a folder outside: whoever sends a change could plant results in which nothing is found."
        raise UsageError("the cache lies inside a repository", where=given, fix=fix)
    return folders if len(folders) == len(PARTS) else []


def clear(folders: Iterable[Path]) -> None:
    """Forget all that cache folders hold. Raises OSError if that is not allowed."""
    import shutil

    for folder in folders:
        if folder.exists():
            shutil.rmtree(folder)


def size_of(folders: Iterable[Path]) -> tuple[int, int]:
    """How many files cache folders hold, and how many bytes they take. Raises OSError if that cannot be told."""
    sizes = [path.stat().st_size for path in stored(folders)]
    return len(sizes), sum(sizes)


def program_stamp() -> str:
    """What stands for the program as it is installed: while it is worked on, its version stays the same."""
    return f"{__version__}\0{sys.version}\0{_sources()}"


@cache
def _sources() -> str:
    told: list[str] = []
    for folder, inner, names in os.walk(_PACKAGE):
        inner[:] = sorted(one for one in inner if one != "__pycache__")
        for name in sorted(names):
            status = os.stat(os.path.join(folder, name))
            told.append(f"{name} {status.st_size} {status.st_mtime_ns}")
    return "\n".join(told)


# ----------------------------------------------------------------------------- as JSON and back


def encoded(value: Any) -> Any:
    """
    A dataclass as JSON: fields in their order, tuples as lists, mappings as lists of pairs, enumerations by value.

    A text that remembers where it stands (``names.place_of``) is ``[text, place]``.
    """
    if is_dataclass(value):
        return [encoded(getattr(value, one.name)) for one in fields(value)]
    if isinstance(value, tuple):
        return [encoded(one) for one in value]
    if isinstance(value, Mapping):
        return [[encoded(one) for one in pair] for pair in value.items()]
    if isinstance(value, str) and (place := place_of(value)):
        return [str(value), place]
    return value.value if isinstance(value, Enum) else value


def decoded(data: Any, kind: Any) -> Any:
    """
    What ``encoded`` made JSON of.

    Args:
        data: The JSON.
        kind: The type that it must be.

    Raises:
        TypeError: If it is none.
        ValueError: If a list has another length, or there is no such member of an enumeration.
    """
    return _decoder(kind)(data)


@lru_cache(maxsize=256)
def _decoder(kind: Any) -> Callable[[Any], Any]:
    """What reads one type; made once for each, as a run reads thousands of values of few types."""
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        readers = [_decoder(hints[one.name]) for one in fields(kind)]
        made = kind
        return lambda data: made(*[read(one) for read, one in zip(readers, _a(list, data), strict=True)])
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if get_origin(kind) is tuple:
        return _tuple_decoder(get_args(kind))
    if get_origin(kind) is Mapping:
        key, value = map(_decoder, get_args(kind))
        return lambda data: {key(one): value(other) for one, other in _a(list, data)}
    if get_origin(kind) in (Union, UnionType):
        (inner,) = (_decoder(one) for one in get_args(kind) if one is not NoneType)
        return lambda data: None if data is None else inner(data)
    return _text if kind is str else lambda data: _a(kind, data)


def _text(data: Any) -> str:
    if type(data) is str:
        return data
    text, place = _a(list, data)
    return Placed(_a(str, text), _a(str, place))


def _tuple_decoder(parts: tuple[Any, ...]) -> Callable[[Any], Any]:
    if parts[1:] == (Ellipsis,):
        each = _decoder(parts[0])
        return lambda data: tuple([each(one) for one in _a(list, data)])
    readers = [_decoder(part) for part in parts]
    return lambda data: tuple([read(one) for read, one in zip(readers, _a(list, data), strict=True)])


def _a(kind: type, data: Any) -> Any:
    if type(data) is not kind:
        raise TypeError(f"{kind.__name__} expected, not {type(data).__name__}")
    return data
