"""Reads plain text: paragraphs, headings, bullets, runs of short lines, hard-wrapped lines."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from claimcheck.extract.decode import decode, line_starts
from claimcheck.extract.footnotes import note_sign
from claimcheck.extract.offsets import INVISIBLE, Source, Stretch, StretchBuilder, source_of
from claimcheck.extract.origin import Origin
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.structure import Outline, has_words
from claimcheck.model import Document

_SHORT = 12
_NARROWEST, _WIDEST = 40, 120
_TAB = 4

_BULLET = re.compile(r"(?:[-*+•\u2013\u2014·‣◦▪●○]|\d{1,3}[.)])[ \t\u00a0]+(?=\S)")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_CLOSING = "\"'\u201d\u2019)]*†‡¹²³"


class _Line(NamedTuple):
    """A line that is not blank, without white space at its ends; ``indent`` in columns, ``gap``: a blank one before."""

    start: int
    end: int
    indent: int
    gap: bool
    text: str
    bullet: int


class _Paragraph(NamedTuple):
    """Lines that read as one; ``bullet``: how many characters of the first line are its bullet."""

    lines: tuple[_Line, ...]

    @property
    def bullet(self) -> int:
        return self.lines[0].bullet

    @property
    def text(self) -> str:
        return self.lines[0].text

    @property
    def last(self) -> str:
        return self.lines[-1].text


def read(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Document:  # noqa: ARG001
    """Read a plain text file. Raises ExtractError if it is no text."""
    text = decode(data, path)
    starts = line_starts(text)
    outline = Outline()
    _fill(outline, source_of(text), _paragraphs(_lines(text, starts)))
    return Origin(path, text, "text", starts).document(outline)


def read_plain(outline: Outline, source: Source) -> None:
    """Add the prose of plain text to an outline; it is left as deep as it was."""
    depth = outline.depth
    _fill(outline, source, _paragraphs(_lines(source.text, line_starts(source.text))))
    outline.leave_to(depth)


def _lines(text: str, starts: tuple[int, ...]) -> list[_Line]:
    lines = []
    gap = True
    for start, end in zip(starts, (*starts[1:], len(text)), strict=True):
        raw = text[start:end]
        line = raw.strip()
        if not line or not INVISIBLE.sub("", line).strip():
            gap = True
            continue
        lead = len(raw) - len(raw.lstrip())
        bullet = _BULLET.match(line)
        lines.append(
            _Line(
                start=start + lead,
                end=start + lead + len(line),
                indent=len(raw[:lead].expandtabs(_TAB)),
                gap=gap,
                text=line,
                bullet=bullet.end() if bullet else 0,
            )
        )
        gap = False
    return lines


def _paragraphs(lines: list[_Line]) -> list[_Paragraph]:
    paragraphs: list[_Paragraph] = []
    run: list[_Line] = []
    for line in lines:
        if line.gap and run:
            paragraphs += _unwrapped(run)
            run = []
        run.append(line)
    return paragraphs + _unwrapped(run)


def _unwrapped(run: list[_Line]) -> list[_Paragraph]:
    """Join the lines of a run without blank lines that were one before they were wrapped."""
    fits = _without_room(run)
    # Only a sentence that was broken shows that lines were wrapped; the longest line never has room for a word.
    broken = [
        full and not _ended(one) and two.text[0].islower() for full, (one, two) in zip(fits, pairwise(run), strict=True)
    ]
    wrapped = any(broken)
    paragraphs = []
    lines: list[_Line] = run[:1]
    for index, (one, two) in enumerate(pairwise(run)):
        nearby = any(fits[max(0, index - 1) : index]) or any(fits[index + 1 : index + 2])
        full = fits[index] and ((wrapped and nearby) or not (_ended(one) or two.text[0].isupper()))
        if _continues(lines[0], one, two, full=full):
            lines.append(two)
        else:
            paragraphs.append(_Paragraph(tuple(lines)))
            lines = [two]
    return [*paragraphs, _Paragraph(tuple(lines))] if lines else []


def _without_room(run: list[_Line]) -> list[bool]:
    """For each line but the last, whether the first word of the next would have made it longer than the longest."""
    longest = max((line.indent + len(line.text) for line in run), default=0)
    if not _NARROWEST <= longest <= _WIDEST:
        return [False] * (len(run) - 1)
    return [one.indent + len(one.text) + 1 + len(two.text.split(None, 1)[0]) > longest for one, two in pairwise(run)]


def _ended(line: _Line) -> bool:
    return line.text.rstrip(_CLOSING).endswith((".", "!", "?", ":", ";"))


def _continues(first: _Line, one: _Line, two: _Line, *, full: bool) -> bool:
    """Whether ``two`` goes on with ``one``; ``full``: it was broken for want of room."""
    if two.bullet or note_sign(two.text) or _UNDERLINE.fullmatch(two.text) or _UNDERLINE.fullmatch(one.text):
        return False
    if first.bullet and two.indent > first.indent:
        return True
    # A run that begins with a small letter is more likely a list of phrases than a sentence in lines.
    sentence = not _ended(one) and two.text[0].islower() and not first.text[0].islower()
    return full or sentence


def _fill(outline: Outline, source: Source, paragraphs: list[_Paragraph]) -> None:
    kinds = _kinds(paragraphs)
    depth = outline.depth
    indents: list[int] = []
    for paragraph, kind in zip(paragraphs, kinds, strict=True):
        if kind == "rule":
            continue
        first = paragraph.lines[0]
        if kind in ("bullet", "item"):
            _open_item(outline, indents, first.indent if kind == "bullet" else 0)
        elif not (indents and kind == "paragraph" and first.gap and first.indent > indents[0]):
            outline.leave_to(depth)
            indents.clear()
        outline.add(_stretch(source, paragraph), level=1 if kind == "heading" else 0)


def _open_item(outline: Outline, indents: list[int], indent: int) -> None:
    """Leave the lists that are indented deeper, open one if this is deeper, and open the item."""
    while len(indents) > 1 and indent < indents[-1]:
        indents.pop()
        outline.leave()
        outline.leave()
    if not indents or indent > indents[-1]:
        indents.append(indent)
        outline.enter_list()
    else:
        outline.leave()
    outline.enter_item()


def _kinds(paragraphs: list[_Paragraph]) -> list[str]:
    """For each paragraph ``paragraph``, ``heading``, ``bullet``, ``item`` (a short line of a run) or ``rule``."""
    kinds = ["bullet" if paragraph.bullet else "paragraph" for paragraph in paragraphs]
    for index, paragraph in enumerate(paragraphs):
        if not has_words(paragraph.text) and len(paragraph.lines) == 1:
            kinds[index] = "rule"
            above = paragraphs[index - 1] if index and not paragraph.lines[0].gap else None
            if above and _UNDERLINE.fullmatch(paragraph.text) and _is_short(above):
                kinds[index - 1] = "heading"
    index = 0
    while index < len(paragraphs):
        end = _end_of_short_run(paragraphs, kinds, index)
        if end - index > 1:
            kinds[index:end] = ["item"] * (end - index)
        elif end > index and _is_heading(paragraphs, index):
            kinds[index] = "heading"
        index = max(end, index + 1)
    return kinds


def _end_of_short_run(paragraphs: list[_Paragraph], kinds: list[str], start: int) -> int:
    end = start
    while (
        end < len(paragraphs)
        and kinds[end] == "paragraph"
        and _is_short(paragraphs[end])
        and (end == start or not paragraphs[end].lines[0].gap)
    ):
        end += 1
    return end


def _is_short(paragraph: _Paragraph) -> bool:
    if len(paragraph.lines) > 1 or len(paragraph.text.split(None, _SHORT)) > _SHORT:
        return False
    return not note_sign(paragraph.text) and not paragraph.text.rstrip(_CLOSING).endswith((".", ":"))


def _is_heading(paragraphs: list[_Paragraph], index: int) -> bool:
    if index + 1 == len(paragraphs):
        return False
    line = paragraphs[index].lines[0]
    before = paragraphs[index - 1] if index and not line.gap else None
    alone = before is None or bool(before.bullet) or before.last.rstrip(_CLOSING).endswith((".", "!", "?"))
    later = (paragraphs[at].text for at in range(index + 1, len(paragraphs)))
    return alone and len(next(filter(has_words, later), "")) > len(line.text)


def _stretch(source: Source, paragraph: _Paragraph) -> Stretch:
    builder = StretchBuilder(source)
    done = 0
    for index, line in enumerate(paragraph.lines):
        if index:
            builder.line_break(done, line.start)
        builder.exact(line.start if index else line.start + line.bullet, line.end)
        done = line.end
    return builder.build()
