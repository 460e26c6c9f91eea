"""Words that several reports share."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claimcheck.model import QUALIFIER_KINDS, Position, Report, Spot
from claimcheck.policies.sentences import SENTENCES
from claimcheck.reporters.wording import ASKS, asked, in_order, lines, listed, quoted, safe


def test_every_kind_of_qualifier_has_its_words() -> None:
    assert (sorted(ASKS), sorted(SENTENCES)) == (sorted(QUALIFIER_KINDS), sorted(QUALIFIER_KINDS))


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ([], "which study it rests on"),
        ([("clinically proven", ("proof",))], "which study it rests on"),
        (
            [("87% saw fewer lines", ("efficacy",)), ("nine in ten", ("quantified",))],
            "which study the number comes from",
        ),
        ([("87% saw fewer lines", ("quantified",)), ("proven", ("proof",))], "which study it rests on"),
    ],
)
def test_only_claims_with_a_number_are_asked_where_it_comes_from(
    report: Report, claims: list[tuple[str, tuple[str, ...]]], said: str
) -> None:
    one = next(one for result in report.results for one in result.findings)
    assert asked("study-basis", [replace(one, text=text, kinds=kinds) for text, kinds in claims]) == said


def test_kinds_are_listed_in_one_order_each_once() -> None:
    assert in_order(["consultation", "variability", "professional", "variability"]) == (
        "professional",
        "variability",
        "consultation",
    )


@pytest.mark.parametrize(("words", "joined"), [(["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")])
def test_words_are_joined_as_people_do(words: list[str], joined: str) -> None:
    assert listed(words) == joined


@pytest.mark.parametrize(
    ("numbers", "said"),
    [([4], "line 4"), ([9, 4, 9], "lines 4 and 9"), ([1, 2, 3, 4, 5], "lines 1, 2, 3 and more")],
)
def test_lines_are_named_in_order_and_not_too_many(numbers: list[int], said: str) -> None:
    assert lines(Spot("a", Position(n, 1, 0), Position(n, 2, 1)) for n in numbers) == said


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("déjà vu, 美容 and 👩\u200d⚕️", "déjà vu, 美容 and 👩\u200d⚕️"),
        ("\x1b[2J", "\\u{1b}[2J"),
        ("\u202eright to left", "\\u{202e}right to left"),
        ("\x9b2J\x07\r\n", "\\u{9b}2J\\u{7}\\u{d}\\u{a}"),
        ("\udcff", "\\u{dcff}"),
        ("\U000e0041tag", "\\u{e0041}tag"),
        ("\ufeffmark", "\\u{feff}mark"),
    ],
)
def test_what_could_do_harm_to_a_terminal_is_spelt_out(text: str, shown: str) -> None:
    assert safe(text) == shown


def test_a_quotation_is_one_line_and_not_too_long() -> None:
    assert quoted("a\n b " + "c" * 200) == f"“a b {'c' * 95}…”"
