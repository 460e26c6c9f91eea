"""Comments that tell the linter to leave the next block alone, with their reason."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TypeAlias

from claimcheck.model import Comment, Document, FileResult, Finding, Spot
from claimcheck.names import RuleNames

# <!-- claimcheck: ignore[efficacy/scars, proof/*] because the study is linked below -->
# <!-- claimcheck: ignore because this is a quotation from the regulator -->
_OURS = re.compile(r"\s*claimcheck:\s*(.*)", re.DOTALL)
_INSTRUCTION = re.compile(r"ignore\s*(?:\[([^\]]*)\])?\s*(?:because\b\s*(.*))?", re.DOTALL)
_FORM = "write: claimcheck: ignore[rule] because …"

Ignored: TypeAlias = dict[int, tuple[str, ...]]
"""For each block that a comment speaks of, the ids or globs of ids (``proof/*``, ``*``) of the rules to leave alone."""


def suppress(result: FileResult, document: Document, rules: RuleNames) -> FileResult:
    """
    Leave out the findings that the file's comments speak of.

    A finding that stands in several places is left out only where a comment says so.

    Returns:
        The result, its notices saying which comments could not be followed.
    """
    ignored, notices = ignored_blocks(document, rules)
    if not ignored:
        return replace(result, notices=(*result.notices, *notices))
    places = {one.spot: one.claim.place for one in result.claims}
    left: list[Finding] = []
    for finding in result.findings:
        spots = (finding.spot, *finding.also_at)
        kept = [spot for spot in spots if not _is_ignored(finding.rule, ignored.get(places[spot].block, ()))]
        if kept:
            left.append(_moved(finding, kept, places[kept[0]].section))
    left.sort(key=lambda one: (one.spot.start.offset, one.spot.end.offset, one.policy, one.rule))
    return replace(result, findings=tuple(left), notices=(*result.notices, *notices))


def ignored_blocks(document: Document, rules: RuleNames) -> tuple[Ignored, tuple[str, ...]]:
    """What the comments of a document ask for, and notices (``path:line:column: …``) of what is wrong with them."""
    ignored: Ignored = {}
    notices: list[str] = []
    for comment in document.comments:
        match = _OURS.fullmatch(comment.text)
        if match is None:
            continue
        globs, problems = _read(match[1].strip(), comment, rules)
        at = document.position(comment.start)
        notices += [f"{document.path}:{at.line}:{at.column}: {problem}" for problem in problems]
        if globs and comment.block is not None:
            ignored[comment.block] = (*ignored.get(comment.block, ()), *globs)
    return ignored, tuple(notices)


def _read(instruction: str, comment: Comment, rules: RuleNames) -> tuple[tuple[str, ...], list[str]]:
    """The globs of an instruction, and what is wrong with it."""
    match = _INSTRUCTION.fullmatch(instruction)
    if match is None:
        return (), [f"this comment is not understood; {_FORM}"]
    named = match[1]
    written = ("*",) if named is None else tuple(part.strip() for part in named.split(",") if part.strip())
    globs = tuple(map(rules.current, written))
    if not globs:
        return (), [f"this comment does not say which rule to ignore; {_FORM}"]
    problems = []
    for glob in globs:
        if not rules.named_by(glob):
            hint = rules.unknown(glob)
            problems.append(f"no rule '{glob}' to ignore" + (f"; {hint}" if hint else ""))
    if not (match[2] or "").strip():
        problems.append(f"this comment does not say why; {_FORM}")
    if comment.block is None:
        problems.append("nothing follows this comment that it could speak of")
    return globs, problems


def _is_ignored(rule: str, globs: Collection[str]) -> bool:
    return any(fnmatchcase(rule, glob) for glob in globs)


def _moved(finding: Finding, spots: list[Spot], section: int) -> Finding:
    if finding.spot == spots[0] and len(spots) == 1 + len(finding.also_at):
        return finding
    return replace(finding, spot=spots[0], also_at=tuple(spots[1:]), section=section)
