"""Attachment, not presence: what takes a claim back to looks, and what the message says of a study."""

from __future__ import annotations

import pytest

from claimcheck.checking import check_document
from claimcheck.engine.linter import Linter
from claimcheck.extract import extract


def _missing(text: str, linter: Linter) -> list[tuple[str, tuple[str, ...]]]:
    result = check_document(extract(text.encode(), "copy.txt"), linter)
    return [(finding.text, finding.missing) for finding in result.findings]


@pytest.mark.parametrize(
    "text",
    [
        "Our serum reduces the appearance of wrinkles.",
        "Our serum minimises the look of pores and fine lines.",
        "Our serum makes wrinkles look softer.",
        "For younger-looking skin.",
    ],
)
def test_wording_about_the_look_governs_its_claim(text: str, linter: Linter) -> None:
    assert _missing(text, linter) == []


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Our serum reduces wrinkles for a youthful appearance.", "reduces wrinkles"),
        ("Our serum can eliminate the appearance of wrinkles.", "eliminate the appearance of wrinkles"),
        ("Our serum will dramatically reverse visible wrinkles.", "reverse visible wrinkles"),
        ("Our serum visibly reduces wrinkles.", "reduces wrinkles"),
    ],
)
def test_wording_about_the_look_that_stands_elsewhere_or_is_too_strong_does_not(
    text: str, claim: str, linter: Linter
) -> None:
    assert _missing(text, linter) == [(claim, ("appearance",))]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Fades scars by 47%. Results may vary. Ask your doctor.", "not the study behind it."),
        (
            "Fades scars by 47% after 12 weeks. Results may vary. Ask your doctor.",
            (
                "It tells how long, but not how many people, how it was measured, compared with what, which product or "
                "ingredient and who ran or paid for it."
            ),
        ),
    ],
)
def test_the_message_names_the_parts_of_the_study_that_are_absent(text: str, end: str, linter: Linter) -> None:
    result = check_document(extract(text.encode(), "copy.txt"), linter)
    assert [finding.message.endswith(end) for finding in result.findings] == [True]


def test_what_people_said_is_told_from_what_was_measured(linter: Linter) -> None:
    text = "94% of 62 women agreed that it works. Wrinkles were reduced by 47% in a 12-week study of 32 women."
    claims = linter.analyse(extract(text.encode(), "copy.txt")).claims
    assert [claim.rule for claim in claims] == ["quantified/perception", "quantified/percent"]
