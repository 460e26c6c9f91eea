"""``claimcheck check``."""

from __future__ import annotations

import os
from functools import partial
from typing import Any

import click

from claimcheck.api import exit_code, render
from claimcheck.cli.heard import option, refuse_unheard
from claimcheck.cli.options import BASELINE, baseline_in_use, exit_options, report_of, shared_options
from claimcheck.cli.output import STDOUT, colors, say, tell, write
from claimcheck.errors import UsageError
from claimcheck.model import Report, Severity
from claimcheck.names import known
from claimcheck.reporters import CHECK_FORMATS, COPY, DISMISSALS, STATISTICS


@click.command(short_help="Find claims that lack the qualifiers they need.")
@shared_options
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME[:FILE]",
    help="text: for people; full: every claim in its line; concise: a line each; json, jsonl, csv: for programs; "
    "markdown: for a pull request; html: a page that shows the copy; sarif, github, gitlab, junit, rdjsonl: for CI. "
    "With a file it can be given again."
    "  [default: text]",
)
@click.option("--baseline", metavar="FILE", help=f"Leave out what this file holds.  [default: {BASELINE}, if there]")
@click.option("--no-baseline", is_flag=True, help="Report old findings, too.")
@click.option(
    "--changed-since",
    default="",
    metavar="REV",
    help="Report what has changed since a revision of git: claims on changed lines, and claims whose caveat is gone.",
)
@exit_options
@click.option(
    "--color",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    show_default=True,
    help="Colour the report; auto does on a terminal.",
)
@click.option("--statistics", is_flag=True, help="Count the findings by rule.")
@click.option("--require-reasons", is_flag=True, help="A comment that ignores rules and does not say why is a failure.")
@click.option("--fix", is_flag=True, help="Make the fixes that change no meaning, and report what is left.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix: make those that have to be read afterwards, too.")
@click.option("--add-ignores", is_flag=True, help="Write a comment for each finding that ignores it, into the files.")
@click.option("--reason", default="", metavar="TEXT", help="With --add-ignores: why they may stay.")
@click.option(
    "--until", default="", metavar="DATE", help="With --add-ignores: the last day on which they may, or month."
)
@click.option("--fix-suppressions", is_flag=True, help="Remove comments that leave nothing out, from the files.")
@click.option("--diff", is_flag=True, help="Show all fixes, or what these options would change; change nothing.")
def check(**asked: Any) -> int:
    """
    Find claims in files and folders, and say which of them lack a caveat.

    PATH is a file, a folder, or '-' for text from standard input.

    An error is a claim that the policy rules out, or whose caveat stands nowhere in the document. A warning: the caveat
    is there but too far away, or only advised. A note is worth knowing.

    Exits with 0 when nothing is found, 1 when there are errors (see --fail-on), and 2 when something could not be
    checked.
    """
    reported = partial(_without_old, asked=asked)
    refuse_unheard(asked)
    if asked["add_ignores"] or asked["fix_suppressions"]:
        from claimcheck.cli.comments import edit_comments  # few runs change a file

        return edit_comments(asked, reported)
    if asked["diff"]:
        from claimcheck.cli.fixing import show_fixes

        return show_fixes(asked, reported)
    outputs = _outputs(asked)
    asked["keep_copy"] = any(name in COPY for name, _ in outputs)
    written = True
    if asked["fix"]:
        from claimcheck.cli.fixing import fix

        left, written = fix(asked, partial(_without_old, asked={**asked, "quiet": True}))
        report = reported(left)
    else:
        report = reported(report_of(asked))
    # What cannot be rendered leaves no report half written.
    for text, file, color in [_rendered(report, *one, asked) for one in outputs]:
        write(text, file, color=color)
    tell(report, quiet=asked["quiet"], since=asked["changed_since"])
    code = exit_code(report, fail_on=Severity(asked["fail_on"]), strict=asked["strict"], exit_zero=asked["exit_zero"])
    return code if written else 2


def _rendered(report: Report, name: str, file: str | None, asked: dict[str, Any]) -> tuple[str, str | None, bool]:
    """A report in a format, with where it goes and whether it is coloured."""
    color = colors(asked["color"], file)
    text = render(
        report,
        name,
        color=color,
        show_dismissed=asked["show_dismissed"] and name in DISMISSALS,
        statistics=asked["statistics"] and name in STATISTICS,
        fail_on=Severity(asked["fail_on"]),
    )
    return text, file, color


def _without_old(report: Report, asked: dict[str, Any]) -> Report:
    """The report without what the baseline holds; says on standard error what is wrong with the baseline."""
    path = None if asked["no_baseline"] else baseline_in_use(asked)
    if path is None:
        return report
    from claimcheck.baseline import of_use, read_baseline  # many teams have none
    from claimcheck.cli.baseline import held_against

    compared = held_against(report, read_baseline(path, of_use(report, path)), asked)
    if not asked["quiet"]:
        for entry in compared.ended:
            say(f"{path}: the entry for '{entry.text}' in {entry.path} ended on {entry.until}")
        if compared.stale:
            entries = f"{len(compared.stale)} {'entry stands' if len(compared.stale) == 1 else 'entries stand'}"
            say(f"{path}: {entries} for nothing any more; 'claimcheck baseline --prune' removes them")
    return compared.report


def _outputs(asked: dict[str, Any]) -> list[tuple[str, str | None]]:
    """
    The reports that are wanted, each with its file, ``None`` for standard output.

    Raises:
        UsageError: If there is no such format, two are to go to one place, or none of them can show what is asked for.
    """
    outputs: list[tuple[str, str | None]] = []
    for given in asked["formats"] or ("text",):
        name, colon, file = given.partition(":")
        known("format", name, CHECK_FORMATS)
        if colon and not file:
            raise UsageError(f"'{given}' names no file", fix=f"Write '{name}:FILE', or '{name}' for standard output.")
        outputs.append((name, file or asked["output"]))
    if asked["output"] and all(":" in given for given in asked["formats"] or ("text",)):
        raise UsageError("--output makes no difference: every --format names its own file", fix="Leave it out.")
    for number, (name, file) in enumerate(outputs):
        earlier = [other for other, place in outputs[:number] if _place(place) == _place(file)]
        if earlier:
            place = "standard output" if _place(file) == STDOUT else f"'{file}'"
            raise UsageError(f"{earlier[0]} and {name} cannot both go to {place}", fix=f"Write '{name}:FILE'.")
    names = [name for name, _ in outputs]
    from claimcheck.reporters.wording import listed  # most runs have nothing to list

    for wanted, able in (("show_dismissed", DISMISSALS), ("statistics", STATISTICS)):
        if asked[wanted] and able.isdisjoint(names):
            fix = f"Use it with {listed([name for name in CHECK_FORMATS if name in able])}."
            raise UsageError(f"{option(wanted)} makes no difference to {listed(names, 'and')}", fix=fix)
    return outputs


def _place(file: str | None) -> str:
    return STDOUT if file in (None, STDOUT) else os.path.realpath(file)
