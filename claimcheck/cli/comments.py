"""What ``claimcheck check`` does to comments: ``--add-ignores`` writes them, ``--fix-suppressions`` removes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from claimcheck.api import day
from claimcheck.cli.diffs import unified
from claimcheck.cli.options import checked, settings_of
from claimcheck.cli.output import say, tell, write
from claimcheck.commenting import Edited, check_reason, with_ignores, without_stale
from claimcheck.edits import write_atomically
from claimcheck.errors import ClaimcheckError, UsageError, reason
from claimcheck.filecheck import check_data
from claimcheck.model import FileResult, Report
from claimcheck.runner import STDIN


def edit_comments(asked: dict[str, Any], reported: Callable[[Report], Report]) -> int:
    """
    Do what ``--add-ignores`` or ``--fix-suppressions`` asks for.

    Args:
        reported: Leaves of a report what is new.

    Returns:
        The exit code: 2 if a file could not be edited or checked, else 1 if a diff was asked for and there is one.

    Raises:
        UsageError: If something is asked for that makes no sense together.
    """
    _refuse(asked)
    linter, given = settings_of(asked)
    options = replace(given, on=day(given.on))
    if asked["add_ignores"]:
        check_reason(asked["reason"], asked["until"], options.on)
    report = checked(asked, linter, options)
    tell(report, quiet=True)
    check = partial(check_data, linter=linter, options=options)
    if asked["add_ignores"]:
        edit = partial(
            with_ignores, check=check, because=asked["reason"], until=asked["until"], reading=options.reading
        )
        wanted = [one for one in reported(report).results if one.findings]
    else:
        edit = partial(without_stale, check=check, reading=options.reading)
        wanted = [one for one in report.results if one.stale]
    edited, failed = _edit(wanted, edit, diff=asked["diff"])
    if not asked["quiet"]:
        what = "would be changed" if asked["diff"] else "changed"
        say(f"{edited} {'file' if edited == 1 else 'files'} {what}" + (f"; {failed} not" if failed else ""))
    if failed or any(result.failures for result in report.results):
        return 2
    return int(asked["diff"] and edited > 0)


def _edit(wanted: list[FileResult], edit: Callable[..., Edited], *, diff: bool) -> tuple[int, int]:
    """Edit some files; how many were edited, and how many could not be."""
    edited = failed = 0
    for result in wanted:
        try:
            with open(result.path, "rb") as file:
                data = file.read()
            after = edit(data, result)
            if diff:
                write(unified(result.path, after.before, after.after))
            else:
                write_atomically(result.path, after.data, before=data)
            edited += 1
        except ClaimcheckError as error:
            failed += 1
            say(f"not changed: {error}")
        except OSError as error:
            failed += 1
            say(f"not changed: {result.path}: {reason(error)}")
    return edited, failed


def _refuse(asked: dict[str, Any]) -> None:
    option = "--add-ignores" if asked["add_ignores"] else "--fix-suppressions"
    if STDIN in asked["paths"]:
        raise UsageError(f"{option} cannot edit standard input", fix="Name a file or a folder.")
    if asked["add_ignores"] and not asked["reason"]:
        raise UsageError("--add-ignores does not say why", fix="Add --reason TEXT.")
