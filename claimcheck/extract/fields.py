"""Tells which strings of data are prose: those of front matter, data files, feeds and attributes."""

from __future__ import annotations

import re
from enum import Enum
from fnmatch import translate
from functools import lru_cache

from claimcheck.extract.embedded import holds_html, read_embedded, without_placeholders
from claimcheck.extract.offsets import Source
from claimcheck.extract.reading import Reading
from claimcheck.extract.structure import Outline, has_words

LANGUAGE_KEYS = frozenset({"lang", "language", "locale"})
OURS = "claimcheck"
"""The key of what a file says to the linter, which is no copy."""

# Prose whatever the value looks like. Compared with the end of the key without `-_:.` and capitals.
_PROSE_KEYS = (
    "title subtitle description summary heading headline subheading alt excerpt tagline caption lead intro teaser "
    "abstract blurb seo question answer quote text label cta button name benefit benefits claim claims usp usps "
    "highlight highlights badge slogan promise testimonial disclaimer"
).split()
_PROSE_ENDING = re.compile(rf"(?:{'|'.join(_PROSE_KEYS)})\Z")
# What answers a question in a word, below "a" beside "q".
_ANSWER = re.compile(r"(?:yes|no|absolutely|definitely|certainly|never|always|sometimes|rarely)[.!]?", re.IGNORECASE)
# A figure is read for the words that stand with it.
_FIGURE_ENDING = re.compile(r"(?:value|number|num|stat|stats|statistic|figure|percent|percentage|metric|result)\Z")
_FIGURE = re.compile(r"[<>~+-]?\d{1,3}(?:\.\d+)?(?:\s?%|[x\u00d7]|\s?h)|\d{1,2} (?:in|out of) \d{1,3}")
# The first of these names an object.
_TITLE = re.compile(r"(?<!sub)(?:title|heading|headline|question|name)\Z")

# No prose whatever the value looks like.
_OTHER_KEYS = frozenset(
    "slug url permalink layout date lastmod updated published tags tag categories category keywords keyword image "
    "images img thumbnail cover banner icon src href path file link links aliases alias redirectfrom redirectto "
    "template type id uid key class style theme css js script scripts author authors email weight draft sitemap "
    "robots canonical canonicalurl format outputs resources menu parent code version license licence licenses "
    "licences licensetext handle sku gtin ean upc mpn barcode vendor viewport viewbox srcset sizes selector font fonts "
    "fontfamily mimetype contenttype encoding charset timezone hash checksum integrity signature token".split()
)
_OTHER_ENDINGS = (
    "date", "href", "icon", "image", "path", "slug", "src", "url", "classname", "color", "colour", "category",
    "producttype", "postname",
)  # fmt: skip
# Nothing beneath these is prose; what leads through a site is none either.
_CODE_KEYS = frozenset(
    "script scripts css js style styles stylesheet stylesheets dependencies devdependencies peerdependencies "
    "optionaldependencies compileroptions regex regexp pattern patterns env environment command commands cmd args "
    "entrypoint exec sql graphql svg nav navbar navigation breadcrumb breadcrumbs filters facets sortoptions".split()
)
_NO_PROSE = re.compile(
    r"[a-z][a-z0-9+.-]*://\S*|(?:www\.|mailto:)\S+|[./~]\S*|[^\s/\\]*+[/\\]\S*|\S+\.[a-z]{2,5}|[\d\s:.,/TZ+-]+",
    re.IGNORECASE,
)
_SEPARATORS = str.maketrans("", "", "-_:. ")

