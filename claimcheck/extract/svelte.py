"""Reads the components of Svelte."""

from __future__ import annotations

from claimcheck.extract.decode import decode, line_starts
from claimcheck.extract.javascript import read_components
from claimcheck.extract.offsets import source_of
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.scripts import SVELTE
from claimcheck.extract.structure import Outline
from claimcheck.model import Document


def read(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Document:
    """Read a component. Raises ExtractError if it is no text."""
    text = decode(data, path)
    outline = Outline()
    read_components(outline, source_of(text), 0, len(text), path=path, reading=reading, dialect=SVELTE)
    segments, sections, comments = outline.finish(0, len(text), text=text)
    return Document(path, text, segments, sections, comments, format="svelte", line_starts=line_starts(text))
