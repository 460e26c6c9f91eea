"""What ``claimcheck check`` does about findings: ``--fix`` writes, ``--diff`` shows what would be written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from claimcheck.api import day
from claimcheck.cli.diffs import unified
from claimcheck.cli.options import checked, config_of, settings_of
from claimcheck.cli.output import say, tell, write
from claimcheck.edits import write_atomically
from claimcheck.errors import ClaimcheckError, UsageError, reason
from claimcheck.filecheck import check_data
from claimcheck.fixes import Fixed, check_caveats, fixed
from claimcheck.model import FileResult, Report
from claimcheck.reporters.wording import counted
from claimcheck.runner import STDIN

Reported = Callable[[Report], Report]
"""Leaves of a report what is new."""


def show_fixes(asked: dict[str, Any], reported: Reported) -> int:
    """
    Do what ``--diff`` asks for.

    Returns:
        The exit code: 2 if a file could not be checked or read, else 1 if there is anything to fix.

    Raises:
        UsageError: If something is asked for that makes no sense together.
    """
    run = _Run(asked, "--diff")
    report = reported(run.report())
    tell(report, quiet=True)
    made = list(run.fixes(report))
    text = "".join(unified(result.path, one.before, one.after) for result, _, one in made)
    write(text, asked["output"])
    if not asked["quiet"]:
        say(f"{_count(made)} would be fixed" if made else "there is nothing to fix")
    if run.failed or any(result.failures for result in report.results):
        return 2
    return int(bool(made) and not asked["exit_zero"])


def fix(asked: dict[str, Any], reported: Reported) -> tuple[Report, bool]:
    """
    Do what ``--fix`` asks for.

    Args:
        reported: Leaves of a report what is new, without a word.

    Returns:
        What is left, and whether every file could be written.

    Raises:
        UsageError: If something is asked for that makes no sense together.
    """
    run = _Run(asked, "--fix")
    report = run.report()
    made = list(run.fixes(reported(report)))
    if not asked["unsafe_fixes"]:
        # No fix that there is leaves the meaning as it is.
        told = f"{_count(made)} can be fixed with --unsafe-fixes" if made else "there is nothing to fix"
        written = []
    else:
        written = [one for one in made if run.written(*one)]
        told = f"{_count(written)} fixed" if written else "nothing was fixed"
    if not asked["quiet"]:
        say(told)
    return run.report() if written else report, not run.failed


class _Run:
    """One run of the program that looks for fixes."""

    def __init__(self, asked: dict[str, Any], option: str) -> None:
        if STDIN in asked["paths"]:
            raise UsageError(f"{option} cannot edit standard input", fix="Name a file or a folder.")
        self.failed = False
        self._asked = asked
        self._linter, options = settings_of(asked)
        self._options = replace(options, on=day(options.on))
        self._texts = dict(config_of(asked).caveats)

    def report(self) -> Report:
        return checked(self._asked, self._linter, self._options)

    def fixes(self, report: Report) -> Iterator[tuple[FileResult, bytes, Fixed]]:
        """The files that can be fixed, with what they hold now."""
        check = partial(check_data, linter=self._linter, options=self._options)
        check_caveats(self._texts, self._linter)
        for result in report.results:
            if not result.findings:
                continue
            try:
                with open(result.path, "rb") as file:
                    data = file.read()
                one = fixed(
                    data, result, check, self._linter.rulebook, texts=self._texts, reading=self._options.reading
                )
            except (ClaimcheckError, OSError) as error:
                self._fail(result.path, error)
                continue
            if one.data != data:
                yield result, data, one

    def written(self, result: FileResult, data: bytes, one: Fixed) -> bool:
        """Write a file; whether that was possible."""
        try:
            write_atomically(result.path, one.data, before=data)
        except ClaimcheckError as error:
            self._fail(result.path, error)
            return False
        return True

    def _fail(self, path: str, error: ClaimcheckError | OSError) -> None:
        self.failed = True
        say(f"not fixed: {error}" if isinstance(error, ClaimcheckError) else f"not fixed: {path}: {reason(error)}")


def _count(made: list[tuple[FileResult, bytes, Fixed]]) -> str:
    findings = counted(sum(one.cleared for _, _, one in made), "finding")
    return f"{findings} in {counted(len(made), 'file')}"
