"""Reads Liquid, as in the themes of shops and in Jekyll."""

from __future__ import annotations

import re
from dataclasses import replace

from claimcheck.extract.offsets import Source
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.templates import Template, read_template, word_at
from claimcheck.model import Document

_OPENING = re.compile(r"\{\{|\{%")
_LINE = re.compile(r"[^\r\n]+")
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
        _take_lines(template, start, end)
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


def _take_lines(template: Template, start: int, end: int) -> None:
    """Take a tag of several statements, one to a line."""
    done = start
    comment: re.Match[str] | None = None
    first = template.text.index("liquid", start) + len("liquid")
    for line in _LINE.finditer(template.text, first, end - len("%}")):
        name = word_at(template.text, line.start())
        if comment:
            if name == f"end{word_at(template.text, comment.start())}":
                template.outline.comment(template.text[comment.end() : line.start()], comment.start(), line.end())
                comment = None
        elif name in _COMMENTS:
            comment = line
        elif name == "#":
            template.outline.comment(line[0].partition("#")[2], *line.span())
        elif name == "echo":
            template.mask.blank(done, line.start())
            template.output(*line.span())
            done = line.end()
        else:
            template.literals(*line.span(), name)
    if done > start:
        template.mask.blank(done, end)
    else:
        template.mask.instruction(start, end)


def _take_block(template: Template, name: str, opening: tuple[int, int], ending: tuple[int, int]) -> None:
    if name in _COMMENTS:
        template.comment(opening[0], ending[1], first=opening[1], last=ending[0])
    elif name in _RAW:
        template.mask.instruction(*opening)
        template.mask.instruction(*ending)
    else:
        if name == "schema":
            from claimcheck.extract.json import try_json

            # The texts that a section shows unless somebody changes them.
            reading = replace(template.reading, other=(*template.reading.other, *_FOR_BUILDERS))
            source = Source(template.text)
            try_json(template.outline, source, opening[1], ending[0], path=template.path, reading=reading)
        template.mask.instruction(opening[0], ending[1])
