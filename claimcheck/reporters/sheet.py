"""The inventory as a sheet: a row for each distinct wording of a claim, with all the places where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from claimcheck.model import KINDS, Failure, Inventoried, Report
from claimcheck.reporters.wording import flat, in_order, place

MOST_CHARACTERS = 32_000
"""A cell of a spreadsheet holds 32,767; it ends earlier and says what is left out."""

_WORST_FIRST = ("prohibited", "unqualified", "qualified", "not-required")


@dataclass(frozen=True, slots=True)
class Row:
    """
    A claim of a site, however often it stands there.

    Args:
        text: The words as they stand where they come first.
        kinds: By precedence.
        rules: Ids, sorted.
        subjects: What it is about, sorted.
        targets: What it is said to act on, in the order of the text.
        status: The worst under each policy, in the order of the policies.
        differs: Where places differ, how many have which status, such as ``uk: 2 unqualified, 1 qualified``.
        qualifiers: What is near enough, at any of the places, as ``kind: “words”``.
        places: ``path:line:column``, by path.
    """

    text: str
    kinds: tuple[str, ...]
    rules: tuple[str, ...]
    subjects: tuple[str, ...]
    targets: tuple[str, ...]
    status: tuple[str, ...]
    differs: str
    qualifiers: tuple[str, ...]
    places: tuple[str, ...]


def columns(report: Report) -> tuple[str, ...]:
    """The titles of the cells of a row; a single policy needs no name."""
    policies = report.policies
    status = ("status",) if len(policies) == 1 else tuple(f"status: {name}" for name in policies)
    return ("claim", "kind", "subject", "target", *status, "differs", "qualifiers", "count", "places", "rule")


def rows(report: Report) -> list[Row]:
    """The claims of a report by kind, in each by their words; letters are alike in both cases."""
    alike: dict[str, list[Inventoried]] = {}
    for result in report.results:
        for one in result.claims:
            alike.setdefault(flat(one.claim.text).casefold(), []).append(one)
    found = [_row(claims, report.policies) for _, claims in sorted(alike.items())]
    return sorted(found, key=lambda row: KINDS.index(row.kinds[0]))


def cells(row: Row) -> tuple[str | int, ...]:
    """A row as ``columns`` names it; only the count is a number."""
    return (
        row.text,
        ", ".join(row.kinds),
        ", ".join(row.subjects),
        ", ".join(row.targets),
        *row.status,
        row.differs,
        cut(row.qualifiers),
        len(row.places),
        cut(row.places),
        ", ".join(row.rules),
    )


def cut(parts: Iterable[str], separator: str = "; ") -> str:
    """Parts in one cell, as many as it holds."""
    text = ""
    every = list(parts)
    for number, part in enumerate(every):
        added = f"{separator}{part}" if text else part
        if len(text) + len(added) > MOST_CHARACTERS:
            return f"{text}{separator}and {len(every) - number} more" if text else f"{part[:MOST_CHARACTERS]}…"
        text += added
    return text


def failures(report: Report) -> list[tuple[str, str]]:
    """What could not be checked, as ``(place, why)``."""
    return [(_where(one), flat(one.message)) for result in report.results for one in result.failures]


def _where(one: Failure) -> str:
    return flat(":".join(str(part) for part in (one.path, one.line, one.column) if part))


def _row(claims: list[Inventoried], policies: tuple[str, ...]) -> Row:
    def every(part: Callable[[Inventoried], Iterable[str]]) -> dict[str, None]:
        return dict.fromkeys(value for one in claims for value in part(one))

    kinds = every(lambda one: one.claim.kinds)
    said = sorted({(one.kind, flat(one.text)) for claim in claims for one in claim.qualifiers})
    order = in_order(kind for kind, _ in said)
    statuses = [Counter(dict(one.status).get(policy, "") for one in claims) for policy in policies]
    return Row(
        text=flat(claims[0].claim.text),
        kinds=tuple(sorted(kinds, key=KINDS.index)),
        rules=tuple(sorted(every(lambda one: (one.claim.rule,)))),
        subjects=tuple(sorted(every(lambda one: (one.claim.subject,)))),
        targets=tuple(every(lambda one: one.claim.targets)),
        status=tuple(_worst(counts) for counts in statuses),
        differs="; ".join(
            _differs(counts, policy if len(policies) > 1 else "")
            for policy, counts in zip(policies, statuses, strict=True)
            if len([status for status in counts if status]) > 1
        ),
        qualifiers=tuple(f"{kind}: “{text}”" for kind, text in sorted(said, key=lambda one: order.index(one[0]))),
        places=tuple(place(one.spot) for one in claims),
    )


def _worst(counts: Counter[str]) -> str:
    """Of files that a policy does not judge there is no status: a configuration can give each its own."""
    return next((status for status in _WORST_FIRST if counts[status]), "")


def _differs(counts: Counter[str], policy: str) -> str:
    told = ", ".join(f"{counts[status]} {status}" for status in _WORST_FIRST if counts[status])
    return f"{policy}: {told}" if policy else told
