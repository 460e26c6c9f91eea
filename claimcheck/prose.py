"""One way of reading characters, for rules and for copy: folding, words, sentences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

MAX_SENTENCE_WORDS = 400
"""A longer sentence is cut, so that no text makes matching slow."""

# Words keep their apostrophe where it belongs to them ("doesn't"), a possessive "'s" stands apart. A hyphen inside a
# word is no token: "collagen-boosting" reads like "collagen boosting", for copy spells it either way.
_TOKEN = re.compile(
    r"[^\W\d_]+(?:(?<=[^\W\d_]n)'t)?"
    r"|\d+(?:[.,]\d+)*(?:(?:st|nd|rd|th)(?![^\W\d_]))?"
    r"|'(?:s|re|ve|ll|d|m)(?![^\W\d_])|[^\s\w]|\w"
)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_HASHTAG = re.compile(r"#\w*?[a-z0-9][A-Z]\w*")
_SEAM = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_END = re.compile(r"[.!?…]+[\"')\]]*(?=\s)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:dr|mr|mrs|ms|prof|st|vs|no|approx|e\.g|i\.e|etc|inc|ltd|co|fig|vol|ca|cf|est|min|max|u\.s|u\.k)$"
)

# Read as a space: footnote marks and signs that hang on a word and are no part of it.
_BLANK = frozenset("*†‡™®©¹²³⁰⁴⁵⁶⁷⁸⁹")
_HYPHENS = frozenset("-\u2013")
_SAME = {"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"', "\u2010": "-", "\u2011": "-"}


@dataclass(frozen=True, slots=True)
class Folded:
    """
    Text as rules see it: lower case, without accents, one kind of quote, hyphen and space.

    Args:
        text: The folded text.
        offsets: For each character of ``text`` and for its end, the offset in the original; ``None`` when they
            are the same.
    """

    text: str
    offsets: Sequence[int] | None

    def original(self, offset: int) -> int:
        """The offset in the original of an offset in the folded text, ``0 <= offset <= len(text)``."""
        return offset if self.offsets is None else self.offsets[offset]


class _FoldTable(dict[int, str]):
    """A table for ``str.translate`` that works out each character once."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = fold_character(chr(code))
        return folded


_TABLE = _FoldTable()


def fold(text: str) -> Folded:
    """Fold a text; linear in its length, and free of charge for ASCII."""
    seams = (
        {seam.start() for tag in _HASHTAG.finditer(text) for seam in _SEAM.finditer(text, tag.start(), tag.end())}
        if "#" in text
        else ()
    )
    if not seams and text.isascii():
        return Folded(text.replace("*", " ").lower(), None)
    folded = text.translate(_TABLE)
    if not seams and len(folded) == len(text) and all(len(fold_character(c)) == 1 for c in _BEYOND_ASCII.findall(text)):
        return Folded(folded, None)
    pieces, offsets = [], []
    for offset, character in enumerate(text):
        # "#ReducesScars" is read as two words.
        piece = (" " if offset in seams else "") + fold_character(character)
        pieces.append(piece)
        offsets.extend([offset] * len(piece))
    offsets.append(len(text))
    return Folded("".join(pieces), offsets)


@lru_cache(maxsize=4096)
def fold_character(character: str) -> str:
    """
    Fold one character to none, one or several.

    Source: compatibility decomposition (NFKD) as in Unicode Standard Annex #15, combining marks dropped.
    """
    if character in _BLANK:
        return " "
    if character in _SAME:
        return _SAME[character]
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    if category.startswith("Z"):
        return " "
    decomposed = unicodedata.normalize("NFKD", character).lower()
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@dataclass(frozen=True)
class Words:
    """
    The words of one sentence; a punctuation mark is a word too, a hyphen inside a word is none.

    Args:
        words: Folded.
        folded: The text in which they stand.
        start: Offset in it from which they were read.
        stop: Offset up to which.
    """

    words: tuple[str, ...]
    folded: Folded
    start: int
    stop: int

    @property
    def starts(self) -> tuple[int, ...]:
        """First code point of each word in the unfolded text."""
        return self._bounds[0]

    @property
    def ends(self) -> tuple[int, ...]:
        """One past the last."""
        return self._bounds[1]

    def pieces(self, most: int) -> Iterator[Words]:
        """The same words, no more than so many at a time."""
        if len(self.words) <= most:
            yield self
            return
        found = _tokens(self.folded.text, self.start, self.stop)
        for first in range(0, len(found), most):
            some = slice(first, first + most)
            yield Words(self.words[some], self.folded, found[first].start(), found[some][-1].end())

    @cached_property
    def _bounds(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        # Few sentences are asked where their words stand: those that may make a claim.
        found = _tokens(self.folded.text, self.start, self.stop)
        starts, ends = [one.start() for one in found], [one.end() for one in found]
        if (offsets := self.folded.offsets) is not None:
            starts = [offsets[first] for first in starts]
            ends = [offsets[last - 1] + 1 for last in ends]
        return tuple(starts), tuple(ends)


def read_words(folded: Folded, start: int = 0, end: int | None = None) -> Words:
    """The words between two offsets of a folded text."""
    stop = len(folded.text) if end is None else end
    words = _TOKEN.findall(folded.text, start, stop)
    if not _HYPHENS.isdisjoint(words):
        words = [one[0] for one in _tokens(folded.text, start, stop)]
    return Words(tuple(words), folded, start, stop)


def _tokens(text: str, start: int, stop: int) -> list[re.Match[str]]:
    found = _TOKEN.finditer(text, start, stop)
    return [one for one in found if one[0] not in _HYPHENS or not _joins(text, *one.span(), start, stop)]


def _joins(text: str, first: int, last: int, start: int, stop: int) -> bool:
    """Whether a mark makes one word of what stands around it between two offsets; a dash does so with letters."""
    if first <= start or last >= stop:
        return False
    before, after = text[first - 1], text[last]
    if text[first] == "-":
        return before.isalnum() and after.isalnum()
    return before.isalpha() and after.isalpha()


def sentence_spans(folded: Folded) -> Iterator[tuple[int, int]]:
    """
    Cut a folded text into sentences.

    Yields:
        ``(start, end)`` in the folded text, without surrounding space, in order.
    """
    text, start = folded.text, 0
    for match in _END.finditer(text):
        if match.group()[0] == "." and _ABBREVIATION.search(text, max(start, match.start() - 8), match.start()):
            continue
        yield from _stripped(text, start, match.end())
        start = match.end()
    yield from _stripped(text, start, len(text))


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
