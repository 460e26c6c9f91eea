"""
The body of a Word document as a comment sees it: paragraphs, and what stands in them side by side.

A comment can begin and end between runs, or in one that is taken apart there. What holds paragraphs of its own or is
filled in by Word (a text box, a picture, a formula, a field, a content control in a line) is never taken apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import NamedTuple

from claimcheck.extract.docx import KIND, PREFIXES, sign_of
from claimcheck.extract.package import Package, attribute
from claimcheck.review.markup import Extent, extent, read_part, tag_at

_BLOCKS = frozenset("w:document w:body w:tbl w:tr w:tc w:sdt w:sdtContent w:customXml".split())
_INLINES = frozenset("w:hyperlink w:ins w:moveTo w:smartTag w:customXml w:dir w:bdo".split())
_REFERENCES = frozenset({"w:footnoteReference", "w:endnoteReference"})
_CHARACTER = re.compile(rb"&[^;]*;|\r\n|[\x00-\x7f]|[\xc0-\xff][\x80-\xbf]*")
_SPACES = b" \t\r\n"
_SPACE = re.compile(rb"""\sxml:space\s*=\s*["'](\w*)["']""")


class Child(NamedTuple):
    """What stands right in a run."""

    name: str
    extent: Extent


@dataclass(frozen=True, slots=True)
class Unit:
    """
    What stands in a paragraph beside other such: a run, or what is not looked into.

    Args:
        after: Where, at the earliest, a run can follow it that is in no link, tracked change or field, in bytes.
        tag: Of a run, as it is written; empty for what is none.
        properties: The element with those of a run, as it is written; empty for none.
        children: Of a run, without its properties.
        numbers: Those of the children, by where they begin.
    """

    extent: Extent
    after: int
    tag: bytes = b""
    properties: bytes = b""
    children: tuple[Child, ...] = ()
    numbers: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Body:
    """
    Where comments can stand.

    Args:
        xml: The part.
        units: Those that were asked for, by their starts.
        notes: The units that refer to notes, by their signs.
        first: The first paragraph; that of a table of contents or a title page only if there is no other.
        content: Where what stands in that begins, after its properties.
        known: What ``characters`` has found out; a long text may hold many claims.
    """

    xml: bytes
    units: tuple[Unit, ...]
    notes: Mapping[str, Unit]
    first: Extent | None
    content: int
    known: dict[int, tuple[int, ...] | None] = field(default_factory=dict)

    def unit(self, at: int) -> Unit | None:
        """The one in which an element stands."""
        index = bisect_right(self.units, at, key=lambda one: one.extent.start) - 1
        return self.units[index] if index >= 0 and at < self.units[index].extent.end else None

    def characters(self, child: Child) -> tuple[int, ...] | None:
        """
        Where each character of a text begins, and the end of the last, in bytes.

        ``None`` if it cannot be taken apart: what comes of it would be read in another way.
        """
        if child.extent.start not in self.known:
            self.known[child.extent.start] = _characters(self.xml, child)
        return self.known[child.extent.start]


def read_body(data: bytes, path: str, part: str, wanted: Collection[int], signs: Collection[str]) -> Body:
    """
    Look for places in the body.

    Args:
        part: Its name.
        wanted: Where the elements begin whose units are asked for, in bytes.
        signs: Those of the notes whose references are asked for.

    Raises:
        ExtractError: As ``read_part`` and ``Package.parse``.
    """
    xml = read_part(data, path, part)
    reader = _BodyReader(xml, sorted(wanted), frozenset(signs))
    Package(data, path, KIND).parse(part, reader, PREFIXES, at=reader.at)
    return reader.body()


def _characters(xml: bytes, child: Child) -> tuple[int, ...] | None:
    content = xml[child.extent.inner : child.extent.inner_end]
    # Comments and such would have to be told from text.
    if child.name != "w:t" or b"<" in content:
        return None
    said = _SPACE.search(tag_at(xml, child.extent.start))
    # Spaces at the ends that are not seen now would be seen then.
    if (said and said[1] != b"preserve") or (not said and content != content.strip(_SPACES)):
        return None
    starts = [found.start() for found in _CHARACTER.finditer(content)]
    return tuple(child.extent.inner + at for at in (*starts, len(content)))


def preserves(tag: bytes) -> bool:
    """Whether spaces at the ends of a text are seen."""
    return _SPACE.search(tag) is not None


class _Kind(Enum):
    BLOCK = auto()
    PARAGRAPH = auto()
    INLINE = auto()
    UNIT = auto()
    CHILD = auto()
    INSIDE = auto()


class _BodyReader:
    def __init__(self, xml: bytes, wanted: Sequence[int], signs: frozenset[str]) -> None:
        self._xml = xml
        self._wanted = wanted
        self._signs = signs
        self._index = 0
        self._path: list[_Kind] = []
        self._controls: list[bool] = []
        self._paragraph = 0
        self._properties = 0
        self._outermost = 0
        self._run = 0
        self._children: list[tuple[str, int, int]] = []
        self._borne: list[str] = []
        self._units: list[Unit] = []
        self._fields = 0
        self._pending: list[tuple[Unit, list[str]]] = []
        self._held: list[tuple[Unit, list[str]]] = []
        self._notes: dict[str, Unit] = {}
        self._firsts: dict[bool, tuple[int, int, int]] = {}

    def body(self) -> Body:
        in_control = False not in self._firsts
        first, content = None, 0
        if in_control in self._firsts:
            start, properties, stop = self._firsts[in_control]
            first = extent(self._xml, start, stop)
            content = properties or first.inner
        return Body(self._xml, tuple(self._units), self._notes, first, content)

    def at(self, index: int) -> None:
        self._index = index

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        outer = self._path[-1] if self._path else _Kind.BLOCK
        kind = _kind(name, outer)
        self._path.append(kind)
        if kind is _Kind.BLOCK:
            self._controls.append(name == "w:sdt")
        elif kind is _Kind.PARAGRAPH:
            self._paragraph, self._properties = self._index, 0
        elif kind is _Kind.UNIT:
            self._run, self._children, self._borne = self._index, [], []
        elif kind is _Kind.CHILD:
            self._children.append((name, self._index, self._index))
            if name in _REFERENCES:
                self._borne.append(sign_of(name, attributes))
            elif name == "w:fldChar":
                change = {"begin": 1, "end": -1}.get(attribute(attributes, "fldCharType"), 0)
                # One that began in another paragraph, such as a table of contents, ends here for nothing.
                self._fields = max(self._fields + change, 0)

    def end(self, name: str) -> None:
        kind = self._path.pop()
        if kind is _Kind.CHILD:
            self._children[-1] = (*self._children[-1][:2], self._index)
        elif kind is _Kind.UNIT:
            self._close(name)
        elif kind is _Kind.BLOCK:
            self._controls.pop()
        elif kind is _Kind.PARAGRAPH:
            self._firsts.setdefault(any(self._controls), (self._paragraph, self._properties, self._index))
            self._fields = 0
            self._give()
        if (self._pending or self._held) and self._path[-1] is _Kind.PARAGRAPH:
            self._settle(self._end_of(kind))

    def text(self, data: str) -> None:
        pass

    def _close(self, name: str) -> None:
        if name == "w:pPr" and self._path[-1] is _Kind.PARAGRAPH:
            self._properties = extent(self._xml, self._run, self._index).end
            return
        first = bisect_left(self._wanted, self._run)
        is_wanted = first < len(self._wanted) and self._wanted[first] < self._index
        if not is_wanted and self._signs.isdisjoint(self._borne):
            return
        own = extent(self._xml, self._run, self._index)
        if name != "w:r":
            self._pending.append((Unit(own, 0), self._borne))
            return
        children = [Child(one, extent(self._xml, start, stop)) for one, start, stop in self._children]
        properties = next((one.extent for one in children if one.name == "w:rPr"), Extent(0, 0, 0, 0))
        content = tuple(one for one in children if one.name != "w:rPr")
        unit = Unit(
            own,
            0,
            tag_at(self._xml, own.start),
            self._xml[properties.start : properties.end],
            content,
            {one.extent.start: number for number, one in enumerate(content)},
        )
        self._pending.append((unit, self._borne))

    def _end_of(self, kind: _Kind) -> int:
        """Where what has just ended does so, in bytes."""
        if kind is _Kind.UNIT:
            return extent(self._xml, self._run, self._index).end
        return self._xml.index(b">", self._index) + 1

    def _settle(self, after: int) -> None:
        """What stands right in the paragraph has ended; unless a field is open, so has what its units stand in."""
        self._held += [(replace(unit, after=after), borne) for unit, borne in self._pending]
        self._pending = []
        if not self._fields:
            self._held = [(replace(unit, after=after), borne) for unit, borne in self._held]
            self._give()

    def _give(self) -> None:
        for unit, borne in self._held:
            self._units.append(unit)
            for sign in borne:
                self._notes.setdefault(sign, unit)
        self._held = []


def _kind(name: str, outer: _Kind) -> _Kind:
    if outer is _Kind.BLOCK:
        return _Kind.PARAGRAPH if name == "w:p" else _Kind.BLOCK if name in _BLOCKS else _Kind.INSIDE
    if outer in (_Kind.PARAGRAPH, _Kind.INLINE):
        return _Kind.INLINE if name in _INLINES else _Kind.UNIT
    return _Kind.CHILD if outer is _Kind.UNIT else _Kind.INSIDE
