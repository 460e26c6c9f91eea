"""``claimcheck claims --format html``: the inventory as a page, with filters and a header that stays."""

from __future__ import annotations

from collections.abc import Iterable

from claimcheck.model import Report
from claimcheck.reporters import Settings
from claimcheck.reporters.htmlpage import document, header, shown, unchecked
from claimcheck.reporters.sheet import Row, cells, columns, rows
from claimcheck.reporters.wording import counted, totals

MOST_PLACES = 10
"""How many are listed before the rest is folded away."""

_LISTS = ("qualifiers", "places")


def render(report: Report, _settings: Settings) -> str:
    """See ``claimcheck.reporters.render``."""
    names = columns(report)
    found = rows(report)
    claims = totals(report)["claims"]
    told = f"{counted(claims, 'claim')} in {counted(len(found), 'wording')}" if found else "nothing found"
    body = (
        header("Inventory of claims", told, report)
        + f'<main id="main">\n{_filters(names, found)}{_table(names, found)}{unchecked(report)}</main>\n'
    )
    return document(f"claimcheck: {told}", body, skip="To the list of claims", program="inventory.js", data={})


def _filters(names: tuple[str, ...], found: list[Row]) -> str:
    """A box for words and a list for each column of few values, which the script turns on."""
    if not found:
        return ""
    table = [cells(row) for row in found]
    lists = ""
    for column, name in enumerate(names):
        if name not in ("kind", "subject") and not name.startswith("status"):
            continue
        values = sorted({part for row in table for part in str(row[column]).split(", ") if part})
        options = "".join(f"<option>{shown(value)}</option>" for value in values)
        lists += (
            f'<label>{shown(name)} <select name="{column}"><option value="">any</option>{options}</select></label>\n'
        )
    return (
        '<form id="filters" class="row" aria-label="Filters" autocomplete="off" hidden>\n'
        f'<label>words <input type="search" name="words"></label>\n{lists}'
        '<button type="reset">Show all</button>\n<span id="shown" role="status"></span>\n</form>\n'
    )


def _table(names: tuple[str, ...], found: list[Row]) -> str:
    if not found:
        return "<p>No claim was found.</p>\n"
    head = "".join(f'<th scope="col">{shown(name)}</th>' for name in names)
    lines = "".join(f"<tr>{_cells(names, row)}</tr>\n" for row in found)
    return (
        '<div class="wide inventory" tabindex="0" role="region" aria-label="Claims">\n<table>\n'
        "<caption>Every claim, once for each wording; the status is the worst of its places.</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{lines}</tbody>\n</table>\n</div>\n"
    )


def _cells(names: tuple[str, ...], row: Row) -> str:
    html = ""
    for name, value in zip(names, cells(row), strict=True):
        if name in _LISTS:
            html += f"<td>{_list(getattr(row, name))}</td>"
        elif name == "claim":
            html += f'<th scope="row"><bdi>{shown(str(value))}</bdi></th>'
        else:
            html += f"<td>{shown(str(value))}</td>"
    return html


def _list(values: tuple[str, ...]) -> str:
    if len(values) <= MOST_PLACES:
        return _items(values)
    more = len(values) - MOST_PLACES
    rest = f"<details><summary>and {more} more</summary>{_items(values[MOST_PLACES:])}</details>"
    return _items(values[:MOST_PLACES]) + rest


def _items(values: Iterable[str]) -> str:
    items = "".join(f"<li>{shown(value)}</li>" for value in values)
    return f"<ul>{items}</ul>" if items else ""
