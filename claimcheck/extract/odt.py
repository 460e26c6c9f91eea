"""Reads OpenDocument texts (ISO/IEC 26300): what is seen on the page, with its headers and footers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from claimcheck.extract.fields import is_prose
from claimcheck.extract.flow import Composer, Story, Way, note
from claimcheck.extract.package import Package, attribute
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.structure import Outline
from claimcheck.model import Document

_OPENDOCUMENT = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    _OPENDOCUMENT + "office:1.0": "office",
    _OPENDOCUMENT + "text:1.0": "text",
    _OPENDOCUMENT + "table:1.0": "table",
    _OPENDOCUMENT + "drawing:1.0": "draw",
    _OPENDOCUMENT + "style:1.0": "style",
    _OPENDOCUMENT + "svg-compatible:1.0": "svg",
    "http://purl.org/dc/elements/1.1/": "dc",
}

_BLANK = re.compile(r"[ \t\r\n]+")
_DEEPEST_HEADING = 6
_LONGEST_CHAIN = 32
_MOST_SPACES = 100

_HEADERS = frozenset(f"style:{kind}{which}" for kind in ("header", "footer") for which in ("", "-left", "-first"))
# Comments, deleted text, the numbers of notes, and what an index is made from.
_UNSEEN = frozenset(
    "office:annotation office:forms office:scripts text:tracked-changes text:note-citation text:hidden-text "
    "text:hidden-paragraph text:placeholder text:ruby-text text:script table:tracked-changes "
    "text:table-of-content-source text:illustration-index-source text:table-index-source text:object-index-source "
    "text:user-index-source text:alphabetical-index-source text:bibliography-source".split()
)
# In these, characters between the elements are only there to set the XML out.
_AROUND = frozenset(
    "text:note text:note-body text:list text:list-item text:list-header text:section text:ruby text:index-body "
    "text:index-title text:table-of-content".split()
)
_CONTAINERS: dict[str, Callable[[Outline], None]] = {
    "text:list": Outline.enter_list,
    "text:list-item": Outline.enter_item,
    "text:list-header": Outline.enter_item,
    "table:table": Outline.enter_table,
    "table:table-row": Outline.enter_row,
}
_SIGNS = {"text:tab": "\t", "text:soft-hyphen": "\u00ad"}


@dataclass(slots=True)
class _Style:
    """What a style says itself; ``None`` where it says nothing."""

    parent: str = ""
    title: bool = False
    quoted: bool = False
    hidden: bool | None = None
    raised: bool | None = None
    level: int | None = None


class _Look(NamedTuple):
    hidden: bool | None = None
    raised: bool | None = None


@dataclass(slots=True)
class _Open:
    """
    A paragraph while it is open.

    Args:
        looks: Of the text of the paragraph and of the open spans in it, each with what it has from those around it.
        spaced: Whether white space that comes next counts for nothing.
    """

    style: str
    level: int
    looks: list[_Look]
    spaced: bool = True


def read(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Document:
    """
    Read an OpenDocument text.

    Raises:
        ExtractError: If it is none, is encrypted or damaged, or is larger than a document can need.
    """
    package = Package(data, path, "OpenDocument text")
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise package.error("the file is encrypted", fix="Save it without a password.")
    styles: dict[str, _Style] = {}
    page = _PartReader(styles, reading)
    if "styles.xml" in package:
        package.parse("styles.xml", page, _PREFIXES)
    body = _PartReader(styles, reading)
    package.parse("content.xml", body, _PREFIXES)
    if not body.is_text:
        raise package.error("the file is another kind of OpenDocument than a text", fix="Leave the file out.")
    about = _PartReader({}, reading)
    if "meta.xml" in package:
        package.parse("meta.xml", about, _PREFIXES)

    composer = Composer()
    composer.play(body.story.steps())
    for header in page.headers:
        composer.region(header.steps())
    if is_prose("title", about.title, reading=reading):
        composer.metadata(about.title)
    return composer.finish(path, "odt")


class _PartReader:
    """
    Reads ``content.xml``, ``styles.xml`` or ``meta.xml``.

    Args:
        styles: By their names; those that the part defines are added.
        reading: What a configuration says of keys.
    """

    def __init__(self, styles: dict[str, _Style], reading: Reading) -> None:
        self.story = Story()
        self.headers: list[Story] = []
        self.is_text = False
        self._titles: list[str] = []
        self._styles = styles
        self._reading = reading
        self._style = _Style()
        self._path: list[str] = []
        self._unseen = 0
        self._paragraphs: list[_Open] = []
        self._words: list[str] = []
        self._starts: dict[str, Callable[[Mapping[str, str]], None]] = {
            "office:text": self._body,
            "text:p": self._start_paragraph,
            "text:h": self._start_paragraph,
            "text:span": self._start_span,
            "text:s": self._spaces,
            "text:line-break": self._line_break,
            "text:note": self._start_note,
            "text:section": self._section,
            "style:style": self._start_style,
            "style:text-properties": self._text_properties,
            "svg:title": self._start_words,
            "svg:desc": self._start_words,
        }
        self._ends: dict[str, Callable[[], object]] = {
            "text:p": self._end_paragraph,
            "text:h": self._end_paragraph,
            "text:span": self._end_span,
            "table:table-cell": self._end_frame,
            "draw:text-box": self._end_frame,
            "text:note": lambda: self.story.step(Outline.leave),
            "svg:title": self._end_words,
            "svg:desc": self._end_words,
        }

    @property
    def title(self) -> str:
        """What the file says that it is called."""
        return "".join(self._titles)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._unseen:
            self._unseen += 1
            return
        self._path.append(name)
        if name in _UNSEEN:
            self._unseen = 1
        elif enter := _CONTAINERS.get(name):
            self.story.step(enter)
        elif name in _HEADERS:
            self._header(attributes)
        elif name in _SIGNS:
            self._write(_SIGNS[name])
        elif begin := self._starts.get(name):
            begin(attributes)

    def end(self, name: str) -> None:
        if self._unseen:
            self._unseen -= 1
            if not self._unseen:
                self._path.pop()
            return
        self._path.pop()
        if name in _CONTAINERS:
            self.story.step(Outline.leave)
        elif name in _HEADERS:
            self.story = Story()
        elif finish := self._ends.get(name):
            finish()

    def text(self, data: str) -> None:
        if self._unseen or not self._path:
            return
        inner = self._path[-1]
        if inner in ("svg:title", "svg:desc"):
            self._words.append(data)
        elif inner == "dc:title":
            self._titles.append(data)
        elif inner.startswith("text:") and inner not in _AROUND and self._paragraphs:
            data = _BLANK.sub(" ", data)
            # White space counts as one space, and as none where the paragraph begins.
            self._write(data[1:] if data.startswith(" ") and self._paragraphs[-1].spaced else data)

    # ----------------------------------------------------------------- text

    def _write(self, text: str, way: Way = Way.SEEN) -> None:
        if not text or not self._paragraphs:
            return
        paragraph = self._paragraphs[-1]
        look = paragraph.looks[-1]
        if not look.hidden:
            paragraph.spaced = text.endswith(" ")
            self.story.write(text, Way.RAISED if look.raised and way is Way.SEEN else way)

    def _look(self, style: str, around: _Look) -> _Look:
        """How text of a style looks within other text."""
        hidden = raised = None
        for one in self._chain(style):
            hidden = one.hidden if hidden is None else hidden
            raised = one.raised if raised is None else raised
        return _Look(around.hidden if hidden is None else hidden, around.raised if raised is None else raised)

    def _chain(self, name: str) -> list[_Style]:
        """A style, and those from which it has what it does not say."""
        chain: list[_Style] = []
        style = self._styles.get(name)
        while style is not None and len(chain) < _LONGEST_CHAIN:
            chain.append(style)
            style = self._styles.get(style.parent)
        return chain

    def _spaces(self, attributes: Mapping[str, str]) -> None:
        count = attribute(attributes, "c", "1")
        self._write(" " * min(int(count) if count.isdecimal() and len(count) < 9 else 1, _MOST_SPACES))

    def _line_break(self, _attributes: Mapping[str, str]) -> None:
        self._write(" ", Way.BREAK)

    def _start_span(self, attributes: Mapping[str, str]) -> None:
        if self._paragraphs:
            looks = self._paragraphs[-1].looks
            looks.append(self._look(attribute(attributes, "style-name"), looks[-1]))

    def _end_span(self) -> None:
        if self._paragraphs:
            self._paragraphs[-1].looks.pop()

    def _start_words(self, _attributes: Mapping[str, str]) -> None:
        self._words.clear()

    def _end_words(self) -> None:
        words = "".join(self._words)
        if is_prose("alt", words, reading=self._reading):
            self.story.picture(words)

    # ----------------------------------------------------------------- paragraphs and what stands around them

    def _body(self, _attributes: Mapping[str, str]) -> None:
        self.is_text = True

    def _start_paragraph(self, attributes: Mapping[str, str]) -> None:
        level = attribute(attributes, "outline-level", "1") if self._path[-1] == "text:h" else "0"
        style = attribute(attributes, "style-name")
        self._paragraphs.append(_Open(style, _level(level), [self._look(style, _Look())]))
        self.story.open()

    def _end_paragraph(self) -> None:
        closed = self._paragraphs.pop()
        level = closed.level
        chain = self._chain(closed.style)
        if not level and chain:
            said = next((one.level for one in chain if one.level is not None), 0)
            level = said or int(any(one.title for one in chain))
        quoted = not level and any(one.quoted for one in chain)
        self.story.close(level=level, quoted=quoted)

    def _end_frame(self) -> None:
        self.story.settle()

    def _start_note(self, attributes: Mapping[str, str]) -> None:
        sign = f"^{attribute(attributes, 'id')}"
        self.story.write(sign, Way.MARK)
        self.story.step(note(sign))

    def _section(self, attributes: Mapping[str, str]) -> None:
        if attribute(attributes, "display") == "none":
            self._unseen = 1

    def _header(self, attributes: Mapping[str, str]) -> None:
        if attribute(attributes, "display") == "false":
            self._unseen = 1
        else:
            self.story = Story()
            self.headers.append(self.story)

    # ----------------------------------------------------------------- styles

    def _start_style(self, attributes: Mapping[str, str]) -> None:
        name = attribute(attributes, "name")
        level = attribute(attributes, "default-outline-level")
        self._style = self._styles[name] = _Style(
            parent=attribute(attributes, "parent-style-name"),
            title=name == "Title",
            quoted=name == "Quotations",
            level=_level(level) if level else None,
        )

    def _text_properties(self, attributes: Mapping[str, str]) -> None:
        if self._path[-2:-1] != ["style:style"]:
            return
        display, position = attribute(attributes, "display"), attribute(attributes, "text-position")
        if display:
            self._style.hidden = display == "none"
        if position:
            self._style.raised = position.startswith("super") or position[:1].isdigit()


def _level(level: str) -> int:
    return min(int(level), _DEEPEST_HEADING) if level.isdecimal() and len(level) < 3 else 1
