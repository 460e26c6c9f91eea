"""``claimcheck check``."""

from __future__ import annotations

from typing import Any

import click

from claimcheck.api import exit_code, render
from claimcheck.cli.options import report_of, shared_options
from claimcheck.cli.output import colors, tell, write
from claimcheck.model import Severity
from claimcheck.names import known
from claimcheck.reporters import CHECK_FORMATS


@click.command(short_help="Find claims that lack the qualifiers they need.")
@shared_options
@click.option(
    "--format",
    "format",
    default="text",
    show_default=True,
    metavar="NAME",
    help="text: for people; full: every claim in its line; concise: a line each; json: for programs.",
)
@click.option(
    "--fail-on",
    type=click.Choice([one.value for one in Severity]),
    default="error",
    show_default=True,
    help="Exit with 1 from this severity on.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even when there are findings.")
@click.option("--statistics", is_flag=True, help="Count the findings by rule.")
def check(**asked: Any) -> int:
    """
    Find claims in files and folders, and say which of them lack a caveat.

    PATH is a file, a folder, or '-' for text from standard input.

    An error is a claim that the policy rules out, or whose caveat stands nowhere in the document. A warning: the caveat
    is there but too far away, or only advised. A note is worth knowing.

    Exits with 0 when nothing is found, 1 when there are errors (see --fail-on), and 2 when something could not be
    checked.
    """
    known("format", asked["format"], CHECK_FORMATS)
    report = report_of(asked)
    color = colors(asked["color"], asked["output"])
    text = render(
        report,
        asked["format"],
        color=color,
        show_dismissed=asked["show_dismissed"],
        statistics=asked["statistics"],
    )
    write(text, asked["output"], color=color)
    tell(report, quiet=asked["quiet"])
    return exit_code(report, fail_on=Severity(asked["fail_on"]), strict=asked["strict"], exit_zero=asked["exit_zero"])
