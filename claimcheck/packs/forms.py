"""What a text of a pack file looks like where not any text will do, and keys that contradict one another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from claimcheck.errors import PackError
from claimcheck.packs.schema import PolicyEntry, Text

_STRAY_BRACES = re.compile(r"\{(?!claim\})[\w-]*\}?|(?<!\{claim)\}")
_WORDS = "[a-z0-9]+(?:-[a-z0-9]+)*"


@dataclass(frozen=True)
class Form:
    """
    What a text looks like.

    Args:
        pattern: The whole text; JSON Schema and Python read it alike.
        called: What the text is, in the reference: ``name``.
        wrong: What a text is that does not fit, to follow it in an error.
        fix: An order that puts it right.
    """

    pattern: str
    called: str
    wrong: str
    fix: str


FORMS = {
    "name": Form(
        f"^{_WORDS}$", "name", "is no name", "Write lower-case words with hyphens between them, such as dark-spots."
    ),
    "id": Form(
        f"^{_WORDS}/{_WORDS}$",
        "id",
        "is no id",
        "Write kind/name in lower-case words with hyphens, such as efficacy/dark-spots.",
    ),
    "date": Form("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "date", "is no date", "Write YYYY-MM-DD."),
    "last-day": Form(
        "^[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?$",
        "date",
        "is no date",
        "Write YYYY-MM-DD for the last day, or YYYY-MM for the last month.",
    ),
    "message": Form(
        r"^(?:[^{}]|\{claim\})*$",
        "text",
        "stands for nothing",
        "Write {claim} for the words of the claim, and no other braces.",
    ),
}
"""By the name that the fields of ``schema`` are documented with."""

_DATES = ("date", "last-day")


def misfit(text: Text, form: str, shown: str) -> PackError | None:
    """
    What is wrong with the form of a text, or None.

    Args:
        form: One of ``FORMS``, or empty for any text.
        shown: The text as errors quote it.
    """
    if not form or (re.search(FORMS[form].pattern.replace("$", r"\Z"), text) and (form not in _DATES or _is_day(text))):
        return None
    stray = _STRAY_BRACES.search(text) if form == "message" else None
    what = f"'{stray[0]}'" if stray else shown
    return PackError(f"{what} {FORMS[form].wrong}", where=text.where, fix=FORMS[form].fix)


def contradiction(record: object) -> PackError | None:
    """What two keys of a record say that cannot both be, or None."""
    if not isinstance(record, PolicyEntry):
        return None
    if record.since is not None and record.until is not None and record.since >= record.until:
        return PackError(
            f"the entry '{record.id}' ends on {record.until}, before or on the day on which it begins",
            where=record.until.where,
            fix="Write a later day: 'until' is the first day on which it no longer holds.",
        )
    if record.prohibited and (record.needs or record.note):
        key, why = ("needs", "nothing cures") if record.needs else ("note", "an error is reported for")
        return PackError(
            f"the entry '{record.id}' has both 'prohibited' and '{key}'",
            where=record.id.where,
            fix=f"Remove one of them: {why} what is prohibited.",
        )
    return None


def _is_day(text: str) -> bool:
    day = text if text.count("-") > 1 else f"{text}-01"
    try:
        return date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False
