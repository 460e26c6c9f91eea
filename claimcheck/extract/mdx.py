"""Reads MDX: Markdown in which tags of components, code in braces, ``import`` and ``export`` may stand."""

from __future__ import annotations

import re

from claimcheck.errors import ExtractError
from claimcheck.extract.decode import decode, place
from claimcheck.extract.javascript import PieceReader, read_script
from claimcheck.extract.markdown import read_markdown
from claimcheck.extract.markdowncode import CODE, LINE, CodeFinder
from claimcheck.extract.markup import HEARD, is_component
from claimcheck.extract.offsets import FILLER, OBJECT, Source, StretchBuilder, source_of
from claimcheck.extract.pages import front_matter, page
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.scripts import JSX, Kind, Token
from claimcheck.extract.structure import Outline
from claimcheck.extract.tags import SPOKEN_ATTRIBUTES, add_text
from claimcheck.model import Document

_SIGN = re.compile(
    rf"""
    \\.
  | {CODE}
  | {LINE}(?P<statement>import[ \t]*+["'{{*]|import[ \t]++[\w$]++[ \t]*+(?:,|from\b)
    |export[ \t]++(?:async|class|const|default|enum|function|interface|let|type|var)\b|export[ \t]*+[{{*])
  | (?P<code>\{{)
  | (?P<tag></?+[A-Za-z_$](?![\w.+-]*+(?:@|://))|</?+>)
    """,
    re.VERBOSE | re.DOTALL,
)
# Within statements: what may hold a blank line, brackets, and blank lines.
_IN_STATEMENT = re.compile(
    r""""(?:[^"\\\r\n]++|\\.)*+"|'(?:[^'\\\r\n]++|\\.)*+'|`(?:[^`\\]++|\\.)*+`|//[^\r\n]*+|/\*(?:[^*]++|\*(?!/))*+\*/"""
    r"""|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<blank>(?>\r\n?|\n)[ \t]*+(?=[\r\n]))""",
    re.DOTALL,
)
_INDENT = re.compile(rf"{LINE}[ \t]++")
_FIRST_LINE = re.compile(r"(?:[ \t]*+(?>\r\n?|\n))++(?P<indent>[ \t]*+)")
_NO_LINE_END = re.compile(r"[^\r\n]")
_WIDEST = 200
_ENDS_BLOCK = re.compile(r"(?>\r\n?|\n)[ \t]*(?>\r\n?|\n)\Z")

# Elements that say nothing of the Markdown in them; that would not be read as such.
_WRAPPERS = frozenset("a article aside center details div figure footer header main nav p picture section span".split())


