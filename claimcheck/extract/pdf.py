"""Reads PDF: paragraphs, headings and list items, from where the lines stand on the page and how large they are."""

from __future__ import annotations

import ctypes
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from importlib import import_module
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from claimcheck.errors import ExtractError
from claimcheck.extract.fields import is_prose
from claimcheck.extract.flow import Composer, Piece, Story, Way
from claimcheck.extract.footnotes import note_sign
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.model import Document

_MOST_CHARACTERS = 20_000_000

_BULLET = re.compile(r"(?:[-*+•\u2013\u2014·‣◦▪●○■\uf0a7\uf0b7\uf0d8]|o|\d{1,3}[.)])[ \t\u00a0]+(?=\S)")
_CLOSING = "\"'\u201d\u2019)]*†‡¹²³"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
# They make compounds, and few words that are parted begin with them.
_COMPOUNDING = frozenset("anti non self skin oil high low long fast".split())
# What pdfium gives for a hyphen that parts a word at the end of a line, now and in older versions.
_HYPHENS = frozenset({0x02, 0xFFFE})
_LINE_ENDS = frozenset({0x0A, 0x0D}) | _HYPHENS
_SURROGATE = re.compile("[\ud800-\udfff]")
_DIGITS = frozenset(range(0x30, 0x3A))
_BLANKS = frozenset(range(0x21)) | {0xA0}
_PLAIN = _BLANKS | _DIGITS
# Stands where nothing is; Unicode promises that it never is a character.
_NOTHING = 0xFDD0
_SHOWN = {
    **dict.fromkeys(range(0x20), " "), _NOTHING: None,
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st",
}  # fmt: skip
_SPACES = re.compile(" {2,}")

# All in parts of the size of the letters.
_SAME_SIZE = 0.12
_RAISED_SIZE, _RAISED_BY = 0.85, 0.15
_HEADING_SIZE = 1.15
_TIGHT, _LOOSE = 0.9, 2.2
_GAP = 1.3
_SPACE = 0.25
_INDENT = 0.8
_SIDEWAYS = 0.3
_RISE = 0.6
_WORD_SPACE = 1.2
_TOUCHING = 0.1

_LONGEST_HEADING = 20
_DEEPEST_HEADING = 6
_SHORT_WORD = 4


class _Line(NamedTuple):
    """
    A line as it is printed; places and sizes in points, upwards and to the right.

    Args:
        pieces: Without space at the ends.
        hyphen: Whether its last word was parted.
        word: Width of its first word.
    """

    pieces: tuple[Piece, ...]
    text: str
    hyphen: bool
    left: float
    right: float
    base: float
    size: float
    word: float

    @property
    def bullet(self) -> int:
        """How many characters are its bullet."""
        found = _BULLET.match(self.text)
        return found.end() if found else 0

    @property
    def ended(self) -> bool:
        """Whether a sentence or clause ends with it."""
        return self.text.rstrip(_CLOSING).endswith((".", "!", "?", ":", ";"))


