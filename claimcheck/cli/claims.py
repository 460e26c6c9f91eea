"""``claimcheck claims``."""

from __future__ import annotations

from typing import Any

import click

from claimcheck.api import exit_code, render_claims
from claimcheck.cli.options import report_of, shared_options
from claimcheck.cli.output import STDOUT, tell, write, write_data
from claimcheck.errors import UsageError
from claimcheck.names import known
from claimcheck.reporters import BINARY, CLAIMS_DISMISSALS, CLAIMS_FORMATS


@click.command(short_help="List every claim and every qualifier.")
@shared_options
@click.option(
    "--format",
    "format",
    default="text",
    show_default=True,
    metavar="NAME",
    help="text: for people; json: for programs; xlsx, csv, html: a sheet with a row for each wording.",
)
def claims(**asked: Any) -> int:
    """
    List every claim in files and folders with its standing under each policy, and every qualifier.

    A name alone, such as that of an injectable, is listed when a policy asks about it.

    PATH is a file, a folder, or '-' for text from standard input.

    Exits with 0, or with 2 when something could not be checked.
    """
    format = known("format", asked["format"], CLAIMS_FORMATS)
    if asked["show_dismissed"] and format not in CLAIMS_DISMISSALS:
        raise UsageError(f"--show-dismissed makes no difference to {format}", fix="Use it with text or json.")
    if format in BINARY and asked["output"] in (None, STDOUT):
        raise UsageError(f"{format} is no text to print", fix=f"Name a file: --output claims.{format}.")
    if format in BINARY and not asked["output"].lower().endswith(f".{format}"):
        raise UsageError(f"'{asked['output']}' is no name of an {format} file", fix=f"Let it end in '.{format}'.")
    report = report_of(asked, inventory=True)
    told: str | bytes = render_claims(report, format, show_dismissed=asked["show_dismissed"])
    if isinstance(told, bytes):
        write_data(told, asked["output"])
    else:
        write(told, asked["output"])
    tell(report, quiet=asked["quiet"])
    return exit_code(report, strict=asked["strict"], exit_zero=True)
