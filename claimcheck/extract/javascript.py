"""Reads JavaScript and TypeScript: the strings that are copy, and markup in them (JSX)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from claimcheck.errors import ExtractError
from claimcheck.extract.decode import decode, place
from claimcheck.extract.embedded import holds_html
from claimcheck.extract.fields import Fields, is_prose
from claimcheck.extract.htmlblocks import read_html
from claimcheck.extract.literals import is_prose_literal
from claimcheck.extract.markup import HEARD, Markup, inner_source, is_component, is_prop
from claimcheck.extract.offsets import OBJECT, Source, StretchBuilder, composed, source_of
from claimcheck.extract.origin import origin_of
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.scripts import (
    JSX,
    SCRIPT,
    SHOWS_HTML,
    VUE,
    Attribute,
    Dialect,
    Frame,
    Kind,
    Nest,
    Scanner,
    Token,
)
from claimcheck.extract.structure import Outline, has_words
from claimcheck.extract.tags import SPOKEN_ATTRIBUTES, add_text
from claimcheck.model import Document, Run

DEEPEST = 32
"""How deep markup may stand in the attributes of markup."""

_TYPED = (".ts", ".mts", ".cts")

# What is said to developers, and what is looked up by a name.
_MUTED_OBJECTS = frozenset("assert chai console debug expect log logger performance process".split())
_MUTED_CALLS = frozenset(
    "assert classnames clsx cn css cva cx debug deprecate error gql graphql import invariant keyframes log matchMedia"
    " postMessage querySelector querySelectorAll RegExp require sql Symbol twMerge warn warning".split()
)
# The names of tests and of events; the functions beside them are code like any other.
_NAMING_CALLS = frozenset(
    "addEventListener afterAll afterEach beforeAll beforeEach closest defineComponent describe dispatchEvent emit"
    " getAttribute getElementById getItem hasAttribute it matches off on once removeAttribute removeEventListener"
    " setItem suite test trackEvent use".split()
)
_SAYING_CALLS = frozenset("__ _ _e _n _x defineMessage gettext i18n i18next msg ngettext t tc trans translate".split())
_SILENT_TAGS = frozenset(
    "createGlobalStyle css cypher glsl gql graphql groq injectGlobal keyframes raw sql styled tw wgsl xpath".split()
)
_HTML_TAGS = frozenset({"html", "svg"})
_NAMES = ("name",)
# What Astro puts into the element.
_SHOWN_ATTRIBUTES = frozenset({"set:html", "set:text"})
# Names of props and options that choose something.
_OTHER_KEYS = frozenset(
    "align animation appearance as behavior color colour direction display event fill gap intent justify kind mode"
    " on orientation placement position rel role shape size slot stroke target theme tone transition variant"
    " weight".split()
)

# A string that goes on in the next one, with or without something in between.
_PLUS = re.compile(r"""\s*+\+\s*+(?:[^;,?:="'`{}]{1,200}?\+\s*+)?""")
# One word of which a part is put in, what selects elements, and what links are for.
_NO_COPY = re.compile(
    rf"[^\s{OBJECT}]*+{OBJECT}\S*+|[.#\[]\S++|(?:(?:no(?:follow|opener|referrer)|external|me|sponsored|ugc)\s*+)++"
)
_MARKUP_TAG = re.compile(r"</?[A-Za-z][^<>]*+>")


def read(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Document:
    """Read a file of code. Raises ExtractError if it is no text, or nested beyond measure (``DEEPEST``)."""
    dialect = SCRIPT if path.lower().endswith(_TYPED) else JSX
    return document(data, path, reading, "javascript", dialect)


def document(data: bytes, path: str, reading: Reading, form: str, dialect: Dialect) -> Document:
    """A file of code; ``form`` is the name of its format, for the rest see ``read``."""
    text = decode(data, path)
    outline = Outline()
    read_script(outline, source_of(text), 0, len(text), path=path, reading=reading, dialect=dialect)
    return origin_of(path, text, form).document(outline, blanked=True)


def read_script(
    outline: Outline,
    source: Source,
    start: int,
    end: int,
    *,
    path: str,
    reading: Reading,
    dialect: Dialect = JSX,
) -> None:
    """
    Add the copy of a stretch of JavaScript, TypeScript or JSX to an outline.

    Markup is read as HTML. Props of components that are copy are visible text, and so are strings: an object with copy
    in it is a section of its own, as in a file of data.

    Args:
        outline: Left as deep as it was.
        source: The text in which the code stands.
        start: Where it begins.
        end: Where it ends.
        path: The file, for errors.
        reading: What a configuration says of keys.
        dialect: Whether markup may stand in it.

    Raises:
        ExtractError: If markup stands in attributes of markup deeper than ``DEEPEST`` levels.
    """
    _ScriptReader(outline, source, path, reading, dialect).read(start, end, Frame(Nest.TOP, start))


def read_components(
    outline: Outline, source: Source, start: int, end: int, *, path: str, reading: Reading, dialect: Dialect
) -> None:
    """Add the copy of markup with code in it to an outline; as ``read_script``."""
    _ScriptReader(outline, source, path, reading, dialect).read(start, end, Frame(Nest.MARKUP, start))


@dataclass(slots=True)
class _Literal:
    """
    A string that may go on.

    Args:
        key: What it is given to.
        callee: What it is an argument of, or the name before the backtick.
        aside: Whether it is seen apart from the page's text.
        parts: As in ``Token``.
        end: Where the last of them ends, with its quote.
    """

    frame: Frame
    key: str
    callee: str
    aside: bool
    parts: list[tuple[int, int, bool]]
    end: int


class Piece(NamedTuple):
    """
    A tag, or a stretch of code in brackets, in a text of another kind.

    Args:
        html: What it stands for, of the same length.
        end: Where it ends.
        tag: What it is, if it is a tag.
    """

    html: str
    end: int
    tag: Token | None = None


class PieceReader:
    """
    Reads the tags and the code of JSX that stand in a text of another kind.

    Args:
        outline: Takes what is no part of the text around it: props, strings, comments.
        source: The text.
        path: The file, for errors.
        reading: What a configuration says of keys.
    """

    def __init__(self, outline: Outline, source: Source, path: str, reading: Reading) -> None:
        self._reader = _ScriptReader(outline, source, path, reading, JSX)
        self._base = Frame(Nest.MARKUP, 0)
        self._scanner = Scanner(source.text, 0, len(source.text), JSX, self._base, _is_muted)

    def read(self, at: int) -> Piece | None:
        """What begins with the ``<`` or the opening bracket at this place; ``None`` if it has no end."""
        return self._reader.read_piece(self._scanner, self._base, at)


class _ScriptReader:
    """Takes the pieces of one stretch of code."""

    def __init__(self, outline: Outline, source: Source, path: str, reading: Reading, dialect: Dialect) -> None:
        self._outline = outline
        self._source = source
        self._text = source.text
        self._path = path
        self._reading = reading
        self._dialect = dialect
        self._fields = Fields(outline, path=path, reading=reading)
        self._markup: list[Markup] = []
        self._pending: _Literal | None = None
        self._takers: dict[Kind, Callable[[Token], None]] = {
            Kind.COMMENT: self._on_comment,
            Kind.LITERAL: self._on_literal,
            Kind.OPEN: self._on_open,
            Kind.CLOSE: self._on_close,
            Kind.TEXT: self._on_text,
            Kind.TAG: self._on_tag,
            Kind.END_TAG: self._on_end_tag,
            Kind.RAW: self._on_raw,
        }

    def read(self, start: int, end: int, base: Frame) -> None:
        if base.nest is Nest.MARKUP:
            self._markup.append(Markup(self._text, start))
        self._scan(start, end, base, self._dialect)
        if base.nest is Nest.MARKUP:
            self._read_markup(end)

    def read_piece(self, scanner: Scanner, base: Frame, at: int) -> Piece | None:
        """See ``PieceReader``."""
        markup = Markup(self._text, at)
        self._markup.append(markup)
        code: Frame | None = None
        ending: Token | None = None
        for token in scanner.tokens_from(at):
            self._takers[token.kind](token)
            frame = token.frame
            if token.kind is Kind.OPEN and frame.nest is Nest.EXPRESSION and token.start == at:
                code = frame
            elif (token.kind is Kind.CLOSE and frame is code) or (code is None and frame is base):
                ending = token
                break
        self._flush()
        self._markup.clear()
        if ending is None or ending.start == ending.end:
            return None
        return Piece(markup.html(ending.end), ending.end, ending if ending.kind in (Kind.TAG, Kind.END_TAG) else None)

    def _scan(self, start: int, end: int, base: Frame, dialect: Dialect) -> None:
        takers = self._takers
        for token in Scanner(self._text, start, end, dialect, base, _is_muted).tokens():
            takers[token.kind](token)
        self._flush()

    # ----------------------------------------------------------------- brackets

    def _on_open(self, token: Token) -> None:
        frame = token.frame
        self._flush()
        if frame.nest is Nest.EXPRESSION:
            self._markup[-1].open_code(token.start)
        elif frame.nest is Nest.ATTRIBUTE:
            frame.muted = frame.muted or not self._may_say(frame)
        elif frame.nest is Nest.ROOT:
            if not frame.inline:
                self._enter_markup(token.start)
        elif not frame.muted:
            if frame.nest is Nest.OBJECT:
                self._fields.key(frame.name)
                self._fields.open_mapping()
            else:
                self._fields.key(frame.key)
                self._fields.open_list()

    def _on_close(self, token: Token) -> None:
        frame = token.frame
        self._flush()
        if frame.nest is Nest.EXPRESSION:
            self._markup[-1].close_code(frame.start, token.end)
        elif frame.nest is Nest.ROOT:
            if not frame.inline:
                self._read_markup(token.end)
        elif frame.nest is not Nest.ATTRIBUTE and not frame.muted:
            self._fields.close()

    def _may_say(self, frame: Frame) -> bool:
        """Whether the value of an attribute may hold copy."""
        if frame.name in ("script", "style") or frame.key.startswith("class"):
            return False
        return not frame.key or is_prose(frame.key, "Some words", reading=self._reading)

    # ----------------------------------------------------------------- markup

    def _enter_markup(self, start: int) -> None:
        if len(self._markup) > DEEPEST:
            where = place(self._text, start, self._path)
            what = f"markup stands in attributes of markup more than {DEEPEST} levels deep"
            raise ExtractError(what, where=where, fix="Give the innermost a name of its own.")
        self._markup.append(Markup(self._text, start))

    def _read_markup(self, end: int) -> None:
        markup = self._markup.pop()
        html = markup.html(end)
        runs: tuple[Run, ...] = (Run(0, len(html), markup.start, len(html)),) if html else ()
        if self._source.runs:
            runs = tuple(composed(runs, self._source.runs))
        read_html(self._outline, Source(html, runs), path=self._path, reading=self._reading)

    def _on_text(self, token: Token) -> None:
        self._markup[-1].words(token.start, token.end)

    def _on_end_tag(self, token: Token) -> None:
        self._markup[-1].end_tag(token)

    def _on_raw(self, token: Token) -> None:
        self._markup[-1].keep(token.start, token.end)
        if token.name == "script" and not _is_data(self._text, token.attributes):
            self._scan(token.start, token.end, Frame(Nest.TOP, token.start), SCRIPT)

    def _on_tag(self, token: Token) -> None:
        self._flush()
        component = is_component(token.name)
        for attribute in token.attributes:
            if attribute.value is None:
                continue
            if attribute.name in _SHOWN_ATTRIBUTES:
                self._on_prop("text", attribute.value)
            elif component and is_prop(attribute):
                self._on_prop(attribute.name, attribute.value)
            elif self._dialect is VUE:
                self._on_binding(attribute, attribute.value, token)
        self._markup[-1].tag(token)

    def _on_prop(self, name: str, value: tuple[int, int]) -> None:
        if self._takes(name, self._text[slice(*value)]):
            builder = StretchBuilder(self._source)
            add_text(builder, self._text, *value)
            self._fields.add(builder.inner())

    def _on_binding(self, attribute: Attribute, value: tuple[int, int], token: Token) -> None:
        """An attribute of Vue whose value is code."""
        name = attribute.name
        bound = name.removeprefix("v-bind").removeprefix(":")
        if name in ("v-html", "v-text"):
            bound = "text"
        elif not name.startswith((":", "v-bind:")):
            return
        frame = Frame(Nest.ATTRIBUTE, value[0], key=bound, name=token.name)
        frame.muted = not self._may_say(frame)
        self._scan(*value, frame, SCRIPT)

    # ----------------------------------------------------------------- strings

    def _on_comment(self, token: Token) -> None:
        text = self._text[token.start + 2 : token.end]
        if self._text.startswith("/*", token.start):
            text = text.removesuffix("*/").removeprefix("*")
        self._outline.comment(text, *self._source.place(token.start, token.end))

    def _on_literal(self, token: Token) -> None:
        frame = token.frame
        if frame.muted or not token.parts:
            return
        tag = token.name.rpartition(".")[2]
        if tag in _HTML_TAGS:
            self._read_html(inner_source(self._source, token.parts))
            return
        if token.name and (tag in _SILENT_TAGS or token.name.partition(".")[0] in _SILENT_TAGS):
            return
        literal = _literal(token, tag)
        if not frame.inline:
            self._put_together(literal, token.start)
            return
        inner = inner_source(self._source, token.parts)
        if frame.name == SHOWS_HTML and holds_html(inner.text):
            self._read_html(inner)
        elif frame.shown or self._is_copy(literal, inner.text):
            self._markup[-1].literal(token.parts)

    def _read_html(self, inner: Source) -> None:
        """Add a string of HTML, apart from the markup in which it stands: it may leave elements open."""
        self._flush()
        self._outline.enter_value()
        read_html(self._outline, inner, path=self._path, reading=self._reading)
        self._outline.leave()

    def _put_together(self, literal: _Literal, start: int) -> None:
        """Keep a string back: another may be added to it."""
        before = self._pending
        if before is not None and before.frame is literal.frame and _PLUS.fullmatch(self._text, before.end, start):
            if self._text.count("+", before.end, start) > 1:
                before.parts.append((before.end, start, True))
            before.parts += literal.parts
            before.end = literal.end
        else:
            self._flush()
            self._pending = literal

    def _flush(self) -> None:
        """Add the string that was kept back."""
        literal, self._pending = self._pending, None
        if literal is None:
            return
        inner = inner_source(self._source, literal.parts)
        if not self._is_copy(literal, inner.text):
            return
        if literal.aside:
            builder = StretchBuilder(inner)
            builder.exact(0, len(inner.text))
            self._outline.add_metadata(builder.build())
        else:
            self._fields.add(inner)

    def _is_copy(self, literal: _Literal, value: str) -> bool:
        """Whether a string is copy, by itself and by what it is given to."""
        if not has_words(value) or literal.callee in _NAMING_CALLS or _NO_COPY.fullmatch(value):
            return False
        if literal.callee in _SAYING_CALLS:
            return is_prose("text", value, reading=self._reading)
        return self._takes(literal.key, value)

    def _takes(self, key: str, value: str) -> bool:
        """Whether the value of a property, variable or attribute is copy; one of an unknown name must read as prose."""
        self._fields.key(key)
        if not self._fields.takes(value) or (key in _OTHER_KEYS and not self._reading.copy):
            return False
        if key == "__html" or (is_prose(key, "Word", reading=self._reading) and not key.lower().endswith(_NAMES)):
            return True
        return is_prose_literal(_MARKUP_TAG.sub(" ", value) if holds_html(value) else value)


def _literal(token: Token, tag: str) -> _Literal:
    frame = token.frame
    called = frame.nest is Nest.CALL
    aside = frame.key in HEARD or (
        frame.nest is Nest.ATTRIBUTE and frame.key in SPOKEN_ATTRIBUTES and not is_component(frame.name)
    )
    callee = tag or (frame.callee.rpartition(".")[2] if called else "")
    key = "text" if frame.key in _SHOWN_ATTRIBUTES else frame.key
    return _Literal(frame, key, callee.lstrip("$"), aside, list(token.parts), token.end)


def _is_data(text: str, attributes: tuple[Attribute, ...]) -> bool:
    """Whether a script with these attributes is no code."""
    kinds = [text[slice(*each.value)].lower() for each in attributes if each.name == "type" and each.value]
    return any(kind not in ("", "module") and not kind.endswith(("javascript", "typescript")) for kind in kinds)


def _is_muted(callee: str) -> bool:
    """Whether nothing between the parentheses of a call is copy."""
    name = callee.rpartition(".")[2].rstrip("!")
    return (
        name in _MUTED_CALLS
        or name.endswith(("Error", "Exception"))
        or callee.partition(".")[0].rstrip("?") in _MUTED_OBJECTS
    )
