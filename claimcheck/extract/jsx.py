"""Reads JSX and TSX."""

from __future__ import annotations

from claimcheck.extract.javascript import document
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.scripts import JSX
from claimcheck.model import Document


def read(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Document:
    """Read a file of components; see ``claimcheck.extract.javascript``."""
    return document(data, path, reading, "jsx", JSX)
