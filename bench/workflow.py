"""
A team's day: a site of 2,000 pages with 1,000 old claims, a baseline, and a commit that makes two new findings.

    python bench/workflow.py [--with-rivals]

It makes the site in a temporary repository and prints

- how long the whole site takes: with an empty cache, when nothing has changed, and when one page has; and one page
  alone, as the hook for pre-commit names it;
- with ``--with-rivals``, how long proselint and codespell take for the same pages. They have to be on the PATH:
  ``pip install proselint codespell`` into an environment of their own, and that environment's programs on the PATH;
- what pre-commit takes with a hook that only starts Python, and with claimcheck, for a commit that adds one bad
  sentence and removes one caveat. Those two findings have to be reported and none of the old ones; otherwise, or when
  it takes more than one and a half times as long once the cache is warm, it exits with 1.

Every time but that of the empty cache is the median of several runs. The two hooks take turns, and their ratio is the
median of the turns' ratios, so that what else the machine does falls on both.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
PAGES = 2_000
OLD_CLAIMS = 1_000
WITH_CAVEAT = 500
RUNS = 9
TURNS = 21
MOST_TIMES = 1.5
"""How much longer than with a hook that does nothing a commit may take once the cache is warm."""

# As pre-commit starts it from the environment that it makes for the hook.
_PROGRAM = (str(Path(sys.executable).with_name("claimcheck")),)
_CLAIMS = (
    "Our serum reduces fine lines.",
    "The day cream fades dark spots.",
    "This mask minimises pores.",
    "Our oil smooths wrinkles.",
    "The eye gel banishes dark circles.",
)
_CAVEAT = "Individual results may vary."
_BAD = "Our new balm erases stretch marks."
# What a shop says all day: no claims, but the words of the trade.
_ORDINARY = (
    "We are open from Tuesday to Saturday, and on Thursdays until eight.",
    "The jar is made of glass and can be sent back to us for a refill.",
    "Orders placed before noon leave our warehouse the same day.",
    "Apply a small amount in the morning and in the evening.",
    "The scent is of bergamot and cedar, with a little orange peel on warm days.",
    "Our founder began with a market stall and two recipes.",
    "Ask at the desk for a sample of the cream before you buy the large size.",
    "Gift cards can be used in the shop and on this site.",
    "Every label lists the ingredients in the order of their amounts.",
    "Parking is free behind the building after six.",
    "Does your skin feel tight after washing? Tell us which soap you use.",
    "Store the bottle in a dry place, away from the sun.",
    "Members of the club receive a letter four times a year.",
    "The pump dispenses half a millilitre each time it is pressed.",
)


@dataclass(frozen=True, slots=True)
class Team:
    """
    A repository, and what its programs see of the machine.

    Args:
        site: Its folder.
        environment: Variables: a cache of its own, and none of what git and Python were told about ours.
    """

    site: Path
    environment: dict[str, str]

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a program in the repository, whatever it exits with."""
        return subprocess.run(
            command, cwd=self.site, env=self.environment, capture_output=True, encoding="utf-8", check=False
        )

    def git(self, *arguments: str) -> None:
        """Run git, which has to succeed."""
        done = self.run("git", "-c", "user.name=bench", "-c", "user.email=bench@example.com", *arguments)
        if done.returncode:
            raise SystemExit(f"git {arguments[0]}: {done.stderr}")

    def seconds(self, *command: str) -> float:
        """How long a program takes."""
        start = time.perf_counter()
        done = self.run(*command)
        taken = time.perf_counter() - start
        if done.returncode not in (0, 1) and command[0] in _PROGRAM:
            raise SystemExit(f"{' '.join(command)}: {done.stderr}")
        return taken


