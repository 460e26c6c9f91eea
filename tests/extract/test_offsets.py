"""The map from a segment's text to the file: how it is built, cut and cleaned."""

from __future__ import annotations

import re

import pytest

from claimcheck.extract.offsets import Source, Stretch, StretchBuilder, part
from claimcheck.model import Run


def test_neighbouring_stretches_become_one_run() -> None:
    builder = StretchBuilder(Source("reduces scars"))
    builder.exact(0, 4)
    builder.exact(4, 13)

    assert builder.build() == Stretch("reduces scars", (Run(0, 13, 0, 13),))


def test_what_was_left_out_parts_runs() -> None:
    builder = StretchBuilder(Source("re**duces** &amp;\n so\u00adft"))
    builder.exact(0, 2)
    builder.exact(4, 9)
    builder.exact(11, 12)
    builder.decoded("&", 12, 17)
    builder.line_break(17, 19)
    builder.exact(19, 24)

    assert builder.build() == Stretch(
        "reduces & soft",
        (
            Run(0, 2, 0, 2),
            Run(2, 5, 4, 5),
            Run(7, 1, 11, 1),
            Run(8, 1, 12, 5, exact=False),
            Run(9, 1, 17, 2, exact=False),
            Run(10, 2, 19, 2),
            Run(12, 2, 22, 2),
        ),
        breaks=(9,),
    )


def test_what_a_pattern_finds_is_for_the_caller_to_add() -> None:
    builder = StretchBuilder(Source("ab-cd--ef-"))

    for found in builder.around(re.compile("-+"), 1, 9):
        if found[0] == "-":
            builder.decoded("\u2013", *found.span())

    assert builder.inner() == Source(
        "b\u2013cdef",
        (Run(0, 1, 1, 1), Run(1, 1, 2, 1, exact=False), Run(2, 2, 3, 2), Run(4, 2, 7, 2)),
        plain=True,
    )


def test_space_at_the_ends_is_cut_off_and_marks_stay_with_the_text() -> None:
    builder = StretchBuilder(Source("  a b \n"))
    builder.line_break(0, 1)
    builder.exact(1, 6)
    builder.line_break(6, 7)
    builder.mark("^1")

    assert builder.build() == Stretch("a b", (Run(0, 3, 2, 3),), marks=((3, "^1"),))


def test_an_address_becomes_one_character() -> None:
    source = "see https://a.b/c\n*d, www.e.f) or g@h.ij."
    builder = StretchBuilder(Source(source))
    builder.exact(0, 17)
    builder.mark("^1")
    builder.line_break(17, 18)
    builder.exact(19, len(source))

    assert builder.build() == Stretch(
        "see \ufffc d, \ufffc) or \ufffc.",
        (
            Run(0, 4, 0, 4),
            Run(4, 1, 4, 13, exact=False),
            Run(5, 1, 17, 1, exact=False),
            Run(6, 3, 19, 3),
            Run(9, 1, 22, 7, exact=False),
            Run(10, 5, 29, 5),
            Run(15, 1, 34, 6, exact=False),
            Run(16, 1, 40, 1),
        ),
        breaks=(5,),
        marks=((5, "^1"),),
    )


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (
            0,
            6,
            Stretch("ab\u00a0cd", (Run(0, 2, 0, 2), Run(2, 2, 2, 6, exact=False), Run(4, 2, 8, 2)), (2,), ((2, "*"),)),
        ),
        (1, 3, Stretch("b\u00a0", (Run(0, 1, 1, 1), Run(1, 1, 2, 6, exact=False)), (1,), ((1, "*"),))),
        (2, 5, Stretch("\u00a0c", (Run(0, 2, 2, 6, exact=False), Run(2, 1, 8, 1)), (0,))),
        (3, 3, Stretch("", ())),
    ],
)
def test_a_part_keeps_its_map(start: int, end: int, expected: Stretch) -> None:
    whole = Stretch("ab\u00a0 cd", (Run(0, 2, 0, 2), Run(2, 2, 2, 6, exact=False), Run(4, 2, 8, 2)), (2,), ((2, "*"),))

    assert part(whole, start, end) == expected._replace(text=whole.text[start:end])
