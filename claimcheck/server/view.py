"""What the page shows of a result, as data: claims with what is said of them, caveats, remedies, a headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from claimcheck.fixes.places import FORMATS as EDITED
from claimcheck.model import FileResult, Finding, Inventoried, Qualifier, Remedy, Report, Severity, Spot, Witness
from claimcheck.packs.rulebook import Rulebook
from claimcheck.reporters.wording import ASKS, NEARNESS, asked, counted, in_order

_SEVERITIES = tuple(Severity)
_WORD = re.compile(r"\w[\w'\u2019-]*")


def view(report: Report, text: str, format: str, rulebook: Rulebook) -> dict[str, Any]:
    """
    A report on one file for the page.

    Args:
        text: That offsets count.
        format: Name of the file's format.

    Returns:
        Offsets are code points. ``claims``: with objections or without, in the order of the text. ``qualifiers``: where
        they stand. ``remedies``: those that clear most first. ``problem``: why it was not checked, or empty.
    """
    (result,) = report.results
    claims = _claims(result, text, rulebook)
    return {
        "headline": headline(result, claims=len(result.claims)),
        "problem": unchecked(result),
        "notices": [notice.removeprefix(f"{result.path}:") for notice in result.notices],
        "claims": claims,
        "qualifiers": [_qualifier(spot, one) for spot, one in result.qualifiers],
        "remedies": [
            _remedy(one, rulebook, format)
            for one in sorted(result.remedies, key=lambda one: (-len(one.clears), one.start.offset))
        ],
    }


def headline(result: FileResult, *, claims: int) -> str:
    """What was found, in one sentence; empty if it was not checked."""
    if unchecked(result):
        return ""
    counts = {one: sum(finding.severity is one for finding in result.findings) for one in Severity}
    found = [counted(number, one.value) for one, number in counts.items() if number]
    if not claims:
        return "No claims found."
    return f"{', '.join(found) if found else 'Nothing found'} in {counted(claims, 'claim')}."


def unchecked(result: FileResult) -> str:
    """Why a file was not checked, in sentences; empty if it was."""
    if result.skipped:
        return f"Not checked: {result.skipped}."
    said = (f"line {one.line}: {one.message}" if one.line else one.message for one in result.failures)
    return " ".join(f"Not checked: {one}." for one in said)


def _claims(result: FileResult, text: str, rulebook: Rulebook) -> list[dict[str, Any]]:
    objections: dict[tuple[int, int], list[Finding]] = {}
    for finding in result.findings:
        objections.setdefault(_span(finding.spot), []).append(finding)
    covered = {_span(spot) for one in result.findings for spot in (one.spot, *one.also_at)}
    told = [(span, _claim(found, text, rulebook)) for span, found in objections.items()]
    told += [(_span(one.spot), _unopposed(one, text)) for one in result.claims if _span(one.spot) not in covered]
    return [claim for _, claim in sorted(told, key=lambda item: item[0])]


def _claim(found: Sequence[Finding], text: str, rulebook: Rulebook) -> dict[str, Any]:
    first = found[0]
    places = dict.fromkeys(spot for one in found for spot in (one.spot, *one.also_at))
    return {
        "text": first.text,
        "places": [_span(spot) for spot in places],
        "kinds": list(dict.fromkeys(kind for one in found for kind in one.kinds)),
        "subject": first.subject,
        "severity": min((one.severity for one in found), key=_SEVERITIES.index).value,
        "line": first.spot.start.line,
        "page": first.spot.start.page,
        "findings": [_finding(one, text, rulebook) for one in found],
        "present": [],
    }


def _unopposed(one: Inventoried, text: str) -> dict[str, Any]:
    return {
        "text": one.claim.text,
        "places": [_span(one.spot)],
        "kinds": list(one.claim.kinds),
        "subject": one.claim.subject,
        "severity": "",
        "line": one.spot.start.line,
        "page": one.spot.start.page,
        "findings": [],
        "present": [_witness(witness, one.spot, text) for witness in one.qualifiers],
    }


def _finding(finding: Finding, text: str, rulebook: Rulebook) -> dict[str, Any]:
    rule = rulebook.texts[finding.rule]
    return {
        "policy": finding.policy,
        "severity": finding.severity.value,
        "prohibited": finding.prohibited,
        "rule": finding.rule,
        "why": rule.why,
        "message": finding.message,
        "missing": [asked(kind, [finding]) for kind in in_order((*finding.missing, *finding.beside))],
        "far": [_witness(one, finding.spot, text) for one in finding.too_far],
        "provided": [{"says": asked(one.kind, [finding]), "where": one.where} for one in finding.provided],
        "present": [_witness(one, finding.spot, text) for one in finding.present],
        "suggestion": finding.suggestion,
        "remedy": finding.remedy,
        "sources": [{"title": one.title, "url": one.url} for one in finding.citations],
    }


def _witness(one: Witness, claim: Spot, text: str) -> dict[str, Any]:
    """A qualifier, and how far from the claim it stands: in words, below zero if before it."""
    start, end = _span(one.spot)
    if start >= claim.end.offset:
        words = len(_WORD.findall(text, claim.end.offset, start))
    else:
        words = -len(_WORD.findall(text, end, claim.start.offset))
    return {
        "kind": one.kind,
        "says": ASKS.get(one.kind, one.kind),
        "text": one.text,
        "place": [start, end],
        "near": NEARNESS[one.scope],
        "words": words,
        "line": one.spot.start.line,
        "page": one.spot.start.page,
    }


def _qualifier(spot: Spot, one: Qualifier) -> dict[str, Any]:
    return {"place": _span(spot), "kind": one.kind, "says": ASKS.get(one.kind, one.kind)}


def _remedy(remedy: Remedy, rulebook: Rulebook, format: str) -> dict[str, Any]:
    ready = {one["kind"] for one in rulebook.policies[remedy.policy]["sentences"] if one["add"]}
    return {
        "id": remedy.id,
        "policy": remedy.policy,
        "title": remedy.title,
        "suggestion": remedy.suggestion,
        "clears": len(remedy.clears),
        "ready": ready.issuperset(remedy.kinds) and format in EDITED,
    }


def _span(spot: Spot) -> tuple[int, int]:
    return spot.start.offset, spot.end.offset
