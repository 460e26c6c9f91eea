"""The README and the pages beside it: what they show is what happens."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from functools import partial
from pathlib import Path
from textwrap import dedent

import pytest

from claimcheck.cli import COMMANDS
from claimcheck.cli.check import check
from claimcheck.config import Config
from claimcheck.configfile import read_config
from claimcheck.extract import FORMATS
from claimcheck.extract.machinery import MACHINERY
from claimcheck.packs.rulebook import Rulebook

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FORMATS_PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_the_page_shown_first_gives_the_report_shown_beneath_it(tmp_path: Path) -> None:
    page, shown = blocks("markdown")[0], blocks("console")[0]
    (tmp_path / "peel.md").write_text(page, encoding="utf-8")
    command = (sys.executable, "-m", "claimcheck", "check", "peel.md")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert "$ claimcheck check peel.md\n" + done.stdout == shown


def test_the_table_of_commands_is_the_programs() -> None:
    assert first_cells("command", r"`claimcheck (\w+)") == list(COMMANDS)


def test_the_table_of_policies_is_the_programs(rulebook: Rulebook) -> None:
    assert sorted(first_cells("policy", r"`(\w+)`")) == sorted(rulebook.policies)


def test_the_configuration_that_the_readme_shows_is_one(tmp_path: Path) -> None:
    (shown,) = [block for block in blocks("yaml") if block.startswith("policies:")]
    (tmp_path / "claimcheck.yaml").write_text(shown, encoding="utf-8")
    (tmp_path / "brand.yaml").write_text("names: [Scar Savior]\n", encoding="utf-8")
    (tmp_path / "page.md").write_text("Scar Savior\n\nOur gel treats acne.\n", encoding="utf-8")
    command = (sys.executable, "-m", "claimcheck", "check", "page.md", "--format", "json")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert [(one["policy"], one["text"]) for one in json.loads(done.stdout)["findings"]] == [("uk", "treats acne")]


def test_every_option_in_the_table_exists() -> None:
    options = {name for parameter in check.params for name in parameter.opts}
    assert set(first_cells("option", r"(--[\w-]+)")) <= options


def test_the_table_of_formats_is_the_programs() -> None:
    rows = [re.findall(r"`([^`\s]+)`", row) for row in table("format", FORMATS_PAGE).splitlines()]
    named = [[one for one in row if not re.match(r"include|claimcheck-lint", one)] for row in rows]
    assert named == [[known.name, *known.suffixes] for known in FORMATS]


def test_the_table_of_files_for_programs_is_the_programs() -> None:
    rows = [row.strip("| ").split(" | ") for row in table("what", FORMATS_PAGE).splitlines()]
    assert [(what, set(re.findall(r"`(.+?)`", names)) - {*MACHINERY[what].split()}) for what, names in rows] == [
        (what, set()) for what in MACHINERY
    ]


@pytest.mark.parametrize("shown", re.findall(r"^ *```yaml\n(.*?)^ *```$", FORMATS_PAGE, re.DOTALL | re.MULTILINE))
def test_the_configurations_that_the_formats_page_shows_are_ones(shown: str, tmp_path: Path) -> None:
    path = tmp_path / "claimcheck.yaml"
    path.write_text(dedent(shown), encoding="utf-8")
    config = read_config(str(path), "0.1.0")
    assert config != Config(str(path))


def test_the_formats_page_speaks_of_every_extra() -> None:
    extras = [f"`claimcheck-lint[{known.extra}]`" for known in FORMATS if known.extra]
    assert [one for one in extras if one not in FORMATS_PAGE] == []


def test_the_versions_of_python_are_those_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = [line.rpartition(" ")[2] for line in project["classifiers"] if re.search(r":: 3\.\d+$", line)]
    assert f"Python {versions[0]} to\n{versions[-1]}" in README


def test_the_example_of_the_python_api_runs() -> None:
    (example,) = blocks("python")
    shown = re.findall(r"^# (.*)$", example, flags=re.MULTILINE)
    done = subprocess.run([sys.executable, "-c", example], capture_output=True, encoding="utf-8", check=False)
    assert (done.stdout.splitlines(), done.stderr) == (shown, "")


def test_the_rule_that_contributing_shows_finds_what_it_says(tmp_path: Path) -> None:
    rule, _ = blocks("yaml", CONTRIBUTING)
    (tmp_path / "rule.yaml").write_text(rule, encoding="utf-8")
    command = (sys.executable, "-m", "claimcheck", "test", "rule.yaml")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (0, "1 rule, 2 examples, 0 not held\n")


def test_the_market_that_contributing_shows_passes_its_own_rewrites_and_judges(tmp_path: Path) -> None:
    _, market = blocks("yaml", CONTRIBUTING)
    (tmp_path / "nz.yaml").write_text(market, encoding="utf-8")
    (tmp_path / "page.md").write_text("A cream like a facelift in a jar.\n", encoding="utf-8")
    run = partial(subprocess.run, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    program = (sys.executable, "-m", "claimcheck")
    tested = run((*program, "test", "nz.yaml"))
    checked = run((*program, "check", "page.md", "--policy", "nz", "--pack", "nz.yaml", "--format", "json"))
    assert (tested.returncode, [one["message"] for one in json.loads(checked.stdout)["findings"]]) == (
        0,
        [
            "'facelift in a jar' likens it to an injection or to surgery, which makes a medicine of a cosmetic.",
        ],
    )


def blocks(language: str, page: str = README) -> list[str]:
    """The blocks of code in a language, without the indentation of the list that they stand in."""
    found = re.findall(rf"^ *```{language}\n(.*?)^ *```$", page, flags=re.DOTALL | re.MULTILINE)
    return [dedent(block) for block in found]


def table(heading: str, page: str = README) -> str:
    """The rows of a page's table whose first column has this heading."""
    (rows,) = re.findall(rf"^\| {heading} \|.*\n\| -.*\n((?:\|.*\n)+)", page, flags=re.MULTILINE)
    return str(rows)


def first_cells(heading: str, pattern: str) -> list[str]:
    """What a pattern finds in the first column of a table, in its order."""
    return [found for row in table(heading).splitlines() for found in re.findall(pattern, row.split(" | ")[0])]
