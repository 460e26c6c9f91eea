"""``claimcheck test``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from claimcheck.cli.options import config_options, packs_of
from claimcheck.cli.output import write
from claimcheck.engine.linter import Linter
from claimcheck.packs.rulebook import load_rulebook
from claimcheck.packs.store import extra_files, pack_files, patterns_folder
from claimcheck.reporters.wording import counted, safe
from claimcheck.testing import run_entries, run_examples, run_rewrites


@click.command(short_help="Run the examples that rules carry.")
@click.argument("packs", nargs=-1, type=click.Path(path_type=Path), metavar="[PACK]...")
@config_options
def test(**asked: Any) -> int:
    """
    Run the examples of PACK, a YAML file or a folder of them; without one, of all that is shipped or configured.

    Says which words were found or not, which rewrite a policy objects to itself, and which of its entries can never
    apply. Exits with 1 when one does not hold.
    """
    shipped = patterns_folder()
    packs = asked["packs"]
    further = [pack for pack in packs_of(asked) if not _within(pack, [shipped])]
    wanted = {shown for shown, _ in extra_files(further) if _within(Path(shown), packs)} | _shipped(packs, shipped)
    rulebook = load_rulebook(further)
    rules = [rule for rule in rulebook.rules.values() if not packs or _file(rule.source) in wanted]
    policies = [name for name, one in rulebook.policies.items() if not packs or _file(one["source"]) in wanted]
    linter = Linter(rulebook)
    count, failures = run_examples(linter, rules)
    rewrites = 0
    for policy in policies:
        more, objected = run_rewrites(linter, policy)
        rewrites, failures = rewrites + more, failures + objected + run_entries(rulebook, policy)
    lines = [safe(line) for one in failures for line in one.lines]
    parts = [counted(len(rules), "rule"), counted(count, "example")]
    if policies:
        parts += [counted(len(policies), "policy"), counted(rewrites, "rewrite")]
    lines.append(", ".join([*parts, f"{sum(one.count for one in failures)} not held"]))
    write("\n".join(lines) + "\n")
    return 1 if failures else 0


def _shipped(packs: tuple[Path, ...], folder: Path) -> set[str]:
    """The shipped pack files that these paths name, as they are called in ``RuleInfo.source``."""
    return {shown for shown, _ in pack_files(folder) if _within(folder / shown, packs)}


def _within(path: Path, packs: Iterable[Path]) -> bool:
    """Whether a path is one of these packs or stands in one."""
    return any(path.resolve().is_relative_to(pack.resolve()) for pack in packs)


def _file(source: str) -> str:
    return source.rpartition(":")[0].rpartition(":")[0]
