"""Documents become sentences of words, and words stand for lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from claimcheck.engine.benefits import promised
from claimcheck.engine.lists import has, is_part, is_stop, targets_between
from claimcheck.engine.sentence import NO_LISTS, NUMBER, PART, STOP
from claimcheck.extract import extract
from claimcheck.packs.rulebook import Rulebook

if TYPE_CHECKING:
    from tests.engine.conftest import Read


def test_sentences_are_numbered_through_the_document_and_know_their_segment(read: Read) -> None:
    sentences = read("One. Two.\n\nThree.", "a.md")

    assert [(s.number, s.segment, s.words) for s in sentences] == [
        (0, 0, ("one", ".")),
        (1, 0, ("two", ".")),
        (2, 1, ("three", ".")),
    ]


def test_words_lead_back_to_the_text_of_the_segment(read: Read) -> None:
    (sentence,) = read("Anti-“AGEING”.")
    text = "Anti-“AGEING”."

    words = [text[start:end] for start, end in zip(sentence.starts, sentence.ends, strict=True)]

    assert (sentence.words, words) == (("anti", "-", '"', "ageing", '"', "."), ["Anti", "-", "“", "AGEING", "”", "."])


def test_a_long_sentence_comes_in_pieces_of_400_words(read: Read) -> None:
    assert [(s.number, len(s.words)) for s in read("word " * 900)] == [(0, 400), (1, 400), (2, 100)]


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        ("xyzzy 47 12th ; —", [NO_LISTS, NUMBER, NUMBER, STOP, STOP]),
        ("reduces acne scars .", [{"lessen"}, PART, {"scars"}, STOP]),
        ("fades acne", [{"lessen"}, {"acne"}]),
        ("stretch marks and scar tissue", [PART, {"stretch-marks"}, set(), PART, {"scars"}]),
        ("acne-scar", [PART, {"scars"}]),
    ],
)
def test_a_word_stands_for_its_lists_and_a_term_stands_on_its_last_word(
    text: str, lists: list[int | set[str]], read: Read, rulebook: Rulebook
) -> None:
    (sentence,) = read(text)

    found = [_named(rulebook, combo, wanted) for combo, wanted in zip(sentence.lists, lists, strict=True)]

    assert found == lists


@pytest.mark.parametrize(
    ("text", "asks"),
    [("Scars?", True), ('"Scars?"', True), ("Scars?!", True), ("Scars.", False), ("What? they said then", False)],
)
def test_a_sentence_asks_when_a_question_mark_ends_it(text: str, *, asks: bool, read: Read) -> None:
    assert read(text)[-1].asks == asks


def test_the_lists_of_a_sentence_can_be_asked_for(read: Read, rulebook: Rulebook) -> None:
    (sentence,) = read("It fades acne scars; wrinkles stay")

    assert (
        targets_between(rulebook, sentence, 0, len(sentence.words)),
        [has(rulebook, sentence, index, "flaw", "lessen") for index in range(4)],
        [is_part(sentence, index) for index in range(4)],
        [index for index in range(len(sentence.words)) if is_stop(sentence, index)],
    ) == ([(3, "scars"), (5, "wrinkles")], [False, True, False, True], [False, False, True, False], [4])


def _named(rulebook: Rulebook, combo: int, wanted: int | set[str]) -> int | set[str]:
    """The lists of a combination, as far as they were asked for."""
    if isinstance(wanted, int) or combo < NO_LISTS:
        return combo
    if not wanted:
        return set()
    return set(rulebook.names[combo] & wanted)


@pytest.mark.parametrize(
    ("introduction", "borrowed"),
    [
        ("It reduces:", ("it", "reduces")),
        ("It does not reduce the look of:", ("it", "does", "not", "reduce", "the", "look", "of")),
        ("What it reduces:", ()),
        ("Our peel is for:", ()),
        ("It reduces", ()),
    ],
)
def test_an_item_borrows_the_words_of_an_introduction_that_ends_in_its_verb(
    introduction: str, borrowed: tuple[str, ...], read: Read
) -> None:
    _, first, second = read(f"{introduction}\n\n- scars\n- smooth lines", "a.md")
    count = len(borrowed)

    assert (first.words, first.lender, first.borrowed) == ((*borrowed, "scars"), 0 if borrowed else None, count)
    assert (first.starts, first.ends) == ((0,) * (count + 1), (0,) * count + (5,))
    assert (second.words, second.lender, second.borrowed) == (("smooth", "lines"), None, 0)


@pytest.mark.parametrize(
    ("text", "borrowed"),
    [
        ("93%\n\nsaw firmer skin", ("93", "%")),
        ("100%\n\nsaw firmer skin", ("100", "%")),
        ("up to 9 in 10\n\nsaw firmer skin", ("up", "to", "9", "in", "10")),
        ("72h\n\nhydration", ("72", "h")),
        ("93\n\nsaw firmer skin", ()),
        ("93% of all women\n\nsaw firmer skin", ()),
        ("93%\n\n94%", ()),
        ("How long do the results last?\n\nUp to a year.", ("the", "results", "last")),
        ("When will I see results?\n\nWithin days.", ("see", "results")),
        ("When will I see results?\n\nStraight away!", ("see", "results")),
        ("When will I see results?\n\nThat depends on your skin.", ()),
        ("Do results last?\n\nUp to a year.", ()),
        ("Results last\n\n12\u201318 months", ("results", "last")),
        ("Results last:\n\n12\u201318 months", ("results", "last")),
        ("The results last.\n\n12\u201318 months", ()),
        ("Results last\n\nlonger", ()),
    ],
)
def test_a_caption_borrows_its_figure_and_a_measure_its_question_or_label(
    text: str, borrowed: tuple[str, ...], read: Read
) -> None:
    before, sentence = read(text, "a.md")
    first = before.words.index(borrowed[0]) if borrowed else 0

    assert (sentence.words[: sentence.borrowed], sentence.lender) == (borrowed, 0 if borrowed else None)
    assert (sentence.skipped, sentence.starts[0]) == (first, 0)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Benefits for skin\n\n- Radiance", set()),
        ("# Skin\n\n## Key benefits\n\n- Radiance\n- Even tone\n- Soft, supple lips\n- Free parking", {2, 3, 4}),
        ("# Skin\n\nBenefits:\n\n- Radiance. It lasts.\n- Fine lines\n- Silky texture\n- 10 ml of radiance", set()),
        ("# Skin\n\n## Filters\n\n- Radiance", set()),
        ("# Skin\n\n## The main benefits of a peel include:\n\n- Radiance\n- Free tea", {2}),
        ("# Skin\n\n## What can it improve?\n\n- Radiance", {2}),
        ("# Mattress\n\n## Benefits\n\n- Comfort", set()),
    ],
)
def test_items_below_benefits_that_name_what_is_gained_are_promised(
    text: str, items: set[int], read: Read, rulebook: Rulebook
) -> None:
    document = extract(text.encode(), "a.md")

    assert promised(document, read(text, "a.md"), rulebook) == items
