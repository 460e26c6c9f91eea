"""Turns bytes into text, and refuses what is no text."""

from __future__ import annotations

import codecs
import re

from claimcheck.errors import ExtractError

_LINE_END = re.compile(r"\r\n?|\n")
_LINE_END_BYTES = re.compile(rb"\r\n?|\n")

# The longer marks first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes, path: str) -> str:
    """
    The text of a file: UTF-8, or what its byte order mark says; the mark itself is not part of the text.

    Raises:
        ExtractError: If the bytes are not in that encoding, or hold a NUL, as only binary files do.
    """
    mark, encoding = next((known for known in _MARKS if data.startswith(known[0])), (b"", "utf-8"))
    body = data[len(mark) :]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(data, path, encoding, len(mark) + error.start) from None
    nul = text.find("\0")
    if nul >= 0:
        line = len(_LINE_END.findall(text, 0, nul)) + 1
        raise ExtractError(
            f"the file is binary: character {nul} is a NUL",
            where=f"{path}:{line}",
            fix="Leave the file out, or save it as UTF-8 text.",
        )
    return text


def line_starts(text: str) -> tuple[int, ...]:
    r"""Offset of the first character of each line; only ``\n``, ``\r\n`` and ``\r`` end a line."""
    return (0, *(found.end() for found in _LINE_END.finditer(text)))


def place(text: str, offset: int, path: str) -> str:
    """``path:line:column`` of an offset."""
    lines = _LINE_END.split(text[:offset])
    return f"{path}:{len(lines)}:{len(lines[-1]) + 1}"


def _undecodable(data: bytes, path: str, encoding: str, offset: int) -> ExtractError:
    name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
    if b"\0" in data[:8192] and name == "UTF-8":
        what = f"the file is binary: byte {offset} is not UTF-8 and there are NULs"
        return ExtractError(what, where=path, fix="Leave the file out, or save it as UTF-8 text.")
    what = f"byte {offset} (0x{data[offset]:02X}) is not {name}"
    # In wider encodings a line end is not one byte, so that lines cannot be counted before decoding.
    line = len(_LINE_END_BYTES.findall(data, 0, offset)) + 1
    where = f"{path}:{line}" if name == "UTF-8" else path
    return ExtractError(what, where=where, fix="Save the file as UTF-8.")
