"""The configuration file: what a team asks of every run, and what is known of what it sells."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from claimcheck.model import NO_FACTS, Facts

NAME = "claimcheck.yaml"


@dataclass(frozen=True, slots=True)
class Config:
    """
    What a configuration file says, checked. Names that it gives remember where they stand (``names.place_of``).

    Args:
        path: Of the file; empty when there is none.
        subject: What the copy is about; empty when that is not said.
        packs: Paths of further rules, from the working directory.
    """

    path: str = ""
    policies: tuple[str, ...] = ()
    subject: str = ""
    facts: Facts = NO_FACTS
    packs: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    preview: bool = False


def find_config(given: str | None, *, isolated: bool) -> str | None:
    """
    Path of the configuration to run by, ``None`` when there is none.

    Args:
        given: The file that was named; otherwise it is the nearest ``claimcheck.yaml`` from the working directory
            upwards, not beyond the root of a repository.
        isolated: Whether no file is looked for.
    """
    if given is not None:
        return given
    return None if isolated else _nearest(Path.cwd())


def _nearest(folder: Path) -> str | None:
    """From the working directory up to the first folder that holds a repository."""
    for one in (folder, *folder.parents):
        if (one / NAME).is_file():
            return os.path.relpath(one / NAME)
        if (one / ".git").exists():
            return None
    return None
