"""The configuration file: found, read, and wrong in ways that are told with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimcheck.config import Config, PathSection, find_config
from claimcheck.configfile import read_config
from claimcheck.errors import ClaimcheckError
from claimcheck.extract import Reading
from claimcheck.model import Facts, Licence, Provided
from claimcheck.names import place_of

WHOLE = """\
policies: [us, uk]
facts:
  subject: cosmetic
  licences:
    - number: DIN 02241234
      covers: [acne]
  practitioner: Dr A. Example, GMC 1234567
  prescription: true
packs: [packs/brand.yaml]
select: [efficacy/*]
ignore: [sun/*]
include: ["src/**/*.ts"]
exclude: [drafts/]
formats:
  "*.inc": php
  content/**/*.txt: markdown
fragments: ["!home.vue"]
fields:
  copy: [Promo_*]
  other: [internal*]
preview: true
required-version: ">=0.1,<1"
"""


def test_what_a_file_says_is_what_a_run_goes_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("site/packs").mkdir(parents=True)
    Path("site/packs/brand.yaml").touch()
    Path("site/claimcheck.yaml").write_text(WHOLE, encoding="utf-8")
    assert read_config("site/claimcheck.yaml", "0.1.0") == Config(
        path="site/claimcheck.yaml",
        files=("site/claimcheck.yaml",),
        policies=("us", "uk"),
        subject="cosmetic",
        facts=Facts((Licence("DIN 02241234", "canada", ("acne",)),), "Dr A. Example, GMC 1234567", prescription=True),
        packs=("site/packs/brand.yaml",),
        select=("efficacy/*",),
        ignore=("sun/*",),
        include=("/site/src/**/*.ts",),
        exclude=("drafts/",),
        reading=Reading(
            copy=("promo_*",),
            other=("internal*",),
            formats=(("*.inc", "php"), ("/site/content/**/*.txt", "markdown")),
            fragments=("!home.vue",),
        ),
        preview=True,
        requires=(">=0.1,<1",),
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("polices: [us]\n", "c.yaml:1:1: unknown key 'polices'\n  fix: Did you mean 'policies'?"),
        (
            "preview: maybe\n",
            "c.yaml:1:10: 'preview' is neither true nor false\n  fix: Write true or false, without quotes.",
        ),
        (
            "required-version: '>=9'\n",
            (
                "c.yaml:1:19: this configuration is for claimcheck >=9, and this is 0.1.0\n"
                "  fix: Install such a version, or change 'required-version'."
            ),
        ),
        (
            "required-version: nine\n",
            "c.yaml:1:19: 'nine' names no versions\n  fix: Write it as '>=0.2' or '>=0.2,<1'.",
        ),
        (
            "facts:\n  subject: cosmetics\n",
            "c.yaml:2:12: no subject 'cosmetics'\n  fix: Did you mean 'cosmetic'?",
        ),
        (
            "facts:\n  licences:\n    - number: '12345'\n      covers: [acne]\n",
            (
                "c.yaml:3:15: '12345' does not say what kind of number it is\n"
                "  fix: Begin it with DIN, NPN, MDL, ARTG, AUST L, PL, THR, MHRA or 510(k), or name its register below"
                " it, as in the rule licence/NAME: 'register: NAME'."
            ),
        ),
        (
            "formats: [php]\n",
            (
                "c.yaml:1:10: 'formats' is a list where keys are expected\n"
                "  fix: Write each key with its value on a line of its own below it: 'key: value'."
            ),
        ),
        (
            "formats:\n  '*.inc':\n",
            "c.yaml:2:11: '*.inc' has no value\n  fix: Write one after the colon.",
        ),
        (
            "formats:\n  '*.inc': [php]\n",
            "c.yaml:2:12: the value of '*.inc' is a list where a text is expected\n  fix: Write one text.",
        ),
        (
            "formats:\n  '': php\n",
            "c.yaml:2:3: a key of 'formats' is empty\n  fix: Write it before the colon, or remove the line.",
        ),
        (
            "formats:\n  a.inc: php\n  a.inc: text\n",
            "c.yaml:3:3: key 'a.inc' stands twice\n  fix: Merge it with the one in line 2.",
        ),
        (
            "formats:\n  *.inc: php\n",
            "c.yaml:2:4: no text can start with this sign\n  fix: Put the text in quotes.",
        ),
        (
            "severity:\n  sun/*: fatal\n",
            "c.yaml:2:10: 'fatal' is no value of 'sun/*'\n  fix: Use one of these: error, warning, note, off.",
        ),
        (
            "subject: cosmetic\nfacts:\n  subject: device\n",
            "c.yaml:1:10: the subject stands under 'facts', too\n  fix: Leave one of them out.",
        ),
        ("paths:\n  - match: []\n", "c.yaml:2:12: 'match' is an empty list\n  fix: Give it one item at least."),
        (
            "paths:\n  - match: [a/]\n    polices: [uk]\n",
            "c.yaml:3:5: unknown key 'polices'\n  fix: Did you mean 'policies'?",
        ),
        (
            "provided:\n  - kind: variability\n",
            (
                "c.yaml:2:5: an item of 'provided' has no key 'where'\n"
                "  fix: Add it: What adds it, in words for readers, such as 'the footer'."
            ),
        ),
        (
            "extends: c.yaml\n",
            "c.yaml:1:10: 'c.yaml' is extended by way of itself\n  fix: Take it out of one of the files.",
        ),
        (
            "extends: no.yaml\n",
            (
                "c.yaml:1:10: the configuration 'no.yaml' cannot be read: no such file or directory\n"
                "  fix: Name a file, seen from this one."
            ),
        ),
        ("fields:\n  copies: [a]\n", "c.yaml:2:3: unknown key 'copies'\n  fix: Did you mean 'copy'?"),
        (
            "facts:\n  licences:\n    - number: DIN 1\n",
            (
                "c.yaml:3:7: an item of 'licences' has no key 'covers'\n"
                "  fix: Add it: What it is licensed for: names of target lists (acne), classes (disease) or"
                " kinds of claim (disease)."
            ),
        ),
    ],
    ids=[
        "key",
        "boolean",
        "later version",
        "no version",
        "subject",
        "number",
        "list for keys",
        "no value",
        "list for a value",
        "empty key",
        "key twice",
        "alias",
        "severity",
        "subject twice",
        "no files",
        "key of a section",
        "who adds it",
        "itself",
        "no base",
        "inner key",
        "covers",
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    text: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("c.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ClaimcheckError) as caught:
        read_config("c.yaml", "0.1.0")
    assert str(caught.value) == told


@pytest.mark.parametrize(
    ("pack", "fix"),
    [
        ("packs/brnd.yaml", "Did you mean 'packs/brand.yaml'?"),
        ("pack", "Did you mean 'packs'?"),
        ("nowhere/brand.yaml", "Name a pack file or a folder of them."),
        ("site.yaml", "Name a pack file or a folder of them."),
    ],
)
def test_a_pack_that_is_not_there_is_told_with_its_place_and_what_was_meant(
    pack: str, fix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("site/packs").mkdir(parents=True)
    for name in ("site/packs/brand.yaml", "site/packs/notes.md", "site.yaml"):
        Path(name).touch()
    Path("site/claimcheck.yaml").write_text(f"packs:\n  - {pack}\n", encoding="utf-8")
    with pytest.raises(ClaimcheckError) as caught:
        read_config("site/claimcheck.yaml", "0.1.0")
    assert str(caught.value) == (
        f"site/claimcheck.yaml:2:5: there is no pack '{pack}', seen from this file\n  fix: {fix}"
    )


def test_names_remember_where_they_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("packs").mkdir()
    Path("packs/brand.yaml").touch()
    Path("c.yaml").write_text(WHOLE, encoding="utf-8")
    config = read_config("c.yaml", "0.1.0")
    names = (*config.policies, *config.facts.licences[0].covers, *config.packs, *config.select, *config.ignore)
    files = (*config.include, *config.exclude, *config.reading.formats[0], *config.reading.fragments)
    assert [place_of(name) for name in (*names, *files)] == [
        "c.yaml:1:12",
        "c.yaml:1:16",
        "c.yaml:6:16",
        "c.yaml:9:9",
        "c.yaml:10:10",
        "c.yaml:11:10",
        "c.yaml:12:11",
        "c.yaml:13:11",
        "c.yaml:15:3",
        "c.yaml:15:12",
        "c.yaml:17:13",
    ]


def test_an_empty_file_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("c.yaml").touch()
    assert read_config("c.yaml", "0.1.0") == Config("c.yaml", ("c.yaml",))


def test_a_file_that_is_named_and_not_there_is_refused() -> None:
    with pytest.raises(ClaimcheckError) as caught:
        read_config("nowhere.yaml", "0.1.0")
    assert str(caught.value) == (
        "nowhere.yaml: the configuration cannot be read: no such file or directory"
        "\n  fix: Name a file that can be read."
    )


def test_the_nearest_file_wins_and_none_beyond_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "claimcheck.yaml").touch()
    (tmp_path / "site" / ".git").mkdir(parents=True)
    (tmp_path / "site" / "content" / "en").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "site" / "content" / "en")
    beyond = find_config(None, isolated=False)
    (tmp_path / "site" / "claimcheck.yaml").touch()
    nearest = find_config(None, isolated=False)
    assert (beyond, nearest, find_config(None, isolated=True), find_config("c.yaml", isolated=True)) == (
        None,
        str(Path("..", "..", "claimcheck.yaml")),
        None,
        "c.yaml",
    )


SECTIONS = """\
subject: device
severity: {sun/*: note, superlative/*: off}
paths:
  - match: [en-gb/, "content/uk/**"]
    policies: [uk]
    facts: {subject: procedure, practitioner: Dr B}
    ignore: [sun/*]
  - match: [au/]
    select: [efficacy/*]
    severity: {efficacy/*: warning}
provided:
  - kind: variability
    where: the footer
    paths: [content/]
"""


def test_sections_and_what_a_template_adds_are_seen_from_their_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("site").mkdir()
    Path("site/claimcheck.yaml").write_text(SECTIONS, encoding="utf-8")

    assert read_config("site/claimcheck.yaml", "0.1.0") == Config(
        path="site/claimcheck.yaml",
        files=("site/claimcheck.yaml",),
        subject="device",
        severity=(("sun/*", "note"), ("superlative/*", "off")),
        sections=(
            PathSection(
                match=("en-gb/", "/site/content/uk/**"),
                policies=("uk",),
                subject="procedure",
                facts=Facts(practitioner="Dr B"),
                ignore=("sun/*",),
            ),
            PathSection(match=("au/",), select=("efficacy/*",), severity=(("efficacy/*", "warning"),)),
        ),
        provided=(Provided("variability", "the footer", ("content/",)),),
    )


BASE = """\
policies: [us]
subject: cosmetic
packs: [brand.yaml]
select: [efficacy/*]
ignore: [sun/*]
severity: {proof/*: note}
exclude: [old/, /drafts/]
fields: {copy: [promo]}
baseline: base.jsonl
preview: true
"""
OWN = """\
extends: ../base.yaml
policies: [uk]
ignore: [safety/*]
severity: {proof/*: error}
exclude: [archive/]
fields: {copy: [teaser]}
"""


def test_what_is_chosen_goes_before_the_base_and_what_is_added_comes_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(tmp_path, "site").mkdir()
    for name, text in (("base.yaml", BASE), ("brand.yaml", ""), ("site/claimcheck.yaml", OWN)):
        Path(tmp_path, name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "site")

    config = read_config("claimcheck.yaml", "0.1.0")

    assert (config, config.places["preview"]) == (
        Config(
            path="claimcheck.yaml",
            files=("claimcheck.yaml", "../base.yaml"),
            policies=("uk",),
            subject="cosmetic",
            packs=("../brand.yaml",),
            select=("efficacy/*",),
            ignore=("sun/*", "safety/*"),
            severity=(("proof/*", "note"), ("proof/*", "error")),
            exclude=("old/", "/../drafts/", "archive/"),
            reading=Reading(copy=("promo", "teaser")),
            preview=True,
            baseline="../base.jsonl",
        ),
        "../base.yaml:10:1",
    )


def test_a_base_must_be_for_this_version_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("base.yaml").write_text("required-version: '>=9'\n", encoding="utf-8")
    Path("c.yaml").write_text("extends: base.yaml\n", encoding="utf-8")
    with pytest.raises(ClaimcheckError) as caught:
        read_config("c.yaml", "0.1.0")
    assert str(caught.value) == (
        "base.yaml:1:19: this configuration is for claimcheck >=9, and this is 0.1.0"
        "\n  fix: Install such a version, or change 'required-version'."
    )


PYPROJECT = """\
[project]
name = "site"

[tool.claimcheck]
policies = ["uk"]
preview = true

[tool.claimcheck.severity]
"sun/*" = "off"

[[tool.claimcheck.paths]]
match = ["au/"]
policies = ["au", 'us']

[tool.ruff]
"""


def test_a_project_file_says_the_same_in_its_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pyproject.toml").write_text(PYPROJECT, encoding="utf-8")

    config = read_config("pyproject.toml", "0.1.0")
    (section,) = config.sections

    assert (config, [place_of(one) for one in (*config.policies, config.severity[0][0], *section.policies)]) == (
        Config(
            path="pyproject.toml",
            files=("pyproject.toml",),
            policies=("uk",),
            severity=(("sun/*", "off"),),
            sections=(PathSection(match=("au/",), policies=("au", "us")),),
            preview=True,
        ),
        ["pyproject.toml:5:13", "pyproject.toml:9:1", "pyproject.toml:13:13", "pyproject.toml:13:19"],
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "[tool.claimcheck]\npolices = []\n",
            "pyproject.toml:2:1: unknown key 'polices'\n  fix: Did you mean 'policies'?",
        ),
        (
            "[tool.claimcheck]\npreview = 1\n",
            ("pyproject.toml:2:11: 'preview' is neither true nor false\n  fix: Write true or false, without quotes."),
        ),
        (
            "[tool.claimcheck]\nselect = @\n",
            (
                "pyproject.toml:2:10: this is not TOML: invalid value"
                "\n  fix: Look at quotes, brackets and what stands twice."
            ),
        ),
        (
            "[tool.ruff]\n",
            "pyproject.toml: there is no table [tool.claimcheck]\n  fix: Add it, or name another file.",
        ),
    ],
    ids=["key", "boolean", "syntax", "no table"],
)
def test_what_is_wrong_in_a_project_file_is_told_with_its_place(
    text: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pyproject.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ClaimcheckError) as caught:
        read_config("pyproject.toml", "0.1.0")
    assert str(caught.value) == told


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[tool.claimcheck]\n", "pyproject.toml"),
        ("[tool.claimcheck\n", "pyproject.toml"),
        ("[project]\ndependencies = ['claimcheck-lint']\n", "../claimcheck.yaml"),
        ("[tool.claimcheck-other]\n", "../claimcheck.yaml"),
        ("[tool\n", "../claimcheck.yaml"),
    ],
)
def test_a_project_file_counts_when_it_speaks_to_us(
    text: str, found: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "claimcheck.yaml").touch()
    (tmp_path / "site" / "pyproject.toml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "site")
    assert find_config(None, isolated=False) == str(Path(found))


def test_of_two_files_in_a_folder_our_own_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("claimcheck.yaml").touch()
    Path("pyproject.toml").write_text("[tool.claimcheck]\n", encoding="utf-8")
    assert find_config(None, isolated=False) == "claimcheck.yaml"
