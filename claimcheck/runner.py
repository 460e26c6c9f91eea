"""From paths to a report: read, check, suppress and select, file by file; one bad file never stops the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import BinaryIO, TypeAlias

from claimcheck import __version__
from claimcheck.checking import check_document
from claimcheck.discovery import discover, is_excluded, reason, shown
from claimcheck.engine.linter import Linter
from claimcheck.errors import ClaimcheckError, ExtractError, UsageError
from claimcheck.extract import extract
from claimcheck.language import foreign
from claimcheck.model import KINDS, NO_FACTS, SUBJECTS, Document, Facts, Failure, FileResult, Finding, Report, Severity
from claimcheck.names import RuleNames, closest, known, place_of
from claimcheck.packs.rulebook import Rulebook
from claimcheck.suppressions import suppress

MOST_BYTES = 50_000_000
"""A larger file is a failure: no page is so long."""

STDIN = "-"

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
        facts: What is known beside the copy; what a file says of itself goes before it.
        select: Ids or globs (``proof/*``) of the rules to report; empty means all.
        ignore: Ids or globs of the rules to leave out.
        exclude: Files to leave out, as in ``.gitignore``.
        force_exclude: Whether they are left out even when they are named.
        stdin_filename: What text from standard input is called, which gives its format.
        on: The date to judge by, ``YYYY-MM-DD``; empty means today in UTC.
        inventory: Whether qualifiers are wanted of files without claims, too.
    """

    policies: tuple[str, ...] = ("caveats",)
    subject: str = "auto"
    facts: Facts = NO_FACTS
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    stdin_filename: str = "stdin.txt"
    on: str = ""
    inventory: bool = False


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
        UsageError: If there is no such policy, subject or rule, or a pattern makes no sense.
    """
    check_options(options, linter.rulebook)
    found = discover(
        [path for path in paths if path != STDIN], exclude=options.exclude, force_exclude=options.force_exclude
    )
    results = [FileResult(path=one.path, skipped=one.reason) for one in found.skipped]
    results += [FileResult(path=one.path, failures=(one,)) for one in found.failures]
    if STDIN in paths:
        results += _from_stdin(stdin, linter, options)
    for done, (name, path) in enumerate(found.files):
        if progress is not None:
            progress(done, len(found.files))
        results.append(_from_file(name, path, linter, options))
    if progress is not None:
        progress(len(found.files), len(found.files))
    return Report(
        version=__version__,
        rules_hash=linter.rulebook.hash,
        on=options.on,
        policies=options.policies,
        results=_numbered(sorted(results, key=lambda result: result.path)),
    )


def check_options(options: Options, rulebook: Rulebook) -> None:
    """
    Refuse what these rules do not have.

    Raises:
        UsageError: If there is no such policy, subject or rule.
    """
    for name in options.policies:
        known("policy", name, rulebook.policies)
    known("subject", options.subject, ("auto", *SUBJECTS))
    if problem := _uncovered(options.facts, rulebook):
        raise problem
    for glob in (*options.select, *options.ignore):
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
    if len(data) > MOST_BYTES:
        return _failed(path, f"the file is larger than {MOST_BYTES // 1_000_000} MB; split it, or exclude it")
    try:
        document = extract(data, path, format)
        language = foreign(document)
        if language:
            return FileResult(path=path, skipped=language)
        if document.facts is not None and (problem := _uncovered(document.facts, linter.rulebook)):
            return FileResult(path=path, failures=(_failure(path, problem),))
        result = check_document(
            document,
            linter,
            policies=options.policies,
            subject=document.subject if options.subject == "auto" and document.subject else options.subject,
            on=options.on,
            facts=document.facts if document.facts is not None else options.facts,
            inventory=options.inventory,
        )
        if not result.findings and not document.comments:
            return result
        return _reported(
            suppress(result, document, linter.rulebook.rule_names), document, options, linter.rulebook.rule_names
        )
    except ExtractError as error:
        return FileResult(path=path, failures=(_failure(path, error),))
    except RecursionError:
        return _failed(path, "it is nested too deeply to be read")
    except MemoryError:
        return _failed(path, "there is not enough memory to check it")


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
    if options.force_exclude and is_excluded(name, options.exclude):
        return []
    if stdin is None:
        return [_failed(name, "there is no standard input to read")]
    try:
        data = stdin.read(MOST_BYTES + 1)
    except OSError as error:
        return [_failed(name, f"standard input cannot be read: {reason(error)}")]
    return [check_data(data, name, linter, options)]


def _from_file(name: str, path: str, linter: Linter, options: Options) -> FileResult:
    try:
        with open(path, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        return _failed(name, reason(error))
    return check_data(data, name, linter, options)


def _failed(path: str, message: str) -> FileResult:
    return FileResult(path=path, failures=(Failure(path, message),))


def _failure(path: str, error: ClaimcheckError) -> Failure:
    line, _, column = error.where.removeprefix(f"{path}:").partition(":")
    message = error.what + (f"; {error.fix[0].lower()}{error.fix[1:].rstrip('.')}" if error.fix else "")
    return Failure(path, message, *(int(number) if number.isdigit() else None for number in (line, column)))


def _reported(result: FileResult, document: Document, options: Options, rules: RuleNames) -> FileResult:
    """Only what the options select, and with the source lines of that."""
    select, ignore = (tuple(map(rules.current, globs)) for globs in (options.select, options.ignore))
    left = tuple(finding for finding in result.findings if _is_selected(finding, select, ignore))
    kept = {finding.fingerprint for finding in left}
    remedies = tuple(
        replace(remedy, clears=tuple(one for one in remedy.clears if one in kept))
        for remedy in result.remedies
        if not kept.isdisjoint(remedy.clears)
    )
    return replace(result, findings=left, remedies=remedies, lines=_lines(document, left))


def _is_selected(finding: Finding, select: Sequence[str], ignore: Sequence[str]) -> bool:
    if select and not any(fnmatchcase(finding.rule, glob) for glob in select):
        return False
    return not any(fnmatchcase(finding.rule, glob) for glob in ignore)


def _lines(document: Document, findings: Sequence[Finding]) -> tuple[tuple[int, str], ...]:
    """The first source lines of findings and of their too distant qualifiers."""
    spots = (spot for finding in findings for spot in (finding.spot, *(one.spot for one in finding.too_far)))
    numbers = sorted({spot.start.line for spot in spots})
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
