"""
Cuts JavaScript and TypeScript, and the markup that stands in them or around them, into the pieces that can hold copy.

It is no parser: it knows strings, templates, comments, regular expressions, brackets and tags, and for each string what
stands before it. It takes linear time whatever the input, which the parsers that keep offsets do not: tree-sitter needs
gigabytes for 160 KB of ``x=\\n;`` and ends the process on other input.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from claimcheck.extract.tags import VOID

_SPECIAL = re.compile(r"""["'`/<()\[\]{}]""")
_STRING = {
    '"': re.compile(r'"(?:[^"\\\r\n]++|\\(?:\r\n|.))*+("?+)', re.DOTALL),
    "'": re.compile(r"'(?:[^'\\\r\n]++|\\(?:\r\n|.))*+('?+)", re.DOTALL),
}
_TEMPLATE = re.compile(r"(?:[^`\\$]++|\\.|\$(?!\{))*+", re.DOTALL)
_COMMENT = re.compile(r"//[^\r\n\u2028\u2029]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?+")
_REGEX = re.compile(r"/(?![*/])(?:[^/\\\[\r\n]++|\\.|\[(?:[^\]\\\r\n]++|\\.)*+\])++/[A-Za-z]*+")
_LONGEST_REGEX = 20_000
_REST_OF_LINE = re.compile(r"[^\r\n]*+")
_WORD = re.compile(r"[\w$]+\Z")
_CALLEE = re.compile(r"[\w$]+(?:\??\.[\w$]+)*!?\Z")
_TAIL = 80

_KEY = re.compile(r"\s*+([\w$]++)\s*+\??:")
_ASSIGNED = re.compile(r"(?<![\w$])([\w$]++)\s*+(?:[?!]?:[\w$.|\s]++)?=(?![=>])")
_TYPE = re.compile(r"\btype\s+[\w$]+\s*=\Z")
_COMPARING = re.compile(r"(?:[=!]==?|(?<!=)[<>]=?|(?<!\|)\||(?<!&)&)\Z")
_COMPARED = re.compile(r"\s*+(?:[=!]==?|\|(?!\|)|&(?!&)|in\b|instanceof\b)")
_COLON = re.compile(r"\s*+:")
# Before an expression; after any other name stands an operator.
_BEFORE_EXPRESSION = frozenset(
    "await case default delete do else export extends in instanceof new of return throw typeof void yield".split()
)
_BEFORE_CODE = frozenset("as case extends from import in instanceof is keyof satisfies throw typeof".split())
_CONTROL = frozenset("catch for if switch while with".split())
_BEFORE_OBJECT = frozenset("([,=:?&|+!~^%*-.")
_BEFORE_LITERAL = _BEFORE_EXPRESSION - {"do", "else"}
_ENDS_ASSIGNMENT = re.compile(r";|\b(?:return|case|throw|yield|if|else|const|let|var)\b")

_NAME = r"[A-Za-z_$][\w$.:-]*+"
_TAG_START = re.compile(rf"<(?:({_NAME})(?=[\s/>{{<])|(?=>))")
_GENERIC = re.compile(rf"<{_NAME}\s*+(?:extends\b|=|,)")
_IN_TAG = re.compile(
    r"""
    (?P<space>\s++)
  | (?P<end>/?>)
  | (?P<comment>//[^\r\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?+)
  | (?P<types><[^<>"'{}=]*+>)
  | (?P<name>[^\s=/<>{}"'`]++)
    (?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<code>\{)|(?P<template>`[^`]*+`)
                 |(?P<plain>[^\s"'{`<>][^\s>]*+)))?+
  | (?P<spread>\{)
    """,
    re.VERBOSE,
)
_END_TAG = re.compile(rf"</\s*+({_NAME})?\s*+>")
_ALL_END_TAGS = re.compile(rf"</\s*+({_NAME})?")
_HTML_COMMENT = re.compile(r"<!--(?:[^-]++|-(?!->))*+(?:-->)?+")
_DECLARATION = re.compile(r"<![^<>]*+>")
_RAW_ELEMENTS = frozenset({"script", "style"})
_FURTHEST = 30
_BLOCK_NAME = re.compile(r"[#:@/][A-Za-z]++")
SHOWS_HTML = "@html"
"""Name of the block of Svelte whose strings are HTML."""


