"""``claimcheck review``."""

from __future__ import annotations

import os
from typing import Any

import click

from claimcheck.api import exit_code
from claimcheck.cli.options import (
    cache_dir_option,
    checked,
    config_options,
    exit_options,
    judging_options,
    packs_option,
    settings_of,
)
from claimcheck.cli.output import STDOUT, say, tell, write_data
from claimcheck.discovery import shown
from claimcheck.errors import UsageError, reason
from claimcheck.filecheck import MOST_BYTES
from claimcheck.model import Severity
from claimcheck.reporters.wording import counted, outcome
from claimcheck.runner import STDIN

# The options of `check` that say which files it takes, and how many at once: here they would go unheard.
_FILES = {"include": (), "exclude": (), "force_exclude": False, "jobs": None}


@click.command(short_help="Write a Word document with a comment beside each finding.")
@click.argument("draft")
@judging_options
@click.option("--on", default="", metavar="DATE", help="The day to judge by, YYYY-MM-DD.  [default: today, in UTC]")
@packs_option
@config_options
@click.option("--preview", is_flag=True, help="Use rules that may still change, too.")
@click.option("--quiet", is_flag=True, help="Say nothing but what could not be checked.")
@click.option("--no-cache", is_flag=True, help="Check the draft, even if it has not changed.")
@cache_dir_option
@click.option("-o", "--output", required=True, metavar="FILE", help="The Word document to write.")
@click.option("--force", is_flag=True, help="Replace it if it is there.")
@exit_options
def review(**asked: Any) -> int:
    """
    Write a Word document anew, with a comment beside each claim that lacks a caveat and a summary at its top.

    DRAFT is a Word document (.docx), which stays as it is. Nothing but comments is added: of the text, its look, the
    comments of others and tracked changes nothing is touched. In a document that was reviewed before, the comments of
    that review are replaced, but for those that somebody has answered or resolved.

    Exits with 0 when nothing is found, 1 when there are errors (see --fail-on), and 2 when no document was written.
    """
    from claimcheck.review import check_word, reviewed  # other commands do without

    path = asked["draft"]
    _refuse_draft(path)
    _refuse_output(path, asked["output"], force=asked["force"])
    asked |= {"paths": (path,), **_FILES}
    linter, options = settings_of(asked)
    data = _read(path)
    check_word(data, shown(path), options.reading)
    report = checked(asked, linter, options)
    tell(report, quiet=asked["quiet"])
    if any(result.failures or result.skipped for result in report.results) or not report.results:
        if not asked["quiet"]:
            say(f"{asked['output']}: not written")
        return 2
    if _read(path) != data:
        raise UsageError("it has changed in the meantime", where=shown(path), fix="Try again.")
    made = reviewed(data, report)
    write_data(made.data, asked["output"], "document")
    if not asked["quiet"]:
        replaced = f", {made.replaced} old ones removed" if made.replaced else ""
        say(f"{asked['output']}: {outcome(report)}; {counted(made.comments, 'comment')} written{replaced}")
    return exit_code(report, fail_on=Severity(asked["fail_on"]), exit_zero=asked["exit_zero"])


def _refuse_draft(path: str) -> None:
    if path == STDIN or os.path.isdir(path):
        what = "standard input cannot be reviewed" if path == STDIN else f"'{path}' is no file"
        raise UsageError(what, fix="Name a Word document.")


def _refuse_output(path: str, output: str, *, force: bool) -> None:
    """Refuse to write over what somebody wrote."""
    from claimcheck.review import SUFFIX

    if output == STDOUT or not output.lower().endswith(SUFFIX):
        raise UsageError(f"'{output}' is no name of a Word document", fix=f"Let it end in '{SUFFIX}'.")
    if os.path.realpath(output) == os.path.realpath(path) or _is_same(output, path):
        raise UsageError("the review would replace the draft", where=output, fix="Choose another name.")
    if os.path.lexists(output) and not force:
        raise UsageError("it is there already", where=output, fix="Choose another name, or add --force.")


def _is_same(output: str, path: str) -> bool:
    try:
        return os.path.samefile(output, path)
    except OSError:  # one of them is not there
        return False


def _read(path: str) -> bytes:
    """The draft; raises UsageError if it cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"it cannot be read: {reason(error)}", where=shown(path)) from error
