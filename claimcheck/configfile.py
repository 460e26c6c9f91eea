"""Reads a configuration file: YAML, held against one dataclass, every mistake with its place."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from claimcheck.config import Config
from claimcheck.errors import UsageError
from claimcheck.model import NO_FACTS
from claimcheck.packs.facts import FactsSection, facts_of
from claimcheck.packs.nodes import read_nodes
from claimcheck.packs.reader import read_record
from claimcheck.packs.schema import Text, documented


@dataclass(frozen=True)
class ConfigFile:
    """``claimcheck.yaml``."""

    policies: tuple[Text, ...] = documented("Policies to judge by.", default=())
    facts: FactsSection | None = documented("What is known of the product beside its copy.", default=None)
    packs: tuple[Text, ...] = documented("Further rules: files or folders, seen from this file.", default=())
    select: tuple[Text, ...] = documented("Rules to report, as ids or globs; left out, all.", default=())
    ignore: tuple[Text, ...] = documented("Rules to leave out, as ids or globs.", default=())
    exclude: tuple[Text, ...] = documented("Files to leave out, as in .gitignore.", default=())
    preview: bool = documented("Whether rules are used that may still change.", default=False)
    required_version: Text | None = documented(
        "Versions of claimcheck that this file is for, such as '>=0.2,<1'.", hyphens=True, default=None
    )


def read_config(path: str, version: str) -> Config:
    """
    What a configuration file says.

    Args:
        path: As it is to be shown; packs are seen from its folder.
        version: Of the running program.

    Raises:
        PackError: If there is something wrong in it.
        UsageError: If it cannot be read, or is for other versions.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        fix = "Name a file that can be read."
        raise UsageError(f"the configuration cannot be read: {error.strerror}", where=path, fix=fix) from None
    node = read_nodes(data, path)
    if node.absent:
        return Config(path)
    return _checked(read_record(node, ConfigFile, "the file"), path, version)


def _checked(file: ConfigFile, path: str, version: str) -> Config:
    if file.required_version is not None:
        _check_version(file.required_version, version)
    subject, facts = facts_of(file.facts) if file.facts is not None else ("", NO_FACTS)
    return Config(
        path=path,
        policies=_texts(file.policies),
        subject=subject,
        facts=facts,
        packs=tuple(os.path.join(os.path.dirname(path), pack) for pack in file.packs),
        select=_texts(file.select),
        ignore=_texts(file.ignore),
        exclude=_texts(file.exclude),
        preview=file.preview,
    )


def _texts(found: tuple[Text, ...]) -> tuple[str, ...]:
    return tuple(str(one) for one in found)


def _check_version(wanted: Text, version: str) -> None:
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        fits = SpecifierSet(str(wanted), prereleases=True).contains(version)
    except InvalidSpecifier:
        fix = "Write it as '>=0.2' or '>=0.2,<1'."
        raise UsageError(f"'{wanted}' names no versions", where=wanted.where, fix=fix) from None
    if not fits:
        raise UsageError(
            f"this configuration is for claimcheck {wanted}, and this is {version}",
            where=wanted.where,
            fix="Install such a version, or change 'required-version'.",
        )
