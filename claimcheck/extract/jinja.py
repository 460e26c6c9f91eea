"""Reads Jinja, Nunjucks, Twig and Django templates."""

from __future__ import annotations

import re

from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.templates import Template, read_template, word_at
from claimcheck.model import Document

_OPENING = re.compile(r"\{\{|\{%|\{#")
_RAW = ("raw", "verbatim")
_ENDS = {name: re.compile(rf"\{{%[-+~]?\s*+end{name}\b[^%]*+%\}}") for name in (*_RAW, "comment")}
# Statements that show what they are given.
_SHOWN = frozenset({"blocktrans", "blocktranslate", "print", "trans", "translate"})


def read(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Document:
    """Read a Jinja, Nunjucks, Twig or Django template. Raises ExtractError if it is no text."""
    return read_template(data, path, reading, "jinja", cut)


def cut(template: Template, at: int) -> None:
    """Cut up a template from an offset on."""
    while opening := _OPENING.search(template.text, at):
        start = opening.start()
        if opening[0] == "{#":
            end = template.find("#}", start + 2)
            at = end + 2 if end >= 0 else start + 2
            if end >= 0:
                template.comment(start, at, first=start + 2, last=end)
        else:
            at = _cut_tag(template, start, shown=opening[0] == "{{")


def _cut_tag(template: Template, start: int, *, shown: bool) -> int:
    end = template.closing("}}" if shown else "%}", start + 2)
    if end < 0:
        return start + 2
    name = word_at(template.text, start + 2)
    if shown:
        template.output(start, end)
    elif name in _ENDS and (ending := template.search(_ENDS[name], end)):
        if name == "comment":
            template.comment(start, ending.end(), first=end, last=ending.start())
        else:
            template.mask.instruction(start, end)
            template.mask.instruction(*ending.span())
        return ending.end()
    elif name in _SHOWN:
        template.shown(start, end)
    else:
        template.statement(start, end, first=start + 2)
    return end
