"""The report for people: by section and by what is missing, with the sentence that would help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from claimcheck.model import FileResult, Finding, Remedy, Report, Severity, Spot
from claimcheck.reporters import Settings
from claimcheck.reporters.wording import (
    added,
    asked,
    colored,
    counted,
    dismissals,
    flat,
    in_order,
    lacking,
    lines,
    listed,
    place,
    quoted,
    safe,
    statistics,
    summary,
)

MOST_CLAIMS = 5
_ORDER = tuple(Severity)


@dataclass(frozen=True, slots=True)
class _Matter:
    """
    What a policy says of a claim; claims of one section of which all say the same are told of together.

    Args:
        missing: Kinds of qualifiers found nowhere, in the order in which they are listed.
        far: Kinds found too far away.
        beside: Kinds that only the facts beside the copy state.
        provided: Kinds that only a template adds to the page.
    """

    severity: Severity
    prohibited: bool
    missing: tuple[str, ...]
    far: tuple[str, ...]
    beside: tuple[str, ...]
    provided: tuple[str, ...]

    @property
    def lacks(self) -> bool:
        """Whether a qualifier is what it is about."""
        return bool(self.missing or self.far or self.beside or self.provided)


_Says: TypeAlias = tuple[tuple[_Matter, tuple[str, ...]], ...]
"""Each matter with the policies that say so, in the order in which the policies were asked for."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Claims of which the policies say the same; ``claims`` holds one finding for each, ``findings`` all."""

    section: int
    says: _Says
    claims: tuple[Finding, ...]
    findings: tuple[Finding, ...]

    @property
    def severity(self) -> Severity:
        """The worst that any policy says."""
        return min((matter.severity for matter, _ in self.says), key=_ORDER.index)


def render(report: Report, settings: Settings) -> str:
    """See ``claimcheck.reporters.render``."""
    text = "".join(_file(result, report, settings) for result in report.results)
    if settings.show_dismissed:
        unclaimed = "".join(dismissals(result) for result in report.results)
        text += f"{unclaimed}\n" if unclaimed and text else unclaimed
    if settings.statistics and (counts := statistics(report)):
        text += f"{counts}\n"
    return text + summary(report)


def _file(result: FileResult, report: Report, settings: Settings) -> str:
    text = ""
    section = None
    for group in _groups(result, report):
        if group.section != section:
            section = group.section
            text += _heading(result, section)
        text += _rendered(group, result, report, settings)
    return text


def _groups(result: FileResult, report: Report) -> list[_Group]:
    """Sections in the order of the file, in each what is worst first."""
    remedies = {remedy.id: remedy for remedy in result.remedies}
    claims: dict[tuple[int, Spot], list[Finding]] = {}
    for finding in sorted(result.findings, key=lambda one: report.policies.index(one.policy)):
        claims.setdefault((finding.section, finding.spot), []).append(finding)
    alike: dict[tuple[int, _Says], list[list[Finding]]] = {}
    for (section, _), found in claims.items():
        said: dict[_Matter, tuple[str, ...]] = {}
        for one in found:
            matter = _matter(one, remedies.get(one.remedy))
            said[matter] = (*said.get(matter, ()), one.policy)
        alike.setdefault((section, tuple(said.items())), []).append(found)
    groups = [
        _Group(
            section, says, tuple(found[0] for found in all_found), tuple(one for found in all_found for one in found)
        )
        for (section, says), all_found in alike.items()
    ]
    return sorted(groups, key=_rank)


def _matter(finding: Finding, remedy: Remedy | None) -> _Matter:
    far = in_order(witness.kind for witness in finding.too_far)
    # Where one of several kinds would do, the finding names the first, and the edit that is easiest another.
    provided = in_order(one.kind for one in finding.provided)
    alone = finding.missing and not (far or finding.beside or provided)
    missing = in_order((*finding.missing, *(remedy.kinds if remedy and alone else ())))
    return _Matter(finding.severity, finding.prohibited, missing, far, finding.beside, provided)


def _rank(group: _Group) -> tuple[int, int, int]:
    return group.section, _ORDER.index(group.severity), group.claims[0].spot.start.offset


