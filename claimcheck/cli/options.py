"""Options that several commands share, and what they turn into."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from claimcheck import __version__
from claimcheck.api import Options, check_paths
from claimcheck.cli.heard import given, refuse_both
from claimcheck.cli.output import progress
from claimcheck.config import NAME, Config, find_config, upwards
from claimcheck.engine.linter import Linter
from claimcheck.errors import UsageError
from claimcheck.model import SUBJECTS, Report, Severity
from claimcheck.packs.store import find_packs
from claimcheck.runner import STDIN

_Command = TypeVar("_Command", bound=Callable[..., Any])

packs_option = click.option(
    "--pack", "packs", multiple=True, metavar="PATH", help="Use further rules: a YAML file, or a folder of them."
)

BASELINE = "claimcheck-baseline.jsonl"
"""What a baseline is called when nothing else is said."""

cache_dir_option = click.option(
    "--cache-dir", metavar="FOLDER", help="Keep results of runs here.  [default: the user's cache folder]"
)

_SEEN = f"{__name__}.config"
"""Where the context of a command holds its configuration."""

_CONFIG = (
    click.option(
        "--config",
        type=click.Path(dir_okay=False),
        metavar="FILE",
        help="The configuration to use.  [default: the nearest claimcheck.yaml, or pyproject.toml that speaks of it]",
    ),
    click.option("--isolated", is_flag=True, help="Look for no configuration."),
)

_FILES = (
    click.option("--include", multiple=True, metavar="GLOB", help="Take these files from folders, too."),
    click.option("--exclude", multiple=True, metavar="GLOB", help="Leave these files out, as in .gitignore."),
)

_JUDGING = (
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
)

_RUN = (
    click.argument("paths", nargs=-1, metavar="[PATH]..."),
    *_JUDGING,
    *_FILES,
    click.option(
        "--force-exclude",
        is_flag=True,
        help="Leave them, and what folders are not searched for, out even when they are named.",
    ),
    click.option("--on", default="", metavar="DATE", help="The day to judge by, YYYY-MM-DD.  [default: today, in UTC]"),
    packs_option,
    click.option("--quiet", is_flag=True, help="Say nothing but the report and what could not be checked."),
    *_CONFIG,
    click.option("--preview", is_flag=True, help="Use rules that may still change, too."),
    click.option("--no-cache", is_flag=True, help="Check every file, even if it has not changed."),
    cache_dir_option,
    click.option(
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="Check files in this many processes.  [default: as many as are of use]",
    ),
)


_REPORT = (
    click.option(
        "--stdin-filename",
        default="stdin.txt",
        show_default=True,
        metavar="NAME",
        help="What the text from '-' is called; the name gives its format.",
    ),
    click.option(
        "--output",
        type=click.Path(dir_okay=False),
        metavar="FILE",
        help="Write the report to this file; '-' is standard output.",
    ),
    click.option("--show-dismissed", is_flag=True, help="List what looked like a claim and is none, too."),
    click.option("--strict", is_flag=True, help="Exit with 2 when a file was skipped."),
)


_EXIT = (
    click.option(
        "--fail-on",
        type=click.Choice([one.value for one in Severity]),
        default="error",
        show_default=True,
        help="Exit with 1 from this severity on.",
    ),
    click.option("--exit-zero", is_flag=True, help="Exit with 0 even when there are findings."),
)


def exit_options(command: _Command) -> _Command:
    """Give a command the options that say what its exit code is."""
    return _with(_EXIT, command)


def run_options(command: _Command) -> _Command:
    """Give a command the options that say what is checked, and by what."""
    return _with(_RUN, command)


def shared_options(command: _Command) -> _Command:
    """Give a command the options of ``check`` and ``claims``."""
    return _with((*_RUN, *_REPORT), command)


def judging_options(command: _Command) -> _Command:
    """Give a command the options that say by what claims are judged."""
    return _with(_JUDGING, command)


def files_options(command: _Command) -> _Command:
    """Give a command the options that say which files of a folder it takes."""
    return _with(_FILES, command)


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
    return checked(asked, *settings_of(asked, inventory=inventory))


def settings_of(asked: dict[str, Any], *, inventory: bool = False) -> tuple[Linter, Options]:
    """The rules and options that the shared options ask for; arguments and errors as for ``report_of``."""
    if STDIN not in asked["paths"] and "stdin_filename" in given():
        raise UsageError("--stdin-filename makes no difference without '-'", fix="Leave it out.")
    refuse_both("no_cache", "cache_dir")
    config = config_of(asked)
    packs = _packs(config, asked["packs"])
    options = replace(
        options_of(asked, config, packs),
        force_exclude=asked["force_exclude"],
        stdin_filename=asked.get("stdin_filename", ""),
        on=asked["on"],
        inventory=inventory,
        jobs=asked["jobs"] or 0,
        cache=not asked["no_cache"],
        cache_dir=asked["cache_dir"],
        changed_since=asked.get("changed_since", ""),
        require_reasons=config.require_reasons or asked.get("require_reasons", False),
        keep_copy=asked.get("keep_copy", False),
    )
    # The rules are read only if there is a file whose result is not known.
    return Linter(find_packs(packs), preview=asked["preview"] or config.preview), options


def checked(asked: dict[str, Any], linter: Linter, options: Options) -> Report:
    """What comes out of the paths that are asked for. Raises UsageError if there is no such rule, or no path."""
    # There is no standard input when it was closed.
    stdin = getattr(sys.stdin, "buffer", None)
    with progress(quiet=asked["quiet"]) as show:
        return check_paths(asked["paths"], options, linter=linter, stdin=stdin, progress=show)


def options_of(asked: dict[str, Any], config: Config, packs: Iterable[Path] = ()) -> Options:
    """
    What files are judged by, and which: the command line goes before all that the configuration says.

    Args:
        packs: Further rules, which are no copy to check.
    """
    given: dict[str, Any] = {
        **({"policies": ()} if asked["policies"] else {}),
        **({"select": ()} if asked["select"] else {}),
    }
    return Options(
        policies=tuple(dict.fromkeys(asked["policies"] or config.policies or ("caveats",))),
        subject=asked["subject"],
        default_subject=config.subject,
        facts=config.facts,
        select=_split(asked["select"]) or config.select,
        ignore=(*config.ignore, *_split(asked["ignore"])),
        severity=config.severity,
        sections=tuple(replace(one, **given) for one in config.sections),
        provided=config.provided,
        include=(*config.include, *asked["include"]),
        exclude=(
            *config.exclude,
            *asked["exclude"],
            *_own_files(config, packs, (config.baseline, asked.get("baseline"))),
        ),
        reading=config.reading,
        ignores=config.ignores,
        require_reasons=config.require_reasons,
    )


def baseline_path(asked: dict[str, Any]) -> str:
    """
    The baseline that a command is to use, whether it is there or not.

    It is the one that was named, that of the configuration, or the one beside it; without a configuration the nearest
    upwards, or else in the working directory.

    Raises:
        PackError: If there is something wrong in the configuration.
        UsageError: If it cannot be used.
    """
    config = config_of(asked)
    if named := asked.get("baseline") or config.baseline:
        return str(named)
    if config.path:
        return os.path.join(os.path.dirname(config.path), BASELINE)
    found = (one / BASELINE for one in upwards(Path.cwd()))
    return next((os.path.relpath(one) for one in found if one.is_file()), BASELINE)


def baseline_in_use(asked: dict[str, Any]) -> str | None:
    """What ``baseline_path`` says if it is there, or ought to be, since somebody named it; ``None`` otherwise."""
    path = baseline_path(asked)
    return path if asked.get("baseline") or config_of(asked).baseline or os.path.isfile(path) else None


def packs_of(asked: dict[str, Any]) -> list[Path]:
    """
    Further packs: those of the configuration, then those that are asked for; each once.

    Raises:
        PackError: If there is something wrong in the configuration.
        UsageError: If it cannot be used.
    """
    return _packs(config_of(asked), asked["packs"])


def _packs(config: Config, given: Iterable[str | Path]) -> list[Path]:
    """Paths by the places that they lead to: the same rules twice would contradict themselves."""
    packs: dict[Path, Path] = {}
    for pack in (*config.packs, *given):
        packs.setdefault(Path(os.path.realpath(pack)), Path(pack))
    return [pack for place, pack in packs.items() if packs.keys().isdisjoint(place.parents)]


def _own_files(config: Config, packs: Iterable[Path], baselines: Iterable[str | None]) -> list[str]:
    """Patterns of what is no copy but ours: packs with their examples, baselines, a configuration of another name."""
    own = [str(pack) for pack in packs]
    own += [one for one in baselines if one and os.path.basename(one) != BASELINE]
    own += [path for path in config.files if os.path.basename(path) != NAME]
    if not own:
        return []
    from claimcheck.globs import literal

    shown = (os.path.relpath(path).replace(os.sep, "/") for path in own)
    return [literal(path) for path in shown if not path.startswith("../")]


def _with(options: Sequence[Callable[[_Command], _Command]], command: _Command) -> _Command:
    for option in reversed(options):
        command = option(command)
    return command


def config_of(asked: dict[str, Any]) -> Config:
    """
    What the configuration says that a command is to see; it is read once.

    Raises:
        PackError: If there is something wrong in it.
        UsageError: If it cannot be used.
    """
    seen = click.get_current_context().meta
    if _SEEN not in seen:
        seen[_SEEN] = _config(asked)
    config: Config = seen[_SEEN]
    return config


def _config(asked: dict[str, Any]) -> Config:
    refuse_both("config", "isolated")
    path = find_config(asked["config"], isolated=asked["isolated"])
    if path is None:
        return Config()
    from claimcheck.knownconfig import config_at  # many teams have none

    return config_at(path, __version__, cache=not asked.get("no_cache", True), cache_dir=asked.get("cache_dir"))


def _split(given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(glob.strip() for one in given for glob in one.split(",") if glob.strip())
