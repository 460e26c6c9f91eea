"""XML that is edited in place: where the elements of a part stand, and what a name is called there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from xml.sax.saxutils import escape

from claimcheck.errors import ExtractError
from claimcheck.extract.docx import KIND, PREFIXES
from claimcheck.extract.package import Package

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"

_TAG = re.compile(rb"""<(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s++|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_ENCODING = re.compile(rb"""<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)""")
_READABLE = frozenset({b"utf-8", b"us-ascii", b"ascii"})


class Edit(NamedTuple):
    """Put ``new`` in the place of the bytes ``start:end``; equal ones insert it there."""

    start: int
    end: int
    new: bytes


class Extent(NamedTuple):
    """Where an element stands, in bytes: its tag ends at ``inner``, its end tag begins at ``inner_end``."""

    start: int
    inner: int
    inner_end: int
    end: int


@dataclass(slots=True)
class Element:
    """
    An element of a part.

    Args:
        depth: 1 for the root.
        text: The characters right in it.
    """

    name: str
    attributes: Mapping[str, str]
    depth: int
    extent: Extent
    text: str = ""


class Names(NamedTuple):
    """How the elements of Word's own namespace are called in a part, and what each inserted one has to declare."""

    prefix: str
    declaration: str = ""


def read_part(data: bytes, path: str, part: str) -> bytes:
    """
    The bytes of a part that can be edited.

    Raises:
        ExtractError: If it is not UTF-8, or as ``Package.read``.
    """
    package = Package(data, path, KIND)
    xml = package.read(part)
    declared = _ENCODING.match(xml.removeprefix(b"\xef\xbb\xbf"))
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff") or (declared and declared[1].lower() not in _READABLE):
        raise package.error(f"'{part}' in it is not UTF-8", fix="Open it in Word and save it.")
    return xml


def elements(data: bytes, path: str, part: str) -> tuple[bytes, list[Element]]:
    """
    All elements of a part, in its order, and its bytes.

    Raises:
        ExtractError: As ``read_part`` and ``Package.parse``.
    """
    xml = read_part(data, path, part)
    reader = _ElementsReader(xml)
    Package(data, path, KIND).parse(part, reader, PREFIXES, at=reader.at)
    return xml, reader.elements


def tag_at(xml: bytes, start: int) -> bytes:
    """
    The tag that begins there.

    Raises:
        ExtractError: If none does.
    """
    found = _TAG.match(xml, start)
    if found is None:
        raise ExtractError(f"there is no tag at byte {start}")
    return found[0]


def tag_name(tag: bytes) -> bytes:
    """What the element of a tag is called, as it is written."""
    return re.split(rb"[\s/>]", tag[1:], maxsplit=1)[0]


def extent(xml: bytes, start: int, stop: int) -> Extent:
    """Where an element stands that begins at ``start`` and whose end was told of at ``stop``, as ``Package`` tells."""
    inner = start + len(tag_at(xml, start))
    if xml[inner - 2 : inner] == b"/>":
        return Extent(start, inner, inner, inner)
    return Extent(start, inner, stop, xml.index(b">", stop) + 1)


def root(xml: bytes) -> bytes:
    """The tag of the outermost element."""
    prolog = _PROLOG.match(xml)
    return tag_at(xml, prolog.end() if prolog else 0)


def namespace(xml: bytes) -> str:
    """Word's own namespace as the root declares it: transitional, or strict."""
    return STRICT if STRICT.encode() in root(xml) else TRANSITIONAL


def names(xml: bytes, space: str) -> Names:
    """What the elements of a namespace are called in what is inserted."""
    pattern = rb"""\sxmlns:([\w.-]+)\s*=\s*["']""" + re.escape(space.encode()) + rb"""["']"""
    found = re.search(pattern, root(xml))
    return Names(found[1].decode()) if found else Names("w", f' xmlns:w="{space}"')


def appended(xml: bytes, outer: Extent, content: bytes) -> Edit:
    """Put more at the end of an element, which may be one without an end tag."""
    if outer.inner < outer.end:
        return Edit(outer.inner_end, outer.inner_end, content)
    name = tag_name(tag_at(xml, outer.start))
    return Edit(outer.inner - 2, outer.inner, b">" + content + b"</" + name + b">")


def spliced(xml: bytes, edits: Iterable[Edit]) -> bytes:
    """
    A part with some edits made.

    Raises:
        ValueError: If two overlap.
    """
    parts: list[bytes] = []
    at = 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        if edit.start < at:
            raise ValueError(f"edits overlap at byte {edit.start}")
        parts += (xml[at : edit.start], edit.new)
        at = edit.end
    return b"".join((*parts, xml[at:]))


def quoted(text: str) -> str:
    """Text as it stands in an element or in an attribute."""
    return escape(text, {'"': "&quot;"})


class _ElementsReader:
    def __init__(self, xml: bytes) -> None:
        self.elements: list[Element] = []
        self._xml = xml
        self._index = 0
        self._open: list[Element] = []

    def at(self, index: int) -> None:
        self._index = index

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        at = self._index
        self._open.append(Element(name, attributes, len(self._open) + 1, Extent(at, at, at, at)))
        self.elements.append(self._open[-1])

    def end(self, name: str) -> None:  # noqa: ARG002 - as Handler has it
        closed = self._open.pop()
        closed.extent = extent(self._xml, closed.extent.start, self._index)

    def text(self, data: str) -> None:
        self._open[-1].text += data
