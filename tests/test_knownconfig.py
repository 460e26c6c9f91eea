"""A configuration that was read before: used when nothing changed, and as it was read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from claimcheck import knownconfig
from claimcheck.config import Config
from claimcheck.configfile import read_config
from claimcheck.errors import UsageError
from claimcheck.knownconfig import config_at
from claimcheck.names import place_of

BASE = "policies: [uk]\nignore: [superlative/*]\n"
OWN = """\
extends: base.yaml
severity: {proof/*: note}
fragments: ["parts/*"]
paths:
  - match: [en-au/]
    policies: [au]
    facts: {subject: cosmetic, licences: [{number: ARTG 12345, covers: [acne]}]}
"""


@pytest.fixture
def reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Notes every time that the configuration is really read; it stands in the working directory."""
    noted: list[str] = []

    def noting(path: str, version: str) -> Config:
        noted.append(path)
        return read_config(path, version)

    monkeypatch.setattr(knownconfig, "_read", noting)
    (tmp_path / "site").mkdir()
    monkeypatch.chdir(tmp_path / "site")
    write("base.yaml", BASE)
    write("claimcheck.yaml", OWN)
    return noted


def test_a_configuration_that_has_not_changed_is_not_read_again(reads: list[str]) -> None:
    first, second = (known() for _ in range(2))
    assert (second, second.places, reads) == (first, first.places, ["claimcheck.yaml"])


@pytest.mark.usefixtures("reads")
def test_names_still_say_where_they_stand() -> None:
    first, second = (known() for _ in range(2))
    assert [place_of(one) for one in second.ignore] == [place_of(one) for one in first.ignore] == ["base.yaml:2:10"]


@pytest.mark.parametrize("changed", ["claimcheck.yaml", "base.yaml"])
def test_a_change_of_any_of_its_files_is_seen(changed: str, reads: list[str]) -> None:
    known()
    write(changed, f"{Path(changed).read_text(encoding='utf-8')}preview: true\n")
    assert (known().preview, len(reads)) == (True, 2)


def test_a_file_that_is_gone_is_missed(reads: list[str]) -> None:
    known()
    Path("base.yaml").unlink()
    with pytest.raises(UsageError, match=r"the configuration 'base.yaml' cannot be read"):
        known()
    assert len(reads) == 2


def test_what_was_written_while_it_was_read_is_read_again(reads: list[str]) -> None:
    Path("claimcheck.yaml").write_text(OWN, encoding="utf-8")
    os.utime("claimcheck.yaml", (4_000_000_000, 4_000_000_000))
    known()
    known()
    assert len(reads) == 2


def test_a_damaged_entry_is_a_miss(tmp_path: Path, reads: list[str]) -> None:
    first = known()
    (entry,) = (tmp_path / "cache").rglob("*.json")
    entry.write_bytes(b'[["a"],[1]]')
    assert (known(), len(reads)) == (first, 2)


def test_nothing_is_kept_of_a_run_without_a_cache(tmp_path: Path, reads: list[str]) -> None:
    for _ in range(2):
        config_at("claimcheck.yaml", "0.1.0", cache=False, cache_dir=str(tmp_path / "cache"))
    assert (len(reads), (tmp_path / "cache").exists()) == (2, False)


def known() -> Config:
    """The configuration of the working directory, with a cache beside it."""
    return config_at("claimcheck.yaml", "0.1.0", cache=True, cache_dir="../cache")


def write(name: str, text: str) -> None:
    """Writes a file of the past."""
    Path(name).write_text(text, encoding="utf-8")
    os.utime(name, (1_000_000_000, 1_000_000_000))
