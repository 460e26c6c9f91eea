"""Reads AsciiDoc, as Asciidoctor does, with the place of every character."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple

from claimcheck.extract.asciidocinline import Noted, add_inline, spoken_attributes
from claimcheck.extract.decode import decode
from claimcheck.extract.fields import LANGUAGE_KEYS, is_prose
from claimcheck.extract.offsets import Source, StretchBuilder, source_of
from claimcheck.extract.origin import origin_of
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.structure import Outline
from claimcheck.extract.textlines import BLANK, Line, joined, lines_of
from claimcheck.model import Document, Role

DEEPEST_TABLE = 4
"""Tables in cells of tables in cells … are read so deep; below, they are passed over."""

_ARMOUR = "-----BEGIN PGP "
"""A key or signature has the suffix ``.asc`` too."""

_LONGEST = 10_000
"""So many characters of the attributes of a block are read."""

_DELIMITER = re.compile(r"-{4,}|\.{4,}|\+{4,}|/{4,}|={4,}|\*{4,}|_{4,}|--|`{3,}\w*|[|,:!]={3,}")
_ATTRIBUTES = re.compile(r"\[(?:[\w.#%,\"'{].*)?\]|\[\[[\w:][^\[\]]*+\]\]")
_CONDITION = re.compile(r"(?:ifdef|ifndef|ifeval|endif|include)::[^\[]*+\[(.*)\]")
_COMMENT = re.compile(r"//(?!/)")
_HEADING = re.compile(r"(={1,6}|#{1,6})[ \t]++(?=\S)")
_HEADING_END = re.compile(r"[ \t]++(={1,6}|#{1,6})\Z")
_UNDERLINE = re.compile(r"([=\-~^+])\1++")
_UNDERLINES = "=-~^+"
_ENTRY = re.compile(r":(!?\w[\w -]*+!?):(?:[ \t]++|\Z)")
_TITLE = re.compile(r"\.(?=[^\s.])")
_MACRO = re.compile(r"(\w[\w-]*+)::(\S[^\[]*+)?\[(.*)\]")
_RULE = re.compile(r"'{3,}|<{3,}|-{3}|\*{3}|(?:- ){2}-|(?:\* ){2}\*")
_ADMONITION = re.compile(r"(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]++(?=\S)")
_QUOTED = re.compile(r">[ \t]?")
_MARKER = re.compile(
    r"(?:(-|\u2022|\*{1,5}|\.{1,5})|(\d++\.)|([a-zA-Z]\.)|([ivxIVX]++\))|<(?:\d++|\.)>)[ \t]++"
    r"(?:\[[ xX*]\][ \t]++)?(?=\S)"
)
_TERM = re.compile(r"(?<=[^\s:;])(:{2,4}|;;)(?:[ \t]++|\Z)")
_AUTHOR = re.compile(r"[\w'.-]++(?: [\w'.-]++){0,2}(?: +<[^<>]++>)?(?:; .*)?")
_REVISION = re.compile(r"v?\d[\w.]*+(?:,.*)?|.*\b\d{4}\b.*")
_NAMED = re.compile(r"(?<!\w)(\w++)\s*+=\s*(?:\"([^\"]*)\"|([^,\]]*))")
_STYLE = re.compile(r"\[(\w[\w-]*+)")
_COLUMN = re.compile(r"[ \t]*+(?:(\d{1,3})\*)?[^,;a-z]*+([a-z]?)[^,;]*+(?:[,;]|\Z)")

# A block of such a style is code, or not to be seen, whatever stands around it.
_CODE_STYLES = frozenset(
    "source listing literal stem latexmath asciimath comment plantuml mermaid graphviz ditaa blockdiag seqdiag a2s "
    "vega vegalite wavedrom bytefield d2 dbml erd excalidraw nomnoml svgbob umlet tikz syntrax symbolator smcat "
    "pikchr structurizr msc gnuplot bpmn barcode pass".split()
)
_MATHS = frozenset(("stem", "latexmath", "asciimath"))
_VERBATIM = "-.`/"
_TABLES = "|,:!"
_CONTAINERS = {
    "_": Outline.enter_quote,
    "*": Outline.enter_region,
    "quote": Outline.enter_quote,
    "verse": Outline.enter_quote,
    "sidebar": Outline.enter_region,
}


def read(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Document:
    """Read an AsciiDoc file. Raises ExtractError if it is no text."""
    text = decode(data, path)
    outline = Outline()
    said = _Said()
    if not text.startswith(_ARMOUR):
        source = source_of(text)
        _Reader(outline, source, lines_of(text), said, path=path, reading=reading).run()
        _add_notes(outline, said.noted)
    return origin_of(path, text, "asciidoc").document(outline, language=said.language)


def _add_notes(outline: Outline, noted: Noted) -> None:
    # A note may bear marks of its own.
    for note in noted.notes:
        builder = StretchBuilder(note.source)
        add_inline(builder, note.source, note.start, note.end, noted)
        outline.enter_note(note.sign)
        outline.add(builder.build())
        outline.leave()


@dataclass(slots=True)
class _Said:
    """
    What a file has said so far.

    Args:
        language: The language that it names, or empty.
        noted: Its footnotes.
    """

    language: str = ""
    noted: Noted = field(default_factory=Noted)


class _Frame(NamedTuple):
    """
    A list with its last item, or a delimited block, that is open.

    Args:
        sign: For a list, what kind of markers it has; for a block, the line that closes it.
        depth: Of the outline before it was opened.
        block: Whether it is a block.
    """

    sign: str
    depth: int
    block: bool


class _Reader:
    """Reads the lines of one body: of a file, or of a cell of a table."""

    def __init__(
        self,
        outline: Outline,
        source: Source,
        lines: Iterable[Line],
        said: _Said,
        *,
        path: str,
        reading: Reading,
        tables: int = 0,
    ) -> None:
        self._outline = outline
        self._source = source
        self._text = source.text
        self._lines = [line for line in map(self._included, lines) if line is not None]
        self._said = said
        self._path = path
        self._reading = reading
        self._tables = tables
        self._frames: list[_Frame] = []
        self._blocks: dict[str, int] = {}
        self._at = 0
        # Of the next block: how many blank lines stand before it, whether "+" attached it to an item, its attributes.
        self._parted = 0
        self._attached = False
        self._attributes = ""

    def run(self) -> None:
        """Read the lines to their end; the outline is left as deep as it was."""
        depth = self._outline.depth
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if line.blank:
                self._at += 1
                self._parted += 1
            elif not self._read_mark(line):
                self._read_block(line)
                self._parted = 0
                self._attached = False
                self._attributes = ""
        self._outline.leave_to(depth)

    def _included(self, line: Line) -> Line | None:
        """The line, or what a condition lets stand; nothing for one that only speaks to the processor."""
        if line.column == 0 and not line.blank and self._text[line.start] in "ie":
            found = _CONDITION.fullmatch(self._text, line.start, line.end)
            if found:
                kept = found[1] and found[0].startswith(("ifdef", "ifndef"))
                return Line(found.start(1), found.end(1), 0) if kept else None
        return line

    # ----------------------------------------------------------------- what belongs to the next block

    def _read_mark(self, line: Line) -> bool:
        """Read a line that is no block: a comment, attributes, a title, what attaches the next block to an item."""
        text = self._text
        if line.column:
            return False
        if text[line.start] == "[" and _ATTRIBUTES.fullmatch(text, line.start, line.end):
            if not text.startswith("[[", line.start) and len(self._attributes) < _LONGEST:
                self._attributes += text[line.start : line.end][:_LONGEST]
            self._at += 1
            return True
        if self._is_comment(line):
            self._add_comment(line)
            self._at += 1
            return True
        if title := _TITLE.match(text, line.start, line.end):
            if not self._attached:
                self._leave_lists()
            self._add([Line(title.end(), line.end, 0)])
            self._at += 1
            return True
        if line.end - line.start == 1 and text[line.start] == "+" and self._in_list():
            for _ in range(self._parted):
                if len(self._frames) > 1 and not self._frames[-2].block:
                    self._leave()
            self._attached = True
            self._parted = 0
            self._at += 1
            return True
        return False

    def _is_comment(self, line: Line) -> bool:
        return not line.column and _COMMENT.match(self._text, line.start, line.end) is not None

    def _add_comment(self, line: Line) -> None:
        self._outline.comment(self._text[line.start + 2 : line.end], *self._source.place(line.start, line.end))

    def _style(self) -> str:
        found = _STYLE.match(self._attributes)
        return found[1].lower() if found else ""

    # ----------------------------------------------------------------- containers

    def _in_list(self) -> bool:
        return bool(self._frames) and not self._frames[-1].block

    def _enter(self, sign: str, enters: Callable[[Outline], None] | None = None, *, block: bool = True) -> None:
        self._frames.append(_Frame(sign, self._outline.depth, block))
        if block:
            self._blocks[sign] = self._blocks.get(sign, 0) + 1
        if enters is not None:
            enters(self._outline)

    def _leave(self) -> _Frame:
        frame = self._frames.pop()
        if frame.block:
            self._blocks[frame.sign] -= 1
        self._outline.leave_to(frame.depth)
        return frame

    def _leave_lists(self) -> None:
        while self._in_list():
            self._leave()

    def _read_block(self, line: Line) -> None:
        """Read the block that begins in a line."""
        text = self._text
        delimiter = None if line.column else _DELIMITER.fullmatch(text, line.start, line.end)
        if delimiter and self._blocks.get(delimiter[0]):
            while not (frame := self._leave()).block or frame.sign != delimiter[0]:
                pass
            self._at += 1
            return
        if not delimiter and self._read_item(line):
            return
        if line.column and self._style() not in _CONTAINERS:
            # An indented paragraph is shown as code; after a blank line it still belongs to an item.
            self._skip_paragraph()
            return
        if not self._attached:
            self._leave_lists()
        if delimiter:
            self._read_delimited(delimiter[0])
            return
        for reads in self._BY_SIGN.get(text[line.start], ()):
            if reads(self, line):
                return
        if not self._read_macro(line):
            self._read_paragraph(line)

    # ----------------------------------------------------------------- text

    def _add(self, lines: Sequence[Line], *, level: int = 0) -> None:
        """Add lines as one paragraph, or as a heading; with the texts of images in it."""
        self._add_stretch(*joined(self._source, lines), level=level)

    def _add_stretch(self, source: Source, start: int, end: int, *, level: int = 0) -> None:
        builder = StretchBuilder(source)
        block = self._outline.block()
        alts = add_inline(builder, source, start, end, self._said.noted)
        self._outline.add(builder.build(), level=level, block=block)
        self._add_alts(source, alts, block)

    def _add_alts(self, source: Source, places: list[tuple[int, int]], block: int | None = None) -> None:
        for place in places:
            builder = StretchBuilder(source)
            add_inline(builder, source, *place, self._said.noted)
            self._outline.add_metadata(builder.build(), block=block)

    def _gather(self, line: Line) -> list[Line]:
        """Take the lines of a paragraph: the first as it is given, and those below up to a blank line or a block."""
        lines = [line]
        in_list = self._in_list()
        self._at += 1
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if line.blank:
                break
            if not line.column and (
                _DELIMITER.fullmatch(self._text, line.start, line.end)
                or (self._text[line.start] == "[" and _ATTRIBUTES.fullmatch(self._text, line.start, line.end))
            ):
                break
            if in_list and (self._text[line.start : line.end] == "+" or self._marker(line)):
                break
            if self._is_comment(line):
                self._add_comment(line)
            else:
                lines.append(line)
            self._at += 1
        return lines

    def _skip_paragraph(self) -> None:
        while self._at < len(self._lines) and not self._lines[self._at].blank:
            if self._in_list() and self._text[self._lines[self._at].start : self._lines[self._at].end] == "+":
                return
            self._at += 1

    def _read_paragraph(self, line: Line) -> None:
        """Read a paragraph, or a section title with its underline."""
        if level := self._underlined(line, self._below()):
            self._leave_lists()
            self._add([line], level=level)
            self._at += 2
            self._read_authors(level)
            return
        style = self._style()
        if style in _CODE_STYLES:
            self._skip_paragraph()
            return
        depth = self._outline.depth
        if enters := _CONTAINERS.get(style):
            enters(self._outline)
        found = _ADMONITION.match(self._text, line.start, line.end)
        self._add(self._gather(Line(found.end(), line.end, 0) if found else line))
        self._outline.leave_to(depth)

    def _below(self) -> Line:
        return self._lines[self._at + 1] if self._at + 1 < len(self._lines) else BLANK

    def _underlined(self, line: Line, below: Line) -> int:
        """The level of a section title with that underline; 0 if it is none."""
        found = None if below.blank or below.column else _UNDERLINE.fullmatch(self._text, below.start, below.end)
        if found is None or self._blocks.get(found[0]) or abs((below.end - below.start) - (line.end - line.start)) > 1:
            return 0
        if not any(map(str.isalnum, self._text[line.start : line.end])):
            return 0
        return _UNDERLINES.index(found[1]) + 1

    def _read_heading(self, line: Line) -> bool:
        found = _HEADING.match(self._text, line.start, line.end)
        if found is None:
            return False
        closing = _HEADING_END.search(self._text, found.end(), line.end)
        end = closing.start() if closing and closing[1] == found[1] else line.end
        self._leave_lists()
        self._add([Line(found.end(), end, 0)], level=len(found[1]))
        self._at += 1
        self._read_authors(len(found[1]))
        return True

    def _read_authors(self, level: int) -> None:
        """Pass over who wrote a file and when, right below its title."""
        for pattern in (_AUTHOR, _REVISION):
            line = self._lines[self._at] if self._at < len(self._lines) else BLANK
            if level > 1 or line.blank or not pattern.fullmatch(self._text, line.start, line.end):
                return
            self._at += 1

    def _read_entry(self, line: Line) -> bool:
        """Read an attribute of the document; a backslash at the end of a line says that the value goes on."""
        found = _ENTRY.match(self._text, line.start, line.end)
        if found is None:
            return False
        lines = [Line(found.end(), line.end, 0)]
        self._at += 1
        while self._text.endswith(" \\", lines[-1].start, lines[-1].end):
            end = lines[-1].start + len(self._text[lines[-1].start : lines[-1].end - 2].rstrip(" +"))
            lines[-1] = lines[-1]._replace(end=end)
            if self._at == len(self._lines) or self._lines[self._at].blank:
                break
            lines.append(self._lines[self._at])
            self._at += 1
        lines = [one for one in lines if not one.blank]
        name = found[1]
        if lines:
            source, start, end = joined(self._source, lines)
            value = source.text[start:end]
            if name.lower() in LANGUAGE_KEYS:
                self._said.language = self._said.language or value
            elif is_prose(name, value, reading=self._reading):
                builder = StretchBuilder(source)
                add_inline(builder, source, start, end, self._said.noted)
                self._outline.add_metadata(builder.build(), Role.VALUE)
        return True

    def _read_macro(self, line: Line) -> bool:
        found = _MACRO.fullmatch(self._text, line.start, line.end)
        if found is None:
            return False
        if found[1] == "image":
            self._add_alts(self._source, spoken_attributes(self._text, *found.span(3)))
        self._at += 1
        return True

    def _read_rule(self, line: Line) -> bool:
        if not _RULE.fullmatch(self._text, line.start, line.end):
            return False
        self._at += 1
        return True

    def _read_quoted(self, line: Line) -> bool:
        """Read a quotation as in Markdown: every line begins with an angle bracket."""
        if not _QUOTED.match(self._text, line.start, line.end):
            return False
        self._outline.enter_quote()
        paragraph: list[Line] = []
        for one in (*self._gather(line), BLANK):
            found = None if one.blank else _QUOTED.match(self._text, one.start, one.end)
            body = one._replace(start=found.end()) if found else one
            if not body.blank:
                paragraph.append(body)
            elif paragraph:
                self._add(paragraph)
                paragraph = []
        self._outline.leave()
        return True

    # ----------------------------------------------------------------- lists

    def _marker(self, line: Line) -> re.Match[str] | None:
        return _MARKER.match(self._text, line.start, line.end) or _TERM.search(self._text, line.start, line.end)

    def _read_item(self, line: Line) -> bool:
        found = self._marker(line)
        if found is None or self._style() in _CODE_STYLES or _MACRO.fullmatch(self._text, line.start, line.end):
            return False
        if not self._in_list() and self._underlined(line, self._below()):
            return False
        is_term = found.re is _TERM
        sign = found[1] or next((f"{number}" for number in (2, 3, 4) if not is_term and found[number]), "<>")
        if not self._is_open(sign):
            # A blank line parts a list from the lists before, but not from the item that it stands in.
            self._enter(sign, Outline.enter_list, block=False)
        else:
            while self._frames[-1].sign != sign:
                self._leave()
            self._outline.leave_to(self._frames[-1].depth + 1)
        self._outline.enter_item()
        if is_term:
            self._add([Line(line.start, found.start(1), 0)])
        body = Line(found.end(), line.end, 0)
        if body.blank:
            body = self._below_term()
        if not body.blank:
            self._add(self._gather(body))
        return True

    def _is_open(self, sign: str) -> bool:
        """Whether a list of that kind is open in the block that is open."""
        for frame in reversed(self._frames):
            if frame.block:
                return False
            if frame.sign == sign:
                return True
        return False

    def _below_term(self) -> Line:
        """The line on which what a term means begins; a blank one if there is none."""
        self._at += 1
        at = self._at
        while at < len(self._lines) and self._lines[at].blank:
            at += 1
        below = self._lines[at] if at < len(self._lines) else BLANK
        if below.blank or self._marker(below) or (not below.column and self._begins_block(below)):
            return BLANK
        self._at = at
        return below

    def _begins_block(self, line: Line) -> bool:
        text = self._text
        return (
            _DELIMITER.fullmatch(text, line.start, line.end) is not None
            or _MACRO.fullmatch(text, line.start, line.end) is not None
            or text[line.start] in "[=#.:+"
            or text.startswith("//", line.start, line.end)
        )

    # ----------------------------------------------------------------- delimited blocks

    def _read_delimited(self, delimiter: str) -> None:
        self._at += 1
        style = self._style()
        if delimiter[0] in _TABLES:
            self._read_table(delimiter)
        elif delimiter[0] == "+":
            self._read_passed(delimiter, style)
        elif (delimiter[0] in _VERBATIM and delimiter != "--") or style in _CODE_STYLES:
            self._skip_to(delimiter)
        else:
            self._enter(delimiter, _CONTAINERS.get(style) or _CONTAINERS.get(delimiter[0]))

    def _skip_to(self, delimiter: str) -> list[Line]:
        """Go on after the line that closes a block; returns what stands before it."""
        closing = "```" if delimiter[0] == "`" else delimiter
        start = self._at
        while self._at < len(self._lines):
            line = self._lines[self._at]
            self._at += 1
            if not line.column and self._text[line.start : line.end] == closing:
                break
        else:
            self._at += 1
        lines = self._lines[start : self._at - 1]
        filled = [line for line in lines if not line.blank]
        if filled and (delimiter[0] == "/" or self._style() == "comment"):
            start, end = filled[0].start, filled[-1].end
            self._outline.comment(self._text[start:end], *self._source.place(start, end))
        return lines

    def _read_passed(self, delimiter: str, style: str) -> None:
        """Read a block that goes to the page as it is, if it is HTML."""
        lines = [line for line in self._skip_to(delimiter) if not line.blank]
        if lines and style not in _MATHS and self._text[lines[0].start] == "<":
            from claimcheck.extract.htmlblocks import read_html

            start, end = lines[0].start, lines[-1].end
            chunk = self._text[start:end]
            read_html(self._outline, self._source, chunk, start, path=self._path, reading=self._reading)

    def _read_table(self, delimiter: str) -> None:
        from claimcheck.extract.texttables import bar_rows, separated_rows

        lines = [line for line in self._skip_to(delimiter) if not self._is_comment(line)]
        named = {found[1]: found[2] or found[3] or "" for found in _NAMED.finditer(self._attributes)}
        form = named.get("format", {",": "csv", ":": "dsv"}.get(delimiter[0], "psv"))
        separator = named.get("separator") or {"csv": ",", "dsv": ":"}.get(form, delimiter[0])
        if self._tables >= DEEPEST_TABLE or all(line.blank for line in lines):
            return
        self._outline.enter_table()
        if form == "psv":
            for row in bar_rows(self._text, lines, separator[0], _column_styles(named.get("cols", ""))):
                self._outline.enter_row()
                for cell in row:
                    self._read_cell(cell.style, cell.lines)
                self._outline.leave()
        else:
            for cells in separated_rows(self._source, lines, separator[0]):
                self._outline.enter_row()
                for one in cells:
                    self._add_stretch(one, 0, len(one.text))
                self._outline.leave()
        self._outline.leave()

    def _read_cell(self, style: str, lines: list[Line]) -> None:
        if style == "a":
            reader = _Reader(
                self._outline,
                self._source,
                lines,
                self._said,
                path=self._path,
                reading=self._reading,
                tables=self._tables + 1,
            )
            reader.run()
        elif style not in ("l", "m"):
            paragraph: list[Line] = []
            for line in (*lines, BLANK):
                if not line.blank:
                    paragraph.append(line)
                elif paragraph:
                    self._add(paragraph)
                    paragraph = []

    # By the first character of a block, what it may be besides a macro or a paragraph.
    _BY_SIGN: ClassVar[dict[str, tuple[Callable[[_Reader, Line], bool], ...]]] = {
        "=": (_read_heading,),
        "#": (_read_heading,),
        ":": (_read_entry,),
        ">": (_read_quoted,),
        **dict.fromkeys("'<-*", (_read_rule,)),
    }


def _column_styles(columns: str) -> list[str]:
    """The style of each column, from what an attribute says of them, such as ``1,2*a,m``."""
    styles: list[str] = []
    if columns.strip().isdigit():
        return [""] * min(int(columns.strip()[:4]), 1000)
    at = 0
    while at < len(columns) and (found := _COLUMN.match(columns, at)):
        styles += [found[2]] * int(found[1] or 1)
        at = max(found.end(), at + 1)
    return styles
