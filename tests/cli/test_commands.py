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
from claimcheck.packs.jsonschema import pack_schema

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
1 claim, 1 qualifier in 1 file
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
GENTLE = """\
policy: base
title: Base
entries:
  - id: rank
    kinds: [comparative]
    rewrite: Fades scars.
  - id: speed
    kinds: [speed]
    rewrite: Fades wrinkles.
"""
STRICT = """\
policy: strict
title: Strict
extends: base
entries:
  - id: no-effects
    kinds: [efficacy]
    prohibited: true
"""
OBJECTED = """\
packs/strict.yaml:5:9: strict: no-effects: it objects to 'Fades scars' in the rewrite of 'rank' (packs/base.yaml:4:9)\
 and in those of 'speed'
  in: Fades scars.
  fix: Replace the entries 'rank' and 'speed', or narrow 'no-effects'.
0 rules, 0 examples, 2 policies, 4 rewrites, 2 not held
"""
SPEECHLESS = """\
rules:
  - id: natural/glade
    title: names a glade
    why: Readers see a meadow.
    bare: true
    phrases:
      - glade
    examples:
      matches: [A __glade__ in a jar.]
      ignores: [A glass in a jar.]
"""
DEAD = """\
policy: house
title: Our own
entries:
  - id: wide
    kinds: [natural, efficacy]
    subjects: [cosmetic, drug]
    note: true
  - id: narrow
    kinds: [efficacy]
    subjects: [cosmetic]
    targets: [scars]
    note: true
  - id: astray
    kinds: [proof]
    rules: [efficacy/*]
    note: true
"""
NEVER = """\
house.yaml:8:9: house: narrow: it never applies: 'wide' (house.yaml:4:9) stands before it and fits all that it fits
  fix: Put it before 'wide', or narrow what stands there.
house.yaml:13:9: house: astray: it never applies: none of its rules is of its kinds
  fix: Name rules of these kinds, such as proof/*, or the kinds of those rules.
0 rules, 0 examples, 1 policy, 0 rewrites, 2 not held
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


@pytest.mark.parametrize(
    ("page", "listed"),
    [
        ("We open at nine.\n", "0 claims, 0 qualifiers in 2 files\n"),
        (
            "Results may vary.\n",
            "page.md:1:1: qualifier “Results may vary” variability\n0 claims, 1 qualifier in 2 files\n",
        ),
    ],
)
def test_the_inventory_of_pages_without_claims_says_so(claimcheck: Run, page: str, listed: str) -> None:
    Path("page.md").write_text(page, encoding="utf-8")
    assert claimcheck("claims", "page.md", "good.md") == (0, listed, "")


def test_a_name_alone_is_listed_when_a_policy_asks_about_it(claimcheck: Run) -> None:
    Path("page.md").write_text("Botox\n", encoding="utf-8")
    listed = "page.md:1:1: claim “Botox” prescription/named, injectable: prohibited\n1 claim, 0 qualifiers in 1 file\n"
    assert [claimcheck("claims", "page.md", "--policy", name).out for name in ("caveats", "uk")] == [
        "0 claims, 0 qualifiers in 1 file\n",
        listed,
    ]


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


def test_what_a_pack_file_may_hold_is_listed(claimcheck: Run) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "packs.md").read_text(encoding="utf-8")
    schema = json.loads(claimcheck("rules", "--keys", "--format", "json").out)
    assert (claimcheck("rules", "--keys", "--format", "markdown"), schema) == ((0, page, ""), pack_schema())


def test_what_a_policy_asks_is_listed(claimcheck: Run) -> None:
    entries = json.loads(claimcheck("rules", "--policy", "caveats", "--format", "json").out)["entries"]
    lines = claimcheck("rules", "--policy", "caveats").out.splitlines()
    assert [line.partition(":")[0] for line in lines[3:] if not line.startswith(" ")] == [one["id"] for one in entries]


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_what_several_policies_ask_is_listed_one_after_the_other(claimcheck: Run, format: str) -> None:
    first, second = (claimcheck("rules", "--policy", name, "--format", format).out for name in ("caveats", "us"))
    both = claimcheck("rules", "--policy", "caveats", "--policy", "us", "--policy", "caveats", "--format", format).out
    head = "".join(first.splitlines(keepends=True)[:3]) if format == "markdown" else ""
    assert both == first + (second.removeprefix(head) if head else f"\n{second}")


def test_what_several_policies_ask_is_a_list_as_json(claimcheck: Run) -> None:
    asked = ("rules", "--format", "json", "--policy")
    each = [json.loads(claimcheck(*asked, name).out) for name in ("us", "caveats")]
    assert json.loads(claimcheck(*asked, "us", "--policy", "caveats").out) == each


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


def test_rewrites_that_a_further_policy_objects_to_are_told_of_by_the_entry_that_objects(claimcheck: Run) -> None:
    Path("packs").mkdir()
    Path("packs/base.yaml").write_text(GENTLE, encoding="utf-8")
    Path("packs/strict.yaml").write_text(STRICT, encoding="utf-8")
    assert claimcheck("test", "packs") == (1, OBJECTED, "")


def test_an_entry_of_a_policy_that_can_never_apply_is_told_of(claimcheck: Run) -> None:
    Path("house.yaml").write_text(DEAD, encoding="utf-8")
    assert claimcheck("test", "house.yaml") == (1, NEVER, "")


def test_a_rule_of_words_that_assert_nothing_is_explained_as_one(claimcheck: Run) -> None:
    Path("own.yaml").write_text(SPEECHLESS, encoding="utf-8")
    assert claimcheck("explain", "natural/glade", "--pack", "own.yaml").out.splitlines()[2:5] == [
        "  The copy names a glade.",
        "  Readers see a meadow.",
        "  It counts only under an entry that names this rule.",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("chek",), "no command 'chek'\n  fix: Did you mean 'check'?"),
        (("explain", "efficacy/scar"), "no rule 'efficacy/scar'\n  fix: Did you mean 'efficacy/scars'?"),
        (("explain", "scar"), "no rule 'scar'\n  fix: Did you mean 'efficacy/scars'?"),
        (
            ("explain", "efficacy"),
            (
                "no rule 'efficacy'\n  fix: Did you mean 'efficacy/scars', 'efficacy/stretch-marks' or"
                " 'efficacy/pigmentation'?"
            ),
        ),
        (("explain", "qqqq"), "no rule 'qqqq'\n  fix: Choose from those that 'claimcheck rules' lists."),
        (("explain", "uk"), "'uk' is a policy\n  fix: Run 'claimcheck rules --policy uk'."),
        (("rules", "--policy", "uk", "--policy", "cavets"), "no policy 'cavets'\n  fix: Did you mean 'caveats'?"),
        (
            ("rules", "--policies", "--changed-since", "2026-01-01"),
            "--policies and --changed-since cannot be combined\n  fix: Ask for one list at a time.",
        ),
        (
            ("rules", "--changed-since", "2026-01-01", "--format", "markdown"),
            "what changed is not listed as Markdown\n  fix: Use --format text or json.",
        ),
        (
            ("rules", "--policies", "--policy", "uk"),
            (
                "--policies and --policy cannot be combined\n  fix: Leave one of them out: --policies lists the"
                " policies, --policy says what one of them asks."
            ),
        ),
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
        (OSError(28, "No space left on device"), 2, "claimcheck: no space left on device\n"),
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


def test_a_mistake_of_the_program_is_no_verdict(claimcheck: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object, **__: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("claimcheck.cli.check.report_of", failing)
    outcome = claimcheck("check", "bad.md")

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.splitlines()[-2:] == ["KeyError: 'x'", "claimcheck made a mistake; please report it"]


def test_a_workbook_is_not_printed(claimcheck: Run) -> None:
    told = claimcheck("claims", "bad.md", "--format", "xlsx")
    assert told == (2, "", "claimcheck: xlsx is no text to print\n  fix: Name a file: --output claims.xlsx.\n")


def test_a_workbook_is_written_to_a_file(claimcheck: Run, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    told = claimcheck("claims", "bad.md", "--format", "xlsx", "--output", "claims.xlsx")
    assert (told.code, (tmp_path / "claims.xlsx").read_bytes()[:2]) == (0, b"PK")


def test_a_workbook_is_not_written_under_the_name_of_something_else(claimcheck: Run, tmp_path: Path) -> None:
    told = claimcheck("claims", "bad.md", "--format", "xlsx", "--output", "claims.csv")
    assert told == (2, "", "claimcheck: 'claims.csv' is no name of an xlsx file\n  fix: Let it end in '.xlsx'.\n")
    assert not (tmp_path / "claims.csv").exists()


@pytest.mark.parametrize("command", ["check", "claims"])
def test_a_csv_file_has_the_mark_by_which_excel_knows_utf_8_and_what_is_printed_has_none(
    command: str, claimcheck: Run, tmp_path: Path
) -> None:
    printed = claimcheck(command, "bad.md", "--format", "csv").out
    claimcheck(command, "bad.md", "--format", "csv", "--output", "Table.CSV")
    assert (tmp_path / "Table.CSV").read_bytes() == b"\xef\xbb\xbf" + printed.encode()


def test_a_sheet_says_that_it_has_no_place_for_dismissed_claims(claimcheck: Run) -> None:
    told = claimcheck("claims", "bad.md", "--format", "csv", "--show-dismissed")
    assert told.err == "claimcheck: --show-dismissed makes no difference to csv\n  fix: Use it with text or json.\n"


def test_the_page_of_a_run_shows_the_copy_from_the_cache_too(claimcheck: Run) -> None:
    first, second = (claimcheck("check", "bad.md", "--format", "html").out for _ in range(2))
    assert (first == second, '">reduces acne scars</a>' in first) == (True, True)
