"""The other commands, and what all commands have in common."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from claimcheck import __version__
from claimcheck.cli import COMMANDS, commands, program

if TYPE_CHECKING:
    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]

PACK = """\
rules:
  - id: superlative/cult
    title: says that it is a cult product
    why: Readers take it for the favourite of many.
    phrases:
      - cult (favourite~ | classic~)
    examples:
      matches:
        - The serum that became a __cult favourite__.
        - A __cult serum__.
      ignores:
        - The cult film runs on Fridays.
"""
INVENTORY = """\
page.md:1:22: claim “reduces acne scars” efficacy/scars, procedure: unqualified
page.md:1:42: qualifier “Results may vary” variability
1 claim, 1 qualifier
"""
HOUSE = """\
policy: house
title: Our own
entries:
  - id: scars
    kinds: [efficacy]
    prohibited: true
    rewrite: Fades scars.
  - id: proof
    kinds: [proof]
    prohibited: true
    rewrite: Made with care.
"""
NOT_HELD = """\
mine.yaml:2:9: superlative/cult: found nothing instead of 'cult serum'
  in: A __cult serum__.
1 rule, 3 examples, 1 not held
"""


def test_the_inventory_lists_claims_and_qualifiers_and_ends_with_0(claimcheck: Run) -> None:
    Path("page.md").write_text("A peel in our clinic reduces acne scars. Results may vary.\n", encoding="utf-8")
    assert claimcheck("claims", "page.md") == (
        0,
        INVENTORY,
        "",
    )


def test_the_inventory_can_be_had_as_json(claimcheck: Run) -> None:
    code, out, _ = claimcheck("claims", "bad.md", "--format", "json", "--show-dismissed")
    assert (code, [one["text"] for one in json.loads(out)["claims"]]) == (0, ["reduces acne scars"])


def test_the_inventory_of_a_file_that_cannot_be_read_ends_with_2(claimcheck: Run) -> None:
    assert claimcheck("claims", "nowhere") == (2, "", "nowhere: not checked: no such file or directory\n")


def test_a_rule_is_explained_with_its_examples_and_what_policies_ask(claimcheck: Run) -> None:
    code, out, err = claimcheck("explain", "efficacy/scars")
    headings = [line for line in out.splitlines() if line and not line.startswith(" ")]
    assert (code, headings[:4], err) == (
        0,
        ["efficacy/scars (claim)", "Finds the words between __ and __:", "Leaves alone:", "What policies ask:"],
        "",
    )


@pytest.mark.parametrize("rule", ["variability/results", "negation/verb"])
def test_qualifiers_and_contexts_are_explained_too(claimcheck: Run, rule: str) -> None:
    code, out, _ = claimcheck("explain", rule)
    assert (code, out.partition(" ")[0]) == (0, rule)


def test_every_rule_and_every_policy_is_listed(claimcheck: Run) -> None:
    listed = json.loads(claimcheck("rules", "--format", "json").out)
    lines = claimcheck("rules").out.splitlines()
    assert [line.split()[:2] for line in lines] == [[rule["id"], rule["type"]] for rule in listed]


def test_what_a_policy_asks_is_listed(claimcheck: Run) -> None:
    entries = json.loads(claimcheck("rules", "--policy", "caveats", "--format", "json").out)["entries"]
    lines = claimcheck("rules", "--policy", "caveats").out.splitlines()
    assert [line.partition(":")[0] for line in lines[3:] if not line.startswith(" ")] == [one["id"] for one in entries]


def test_a_pack_s_own_examples_are_run(claimcheck: Run) -> None:
    Path("mine.yaml").write_text(PACK, encoding="utf-8")
    assert claimcheck("test", "mine.yaml") == (
        1,
        NOT_HELD,
        "",
    )


def test_a_policy_s_own_rewrites_are_run(claimcheck: Run) -> None:
    Path("house.yaml").write_text(HOUSE, encoding="utf-8")
    said = """\
house.yaml:4:9: house: scars: the policy objects to 'Fades scars' in its own rewrite
  in: Fades scars.
0 rules, 0 examples, 1 policy, 2 rewrites, 1 not held
"""
    assert claimcheck("test", "house.yaml") == (1, said, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("chek",), "no command 'chek'\n  fix: Did you mean 'check'?"),
        (("explain", "efficacy/scar"), "no rule 'efficacy/scar'\n  fix: Did you mean 'efficacy/scars'?"),
        (("rules", "--policy", "cavets"), "no policy 'cavets'\n  fix: Did you mean 'caveats'?"),
        (("claims", "bad.md", "--format", "txt"), "no format 'txt'\n  fix: Did you mean 'text'?"),
        (("test", "nope.yaml"), "nope.yaml: there is no such pack\n  fix: Name a pack file or a folder of them."),
    ],
)
def test_names_that_do_not_exist_are_refused(claimcheck: Run, arguments: tuple[str, ...], said: str) -> None:
    assert claimcheck(*arguments) == (2, "", f"claimcheck: {said}\n")


@pytest.mark.parametrize(
    "arguments", [("check", "--polcy", "x"), ("check", "a", "--fail-on", "eror"), ("check", "a", "--output", ".")]
)
def test_options_that_do_not_exist_are_refused(claimcheck: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = claimcheck(*arguments)
    assert (code, out, err.splitlines()[0]) == (2, "", "Usage: claimcheck check [OPTIONS] [PATH]...")


def test_a_name_cannot_do_harm_to_the_terminal(claimcheck: Run) -> None:
    assert claimcheck("explain", "\x1b[2J").err.splitlines()[0] == "claimcheck: no rule '\\u{1b}[2J'"


def test_the_version_is_told(claimcheck: Run) -> None:
    assert claimcheck("--version") == (0, f"claimcheck, version {__version__}\n", "")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_help(name: str) -> None:
    result = CliRunner().invoke(commands, [name, "--help"])
    assert (result.exit_code, result.output.split("\n")[0].startswith(f"Usage: commands {name} ")) == (0, True)


def test_the_help_lists_every_command() -> None:
    output = CliRunner().invoke(commands, ["-h"]).output
    listed = output.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in listed] == list(COMMANDS)


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), 130, ""),
        (OSError(28, "No space left on device"), 2, "claimcheck: No space left on device\n"),
        (MemoryError(), 2, "claimcheck: there is not enough memory\n"),
    ],
)
def test_what_stops_the_program_leaves_no_traceback(
    error: BaseException,
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("claimcheck.cli.options.check_paths", stop)
    assert (program(["check", "a.md"]), capsys.readouterr().err.lstrip("\n")) == (code, said)
