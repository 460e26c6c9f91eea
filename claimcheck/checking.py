"""Join detection and policies: one document in, everything that is to be reported out."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from claimcheck.engine.linter import Linter
from claimcheck.model import NO_FACTS, SUBJECTS, Document, Facts, FileResult
from claimcheck.names import known

if TYPE_CHECKING:
    from claimcheck.packs.rulebook import Rulebook


def check_document(
    document: Document,
    linter: Linter,
    *,
    policies: Sequence[str] = ("caveats",),
    subject: str = "auto",
    on: str = "",
    facts: Facts = NO_FACTS,
    inventory: bool = False,
) -> FileResult:
    """
    Check one document.

    Args:
        document: From ``claimcheck.extract.extract``.
        linter: Built once for many documents.
        policies: Names of policies of the linter's rule book.
        subject: What the claims are about, or ``auto``.
        on: The day to judge by, ``YYYY-MM-DD``; empty means that every entry of a policy is in force.
        facts: What is known beside the copy.
        inventory: Whether qualifiers are wanted of a document without claims, too.

    Raises:
        UsageError: If there is no such policy or subject.
    """
    for name in policies:
        known("policy", name, linter.rulebook.policies)
    known("subject", subject, ("auto", *SUBJECTS))
    analysis = linter.analyse(
        document, subject=subject, inventory=inventory, names=_speak_of_names(linter.rulebook, policies)
    )
    if not (analysis.claims or analysis.dismissed or analysis.qualifiers):
        return FileResult(path=document.path, sections=document.sections)
    from claimcheck.policies.results import result_of

    return result_of(analysis, linter.rulebook, policies, on=on, facts=facts)


def _speak_of_names(rulebook: Rulebook, policies: Sequence[str]) -> bool:
    """Whether a policy has an entry for words that assert nothing."""
    entries = (entry for name in policies for entry in rulebook.policies[name]["entries"])
    globs = {glob for entry in entries for glob in entry["rules"]}
    return any(fnmatchcase(rule, glob) for glob in globs for rule in rulebook.bare)
