"""Tells what a file is by its content, for files whose name does not say."""

from __future__ import annotations

import json
import re

from claimcheck.extract.decode import marked

_HEAD = 4096

_ZIP = b"PK\x03\x04"
# OpenDocument, part 2, 3.3: the type is the first member of the archive, not compressed, right behind its name.
_ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_NAME_IN_ZIP = 30

# In this order: a page in XHTML begins as XML does.
_TEXTS = (
    ("vtt", re.compile(r"WEBVTT(?:[ \t\r\n]|\Z)")),
    ("srt", re.compile(r"\d++[ \t]*+\r?\n\d\d:\d\d:\d\d,\d{3} --> \d\d:\d\d:\d\d,\d{3}")),
    ("php", re.compile(r"<\?php\s", re.IGNORECASE)),
    (
        "html",
        re.compile(
            r"(?:<\?xml\s[^>]*+>\s*+)?+(?:<!--(?:[^-]|-(?!->))*+-->\s*+)*+(?:<!doctype\s++html|<html)[\s>]",
            re.IGNORECASE,
        ),
    ),
    ("xml", re.compile(r"<\?xml\s")),
)


def sniff(data: bytes) -> str | None:
    """
    Name of the format that a file plainly is; ``None`` if it may be any text, or is none of ours.

    Args:
        data: The whole file. Of its beginning a few thousand bytes count; JSON has to parse to its end.
    """
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(_ZIP):
        return _sniff_zip(data)
    head = _text(data[:_HEAD]).lstrip()
    for name, beginning in _TEXTS:
        if beginning.match(head):
            return name
    return "json" if head.startswith(("{", "[")) and _is_json(data) else None


def is_binary(data: bytes) -> bool:
    """Whether a file is no text: there are NULs in its beginning that no byte order mark explains."""
    return marked(data)[1] == "utf-8" and b"\0" in data[:_HEAD]


def _sniff_zip(data: bytes) -> str | None:
    if data.startswith(_ODT, _NAME_IN_ZIP):
        return "odt"
    # ISO/IEC 29500-2: every package has the first; the names of members stand in the archive as they are.
    return "docx" if b"[Content_Types].xml" in data and b"word/document" in data else None


def _text(data: bytes) -> str:
    mark, encoding = marked(data)
    return data[len(mark) :].decode(encoding, "ignore")


def _is_json(data: bytes) -> bool:
    """Whether it is an object or array of JSON from its beginning to its end."""
    try:
        json.loads(_text(data))
    except (ValueError, RecursionError):
        return False
    return True
