"""Names that a user gives."""

from __future__ import annotations

import pickle

import pytest

from claimcheck.errors import UsageError
from claimcheck.names import Placed, RuleNames, closest, known, nearest, place_of
from claimcheck.packs.schema import Text


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


def test_a_name_from_a_file_is_refused_with_its_place() -> None:
    with pytest.raises(UsageError) as error:
        known("format", Text("jsn", "c.yaml", 2, 5), ("text", "json"))
    assert str(error.value) == "c.yaml:2:5: no format 'jsn'\n  fix: Did you mean 'json'?"


def test_only_a_name_from_a_file_has_a_place() -> None:
    assert (place_of(Text("json", "c.yaml", 2, 5)), place_of("json")) == ("c.yaml:2:5", "")


IDS = ("efficacy/scars", "efficacy/veins", "efficacy/tone", "efficacy/hair", "proof/proven")


@pytest.mark.parametrize(
    ("rule", "meant"),
    [
        ("efficacy/scar", ["efficacy/scars"]),
        ("scars", ["efficacy/scars"]),
        ("provn", ["proof/proven"]),
        ("efficacy", ["efficacy/scars", "efficacy/veins", "efficacy/tone"]),
        ("qqqq", []),
        ("", []),
    ],
)
def test_an_id_that_does_not_exist_has_a_few_that_were_meant_or_none(rule: str, meant: list[str]) -> None:
    assert nearest(rule, IDS) == meant


@pytest.mark.parametrize(
    ("glob", "hint"),
    [
        ("efficacy/scar", "did you mean 'efficacy/scars'?"),
        ("eficacy/*", "did you mean 'efficacy/*'?"),
        ("xyz/*", ""),
    ],
)
def test_a_glob_that_names_no_rule_is_told_from_an_id(glob: str, hint: str) -> None:
    assert RuleNames(IDS).unknown(glob) == hint


def test_nothing_is_meant_by_a_name_that_is_like_none() -> None:
    assert closest("pdf", ("text", "json")) == ""


def test_another_process_is_told_where_a_name_stands() -> None:
    name = pickle.loads(pickle.dumps(Placed("us", "claimcheck.yaml:1:12")))  # noqa: S301  # made here

    assert (name, place_of(name)) == ("us", "claimcheck.yaml:1:12")
