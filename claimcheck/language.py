"""Whether a text is English, so that no other language is judged by English words."""

from __future__ import annotations

import re

from claimcheck.model import Document

FEWEST_WORDS = 40
"""A shorter text is taken for English: headings and captions have hardly any function words."""

LEAST_SHARE = 0.06
_MOST_WORDS = 2_000
_WORD = re.compile(r"[^\W\d_]+")
_FUNCTION_WORDS = frozenset(
    "the of and to in is it for that with as on at by be are this from or an was you your we our not can will have has which but"
    " if they their there when all its i my".split()
)


def foreign(document: Document) -> str:
    """Why a document is not read as English, empty if it is."""
    if document.language and not document.language.lower().startswith("en"):
        return f"its language is '{document.language}'"
    words: list[str] = []
    for segment in document.segments:
        words += _WORD.findall(segment.text.lower())
        if len(words) > _MOST_WORDS:
            break
    if len(words) < FEWEST_WORDS:
        return ""
    share = sum(word in _FUNCTION_WORDS for word in words) / len(words)
    return "" if share >= LEAST_SHARE else "it has hardly any English words"
