"""What a file is read as: by the configuration, then by its name, then by its content."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from claimcheck.extract.formats import Format, format_named, format_of
from claimcheck.extract.reading import Reading

Reason: TypeAlias = Literal["configuration", "name", "content", "default"]


class Choice(NamedTuple):
    """
    What a file is read as.

    Args:
        by: What says so; by ``default`` a file is plain text.
        pattern: That of the configuration.
    """

    format: Format
    by: Reason
    pattern: str = ""


def choose(data: bytes, path: str, reading: Reading) -> Choice:
    """
    What a file is read as.

    Args:
        data: The whole file.
        path: As it is to be shown.

    Raises:
        UsageError: If the configuration names a format that does not exist, or a pattern that is none.
    """
    if chosen := by_name(path, reading):
        return chosen
    from claimcheck.extract.sniffing import sniff

    name = sniff(data)
    return Choice(format_named(name or "text"), "content" if name else "default")


def by_name(path: str, reading: Reading) -> Choice | None:
    """
    What a file is read as whatever it holds; ``None`` if neither the configuration nor its name says so.

    Raises:
        UsageError: If the configuration names a format that does not exist, or a pattern that is none.
    """
    if reading.formats:
        from claimcheck.globs import last_fit

        fit = last_fit((pattern for pattern, _ in reading.formats), path)
        if fit is not None:
            pattern, name = reading.formats[fit]
            return Choice(format_named(name), "configuration", pattern)
    known = format_of(path)
    return Choice(format_named(known), "name") if known else None


def check_reading(reading: Reading) -> None:
    """
    Refuse what a configuration says about formats and fragments if it cannot be followed.

    Raises:
        UsageError: If it names a format that does not exist, or a pattern that is none.
    """
    for _, name in reading.formats:
        format_named(name)
    if reading.formats or reading.fragments:
        from claimcheck.globs import compiled

        compiled(tuple(pattern for pattern, _ in reading.formats))
        compiled(reading.fragments)
