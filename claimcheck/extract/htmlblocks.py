"""Reads the HTML that stands inside Markdown: its text, its spoken attributes, its comments."""

from __future__ import annotations

from claimcheck.extract.offsets import OBJECT, StretchBuilder
from claimcheck.extract.structure import Outline
from claimcheck.extract.tags import CODE, Kind, Token, add_text, spoken_attributes, tokens

_LISTS = frozenset({"ul", "ol", "dl", "table", "menu"})
_ITEMS = frozenset({"li", "dd", "dt"})
_CONTAINERS = _LISTS | _ITEMS | {"tr", "blockquote"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BREAKS = frozenset({"br", "wbr"})
_BLOCKS = frozenset(
    "address article aside body button caption center details dialog div fieldset figcaption figure footer form head "
    "header hgroup hr html iframe label legend main nav object option p picture search section select summary tbody "
    "td textarea tfoot th thead title video".split()
)


def read_html(outline: Outline, source: str, chunk: str, shift: int, *, plain: bool) -> str:
    """
    Add the prose of a stretch of HTML to an outline.

    Args:
        outline: Left as deep as it was.
        source: The text of the file.
        chunk: The HTML: the characters of the file from ``shift`` on, of which some may be blanked out.
        shift: Offset of the chunk in the file.
        plain: Whether the file holds no invisible characters.

    Returns:
        Name of the hidden element, or ``--`` for the comment, that is still open at the end; else nothing.
    """
    reader = _HtmlReader(outline, source, chunk, shift, plain=plain)
    unfinished = ""
    for token in tokens(chunk):
        reader.take(token)
        if not token.closed:
            unfinished = token.name or "--"
    reader.finish()
    return unfinished


def breaks_text(name: str) -> bool:
    """Whether the words before and after a tag of that name stand apart."""
    return name == "br" or name in _BLOCKS or name in _HEADINGS or name in _CONTAINERS


class _HtmlReader:
    """Takes the tokens of one chunk; leaves the outline as deep as it was."""

    def __init__(self, outline: Outline, source: str, chunk: str, shift: int, *, plain: bool) -> None:
        self._outline = outline
        self._source = source
        self._chunk = chunk
        self._shift = shift
        self._plain = plain
        self._depth = outline.depth
        self._containers: list[str] = []
        self._counts: dict[str, int] = {}
        self._level = 0
        self._block: int | None = None
        self._builder: StretchBuilder | None = None
        self._raised = False

    def take(self, token: Token) -> None:
        start, end = token.start + self._shift, token.end + self._shift
        match token.kind:
            case Kind.TEXT:
                if self._raised and self._chunk[token.start : token.end].isalnum():
                    self._text().raised(start, end)
                elif self._builder is not None or not self._chunk[token.start : token.end].isspace():
                    add_text(self._text(), self._chunk, token.start, token.end, shift=self._shift)
            case Kind.COMMENT:
                tail = end - 3 if token.closed else end
                self._outline.comment(self._source[start + 4 : tail], start, end)
            case Kind.HIDDEN:
                if token.name in CODE:
                    self._text().decoded(OBJECT, start, end)
            case Kind.OPEN:
                self._raised = token.name == "sup"
                self._open(token.name, start, end)
            case Kind.CLOSE:
                self._raised = False
                self._close(token.name)

    def finish(self) -> None:
        self._flush()
        self._outline.leave_to(self._depth)

    def _text(self) -> StretchBuilder:
        if self._builder is None:
            self._builder = StretchBuilder(self._source, plain=self._plain)
            self._block = self._outline.block()
        return self._builder

    def _flush(self) -> None:
        if self._builder is not None:
            self._outline.add(self._builder.build(), level=self._level, block=self._block)
        self._builder = self._block = None

    def _open(self, name: str, start: int, end: int) -> None:
        if name in _BREAKS:
            if name == "br":
                self._text().line_break(start, end)
            return
        if name in _CONTAINERS or name in _BLOCKS or name in _HEADINGS:
            self._flush()
            self._level = _HEADINGS.get(name, 0)
        if name in _CONTAINERS:
            self._enter(name)
        places = spoken_attributes(self._chunk, start - self._shift, end - self._shift)
        if places:
            # The text that follows has the same block.
            self._text()
        for first, last in places:
            builder = StretchBuilder(self._source, plain=self._plain)
            add_text(builder, self._chunk, first, last, shift=self._shift)
            self._outline.add_metadata(builder.build(), block=self._block)

    def _enter(self, name: str) -> None:
        outline = self._outline
        if name == "table":
            outline.enter_table()
        elif name in _LISTS:
            outline.enter_list()
        else:
            # The end tags of items and rows may be left out.
            if self._containers and self._containers[-1] not in _LISTS and name != "blockquote":
                self._leave_one()
            if name in _ITEMS:
                outline.enter_item()
            elif name == "tr":
                outline.enter_row()
            else:
                outline.enter_quote()
        self._containers.append(name)
        self._counts[name] = self._counts.get(name, 0) + 1

    def _close(self, name: str) -> None:
        if self._counts.get(name):
            self._flush()
            while self._counts[name] and self._leave_one() != name:
                pass
        elif name in _BLOCKS or name in _HEADINGS:
            self._flush()
            self._level = 0

    def _leave_one(self) -> str:
        name = self._containers.pop()
        self._counts[name] -= 1
        self._outline.leave()
        return name
