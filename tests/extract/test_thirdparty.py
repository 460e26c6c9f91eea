"""Formats of other packages: the example of docs/formats.md at work, and packages that do harm."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
FAQ = "Q: Does it work?\nA: It reduces scars.\n"
LOADED = "'importlib.metadata' in sys.modules"

Install = Callable[..., None]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def install(tmp_path: Path) -> Install:
    """Makes a package as an installer leaves it: ``install(project, **modules)``, ``project`` as in pyproject.toml."""

    def make(project: str, **modules: str) -> None:
        settings = tomllib.loads(project)["project"]
        site = tmp_path / "site"
        info = site / f"{settings['name'].replace('-', '_')}-{settings['version']}.dist-info"
        info.mkdir(parents=True)
        metadata = f"Metadata-Version: 2.1\nName: {settings['name']}\nVersion: {settings['version']}\n"
        (info / "METADATA").write_text(metadata, encoding="utf-8")
        groups = settings["entry-points"].items()
        points = [f"[{group}]\n" + "".join(f"{a} = {b}\n" for a, b in table.items()) for group, table in groups]
        (info / "entry_points.txt").write_text("\n".join(points), encoding="utf-8")
        for name, source in modules.items():
            (site / f"{name}.py").write_text(source, encoding="utf-8")

    return make


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs Python in a folder of copy, with the packages that were installed; returns code, output and errors."""
    work = tmp_path / "work"
    work.mkdir()
    (work / "peel.faq").write_text(FAQ, encoding="utf-8")

    def start(*arguments: str) -> tuple[int, str, str]:
        env = os.environ | {"PYTHONPATH": os.pathsep.join((str(tmp_path / "site"), str(ROOT)))}
        command = (sys.executable, *arguments)
        done = subprocess.run(command, cwd=work, env=env, capture_output=True, encoding="utf-8", check=False)
        return done.returncode, done.stdout, done.stderr

    return start


@pytest.fixture
def example(install: Install, tmp_path: Path, run: Run) -> Run:
    """Runs Python beside the package and the configuration that docs/formats.md shows."""
    (project,) = blocks("toml")
    (module,) = blocks("python")
    install(project, acme_faq=module)
    (tmp_path / "work" / "claimcheck.yaml").write_text(blocks("yaml")[-1], encoding="utf-8")
    return run


@pytest.mark.parametrize("arguments", [("peel.faq",), (".",)])
def test_the_format_that_the_page_shows_finds_claims_at_their_place(example: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = example("-m", "claimcheck", "check", *arguments, "--format", "json", "--subject", "procedure")
    found = [
        (one["path"], one["start"]["line"], one["start"]["column"], one["text"]) for one in json.loads(out)["findings"]
    ]
    assert (code, found, err) == (1, [("peel.faq", 2, 7, "reduces scars")], "")


def test_it_is_listed_with_its_package(example: Run) -> None:
    code, out, err = example("-m", "claimcheck", "formats")
    assert (code, out.splitlines()[-1].split("  ")[0], out.splitlines()[-1].split("  ")[-1], err) == (
        0,
        "faq",
        "*.faq; from acme-faq",
        "",
    )


def test_it_is_shown_as_what_the_configuration_reads_a_file_as(example: Run) -> None:
    assert example("-m", "claimcheck", "formats", ".") == (
        0,
        "peel.faq: faq ('*.faq' in claimcheck.yaml)\n",
        "",
    )


def test_without_the_configuration_it_is_not_looked_for(example: Run) -> None:
    program = f"import sys; from claimcheck.cli import program; program(sys.argv[1:]); print({LOADED})"
    # The first run may have to compile the rules.
    example("-c", program, "check", ".", "--isolated")
    assert example("-c", program, "check", ".", "--isolated") == (0, "False\n", "claimcheck: no file to check\n")


def test_a_name_that_no_package_brings_is_told_with_what_was_meant(example: Run, tmp_path: Path) -> None:
    (tmp_path / "work" / "claimcheck.yaml").write_text("formats:\n  '*.faq': fqa\n", encoding="utf-8")
    said = "claimcheck: claimcheck.yaml:2:12: no format 'fqa'\n  fix: Did you mean 'faq'?\n"
    assert example("-m", "claimcheck", "check", ".") == (2, "", said)


BROKEN = '[project]\nname = "broken"\nversion = "1"\n[project.entry-points."claimcheck.formats"]\nbad = "bad:{}"\n'
MEND = "  fix: Mend or remove the package 'broken', which brings it.\n"


@pytest.mark.parametrize(
    ("value", "module", "what"),
    [
        ("FORMAT", "raise ValueError('oh')", "cannot be loaded: ValueError: oh"),
        ("NONE", "", "cannot be loaded: AttributeError: module 'bad' has no attribute 'NONE'"),
        ("FORMAT", "FORMAT = 1", "cannot be used: 'bad:FORMAT' is no Format of that name"),
        (
            "FORMAT",
            "from claimcheck.extract import Format\nFORMAT = Format('other', '', (), 'bad')",
            "cannot be used: 'bad:FORMAT' is no Format of that name",
        ),
    ],
)
def test_a_package_that_cannot_be_used_is_named(
    install: Install, run: Run, tmp_path: Path, value: str, module: str, what: str
) -> None:
    install(BROKEN.format(value), bad=module)
    (tmp_path / "work" / "claimcheck.yaml").write_text("formats: {'*.faq': bad}\n", encoding="utf-8")
    asked = run("-m", "claimcheck", "check", ".")
    listed_code, listed, listed_err = run("-m", "claimcheck", "formats", "--isolated")
    assert (asked, listed_code, listed.count("\n") > 20, listed_err) == (
        (2, "", f"claimcheck: claimcheck.yaml:1:20: the format 'bad' {what}\n{MEND}"),
        2,
        True,
        f"claimcheck: the format 'bad' {what}\n{MEND}",
    )


FAULTY = """
from claimcheck.extract import Format
FORMAT = Format("bad", "bad files", (".bad",), "bad", records=True)
def read_records(data, path, reading):
    raise KeyError("oh")
    yield
"""


def test_a_reader_that_fails_is_the_failure_of_its_file_alone(install: Install, run: Run, tmp_path: Path) -> None:
    install(BROKEN.format("FORMAT"), bad=FAULTY)
    (tmp_path / "work" / "claimcheck.yaml").write_text("formats: {'*.faq': bad}\n", encoding="utf-8")
    (tmp_path / "work" / "page.md").write_text("Our gel reduces scars.\n", encoding="utf-8")
    code, out, err = run("-m", "claimcheck", "check", ".", "--format", "concise")
    assert (code, out.partition(" ")[0], err.splitlines()[0]) == (
        2,
        "page.md:1:9:",
        "peel.faq: not checked: the reader of 'bad' failed: KeyError: 'oh'; tell those who made 'bad'",
    )


def blocks(language: str) -> list[str]:
    """The blocks of code of the page in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, flags=re.DOTALL | re.MULTILINE)
