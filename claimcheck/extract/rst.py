"""Reads reStructuredText, as docutils and Sphinx do, with the place of every character."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from claimcheck.extract.decode import decode
from claimcheck.extract.fields import LANGUAGE_KEYS, is_prose
from claimcheck.extract.offsets import Source, Stretch, StretchBuilder, source_of
from claimcheck.extract.origin import origin_of
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.rstinline import NAME, Said, add_inline
from claimcheck.extract.structure import Outline
from claimcheck.extract.textlines import BLANK, Line, after_marker, joined, lines_of
from claimcheck.model import Document, Role

if TYPE_CHECKING:
    from claimcheck.extract.texttables import Row

DEEPEST_TABLE = 4
"""Tables in cells of tables in cells … are read so deep; below, they are text."""

_LOWEST_HEADING = 6

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1*+")
_BULLET = re.compile(r"([-+*\u2022\u2023\u2043])(?:[ \t\f\v]++|\Z)")
_ROMAN = r"m{0,4}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_ORDINAL = rf"(?:[0-9]++|[a-z]|[A-Z]|\#|(?=[ivxlcdm]){_ROMAN}|(?i:(?=[IVXLCDM]){_ROMAN}))"
_ENUMERATOR = re.compile(rf"(?:\({_ORDINAL}(\))|{_ORDINAL}([.)]))(?:[ \t\f\v]++|\Z)")
_FIELD = re.compile(r":(?![: ])((?:[^:\\]|\\.|:(?!(?:[ \t\f\v`]|\Z)))++)(?<! ):(?:[ \t\f\v]++|\Z)")
_OPTION = (
    r"(?:[-+][a-zA-Z0-9](?: ?(?:[a-zA-Z][\w-]*|<[^<>]+>))?"
    r"|(?:--|/)[a-zA-Z0-9][\w-]*(?:[ =](?:[a-zA-Z][\w-]*|<[^<>]+>))?)"
)
_OPTIONS = re.compile(rf"{_OPTION}(?:, {_OPTION})*(?:[ \t\f\v]{{2,}}|\t|\Z)")
_DOCTEST = re.compile(r">>>(?:[ \t\f\v]|\Z)")
_ANONYMOUS = re.compile(r"__(?:[ \t\f\v]|\Z)")
_WORD = re.compile(r"\S*+[ \t\f\v]*+")
_LINE_OF_BLOCK = re.compile(r"\|(?:[ \t\f\v]++|\Z)")
_EXPLICIT = re.compile(r"\.\.(?:[ \t\f\v]++|\Z)")
_NOTE = re.compile(rf"\[(\d++|\*|\#(?:{NAME})?+|{NAME})\](?:[ \t\f\v]++|\Z)")
_SUBSTITUTION = re.compile(r"\|(?![ \t|])[^|]++\|[ \t\f\v]++")
_DIRECTIVE = re.compile(rf"({NAME}) ?::(?:[ \t\f\v]++|\Z)")
_NEW_ROLE = re.compile(rf"({NAME})(?:[ \t\f\v]*+\([ \t\f\v]*+({NAME})[ \t\f\v]*+\))?")

# What stands in these is code, or nothing that this file says.
_CODE = frozenset(
    "code code-block sourcecode literalinclude parsed-literal math highlight include toctree autosummary index date "
    "unicode doctest testcode testsetup testcleanup testoutput productionlist prompt graphviz digraph graph "
    "inheritance-diagram mermaid uml plantuml plot pyplot ipython jupyter-execute jupyter-input jupyter-output "
    "command-output program-output tikz aafig ditaa blockdiag seqdiag actdiag nwdiag packetdiag rackdiag jinja exec "
    "console terminal runblock repl autorun asciinema bokeh-plot altair-plot bibliography grammar-snippet youtube "
    "vimeo default-domain py:currentmodule py:module c:namespace click:example click:run todo todolist".split()
)
# They have no argument: what stands beside the name is the first paragraph.
_BODY = frozenset(
    "note warning tip hint important attention caution danger error seealso compound epigraph highlights "
    "pull-quote header footer replace hlist".split()
)
# Their argument is read by people.
_TITLED = frozenset(
    "admonition topic sidebar rubric table list-table centered contents dropdown card grid-item-card tab "
    "tab-item group-tab details collapse button".split()
)
_VERSIONS = frozenset(("versionadded", "versionchanged", "deprecated", "versionremoved", "deprecated-removed"))
_TABLES = frozenset(("table", "list-table"))
_CONTAINERS = {
    **dict.fromkeys(("epigraph", "highlights", "pull-quote"), Outline.enter_quote),
    **dict.fromkeys(("topic", "sidebar"), Outline.enter_region),
}
_SPOKEN_OPTIONS = frozenset(("caption", "title"))
_META_PROSE = ("title", "description", "headline", "abstract")


def read(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Document:
    """Read a reStructuredText file. Raises ExtractError if it is no text."""
    text = decode(data, path)
    outline = Outline()
    said = Said()
    _Reader(outline, source_of(text), lines_of(text), said, path=path, reading=reading).run()
    return origin_of(path, text, "rst").document(outline, language=said.language)


@dataclass(slots=True)
class _Frame:
    """
    A list, item, quotation or body of a directive that is open.

    Args:
        column: Where its text begins; for a list, its markers.
        floor: The least column of what still belongs to it.
        depth: Of the outline before it was opened.
        markers: For a list, what tells its items from those of another.
        rows: ``table`` for the body of a list-table, whose items are rows; ``row`` for such an item.
    """

    column: int
    floor: int
    depth: int
    markers: str = ""
    rows: str = ""


class _Directive(NamedTuple):
    """The lines of a directive of which nothing is an ordinary block; none is blank but among the options."""

    name: str
    argument: list[Line]
    options: list[Line]
    body: list[Line]


class _Reader:
    """Reads the lines of one body: of a file, or of a cell of a table."""

    def __init__(
        self,
        outline: Outline,
        source: Source,
        lines: Iterable[Line],
        said: Said,
        *,
        path: str,
        reading: Reading,
        tables: int = 0,
    ) -> None:
        self._outline = outline
        self._source = source
        self._text = source.text
        self._lines = list(lines)
        self._said = said
        self._path = path
        self._reading = reading
        self._tables = tables
        self._left = min((line.column for line in self._lines if not line.blank), default=0)
        self._frames: list[_Frame] = []
        self._at = 0
        # For each line the next that is not blank, itself included.
        self._filled = [len(self._lines)] * (len(self._lines) + 1)
        for index in range(len(self._lines) - 1, -1, -1):
            self._filled[index] = self._filled[index + 1] if self._lines[index].blank else index

    def run(self) -> None:
        """Read the lines to their end; the outline is left as deep as it was."""
        depth = self._outline.depth
        while (at := self._filled[self._at]) < len(self._lines):
            self._at = at
            self._block(self._lines[at])
        self._outline.leave_to(depth)

    # ----------------------------------------------------------------- containers

    def _block(self, line: Line) -> None:
        """Read the block that begins in a line."""
        frames = self._frames
        while frames and (line.column < frames[-1].floor or (frames[-1].markers and line.column > frames[-1].column)):
            self._leave()
        column = self._left
        if frames:
            frames[-1].column = column = min(frames[-1].column, line.column)
        if line.column > column:
            self._enter(line.column, column + 1, Outline.enter_quote)
        for reads in self._BY_SIGN.get(self._text[line.start], self._IN_TEXT):
            if reads(self, line):
                return
        self._leave_list()
        self._read_text(line)

    def _enter(self, column: int, floor: int, enters: Callable[[Outline], None] | None = None, **more: str) -> None:
        self._frames.append(_Frame(column, floor, self._outline.depth, **more))
        if enters is not None:
            enters(self._outline)

    def _leave(self) -> None:
        self._outline.leave_to(self._frames.pop().depth)

    def _leave_list(self) -> None:
        """Close the list in whose column a block begins that is no item of it."""
        if self._frames and self._frames[-1].markers:
            self._leave()

    def _enter_item(self, line: Line, markers: str, column: int, floor: int) -> None:
        """Open an item, and its list unless it is open."""
        if not self._frames or self._frames[-1].markers != markers:
            self._leave_list()
            rows = self._frames[-1].rows if self._frames else ""
            enters = {"": Outline.enter_list, "table": Outline.enter_table}.get(rows)
            self._enter(line.column, line.column, enters, markers=markers, rows=rows)
        rows = self._frames[-1].rows
        enters = {"": Outline.enter_item, "table": Outline.enter_row}.get(rows)
        self._enter(column, floor, enters, rows="row" if rows == "table" else "")

    def _go_on(self, body: Line) -> None:
        """Go on with what stands after a marker, or with the next line if nothing does."""
        if body.blank:
            self._at += 1
        else:
            self._lines[self._at] = body

    def _body_column(self, line: Line) -> int:
        """Where the body of what begins in a line stands, when only the lines below can tell."""
        following = self._filled[self._at + 1]
        below = self._lines[following].column if following < len(self._lines) else 0
        return below if below > line.column else line.column + 1

    def _end_of_body(self, line: Line, at: int) -> int:
        """Index of the first line from ``at`` on that is no deeper than ``line``."""
        while (at := self._filled[at]) < len(self._lines) and self._lines[at].column > line.column:
            at += 1
        return at

    # ----------------------------------------------------------------- text

    def _stretch(self, source: Source, start: int, end: int) -> Stretch:
        builder = StretchBuilder(source)
        add_inline(builder, source.text, start, end, self._said)
        return builder.build()

    def _add(self, lines: list[Line], *, level: int = 0) -> None:
        """Add lines as one paragraph, or as a heading."""
        self._said.bibliographic = self._said.bibliographic and bool(level)
        self._outline.add(self._stretch(*joined(self._source, lines)), level=level)

    def _read_text(self, line: Line) -> None:
        """Read a paragraph, a section title with its underline, or a term with its definition."""
        at = self._at
        below = self._lines[at + 1] if at + 1 < len(self._lines) else BLANK
        if not below.blank and below.column > line.column:
            self._enter_item(line, "definitions", below.column, line.column + 1)
            self._add([line])
            self._at += 1
            return
        if not below.blank and below.column == line.column and self._is_underline(line, below):
            self._add_title([line], self._text[below.start])
            self._at += 2
            return
        while at < len(self._lines) and not self._lines[at].blank and self._lines[at].column == line.column:
            at += 1
        lines = self._lines[self._at : at]
        self._at = at
        last = lines[-1]
        if not self._text.endswith("::", last.start, last.end):
            self._add(lines)
            return
        # The colons that announce a literal block are one, or none when they stand apart.
        apart = last.end - last.start == 2 or self._text[last.end - 3].isspace()
        lines[-1] = last._replace(end=last.end - (2 if apart else 1))
        if lines[-1].blank:
            lines.pop()
        if lines:
            self._add(lines)
        self._skip_literal(line)

    def _skip_literal(self, line: Line) -> None:
        """Skip the block that a paragraph announced: an indented one, or lines that begin with the same sign."""
        first = self._filled[self._at]
        if first == len(self._lines):
            return
        below = self._lines[first]
        sign = self._text[below.start]
        if below.column > line.column:
            self._at = self._end_of_body(line, first)
        elif below.column == line.column and _ADORNMENT.match(sign):
            while first < len(self._lines) and self._text.startswith(
                sign, self._lines[first].start, self._lines[first].end
            ):
                first += 1
            self._at = first

    def _is_underline(self, title: Line, below: Line) -> bool:
        width = below.end - below.start
        return _ADORNMENT.fullmatch(self._text, below.start, below.end) is not None and (
            width >= 4 or width >= title.end - title.start
        )

    def _add_title(self, lines: list[Line], adornment: str) -> None:
        titles = self._said.titles
        if adornment not in titles:
            titles.append(adornment)
        self._add(lines, level=min(titles.index(adornment) + 1, _LOWEST_HEADING))

    def _read_adorned(self, line: Line) -> bool:
        """Read a title with an overline, or a transition."""
        if not _ADORNMENT.fullmatch(self._text, line.start, line.end) or line.end - line.start < 2:
            return False
        at = self._at
        title, under = (*self._lines[at + 1 : at + 3], BLANK, BLANK)[:2]
        adornment = self._text[line.start : line.end]
        if not title.blank and adornment == self._text[under.start : under.end]:
            self._leave_list()
            self._add_title([title], adornment[:2])
            self._at += 3
            return True
        if line.end - line.start < 4:
            return False
        self._leave_list()
        self._at += 1
        return True

    # ----------------------------------------------------------------- lists

    def _read_bullet(self, line: Line) -> bool:
        found = _BULLET.match(self._text, line.start, line.end)
        if found is None:
            return False
        body = after_marker(line, found[0])
        if body.blank:
            self._enter_item(line, found[1], self._body_column(line), line.column + 1)
        else:
            self._enter_item(line, found[1], body.column, body.column)
        self._go_on(body)
        return True

    def _read_enumerated(self, line: Line) -> bool:
        found = _ENUMERATOR.match(self._text, line.start, line.end)
        if found is None:
            return False
        below = self._lines[self._at + 1] if self._at + 1 < len(self._lines) else BLANK
        # "A. Smith wrote …" in a paragraph of several lines is no item.
        if not below.blank and below.column == line.column and not _ENUMERATOR.match(self._text, *below[:2]):
            return False
        body = after_marker(line, found[0])
        column, floor = (self._body_column(line), line.column + 1) if body.blank else (body.column, body.column)
        self._enter_item(line, f"1{found[1] or found[2]}", column, floor)
        self._go_on(body)
        return True

    def _read_field(self, line: Line) -> bool:
        found = _FIELD.match(self._text, line.start, line.end)
        if found is None:
            return False
        body = after_marker(line, found[0])
        column = self._body_column(line)
        open_list = self._frames[-1].markers if self._frames else ""
        if open_list == "docinfo" or (self._said.bibliographic and not self._frames):
            if found[1].lower() not in ("abstract", "dedication"):
                self._read_docinfo(line, body, found[1])
                return True
            if not open_list:
                self._enter(line.column, line.column, markers="docinfo")
            self._enter(column, line.column + 1)
        else:
            self._enter_item(line, "fields", column, line.column + 1)
            self._add([Line(*found.span(1), line.column)])
        self._go_on(body._replace(column=column))
        return True

    def _read_docinfo(self, line: Line, body: Line, name: str) -> None:
        """Read a field that speaks of the whole file."""
        end = self._end_of_body(line, self._at + 1)
        lines = [one for one in (body, *self._lines[self._at + 1 : end]) if not one.blank]
        self._at = end
        if lines:
            source, start, stop = joined(self._source, lines)
            value = source.text[start:stop]
            if name.lower() in LANGUAGE_KEYS:
                self._said.language = self._said.language or value
            elif is_prose(name, value, reading=self._reading):
                self._outline.add_metadata(self._stretch(source, start, stop), Role.VALUE)

    def _read_option(self, line: Line) -> bool:
        found = _OPTIONS.match(self._text, line.start, line.end)
        if found is None:
            return False
        body = after_marker(line, found[0])
        column = self._body_column(line)
        following = self._filled[self._at + 1]
        if body.blank and not (following < len(self._lines) and self._lines[following].column > line.column):
            return False
        self._enter_item(line, "options", column, line.column + 1)
        self._go_on(body._replace(column=column))
        return True

    def _read_line_block(self, line: Line) -> bool:
        """Read lines that are not to be joined; a line that is deeper goes on with the one above."""
        if not _LINE_OF_BLOCK.match(self._text, line.start, line.end):
            return False
        self._leave_list()
        verse: list[Line] = []
        while self._at < len(self._lines):
            one = self._lines[self._at]
            if one.blank or one.column < line.column:
                break
            if one.column == line.column:
                found = _LINE_OF_BLOCK.match(self._text, one.start, one.end)
                if found is None:
                    break
                one = after_marker(one, found[0])
            self._at += 1
            if not one.blank:
                verse.append(one)
            elif verse:
                self._add(verse)
                verse = []
        if verse:
            self._add(verse)
        return True

    # ----------------------------------------------------------------- what is no paragraph

    def _read_doctest(self, line: Line) -> bool:
        if not _DOCTEST.match(self._text, line.start, line.end):
            return False
        self._leave_list()
        while self._at < len(self._lines) and not self._lines[self._at].blank:
            self._at += 1
        return True

    def _read_grid(self, line: Line) -> bool:
        """Read a grid table; the lines of a broken one are read as far as they are of one."""
        from claimcheck.extract.texttables import GRID_TOP, grid_rows

        if self._tables >= DEEPEST_TABLE or not GRID_TOP.fullmatch(self._text, line.start, line.end):
            return False
        end = self._at
        while end < len(self._lines):
            one = self._lines[end]
            if one.blank or one.column != line.column or self._text[one.start] not in "+|":
                break
            end += 1
        self._leave_list()
        self._read_rows(grid_rows(self._text, self._lines[self._at : end]))
        self._at = end
        return True

    def _read_simple(self, line: Line) -> bool:
        from claimcheck.extract.texttables import SIMPLE_TOP, simple_end, simple_rows

        if self._tables >= DEEPEST_TABLE or not SIMPLE_TOP.fullmatch(self._text, line.start, line.end):
            return False
        self._leave_list()
        end = simple_end(self._text, self._lines, self._at)
        if end > self._at:
            self._read_rows(simple_rows(self._text, self._lines[self._at : end]))
        self._at = max(end, self._at + 1)
        return True

    def _read_rows(self, rows: Iterable[Row]) -> None:
        self._outline.enter_table()
        for row in rows:
            self._outline.enter_row()
            for cell in row:
                self._read_cell(self._source, cell)
            self._outline.leave()
        self._outline.leave()

    def _read_cell(self, source: Source, lines: Iterable[Line]) -> None:
        reader = _Reader(
            self._outline, source, lines, self._said, path=self._path, reading=self._reading, tables=self._tables + 1
        )
        reader.run()

    def _read_anonymous(self, line: Line) -> bool:
        if not _ANONYMOUS.match(self._text, line.start, line.end):
            return False
        self._leave_list()
        self._at = self._end_of_first(line)
        return True

    def _end_of_first(self, line: Line) -> int:
        """Index of the line after the deeper ones right below the one that is read now."""
        at = self._at + 1
        while at < len(self._lines) and not self._lines[at].blank and self._lines[at].column > line.column:
            at += 1
        return at

    # ----------------------------------------------------------------- explicit markup

    def _read_explicit(self, line: Line) -> bool:
        """Read what begins with two dots: a note, a target, a directive, a comment."""
        found = _EXPLICIT.match(self._text, line.start, line.end)
        if found is None:
            return False
        self._leave_list()
        body = after_marker(line, found[0])
        if note := _NOTE.match(self._text, body.start, body.end):
            self._read_note(line, after_marker(body, note[0]), note[1])
            return True
        if self._text.startswith("_", body.start) and ":" in self._text[body.start : body.end]:
            self._at = self._end_of_first(line)
            return True
        if substitution := _SUBSTITUTION.match(self._text, body.start, body.end):
            body = after_marker(body, substitution[0])
        if directive := _DIRECTIVE.match(self._text, body.start, body.end):
            self._read_directive(line, after_marker(body, directive[0]), directive[1].lower())
        else:
            self._read_comment(line, body)
        return True

    def _read_note(self, line: Line, body: Line, label: str) -> None:
        column = self._body_column(line)
        self._enter(column, line.column + 1)
        self._outline.enter_note(self._said.sign(label, note=True))
        self._go_on(body._replace(column=column))

    def _read_comment(self, line: Line, body: Line) -> None:
        following = self._lines[self._at + 1] if self._at + 1 < len(self._lines) else BLANK
        # Two dots alone end what stands above; what follows after a blank line is no part of them.
        end = self._at + 1 if body.blank and following.blank else self._end_of_body(line, self._at + 1)
        last = next(one for one in reversed(self._lines[self._at : end]) if not one.blank)
        if not body.blank or last is not line:
            self._outline.comment(self._text[line.start + 2 : last.end], *self._source.place(line.start, last.end))
        self._at = end

    def _read_directive(self, line: Line, argument: Line, name: str) -> None:
        """
        Read a directive.

        Args:
            line: In which it begins.
            argument: What stands behind its name.
            name: Of the directive.
        """
        end = self._end_of_first(line)
        # Options begin with the first line that looks like one and go to the first blank line.
        options = self._at + 1
        if _FIELD.match(self._text, argument.start, argument.end):
            options = self._at
            self._lines[options], argument = argument, BLANK
        while options < end and not _FIELD.match(self._text, *self._lines[options][:2]):
            options += 1
        heading = [one for one in (argument, *self._lines[self._at + 1 : options]) if not one.blank]
        if reads := self._WHOLE.get(name):
            after = self._end_of_body(line, end)
            body = [one for one in self._lines[end:after] if not one.blank]
            reads(self, _Directive(name, heading, self._lines[options:end], body))
            self._at = after
            return
        self._read_options(self._lines[options:end])
        if name in _CODE:
            self._at = self._end_of_body(line, end)
            return
        column = self._body_column(line)
        self._enter(column, line.column + 1, _CONTAINERS.get(name), rows="table" if name == "list-table" else "")
        self._blank(options, end)
        if name in _VERSIONS:
            version = _WORD.match(self._text, argument.start, argument.end)
            argument = after_marker(argument, version[0] if version else "")
        elif name not in _BODY and not argument.blank:
            if name in _TITLED:
                self._add(heading, level=0 if name in _TABLES else _LOWEST_HEADING)
            self._at = options
            return
        self._go_on(argument._replace(column=column))

    def _blank(self, start: int, end: int) -> None:
        """Take lines for blank from now on."""
        for at in range(start, end):
            self._lines[at] = BLANK
            self._filled[at] = self._filled[end]

    def _fields(self, lines: list[Line]) -> Iterator[tuple[str, list[Line]]]:
        """The fields among lines: the name, in lower case, and what of the value is not blank."""
        name = ""
        value: list[Line] = []
        column = 0
        for line in lines:
            if value and (line.blank or line.column > column):
                value.append(line)
            elif found := _FIELD.match(self._text, line.start, line.end):
                yield name, [one for one in value if not one.blank]
                name, column, value = found[1].lower(), line.column, [after_marker(line, found[0])]
        yield name, [one for one in value if not one.blank]

    def _read_options(self, options: list[Line]) -> None:
        """Read what of a directive's options is read by people."""
        for option, value in self._fields(options):
            if value and option == "alt":
                self._outline.add_metadata(self._stretch(*joined(self._source, value)))
            elif value and option in _SPOKEN_OPTIONS:
                self._add(value)

    def _read_csv_table(self, directive: _Directive) -> None:
        from claimcheck.extract.texttables import separated_rows

        if directive.argument:
            self._add(directive.argument)
        header = (value for option, value in self._fields(directive.options) if option == "header")
        parts = [lines for lines in (*header, directive.body) if lines]
        self._outline.enter_table()
        for row in (row for lines in parts for row in separated_rows(self._source, lines, ",")):
            self._outline.enter_row()
            for cell in row:
                self._read_cell(cell, lines_of(cell.text))
            self._outline.leave()
        self._outline.leave()

    def _read_raw(self, directive: _Directive) -> None:
        """Read HTML that goes to the page as it is."""
        if self._first_word(directive) == "html" and directive.body:
            from claimcheck.extract.htmlblocks import read_html

            start, end = directive.body[0].start, directive.body[-1].end
            chunk = self._text[start:end]
            read_html(self._outline, self._source, chunk, start, path=self._path, reading=self._reading)

    def _read_role(self, directive: _Directive) -> None:
        found = _NEW_ROLE.match(self._text, *directive.argument[0][:2]) if directive.argument else None
        if found and found[2] and found[2].lower() in self._said.code_roles:
            self._said.code_roles.add(found[1].lower())

    def _read_default_role(self, directive: _Directive) -> None:
        self._said.default_role = self._first_word(directive)

    def _read_page_title(self, directive: _Directive) -> None:
        if directive.argument:
            self._outline.add_metadata(self._stretch(*joined(self._source, directive.argument)), Role.VALUE)

    def _read_meta(self, directive: _Directive) -> None:
        """Read what a page says to search engines: ``:description lang=en: text``."""
        for name, value in self._fields([*directive.options, *directive.body]):
            if value and name.partition(" lang=")[0].endswith(_META_PROSE):
                self._outline.add_metadata(self._stretch(*joined(self._source, value)), Role.VALUE)

    def _first_word(self, directive: _Directive) -> str:
        lines = directive.argument
        return self._text[lines[0].start : lines[0].end].lower() if lines else ""

    # By the first character of a block, what it may be; a paragraph, if it is none of it.
    _ADORNED = (_read_adorned,)
    _BY_SIGN: ClassVar[dict[str, tuple[Callable[[_Reader, Line], bool], ...]]] = {
        **dict.fromkeys("!\"$%&',;<?@[\\]^`{}~", _ADORNED),
        **dict.fromkeys("\u2022\u2023\u2043", (_read_bullet,)),
        "-": (_read_bullet, _read_option, _read_adorned),
        "+": (_read_bullet, _read_option, _read_grid, _read_adorned),
        "*": (_read_bullet, _read_adorned),
        "(": (_read_enumerated, _read_adorned),
        "#": (_read_enumerated, _read_adorned),
        ":": (_read_field, _read_adorned),
        "/": (_read_option, _read_adorned),
        ">": (_read_doctest, _read_adorned),
        "|": (_read_line_block, _read_adorned),
        "=": (_read_simple, _read_adorned),
        ".": (_read_explicit, _read_adorned),
        "_": (_read_anonymous, _read_adorned),
        ")": _ADORNED,
    }
    _IN_TEXT: ClassVar[tuple[Callable[[_Reader, Line], bool], ...]] = (_read_enumerated,)
    _WHOLE: ClassVar[dict[str, Callable[[_Reader, _Directive], None]]] = {
        "csv-table": _read_csv_table,
        "default-role": _read_default_role,
        "meta": _read_meta,
        "raw": _read_raw,
        "role": _read_role,
        "title": _read_page_title,
    }
