"""What the market policies promise: rewrites that pass, sources for what is asked, the same words judged apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from claimcheck.checking import check_document
from claimcheck.engine.linter import Linter
from claimcheck.extract import extract
from claimcheck.model import NO_FACTS, Facts, Licence, Severity
from claimcheck.packs.rulebook import load_rulebook
from claimcheck.testing import run_rewrites

TODAY = "2026-11-25"
MARKETS = ("au", "ca", "eu", "uk", "us")
POLICIES = load_rulebook().policies
CITATIONS = load_rulebook().citations


def entries() -> Iterator[tuple[str, dict[str, Any]]]:
    for market in MARKETS:
        for entry in POLICIES[market]["entries"]:
            yield market, entry


def judged(linter: Linter, text: str, market: str, *, on: str = TODAY, subject: str = "auto", **facts: Any) -> str:
    """The worst that a market says of a text: ``prohibited``, ``error``, ``warning`` or ``ok``."""
    known = facts.get("facts", NO_FACTS)
    document = extract(text.encode(), "copy.md")
    found = check_document(document, linter, policies=[market], on=on, subject=subject, facts=known).findings
    if any(one.prohibited and one.severity is Severity.ERROR for one in found):
        return "prohibited"
    worst = {one.severity.value for one in found} & {"error", "warning"}
    return min(worst, default="ok")


@pytest.mark.parametrize("market", [*MARKETS, "caveats"])
def test_what_is_suggested_instead_passes_under_the_same_policy(linter: Linter, market: str) -> None:
    assert run_rewrites(linter, market)[1] == ()


def test_every_entry_that_objects_suggests_something_instead() -> None:
    without = [
        f"{market}: {entry['id']}"
        for market, entry in entries()
        if (entry["prohibited"] or entry["needs"]) and not entry["rewrite"]
    ]
    assert without == []


def test_every_entry_has_a_source_and_words_for_the_writer() -> None:
    bare = [
        f"{market}: {entry['id']}"
        for market, entry in entries()
        if not (entry["cites"] and entry["message"] and entry["suggestion"])
        and (entry["prohibited"] or entry["needs"] or entry["note"])
    ]
    assert bare == []


def test_what_nobody_but_us_says_is_a_warning_at_most() -> None:
    seen = {one: CITATIONS[one]["seen"] for one in CITATIONS}
    too_strict = [
        f"{market}: {entry['id']}"
        for market, entry in entries()
        if {seen[one] for one in entry["cites"]} <= {"judgement", "general"}
        and (entry["prohibited"] or any(not need["advised"] for need in entry["needs"]))
        and entry["severity"] is None
    ]
    assert too_strict == []


def test_every_policy_says_when_it_was_reviewed() -> None:
    assert [market for market in POLICIES if not POLICIES[market]["reviewed"]] == []


# The rows of "same words, different answers": ``ok``, or anything that is not.
SAME_WORDS = [
    ("Reduces the look of cellulite.", "cosmetic", {"ca": "ok", "uk": "flag", "eu": "flag", "au": "flag"}),
    ("Heals dry skin.", "cosmetic", {"ca": "ok", "uk": "flag", "eu": "flag", "au": "flag"}),
    ("Tightens skin.", "cosmetic", {"ca": "ok", "uk": "flag", "eu": "flag", "au": "flag"}),
    ("Smooths wrinkles.", "cosmetic", {"ca": "ok", "uk": "flag", "eu": "flag", "au": "flag"}),
    ("Repairs the moisture barrier.", "cosmetic", {"ca": "flag", "uk": "flag", "eu": "flag", "au": "flag"}),
    ("Boosts collagen.", "cosmetic", {"ca": "flag", "uk": "flag", "eu": "flag", "au": "flag", "us": "flag"}),
    (
        "An anti-acne wash that works by cleansing.",
        "cosmetic",
        {"ca": "flag", "uk": "flag", "eu": "flag", "au": "ok"},
    ),
    ("Helps prevent breakouts by deep cleansing.", "cosmetic", {"ca": "flag", "uk": "ok", "au": "ok"}),
    ("Clears blackheads.", "cosmetic", {"ca": "flag", "uk": "ok", "eu": "ok"}),
    ("An antibacterial cream.", "cosmetic", {"ca": "flag", "uk": "flag", "eu": "flag"}),
    ("An antibacterial cream for healthy skin.", "cosmetic", {"ca": "flag", "au": "ok"}),
    ("Reduces puffiness.", "cosmetic", {"ca": "ok", "uk": "flag", "eu": "flag", "au": "flag"}),
    ("Lightens your skin.", "cosmetic", {"ca": "flag", "uk": "flag", "au": "flag"}),
    ("A day cream with SPF 30.", "cosmetic", {"ca": "flag", "uk": "ok", "eu": "ok", "au": "flag"}),
    ("Dermal filler at our clinic.", "auto", {"ca": "ok", "uk": "ok", "au": "flag"}),
    ("Botox $12 a unit.", "auto", {"ca": "ok", "uk": "flag", "eu": "flag", "au": "flag"}),
    (
        '"The laser cleared my veins," says Jo.',
        "procedure",
        {"uk": "flag", "eu": "flag", "au": "flag"},
    ),
    ("A paraben-free cream.", "cosmetic", {"ca": "ok", "eu": "flag", "au": "ok"}),
    ("Our laser hair removal is safe.", "procedure", {"ca": "flag", "uk": "flag", "eu": "flag", "au": "flag"}),
    ("Rejuvenates your skin.", "cosmetic", {"uk": "flag"}),
    ("Rejuvenate your looks.", "cosmetic", {"uk": "ok"}),
    ("A dermatologist-recommended cream.", "cosmetic", {"ca": "ok", "uk": "flag", "eu": "flag", "au": "flag"}),
]


@pytest.mark.parametrize(
    ("text", "subject", "market", "wanted"),
    [
        pytest.param(text, subject, market, wanted, id=f"{market}: {text}")
        for text, subject, answers in SAME_WORDS
        for market, wanted in answers.items()
    ],
)
def test_the_same_words_get_the_answer_of_the_market(
    linter: Linter, text: str, subject: str, market: str, wanted: str
) -> None:
    found = judged(linter, text, market, subject=subject)
    assert ("ok" if found == "ok" else "flag") == wanted


@pytest.mark.parametrize("market", MARKETS)
@pytest.mark.parametrize(
    "text", ["Boosts collagen.", "Treats eczema.", "Removes wrinkles.", "A facelift in a jar.", "Cures acne."]
)
@pytest.mark.parametrize(
    "cure",
    [" Results may vary.", " Consult a dermatologist before use.", " Performed by trained professionals."],
)
def test_stock_caveats_cure_no_claim_of_a_cosmetic(linter: Linter, market: str, text: str, cure: str) -> None:
    assert (
        judged(linter, text + cure, market, subject="cosmetic")
        == judged(linter, text, market, subject="cosmetic")
        != "ok"
    )


@pytest.mark.parametrize("market", MARKETS)
@pytest.mark.parametrize("text", ["{}boosts collagen.", "{}treats eczema.", "{}cures acne."])
@pytest.mark.parametrize("hedge", ["It helps to ", "It may ", "It can ", "It is designed to "])
def test_a_hedge_cures_nothing(linter: Linter, market: str, text: str, hedge: str) -> None:
    hedged = text.format(hedge).replace("boosts", "boost").replace("treats", "treat").replace("cures", "cure")
    plain = judged(linter, text.format("It "), market, subject="cosmetic")
    assert judged(linter, hedged, market, subject="cosmetic") == plain != "ok"


@pytest.mark.parametrize("market", MARKETS)
@pytest.mark.parametrize("disease", ["acne", "eczema", "rosacea"])
def test_appearance_wording_cures_no_treating_of_a_disease(linter: Linter, market: str, disease: str) -> None:
    assert judged(linter, f"Treats {disease} and improves its look.", market, subject="cosmetic") != "ok"


@pytest.mark.parametrize(
    ("market", "text", "on", "wanted"),
    [
        ("au", "Anti-wrinkle injections from $9 a unit.", "2023-12-17", "ok"),
        ("au", "Anti-wrinkle injections from $9 a unit.", "2023-12-18", "prohibited"),
        ("au", "Botox from $9 a unit.", "2023-12-17", "prohibited"),
        ("eu", "An eco-friendly face wash.", "2026-09-26", "warning"),
        ("eu", "An eco-friendly face wash.", "2026-09-27", "error"),
    ],
)
def test_a_policy_is_that_of_its_day(linter: Linter, market: str, text: str, on: str, wanted: str) -> None:
    assert judged(linter, text, market, on=on) == wanted


@pytest.mark.parametrize(
    ("market", "number", "authority"),
    [("ca", "DIN 02241234", "canada"), ("au", "AUST L 123456", "australia"), ("uk", "PL 12345/0001", "uk")],
)
def test_a_licence_cures_only_what_it_covers(linter: Linter, market: str, number: str, authority: str) -> None:
    licensed = Facts(licences=(Licence(number, authority, ("acne",)),))
    found = [
        judged(linter, text, market, subject="cosmetic", facts=licensed) for text in ("Treats acne.", "Treats eczema.")
    ]
    assert (found[0], found[1] == "ok") == ("ok", False)


def test_a_licence_of_another_country_cures_nothing(linter: Linter) -> None:
    foreign = Facts(licences=(Licence("DIN 02241234", "canada", ("acne",)),))
    assert judged(linter, "Treats acne.", "uk", subject="cosmetic", facts=foreign) == judged(
        linter, "Treats acne.", "uk", subject="cosmetic"
    )
