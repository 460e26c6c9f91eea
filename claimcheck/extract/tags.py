"""Cuts HTML into tags, comments and text in linear time, whatever the input; knows nothing of documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import NamedTuple

from claimcheck.extract.offsets import StretchBuilder

# What stands inside is not copy, and not to be parsed either.
RAW = frozenset({"script", "style", "template", "svg", "math"})
CODE = frozenset({"code", "kbd", "pre", "samp", "var"})

SPOKEN_ATTRIBUTES = frozenset({"alt", "title", "aria-label", "aria-description", "label", "placeholder"})
# What a "meta" tag says in its "content" when its "name", "property" or "itemprop" ends like this.
_META_PROSE = ("title", "description", "image:alt", "headline", "abstract")
_META_NAMES = frozenset({"name", "property", "itemprop"})
_BUTTONS = frozenset({"submit", "button", "reset"})

_NAME = re.compile(r"[A-Za-z][^\s/>]*")
_END_OR_QUOTED = re.compile(r">|=\s*([\"'])")
_ATTRIBUTE = re.compile(
    r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""",
)
_ODD = re.compile(r"[\t\n\r\f ]{2,}|[\t\n\r\f]|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")


class Kind(Enum):
    """What a token is."""

    TEXT = "text"
    OPEN = "open"
    CLOSE = "close"
    COMMENT = "comment"
    HIDDEN = "hidden"


class Token(NamedTuple):
    """
    A stretch of HTML.

    Args:
        name: Of the element, lower case; empty for text and comments.
        closed: Whether a comment or hidden element ends where it should, not just at the end of the chunk.
    """

    kind: Kind
    start: int
    end: int
    name: str = ""
    closed: bool = True


def tokens(chunk: str) -> Iterator[Token]:
    """Cut HTML into tokens that tile it. A ``<`` that begins no tag is text."""
    ends = _Ends(chunk)
    text = at = 0
    while True:
        at = chunk.find("<", at)
        if at < 0:
            break
        token = _markup(chunk, at, ends)
        if token is None:
            at += 1
            continue
        if at > text:
            yield Token(Kind.TEXT, text, at)
        yield token
        text = at = token.end
    if text < len(chunk):
        yield Token(Kind.TEXT, text, len(chunk))


def spoken_attributes(source: str, start: int, end: int) -> list[tuple[int, int]]:
    """
    Places of the non-empty attributes that are read by people in the tag that stands there.

    These are alternative texts, titles, labels and placeholders of any element, what a ``meta`` tag says to search
    engines and previews, and the words on a button.
    """
    name = _NAME.match(source, start + 1, end)
    at = name.end() if name else end
    element = name[0].lower() if name else ""
    spoken = SPOKEN_ATTRIBUTES
    values: list[tuple[str, tuple[int, int]]] = []
    while at < end:
        found = _ATTRIBUTE.match(source, at, end)
        if found is None:
            at += 1
            continue
        value = found.lastindex or 1
        if value > 1 and found[value]:
            attribute = found[1].lower()
            values.append((attribute, found.span(value)))
            spoken = spoken | _also_spoken(element, attribute, found[value].strip().lower())
        at = found.end()
    return [place for attribute, place in values if attribute in spoken]


def _also_spoken(element: str, attribute: str, value: str) -> frozenset[str]:
    """What else of an element is read by people when one of its attributes has this value."""
    if element == "meta" and attribute in _META_NAMES and value.endswith(_META_PROSE):
        return frozenset({"content"})
    if element == "input" and attribute == "type" and value in _BUTTONS:
        return frozenset({"value"})
    return frozenset()


def add_text(builder: StretchBuilder, chunk: str, start: int, end: int, *, shift: int = 0) -> None:
    """
    Add HTML text to a builder: entities decoded, white space as one space, the rest as it is.

    Args:
        builder: Takes the text.
        chunk: The HTML.
        start: Offset of the text in the chunk.
        end: One past its last character.
        shift: Offset of the chunk in the builder's source.
    """
    for found in _ODD.finditer(chunk, start, end):
        first, last = found.span()
        decoded = character(found[0]) if found[0][0] == "&" else None
        if decoded == found[0]:
            continue
        builder.exact(start + shift, first + shift)
        if decoded is None:
            builder.line_break(first + shift, last + shift)
        else:
            builder.decoded(decoded, first + shift, last + shift)
        start = last
    builder.exact(start + shift, end + shift)


@cache
def character(entity: str) -> str:
    """What an entity such as ``&nbsp;`` stands for; itself if for nothing."""
    from html import unescape  # its table of 2,231 names is seldom needed

    return unescape(entity)


class _Ends:
    """Where the last ``>``, quotes and closing tags stand, so that nothing is searched for in vain twice."""

    def __init__(self, chunk: str) -> None:
        self.chunk = chunk
        self.tag = chunk.rfind(">")
        self.comment = chunk.rfind("-->")
        self.quotes = True
        self._last: dict[str, int] = {}
        self._lower = ""

    def of_element(self, name: str, at: int) -> int:
        """Offset of ``</name`` at or after ``at``; -1 if there is none."""
        if not self._lower:
            # Lower-casing may change the length of some letters; only the ASCII of tag names matters here.
            self._lower = self.chunk.translate(_ASCII_LOWER)
        closing = f"</{name}"
        if name not in self._last:
            self._last[name] = self._lower.rfind(closing)
        return self._lower.find(closing, at) if at <= self._last[name] else -1


_ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def _markup(chunk: str, at: int, ends: _Ends) -> Token | None:
    following = chunk[at + 1 : at + 2]
    if following == "!" and chunk.startswith("<!--", at):
        close = chunk.find("-->", at + 4) if at + 4 <= ends.comment else -1
        return Token(Kind.COMMENT, at, len(chunk) if close < 0 else close + 3, closed=close >= 0)
    if at > ends.tag:
        return None
    if following in ("!", "?"):
        return Token(Kind.CLOSE, at, chunk.index(">", at) + 1)
    closing = following == "/"
    name = _NAME.match(chunk, at + 2 if closing else at + 1)
    if name is None:
        return None
    end = _tag_end(chunk, name.end(), ends)
    tag = name[0].lower()
    if closing:
        return Token(Kind.CLOSE, at, end, tag)
    if (tag in RAW or tag in CODE) and chunk[end - 2] != "/":
        close = ends.of_element(tag, end)
        if close >= 0:
            stop = chunk.find(">", close)
            return Token(Kind.HIDDEN, at, stop + 1 if stop >= 0 else len(chunk), tag)
        if tag in RAW:
            return Token(Kind.HIDDEN, at, len(chunk), tag, closed=False)
    return Token(Kind.OPEN, at, end, tag)


def _tag_end(chunk: str, at: int, ends: _Ends) -> int:
    """One past the ``>`` of a tag; a ``>`` in quotes does not count, unless a quote was left open once before."""
    start = at
    while ends.quotes:
        found = _END_OR_QUOTED.search(chunk, at)
        if found is None:
            break
        if found[1] is None:
            return found.end()
        close = chunk.find(found[1], found.end())
        if close < 0:
            break
        at = close + 1
    ends.quotes = False
    end = chunk.find(">", start)
    return end + 1 if end >= 0 else len(chunk)
