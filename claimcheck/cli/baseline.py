"""``claimcheck baseline``."""

from __future__ import annotations

import os
from typing import Any

import click

from claimcheck.api import day
from claimcheck.baseline import Baseline, Compared, Entry, compare, entries_of, read_baseline, written
from claimcheck.cli.heard import refuse_these
from claimcheck.cli.options import BASELINE, baseline_path, config_of, options_of, report_of, run_options
from claimcheck.cli.output import say, tell, write
from claimcheck.discovery import shown
from claimcheck.errors import UsageError
from claimcheck.model import Report, is_over
from claimcheck.options import is_reported, options_for
from claimcheck.runner import STDIN


@click.command(short_help="Take note of today's findings, so that check reports new ones only.")
@run_options
@click.option("--baseline", metavar="FILE", help=f"The file to write.  [default: {BASELINE}, beside the configuration]")
@click.option("--because", default="", metavar="TEXT", help="Why they may stay.")
@click.option("--by", default="", metavar="NAME", help="Who says so.")
@click.option("--until", default="", metavar="DATE", help="The last day on which they may; YYYY-MM-DD.")
@click.option("--prune", is_flag=True, help="Add nothing: remove the entries that stand for nothing any more.")
def baseline(**asked: Any) -> int:
    """
    Take note of today's findings; from then on 'claimcheck check' reports those that are new, or worse.

    PATH is a file or folder; entries of files that are not checked now stay as they are. What was said of an entry
    before ('because', 'by', 'until') stays, too.
    """
    if asked["prune"]:
        refuse_these(("because", "by", "until"), "prune")
    if STDIN in asked["paths"]:
        raise UsageError("standard input has no place in a baseline", fix="Name a file or a folder.")
    until = day(asked["until"]) if asked["until"] else ""
    if until and is_over(until, day(asked["on"])):
        raise UsageError(f"'{until}' is over", fix="Name a later day, or leave --until out.")
    report = report_of(asked)
    path = baseline_path(asked)
    old = read_baseline(path) if os.path.exists(path) else Baseline(path)
    compared = held_against(report, old, asked)
    others = set(old.entries) - {*compared.used, *compared.ended, *compared.stale}
    if asked["prune"]:
        kept = {*compared.used, *compared.ended}
    else:
        kept = set(entries_of(report, old, compared, because=asked["because"], by=asked["by"], until=until))
    write(written({*others, *kept}), path)
    tell(report, quiet=asked["quiet"])
    if not asked["quiet"]:
        count = len(others) + len(kept)
        say(f"{path}: {count} {'entry' if count == 1 else 'entries'}")
    return 2 if any(result.failures for result in report.results) else 0


def held_against(report: Report, baseline: Baseline, asked: dict[str, Any]) -> Compared:
    """What ``compare`` says, of the entries that this run could have found."""
    options = options_of(asked, config_of(asked))
    folder = os.path.dirname(baseline.path)
    top = os.path.join(os.path.realpath(folder), "")
    whole = any(top.startswith(os.path.join(os.path.realpath(path), "")) for path in asked["paths"] if path != STDIN)

    def asks(entry: Entry) -> bool:
        one = options_for(shown(os.path.join(folder, entry.path)), options)
        return entry.policy in one.policies and is_reported(entry.rule, one)

    return compare(report, baseline, whole=whole, asks=asks)
