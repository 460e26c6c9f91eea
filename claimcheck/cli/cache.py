"""``claimcheck cache``."""

from __future__ import annotations

from typing import Any

import click

from claimcheck.cache import cache_folders, clear, size_of
from claimcheck.cli.options import cache_dir_option
from claimcheck.cli.output import write
from claimcheck.errors import ClaimcheckError, reason
from claimcheck.reporters.wording import counted


@click.command(short_help="Say what earlier runs have left, or forget it.")
@click.argument("what", type=click.Choice(("info", "clear")))
@cache_dir_option
def cache(**asked: Any) -> int:
    """
    Say where earlier runs keep results, rules and configurations and how much there is, or forget it.

    Everything is kept by what it depends on, the version included, and goes when no run has used it for 14 days: there
    is no need to forget it, that only makes room.
    """
    folders = cache_folders(asked["cache_dir"])
    if not folders:
        write("there is no place for a cache: no home folder, or it lies inside a repository\n")
        return 0
    folder = folders[0].parent
    try:
        count, size = size_of(folders)
        if asked["what"] == "clear":
            clear(folders)
    except OSError as error:
        fix = "Look at who owns it."
        raise ClaimcheckError(f"the cache cannot be cleared: {reason(error)}", where=str(folder), fix=fix) from error
    told = f"{counted(count, 'file')}, {size / 1_000_000:.1f} MB"
    write(f"{folder}: {told}{' forgotten' if asked['what'] == 'clear' else ''}\n")
    return 0
