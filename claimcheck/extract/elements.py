"""What the elements of HTML do to the text around them."""

from __future__ import annotations

from enum import Enum

from claimcheck.extract.tags import VOID, Kind, Token, is_empty


class Effect(Enum):
    """What a tag does to the text around it."""

    NONE = "none"
    BREAK = "break"
    """Breaks a line; twice, it ends a paragraph."""
    RAISED = "raised"
    META = "meta"
    BLOCK = "block"
    CELL = "cell"
    HEADING = "heading"
    CONTAINER = "container"


LISTS = frozenset({"ul", "ol", "dl", "menu", "dir"})
ITEMS = frozenset({"li", "dd", "dt"})
REGIONS = frozenset({"aside", "footer", "header", "nav"})
_CONTAINERS = LISTS | ITEMS | REGIONS | {"table", "tr", "blockquote"}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    "address article audio body button canvas caption center col colgroup datalist details dialog div fieldset "
    "figcaption figure form frameset head hgroup hr html iframe label legend main noscript object optgroup option p "
    "picture pre search section select summary tbody textarea tfoot thead title video".split()
)
_INLINE = frozenset(
    "a abbr acronym applet area b base basefont bdi bdo big blink cite code data del dfn em embed font i img input ins "
    "kbd link map mark math meter nobr output param progress q rb rp rt rtc ruby s samp script slot small source "
    "span strike strong style sub svg template time track tt u var wbr".split()
)
EFFECTS = {
    **dict.fromkeys(_INLINE, Effect.NONE),
    **dict.fromkeys(_BLOCKS, Effect.BLOCK),
    **dict.fromkeys(HEADINGS, Effect.HEADING),
    **dict.fromkeys(_CONTAINERS, Effect.CONTAINER),
    **dict.fromkeys(("td", "th"), Effect.CELL),
    "br": Effect.BREAK,
    "meta": Effect.META,
    "sup": Effect.RAISED,
}
SET_APART = (Effect.BLOCK, Effect.CELL, Effect.HEADING, Effect.CONTAINER)

ENDED_BY = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr"}),
    "td": frozenset({"td", "th", "tr"}),
    "th": frozenset({"td", "th", "tr"}),
    "option": frozenset({"option", "optgroup"}),
    "p": _BLOCKS | _CONTAINERS | HEADINGS.keys(),
}
"""Elements whose end tag may be left out: the beginning of one of these ends them."""

ROOTS = frozenset({"body", "html"})
"""A page that hides itself until its scripts have run is shown in the end."""

PARTING = frozenset({"article", "details", "dialog", "fieldset", "form", "hr", "main", "section"})
"""What stands before and after one of these is not read together."""


def breaks_text(name: str) -> bool:
    """Whether the words before and after a tag of that name stand apart."""
    effect = effect_of(name)
    return effect is Effect.BREAK or effect in SET_APART


def effect_of(name: str) -> Effect:
    """What a tag of that name, in lower case, does."""
    known = EFFECTS.get(name)
    if known is not None:
        return known
    # An element of the page's own is made of blocks more often than not.
    return Effect.BLOCK if "-" in name else Effect.NONE


class Hidden:
    """An element that is not shown, up to its end."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._open: dict[str, int] = {}
        self._depth = 0

    def ends_before(self, token: Token) -> bool:
        """Whether a tag ends it and stands outside: its end tag was left out."""
        if token.kind is Kind.OPEN:
            return not self._depth and token.name in ENDED_BY.get(self.name, ())
        return token.kind is Kind.CLOSE and token.name not in (self.name, "p") and not self._open.get(token.name)

    def ends_with(self, token: Token, chunk: str) -> bool:
        """Whether a tag is its end tag; tags that open and close in it are counted."""
        name = token.name
        if token.kind is Kind.OPEN:
            if name != "p" and name not in VOID and not is_empty(chunk, token.first, token.last):
                self._open[name] = self._open.get(name, 0) + 1
                self._depth += 1
        elif token.kind is Kind.CLOSE:
            if self._open.get(name):
                self._open[name] -= 1
                self._depth -= 1
            else:
                return name == self.name
        return False
