"""Reads what stands in a string of a data file: HTML, Markdown or plain paragraphs."""

from __future__ import annotations

import re

from claimcheck.extract.offsets import FILLER, OBJECT, Source, Stretch, StretchBuilder, trimmed, without_addresses
from claimcheck.extract.reading import Reading
from claimcheck.extract.structure import Outline

_INLINE = (
    "a abbr b bdi bdo big cite code data del dfn em font i img ins kbd mark q s samp small span strike strong sub sup "
    "u var wbr"
).split()
_BLOCK = (
    "address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 head header hr html iframe label legend li link main menu meta nav object ol "
    "option p picture pre script section select source style summary svg table tbody td template textarea tfoot th "
    "thead title tr ul video [a-z]++(?:-[a-z]++)++"
).split()
# "a < b", "<3" and "<name>" begin no tag that anybody writes into copy.
_TAG = re.compile(rf"</?(?:{'|'.join(_INLINE + _BLOCK)}|br)(?=[\s/>])|<!--", re.IGNORECASE)
_BLOCK_TAG = re.compile(rf"</?(?:{'|'.join(_BLOCK)})(?=[\s/>])", re.IGNORECASE)
_ALL_HTML = re.compile(rf"\s*+(?:{_TAG.pattern})", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Only what cannot be plain text: "*Results may vary" is a footnote, "- Firms" an item in both, "_id" a name. Emphasis
# ends where it begins: in its line.
_MARKDOWN = re.compile(
    r"(?<![\w*])(\*{1,3})(?![\s*])[^*\n]++(?<!\s)\1(?![\w*])|(?<![\w_])(_{1,3})(?![\s_])[^_\n]++(?<!\s)\2(?![\w_])"
    r"|\]\(|\]\[|`[^`\n]++`|```|~~|\|[ :]*+-{3}|(?:\A|\n)[ ]{0,3}(?:\#{1,6}[ ]|>[ ](?=[^\W\d]))"
)
_SIGN = re.compile(r"[*_\]`~|\#>]")
_BLANK_LINES = re.compile(r"(?<![ \t])[ \t]*+(?>\r\n?|\n)[ \t]*+(?>\r\n?|\n)\s*+")

# What stands for something else: Liquid, Jinja, Handlebars, Hugo; {name}, ${name}, %{name}; ICU messages.
_PLACEHOLDER = re.compile(
    r"\{%(?:[^{}%]++|%(?!\}))*+%\}|(?P<shown>\{{2,3}[^{}]*+\}{2,3}|[$%#]?\{[\w.$@-]{1,64}\}"
    r"|\{\s*+\w++\s*+,\s*+(?:number|date|time|duration|spellout|ordinal)\s*+(?:,[^{}]*+)?\})"
)
_CHOICE = re.compile(r"\{\s*+\w++\s*+,\s*+(?:plural|select|selectordinal)\s*+,(?:\s*+offset:\d++)?+\s*+=?\w++\s*+\{")
_CHOICES = re.compile(rf"{_CHOICE.pattern}|(?P<next>\}}\s*+=?\w++\s*+\{{)|\}}\s*+\}}")


def read_embedded(outline: Outline, inner: Source, *, path: str, reading: Reading) -> None:
    """
    Add the prose of a string to an outline; it is told from the string whether it is HTML, Markdown or plain.

    Args:
        outline: Left as deep as it was; open ``enter_value`` on it before, for the role and for metadata.
        inner: What the string stands for, its own escapes decoded, with the way to the file.
        path: The file.
        reading: What a configuration says of keys.
    """
    if "{" in inner.text:
        text = without_placeholders(inner.text)
        if text != inner.text:
            inner = Source(text, inner.runs)
    if holds_html(inner.text):
        _read_html(outline, inner, path, reading)
    elif _holds_markdown(inner.text):
        from claimcheck.extract.markdown import read_markdown

        read_markdown(outline, inner, path=path, reading=reading)
    else:
        if "&" in inner.text:
            inner = _without_entities(inner)
            if _ALL_HTML.match(inner.text) and inner.text.rstrip().endswith(">"):
                _read_html(outline, inner, path, reading)
                return
        _read_plain(outline, inner)


def holds_html(text: str) -> bool:
    """Whether a tag of HTML or a comment stands in a text."""
    return "<" in text and ">" in text and _TAG.search(text) is not None


def _holds_markdown(text: str) -> bool:
    return _SIGN.search(text) is not None and _MARKDOWN.search(text) is not None


def without_placeholders(text: str) -> str:
    """A text of the same length in which what is put in later, ``{{ count }}`` or ``{name}``, is blanked out."""
    text = _PLACEHOLDER.sub(_blank, text)
    return _CHOICES.sub(_blank, text) if _CHOICE.search(text) else text


def _blank(found: re.Match[str]) -> str:
    # Tags and the outer brackets of a choice stand for nothing that is seen.
    first = OBJECT if found.lastgroup else FILLER
    return first + FILLER * (len(found[0]) - 1)


def _read_html(outline: Outline, inner: Source, path: str, reading: Reading) -> None:
    from claimcheck.extract.htmlblocks import read_html

    blocks = _BLOCK_TAG.search(inner.text)
    if not blocks and _holds_markdown(inner.text):
        from claimcheck.extract.markdown import read_markdown

        read_markdown(outline, inner, path=path, reading=reading)
        return
    start = 0
    if not blocks:
        # Blank lines stand for paragraphs until a program has put tags around them.
        for found in _BLANK_LINES.finditer(inner.text):
            read_html(outline, inner, inner.text[start : found.start()], start, path=path, reading=reading)
            start = found.end()
    read_html(outline, inner, inner.text[start:], start, path=path, reading=reading)


def _read_plain(outline: Outline, inner: Source) -> None:
    if "\n" in inner.text or "\r" in inner.text:
        from claimcheck.extract.plaintext import read_plain

        read_plain(outline, inner)
    elif inner.plain and inner.runs:
        outline.add(without_addresses(trimmed(Stretch(inner.text, inner.runs))))
    else:
        builder = StretchBuilder(inner)
        builder.exact(0, len(inner.text))
        outline.add(builder.build())


def _without_entities(inner: Source) -> Source:
    """What a text stands for in which signs are escaped as in HTML."""
    from claimcheck.extract.tags import character

    builder = StretchBuilder(inner)
    for found in builder.around(_ENTITY, 0, len(inner.text)):
        decoded = character(found[0])
        if decoded != found[0]:
            builder.decoded(decoded, *found.span())
        else:
            builder.exact(*found.span())
    return builder.inner()
