"""Reads JSON Lines: each line a value of JSON, and a document of its own."""

from __future__ import annotations

from collections.abc import Iterator

from claimcheck.extract.decode import decode, place
from claimcheck.extract.fields import Fields
from claimcheck.extract.json import JsonFault, add_json, unreadable
from claimcheck.extract.offsets import source_of
from claimcheck.extract.origin import origin_of
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.structure import Outline
from claimcheck.model import Document


def read_records(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Iterator[Document]:
    """
    Read a JSON Lines file: one document for each line with prose, all with the same text.

    Raises:
        ExtractError: If it is no text; or, once all other lines were yielded, if lines are no JSON.
    """
    text = decode(data, path)
    origin = origin_of(path, text, "jsonl")
    source = source_of(text)
    first: JsonFault | None = None
    broken = 0
    for start, end in zip(origin.starts, (*origin.starts[1:], len(text)), strict=True):
        outline = Outline()
        fields = Fields(outline, path=path, reading=reading)
        try:
            add_json(outline, source, start, end, fields)
        except JsonFault as fault:
            first = first or fault.with_traceback(None)
            broken += 1
            continue
        document = origin.document(outline, start, end, language=fields.language)
        if document.segments:
            yield document
    if first is not None:
        more = f" (nor can {broken - 1} other line{'' if broken == 2 else 's'})" if broken > 1 else ""
        raise unreadable(first, place(text, first.at, path), more)
