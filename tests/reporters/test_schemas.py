"""What the JSON reports promise: real reports and the canonical one keep to the schemas that the package ships."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from claimcheck.api import Options, check_paths, load_linter, render, render_claims
from claimcheck.engine.linter import Linter
from claimcheck.model import Report

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["product-bad.md", "clinic-good.md", "blog-bad.md", "plain.md"]


@pytest.fixture(scope="module")
def linter() -> Linter:
    return load_linter()


@pytest.mark.parametrize("page", PAGES)
def test_reports_of_pages_keep_to_the_schema_of_check(page: str, linter: Linter) -> None:
    report = check_paths([ROOT / "fixtures" / page], Options(on="2026-11-22"), linter=linter)
    assert problems("check", render(report, "json", show_dismissed=True)) == []


@pytest.mark.parametrize("page", PAGES)
def test_inventories_of_pages_keep_to_the_schema_of_claims(page: str, linter: Linter) -> None:
    report = check_paths([ROOT / "fixtures" / page], Options(on="2026-11-22"), linter=linter)
    assert problems("claims", render_claims(report, "json", show_dismissed=True)) == []


def test_the_canonical_report_keeps_to_the_schema_of_check(report: Report) -> None:
    assert problems("check", render(report, "json")) == []


def test_the_canonical_inventory_keeps_to_the_schema_of_claims(report: Report) -> None:
    assert problems("claims", render_claims(report, "json", show_dismissed=True)) == []


def test_what_is_stated_beside_the_page_keeps_to_the_schema_of_check(report: Report) -> None:
    stated = [
        replace(result, findings=tuple(replace(one, beside=("professional",)) for one in result.findings))
        for result in report.results
    ]
    text = render(replace(report, results=tuple(stated)), "json")
    assert (problems("check", text), {tuple(one["beside"]) for one in json.loads(text)["findings"]}) == (
        [],
        {("professional",)},
    )


def test_what_the_schema_does_not_name_is_refused(report: Report) -> None:
    data = json.loads(render(report, "json"))
    data["findings"][0]["verdict"] = "compliant"
    (problem,) = problems("check", json.dumps(data))
    assert problem == "Additional properties are not allowed ('verdict' was unexpected)"


@pytest.mark.parametrize("name", ["check", "claims"])
def test_a_schema_is_one_and_forbids_what_it_does_not_name(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))
    assert [one for one in objects(schema(name)) if "additionalProperties" not in one] == []


@pytest.mark.parametrize("name", ["check", "claims"])
def test_the_page_on_json_speaks_of_every_field(name: str) -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    fields = {field for one in objects(schema(name)) for field in one.get("properties", ())}
    assert sorted(field for field in fields if f"`{field}`" not in page) == []


def problems(name: str, text: str) -> list[str]:
    return [error.message for error in Draft202012Validator(schema(name)).iter_errors(json.loads(text))]


def schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((files("claimcheck.reporters") / f"{name}.schema.json").read_text("utf-8"))
    return loaded


def objects(node: Any) -> list[dict[str, Any]]:
    """All schemas of objects within a schema."""
    if isinstance(node, list):
        return [found for one in node for found in objects(one)]
    if not isinstance(node, dict):
        return []
    own = [node] if node.get("type") == "object" else []
    return own + [found for one in node.values() for found in objects(one)]
