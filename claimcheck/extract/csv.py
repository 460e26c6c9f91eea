"""Reads tables of comma- or tab-separated values (RFC 4180, with the liberties that spreadsheets take)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from claimcheck.errors import ExtractError
from claimcheck.extract.decode import LINE_END, decode, place
from claimcheck.extract.embedded import read_embedded
from claimcheck.extract.fields import LANGUAGE_KEYS, OURS, is_prose
from claimcheck.extract.offsets import FILLER, OBJECT, Source, StretchBuilder, source_of
from claimcheck.extract.origin import origin_of
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.structure import Outline
from claimcheck.model import Comment, Document, Run

_DELIMITERS = ",;\t|"
# Excel takes the delimiter from such a first line.
_SEP = re.compile(r'"?sep=([^\r\n"])"?(?:\r\n?|\n|\Z)', re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]*+")
_BLANK_LINES = re.compile(r"(?:[ ]*+(?:\r\n?|\n))*+")
_QUOTED = re.compile(r'"(?:[^"]++|"")*+"')
_QUOTES = re.compile('""')
# A line of a template on which nothing stands but code, which puts rows there.
_CODE_ALONE = re.compile(rf"(?:\A|(?<=[\r\n]))[ \t{OBJECT}{FILLER}]++(?=[\r\n]|\Z)")
_TAB_ENDINGS = (".tsv", ".tab")

# The names of columns, without their signs and capitals.
_SIGNS = re.compile(r"[\W_]+")
_TITLE = re.compile(r"(?:product|page|item)?(?:title|name|headline|heading)")
_UNSEEN = re.compile(r"(?:seo|meta|og|twitter).*|.*alt(?:text)?")
_HANDLE = "handle"
_NO_COPY = {OURS, _HANDLE} | LANGUAGE_KEYS
_LONGEST_NAME = 80
_MOST_NAMES = 20_000
_SENTENCE_ENDS = (".", "!", "?")


class Cell(NamedTuple):
    """
    Where the characters of a cell stand.

    Args:
        start: The first of them; after the opening quote, if there is one.
        end: One past the last, before the closing quote.
        quoted: Whether a quote in it is written twice.
        after: One past what stands between the closing quote and the next delimiter: it belongs to the cell.
        last: Whether the row ends here.
        closed: Whether the quote has an end.
    """

    start: int
    end: int
    quoted: bool
    after: int
    last: bool
    closed: bool = True


class _Column(NamedTuple):
    """
    What a column is, by its name.

    Args:
        copy: Whether a value of it may be copy.
        level: 1 if it is the title of its row, else 0.
        metadata: Whether it is seen apart from the page's text.
    """

    name: str = ""
    copy: bool = True
    level: int = 0
    metadata: bool = False


MOST_COLUMNS = 50_000
"""Spreadsheets have 16,384 at most."""


@dataclass(slots=True)
class _Row:
    """
    What is copy in a row.

    Args:
        start: Where it begins.
        end: One past its last cell.
        handle: Of the product, of which the next rows may be variants; empty if there is none.
        said: What it says to the linter, in a column for that; an empty cell is a place to say something.
    """

    start: int
    end: int = 0
    handle: str = ""
    language: str = ""
    cells: list[tuple[_Column, Cell]] = field(default_factory=list)
    said: list[Comment] = field(default_factory=list)


def read_records(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Iterator[Document]:
    """
    Read a table: each row is a document, rows of the same product (of the same ``Handle``) together are one.

    Raises:
        ExtractError: If it is no text, or a row has more than ``MOST_COLUMNS`` cells; or at the end, if a quote was
            opened and not closed.
    """
    text = decode(data, path)
    table = _Table(source_of(text), text, path, reading)
    product: list[_Row] = []
    for row in table.rows():
        if product and not (row.handle and row.handle == product[0].handle):
            yield from table.document(product)
            product = []
        product.append(row)
    yield from table.document(product)
    table.check_end()


def read_table(outline: Outline, source: Source, text: str, *, path: str, reading: Reading) -> None:
    """
    Add the prose of a table to an outline; each row is a section.

    Args:
        outline: Left as deep as it was.
        source: The text of the file in which code is blanked out.
        text: The text of the file, for errors.
        path: The file.
        reading: What a configuration says of names of columns.

    Raises:
        ExtractError: As ``read_records``.
    """
    bare = _CODE_ALONE.sub(lambda found: " " * len(found[0]), source.text)
    table = _Table(Source(bare), text, path, reading)
    for row in table.rows():
        table.add(outline, [row])
    table.check_end()


def cells(text: str, delimiter: str, start: int = 0, *, spaced: bool = False) -> Iterator[Cell]:
    """
    Cut a table into its cells as ``csv.reader`` does; a blank line is a row of one empty cell.

    Args:
        start: Where it begins.
        spaced: Whether space before a cell is none of it (``skipinitialspace``).
    """
    stop = rf"({re.escape(delimiter)}|\r\n?|\n|\Z)"
    plain = rf"[^{re.escape(delimiter)}\r\n]*+"
    space = "[ \t]*+" if spaced else ""
    pattern = re.compile(rf'{space}(?:"((?:[^"]++|"")*+)"{plain}|({plain})){stop}')
    while start < len(text):
        found = pattern.match(text, start)
        if found is None:  # cannot be: the second alternative takes anything
            return
        quoted = found[1] is not None
        first, end = found.span(1 if quoted else 2)
        if not quoted and text.startswith('"', first):
            yield Cell(first + 1, len(text), quoted=True, after=len(text), last=True, closed=False)
            return
        start = found.end()
        last = found[3] != delimiter
        yield Cell(first, end, quoted, found.start(3), last)
        if not last and start == len(text):
            yield Cell(start, start, quoted=False, after=start, last=True)


def cell_source(source: Source, cell: Cell) -> Source:
    """What a cell of a table stands for."""
    if source.plain and not source.runs and not cell.quoted:  # most cells; saves taking them apart
        length = cell.end - cell.start
        return Source(source.text[cell.start : cell.end], (Run(0, length, cell.start, length),), plain=True)
    builder = StretchBuilder(source)
    if cell.quoted:
        for quotes in builder.around(_QUOTES, cell.start, cell.end):
            builder.exact(quotes.start(), quotes.start() + 1)
    else:
        builder.exact(cell.start, cell.end)
    builder.exact(cell.end + 1, cell.after)
    return builder.inner()


class _Table:
    """
    A table and its columns.

    Args:
        source: The text of the file, or one of the same length.
        text: The text of the file.
    """

    def __init__(self, source: Source, text: str, path: str, reading: Reading) -> None:
        self._text = source.text
        self._opened = -1
        self._path = path
        self._reading = reading
        self._source = source
        self._body, self._delimiter = _dialect(source.text, path)
        self._origin = origin_of(path, text, "tsv" if self._delimiter == "\t" else "csv")
        self._columns: list[_Column] = []
        self._language = self._handle = self._ours = -1
        self._read_header()

    def rows(self) -> Iterator[_Row]:
        """The rows beneath the header."""
        row: _Row | None = None
        index = 0
        for cell in cells(self._text, self._delimiter, self._body):
            row = row or _Row(cell.start)
            if not cell.closed:
                self._opened = cell.start - 1
            if cell.start < cell.after or index == self._ours:
                self._take(row, index, cell)
            index += 1
            if index > MOST_COLUMNS:
                raise ExtractError(
                    f"a row has more than {MOST_COLUMNS:,} cells",
                    where=place(self._origin.text, row.start, self._path),
                    fix="Look at what divides its cells, or split it.",
                )
            if cell.last:
                row.end = cell.after
                yield row
                row, index = None, 0

    def document(self, rows: list[_Row]) -> Iterator[Document]:
        """What some rows say; nothing if nothing in them is copy."""
        if not any(row.cells for row in rows):
            return
        outline = Outline()
        self.add(outline, rows)
        language = next((row.language for row in rows if row.language), "")
        document = self._origin.document(outline, rows[0].start, rows[-1].end, language=language)
        if document.segments:
            said = tuple(one for row in rows for one in row.said)
            yield replace(document, comments=(*document.comments, *said)) if said else document

    def add(self, outline: Outline, rows: list[_Row]) -> None:
        """Add what some rows say to an outline, as one section; it is left as deep as it was."""
        outline.enter_region()
        for row in rows:
            for column, cell in row.cells:
                outline.enter_value(metadata=column.metadata, level=column.level)
                read_embedded(outline, cell_source(self._source, cell), path=self._path, reading=self._reading)
                outline.leave()
        outline.leave()

    def check_end(self) -> None:
        """Refuse, after the last row, a quote that is never closed."""
        if self._opened >= 0:
            raise ExtractError(
                "a quote is opened here and not closed, so that the rest of the table is one cell",
                where=place(self._origin.text, self._opened, self._path),
                fix="Close it, or write a quote that belongs to the text twice, in a cell in quotes.",
            )

    def _take(self, row: _Row, index: int, cell: Cell) -> None:
        column = self._columns[index] if index < len(self._columns) else _ANY
        if column.copy and is_prose(column.name, self._value(cell), reading=self._reading):
            row.cells.append((column, cell))
        elif index == self._ours:
            start = cell.start - 1 if cell.quoted else cell.start
            row.said.append(Comment(self._value(cell).strip(), start, cell.after, None, whole=True))
        elif index == self._handle:
            row.handle = self._value(cell).strip()
        elif index == self._language:
            row.language = self._value(cell).strip()

    def _read_header(self) -> None:
        """Take the first row for the names of the columns, if it looks like that."""
        names: list[str] = []
        end = self._body
        for cell in cells(self._text, self._delimiter, self._body):
            names.append(self._value(cell).strip())
            end = cell.after
            if cell.last or len(names) > _MOST_NAMES:
                break
        if len(names) > _MOST_NAMES or not self._are_names(names):
            return
        line_end = LINE_END.match(self._text, end)
        self._body = line_end.end() if line_end else len(self._text)
        self._columns = [_column(name, self._reading) for name in names]
        plain = [name.lower() for name in names]
        self._handle = plain.index(_HANDLE) if _HANDLE in plain else -1
        self._ours = plain.index(OURS) if OURS in plain else -1
        self._language = next((index for index, name in enumerate(plain) if name in LANGUAGE_KEYS), -1)

    def _are_names(self, names: list[str]) -> bool:
        """Whether most are single words or known names of fields, at least one of them known, and none a sentence."""
        named = [name for name in names if name]
        if any(len(name) > _LONGEST_NAME or name.endswith(_SENTENCE_ENDS) for name in named):
            return False
        known = [self._is_known(name) for name in named]
        likely = sum(is_known or len(name.split(None, 1)) == 1 for name, is_known in zip(named, known, strict=True))
        return any(known) and 2 * likely > len(named)

    def _is_known(self, name: str) -> bool:
        """Whether the name of a field by itself makes a word copy, or makes words none."""
        reading = self._reading
        return is_prose(name, "a", reading=reading) or not is_prose(name, "a b", reading=reading)

    def _value(self, cell: Cell) -> str:
        text = self._text[cell.start : cell.end]
        return text.replace('""', '"') + self._text[cell.end + 1 : cell.after] if cell.quoted else text


_ANY = _Column()


def _column(name: str, reading: Reading) -> _Column:
    plain = _SIGNS.sub("", name).lower()
    copy = plain not in _NO_COPY and is_prose(name, "a b", reading=reading)
    return _Column(name, copy, int(_TITLE.fullmatch(plain) is not None), _UNSEEN.fullmatch(plain) is not None)


def _dialect(text: str, path: str) -> tuple[int, str]:
    """Where the table begins, and its delimiter: the one that stands most often in the first line, outside quotes."""
    first = _BLANK_LINES.match(text).end()  # type: ignore[union-attr]  # it may be empty
    if found := _SEP.match(text, first):
        return found.end(), found[1]
    line = _QUOTED.sub("", _LINE.match(text, first)[0])  # type: ignore[index]  # it may be empty
    if path.lower().endswith(_TAB_ENDINGS) and "\t" in line:
        return first, "\t"
    return first, max(_DELIMITERS, key=line.count)
