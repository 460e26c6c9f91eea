"""Where a paragraph may be added to a section, and how the file's format writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from claimcheck.edits import Edit, line_end
from claimcheck.extract.elements import ENDED_BY
from claimcheck.extract.tags import VOID, Kind, Token, is_empty, tokens
from claimcheck.model import Document, Segment

FORMATS = ("markdown", "html", "text")
"""Formats whose files are edited."""

# Elements in which a paragraph may stand beside others.
_HOLDERS = frozenset("article aside body details div fieldset footer form header main section".split())
_REST = re.compile(r"[^\r\n]*")
_BREAK = re.compile(r"\r\n?|\n")


def paragraphs(document: Document, segments: Sequence[Segment], first: int, text: str) -> Iterator[Edit]:
    """
    Edits that add a paragraph to a section, the best first.

    Args:
        segments: What is seen of the section, at least one.
        first: Where the first claim stands that it is for.
        text: What it says.
    """
    last = max(segments, key=_end)
    if document.format == "html":
        yield from _in_html(document.text, _end(last), first, text)
    elif document.format in FORMATS:
        yield from _between_lines(document, segments[0].section, _end(last), text)


def _end(segment: Segment) -> int:
    return segment.to_source(0, len(segment.text))[1]


# ----------------------------------------------------------------------------- Markdown and plain text


def _between_lines(document: Document, section: int, end: int, text: str) -> Iterator[Edit]:
    """After the last block of a section; else after all that stands before the next section."""
    source = document.text
    # What another section begins with, and comments: they speak of what follows them.
    others = [one.runs[0].source for one in document.segments if one.section != section]
    following = min(
        (start for start in (*others, *(one.start for one in document.comments)) if start >= end), default=-1
    )
    limit = len(source) if following < 0 else document.line_starts[document.position(following).line - 1]
    for at in dict.fromkeys((_block_end(source, end, limit), len(source[:limit].rstrip()))):
        if at >= end:
            yield Edit(at, at, _apart(source, at, text))


def _block_end(source: str, end: int, limit: int) -> int:
    """Where the block ends that holds a place: before an empty line after which nothing is indented."""
    at = _line_end(source, end)
    while at < limit:
        following = _next_line(source, at)
        if following >= limit:
            break
        line = source[following : _line_end(source, following)]
        if not line.strip():
            rest = source[following:limit]
            words = rest.lstrip()
            indented = rest[: len(rest) - len(words)]
            if not words or not indented.endswith((" ", "\t")):
                break
        at = _line_end(source, following)
    return at


def _apart(source: str, at: int, text: str) -> str:
    """A paragraph with the empty lines that part it from what stands around it."""
    end = line_end(source)
    following = _next_line(source, at)
    near = following < len(source) and bool(source[following : _line_end(source, following)].strip())
    return f"{end}{end}{text}{end if near else ''}"


def _line_end(source: str, at: int) -> int:
    found = _REST.match(source, at)
    return found.end() if found else at


def _next_line(source: str, at: int) -> int:
    found = _BREAK.match(source, at)
    return found.end() if found else len(source)


# ----------------------------------------------------------------------------- HTML


@dataclass(slots=True)
class _Element:
    """An element that was opened before a place; ``end`` is one past its end tag, or where it ends without one."""

    name: str
    start: int
    end: int = 0


def _in_html(source: str, end: int, first: int, text: str) -> Iterator[Edit]:
    """
    After the child, with the section's last words in it, of the innermost element that also holds the claim.

    Where that lies beyond the section, after the block with its last words.
    """
    around = _around(source, end)
    holders = [-1, *(at for at, one in enumerate(around) if one.name in _HOLDERS)]
    common = max(at for at in holders if at < 0 or around[at].start < first)
    for holder in dict.fromkeys((common, holders[-1])):
        unit = around[holder + 1] if holder + 1 < len(around) else None
        at = _without_space(source, unit.end if unit else _text_end(source, end))
        opened = unit.start if unit else at
        line = max(source.rfind("\n", 0, opened), source.rfind("\r", 0, opened)) + 1
        alone = not source[line:opened].strip() and unit is not None
        before = line_end(source) + source[line:opened] if alone else ""
        yield Edit(at, at, f"{before}<p>{escape(text, quote=False)}</p>")


def _without_space(source: str, at: int) -> int:
    return len(source[:at].rstrip())


def _text_end(source: str, at: int) -> int:
    tag = source.find("<", at)
    return tag if tag >= 0 else len(source)


def _around(source: str, at: int) -> list[_Element]:
    """The elements that are open at a place, from the outermost, with their ends."""
    opened: list[_Element] = []
    around: list[_Element] | None = None
    for token in tokens(source):
        if around is None and token.start >= at:
            around = list(opened)
        if token.kind is Kind.OPEN and token.name not in VOID and not is_empty(source, token.first, token.last):
            while opened and token.name in ENDED_BY.get(opened[-1].name, ()):
                opened.pop().end = token.start
            opened.append(_Element(token.name, token.start))
        elif token.kind is Kind.CLOSE:
            _close(opened, token)
        if around is not None and all(one.end for one in around):
            return around
    for one in opened:
        one.end = len(source)
    return opened if around is None else around


def _close(opened: list[_Element], token: Token) -> None:
    if not any(one.name == token.name for one in opened):
        return
    while opened:
        one = opened.pop()
        one.end = token.end if one.name == token.name else token.start
        if one.name == token.name:
            return
