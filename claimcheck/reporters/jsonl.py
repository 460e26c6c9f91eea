"""
``--format jsonl``: what ``json`` says, a line each, for programs that read as they go.

The first line is ``{"type": "run", …}`` with who made the report and what was not checked; then come findings and
remedies as in ``check.schema.json``, each with its ``type``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from claimcheck.model import Report
from claimcheck.reporters import Settings
from claimcheck.reporters.json_check import check_report


def render(report: Report, settings: Settings) -> str:
    """See ``claimcheck.reporters.render``."""
    return "".join(json.dumps(one) + "\n" for one in _lines(check_report(report, settings)))


def _lines(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    kinds = {"findings": "finding", "remedies": "remedy", "dismissed": "dismissed"}
    yield {"type": "run", **{key: value for key, value in data.items() if key not in kinds}}
    for key, name in kinds.items():
        for one in data.get(key, ()):
            yield {"type": name, **one}
