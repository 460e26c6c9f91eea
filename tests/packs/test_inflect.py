"""Inflections and spellings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from claimcheck.packs.inflect import adjective_forms, noun_forms, spellings, verb_forms

PATTERNS = Path(__file__).parents[2] / "patterns"
# Verbs that copy about skin could hold and that do not make their past with -ed.
PAST = {
    "bind": "bound", "bring": "brought", "build": "built", "choose": "chose", "deal": "dealt", "draw": "drew",
    "feed": "fed", "feel": "felt", "fight": "fought", "find": "found", "forget": "forgot", "get": "got", "give": "gave",
    "grow": "grew", "hide": "hid", "hold": "held", "keep": "kept", "lead": "led", "leave": "left", "lend": "lent",
    "lose": "lost", "make": "made", "mean": "meant", "meet": "met", "oversee": "oversaw", "overcome": "overcame",
    "rebuild": "rebuilt", "regrow": "regrew", "rewind": "rewound", "say": "said", "see": "saw", "seek": "sought",
    "shine": "shone", "shrink": "shrank", "sink": "sank", "speed": "sped", "sting": "stung", "sweep": "swept",
    "take": "took", "teach": "taught", "tell": "told", "undertake": "undertook", "undo": "undid", "wake": "woke",
    "wear": "wore", "win": "won", "wind": "wound", "withstand": "withstood",
}  # fmt: skip


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
        ("be", ["be", "is", "am", "are", "were", "was", "been", "being"]),
        ("undo", ["undo", "undoes", "undid", "undone", "undoing"]),
        ("lead", ["lead", "leads", "led", "leading"]),
        ("mimic", ["mimic", "mimics", "mimicked", "mimicking"]),
        ("play", ["play", "plays", "played", "playing"]),
        ("relax", ["relax", "relaxes", "relaxed", "relaxing"]),
        ("equip", ["equip", "equips", "equipped", "equipping"]),
        ("tie", ["tie", "ties", "tied", "tying"]),
        ("free", ["free", "frees", "freed", "freeing"]),
        ("y", ["y", "ys", "yed", "ying"]),
    ],
)
def test_a_verb_has_its_forms(verb: str, forms: list[str]) -> None:
    assert list(verb_forms(verb)) == forms


def test_the_forms_of_a_verb_say_what_they_are() -> None:
    assert verb_forms("choose") == {"choose": "base", "chooses": "s", "chose": "ed", "chosen": "ed", "choosing": "ing"}


def test_no_verb_of_the_shipped_rules_is_irregular_without_being_known() -> None:
    written = {
        word
        for path in PATTERNS.glob("*/*.yaml")
        for word in re.findall(r"([a-z]+)~", path.read_text("utf-8"))
        if word in PAST
    }

    assert {word: list(verb_forms(word))[2] for word in sorted(written)} == {
        word: PAST[word] for word in sorted(written)
    }


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("scar", "scars"),
        ("allergy", "allergies"),
        ("day", "days"),
        ("blemish", "blemishes"),
        ("crease", "creases"),
        ("woman", "women"),
        ("nucleus", "nuclei"),
    ],
)
def test_a_noun_has_a_plural(noun: str, plural: str) -> None:
    assert noun_forms(noun) == {noun: "base", plural: "s"}


@pytest.mark.parametrize(
    ("adjective", "more", "most"),
    [
        ("firm", "firmer", "firmest"),
        ("fine", "finer", "finest"),
        ("dewy", "dewier", "dewiest"),
        ("slim", "slimmer", "slimmest"),
        ("good", "better", "best"),
        ("gray", "grayer", "grayest"),
        ("clear", "clearer", "clearest"),
        ("new", "newer", "newest"),
        ("y", "yer", "yest"),
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
        ("promised", ("promised",)),
        ("exercise", ("exercise",)),
        ("precise", ("precise",)),
        ("size", ("size",)),
        ("oedema", ("oedema", "edema")),
        ("edema", ("edema", "oedema")),
        ("licence", ("licence", "license")),
        ("licensed", ("licensed",)),
        ("aesthetician", ("aesthetician", "esthetician")),
        ("packaging", ("packaging",)),
        ("scars", ("scars",)),
    ],
)
def test_a_word_is_found_in_british_and_american_spelling(word: str, both: tuple[str, ...]) -> None:
    assert spellings(word) == both
