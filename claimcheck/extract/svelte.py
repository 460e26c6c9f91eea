"""Reads the components of Svelte."""

from __future__ import annotations

from claimcheck.extract.decode import decode
from claimcheck.extract.javascript import read_components
from claimcheck.extract.offsets import source_of
from claimcheck.extract.origin import origin_of
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.scripts import SVELTE
from claimcheck.extract.structure import Outline
from claimcheck.model import Document


def read(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Document:
    """Read a component. Raises ExtractError if it is no text."""
    text = decode(data, path)
    outline = Outline()
    read_components(outline, source_of(text), 0, len(text), path=path, reading=reading, dialect=SVELTE)
    return origin_of(path, text, "svelte").document(outline, blanked=True)
