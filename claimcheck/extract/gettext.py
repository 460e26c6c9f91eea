"""Reads message catalogues of gettext (PO files and their templates)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from claimcheck.errors import ExtractError
from claimcheck.extract.decode import decode, place
from claimcheck.extract.embedded import read_embedded
from claimcheck.extract.offsets import OBJECT, Source, StretchBuilder, source_of
from claimcheck.extract.origin import origin_of
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.structure import Outline
from claimcheck.model import Document

_LINE_END = re.compile(r"\r\n?|\n|\Z")
_STRING = re.compile(r'"((?:[^"\\\r\n]++|\\.)*+)"[ \t]*+')
_KEYWORD = re.compile(r"(msgctxt|msgid|msgid_plural|msgstr(?:\[\d{1,3}\])?)[ \t]*+(?=\")")
_BLANK = re.compile(r"[ \t]*+")
_HEADER_LANGUAGE = re.compile(r"^Language:[ \t]*+(\S*)", re.MULTILINE | re.IGNORECASE)

PLACEHOLDER = (
    r"%%|%(?:\(\w{1,64}\)|\d{1,2}\$)?+[-+#0]{0,5}+\d{0,3}+(?:\.\d{0,3}+)?+(?:hh?|ll?|[qjzt])?+[a-zA-Z@](?![a-z])"
)
"""Matches what is put in later by printf and its like, and the two signs for one percent sign."""

_SPECIAL = re.compile(rf"\\(?:[0-7]{{1,3}}|x[0-9a-fA-F]{{1,2}}|.)|{PLACEHOLDER}")
_ESCAPES = {"n": "\n", "t": " ", "r": "\r", "a": "", "b": "", "f": "\f", "v": "\v"}


@dataclass(slots=True)
class _Message:
    """
    What has been read of a message.

    Args:
        start: Where its first comment or keyword stands.
        end: One past its last string.
        strings: For each keyword, such as ``msgstr[1]``, the places of its strings, without their quotes.
        comments: Of the translator: places, with the ``#``.
        fuzzy: Whether the translation is a guess, which programs do not use.
    """

    start: int
    end: int = 0
    strings: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    comments: list[tuple[int, int]] = field(default_factory=list)
    fuzzy: bool = False

    @property
    def is_translated(self) -> bool:
        """Whether all that can belong to it now is another ``msgstr``."""
        return any(keyword.startswith("msgstr") for keyword in self.strings)


def read_records(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Iterator[Document]:
    """
    Read a catalogue: each message is a document.

    Where the header names another language than English it is that of every document, and its translations are what
    the documents hold. In an English catalogue, or one that names no language, a message without a translation stands
    for itself.

    Raises:
        ExtractError: If it is no text, or a line is none of a catalogue.
    """
    text = decode(data, path)
    source, origin = source_of(text), origin_of(path, text, "po")
    language = ""
    for number, message in enumerate(_messages(text, path)):
        if number == 0 and _is_header(message):
            language = _language(text, message)
            continue
        outline = Outline()
        for start, end in message.comments:
            outline.comment(text[start + 1 : end], start, end)
        for keyword in _shown(message):
            outline.enter_value()
            read_embedded(outline, _inner(source, message.strings[keyword]), path=path, reading=reading)
            outline.leave()
        document = origin.document(outline, message.start, message.end, language=language)
        if document.segments:
            yield replace(document, fragment=True)


def _messages(text: str, path: str) -> Iterator[_Message]:
    """The messages with their comments, obsolete ones left out."""
    reader = _Reader(text, path)
    at = 0
    while at < len(text):
        at = reader.take_line(at)
        if reader.done is not None:
            yield reader.done
            reader.done = None
    if reader.message is not None:
        yield reader.message


class _Reader:
    """
    Takes the lines of a catalogue.

    Attributes:
        message: What is being read.
        done: What was read to its end.
    """

    def __init__(self, text: str, path: str) -> None:
        self.message: _Message | None = None
        self.done: _Message | None = None
        self._text = text
        self._path = path
        self._places: list[tuple[int, int]] | None = None

    def take_line(self, at: int) -> int:
        """Take the line that begins there; where the next one does."""
        text = self._text
        start = at = _BLANK.match(text, at).end()  # type: ignore[union-attr]  # it may be empty
        if text.startswith("#", at):
            stop = _LINE_END.search(text, at)
            end = stop.start() if stop else len(text)
            _take_comment(self._begun(start, again=True), text, at, end)
            self._places, at = None, end
        elif keyword := _KEYWORD.match(text, at):
            message = self._begun(start, again=not keyword[1].startswith("msgstr"))
            if keyword[1] in message.strings:
                what = f"'{keyword[1]}' stands twice in one message"
                raise ExtractError(what, where=place(text, at, self._path), fix="Remove one of the two.")
            self._places = message.strings[keyword[1]] = []
            at = keyword.end()
        if text.startswith('"', at):
            at = self._string(at)
        line_end = _LINE_END.match(text, at)
        if line_end is None:
            raise _wrong(text, at, self._path)
        return line_end.end()

    def _begun(self, start: int, *, again: bool) -> _Message:
        """The message that is being read; a new one if none is, or its translations stand there and it comes again."""
        if self.message is None or (again and self.message.is_translated):
            self.done, self.message = self.message, _Message(start)
        return self.message

    def _string(self, at: int) -> int:
        string = _STRING.match(self._text, at)
        if string is None:
            raise _wrong(self._text, at, self._path)
        if self.message is None or self._places is None:
            where = place(self._text, at, self._path)
            raise ExtractError("a string stands here without a keyword", where=where, fix="Write 'msgid' before it.")
        self._places.append(string.span(1))
        self.message.end = string.end(1) + 1
        return string.end()


def _take_comment(message: _Message, text: str, start: int, end: int) -> None:
    kind = text[start + 1 : start + 2]
    if kind == ",":
        message.fuzzy = message.fuzzy or "fuzzy" in re.split(r"[\s,]+", text[start + 2 : end])
    elif kind not in (".", ":", "|", "~", "="):
        message.comments.append((start, end))


def _is_header(message: _Message) -> bool:
    """Whether this is what the catalogue says of itself: the translation of nothing."""
    return "msgctxt" not in message.strings and all(start == end for start, end in message.strings.get("msgid", ()))


def _language(text: str, header: _Message) -> str:
    said = "".join(text[start:end] for start, end in header.strings.get("msgstr", ())).replace("\\n", "\n")
    found = _HEADER_LANGUAGE.search(said)
    return found[1] if found else ""


def _shown(message: _Message) -> list[str]:
    """The keywords whose strings people see: of the translation, else of the message."""
    if not message.fuzzy:
        translated = [
            keyword
            for keyword, places in message.strings.items()
            if keyword.startswith("msgstr") and any(start < end for start, end in places)
        ]
        if translated:
            return translated
    return [keyword for keyword in ("msgid", "msgid_plural") if keyword in message.strings]


def _inner(source: Source, places: list[tuple[int, int]]) -> Source:
    """What the strings stand for together; white space and escapes between them, and quotes, are not part of it."""
    builder = StretchBuilder(source)
    for start, end in places:
        for found in builder.around(_SPECIAL, start, end):
            _add_special(builder, found)
    return builder.inner()


def _add_special(builder: StretchBuilder, found: re.Match[str]) -> None:
    start, end = found.span()
    sign = found[0]
    if sign == "%%":
        builder.exact(start, start + 1)
    elif sign[0] == "%":
        builder.decoded(OBJECT, start, end)
    elif sign[1].isdigit():
        builder.decoded(chr(int(sign[1:], 8)), start, end)
    elif sign[1] == "x" and sign[2:]:
        builder.decoded(chr(int(f"0{sign[1:]}", 0)), start, end)
    elif sign[1] in _ESCAPES:
        builder.decoded(_ESCAPES[sign[1]], start, end)
    else:
        builder.exact(start + 1, end)


def _wrong(text: str, at: int, path: str) -> ExtractError:
    where = place(text, at, path)
    if text.startswith('"', at):
        return ExtractError("a string has no end in its line", where=where, fix="Close its quote.")
    return ExtractError(
        "this is no line of a message catalogue", where=where, fix="Write comments with '#', and strings in quotes."
    )
