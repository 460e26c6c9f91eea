"""Reads Liquid, as in the themes of shops and in Jekyll."""

from __future__ import annotations

import re
from dataclasses import replace

from claimcheck.extract.offsets import Source
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.templates import Template, read_template, word_at
from claimcheck.model import Document

_OPENING = re.compile(r"\{\{|\{%")
_COMMENTS = frozenset({"comment", "doc"})
_HIDDEN = frozenset({"highlight", "javascript", "schema", "style", "stylesheet"})
_RAW = frozenset({"raw"})
_ENDS = {name: re.compile(rf"\{{%-?\s*+end{name}\s*+-?%\}}") for name in _COMMENTS | _HIDDEN | _RAW}
# What the schema of a section says to those who build the page, not to those who see it.
_FOR_BUILDERS = ("content", "info", "label", "name", "placeholder")


def read(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Document:
    """Read a Liquid template. Raises ExtractError if it is no text."""
    return read_template(data, path, reading, "liquid", _cut)


def _cut(template: Template, at: int) -> None:
    while opening := _OPENING.search(template.text, at):
        at = cut_tag(template, opening.start())


def cut_tag(template: Template, start: int) -> int:
    """Take what begins with the ``{{`` or ``{%`` at this place; returns where to go on."""
    text = template.text
    shown = text.startswith("{{", start)
    name = word_at(text, start + 2)
    if name == "#" and not shown:
        return _cut_comment(template, start)
    end = template.closing("}}" if shown else "%}", start + 2)
    if end < 0:
        return start + 2
    if shown or name == "echo":
        template.output(start, end)
    elif name in _ENDS and (ending := template.search(_ENDS[name], end)):
        _take_block(template, name, (start, end), ending.span())
        return ending.end()
    elif name == "liquid":
        template.lines(start, end, first=start + 2, last=end - 2)
    else:
        template.statement(start, end, first=start + 2)
    return end


def _cut_comment(template: Template, start: int) -> int:
    """Take a comment in one tag, in which quotes mean nothing."""
    end = template.find("%}", start)
    if end < 0:
        return start + 2
    last = end - 1 if template.text[end - 1] == "-" else end
    template.comment(start, end + 2, first=template.text.index("#", start) + 1, last=last)
    return end + 2


def _take_block(template: Template, name: str, opening: tuple[int, int], ending: tuple[int, int]) -> None:
    if name in _COMMENTS:
        template.comment(opening[0], ending[1], first=opening[1], last=ending[0])
    elif name in _RAW:
        template.mask.instruction(*opening)
        template.mask.instruction(*ending)
    else:
        if name == "schema":
            # The texts that a section shows unless somebody changes them.
            reading = replace(template.reading, other=(*template.reading.other, *_FOR_BUILDERS))
            template.read_json(Source(template.text), opening[1], ending[0], reading)
        template.mask.instruction(opening[0], ending[1])
