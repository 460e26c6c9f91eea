"""What a configuration may hold, as dataclasses: the one description of its keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from claimcheck.packs.facts import FactsSection
from claimcheck.packs.ignores import PathIgnoreEntry
from claimcheck.packs.jsonschema import record_schema
from claimcheck.packs.schema import Text, documented

SeverityOrOff = Literal["error", "warning", "note", "off"]


@dataclass(frozen=True)
class FieldsSection:
    """Which fields of front matter and data files, and columns of tables, are copy."""

    copy: tuple[Text, ...] = documented(
        "Globs of names whose values are copy whatever they look like, such as 'promo_*'.", default=()
    )
    other: tuple[Text, ...] = documented("Globs of names whose values are no copy, such as 'internal*'.", default=())


@dataclass(frozen=True)
class PathEntry:
    """What holds for some of the files: one market, one shop, one part of a site."""

    match: tuple[Text, ...] = documented("The files, as in .gitignore, seen from this file: 'content/en-gb/'.")
    policies: tuple[Text, ...] = documented("Policies to judge them by, in place of the others.", default=())
    subject: Text | None = documented("What their copy is about.", default=None)
    facts: FactsSection | None = documented(
        "What is known beside their copy, in place of the other facts.", default=None
    )
    select: tuple[Text, ...] = documented("Rules to report there, in place of the others.", default=())
    ignore: tuple[Text, ...] = documented("Further rules to leave out there.", default=())
    severity: Mapping[Text, SeverityOrOff] = documented("Severities that go before the others.", default_factory=dict)


@dataclass(frozen=True)
class ProvidedEntry:
    """A qualifier that a template adds to pages: it counts as standing elsewhere in the document."""

    kind: Text = documented("Kind of qualifier, such as variability.")
    where: Text = documented("What adds it, in words for readers, such as 'the footer'.")
    paths: tuple[Text, ...] = documented("Only these pages, as in .gitignore, seen from this file.", default=())


@dataclass(frozen=True)
class ConfigFile:
    """``claimcheck.yaml``, or ``[tool.claimcheck]`` in ``pyproject.toml``."""

    extends: Text | None = documented("A configuration that this one adds to, seen from this file.", default=None)
    policies: tuple[Text, ...] = documented("Policies to judge by.", default=())
    subject: Text | None = documented("What the copy is about, where it does not say so itself.", default=None)
    facts: FactsSection | None = documented("What is known of the product beside its copy.", default=None)
    paths: tuple[PathEntry, ...] = documented(
        "What holds for some of the files; where several fit, the last counts.", default=()
    )
    provided: tuple[ProvidedEntry, ...] = documented("Qualifiers that a template adds to every page.", default=())
    packs: tuple[Text, ...] = documented("Further rules: files or folders, seen from this file.", default=())
    select: tuple[Text, ...] = documented("Rules to report, as ids or globs; left out, all.", default=())
    ignore: tuple[Text, ...] = documented("Rules to leave out, as ids or globs.", default=())
    severity: Mapping[Text, SeverityOrOff] = documented(
        "Severity of rules, by id or glob: error, warning, note, or off; where several fit, the last counts.",
        default_factory=dict,
    )
    ignores: tuple[PathIgnoreEntry, ...] = documented(
        "Rules to leave out in some files, each with a reason.", default=()
    )
    require_reasons: bool = documented(
        "Whether a comment that ignores rules and does not say why is a failure.", hyphens=True, default=False
    )
    include: tuple[Text, ...] = documented(
        "Further files to take from folders, as in .gitignore, such as 'src/**/*.ts'.", default=()
    )
    exclude: tuple[Text, ...] = documented("Files to leave out, as in .gitignore.", default=())
    formats: Mapping[Text, Text] = documented(
        "What files are read as: patterns as in .gitignore with names of formats, the last that fits counts.",
        default_factory=dict,
    )
    fragments: tuple[Text, ...] = documented(
        "Files that cannot hold their page's caveats, as in .gitignore; after '!' those that can.", default=()
    )
    fields: FieldsSection | None = documented("Which fields and columns are copy.", default=None)
    caveats: Mapping[Text, Text] = documented(
        "Sentences that --fix adds, by kind of qualifier, in place of those of the policies.", default_factory=dict
    )
    baseline: Text | None = documented("The findings of which note was taken, seen from this file.", default=None)
    preview: bool = documented("Whether rules are used that may still change.", default=False)
    required_version: Text | None = documented(
        "Versions of claimcheck that this file is for, such as '>=0.2,<1'.", hyphens=True, default=None
    )


def config_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a configuration, for editors; it says what they can check."""
    return record_schema(ConfigFile, "claimcheck configuration")
