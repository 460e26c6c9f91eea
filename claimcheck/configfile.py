"""Reads a configuration, and those that it extends, held against one dataclass, every mistake with its place."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from claimcheck.config import NAME, TABLE, Config, PathSection
from claimcheck.configkeys import ConfigFile, FieldsSection, PathEntry
from claimcheck.errors import PackError, UsageError, reason
from claimcheck.extract.reading import Reading
from claimcheck.globs import seen_from
from claimcheck.model import NO_FACTS, QUALIFIER_KINDS, SUBJECTS, Facts, Provided
from claimcheck.names import closest
from claimcheck.packs.facts import FactsSection, facts_of
from claimcheck.packs.ignores import ignores_of
from claimcheck.packs.nodes import Node, read_nodes
from claimcheck.packs.reader import read_record
from claimcheck.packs.references import check_name
from claimcheck.packs.schema import Text

_REPLACED = ("policies", "subject", "facts", "select", "preview", "baseline", "require_reasons")
_JOINED = (
    "packs",
    "ignore",
    "severity",
    "include",
    "exclude",
    "sections",
    "provided",
    "ignores",
    "caveats",
    "requires",
)


def read_config(path: str, version: str) -> Config:
    """
    What a configuration says, and what those say that it extends.

    Args:
        path: As it is to be shown; packs and patterns are seen from its folder. Of a TOML file, the table
            ``[tool.claimcheck]`` is read.
        version: Of the running program.

    Raises:
        PackError: If there is something wrong in it.
        UsageError: If it cannot be read, is for other versions, or names a pack that is not there.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        fix = "Name a file that can be read."
        raise UsageError(f"the configuration cannot be read: {reason(error)}", where=path, fix=fix) from None
    return _read(data, path, version, ())


def _read(data: bytes, path: str, version: str, below: tuple[str, ...]) -> Config:
    """The configuration in a file; ``below`` are the real paths of those that it is extended by."""
    node = _node(data, path)
    if node.absent:
        return Config(path, (path,))
    file = read_record(node, ConfigFile, "the file")
    if file.required_version is not None:
        _check_version(file.required_version, version)
    own = _checked(file, node, path)
    return own if file.extends is None else _joined(_base(file.extends, path, version, below), own)


def _node(data: bytes, path: str) -> Node:
    if not path.endswith(".toml"):
        return read_nodes(data, path)
    from claimcheck.packs.tomlnodes import read_toml_table  # most configurations are YAML

    node = read_toml_table(data, path, TABLE)
    if node is None:
        raise UsageError("there is no table [tool.claimcheck]", where=path, fix="Add it, or name another file.")
    return node


def _base(named: Text, path: str, version: str, below: tuple[str, ...]) -> Config:
    """The configuration that another extends."""
    base = os.path.normpath(os.path.join(os.path.dirname(path), named))
    chain = (*below, os.path.realpath(path))
    if os.path.realpath(base) in chain:
        what = f"'{named}' is extended by way of itself"
        raise UsageError(what, where=named.where, fix="Take it out of one of the files.")
    try:
        data = Path(base).read_bytes()
    except OSError as error:
        what = f"the configuration '{named}' cannot be read: {reason(error)}"
        raise UsageError(what, where=named.where, fix="Name a file, seen from this one.") from None
    # It remembers where it is extended.
    return _read(data, Text(base, named.path, named.line, named.column), version, chain)


def _joined(base: Config, own: Config) -> Config:
    """What goes before on the command line goes before here, what is added there is added here."""
    values: dict[str, Any] = {key: getattr(base, key) for key in _REPLACED if key.replace("_", "-") not in own.places}
    values |= {key: (*getattr(base, key), *getattr(own, key)) for key in _JOINED}
    return replace(
        own,
        files=(*own.files, *base.files),
        reading=Reading(
            copy=(*base.reading.copy, *own.reading.copy),
            other=(*base.reading.other, *own.reading.other),
            formats=(*base.reading.formats, *own.reading.formats),
            fragments=(*base.reading.fragments, *own.reading.fragments),
        ),
        places={**base.places, **own.places},
        **values,
    )


def _checked(file: ConfigFile, node: Node, path: str) -> Config:
    folder = os.path.dirname(path)
    places = {str(key.at): key.at.where for key, _ in node.pairs}
    subject, facts = _facts(file.subject, file.facts)
    if subject:
        places.setdefault("subject", places.get("facts", ""))
    return Config(
        path=path,
        files=(path,),
        policies=file.policies,
        subject=subject,
        facts=facts or NO_FACTS,
        packs=tuple(_pack(pack, folder) for pack in file.packs),
        select=file.select,
        ignore=file.ignore,
        severity=_pairs(file.severity),
        include=_seen(file.include, folder),
        exclude=_seen(file.exclude, folder),
        reading=_reading(file, folder),
        sections=tuple(_section(one, folder) for one in file.paths),
        provided=tuple(Provided(one.kind, one.where, _seen(one.paths, folder)) for one in file.provided),
        ignores=tuple(replace(one, paths=_seen(one.paths, folder)) for one in ignores_of(file.ignores)),
        require_reasons=file.require_reasons,
        caveats=_caveats(file.caveats),
        preview=file.preview,
        baseline=os.path.join(folder, file.baseline) if file.baseline else "",
        requires=() if file.required_version is None else (file.required_version,),
        places=places,
    )


def _facts(named: Text | None, section: FactsSection | None) -> tuple[str, Facts | None]:
    """``(subject, facts)``; empty and ``None`` where nothing is said."""
    facts = facts_of(section)[1] if section is not None else None
    within = section.subject if section is not None else None
    if named is None:
        return within or "", facts
    check_name(named, SUBJECTS, "subject")
    if within is not None:
        what = "the subject stands under 'facts', too"
        raise PackError(what, where=named.where, fix="Leave one of them out.")
    return named, facts


def _section(entry: PathEntry, folder: str) -> PathSection:
    subject, facts = _facts(entry.subject, entry.facts)
    return PathSection(
        match=_seen(entry.match, folder),
        policies=entry.policies,
        subject=subject,
        facts=facts,
        select=entry.select,
        ignore=entry.ignore,
        severity=_pairs(entry.severity),
    )


def _reading(file: ConfigFile, folder: str) -> Reading:
    fields = file.fields or FieldsSection()
    return Reading(
        copy=tuple(glob.lower() for glob in fields.copy),
        other=tuple(glob.lower() for glob in fields.other),
        formats=tuple((glob, name) for given, name in file.formats.items() for glob in _seen([given], folder)),
        fragments=_seen(file.fragments, folder),
    )


def _pairs(given: Mapping[Text, str]) -> tuple[tuple[str, str], ...]:
    return tuple((glob, value) for glob, value in given.items())


def _caveats(given: Mapping[Text, Text]) -> tuple[tuple[str, str], ...]:
    for kind, text in given.items():
        check_name(kind, QUALIFIER_KINDS, "kind of qualifier")
        if not text.strip() or len(text.splitlines()) > 1:
            raise PackError("a caveat is one line of words", where=text.where, fix="Write a sentence.")
    return tuple((kind, text) for kind, text in given.items())


def _seen(patterns: Iterable[str], folder: str) -> tuple[str, ...]:
    """Patterns that are written in a folder, for paths from the working directory; they remember where they stand."""
    return tuple(_placed(one, pattern) for pattern in patterns for one in seen_from(pattern, folder))


def _placed(text: str, written: str) -> str:
    return Text(text, written.path, written.line, written.column) if isinstance(written, Text) else text


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
