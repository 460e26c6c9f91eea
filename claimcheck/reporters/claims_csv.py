"""``claimcheck claims --format csv``: the inventory, a row for each wording. No cell of it can be a formula."""

from __future__ import annotations

import csv
import io

from claimcheck.model import Report
from claimcheck.reporters import Settings
from claimcheck.reporters.csv import cell
from claimcheck.reporters.sheet import cells, columns, failures, rows
from claimcheck.reporters.wording import made_by


def render(report: Report, _settings: Settings) -> str:
    """See ``claimcheck.reporters.render``."""
    names = (*columns(report), "made by")
    origin = cell(made_by(report))
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(names)
    for where, why in failures(report):
        row = {"claim": cell(why), "kind": "not checked", "places": cell(where), "made by": origin}
        writer.writerow([row.get(name, "") for name in names])
    writer.writerows([*map(cell, cells(row)), origin] for row in rows(report))
    return table.getvalue()
