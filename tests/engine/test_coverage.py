"""How near a qualifier stands to a claim: one row for each scope, on documents made by hand."""

from __future__ import annotations

from typing import Any

import pytest

from claimcheck.engine.coverage import Coverage
from claimcheck.model import Claim, Document, Place, Qualifier, Role, Run, Scope, Section, Segment


def _segment(block: int, section: int, **more: Any) -> Segment:
    plain: dict[str, Any] = {"role": Role.PARAGRAPH}
    return Segment("x" * 10, (Run(0, 10, block * 100, 10),), block=block, section=section, **(plain | more))


def _claim(segment: int, block: int, section: int, sentence: int) -> Claim:
    start = block * 100
    return Claim(
        Place(segment, sentence, block, section, start, start + 5), "c", "c", ("efficacy",), "efficacy/scars", ()
    )


def _qualifier(segment: int, block: int, section: int, sentence: int, governs: int | None = None) -> Qualifier:
    start = block * 100 + 50
    return Qualifier(
        Place(segment, sentence, block, section, start, start + 5), "q", "variability", "variability/x", governs
    )


PLAIN = (_segment(0, 0), _segment(1, 0), _segment(2, 1))
LISTED = (_segment(0, 0), _segment(1, 0, role=Role.ITEM, intro=0), _segment(2, 0, role=Role.ITEM, intro=0))
HEADED = (_segment(0, 0, role=Role.HEADING, level=2), _segment(1, 0, role=Role.ITEM, intro=0))
SEEN_APART = (_segment(0, 0, metadata=True, role=Role.VALUE), _segment(1, 0), _segment(2, 1))
MARKED = (_segment(0, 0, marks=((4, "*"),)), _segment(1, 1), _segment(2, 2, note="*", role=Role.NOTE))
MARKED_HEADING = (
    _segment(0, 0, marks=((4, "*"),), role=Role.HEADING, level=2),
    _segment(1, 0),
    _segment(2, 2, note="*"),
)
MARKED_INTRO = (_segment(0, 0, marks=((4, "†"),)), _segment(1, 0, role=Role.ITEM, intro=0), _segment(2, 2, note="†"))


@pytest.mark.parametrize(
    ("segments", "claim", "qualifier", "closing", "scope"),
    [
        (PLAIN, _claim(0, 0, 0, 0), _qualifier(0, 0, 0, 0, governs=0), {}, Scope.CLAIM),
        (PLAIN, _claim(0, 0, 0, 0), _qualifier(0, 0, 0, 0), {}, Scope.SENTENCE),
        (PLAIN, _claim(0, 0, 0, 0), _qualifier(0, 0, 0, 1), {}, Scope.BLOCK),
        (PLAIN, _claim(0, 0, 0, 0), _qualifier(1, 1, 0, 1), {}, Scope.SECTION),
        (PLAIN, _claim(0, 0, 0, 0), _qualifier(2, 2, 1, 1), {}, Scope.DOCUMENT),
        (PLAIN, _claim(0, 0, 0, 0), _qualifier(1, 1, 0, 1, governs=100), {}, None),
        (LISTED, _claim(1, 1, 0, 1), _qualifier(0, 0, 0, 0), {0: 0}, Scope.BLOCK),
        (LISTED, _claim(1, 1, 0, 2), _qualifier(0, 0, 0, 0), {0: 1}, Scope.SECTION),
        (LISTED, _claim(1, 1, 0, 1), _qualifier(2, 2, 0, 2), {}, Scope.SECTION),
        (HEADED, _claim(1, 1, 0, 1), _qualifier(0, 0, 0, 0), {}, Scope.BLOCK),
        (SEEN_APART, _claim(0, 0, 0, 0), _qualifier(2, 2, 1, 2), {}, Scope.SECTION),
        (SEEN_APART, _claim(1, 1, 0, 1), _qualifier(0, 0, 0, 0), {}, Scope.DOCUMENT),
        (MARKED, _claim(0, 0, 0, 0), _qualifier(2, 2, 2, 2), {}, Scope.BLOCK),
        (MARKED, _claim(1, 1, 1, 1), _qualifier(2, 2, 2, 2), {}, Scope.DOCUMENT),
        (MARKED_HEADING, _claim(1, 1, 0, 1), _qualifier(2, 2, 2, 2), {}, Scope.SECTION),
        (MARKED_INTRO, _claim(1, 1, 0, 1), _qualifier(2, 2, 2, 2), {}, Scope.BLOCK),
    ],
)
def test_a_qualifier_stands_as_near_as_its_place_says(
    segments: tuple[Segment, ...], claim: Claim, qualifier: Qualifier, closing: dict[int, int], scope: Scope | None
) -> None:
    document = Document("a.md", "", segments, (Section("", 0, 0), Section("", 0, 0), Section("", 0, 0)))

    edge = Coverage(document, (qualifier,), closing).nearest(claim, "variability")

    assert (edge.scope if edge else None) == scope


def test_of_several_the_nearest_counts() -> None:
    document = Document("a.md", "", PLAIN, (Section("", 0, 0), Section("", 0, 0)))
    far, near = _qualifier(2, 2, 1, 2), _qualifier(1, 1, 0, 1)

    edge = Coverage(document, (far, near), {}).nearest(_claim(0, 0, 0, 0), "variability")

    assert edge is not None
    assert (edge.qualifier, edge.scope) == (near, Scope.SECTION)
