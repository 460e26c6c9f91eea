"""Errors that a user can cause: what went wrong, where, and what to do about it."""

from __future__ import annotations


class ClaimcheckError(Exception):
    """
    Something the user can put right.

    Args:
        what: One clause, lower case, without a full stop: what went wrong.
        where: ``path``, ``path:line`` or ``path:line:column`` (1-based); empty when there is no place.
        fix: One order that puts it right, as a sentence; empty when there is none to give.
    """

    def __init__(self, what: str, *, where: str = "", fix: str = "") -> None:
        self.what = what
        self.where = where
        self.fix = fix
        super().__init__(str(self))

    def __str__(self) -> str:
        headline = f"{self.where}: {self.what}" if self.where else self.what
        return f"{headline}\n  fix: {self.fix}" if self.fix else headline


class PackError(ClaimcheckError):
    """A pack file (lexicon, claims, qualifiers, contexts or policies) that cannot be used."""


class ExtractError(ClaimcheckError):
    """A file whose text cannot be read: it is reported as a failure, and the other files go on."""


class UsageError(ClaimcheckError):
    """The program was asked for something that does not exist or cannot be combined."""


def reason(error: OSError) -> str:
    """What the system says of an error, in lower case and without its number."""
    return (error.strerror or type(error).__name__).lower()
