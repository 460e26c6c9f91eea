"""What a run is asked for, for all files and for one, and whether the rules have it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from claimcheck.config import OFF, PathSection
from claimcheck.errors import UsageError
from claimcheck.extract import AS_SHIPPED, Reading
from claimcheck.extract.choosing import check_reading
from claimcheck.globs import compiled, verdict
from claimcheck.model import (
    KINDS,
    NO_FACTS,
    QUALIFIER_KINDS,
    SUBJECTS,
    Facts,
    Ignore,
    Provided,
)
from claimcheck.names import closest, known, place_of

if TYPE_CHECKING:
    from claimcheck.packs.rulebook import Rulebook

_COVERS = "Name a list of targets such as acne, a class such as disease, or a kind of claim."


@dataclass(frozen=True, slots=True)
class Options:
    """
    What a run is asked for.

    Args:
        policies: Names of the policies to judge by.
        subject: What the claims are about, or ``auto``.
        default_subject: What they are about where the file does not say so; empty to work it out.
        facts: What is known beside the copy; what a file says of itself goes before it.
        select: Ids or globs (``proof/*``) of the rules to report; empty means all.
        ignore: Ids or globs of the rules to leave out.
        severity: ``(id or glob of rules, severity or "off")``; of several that fit a rule, the last counts.
        sections: What holds for some of the files; of several that match a file, the last counts.
        provided: Qualifiers that a template adds to pages.
        include: Further files that are taken from folders, as in ``.gitignore``.
        exclude: Files to leave out, as in ``.gitignore``.
        force_exclude: Whether they, and what a walk passes over by its name, are left out even when they are named.
        stdin_filename: What text from standard input is called, which gives its format.
        on: The date to judge by, ``YYYY-MM-DD``; empty means today in UTC.
        inventory: Whether qualifiers are wanted of files without claims, too.
        reading: What files are read as, which of them are fragments, and which of their fields are copy.
        jobs: How many processes check files at once; 0 means as many as are of use.
        cache: Whether results of earlier runs are used and those of this one kept.
        cache_dir: Where, in place of the user's cache folder.
        changed_since: Only what has changed since this revision of git is reported; empty for all.
        ignores: Rules to leave alone in some files, each with a reason.
        require_reasons: Whether a comment that ignores rules and does not say why does nothing and is a failure.
        keep_copy: Whether results hold the prose of what anything was found in, for reports that show it.
    """

    policies: tuple[str, ...] = ("caveats",)
    subject: str = "auto"
    default_subject: str = ""
    facts: Facts = NO_FACTS
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    sections: tuple[PathSection, ...] = ()
    provided: tuple[Provided, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    stdin_filename: str = "stdin.txt"
    on: str = ""
    inventory: bool = False
    reading: Reading = AS_SHIPPED
    jobs: int = 0
    cache: bool = False
    cache_dir: str | None = None
    changed_since: str = ""
    ignores: tuple[Ignore, ...] = ()
    require_reasons: bool = False
    keep_copy: bool = False


def options_for(path: str, options: Options) -> Options:
    """
    What a run is asked for of one file: with the sections that match it, and with what a template adds to it.

    Args:
        path: As it is reported.

    Raises:
        UsageError: If a pattern makes no sense.
    """
    if not (options.sections or options.provided):
        return options
    facts, asked = options.facts, replace(options, sections=(), provided=())
    for one in options.sections:
        if verdict(one.match, path):
            facts = facts if one.facts is None else one.facts
            asked = replace(
                asked,
                policies=one.policies or asked.policies,
                default_subject=one.subject or asked.default_subject,
                select=one.select or asked.select,
                ignore=(*asked.ignore, *one.ignore),
                severity=(*asked.severity, *one.severity),
            )
    provided = (one for one in options.provided if not one.paths or verdict(one.paths, path))
    added = tuple(Provided(one.kind, one.where) for one in provided)
    return replace(asked, facts=replace(facts, provided=(*options.facts.provided, *added)))


def is_reported(rule: str, options: Options) -> bool:
    """Whether findings of a rule are reported of a file that is checked with these options."""
    if options.select and not any(fnmatchcase(rule, glob) for glob in options.select):
        return False
    return severity_of(rule, options) != OFF and not any(fnmatchcase(rule, glob) for glob in options.ignore)


def severity_of(rule: str, options: Options) -> str:
    """What the configuration says of the severity of a rule, of several patterns the last; empty for nothing."""
    return next((said for glob, said in reversed(options.severity) if fnmatchcase(rule, glob)), "")


def check_options(options: Options, rulebook: Rulebook) -> None:
    """
    Refuse what these rules do not have, and formats that there are not.

    Raises:
        UsageError: If there is no such policy, subject, rule or format.
    """
    check_reading(options.reading)
    for subject in (options.subject, options.default_subject, *(section.subject for section in options.sections)):
        known("subject", subject or "auto", ("auto", *SUBJECTS))
    asking: tuple[Options | PathSection, ...] = (options, *options.sections)
    for one in asking:
        for name in one.policies:
            known("policy", name, rulebook.policies)
        if one.facts is not None and (problem := uncovered(one.facts, rulebook)):
            raise problem
        _check_rules((*one.select, *one.ignore, *(glob for glob, _ in one.severity)), rulebook)
    _check_rules((glob for ignore in options.ignores for glob in ignore.rules), rulebook)
    for paths in (
        *(section.match for section in options.sections),
        *(provided.paths for provided in options.provided),
        *(ignore.paths for ignore in options.ignores),
    ):
        compiled(paths)
    qualifiers = (*QUALIFIER_KINDS, *(rule["id"] for rule in rulebook.qualifiers))
    for provided in (*options.provided, *options.facts.provided):
        known("kind of qualifier", provided.kind, qualifiers)


def _check_rules(globs: Iterable[str], rulebook: Rulebook) -> None:
    for glob in globs:
        if not rulebook.rule_names.named_by(glob):
            hint = rulebook.rule_names.unknown(glob)
            fix = hint[0].upper() + hint[1:] if hint else "'claimcheck rules' lists them."
            raise UsageError(f"no rule for claims is called '{glob}'", where=place_of(glob), fix=fix)


def uncovered(facts: Facts, rulebook: Rulebook) -> UsageError | None:
    """What is wrong with what licences are said to cover, or with their registers."""
    registers = [rule["id"].partition("/")[2] for rule in rulebook.qualifiers if rule["id"].startswith("licence/")]
    names = {*KINDS, *rulebook.targets, *(one["class"] for one in rulebook.targets.values())}
    for licence in facts.licences:
        if licence.authority not in registers:
            meant = closest(licence.authority, registers)
            return UsageError(
                f"the licence '{licence.number}' is of the register '{licence.authority}', which no rule speaks of",
                where=place_of(licence.authority),
                fix=f"Did you mean '{meant}'?" if meant else f"Add a rule licence/{licence.authority} for qualifiers.",
            )
        for name in licence.covers:
            if name not in names:
                meant = closest(name, sorted(names))
                return UsageError(
                    f"the licence '{licence.number}' covers '{name}', which is no target, class or kind",
                    where=place_of(name),
                    fix=f"Did you mean '{meant}'?" if meant else _COVERS,
                )
    return None
