"""Reads HTML wherever it stands, a page or a string of a data file: its text, its spoken attributes, its comments."""

from __future__ import annotations

import re
from typing import NamedTuple

from claimcheck.extract.elements import (
    EFFECTS,
    ENDED_BY,
    HEADINGS,
    ITEMS,
    LISTS,
    PARTING,
    REGIONS,
    ROOTS,
    SET_APART,
    Effect,
    Hidden,
    breaks_text,
    effect_of,
)
from claimcheck.extract.offsets import OBJECT, Source, Stretch, StretchBuilder, joined
from claimcheck.extract.reading import Reading
from claimcheck.extract.structure import Outline, has_words
from claimcheck.extract.tags import (
    CODE,
    HIDING,
    VOID,
    Kind,
    Token,
    add_text,
    attributes,
    hides,
    is_empty,
    spoken,
    tokens,
)
from claimcheck.model import Run

__all__ = ["breaks_text", "read_html"]

_NUMBER = r"(?:\d{1,6}(?:[.,]\d{1,6})?|one|two|three|four|five|six|seven|eight|nine|ten)"
_FIGURE = re.compile(
    rf"(?:up to |over |more than |nearly |almost |[+~<>\u2248\u2264\u2265\u2013\u2212-]\s?)?{_NUMBER}"
    rf"(?:\s?%|\sper\s?cent|\s?[x\u00d7]|\s?/\s?\d{{1,6}}|\s(?:out of|of|in)\s{_NUMBER})\+?\s?"
    r"[*\u2020\u2021\u00b9\u00b2\u00b3\u2070\u2074-\u2079]*",
    re.IGNORECASE,
)
_JSON = re.compile(r"\s*+[\w.+/-]+?[/+]json\s*+(?:;.*+)?", re.IGNORECASE | re.ASCII | re.DOTALL)
_STRING_OR_OBJECT = re.compile(rf'"(?:[^"\\]|\\.)*+"|{OBJECT}', re.DOTALL)
_LONGEST_FIGURE = 40
_LONGEST_RAISED = 12


def read_html(
    outline: Outline,
    source: Source,
    chunk: str | None = None,
    shift: int = 0,
    *,
    path: str,
    reading: Reading,
    xml: bool = False,
) -> str:
    """
    Add the prose of a stretch of HTML to an outline.

    Args:
        outline: Left as deep as it was.
        source: The text in which the HTML stands.
        chunk: The HTML: the characters of the source from ``shift`` on, of which some may be blanked out; left out,
            it is the whole source.
        shift: Offset of the chunk in the source.
        path: Of the file, for what is read in it.
        reading: Which values of JSON in scripts are copy.
        xml: Whether it is XHTML, in which a ``CDATA`` section is text.

    Returns:
        Name of the hidden element, or ``--`` for the comment, that is still open at the end; else nothing.
    """
    chunk = source.text if chunk is None else chunk
    return _HtmlReader(outline, source, chunk, shift, path=path, reading=reading, xml=xml).read()


class _Figure(NamedTuple):
    """A block that is nothing but a number, kept back until it is known whether words follow."""

    stretch: Stretch
    level: int
    block: int | None