class Nest(Enum):
    """What a bracket, tag or element is that is open."""

    # Each member is one of a kind; the method of Enum is slow, and they are looked up for every piece.
    __hash__ = object.__hash__

    TOP = "top"
    BLOCK = "block"
    OBJECT = "object"
    ARRAY = "array"
    INDEX = "index"
    CALL = "call"
    GROUP = "group"
    SUBSTITUTION = "substitution"
    EXPRESSION = "expression"
    """Code between the words of markup."""
    ATTRIBUTE = "attribute"
    ROOT = "root"
    """An element that stands in code, with its tags."""
    TAG = "tag"
    MARKUP = "markup"
    """What stands between the tags of an element."""
    RAW = "raw"


_BRACES = frozenset({Nest.BLOCK, Nest.OBJECT, Nest.SUBSTITUTION, Nest.EXPRESSION, Nest.ATTRIBUTE})
_KEYED = frozenset({Nest.GROUP, Nest.ARRAY})
_NOTED = frozenset({Nest.OBJECT, Nest.ARRAY, Nest.EXPRESSION, Nest.ATTRIBUTE, Nest.ROOT})
_CLOSED_BY = {")": frozenset({Nest.CALL, Nest.GROUP}), "]": frozenset({Nest.ARRAY, Nest.INDEX})}


class Kind(Enum):
    """What a piece is."""

    __hash__ = object.__hash__

    COMMENT = "comment"
    LITERAL = "literal"
    OPEN = "open"
    CLOSE = "close"
    TEXT = "text"
    TAG = "tag"
    END_TAG = "end tag"
    RAW = "raw"
    """What stands in a script or style sheet of a page."""


class Attribute(NamedTuple):
    """
    An attribute of a tag.

    Args:
        value: Where its value stands, between the quotes; ``None`` if it has none or that is code.
        code: Whether it is code.
    """

    name: str
    start: int
    end: int
    value: tuple[int, int] | None
    code: bool = False


class Token(NamedTuple):
    """
    A piece.

    Args:
        frame: The innermost bracket in which it stands; of ``OPEN`` and ``CLOSE`` the bracket itself.
        parts: Of a literal: ``(start, end, code)`` of its stretches between the quotes, ``code`` for a ``${…}``.
        name: Of a tag, or what stands before the backtick of a template.
        attributes: Of a tag.
        empty: Whether a tag ends with ``/>``.
    """

    kind: Kind
    start: int
    end: int
    frame: Frame
    parts: tuple[tuple[int, int, bool], ...] = ()
    name: str = ""
    attributes: tuple[Attribute, ...] = ()
    empty: bool = False


@dataclass(slots=True)
class Template:
    """A template literal that is not yet at its end."""

    start: int
    tag: str
    parts: list[tuple[int, int, bool]] = field(default_factory=list)
    code: bool = False


@dataclass(slots=True, eq=False)
class Frame:
    """
    A bracket, tag or element that is open.

    Args:
        key: Name of the property, variable or attribute whose value comes.
        callee: What is called; of a group, the keyword before it.
        name: Of the element, or of that whose attribute it is; of an object, the key whose value it is; of an
            expression, that of the block of Svelte, with its sign.
        muted: Whether no copy can stand in it, such as what is logged.
        inline: Whether what it gives is shown between the words of markup.
        shown: Whether it is shown as it is.
        fresh: Whether a key comes next.
        width: Length of its brackets.
        lead: Length of what belongs to it before the bracket.
        template: That in which it stands.
    """

    nest: Nest
    start: int
    key: str = ""
    callee: str = ""
    name: str = ""
    muted: bool = False
    inline: bool = False
    shown: bool = False
    fresh: bool = True
    width: int = 1
    lead: int = 0
    template: Template | None = None
    attributes: list[Attribute] = field(default_factory=list)


