"""
Reads templates: pages in HTML or Markdown with code in them. The languages have a module each.

Code is blanked out in a text of the same length. Of its string literals those that are copy (``copy_literals``) stay
where code is shown, ``{{ "Softer skin" | t }}``, as part of the text around it; those of statements, as in
``{% render "card", text: "Softer skin" %}``, are attributes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from claimcheck.errors import ExtractError
from claimcheck.extract.decode import decode
from claimcheck.extract.masking import Literal, Mask, copy_literals, literal_stretch
from claimcheck.extract.offsets import OBJECT, Source, StretchBuilder
from claimcheck.extract.pages import front_matter, page
from claimcheck.extract.reading import Reading
from claimcheck.extract.structure import Outline
from claimcheck.model import Document

_MARKDOWN = frozenset("markdown md mkd qmd rmd".split())
_TEXT = frozenset({"text", "txt"})
_JSON = frozenset({"json", "jsonc"})
_YAML = frozenset({"yaml", "yml"})
_DATA = _JSON | _YAML | {"toml"}
_XML = frozenset("atom rss xml".split())
_TABLES = frozenset("csv tab tsv".split())
# Lines and messages of which each has to be read by itself.
_UNREAD = frozenset("jsonl ndjson po pot".split())
XHTML = "xhtml"
# Of a template for such a file only what its code says is copy.
_CODE = frozenset(
    "c cfg cnf conf config cpp cs css env go graphql h ini java js jsx kt less lua mjs php properties ps1 py rb rs sass"
    " scala scss sh sql styl svg swift tex ts tsx vue".split()
)
# A line of YAML on which nothing stands but code, which puts lines there.
_CODE_ALONE = re.compile(rf"(?:\A|(?<=[\r\n]))[ \t]*+{OBJECT}[ \t{OBJECT}]*+(?=[\r\n]|\Z)")

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

    def literals(self, start: int, end: int, name: str) -> None:
        """Add the literals of a statement of that name."""
        if name not in _CONDITIONS:
            for literal in copy_literals(self.text, start, end, self.reading):
                self.outline.add_metadata(literal_stretch(self.text, literal))

    def comment(self, start: int, end: int, *, first: int, last: int) -> None:
        """A comment with its marks, and where its words stand."""
        self.outline.comment(self.text[first:last], start, end)
        self.mask.instruction(start, end)

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
    Read a template; its name tells what stands around the code.

    Args:
        data: The whole file.
        path: Of the file.
        reading: What a configuration says.
        form: Name of the format.
        cut: Cuts up a template from an offset on.

    Raises:
        ExtractError: As ``template_document``, or if it is no text.
    """
    return template_document(decode(data, path), path, reading, form, cut, _inner_ending(path))


def template_document(
    text: str, path: str, reading: Reading, form: str, cut: Callable[[Template, int], None], inner: str
) -> Document:
    """
    The document of a template.

    Args:
        text: The text of the file.
        inner: The ending of what it makes: with ``md`` what stands around the code is Markdown, with ``css`` it is no
            copy, and with none that is known it is HTML.

    Raises:
        ExtractError: If it makes data and what stands around the code is none, if it makes JSON Lines or a message
            catalogue, or if its front matter says something to us that cannot be read.
    """
    if inner in _UNREAD:
        what = f"this template makes '.{inner}', of which nothing is read"
        raise ExtractError(what, where=path, fix="Leave it out, and check what comes of it.")
    outline = Outline()
    said = None if inner in _DATA else front_matter(outline, text, path, reading)
    template = Template(outline, text, path, reading, markdown=inner in _MARKDOWN)
    body = said.body if said else 0
    template.mask.blank(0, body)
    cut(template, body)
    language = ""
    if inner in _DATA or inner in _XML or inner in _TABLES:
        language = _read_data(template, inner)
    elif inner not in _CODE:
        _read_page(template, inner, body)
    document = page(outline, text, path, said, form=form)
    return replace(document, language=language) if language else document


def _read_page(template: Template, inner: str, body: int) -> None:
    """Add what stands around the code to the outline."""
    outline, path, reading = template.outline, template.path, template.reading
    source = template.mask.source()
    if inner in _MARKDOWN:
        from claimcheck.extract.markdown import read_markdown

        read_markdown(outline, source, body, path=path, reading=reading)
    elif inner in _TEXT:
        from claimcheck.extract.embedded import read_embedded

        read_embedded(outline, source, path=path, reading=reading)
    else:
        from claimcheck.extract.htmlblocks import read_html

        read_html(outline, source, path=path, reading=reading, xml=inner == XHTML)


def _read_data(template: Template, inner: str) -> str:
    """Add the strings around the code that are copy to the outline; returns the language that the data name."""
    outline, path, reading = template.outline, template.path, template.reading
    source = template.mask.source()
    if inner in _JSON:
        from claimcheck.extract.json import read_json

        return read_json(outline, source, template.text, path=path, reading=reading)
    if inner in _YAML:
        from claimcheck.extract.yaml import read_yaml

        return read_yaml(outline, _without_fillers(source), template.text, path=path, reading=reading)
    if inner in _XML:
        from claimcheck.extract.xml import read_xml

        return read_xml(outline, source, template.text, path=path, reading=reading)
    if inner in _TABLES:
        from claimcheck.extract.csv import read_table

        read_table(outline, source, template.text, path=path, reading=reading)
        return ""
    from claimcheck.extract.toml import try_toml

    return try_toml(outline, source, path=path, reading=reading)


def _without_fillers(source: Source) -> Source:
    """What of YAML is left when tags leave no trace: it is indented as what comes of the template."""
    builder = StretchBuilder(source)
    builder.exact(0, len(source.text))
    inner = builder.inner()
    return Source(_CODE_ALONE.sub(lambda found: " " * len(found[0]), inner.text), inner.runs)


def _inner_ending(path: str) -> str:
    """The ending before the last: ``md`` of ``page.md.erb``; else nothing."""
    parts = path.replace("\\", "/").rpartition("/")[2].lower().split(".")
    return parts[-2] if len(parts) > 2 else ""
