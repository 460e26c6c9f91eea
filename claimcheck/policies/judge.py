"""Whether what stands near a claim is enough under a policy: findings, and the status of every claim. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any

from claimcheck.engine.coverage import Coverage, Edge
from claimcheck.model import (
    NO_FACTS,
    Analysis,
    Citation,
    Claim,
    Document,
    Facts,
    Finding,
    Provided,
    Qualifier,
    Scope,
    Severity,
    Witness,
)
from claimcheck.packs.rulebook import Rulebook

_ORDER = tuple(Scope)
_SEVERITIES = tuple(Severity)
_PROFESSIONAL = "professional"
# The rule that a practitioner's registration meets, and what it is performed on.
_REGISTERED = "licence/practitioner"
_TREATMENTS = ("procedure", "injectable")


@dataclass(frozen=True, slots=True)
class Unmet:
    """
    A need of a policy entry that nothing near enough meets.

    Args:
        options: ``(kind or rule id, scope)`` of which any would meet it, the one that is reported first.
        advised: Whether the policy only advises it.
        far: What was found too far away, ``None`` when there is nothing of any of the kinds.
        beside: Who performs it, where that is asked for and only the facts beside the copy say it; else empty.
        provided: What a template adds to the page, ``None`` when the document says it itself or nothing does.
    """

    options: tuple[tuple[str, Scope], ...]
    advised: bool
    far: Edge | None
    beside: str = ""
    provided: Provided | None = None

    @property
    def kind(self) -> str:
        """The kind it is reported under."""
        if self.far is not None:
            return self.far.qualifier.kind
        if self.provided is not None:
            return self.provided.kind.partition("/")[0]
        return _PROFESSIONAL if self.beside else self.options[0][0].partition("/")[0]

    @property
    def missing(self) -> bool:
        """Whether neither the document nor a fact beside it says anything of the kind."""
        return self.far is None and self.provided is None and not self.beside


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a policy says of a claim; ``entry`` is the one that weighed most, ``None`` when none fits."""

    claim: Claim
    entry: Mapping[str, Any] | None
    status: str
    severity: Severity | None
    prohibited: bool = False
    unmet: tuple[Unmet, ...] = ()
    met: tuple[Edge, ...] = ()


def judge(
    analysis: Analysis, coverage: Coverage, policy: Mapping[str, Any], *, on: str = "", facts: Facts = NO_FACTS
) -> tuple[Verdict, ...]:
    """
    The verdict of one policy (``Rulebook.policies``) on each claim, in their order.

    Args:
        on: The day to judge by, ``YYYY-MM-DD``; empty means that every entry is in force.
        facts: What is known beside the copy.
    """
    asking = _Asking(coverage, _in_force(policy["entries"], on), facts, fragment=analysis.document.fragment)
    return tuple(_verdict(claim, asking) for claim in analysis.claims)


