"""``claimcheck test``."""

from __future__ import annotations

from pathlib import Path

import click

from claimcheck.cli.output import write
from claimcheck.engine.linter import Linter
from claimcheck.packs.rulebook import load_rulebook
from claimcheck.packs.store import extra_files, pack_files, patterns_folder
from claimcheck.reporters.wording import counted, safe
from claimcheck.testing import run_examples, run_rewrites


@click.command(short_help="Run the examples that rules carry.")
@click.argument("packs", nargs=-1, type=click.Path(path_type=Path), metavar="[PACK]...")
def test(packs: tuple[Path, ...]) -> int:
    """
    Run the examples of PACK, a YAML file or a folder of them; without one, those that are shipped.

    Says which words were found or not, and which rewrite a policy objects to itself. Exits with 1 when one does not
    hold.
    """
    shipped = patterns_folder()
    further = tuple(pack for pack in packs if not pack.resolve().is_relative_to(shipped.resolve()))
    wanted = {shown for shown, _ in extra_files(further)} | _shipped(packs, shipped)
    rulebook = load_rulebook(further)
    rules = [rule for rule in rulebook.rules.values() if not packs or _file(rule.source) in wanted]
    policies = [name for name, one in rulebook.policies.items() if not packs or _file(one["source"]) in wanted]
    linter = Linter(rulebook)
    count, failures = run_examples(linter, rules)
    rewrites = 0
    for policy in policies:
        more, objected = run_rewrites(linter, policy)
        rewrites, failures = rewrites + more, failures + objected
    lines = [
        safe(line) for one in failures for line in (f"{one.where}: {one.rule}: {one.problem}", f"  in: {one.example}")
    ]
    parts = [counted(len(rules), "rule"), counted(count, "example")]
    if policies:
        parts += [counted(len(policies), "policy"), counted(rewrites, "rewrite")]
    lines.append(", ".join([*parts, f"{len(failures)} not held"]))
    write("\n".join(lines) + "\n")
    return 1 if failures else 0


def _shipped(packs: tuple[Path, ...], folder: Path) -> set[str]:
    """The shipped pack files that these paths name, as they are called in ``RuleInfo.source``."""
    named = [pack.resolve() for pack in packs]
    return {
        shown
        for shown, _ in pack_files(folder)
        if any((folder / shown).resolve().is_relative_to(pack) for pack in named)
    }


def _file(source: str) -> str:
    return source.rpartition(":")[0].rpartition(":")[0]