def main() -> int:
    """Print all figures; 1 if the commit was not judged as it should be, or took too long."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--with-rivals", action="store_true", help="measure proselint and codespell, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        team = _team(Path(folder))
        _whole_site(team)
        if options.with_rivals:
            _rivals(team)
        return _commit(team)


def _team(folder: Path) -> Team:
    site = folder / "site"
    for number in range(PAGES):
        page = site / "content" / f"{number // 100:02}" / f"{number:04}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(_page(number), encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    # Without bytecode every start would compile the program anew, and that is what would be measured.
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    here = {"XDG_CACHE_HOME": str(folder / "cache"), "PRE_COMMIT_HOME": str(folder / "pre-commit")}
    team = Team(site, kept | here)
    _write_hooks(site)
    team.git("init", "--quiet", "--initial-branch=main")
    team.git("add", "--all")
    team.git("commit", "--quiet", "--message=The site")
    return team


def _page(number: int) -> str:
    """About 300 words; the first pages make an old claim each, the next a claim that stands beside its caveat."""
    ordinary = [_ORDINARY[(number * 5 + step * (1 + number % 3)) % len(_ORDINARY)] for step in range(26)]
    claim = _CLAIMS[number % len(_CLAIMS)]
    if number < OLD_CLAIMS:
        ordinary.insert(number % 20, claim)
    elif number < OLD_CLAIMS + WITH_CAVEAT:
        ordinary.insert(number % 20, f"{claim} {_CAVEAT}")
    paragraphs = [" ".join(ordinary[at : at + 5]) for at in range(0, len(ordinary), 5)]
    return f"# Page {number}\n\n" + "\n\n".join(paragraphs) + "\n"


def _write_hooks(site: Path) -> None:
    """Both hooks run what is installed here: how pre-commit builds environments is not what is measured."""
    (hook, *_) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    entry = hook["entry"].removeprefix("claimcheck ")
    hooks = [
        {**hook, "language": "system", "entry": f"{_PROGRAM[0]} {entry}"},
        {"id": "nothing", "name": "nothing", "language": "system", "entry": str(site.parent / "nothing")},
    ]
    # The script that starts claimcheck, with nothing behind it.
    script = Path(_PROGRAM[0]).read_text(encoding="utf-8")
    nothing = site.parent / "nothing"
    nothing.write_text(script.replace("from claimcheck.__main__ import main", "main = int"), encoding="utf-8")
    nothing.chmod(0o755)
    text = yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks}]})
    (site / ".pre-commit-config.yaml").write_text(text, encoding="utf-8")


def _whole_site(team: Team) -> None:
    whole = (*_PROGRAM, "check", ".")
    one = (*_PROGRAM, "check", "--force-exclude", "content/00/0007.md")
    # The first run of all compiles the rules, which an installed package holds ready.
    team.run(*one)
    print(f"init, with the first findings: {team.seconds(*_PROGRAM, 'init'):.2f} s")
    team.run(*_PROGRAM, "cache", "clear")
    cold = team.seconds(*_PROGRAM, "baseline", ".")
    team.git("add", "--all")
    team.git("commit", "--quiet", "--message=The configuration and the baseline")
    entries = (team.site / "claimcheck-baseline.jsonl").read_text(encoding="utf-8").splitlines()
    print(f"{PAGES:,} pages, {len(entries):,} entries in the baseline")
    words = sum(len(path.read_text(encoding="utf-8").split()) for path in team.site.rglob("*.md"))
    print(f"whole site, empty cache: {cold:.2f} s ({words / cold:,.0f} words/s)")
    print(f"whole site, nothing changed: {_median(lambda: team.seconds(*whole)):.2f} s")
    changes = iter(range(RUNS))
    print(f"whole site, one page changed: {_median(lambda: _after_change(team, next(changes), whole)):.2f} s")
    changes = iter(range(RUNS, 2 * RUNS))
    print(f"one page, changed: {_median(lambda: _after_change(team, next(changes), one)):.2f} s")
    print(f"one page, nothing changed: {_median(lambda: team.seconds(*one)):.2f} s")
    clean = (*one[:-1], "content/19/1999.md")
    print(f"one page without claims, empty cache: {_median(lambda: team.seconds(*clean, '--no-cache')):.2f} s")
    print(f"Python that does nothing: {_median(lambda: team.seconds(sys.executable, '-c', 'pass')):.2f} s")
    team.git("checkout", "--quiet", "--", ".")


def _after_change(team: Team, number: int, command: Sequence[str]) -> float:
    page = team.site / "content" / "00" / "0007.md"
    page.write_text(f"{_page(7)}\nThis page was looked at {number} times.\n", encoding="utf-8")
    return team.seconds(*command)


def _rivals(team: Team) -> None:
    for name, arguments in (("codespell", ["content"]), ("proselint", ["check", "content"])):
        program = shutil.which(name)
        if program is None:
            print(f"{name} is not there")
            continue
        print(f"whole site, {name}: {_median(lambda: team.seconds(program, *arguments), 3):.2f} s")  # noqa: B023


def _commit(team: Team) -> int:
    """The story: what the hook says of a commit, and what it takes."""
    worse = team.site / "content" / "19" / "1950.md"
    worse.write_text(f"{worse.read_text(encoding='utf-8')}\n{_BAD}\n", encoding="utf-8")
    bare = team.site / "content" / "10" / "1003.md"
    bare.write_text(bare.read_text(encoding="utf-8").replace(f" {_CAVEAT}", ""), encoding="utf-8")
    # A page with an old claim is touched, too: that claim stays unreported.
    old = team.site / "content" / "00" / "0011.md"
    old.write_text(f"{old.read_text(encoding='utf-8')}\nWe moved to the second floor.\n", encoding="utf-8")
    team.git("add", "--all")
    hooks = {one: (sys.executable, "-m", "pre_commit", "run", one) for one in ("nothing", "claimcheck")}
    first = team.seconds(*hooks["claimcheck"])
    said = team.run(*hooks["claimcheck"])
    found = re.findall(r"^ +(content\S+?):\d+:\d+: .*?(\S+)$", said.stdout, flags=re.MULTILINE)
    expected = [("content/10/1003.md", "efficacy/wrinkles"), ("content/19/1950.md", "efficacy/stretch-marks")]
    turns = [(team.seconds(*hooks["nothing"]), team.seconds(*hooks["claimcheck"])) for _ in range(TURNS)]
    nothing, warm = (statistics.median(times) for times in zip(*turns, strict=True))
    ratio = statistics.median(ours / theirs for theirs, ours in turns)
    print(f"commit of three pages, hook that does nothing: {nothing:.2f} s")
    print(f"commit of three pages, claimcheck: {warm:.2f} s, {ratio:.2f} times that")
    print(f"the same, before it has seen the pages: {first:.2f} s, {first / nothing:.2f} times that")
    exact = said.returncode == 1 and sorted(found) == expected
    print("reported: exactly the two new findings" if exact else f"REPORTED: {found}\n{said.stdout}{said.stderr}")
    return 0 if exact and ratio < MOST_TIMES else 1


def _median(measure: Callable[[], float], runs: int = RUNS) -> float:
    return statistics.median(measure() for _ in range(runs))


if __name__ == "__main__":
    sys.exit(main())
