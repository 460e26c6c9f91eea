"""``claimcheck check``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from claimcheck.cli.options import colors, known, report_of, shared_options, tell, write
from claimcheck.model import Severity
from claimcheck.reporters import CHECK_FORMATS, Settings, render
from claimcheck.runner import exit_code


@click.command(short_help="Find claims that lack the qualifiers they need.")
@shared_options
@click.option("--format", "format", default="text", show_default=True, metavar="NAME", help=f"One of: {', '.join(CHECK_FORMATS)}.")
@click.option("--fail-on", type=click.Choice([one.value for one in Severity]), default="error", show_default=True, help="Exit with 1 from this severity on.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even when there are findings.")
@click.option("--statistics", is_flag=True, help="Count the findings by rule.")
def check(**asked: Any) -> int:
    """
    Find claims in files and folders, and say which lack the qualifiers they need.

    PATH is a file, a folder or '-' for standard input. Exits with 0 when nothing is found, 1 when there are findings, and
    2 when something could not be checked.
    """
    output: Path | None = asked["output"]
    known("format", asked["format"], CHECK_FORMATS)
    report = report_of(asked)
    settings = Settings(
        color=colors(asked["color"], output), show_dismissed=asked["show_dismissed"], statistics=asked["statistics"]
    )
    write(render(report, asked["format"], settings, formats=CHECK_FORMATS), output)
    tell(report, quiet=asked["quiet"])
    return exit_code(report, fail_on=Severity(asked["fail_on"]), strict=asked["strict"], exit_zero=asked["exit_zero"])