class Dialect(NamedTuple):
    """
    How markup and code stand together.

    Args:
        elements: Whether a tag may stand in code where a value is expected.
        html: Whether elements without an end tag, scripts and style sheets stand there as in HTML.
        next_markup: Finds the next tag or code between words.
        width: Length of the brackets around code.
    """

    elements: bool
    html: bool = False
    next_markup: re.Pattern[str] = re.compile(r"[<{]")
    width: int = 1


JSX = Dialect(elements=True)
SCRIPT = Dialect(elements=False)
ASTRO = Dialect(elements=True, html=True)
SVELTE = Dialect(elements=False, html=True)
VUE = Dialect(elements=False, html=True, next_markup=re.compile(r"<|\{\{"), width=2)


class Scanner:
    """
    Cuts up the characters ``start:end`` of a text.

    Args:
        dialect: How markup and code stand together in it.
        base: What it stands in: ``TOP``, ``MARKUP``, or ``ATTRIBUTE`` for the value of one.
        mutes: Tells by the name of what is called whether nothing between its parentheses is copy.
    """

    def __init__(
        self, text: str, start: int, end: int, dialect: Dialect, base: Frame, mutes: Callable[[str], bool]
    ) -> None:
        self._text = text
        self._at = start
        self._end = end
        self._dialect = dialect
        self._mutes = mutes
        self._frames = [base]
        self._braces: list[int] = []
        self._pieces: list[Token] = []
        # What stands before the place in code: the end of the run right before it, and whether that is a value.
        self._tail = "(" if base.nest is Nest.ATTRIBUTE else ""
        self._value = False
        self._called = ""
        self._last_end_tags: dict[str, int] | None = None
        # Up to there a slash begins no regular expression: one before it had no end.
        self._divides_to = 0
        self._steps = dict.fromkeys(Nest, self._code) | {
            Nest.MARKUP: self._markup,
            Nest.ROOT: self._root,
            Nest.TAG: self._in_tag,
            Nest.RAW: self._raw,
        }
        self._signs = {
            '"': self._string,
            "'": self._string,
            "`": self._backtick,
            "/": self._slash,
            "<": self._less,
            "(": self._parenthesis,
            "[": self._bracket,
            "{": self._brace,
            ")": self._close,
            "]": self._close,
            "}": self._close_brace,
        }

    def tokens(self) -> Iterator[Token]:
        """The pieces, in the order in which they end; what is still open at the end is closed there."""
        while self._at < self._end:
            self._steps[self._frames[-1].nest]()
            if self._pieces:
                yield from self._pieces
                self._pieces.clear()
        self._pop_to(1)
        yield from self._pieces

    def tokens_from(self, at: int) -> Iterator[Token]:
        """The pieces from another place on, in what it began in; the caller stops where it likes."""
        del self._frames[1:]
        self._braces.clear()
        self._pieces.clear()
        self._at = at
        return self.tokens()

    # ----------------------------------------------------------------- brackets

    def _push(self, frame: Frame) -> None:
        if frame.nest in _BRACES:
            self._braces.append(len(self._frames))
        self._frames.append(frame)
        if frame.nest in _NOTED:
            self._pieces.append(Token(Kind.OPEN, frame.start, frame.start + frame.width, frame))

    def _pop_to(self, depth: int) -> None:
        """Close brackets until ``depth`` are open, the last of them right here."""
        while len(self._frames) > depth:
            frame = self._frames.pop()
            if self._braces and self._braces[-1] == len(self._frames):
                self._braces.pop()
            if frame.nest in _NOTED:
                width = frame.width if len(self._frames) == depth and self._at < self._end else 0
                self._pieces.append(Token(Kind.CLOSE, self._at, self._at + width, frame))

    def _inside(self, nest: Nest, at: int, *, callee: str = "") -> Frame:
        """A bracket of code in the innermost one."""
        outer = self._frames[-1]
        return Frame(
            nest,
            at,
            key=outer.key if nest in _KEYED else "",
            callee=callee,
            muted=outer.muted or (nest is Nest.CALL and self._mutes(callee)),
            name=outer.key if nest is Nest.OBJECT else "",
            inline=outer.inline and nest is not Nest.OBJECT,
            shown=outer.shown and nest is Nest.GROUP,
        )

    # ----------------------------------------------------------------- code

    def _code(self) -> None:
        at = self._at
        found = _SPECIAL.search(self._text, at, self._end)
        stop = found.start() if found else self._end
        if stop > at:
            self._run(self._text[at:stop].rstrip())
            self._at = stop
        if found:
            self._signs[found[0]](stop)

    def _run(self, run: str) -> None:
        """Names, operators and numbers that stand together."""
        if not run:
            return
        frame = self._frames[-1]
        if frame.nest is Nest.OBJECT:
            _take_key(frame, run)
        else:
            _take_assigned(frame, run)
        self._tail = run[-_TAIL:]
        word = _WORD.search(self._tail)
        self._value = word[0] not in _BEFORE_EXPRESSION if word else run.endswith(("++", "--"))

    def _after(self, at: int, tail: str, *, value: bool) -> None:
        self._at = at
        self._tail = tail
        self._value = value

    def _string(self, at: int) -> None:
        found = _STRING[self._text[at]].match(self._text, at, self._end)
        end = found.end() if found else self._end
        frame = self._frames[-1]
        if frame.nest is Nest.OBJECT and frame.fresh and _COLON.match(self._text, end, self._end):
            frame.key = self._text[at + 1 : end - 1]
        elif found and found[1] and not self._stands_as_code() and not _COMPARED.match(self._text, end, self._end):
            self._pieces.append(Token(Kind.LITERAL, at, end, frame, parts=((at + 1, end - 1, False),)))
        frame.fresh = False
        self._after(end, '"', value=True)

    def _stands_as_code(self) -> bool:
        """Whether a string here is no copy: a directive, a path, an index, a type, or compared with something."""
        tail = self._tail
        if self._frames[-1].nest is Nest.INDEX or self._value or not tail or tail[-1] in ";{}":
            return True
        if _COMPARING.search(tail) or _TYPE.search(tail):
            return True
        word = _WORD.search(tail)
        return word is not None and word[0] in _BEFORE_CODE

    def _backtick(self, at: int) -> None:
        tag = ""
        if self._value:
            callee = _CALLEE.search(self._tail)
            tag = callee[0] if callee else self._called or "?"
            self._value = False
            code = False
        else:
            code = self._stands_as_code()
        self._frames[-1].fresh = False
        self._template(Template(at, tag, code=code), at + 1)

    def _template(self, template: Template, at: int) -> None:
        """Go on with a template, up to its end or to code in it."""
        found = _TEMPLATE.match(self._text, at, self._end)
        end = found.end() if found else self._end
        if end > at:
            template.parts.append((at, end, False))
        if self._text.startswith("${", end):
            frame = Frame(Nest.SUBSTITUTION, end, muted=self._frames[-1].muted, template=template)
            self._push(frame)
            self._after(min(end + 2, self._end), "(", value=False)
            return
        if end < self._end:
            end += 1
            if not template.code and not _COMPARED.match(self._text, end, self._end):
                parts = tuple(template.parts)
                token = Token(Kind.LITERAL, template.start, end, self._frames[-1], parts=parts, name=template.tag)
                self._pieces.append(token)
        self._after(end, '"', value=True)

    def _slash(self, at: int) -> None:
        if found := _COMMENT.match(self._text, at, self._end):
            self._pieces.append(Token(Kind.COMMENT, at, found.end(), self._frames[-1]))
            self._at = found.end()
        elif not self._value and (end := self._end_of_regex(at)):
            self._after(end, "/", value=True)
        else:
            self._after(at + 1, "/", value=False)

    def _end_of_regex(self, at: int) -> int:
        """One past the regular expression that begins with the slash at this place; 0 if none does."""
        if at < self._divides_to:
            return 0
        limit = min(self._end, at + _LONGEST_REGEX)
        if found := _REGEX.match(self._text, at, limit):
            return found.end()
        if rest := _REST_OF_LINE.match(self._text, at, limit):
            self._divides_to = rest.end()
        return 0

    def _less(self, at: int) -> None:
        if (
            self._dialect.elements
            and not self._value
            and _TAG_START.match(self._text, at, self._end)
            and not _GENERIC.match(self._text, at, self._end)
        ):
            self._push(self._inside(Nest.ROOT, at))
        else:
            self._after(at + 1, "<", value=False)

    def _parenthesis(self, at: int) -> None:
        callee = _CALLEE.search(self._tail) if self._value else None
        name = callee[0] if callee else ""
        nest = Nest.CALL if self._value and name not in _CONTROL else Nest.GROUP
        self._open(self._inside(nest, at, callee=name))

    def _bracket(self, at: int) -> None:
        self._open(self._inside(Nest.INDEX if self._value else Nest.ARRAY, at))

    def _brace(self, at: int) -> None:
        tail = self._tail
        word = _WORD.search(tail)
        literal = not self._value and (tail[-1:] in _BEFORE_OBJECT or (word and word[0] in _BEFORE_LITERAL))
        self._open(self._inside(Nest.OBJECT if literal else Nest.BLOCK, at))

    def _open(self, frame: Frame) -> None:
        self._frames[-1].fresh = False
        self._push(frame)
        self._after(frame.start + 1, "{" if frame.nest in (Nest.BLOCK, Nest.OBJECT) else "(", value=False)

    def _close(self, at: int) -> None:
        frame = self._frames[-1]
        sign = self._text[at]
        if frame.nest in _CLOSED_BY[sign]:
            self._pop_to(len(self._frames) - 1)
            self._called = frame.callee
        self._after(at + 1, sign, value=frame.callee not in _CONTROL)

    def _close_brace(self, at: int) -> None:
        if not self._braces:
            self._after(at + 1, "}", value=False)
            return
        depth = self._braces[-1]
        frame = self._frames[depth]
        if not self._text.startswith("}" * frame.width, at):
            self._after(at + 1, "}", value=False)
            return
        self._pop_to(depth)
        self._after(at + frame.width, "}", value=frame.nest is Nest.OBJECT)
        if frame.template is not None:
            frame.template.parts.append((frame.start, at + 1, True))
            self._template(frame.template, at + 1)
        elif frame.nest is Nest.ATTRIBUTE:
            attribute = Attribute(frame.key, frame.start - frame.lead, at + 1, None, code=True)
            self._frames[-1].attributes.append(attribute)

    # ----------------------------------------------------------------- markup

    def _root(self) -> None:
        frame = self._frames[-1]
        if frame.fresh:
            frame.fresh = False
            self._open_tag(self._at)
        else:
            self._pop_to(len(self._frames) - 1)
            self._after(self._at, ">", value=True)

    def _open_tag(self, at: int) -> bool:
        found = _TAG_START.match(self._text, at, self._end)
        if found is None:
            return False
        outer = self._frames[-1]
        self._push(Frame(Nest.TAG, at, name=found[1] or "", muted=outer.muted, inline=outer.inline))
        self._at = found.end()
        return True

    def _in_tag(self) -> None:
        found = _IN_TAG.match(self._text, self._at, self._end)
        if found is None:
            self._at += 1
            return
        tag = self._frames[-1]
        start, end = found.span()
        self._at = end
        kind = found.lastgroup
        if kind == "end":
            self._end_of_tag(tag, end, empty=found[0] == "/>")
        elif kind == "comment":
            self._pieces.append(Token(Kind.COMMENT, start, end, tag))
        elif kind in ("code", "spread"):
            lead = end - 1 - start
            self._push(
                Frame(Nest.ATTRIBUTE, end - 1, key=found["name"] or "", name=tag.name, muted=tag.muted, lead=lead)
            )
            self._after(end, "(", value=False)
        elif kind == "name":
            tag.attributes.append(Attribute(found["name"], start, end, None))
        elif kind in ("double", "single", "plain"):
            tag.attributes.append(Attribute(found["name"], start, end, found.span(kind)))

    def _end_of_tag(self, tag: Frame, end: int, *, empty: bool) -> None:
        self._frames.pop()
        name = tag.name
        attributes = tuple(tag.attributes)
        self._pieces.append(
            Token(Kind.TAG, tag.start, end, self._frames[-1], name=name, attributes=attributes, empty=empty)
        )
        html = self._dialect.html
        if empty or (html and name.lower() in VOID) or not self._is_ended(name, end):
            return
        inner = Frame(Nest.MARKUP, end, name=name, muted=tag.muted, inline=tag.inline)
        self._push(inner)
        if html and name in _RAW_ELEMENTS:
            self._push(Frame(Nest.RAW, end, name=name, attributes=tag.attributes))

    def _is_ended(self, name: str, at: int) -> bool:
        """Whether an end tag of that name comes."""
        if self._last_end_tags is None:
            found = _ALL_END_TAGS.finditer(self._text, at, self._end)
            self._last_end_tags = {match[1] or "": match.start() for match in found}
        return self._last_end_tags.get(name, -1) >= at

    def _raw(self) -> None:
        frame = self._frames.pop()
        end = self._text.find(f"</{frame.name}", self._at, self._end)
        end = end if end >= 0 else self._end
        self._pieces.append(Token(Kind.RAW, self._at, end, frame, name=frame.name, attributes=tuple(frame.attributes)))
        self._at = end

    def _markup(self) -> None:
        text, at = self._text, self._at
        found = self._dialect.next_markup.search(text, at, self._end)
        stop = found.start() if found else self._end
        frame = self._frames[-1]
        if stop > at:
            self._pieces.append(Token(Kind.TEXT, at, stop, frame))
            self._at = stop
        elif text[at] == "{":
            self._expression(at)
        elif ending := _END_TAG.match(text, at, self._end):
            self._end_tag(ending)
        elif raw := _HTML_COMMENT.match(text, at, self._end) or _DECLARATION.match(text, at, self._end):
            self._pieces.append(Token(Kind.RAW, at, raw.end(), frame, name="!"))
            self._at = raw.end()
        elif not self._open_tag(at):
            self._pieces.append(Token(Kind.TEXT, at, at + 1, frame))
            self._at = at + 1

    def _expression(self, at: int) -> None:
        frame = self._frames[-1]
        width = self._dialect.width
        end = at + width
        name = _BLOCK_NAME.match(self._text, end) if self._dialect.html else None
        shown = name[0] if name else ""
        self._push(Frame(Nest.EXPRESSION, at, name=shown, muted=frame.muted, inline=True, shown=True, width=width))
        if name:
            # It is no value, and its slash begins no regular expression.
            end = name.end()
        self._after(min(end, self._end), "(", value=False)

    def _end_tag(self, found: re.Match[str]) -> None:
        name = found[1] or ""
        self._at = found.end()
        self._pieces.append(Token(Kind.END_TAG, found.start(), found.end(), self._frames[-1], name=name))
        for depth in range(len(self._frames) - 1, max(len(self._frames) - 1 - _FURTHEST, 0), -1):
            frame = self._frames[depth]
            if frame.nest is not Nest.MARKUP:
                return
            if frame.name == name:
                del self._frames[depth:]
                return


def _take_key(frame: Frame, run: str) -> None:
    """Look for the key of a property in a run of code that stands right in an object."""
    comma = run.rfind(",")
    if comma >= 0:
        frame.fresh = True
        frame.key = ""
    item = run[comma + 1 :]
    if frame.fresh and item and not item.isspace():
        found = _KEY.match(item)
        frame.key = found[1] if found else ""
        frame.fresh = False


def _take_assigned(frame: Frame, run: str) -> None:
    """Look for the name that what comes is assigned to."""
    end = 0
    if "=" in run:
        for found in _ASSIGNED.finditer(run):
            frame.key = found[1]
            end = found.end()
    if frame.key and frame.nest is not Nest.ATTRIBUTE and _ENDS_ASSIGNMENT.search(run, end):
        frame.key = ""
