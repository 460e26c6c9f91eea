"""Reads JSON (RFC 8259), with the comments and trailing commas of themes and settings."""

from __future__ import annotations

import re
from contextlib import suppress

from claimcheck.errors import ExtractError
from claimcheck.extract.decode import decode, place
from claimcheck.extract.escapes import PAIR, string_at
from claimcheck.extract.fields import Fields
from claimcheck.extract.offsets import FILLER, Source, source_of
from claimcheck.extract.origin import origin_of
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.structure import Outline
from claimcheck.model import Document

DEEPEST = 200

# Possessive throughout: what is not closed must not be read again. A lone NaN is what Python writes; code that was
# blanked out of a template is a value, or space.
_SPACE = rf"[ \t\r\n{FILLER}\ufeff]*+"
_PLAIN = r"(?:-?+(?:\d++(?:\.\d++)?+(?:[eE][+-]?+\d++)?+|Infinity)|true|false|null|NaN|\ufffc++)(?![\w.+\"-])"
_STRING = r'"(?P<string>[^"\\\r\n]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\r\n]*+)*+)'
_TOKEN = re.compile(
    rf"""
    {_SPACE}
    (?:
        {_STRING}" (?:{_SPACE}(?P<after>[:,]))?+
      | (?P<sign>[{{}}\[\],:])
      | (?P<plain>{_PLAIN}(?:{_SPACE},{_SPACE}{_PLAIN})*+)
      | (?P<comment>//[^\r\n]*+|/\*(?:[^*]++|\*(?!/))*+\*/)
    )
    """,
    re.VERBOSE,
)
_BROKEN = re.compile(_STRING)
_BLANK = re.compile(_SPACE)
_ESCAPE = re.compile(rf"{PAIR}|\\u[0-9a-fA-F]{{4}}|\\.")
_CLOSING = {"}": "{", "]": "["}

_NO_COMMA = ("a comma is missing before this", "Put a comma before it.")
_NO_KEY = ("a key is missing before this", 'Write "key": before it.')
_NO_VALUE = ("a value is missing before this", "Write one.")
_NO_COLON = ("a colon makes no sense here", "Remove it, or put a key in double quotes before it.")
_COMMA_HERE = ("no key follows this comma", "Remove it, or put the values in brackets.")
_NO_ENTRY = ("nothing stands before this comma", "Remove it.")
_NOT_CLOSED = ("this string is not closed on its line", r"Close it, or write \n for a line break.")
_NO_ESCAPE = ("there is no such escape in a string", r"Write \\ for a backslash.")
_NO_TOKEN = ("this is no value", "Put text in double quotes.")
_TOO_MUCH = ("something follows the end", "Remove it; lines that are each a value belong in a .jsonl file.")


