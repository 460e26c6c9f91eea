"""Turns markup of components (JSX, Astro, Svelte, Vue) into HTML of the same length, in which code is blanked out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from claimcheck.extract.elements import EFFECTS, HEADINGS, breaks_text
from claimcheck.extract.escapes import PAIR, character_at, paired
from claimcheck.extract.offsets import FILLER, OBJECT, Source, StretchBuilder
from claimcheck.extract.scripts import Attribute, Token
from claimcheck.extract.tags import VOID

HEARD = frozenset({"alt", "aria-description", "aria-label", "placeholder"})
"""Attributes that are seen apart from the page's text wherever they stand."""

# What a component of such a name is for is what the element does.
_LIKE_HTML = frozenset(EFFECTS) - frozenset("data head map meta object select template time title".split())
_LINKS = frozenset({"Highlight", "Link", "NavLink", "NextLink", "NuxtLink", "RouterLink", "Trans"})
# Elements in which nothing but words in one line stands.
_PHRASES = frozenset({*HEADINGS, *"a b button em i label p small span strong summary u".split()})

_ESCAPE = re.compile(
    rf"{PAIR}|\\(?:u\{{[0-9a-fA-F]+\}}|u[0-9a-fA-F]{{4}}|x[0-9a-fA-F]{{2}}|\r\n|.)",
    re.DOTALL,
)
_NOT_TEXT = re.compile(rf"{_ESCAPE.pattern}|<", re.DOTALL)
_ESCAPES = {"b": "", "f": " ", "n": "\n", "r": "\r", "t": " ", "v": " ", "0": "", "\r": "", "\n": "", "\r\n": ""}
_DIGIT = re.compile(r"[0-9;]")

# Between two strings that are put together, and in code that gives nothing.
_GLUE = re.compile(r"""["'`\s+()]*+""")
_SILENT = re.compile(r"(?:\s++|//[^\r\n]*+|/\*(?:[^*]++|\*(?!/))*+\*/)*+")
_CODE = re.compile(r"\{\{?[^{}]*+\}\}?")
_PROP = re.compile(r"[A-Za-z][\w-]*+")
_FURTHEST = 30


@dataclass(slots=True)
class _Element:
    """
    An element that is open.

    Args:
        parts: Where its name stands among the parts, if it is a component: what it does is known when its parent ends.
        phrase: Whether it stands in a line of words.
        worded: Whether words stand right in it.
        children: The components right in it.
    """

    name: str
    shown: str
    phrase: bool
    parts: list[int] = field(default_factory=list)
    worded: bool = False
    children: list[_Element] = field(default_factory=list)


class Markup:
    """
    Takes the pieces of markup in their order, and gives HTML of the same length.

    Args:
        text: In which it stands.
        start: Where it begins.
    """

    def __init__(self, text: str, start: int) -> None:
        self.start = start
        self._text = text
        self._at = start
        self._parts: list[str] = []
        self._expressions: list[int] = []
        self._open = [_Element("", "", phrase=False)]

    def words(self, start: int, end: int) -> None:
        """Words between tags."""
        self.keep(start, end)
        if not self._text[start:end].isspace():
            self._open[-1].worded = True

    def keep(self, start: int, end: int) -> None:
        """What stays as it is."""
        self._until(start)
        self._put(self._text[start:end])
        self._at = end

    def literal(self, parts: Iterable[tuple[int, int, bool]]) -> None:
        """The string or template that stands there, as words; ``parts`` as in ``Token``."""
        for start, end, code in parts:
            self._until(start)
            if code:
                self._put(OBJECT + FILLER * (end - start - 1))
            else:
                self._put(_as_text(self._text[start:end]))
                self._open[-1].worded = self._open[-1].worded or not self._text[start:end].isspace()
            self._at = end

    def open_code(self, start: int) -> None:
        """Code between words begins."""
        self._until(start)
        self._expressions.append(0)

    def close_code(self, start: int, end: int) -> None:
        """Code that began at ``start`` ends; if it shows no words of its own, they are unknown."""
        if not self._expressions:
            return
        silent = self._expressions.pop() or self._is_silent(start, end)
        length = end - self._at
        if length > 0:
            self._parts.append(FILLER * length if silent else OBJECT + FILLER * (length - 1))
            self._at = end
        if self._expressions:
            self._expressions[-1] += 1

    def tag(self, token: Token) -> None:
        """A tag that opens an element, or an element without content."""
        outer = self._open[-1]
        name = token.name
        shown = _shown(name)
        element = _Element(name, shown, phrase=outer.phrase or shown in _PHRASES)
        self._until(token.start)
        length = token.end - token.start
        if not name:
            self._put(FILLER * length)
        else:
            if token.empty and shown not in VOID:
                shown = "p" if shown and breaks_text(shown) else "b"
            elif not shown:
                element.parts.append(len(self._parts) + 1)
                outer.children.append(element)
            self._put("<")
            self._parts.append((shown or "b").ljust(len(name)))
            self._at = token.start + 1 + len(name)
            self._attributes(token, component=is_component(name))
            tail = "/>" if token.empty else ">"
            self._parts.append(" " * (token.end - self._at - len(tail)) + tail)
        self._at = token.end
        if not token.empty and element.shown not in VOID:
            self._open.append(element)

    def end_tag(self, token: Token) -> None:
        """A tag that ends an element, and those in it that were left open."""
        self._until(token.start)
        for depth in range(len(self._open) - 1, max(len(self._open) - 1 - _FURTHEST, 0), -1):
            if self._open[depth].name == token.name:
                self._close(token, depth)
                break
        else:
            self._put(self._text[token.start : token.end] if token.name else FILLER * (token.end - token.start))
        self._at = token.end

    def html(self, end: int) -> str:
        """All of it, up to its end."""
        while self._open:
            _decide(self._open.pop(), self._parts)
        self._expressions.clear()
        self._until(end)
        return "".join(self._parts)

    def _close(self, token: Token, depth: int) -> None:
        element = self._open[depth]
        length = token.end - token.start
        if not token.name:
            self._put(FILLER * length)
        else:
            self._put("</")
            if element.parts:
                element.parts.append(len(self._parts))
            self._parts += ((element.shown or "b").ljust(len(token.name)), " " * (length - 3 - len(token.name)) + ">")
        for inner in self._open[depth:]:
            _decide(inner, self._parts)
        del self._open[depth:]

    def _attributes(self, token: Token, *, component: bool) -> None:
        text = self._text
        for attribute in token.attributes:
            if is_kept(attribute, component=component):
                kept = text[attribute.start : attribute.end]
                if "{" in kept:
                    kept = _CODE.sub(_blank, kept)
                self._parts += (" " * (attribute.start - self._at), kept)
                self._at = attribute.end

    def _is_silent(self, start: int, end: int) -> bool:
        """Whether code shows nothing: a comment, or a tag of Svelte."""
        text = self._text
        if _SILENT.fullmatch(text, start + 1, end - 1):
            return True
        sign, letter = text[start + 1 : start + 2], text[start + 2 : start + 3]
        if sign == "@":
            return not text.startswith("html", start + 2)
        return sign == "#" or (sign == "/" and letter.isalpha())

    def _until(self, start: int) -> None:
        """Blank out what stands before ``start``: code, which parts what it shows from what it showed before."""
        length = start - self._at
        if length > 0:
            parting = self._expressions and self._expressions[-1] and not _GLUE.fullmatch(self._text, self._at, start)
            self._parts.append(OBJECT + FILLER * (length - 1) if parting else FILLER * length)
            self._at = start

    def _put(self, part: str) -> None:
        self._parts.append(part)
        if self._expressions:
            self._expressions[-1] += 1