# A name of a program: translation keys, identifiers, colours.
_IDENTIFIER = re.compile(r"[^\W_][_.:]+[^\W_]|\A[a-z]+[A-Z]|\A\#[0-9a-fA-F]{3,8}\Z")
_LONGEST_WORD = 60
# Declarations and rules of CSS, calls, paths of SVG, JSON and scripts in a string.
_CODE = re.compile(
    r"\A(?:\s*+-{0,2}[a-z][a-z-]*+\s*+:[^:;{}]++;)++\s*+\Z|\A[a-z][\w.-]*+\([^()]*+\);?\Z"
    r"|\A[Mm] ?-?[\d.]++[ ,]-?[\d.]|\{[^{}:]*+:[^{}]*+\}|=>|&&|\|\||\bfunction\b[^(]{0,40}\("
    r"|\A(?:var|let|const|import|export|SELECT) \w+ "
)
_LOOKED_AT = 2_000
_TOKENS = 40
_AROUND = "\"'\u201c\u201d\u2018\u2019()[]*\u2020\u2021.,;:!?\u2026_"
_IN_WORDS = str.maketrans("", "", "'\u2019-\u2010\u2011/\u00ad")


class _Key(Enum):
    PROSE = "prose"
    OTHER = "other"
    CODE = "code"
    UNKNOWN = "unknown"


def is_prose(key: str, value: str, *, reading: Reading, way: str = "") -> bool:
    """
    Whether a value is made to be read: by the name of its field, or as it has words and is no path, URL, date or code.

    Args:
        key: Name of the field, column or key; for an element of a list, that of the list.
        value: The string, decoded.
        reading: What a configuration says of names; it goes before all else. Its globs are compared with the key, or
            with the end of the way to it: ``settings.*.text``.
        way: The keys on the way to it, joined by dots, if there are more than one.
    """
    if (reading.copy or reading.other) and (said := _said(reading, way or key)) is not None:
        return said and has_words(value)
    kind = _kind(key)
    if kind is _Key.OTHER or kind is _Key.CODE:
        return False
    several = len(value.split(None, 1)) > 1
    if key in ("a", "A") and _ANSWER.fullmatch(value):
        return True
    if _FIGURE.fullmatch(value) and _FIGURE_ENDING.search(key.translate(_SEPARATORS).lower()):
        return True
    if not several and kind is _Key.UNKNOWN:
        return holds_html(value) and has_words(value)
    return has_words(value) and (holds_html(value) or _is_written(value.strip(), kind, several=several))


def _is_written(value: str, kind: _Key, *, several: bool) -> bool:
    """Whether a value without tags is no path, URL, date, identifier or code."""
    if _NO_PROSE.fullmatch(value):
        return False
    if "{" in value:
        value = without_placeholders(value)
        if not has_words(value):
            return False
    if not several:
        return (len(value) <= _LONGEST_WORD or not value.isascii()) and not _IDENTIFIER.search(value)
    return not _CODE.search(value[:_LOOKED_AT]) and (kind is _Key.PROSE or _is_worded(value))


def _is_worded(value: str) -> bool:
    """Whether most of its first words are words; numbers and lone signs do not count."""
    words = others = 0
    for token in value[:_LOOKED_AT].split(None, _TOKENS)[:_TOKENS]:
        bare = token.strip(_AROUND)
        if bare[:1].isalpha() and bare.translate(_IN_WORDS).isalnum():
            words += 1
        elif len(token) > 1 and not bare[:1].isdigit():
            others += 1
    return 0 < words >= others


def _said(reading: Reading, name: str) -> bool | None:
    """Whether a configuration says that values of a name, or of names joined by dots, are copy or none."""
    name = name.lower()
    if reading.copy and _compiled(reading.copy).match(name):
        return True
    return False if reading.other and _compiled(reading.other).match(name) else None


@lru_cache(maxsize=64)
def _compiled(globs: tuple[str, ...]) -> re.Pattern[str]:
    """Finds names to which one of the globs fits, or the last of names joined by dots."""
    return re.compile(rf"(?s:.*\.)?(?:{'|'.join(map(translate, globs))})")


@lru_cache(maxsize=4096)
def _kind(key: str) -> _Key:
    plain = key.translate(_SEPARATORS).lower().rstrip("0123456789")
    if plain in _CODE_KEYS:
        return _Key.CODE
    if plain in _OTHER_KEYS or plain.endswith(_OTHER_ENDINGS):
        return _Key.OTHER
    return _Key.PROSE if _PROSE_ENDING.search(plain) else _Key.UNKNOWN


