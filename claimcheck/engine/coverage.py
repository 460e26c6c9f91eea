"""
Which qualifier stands how near to which claim: a graph, worked out before anything is judged. Pure.

Source: scope as in the design: claim, sentence, block, section, document, from near to far.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from claimcheck.model import Claim, Document, Qualifier, Role, Scope

_Key = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Edge:
    """A qualifier that covers a claim, and how near it stands."""

    qualifier: Qualifier
    scope: Scope


class Coverage:
    """
    The edges between the claims and the qualifiers of one document.

    Args:
        document: For its blocks, sections, introductions and footnotes.
        qualifiers: All of the document, in its order.
        closing: For each block the number of its last sentence, which is the one that introduces a list.
    """

    def __init__(self, document: Document, qualifiers: Sequence[Qualifier], closing: Mapping[int, int]) -> None:
        self._segments = document.segments
        self._closing = closing
        self._index: dict[_Key, list[tuple[int, int]]] = {}
        self._qualifiers = tuple(qualifiers)
        marks = _marks(document)
        for number, qualifier in enumerate(self._qualifiers):
            for scope, place in self._places(qualifier, marks):
                for name in (qualifier.kind, qualifier.rule):
                    self._index.setdefault((name, scope, place), []).append((qualifier.place.start, number))
        for entries in self._index.values():
            entries.sort()

    def nearest(self, claim: Claim, kind: str) -> Edge | None:
        """The nearest qualifier of this kind, or of the rule of this id; ``None`` if the document has none."""
        return next(self._edges(claim, kind), None)

    def _edges(self, claim: Claim, kind: str) -> Iterator[Edge]:
        segment = self._segments[claim.place.segment]
        keys: list[tuple[Scope, str, int]] = [
            (Scope.CLAIM, "claim", claim.place.start),
            (Scope.SENTENCE, "sentence", claim.place.sentence),
            (Scope.BLOCK, "block", claim.place.block),
        ]
        if segment.intro is not None:
            keys.append((Scope.BLOCK, "introduction", segment.intro))
        if segment.metadata:
            keys.append((Scope.SECTION, "visible", 0))
        else:
            keys.append((Scope.SECTION, "section", claim.place.section))
        keys.append((Scope.DOCUMENT, "document", 0))
        for scope, place, number in keys:
            found = self._closest((kind, place, number), claim.place.start)
            if found is not None:
                yield Edge(found, scope)

    def _closest(self, key: _Key, offset: int) -> Qualifier | None:
        entries = self._index.get(key)
        if not entries:
            return None
        at = bisect_left(entries, (offset, -1))
        around = entries[max(0, at - 1) : at + 1]
        return self._qualifiers[min(around, key=lambda entry: (abs(entry[0] - offset), entry[0]))[1]]

    def _places(self, qualifier: Qualifier, marks: dict[str, list[int]]) -> Iterator[tuple[str, int]]:
        """Everywhere the qualifier counts, as what ``_edges`` looks up."""
        if qualifier.governs is not None:
            yield "claim", qualifier.governs
            return
        place, segment = qualifier.place, self._segments[qualifier.place.segment]
        yield "sentence", place.sentence
        yield "document", 0
        if segment.metadata:
            # An alt text shares the block of the prose around it, where nobody reads it.
            return
        yield "block", place.block
        yield "visible", 0
        yield "section", place.section
        if segment.role is Role.HEADING or self._closing.get(place.block) == place.sentence:
            yield "introduction", place.block
        for bearer in marks.get(segment.note, ()) if segment.note else ():
            marked = self._segments[bearer]
            if marked.role is not Role.HEADING:
                yield "block", marked.block
            yield "introduction", marked.block
            yield "section", marked.section


def _marks(document: Document) -> dict[str, list[int]]:
    """Sign to the segments that bear it."""
    found: dict[str, list[int]] = {}
    for number, segment in enumerate(document.segments):
        for sign in dict.fromkeys(sign for _, sign in segment.marks):
            found.setdefault(sign, []).append(number)
    return found