def is_kept(attribute: Attribute, *, component: bool) -> bool:
    """Whether the attribute of a tag says the same in HTML; those of a component are its own, but for a few."""
    name = attribute.name
    if attribute.code or not name or not (name[0].isalpha() or name[0] == "_") or name.startswith("v-"):
        return False
    return name in HEARD or not component


def is_prop(attribute: Attribute) -> bool:
    """Whether the value of a component's attribute, which stands in quotes, may be copy of the component."""
    name = attribute.name
    return name not in HEARD and not name.startswith("v-") and _PROP.fullmatch(name) is not None


def is_component(name: str) -> bool:
    """Whether a tag of that name is no element of HTML, though it may do what one does."""
    base = name.rpartition(".")[2]
    return base[:1].isupper() or "-" in base or base == "template"


def unescaped(escape: str) -> str:
    """What an escape of a JavaScript string stands for."""
    letter = escape[1]
    if letter == "u" and escape.count("\\") == 2:
        return paired(escape)
    digits = escape[2:].strip("{}") if letter in "ux" else ""
    if digits:
        return character_at(int(digits, 16))
    return _ESCAPES.get(escape[1:], escape[1:])


def inner_source(source: Source, parts: Iterable[tuple[int, int, bool]]) -> Source:
    """What a string or template stands for, as a source of its own; ``parts`` as in ``Token``."""
    builder = StretchBuilder(source)
    for start, end, code in parts:
        if code:
            builder.decoded(OBJECT, start, end)
            continue
        for found in builder.around(_ESCAPE, start, end):
            character = unescaped(found[0])
            if character == found[0][1:]:
                builder.exact(found.start() + 1, found.end())
            else:
                builder.decoded(character, *found.span())
    return builder.inner()


def _shown(name: str) -> str:
    """The element of HTML that a tag stands for; empty for a component, and for what Vue puts around elements."""
    base = name.rpartition(".")[2]
    if not (base[:1].isascii() and base[:1].isalpha()):
        return ""  # HTML would take the sign before it for text
    if not base[:1].isupper():
        return "" if "-" in base or base == "template" else base
    lower = base.lower()
    return lower if lower in _LIKE_HTML else ""


def _decide(element: _Element, parts: list[str]) -> None:
    """Take the components right in an element for blocks, unless words stand between them."""
    for child in element.children:
        inline = element.worded or element.phrase or child.name.rpartition(".")[2] in _LINKS
        name = "b" if inline else "p"
        for index in child.parts:
            parts[index] = name.ljust(len(parts[index]))


def _as_text(text: str) -> str:
    """The characters of a string as words of HTML, in the same length."""
    if "\\" not in text and "<" not in text:
        return text
    return _NOT_TEXT.sub(_masked, text)


def _masked(found: re.Match[str]) -> str:
    written = found[0]
    width = len(written)
    if written == "<":
        return FILLER
    character = unescaped(written)
    if character == written[1:]:
        return FILLER if character == "<" else FILLER + character
    if not character:
        return FILLER * width
    if character.isspace() and character.isascii():
        return "\n" + FILLER * (width - 1)
    entity = f"&#{ord(character)};"
    if len(entity) > width:
        entity = entity[:-1]
        if len(entity) > width or _DIGIT.match(found.string, found.end()):
            entity = OBJECT
    return entity + FILLER * (width - len(entity))


def _blank(found: re.Match[str]) -> str:
    return OBJECT + FILLER * (len(found[0]) - 1)
