"""``claimcheck init``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from claimcheck import __version__
from claimcheck.api import Options, check_paths, load_linter
from claimcheck.cli.heard import option
from claimcheck.cli.options import BASELINE
from claimcheck.cli.output import progress, tell, write
from claimcheck.config import NAME, Config, config_in
from claimcheck.configfile import read_config
from claimcheck.discovery import discover
from claimcheck.engine.linter import Linter
from claimcheck.errors import UsageError
from claimcheck.model import Report
from claimcheck.reporters.wording import counted, place, quoted, summary
from claimcheck.starting import HOOKS, JOBS, MERGING, configuration, hook, job
from claimcheck.survey import Survey, survey

_MOST_FINDINGS = 5


@click.command(short_help="Write a configuration that fits, and show the first findings.")
@click.argument("folder", default=".", type=click.Path(file_okay=False))
@click.option("--write-hooks", is_flag=True, help=f"Write {HOOKS}, too.")
@click.option("--write-ci", is_flag=True, help="Write a job for GitHub or GitLab, too.")
def init(**asked: Any) -> int:
    """
    Look at the repository in FOLDER and write a claimcheck.yaml that fits it; nothing that is there is overwritten.

    Shows what to add to pre-commit and CI, and the first findings. It asks no questions: what it cannot find out stands
    in the configuration as a comment.
    """
    folder = Path(asked["folder"])
    if not folder.is_dir():
        raise UsageError("there is no such folder", where=asked["folder"], fix="Name one that is there.")
    there = config_in(folder)
    if there is not None:
        raise UsageError("there is a configuration", where=str(there), fix="Change that one, or take it away first.")
    files = discover([str(folder)]).files
    found = survey(folder, [os.path.relpath(path, folder).replace(os.sep, "/") for _, path in files])
    if asked["write_ci"] and not found.service:
        what = "nothing tells whose CI this repository uses"
        raise UsageError(what, where=asked["folder"], fix="Make a folder .github, or add a remote, first.")
    for wanted, name in (("write_ci", JOBS.get(found.service, "")), ("write_hooks", HOOKS)):
        if asked[wanted] and (folder / name).exists():
            fix = f"Leave {option(wanted)} out, and 'claimcheck init' shows what to add."
            raise UsageError(f"{option(wanted)} overwrites nothing", where=str(folder / name), fix=fix)
    linter = load_linter()
    path = folder / NAME
    write(configuration(found, _said(found, folder, linter), __version__), str(path))
    steps = [f"wrote {path}", *_merging(found, folder), *_hooks(found, folder, asked), *_ci(found, folder, asked)]
    # What was done comes first, then what is left to do.
    ordered = sorted(steps, key=lambda step: step.startswith("\n"))
    write("".join(f"{step.rstrip()}\n" for step in ordered))
    report = _checked(folder, read_config(str(path), __version__), linter)
    write(_first(report, folder))
    tell(report, quiet=False)
    return 0


def _said(found: Survey, folder: Path, linter: Linter) -> list[tuple[str, str]]:
    """The kinds of qualifiers in footers, each with the first that says it."""
    if not found.footers:
        return []
    report = check_paths([str(folder / one) for one in found.footers], Options(inventory=True), linter=linter)
    kinds: dict[str, str] = {}
    for result in report.results:
        for _, qualifier in result.qualifiers:
            kinds.setdefault(qualifier.kind, os.path.relpath(result.path, folder).replace(os.sep, "/"))
    return sorted(kinds.items())


def _merging(found: Survey, folder: Path) -> Iterator[str]:
    """Tells git how to merge baselines, if it does not know yet."""
    path = folder / ".gitattributes"
    text = path.read_bytes().decode("utf-8", "surrogateescape") if path.exists() else ""
    if not found.git or MERGING in (line.strip() for line in text.splitlines()):
        return
    break_before = "\n" if text and not text.endswith("\n") else ""
    with path.open("ab") as file:
        file.write(f"{break_before}{MERGING}\n".encode())
    yield f"added to {path}: {MERGING}"


def _hooks(found: Survey, folder: Path, asked: dict[str, Any]) -> Iterator[str]:
    path = folder / HOOKS
    if asked["write_hooks"]:
        write(hook(__version__, whole=True), str(path))
        yield f"wrote {path}"
    elif not (found.hooks and "claimcheck" in path.read_text(encoding="utf-8", errors="replace")):
        how = "" if found.hooks else " (or use --write-hooks)"
        yield f"\nfor pre-commit, add to {path}{how}:\n\n{hook(__version__, whole=not found.hooks)}"


def _ci(found: Survey, folder: Path, asked: dict[str, Any]) -> Iterator[str]:
    if not found.service:
        return
    path = folder / JOBS[found.service]
    there = path.exists()
    if asked["write_ci"]:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(job(found.service, __version__), str(path))
        yield f"wrote {path}"
    elif not (there and "claimcheck" in path.read_text(encoding="utf-8", errors="replace")):
        how = "" if there else " (or use --write-ci)"
        yield f"\nfor CI, add to {path}{how}:\n\n{job(found.service, __version__)}"


def _checked(folder: Path, config: Config, linter: Linter) -> Report:
    options = Options(policies=config.policies, sections=config.sections, exclude=config.exclude, cache=True)
    with progress(quiet=False) as show:
        return check_paths([str(folder)], options, linter=linter, progress=show)


def _first(report: Report, folder: Path) -> str:
    """The worst findings, and what to do about old ones."""
    found = sorted(
        (finding for result in report.results for finding in result.findings), key=lambda one: one.severity.rank
    )
    if not found:
        return "\nnothing found; 'claimcheck check' looks again\n"
    lines = [f"{place(one.spot)}: {one.severity.value} {one.rule} {quoted(one.text)}" for one in found[:_MOST_FINDINGS]]
    more = [f"and {counted(len(found) - _MOST_FINDINGS, 'more finding')}"] if len(found) > _MOST_FINDINGS else []
    here = "" if str(folder) == "." else f" {folder}"
    hints = [
        f"'claimcheck check{here}' says what each of them needs;",
        f"'claimcheck baseline{here}' takes note of them in {BASELINE}, so that only new ones are reported",
    ]
    return "\n".join(["", "first findings:", *lines, *more, "", summary(report) + hints[0], hints[1]]) + "\n"
