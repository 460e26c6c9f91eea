"""Reads subtitles, SubRip and WebVTT: cues that follow each other join to sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from claimcheck.extract.decode import decode
from claimcheck.extract.offsets import StretchBuilder, source_of
from claimcheck.extract.origin import origin_of
from claimcheck.extract.reading import AS_SHIPPED, Reading
from claimcheck.extract.structure import Outline
from claimcheck.extract.tags import character
from claimcheck.extract.textlines import Line, lines_of
from claimcheck.model import Document

PAUSE = 5.0
"""Seconds without a cue after which a sentence does not go on."""

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMING = re.compile(rf"{_TIME}[ \t]*-->[ \t]*{_TIME}(?:\s.*)?")
_COUNTER = re.compile(r"\d++")
_NOTE = re.compile(r"NOTE(?:\s|\Z)")
_BLOCK = re.compile(r"(?:STYLE|REGION)\Z")
_LANGUAGE = re.compile(r"Language:[ \t]*(\S+)", re.IGNORECASE)
# A dash or angle brackets tell that somebody else speaks.
_SPEAKER = re.compile(
    r"(?:<[^<>]*+>|\{\\[^{}]*+\})*+"
    r"([-\u2010-\u2015][ \t]*+(?=[^\W\d_]|[<\"'\u201c\u00bf\u00a1\[(])|(?:>>+|(?:&gt;){2,})[ \t]*+)"
)
_MARKUP = re.compile(
    r"<(?P<break>br)[ \t]*+/?>|<v(?:\.[^\s<>]*+)?[ \t]++(?P<voice>[^<>]*+)>|</?[A-Za-z][^<>]*+>|<\d[\d:.]*+>"
    r"|\{\\[^{}]*+\}|(?P<entity>&(?:[A-Za-z]{2,8}|#\d{1,7}|#[xX][\da-fA-F]{1,6});)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?\u2026\u3002\uff01\uff1f][\"'\u201d\u2019)\]\u266a\s]*\Z")


class Cue(NamedTuple):
    """
    What is shown for a while.

    Args:
        start: When it appears, in seconds.
        end: When it goes.
        lines: None of them blank.
    """

    start: float
    end: float
    lines: list[Line]


def read(data: bytes, path: str, reading: Reading = AS_SHIPPED) -> Document:
    """
    Read subtitles; a file in which no cue has a time is read as plain text.

    Raises:
        ExtractError: If it is no text.
    """
    text = decode(data, path)
    lines = list(lines_of(text))
    headed = text.startswith("WEBVTT")
    web = headed or path.lower().endswith(".vtt")
    outline = Outline()
    cues = list(_web_cues(outline, text, lines) if web else _cues(text, lines))
    form = "vtt" if web else "srt"
    if not cues and not headed:
        from claimcheck.extract import plaintext

        return replace(plaintext.read(data, path, reading), format=form)
    _Reader(outline, text, entities=web).run(cues)
    language = _language(text, lines) if web else ""
    return origin_of(path, text, form).document(outline, language=language)


def _language(text: str, lines: Sequence[Line]) -> str:
    """What the header says; it ends at the first blank line."""
    for line in lines:
        if line.blank:
            break
        if found := _LANGUAGE.fullmatch(text, line.start, line.end):
            return found[1]
    return ""


def _cues(text: str, lines: Sequence[Line]) -> Iterator[Cue]:
    """The cues of SubRip; blank lines in the text of one, which are an error, do not end it."""
    times: re.Match[str] | None = None
    shown: list[Line] = []
    last = -1
    for number, line in enumerate(lines):
        if line.blank:
            continue
        found = _TIMING.fullmatch(text, line.start, line.end)
        if found is None:
            if times is not None:
                shown.append(line)
                last = number
            continue
        if times is not None:
            # The number of the next cue stands right above its time.
            if shown and last == number - 1 and _COUNTER.fullmatch(text, shown[-1].start, shown[-1].end):
                shown.pop()
            yield _cue(times, shown)
        times, shown = found, []
    if times is not None:
        yield _cue(times, shown)


def _web_cues(outline: Outline, text: str, lines: Sequence[Line]) -> Iterator[Cue]:
    """The cues of WebVTT; its notes go to the outline as comments. A block without a time is not shown."""
    at = 0
    while at < len(lines):
        if lines[at].blank:
            at += 1
            continue
        end = at
        while end < len(lines) and not lines[end].blank:
            end += 1
        block = lines[at:end]
        at = end
        first = block[0]
        if _NOTE.match(text, first.start, first.end):
            outline.comment(text[first.start + 4 : block[-1].end], first.start, block[-1].end)
        elif not _BLOCK.match(text, first.start, first.end):
            # Without a blank line before it, a time begins a new cue.
            yield from _cues(text, block)


def _cue(times: re.Match[str], lines: list[Line]) -> Cue:
    return Cue(_seconds(*times.groups("0")[:4]), _seconds(*times.groups("0")[4:]), lines)


def _seconds(hours: str, minutes: str, seconds: str, fraction: str) -> float:
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction}")


class _Reader:
    """Joins cues to paragraphs and fills an outline."""

    def __init__(self, outline: Outline, text: str, *, entities: bool) -> None:
        self._outline = outline
        self._text = text
        self._source = source_of(text)
        self._entities = entities
        self._builder = StretchBuilder(self._source)
        self._done = 0
        self._voice = ""

    def run(self, cues: Sequence[Cue]) -> None:
        """Read all cues."""
        shown_until = cues[0].start if cues else 0.0
        for cue in cues:
            if cue.start - shown_until >= PAUSE:
                self._flush()
            shown_until = max(shown_until, cue.end)
            for line in cue.lines:
                self._add_line(line)
            if cue.lines and _ENDS.search(_MARKUP.sub("", self._text[cue.lines[-1].start : cue.lines[-1].end])):
                self._flush()
        self._flush()

    def _flush(self) -> None:
        self._outline.add(self._builder.build())
        self._builder = StretchBuilder(self._source)

    def _add_line(self, line: Line) -> None:
        self._builder.line_break(self._done, line.start)
        self._done = line.end
        start = line.start
        if speaker := _SPEAKER.match(self._text, line.start, line.end):
            self._add(start, speaker.start(1))
            self._flush()
            start = speaker.end()
        self._add(start, line.end)

    def _add(self, start: int, end: int) -> None:
        """Add text without its tags; another voice begins another paragraph."""
        for found in _MARKUP.finditer(self._text, start, end):
            self._builder.exact(start, found.start())
            start = found.end()
            if found["break"]:
                self._builder.line_break(*found.span())
            elif found["entity"] and self._entities:
                self._builder.decoded(character(found[0]), *found.span())
            elif found["entity"]:
                self._builder.exact(*found.span())
            elif found["voice"] and found["voice"] != self._voice:
                self._flush()
                self._voice = found["voice"]
        self._builder.exact(start, end)
