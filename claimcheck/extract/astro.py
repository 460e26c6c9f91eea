"""Reads the components and pages of Astro: TypeScript between ``---`` lines, then markup."""

from __future__ import annotations

import re

from claimcheck.extract.decode import decode
from claimcheck.extract.javascript import read_components, read_script
from claimcheck.extract.offsets import source_of
from claimcheck.extract.origin import origin_of
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.scripts import ASTRO, SCRIPT
from claimcheck.extract.structure import Outline
from claimcheck.model import Document

_OPENING = re.compile(r"(?:\s++|<!--(?:[^-]++|-(?!->))*+-->)*+---")
_CLOSING = re.compile(r"(?:\A|(?<=[\r\n]))[ \t]*+---")


def read(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Document:
    """Read a component. Raises ExtractError if it is no text."""
    text = decode(data, path)
    source = source_of(text)
    outline = Outline()
    body = 0
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    if opening and closing:
        read_script(outline, source, opening.end(), closing.start(), path=path, reading=reading, dialect=SCRIPT)
        body = closing.end()
    read_components(outline, source, body, len(text), path=path, reading=reading, dialect=ASTRO)
    return origin_of(path, text, "astro").document(outline, blanked=True)
