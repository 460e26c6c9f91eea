"""Which edit is proposed when several would do."""

from __future__ import annotations

import pytest

from claimcheck.checking import check_document
from claimcheck.engine.linter import Linter
from claimcheck.extract import extract


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        # A licence would do as well, and in the whole section.
        ("Our peel reduces redness.", [("study-basis",)]),
        # One kind meets what two entries ask, of which each would be met by others, too.
        ("Our peel reduces redness in 2 weeks.", [("study-basis",)]),
        # Here nothing else helps.
        ("Our cream treats acne.", [("licence",)]),
    ],
)
def test_a_remedy_asks_for_what_meets_most_and_for_a_licence_last(
    text: str, kinds: list[tuple[str, ...]], linter: Linter
) -> None:
    result = check_document(extract(text.encode(), "a.md"), linter, policies=("uk",))
    assert [one.kinds for one in result.remedies] == kinds
