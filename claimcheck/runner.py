"""From paths to a report: which files, in how many processes, from the cache or anew."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from claimcheck import __version__
from claimcheck.discovery import discover, is_passed_over, shown
from claimcheck.engine.linter import Linter
from claimcheck.errors import UsageError, reason
from claimcheck.extract.choosing import by_name, check_reading
from claimcheck.filecheck import MOST_BYTES, check_data, check_file, failed
from claimcheck.model import FileResult, Report, Severity
from claimcheck.options import Options, check_options, options_for

if TYPE_CHECKING:
    from claimcheck.cache import Cache
    from claimcheck.changes import Change

STDIN = "-"

_LIGHT_BYTES = 1_000_000
# Each process loads what it needs anew; below this that takes longer than it saves.
_BYTES_A_JOB = 3_000_000

Progress: TypeAlias = Callable[[int, int], None]
"""Is told how many files are done, of how many."""


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
        notices=_ended(options),
    )


def _ended(options: Options) -> tuple[str, ...]:
    """What to say of that which the configuration ignores no more."""
    over = [one for one in options.ignores if one.is_over(options.on)]
    if not over:
        return ()
    from claimcheck.suppressions import ended  # few configurations have any

    return tuple(map(ended, over))


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
    found = any(finding.severity.rank <= fail_on.rank for result in report.results for finding in result.findings)
    return 1 if found and not exit_zero else 0


def _from_stdin(stdin: BinaryIO | None, linter: Linter, options: Options) -> list[FileResult]:
    name = shown(options.stdin_filename)
    if options.force_exclude and is_passed_over(name, include=options.include, exclude=options.exclude):
        return []
    if stdin is None:
        return [failed(name, "there is no standard input to read")]
    try:
        data = stdin.read(MOST_BYTES + 1)
    except OSError as error:
        return [failed(name, f"standard input cannot be read: {reason(error)}")]
    return [check_data(data, name, linter, options)]


def _changed(
    files: Sequence[tuple[str, str]], linter: Linter, options: Options, progress: Progress | None
) -> list[FileResult]:
    """Check the files that have changed, and leave what is not new."""
    from claimcheck.changes import changes_since, only_new, repositories  # few runs ask git

    changes = changes_since(options.changed_since, repositories(path for _, path in files) or (".",))
    changed = [file for file in files if os.path.realpath(file[1]) in changes]
    results = _from_files(changed, linter, options, progress)
    old = {result.path: changes[os.path.realpath(result.path)] for result in results if result.findings}
    return only_new(results, changes, _former({name: one for name, one in old.items() if one.former}, linter, options))


def _former(changes: Mapping[str, Change], linter: Linter, options: Options) -> dict[str, FileResult]:
    """What came out of files as they were; by path."""
    if not changes:
        return {}
    from tempfile import TemporaryDirectory

    from claimcheck.changes import former_contents

    with TemporaryDirectory(prefix="claimcheck-") as folder:
        files = [(name, os.path.join(folder, str(number))) for number, name in enumerate(changes)]
        for (_, path), data in zip(files, former_contents(list(changes.values())), strict=True):
            with open(path, "xb") as file:
                file.write(data)
        return {result.path: result for result in _from_files(files, linter, options, None)}


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
    apart = [jobs > 1 or _is_heavy(*file, size, options) for file, size in zip(left, sizes, strict=True)]
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


def _is_heavy(name: str, path: str, size: int, options: Options) -> bool:
    """Whether reading a file may take long, or is left to a parser in C."""
    if size > _LIGHT_BYTES:
        return True
    chosen = by_name(name, options.reading)
    if chosen is not None:
        return chosen.format.binary
    try:
        with open(path, "rb") as file:
            return file.read(4).startswith((b"PK", b"%PDF"))
    except OSError:  # checking it will say why
        return False


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
