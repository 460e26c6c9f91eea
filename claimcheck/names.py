"""Names that a user gives: one that does not exist is refused, with the one that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Self

from claimcheck.errors import UsageError

_MOST_MEANT = 3


@dataclass(frozen=True, slots=True)
class RuleNames:
    """
    What rules are called, and what they were called before.

    Args:
        ids: Of all rules that claims can have.
        renamed: Former id to the present one.
        removed: Id of a rule that is no more, to the reason.
    """

    ids: tuple[str, ...]
    renamed: Mapping[str, str] = field(default_factory=dict)
    removed: Mapping[str, str] = field(default_factory=dict)

    def current(self, glob: str) -> str:
        """An id or glob as it is written now."""
        return self.renamed.get(glob, glob)

    def named_by(self, glob: str) -> bool:
        """Whether an id or glob names any rule."""
        return any(fnmatchcase(one, self.current(glob)) for one in self.ids)

    def unknown(self, glob: str) -> str:
        """What to say of an id or glob that names no rule: why it is gone, or which was meant; empty for neither."""
        if glob in self.removed:
            return self.removed[glob]
        kinds = dict.fromkeys(f"{one.partition('/')[0]}/*" for one in self.ids) if glob.endswith("/*") else ()
        meant = closest(glob, kinds or self.ids)
        return f"did you mean '{meant}'?" if meant else ""


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
    raise UsageError(f"no {what} '{name}'", where=place_of(name), fix=fix)


def closest(name: str, names: Iterable[str]) -> str:
    """The name that was probably meant; empty when none is near."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, list(names), n=1)), "")


def nearest(rule: str, ids: Iterable[str]) -> list[str]:
    """The ids of rules that were probably meant: a few of which it is a part, or the one that it is near to."""
    choices = list(ids)
    parts = dict.fromkeys(part for one in choices for part in one.split("/"))
    if rule not in parts and (meant := closest(rule, choices)):
        return [meant]
    part = closest(rule, parts)
    return [one for one in choices if part in one.split("/")][:_MOST_MEANT]


class Placed(str):
    """A name that remembers where it stands, as the texts of ``packs.schema`` do."""

    __slots__ = ("where",)

    where: str

    def __new__(cls, value: str, where: str) -> Self:
        """A name, and its ``path:line:column``."""
        placed = super().__new__(cls, value)
        placed.where = where
        return placed

    def __reduce__(self) -> tuple[type[Placed], tuple[str, str]]:
        """Other processes are handed the place, too."""
        return Placed, (str(self), self.where)


def place_of(name: str) -> str:
    """Where a name stands that was read from a file: ``path:line:column``; empty for any other."""
    return getattr(name, "where", "")