def read(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Document:
    """
    Read an MDX file.

    Raises:
        ExtractError: If it is no text, a tag or bracket is not closed, or its front matter cannot be read and speaks to
            us.
    """
    text = decode(data, path)
    outline = Outline()
    said = front_matter(outline, text, path, reading)
    reader = _MdxReader(outline, text, path, reading)
    reader.read(said.body if said else 0)
    return page(outline, text, path, said, form="mdx")


class _MdxReader:
    """Makes Markdown of one file: code is blanked out, and what stands in components is not indented."""

    def __init__(self, outline: Outline, text: str, path: str, reading: Reading) -> None:
        self._outline = outline
        self._text = text
        self._source = source_of(text)
        self._path = path
        self._reading = reading
        self._pieces = PieceReader(outline, self._source, path, reading)
        self._parts: list[str] = []
        self._at = 0
        self._ended = -1
        self._code = CodeFinder(text)
        # From where on lines are indented by how much, because of the tags around them.
        self._steps: list[tuple[int, int]] = [(0, 0)]
        self._open: list[tuple[str, int]] = []

    def read(self, body: int) -> None:
        self._put(FILLER * body, body)
        at = body
        while found := _SIGN.search(self._text, at):
            start = found.start(found.lastgroup) if found.lastgroup else found.start()
            match found.lastgroup:
                case "fence" | "ticks":
                    at = self._code.after(found)
                case "statement" if self._begins_block(start):
                    at = self._statement(start)
                case "code" | "tag":
                    at = self._piece(start)
                case _:
                    at = found.end()
        self._parts.append(self._text[self._at :])
        source = self._dedented("".join(self._parts), body)
        read_markdown(self._outline, source, path=self._path, reading=self._reading)

    # ----------------------------------------------------------------- code of MDX

    def _begins_block(self, at: int) -> bool:
        """Whether a blank line stands before it, or another statement."""
        before = self._text[max(at - _WIDEST, self._at) : at]
        return _ENDS_BLOCK.search(before) is not None or (not before.strip() and at - self._at <= _WIDEST)

    def _statement(self, start: int) -> int:
        """Read and blank out ``import`` and ``export`` up to the first blank line that stands in no bracket."""
        depth = 0
        end = len(self._text)
        for found in _IN_STATEMENT.finditer(self._text, start):
            if found["blank"] and depth <= 0:
                end = found.start()
                break
            depth += bool(found["open"]) - bool(found["close"])
        read_script(self._outline, self._source, start, end, path=self._path, reading=self._reading, dialect=JSX)
        self._until(start)
        self._put(_NO_LINE_END.sub(FILLER, self._text[start:end]), end)
        return end

    def _piece(self, start: int) -> int:
        """Read a tag or code in braces, and put there what it stands for in Markdown."""
        piece = self._pieces.read(start)
        if piece is None:
            bracket = self._text[start]
            fix = "Close it, or write \\{ for the sign." if bracket == "{" else "Close it, or write &lt; for the sign."
            what = f"this '{bracket}' is not closed"
            raise ExtractError(what, where=place(self._text, start, self._path), fix=fix)
        self._until(start)
        html = piece.html
        if piece.tag is not None:
            if self._is_passed_over(piece.tag):
                # Components that follow each other stand apart.
                parting = self._ended == start and piece.tag.kind is Kind.TAG
                html = (OBJECT if parting else FILLER) + FILLER * (len(html) - 1)
            if piece.tag.kind is Kind.END_TAG or piece.tag.empty:
                self._ended = piece.end
        self._put(html, piece.end)
        return piece.end

    def _is_passed_over(self, tag: Token) -> bool:
        """Whether a tag is none in Markdown; the attributes and the indentation of what stands in it are noted."""
        own = not tag.name or is_component(tag.name)
        first = self._begins_line(tag.start)
        if tag.kind is Kind.END_TAG:
            self._close(tag)
        elif not tag.empty and first:
            self._enter(tag)
        if not own and not (first and tag.name in _WRAPPERS):
            return False
        for attribute in tag.attributes:
            if attribute.value and attribute.name in (HEARD if own else SPOKEN_ATTRIBUTES):
                builder = StretchBuilder(self._source)
                add_text(builder, self._text, *attribute.value)
                self._outline.add_metadata(builder.build())
        return True

    def _enter(self, tag: Token) -> None:
        first = _FIRST_LINE.match(self._text, tag.end)
        if first:
            self._open.append((tag.name, len(first["indent"])))
            self._steps.append((tag.end, len(first["indent"])))

    def _close(self, tag: Token) -> None:
        if self._open and self._open[-1][0] == tag.name:
            self._open.pop()
            self._steps.append((tag.end, self._open[-1][1] if self._open else 0))

    def _begins_line(self, at: int) -> bool:
        """Whether nothing but space stands before it on its line."""
        before = self._text[max(at - _WIDEST, 0) : at].rstrip(" \t")
        return before[-1:] in ("\n", "\r") or (not before and at <= _WIDEST)

    # ----------------------------------------------------------------- what is left

    def _until(self, start: int) -> None:
        self._parts.append(self._text[self._at : start])
        self._at = start

    def _put(self, part: str, end: int) -> None:
        self._parts.append(part)
        self._at = end

    def _dedented(self, masked: str, body: int) -> Source:
        """The Markdown without the indentation that lines have for the tags around them: it would make code of them."""
        builder = StretchBuilder(Source(masked))
        steps = iter([*self._steps[1:], (len(masked) + 1, 0)])
        start, indent = next(steps)
        current = 0
        at = body
        for found in _INDENT.finditer(masked, body):
            while found.start() >= start:
                current = indent
                start, indent = next(steps)
            if current:
                builder.exact(at, found.start())
                at = min(found.end(), found.start() + current)
        builder.exact(at, len(masked))
        return builder.inner()
