"""Reads Blade, the templates of Laravel."""

from __future__ import annotations

import re

from claimcheck.extract.fields import is_prose
from claimcheck.extract.literals import is_prose_literal
from claimcheck.extract.offsets import Source, StretchBuilder
from claimcheck.extract.php import OPENING, take_code
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.tags import SPOKEN_ATTRIBUTES, add_text
from claimcheck.extract.templates import Template, read_template
from claimcheck.model import Document

_OPENING = re.compile(
    rf"""
    @?\{{\{{--|@?\{{\{{|@?\{{!!
  | (?P<php>{OPENING.pattern})
  | (?<![\w@.])(?P<escaped>@?)@(?P<name>[A-Za-z]\w*+)(?P<arguments>[ \t]*+\()?
  | <x-[\w.:-]++
  | (?<=\s):(?P<bound>[A-Za-z][\w.:-]*+)=(?P<quote>["'])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_END_VERBATIM = re.compile(r"@endverbatim\b")
_END_PHP = re.compile(r"@endphp\b")
# Directives that take no arguments; any other word after the sign is text.
_BARE = re.compile(
    r"end\w+|else\w*|append|auth|break|case|continue|csrf|default|empty|guest|livewire\w+|once|overwrite|parent|php|prepend"
    r"|production|show|stop|verbatim|vite\w*"
)
# After these a space may stand before the arguments; after another word, that is text.
_SPACED = frozenset(
    "can cannot case class component each env error extends for foreach forelse if include includeif includewhen isset"
    " json lang props push pushonce section selected slot stack style switch unless use while yield".split()
)
_SHOWN = frozenset({"choice", "lang"})
# Besides those of all languages.
_CONDITIONS = frozenset("can class empty env isset selected style switch vite".split())
# Strings and parentheses; an escape outside of strings is passed over, so that no quote is tried twice in vain.
_ARGUMENT = re.compile(r"""'(?:[^'\\]++|\\.)*+'|"(?:[^"\\]++|\\.)*+"|\\.|[()]""", re.DOTALL)
_TAG = re.compile(r"""<x-[\w.:-]++((?:[^>"']++|"[^"]*+"|'[^']*+')*+)>""")
_ATTRIBUTE = re.compile(r"""(?<![\w:.@-])([A-Za-z][\w-]*+)=(?:"([^"]*+)"|'([^']*+)')""")


def read(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Document:
    """Read a Blade template. Raises ExtractError if it is no text."""
    return read_template(data, path, reading, "blade", _cut)


def _cut(template: Template, at: int) -> None:
    while opening := _OPENING.search(template.text, at):
        if opening["php"]:
            at = take_code(template, *opening.span())
        elif opening["name"]:
            at = opening.end() if opening["escaped"] else _cut_directive(template, opening)
        elif opening["bound"]:
            end = template.find(opening["quote"], opening.end())
            template.literals(opening.end(), max(end, opening.end()), opening["bound"])
            at = opening.end()
        elif opening[0][0] == "<":
            _add_attributes(template, opening.start())
            at = opening.end()
        elif opening[0][0] == "@":
            at = opening.end()
        else:
            at = _cut_braces(template, opening)


def _cut_braces(template: Template, opening: re.Match[str]) -> int:
    start, first = opening.span()
    if opening[0].endswith("--"):
        last = template.find("--}}", first)
        if last >= 0:
            template.comment(start, last + 4, first=first, last=last)
            return last + 4
        return first
    end = template.closing("!!}" if opening[0].endswith("!!") else "}}", first)
    if end < 0:
        return first
    template.output(start, end)
    return end


def _cut_directive(template: Template, opening: re.Match[str]) -> int:
    start, first = opening.start(), opening.end("name")
    name = opening["name"].lower()
    if opening["arguments"] and (opening["arguments"] == "(" or name in _SPACED or _BARE.fullmatch(name)):
        end = _balanced(template, opening.end())
        if end >= 0:
            return _take_arguments(template, start, end, opening["name"])
    if not _BARE.fullmatch(name):
        return first
    if name == "php":
        return take_code(template, start, first, _END_PHP)
    ending = template.search(_END_VERBATIM, first) if name == "verbatim" else None
    if name.startswith("else"):
        template.mask.stand_in(start, first)
    else:
        template.mask.instruction(start, first)
    if ending:
        template.mask.instruction(*ending.span())
        return ending.end()
    return first


def _take_arguments(template: Template, start: int, end: int, name: str) -> int:
    if name in _SHOWN:
        template.shown(start, end)
    else:
        name = name.lower()
        if name not in _CONDITIONS:
            template.literals(start, end, name)
        if name.startswith("else"):
            template.mask.stand_in(start, end)
        else:
            template.mask.instruction(start, end)
    return end


def _balanced(template: Template, at: int) -> int:
    """One past the parenthesis that closes what was opened right before; -1 if there is none to the end."""
    if template.is_vain(_ARGUMENT.pattern):
        return -1
    depth = 1
    for found in _ARGUMENT.finditer(template.text, at):
        if found[0] == "(":
            depth += 1
        elif found[0] == ")":
            depth -= 1
            if depth == 0:
                return found.end()
    template.give_up(_ARGUMENT.pattern)
    return -1


def _add_attributes(template: Template, start: int) -> None:
    """Add what a component is told in attributes that HTML does not have."""
    if template.is_vain(_TAG.pattern):
        return
    tag = _TAG.match(template.text, start)
    if tag is None:
        template.give_up(_TAG.pattern)
        return
    for found in _ATTRIBUTE.finditer(template.text, *tag.span(1)):
        group = found.lastindex or 1
        name = found[1].lower()
        if (
            name not in SPOKEN_ATTRIBUTES
            and is_prose_literal(found[group])
            and is_prose(name, found[group], reading=template.reading)
        ):
            builder = StretchBuilder(Source(template.text))
            add_text(builder, template.text, *found.span(group))
            template.outline.add_metadata(builder.build())
