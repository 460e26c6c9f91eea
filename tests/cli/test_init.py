"""``claimcheck init``: it finds out what it can, overwrites nothing, and leaves a site that can be checked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from claimcheck import __version__
from claimcheck.starting import hook

if TYPE_CHECKING:
    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]

MERGING = "claimcheck-baseline.jsonl merge=union"
PEEL = "# Peel\n\nA peel in our clinic reduces acne scars.\n"
FOOTER = "<footer><p>Results vary from person to person.</p></footer>\n"


@pytest.fixture
def site(claimcheck: Run) -> Run:
    """The program in a small site for two markets, with a repository, a hook of another tool, and CI."""
    for name, text in (
        ("content/en-gb/peel.md", PEEL),
        ("content/au/peel.md", PEEL),
        ("layouts/partials/footer.html", FOOTER),
        ("hugo.toml", 'title = "Peel"\n'),
        ("public/index.html", "<p>A peel reduces scars.</p>"),
        (".git/HEAD", ""),
        (".gitattributes", "*.png binary"),
        (".pre-commit-config.yaml", "repos: []\n"),
        (".github/dependabot.yml", "version: 2\n"),
    ):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")
    Path("bad.md").unlink()
    return claimcheck


def test_a_site_with_two_markets_is_checked_by_what_it_finds(site: Run) -> None:
    Path(".pre-commit-config.yaml").unlink()
    began = site("init", "--write-ci", "--write-hooks")
    checked = site("check", ".", "--format", "json")
    noted = site("baseline", ".")
    again = site("check", ".")
    named = site("check", "content/au", "--isolated", "--no-baseline", "--format", "json")

    report = json.loads(checked.out)
    found = [(one["policy"], one["path"]) for one in report["findings"]]
    assert (began.code, checked.code, noted.code, again[:2]) == (0, 1, 0, (0, ""))
    assert (report["policies"], found) == (
        ["caveats", "au", "uk"],
        [("au", "content/au/peel.md"), ("uk", "content/en-gb/peel.md")],
    )
    assert json.loads(named.out)["policies"] == ["caveats"]


def test_what_it_did_and_what_is_left_to_do_is_told(site: Run) -> None:
    out = site("init", "--write-ci").out

    assert out.split("\n\n")[0].splitlines() == [
        "wrote claimcheck.yaml",
        f"added to .gitattributes: {MERGING}",
        "wrote .github/workflows/claimcheck.yml",
    ]
    assert out.split("\n\n")[1] == "for pre-commit, add to .pre-commit-config.yaml:"
    assert out.split("\n\n")[-2:] == [
        (
            "first findings:\n"
            "content/au/peel.md:3:22: error efficacy/scars “reduces acne scars”\n"
            "content/en-gb/peel.md:3:22: error efficacy/scars “reduces acne scars”"
        ),
        (
            "2 sections in 2 files: 2 errors; 2 claims in all\n"
            "'claimcheck check' says what each of them needs;\n"
            "'claimcheck baseline' takes note of them in claimcheck-baseline.jsonl, so that only new ones are"
            " reported\n"
        ),
    ]


def test_the_configuration_is_that_of_the_site(site: Run) -> None:
    site("init")
    text = Path("claimcheck.yaml").read_text(encoding="utf-8")

    assert (yaml.safe_load(text), '#   - kind: variability\n#     where: "layouts/partials/footer.html"\n' in text) == (
        {
            "policies": ["caveats"],
            "paths": [
                {"match": ["content/au/"], "policies": ["au"]},
                {"match": ["content/en-gb/"], "policies": ["uk"]},
            ],
            "exclude": ["/public/"],
            "required-version": ">=0.1.0",
        },
        True,
    )


def test_nothing_that_is_there_is_overwritten(site: Run) -> None:
    site("init")
    first = {name: Path(name).read_bytes() for name in (".gitattributes", "claimcheck.yaml")}
    second = site("init")

    assert (second.code, second.err) == (
        2,
        ("claimcheck: claimcheck.yaml: there is a configuration\n  fix: Change that one, or take it away first.\n"),
    )
    assert {name: Path(name).read_bytes() for name in first} == first
    assert first[".gitattributes"] == f"*.png binary\n{MERGING}\n".encode()


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("--write-hooks", ".pre-commit-config.yaml"),
        ("--write-ci", ".github/workflows/claimcheck.yml"),
        ("--write-ci", ".gitlab-ci.yml"),
    ],
)
def test_a_file_that_is_there_is_refused_before_anything_is_written(asked: str, name: str, site: Run) -> None:
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text("mine: true\n", encoding="utf-8")
    before = Path(name).read_bytes()

    told = f"{name}: {asked} overwrites nothing\n  fix: Leave {asked} out, and 'claimcheck init' shows what to add.\n"
    assert site("init", asked) == (2, "", f"claimcheck: {told}")
    assert (Path(name).read_bytes(), Path("claimcheck.yaml").exists()) == (before, False)


def test_a_line_of_git_that_is_there_is_not_added_again(site: Run) -> None:
    site("init")
    Path("claimcheck.yaml").unlink()
    site("init")
    assert Path(".gitattributes").read_text(encoding="utf-8") == f"*.png binary\n{MERGING}\n"


def test_a_table_in_the_project_file_is_a_configuration(site: Run) -> None:
    Path("pyproject.toml").write_text("[tool.claimcheck]\npolicies = ['uk']\n", encoding="utf-8")
    assert site("init")[::2] == (
        2,
        ("claimcheck: pyproject.toml: there is a configuration\n  fix: Change that one, or take it away first.\n"),
    )


def test_a_hook_is_written_where_there_is_none(site: Run) -> None:
    Path(".pre-commit-config.yaml").unlink()
    site("init", "--write-hooks")
    assert Path(".pre-commit-config.yaml").read_text(encoding="utf-8") == hook(__version__, whole=True)


def test_another_folder_can_be_named(claimcheck: Run) -> None:
    Path("site").mkdir()
    Path("site/peel.md").write_text(PEEL, encoding="utf-8")

    code, out, _ = claimcheck("init", "site")

    assert (code, out.splitlines()[0], "'claimcheck check site' says" in out, Path("site/.gitattributes").exists()) == (
        0,
        "wrote site/claimcheck.yaml",
        True,
        False,
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nowhere",), "nowhere: there is no such folder\n  fix: Name one that is there.\n"),
        (
            (".", "--write-ci"),
            (".: nothing tells whose CI this repository uses\n  fix: Make a folder .github, or add a remote, first.\n"),
        ),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_written(
    arguments: tuple[str, ...], told: str, claimcheck: Run
) -> None:
    assert (claimcheck("init", *arguments), Path("claimcheck.yaml").exists()) == ((2, "", f"claimcheck: {told}"), False)


def test_a_site_without_findings_is_told_so(claimcheck: Run) -> None:
    Path("bad.md").unlink()
    assert claimcheck("init").out.endswith("\n\nnothing found; 'claimcheck check' looks again\n")
