"""
What is reported of each shipped page, whole.

When a change is meant to change it, write the expectations anew, and read the difference:
``CLAIMCHECK_REGENERATE=1 pytest tests/promises/test_golden.py``.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from claimcheck import Linter, Options, check_paths, render

FIXTURES = Path(__file__).parents[2] / "fixtures"
PAGES = sorted(path.stem for path in FIXTURES.glob("*.md") if path.stem != "README")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_gets_the_report_that_it_got_before(name: str, linter: Linter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FIXTURES)
    report = check_paths([f"{name}.md"], Options(on="2026-11-24"), linter=linter)
    found: dict[str, Any] = json.loads(render(report, "json"))
    found["tool"] = {}
    expected = FIXTURES / f"{name}.expected.json"
    if os.environ.get("CLAIMCHECK_REGENERATE"):
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    assert found == json.loads(expected.read_text(encoding="utf-8"))
