"""What a configuration says about reading files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """
    Args:
        copy: Globs of names of fields, columns and keys, in lower case, whose values are copy whatever they look like.
        other: Globs of names whose values are no copy; ``copy`` goes before it.
        formats: ``(pattern as in .gitignore, name of a format)``; of several that fit a file, the last counts.
        fragments: Patterns as in ``.gitignore`` of files that cannot hold their page's caveats; those after ``!`` can.
    """  # noqa: D205

    copy: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    formats: tuple[tuple[str, str], ...] = ()
    fragments: tuple[str, ...] = ()


AS_SHIPPED = Reading()
