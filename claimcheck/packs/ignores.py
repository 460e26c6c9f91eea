"""Rules to leave alone, as front matter and the configuration name them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from claimcheck.model import Ignore
from claimcheck.packs.schema import Text, documented


@dataclass(frozen=True)
class IgnoreEntry:
    """Rules that are left alone in a page, and why."""

    rules: tuple[Text, ...] = documented("Ids or globs of the rules, such as 'proof/*'; '*' for all.")
    because: Text = documented("Why they may be left alone.")
    until: Text | None = documented(
        "The last day on which they are, YYYY-MM-DD, or the last month, YYYY-MM.", form="last-day", default=None
    )


@dataclass(frozen=True)
class PathIgnoreEntry(IgnoreEntry):
    """Rules that are left alone in some files, and why."""

    paths: tuple[Text, ...] = documented("Patterns of the files, as in .gitignore; left out, all.", default=())


def ignores_of(entries: Iterable[IgnoreEntry]) -> tuple[Ignore, ...]:
    """What some entries ask for; each tells of itself by the place of its first rule."""
    return tuple(
        Ignore(
            rules=one.rules,
            because=str(one.because),
            until=str(one.until or ""),
            paths=one.paths if isinstance(one, PathIgnoreEntry) else (),
            where=one.rules[0].where,
        )
        for one in entries
    )
