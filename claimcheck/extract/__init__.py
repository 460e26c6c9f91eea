"""Turns the bytes of a file into its prose, with the way back to every character of the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from claimcheck.errors import ClaimcheckError, ExtractError
from claimcheck.extract.choosing import choose
from claimcheck.extract.formats import FORMATS, Format, format_named, format_of, is_shipped
from claimcheck.extract.fragments import is_fragment
from claimcheck.extract.reading import AS_SHIPPED, Reading

if TYPE_CHECKING:
    from claimcheck.model import Document

__all__ = ["AS_SHIPPED", "FORMATS", "Format", "Reading", "documents", "extract", "format_of"]


def documents(
    data: bytes, path: str, format: str | None = None, *, reading: Reading = AS_SHIPPED
) -> Iterator[Document]:
    """
    Read one file.

    Args:
        data: The whole file.
        path: As it is to be shown.
        format: Name of a format; without one the configuration, the name and the content of the file say it, in that
            order. What none of them knows is read as plain text.
        reading: What a configuration says about reading files.

    Yields:
        Its documents in the order of the file: one, but for a feed, catalogue or message file of which each row, item
        or message is one. They are made one after the other, so that memory does not grow with their number.

    Raises:
        ExtractError: If it cannot be read; documents before the place may have been yielded.
        UsageError: If there is no format of that name, or a pattern of the configuration makes no sense.
    """
    known = format_named(format) if format else choose(data, path, reading).format
    fragment = is_fragment(path, known.name, reading.fragments)
    for document in (_read if is_shipped(known) else _guarded)(known, data, path, reading):
        yield replace(document, fragment=True) if fragment else document


def extract(data: bytes, path: str, format: str | None = None, *, reading: Reading = AS_SHIPPED) -> Document:
    """
    Read a file that is one document.

    Args and errors are those of ``documents``.

    Raises:
        ValueError: If it holds several documents, or none.
    """
    (document,) = documents(data, path, format, reading=reading)
    return document


def _read(known: Format, data: bytes, path: str, reading: Reading) -> Iterator[Document]:
    # Each format has a module of its own, imported when the first such file comes.
    module: Any = import_module(known.module)
    if known.records:
        yield from module.read_records(data, path, reading)
    else:
        yield module.read(data, path, reading)


def _guarded(known: Format, data: bytes, path: str, reading: Reading) -> Iterator[Document]:
    """As ``_read``; a fault of another package's reader is this file's error and does not end the run."""
    try:
        yield from _read(known, data, path, reading)
    except (ClaimcheckError, RecursionError, MemoryError):
        raise
    except Exception as error:
        what = f"the reader of '{known.name}' failed: {type(error).__name__}: {error}"
        raise ExtractError(what, where=path, fix=f"Tell those who made '{known.module}'.") from error
