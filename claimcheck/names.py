"""Names that a user gives: one that does not exist is refused, with the one that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable

from claimcheck.errors import UsageError


def known(what: str, name: str, names: Iterable[str]) -> str:
    """
    The name, if it is one of these.

    Args:
        what: What it names, such as ``policy``.

    Raises:
        UsageError: If it is none of them.
    """
    choices = list(names)
    if name in choices:
        return name
    meant = closest(name, choices)
    fix = f"Did you mean '{meant}'?" if meant else f"Choose from: {', '.join(choices)}."
    raise UsageError(f"no {what} '{name}'", fix=fix)


def closest(name: str, names: Iterable[str]) -> str:
    """The name that was probably meant; empty when none is near."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, list(names), n=1)), "")
