"""
Blanks out what dialects of Markdown add to it, before it is read as Markdown.

That are the shortcodes of Hugo and Quarto, the Liquid of Jekyll, the fences of Pandoc and Docusaurus (``:::``), the
attributes of Pandoc and kramdown, and the admonitions and tabs of MkDocs. The titles, captions and alternative texts
that they are given are attributes. What stands in code stays as it is.
"""

from __future__ import annotations

import re

from claimcheck.extract.liquid import cut_tag
from claimcheck.extract.markdowncode import CODE, LINE, CodeFinder
from claimcheck.extract.offsets import Source, StretchBuilder
from claimcheck.extract.reading import Reading
from claimcheck.extract.structure import Outline
from claimcheck.extract.tags import SPOKEN_ATTRIBUTES
from claimcheck.extract.templates import Template

_PAIR = r"""[\w:-]+=(?:"[^"\r\n]*+"|'[^'\r\n]*+'|[^\s"'{}]++)"""
_ATTRIBUTES = rf"""\{{:?[ \t]*+(?:[.\#][\w:.-]++|{_PAIR}|-)(?:[ \t]++(?:[.\#][\w:.-]++|{_PAIR}|-))*+[ \t]*+\}}"""
_SIGN = re.compile(
    rf"""
    \\[`\\]
  | {CODE}
  | (?P<shortcode>\{{\{{[<%])
  | (?P<liquid>\{{\{{|\{{%)
  | {LINE}[ \t>]*+(?P<colons>:{{3,}}+[^\r\n]*+)
  | {LINE}(?P<indent>[ ]*+)(?P<admonition>(?:!!!|\?\?\?\+?|===)[ \t]++[^\r\n]++)
  | \{{::comment\}}(?P<comment>)
  | (?P<attributes>{_ATTRIBUTES})
  | (?<![\]!])\[(?=[^\[\]\r\n]*+\]{_ATTRIBUTES})(?P<span>)
    """,
    re.VERBOSE,
)
_GAP = re.compile(r"(?:[ \t]*+(?:\r\n?|\n))++")
_ENDS_COMMENT = re.compile(r"\{:/(?:comment)?\}")
_STEP = "    "

_GIVEN = re.compile(r"""([\w:-]++)=(?:"([^"\r\n]*+)"|'([^'\r\n]*+)')""")
_QUOTED_TITLE = re.compile(r'"([^"\r\n]*+)"')
# ":::tip Title", ":::tip[Title]".
_FENCE_TITLE = re.compile(r":++[ \t]*+[\w-]++(?:\[([^\]\r\n]*+)\]|[ \t]++([^\s{:][^{\r\n]*+))")
_SPOKEN = SPOKEN_ATTRIBUTES | {"caption", "fig-alt", "fig-cap", "tbl-cap"}


def without_dialect(outline: Outline, text: str, start: int, path: str, reading: Reading) -> Source:
    """
    A Markdown file without what only dialects know; every character has kept its place.

    Args:
        outline: Takes comments and attributes.
        text: The text of the file.
        start: Where its body begins.
        path: Of the file, for messages.
        reading: What a configuration says.
    """
    cutter = _Cutter(Template(outline, text, path, reading, markdown=True))
    cutter.run(start)
    return cutter.template.mask.source()


class _Cutter:
    """Goes through the signs of one file."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self._text = template.text
        self._mask = template.mask
        self._code = CodeFinder(template.text)
        self._ends_of_spans: set[int] = set()

    def run(self, at: int) -> None:
        """Blank out what stands from an offset on."""
        while found := _SIGN.search(self._text, at):
            at = self._take(found)

    def _take(self, found: re.Match[str]) -> int:
        start, end = found.span()
        match found.lastgroup:
            case "fence" | "ticks":
                return self._code.after(found)
            case "shortcode":
                return self._take_shortcode(start)
            case "liquid":
                return cut_tag(self.template, start)
            case "colons":
                self._take_colons(found.start("colons"), end)
            case "admonition":
                return self._take_admonition(found)
            case "comment":
                return self._take_comment(start, end)
            case "attributes":
                self._add_given(start, end)
                self._mask.blank(start - 1 if start in self._ends_of_spans else start, end)
            case "span":
                self._ends_of_spans.add(self._text.index("]", start) + 1)
                self._mask.blank(start, end)
        return end

    def _take_shortcode(self, start: int) -> int:
        opening = self._text[start : start + 3]
        end = self.template.closing(">}}" if opening == "{{<" else "%}}", start + 3)
        if end < 0:
            return start + 3
        inner = self._text[start + 3 : end - 3]
        if inner.startswith("/*"):
            self.template.comment(start, end, first=start + 5, last=end - 5)
            return end
        self._add_given(start + 3, end - 3)
        self._mask.instruction(start, end, shown=opening == "{{<" and not inner.lstrip().startswith("/"))
        return end

    def _take_colons(self, start: int, end: int) -> None:
        if title := _FENCE_TITLE.match(self._text, start, end):
            self._add(*title.span(title.lastindex or 0))
        self._add_given(start, end)
        self._mask.empty(start, end)

    def _take_admonition(self, found: re.Match[str]) -> int:
        start, end = found.span("admonition")
        inner = found["indent"] + _STEP
        gap = _GAP.match(self._text, end)
        if gap is None or not self._text.startswith(inner, gap.end()):
            return end
        if title := _QUOTED_TITLE.search(self._text, start, end):
            self._add(*title.span(1))
        self._mask.empty(start, end)
        # What is indented beneath would be code; beneath a bullet it is none.
        self._mask.bullet(gap.end() + len(inner))
        return gap.end()

    def _take_comment(self, start: int, end: int) -> int:
        ending = self.template.search(_ENDS_COMMENT, end)
        if ending is None:
            return end
        self.template.comment(start, ending.end(), first=end, last=ending.start())
        return ending.end()

    def _add_given(self, start: int, end: int) -> None:
        """Add what attributes say that are read by people."""
        for found in _GIVEN.finditer(self._text, start, end):
            if found[1].lower() in _SPOKEN:
                self._add(*found.span(found.lastindex or 0))

    def _add(self, start: int, end: int) -> None:
        builder = StretchBuilder(Source(self._text))
        builder.exact(start, end)
        self.template.outline.add_metadata(builder.build())
