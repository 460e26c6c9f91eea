"""``claimcheck cache``."""

from __future__ import annotations

from typing import Any

import click

from claimcheck.cache import clear, results_folder, size_of
from claimcheck.cli.options import cache_dir_option
from claimcheck.cli.output import write
from claimcheck.errors import ClaimcheckError


@click.command(short_help="Say what earlier runs have left, or forget it.")
@click.argument("what", type=click.Choice(("info", "clear")))
@cache_dir_option
def cache(**asked: Any) -> int:
    """
    Say where the results of earlier runs are kept and how much there is, or forget them.

    Results are kept by everything that they depend on, so that there is no need to forget them: it only makes room.
    """
    folder = results_folder(asked["cache_dir"])
    if folder is None:
        write("there is no place for a cache: no home folder, or it lies inside a repository\n")
        return 0
    try:
        count, size = size_of(folder)
        if asked["what"] == "clear":
            clear(folder)
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        fix = "Look at who owns it."
        raise ClaimcheckError(f"the cache cannot be cleared: {why}", where=str(folder), fix=fix) from error
    told = f"{count} result{'' if count == 1 else 's'}, {size / 1_000_000:.1f} MB"
    write(f"{folder}: {told}{' forgotten' if asked['what'] == 'clear' else ''}\n")
    return 0
