"""The comments of a Word document: taking out our own, and putting in new ones."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from claimcheck.extract.docx import KIND, PREFIXES, main_part, relations_of
from claimcheck.extract.package import Package, attribute
from claimcheck.review.archive import rewritten
from claimcheck.review.markup import (
    STRICT,
    Edit,
    Element,
    Extent,
    Names,
    appended,
    elements,
    extent,
    names,
    namespace,
    quoted,
    read_part,
    spliced,
    tag_at,
    tag_name,
)
from claimcheck.review.words import Line

AUTHOR = "claimcheck"
INITIALS = "cc"

_TYPES = "[Content_Types].xml"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
# Newer versions of Word tell more of a comment in other parts: by its last paragraph, or a number kept with that.
_MORE = ("commentsExtended", "commentsIds", "commentsExtensible")
_ON = frozenset({"1", "true", "on"})
_MARKS = frozenset({"w:commentRangeStart", "w:commentRangeEnd"})


class Kept(NamedTuple):
    """A comment of ours that somebody has answered or resolved: what it says, and where in the body it begins."""

    text: str
    at: int


class Bare(NamedTuple):
    """
    A document without our own comments.

    Args:
        removed: How many there were.
        kept: Those that stay.
    """

    data: bytes
    removed: int
    kept: tuple[Kept, ...]


class Comment(NamedTuple):
    """A comment to be written."""

    number: int
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """What it says, a paragraph a line."""
        return "\n".join(f"{lead}: {text}" if lead else text for lead, text in self.lines)


class Styles(NamedTuple):
    """Names of the styles for comments and for their marks; empty where the document has none."""

    text: str = ""
    mark: str = ""


# --------------------------------------------------------------------------- taking out


def without_own(data: bytes, path: str) -> Bare:
    """
    A document without the comments that we have written, and as it was otherwise.

    Raises:
        ExtractError: If it cannot be read.
    """
    package = Package(data, path, KIND)
    main = main_part(package)
    parts = {one.kind: one.target for one in relations_of(package, main).values()}
    if "comments" not in parts:
        return Bare(data, 0, ())
    xml, found = elements(data, path, parts["comments"])
    more = {kind: elements(data, path, parts[kind]) for kind in _MORE if kind in parts}
    ours, kept, identities = _own(found, more)
    if not ours:
        return Bare(data, 0, _begun(data, path, main, kept))
    changed = {parts["comments"]: spliced(xml, [_removal(one.extent) for one in ours])}
    going = {one.extent.start for one in ours}
    others = {_number(one) for one in found if one.name == "w:comment" and one.extent.start not in going}
    numbers = {_number(one) for one in ours} - others
    body = read_part(data, path, main)
    marks = _MarksReader(body, numbers)
    package.parse(main, marks, PREFIXES, at=marks.at)
    changed[main] = spliced(body, [_removal(one) for one in marks.found])
    for kind, (text, entries) in more.items():
        gone = [_removal(one.extent) for one in entries if one.depth == 2 and not identities.isdisjoint(_named(one))]
        if gone:
            changed[parts[kind]] = spliced(text, gone)
    bare = rewritten(data, changed, path)
    return Bare(bare, len(ours), _begun(bare, path, main, kept))


def _begun(data: bytes, path: str, main: str, kept: Mapping[str, str]) -> tuple[Kept, ...]:
    """Where comments begin, each told by its number and what it says; one that is shown nowhere is left out."""
    if not kept:
        return ()
    body = read_part(data, path, main)
    marks = _MarksReader(body, set(kept))
    Package(data, path, KIND).parse(main, marks, PREFIXES, at=marks.at)
    return tuple(Kept(kept[number], at) for number, at in marks.begins.items())


def _removal(one: Extent) -> Edit:
    return Edit(one.start, one.end, b"")


def _own(
    found: Sequence[Element], more: Mapping[str, tuple[bytes, list[Element]]]
) -> tuple[list[Element], dict[str, str], set[str]]:
    """Our comments that can go, what the others of ours say by number, and what the first are called elsewhere."""
    extended = [one for _, entries in more.values() for one in entries]
    answered = {attribute(one.attributes, "paraIdParent") for one in extended if one.name == "commentEx"}
    resolved = {
        attribute(one.attributes, "paraId")
        for one in extended
        if one.name == "commentEx" and attribute(one.attributes, "done") in _ON
    }
    ours: list[Element] = []
    kept: dict[str, str] = {}
    identities: set[str] = set()
    for comment, inside in _comments(found):
        if attribute(comment.attributes, "author") != AUTHOR:
            continue
        known = {attribute(one.attributes, "paraId") for one in inside if one.name == "w:p"} - {""}
        if known.isdisjoint(answered | resolved):
            ours.append(comment)
            identities |= known
        else:
            kept[_number(comment)] = _text(inside)
    identities |= {
        attribute(one.attributes, "durableId")
        for one in extended
        if one.name == "commentId" and attribute(one.attributes, "paraId") in identities
    }
    return ours, kept, identities - {""}


def _comments(found: Sequence[Element]) -> Iterator[tuple[Element, list[Element]]]:
    """Each comment, and the elements in it."""
    starts = [number for number, one in enumerate(found) if one.name == "w:comment"]
    for number, after in zip(starts, (*starts[1:], len(found)), strict=False):
        yield found[number], list(found[number + 1 : after])


def _text(inside: Sequence[Element]) -> str:
    lines: list[str] = []
    for one in inside:
        if one.name == "w:p":
            lines.append("")
        elif one.name == "w:t" and lines:
            lines[-1] += one.text
    return "\n".join(lines)


def _number(comment: Element) -> str:
    return attribute(comment.attributes, "id")


def _named(entry: Element) -> set[str]:
    return {attribute(entry.attributes, name) for name in ("paraId", "durableId")}


class _MarksReader:
    """
    Finds what comments have left in the body; a run that holds nothing else goes with its reference.

    ``begins`` tells where the first mark of each stands, in bytes.
    """

    def __init__(self, xml: bytes, numbers: set[str]) -> None:
        self.found: list[Extent] = []
        self.begins: dict[str, int] = {}
        self._xml = xml
        self._numbers = numbers
        self._index = 0
        self._path: list[tuple[str, int, bool]] = []
        self._references: list[list[Extent]] = []
        self._others: list[int] = []

    def at(self, index: int) -> None:
        self._index = index

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        number = attribute(attributes, "id") if name in _MARKS or name == "w:commentReference" else ""
        is_ours = number in self._numbers
        if is_ours:
            self.begins.setdefault(number, self._index)
        if self._path and self._path[-1][0] == "w:r" and name != "w:rPr" and not is_ours:
            self._others[-1] += 1
        self._path.append((name, self._index, is_ours))
        if name == "w:r":
            self._references.append([])
            self._others.append(0)

    def end(self, name: str) -> None:
        _, start, is_ours = self._path.pop()
        if name == "w:r":
            references, others = self._references.pop(), self._others.pop()
            if references and not others:
                self.found.append(extent(self._xml, start, self._index))
            else:
                self.found += references
        elif is_ours:
            one = extent(self._xml, start, self._index)
            if name == "w:commentReference" and self._path[-1][0] == "w:r":
                self._references[-1].append(one)
            else:
                self.found.append(one)

    def text(self, data: str) -> None:
        pass


# --------------------------------------------------------------------------- putting in


def comments_part(package: Package) -> str:
    """Name of the part that holds comments, whether it is there or not."""
    main = main_part(package)
    known = next((one.target for one in relations_of(package, main).values() if one.kind == "comments"), "")
    folder = posixpath.dirname(main)
    names = (posixpath.join(folder, f"comments{number or ''}.xml") for number in range(10_000))
    return known or next(name for name in names if name not in package)


def with_comments(data: bytes, path: str, comments: Sequence[Comment], on: str, styles: Styles) -> dict[str, bytes]:
    """
    The parts that change, or are new, when a document gets comments; but for the body.

    Args:
        on: Their date, ``YYYY-MM-DD``.

    Raises:
        ExtractError: If a part cannot be read.
    """
    package = Package(data, path, KIND)
    main = main_part(package)
    part = comments_part(package)
    space = namespace(read_part(data, path, main))
    if part in package:
        xml, found = elements(data, path, part)
        known = names(xml, namespace(xml))
    else:
        xml, found = b"", []
        known = Names("w")
    content = "".join(_comment(one, known, on, styles) for one in comments).encode()
    changed: dict[str, bytes] = {}
    if found:
        changed[part] = spliced(xml, [appended(xml, found[0].extent, content)])
    else:
        head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments xmlns:w="{space}">'
        changed[part] = head.encode() + content + b"</w:comments>"
        changed |= _related(data, path, main, part, strict=space == STRICT)
    return changed | _typed(data, path, part)


def _comment(comment: Comment, names: Names, on: str, styles: Styles) -> str:
    w, declaration = names
    mark = f'<{w}:rPr><{w}:rStyle {w}:val="{quoted(styles.mark)}"/></{w}:rPr>' if styles.mark else ""
    style = f'<{w}:pPr><{w}:pStyle {w}:val="{quoted(styles.text)}"/></{w}:pPr>' if styles.text else ""
    paragraphs = []
    for number, (lead, text) in enumerate(comment.lines):
        runs = "" if number else f"<{w}:r>{mark}<{w}:annotationRef/></{w}:r>"
        if lead:
            runs += f"<{w}:r><{w}:rPr><{w}:b/></{w}:rPr>{_words(f'{lead}: ', w)}</{w}:r>"
        paragraphs.append(f"<{w}:p>{style}{runs}<{w}:r>{_words(text, w)}</{w}:r></{w}:p>")
    head = f'{w}:id="{comment.number}" {w}:author="{AUTHOR}" {w}:date="{on}T00:00:00Z" {w}:initials="{INITIALS}"'
    return f"<{w}:comment{declaration} {head}>{''.join(paragraphs)}</{w}:comment>"


def _words(text: str, prefix: str) -> str:
    return f'<{prefix}:t xml:space="preserve">{quoted(text)}</{prefix}:t>'


def _related(data: bytes, path: str, main: str, part: str, *, strict: bool) -> dict[str, bytes]:
    """The relations of the body with one to the new part."""
    folder, name = posixpath.split(main)
    source = posixpath.join(folder, "_rels", f"{name}.rels")
    package = Package(data, path, KIND)
    xml, found = f'<Relationships xmlns="{_RELATIONS}"/>'.encode(), None
    if source in package:
        xml, found = elements(data, path, source)
    used = {one.attributes.get("Id", "") for one in found or ()}
    fresh = next(f"rId{number}" for number in range(1, len(used) + 2) if f"rId{number}" not in used)
    kind = _STRICT_RELATION if strict else _RELATION
    outer = found[0].extent if found else Extent(0, len(xml), len(xml), len(xml))
    prefix = _prefix(xml, outer)
    target = quoted(posixpath.relpath(f"/{part}", f"/{folder}"))
    one = f'<{prefix}Relationship Id="{fresh}" Type="{kind}" Target="{target}"/>'
    return {source: spliced(xml, [appended(xml, outer, one.encode())])}


def _typed(data: bytes, path: str, part: str) -> dict[str, bytes]:
    """The types of all parts with that of the comments; nothing if it is told already."""
    xml, found = elements(data, path, _TYPES)
    told = {one.attributes.get("PartName", "").lower() for one in found}
    if f"/{part}".lower() in told:
        return {}
    outer = found[0].extent
    one = f'<{_prefix(xml, outer)}Override PartName="/{quoted(part)}" ContentType="{_CONTENT}"/>'
    return {_TYPES: spliced(xml, [appended(xml, outer, one.encode())])}


def _prefix(xml: bytes, outer: Extent) -> str:
    """The prefix of an element as it is written, with its colon."""
    prefix, colon, _ = tag_name(tag_at(xml, outer.start)).decode().rpartition(":")
    return prefix + colon