def read(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Document:
    """
    Read a PDF. The library for it must not run in two threads of a process at once.

    Raises:
        ExtractError: If it cannot be read, is encrypted or holds no text; or if the extra ``pdf`` is not installed.
    """
    title, pages = _pages(data, path)
    if not any(pages):
        raise ExtractError(
            "the file has no text to check: it may be scanned",
            where=path,
            fix="Run text recognition over it, or check the document it was made from.",
        )
    everything = [line for page in pages for line in page]
    paragraphs = [_paragraphs(page) for page in pages]
    levels = _levels([one for page in paragraphs for one in page], _body_size(everything))
    words = _vocabulary(everything)
    composer = Composer()
    for number, page in enumerate(paragraphs):
        composer.start_page()
        if number == 0 and is_prose("title", title, reading=reading):
            composer.metadata(title)
        composer.play(_story(page, levels, words).steps())
    return composer.finish(path, "pdf")


# --------------------------------------------------------------------------- from the file to lines


def _pages(data: bytes, path: str) -> tuple[str, list[list[_Line]]]:
    """The title of the file and the lines of each page."""
    try:
        # Imported only when a PDF comes; it is an extra, and has no types.
        pdfium: Any = import_module("pypdfium2")
        raw: Any = import_module("pypdfium2.raw")
    except ImportError:
        raise ExtractError(
            "PDF is read with pypdfium2, which is not installed",
            where=path,
            fix="Run: pip install 'claimcheck-lint[pdf]'.",
        ) from None
    try:
        with closing(pdfium.PdfDocument(data)) as document:
            pages: list[list[_Line]] = []
            count = 0
            for number in range(len(document)):
                with closing(document[number]) as page, closing(page.get_textpage()) as text:
                    count += text.count_chars()
                    if count > _MOST_CHARACTERS:
                        what = f"the file holds more than {_MOST_CHARACTERS // 1_000_000} million characters"
                        raise ExtractError(what, where=path, fix="Split it, or leave it out.")
                    pages.append(list(_lines(raw, text)))
            return document.get_metadata_value("Title"), pages
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise ExtractError("the file is encrypted", where=path, fix="Save it without a password.") from None
        what = "the file is no PDF, or a damaged one"
        raise ExtractError(what, where=path, fix="Leave the file out, or save it anew.") from None


def _lines(raw: Any, text: Any) -> Iterator[_Line]:
    """The lines of a page in the order of the file, which is that of reading in all but rare cases."""
    code_at, page = raw.FPDFText_GetUnicode, text.raw
    codes = [code_at(page, index) for index in range(text.count_chars())]
    if codes and max(codes) > sys.maxunicode:
        codes = [code if code <= sys.maxunicode else 0xFFFD for code in codes]
    start = last = -1
    broken = False
    for index, code in enumerate(codes):
        if code in _HYPHENS:
            if start >= 0:
                yield _line(raw, text, codes, start, last + 1)._replace(hyphen=True)
            start, broken = -1, False
        elif code in _LINE_ENDS:
            broken = True
        elif code not in _BLANKS:
            if start >= 0 and broken:
                one, two = _glyph(raw, text, last), _glyph(raw, text, index)
                if not _is_beside(one, two):
                    yield _line(raw, text, codes, start, last + 1)
                    start = -1
                elif two.left - one.right < _TOUCHING * one.size:
                    codes[last + 1 : index] = [_NOTHING] * (index - last - 1)
            start, last, broken = index if start < 0 else start, index, False
    if start >= 0:
        yield _line(raw, text, codes, start, last + 1)


class _Glyph(NamedTuple):
    left: float
    right: float
    base: float
    size: float


def _glyph(raw: Any, text: Any, index: int) -> _Glyph:
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetLooseCharBox(text, index, box)
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    raw.FPDFText_GetMatrix(text, index, matrix)
    # Many files set the size to 1 and let the matrix do the rest.
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    size = raw.FPDFText_GetFontSize(text, index) * scale
    return _Glyph(box.left, box.right, y.value, size if size > 0 else box.top - box.bottom)


def _is_beside(one: _Glyph, two: _Glyph) -> bool:
    """Whether two stand on one line, though one may be raised; the cells of a table are farther apart."""
    size = max(one.size, two.size)
    return abs(one.base - two.base) < _RISE * size and one.left < two.left < one.right + _WORD_SPACE * size


def _line(raw: Any, text: Any, codes: Sequence[int], start: int, end: int) -> _Line:
    """The characters ``start:end``, of which the first and the last are seen."""
    seen = [index for index in range(start, end) if codes[index] not in _BLANKS]
    first, last, middle = (_glyph(raw, text, index) for index in (start, end - 1, seen[len(seen) // 2]))
    size, base = median((first.size, middle.size, last.size)), median((first.base, middle.base, last.base))

    def is_raised(index: int) -> bool:
        glyph = _glyph(raw, text, index)
        return glyph.size < _RAISED_SIZE * size and glyph.base > base + _RAISED_BY * size

    pieces: list[Piece] = []
    done = index = start
    while index < end:
        # A digit that follows a space or a digit is no mark, unless its like before it is.
        if codes[index] in _DIGITS and (index == start or codes[index - 1] not in _PLAIN) and is_raised(index):
            pieces.append(Piece(_decoded(codes[done:index])))
            done = index
            while index < end and codes[index] in _DIGITS:
                index += 1
            pieces.append(Piece(_decoded(codes[done:index]), Way.RAISED))
            done = index
        else:
            index += 1
    pieces.append(Piece(_decoded(codes[done:end])))
    pieces = [piece for piece in pieces if piece.text]
    stop = next((index for index in range(start, end) if codes[index] in _BLANKS), end) - 1
    return _Line(
        pieces=tuple(pieces),
        text="".join(piece.text for piece in pieces),
        hyphen=False,
        left=first.left,
        right=last.right,
        base=base,
        size=size,
        word=_glyph(raw, text, stop).right - first.left,
    )


def _decoded(codes: Sequence[int]) -> str:
    """Characters, with letters for ligatures and spaces for controls; pairs of surrogates are one."""
    text = "".join(map(chr, codes)).translate(_SHOWN)
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _SPACES.sub(" ", text)


# --------------------------------------------------------------------------- from lines to paragraphs


def _paragraphs(lines: Sequence[_Line]) -> list[list[_Line]]:
    """The lines of a page, those of a paragraph together."""
    leading = min((gap for gap in map(_leading, lines, lines[1:]) if gap), default=1.0)
    paragraphs: list[list[_Line]] = []
    run: list[_Line] = []
    for line in lines:
        if run and not _is_close(run[-1], line, leading):
            paragraphs += _unwrapped(run)
            run = []
        run.append(line)
    return _rejoined(paragraphs + _unwrapped(run))


def _leading(one: _Line, two: _Line) -> float:
    """How far apart two lines stand, in parts of their size; 0 if they are not one above the other."""
    if abs(one.size - two.size) > _SAME_SIZE * max(one.size, two.size) or not one.size:
        return 0.0
    gap = (one.base - two.base) / one.size
    return gap if _TIGHT <= gap <= _LOOSE and one.left < two.right and two.left < one.right else 0.0


def _is_close(one: _Line, two: _Line, leading: float) -> bool:
    return 0 < _leading(one, two) <= _GAP * leading


def _unwrapped(run: Sequence[_Line]) -> list[list[_Line]]:
    """Join the lines of a run without gaps that were one before they were wrapped."""
    edge = max((line.right for line in run), default=0.0)
    fits = [one.right + _SPACE * one.size + two.word > edge for one, two in pairwise(run)]
    # Only a sentence that was broken shows that lines were wrapped; the longest line never has room for a word.
    wrapped = any(full and _flows(one, two) for full, (one, two) in zip(fits, pairwise(run), strict=True))
    paragraphs = [list(run[:1])] if run else []
    for full, (one, two) in zip(fits, pairwise(run), strict=True):
        if _continues(paragraphs[-1][0], one, two, full=full, wrapped=wrapped):
            paragraphs[-1].append(two)
        else:
            paragraphs.append([two])
    return paragraphs


def _flows(one: _Line, two: _Line) -> bool:
    return one.hyphen or (not one.ended and two.text[0].islower())


def _begins(line: _Line) -> bool:
    """Whether an item or a footnote begins with a line."""
    return line.bullet > 0 or line.pieces[0].way is Way.RAISED or note_sign(line.text) != ""


def _continues(first: _Line, one: _Line, two: _Line, *, full: bool, wrapped: bool) -> bool:
    """Whether ``two`` goes on with ``one``; ``full``: it was broken for want of room."""
    if _begins(two):
        return False
    if first.bullet and two.left > first.left + _SPACE * first.size:
        return True
    if one.ended and not first.bullet and two.left > one.left + _INDENT * one.size:
        return False
    return _flows(one, two) or (full and (wrapped or not (one.ended or two.text[0].isupper())))


def _rejoined(paragraphs: list[list[_Line]]) -> list[list[_Line]]:
    """Join what goes on at the top of the next column."""
    joined: list[list[_Line]] = []
    for paragraph in paragraphs:
        before, after = joined[-1][-1] if joined else None, paragraph[0]
        if (
            before
            and _flows(before, after)
            and not _begins(after)
            and after.base > before.base + _SIDEWAYS * before.size
            and abs(before.size - after.size) <= _SAME_SIZE * before.size
        ):
            joined[-1] += paragraph
        else:
            joined.append(paragraph)
    return joined


# --------------------------------------------------------------------------- from paragraphs to a document


def _body_size(lines: Sequence[_Line]) -> float:
    """The size in which most characters are set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], -size))


def _levels(paragraphs: Sequence[Sequence[_Line]], body: float) -> dict[float, int]:
    """The level of headings of each size: the largest are first, and sizes that hardly differ are one."""
    levels: dict[float, int] = {}
    top, level = 0.0, 0
    for size in sorted({_size(one) for one in paragraphs if _could_head(one, body)}, reverse=True):
        if not top or size < top * (1 - _SAME_SIZE / 2):
            top, level = size, min(level + 1, _DEEPEST_HEADING)
        levels[size] = level
    return levels


def _could_head(paragraph: Sequence[_Line], body: float) -> bool:
    first = paragraph[0]
    if _size(paragraph) <= _HEADING_SIZE * body or (_begins(first) and not first.text[0].isdigit()):
        return False
    count = sum(len(line.text.split(None, _LONGEST_HEADING)) for line in paragraph)
    if not any(map(str.isalpha, first.text)):
        return False
    return count <= _LONGEST_HEADING and not paragraph[-1].text.rstrip(_CLOSING).endswith((".", ":"))


def _size(paragraph: Sequence[_Line]) -> float:
    return round(paragraph[0].size * 2) / 2


def _vocabulary(lines: Sequence[_Line]) -> frozenset[str]:
    """The words that are not parted, in lower case; nothing if no word is parted."""
    if not any(line.hyphen for line in lines):
        return frozenset()
    return frozenset(word for line in lines for word in _WORD.findall(line.text.lower())[: -1 if line.hyphen else None])


def _story(paragraphs: Sequence[Sequence[_Line]], levels: dict[float, int], words: frozenset[str]) -> Story:
    """One page."""
    story = Story()
    indents: list[float] = []
    for paragraph in paragraphs:
        first = paragraph[0]
        level = levels.get(_size(paragraph), 0) if _could_head(paragraph, 0) else 0
        bullet = 0 if level else first.bullet
        _indent(indents, first) if bullet else indents.clear()
        story.open()
        _write(story, paragraph, bullet, words)
        story.close(level=level, item=len(indents))
    return story


def _indent(indents: list[float], line: _Line) -> None:
    """Make ``indents``, the left edges of the open lists, those of the list that the line is in."""
    tolerance = _SPACE * line.size
    while len(indents) > 1 and line.left < indents[-1] - tolerance:
        indents.pop()
    if not indents or line.left > indents[-1] + tolerance:
        indents.append(line.left)


def _write(story: Story, paragraph: Sequence[_Line], bullet: int, words: frozenset[str]) -> None:
    before: _Line | None = None
    for line in paragraph:
        pieces = list(line.pieces)
        if before is None and bullet:
            story.write(pieces[0].text[:bullet], Way.BULLET)
            pieces[0] = Piece(pieces[0].text[bullet:])
        elif before is not None and before.hyphen:
            story.write(_hyphen(before.text, line.text, words))
        elif before is not None:
            story.write(" ", Way.BREAK)
        for piece in pieces:
            story.write(piece.text, piece.way)
        before = line
    if before is not None and before.hyphen:
        story.write("-")


def _hyphen(before: str, after: str, words: frozenset[str]) -> str:
    """What stands between the two parts of a word that was parted: a hyphen if it has one of its own."""
    if before[-1].isupper() or after[0].isupper():
        return "-"
    head, tail = _LAST_WORD.search(before.lower()), _WORD.match(after.lower())
    if head is None or tail is None or head[0] + tail[0] in words:
        return "" if head and tail else "-"
    own = head[0] in words and (tail[0] in words or len(head[0]) >= _SHORT_WORD)
    return "-" if own or head[0] in _COMPOUNDING or f"{head[0]}-{tail[0]}" in words else ""
