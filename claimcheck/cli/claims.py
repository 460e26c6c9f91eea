"""``claimcheck claims``."""

from __future__ import annotations

from typing import Any

import click

from claimcheck.api import exit_code, render_claims
from claimcheck.cli.options import report_of, shared_options
from claimcheck.cli.output import tell, write
from claimcheck.names import known
from claimcheck.reporters import CLAIMS_FORMATS


@click.command(short_help="List every claim and every qualifier.")
@shared_options
@click.option(
    "--format",
    "format",
    default="text",
    show_default=True,
    metavar="NAME",
    help="text: for people; json: for programs.",
)
def claims(**asked: Any) -> int:
    """
    List every claim in files and folders with its standing under each policy, and every qualifier.

    A name alone, such as that of an injectable, is listed when a policy asks about it.

    PATH is a file, a folder, or '-' for text from standard input.

    Exits with 0, or with 2 when something could not be checked.
    """
    known("format", asked["format"], CLAIMS_FORMATS)
    report = report_of(asked, inventory=True)
    write(render_claims(report, asked["format"], show_dismissed=asked["show_dismissed"]), asked["output"])
    tell(report, quiet=asked["quiet"])
    return exit_code(report, strict=asked["strict"], exit_zero=True)
