"""``claimcheck serve``."""

from __future__ import annotations

import threading
import webbrowser
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

import click

from claimcheck.api import day
from claimcheck.cli.options import (
    config_of,
    config_options,
    judging_options,
    options_of,
    packs_of,
    packs_option,
)
from claimcheck.cli.output import say, write
from claimcheck.engine.linter import Linter
from claimcheck.errors import UsageError
from claimcheck.packs.store import find_packs

_NEEDED = ("starlette", "uvicorn")


@click.command(short_help="Open a page to check drafts in.")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Listen at this address.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="Listen at this port.  [default: a free one]"
)
@click.option("--open", "opens", is_flag=True, help="Open the page in the browser, too.")
@judging_options
@click.option("--on", default="", metavar="DATE", help="The day to judge by, YYYY-MM-DD.  [default: today, in UTC]")
@packs_option
@config_options
@click.option("--preview", is_flag=True, help="Use rules that may still change, too.")
def serve(**asked: Any) -> int:
    """
    Open a page on this machine in which drafts are checked as they are written: paste text, or drop a file.

    Prints the address of the page; Ctrl-C ends it. Nothing is stored, and nothing leaves this machine.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        what = f"the page needs {' and '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not installed"
        raise UsageError(what, fix="Install it with: pip install 'claimcheck-lint[serve]'")
    from claimcheck.fixes import check_caveats
    from claimcheck.server import running
    from claimcheck.server.work import Clerk

    config = config_of(asked)
    packs = packs_of(asked)
    linter = Linter(find_packs(packs), preview=asked["preview"] or config.preview)
    options = options_of({**asked, "include": (), "exclude": ()}, config, packs)
    if asked["on"]:
        options = replace(options, on=day(asked["on"]))
    texts = dict(config.caveats)
    check_caveats(texts, linter)

    def ready(address: str) -> None:
        if not running.is_loopback(asked["host"]):
            say(f"claimcheck: whoever reaches {asked['host']} can use the page; it has no password")
        write(f"{address}\n")
        if asked["opens"]:
            # Some browsers come back only when they are closed.
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    running.serve(Clerk(linter, options, texts), host=asked["host"], port=asked["port"], ready=ready)
    return 0
