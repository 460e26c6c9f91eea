"""Reads Word documents (ECMA-376, transitional and strict): what is seen on the page, whichever part it is in."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from claimcheck.extract.escapes import character_at
from claimcheck.extract.fields import is_prose
from claimcheck.extract.flow import Composer, PartOffset, Placed, Step, Story, Way, note
from claimcheck.extract.offsets import OBJECT
from claimcheck.extract.package import Package, attribute
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.structure import Outline
from claimcheck.model import Document

_TRANSITIONAL, _STRICT = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
PREFIXES = {
    _TRANSITIONAL + "wordprocessingml/2006/main": "w",
    _STRICT + "wordprocessingml/main": "w",
    _TRANSITIONAL + "drawingml/2006/main": "a",
    _STRICT + "drawingml/main": "a",
    _TRANSITIONAL + "drawingml/2006/wordprocessingDrawing": "wp",
    _STRICT + "drawingml/wordprocessingDrawing": "wp",
    _TRANSITIONAL + "drawingml/2006/chart": "c",
    _STRICT + "drawingml/chart": "c",
    _TRANSITIONAL + "drawingml/2006/diagram": "dgm",
    _STRICT + "drawingml/diagram": "dgm",
    _TRANSITIONAL + "officeDocument/2006/math": "m",
    _STRICT + "officeDocument/math": "m",
    _TRANSITIONAL + "markup-compatibility/2006": "mc",
    "urn:schemas-microsoft-com:vml": "v",
    "http://purl.org/dc/elements/1.1/": "dc",
}
"""The prefix by which each namespace is known here, whatever a file calls it."""

_HEADING_NAME = re.compile(r"heading ([1-9])")
_LIST_NAME = re.compile(r"list (?:bullet|number) ([2-9])")
_QUOTES = frozenset({"quote", "intense quote"})
_DEEPEST_HEADING = 6
_LONGEST_CHAIN = 32

_TEXT = frozenset({"w:t", "m:t", "a:t"})
_RUNS = frozenset({"w:r", "m:r"})
# Deleted text, the small text above ruby, and how something was before a change that is tracked.
_UNSEEN = frozenset(
    "w:del w:moveFrom w:rt w:pPrChange w:rPrChange w:sectPrChange w:tblPrChange w:trPrChange w:tcPrChange".split()
)
_BREAKS = frozenset({"w:br", "w:cr"})
_OFF = frozenset({"0", "false", "off"})
_SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:noBreakHyphen": "\u2011", "w:softHyphen": "\u00ad"}
# The signs of the font Symbol that copy is likely to have; those of other such fonts are pictures.
_SYMBOLS = {
    0xF0A3: "\u2264", 0xF0B0: "\u00b0", 0xF0B1: "\u00b1", 0xF0B3: "\u2265", 0xF0B7: "\u2022", 0xF0D2: "\u00ae",
    0xF0D3: "\u00a9", 0xF0D4: "\u2122", 0xF0E2: "\u00ae", 0xF0E3: "\u00a9", 0xF0E4: "\u2122",
}  # fmt: skip
KIND = "Word document"
"""What errors call the file."""

_PRIVATE = range(0xE000, 0xF900)


class Relation(NamedTuple):
    """From one part to another: ``kind`` is the last part of its type, ``target`` the name of a part."""

    kind: str
    target: str


_Embedded: TypeAlias = Callable[[str, PartOffset | None], list[Step]]
"""Reads the chart or diagram of a relation, which comes from there."""


@dataclass(slots=True)
class _Style:
    """
    What a style says itself; ``None`` where it says nothing.

    Args:
        level: 0 for what is no heading.
        item: How deep its list is, from 1; 0 for no list.
    """

    name: str = ""
    based_on: str = ""
    level: int | None = None
    item: int | None = None
    hidden: bool | None = None
    raised: bool | None = None
    quoted: bool | None = None


@dataclass(slots=True)
class _Properties:
    """Of a paragraph: ``goes_on`` if its mark is deleted or hidden, so that the next one continues it."""

    style: str = ""
    level: int | None = None
    depth: int = 0
    numbered: bool | None = None
    goes_on: bool = False


@dataclass(slots=True)
class _Run:
    style: str = ""
    hidden: bool | None = None
    raised: bool | None = None


def read(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Document:
    """
    Read a Word document.

    Raises:
        ExtractError: If it is none, is encrypted or damaged, or is larger than a document can need.
    """
    return _composed(Package(data, path, KIND), reading).finish(path, "docx")


def read_placed(data: bytes, path: str) -> tuple[Document, tuple[Placed, ...]]:
    """
    As ``read``, with the places that the text comes from.

    Parts are called ``body`` or by the kind of their relation, such as ``header`` or ``footnotes``. What a chart or
    diagram says comes from the element of the body that takes it in. The title of the file has no place.
    """
    composer = _composed(Package(data, path, KIND), AS_SHIPPED, placed=True)
    return composer.finish(path, "docx"), tuple(composer.places)


def styles_named(data: bytes, path: str, *names: str) -> list[str]:
    """
    The ids of styles by the names that Word gives them in any language, lower case; empty for those that are not there.

    Raises:
        ExtractError: As ``read``.
    """
    package = Package(data, path, KIND)
    ids = {style.name: key for key, style in _styles(package, relations_of(package, main_part(package))).items()}
    return [ids.get(name, "") for name in names]


def _composed(package: Package, reading: Reading, *, placed: bool = False) -> Composer:
    main = main_part(package)
    relations = relations_of(package, main)
    styles = _styles(package, relations)
    body = _PartReader(styles, reading, _embedded(package, relations, styles, reading))
    package.parse(main, body, PREFIXES, at=_placing(body.story, "body") if placed else None)
    if not body.is_document:
        raise package.error(f"the file is no Word document: '{main}' in it is another kind", fix="Leave the file out.")
    if body.takes_in:
        raise package.error("the file takes in another one, which cannot be read", fix="Open it in Word and save it.")

    composer = Composer()
    composer.play(body.story.steps())
    for kind in ("footnotes", "endnotes"):
        for target in sorted({relation.target for relation in relations.values() if relation.kind == kind}):
            composer.play(_steps(package, target, styles, reading, kind if placed else ""))
    for kind, target in dict.fromkeys(relations[name] for name in body.headers() if name in relations):
        composer.region(_steps(package, target, styles, reading, kind if placed else ""))
    title = _title(package)
    if is_prose("title", title, reading=reading):
        composer.metadata(title)
    return composer


def _styles(package: Package, relations: Mapping[str, Relation]) -> dict[str, _Style]:
    reader = _StylesReader()
    for relation in relations.values():
        if relation.kind == "styles":
            package.parse(relation.target, reader, PREFIXES)
    return reader.styles


def main_part(package: Package) -> str:
    """Name of the part that holds the body."""
    relations = relations_of(package, "") if "_rels/.rels" in package else {}
    main = next((one.target for one in relations.values() if one.kind == "officeDocument"), "word/document.xml")
    if main not in package:
        raise package.missing(main)
    return main


def relations_of(package: Package, part: str) -> dict[str, Relation]:
    """The relations of a part by their ids, without those to what stands outside the file."""
    folder, name = posixpath.split(part)
    source = posixpath.join(folder, "_rels", f"{name}.rels")
    if source not in package:
        return {}
    reader = _RelationsReader(folder)
    package.parse(source, reader, {})
    return {name: one for name, one in reader.relations.items() if one.target in package}


def _placing(story: Story, part: str) -> Callable[[int], None]:
    """Tells a story where what comes in next stands."""

    def at(index: int) -> None:
        story.origin = PartOffset(part, index)

    return at


def _steps(
    package: Package,
    part: str,
    styles: Mapping[str, _Style],
    reading: Reading,
    kind: str = "",
    origin: PartOffset | None = None,
) -> list[Step]:
    """
    What stands in a part.

    Args:
        kind: What the part is called where origins are asked for.
        origin: Where all of it comes from.
    """
    reader = _PartReader(styles, reading, lambda *_: [])
    reader.story.origin = origin
    package.parse(part, reader, PREFIXES, at=_placing(reader.story, kind) if kind else None)
    return reader.story.steps()


def _embedded(
    package: Package, relations: Mapping[str, Relation], styles: Mapping[str, _Style], reading: Reading
) -> _Embedded:
    """What is written in the chart or diagram of a relation; each is read once."""
    parts = {name: one.target for name, one in relations.items() if one.kind in ("chart", "diagramData")}
    done: set[str] = set()

    def steps(name: str, origin: PartOffset | None) -> list[Step]:
        part = parts.get(name, "")
        if not part or part in done:
            return []
        done.add(part)
        return _steps(package, part, styles, reading, origin=origin)

    return steps


def _title(package: Package) -> str:
    part = next((one.target for one in relations_of(package, "").values() if one.kind == "core-properties"), "")
    reader = _TitleReader()
    if part:
        package.parse(part, reader, PREFIXES)
    return "".join(reader.title)


class _RelationsReader:
    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.relations: dict[str, Relation] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name.rpartition(":")[2] != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = posixpath.normpath(posixpath.join("/", self._folder, attributes.get("Target", "")))
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.relations[attributes.get("Id", "")] = Relation(kind, target.lstrip("/"))

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


class _TitleReader:
    def __init__(self) -> None:
        self.title: list[str] = []
        self._inside = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 - as Handler has it
        self._inside = name == "dc:title"

    def end(self, name: str) -> None:  # noqa: ARG002 - as Handler has it
        self._inside = False

    def text(self, data: str) -> None:
        if self._inside:
            self.title.append(data)


class _StylesReader:
    """Reads ``styles.xml``; when it is done, every style says also what it has from those that it is based on."""

    def __init__(self) -> None:
        self.styles: dict[str, _Style] = {}
        self._style = _Style()
        self._level = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        style = self._style
        match name:
            case "w:style":
                self._style = self.styles[attribute(attributes, "styleId")] = _Style()
            case "w:name":
                style.name = attribute(attributes, "val").lower()
                heading = _HEADING_NAME.fullmatch(style.name)
                if heading or style.name == "title":
                    style.level = min(int(heading[1]), _DEEPEST_HEADING) if heading else 1
                if style.name in _QUOTES:
                    style.quoted = True
            case "w:basedOn":
                style.based_on = attribute(attributes, "val")
            case "w:outlineLvl":
                style.level = _level(attributes)
            case "w:ilvl":
                style.item = _depth(attributes)
            case "w:numId":
                named = _LIST_NAME.fullmatch(style.name)
                depth = int(named[1]) if named else style.item or 1
                style.item = 0 if attribute(attributes, "val") == "0" else depth
            case "w:vanish":
                style.hidden = _is_on(attributes)
            case "w:vertAlign":
                style.raised = attribute(attributes, "val") == "superscript"

    def end(self, name: str) -> None:
        if name == "w:styles":
            self.styles = {key: self._whole(style) for key, style in self.styles.items()}

    def text(self, data: str) -> None:
        pass

    def _whole(self, style: _Style) -> _Style:
        whole = _Style(style.name)
        for _ in range(_LONGEST_CHAIN):
            for said in ("level", "item", "hidden", "raised", "quoted"):
                if getattr(whole, said) is None:
                    setattr(whole, said, getattr(style, said))
            above = self.styles.get(style.based_on)
            if above is None:
                break
            style = above
        return whole


@dataclass(slots=True)
class _References:
    """Relations of headers and footers; those of first pages are seen only if first pages are said to be different."""

    first: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    differ: bool = False


class _PartReader:
    """
    Reads a part in which paragraphs stand.

    Args:
        styles: Whole ones, by their ids.
        reading: What a configuration says of keys.
        embedded: What the part of a relation adds, such as a chart.
    """

    def __init__(self, styles: Mapping[str, _Style], reading: Reading, embedded: _Embedded) -> None:
        self.story = Story()
        self.is_document = False
        self.takes_in = False
        self._styles = styles
        self._reading = reading
        self._embedded = embedded
        self._references = _References()
        self._path: list[str] = []
        self._unseen = 0
        self._paragraphs: list[_Properties] = []
        self._runs: list[_Run] = []
        self._placeholders: list[bool] = []
        self._chosen: list[bool] = []
        self._fields: list[bool] = []
        self._codes = 0
        self._starts: dict[str, Callable[[Mapping[str, str]], None]] = {
            "w:document": self._document,
            "w:altChunk": self._chunk,
            "w:p": self._start_paragraph,
            "a:p": self._start_paragraph,
            "c:v": self._start_value,
            "w:r": self._start_run,
            "m:r": self._start_run,
            "w:pStyle": self._paragraph_style,
            "w:outlineLvl": self._outline_level,
            "w:ilvl": self._list_level,
            "w:numId": self._list,
            "w:rStyle": self._run_style,
            "w:vanish": self._vanish,
            "w:vertAlign": self._vertical,
            "w:sym": self._symbol,
            "w:fldChar": self._field,
            "w:sdt": self._start_control,
            "w:showingPlcHdr": self._placeholder,
            "w:sdtContent": self._content,
            "mc:AlternateContent": self._start_alternates,
            "mc:Choice": self._choice,
            "mc:Fallback": self._choice,
            "w:tbl": lambda _: self.story.step(Outline.enter_table),
            "w:tr": lambda _: self.story.step(Outline.enter_row),
            "w:footnote": self._start_note,
            "w:endnote": self._start_note,
            "w:footnoteReference": self._mark,
            "w:endnoteReference": self._mark,
            "w:headerReference": self._reference,
            "w:footerReference": self._reference,
            "w:titlePg": self._title_page,
            "wp:docPr": self._picture,
            "v:shape": self._picture,
            "v:textpath": self._picture,
            "c:chart": self._embed,
            "dgm:relIds": self._embed,
        }
        self._ends: dict[str, Callable[[], object]] = {
            "w:p": self._end_paragraph,
            "a:p": self._end_paragraph,
            "c:v": self._end_value,
            "w:r": self._end_run,
            "m:r": self._end_run,
            "w:sdt": self._placeholders.pop,
            "mc:AlternateContent": self._chosen.pop,
            "w:tbl": lambda: self.story.step(Outline.leave),
            "w:tr": lambda: self.story.step(Outline.leave),
            "w:tc": self.story.settle,
            "w:txbxContent": self.story.settle,
            "w:footnote": lambda: self.story.step(Outline.leave),
            "w:endnote": lambda: self.story.step(Outline.leave),
        }

    def headers(self) -> list[str]:
        """Relations of the headers and footers that are seen."""
        return [*(self._references.first if self._references.differ else ()), *self._references.others]

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._unseen:
            self._unseen += 1
            return
        self._path.append(name)
        if name in _UNSEEN:
            if self._owner() == "w:pPr" and self._paragraphs:
                self._paragraphs[-1].goes_on = True
            self._hide()
        elif begin := self._starts.get(name):
            begin(attributes)
        elif name in _BREAKS or name == "a:br":
            self._write(" ", Way.BREAK)
        elif name in _SIGNS and self._parent() == "w:r":
            # A tab elsewhere is a place in the ruler.
            self._write(_SIGNS[name])

    def end(self, name: str) -> None:
        if self._unseen:
            self._unseen -= 1
            if self._unseen:
                return
            self._path.pop()
            return
        self._path.pop()
        if finish := self._ends.get(name):
            finish()

    def text(self, data: str) -> None:
        if not self._unseen and self._path and (self._path[-1] in _TEXT or self._is_label()):
            self._write(data)

    def _hide(self) -> None:
        """Leave out the element that has just begun."""
        self._unseen = 1

    def _parent(self) -> str:
        return self._path[-2] if len(self._path) > 1 else ""

    def _owner(self) -> str:
        """The element before the parent, such as the run of which properties tell."""
        return self._path[-3] if len(self._path) > 2 else ""

    # ----------------------------------------------------------------- text

    def _write(self, text: str, way: Way = Way.SEEN) -> None:
        style, raised, hidden = "", None, None
        if self._runs:
            run = self._runs[-1]
            style, raised, hidden = run.style, run.raised, run.hidden
        for name in (style, self._paragraphs[-1].style if self._paragraphs else ""):
            known = self._styles.get(name)
            if known is not None:
                hidden = known.hidden if hidden is None else hidden
                raised = known.raised if raised is None else raised
        # The code of a field is no text, but a field in it may have a result, which is no text either.
        in_code = self._codes > bool(self._fields and self._fields[-1])
        if not hidden and not in_code:
            self.story.write(text, Way.RAISED if raised and way is Way.SEEN else way)

    def _symbol(self, attributes: Mapping[str, str]) -> None:
        try:
            code = int(attribute(attributes, "char"), 16)
        except ValueError:
            return
        if code in _PRIVATE:
            self._write(_SYMBOLS.get(code, OBJECT) if attribute(attributes, "font") == "Symbol" else OBJECT)
        elif 0x20 <= code <= 0xFFFF:
            self._write(character_at(code))

    def _field(self, attributes: Mapping[str, str]) -> None:
        """A field has code, then its result; ``_fields`` tells of each open one whether it is in its code."""
        match attribute(attributes, "fldCharType"):
            case "begin":
                self._fields.append(True)
                self._codes += 1
            case "separate" if self._fields:
                self._codes -= self._fields[-1]
                self._fields[-1] = False
            case "end" if self._fields:
                self._codes -= self._fields.pop()

    def _mark(self, attributes: Mapping[str, str]) -> None:
        self.story.write(sign_of(self._path[-1], attributes), Way.MARK)

    def _picture(self, attributes: Mapping[str, str]) -> None:
        name = self._path[-1]
        for key in {"wp:docPr": ("title", "descr"), "v:shape": ("alt",), "v:textpath": ("string",)}[name]:
            words = attributes.get(key, "")
            if is_prose("alt", words, reading=self._reading):
                self.story.picture(words)

    def _embed(self, attributes: Mapping[str, str]) -> None:
        name = attribute(attributes, "dm" if self._path[-1] == "dgm:relIds" else "id")
        for step in self._embedded(name, self.story.origin):
            self.story.step(step)

    # ----------------------------------------------------------------- paragraphs and runs

    def _start_paragraph(self, _attributes: Mapping[str, str]) -> None:
        self.story.open()
        self._paragraphs.append(_Properties())

    def _end_paragraph(self) -> None:
        own = self._paragraphs.pop()
        style = self._styles.get(own.style, _Style())
        level = own.level if own.level is not None else style.level or 0
        item = (style.item or 0) if own.numbered is None else own.depth or 1 if own.numbered else 0
        self.story.close(
            level=level, item=0 if level else item, quoted=bool(style.quoted) and not level, goes_on=own.goes_on
        )

    def _is_label(self) -> bool:
        """Whether this is a word beside a chart's axis or in its legend, not one of its numbers."""
        return self._path[-1] == "c:v" and self._owner() == "c:strCache"

    def _start_value(self, _attributes: Mapping[str, str]) -> None:
        if self._is_label():
            self._start_paragraph(_attributes)

    def _end_value(self) -> None:
        if len(self._path) > 1 and self._path[-2] == "c:strCache":
            self._end_paragraph()

    def _paragraph_style(self, attributes: Mapping[str, str]) -> None:
        if self._paragraphs:
            self._paragraphs[-1].style = attribute(attributes, "val")

    def _outline_level(self, attributes: Mapping[str, str]) -> None:
        if self._paragraphs:
            self._paragraphs[-1].level = _level(attributes)

    def _list_level(self, attributes: Mapping[str, str]) -> None:
        if self._paragraphs:
            self._paragraphs[-1].depth = _depth(attributes)

    def _list(self, attributes: Mapping[str, str]) -> None:
        if self._paragraphs:
            self._paragraphs[-1].numbered = attribute(attributes, "val") != "0"

    def _start_run(self, _attributes: Mapping[str, str]) -> None:
        self._runs.append(_Run())

    def _end_run(self) -> None:
        self._runs.pop()

    def _run_style(self, attributes: Mapping[str, str]) -> None:
        if self._owner() in _RUNS:
            self._runs[-1].style = attribute(attributes, "val")

    def _vanish(self, attributes: Mapping[str, str]) -> None:
        if self._owner() in _RUNS:
            self._runs[-1].hidden = _is_on(attributes)
        elif self._owner() == "w:pPr" and self._paragraphs:
            self._paragraphs[-1].goes_on = _is_on(attributes)

    def _vertical(self, attributes: Mapping[str, str]) -> None:
        if self._owner() in _RUNS:
            self._runs[-1].raised = attribute(attributes, "val") == "superscript"

    # ----------------------------------------------------------------- what stands around paragraphs

    def _document(self, _attributes: Mapping[str, str]) -> None:
        self.is_document = True

    def _chunk(self, _attributes: Mapping[str, str]) -> None:
        self.takes_in = True

    def _start_control(self, _attributes: Mapping[str, str]) -> None:
        self._placeholders.append(False)

    def _placeholder(self, attributes: Mapping[str, str]) -> None:
        if self._placeholders and self._parent() == "w:sdtPr":
            self._placeholders[-1] = _is_on(attributes)

    def _content(self, _attributes: Mapping[str, str]) -> None:
        # A prompt such as "Click here to enter text" is no copy.
        if self._placeholders and self._placeholders[-1]:
            self._hide()

    def _start_alternates(self, _attributes: Mapping[str, str]) -> None:
        self._chosen.append(False)

    def _choice(self, _attributes: Mapping[str, str]) -> None:
        """Of alternatives, which all show the same, the first is read."""
        if self._chosen and self._chosen[-1]:
            self._hide()
        elif self._chosen:
            self._chosen[-1] = True

    def _start_note(self, attributes: Mapping[str, str]) -> None:
        if attribute(attributes, "type", "normal") == "normal":
            self.story.step(note(sign_of(self._path[-1], attributes)))
        else:
            # The line above the notes.
            self._hide()

    def _reference(self, attributes: Mapping[str, str]) -> None:
        references = self._references
        target = references.first if attribute(attributes, "type") == "first" else references.others
        target.append(attribute(attributes, "id"))

    def _title_page(self, attributes: Mapping[str, str]) -> None:
        self._references.differ = self._references.differ or _is_on(attributes)


def sign_of(element: str, attributes: Mapping[str, str]) -> str:
    """The sign of a note, from it or from what refers to it."""
    return f"^{'end' if element.startswith('w:end') else ''}{attribute(attributes, 'id')}"


def _is_on(attributes: Mapping[str, str]) -> bool:
    return attribute(attributes, "val", "1") not in _OFF


def _level(attributes: Mapping[str, str]) -> int:
    """Level of a heading; 0 for body text, which Word counts as the tenth level."""
    level = attribute(attributes, "val")
    return min(int(level) + 1, _DEEPEST_HEADING) if level in tuple("012345678") else 0


def _depth(attributes: Mapping[str, str]) -> int:
    """How deep a list is, from 1."""
    level = attribute(attributes, "val")
    return int(level) + 1 if level in tuple("012345678") else 1
