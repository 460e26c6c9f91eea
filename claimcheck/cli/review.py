"""``claimcheck review``."""

from __future__ import annotations

import os
from typing import Any

import click

from claimcheck.api import exit_code
from claimcheck.cli.options import checked, exit_options, run_options, settings_of
from claimcheck.cli.output import STDOUT, say, tell, write_data
from claimcheck.discovery import reason, shown
from claimcheck.errors import UsageError
from claimcheck.extract.choosing import choose
from claimcheck.filecheck import MOST_BYTES
from claimcheck.model import Severity
from claimcheck.options import Options
from claimcheck.reporters.wording import counted, outcome
from claimcheck.runner import STDIN

_SUFFIX = ".docx"


@click.command(short_help="Write a Word document with a comment beside each finding.")
@run_options
@click.option("-o", "--output", required=True, metavar="FILE", help="The Word document to write.")
@click.option("--force", is_flag=True, help="Replace it if it is there.")
@exit_options
def review(**asked: Any) -> int:
    """
    Write a Word document anew, with a comment beside each claim that lacks a caveat and a summary at its top.

    PATH is one Word document (.docx), which stays as it is. Nothing but comments is added: of the text, its look, the
    comments of others and tracked changes nothing is touched. In a document that was reviewed before, the comments of
    that review are replaced, but for those that somebody has answered or resolved.

    Exits with 0 when nothing is found, 1 when there are errors (see --fail-on), and 2 when no document was written.
    """
    path = _draft(asked["paths"])
    _refuse(path, asked["output"], force=asked["force"])
    linter, options = settings_of(asked)
    data = _word(path, options)
    report = checked(asked, linter, options)
    tell(report, quiet=asked["quiet"])
    if any(result.failures or result.skipped for result in report.results) or not report.results:
        if not asked["quiet"]:
            say(f"{asked['output']}: not written")
        return 2
    if _read(path) != data:
        raise UsageError("it has changed in the meantime", where=shown(path), fix="Try again.")
    from claimcheck.review import reviewed  # what cannot be checked costs nothing

    made = reviewed(data, report)
    write_data(made.data, asked["output"])
    if not asked["quiet"]:
        replaced = f", {made.replaced} old ones removed" if made.replaced else ""
        say(f"{asked['output']}: {outcome(report)}; {counted(made.comments, 'comment')} written{replaced}")
    return exit_code(report, fail_on=Severity(asked["fail_on"]), exit_zero=asked["exit_zero"])


def _draft(paths: tuple[str, ...]) -> str:
    if len(paths) != 1 or paths[0] == STDIN or os.path.isdir(paths[0]):
        what = f"'{paths[0]}' is no file" if len(paths) == 1 else f"{len(paths) or 'no'} files were named"
        raise UsageError(what, fix="Name one Word document.")
    return paths[0]


def _refuse(path: str, output: str, *, force: bool) -> None:
    """Refuse to write over what somebody wrote."""
    if output == STDOUT or not output.lower().endswith(_SUFFIX):
        raise UsageError(f"'{output}' is no name of a Word document", fix=f"Let it end in '{_SUFFIX}'.")
    if os.path.realpath(output) == os.path.realpath(path) or _is_same(output, path):
        raise UsageError("the review would replace the draft", where=output, fix="Choose another name.")
    if os.path.lexists(output) and not force:
        raise UsageError("it is there already", where=output, fix="Choose another name, or add --force.")


def _is_same(output: str, path: str) -> bool:
    try:
        return os.path.samefile(output, path)
    except OSError:  # one of them is not there
        return False


def _word(path: str, options: Options) -> bytes:
    """
    The draft.

    Raises:
        UsageError: If it cannot be read, or is no Word document.
    """
    data = _read(path)
    format = choose(data, shown(path), options.reading).format
    if format.name != "docx":
        what = f"it is read as {format.title}, and only Word documents ({_SUFFIX}) can be reviewed"
        raise UsageError(what, where=shown(path), fix="Save it as a Word document, or use 'claimcheck check'.")
    return data


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"it cannot be read: {reason(error)}", where=shown(path)) from error
