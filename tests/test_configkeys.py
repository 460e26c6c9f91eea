"""The keys of a configuration: the schema for editors and the page about them say what the reader checks."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from claimcheck.configkeys import ConfigFile, FieldsSection, PathEntry, ProvidedEntry, config_schema
from claimcheck.packs.facts import FactsSection, LicenceEntry
from claimcheck.packs.ignores import PathIgnoreEntry
from claimcheck.packs.reader import key_of

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def test_the_committed_schema_is_the_one_that_the_dataclasses_say() -> None:
    committed = json.loads((ROOT / "claimcheck" / "configuration.schema.json").read_text(encoding="utf-8"))

    assert committed == config_schema(), (
        "write it anew: claimcheck config --keys --format json > claimcheck/configuration.schema.json"
    )


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(config_schema())


@pytest.mark.parametrize("shown", SHOWN)
def test_what_the_page_shows_fits_the_schema(shown: str) -> None:
    assert list(Draft202012Validator(config_schema()).iter_errors(yaml.safe_load(shown))) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"polices": ["uk"]},
        {"policies": "uk"},
        {"paths": [{"policies": ["uk"]}]},
        {"severity": {"sun/*": "fatal"}},
        {"provided": [{"kind": "variability"}]},
        {"required_version": ">=1"},
        {"preview": "maybe"},
    ],
)
def test_an_editor_can_tell_what_is_wrong(wrong: dict[str, Any]) -> None:
    assert not Draft202012Validator(config_schema()).is_valid(wrong)


@pytest.mark.parametrize(
    "kind", [ConfigFile, PathEntry, ProvidedEntry, FactsSection, LicenceEntry, FieldsSection, PathIgnoreEntry]
)
def test_the_page_speaks_of_every_key(kind: type) -> None:
    assert [key_of(one) for one in fields(kind) if f"`{key_of(one)}`" not in PAGE] == []
