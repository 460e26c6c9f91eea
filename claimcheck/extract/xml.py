"""Reads XML: feeds (RSS, Atom, Google Merchant), catalogues of messages (Android, XLIFF), documents and other data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple
from xml.parsers import expat

from claimcheck.errors import ExtractError
from claimcheck.extract.decode import LINE_END, declared_encoding, decode, place
from claimcheck.extract.embedded import read_embedded
from claimcheck.extract.escapes import character_at
from claimcheck.extract.fields import LANGUAGE_KEYS, is_prose
from claimcheck.extract.gettext import PLACEHOLDER
from claimcheck.extract.htmlblocks import breaks_text, read_html
from claimcheck.extract.offsets import FILLER, OBJECT, Source, StretchBuilder, source_of
from claimcheck.extract.origin import Origin, origin_of
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.structure import Outline
from claimcheck.extract.tags import CODE, SPOKEN_ATTRIBUTES, character
from claimcheck.model import Document, Run

DEEPEST = 1000

# What tiles a well-formed file.
_TOKEN = re.compile(
    r"""
    (?P<text>[^<]++)
    | </(?P<close>[^\s>]++)\s*+>
    | <(?P<open>[^\s/>!?]++)(?P<attributes>(?:[^>"'/]++|"[^"]*+"|'[^']*+'|/(?!>))*+)(?P<empty>/?+)>
    | <!--(?P<comment>(?:[^-]++|-(?!->))*+)-->
    | <!\[CDATA\[(?P<cdata>(?:[^\]]++|\](?!\]>))*+)\]\]>
    | <\?(?:[^?]++|\?(?!>))*+\?>
    | <!DOCTYPE
      (?:[^\["'>]++|"[^"]*+"|'[^']*+')*+
      (?:\[(?:[^\]"'<]++|"[^"]*+"|'[^']*+'|<!--(?:[^-]++|-(?!->))*+-->|<\?(?:[^?]++|\?(?!>))*+\?>|<)*+\]\s*+)?+>
    """,
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([^\s=]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
_REFERENCE = r"&(?:\#\d{1,7}|\#x[\da-fA-F]{1,6}|[A-Za-z][\w.:-]*+);"
_FOLD = r"(?<![ \t\r\n])[ \t]*+(?:\r\n?|\n)\s*+"
_ODD = re.compile(_REFERENCE)
_ODD_IN_PROSE = re.compile(rf"{_REFERENCE}|{_FOLD}")
# Android: strings.xml has the escapes of Java and the formats of printf.
_ODD_IN_MESSAGES = re.compile(rf"{_REFERENCE}|{_FOLD}|\\(?:u[\da-fA-F]{{4}}|.)|{PLACEHOLDER}")
_ESCAPES = {"n": "\n", "t": " "}
# Code between tags is no text; it puts elements there.
_CODE_ALONE = re.compile(rf"(?:\A|(?<=>))[\s{OBJECT}{FILLER}]++(?=<|\Z)")
# For the check: code that stands for attributes is space, what else it stands for may be a name.
_CODE_IN_TAG = re.compile(rf"""(?<=[\s"'])[{OBJECT}{FILLER}]++(?=[\s/>])""")
_STAND_INS = str.maketrans({OBJECT: "_", FILLER: " "})
_BREAKS = str.maketrans("\n\r\t", "   ")

# What follows a tag: another element, or text beside the element that ends.
_STRUCTURE = re.compile(r"(\s*+)<(?!!\[CDATA\[|/)(?:[\w.-]++:)?+([\w.-]*+)")
_TEXT = re.compile(r"\s*+(?:[^\s<]|<!\[CDATA\[)")

# By names in lower case, without their prefix. HTML, DocBook, DITA.
_LISTS = frozenset("ul ol dl itemizedlist orderedlist variablelist simplelist steps sl".split())
_ITEMS = frozenset("li listitem member step sli dd dt dlentry varlistentry".split())
_TABLES = frozenset("table informaltable simpletable".split())
_ROWS = frozenset("tr strow sthead".split())
_BLOCKS = _ITEMS | _ROWS | {"blockquote"}
_PARTS_OF_TABLES = frozenset("tbody thead tfoot tgroup table row".split())
_PROSE = frozenset("p para simpara formalpara td th entry source target string".split()) | _ITEMS
# Elements around what belongs to the section in which they stand.
_WRAPPERS = frozenset(
    "body content div p para simpara formalpara note tip warning caution important conbody taskbody refbody abstract "
    "td th entry".split()
) | (_PARTS_OF_TABLES - _TABLES)
_EMPHASIS = frozenset("b i em strong u emphasis font mark small span sub sup".split())
_HIDDEN = frozenset("script style svg math programlisting screen codeblock author contributor".split()) | CODE
_TITLES = frozenset("title name headline heading question h1 h2 h3 h4 h5 h6".split())

# Elements that are documents of their own in a file of many: objects, and messages of a program.
_RECORDS = frozenset("item entry product offer row record listing url".split())
_MESSAGES = frozenset({"trans-unit", "unit"})
_DEEPEST_RECORD = 3
_ANDROID = "resources"
# What a message of XLIFF holds besides its text.
_BESIDE_MESSAGES = frozenset("note notes alt-trans context-group originaldata".split())
_STANDING_FOR = frozenset({"x", "ph", "it"})
_PAIRED = frozenset({"bpt", "ept", "bx", "ex", "sc", "ec"})

_XHTML = "http://www.w3.org/1999/xhtml"
# Elements that say in an attribute what they are.
_NAMED = frozenset("string field property attribute custom_attribute entry item data param meta option value".split())
_NAMING = ("name", "key", "code")
_VALUES = frozenset({"content", "value"})


def read_records(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Iterator[Document]:
    """
    Read an XML file: each item of a feed and each message of a catalogue is a document.

    What stands outside them is one more, the last; a file that is neither feed nor catalogue is just that.

    Raises:
        ExtractError: If it is no text or not well formed, declares entities or is nested deeper than
            ``DEEPEST`` levels.
    """
    text = decode(data, path, declared_encoding(data))
    if not text.strip():
        return
    _check(text, text, path)
    reader = _Reader(source_of(text), origin_of(path, text, "xml"), reading)
    for token in _tokens(text):
        reader.take(token)
        if reader.done is not None:
            yield reader.done
            reader.done = None
    if last := reader.rest():
        yield last


def read_xml(outline: Outline, source: Source, text: str, *, path: str, reading: Reading) -> str:
    """
    Add the prose of XML to an outline; items and messages are sections.

    Args:
        outline: Left as deep as it was.
        source: The text of the file in which code is blanked out.
        text: The text of the file, for errors.
        path: The file.
        reading: What a configuration says of names.

    Returns:
        The language that it names, or nothing.

    Raises:
        ExtractError: As ``read_records``.
    """
    bare = _CODE_ALONE.sub(_blank, source.text)
    start = len(bare) - len(bare.lstrip())
    if start == len(bare):
        return ""
    _check(_CODE_IN_TAG.sub(_blank, bare[start:]).translate(_STAND_INS), text, path, start)
    reader = _Reader(Source(bare), origin_of(path, text, "xml"), reading, outline)
    for token in _tokens(bare):
        reader.take(token)
    return reader.end()


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _tokens(text: str) -> Iterator[re.Match[str]]:
    at = 0
    while found := _TOKEN.match(text, at):
        yield found
        at = found.end()


def _check(bare: str, text: str, path: str, start: int = 0) -> None:
    """
    Refuse what is not well formed, and what declares entities: they may stand for any amount of text.

    Args:
        bare: The XML.
        text: The text of the file, in which it begins at ``start``.
    """
    data = bare.encode()
    parser = expat.ParserCreate("utf-8")

    def refuse(*_declaration: object) -> None:
        raise ExtractError(
            "the file declares entities, which are not read",
            where=f"{path}:{len(LINE_END.findall(text, 0, start)) + parser.CurrentLineNumber}",
            fix="Write what they stand for where they are used.",
        )

    def nothing(context: str, *_identifiers: object) -> int:
        parser.ExternalEntityParserCreate(context).Parse(b" ", True)  # noqa: FBT003 - takes no keywords
        return 1

    # As if there were an empty external DTD: entities of HTML, such as "&nbsp;", need no declaration then.
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE)
    parser.UseForeignDTD(True)  # noqa: FBT003 - takes no keywords
    parser.ExternalEntityRefHandler = nothing
    parser.EntityDeclHandler = refuse
    try:
        # All at once: fed piece by piece, older versions of expat begin a long token anew with each piece.
        parser.Parse(data, True)  # noqa: FBT003
    except expat.ExpatError as error:
        what = f"the file is not well-formed XML: {expat.ErrorString(error.code)}"
        at = start + len(data[: parser.ErrorByteIndex].decode("utf-8", "ignore"))
        where = place(text, at, path)
        raise ExtractError(what, where=where, fix="Mend the place, or what is left open before it.") from None


class _Piece(NamedTuple):
    """Part of a text: ``kind`` is ``text``, ``cdata``, ``object`` or ``break``."""

    kind: str
    start: int
    end: int


@dataclass(slots=True)
class _Element:
    """
    An element that is open.

    Args:
        name: Local name, lower case.
        start: Where it begins in the file.
        depth: How deep the outline was before.
        key: What decides whether text in it is copy; its name, or what an attribute says.
        inline: Whether it is part of the text around it.
        hidden: Whether nothing in it is copy.
        page: Whether it is HTML.
        block: Whether it is, or stands in, a list item, row or quotation.
    """

    name: str
    start: int
    depth: int
    key: str
    inline: bool = False
    hidden: bool = False
    page: bool = False
    block: bool = False


class _Languages(NamedTuple):
    """The languages of a file of translations."""

    source: str = ""
    target: str = ""

    @property
    def shown(self) -> str:
        """Which of the two is read: the translation, if it is into English."""
        return "target" if self.target.lower().startswith("en") else "source"

    @property
    def language(self) -> str:
        """The language of what is read."""
        return self.target if self.shown == "target" else self.source


class _Reader:
    """
    Follows the tokens of one file.

    Args:
        source: The text of the file, or one of the same length.
        origin: The file.
        reading: What a configuration says of names.
        outline: Takes all of it; left out, each record is a document.

    Attributes:
        done: A document that has just ended.
    """

    def __init__(self, source: Source, origin: Origin, reading: Reading, outline: Outline | None = None) -> None:
        self.done: Document | None = None
        self._text = source.text
        self._path = origin.path
        self._reading = reading
        self._source = source
        self._origin = origin
        self._whole = outline is not None
        self._outer = self._outline = outline or Outline()
        self._open: list[_Element] = []
        self._language = self._record_language = ""
        self._languages: _Languages | None = None
        self._muted: _Element | None = None
        self._record: _Element | None = None
        self._comments: list[tuple[str, int, int]] = []
        # The text that is being gathered, and the number of open elements of which the innermost has it.
        self._pieces: list[_Piece] = []
        self._owner = 0

    def take(self, token: re.Match[str]) -> None:
        """Take the next token."""
        kind = token.lastgroup
        start, end = token.span()
        if kind == "empty":
            self._start(token)
        elif kind == "close":
            self._end(end)
        elif self._muted is not None:
            pass
        elif kind == "text":
            if self._pieces or not token[0].isspace():
                self._add(_Piece("text", start, end))
        elif kind == "cdata":
            if token["cdata"].strip():
                self._add(_Piece("cdata", *token.span("cdata")))
        elif kind == "comment":
            self._comments.append((token["comment"], start, end))

    def rest(self) -> Document | None:
        """What stood outside of records, after the end."""
        return self._document(self._outer, 0, len(self._text), self._language)

    def end(self) -> str:
        """Take what is left after the end; returns the language of the file."""
        self._take_comments()
        return self._language

    # ----------------------------------------------------------------- elements

    def _start(self, token: re.Match[str]) -> None:
        if len(self._open) == DEEPEST:
            where = place(self._origin.text, token.start(), self._path)
            raise ExtractError(f"it is nested deeper than {DEEPEST} levels", where=where, fix="Write it flatter.")
        name = token["open"].rpartition(":")[2].lower()
        empty = bool(token["empty"])
        element = _Element(name, token.start(), self._outline.depth, name)
        if self._muted is None:
            element.block = bool(self._open) and self._open[-1].block
            attributes = self._attributes(token)
            self._enter(element, attributes, token.end(), empty=empty)
        self._open.append(element)
        if empty:
            self._end(token.end())

    def _enter(self, element: _Element, attributes: dict[str, tuple[int, int]], end: int, *, empty: bool) -> None:
        said = {name: self._text[start:stop] for name, (start, stop) in attributes.items()}
        inner = None if empty else _STRUCTURE.match(self._text, end)
        structure = inner is not None and inner[2].lower() not in _EMPHASIS
        if element.name in _NAMED:
            element.key = next((said[name] for name in _NAMING if name in said), element.key)
        if self._is_hidden(element, said):
            element.hidden = True
            self._muted = element
            return
        element.inline = self._is_inline(element.name, inner if structure else None, empty=empty)
        if element.inline:
            if element.name == "br":
                self._pieces.append(_Piece("break", element.start, end))
        else:
            self._flush()
            if self._is_record(element.name, structure=structure):
                self._begin_record(element, said)
            element.depth = self._outline.depth
            self._take_comments()
            self._enter_structure(element, structure=structure)
        self._add_attributes(attributes, said)
        if not empty and (element.name == "html" or said.get("xmlns") == _XHTML):
            self._flush()
            element.page = True
            self._muted = element

    def _end(self, end: int) -> None:
        element = self._open.pop()
        if self._muted is not None:
            if element is self._muted:
                self._unmute(element, end)
            return
        if not element.inline and self._pieces and self._owner == len(self._open) + 1:
            apart = element is self._record or not self._open or _stands_apart(element.name)
            if not apart and _TEXT.match(self._text, end):
                # It was a part of the text around it.
                self._owner = self._outermost_inline()
            else:
                self._flush(element)
        self._outline.leave_to(element.depth)
        if element is self._record:
            self._end_record(element, end)

    def _unmute(self, element: _Element, end: int) -> None:
        self._muted = None
        if element.page:
            chunk, shift = self._text[element.start : end], element.start
            read_html(self._outline, self._source, chunk, shift, path=self._path, reading=self._reading, xml=True)
        elif self._pieces and (element.name in CODE or element.name in _STANDING_FOR):
            self._pieces.append(_Piece("object", element.start, end))
        self._outline.leave_to(element.depth)

    def _is_hidden(self, element: _Element, said: dict[str, str]) -> bool:
        """Whether nothing in an element is copy; takes down what it says of languages."""
        name = element.name
        language = said.get("xml:lang", "")
        if not self._open:
            self._language = language
            if name == "xliff":
                self._languages = _Languages(said.get("srcLang", ""), said.get("trgLang", ""))
        if self._languages is not None:
            if name == "file":
                self._languages = _Languages(
                    said.get("source-language", self._languages.source),
                    said.get("target-language", self._languages.target),
                )
            if name in ("source", "target"):
                return name != self._languages.shown
            if name in _STANDING_FOR or name in _PAIRED or name in _BESIDE_MESSAGES:
                return True
        elif language and self._open and not self._is_record(name, structure=True):
            # A translation beside the English text.
            english = (self._record_language or self._language or "en").lower().startswith("en")
            return english and not language.lower().startswith("en")
        return name in _HIDDEN or said.get("translatable") == "false"

    def _is_inline(self, name: str, inner: re.Match[str] | None, *, empty: bool) -> bool:
        """Whether an element is part of a text; ``inner`` is what in it shows that it has elements."""
        if name in _EMPHASIS:
            return bool(self._open)
        if not self._pieces:
            return False
        if name == "br" or (empty and not breaks_text(name)):
            return True
        structure = inner is not None and (inner[1] != "" or _stands_apart(inner[2].lower()))
        return not structure and not _stands_apart(name)

    def _enter_structure(self, element: _Element, *, structure: bool) -> None:
        name, outline = element.name, self._outline
        before = outline.depth
        if name in _LISTS:
            outline.enter_list()
        elif name in _TABLES and structure:
            outline.enter_table()
        elif structure and self._record is None and name not in _WRAPPERS and name not in _BLOCKS:
            outline.enter_region()
        if outline.depth > before:
            element.block = False
            return
        if name in _ITEMS:
            outline.enter_item()
        elif name in _ROWS or (name == "row" and self._is_part_of_table()):
            outline.enter_row()
        elif name == "blockquote":
            outline.enter_quote()
        element.block = element.block or outline.depth > before

    def _is_part_of_table(self) -> bool:
        return bool(self._open) and self._open[-1].name in _PARTS_OF_TABLES

    # ----------------------------------------------------------------- records

    def _is_record(self, name: str, *, structure: bool) -> bool:
        depth = len(self._open)
        if self._whole or self._record is not None or not depth:
            return False
        if name in _MESSAGES:
            return self._languages is not None
        if self._open[0].name == _ANDROID:
            return depth == 1
        return structure and name in _RECORDS and depth <= _DEEPEST_RECORD and not self._is_part_of_table()

    def _begin_record(self, element: _Element, said: dict[str, str]) -> None:
        self._record = element
        self._record_language = said.get("xml:lang", "")
        self._outline = Outline()
        self._outline.enter_region()

    def _end_record(self, element: _Element, end: int) -> None:
        self._take_comments()
        language = self._record_language or (self._languages.language if self._languages else self._language)
        self.done = self._document(self._outline, element.start, end, language)
        self._outline = self._outer
        self._record, self._record_language = None, ""

    def _document(self, outline: Outline, start: int, end: int, language: str) -> Document | None:
        if outline is self._outer:
            self._take_comments()
        document = self._origin.document(outline, start, end, language=language)
        if not document.segments:
            return None
        return replace(document, fragment=self._languages is not None or self._is_android())

    def _is_android(self) -> bool:
        return bool(self._open) and self._open[0].name == _ANDROID

    def _take_comments(self) -> None:
        """Comments belong to what follows them, be it a record or not."""
        for comment in self._comments:
            self._outline.comment(*comment)
        self._comments.clear()

    # ----------------------------------------------------------------- text

    def _add(self, piece: _Piece) -> None:
        if not self._pieces:
            self._owner = self._outermost_inline()
        self._pieces.append(piece)

    def _outermost_inline(self) -> int:
        """The number of open elements of which the innermost is not part of a text."""
        number = len(self._open)
        while number > 1 and self._open[number - 1].inline:
            number -= 1
        return number

    def _flush(self, element: _Element | None = None) -> None:
        """Add the text that has been gathered, if it is copy."""
        if not self._pieces:
            return
        element = element or self._open[self._owner - 1]
        inner = self._inner(element.name)
        self._pieces.clear()
        if element.name in LANGUAGE_KEYS:
            if self._record is not None:
                self._record_language = inner.text.strip()
            elif len(self._open) <= _DEEPEST_RECORD:
                self._language = inner.text.strip()
        elif self._is_copy(element, inner.text):
            self._take_comments()
            depth = self._outline.depth
            if not element.block:
                self._outline.enter_value(level=2 if element.name in _TITLES else 0)
            read_embedded(self._outline, inner, path=self._path, reading=self._reading)
            self._outline.leave_to(depth)

    def _is_copy(self, element: _Element, value: str) -> bool:
        if self._languages is not None or self._is_android():
            return True
        # Paragraphs are prose, whatever stands in them.
        kind = "text" if element.name in _PROSE and element.key == element.name else element.key
        return is_prose(kind, value, reading=self._reading, way=element.key)

    def _inner(self, name: str) -> Source:
        pieces = self._pieces
        kind, start, end = pieces[0]
        text = self._text
        start += len(text[start:end]) - len(text[start:end].lstrip())
        pieces[0] = _Piece(kind, start, end)
        kind, start, end = pieces[-1]
        end = start + len(text[start:end].rstrip())
        pieces[-1] = _Piece(kind, start, end)
        odd = _ODD_IN_PROSE if len(pieces) > 1 or name in _PROSE else _ODD
        if self._is_android():
            odd = _ODD_IN_MESSAGES
        if len(pieces) == 1 and self._source.plain and (kind == "cdata" or odd.search(text, start, end) is None):
            return Source(text[start:end], (Run(0, end - start, start, end - start),), plain=True)
        return self._gathered(odd)

    def _gathered(self, odd: re.Pattern[str]) -> Source:
        builder = StretchBuilder(self._source)
        for kind, start, end in self._pieces:
            if kind == "text":
                self._add_text(builder, start, end, odd)
            elif kind == "cdata":
                builder.exact(start, end)
            elif kind == "break":
                builder.line_break(start, end)
            else:
                builder.decoded(OBJECT, start, end)
        return builder.inner()

    def _add_text(self, builder: StretchBuilder, start: int, end: int, odd: re.Pattern[str]) -> None:
        for found in builder.around(odd, start, end):
            first, last = found.span()
            sign = found[0]
            if sign[0] == "&":
                decoded = character(sign)
                if decoded.isspace() and odd is not _ODD:
                    decoded = decoded.translate(_BREAKS)
                builder.decoded(decoded, first, last)
            elif sign[0] == "%":
                builder.decoded("%" if sign == "%%" else OBJECT, first, last)
            elif sign[0] == "\\":
                builder.decoded(_unescaped(sign), first, last)
            else:
                builder.line_break(first, last)

    # ----------------------------------------------------------------- attributes

    def _attributes(self, token: re.Match[str]) -> dict[str, tuple[int, int]]:
        """Places of the values of a tag's attributes, by name."""
        start, end = token.span("attributes")
        if end - start < 3:
            return {}
        found = _ATTRIBUTE.finditer(self._text, start, end)
        return {one[1]: one.span(2 if one[2] is not None else 3) for one in found}

    def _add_attributes(self, attributes: dict[str, tuple[int, int]], said: dict[str, str]) -> None:
        for name, (start, end) in attributes.items():
            if self._is_spoken(name, said[name]):
                builder = StretchBuilder(self._source)
                self._add_text(builder, start, end, _ODD_IN_PROSE)
                self._outline.add_metadata(builder.build())

    def _is_spoken(self, name: str, value: str) -> bool:
        prefix, _, local = name.lower().rpartition(":")
        if prefix in ("xmlns", "xml", "xsi") or local == "xmlns":
            return False
        if local not in SPOKEN_ATTRIBUTES:
            several = len(value.split(None, 1)) > 1
            if not several or (local not in _VALUES and not is_prose(local, "a", reading=self._reading)):
                return False
        return is_prose(local, value, reading=self._reading)


def _stands_apart(name: str) -> bool:
    """Whether an element is none of the text around it, by its name."""
    return breaks_text(name) or name in _PROSE or name in _LISTS or name in _TITLES


def _unescaped(escape: str) -> str:
    digits = escape[2:]
    return character_at(int(digits, 16)) if digits else _ESCAPES.get(escape[1], escape[1])
