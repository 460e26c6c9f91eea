"""Cuts HTML into tags, comments and text in linear time, whatever the input; knows nothing of documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from claimcheck.extract.offsets import FILLER, OBJECT, StretchBuilder

CODE = frozenset({"code", "kbd", "pre", "samp", "var"})
"""Elements that hold no copy, and that are cut out whole."""

_RAW_TEXT = frozenset({"iframe", "noembed", "noframes", "script", "style"})
HIDING = frozenset({"math", "svg", "template"})
"""Elements that hold markup that is no copy."""

RAW = _RAW_TEXT | HIDING
"""Elements that are not shown as text."""

_TITLES = frozenset({"desc", "title"})

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
"""Elements that hold nothing and have no end tag."""

SPOKEN_ATTRIBUTES = frozenset({"alt", "title", "aria-label", "aria-description", "label", "placeholder"})
_DEAF = frozenset({"link", "style"})
# What a "meta" tag says in its "content" when its "name", "property" or "itemprop" ends like this.
_META_PROSE = ("title", "description", "image:alt", "headline", "abstract")
_META_NAMES = ("name", "property", "itemprop")
_BUTTONS = frozenset({"submit", "button", "reset"})
# "until-found" is none of these: such an element is opened for who searches.
_HIDDEN = frozenset({"", "hidden", "true"})
_HEARD = SPOKEN_ATTRIBUTES | {*_META_NAMES, "content", "type", "value", "hidden", "style", "lang", "xml:lang"}
_INVISIBLE_STYLE = re.compile(
    r"""(?<=["'=;])\s*+(?:display\s*+:\s*+none|visibility\s*+:\s*+hidden)(?![\w-])""", re.IGNORECASE
)

# Code of a template may stand for a name, or around one: see FILLER.
_NAME = rf"[A-Za-z{OBJECT}][^\s/>{FILLER}]*+"
_TAG_NAME = re.compile(_NAME)
_SPACE = rf"[\s{FILLER}]*+"
_TAG = re.compile(rf"""<(/?+)({_NAME})((?:[^>=]++|={_SPACE}(?:"[^"]*+"|'[^']*+')?+)*+)>""")
_TAG_WITHOUT_QUOTES = re.compile(rf"<(/?+)({_NAME})([^>]*+)>")
_ATTRIBUTE = re.compile(
    rf"""((?:[^\s"'<>/={FILLER}{OBJECT}]|{OBJECT}{FILLER}*+)++)"""
    rf"""(?:{_SPACE}={_SPACE}(?:"([^"]*+)"|'([^']*+)'|([^\s"'>][^\s>]*+)))?+"""
)
_BEFORE_SLASH = f" \t\n\r\f\"'{FILLER}"
_ODD = re.compile(r"[\t\n\r\f ]{2,}+|[\t\n\r\f]|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_END_TAGS = {
    name: re.compile(rf"</{name}(?=[\s/>{FILLER}])", re.ASCII | re.IGNORECASE) for name in CODE | _RAW_TEXT | _TITLES
}


class Kind(Enum):
    """What a token is."""

    TEXT = "text"
    LITERAL = "literal"
    """A ``CDATA`` section."""
    OPEN = "open"
    CLOSE = "close"
    COMMENT = "comment"
    DECLARATION = "declaration"
    TITLE = "title"
    """A ``title`` or ``desc`` with what stands in it, which is text without tags."""
    HIDDEN = "hidden"
    """An element with what stands in it, which is no copy."""


class Token(NamedTuple):
    """
    A stretch of HTML.

    Args:
        first: Where that begins which it holds: the attributes of a tag, the words of a comment, title or hidden
            element.
        last: One past the end of that.
        name: Of the element, lower case; empty for what is none.
        closed: Whether a comment or hidden element ends where it should, not just at the end of the chunk.
    """

    kind: Kind
    start: int
    end: int
    first: int
    last: int
    name: str = ""
    closed: bool = True


def tokens(chunk: str) -> Iterator[Token]:
    """Cut HTML into tokens that tile it. A ``<`` that begins no tag is text."""
    cutter = Cutter(chunk)
    text = at = 0
    while (at := chunk.find("<", at)) >= 0:
        token = cutter.token(at)
        if token is None:
            at += 1
            continue
        if at > text:
            yield Token(Kind.TEXT, text, at, text, at)
        yield token
        text = at = token.end
    if text < len(chunk):
        yield Token(Kind.TEXT, text, len(chunk), text, len(chunk))


class Cutter:
    """Cuts off one piece of markup after the other; what was searched for in vain is not searched for again."""

    def __init__(self, chunk: str) -> None:
        self._chunk = chunk
        self._tag = _TAG
        self._last_end = chunk.rfind(">")
        self._never: set[str] = set()

    def token(self, at: int) -> Token | None:
        """The tag, comment or element that begins with the ``<`` at this place; ``None`` if it is text."""
        if at > self._last_end:
            return self._comment(at) if self._chunk.startswith("<!--", at) else None
        found = self._tag.match(self._chunk, at)
        if found is None:
            return self._odd(at)
        slash, name = found.group(1, 2)
        name = name.lower()
        first, last = found.span(3)
        if slash:
            return Token(Kind.CLOSE, at, last + 1, first, last, name)
        if name in _END_TAGS and not is_empty(self._chunk, first, last):
            return self._element(name, found)
        return Token(Kind.OPEN, at, last + 1, first, last, name)

    def _element(self, name: str, tag: re.Match[str]) -> Token:
        """An element whose content is no markup; without an end tag, one that matters is hidden to the end."""
        start, first = tag.span()
        close = None
        if name not in self._never:
            close = _END_TAGS[name].search(self._chunk, first)
        if close is not None:
            kind = Kind.TITLE if name in _TITLES else Kind.HIDDEN
            end = self._chunk.find(">", close.end()) + 1
            return Token(kind, start, end or len(self._chunk), first, close.start(), name)
        self._never.add(name)
        if name in _RAW_TEXT:
            return Token(Kind.HIDDEN, start, len(self._chunk), first, len(self._chunk), name, closed=False)
        return Token(Kind.OPEN, start, first, *tag.span(3), name)

    def _odd(self, at: int) -> Token | None:
        chunk = self._chunk
        following = chunk[at + 1 : at + 2]
        if following == "!":
            if chunk.startswith("<!--", at):
                return self._comment(at)
            if chunk.startswith("<![CDATA[", at) and (end := self._find("]]>", at + 9)) >= 0:
                return Token(Kind.LITERAL, at, end + 3, at + 9, end)
        elif following == "?":
            if chunk.startswith(("<?php", "<?="), at):
                end = self._find("?>", at)
                end = end + 2 if end >= 0 else len(chunk)
                return Token(Kind.DECLARATION, at, end, at, end)
        elif following != "/" or not chunk.startswith("</>", at):
            return self._open_quote(at) if following.isalpha() or following in ("/", OBJECT) else None
        end = chunk.index(">", at) + 1
        return Token(Kind.DECLARATION, at, end, at, end)

    def _open_quote(self, at: int) -> Token | None:
        """A tag in which no ``>`` stands outside quotes to the end: from here on quotes hide none."""
        if self._tag is _TAG_WITHOUT_QUOTES or _TAG_WITHOUT_QUOTES.match(self._chunk, at) is None:
            return None
        self._tag = _TAG_WITHOUT_QUOTES
        return self.token(at)

    def _comment(self, at: int) -> Token:
        chunk = self._chunk
        if chunk.startswith(("<!-->", "<!--->"), at):
            end = chunk.index(">", at)
            return Token(Kind.COMMENT, at, end + 1, end, end)
        end = self._find("-->", at + 4)
        if end < 0:
            return Token(Kind.COMMENT, at, len(chunk), at + 4, len(chunk), closed=False)
        return Token(Kind.COMMENT, at, end + 3, at + 4, end)

    def _find(self, wanted: str, at: int) -> int:
        """Offset of the next ``wanted`` at or after ``at``; -1 if there is none, which is remembered."""
        end = -1 if wanted in self._never else self._chunk.find(wanted, at)
        if end < 0:
            self._never.add(wanted)
        return end


def attributes(chunk: str, start: int, end: int) -> dict[str, tuple[int, int]]:
    """
    Places of the values of those attributes between ``start`` and ``end`` of a tag that matter, by lower-case name.

    A ``hidden`` that code of a template puts there, or not, is left out.
    """
    places: dict[str, tuple[int, int]] = {}
    for found in _ATTRIBUTE.finditer(chunk, start, end):
        name = found[1].lower()
        if name in _HEARD and name not in places:
            if name == "hidden" and FILLER in (chunk[found.start() - 1], chunk[found.end()]):
                continue
            group = found.lastindex or 1
            places[name] = found.span(group) if group > 1 else (found.end(), found.end())
    return places


def is_empty(chunk: str, start: int, end: int) -> bool:
    """
    Whether a tag with these attributes ends with a slash as in XML, and so has nothing in it and no end tag.

    A slash at the end of a value without quotes belongs to that.
    """
    return start < end and chunk[end - 1] == "/" and (start == end - 1 or chunk[end - 2] in _BEFORE_SLASH)


def spoken(chunk: str, element: str, places: dict[str, tuple[int, int]]) -> list[tuple[int, int]]:
    """
    Places of the non-empty attributes of an element that are read by people.

    These are alternative texts, titles, labels and placeholders of any element, what a ``meta`` tag says to search
    engines and previews, and the words on a button.

    Args:
        places: As ``attributes`` gives them.
    """
    if element in _DEAF:
        return []
    names = SPOKEN_ATTRIBUTES
    if element == "meta":
        says = (chunk[slice(*places[name])].strip().lower() for name in _META_NAMES if name in places)
        if any(name.endswith(_META_PROSE) for name in says):
            names = names | {"content"}
    elif element == "input" and "type" in places and chunk[slice(*places["type"])].strip().lower() in _BUTTONS:
        names = names | {"value"}
    return [place for name, place in places.items() if name in names and place[0] < place[1]]


def hides(chunk: str, places: dict[str, tuple[int, int]]) -> bool:
    """Whether an element with these attributes is not shown: by ``hidden`` or by its ``style``."""
    if "hidden" in places and chunk[slice(*places["hidden"])].strip().lower() in _HIDDEN:
        return True
    return "style" in places and _INVISIBLE_STYLE.search(chunk, *places["style"]) is not None


def spoken_attributes(source: str, start: int, end: int) -> list[tuple[int, int]]:
    """Places of the attributes that are read by people in the tag that stands there; see ``spoken``."""
    name = _TAG_NAME.match(source, start + 1, end)
    if name is None:
        return []
    return spoken(source, name[0].lower(), attributes(source, name.end(), end - 1))


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


@lru_cache(maxsize=4096)
def character(entity: str) -> str:
    """What an entity such as ``&nbsp;`` stands for; itself if for nothing."""
    from html import unescape  # its table of 2,231 names is seldom needed

    return unescape(entity)
