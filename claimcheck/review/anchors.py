"""From a stretch of the text to the places in the body where its comment begins and ends, and the edits for it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from operator import itemgetter
from typing import NamedTuple

from claimcheck.extract.flow import Placed
from claimcheck.model import Document
from claimcheck.review.body import Body, Unit, preserves
from claimcheck.review.markup import Edit, Extent, Names, appended, quoted, tag_at, tag_name

_NUMBER = re.compile(rb"""[:\s]id\s*=\s*["'](\d{1,9})["']""")
_CHANGE = re.compile(rb"""(<(?:[\w.-]+:)?rPrChange\b[^>]*?[\w.-]+:id\s*=\s*["'])\d+""")

_PARTS = {
    "header": "In the header",
    "footer": "In the footer",
    "footnotes": "In this footnote",
    "endnotes": "In this endnote",
}
_NOTES = frozenset({"footnotes", "endnotes"})
_ELSEWHERE = "Elsewhere in the file, such as in its title"
_INSIDE = "In a text box, picture, chart or control"


class Source(NamedTuple):
    """What stretches of the text come from: their first and their last character; ``sign`` is that of a note."""

    first: Placed | None
    last: Placed | None
    start: int
    end: int
    sign: str


class _Point(NamedTuple):
    """A place between units, or in a run that is taken apart there: between its children, or in one of them."""

    at: int
    unit: Unit | None = None
    text: Extent | None = None


class Anchor(NamedTuple):
    """
    What a comment stands beside.

    Args:
        reference: Where the run that refers to it stands, in bytes.
        where: What the comment has to say of its place, as it does not stand beside its very words; empty if it does.
    """

    start: _Point
    end: _Point
    reference: int
    where: str = ""


def sources(document: Document, places: Sequence[Placed], spans: Iterable[tuple[int, int]]) -> list[Source]:
    """What stretches of the text come from, each ``start, end`` and not empty."""
    noted = [(one.runs[0].source, one.note) for one in document.segments if one.note and not one.metadata]
    told: list[Source] = []
    for start, end in spans:
        first, last = _placed(places, start), _placed(places, end - 1)
        sign = ""
        if first is not None and first.origin.part in _NOTES:
            # It stands in the last of them that begins before it.
            index = bisect_right(noted, start, key=itemgetter(0)) - 1
            sign = noted[index][1] if index >= 0 else ""
        told.append(Source(first, last, start, end, sign))
    return told


def _placed(places: Sequence[Placed], offset: int) -> Placed | None:
    index = bisect_right(places, offset, key=lambda one: one.start) - 1
    return places[index] if index >= 0 and offset < places[index].end else None


def wanted(sources: Iterable[Source]) -> set[int]:
    """Where the elements of the body begin that these come from, in bytes."""
    origins = (one.origin for source in sources for one in (source.first, source.last) if one is not None)
    return {origin.at for origin in origins if origin.part == "body"}


def anchor(source: Source, body: Body, top: Anchor) -> Anchor:
    """
    What the comment on a stretch stands beside.

    Args:
        top: What those stand beside that have no place of their own.
    """
    first = source.first
    if first is None:
        return top._replace(where=_ELSEWHERE)
    if first.origin.part != "body":
        unit = body.notes.get(source.sign)
        where = _PARTS.get(first.origin.part, _ELSEWHERE)
        return _around(unit, where) if unit else top._replace(where=where)
    begins = body.unit(first.origin.at)
    if begins is None:
        return top._replace(where=_INSIDE)
    last = source.last if source.last is not None and source.last.origin.part == "body" else first
    ends = body.unit(last.origin.at) or begins
    start, end = _start(begins, first, source.start, body), _end(ends, last, source.end, body)
    if start is None or end is None or end.at < start.at:
        return _around(begins, _INSIDE)
    # In a run that is taken apart, the reference follows the words at once.
    return Anchor(start, end, end.at if ends.after == ends.extent.end else ends.after)


def whole(first: Extent, content: int) -> Anchor:
    """A whole paragraph; where what stands in it begins, in bytes."""
    return Anchor(_Point(content), _Point(first.inner_end), first.inner_end)


def _around(unit: Unit, where: str) -> Anchor:
    return Anchor(_Point(unit.extent.start), _Point(unit.extent.end), unit.after, where)


def _start(unit: Unit, placed: Placed, offset: int, body: Body) -> _Point | None:
    number = unit.numbers.get(placed.origin.at)
    if number is None:
        return None
    child = unit.children[number]
    at = _character(body, unit, number, offset - placed.start)
    if at is not None and at > child.extent.inner:
        return _Point(at, unit, child.extent)
    return _Point(child.extent.start, unit) if number else _Point(unit.extent.start)


def _end(unit: Unit, placed: Placed, offset: int, body: Body) -> _Point | None:
    number = unit.numbers.get(placed.origin.at)
    if number is None:
        return None
    child = unit.children[number]
    at = _character(body, unit, number, offset - placed.start)
    if at is not None and at < child.extent.inner_end:
        return _Point(at, unit, child.extent)
    if number + 1 < len(unit.children):
        return _Point(child.extent.end, unit)
    return _Point(unit.extent.end)


def _character(body: Body, unit: Unit, number: int, index: int) -> int | None:
    starts = body.characters(unit.children[number])
    return starts[index] if starts is not None and index < len(starts) else None


# --------------------------------------------------------------------------- edits


@dataclass(slots=True)
class _Marks:
    """What is inserted at one place, in this order: ends first, lest a comment seem to go on to the next."""

    point: _Point
    ends: list[bytes] = field(default_factory=list)
    starts: list[bytes] = field(default_factory=list)


def numbers_of(*parts: bytes) -> set[int]:
    """All numbers that name something in these parts."""
    return {int(found) for xml in parts for found in _NUMBER.findall(xml)}


def edits(
    anchors: Sequence[tuple[int, Anchor]], body: Body, names: Names, style: str, used: set[int]
) -> Iterator[Edit]:
    """
    What makes comments stand beside their anchors.

    Args:
        anchors: Each with the number of its comment.
        names: Those of the body.
        style: That of the mark which stands for a comment; empty for none.
        used: Numbers that are taken, those of the comments among them.
    """
    marks: dict[int, _Marks] = {}
    for number, one in anchors:
        _at(marks, one.start).starts.append(_element(names, "commentRangeStart", number))
        _at(marks, one.end).ends.append(_element(names, "commentRangeEnd", number))
        _at(marks, _Point(one.reference)).ends.append(_reference(names, number, style))
    fresh = (number for number in count() if number not in used)
    opened: set[int] = set()
    for at, here in marks.items():
        text = b"".join((*here.ends, *here.starts))
        point = here.point
        if body.first is not None and at == body.first.inner_end == body.first.end:
            yield appended(body.xml, body.first, text)
        elif point.unit is None:
            yield Edit(at, at, text)
        else:
            yield Edit(at, at, _apart(point.unit, point.text, text, body.xml, fresh))
        if point.text is not None and point.text.start not in opened:
            opened.add(point.text.start)
            if not preserves(tag_at(body.xml, point.text.start)):
                yield Edit(point.text.inner - 1, point.text.inner - 1, b' xml:space="preserve"')


def _at(marks: dict[int, _Marks], point: _Point) -> _Marks:
    return marks.setdefault(point.at, _Marks(point))


def _apart(unit: Unit, text: Extent | None, between: bytes, xml: bytes, fresh: Iterator[int]) -> bytes:
    """What ends a run, and the text in it that is taken apart, and begins another like it."""
    properties = _CHANGE.sub(lambda found: found[1] + str(next(fresh)).encode(), unit.properties)
    before, after = b"</" + tag_name(unit.tag) + b">", unit.tag + properties
    if text is not None:
        tag = tag_at(xml, text.start)
        before = b"</" + tag_name(tag) + b">" + before
        after += tag if preserves(tag) else tag[:-1] + b' xml:space="preserve">'
    return before + between + after


def _element(names: Names, name: str, number: int) -> bytes:
    prefix, declaration = names
    return f'<{prefix}:{name}{declaration} {prefix}:id="{number}"/>'.encode()


def _reference(names: Names, number: int, style: str) -> bytes:
    prefix, declaration = names
    properties = f'<{prefix}:rPr><{prefix}:rStyle {prefix}:val="{quoted(style)}"/></{prefix}:rPr>' if style else ""
    run = f'<{prefix}:r{declaration}>{properties}<{prefix}:commentReference {prefix}:id="{number}"/></{prefix}:r>'
    return run.encode()
