"""Turns the bytes of a file into its prose, with the way back to every character of the file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from claimcheck.errors import UsageError

if TYPE_CHECKING:
    from claimcheck.model import Document


@dataclass(frozen=True, slots=True)
class Format:
    """
    A kind of file that can be read.

    Args:
        name: As it stands in ``Document.format`` and in options.
        suffixes: Endings of file names, lower case, with their dot.
        module: Holds ``read(data: bytes, path: str) -> Document``; imported when the first such file comes.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str


FORMATS: tuple[Format, ...] = (
    Format("text", (".txt", ".text"), "claimcheck.extract.plaintext"),
    Format("markdown", (".md", ".markdown", ".mkd"), "claimcheck.extract.markdown"),
)


def extract(data: bytes, path: str, format: str | None = None) -> Document:
    """
    Read one file.

    Args:
        data: The whole file.
        path: As it is to be shown; its ending gives the format when ``format`` does not.
        format: Name of a format in ``FORMATS``. A file whose ending says nothing is read as plain text.

    Raises:
        ExtractError: If the bytes are no text or the file is nested beyond reason.
        UsageError: If there is no format of that name.
    """
    name = format or format_of(path) or "text"
    for known in FORMATS:
        if known.name == name:
            document: Document = import_module(known.module).read(data, path)
            return document
    names = ", ".join(known.name for known in FORMATS)
    raise UsageError(f"unknown format '{name}'", fix=f"Use one of: {names}.")


def format_of(path: str) -> str | None:
    """Name of the format that the ending of a file name stands for, in any case; ``None`` if it stands for none."""
    suffix = os.path.splitext(path)[1].lower()
    return next((known.name for known in FORMATS if suffix in known.suffixes), None)
