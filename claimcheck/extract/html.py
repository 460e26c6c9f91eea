"""Reads HTML pages and fragments."""

from __future__ import annotations

from dataclasses import replace

from claimcheck.extract.decode import declared_encoding, decode
from claimcheck.extract.htmlblocks import read_html
from claimcheck.extract.offsets import OBJECT, source_of
from claimcheck.extract.origin import origin_of
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.structure import Outline
from claimcheck.extract.tags import Kind, attributes, tokens
from claimcheck.model import Document


def read(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Document:
    """Read an HTML file. Raises ExtractError if it is no text."""
    text = decode(data, path, declared_encoding(data))
    xml = path.lower().endswith(".xhtml") or text.startswith("<?xml")
    if _is_template(text):
        from claimcheck.extract.jinja import cut  # most pages are none
        from claimcheck.extract.templates import XHTML, template_document

        document = template_document(text, path, reading, "html", cut, XHTML if xml else "html")
        return replace(document, language=document.language or page_language(text))
    outline = Outline()
    read_html(outline, source_of(text), path=path, reading=reading, xml=xml)
    return origin_of(path, text, "html").document(outline, language=page_language(text))


def _is_template(text: str) -> bool:
    """Whether code of Jekyll, Hugo, Django and their like stands in it, or front matter; braces in scripts are none."""
    if text.startswith(("---\n", "---\r", "+++\n", "+++\r")):
        return True
    if "{{" not in text and "{%" not in text:
        return False
    shown = (text[one.start : one.end] for one in tokens(text) if one.kind in (Kind.TEXT, Kind.OPEN))
    return any("{{" in stretch or "{%" in stretch for stretch in shown)


def page_language(text: str) -> str:
    """The language that the root element of a page names; empty for none, for a fragment and when code names it."""
    for token in tokens(text):
        if token.name == "html" and token.kind is Kind.OPEN:
            places = attributes(text, token.first, token.last)
            first, last = places.get("lang") or places.get("xml:lang") or (0, 0)
            language = text[first:last].strip()
            return "" if OBJECT in language else language
        if token.name or (token.kind is Kind.TEXT and not text[token.start : token.end].isspace()):
            break
    return ""
