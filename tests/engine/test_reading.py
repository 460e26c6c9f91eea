"""Documents become sentences of words, and words stand for lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from claimcheck.engine.lists import has, is_part, is_stop, targets_between
from claimcheck.engine.reading import NO_LISTS, NUMBER, PART, STOP
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
