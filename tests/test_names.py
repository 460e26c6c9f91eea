"""Names that a user gives."""

from __future__ import annotations

import pytest

from claimcheck.errors import UsageError
from claimcheck.names import closest, known


def test_a_name_that_exists_is_given_back() -> None:
    assert known("format", "json", ("text", "json")) == "json"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("jsn", "no format 'jsn'\n  fix: Did you mean 'json'?"),
        ("pdf", "no format 'pdf'\n  fix: Choose from: text, json."),
    ],
)
def test_a_name_that_does_not_exist_is_refused_with_what_there_is(name: str, said: str) -> None:
    with pytest.raises(UsageError) as error:
        known("format", name, ("text", "json"))
    assert str(error.value) == said


def test_nothing_is_meant_by_a_name_that_is_like_none() -> None:
    assert closest("pdf", ("text", "json")) == ""
