"""Blanks out code in a text, so that the rest can be read as HTML or Markdown with each character in its place."""

from __future__ import annotations

import re
from typing import NamedTuple

from claimcheck.extract.escapes import character_at
from claimcheck.extract.fields import is_prose
from claimcheck.extract.literals import is_prose_literal
from claimcheck.extract.offsets import FILLER, OBJECT, Source, Stretch, StretchBuilder, source_of
from claimcheck.extract.reading import Reading

# An escape outside of quotes is passed over too: no quote is tried twice in vain then.
_QUOTED = re.compile(r""""((?:[^"\\]++|\\.)*+)"|'((?:[^'\\]++|\\.)*+)'|\\.""", re.DOTALL)
_KEY = re.compile(r"""([\w.-]++(?::[\w.-]++)*+)["']?\s*(?:=>|[:=])\s*\Z""")
_COMPARED = re.compile(r"(?:[=!]==?|\b(?:contains|eq|ne|case|when))\s*\Z")
_BEFORE = 60

# Ends of a line on which nothing else stands; not those between the rows of a table, which they would cut.
_TO_LINE_END = re.compile(r"[ \t]*+(?:\Z|(?>\r\n?|\n)(?![ \t]*+\|))")
_SHORTEST_INSTRUCTION = len("<??>")
_DEEPEST_INDENT = 3
_BULLET = "+   "

# The look-behind keeps long stretches of space from being tried from every space.
_LINE_BREAK = re.compile(r"(?<!\s)[^\S\n]*+\n\s*+")

_WHITE = {"n": "\n", "r": "\n", "t": " ", "v": " ", "f": " "}


def special(plain: str, hole: str) -> re.Pattern[str]:
    """
    What stands for something else in a string literal.

    Args:
        plain: Pattern of a character that stands for itself after a backslash.
        hole: Pattern of an expression whose value stands in the string.
    """
    return re.compile(
        rf"""(?P<quote>")|\\(?:(?P<plain>{plain})|(?P<white>[nrtvf])"""
        rf"""|(?P<code>[0-7]{{1,3}}|x[\da-fA-F]{{1,2}}|u[\da-fA-F]{{4}}|u\{{[\da-fA-F]{{1,6}}\}}))|{hole}""",
        re.DOTALL,
    )


ESCAPED = special("[^nrtvf0-7xu]", r"\#\{[^{}]*+\}")
"""As in JavaScript, Python and Ruby; the last puts expressions in ``#{…}``."""


class Literal(NamedTuple):
    """Place of a string literal in a text, between its quotes, half-open; ``special``: see the function."""

    start: int
    end: int
    special: re.Pattern[str] = ESCAPED


