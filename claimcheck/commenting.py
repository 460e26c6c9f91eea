"""
Writes the comments that ask the linter to leave claims alone, and removes those that stand for nothing any more.

Nothing is guessed of a format: what was written is read and checked again, and must have changed what it was meant to
change and nothing else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from claimcheck.edits import Edit, apply, line_end
from claimcheck.errors import ClaimcheckError, UsageError
from claimcheck.extract import AS_SHIPPED, FORMATS, Reading, documents
from claimcheck.extract.decode import recoded
from claimcheck.model import Document, FileResult, Finding, Role, Segment, Stale, is_over
from claimcheck.suppressions import Instruction, instruction_of

Check: TypeAlias = Callable[[bytes, str], FileResult]
"""Checks the bytes of a file of this name."""

_BY_HAND = "Edit it by hand."
_NO_PLACE = "Use 'ignores' in the configuration, or a baseline."
_TABLES = ("csv", "tsv")
_CATALOGUE = "po"


class Edited(NamedTuple):
    """A file before and after: its text, and its bytes."""

    before: str
    after: str
    data: bytes


class Marks(NamedTuple):
    """
    How a format writes a comment.

    Args:
        opening: What stands before its words.
        closing: What stands after them; empty if it ends with its line.
        apart: Whether an empty line must follow.
    """

    opening: str
    closing: str = ""
    apart: bool = False


_HTML = Marks("<!-- ", " -->")
_HASH = Marks("# ")
_SLASHES = Marks("// ")
_BRACES = Marks("{/* ", " */}")

# Of several, the first that is read as a comment where it has to stand.
_MARKS: dict[str, tuple[Marks, ...]] = {
    "markdown": (_HTML, _HASH),
    "mdx": (_BRACES, _HASH, _SLASHES),
    "html": (_HTML,),
    "xml": (_HTML,),
    "rst": (Marks(".. ", apart=True),),
    "asciidoc": (_SLASHES,),
    "vtt": (Marks("NOTE ", apart=True),),
    "yaml": (_HASH,),
    "toml": (_HASH,),
    "po": (_HASH,),
    "liquid": (Marks("{% comment %} ", " {% endcomment %}"), _HASH),
    "jinja": (Marks("{# ", " #}"), _HASH),
    "handlebars": (Marks("{{!-- ", " --}}"), _HASH),
    "erb": (Marks("<%# ", " %>"), _HASH),
    "php": (Marks("<?php /* ", " */ ?>"), _SLASHES),
    "blade": (Marks("{{-- ", " --}}"), _SLASHES),
    "astro": (_HTML, _SLASHES),
    "vue": (_HTML, _SLASHES),
    "svelte": (_HTML, _SLASHES),
    "jsx": (_SLASHES, _BRACES),
    "javascript": (_SLASHES,),
}
_MARKDOWN = ("markdown", "mdx")
# In these a comment on a line of its own would part such a segment from what stands before it.
_LISTS_PART = (*_MARKDOWN, "rst")
_INSIDE = (Role.ITEM, Role.CELL, Role.QUOTE, Role.NOTE)
_TAGS = re.compile(r"[ \t]*+(?:</?[A-Za-z][^<>]*+>[ \t]*+)*+(?:<[A-Za-z][^<>]*+)?")
# So far up the key of a value of several lines, or the times of a subtitle, may stand.
_MOST_UP = 6
_PHP = (re.compile(r"<\?(?:php)?[ \t]*\Z"), re.compile(r"[ \t]*\?>"))
_BRACED = ("jsx", "mdx", "astro")
# After these, braces are a block or an object of the program and not just around the comment.
_BEFORE_BLOCK = re.compile(r"(?:[)=:,(\[?&|]|=>|\b(?:else|try|finally|do|return))\s*\Z")
_LISTED = re.compile(r"\[([^\]]*)\]")


@dataclass(slots=True)
class _Target:
    """
    A block with claims that are to be left alone.

    Args:
        document: Number of its document in the file.
        block: Its number in that document.
        claims: ``(start, end, rule)`` of the claims.
    """

    document: int
    block: int
    claims: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def rules(self) -> list[str]:
        return sorted({rule for _, _, rule in self.claims})


@dataclass(frozen=True, slots=True)
class _File:
    """
    A file that is to be edited.

    Args:
        data: Its bytes.
        path: As it is reported.
        documents: What it says.
        reading: What a configuration says about reading files.
    """

    data: bytes
    path: str
    documents: tuple[Document, ...]
    reading: Reading

    @property
    def text(self) -> str:
        return self.documents[0].text

    def edited(self, edits: Sequence[Edit]) -> Edited:
        """What it is after some edits, in the same encoding."""
        after = apply(self.text, edits)
        return Edited(self.text, after, recoded(after, self.data, self.path))

    def says_the_same(self, data: bytes) -> tuple[Document, ...] | None:
        """What an edited file says, if that is what this one says; else ``None``."""
        try:
            after = tuple(documents(data, self.path, reading=self.reading))
        except ClaimcheckError:
            return None
        same = [_prose(one) for one in after] == [_prose(one) for one in self.documents]
        return after if same else None


def with_ignores(
    data: bytes,
    result: FileResult,
    check: Check,
    *,
    because: str,
    until: str = "",
    reading: Reading = AS_SHIPPED,
) -> Edited:
    """
    A file with a comment for every finding of a result.

    Args:
        data: The file.
        result: Of the file; it may hold fewer findings than ``check`` finds.
        because: Why they may stay, as ``check_reason`` lets it pass.
        until: The last day or month on which they may; empty for no end.
        reading: What a configuration says about reading files.

    Raises:
        ClaimcheckError: If a finding cannot be given a comment that leaves it out and changes nothing else.
    """
    file = _opened(data, result.path, reading)
    before = check(data, result.path)
    wanted = {one.fingerprint for one in result.findings}
    targeted = [one for one in before.findings if one.fingerprint in wanted]
    writer = _Writer(file, because, until)
    edits = writer.edits(_targets(file, before, targeted))
    after = file.edited(edits)
    _compare(file, after.data, before, check(after.data, result.path), targeted)
    return after


def without_stale(data: bytes, result: FileResult, check: Check, *, reading: Reading = AS_SHIPPED) -> Edited:
    """
    A file without the comments, or the parts of them, that stand for nothing.

    Args:
        data: The file.
        result: Of the file, with what is stale in it.
        reading: What a configuration says about reading files.

    Raises:
        ClaimcheckError: If that cannot be done without changing something else.
    """
    file = _opened(data, result.path, reading)
    cells = {one.start for document in file.documents for one in document.comments if one.whole}
    after = file.edited([_removal(file, one, cell=one.start in cells) for one in result.stale])
    _compare(file, after.data, result, check(after.data, result.path), ())
    return after


def check_reason(because: str, until: str, on: str) -> None:
    """
    Refuse a reason that a comment would not give back, and an end that is none.

    Args:
        on: The day to judge by.

    Raises:
        UsageError: If the reason is empty, has several lines or ends like an end of its own, or the end is over.
    """
    try:
        instruction_of(f"claimcheck: ignore until {until or on}")
    except ValueError:
        fix = "Write YYYY-MM-DD for the last day, or YYYY-MM for the last month."
        raise UsageError(f"'{until}' is no date", fix=fix) from None
    if is_over(until, on):
        raise UsageError(f"'{until}' is over", fix="Name a day to come, or leave --until out.")
    said = Instruction("ignore", ("proof/*",), because, until)
    try:
        same = "\n" not in because and "\r" not in because and instruction_of(_words("ignore", said)) == said
    except ValueError:
        same = False
    if not because or not same:
        what = f"'{because}' cannot be written as a reason"
        raise UsageError(what, fix="Say why in one line, and leave what ends with 'until' and a number to --until.")


def _opened(data: bytes, path: str, reading: Reading) -> _File:
    file = _File(data, path, tuple(documents(data, path, reading=reading)), reading)
    if file.documents and any(one.binary for one in FORMATS if one.name == file.documents[0].format):
        raise ClaimcheckError("comments cannot be written into such a file", where=path, fix=_NO_PLACE)
    if not file.documents or recoded(file.text, data, path) != data:
        raise ClaimcheckError("it cannot be edited without other changes", where=path, fix="Save it as UTF-8.")
    return file


def _prose(document: Document) -> list[tuple[object, ...]]:
    """What scope and claims are worked out from, wherever it stands in the file."""
    return [
        (" ".join(one.text.split()), one.role, one.block, one.section, one.level, one.intro, one.metadata, one.note)
        for one in document.segments
    ]


def _compare(file: _File, data: bytes, before: FileResult, after: FileResult, targeted: Sequence[Finding]) -> None:
    """
    Refuse an edited file in which not just the targeted findings are gone, or which says anything else.

    Raises:
        ClaimcheckError: If it is one.
    """
    gone = Counter(map(_verdict, before.findings)) - Counter(map(_verdict, after.findings))
    new = Counter(map(_verdict, after.findings)) - Counter(map(_verdict, before.findings))
    # What several policies say of one claim, one comment leaves out.
    places = {(one.rule, one.spot) for one in targeted}
    allowed = Counter(_verdict(one) for one in before.findings if (one.rule, one.spot) in places)
    wanted = Counter(map(_verdict, targeted))
    right = not new and not gone - allowed and not wanted - gone and len(after.failures) <= len(before.failures)
    if not right or file.says_the_same(data) is None:
        raise ClaimcheckError("that would change more than it should", where=file.path, fix=_BY_HAND)


def _verdict(finding: Finding) -> tuple[object, ...]:
    far = tuple(sorted(one.kind for one in finding.too_far))
    return finding.words, finding.rule, finding.policy, finding.severity, finding.missing, far, len(finding.also_at)


# ----------------------------------------------------------------------------- writing


def _targets(file: _File, result: FileResult, findings: Sequence[Finding]) -> list[_Target]:
    """The blocks of some findings, at all their places, in the order of the file."""
    places = {one.spot: one.claim.place for one in result.claims}
    segments = sorted(
        (one.runs[0].source, number, one.block)
        for number, document in enumerate(file.documents)
        for one in document.segments
    )
    targets: dict[tuple[int, int], _Target] = {}
    for finding in findings:
        for spot in (finding.spot, *finding.also_at):
            # An attribute stands within a paragraph: the last segment before it is not always that of its block.
            last = bisect_right(segments, spot.start.offset, key=itemgetter(0))
            number = next(one for _, one, block in reversed(segments[:last]) if block == places[spot].block)
            key = number, places[spot].block
            claim = spot.start.offset, spot.end.offset, finding.rule
            targets.setdefault(key, _Target(*key)).claims.append(claim)
    return [targets[key] for key in sorted(targets)]


class _Writer:
    """Finds a place for each comment of one file."""

    def __init__(self, file: _File, because: str, until: str) -> None:
        self._file = file
        self._text = file.text
        self._end = line_end(file.text)
        self._because = because
        self._until = until

    def edits(self, targets: Sequence[_Target]) -> list[Edit]:
        """
        The edits that write a comment for each target.

        Raises:
            ClaimcheckError: If there is no place for one.
        """
        form = self._file.documents[0].format
        if form in _TABLES:
            return self._filled(targets)
        if form not in _MARKS:
            title = next((one.title for one in FORMATS if one.name == form), form)
            raise ClaimcheckError(f"comments cannot be written into {title}", where=self._file.path, fix=_NO_PLACE)
        # Mostly the first place that comes to mind will do for each, and reading a file anew for each takes its time.
        first = [edits for edits in (next(self._choices(target), None) for target in targets) if edits]
        if len(first) == len(targets) and self._fit(first, targets):
            return [edit for edits in first for edit in edits]
        return [edit for target in targets for edit in self._tried(target)]

    def _tried(self, target: _Target) -> tuple[Edit, ...]:
        for edits in self._choices(target):
            if self._fit([edits], [target]):
                return edits
        start = min(start for start, _, _ in target.claims)
        at = self._file.documents[target.document].position(start)
        where = f"{self._file.path}:{at.line}:{at.column}"
        raise ClaimcheckError("there is no place for a comment here", where=where, fix=_NO_PLACE)

    def _fit(self, edits: Sequence[tuple[Edit, ...]], targets: Sequence[_Target]) -> bool:
        """Whether edits are read as what they were meant to be, each for its target, and change nothing else."""
        every = [edit for one in edits for edit in one]
        after = self._file.says_the_same(self._file.edited(every).data)
        if after is None:
            return False
        for target in targets:
            document = after[target.document]
            said = Counter(
                (instruction.form, instruction.globs, comment.block)
                for comment in document.comments
                if (instruction := _understood(comment.text)) is not None and instruction.reason == self._because
            )
            rules = tuple(target.rules)
            lines = {("ignore-line", names) for names in self._lines(target).values()}
            forms = {one[:2] for one in said}
            if not (said["ignore", rules, target.block] or ("ignore-file", rules) in forms or lines <= forms):
                return False
        return True

    def _choices(self, target: _Target) -> Iterator[tuple[Edit, ...]]:
        """Edits that may write a comment for a block, the best first."""
        document = self._file.documents[target.document]
        segments = [one for one in document.segments if one.block == target.block]
        first = min(segments, key=lambda one: one.runs[0].source)
        markdown = document.format in _MARKDOWN
        words = self._words("ignore", tuple(target.rules))
        marks = _MARKS[document.format]
        if document.format == _CATALOGUE:
            at = self._message_start(first.runs[0].source)
            yield (Edit(at, at, f"{_HASH.opening}{self._words('ignore-file', tuple(target.rules))}{self._end}"),)
            return
        if not (first.role in _INSIDE and document.format in _LISTS_PART):
            front = first.metadata and first.role is Role.VALUE
            yield from self._above(marks[::-1] if front else marks, first.runs[0].source, words)
        for one in marks:
            if one.closing and markdown:
                yield self._beside(one, target, segments)
            elif one.closing:
                yield from self._before(one, first.runs[0].source, words)

    def _above(self, choice: Sequence[Marks], start: int, words: str) -> Iterator[tuple[Edit, ...]]:
        """On a line of its own above the line of the block, or above what that belongs to."""
        at = first = self._line_start(start)
        within = "<" in self._text[at:start] and not _TAGS.fullmatch(self._text, at, start)
        for _ in range(_MOST_UP):
            indent = re.compile(r"[ \t]*").match(self._text, at)
            for marks in choice:
                if marks.closing and (within or at != first):
                    continue
                written = f"{indent[0] if indent else ''}{marks.opening}{words}{marks.closing}{self._end}"
                yield (Edit(at, at, written + self._end if marks.apart else written),)
            if not at:
                return
            at = self._line_start(at - 1)

    def _before(self, marks: Marks, start: int, words: str) -> Iterator[tuple[Edit, ...]]:
        """Right before the block, or before the tag in which it stands."""
        written = f"{marks.opening}{words}{marks.closing}"
        yield (Edit(start, start, written),)
        tag = self._text.rfind("<", 0, start)
        if self._text[tag + 1 : tag + 2].isalpha() and tag >= 0:
            yield (Edit(tag, tag, written),)

    def _beside(self, marks: Marks, target: _Target, segments: Sequence[Segment]) -> tuple[Edit, ...]:
        """At the ends of the lines with claims, or of their cells."""
        edits = []
        for at, rules in self._lines(target).items():
            start = self._line_start(at)
            stop = re.compile(r"[\r\n]|\Z").search(self._text, at)
            end = start + len(self._text[start : stop.start() if stop else at].rstrip(" \t"))
            if segments[0].role is Role.CELL:
                bar = re.compile(r"(?<!\\)[ \t]*\|").search(self._text, at, end)
                end = bar.start() if bar else end
            edits.append(Edit(end, end, f" {marks.opening}{self._words('ignore-line', rules)}{marks.closing}"))
        return tuple(edits)

    def _lines(self, target: _Target) -> dict[int, tuple[str, ...]]:
        """For each line or cell in which claims of a block end, the end of the last, and their rules."""
        rows: dict[int, tuple[int, set[str]]] = {}
        for start, end, rule in target.claims:
            del start
            line = self._line_start(end - 1)
            last, rules = rows.get(line, (end, set()))
            rows[line] = max(last, end), rules | {rule}
        return {end: tuple(sorted(rules)) for end, rules in rows.values()}

    def _message_start(self, at: int) -> int:
        """Where the first keyword of a message stands: between them a comment is no place."""
        start = self._keyword("msgid ", at)
        context = self._keyword("msgctxt ", start)
        between = self._text[context:start]
        return context if between.startswith("msgctxt") and "msgid" not in between else start

    def _keyword(self, word: str, at: int) -> int:
        return max(self._text.rfind(f"{end}{word}", 0, at) for end in "\n\r") + 1

    def _line_start(self, at: int) -> int:
        return max(self._text.rfind("\n", 0, at), self._text.rfind("\r", 0, at)) + 1

    def _words(self, form: str, rules: tuple[str, ...]) -> str:
        return _words(form, Instruction(form, rules, self._because, self._until))

    def _filled(self, targets: Sequence[_Target]) -> list[Edit]:
        """Words in the cells of the rows that are kept for them."""
        rules: dict[int, set[str]] = {}
        for target in targets:
            rules.setdefault(target.document, set()).update(target.rules)
        edits = []
        for number, names in rules.items():
            cell = next((one for one in self._file.documents[number].comments if one.whole and not one.text), None)
            if cell is None:
                what = "the table has no column 'claimcheck', or the cell of a row is taken"
                raise ClaimcheckError(what, where=self._file.path, fix="Add that column, or write it by hand.")
            words = self._words("ignore", tuple(sorted(names))).removeprefix("claimcheck: ")
            edits.append(Edit(cell.start, cell.end, '"' + words.replace('"', '""') + '"'))
        return edits


def _words(form: str, said: Instruction) -> str:
    until = f" until {said.until}" if said.until else ""
    return f"claimcheck: {form}[{', '.join(said.globs)}] because {said.reason}{until}"


def _understood(text: str) -> Instruction | None:
    try:
        return instruction_of(text)
    except ValueError:
        return None


# ----------------------------------------------------------------------------- removing


def _removal(file: _File, stale: Stale, *, cell: bool) -> Edit:
    """What takes a comment, or some globs of its list, out of a text."""
    if stale.globs:
        return _without_globs(file, stale)
    if cell:
        return Edit(stale.start, stale.end, "")
    text, start, end = file.text, stale.start, stale.end
    braced = file.documents[0].format in _BRACED and text[start - 1 : start] + text[end : end + 1] == "{}"
    if braced and not _BEFORE_BLOCK.search(text, max(0, start - 20), start - 1):
        return _without(text, start - 1, end + 1)
    return _without(text, start, end)


def _without(text: str, start: int, end: int) -> Edit:
    """What takes a comment out of a text, with its line if nothing else stands there."""
    if (before := _PHP[0].search(text, max(0, start - 20), start)) and (after := _PHP[1].match(text, end)):
        start, end = before.start(), after.end()
    first = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    rest = re.compile(r"[ \t]*+(\r\n?|\n|\Z)").match(text, end)
    if rest is None or text[first:start].strip(" \t"):
        # The space that parted it from the words before it.
        spare = text[start - 1 : start] == " " and (rest is not None or text[end : end + 1] in ("", " "))
        return Edit(start - 1 if spare else start, end, "")
    end = rest.end()
    # Of the empty lines on its two sides one is enough.
    empty = re.compile(r"[ \t]*+(?:\r\n?|\n)").match(text, end)
    if empty and (not first or re.search(r"(?:\A|\r\n?|\n)[ \t]*+(?:\r\n?|\n)\Z", text[max(0, first - 200) : first])):
        end = empty.end()
    return Edit(first, end, "")


def _without_globs(file: _File, stale: Stale) -> Edit:
    found = _LISTED.search(file.text, stale.start, stale.end)
    names = [name.strip() for name in found[1].split(",")] if found else []
    left = [name for name in names if name and name not in stale.globs]
    if found is None or not left:
        at = file.documents[0].position(stale.start)
        raise ClaimcheckError("this list cannot be edited", where=f"{file.path}:{at.line}:{at.column}", fix=_BY_HAND)
    return Edit(found.start(1), found.end(1), ", ".join(left))