@lru_cache(maxsize=4096)
def _is_title(key: str) -> bool:
    return _TITLE.search(key.translate(_SEPARATORS).lower()) is not None


class Fields:
    """
    Takes the keys and strings of a data file in the order of the file, and adds those that are prose to an outline.

    Readers call ``open_mapping``, ``open_list`` and ``close`` around what is nested, ``key`` before each value of a
    mapping, and for each string ``takes`` and, if so, ``add``. How deep things are nested is for them to limit.

    Args:
        outline: Left as deep as it was, once all that was opened is closed.
        path: The file.
        reading: What a configuration says of keys.
        metadata: Whether the strings are seen apart from the page's text. Those of a file of data are not: there each
            mapping is a section of its own, and the items of a list are introduced by the title before it.

    Attributes:
        language: What the outermost mapping says, or empty.
    """

    __slots__ = (
        "_asked", "_depths", "_keys", "_metadata", "_muted", "_outline", "_path", "_reading", "_titled", "language",
    )  # fmt: skip

    def __init__(self, outline: Outline, *, path: str, reading: Reading, metadata: bool = False) -> None:
        self._outline = outline
        self._path = path
        self._reading = reading
        self._asked = bool(reading.copy or reading.other)
        self._metadata = metadata
        self._keys = [""]  # of each open mapping or list; the outermost value has none
        self._titled: list[bool | None] = [True]  # of each, whether it has a title; ``None`` for a list
        self._depths: list[int] = []  # of the outline before each was opened
        self._muted = 0  # of how many were open at the key beneath which nothing is copy
        self.language = ""

    def open_mapping(self, *, region: bool = True) -> None:
        """Go down into a mapping; ``region``: in a file of data, it is a section of its own."""
        self._depths.append(self._outline.depth)
        if region and not self._metadata:
            self._outline.enter_region()
        self._titled.append(self._titled[-1] if not region else False)
        self._keys.append("")

    def open_list(self) -> None:
        """Go down into a list: its items have the key of the list."""
        self._depths.append(self._outline.depth)
        self._keys.append(self._keys[-1])
        self._titled.append(None)
        if not self._metadata:
            self._outline.enter_list()

    def close(self) -> None:
        """Leave the innermost mapping or list."""
        self._keys.pop()
        self._titled.pop()
        if len(self._keys) <= self._muted:
            self._muted = 0
        self._outline.leave_to(self._depths.pop())

    def key(self, name: str) -> None:
        """The value that follows has this key."""
        self._keys[-1] = name
        depth = len(self._keys)
        if not self._muted or self._muted >= depth:
            ours = depth == 2 and name == OURS
            self._muted = depth if ours or (_kind(name) is _Key.CODE and not self._is_copy()) else 0

    def takes(self, value: str) -> bool:
        """Whether a string, the innermost key's, is prose; if it names the language, that is taken down."""
        if self._muted:
            return False
        key = self._keys[-1]
        if len(self._keys) == 2 and key.lower() in LANGUAGE_KEYS:
            self.language = value.strip()
            return False
        return is_prose(key, value, reading=self._reading, way=self._way() if self._asked else "")

    def add(self, inner: Source) -> None:
        """Add a string that is prose: what it stands for, its own escapes decoded."""
        outline, titled = self._outline, self._titled[-1]
        depth = outline.depth
        if self._metadata:
            outline.enter_value(metadata=True, block=outline.new_block())
        elif titled is None:
            outline.enter_item()
            outline.enter_value(block=outline.block())
        else:
            title = not titled and _is_title(self._keys[-1])
            self._titled[-1] = titled or title
            outline.enter_value(level=2 if title else 0)
        read_embedded(outline, inner, path=self._path, reading=self._reading)
        outline.leave_to(depth)

    def _is_copy(self) -> bool:
        return self._asked and _said(self._reading, self._way()) is True

    def _way(self) -> str:
        """The keys on the way here, joined by dots."""
        return ".".join(key for key, titled in zip(self._keys, self._titled, strict=True) if key and titled is not None)