def _heading(result: FileResult, section: int) -> str:
    title = result.sections[section].title if section < len(result.sections) else ""
    return f"{safe(result.path)}{f', section {quoted(title)}' if title else ''}\n"


def _rendered(group: _Group, result: FileResult, report: Report, settings: Settings) -> str:
    name = colored(group.severity, group.severity.value, color=settings.color)
    several = len(report.policies) > 1
    text = f"  {name}: {counted(len(group.claims), 'claim')}{_headline(group, several=several)}\n"
    helps: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for policy in dict.fromkeys(one.policy for one in group.findings):
        found = [one for one in group.findings if one.policy == policy]
        helps.setdefault(tuple(_help(found, result)), []).append(policy)
    for lines_of, policies in helps.items():
        under = f" [{', '.join(policies)}]" if several else ""
        text += "".join(f"    {word}{under}: {flat(line)}\n" for word, line in lines_of)
    for finding in group.claims[:MOST_CLAIMS]:
        text += f"    {place(finding.spot)}: {quoted(finding.text)} {finding.rule}{_elsewhere(finding)}\n"
    if len(group.claims) > MOST_CLAIMS:
        text += f"    and {len(group.claims) - MOST_CLAIMS} more\n"
    return text + "\n"


def _headline(group: _Group, *, several: bool) -> str:
    """What is said of the claims, to follow their number; of several policies, by which."""
    if not several:
        (matter, _), *_ = group.says
        said = _said(matter, group.findings)
        return said if matter.prohibited or not matter.lacks else f": {said}"
    named: dict[tuple[str, str], list[str]] = {}
    for matter, policies in sorted(group.says, key=lambda said: not said[0].prohibited):
        found = [one for one in group.findings if one.policy in policies]
        if matter.prohibited:
            around = ("prohibited in ", "")
        elif matter.lacks:
            around = ("in ", f" {_said(matter, found)}")
        else:
            around = ("worth knowing of in ", "")
        named.setdefault(around, []).extend(policies)
    return ": " + "; ".join(before + ", ".join(names) + after for (before, after), names in named.items())


def _said(matter: _Matter, findings: Sequence[Finding]) -> str:
    if matter.prohibited:
        return " that no caveat can put right"
    parts = []
    if matter.missing:
        parts.append(f"nothing in the document says {listed([asked(kind, findings) for kind in matter.missing])}")
    if matter.far:
        said = [f"{asked(kind, findings)} ({_where(kind, findings)})" for kind in matter.far]
        parts.append(f"{'it' if parts else 'the document'} says {listed(said, 'and')}, but too far away")
    for kind in matter.provided:
        where = dict.fromkeys(other.where for one in findings for other in one.provided if other.kind == kind)
        parts.append(f"{added(listed(list(where), 'and'))} says {asked(kind, findings)}, but too far away")
    parts += [f"{asked(kind)} is stated beside the page, not on it" for kind in matter.beside]
    return "; ".join(parts) or " worth knowing of"


def _where(kind: str, findings: Sequence[Finding]) -> str:
    return lines(witness.spot for finding in findings for witness in finding.too_far if witness.kind == kind)


def _elsewhere(finding: Finding) -> str:
    return f" (also on {lines(finding.also_at)})" if finding.also_at else ""


def _help(findings: Sequence[Finding], result: FileResult) -> list[tuple[str, str]]:
    """What would help, as ``("fix" | "or", text)``: one edit with how much it clears and others; or suggestions."""
    remedies = {remedy.id: remedy for remedy in result.remedies}
    suggested = list(dict.fromkeys(one.suggestion for one in findings if one.suggestion))
    edits = {remedies[one.remedy].suggestion: remedies[one.remedy] for one in findings if one.remedy in remedies}
    if len(edits) != 1:
        return [("fix", suggestion) for suggestion in suggested]
    (edit,) = edits.values()
    alone = len({one.remedy for one in findings}) == 1
    clears = f" (clears {counted(len(edit.clears), 'finding')})" if alone and len(edit.clears) > 1 else ""
    lacked = {kind for one in findings for kind in lacking(one)}
    others = [] if lacked.issuperset(edit.kinds) else [one for one in suggested if one != edit.suggestion]
    return [("fix", f"{edit.suggestion}{clears}"), *(("or", other) for other in others)]
