"""Reads ERB, the templates of Ruby."""

from __future__ import annotations

import re

from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.templates import Template, read_template
from claimcheck.model import Document

_OPENING = re.compile(r"<%(%|#|==?|-|)")


def read(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Document:
    """Read an ERB template. Raises ExtractError if it is no text."""
    return read_template(data, path, reading, "erb", _cut)


def _cut(template: Template, at: int) -> None:
    while opening := _OPENING.search(template.text, at):
        start, at = opening.span()
        if opening[1] == "%":
            continue
        # As in Ruby, the first one ends the tag, also in a string.
        end = template.find("%>", at)
        if end < 0:
            return
        first, at = at, end + 2
        if opening[1] == "#":
            template.comment(start, at, first=first, last=end)
        elif opening[1].startswith("="):
            template.output(start, at)
        else:
            template.statement(start, at, first=first)
