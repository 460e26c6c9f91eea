"""From paths to a report: read, check, suppress and select, file by file; one bad file never stops the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import BinaryIO

from claimcheck import __version__
from claimcheck.checking import check_document
from claimcheck.discovery import find_files
from claimcheck.engine.linter import Linter
from claimcheck.errors import ClaimcheckError, ExtractError
from claimcheck.extract import extract
from claimcheck.language import foreign
from claimcheck.model import Document, Failure, FileResult, Finding, Report, Severity
from claimcheck.packs.rulebook import Rulebook
from claimcheck.suppressions import is_suppressed, suppressions

MOST_BYTES = 50_000_000
"""A larger file is a failure: no page is so long."""

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Options:
    """
    What a run is asked for.

    Args:
        on: The date to judge by, ``YYYY-MM-DD``.
        select: Globs of rule ids to report; empty means all.
        ignore: Globs of rule ids to leave out.
        stdin_filename: What text from standard input is called, which gives its format.
    """

    on: str
    policies: tuple[str, ...] = ("caveats",)
    subject: str = "auto"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    stdin_filename: str = "stdin.txt"


def run(paths: Sequence[str], rulebook: Rulebook, options: Options, *, stdin: BinaryIO | None = None) -> Report:
    """
    Check files and folders.

    Args:
        paths: As find_files takes them; ``-`` is standard input.
        stdin: Where ``-`` is read from.

    Raises:
        UsageError: If there is no such policy or subject.
    """
    linter = Linter(rulebook)
    rules = rulebook.rules
    results: list[FileResult] = []
    if STDIN in paths and stdin is not None:
        results.append(_checked(options.stdin_filename, stdin.read(MOST_BYTES + 1), linter, set(rules), options))
    files, failures = find_files(
        [path for path in paths if path != STDIN], exclude=options.exclude, force_exclude=options.force_exclude
    )
    results += [FileResult(path=failure.path, failures=(failure,)) for failure in failures]
    for found in files:
        results.append(_file(found.shown, found.path, linter, set(rules), options))
    return Report(
        version=__version__,
        rules_hash=rulebook.hash,
        on=options.on,
        policies=options.policies,
        results=_numbered(sorted(results, key=lambda result: result.path)),
    )


def exit_code(report: Report, *, fail_on: Severity = Severity.ERROR, strict: bool = False, exit_zero: bool = False) -> int:
    """
    What the program exits with: the one place that decides.

    Returns:
        2 if something could not be checked (under ``strict`` also if a file was skipped), else 1 if there is a
        finding at or above ``fail_on`` and not ``exit_zero``, else 0.
    """
    if any(result.failures or (strict and result.skipped) for result in report.results):
        return 2
    order = tuple(Severity)
    failing = order[: order.index(fail_on) + 1]
    found = any(finding.severity in failing for result in report.results for finding in result.findings)
    return 1 if found and not exit_zero else 0


def _file(shown: str, path: Path, linter: Linter, rules: set[str], options: Options) -> FileResult:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        return FileResult(path=shown, failures=(Failure(shown, (error.strerror or "cannot be read").lower()),))
    return _checked(shown, data, linter, rules, options)


def _checked(shown: str, data: bytes, linter: Linter, rules: set[str], options: Options) -> FileResult:
    if len(data) > MOST_BYTES:
        message = f"the file is larger than {MOST_BYTES // 1_000_000} MB; split it, or exclude it"
        return FileResult(path=shown, failures=(Failure(shown, message),))
    try:
        document = extract(data, shown)
    except ExtractError as error:
        return FileResult(path=shown, failures=(_failure(shown, error),))
    except RecursionError:
        return FileResult(path=shown, failures=(Failure(shown, "it is nested too deeply to be read"),))
    except MemoryError:
        return FileResult(path=shown, failures=(Failure(shown, "there is not enough memory to read it"),))
    reason = foreign(document)
    if reason:
        return FileResult(path=shown, skipped=reason)
    result = check_document(document, linter, policies=options.policies, subject=options.subject)
    return _selected(result, document, rules, options)


def _failure(shown: str, error: ClaimcheckError) -> Failure:
    line = error.where.removeprefix(f"{shown}:").partition(":")[0]
    message = error.what + (f"; {error.fix[0].lower()}{error.fix[1:].rstrip('.')}" if error.fix else "")
    return Failure(shown, message, int(line) if line.isdigit() else None)


def _selected(result: FileResult, document: Document, rules: set[str], options: Options) -> FileResult:
    """Without what comments and options leave out, and with the source lines of what is left."""
    ignored, notices = suppressions(document, rules)
    blocks = {claim.spot.start.offset: claim.claim.place.block for claim in result.claims}
    left = tuple(
        finding
        for finding in result.findings
        if _wanted(finding, options) and not is_suppressed(finding, blocks[finding.spot.start.offset], ignored)
    )
    kept = {finding.fingerprint for finding in left}
    remedies = tuple(
        replace(remedy, clears=tuple(one for one in remedy.clears if one in kept))
        for remedy in result.remedies
        if any(one in kept for one in remedy.clears)
    )
    return replace(result, findings=left, remedies=remedies, notices=notices, lines=_lines(document, left))


def _wanted(finding: Finding, options: Options) -> bool:
    if options.select and not any(fnmatchcase(finding.rule, glob) for glob in options.select):
        return False
    return not any(fnmatchcase(finding.rule, glob) for glob in options.ignore)


def _lines(document: Document, findings: Sequence[Finding]) -> tuple[tuple[int, str], ...]:
    """The source lines that findings and their too distant qualifiers stand on."""
    numbers: set[int] = set()
    for finding in findings:
        for spot in (finding.spot, *(one.spot for one in finding.too_far)):
            numbers.update(range(spot.start.line, spot.end.line + 1))
    starts = (*document.line_starts, len(document.text) + 1)
    return tuple((n, document.text[starts[n - 1] : starts[n]].rstrip("\r\n")) for n in sorted(numbers) if n < len(starts))


def _numbered(results: Sequence[FileResult]) -> tuple[FileResult, ...]:
    """Remedies are numbered through the report, so that an id names one."""
    count = 0
    done: list[FileResult] = []
    for result in results:
        ids = {remedy.id: f"r{count + number}" for number, remedy in enumerate(result.remedies, 1)}
        count += len(ids)
        done.append(
            replace(
                result,
                remedies=tuple(replace(remedy, id=ids[remedy.id]) for remedy in result.remedies),
                findings=tuple(replace(one, remedy=ids.get(one.remedy, "")) for one in result.findings),
            )
        )
    return tuple(done)
