"""Reads PHP: the HTML around the code, and the strings in the code that are copy."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from claimcheck.extract.embedded import read_embedded
from claimcheck.extract.fields import is_prose
from claimcheck.extract.gettext import PLACEHOLDER
from claimcheck.extract.literals import is_prose_literal
from claimcheck.extract.masking import Literal, gathered, special
from claimcheck.extract.offsets import Source
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.templates import Template, read_template
from claimcheck.model import Document

OPENING = re.compile(r"<\?(?:php\b|=|(?=\s))", re.IGNORECASE)

# An escape outside of strings is passed over too: no quote is tried twice in vain then.
_TOKEN = re.compile(
    r"""
    (?P<end>\?>)
  | (?P<comment>(?://|\#(?!\[))[^\r\n?]*+(?:\?(?!>)[^\r\n?]*+)*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?)
  | '(?P<single>[^'\\]*+(?:\\.[^'\\]*+)*+)'
  | "(?P<double>[^"\\]*+(?:\\.[^"\\]*+)*+)"
  | <<<[ \t]*+(?P<mark>['"]?)(?P<label>[A-Za-z_]\w*+)(?P=mark)(?=[\r\n])
  | `[^`\\]*+(?:\\.[^`\\]*+)*+`
  | (?P<array>(?<![\w\])'"}])\[|\barray\s*+\()
  | (?P<open>[\[(])
  | (?P<close>[\])])
  | \\.
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_COMMENT_MARKS = re.compile(r"\A(?://+|#+|/\*+(?:/\Z)?)|(?<!\*)\*++/\Z|(?<=[\r\n])[ \t]*+\*++(?!/)")
# What the label of a heredoc tells of what stands in it.
_NO_COPY = frozenset("bash css graphql javascript js json mysql php query regex sh shell sql xml yaml".split())

_LINE_BEGINS = re.compile(r"(?:\r\n?|\n)[ \t]*+([A-Za-z_]\w*+)")

_VARIABLE = r"\{\$[^{}]*+\}|\$\{[^{}]*+\}|\$[A-Za-z_]\w*+(?:->[A-Za-z_]\w*+|\[[^\[\]\s]*+\])?+"
_HOLE = rf"{_VARIABLE}|%\d{{1,2}}\\\$[A-Za-z]|{PLACEHOLDER}"
_SPECIAL = {
    "single": re.compile(rf"""(?P<quote>")|\\(?P<plain>['\\])(?P<white>(?!))?(?P<code>(?!))?|{PLACEHOLDER}"""),
    "double": special(r'["$\\]', _HOLE),
    "heredoc": special(r"[$\\]", _HOLE),
    "nowdoc": re.compile(rf"(?P<quote>(?!))(?P<plain>)(?P<white>)(?P<code>)|{PLACEHOLDER}"),
}

_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*+(?:[\s/][^<>]*+)?>")
_MARKUP = re.compile(r"<[^<>]*+>|\A[^<>]*+>|<[^<>]*+\Z")

_NAMED = re.compile(r"([A-Za-z_]\w*+)['\"]?\]?\s*+(?:=|:)\s*+\Z")
_ARROW = re.compile(r"\s*+=>\s*+")
_WORD = re.compile(r"[^\W\d_]{2}")
# What is compared, and what is said to who runs the program.
_NO_COPY_AFTER = re.compile(
    r"(?:[=!]==?|\bcase|(?:\w(?:Exception|Error)|\b(?:die|exit|error_log|trigger_error|_doing_it_wrong)"
    r"|->\s*+(?:alert|critical|debug|emergency|error|info|log|notice|warning))\s*+\()\s*+\Z"
)
_JOINED = re.compile(r"\s*+\.(?:[^;{}]*\.)?\s*+")
_INDEXED = re.compile(r"[\w\])}]\[\s*+\Z")
_BEFORE, _BETWEEN = 60, 200

# Code that shows what it is given: its strings are part of the text around it.
_SHOWS = re.compile(r"\s*+(?:echo|print|printf|_ex?|esc_(?:html|attr)_ex?)\b")
_ELSE = re.compile(r"\s*+\}?\s*+else")


class _String(NamedTuple):
    """A string in code; ``start`` and ``end`` with its quotes, half-open."""

    start: int
    end: int
    literal: Literal


def read(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Document:
    """Read a PHP file. Raises ExtractError if it is no text."""
    return read_template(data, path, reading, "php", _cut)


def _cut(template: Template, at: int) -> None:
    while opening := OPENING.search(template.text, at):
        at = take_code(template, *opening.span())


def take_code(template: Template, start: int, first: int, ending: re.Pattern[str] | None = None) -> int:
    """
    Take code with its opening mark, up to its end or that of the file.

    Args:
        template: What is cut up.
        start: Where the mark stands.
        first: Where the code begins.
        ending: What else than ``?>`` ends it.

    Returns:
        Where to go on.
    """
    code = _Code(template)
    limit = len(template.text)
    if ending and (found := template.search(ending, first)):
        limit = found.start()
    last, end = code.scan(first, limit)
    if ending and limit < len(template.text):
        end = found.end() if found else limit
    if _shows(template.text, first, last):
        kept = [string.literal for chain in code.chains() if code.is_copy(chain) for string in chain]
        template.keep(kept, start, end)
    else:
        code.add_values()
        if _ELSE.match(template.text, first, last):
            template.mask.stand_in(start, end)
        else:
            template.mask.instruction(start, end)
    return end


def _shows(text: str, first: int, last: int) -> bool:
    """Whether it is one statement that shows something."""
    shows = text[first - 1] == "=" or _SHOWS.match(text, first, last)
    return bool(shows) and ";" not in text[first:last].rstrip().removesuffix(";")


class _Code:
    """A stretch of code: what of it matters, and what of that is copy."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._text = template.text
        self.strings: list[_String] = []
        # Where arrays begin and end.
        self._arrays: deque[tuple[int, bool]] = deque()

    def scan(self, at: int, limit: int) -> tuple[int, int]:
        """Take down the strings from an offset on; returns where the code ends, before its mark and after it."""
        brackets: list[bool] = []
        while found := _TOKEN.search(self._text, at, limit):
            start, at = found.span()
            kind = found.lastgroup
            if kind == "end":
                return start, at
            if kind == "comment":
                self._template.outline.comment(_COMMENT_MARKS.sub("", found[0]), start, at)
            elif kind in ("single", "double"):
                self.strings.append(_String(start, at, Literal(*found.span(kind), _SPECIAL[kind])))
            elif kind == "label":
                at = self._scan_heredoc(found, limit)
            elif kind in ("array", "open"):
                brackets.append(kind == "array")
                if kind == "array":
                    self._arrays.append((start, True))
            elif kind == "close" and brackets and brackets.pop():
                self._arrays.append((start, False))
        return limit, limit

    def _scan_heredoc(self, opening: re.Match[str], limit: int) -> int:
        label = opening["label"]
        end = after = limit
        for found in _LINE_BEGINS.finditer(self._text, opening.end(), limit):
            if found[1] == label:
                end, after = found.span()
                break
        if label.lower() not in _NO_COPY:
            kind = "nowdoc" if opening["mark"] == "'" else "heredoc"
            self.strings.append(_String(opening.start(), after, Literal(opening.end(), end, _SPECIAL[kind])))
        return after

    def chains(self) -> Iterator[list[_String]]:
        """The strings; those together that are joined by dots."""
        chain: list[_String] = []
        for string in self.strings:
            if chain and not self._are_joined(chain[-1], string):
                yield chain
                chain = []
            chain.append(string)
        if chain:
            yield chain

    def add_values(self) -> None:
        """Add the strings that are copy to the outline, those of an array as a section of their own."""
        outline = self._template.outline
        depth = outline.depth
        key: _String | None = None
        for chain in self.chains():
            while self._arrays and self._arrays[0][0] <= chain[0].start:
                if self._arrays.popleft()[1]:
                    outline.enter_region()
                else:
                    outline.leave()
            if _ARROW.match(self._text, chain[-1].end):
                key = chain[-1]
            elif self.is_copy(chain, key):
                outline.enter_value()
                inner = gathered(Source(self._text), *(string.literal for string in chain)).inner()
                read_embedded(outline, inner, path=self._template.path, reading=self._template.reading)
                outline.leave()
        outline.leave_to(depth)

    def is_copy(self, chain: list[_String], key: _String | None = None) -> bool:
        """Whether strings that are joined are copy: by their words, and the name that they are given."""
        start = chain[0].start
        raw = self._text[start : chain[-1].end]
        if " " not in raw and "<" not in raw:
            return False
        before = self._text[max(0, start - _BEFORE) : start]
        value = gathered(Source(self._text), *(string.literal for string in chain)).inner().text
        if _TAG.search(value):
            if not _WORD.search(_MARKUP.sub(" ", value)):
                return False
        elif not is_prose_literal(value) or _NO_COPY_AFTER.search(before):
            return False
        name = _NAMED.search(before)
        if key is not None and _ARROW.fullmatch(self._text, key.end, start):
            said = self._text[key.literal.start : key.literal.end]
        elif name:
            said = name[1]
        else:
            return _INDEXED.search(before) is None
        return is_prose(said, value, reading=self._template.reading)

    def _are_joined(self, one: _String, two: _String) -> bool:
        between = two.start - one.end
        return between <= _BETWEEN and _JOINED.fullmatch(self._text, one.end, two.start) is not None
