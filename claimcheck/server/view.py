"""What the page shows of a result, as data: claims with what is said of them, caveats, remedies, a headline."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from claimcheck.fixes.places import FORMATS as EDITED
from claimcheck.model import FileResult, Finding, Inventoried, Qualifier, Remedy, Report, Severity, Spot, Witness
from claimcheck.packs.rulebook import Rulebook
from claimcheck.reporters.wording import ASKS, NEARNESS, asked, counted, gain, helps, in_order, severities, span, totals

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
        "headline": headline(report),
        "problem": unchecked(result),
        "notices": [notice.removeprefix(f"{result.path}:") for notice in result.notices],
        "claims": claims,
        "qualifiers": [_qualifier(spot, one) for spot, one in result.qualifiers],
        "remedies": [_remedy(one, rulebook, format) for one in sorted(result.remedies, key=gain)],
    }


def headline(report: Report) -> str:
    """What was found in a file, in one sentence; empty if it was not checked."""
    if any(unchecked(result) for result in report.results):
        return ""
    counts = totals(report)
    if not counts["claims"]:
        return "No claims found."
    return f"{', '.join(severities(counts)) or 'Nothing found'} in {counted(counts['claims'], 'claim')}."


def unchecked(result: FileResult) -> str:
    """Why a file was not checked, in sentences; empty if it was."""
    if result.skipped:
        return f"Not checked: {result.skipped}."
    said = (f"line {one.line}: {one.message}" if one.line else one.message for one in result.failures)
    return " ".join(f"Not checked: {one}." for one in said)


def _claims(result: FileResult, text: str, rulebook: Rulebook) -> list[dict[str, Any]]:
    objections: dict[tuple[int, int], list[Finding]] = {}
    for finding in result.findings:
        objections.setdefault(span(finding.spot), []).append(finding)
    covered = {span(spot) for one in result.findings for spot in (one.spot, *one.also_at)}
    remedies = {one.id: one for one in result.remedies}
    told = [(place, _claim(found, remedies, text, rulebook)) for place, found in objections.items()]
    told += [(span(one.spot), _unopposed(one, text)) for one in result.claims if span(one.spot) not in covered]
    return [claim for _, claim in sorted(told, key=lambda item: item[0])]


def _claim(found: Sequence[Finding], remedies: Mapping[str, Remedy], text: str, rulebook: Rulebook) -> dict[str, Any]:
    first = found[0]
    places = dict.fromkeys(spot for one in found for spot in (one.spot, *one.also_at))
    return {
        "text": first.text,
        "places": [span(spot) for spot in places],
        "kinds": list(dict.fromkeys(kind for one in found for kind in one.kinds)),
        "subject": first.subject,
        "severity": min((one.severity for one in found), key=_SEVERITIES.index).value,
        "line": first.spot.start.line,
        "page": first.spot.start.page,
        "findings": [_finding(one, remedies, text, rulebook) for one in found],
        "present": [],
    }


def _unopposed(one: Inventoried, text: str) -> dict[str, Any]:
    return {
        "text": one.claim.text,
        "places": [span(one.spot)],
        "kinds": list(one.claim.kinds),
        "subject": one.claim.subject,
        "severity": "",
        "line": one.spot.start.line,
        "page": one.spot.start.page,
        "findings": [],
        "present": [_witness(witness, one.spot, text) for witness in one.qualifiers],
    }


def _finding(finding: Finding, remedies: Mapping[str, Remedy], text: str, rulebook: Rulebook) -> dict[str, Any]:
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
        "helps": helps(finding, remedies.get(finding.remedy)),
        "sources": [{"title": one.title, "url": one.url} for one in finding.citations],
    }


def _witness(one: Witness, claim: Spot, text: str) -> dict[str, Any]:
    """A qualifier, and how far from the claim it stands: in words, below zero if before it."""
    start, end = span(one.spot)
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
    return {"place": span(spot), "kind": one.kind, "says": ASKS.get(one.kind, one.kind)}


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
