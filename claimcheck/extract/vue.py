"""Reads the components of Vue: a template, scripts, style sheets and messages in one file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from claimcheck.errors import ExtractError
from claimcheck.extract.decode import decode
from claimcheck.extract.javascript import read_components, read_script
from claimcheck.extract.offsets import Source, source_of
from claimcheck.extract.origin import origin_of
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.scripts import JSX, SCRIPT, VUE
from claimcheck.extract.structure import Outline
from claimcheck.model import Document

_OPENING = re.compile(r"""<!--(?:[^-]++|-(?!->))*+(?:-->)?+|<([A-Za-z][\w-]*+)((?:[^>"']++|"[^"]*+"|'[^']*+')*+)>""")
_TEMPLATE = re.compile(r"""<(/?+)template\b(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")
_LANGUAGE = re.compile(r"""\blang\s*+=\s*+["']?([\w-]++)""")


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
    found = _OPENING.search(text)
    while found:
        at = found.end()
        if found[1] is None:
            inner = found[0].removeprefix("<!--").removesuffix("-->")
            outline.comment(inner, *found.span())
        elif not found[2].endswith("/"):
            name = found[1]
            end = _end_of_template(text, at) if name == "template" else text.find(f"</{name}", at)
            end = end if end >= 0 else len(text)
            language = _LANGUAGE.search(found[2])
            yield _Block(name, language[1].lower() if language else "", at, end)
            at = end + 1
        found = _OPENING.search(text, at)


def _end_of_template(text: str, at: int) -> int:
    depth = 1
    for tag in _TEMPLATE.finditer(text, at):
        if tag[1]:
            depth -= 1
        elif not tag[0].endswith("/>"):
            depth += 1
        if not depth:
            return tag.start()
    return -1


def _read_block(outline: Outline, source: Source, block: _Block, path: str, reading: Reading) -> None:
    start, end = block.start, block.end
    if block.name == "template":
        # Pug and the like are no markup.
        if block.language in ("", "html"):
            read_components(outline, source, start, end, path=path, reading=reading, dialect=VUE)
    elif block.name == "script":
        dialect = JSX if block.language in ("jsx", "tsx") else SCRIPT
        read_script(outline, source, start, end, path=path, reading=reading, dialect=dialect)
    elif block.name == "i18n" and block.language in ("", "json"):
        from claimcheck.extract.json import read_json

        depth = outline.depth
        try:
            read_json(outline, source, start, end, path=path, reading=reading)
        except ExtractError:
            # Messages in another language; they do not matter to the rest.
            outline.leave_to(depth)
