"""What the commands write, and where: data to standard output or a file, everything else to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

import click

from claimcheck.errors import ClaimcheckError, reason

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from claimcheck.model import Report
    from claimcheck.runner import Progress

STDOUT = "-"
"""What ``--output`` calls standard output."""

_PATIENCE = 1.0  # seconds
_PAUSE = 0.1  # seconds


def write(text: str, output: str | None = None, *, color: bool = False) -> None:
    """
    Print text, or write it to a file: whole or not at all.

    Args:
        output: Path of the file; ``None`` or ``-`` is standard output.

    Raises:
        ClaimcheckError: If it cannot be written.
    """
    if output not in (None, STDOUT):
        from claimcheck.reporters import encoded

        write_data(encoded(text, output.rpartition(".")[2]), output)
        return
    try:
        # Told nothing, click takes the colours out of what goes to a pipe, even if they were asked for.
        click.echo(text, nl=False, color=color)
    except BrokenPipeError:
        # Whoever read has read enough: no reason to fail.
        _abandon(sys.stdout)
    except OSError as error:
        _abandon(sys.stdout)
        raise _unwritable(error, "report", "standard output", "Make room, or choose another place.") from error


def say(text: str) -> None:
    """Print a line for people, on standard error; what could do harm to a terminal is spelt out."""
    from claimcheck.reporters.wording import safe

    try:
        click.echo("\n".join(safe(line) for line in text.split("\n")), err=True)
    except OSError:
        _abandon(sys.stderr)


def tell(report: Report, *, quiet: bool, since: str = "") -> None:
    """
    Say what was not checked and, unless quiet, what was skipped and what else is worth knowing.

    Args:
        since: The revision since which files had to have changed to be checked.
    """
    for line in _reasons(report, quiet=quiet):
        # Names of files and words of the copy are in there: a line end in one must not begin a line of ours.
        say(line.replace("\n", "\\u{a}"))
    if quiet:
        return
    if not report.results:
        say(f"claimcheck: no file to check has changed since {since}" if since else "claimcheck: no file to check")
        return
    partly = any(result.failures or result.skipped for result in report.results)
    if is_terminal(sys.stderr) or (partly and len(report.results) > 1):
        from claimcheck.reporters.wording import outcome

        say(outcome(report))


@contextmanager
def progress(*, quiet: bool) -> Iterator[Progress | None]:
    """A bar that says how far the run is, on a terminal and past a second, wiped at the end; ``None`` elsewhere."""
    if quiet or not is_terminal(sys.stderr):
        yield None
        return
    from time import monotonic

    start = last = monotonic()
    bar: Bar | None = None

    def show(done: int, total: int) -> None:
        nonlocal bar, last
        now = monotonic()
        if bar is None and done < total and now - start >= _PATIENCE:
            bar = _bar(total)
        if bar is not None and now - last >= _PAUSE:
            bar.update(bar.task_ids[0], completed=done, refresh=True)
            last = now

    try:
        yield show
    finally:
        if bar is not None:
            bar.stop()


def _bar(total: int) -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), MofNCompleteColumn(), "files", TimeRemainingColumn())
    # Without a thread of its own: beside one, processes cannot be forked.
    bar = Bar(*columns, console=Console(stderr=True), auto_refresh=False, transient=True)
    bar.add_task("", total=total)
    bar.start()
    return bar


def colors(choice: str, output: str | None) -> bool:
    """Whether a report is coloured: as chosen, or ``auto``: on a terminal that can, unless NO_COLOR is set."""
    if choice != "auto":
        return choice == "always"
    able = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return able and output in (None, STDOUT) and is_terminal(sys.stdout)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream, which may be closed, is a terminal."""
    return stream is not None and not stream.closed and stream.isatty()


def _reasons(report: Report, *, quiet: bool) -> Iterator[str]:
    if not quiet:
        yield from report.notices
    for result in report.results:
        for failure in result.failures:
            where = ":".join(str(part) for part in (failure.path, failure.line, failure.column) if part)
            yield f"{where}: not checked: {failure.message}"
        if not quiet:
            if result.skipped:
                yield f"{result.path}: skipped: {result.skipped}"
            yield from result.notices


def write_data(data: bytes, output: str, what: str = "report") -> None:
    """
    Write a file whole or not at all.

    Args:
        what: What it is called if it cannot be written.

    Raises:
        ClaimcheckError: If it cannot be written.
    """
    from pathlib import Path

    target = Path(os.path.realpath(output))
    try:
        if target.exists() and not target.is_file():
            # A device or a pipe is written to; replacing it would do harm.
            target.write_bytes(data)
            return
        scratch = target.with_name(f".{target.name}.{os.urandom(4).hex()}.tmp")
        try:
            with scratch.open("xb") as file:
                file.write(data)
            scratch.replace(target)
        except BaseException:
            scratch.unlink(missing_ok=True)
            raise
    except OSError as error:
        fix = "Choose a file in a folder that exists and can be written to."
        raise _unwritable(error, what, output, fix) from error


def _unwritable(error: OSError, what: str, where: str, fix: str) -> ClaimcheckError:
    return ClaimcheckError(f"the {what} cannot be written: {reason(error)}", where=where, fix=fix)


def _abandon(stream: TextIO) -> None:
    """Let what a stream still holds go nowhere, lest Python complain of it on its way out."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except OSError:
        return
