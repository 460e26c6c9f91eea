"""What the linter says of small texts, whole."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.engine.linter import Linter
from claimcheck.extract import extract
from claimcheck.packs.rulebook import load_rulebook

LINTER = Linter(load_rulebook())
PIECES = (
    "reduces", "scars", "fine lines", "not", "our serum", "boosts", "collagen", "and", "**skin**", ",", ".", "?", "87%",
    "\n\n", "&nbsp;", "in 2 weeks", "results may vary", "- ", "# ", "Yes", "it", "clinically proven", "smoother", "é😀",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("It reduces scars and wrinkles.", [("reduces scars and wrinkles", ("efficacy",))]),
        (
            "It reduces scars and boosts collagen.",
            [("reduces scars", ("efficacy",)), ("boosts collagen", ("structure-function",))],
        ),
        ("Clinically proven to smooth lines.", [("Clinically proven to", ("proof",)), ("smooth lines", ("efficacy",))]),
        ("Reduces acne and wrinkles.", [("Reduces acne and wrinkles", ("disease", "efficacy"))]),
        ("It reduces the appearance of acne.", [("reduces the appearance of acne", ("efficacy",))]),
        (
            "It fades acne scars by 47% in 2 weeks.",
            [("fades acne scars by 47% in 2 weeks", ("quantified", "speed", "efficacy"))],
        ),
        ("87% saw fewer wrinkles.", [("87% saw fewer wrinkles", ("quantified", "efficacy"))]),
        ("Scars? Gone.", [("Gone", ("efficacy",))]),
        ("It does not treat acne.", []),
        ("No cream can remove a scar.", []),
        ("Not just a moisturiser, it erases wrinkles.", [("erases wrinkles", ("efficacy",))]),
        ("Does it treat acne? No.", []),
        ("Does it treat acne? Yes.", [("treat acne", ("disease",))]),
        ("Seek a qualified practitioner to ensure a safe and effective treatment.", []),
    ],
)
def test_the_claims_of_a_text(text: str, claims: list[tuple[str, tuple[str, ...]]]) -> None:
    found = LINTER.analyse(extract(text.encode(), "a.txt")).claims

    assert [(claim.text, claim.kinds) for claim in found] == claims


@given(st.lists(st.sampled_from(PIECES), max_size=30))
@settings(max_examples=150, deadline=None)
def test_what_a_claim_quotes_is_what_the_file_holds_there(pieces: list[str]) -> None:
    document = extract(" ".join(pieces).encode(), "a.md")
    analysis = LINTER.analyse(document)
    quoted = [
        (
            claim.text,
            document.segments[claim.place.segment].text.find(claim.text) >= 0,
            claim.place.start < claim.place.end,
        )
        for claim in analysis.claims
    ]

    assert quoted == [(claim.text, True, True) for claim in analysis.claims]


@pytest.mark.parametrize(
    "hostile", ["(" * 64_000, "!?" * 20_000, "reduces scars " * 20_000, "reduces " * 20_000, "scars, " * 20_000]
)
def test_hostile_text_is_read_in_linear_time(hostile: str) -> None:
    assert LINTER.analyse(extract(hostile.encode(), "a.txt")).document.text == hostile


@pytest.mark.parametrize(
    ("above", "repeated"),
    [
        ("", "It reduces scars. Results vary. "),
        ("# {}\n\n", "It reduces scars.\n\n"),
        ("Our gel reduces:\n\n", "- scars\n"),
    ],
    ids=["line", "heading", "list"],
)
def test_five_times_the_claims_take_about_five_times_the_time(above: str, repeated: str) -> None:
    def seconds(times: int) -> float:
        document = extract((above.format("Words to avoid. " * times) + repeated * times).encode(), "a.md")
        start = process_time()
        LINTER.analyse(document)
        return process_time() - start

    seconds(100)
    # Linear work takes 5 times as long, and that which each claim does for each other claim nearer to 25 times.
    assert min(seconds(5_000) for _ in range(2)) < 8 * min(seconds(1_000) for _ in range(2))


@pytest.mark.parametrize(("inventory", "kinds"), [(False, []), (True, ["variability"])])
def test_qualifiers_of_a_text_without_claims_are_listed_when_they_are_wanted(
    *, inventory: bool, kinds: list[str]
) -> None:
    analysis = LINTER.analyse(extract(b"Results may vary.", "a.txt"), inventory=inventory)

    assert [qualifier.kind for qualifier in analysis.qualifiers] == kinds
