"""From paths to a report: read, check, suppress and select, file by file; one bad file never stops the others."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from claimcheck import __version__
from claimcheck.checking import check_document
from claimcheck.config import OFF, PathSection
from claimcheck.discovery import discover, is_passed_over, reason, shown
from claimcheck.engine.linter import Linter
from claimcheck.errors import ClaimcheckError, ExtractError, UsageError
from claimcheck.extract import AS_SHIPPED, FORMATS, Reading, documents, format_of
from claimcheck.extract.choosing import check_reading
from claimcheck.globs import compiled, verdict
from claimcheck.language import foreign
from claimcheck.merging import merged
from claimcheck.model import (
    KINDS,
    NO_FACTS,
    QUALIFIER_KINDS,
    SUBJECTS,
    Document,
    Facts,
    Failure,
    FileResult,
    Finding,
    Ignore,
    Provided,
    Report,
    RuleText,
    Severity,
)
from claimcheck.names import RuleNames, closest, known, place_of
from claimcheck.packs.rulebook import Rulebook

if TYPE_CHECKING:
    from claimcheck.cache import Cache

MOST_BYTES = 50_000_000
"""A larger file is a failure: no page is so long."""

STDIN = "-"

_LIGHT_BYTES = 1_000_000
# Each process loads what it needs anew; below this that takes longer than it saves.
_BYTES_A_JOB = 3_000_000

_COVERS = "Name a list of targets such as acne, a class such as disease, or a kind of claim."

Progress: TypeAlias = Callable[[int, int], None]
"""Is told how many files are done, of how many."""


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


def run(
    paths: Sequence[str],
    linter: Linter,
    options: Options,
    *,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
) -> Report:
    """
    Check files and folders.

    Args:
        paths: As discovery takes them; ``-`` is standard input.
        linter: With the rules to check by.
        options: With a date.
        stdin: Where ``-`` is read from.
        progress: Is called before each file and after the last.

    Raises:
        UsageError: If there is no such policy, subject, rule or format, or a pattern makes no sense.
    """
    if options.changed_since and STDIN in paths:
        raise UsageError("standard input has no history", fix="Leave '-' or --changed-since out.")
    check_reading(options.reading)
    if STDIN in paths or options.changed_since:
        check_options(options, linter.rulebook)
    found = discover(
        [path for path in paths if path != STDIN],
        include=options.include,
        exclude=options.exclude,
        force_exclude=options.force_exclude,
        reading=options.reading,
    )
    results = [FileResult(path=one.path, skipped=one.reason) for one in found.skipped]
    results += [FileResult(path=one.path, failures=(one,)) for one in found.failures]
    if STDIN in paths:
        results += _from_stdin(stdin, linter, options)
    if options.changed_since:
        results += _changed(found.files, linter, options, progress)
    else:
        results += _from_files(found.files, linter, options, progress)
    return Report(
        version=__version__,
        rules_hash=linter.rules_hash,
        on=options.on,
        policies=_policies([result.path for result in results], options),
        results=_numbered(sorted(results, key=lambda result: result.path)),
        rules=_rules(results),
        notices=tuple(
            f"{one.where}: this counted until {one.until} and leaves nothing out any more; remove it"
            for one in options.ignores
            if one.is_over(options.on)
        ),
    )


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


def _policies(paths: Sequence[str], options: Options) -> tuple[str, ...]:
    """The policies that files are judged by, in the order in which they are asked for."""
    if not options.sections or not paths:
        return options.policies
    asked = dict.fromkeys((*options.policies, *(name for one in options.sections for name in one.policies)))
    used: set[str] = set()
    for path in paths:
        used.update(options_for(path, options).policies)
        if len(used) == len(asked):
            break
    return tuple(name for name in asked if name in used)


def _rules(results: Sequence[FileResult]) -> tuple[RuleText, ...]:
    found = {rule.id: rule for result in results for rule in result.rules}
    return tuple(found[one] for one in sorted(found))


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
        if one.facts is not None and (problem := _uncovered(one.facts, rulebook)):
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


def check_data(data: bytes, path: str, linter: Linter, options: Options, *, format: str | None = None) -> FileResult:
    """
    Check the bytes of one file.

    Args:
        path: As it is to be reported; its ending gives the format when ``format`` does not.
        options: Checked by ``check_options``.

    Returns:
        The result; ``failures`` says if it could not be checked.

    Raises:
        UsageError: If there is no such format.
    """
    options = options_for(path, options)
    if len(data) > MOST_BYTES:
        return _failed(path, f"the file is larger than {MOST_BYTES // 1_000_000} MB; split it, or exclude it")
    told: list[FileResult] = []
    foreign_ones: list[str] = []
    count = 0
    try:
        for document in documents(data, path, format, reading=options.reading):
            count += 1
            if language := foreign(document):
                foreign_ones.append(language)
            elif result := _check_document(document, linter, options):
                told.append(result)
    except UsageError:
        raise
    except Exception as error:  # noqa: BLE001  # a fault of ours must not keep the other files from being checked
        told.append(_not_checked(path, error))
    if foreign_ones:
        if len(foreign_ones) == count and not told:
            return FileResult(path=path, skipped=foreign_ones[0])
        notice = f"{path}: {len(foreign_ones)} of {count} entries skipped: of one, {foreign_ones[0]}"
        told.append(FileResult(path=path, notices=(notice,)))
    result = told[0] if len(told) == 1 else merged(path, told)
    if not result.findings:
        return result
    texts = linter.rulebook.texts
    return replace(result, rules=tuple(texts[rule] for rule in sorted({one.rule for one in result.findings})))


def _not_checked(path: str, error: Exception) -> FileResult:
    match error:
        case ExtractError():
            return FileResult(path=path, failures=(_failure(path, error),))
        case RecursionError():
            return _failed(path, "it is nested too deeply to be read")
        case MemoryError():
            return _failed(path, "there is not enough memory to check it")
        case _:
            fault = f"{type(error).__name__}: {error}"
            return _failed(path, f"claimcheck made a mistake here; please report it with the file ({fault})")


def _check_document(document: Document, linter: Linter, options: Options) -> FileResult | None:
    """What came out of one document of a file; ``None`` if nothing did."""
    path = document.path
    if document.facts is not None and (problem := _uncovered(document.facts, linter.rulebook)):
        return FileResult(path=path, failures=(_failure(path, problem),))
    result = check_document(
        document,
        linter,
        policies=options.policies,
        subject=_subject(document, options),
        on=options.on,
        facts=_facts(document, options),
        inventory=options.inventory,
    )
    result, left_out = _suppressed(result, document, linter, options)
    if result.findings or left_out:
        result = _reported(result, left_out, document, options, linter.rulebook.rule_names)
    found = result.findings or result.claims or result.qualifiers or result.dismissed
    if found and options.keep_copy:
        result = replace(result, copy=document.segments)
    return result if found or result.notices or result.failures or result.stale else None


def _suppressed(
    result: FileResult, document: Document, linter: Linter, options: Options
) -> tuple[FileResult, tuple[Finding, ...]]:
    """A result without what the file and the configuration ask to leave alone, and the findings that are gone."""
    asks = document.ignores or any(one.whole or "claimcheck:" in one.text for one in document.comments)
    if not (asks or (result.findings and options.ignores)):
        return result, ()
    from claimcheck.suppressions import suppress  # few files ask for anything

    suppressed = suppress(
        result,
        document,
        linter.rulebook.rule_names,
        on=options.on,
        require_reasons=options.require_reasons,
        ignores=options.ignores,
    )
    return suppressed.result, suppressed.left_out


def _subject(document: Document, options: Options) -> str:
    return options.subject if options.subject != "auto" else document.subject or options.default_subject or "auto"


def _facts(document: Document, options: Options) -> Facts:
    """What is known beside the copy: what the file says goes before; no file can say what a template adds to it."""
    if document.facts is None:
        return options.facts
    return replace(document.facts, provided=options.facts.provided)


def _uncovered(facts: Facts, rulebook: Rulebook) -> UsageError | None:
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


def exit_code(
    report: Report, *, fail_on: Severity = Severity.ERROR, strict: bool = False, exit_zero: bool = False
) -> int:
    """
    What the program exits with: the one place that decides.

    Args:
        fail_on: The least severity that counts as a finding.
        strict: Whether a skipped file counts as not checked.
        exit_zero: Whether findings count at all.

    Returns:
        2 if something could not be checked, else 1 if there are findings that count, else 0.
    """
    if any(result.failures or (strict and result.skipped) for result in report.results):
        return 2
    order = tuple(Severity)
    failing = order[: order.index(fail_on) + 1]
    found = any(finding.severity in failing for result in report.results for finding in result.findings)
    return 1 if found and not exit_zero else 0


def _from_stdin(stdin: BinaryIO | None, linter: Linter, options: Options) -> list[FileResult]:
    name = shown(options.stdin_filename)
    if options.force_exclude and is_passed_over(name, include=options.include, exclude=options.exclude):
        return []
    if stdin is None:
        return [_failed(name, "there is no standard input to read")]
    try:
        data = stdin.read(MOST_BYTES + 1)
    except OSError as error:
        return [_failed(name, f"standard input cannot be read: {reason(error)}")]
    return [check_data(data, name, linter, options)]


def _changed(
    files: Sequence[tuple[str, str]], linter: Linter, options: Options, progress: Progress | None
) -> list[FileResult]:
    """Check the files that have changed, and leave what is not new."""
    from claimcheck.changes import changes_since, only_new  # few runs ask git

    changes = changes_since(options.changed_since)
    changed = [file for file in files if os.path.realpath(file[1]) in changes.files]
    results = _from_files(changed, linter, options, progress)
    return only_new(results, changes, partial(check_data, linter=linter, options=options))


def _from_files(
    files: Sequence[tuple[str, str]], linter: Linter, options: Options, progress: Progress | None
) -> list[FileResult]:
    """
    Check files that no earlier run has checked.

    What is large or no text is checked in a process of its own, and so is everything when there is much of it.
    """
    results: list[FileResult] = []

    def done(result: FileResult) -> None:
        results.append(result)
        if progress is not None:
            progress(len(results), len(files))

    if progress is not None:
        progress(0, len(files))
    cache = _cache(linter, options)
    left: list[tuple[str, str]] = []
    for name, path in files:
        if cache is not None and (known := _remembered(name, path, cache)) is not None:
            done(known)
        else:
            left.append((name, path))
    if left or not files:
        # Whose results are all known was asked for before.
        check_options(options, linter.rulebook)
    sizes = [_size(path) for _, path in left]
    jobs = options.jobs or 1 + sum(sizes) // _BYTES_A_JOB
    apart = [jobs > 1 or _is_heavy(name, size) for (name, _), size in zip(left, sizes, strict=True)]
    check = partial(check_file, linter=linter, options=options, cache=cache)
    if any(apart):
        from claimcheck.workers import Task, check_apart, processors

        tasks = [Task(*file, size) for file, size, away in zip(left, sizes, apart, strict=True) if away]
        check_apart(tasks, check, jobs=options.jobs or min(jobs, processors()), done=done)
    for (name, path), away in zip(left, apart, strict=True):
        if not away:
            done(check(name, path))
    return results


def _cache(linter: Linter, options: Options) -> Cache | None:
    if not options.cache:
        return None
    from claimcheck.cache import open_cache  # the API does without

    # Which files are taken, and by how many processes, changes nothing of what comes out of one.
    taken = replace(
        options,
        include=(),
        exclude=(),
        force_exclude=False,
        stdin_filename="",
        jobs=0,
        cache_dir=None,
        changed_since="",
    )
    return open_cache(options.cache_dir, linter.rules_hash, str(linter.preview), repr(taken))


def _remembered(name: str, path: str, cache: Cache) -> FileResult | None:
    try:
        with open(path, "rb") as file:
            return cache.find(name, file.read(MOST_BYTES))
    except OSError:  # checking it will say why
        return None


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:  # opening it will say why
        return 0


def _is_heavy(name: str, size: int) -> bool:
    """Whether reading a file may take long, or is left to a parser in C."""
    known = format_of(name)
    return size > _LIGHT_BYTES or any(one.binary for one in FORMATS if one.name == known)


def check_file(name: str, path: str, linter: Linter, options: Options, cache: Cache | None = None) -> FileResult:
    """
    Check one file.

    Args:
        name: As it is reported.
        path: As it is opened.
        options: Checked by ``check_options``.
        cache: Where the result is kept.
    """
    try:
        with open(path, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        return _failed(name, reason(error))
    result = check_data(data, name, linter, options)
    if cache is not None:
        cache.keep(name, data, result)
    return result


def _failed(path: str, message: str) -> FileResult:
    return FileResult(path=path, failures=(Failure(path, message),))


def _failure(path: str, error: ClaimcheckError) -> Failure:
    line, _, column = error.where.removeprefix(f"{path}:").partition(":")
    message = error.what + (f"; {error.fix[0].lower()}{error.fix[1:].rstrip('.')}" if error.fix else "")
    return Failure(path, message, *(int(number) if number.isdigit() else None for number in (line, column)))


def _reported(
    result: FileResult, left_out: Sequence[Finding], document: Document, options: Options, rules: RuleNames
) -> FileResult:
    """Only what the options select, with the source lines of that, and how much of it was left out."""
    select, ignore = (tuple(map(rules.current, globs)) for globs in (options.select, options.ignore))
    severity = tuple((rules.current(glob), said) for glob, said in options.severity)

    def told(findings: Iterable[Finding]) -> tuple[Finding, ...]:
        selected = (one for one in findings if _is_selected(one, select, ignore))
        return tuple(one for one in (_as_severe(one, severity) for one in selected) if one is not None)

    left = told(result.findings)
    return replace(
        result.limited_to(left),
        findings=left,
        lines=_lines(document, left),
        suppressed=len(told(left_out)),
    )


def _is_selected(finding: Finding, select: Sequence[str], ignore: Sequence[str]) -> bool:
    if select and not any(fnmatchcase(finding.rule, glob) for glob in select):
        return False
    return not any(fnmatchcase(finding.rule, glob) for glob in ignore)


def _as_severe(finding: Finding, severity: Sequence[tuple[str, str]]) -> Finding | None:
    """A finding as bad as the last of some ``(glob, severity)`` that fits says; ``None`` if that is "off"."""
    said = next((one for glob, one in reversed(severity) if fnmatchcase(finding.rule, glob)), "")
    if said == OFF:
        return None
    return replace(finding, severity=Severity(said)) if said else finding


def _lines(document: Document, findings: Sequence[Finding]) -> tuple[tuple[int, str], ...]:
    """The first and last source lines of findings and of their too distant qualifiers."""
    spots = (spot for finding in findings for spot in (finding.spot, *(one.spot for one in finding.too_far)))
    numbers = sorted({at.line for spot in spots for at in (spot.start, spot.end)})
    starts = (*document.line_starts, len(document.text) + 1)
    return tuple((number, document.text[starts[number - 1] : starts[number]].rstrip("\r\n")) for number in numbers)


def _numbered(results: Sequence[FileResult]) -> tuple[FileResult, ...]:
    """Remedies stand by place, whichever policy they are for, and are numbered through the report: an id names one."""
    count = 0
    done: list[FileResult] = []
    for result in results:
        remedies = sorted(result.remedies, key=lambda one: (one.start.offset, one.end.offset))
        ids = {remedy.id: f"r{count + number}" for number, remedy in enumerate(remedies, 1)}
        count += len(ids)
        done.append(
            replace(
                result,
                remedies=tuple(replace(remedy, id=ids[remedy.id]) for remedy in remedies),
                findings=tuple(replace(one, remedy=ids.get(one.remedy, "")) for one in result.findings),
            )
        )
    return tuple(done)
