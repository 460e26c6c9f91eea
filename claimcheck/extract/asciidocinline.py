"""Reads what stands in a paragraph of AsciiDoc: formatting, macros, references, replacements."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import NamedTuple

from claimcheck.extract.offsets import OBJECT, Source, StretchBuilder
from claimcheck.extract.tags import character

# The longest target, name or condition that is looked at; what is longer is text.
_LONG = "{0,500}+"

_TOKEN = re.compile(
    rf"""
    # Most characters begin nothing, which this tells sooner than all that follows.
    (?=[^\w\ .,;:-]|_|[ ](?=[\ \t+\r\n])|(?<!\w)[abhiklmpsx]|f)
    (?:
      (?P<escape>\\{{1,2}}(?=[*_`\#^~{{<\[\]+|&(\\]|\w+:))
    | (?P<fold>(?<![ \t])(?:[ \t]++\+)?[ \t]*+(?:\r\n?|\n)[ \t]*+)
    | (?P<pass>\+\+\+?|(?<![\w;:])\+(?=\S))
    | (?P<url>(?<!\w)(?:https?|ftp|irc)://[^\s\[\]<>]{{1,500}}+|\{{[\w-]++\}}[^\s\[\]]{_LONG}(?=\[))(?P<texted>\[)?
    | (?P<macro>(?<!\w)(?:link|xref|mailto|image|icon|kbd|btn|menu|stem|latexmath|asciimath|indexterm2?|anchor|pass)
        |footnote(?:ref)?):(?P<target>[^\s\[\]]{_LONG})\[
    | <<(?P<reference>[^\s,<>][^,<>\r\n]{_LONG})(?P<titled>,|>>)
    | (?P<anchor>\[\[\[?[\w:][^\[\]\r\n]{_LONG}\]\]\]?)
    | (?P<role>(?<!\w)\[[^\[\]\r\n]{{1,200}}+\](?=[*_`\#]{{1,2}}[^\s*_`\#]))
    | (?P<index>\(\(\(?)(?=\S)
    | (?P<attribute>\{{(?:set:|counter2?:)?\w[\w-]*+(?::[^{{}}\r\n]{_LONG})?\}})
    | (?P<entity>&(?:\#\d{{1,7}}|\#[xX][\da-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});)
    | (?P<sign>\((?:C|R|TM)\)|(?<=\w)`'(?=\w))
    | (?P<quote>(?<![\w;:}}])["']`(?=\S))
    | (?P<mono>``|(?<![\w;:"'`}}])`(?=\S))
    | (?P<double>\*\*|__|\#\#)(?=\S)
    | (?P<single>(?<![\w&;:}}])[*_\#](?=\S))
    | \^(?P<super>[^\s^]{{1,200}}+)\^
    | ~(?P<sub>[^\s~]{{1,200}}+)~
    )
    """,
    re.VERBOSE,
)
_CLOSING = {
    "+": re.compile(r"(?<=\S)\+(?!\w)"),
    "++": re.compile(r"\+\+"),
    "+++": re.compile(r"\+\+\+"),
    "`": re.compile(r"(?<=\S)`(?![\w\"'`])"),
    "``": re.compile(r"``"),
    '"`': re.compile(r"(?<=\S)`\"(?!\w)"),
    "'`": re.compile(r"(?<=\S)`'(?!\w)"),
    "*": re.compile(r"(?<=\S)\*(?!\w)"),
    "_": re.compile(r"(?<=\S)_(?!\w)"),
    "#": re.compile(r"(?<=\S)#(?!\w)"),
    "**": re.compile(r"\*\*"),
    "__": re.compile(r"__"),
    "##": re.compile(r"##"),
    "((": re.compile(r"\)\)"),
    "(((": re.compile(r"\)\)\)"),
    ">>": re.compile(r">>"),
    "]": re.compile(r"(?<!\\)\]"),
}
_SIGNS = {"(C)": "\u00a9", "(R)": "\u00ae", "(TM)": "\u2122", "`'": "\u2019"}
_QUOTES = {'"`': ("\u201c", "\u201d"), "'`": ("\u2018", "\u2019")}
# Attributes that every document has and that stand for a character.
_CHARACTERS = {
    "nbsp": "\u00a0", "amp": "&", "lt": "<", "gt": ">", "plus": "+", "apos": "'", "quot": '"', "lsquo": "\u2018",
    "rsquo": "\u2019", "ldquo": "\u201c", "rdquo": "\u201d", "deg": "\u00b0", "sp": " ", "asterisk": "*", "tilde": "~",
    "caret": "^", "vbar": "|", "backtick": "`", "startsb": "[", "endsb": "]", "backslash": "\\",
    "empty": "", "blank": "", "zwsp": "", "wj": "",
}  # fmt: skip
_TEXTS = frozenset(("link", "xref", "mailto", "btn", "indexterm2"))
_UNSEEN = frozenset(("indexterm", "anchor"))
_ATTRIBUTE = re.compile(r"\s*+(?:([\w-]++)\s*+=\s*+)?(?:\"([^\"]*+)\"|'([^']*+)'|([^,]*+))[^,]*+(?:,|\Z)")
_TAG = re.compile(r"</?[A-Za-z][^<>]*+>")
_BRACKET = re.compile(r"(?<!\\)[\[\]]")
_MOST_BRACKETS = 40


class Note(NamedTuple):
    """The text of a footnote, which stands in the paragraph that bears its mark."""

    sign: str
    source: Source
    start: int
    end: int


@dataclass(slots=True)
class Noted:
    """The footnotes of a file, with how many marks without a name there were."""

    notes: list[Note] = field(default_factory=list)
    marks: int = 0


def add_inline(builder: StretchBuilder, source: Source, start: int, end: int, noted: Noted) -> list[tuple[int, int]]:
    """
    Add a paragraph to a builder: markup left out, entities decoded, code as one object, line ends as one space.

    Args:
        builder: Takes the text; its source is ``source``.
        source: What holds the paragraph.
        start: Offset of its first character.
        end: One past its last.
        noted: Takes the footnotes.

    Returns:
        Places of the alternative texts and titles of images, in the source.
    """
    reader = _InlineReader(builder, source, end, noted)
    reader.run(start)
    return reader.alts


def spoken_attributes(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Places of the alternative text, which comes first, and of the title among the attributes of an image."""
    places = []
    for number, (name, place) in enumerate(_attributes(text, start, end)):
        if name in ("alt", "title") or (not name and number == 0):
            places.append(place)
    return places


def _attributes(text: str, start: int, end: int) -> list[tuple[str, tuple[int, int]]]:
    """Names (empty for those that are told by their order) and places of the values of attributes."""
    attributes: list[tuple[str, tuple[int, int]]] = []
    while start < end and (found := _ATTRIBUTE.match(text, start, end)):
        group = next((group for group in (2, 3) if found[group] is not None), 4)
        attributes.append((found[1] or "", found.span(group)))
        start = max(found.end(), start + 1)
    return attributes


class _InlineReader:
    """Reads one paragraph."""

    def __init__(self, builder: StretchBuilder, source: Source, end: int, noted: Noted) -> None:
        self.alts: list[tuple[int, int]] = []
        self._builder = builder
        self._source = source
        self._text = source.text
        self._end = end
        self._noted = noted
        # What closes the markup that is open, by its place: where it ends, its kind, what it stands for.
        self._closing: list[tuple[int, int, str, str]] = []
        self._open: set[str] = set()
        self._open_ended: set[str] = set()

    def run(self, at: int) -> None:
        """Read from an offset to the end."""
        found = _TOKEN.search(self._text, at, self._end)
        while found or self._closing:
            if found and found.start() < at:
                found = _TOKEN.search(self._text, at, self._end)
                continue
            if self._closing and (found is None or self._closing[0][0] <= found.start()):
                start, end, kind, stands = heappop(self._closing)
                self._open.discard(kind)
                if start >= at:
                    self._builder.exact(at, start)
                    self._builder.decoded(stands, start, end)
                    at = end
            elif found:
                self._builder.exact(at, found.start())
                at = self._take(found, found.lastgroup or "")
        self._builder.exact(at, self._end)

    def _take(self, found: re.Match[str], kind: str) -> int:
        """Add what a token stands for; returns where to go on."""
        start, end = found.span()
        builder = self._builder
        match kind:
            case "escape":
                builder.exact(end, end + 1)
                return end + 1
            case "fold":
                builder.line_break(start, end)
            case "entity":
                builder.decoded(character(found[0]), start, end)
            case "sign":
                builder.decoded(_SIGNS[found[0]], start, end)
            case "attribute":
                builder.decoded(_CHARACTERS.get(found[0][1:-1], OBJECT), start, end)
            case "super":
                builder.raised(*found.span("super"))
            case "sub":
                builder.exact(*found.span("sub"))
            case "anchor" | "role":
                pass
            case _:
                return self._take_open(found, kind)
        return end

    def _take_open(self, found: re.Match[str], kind: str) -> int:
        """Add what a token that something closes stands for; returns where to go on."""
        start, end = found.span()
        match kind:
            case "pass" | "mono":
                return self._skip(found[0], start, end)
            case "index" if found[0] == "(((":
                closing = self._close("(((", end)
                if closing:
                    return closing.end()
            case "quote":
                return self._enter(found[0], start, end, *_QUOTES[found[0]])
            case "url":
                self._builder.exact(start, end)
            case "texted":
                return self._link(found, start, found.end("url"), end)
            case "target":
                return self._macro(found, start, end)
            case "titled" if found["titled"] == ",":
                return self._enter(">>", start, end)
            case "titled":
                self._builder.decoded(OBJECT, start, end)
            case _:
                return self._enter(found[0], start, end)
        if kind == "index":
            self._builder.exact(start, end)
        return end

    def _close(self, kind: str, at: int) -> re.Match[str] | None:
        """What closes markup of a kind from an offset on."""
        if kind in self._open_ended:
            return None
        closing = _CLOSING[kind].search(self._text, at, self._end)
        if closing is None:
            self._open_ended.add(kind)
        return closing

    def _enter(self, kind: str, start: int, end: int, opens: str = "", closes: str = "") -> int:
        """Leave out what opens and closes, and read on within; if nothing closes, it is text."""
        closing = None if kind in self._open else self._close(kind, end if kind in (">>", "]") else end + 1)
        if closing is None:
            self._builder.exact(start, end)
            return end
        self._builder.decoded(opens, start, end)
        self._later(closing.start(), closing.end(), kind, closes)
        return end

    def _later(self, start: int, end: int, kind: str, stands: str = "") -> None:
        self._open.add(kind)
        heappush(self._closing, (start, end, kind, stands))

    def _skip(self, sign: str, start: int, end: int) -> int:
        """Add code as an object, and what is passed through without its tags."""
        closing = self._close(sign, end + 1)
        if closing is None:
            self._builder.exact(start, end)
            return end
        if sign[0] == "`":
            self._builder.decoded(OBJECT, start, closing.end())
        else:
            self._passed(end, closing.start(), raw=sign == "+++")
        return closing.end()

    def _passed(self, start: int, end: int, *, raw: bool) -> None:
        if raw:
            for tag in _TAG.finditer(self._text, start, end):
                self._builder.exact(start, tag.start())
                start = tag.end()
        self._builder.exact(start, end)

    def _link(self, found: re.Match[str], start: int, middle: int, end: int) -> int:
        """Read a link with its text, ``https://…[text]``, ``link:…[text]``; without a text its target is seen."""
        closing = None if "]" in self._open else self._close("]", end)
        if closing is None:
            self._builder.exact(start, end)
            return end
        first, last = end, closing.start()
        if "=" in self._text[first:last]:
            first, last = next(
                (place for name, place in _attributes(self._text, first, last) if not name), (last, last)
            )
        elif self._text[last - 1] == "^":
            last -= 1
        if first >= last:
            if found["url"] and found["url"][0] != "{":
                self._builder.exact(start, middle)
            else:
                self._builder.decoded(OBJECT, start, closing.end())
            return closing.end()
        self._later(last, closing.end(), "]")
        return first

    def _macro(self, found: re.Match[str], start: int, end: int) -> int:
        name = found["macro"]
        if name in _TEXTS:
            return self._link(found, start, end, end)
        closing = self._close("]", end)
        if closing is None:
            self._builder.exact(start, end)
            return end
        last, after = closing.span()
        match name:
            case "footnote" | "footnoteref":
                return self._footnote(found, end, last)
            case "image":
                self._builder.decoded(OBJECT, start, after)
                self.alts += spoken_attributes(self._text, end, last)
            case "pass":
                self._passed(end, last, raw=True)
            case _ if name not in _UNSEEN:
                self._builder.decoded(OBJECT, start, after)
        return after

    def _footnote(self, found: re.Match[str], start: int, end: int) -> int:
        """Note a mark, and keep the text of the footnote for later; brackets in it come in pairs."""
        depth = 1
        for _, bracket in zip(range(_MOST_BRACKETS), _BRACKET.finditer(self._text, start, self._end), strict=False):
            depth += 1 if bracket[0] == "[" else -1
            if not depth:
                end = bracket.start()
                break
        name, first = found["target"], start
        if found["macro"] == "footnoteref":
            comma = self._text.find(",", start, end)
            name, first = self._text[start : comma if comma >= 0 else end].strip(), comma + 1 if comma >= 0 else end
        if name:
            sign = "^" + name.casefold()
        else:
            self._noted.marks += 1
            sign = f"^{self._noted.marks}"
        self._builder.mark(sign)
        if first < end:
            self._noted.notes.append(Note(sign, self._source, first, end))
        return end + 1
