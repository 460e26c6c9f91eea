"""Edits of a text, and files that are replaced whole or not at all."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from claimcheck.errors import ClaimcheckError, reason

_LINE_END = re.compile(r"\r\n?|\n")


class Edit(NamedTuple):
    """Put ``new`` in the place of the characters ``start:end`` of a text; equal ones insert it there."""

    start: int
    end: int
    new: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """
    A text with some edits made.

    Args:
        edits: In any order; those that insert at the same place do so in the order given.

    Raises:
        ValueError: If two overlap, or one lies outside the text.
    """
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        if not at <= edit.start <= edit.end <= len(text):
            raise ValueError(f"edits overlap, or lie outside the text, at {edit.start}")
        parts += (text[at : edit.start], edit.new)
        at = edit.end
    return "".join((*parts, text[at:]))


def line_end(text: str) -> str:
    """What ends the first line of a text, and so those that are added to it."""
    found = _LINE_END.search(text)
    return found[0] if found else "\n"


def write_atomically(path: str, data: bytes, *, before: bytes | None = None) -> None:
    """
    Replace the content of a file, which keeps its mode; whoever reads it sees the old content or the new.

    Args:
        path: A symlink stays one: the file to which it leads is replaced, if that lies below the working directory.
        before: What the file must hold; ``None`` for anything.

    Raises:
        ClaimcheckError: If it cannot be written, is no file, lies elsewhere, or holds something else by now.
    """
    target = os.path.realpath(path)
    if os.path.islink(path) and not _is_below(target, os.path.realpath(os.getcwd())):
        raise ClaimcheckError("it is a link to a file elsewhere", where=path, fix="Name that file.")
    try:
        with open(target, "rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(mode):
                raise ClaimcheckError("it is no file that can be replaced", where=path, fix="Edit it by hand.")
            if before is not None and file.read(len(before) + 1) != before:
                raise ClaimcheckError("it has changed in the meantime", where=path, fix="Try again.")
        _replace(target, data, stat.S_IMODE(mode))
    except OSError as error:
        what = f"it cannot be written: {reason(error)}"
        raise ClaimcheckError(what, where=path, fix="See to it that you may write it.") from error


def _replace(target: str, data: bytes, mode: int) -> None:
    # A file that its owner has made read-only is not to be replaced behind their back.
    if not os.access(target, os.W_OK):
        raise PermissionError(13, "Permission denied")
    folder, name = os.path.split(target)
    scratch = os.path.join(folder, f".{name}.{os.urandom(4).hex()}.tmp")
    try:
        with open(scratch, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(scratch, mode)
        os.replace(scratch, target)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(scratch)
        raise


def _is_below(path: str, folder: str) -> bool:
    return os.path.commonpath((path, folder)) == folder
