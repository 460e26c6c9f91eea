"""The configuration file: found, read, and wrong in ways that are told with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimcheck.config import Config, find_config
from claimcheck.configfile import read_config
from claimcheck.errors import ClaimcheckError
from claimcheck.model import Facts, Licence
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
exclude: [drafts/]
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
        policies=("us", "uk"),
        subject="cosmetic",
        facts=Facts((Licence("DIN 02241234", "canada", ("acne",)),), "Dr A. Example, GMC 1234567", prescription=True),
        packs=("site/packs/brand.yaml",),
        select=("efficacy/*",),
        ignore=("sun/*",),
        exclude=("drafts/",),
        preview=True,
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
            "facts:\n  licences:\n    - number: DIN 1\n",
            (
                "c.yaml:3:7: an item of 'licences' has no key 'covers'\n"
                "  fix: Add it: What it is licensed for: names of target lists (acne), classes (disease) or"
                " kinds of claim (disease)."
            ),
        ),
    ],
    ids=["key", "boolean", "later version", "no version", "subject", "number", "covers"],
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
    assert [place_of(name) for name in (*names, *config.exclude)] == [
        "c.yaml:1:12",
        "c.yaml:1:16",
        "c.yaml:6:16",
        "c.yaml:9:9",
        "c.yaml:10:10",
        "c.yaml:11:10",
        "c.yaml:12:11",
    ]


def test_an_empty_file_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("c.yaml").touch()
    assert read_config("c.yaml", "0.1.0") == Config("c.yaml")


def test_a_file_that_is_named_and_not_there_is_refused() -> None:
    with pytest.raises(ClaimcheckError) as caught:
        read_config("nowhere.yaml", "0.1.0")
    assert str(caught.value) == (
        "nowhere.yaml: the configuration cannot be read: No such file or directory"
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
