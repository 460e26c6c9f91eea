"""The JSON Schema for editors accepts what the reader accepts and refuses what it can know to be wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from claimcheck.packs.jsonschema import pack_schema

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "patterns").rglob("*.yaml"))
GOOD = sorted((ROOT / "fixtures" / "packs" / "good").glob("*.yaml"))
BROKEN = sorted((ROOT / "fixtures" / "packs" / "broken" / "keys").glob("*.yaml"))


class _EditorLoader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: 'yes' is text and a date too; true, numbers and null are not."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own attribute


for _tag, _pattern in (
    ("null", "null|~|"),
    ("bool", "true|false"),
    ("int", "[-+]?[0-9]+"),
    ("float", r"[-+]?[0-9]*\.[0-9]+"),
):
    _EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), None)


def _is_valid(path: Path) -> bool:
    return Draft202012Validator(pack_schema()).is_valid(_loaded(path.read_text(encoding="utf-8")))


def _loaded(text: str) -> Any:
    return yaml.load(text, Loader=_EditorLoader)  # noqa: S506 - a SafeLoader


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(pack_schema())


@pytest.mark.parametrize("path", [*SHIPPED, *GOOD], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_good_pack_is_accepted(path: Path) -> None:
    assert _is_valid(path)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_pack_is_refused(path: Path) -> None:
    assert not _is_valid(path)


def test_unquoted_numbers_are_text_for_the_editor_too() -> None:
    pack = _loaded("lists: [{name: sizes, words: [30, 1.5, true, 2026-11-22]}]")

    assert list(Draft202012Validator(pack_schema()).iter_errors(pack)) == []


def test_a_definition_says_what_the_dataclass_says() -> None:
    assert pack_schema()["$defs"]["QualifierSentence"] == {
        "title": "Qualifier sentence",
        "description": "What to write when a qualifier is missing.",
        "type": "object",
        "properties": {
            "kind": {"description": "Kind of qualifier.", "type": ["string", "number", "boolean"]},
            "sentence": {
                "description": "A sentence in plain words, or an order to the writer.",
                "type": ["string", "number", "boolean"],
            },
            "add": {
                "description": "Whether the sentence can be added as it stands.",
                "type": "boolean",
                "default": False,
            },
        },
        "required": ["kind", "sentence"],
        "additionalProperties": False,
    }


def test_the_committed_schema_is_the_one_that_the_dataclasses_say() -> None:
    committed = json.loads((ROOT / "patterns" / "pack.schema.json").read_text(encoding="utf-8"))

    assert committed == pack_schema(), (
        'write it anew: python -c "import json; from claimcheck.packs.jsonschema import pack_schema;'
        ' print(json.dumps(pack_schema(), indent=2, ensure_ascii=False))" > patterns/pack.schema.json'
    )
