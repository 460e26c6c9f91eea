"""Options that several commands share, and what they turn into."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, TypeVar

import click

from claimcheck.errors import ClaimcheckError, UsageError
from claimcheck.model import SUBJECTS, Report
from claimcheck.packs.rulebook import Rulebook, load_rulebook
from claimcheck.runner import STDIN, Options, run

_Command = TypeVar("_Command", bound=Callable[..., Any])
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

_SHARED = (
    click.argument("paths", nargs=-1, metavar="[PATH]..."),
    click.option("--policy", "policies", multiple=True, metavar="NAME", help="Policy to judge by; can be given again.  [default: caveats]"),
    click.option("--subject", default="auto", show_default=True, metavar="NAME", help=f"What the copy is about: auto, {', '.join(SUBJECTS)}."),
    click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the report to this file."),
    click.option("--select", multiple=True, metavar="RULES", help="Only these rules; ids or globs such as 'proof/*', with commas."),
    click.option("--ignore", multiple=True, metavar="RULES", help="Leave these rules out."),
    click.option("--exclude", multiple=True, metavar="GLOB", help="Leave these files out, as in .gitignore."),
    click.option("--force-exclude", is_flag=True, help="Leave them out even when they are named."),
    click.option("--stdin-filename", default="stdin.txt", metavar="NAME", help="What text from '-' is called; its ending gives the format."),
    click.option("--on", metavar="DATE", help="The day to judge by, YYYY-MM-DD.  [default: today]"),
    click.option("--pack", "packs", multiple=True, type=click.Path(path_type=Path), help="Further rules: a YAML file or a folder of them."),
    click.option("--show-dismissed", is_flag=True, help="List the claims that their context takes back, too."),
    click.option("--strict", is_flag=True, help="Exit with 2 when a file was skipped."),
    click.option("--quiet", is_flag=True, help="No notices."),
    click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", show_default=True, help="Colours."),
    # What is still to come is accepted, so that a configuration written for later releases works today.
    click.option("--config", type=click.Path(), hidden=True, expose_value=False),
    click.option("--isolated", is_flag=True, hidden=True, expose_value=False),
    click.option("--no-cache", is_flag=True, hidden=True, expose_value=False),
    click.option("--jobs", type=int, hidden=True, expose_value=False),
)


def shared_options(command: _Command) -> _Command:
    """The options of ``check`` and ``claims``."""
    for option in reversed(_SHARED):
        command = option(command)
    return command


def report_of(asked: dict[str, Any]) -> Report:
    """
    Run what the shared options ask for.

    Raises:
        UsageError: If something is asked for that does not exist.
    """
    rulebook = load_rulebook(asked["packs"])
    for name in asked["policies"]:
        known("policy", name, rulebook.policies)
    known("subject", asked["subject"], ("auto", *SUBJECTS))
    paths = asked["paths"]
    if not paths:
        raise UsageError("nothing to check", fix="Name a file or a folder, or '-' for standard input.")
    options = Options(
        on=_day(asked["on"]),
        policies=tuple(dict.fromkeys(asked["policies"])) or ("caveats",),
        subject=asked["subject"],
        select=_rules(asked["select"], rulebook),
        ignore=_rules(asked["ignore"], rulebook),
        exclude=asked["exclude"],
        force_exclude=asked["force_exclude"],
        stdin_filename=asked["stdin_filename"],
    )
    return run(paths, rulebook, options, stdin=sys.stdin.buffer if STDIN in paths else None)


def known(what: str, name: str, names: Any) -> None:
    """Refuse a name that is none of these, with the one that was probably meant."""
    if name not in names:
        from difflib import get_close_matches

        close = get_close_matches(name, list(names), n=1)
        raise UsageError(f"no {what} '{name}'", fix=f"Did you mean '{close[0]}'?" if close else f"Choose from: {', '.join(sorted(names))}.")


def write(text: str, output: Path | None) -> None:
    """Print a report, or write it to a file: whole or not at all."""
    if output is None:
        click.echo(text, nl=False)
        return
    import tempfile

    try:
        handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            os.replace(name, output)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        why = (error.strerror or "it cannot be written").lower()
        raise ClaimcheckError(f"the report cannot be written: {why}", where=str(output), fix="Choose another file.") from error


def tell(report: Report, *, quiet: bool) -> None:
    """Failures always, notices unless quiet: both on standard error."""
    for result in report.results:
        for failure in result.failures:
            where = f"{failure.path}:{failure.line}" if failure.line else failure.path
            click.echo(f"{where}: not checked: {failure.message}", err=True)
        if quiet:
            continue
        if result.skipped:
            click.echo(f"{result.path}: skipped: {result.skipped}", err=True)
        for notice in result.notices:
            click.echo(notice, err=True)


def colors(choice: str, output: Path | None) -> bool:
    """Whether the report is coloured: on a terminal, unless NO_COLOR is set or a choice was made."""
    if choice == "auto":
        return output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return choice == "always"


def _rules(given: Sequence[str], rulebook: Rulebook) -> tuple[str, ...]:
    globs = tuple(glob.strip() for one in given for glob in one.split(",") if glob.strip())
    ids = [rule["id"] for rule in rulebook.claims]
    for glob in globs:
        if not any(fnmatchcase(one, glob) for one in ids):
            from difflib import get_close_matches

            close = get_close_matches(glob, ids, n=1)
            fix = f"Did you mean '{close[0]}'?" if close else "'claimcheck rules' lists them."
            raise UsageError(f"no rule '{glob}'", fix=fix)
    return globs


def _day(given: str | None) -> str:
    if given is None:
        return time.strftime("%Y-%m-%d", time.gmtime())
    from datetime import date

    try:
        if not _DAY.fullmatch(given):
            raise ValueError(given)
        return date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise UsageError(f"'{given}' is no date", fix="Write YYYY-MM-DD, such as 2026-11-22.") from error
