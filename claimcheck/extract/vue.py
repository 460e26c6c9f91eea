"""Reads the components of Vue: a template, scripts, style sheets and messages in one file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from claimcheck.errors import ExtractError
from claimcheck.extract.decode import decode
from claimcheck.extract.javascript import read_components, read_script
from claimcheck.extract.offsets import Source, source_of
from claimcheck.extract.origin import origin_of
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.scripts import JSX, SCRIPT, VUE
from claimcheck.extract.structure import Outline
from claimcheck.extract.tags import Cutter, Kind, Token, is_empty
from claimcheck.model import Document

_TEMPLATE = re.compile(r"</?+template\b")
_LANGUAGE = re.compile(r"""\blang\s*+=\s*+["']?([\w-]++)""")
_JSON = frozenset({"", "json"})
_YAML = frozenset({"yaml", "yml"})


class _Block(NamedTuple):
    """A block of the file; what stands between its tags."""

    name: str
    language: str
    start: int
    end: int


def read(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Document:
    """Read a component. Raises ExtractError if it is no text."""
    text = decode(data, path)
    source = source_of(text)
    outline = Outline()
    for block in _blocks(outline, text):
        _read_block(outline, source, block, path, reading)
    return origin_of(path, text, "vue").document(outline, blanked=True)


def _blocks(outline: Outline, text: str) -> Iterator[_Block]:
    """The outermost elements; comments beside them go to the outline."""
    cutter = Cutter(text)
    at = 0
    while (at := text.find("<", at)) >= 0:
        token = cutter.token(at)
        at = token.end if token else at + 1
        if token is None:
            continue
        if token.kind is Kind.COMMENT:
            outline.comment(text[token.first : token.last], token.start, token.end)
        elif token.kind is Kind.HIDDEN:
            yield _Block(token.name, _language(text, token.start, token.first), token.first, token.last)
        elif token.kind is Kind.OPEN and not is_empty(text, token.first, token.last):
            first = at
            at = _end_of_template(cutter, text, at) if token.name == "template" else _end_of(token, text)
            yield _Block(token.name, _language(text, token.first, token.last), first, at)


def _language(text: str, start: int, end: int) -> str:
    found = _LANGUAGE.search(text, start, end)
    return found[1].lower() if found else ""


def _end_of(opening: Token, text: str) -> int:
    end = text.find(f"</{text[opening.start + 1 : opening.first]}", opening.end)
    return end if end >= 0 else len(text)


def _end_of_template(cutter: Cutter, text: str, at: int) -> int:
    depth = 1
    while found := _TEMPLATE.search(text, at):
        token = cutter.token(found.start())
        at = token.end if token else found.end()
        if token is None or token.name != "template":
            continue
        if token.kind is Kind.CLOSE:
            depth -= 1
        elif not is_empty(text, token.first, token.last):
            depth += 1
        if not depth:
            return token.start
    return len(text)


def _read_block(outline: Outline, source: Source, block: _Block, path: str, reading: Reading) -> None:
    start, end = block.start, block.end
    if block.name == "template":
        # Pug and the like are no markup.
        if block.language in ("", "html"):
            read_components(outline, source, start, end, path=path, reading=reading, dialect=VUE)
    elif block.name == "script":
        dialect = JSX if block.language in ("jsx", "tsx") else SCRIPT
        read_script(outline, source, start, end, path=path, reading=reading, dialect=dialect)
    elif block.name == "i18n":
        # Messages that cannot be read do not matter to the rest.
        depth = outline.depth
        if block.language in _JSON:
            _read_json(outline, source, block, path, reading)
        elif block.language in _YAML:
            _read_yaml(outline, source, block, path, reading)
        outline.leave_to(depth)


def _read_json(outline: Outline, source: Source, block: _Block, path: str, reading: Reading) -> None:
    from claimcheck.extract.json import try_json

    try_json(outline, source, block.start, block.end, path=path, reading=reading)


def _read_yaml(outline: Outline, source: Source, block: _Block, path: str, reading: Reading) -> None:
    from claimcheck.extract.yaml import YamlReader, faults, parsed

    reader = YamlReader(outline, source, block.start, path=path, reading=reading)
    with suppress(ExtractError, *faults()):
        for event in parsed(source.text[block.start : block.end], path, "this YAML"):
            reader.take(event)
