"""Turns bytes into text, and refuses what is no text."""

from __future__ import annotations

import codecs
import re

from claimcheck.errors import ExtractError

LINE_END = re.compile(r"\r\n?|\n")
_LINE_END_BYTES = re.compile(rb"\r\n?|\n")

# The longer marks first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Where a page or XML file says how it is encoded: https://html.spec.whatwg.org/#prescan-a-byte-stream-to-determine-its-encoding
_DECLARED_WITHIN = 1024
_BYTE_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_DECLARED = re.compile(
    rb"""<meta\s[^>]*?charset\s*+=\s*+["']?+\s*+([\w.:-]{1,40})|\A\s*+<\?xml\s[^>]*?encoding\s*+=\s*+["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)

# Encodings of the web, as Python names them: https://encoding.spec.whatwg.org/#names-and-labels. What a page calls by
# the first name is in truth the second, which has more characters.
_WIDER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "shift_jis": "cp932", "euc_kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs",
}  # fmt: skip
_KNOWN = frozenset(_WIDER) | frozenset(
    "iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 iso8859-14 iso8859-15 "
    "iso8859-16 cp866 cp874 cp932 cp949 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 koi8-r koi8-u "
    "mac-roman mac-cyrillic gb18030 big5hkscs euc_jp iso2022_jp".split()
)


def decode(data: bytes, path: str, declared: str = "") -> str:
    """
    The text of a file: UTF-8, or what its byte order mark says; the mark itself is not part of the text.

    Args:
        data: The whole file.
        path: As it is to be shown.
        declared: The encoding that the file says it has, if any: it counts when the bytes are not UTF-8.

    Raises:
        ExtractError: If the bytes are not in that encoding, or hold a NUL, as only binary files do.
    """
    mark, encoding = marked(data)
    body = data[len(mark) :]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        other = "" if mark else _codec(declared)
        if not other:
            raise _undecodable(data, path, encoding, len(mark) + error.start) from None
        text = _decode_declared(body, path, other)
    nul = text.find("\0")
    if nul >= 0:
        line = len(LINE_END.findall(text, 0, nul)) + 1
        raise ExtractError(
            f"the file is binary: character {nul} is a NUL",
            where=f"{path}:{line}",
            fix="Leave the file out, or save it as UTF-8 text.",
        )
    return text


def marked(data: bytes) -> tuple[bytes, str]:
    """The byte order mark with which a file begins, and the encoding that it stands for: UTF-8 if there is none."""
    return next((known for known in _MARKS if data.startswith(known[0])), (b"", "utf-8"))


def declared_encoding(data: bytes) -> str:
    """What a page says in ``<meta charset>`` or ``http-equiv``, or XML in its declaration; empty for nothing."""
    found = _DECLARED.search(_BYTE_COMMENT.sub(b"", data[:_DECLARED_WITHIN]))
    return (found[1] or found[2]).decode("ascii") if found else ""


def recoded(text: str, data: bytes, path: str) -> bytes:
    """
    The bytes of an edited text, in the encoding and with the mark of the file that it was read from.

    Args:
        data: The file as it was.
        path: As it is to be shown.

    Raises:
        ExtractError: If that encoding has no such character.
    """
    mark, encoding = marked(data)
    try:
        data[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        encoding = _codec(declared_encoding(data)) or encoding
    try:
        return mark + text.encode(encoding)
    except UnicodeEncodeError as error:
        what = f"the file is {encoding.upper()}, which has no '{text[error.start]}'"
        raise ExtractError(what, where=path, fix="Save the file as UTF-8.") from None


def line_starts(text: str) -> tuple[int, ...]:
    r"""Offset of the first character of each line; only ``\n``, ``\r\n`` and ``\r`` end a line."""
    return (0, *(found.end() for found in LINE_END.finditer(text)))


def place(text: str, offset: int, path: str) -> str:
    """``path:line:column`` of an offset."""
    lines = LINE_END.split(text[:offset])
    return f"{path}:{len(lines)}:{len(lines[-1]) + 1}"


def _codec(label: str) -> str:
    """Python's name of an encoding of the web; empty for others, some of which are no encodings of text."""
    try:
        name = codecs.lookup(label.lower().removeprefix("x-").replace("windows-31j", "cp932")).name if label else ""
    except LookupError:
        return ""
    return _WIDER.get(name, name) if name in _KNOWN else ""


def _decode_declared(data: bytes, path: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(data, path, encoding, error.start) from None


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
