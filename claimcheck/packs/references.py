"""Names in a pack file that must stand in another, and what was read as plain JSON values."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from typing import Any

from claimcheck.errors import PackError
from claimcheck.packs.schema import Text

MOST_LISTED = 25
"""So many names are listed when none is near."""


def check_name(name: Text, names: Collection[str], what: str) -> None:
    """
    Refuse a name that nothing has.

    Args:
        names: Those that exist.
        what: What they are called in the error, such as ``list``.

    Raises:
        PackError: If it is not among them.
    """
    if name not in names:
        close = get_close_matches(name, list(names), n=1)
        some = sorted(names)
        more = f" and {len(some) - MOST_LISTED} more" if len(some) > MOST_LISTED else ""
        fix = f"Did you mean '{close[0]}'?" if close else f"Known are: {', '.join(some[:MOST_LISTED])}{more}."
        raise PackError(f"no {what} '{name}'", where=name.where, fix=fix)


def plain(value: Any) -> Any:
    """A dataclass of the schema as plain JSON values."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return str(value) if isinstance(value, str) else value
