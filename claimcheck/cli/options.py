"""Options that several commands share, and what they turn into."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from claimcheck import __version__
from claimcheck.api import Options, check_paths, load_linter
from claimcheck.cli.output import progress
from claimcheck.config import Config, find_config
from claimcheck.model import SUBJECTS, Report

_Command = TypeVar("_Command", bound=Callable[..., Any])

packs_option = click.option(
    "--pack", "packs", multiple=True, metavar="PATH", help="Use further rules: a YAML file, or a folder of them."
)

_CONFIG = (
    click.option(
        "--config",
        type=click.Path(dir_okay=False),
        metavar="FILE",
        help="The configuration to use.  [default: the nearest claimcheck.yaml]",
    ),
    click.option("--isolated", is_flag=True, help="Look for no configuration."),
)

_SHARED = (
    click.argument("paths", nargs=-1, metavar="[PATH]..."),
    click.option(
        "--policy",
        "policies",
        multiple=True,
        metavar="NAME",
        help="Judge by this policy; can be given again.  [default: that of the configuration, else caveats]",
    ),
    click.option(
        "--subject",
        default="auto",
        show_default=True,
        metavar="NAME",
        help=f"What the copy is about: auto, {', '.join(SUBJECTS)}.",
    ),
    click.option(
        "--select", multiple=True, metavar="RULES", help="Report these rules only, such as 'efficacy/scars,proof/*'."
    ),
    click.option("--ignore", multiple=True, metavar="RULES", help="Leave these rules out."),
    click.option("--exclude", multiple=True, metavar="GLOB", help="Leave these files out, as in .gitignore."),
    click.option("--force-exclude", is_flag=True, help="Leave them out even when they are named."),
    click.option(
        "--stdin-filename",
        default="stdin.txt",
        show_default=True,
        metavar="NAME",
        help="What the text from '-' is called; the ending gives its format.",
    ),
    click.option("--on", default="", metavar="DATE", help="The day to judge by, YYYY-MM-DD.  [default: today, in UTC]"),
    packs_option,
    click.option(
        "--output",
        type=click.Path(dir_okay=False),
        metavar="FILE",
        help="Write the report to this file; '-' is standard output.",
    ),
    click.option("--show-dismissed", is_flag=True, help="List what looked like a claim and is none, too."),
    click.option("--strict", is_flag=True, help="Exit with 2 when a file was skipped."),
    click.option("--quiet", is_flag=True, help="Say nothing but the report and what could not be checked."),
    click.option(
        "--color",
        type=click.Choice(("auto", "always", "never")),
        default="auto",
        show_default=True,
        help="Colour the report; auto does on a terminal.",
    ),
    *_CONFIG,
    click.option("--preview", is_flag=True, help="Use rules that may still change, too."),
    # What is still to come is accepted, so that a command written for a later release works today.
    click.option("--no-cache", is_flag=True, hidden=True, expose_value=False),
    click.option("--jobs", type=int, hidden=True, expose_value=False),
)


def shared_options(command: _Command) -> _Command:
    """Give a command the options of ``check`` and ``claims``."""
    return _with(_SHARED, command)


def config_options(command: _Command) -> _Command:
    """Give a command the options that say which configuration it sees."""
    return _with(_CONFIG, command)


def report_of(asked: dict[str, Any], *, inventory: bool = False) -> Report:
    """
    Run what the shared options ask for.

    Args:
        inventory: Whether qualifiers are wanted of files without claims, too.

    Raises:
        ClaimcheckError: If a pack is missing or wrong.
        UsageError: If something is asked for that does not exist, or the configuration is wrong.
    """
    config = _config(asked)
    options = Options(
        policies=tuple(dict.fromkeys(asked["policies"] or config.policies or ("caveats",))),
        subject=config.subject if asked["subject"] == "auto" and config.subject else asked["subject"],
        facts=config.facts,
        select=_split(asked["select"]) or config.select,
        ignore=(*config.ignore, *_split(asked["ignore"])),
        exclude=(*config.exclude, *asked["exclude"]),
        force_exclude=asked["force_exclude"],
        stdin_filename=asked["stdin_filename"],
        on=asked["on"],
        inventory=inventory,
    )
    return check_paths(
        asked["paths"],
        options,
        linter=load_linter(_packs(config, asked["packs"]), preview=asked["preview"] or config.preview),
        # There is none when it was closed.
        stdin=getattr(sys.stdin, "buffer", None),
        progress=progress(quiet=asked["quiet"]),
    )


def packs_of(asked: dict[str, Any]) -> list[Path]:
    """
    Further packs: those of the configuration, then those that are asked for; each once.

    Raises:
        PackError: If there is something wrong in the configuration.
        UsageError: If it cannot be used.
    """
    return _packs(_config(asked), asked["packs"])


def _packs(config: Config, given: Iterable[str | Path]) -> list[Path]:
    """Paths by the places that they lead to: the same rules twice would contradict themselves."""
    packs: dict[Path, Path] = {}
    for pack in (*config.packs, *given):
        packs.setdefault(Path(os.path.realpath(pack)), Path(pack))
    return [pack for place, pack in packs.items() if packs.keys().isdisjoint(place.parents)]


def _with(options: Sequence[Callable[[_Command], _Command]], command: _Command) -> _Command:
    for option in reversed(options):
        command = option(command)
    return command


def _config(asked: dict[str, Any]) -> Config:
    path = find_config(asked["config"], isolated=asked["isolated"])
    if path is None:
        return Config()
    from claimcheck.configfile import read_config  # reading YAML costs a run without a configuration nothing

    return read_config(path, __version__)


def _split(given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(glob.strip() for one in given for glob in one.split(",") if glob.strip())