def findings(
    verdicts: Sequence[Verdict], document: Document, policy: Mapping[str, Any], rulebook: Rulebook
) -> tuple[tuple[Finding, Verdict], ...]:
    """
    The objections among the verdicts, the same wording with the same verdict once.

    Returns:
        Each finding with the verdict that it came from, in the order of the file; the visible place comes first and
        the others are its ``also_at``.
    """
    grouped: dict[tuple[Any, ...], list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.severity is not None:
            grouped.setdefault(_sameness(verdict), []).append(verdict)
    made: list[tuple[Finding, Verdict]] = []
    seen: dict[str, int] = {}
    for group in grouped.values():
        group.sort(key=lambda v: (document.segments[v.claim.place.segment].metadata, v.claim.place.start))
        finding = _finding(group, document, policy, rulebook)
        again = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
        if again > 1:
            finding = replace(finding, fingerprint=digest(finding.fingerprint, str(again)))
        made.append((finding, group[0]))
    return tuple(sorted(made, key=lambda pair: (pair[0].spot.start.offset, pair[0].spot.end.offset)))


@dataclass(frozen=True, slots=True)
class _Asking:
    """What claims of one document are held against: the entries in force, and all that may meet a need."""

    coverage: Coverage
    entries: Sequence[Mapping[str, Any]]
    facts: Facts
    fragment: bool


def _in_force(entries: Sequence[Mapping[str, Any]], on: str) -> list[Mapping[str, Any]]:
    """Dates compare as text: the reader of packs let no other form pass."""
    return [
        entry
        for entry in entries
        if not on or ((entry["since"] or "") <= on and (entry["until"] is None or on < entry["until"]))
    ]


def _verdict(claim: Claim, asking: _Asking) -> Verdict:
    entries = [entry for kind in claim.kinds if (entry := _entry(kind, claim, asking)) is not None]
    if not entries:
        return Verdict(claim, None, "not-required", None)
    barring = next((entry for entry in entries if entry["prohibited"]), None)
    if barring is not None:
        return Verdict(claim, barring, "prohibited", _at_most(Severity.ERROR, barring), prohibited=True)
    worst: tuple[int, Mapping[str, Any]] | None = None
    unmet: dict[tuple[Any, ...], Unmet] = {}
    met: dict[Qualifier, Edge] = {}
    for entry in entries:
        for need in entry["needs"]:
            lack, edge = _weigh(claim, need, asking)
            if edge is not None:
                met.setdefault(edge.qualifier, edge)
            if lack is None:
                continue
            rank = _SEVERITIES.index(_at_most(_severity(lack), entry))
            if worst is None or rank < worst[0]:
                worst = (rank, entry)
            known = unmet.get(lack.options)
            unmet[lack.options] = lack if known is None or known.advised else known
    if worst is None:
        noted = next((entry for entry in entries if entry["note"]), None)
        status = "qualified" if any(entry["needs"] for entry in entries) else "not-required"
        severity = Severity.NOTE if noted is not None else None
        return Verdict(claim, noted or entries[0], status, severity, met=tuple(met.values()))
    severity = _SEVERITIES[max(worst[0], _SEVERITIES.index(Severity.WARNING)) if asking.fragment else worst[0]]
    return Verdict(claim, worst[1], "unqualified", severity, unmet=tuple(unmet.values()), met=tuple(met.values()))


def _entry(kind: str, claim: Claim, asking: _Asking) -> Mapping[str, Any] | None:
    """The first entry of the policy that fits this kind of the claim."""
    fitting = (entry for entry in asking.entries if kind in entry["kinds"] and _fits(entry, kind, claim, asking.facts))
    return next(fitting, None)


def _fits(entry: Mapping[str, Any], kind: str, claim: Claim, facts: Facts) -> bool:
    return (
        (not entry["subjects"] or claim.subject in entry["subjects"])
        and (not entry["classes"] or any(one in entry["classes"] for one in claim.classes))
        and (not entry["targets"] or any(one in entry["targets"] for one in claim.targets))
        and (not entry["actions"] or any(one in entry["actions"] for one in claim.actions))
        and (not entry["areas"] or any(one in entry["areas"] for one in claim.areas))
        and (_named(entry["rules"], kind, claim) if entry["rules"] else not claim.bare)
        and (entry["grounded"] is None or entry["grounded"] == claim.grounded)
        and ("prescription" not in entry["facts"] or facts.prescription)
    )


def _named(globs: Sequence[str], kind: str, claim: Claim) -> bool:
    """Whether the claim's rule of this kind is among those that globs name."""
    return any(rule.startswith(f"{kind}/") and fnmatchcase(rule, glob) for rule in claim.rules for glob in globs)


def _weigh(claim: Claim, need: Mapping[str, Any], asking: _Asking) -> tuple[Unmet | None, Edge | None]:
    """Whether a need is met: what is lacking, or the edge that meets it, or neither when a fact does."""
    options = tuple((kind, Scope(scope)) for kind, _, scope in (option.partition("@") for option in need["any"]))
    if any(_given(claim, kind, scope, asking.facts) for kind, scope in options):
        return None, None
    far: Edge | None = None
    for kind, scope in options:
        edge = asking.coverage.nearest(claim, kind)
        if edge is None:
            continue
        if _ORDER.index(edge.scope) <= _ORDER.index(scope):
            return None, edge
        if far is None or _ORDER.index(edge.scope) < _ORDER.index(far.scope):
            far = edge
    if far is not None:
        return Unmet(options, need["advised"], far), None
    provided = next((one for kind, _ in options for one in asking.facts.provided if _says(one, kind)), None)
    beside = (
        asking.facts.practitioner if provided is None and any(_is_professional(kind) for kind, _ in options) else ""
    )
    return Unmet(options, need["advised"], None, beside, provided), None


def _given(claim: Claim, kind: str, scope: Scope, facts: Facts) -> bool:
    """
    Whether a fact meets a need.

    A licence cures the claims that it covers; what a template adds counts as standing elsewhere in the document, and so
    does a practitioner; one with a registration is registered wherever the copy may say so.
    """
    if scope is Scope.DOCUMENT and any(_says(one, kind) for one in facts.provided):
        return True
    if _is_professional(kind):
        return bool(facts.practitioner) and scope is Scope.DOCUMENT
    if kind == _REGISTERED and claim.subject in _TREATMENTS and any(map(str.isdigit, facts.practitioner)):
        return True
    about = {*claim.kinds, *claim.classes, *claim.targets}
    return any(
        kind in ("licence", f"licence/{one.authority}") and not about.isdisjoint(one.covers) for one in facts.licences
    )


def _says(provided: Provided, kind: str) -> bool:
    """Whether what a template adds is of a kind, or of the rule of this id."""
    return kind in (provided.kind, provided.kind.partition("/")[0])


def _is_professional(kind: str) -> bool:
    return kind.partition("/")[0] == _PROFESSIONAL


def _severity(lack: Unmet) -> Severity:
    return Severity.ERROR if lack.missing and not lack.advised else Severity.WARNING


def _at_most(severity: Severity, entry: Mapping[str, Any]) -> Severity:
    if entry["severity"] is None:
        return severity
    return max(severity, Severity(entry["severity"]), key=_SEVERITIES.index)


def _sameness(verdict: Verdict) -> tuple[Any, ...]:
    lacks = tuple((lack.kind, lack.missing) for lack in verdict.unmet)
    wording = " ".join(verdict.claim.text.casefold().split())
    return (
        wording,
        verdict.claim.rule,
        verdict.claim.kinds,
        verdict.claim.subject,
        verdict.status,
        verdict.severity,
        lacks,
    )


def _finding(group: Sequence[Verdict], document: Document, policy: Mapping[str, Any], rulebook: Rulebook) -> Finding:
    first = group[0]
    claim, entry = first.claim, first.entry
    if entry is None or first.severity is None:
        raise ValueError("a verdict without an objection makes no finding")
    return Finding(
        rule=claim.rule,
        policy=policy["policy"],
        severity=first.severity,
        prohibited=first.prohibited,
        spot=document.spot(claim.place.start, claim.place.end),
        also_at=tuple(document.spot(v.claim.place.start, v.claim.place.end) for v in group[1:]),
        kind=claim.kinds[0],
        kinds=claim.kinds,
        subject=claim.subject,
        text=claim.text,
        message=(entry["message"] or "'{claim}'").replace("{claim}", claim.text)
        + _told(first, rulebook)
        + _beside(first),
        suggestion=(entry["suggestion"] or "").replace("{claim}", claim.text),
        missing=tuple(dict.fromkeys(lack.kind for lack in first.unmet if lack.missing)),
        too_far=tuple(dict.fromkeys(witness(document, lack.far) for lack in first.unmet if lack.far is not None)),
        present=tuple(witness(document, edge) for edge in first.met),
        citations=_citations(claim, entry, rulebook),
        fingerprint=digest(claim.rule, policy["policy"], claim.sentence, claim.text, document.path),
        words=digest(claim.rule, policy["policy"], claim.sentence, claim.text),
        section=claim.place.section,
        beside=tuple(dict.fromkeys(lack.kind for lack in first.unmet if lack.beside)),
        provided=tuple(
            dict.fromkeys(Provided(lack.kind, lack.provided.where) for lack in first.unmet if lack.provided is not None)
        ),
        entry=entry["id"],
    )


def _told(verdict: Verdict, rulebook: Rulebook) -> str:
    """Which parts of its study the copy tells and which not, as the end of a message; empty when it tells none."""
    told = verdict.claim.parts
    if verdict.entry is None or not verdict.entry["parts"] or not told or not verdict.unmet:
        return ""
    absent = [rule["part"] for rule in rulebook.qualifiers if rule["part"] and rule["part"] not in told]
    return f" It tells {_listed(told)}, but not {_listed(absent)}." if absent else ""


def _beside(verdict: Verdict) -> str:
    """Who performs it, where only the facts beside the copy say so, as the end of a message."""
    named = next((lack.beside for lack in verdict.unmet if lack.beside), "")
    return f" Who performs it ({named}) is stated beside the page, not on it." if named else ""


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _citations(claim: Claim, entry: Mapping[str, Any], rulebook: Rulebook) -> tuple[Citation, ...]:
    ids = list(entry["cites"])
    for rule in rulebook.claims:
        if rule["id"] == claim.rule:
            ids += rule["cites"]
    return rulebook.cited(tuple(dict.fromkeys(ids)))


def witness(document: Document, edge: Edge) -> Witness:
    """A qualifier as a finding speaks of it."""
    place = edge.qualifier.place
    return Witness(edge.qualifier.kind, document.spot(place.start, place.end), edge.qualifier.text, edge.scope)


def digest(*parts: str) -> str:
    """A fingerprint of 16 hexadecimal digits; white space between the words of the parts does not count."""
    text = "\0".join(" ".join(part.split()) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
