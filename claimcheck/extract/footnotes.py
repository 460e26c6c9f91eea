"""Finds footnote marks in a text, and the notes that begin with the same signs."""

from __future__ import annotations

import re
from operator import itemgetter

from claimcheck.extract.offsets import Stretch, part, trimmed

_SUPERSCRIPT = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"
# A set alone is searched for faster than what it begins.
_ANY = re.compile(rf"[*†‡{_SUPERSCRIPT}]")
_SIGN = re.compile(rf"\*+|[†‡]+|[{_SUPERSCRIPT}]+")
_NOTE = re.compile(rf"(\*{{1,4}}|[†‡]{{1,4}}|[{_SUPERSCRIPT}]{{1,3}})[ \u00a0]?(?=[^\W_]|[\"'\u201c\u2018(])")
_OPENING = "([\"'\u201c\u2018"

# "cm²" and "m³" bear a power; the longest of these units has two letters.
_UNIT = re.compile(r"(?:^|[^a-z\u00b5\u03bc])(?:[kcdmn\u00b5\u03bc]?m|ft|in|yd)$", re.IGNORECASE)
_UNIT_REACH = 3


def note_sign(text: str) -> str:
    """The sign that a text begins with when it is a footnote, such as ``*`` in "*Results vary"; empty otherwise."""
    found = _NOTE.match(text)
    if found is None:
        return ""
    sign = found[1]
    # Two asterisks at both ends are emphasis in plain text.
    return "" if sign.startswith("**") and sign in text[len(sign) :] else sign


def split_at_notes(stretch: Stretch) -> list[Stretch]:
    """Cut a text before each line that begins as a footnote does: notes are often set line by line in one paragraph."""
    cuts = [at for at in stretch.breaks if _NOTE.match(stretch.text, at + 1)]
    if not cuts:
        return [stretch]
    bounds = zip((0, *cuts), (*cuts, len(stretch.text)), strict=True)
    return [trimmed(part(stretch, start, end)) for start, end in bounds]


def marks_of(stretch: Stretch) -> tuple[tuple[int, str], ...]:
    """All footnote marks that a text bears: ``(offset, sign)``, ascending; the sign that makes it a note is none."""
    text = stretch.text
    if not _ANY.search(text):
        return stretch.marks
    marks = list(stretch.marks)
    own = note_sign(text)
    opened = 0
    for found in _SIGN.finditer(text):
        start, end = found.span()
        sign = found[0]
        if start == 0:
            opened = 0 if own else len(sign)
            continue
        before, after = text[start - 1], text[end : end + 1]
        if sign[0] == "*":
            # Plain text has *emphasis* too: an asterisk that closes it is no mark.
            if (before.isspace() or before in _OPENING) and after and not after.isspace():
                opened = len(sign)
                continue
            if opened == len(sign):
                opened = 0
                continue
            if after.isalnum():
                continue
        if not before.isspace() and sign != own and not _is_power(text, start, sign):
            marks.append((start, sign))
    return tuple(sorted(marks, key=itemgetter(0)))


def _is_power(text: str, start: int, sign: str) -> bool:
    if sign[0] in "*†‡" or sign == "\u00b9":
        return False
    return text[start - 1].isdigit() or _UNIT.search(text[max(0, start - _UNIT_REACH) : start]) is not None
