"""Reads a configuration file: YAML, held against one dataclass, every mistake with its place."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from claimcheck.config import NAME, Config
from claimcheck.errors import UsageError
from claimcheck.model import NO_FACTS
from claimcheck.names import closest
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
        UsageError: If it cannot be read, is for other versions, or names a pack that is not there.
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
        policies=file.policies,
        subject=subject,
        facts=facts,
        packs=tuple(_pack(pack, os.path.dirname(path)) for pack in file.packs),
        select=file.select,
        ignore=file.ignore,
        exclude=file.exclude,
        preview=file.preview,
    )


def _pack(named: Text, folder: str) -> Text:
    """The path of a pack from the working directory."""
    path = os.path.join(folder, named)
    if not os.path.exists(path):
        meant = closest(named, _packs_beside(named, folder))
        fix = f"Did you mean '{meant}'?" if meant else "Name a pack file or a folder of them."
        raise UsageError(f"there is no pack '{named}', seen from this file", where=named.where, fix=fix)
    return Text(path, named.path, named.line, named.column)


def _packs_beside(named: str, folder: str) -> list[str]:
    """What may have been meant by a pack, as it would be written: the packs and folders in the folder of that pack."""
    inner = os.path.dirname(named)
    try:
        with os.scandir(os.path.join(folder, inner) or ".") as found:
            names = [one.name for one in found if one.name.endswith((".yaml", ".yml")) or one.is_dir()]
    except OSError:
        return []
    return [os.path.join(inner, name) for name in sorted(names) if name != NAME]


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
