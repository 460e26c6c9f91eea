"""Checks one file: reads it, judges each of its documents, leaves out what it asks to ignore; says what went wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from claimcheck.checking import check_document
from claimcheck.engine.linter import Linter
from claimcheck.errors import ClaimcheckError, ExtractError, UsageError, reason
from claimcheck.extract import documents
from claimcheck.language import foreign
from claimcheck.merging import merged
from claimcheck.model import Document, Facts, Failure, FileResult, Finding, Severity
from claimcheck.names import RuleNames
from claimcheck.options import Options, is_reported, options_for, severity_of, uncovered

if TYPE_CHECKING:
    from claimcheck.cache import Cache

# Wide, so that what is nearly an instruction is told of.
_TO_US = re.compile("claim.?check", re.IGNORECASE)

MOST_BYTES = 50_000_000
"""A larger file is a failure: no page is so long."""


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
        return failed(name, reason(error))
    result = check_data(data, name, linter, options)
    if cache is not None:
        cache.keep(name, data, result)
    return result


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
        return failed(path, f"the file is larger than {MOST_BYTES // 1_000_000} MB; split it, or exclude it")
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
            return failed(path, "it is nested too deeply to be read")
        case MemoryError():
            return failed(path, "there is not enough memory to check it")
        case _:
            fault = f"{type(error).__name__}: {error}"
            return failed(path, f"claimcheck made a mistake here; please report it with the file ({fault})")


def _check_document(document: Document, linter: Linter, options: Options) -> FileResult | None:
    """What came out of one document of a file; ``None`` if nothing did."""
    path = document.path
    if document.facts is not None and (problem := uncovered(document.facts, linter.rulebook)):
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
    asks = document.ignores or any(one.whole or _TO_US.search(one.text) for one in document.comments)
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


def _reported(
    result: FileResult, left_out: Sequence[Finding], document: Document, options: Options, rules: RuleNames
) -> FileResult:
    """Only what the options select, with the source lines of that, and how much of it was left out."""
    asked = replace(
        options,
        select=tuple(map(rules.current, options.select)),
        ignore=tuple(map(rules.current, options.ignore)),
        severity=tuple((rules.current(glob), said) for glob, said in options.severity),
    )

    def told(findings: Iterable[Finding]) -> tuple[Finding, ...]:
        return tuple(_as_severe(one, asked) for one in findings if is_reported(one.rule, asked))

    left = told(result.findings)
    return replace(
        result.limited_to(left),
        findings=left,
        lines=_lines(document, left),
        suppressed=len(told(left_out)),
    )


def _as_severe(finding: Finding, options: Options) -> Finding:
    said = severity_of(finding.rule, options)
    return replace(finding, severity=Severity(said)) if said else finding


def _lines(document: Document, findings: Sequence[Finding]) -> tuple[tuple[int, str], ...]:
    """The first and last source lines of findings and of their too distant qualifiers."""
    spots = (spot for finding in findings for spot in (finding.spot, *(one.spot for one in finding.too_far)))
    numbers = sorted({at.line for spot in spots for at in (spot.start, spot.end)})
    starts = (*document.line_starts, len(document.text) + 1)
    return tuple((number, document.text[starts[number - 1] : starts[number]].rstrip("\r\n")) for number in numbers)


def failed(path: str, message: str) -> FileResult:
    """The result for a file that could not be checked."""
    return FileResult(path=path, failures=(Failure(path, message),))


def _failure(path: str, error: ClaimcheckError) -> Failure:
    line, _, column = error.where.removeprefix(f"{path}:").partition(":")
    message = error.what + (f"; {error.fix[0].lower()}{error.fix[1:].rstrip('.')}" if error.fix else "")
    return Failure(path, message, *(int(number) if number.isdigit() else None for number in (line, column)))