def read(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Document:
    """Read a JSON file. Raises ExtractError if it is no text or no JSON, or nested deeper than ``DEEPEST`` levels."""
    text = decode(data, path)
    outline = Outline()
    language = read_json(outline, source_of(text), text, path=path, reading=reading)
    return origin_of(path, text, "json").document(outline, language=language)


def read_json(outline: Outline, source: Source, text: str, *, path: str, reading: Reading) -> str:
    """
    Add the strings of JSON that are prose to an outline.

    Args:
        outline: Left as deep as it was.
        source: The JSON, a whole file; nothing at all is no error. Where code of a template was blanked out of it, what
            that left of commas is not looked at.
        text: The text of the file, for errors.
        path: The file.
        reading: What a configuration says of keys.

    Returns:
        The language that it names at its top level, or nothing.

    Raises:
        ExtractError: If it is no JSON, or nested deeper than ``DEEPEST`` levels.
    """
    fields = Fields(outline, path=path, reading=reading)
    try:
        add_json(outline, source, 0, len(text), fields)
    except JsonFault as fault:
        raise unreadable(fault, place(text, fault.at, path)) from None
    return fields.language


def try_json(
    outline: Outline, source: Source, start: int, end: int, *, path: str, reading: Reading, metadata: bool = False
) -> None:
    """
    Add the strings of JSON that does not matter to the rest of its file; from a fault on it is passed over.

    Args:
        outline: Left as deep as it was.
        source: The text in which it stands.
        start: Where it begins.
        end: Where it ends.
        path: The file.
        reading: What a configuration says of keys.
        metadata: Whether the strings are seen apart from the page's text, as JSON-LD is.
    """
    with suppress(JsonFault):
        add_json(outline, source, start, end, Fields(outline, path=path, reading=reading, metadata=metadata))


class JsonFault(Exception):  # noqa: N818  # it is one in a file, not in the program
    """
    What is no JSON.

    Args:
        what: One clause.
        fix: One order.
        at: Offset in the source.
    """

    def __init__(self, what: str, fix: str, at: int) -> None:
        super().__init__(what)
        self.what = what
        self.fix = fix
        self.at = at


def unreadable(fault: JsonFault, where: str, more: str = "") -> ExtractError:
    """The error that people see; ``more`` follows what is wrong."""
    return ExtractError(f"this JSON cannot be read: {fault.what}{more}", where=where, fix=fault.fix)


def add_json(outline: Outline, source: Source, start: int, end: int, fields: Fields) -> None:
    """
    Give the keys and strings of JSON to ``fields``, and its comments to the outline; it is left as deep as it was.

    Raises:
        JsonFault: If it is no JSON, or nested deeper than ``DEEPEST`` levels.
    """
    depth = outline.depth
    try:
        _JsonReader(outline, source, fields).read(start, end)
    finally:
        outline.leave_to(depth)


class _JsonReader:
    """Follows the tokens; ``open`` holds the brackets that are open, with their places."""

    def __init__(self, outline: Outline, source: Source, fields: Fields) -> None:
        self._outline = outline
        self._source = source
        self._open: list[tuple[str, int]] = []
        self._done = False  # a value was read, so that a comma must follow
        self._keyed = False  # a key was read, so that a value must follow
        self._lenient = False
        self._fields = fields

    def read(self, start: int, end: int) -> None:
        text = self._source.text
        self._lenient = not self._source.plain and text.find(FILLER, start, end) >= 0
        at = start
        while found := _TOKEN.match(text, at, end):
            kind = found.lastgroup
            if kind in ("string", "after"):
                self._string(found)
            elif kind == "sign":
                self._sign(found["sign"], found.end() - 1)
            elif kind == "plain":
                self._plain(found)
            else:
                self._comment(found)
            at = found.end()
        at = _BLANK.match(text, at, end).end()  # type: ignore[union-attr]  # it may be empty
        if at < end:
            raise _error(at, *_fault(text, at, end))
        if self._open:
            sign, at = self._open[-1]
            raise _error(at, f"'{sign}' is not closed", f"Write '{'}' if sign == '{' else ']'}' where it ends.")

    def _plain(self, found: re.Match[str]) -> None:
        """A number or word of JSON, or several with commas between them."""
        start = found.start("plain")
        self._value(start)
        several = found["plain"].find(",")
        if several >= 0 and not (self._open and self._open[-1][0] == "[") and not self._lenient:
            raise _error(start + several, *(_COMMA_HERE if self._open else _TOO_MUCH))

    def _string(self, found: re.Match[str]) -> None:
        start, end = found.span("string")
        after = found["after"]
        if after == ":":
            if not self._lenient:
                self._expect_key(start - 1, found.end() - 1)
            raw = found["string"]
            self._fields.key(string_at(self._source, start, end, _ESCAPE).text if "\\" in raw else raw)
            self._done, self._keyed = False, True
            return
        self._value(start - 1)
        if after:
            self._comma(end + 1)
        raw = found["string"]
        fields = self._fields
        if "\\" in raw:
            inner = string_at(self._source, start, end, _ESCAPE)
            if fields.takes(inner.text):
                fields.add(inner)
        elif fields.takes(raw):
            fields.add(string_at(self._source, start, end))

    def _expect_key(self, at: int, colon: int) -> None:
        if not self._open or self._open[-1][0] == "[" or self._keyed:
            raise _error(colon, *_NO_COLON)
        if self._done:
            raise _error(at, *_NO_COMMA)

    def _value(self, at: int) -> None:
        """A value begins, and one that is no bracket ends."""
        if not self._lenient:
            if self._done:
                raise _error(at, *(_NO_COMMA if self._open else _TOO_MUCH))
            if self._open and self._open[-1][0] == "{" and not self._keyed:
                raise _error(at, *_NO_KEY)
        self._done, self._keyed = True, False

    def _sign(self, sign: str, at: int) -> None:
        if sign in "{[":
            self._value(at)
            self._done = False
            if len(self._open) == DEEPEST:
                raise _error(at, f"it is nested deeper than {DEEPEST} levels", "Write it flatter.")
            self._open.append((sign, at))
            if sign == "{":
                self._fields.open_mapping()
            else:
                self._fields.open_list()
        elif sign in "}]":
            self._close(sign, at)
        elif sign == ",":
            self._comma(at)
        elif not self._lenient:
            raise _error(at, *_NO_COLON)

    def _comma(self, at: int) -> None:
        if not self._lenient and not (self._done and self._open):
            raise _error(at, *(_TOO_MUCH if self._done else _NO_VALUE if self._keyed else _NO_ENTRY))
        self._done = False

    def _close(self, sign: str, at: int) -> None:
        if not self._open:
            raise _error(at, f"'{sign}' closes nothing", "Remove it.")
        opening = self._open[-1][0]
        if opening != _CLOSING[sign]:
            raise _error(at, f"'{opening}' is closed by '{sign}'", "Close first what was opened last.")
        if self._keyed and not self._lenient:
            raise _error(at, *_NO_VALUE)
        self._open.pop()
        self._fields.close()
        self._done, self._keyed = True, False

    def _comment(self, found: re.Match[str]) -> None:
        start, end = found.span("comment")
        text = self._source.text[start + 2 : end if self._source.text[start + 1] == "/" else end - 2]
        self._outline.comment(text, *self._source.place(start, end))


def _fault(text: str, at: int, end: int) -> tuple[str, str]:
    """What is wrong where no token begins."""
    if text[at] == '"':
        found = _BROKEN.match(text, at, end)
        return _NO_ESCAPE if found and text.startswith("\\", found.end()) else _NOT_CLOSED
    if text.startswith("/*", at):
        return "this comment is not closed", "Write */ where it ends."
    return _NO_TOKEN


def _error(at: int, what: str, fix: str) -> JsonFault:
    return JsonFault(what, fix, at)
