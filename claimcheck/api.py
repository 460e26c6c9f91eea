"""
The public Python API: what the program does, as functions. All of it can be had from ``claimcheck`` itself.

Results are the frozen dataclasses of ``claimcheck.model``; docs/api.md shows the API at work.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO, Literal, overload

from claimcheck.config import PathSection
from claimcheck.engine.linter import Linter
from claimcheck.errors import ClaimcheckError, UsageError
from claimcheck.extract import Reading
from claimcheck.filecheck import check_data
from claimcheck.model import NO_FACTS, Facts, FileResult, Finding, Licence, Provided, Report, Severity
from claimcheck.options import Options, check_options
from claimcheck.runner import Progress, exit_code, run

__all__ = [
    "ClaimcheckError",
    "Facts",
    "FileResult",
    "Finding",
    "Licence",
    "Linter",
    "Options",
    "PathSection",
    "Provided",
    "Reading",
    "Report",
    "Severity",
    "UsageError",
    "check_paths",
    "check_text",
    "exit_code",
    "load_linter",
    "render",
    "render_claims",
]


def load_linter(packs: Sequence[str | os.PathLike[str]] = (), *, preview: bool = False) -> Linter:
    """
    The shipped rules, ready to check with.

    Checking many texts with one linter is much faster than letting each call load its own.

    Args:
        packs: Further rules: YAML files, or folders of them.
        preview: Whether rules are used that may still change.

    Raises:
        ClaimcheckError: If a pack is missing or wrong.
    """
    from pathlib import Path

    from claimcheck.packs.rulebook import load_rulebook  # a run that knows every result does without

    return Linter(load_rulebook([Path(pack) for pack in packs]), preview=preview)


def check_text(
    text: str,
    *,
    path: str = "text.md",
    format: str | None = None,
    policies: Sequence[str] = ("caveats",),
    subject: str = "auto",
    facts: Facts = NO_FACTS,
    linter: Linter | None = None,
) -> FileResult:
    """
    Check a text.

    Args:
        text: Copy as it would stand in a file.
        path: What it is called in the result; its ending gives the format when ``format`` does not.
        format: Name of a format of files, such as ``markdown``, ``html`` or ``text``.
        policies: Names of the policies to judge by.
        subject: What the copy is about (``procedure``, ``cosmetic`` and so on); ``auto`` works it out.
        facts: What is known of the product beside the copy.
        linter: From ``load_linter``; the shipped rules when there is none.

    Returns:
        What was found. ``skipped`` says why if it was not checked because it is not English, ``failures`` if it could
        not be read.

    Raises:
        UsageError: If there is no such policy, subject or format.
    """
    used = linter or load_linter()
    options = Options(policies=tuple(policies), subject=subject, facts=facts, on=day(""))
    check_options(options, used.rulebook)
    return check_data(text.encode("utf-8", "surrogatepass"), path, used, options, format=format)


def check_paths(
    paths: Sequence[str | os.PathLike[str]],
    options: Options | None = None,
    *,
    linter: Linter | None = None,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
) -> Report:
    """
    Check files and folders.

    Args:
        paths: Files, folders, or ``-`` for ``stdin``.
        options: What to check by; ``Options()`` when there are none.
        linter: From ``load_linter``; the shipped rules when there is none.
        stdin: What ``-`` is read from.
        progress: Is told how many files are done, of how many.

    Returns:
        The report, its results sorted by path. What could not be read is in there as a failure.

    Raises:
        UsageError: If there is nothing to check, or no such policy, subject, rule or day.
    """
    if not paths:
        raise UsageError("nothing to check", fix="Name a file or a folder, or '-' for standard input.")
    asked = options or Options()
    dated = replace(asked, on=day(asked.on))
    return run([os.fspath(path) for path in paths], linter or load_linter(), dated, stdin=stdin, progress=progress)


def render(
    report: Report,
    format: str = "text",
    *,
    color: bool = False,
    show_dismissed: bool = False,
    statistics: bool = False,
    fail_on: Severity = Severity.ERROR,
) -> str:
    """
    A report as ``claimcheck check`` prints it.

    Args:
        format: Name of a format of ``check``, such as ``text``, ``json`` or ``sarif``.
        color: Whether escape sequences for colour may be used.
        show_dismissed: Whether claims are listed that their context takes back.
        statistics: Whether the findings are counted by rule.
        fail_on: The least severity that makes a run fail; ``junit`` tells failed tests by it.

    Returns:
        Lines, each with its newline; empty when there is nothing to say.

    Raises:
        UsageError: If there is no such format.
    """
    from claimcheck.reporters import CHECK_FORMATS, Settings
    from claimcheck.reporters import render as rendered

    settings = Settings(color=color, show_dismissed=show_dismissed, statistics=statistics, fail_on=fail_on)
    return rendered(report, format, settings, formats=CHECK_FORMATS)


@overload
def render_claims(report: Report, format: Literal["xlsx"], *, show_dismissed: bool = False) -> bytes: ...  # type: ignore[overload-overlap]
@overload
def render_claims(report: Report, format: str = "text", *, show_dismissed: bool = False) -> str: ...
def render_claims(report: Report, format: str = "text", *, show_dismissed: bool = False) -> str | bytes:
    """
    The inventory of a report as ``claimcheck claims`` prints it: every claim and every qualifier.

    Args:
        format: ``text`` or ``json``; ``csv``, ``html`` or ``xlsx``: a row for each wording.
        show_dismissed: Whether claims are listed that their context takes back, in ``text`` and ``json``.

    Returns:
        Text; of ``xlsx`` the bytes of the file.

    Raises:
        ClaimcheckError: If the package that writes ``xlsx`` is not installed.
        UsageError: If there is no such format.
    """
    from claimcheck.reporters import BINARY, CLAIMS_FORMATS, Settings, render_binary
    from claimcheck.reporters import render as rendered

    write = render_binary if format in BINARY else rendered
    return write(report, format, Settings(show_dismissed=show_dismissed), formats=CLAIMS_FORMATS)


def day(given: str) -> str:
    """
    The day to judge by: the one place where the program looks at a clock.

    Raises:
        UsageError: If it is no date.
    """
    if not given:
        return time.strftime("%Y-%m-%d", time.gmtime())
    from datetime import date

    try:
        read = date.fromisoformat(given).isoformat()
    except ValueError:
        read = ""
    # Python reads "20261122" and "2026-W47-7", too.
    if read != given:
        raise UsageError(f"'{given}' is no date", fix="Write YYYY-MM-DD, such as 2026-11-22.")
    return read
