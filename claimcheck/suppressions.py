"""Comments that tell the linter to leave the next block alone, with their reason."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from fnmatch import fnmatchcase

from claimcheck.model import Document, Finding

# <!-- claimcheck: ignore[efficacy/scars, proof/*] because the study is linked below -->
_DIRECTIVE = re.compile(r"\s*claimcheck:\s*(\w[\w-]*)\s*(?:\[([^\]]*)\])?\s*(?:because\b\s*(.*?))?\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Suppression:
    """
    Rules to be left alone in a block.

    Args:
        rules: Ids or globs of ids (``proof/*``); empty means all.
        block: Number of the block, ``None`` when no block follows.
        line: Where the comment stands, from 1.
    """

    rules: tuple[str, ...]
    block: int | None
    reason: str
    line: int


def suppressions(document: Document, rules: Collection[str]) -> tuple[tuple[Suppression, ...], tuple[str, ...]]:
    """The suppressions of a document, and notices of what is wrong with them (``path:line: …``)."""
    found: list[Suppression] = []
    notices: list[str] = []
    for comment in document.comments:
        if "claimcheck:" not in comment.text:
            continue
        line = document.position(comment.start).line
        where = f"{document.path}:{line}"
        match = _DIRECTIVE.fullmatch(comment.text)
        if match is None or match[1] != "ignore":
            notices.append(f"{where}: a comment for claimcheck is not understood; write: claimcheck: ignore[rule] because …")
            continue
        wanted = tuple(part.strip() for part in (match[2] or "").split(",") if part.strip())
        for one in wanted:
            if not any(fnmatchcase(rule, one) for rule in rules):
                from difflib import get_close_matches

                close = get_close_matches(one, list(rules), n=1)
                notices.append(f"{where}: no rule '{one}' to ignore" + (f"; did you mean '{close[0]}'?" if close else ""))
        found.append(Suppression(wanted, comment.block, (match[3] or "").strip(), line))
    return tuple(found), tuple(notices)


def is_suppressed(finding: Finding, block: int, among: Collection[Suppression]) -> bool:
    """Whether a finding whose claim stands in this block is to be left out."""
    return any(
        one.block == block and (not one.rules or any(fnmatchcase(finding.rule, rule) for rule in one.rules))
        for one in among
    )