class Mask:
    """
    Takes the places of code in the order of the text, and gives a text of the same length without it.

    Args:
        text: The text of the file.
        markdown: Whether what is left is Markdown, in which lines count.
    """

    def __init__(self, text: str, *, markdown: bool = False) -> None:
        self.text = text
        self._markdown = markdown
        self._parts: list[str] = []
        self._done = 0

    def blank(self, start: int, end: int) -> None:
        """Blank out what leaves no trace: the text before it and after it join."""
        # A tag needs a name, though code gives it: "<{{ tag }} class=…>".
        named = self.text[start - 1 : start] == "<" or self.text[max(start - 2, 0) : start] == "</"
        self._put(start, end, OBJECT if named else FILLER)

    def stand_in(self, start: int, end: int) -> None:
        """Blank out what is shown as something else, or parts the words on its two sides."""
        self._put(start, end, OBJECT)

    def instruction(self, start: int, end: int, *, shown: bool = False) -> None:
        """
        Blank out a statement: on a line of Markdown of its own it ends the paragraph before it.

        Args:
            start: Where it begins.
            end: Where it ends.
            shown: Whether it parts the words on its two sides.
        """
        length = end - start
        if self._markdown and length >= _SHORTEST_INSTRUCTION and self._alone(start, end):
            self._put(start, end, f"<?{FILLER * (length - _SHORTEST_INSTRUCTION)}?>")
        elif shown:
            self.stand_in(start, end)
        else:
            self.blank(start, end)

    def empty(self, start: int, end: int) -> None:
        """Make the rest of a line of Markdown an empty one."""
        self._put(start, end, " " * (end - start))

    def bullet(self, end: int) -> None:
        """Write a bullet of Markdown over the indentation that ends there."""
        self._put(end - len(_BULLET), end, _BULLET)

    def keep(self, literal: Literal) -> None:
        """Keep the words of a string literal, without its escapes and, but in markup, what would end an attribute."""
        words = self.text[literal.start : literal.end]
        markup = "<" in words or ">" in words
        for found in literal.special.finditer(self.text, literal.start, literal.end):
            start, end = found.span()
            if found["quote"] and markup:
                continue
            if found["quote"] or (found["plain"] == '"' and not markup):
                self.blank(start, end)
            elif _stands_for_its_end(found):
                self.blank(start, start + 1)
            else:
                self.stand_in(start, end)

    def source(self) -> Source:
        """The text without what was blanked out."""
        if not self._parts:
            return source_of(self.text)
        return Source("".join((*self._parts, self.text[self._done :])))

    def _put(self, start: int, end: int, sign: str) -> None:
        start = max(start, self._done)
        if end > start:
            self._parts += (self.text[self._done : start], sign, FILLER * (end - start - len(sign)))
            self._done = end

    def _alone(self, start: int, end: int) -> bool:
        """Whether nothing stands before it on its line but a small indentation, and nothing after it."""
        first = max(start - _DEEPEST_INDENT - 1, 0)
        before = self.text[first:start]
        outer = before.rstrip(" ")
        alone = outer[-1] in "\r\n" if outer else first == 0
        return alone and _TO_LINE_END.match(self.text, end) is not None


def copy_literals(text: str, start: int, end: int, reading: Reading) -> list[Literal]:
    """
    The string literals of a stretch of code that are copy: by their words, and the name they are given.

    What is compared with something is none, nor what is given a name such as ``class``, or one that a configuration
    says is not copy.
    """
    kept = []
    for found in _QUOTED.finditer(text, start, end):
        group = found.lastindex
        if not group or " " not in found[group]:
            continue
        literal = Literal(*found.span(group))
        before = text[max(start, found.start() - _BEFORE) : found.start()]
        key = _KEY.search(before)
        value = gathered(Source(text), literal).inner().text
        if (
            is_prose_literal(value)
            and (key is None or is_prose(key[1], value, reading=reading))
            and not _COMPARED.search(before)
        ):
            kept.append(literal)
    return kept


def literal_stretch(text: str, literal: Literal) -> Stretch:
    """The words of a string literal, with the way to the file."""
    inner = gathered(Source(text), literal).inner()
    builder = StretchBuilder(inner)
    for found in builder.around(_LINE_BREAK, 0, len(inner.text)):
        builder.line_break(*found.span())
    return builder.build()


def gathered(source: Source, *literals: Literal) -> StretchBuilder:
    """What string literals that are joined stand for; ``OBJECT`` for an expression in them or between them."""
    builder = StretchBuilder(source)
    last = None
    for literal in literals:
        if last is not None and source.text[last : literal.start].strip(" \t\r\n.\"'"):
            builder.decoded(OBJECT, last, literal.start)
        for found in builder.around(literal.special, literal.start, literal.end):
            if found["quote"] or _stands_for_its_end(found):
                builder.exact(found.end() - 1, found.end())
            else:
                builder.decoded(_stands_for(found), *found.span())
        last = literal.end
    return builder


def _stands_for_its_end(found: re.Match[str]) -> bool:
    """Whether it is a sign that is escaped, or a percent sign that is written twice for printf."""
    return bool(found["plain"]) or found[0] == "%%"


def _stands_for(found: re.Match[str]) -> str:
    if found["white"]:
        return _WHITE[found["white"]]
    if not found["code"]:
        return OBJECT
    digits = found["code"].strip("xu{}")
    return character_at(int(digits, 8 if digits == found["code"] else 16))
