"""Formats that other packages bring: entry points of the group ``claimcheck.formats``."""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points

from claimcheck.errors import UsageError
from claimcheck.extract.formats import FORMATS, Format
from claimcheck.names import known, place_of

GROUP = "claimcheck.formats"
"""An entry point of it has the name of the format and leads to its ``Format``."""


@cache
def installed() -> dict[str, EntryPoint]:
    """Entry points by the name of their format; of several packages with the same, the first by name counts."""
    found: dict[str, EntryPoint] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda one: (one.name, package_of(one))):
        found.setdefault(point.name, point)
    return found


def package_of(point: EntryPoint) -> str:
    """Name of the distribution that brings an entry point."""
    return point.dist.name if point.dist is not None else ""


def third_party(name: str) -> Format:
    """
    The format that another package brings under a name.

    Raises:
        UsageError: If none brings one, or it cannot be loaded.
    """
    points = installed()
    known("format", name, [*(one.name for one in FORMATS), *points])
    point = points[name]
    try:
        loaded = point.load()
    except Exception as error:
        raise _unusable(name, point, f"cannot be loaded: {type(error).__name__}: {error}") from error
    if not isinstance(loaded, Format) or loaded.name != name:
        raise _unusable(name, point, f"cannot be used: '{point.value}' is no Format of that name")
    return loaded


def _unusable(name: str, point: EntryPoint, what: str) -> UsageError:
    fix = f"Mend or remove the package '{package_of(point)}', which brings it."
    return UsageError(f"the format '{name}' {what}", where=place_of(name), fix=fix)
