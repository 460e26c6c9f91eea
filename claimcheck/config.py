"""The configuration: what a team asks of every run, and what is known of what it sells."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.model import NO_FACTS, Facts, Ignore, Provided

NAME = "claimcheck.yaml"
PYPROJECT = "pyproject.toml"
TABLE = ("tool", "claimcheck")
"""The table of a TOML file in which a configuration stands."""

OFF = "off"
"""The severity of rules that are not reported."""

_TABLE_LINE = rb"(?m)^[ \t]*\[\s*tool\s*\.\s*claimcheck\b"


@dataclass(frozen=True, slots=True)
class PathSection:
    """
    What holds for some of the files; what it leaves open, the sections before it say, or the run.

    Args:
        match: Patterns of the files, as in ``.gitignore``, from the working directory.
        policies: Names of the policies to judge by; empty when that is not said.
        subject: What the copy is about; empty when that is not said.
        facts: What is known beside the copy; ``None`` when that is not said.
        select: Rules to report; empty when that is not said.
        ignore: Further rules to leave out.
        severity: Further ``(id or glob of rules, severity or "off")``.
    """

    match: tuple[str, ...]
    policies: tuple[str, ...] = ()
    subject: str = ""
    facts: Facts | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """
    What a configuration says, checked. Names that it gives remember where they stand (``names.place_of``).

    Args:
        path: Of the file; empty when there is none.
        files: That file and those that it extends, the nearest first; these remember where they are extended.
        subject: What the copy is about; empty when that is not said.
        packs: Paths of further rules, from the working directory.
        severity: ``(id or glob of rules, severity or "off")``; of several that fit a rule, the last counts.
        include: Further files that are taken from folders, as in ``.gitignore``; ``exclude``: those to leave out.
        reading: What it says about formats, fragments and fields.
        sections: What holds for some of the files; of several that match a file, the last counts.
        provided: Qualifiers that a template adds to pages.
        baseline: Path of the baseline, from the working directory; empty when that is not said.
        ignores: Rules to leave alone in some files, each with a reason.
        require_reasons: Whether comments that ignore rules must say why.
        caveats: ``(kind of qualifier, sentence)`` that fixes add; of several for a kind, the last counts.
        requires: The versions of the program that it is for.
        places: For each key that is said its ``path:line:column``.
    """

    path: str = ""
    files: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    subject: str = ""
    facts: Facts = NO_FACTS
    packs: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    reading: Reading = AS_SHIPPED
    sections: tuple[PathSection, ...] = ()
    provided: tuple[Provided, ...] = ()
    preview: bool = False
    baseline: str = ""
    ignores: tuple[Ignore, ...] = ()
    require_reasons: bool = False
    caveats: tuple[tuple[str, str], ...] = ()
    requires: tuple[str, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict, compare=False)


def find_config(given: str | None, *, isolated: bool) -> str | None:
    """
    Path of the configuration to run by, ``None`` when there is none.

    Args:
        given: The file that was named; otherwise it is the nearest ``claimcheck.yaml``, or ``pyproject.toml`` with a
            table ``[tool.claimcheck]``, from the working directory upwards, not beyond the root of a repository.
        isolated: Whether no file is looked for.
    """
    if given is not None:
        return given
    return None if isolated else _nearest(Path.cwd())


def config_in(folder: Path) -> Path | None:
    """The configuration that stands in a folder; ``None`` if none does."""
    if (folder / NAME).is_file():
        return folder / NAME
    return folder / PYPROJECT if _has_table(folder / PYPROJECT) else None


def _nearest(folder: Path) -> str | None:
    for one in upwards(folder):
        if (found := config_in(one)) is not None:
            return os.path.relpath(found)
    return None


def upwards(folder: Path) -> Iterator[Path]:
    """A folder and those above it, up to the first that holds a repository."""
    for one in (folder, *folder.parents):
        yield one
        if (one / ".git").exists():
            return


def _has_table(path: Path) -> bool:
    """Whether a TOML file has our table; one that is broken has it where a line says so."""
    try:
        data = path.read_bytes()
    except OSError:
        return False
    if b"claimcheck" not in data:
        return False
    import tomllib  # most projects have no such file, or do not speak of us there

    try:
        said = tomllib.loads(data.decode("utf-8"))
    except ValueError:
        return re.search(_TABLE_LINE, data) is not None
    except RecursionError:
        return False
    tool = said.get(TABLE[0])
    return isinstance(tool, dict) and TABLE[1] in tool
