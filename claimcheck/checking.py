"""Join detection and policies: one document in, everything that is to be reported out."""

from __future__ import annotations

from collections.abc import Sequence

from claimcheck.engine.linter import Linter
from claimcheck.errors import UsageError
from claimcheck.model import SUBJECTS, Document, FileResult
from claimcheck.packs.rulebook import Rulebook


def check_document(
    document: Document, linter: Linter, *, policies: Sequence[str] = ("caveats",), subject: str = "auto"
) -> FileResult:
    """
    Check one document.

    Args:
        document: From ``claimcheck.extract.extract``.
        linter: Built once for many documents.
        policies: Names of policies of the linter's rule book.
        subject: What the claims are about, or ``auto``.

    Raises:
        UsageError: If there is no such policy or subject.
    """
    _check_names(linter.rulebook, policies, subject)
    analysis = linter.analyse(document, subject=subject)
    if not analysis.claims and not analysis.dismissed:
        return FileResult(path=document.path, sections=document.sections)
    from claimcheck.policies.results import result_of

    return result_of(analysis, linter.rulebook, policies)


def _check_names(rulebook: Rulebook, policies: Sequence[str], subject: str) -> None:
    for name in policies:
        if name not in rulebook.policies:
            raise UsageError(f"no policy '{name}'", fix=f"Choose from: {', '.join(sorted(rulebook.policies))}.")
    if subject not in ("auto", *SUBJECTS):
        raise UsageError(f"no subject '{subject}'", fix=f"Choose from: auto, {', '.join(SUBJECTS)}.")
