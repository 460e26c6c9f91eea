"""Reads files that are zip archives of XML, such as Word's, and no more of them than a document can need."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Protocol
from xml.parsers import expat

from claimcheck.errors import ExtractError

_MOST_PARTS = 10_000
_MOST_BYTES = 64_000_000
_MOST_TAGS = 2_000_000
_MOST_LEVELS = 500
_CHUNK = 1 << 20

_ENTRY = b"PK\x01\x02"
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x1
_LEAVE_OUT = "Leave the file out, or save it anew."

# What zipfile and zlib raise when an archive is damaged or uses what they do not know.
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, OverflowError, RuntimeError, ValueError,
)  # fmt: skip


class Handler(Protocol):
    """Takes in one part; names are ``prefix:local``, those of unknown namespaces are without prefix."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins; the names of its attributes are ``URI local``, see ``attribute``."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Characters; what stands together may come in several calls."""


class Package:
    """
    A zip archive of XML parts.

    Args:
        data: The whole file.
        path: As it is to be shown.
        kind: What it should be, such as ``Word document``.

    Raises:
        ExtractError: If it is no zip archive.
    """

    def __init__(self, data: bytes, path: str, kind: str) -> None:
        self.path = path
        self._kind = kind
        self._bytes = 0
        self._tags = 0
        if data.startswith(_COMPOUND_FILE):
            raise self.error(
                f"the file is encrypted or older than its name says, and no {kind} that can be read",
                fix="Save it anew, in the format of its name and without a password.",
            )
        if data.count(_ENTRY) > _MOST_PARTS:
            raise self.error(f"the file holds more than {_MOST_PARTS} parts, which no {kind} needs", fix=_LEAVE_OUT)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _UNREADABLE:
            raise self.error(f"the file is no {kind}: it is no zip archive, or a damaged one", fix=_LEAVE_OUT) from None
        self._parts = {info.filename: info for info in self._zip.infolist()}

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    def error(self, what: str, fix: str = "") -> ExtractError:
        """An error in this file."""
        return ExtractError(what, where=self.path, fix=fix)

    def missing(self, part: str) -> ExtractError:
        """The error that a part is not there."""
        return self.error(f"the file is no {self._kind}: it has no part '{part}'", fix=_LEAVE_OUT)

    def read(self, part: str) -> bytes:
        """
        The bytes of a part.

        Raises:
            ExtractError: If it is missing, damaged or encrypted, or if more was read from the file than it can need.
        """
        info = self._parts.get(part)
        if info is None:
            raise self.missing(part)
        if info.flag_bits & _ENCRYPTED:
            raise self.error("the file is encrypted", fix="Save it without a password.")
        # Neither format has any other; of those, memory could not be bounded.
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self.error(f"'{part}' in it is packed in an unknown way", fix=_LEAVE_OUT)
        chunks = []
        try:
            with self._zip.open(info) as stream:
                # What the archive says of sizes is not to be trusted.
                while chunk := stream.read(_CHUNK):
                    chunks.append(chunk)
                    self._bytes += len(chunk)
                    if self._bytes > _MOST_BYTES:
                        raise self._too_large()
        except _UNREADABLE:
            raise self.error(f"'{part}' in it is damaged", fix=_LEAVE_OUT) from None
        return b"".join(chunks)

    def parse(
        self, part: str, handler: Handler, prefixes: Mapping[str, str], *, at: Callable[[int], None] | None = None
    ) -> None:
        """
        Read a part as XML.

        Args:
            part: Its name.
            handler: Takes in what it holds.
            prefixes: The prefix that stands for each namespace in the names that the handler is given.
            at: Is told, right before the handler, at which byte of the part the tag begins; for the end of an element
                that is one tag, where that ends.

        Raises:
            ExtractError: As ``read``; or if it is not well formed, is nested too deeply or has a document type
                declaration, without which no entity can be declared.
        """
        xml = self.read(part)
        self._tags += xml.count(b"<")
        if self._tags > _MOST_TAGS:
            raise self._too_large()
        names: dict[str, str] = {}
        depth = 0

        def short(name: str) -> str:
            known = names.get(name)
            if known is None:
                namespace, _, local = name.rpartition(" ")
                prefix = prefixes.get(namespace, "")
                known = names[name] = f"{prefix}:{local}" if prefix else local
            return known

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > _MOST_LEVELS:
                raise self.error(f"'{part}' in it is nested more than {_MOST_LEVELS} levels deep", fix=_LEAVE_OUT)
            if at is not None:
                at(parser.CurrentByteIndex)
            handler.start(short(name), attributes)

        def end(name: str) -> None:
            nonlocal depth
            depth -= 1
            if at is not None:
                at(parser.CurrentByteIndex)
            handler.end(short(name))

        def refuse(*_declaration: object) -> None:
            raise self.error(
                f"'{part}' in it declares a document type, which could hold entities without end", fix=_LEAVE_OUT
            )

        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = refuse
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = handler.text
        try:
            # All at once: fed piece by piece, older versions of expat begin a long token anew with each piece.
            parser.Parse(xml, True)  # noqa: FBT003 - takes no keywords
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise self.error(f"'{part}' in it is no well-formed XML: {error}", fix=_LEAVE_OUT) from None

    def _too_large(self) -> ExtractError:
        return self.error(
            f"the file holds more than {_MOST_BYTES // 1_000_000} MB or {_MOST_TAGS:,} tags once it is unpacked",
            fix="Split it, or leave it out.",
        )


def attribute(attributes: Mapping[str, str], name: str, default: str = "") -> str:
    """The attribute of that local name, whatever its namespace."""
    for known, value in attributes.items():
        if known.rpartition(" ")[2] == name:
            return value
    return default
