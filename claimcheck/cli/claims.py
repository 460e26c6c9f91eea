"""``claimcheck claims``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from claimcheck.cli.options import colors, known, report_of, shared_options, tell, write
from claimcheck.reporters import CLAIMS_FORMATS, Settings, render
from claimcheck.runner import exit_code


@click.command(short_help="List every claim and every qualifier.")
@shared_options
@click.option("--format", "format", default="text", show_default=True, metavar="NAME", help=f"One of: {', '.join(CLAIMS_FORMATS)}.")
def claims(**asked: Any) -> int:
    """
    List every claim in files and folders, what it is about, and its standing under each policy.

    PATH is a file, a folder or '-' for standard input. Exits with 0, or 2 when something could not be checked.
    """
    output: Path | None = asked["output"]
    known("format", asked["format"], CLAIMS_FORMATS)
    report = report_of(asked)
    settings = Settings(color=colors(asked["color"], output), show_dismissed=asked["show_dismissed"])
    write(render(report, asked["format"], settings, formats=CLAIMS_FORMATS), output)
    tell(report, quiet=asked["quiet"])
    without = replace(report, results=tuple(replace(result, findings=()) for result in report.results))
    return exit_code(without, strict=asked["strict"])