class _HtmlReader:
    """Takes the tokens of one chunk; leaves the outline as deep as it was."""

    def __init__(
        self, outline: Outline, source: Source, chunk: str, shift: int, *, path: str, reading: Reading, xml: bool
    ) -> None:
        self._outline = outline
        self._source = source
        self._chunk = chunk
        self._shift = shift
        self._path = path
        self._reading = reading
        self._xml = xml
        self._depth = outline.depth
        self._containers: list[str] = []
        self._counts: dict[str, int] = {}
        self._level = 0
        self._block: int | None = None
        self._builder: StretchBuilder | None = None
        self._figure: _Figure | None = None
        self._raised = False
        self._broken = False
        self._hidden: Hidden | None = None
        self._unfinished = ""

    def read(self) -> str:
        """Read it to its end and tell what is still open there."""
        for token in tokens(self._chunk):
            if self._hidden is not None and self._pass_over(token, self._hidden):
                continue
            kind = token.kind
            if kind is Kind.TEXT:
                self._on_text(token.start, token.end)
            elif kind is Kind.OPEN:
                self._on_open(token)
            elif kind is Kind.CLOSE:
                self._on_close(token)
            else:
                self._on_other(token)
        if self._hidden is not None and self._hidden.name not in ENDED_BY:
            self._unfinished = self._hidden.name
        self._flush()
        self._let_go()
        self._outline.leave_to(self._depth)
        return self._unfinished

    # ----------------------------------------------------------------- text

    def _text(self) -> StretchBuilder:
        if self._builder is None:
            self._builder = StretchBuilder(self._source)
            self._block = self._outline.block()
        return self._builder

    def _on_text(self, start: int, end: int) -> None:
        if self._builder is None or self._broken:
            # White space at the beginning is nobody's.
            start = end - len(self._chunk[start:end].lstrip())
            if start == end:
                return
            self._broken = False
        if self._raised and end - start <= _LONGEST_RAISED and "&" not in self._chunk[start:end]:
            self._text().raised(start + self._shift, end + self._shift)
        else:
            add_text(self._text(), self._chunk, start, end, shift=self._shift)

    def _flush(self) -> None:
        """End the block that is being read."""
        builder, block, level = self._builder, self._block, self._level
        self._builder = self._block = None
        self._raised = self._broken = False
        if builder is None:
            return
        stretch = builder.build()
        if len(stretch.text) <= _LONGEST_FIGURE and _FIGURE.fullmatch(stretch.text):
            self._let_go()
            self._figure = _Figure(stretch, level, block)
            return
        if self._figure is not None and has_words(stretch.text):
            if not level or stretch.text[0].islower():
                stretch = _with_figure(self._figure.stretch, stretch)
                self._figure = None
            else:
                self._let_go()
        self._outline.add(stretch, level=level, block=block)

    def _let_go(self) -> None:
        """Add a number that was kept back: no words follow it."""
        if self._figure is not None:
            figure, self._figure = self._figure, None
            self._outline.add(figure.stretch, level=figure.level, block=figure.block)

    # ----------------------------------------------------------------- tags

    def _on_open(self, token: Token) -> None:
        name = token.name
        effect = EFFECTS.get(name) or self._unknown(token)
        if effect is Effect.NONE:
            pass
        elif effect in SET_APART:
            self._flush()
            self._level = HEADINGS.get(name, 0)
            self._part(name, effect)
        elif effect is Effect.BREAK:
            self._break(token)
        elif effect is Effect.RAISED:
            self._raised = True
        if token.first < token.last or name in HIDING:
            self._attributes(token, effect)

    def _attributes(self, token: Token, effect: Effect) -> None:
        name = token.name
        places = attributes(self._chunk, token.first, token.last)
        hiding = name in HIDING or (name not in ROOTS and bool(places) and hides(self._chunk, places))
        if hiding and name not in VOID and not is_empty(self._chunk, token.first, token.last):
            self._hidden = Hidden(name)
        if not places or (hiding and name not in HIDING):
            return
        heard = spoken(self._chunk, name, places)
        block = None
        if heard and effect is not Effect.META:
            # The text that follows has the same block.
            self._text()
            block = self._block
        for first, last in heard:
            self._add_metadata(first, last, block)

    def _add_metadata(self, first: int, last: int, block: int | None = None) -> None:
        builder = StretchBuilder(self._source)
        add_text(builder, self._chunk, first, last, shift=self._shift)
        self._outline.add_metadata(builder.build(), block=block)

    def _break(self, token: Token) -> None:
        if self._broken and not self._level:
            self._flush()
        elif self._builder is not None:
            self._builder.line_break(token.start + self._shift, token.end + self._shift)
            self._broken = True

    def _unknown(self, token: Token) -> Effect:
        """What an element does that is not of HTML: one of a template's, in capitals, parts words."""
        name = self._chunk[token.start + 1 : token.start + 2 + len(token.name)].strip("/>")
        if self._builder is not None and name[:1].isupper() and not name.isupper():
            self._builder.line_break(token.start + self._shift, token.end + self._shift)
        return effect_of(token.name)

    def _on_close(self, token: Token) -> None:
        name = token.name
        effect = EFFECTS.get(name) or self._unknown(token)
        if effect is Effect.NONE:
            pass
        elif effect is Effect.CONTAINER:
            self._leave(name)
        elif effect in SET_APART:
            self._flush()
            self._level = 0
            if name in PARTING:
                self._let_go()
        elif effect is Effect.RAISED:
            self._raised = False

    def _part(self, name: str, effect: Effect) -> None:
        """Begin a block, of which what stands before is no part."""
        if effect is Effect.CONTAINER:
            self._enter(name)
        elif effect is Effect.CELL and self._containers and self._containers[-1] == "table":
            self._enter("tr")
        elif name in PARTING:
            self._let_go()

    def _enter(self, name: str) -> None:
        ending = ENDED_BY.get(self._containers[-1], ()) if self._containers else ()
        if name == "dd" and self._figure is not None and self._containers and self._containers[-1] == "dt":
            # A number and what it counts are one item.
            self._counts["dt"] -= 1
        else:
            self._let_go()
            if name in ending:
                self._leave_one()
            self._enter_outline(name)
            self._containers.append(name)
        self._containers[-1] = name
        self._counts[name] = self._counts.get(name, 0) + 1

    def _enter_outline(self, name: str) -> None:
        if name in REGIONS:
            self._outline.enter_region()
        elif name in LISTS:
            self._outline.enter_list()
        elif name in ITEMS:
            self._outline.enter_item()
        elif name == "tr":
            self._outline.enter_row()
        elif name == "table":
            self._outline.enter_table()
        else:
            self._outline.enter_quote()

    def _leave(self, name: str) -> None:
        if not self._counts.get(name):
            return
        self._flush()
        if name == "dt" and self._figure is not None and self._containers[-1] == "dt":
            return  # what follows ends it, unless that is what the number counts
        self._level = 0
        self._let_go()
        while self._counts[name] and self._leave_one() != name:
            pass

    def _leave_one(self) -> str:
        name = self._containers.pop()
        self._counts[name] -= 1
        self._outline.leave()
        return name

    # ----------------------------------------------------------------- what is no text and no tag

    def _pass_over(self, token: Token, hidden: Hidden) -> bool:
        """Whether a token belongs to an element that is not shown."""
        if hidden.ends_before(token):
            self._hidden = None
            return False
        if token.kind is Kind.COMMENT:
            self._comment(token)
        elif token.kind is Kind.TITLE and hidden.name in HIDING and hidden.name != "template":
            self._add_metadata(token.first, token.last)
        elif hidden.ends_with(token, self._chunk):
            self._hidden = None
            self._on_close(token)
        return True

    def _on_other(self, token: Token) -> None:
        kind = token.kind
        if not token.closed:
            self._unfinished = token.name or "--"
        if kind is Kind.COMMENT:
            self._comment(token)
        elif kind is Kind.LITERAL:
            # In HTML it is a comment (WHATWG HTML, "markup declaration open state").
            if self._xml:
                self._on_text(token.first, token.last)
        elif kind is Kind.TITLE:
            self._add_metadata(token.first, token.last)
        elif token.name == "pre":
            self._flush()
        elif token.name in CODE:
            self._broken = False
            self._text().decoded(OBJECT, token.start + self._shift, token.end + self._shift)
        elif token.name == "script":
            self._script(token)
        elif token.name == "iframe":
            first = token.start + 1 + len(token.name)
            for place in spoken(self._chunk, token.name, attributes(self._chunk, first, token.first - 1)):
                self._add_metadata(*place)

    def _comment(self, token: Token) -> None:
        start, end = token.start + self._shift, token.end + self._shift
        text = self._source.text[token.first + self._shift : token.last + self._shift]
        self._outline.comment(text, *self._source.place(start, end))

    def _script(self, token: Token) -> None:
        """Read JSON that stands in a script; what cannot be read does not matter to the page."""
        start = token.start + 1 + len(token.name)
        place = attributes(self._chunk, start, token.first - 1).get("type")
        if place is None or not _JSON.fullmatch(self._chunk, *place):
            return
        from claimcheck.extract.json import try_json  # few pages hold any

        source, first, last = self._source, token.first + self._shift, token.last + self._shift
        if not source.plain:
            source, first, last = _without_code(source, first, last)
        try_json(self._outline, source, first, last, path=self._path, reading=self._reading, metadata=True)


def _without_code(source: Source, start: int, end: int) -> tuple[Source, int, int]:
    """JSON that is made by a template: what code of the template puts there is an empty value."""
    builder = StretchBuilder(source)
    builder.exact(start, end)
    inner = builder.inner()
    text = _STRING_OR_OBJECT.sub(lambda found: "0" if found[0] == OBJECT else found[0], inner.text)
    return Source(text, inner.runs, plain=OBJECT not in text), 0, len(text)


def _with_figure(figure: Stretch, words: Stretch) -> Stretch:
    """A number and the words that follow it, on a line of their own."""
    last = figure.runs[-1]
    start = last.source + last.source_length
    end = words.runs[0].source
    if start < end:
        gap = Run(0, 1, start, end - start, exact=False)
    else:  # they stand for one and the same stretch of the file
        gap = Run(0, 1, last.source, last.source_length, exact=False)
    return joined([figure, Stretch(" ", (gap,), breaks=(0,)), words])
