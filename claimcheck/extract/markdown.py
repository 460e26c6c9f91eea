"""Reads Markdown: CommonMark with tables, footnotes, task lists and front matter."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from itertools import accumulate
from typing import Any

from pyromark import Markdown, Options

from claimcheck.extract.decode import decode
from claimcheck.extract.offsets import OBJECT, Source, StretchBuilder, source_of
from claimcheck.extract.pages import front_matter, page
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.structure import Outline
from claimcheck.model import Document

_NAME = re.compile(r"<(/?)([A-Za-z][^\s/>]*)")
_LONE_RETURN = re.compile(r"\r(?!\n)")
_INLINE = frozenset({"Emphasis", "Strong", "Strikethrough"})
_LINKS = frozenset({"Link", "Image"})
_CONTAINERS = {
    "List": Outline.enter_list,
    "Item": Outline.enter_item,
    "Table": Outline.enter_table,
    "TableHead": Outline.enter_row,
    "TableRow": Outline.enter_row,
    "BlockQuote": Outline.enter_quote,
}

# Without any of these a file needs no second look.
_SIGNS_OF_DIALECTS = ("{{", "{%", ":::", "{:", "{.", "{#", "]{", "){", "!!! ", "??? ", "???+ ", "=== ")

# Every byte of UTF-8 that begins a code point counts one, a continuation byte none.
_COUNTED = bytes(0 if byte >> 6 == 0b10 else 1 for byte in range(256))


def read(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Document:
    """Read a Markdown file, whatever its dialect. Raises ExtractError if it is no text."""
    text = decode(data, path)
    outline = Outline()
    said = front_matter(outline, text, path, reading)
    body = said.body if said else 0
    if any(sign in text for sign in _SIGNS_OF_DIALECTS):
        from claimcheck.extract.dialects import without_dialect

        source = without_dialect(outline, text, body, path, reading)
    else:
        source = source_of(text)
    read_markdown(outline, source, body, path=path, reading=reading)
    return page(outline, text, path, said, form="markdown")


def read_markdown(outline: Outline, source: Source, start: int = 0, *, path: str, reading: Reading) -> None:
    """
    Add the prose of Markdown to an outline.

    Args:
        outline: Left as deep as it was.
        source: The text in which it stands, to its end.
        start: Where it begins.
        path: The file.
        reading: What a configuration says of keys.
    """
    _MarkdownReader(outline, source, start, path, reading).run()


class _MarkdownReader:
    """Walks the events of one text and fills an outline."""

    def __init__(self, outline: Outline, source: Source, body: int, path: str, reading: Reading) -> None:
        self._outline = outline
        self._source = source
        self._text = source.text
        self._base = body
        self._path = path
        self._reading = reading
        self._builder: StretchBuilder | None = None
        self._block: int | None = None
        self._level = 0
        self._alt: StretchBuilder | None = None
        self._images = 0
        self._links: list[dict[str, str]] = []
        self._muted = ""
        self._raised = False
        self._html: list[tuple[int, int]] = []
        self._hidden_until = 0
        self._unclosed: set[str] = set()
        self._titled: set[str] = set()
        self._inner_end = 0

    def run(self) -> None:
        """Read the file to its end."""
        # The parser does not take a lone carriage return for a line end everywhere.
        body = _LONE_RETURN.sub("\n", self._text[self._base :])
        markdown = Markdown(
            options=Options.ENABLE_TABLES
            | Options.ENABLE_STRIKETHROUGH
            | Options.ENABLE_FOOTNOTES
            | Options.ENABLE_TASKLISTS
            | Options.ENABLE_HEADING_ATTRIBUTES
            | Options.ENABLE_GFM
        )
        handlers = self._handlers()
        place = _code_points(body, self._base)
        for event, span in markdown.events_with_range(body):
            start, end = place(span["start"]), place(span["end"])
            if isinstance(event, str):
                if event != "Rule":
                    self._target().line_break(start, end)
            else:
                for kind, value in event.items():
                    handlers[kind](value, start, end)
            self._inner_end = end
        self._flush()
        if self._titled:
            self._reference_titles(markdown.reference_definitions(body), place)

    def _handlers(self) -> dict[str, Callable[[Any, int, int], None]]:
        return {
            "Text": self._on_text,
            "Start": self._on_start,
            "End": self._on_end,
            "Code": self._on_code,
            "InlineHtml": self._on_inline_html,
            "Html": self._on_html,
            "FootnoteReference": self._on_footnote_reference,
            "TaskListMarker": self._on_nothing,
        }

    # ----------------------------------------------------------------- text

    def _target(self) -> StretchBuilder:
        """The builder that text goes to now: that of the image whose alt text this is, or of the block."""
        if self._alt is not None:
            return self._alt
        if self._builder is None:
            self._builder = StretchBuilder(self._source)
            self._block = self._outline.block()
        return self._builder

    def _flush(self) -> None:
        if self._builder is not None:
            self._outline.add(self._builder.build(), level=self._level, block=self._block)
        self._builder = self._block = None
        self._level = 0
        self._muted = ""
        self._raised = False

    def _on_text(self, value: str, start: int, end: int) -> None:
        if self._muted or end <= self._hidden_until:
            return
        target = self._target()
        if value != self._text[start:end]:
            target.decoded(value, start, end)
            return
        start = max(start, self._hidden_until)
        if self._raised:
            target.raised(start, end)
        else:
            target.exact(start, end)

    def _on_code(self, _value: str, start: int, end: int) -> None:
        if not self._muted and start >= self._hidden_until:
            self._target().decoded(OBJECT, start, end)

    def _on_footnote_reference(self, label: str, _start: int, _end: int) -> None:
        self._target().mark("^" + label.casefold())

    def _on_nothing(self, _value: object, _start: int, _end: int) -> None:
        pass

    # ----------------------------------------------------------------- blocks and spans

    def _on_start(self, tag: Any, start: int, _end: int) -> None:
        name: str
        value: Any
        name, value = (tag, None) if isinstance(tag, str) else next(iter(tag.items()))
        if name in _INLINE:
            return
        if name in _LINKS:
            self._start_link(name, value, start)
            return
        self._flush()
        if name in _CONTAINERS:
            _CONTAINERS[name](self._outline)
        elif name == "Heading":
            self._level = int(value["level"][1])
        elif name == "FootnoteDefinition":
            self._outline.enter_note("^" + value.casefold())
        elif name == "CodeBlock":
            self._muted = "code"

    def _on_end(self, tag: Any, start: int, end: int) -> None:
        name = tag if isinstance(tag, str) else next(iter(tag))
        if name in _INLINE:
            return
        if name in _LINKS:
            self._end_link(name, start, end)
            return
        if name == "HtmlBlock":
            self._end_html_block()
        self._flush()
        if name in _CONTAINERS or name == "FootnoteDefinition":
            self._outline.leave()

    def _start_link(self, name: str, link: dict[str, str], start: int) -> None:
        self._target()
        self._inner_end = start
        self._links.append(link)
        if name == "Image":
            self._images += 1
            if self._alt is None:
                self._alt = StretchBuilder(self._source)
        elif link["link_type"] in ("Autolink", "Email") and not self._muted:
            self._muted = "link"

    def _end_link(self, name: str, start: int, end: int) -> None:
        link = self._links.pop()
        if name == "Image":
            self._images -= 1
            if self._images == 0 and self._alt is not None:
                alt, self._alt = self._alt.build(), None
                if start >= self._hidden_until:
                    self._outline.add_metadata(alt, block=self._block)
        elif self._muted == "link":
            self._muted = ""
            self._target().decoded(OBJECT, start, end)
        if not link["title"] or start < self._hidden_until:
            return
        if link["link_type"] == "Inline":
            from claimcheck.extract.linktitles import link_title

            title = link_title(self._source, "](", self._inner_end, end - 1, title=link["title"])
            self._outline.add_metadata(title, block=self._block)
        else:
            self._titled.add(link["id"].casefold())

    def _reference_titles(self, definitions: Any, place: Callable[[int], int]) -> None:
        for label, definition in definitions.items():
            if label.casefold() in self._titled and definition["title"]:
                from claimcheck.extract.linktitles import link_title

                start, end = place(definition["span"]["start"]), place(definition["span"]["end"])
                title = link_title(self._source, "]:", start, end, title=definition["title"])
                self._outline.add_metadata(title)

    # ----------------------------------------------------------------- HTML

    def _on_inline_html(self, _value: str, start: int, end: int) -> None:
        if start < self._hidden_until:
            return
        text = self._text
        if text.startswith("<!--", start):
            self._outline.comment(text[start + 4 : end - 3], *self._source.place(start, end))
        elif found := _NAME.match(text, start, end):
            self._inline_tag(found[2].lower(), start, end, closing=bool(found[1]))

    def _inline_tag(self, name: str, start: int, end: int, *, closing: bool) -> None:
        target = self._target()
        if self._muted:
            if closing and self._muted == name:
                self._muted = ""
            return
        # Few files hold tags or titled links, and each start would pay for reading about them.
        from claimcheck.extract.htmlblocks import breaks_text
        from claimcheck.extract.tags import CODE, RAW, add_text, spoken_attributes

        if breaks_text(name):
            target.line_break(start, end)
        elif name == "sup":
            self._raised = not closing
        elif (name in CODE or name in RAW) and not closing and self._text[end - 2] != "/":
            self._muted = name
            if name in CODE:
                target.decoded(OBJECT, start, end)
        if not closing:
            for first, last in spoken_attributes(self._text, start, end):
                builder = StretchBuilder(self._source)
                add_text(builder, self._text, first, last)
                self._outline.add_metadata(builder.build(), block=self._block)

    def _on_html(self, _value: str, start: int, end: int) -> None:
        if end > self._hidden_until:
            self._html.append((max(start, self._hidden_until), end))

    def _end_html_block(self) -> None:
        if not self._html:
            return
        shift, end = self._html[0][0], self._html[-1][1]
        parts: list[str] = []
        at = shift
        for start, stop in self._html:
            # Between the lines stand indentation and the markers of quotations.
            parts += (" " * (start - at), self._text[start:stop])
            at = stop
        self._html = []
        from claimcheck.extract.htmlblocks import read_html

        chunk = "".join(parts)
        unfinished = read_html(self._outline, self._source, chunk, shift, path=self._path, reading=self._reading)
        if unfinished and unfinished not in self._unclosed:
            closing = "-->" if unfinished == "--" else rf"</{re.escape(unfinished)}\s*>"
            found = re.compile(closing, re.IGNORECASE).search(self._text, end)
            if found:
                self._hidden_until = found.end()
            else:
                self._unclosed.add(unfinished)


def _code_points(body: str, base: int) -> Callable[[int], int]:
    """What turns an offset in the UTF-8 of the body into one in code points of the file."""
    if body.isascii():
        return base.__add__
    # Counts the code points that begin before each byte; a table, as events come by the hundred thousand.
    table = array("I", accumulate(body.encode().translate(_COUNTED), initial=base))
    return table.__getitem__
