"""Finds the titles of Markdown links, images and reference definitions in the file: the parser gives no place."""

from __future__ import annotations

import re

from claimcheck.extract.offsets import Source, Stretch, StretchBuilder, source_of
from claimcheck.extract.tags import character

_BEFORE_TITLE = {
    "](": re.compile(r"""\]\(\s*(?:<[^<>\n]*>|[^\s<]\S*+)?\s+(?=["'(])"""),
    "]:": re.compile(r"""\]:\s*(?:<[^<>\n]*>|[^\s<]\S*+)\s+(?=["'(])"""),
}
_SPECIAL = re.compile(
    r"\\([!-/:-@\[-`{-~])"
    r"|(?<![ \t])[ \t]*(?:\r\n?|\n)[ \t]*"
    r"|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)


def link_title(source: Source, opening: str, start: int, end: int, *, title: str) -> Stretch:
    """
    The title of a link with the map to its characters.

    Args:
        source: The text in which it stands.
        opening: What stands before the destination: ``](`` in links and images, ``]:`` in definitions.
        start: Where to look for that, behind the words of the link.
        end: Where the last character before the closing parenthesis, or of the definition, ends.
        title: What the title stands for.
    """
    at = source.text.find(opening, start, end)
    found = _BEFORE_TITLE[opening].match(source.text, at, end) if at >= 0 else None
    if found:
        first = found.end() + 1
        last = first + len(source.text[first:end].rstrip()) - 1
        stretch = _unescaped(source, first, last)
        if stretch.text.split() == _visible(title):
            return stretch
        start, end = first, last
    # Where line ends carry the markers of a quotation the parts cannot be told apart: the whole place, then.
    whole = StretchBuilder(source)
    whole.decoded(" ".join(title.split()), start, end)
    return whole.build()


def _unescaped(source: Source, start: int, end: int) -> Stretch:
    builder = StretchBuilder(source)
    for found in builder.around(_SPECIAL, start, end):
        if found[1]:
            builder.exact(*found.span(1))
        elif found[0][0] == "&":
            builder.decoded(character(found[0]), *found.span())
        else:
            builder.line_break(*found.span())
    return builder.build()


def _visible(title: str) -> list[str]:
    builder = StretchBuilder(source_of(title))
    builder.exact(0, len(title))
    return builder.build().text.split()
