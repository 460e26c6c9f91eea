"""Tells which string values of front matter are prose, and maps their characters to the file."""

from __future__ import annotations

import re
import sys
from typing import NamedTuple

from claimcheck.extract.offsets import Stretch, StretchBuilder
from claimcheck.extract.structure import Outline, has_words
from claimcheck.model import Role

LANGUAGE_KEYS = frozenset({"lang", "language", "locale"})
OURS = "claimcheck"
"""The key of what front matter says to the linter, which is no copy."""

# Prose whatever the value looks like. Compared with the end of the key without `-_:.` and capitals.
_PROSE_KEYS = (
    "title subtitle description summary heading headline subheading alt excerpt tagline caption lead intro teaser "
    "abstract blurb seo question answer quote text label cta button name"
).split()
_PROSE_ENDING = re.compile(rf"(?:{'|'.join(_PROSE_KEYS)})\Z")

# No prose whatever the value looks like.
_OTHER_KEYS = frozenset(
    "slug url permalink layout date lastmod updated published tags tag categories category keywords keyword image "
    "images img thumbnail cover banner icon src href path file link links aliases alias redirectfrom redirectto "
    "template type id uid key class style theme css js script scripts author authors email weight draft sitemap "
    "robots canonical canonicalurl format outputs resources menu parent code version license".split()
)
_OTHER_ENDINGS = ("date", "href", "icon", "image", "path", "slug", "src", "url")
_NO_PROSE = re.compile(
    r"[a-z][a-z0-9+.-]*://\S*|(?:www\.|mailto:)\S+|[./~]\S*|\S+[/\\]\S*|\S+\.[a-z]{2,5}|[\d\s:.,/TZ+-]+", re.IGNORECASE
)
_SEPARATORS = str.maketrans("", "", "-_:. ")

# The look-behind keeps long stretches of spaces from being tried from every space.
_FOLD = r"(?<![ \t])[ \t]*(?:\r\n?|\n)[ \t]*"
_SPECIAL = {
    "": re.compile(_FOLD),
    "|": re.compile(_FOLD),
    ">": re.compile(_FOLD),
    "'": re.compile(rf"''|{_FOLD}"),
    "literal": re.compile(_FOLD),
    '"': re.compile(
        rf"\\(?:\r\n?|\n)\s*|\\x[0-9a-fA-F]{{2}}|\\u[0-9a-fA-F]{{4}}|\\U[0-9a-fA-F]{{8}}|\\.|{_FOLD}", re.DOTALL
    ),
}
# Atomic, as "\r\n" must not be taken for two line ends.
_BLANK_LINE = re.compile(r"(?>\r\n?|\n)[ \t]*(?>\r\n?|\n)\s*")
_NEW_ENTRY = re.compile(r"(?>\r\n?|\n)[ \t]*(?:(?=[-*+•] )|(?>\r\n?|\n)\s*)")
_SURROGATES = range(0xD800, 0xE000)
_ESCAPES = {
    "n": " ", "t": " ", "r": " ", "b": "", "f": " ", "v": " ", "a": "", "e": "", "0": "",
    "N": " ", "_": "\u00a0", "L": " ", "P": " ",
}  # fmt: skip


class Value(NamedTuple):
    """
    A string of front matter.

    Args:
        key: Name of the field; for an element of a list, that of the list.
        value: What it stands for.
        style: How it is written: ``"`` (with backslash escapes), ``'`` (quotes doubled), ``literal`` (a string in which
            nothing is escaped), ``|`` and ``>`` as in YAML, empty for a plain YAML scalar.
        start: Where its characters begin in the file, after an opening quote.
        end: Where they end, before a closing quote.
    """

    key: str
    value: str
    style: str
    start: int
    end: int


def add_value(outline: Outline, source: str, value: Value) -> None:
    """Add a string to an outline as metadata if it is prose: one segment for each of its paragraphs, in one block."""
    if not is_prose(value.key, value.value):
        return
    paragraphs = _NEW_ENTRY if value.style == "|" else _BLANK_LINE
    block = outline.new_block()
    start = value.start
    for found in paragraphs.finditer(source, start, value.end):
        stretch = _decoded(source, start, found.start(), value.style)
        outline.add_metadata(stretch, Role.VALUE, block=block)
        start = found.end()
    outline.add_metadata(_decoded(source, start, value.end, value.style), Role.VALUE, block=block)


def is_prose(key: str, value: str) -> bool:
    """Whether a value is made to be read: by the name of its field, or as it has words and is no path, URL or date."""
    value = value.strip()
    plain = key.translate(_SEPARATORS).lower()
    if not has_words(value) or plain in _OTHER_KEYS or plain.endswith(_OTHER_ENDINGS) or _NO_PROSE.fullmatch(value):
        return False
    several = len(value.split(None, 1)) > 1
    return _PROSE_ENDING.search(plain) is not None or (several and any(map(str.isalpha, value)))


def _decoded(source: str, start: int, end: int, style: str) -> Stretch:
    builder = StretchBuilder(source)
    for found in _SPECIAL[style].finditer(source, start, end):
        builder.exact(start, found.start())
        start, after = found.span()
        special = found[0]
        if special == "''":
            builder.exact(start, start + 1)
        elif special[0] != "\\":
            builder.line_break(start, after)
        else:
            builder.decoded(_unescaped(special), start, after)
        start = after
    builder.exact(start, end)
    return builder.build()


def _unescaped(escape: str) -> str:
    letter = escape[1]
    if letter in "\r\n":
        return ""
    digits = escape[2:]
    if digits:
        code = int(digits, 16)
        return "\ufffd" if code > sys.maxunicode or code in _SURROGATES else chr(code)
    return _ESCAPES.get(letter, letter)
