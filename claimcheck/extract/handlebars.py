"""Reads Handlebars and Mustache."""

from __future__ import annotations

import re

from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.templates import Template, read_template
from claimcheck.model import Document

_OPENING = re.compile(
    r"\\\{\{"  # escaped
    r"|\{\{\{\{~?\s*+(?P<raw>[\w-]++)[^{}]*+\}\}\}\}"
    r"|\{\{~?!(?P<comment>--)?"
    r"|\{\{\{"
    r"|\{\{~?(?P<mark>[#/>^*]*+)(?:\s*+else\b)?"
)
_END_OF_COMMENT = re.compile(r"~?\}\}")
_END_OF_LONG_COMMENT = re.compile(r"--~?\}\}")


def read(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Document:
    """Read a Handlebars or Mustache template. Raises ExtractError if it is no text."""
    return read_template(data, path, reading, "handlebars", _cut)


def _cut(template: Template, at: int) -> None:
    while opening := _OPENING.search(template.text, at):
        start = opening.start()
        if opening[0][0] == "\\":
            at = opening.end()
        elif opening["raw"]:
            at = _cut_raw(template, opening)
        elif "!" in opening[0]:
            at = _cut_comment(template, opening)
        elif opening[0] == "{{{":
            end = template.closing("}}}", opening.end())
            at = end if end >= 0 else opening.end()
            if end >= 0:
                template.output(start, end)
        else:
            at = _cut_tag(template, opening)


def _cut_raw(template: Template, opening: re.Match[str]) -> int:
    template.mask.instruction(*opening.span())
    closing = f"{{{{{{{{/{opening['raw']}}}}}}}}}"
    end = template.find(closing, opening.end())
    if end < 0:
        return opening.end()
    template.mask.instruction(end, end + len(closing))
    return end + len(closing)


def _cut_comment(template: Template, opening: re.Match[str]) -> int:
    start, first = opening.span()
    # "{{!--}}" is one too.
    long = template.search(_END_OF_LONG_COMMENT, first - len("--")) if opening["comment"] else None
    ending = long or template.search(_END_OF_COMMENT, first)
    if ending is None:
        return first
    template.comment(start, ending.end(), first=first, last=max(first, ending.start()))
    return ending.end()


def _cut_tag(template: Template, opening: re.Match[str]) -> int:
    start, first = opening.span()
    end = template.closing("}}", first)
    if end < 0:
        return first
    if opening[0].endswith("else") or (opening["mark"] == "^" and not template.text[first : end - 2].strip(" ~")):
        template.mask.stand_in(start, end)
    elif opening["mark"]:
        template.statement(start, end, first=first)
    else:
        template.output(start, end)
    return end
