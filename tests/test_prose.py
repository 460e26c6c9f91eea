"""Characters are read one way, and every reading leads back to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.prose import fold, read_words, sentence_spans


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Smooth SKIN", "smooth skin"),
        ("skin’s", "skin's"),
        ("collagen\u2011boosting", "collagen-boosting"),
        ("ﬁne\u00a0lines", "fine lines"),
        ("re\u00addu\u200bces", "reduces"),
        ("décolleté", "decollete"),
        ("scars*", "scars "),
        ("lines†", "lines "),
        ("\u0130nstant", "instant"),
        ("“smart” ‘quotes’", "\"smart\" 'quotes'"),
        ("wait…", "wait..."),
        ("Botox®", "botox "),
        ("e\u0301clat", "eclat"),
        ("\uff15\uff10\uff05", "50%"),
    ],
)
def test_a_text_is_folded(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("collagen-boosting", ("collagen", "boosting")),
        ("doesn't", ("doesn't",)),
        ("the skin's", ("the", "skin", "'s")),
        ("by 2,000 mg", ("by", "2,000", "mg")),
        ("87% saw", ("87", "%", "saw")),
        ("soft, - and", ("soft", ",", "-", "and")),
        ("24h", ("24", "h")),
        ("50-60% in 2-4 weeks", ("50", "60", "%", "in", "2", "4", "weeks")),
        ("1st and 10th", ("1st", "and", "10th")),
        ("it's gone", ("it", "'s", "gone")),
        ("clients' lines", ("clients", "'", "lines")),
        ("3-in-1 - yes -", ("3", "in", "1", "-", "yes", "-")),
        ("(£5)", ("(", "£", "5", ")")),
    ],
)
def test_a_text_has_words(text: str, words: tuple[str, ...]) -> None:
    assert read_words(fold(text)).words == words


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? four", ["One.", "Two!", "Three?", "four"]),
        ("Ask Dr. Shah first. Then book.", ["Ask Dr. Shah first.", "Then book."]),
        ("It is 2.5 times better.", ["It is 2.5 times better."]),
        ('"Gone." They left.', ['"Gone."', "They left."]),
        ("(Really.) Yes", ["(Really.)", "Yes"]),
        ("It works … really. Yes", ["It works …", "really.", "Yes"]),
        ("Serums, e.g. ours. Creams etc. too.", ["Serums, e.g. ours.", "Creams etc. too."]),
        ("One.Two", ["One.Two"]),
        ("One.\n\nTwo?!", ["One.", "Two?!"]),
        ("  ", []),
    ],
)
def test_a_text_is_cut_into_sentences(text: str, sentences: list[str]) -> None:
    folded = fold(text)

    assert [text[folded.original(start) : folded.original(end)] for start, end in sentence_spans(folded)] == sentences


@given(st.text(max_size=60))
def test_every_folded_character_leads_back_to_the_one_that_it_came_from(text: str) -> None:
    folded = fold(text)
    sources = [folded.original(offset) for offset in range(len(folded.text) + 1)]
    again = [fold(text[source]).text for source in sources[:-1]]

    assert sources == sorted(sources)
    assert sources[-1] == len(text)
    assert [one in piece for one, piece in zip(folded.text, again, strict=True)] == [True] * len(folded.text)


@given(st.text(alphabet="aZ9 -'.,!?*’é\n…\u00ad", max_size=60))
def test_words_and_sentences_leave_nothing_out_but_space_and_hyphens(text: str) -> None:
    folded = fold(text)
    spans = list(sentence_spans(folded))
    words = "".join("".join(read_words(folded, start, end).words) for start, end in spans)

    assert words.replace("-", "") == "".join(folded.text.split()).replace("-", "")


@given(st.text(max_size=60))
def test_words_lead_back_to_their_characters(text: str) -> None:
    read = read_words(fold(text))
    again = [fold(text[start:end]).text for start, end in zip(read.starts, read.ends, strict=True)]

    assert [word in folded for word, folded in zip(read.words, again, strict=True)] == [True] * len(again)


@given(st.text(alphabet="aZ9 -'.,é\u00ad½", max_size=60), st.integers(1, 7))
def test_in_pieces_words_are_the_same_and_stand_where_they_stood(text: str, most: int) -> None:
    read = read_words(fold(text))
    pieces = list(read.pieces(most))

    assert [
        (word, start, end)
        for piece in pieces
        for word, start, end in zip(piece.words, piece.starts, piece.ends, strict=True)
    ] == list(zip(read.words, read.starts, read.ends, strict=True))
    assert all(len(piece.words) <= most for piece in pieces)


@given(st.text(max_size=60))
def test_words_stand_in_their_order_and_do_not_run_backwards(text: str) -> None:
    starts = read_words(fold(text)).starts

    assert list(starts) == sorted(starts)
