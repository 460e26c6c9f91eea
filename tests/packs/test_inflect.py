"""Inflections and spellings."""

from __future__ import annotations

import pytest

from claimcheck.packs.inflect import adjective_forms, noun_forms, spellings, verb_forms


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("reduce", ["reduce", "reduces", "reduced", "reducing"]),
        ("fight", ["fight", "fights", "fought", "fighting"]),
        ("get", ["get", "gets", "got", "gotten", "getting"]),
        ("blur", ["blur", "blurs", "blurred", "blurring"]),
        ("target", ["target", "targets", "targeted", "targeting"]),
        ("clarify", ["clarify", "clarifies", "clarified", "clarifying"]),
        ("vanish", ["vanish", "vanishes", "vanished", "vanishing"]),
        ("shrink", ["shrink", "shrinks", "shrank", "shrunk", "shrinking"]),
    ],
)
def test_a_verb_has_its_forms(verb: str, forms: list[str]) -> None:
    assert list(verb_forms(verb)) == forms


@pytest.mark.parametrize(("noun", "plural"), [("scar", "scars"), ("allergy", "allergies"), ("blemish", "blemishes")])
def test_a_noun_has_a_plural(noun: str, plural: str) -> None:
    assert noun_forms(noun) == {noun: "base", plural: "s"}


@pytest.mark.parametrize(
    ("adjective", "more", "most"),
    [
        ("firm", "firmer", "firmest"),
        ("fine", "finer", "finest"),
        ("dewy", "dewier", "dewiest"),
        ("slim", "slimmer", "slimmest"),
    ],
)
def test_an_adjective_is_compared(adjective: str, more: str, most: str) -> None:
    assert adjective_forms(adjective) == {adjective: "base", more: "er", most: "est"}


@pytest.mark.parametrize(
    ("word", "both"),
    [
        ("minimise", ("minimise", "minimize")),
        ("moisturizing", ("moisturizing", "moisturising")),
        ("ageing", ("ageing", "aging")),
        ("saviour", ("saviour", "savior")),
        ("colour", ("colour", "color")),
        ("promise", ("promise",)),
        ("scars", ("scars",)),
    ],
)
def test_a_word_is_found_in_british_and_american_spelling(word: str, both: tuple[str, ...]) -> None:
    assert spellings(word) == both
