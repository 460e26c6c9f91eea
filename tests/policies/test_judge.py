"""Verdicts of a policy, on claims and qualifiers made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from claimcheck.engine.coverage import Coverage
from claimcheck.model import (
    NO_FACTS,
    Analysis,
    Claim,
    Document,
    Facts,
    Place,
    Provided,
    Qualifier,
    Role,
    Run,
    Section,
    Segment,
    Severity,
)
from claimcheck.packs.rulebook import load_rulebook
from claimcheck.policies.judge import findings, judge

SEGMENTS = tuple(
    Segment("x" * 50, (Run(0, 50, block * 100, 50),), Role.PARAGRAPH, block, section)
    for block, section in ((0, 0), (1, 0), (2, 1))
)
DOCUMENT = Document("a.md", "x" * 300, SEGMENTS, (Section("One", 0, 150), Section("Two", 200, 250)))
CLAIM = Claim(
    Place(0, 0, 0, 0, 0, 5),
    text="fades scars",
    sentence="It fades scars.",
    kinds=("efficacy",),
    rule="efficacy/scars",
    rules=("efficacy/scars",),
    targets=("scars",),
    classes=("condition",),
    subject="cosmetic",
)
NEAR = Qualifier(Place(1, 1, 1, 0, 110, 115), "results vary", "variability", "variability/results")
FAR = Qualifier(Place(2, 2, 2, 1, 210, 215), "results vary", "variability", "variability/results")


def _policy(**entry: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"id": "e", "kinds": ["efficacy"], "severity": None, "grounded": None}
    empty |= {
        "subjects": [],
        "classes": [],
        "targets": [],
        "actions": [],
        "areas": [],
        "rules": [],
        "facts": [],
        "since": None,
        "until": None,
        "needs": [],
        "cites": [],
        "prohibited": False,
        "note": False,
        "parts": False,
    }
    empty |= {"message": "'{claim}' says so.", "suggestion": "Do not."}
    return {"policy": "p", "entries": [empty | entry], "sentences": []}


def _judged(
    policy: dict[str, Any],
    *qualifiers: Qualifier,
    claim: Claim = CLAIM,
    fragment: bool = False,
    facts: Facts = NO_FACTS,
) -> Any:
    document = replace(DOCUMENT, fragment=fragment)
    analysis = Analysis(document, (claim,), qualifiers, ())
    verdict = judge(analysis, Coverage(document, qualifiers, {}), policy, facts=facts)[0]
    missing = [lack.kind for lack in verdict.unmet if lack.missing]
    far = [lack.kind for lack in verdict.unmet if lack.far is not None]
    return verdict.status, verdict.severity, missing, far


VARIES = {"any": ["variability@section"], "advised": False}
EITHER = {"any": ["appearance@claim", "variability@section"], "advised": False}


@pytest.mark.parametrize(
    ("entry", "qualifiers", "judged"),
    [
        ({"kinds": ["proof"]}, (), ("not-required", None, [], [])),
        ({"subjects": ["procedure"]}, (), ("not-required", None, [], [])),
        ({"classes": ["disease"]}, (), ("not-required", None, [], [])),
        ({"prohibited": True}, (NEAR,), ("prohibited", Severity.ERROR, [], [])),
        ({"prohibited": True, "severity": "warning"}, (), ("prohibited", Severity.WARNING, [], [])),
        ({"note": True}, (), ("not-required", Severity.NOTE, [], [])),
        ({"needs": [VARIES]}, (NEAR,), ("qualified", None, [], [])),
        ({"needs": [VARIES]}, (FAR,), ("unqualified", Severity.WARNING, [], ["variability"])),
        ({"needs": [VARIES]}, (), ("unqualified", Severity.ERROR, ["variability"], [])),
        ({"needs": [EITHER]}, (), ("unqualified", Severity.ERROR, ["appearance"], [])),
        ({"needs": [EITHER]}, (FAR,), ("unqualified", Severity.WARNING, [], ["variability"])),
        ({"needs": [EITHER]}, (NEAR,), ("qualified", None, [], [])),
        ({"needs": [VARIES | {"advised": True}]}, (), ("unqualified", Severity.WARNING, ["variability"], [])),
        ({"needs": [VARIES], "severity": "note"}, (), ("unqualified", Severity.NOTE, ["variability"], [])),
    ],
)
def test_a_policy_judges_a_claim(entry: dict[str, Any], qualifiers: tuple[Qualifier, ...], judged: Any) -> None:
    assert _judged(_policy(**entry), *qualifiers) == judged


def test_in_a_fragment_a_missing_qualifier_is_a_warning_at_most() -> None:
    assert _judged(_policy(needs=[VARIES]), fragment=True) == ("unqualified", Severity.WARNING, ["variability"], [])


def test_the_same_wording_with_the_same_verdict_is_one_finding_with_the_visible_place_first() -> None:
    hidden = replace(SEGMENTS[0], metadata=True, role=Role.VALUE)
    document = replace(DOCUMENT, segments=(hidden, *SEGMENTS[1:]))
    seen = replace(CLAIM, place=Place(1, 1, 1, 0, 100, 105))
    policy = _policy(needs=[VARIES])
    verdicts = judge(Analysis(document, (CLAIM, seen), (), ()), Coverage(document, (), {}), policy)

    found = [one for one, _ in findings(verdicts, document, policy, load_rulebook())]

    assert [(one.spot.start.offset, [spot.start.offset for spot in one.also_at]) for one in found] == [(100, [0])]


PERFORMS = {"any": ["professional@section"], "advised": False}
PERFORMS_OR_VARIES = {"any": ["variability@section", "professional@section"], "advised": False}
REGISTERED = {"any": ["licence/practitioner@section"], "advised": False}
NAMED = Facts(practitioner="Dr A. Example")
WITH_NUMBER = Facts(practitioner="Dr A. Example, GMC 0000000")


@pytest.mark.parametrize(
    ("need", "facts", "judged"),
    [
        (PERFORMS, NO_FACTS, ("unqualified", Severity.ERROR, ["professional"], [])),
        (PERFORMS, NAMED, ("unqualified", Severity.WARNING, [], [])),
        (PERFORMS_OR_VARIES, NAMED, ("unqualified", Severity.WARNING, [], [])),
        ({"any": ["professional@document"], "advised": False}, NAMED, ("qualified", None, [], [])),
        (VARIES, NAMED, ("unqualified", Severity.ERROR, ["variability"], [])),
    ],
)
def test_a_practitioner_in_the_facts_counts_as_one_who_is_named_elsewhere_in_the_document(
    need: dict[str, Any], facts: Facts, judged: Any
) -> None:
    assert _judged(_policy(needs=[need]), facts=facts) == judged


IN_FOOTER = Facts(provided=(Provided("variability", "the footer"),))


@pytest.mark.parametrize(
    ("need", "qualifiers", "facts", "judged"),
    [
        (VARIES, (), IN_FOOTER, ("unqualified", Severity.WARNING, [], [])),
        (VARIES, (FAR,), IN_FOOTER, ("unqualified", Severity.WARNING, [], ["variability"])),
        (VARIES, (NEAR,), IN_FOOTER, ("qualified", None, [], [])),
        (EITHER, (), IN_FOOTER, ("unqualified", Severity.WARNING, [], [])),
        (PERFORMS, (), IN_FOOTER, ("unqualified", Severity.ERROR, ["professional"], [])),
        ({"any": ["variability@document"], "advised": False}, (), IN_FOOTER, ("qualified", None, [], [])),
        (
            REGISTERED,
            (),
            Facts(provided=(Provided("licence/practitioner", "the footer"),)),
            ("unqualified", Severity.WARNING, [], []),
        ),
    ],
)
def test_what_a_template_adds_counts_as_standing_elsewhere_in_the_document(
    need: dict[str, Any], qualifiers: tuple[Qualifier, ...], facts: Facts, judged: Any
) -> None:
    assert _judged(_policy(needs=[need]), *qualifiers, facts=facts) == judged


@pytest.mark.parametrize(
    ("subject", "facts", "judged"),
    [
        ("procedure", NAMED, ("unqualified", Severity.ERROR, ["licence"], [])),
        ("procedure", WITH_NUMBER, ("qualified", None, [], [])),
        ("injectable", WITH_NUMBER, ("qualified", None, [], [])),
        ("cosmetic", WITH_NUMBER, ("unqualified", Severity.ERROR, ["licence"], [])),
    ],
)
def test_a_registration_in_the_facts_is_one_for_what_a_practitioner_performs(
    subject: str, facts: Facts, judged: Any
) -> None:
    claim = replace(CLAIM, subject=subject)
    assert _judged(_policy(needs=[REGISTERED]), claim=claim, facts=facts) == judged


def test_the_message_says_that_who_performs_it_is_stated_beside_the_page() -> None:
    policy = _policy(needs=[PERFORMS])
    analysis = Analysis(DOCUMENT, (CLAIM,), (), ())
    verdicts = judge(analysis, Coverage(DOCUMENT, (), {}), policy, facts=WITH_NUMBER)

    found = [(one.message, one.missing, one.beside) for one, _ in findings(verdicts, DOCUMENT, policy, load_rulebook())]

    said = "'fades scars' says so. Who performs it (Dr A. Example, GMC 0000000) is stated beside the page, not on it."
    assert found == [(said, (), ("professional",))]
