"""
Reads templates: pages in HTML or Markdown with code in them. The languages have a module each.

Code is blanked out in a text of the same length. Of its string literals those that are copy (``copy_literals``) stay
where code is shown, ``{{ "Softer skin" | t }}``, as part of the text around it; those of statements, as in
``{% render "card", text: "Softer skin" %}``, are attributes.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from claimcheck.errors import ExtractError
from claimcheck.extract.decode import decode
from claimcheck.extract.masking import Literal, Mask, copy_literals, literal_stretch
from claimcheck.extract.offsets import Source
from claimcheck.extract.pages import front_matter, page
from claimcheck.extract.reading import Reading
from claimcheck.extract.structure import Outline
from claimcheck.model import Document

_MARKDOWN = frozenset("markdown md mkd qmd rmd".split())
_TEXT = frozenset({"text", "txt"})
# Of a template for such a file all but its code is code too.
_CODE = frozenset(
    "c cfg cnf conf config cpp cs css csv env go graphql h ini java js jsx kt less lua mjs php properties ps1 py rb rs"
    " rss sass scala scss sh sql styl svg swift tex toml ts tsx vue xml yaml yml".split()
)

_LINE = re.compile(r"[^\r\n]+")
_WORD = re.compile(r"[\s\-+~=]*+([\w.-]++|#|)")
# Their literals are compared, not shown.
_CONDITIONS = frozenset("case elif else elseif elsif if ifchanged unless until when while".split())
# What follows is shown instead of what stands before.
_ALTERNATIVES = frozenset("elif else elseif elsif plural pluralize when".split())


class Template:
    """
    A template that is being cut up: a language tells it what each stretch of code is, in the order of the text.

    Args:
        outline: Takes comments, and the literals of statements.
        text: The text of the file.
        path: Of the file, for messages.
        reading: What a configuration says.
        markdown: Whether what stands around the code is Markdown.
    """

    def __init__(self, outline: Outline, text: str, path: str, reading: Reading, *, markdown: bool = False) -> None:
        self.outline = outline
        self.text = text
        self.path = path
        self.reading = reading
        self.mask = Mask(text, markdown=markdown)
        self._never: set[str] = set()

    def output(self, start: int, end: int) -> None:
        """Code that is shown: its literals that are copy stay."""
        self.keep(copy_literals(self.text, start, end, self.reading), start, end)

    def keep(self, literals: list[Literal], start: int, end: int) -> None:
        """Code that is shown, of which these literals are copy: they are part of the text around it."""
        at = start
        for literal in literals:
            if at > start:
                self.mask.stand_in(at, literal.start)
            else:
                self.mask.blank(at, literal.start)
            self.mask.keep(literal)
            at = literal.end
        if literals:
            self.mask.blank(at, end)
        else:
            self.mask.stand_in(start, end)

    def shown(self, start: int, end: int) -> None:
        """A statement that shows its literals."""
        literals = copy_literals(self.text, start, end, self.reading)
        if literals:
            self.keep(literals, start, end)
        else:
            self.mask.instruction(start, end)

    def statement(self, start: int, end: int, *, first: int) -> None:
        """
        Code that is not shown itself: its literals that are copy are attributes.

        Args:
            start: Where its opening mark stands.
            end: One past its closing mark.
            first: Where its name stands, or white space before that.
        """
        name = word_at(self.text, first)
        self.literals(first, end, name)
        if name in _ALTERNATIVES:
            self.mask.stand_in(start, end)
        else:
            self.mask.instruction(start, end)

    def lines(self, start: int, end: int, *, first: int, last: int) -> None:
        """Code of several statements, one to a line."""
        for line in _LINE.finditer(self.text, first, last):
            self.literals(*line.span(), word_at(self.text, line.start()))
        self.mask.instruction(start, end)

    def literals(self, start: int, end: int, name: str) -> None:
        """Add the literals of a statement of that name."""
        if name not in _CONDITIONS:
            for literal in copy_literals(self.text, start, end, self.reading):
                self.outline.add_metadata(literal_stretch(self.text, literal))

    def comment(self, start: int, end: int, *, first: int, last: int) -> None:
        """A comment with its marks, and where its words stand."""
        self.outline.comment(self.text[first:last], start, end)
        self.mask.instruction(start, end)

    def read_json(self, source: Source, start: int, end: int, reading: Reading) -> None:
        """Add the strings of JSON that are copy to the outline; what is no JSON without its code is passed over."""
        from claimcheck.extract.json import read_json

        depth = self.outline.depth
        try:
            read_json(self.outline, source, start, end, path=self.path, reading=reading)
        except ExtractError:
            self.outline.leave_to(depth)

    def is_vain(self, wanted: str) -> bool:
        """Whether that was given up."""
        return wanted in self._never

    def give_up(self, wanted: str) -> None:
        """Remember that something is not found from here to the end."""
        self._never.add(wanted)

    def find(self, wanted: str, at: int) -> int:
        """Offset of the next ``wanted`` at or after ``at``; -1 if there is none, which is remembered."""
        found = -1 if wanted in self._never else self.text.find(wanted, at)
        if found < 0:
            self._never.add(wanted)
        return found

    def search(self, wanted: re.Pattern[str], at: int) -> re.Match[str] | None:
        """The next match at or after ``at``; that there is none is remembered."""
        found = None if wanted.pattern in self._never else wanted.search(self.text, at)
        if found is None:
            self._never.add(wanted.pattern)
        return found

    def closing(self, wanted: str, at: int) -> int:
        """
        One past the next ``wanted`` at or after ``at`` that stands in no string on one line; -1 if there is none.

        A tag in which quotes do not pair to the end of the file is ended by the first; so is each one after it.
        """
        ending = _ENDINGS[wanted]
        if ending.pattern not in self._never:
            if found := ending.match(self.text, at):
                return found.end()
            self._never.add(ending.pattern)
        plain = self.find(wanted, at)
        return plain + len(wanted) if plain >= 0 else -1


def _ending(wanted: str) -> re.Pattern[str]:
    first, rest = re.escape(wanted[0]), re.escape(wanted[1:])
    return re.compile(
        rf"""(?:[^"'\\{first}]++|\\["'\\]?+|"[^"\r\n\\]*+(?:\\.[^"\r\n\\]*+)*+"|'[^'\r\n\\]*+(?:\\.[^'\r\n\\]*+)*+'|["']"""
        rf"""|{first}(?!{rest}))*+{first}{rest}"""
    )


_ENDINGS = {wanted: _ending(wanted) for wanted in ("}}", "}}}", "%}", "!!}", "%}}", ">}}")}


def word_at(text: str, at: int) -> str:
    """The name of the statement that begins there; marks that trim white space may stand before it."""
    found = _WORD.match(text, at)
    return found[1] if found else ""


def read_template(
    data: bytes, path: str, reading: Reading, form: str, cut: Callable[[Template, int], None]
) -> Document:
    """
    Read a template.

    Args:
        data: The whole file.
        path: Of the file; in ``page.md.erb`` what stands around the code is Markdown, in ``a.css.erb`` it is no copy.
        reading: What a configuration says.
        form: Name of the format.
        cut: Cuts up a template from an offset on.

    Raises:
        ExtractError: If it is no text, or its front matter says something to us that cannot be read.
    """
    text = decode(data, path)
    outline = Outline()
    said = front_matter(outline, text, path, reading)
    inner = _inner_ending(path)
    template = Template(outline, text, path, reading, markdown=inner in _MARKDOWN)
    body = said.body if said else 0
    template.mask.blank(0, body)
    cut(template, body)
    if inner not in _CODE:
        _read_rest(template, inner, body)
    return page(outline, text, path, said, form=form)


def _read_rest(template: Template, inner: str, body: int) -> None:
    """Add what stands around the code to the outline."""
    outline, source = template.outline, template.mask.source()
    if inner in _MARKDOWN:
        from claimcheck.extract.markdown import read_markdown

        read_markdown(outline, source, body)
    elif inner in _TEXT:
        from claimcheck.extract.embedded import read_embedded

        read_embedded(outline, source)
    elif inner == "json":
        template.read_json(source, body, len(source.text), template.reading)
    else:
        from claimcheck.extract.htmlblocks import read_html

        read_html(outline, source)


def _inner_ending(path: str) -> str:
    """The ending before the last: ``md`` of ``page.md.erb``; else nothing."""
    parts = path.replace("\\", "/").rpartition("/")[2].lower().split(".")
    return parts[-2] if len(parts) > 2 else ""
