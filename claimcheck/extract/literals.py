"""Tells string literals in code that are copy from those that speak to the machine."""

from __future__ import annotations

import re

# None of these stands in a sentence: they are of templates, markup, style sheets, queries, names and patterns. A price
# and "%1$s" may.
_CODE = re.compile(
    r"[{}<>=_\\|]|;(?! \w)|(?<!%\d)\$(?!\d)"
    r"|(?<!\S)[./~#][\w-]"  # paths, selectors, colours
    r"|\w/\w[\w./-]*\.\w|://|/\w+/"
    r"|\w\(\)|\w\[|--|::"
    r"|(?<!\S)[a-z]{2,}[A-Z]"  # camelCase
    r"|\d(?:px|r?em|v[hw]|fr|deg)\b"
    r"|\A[a-z-]+:(?:\s*[\w#.%-]+\Z|[^;]*;)"  # declarations
    r"|\A(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|REPLACE|WHERE|FROM|JOIN|INNER|LEFT|ORDER|GROUP|HAVING|VALUES"
    r"|LIMIT|UNION|SET|AND|OR) |\Aselect .* from "
    r"|\Ause [a-z]+\Z",  # a directive of JavaScript
    re.DOTALL,
)
_WORD = re.compile(
    r"""(?<!\S)["'(\u2018\u201c]*([^\W\d_]++(?:['\u2019-][^\W\d_]++)*+)[)"'.,:!?\u2019\u201d\u2026]*+(?!\S)"""
)
# Such as MMMM and yy in the pattern of a date.
_REPEATED = re.compile(r"(.)\1*", re.IGNORECASE)
_SHORT = frozenset({"a", "A", "I"})

# Names of classes: "btn btn-primary mx-2".
_CLASS = re.compile(
    r"-?[a-z]+(?:-[a-z]+)*-\d[\w./-]*|[a-z-]+:[a-z][\w:./-]*"
    r"|(?:btn|col|flex|clearfix|antialiased|truncate|uppercase|sr-only|inline-block)"
    r"|(?:align|badge|bg|border|btn|card|col|container|d|fa|fas|flex|float|font|form|gap|grid|hover|icon|is|has|items|js"
    r"|justify|leading|m|max|mb|md|min|ml|mr|mt|mx|my|nav|object|order|overflow|p|page|pb|pl|position|pr|pt|px|py"
    r"|rounded|row|section|shadow|sm|space|text|tracking|transition|u|visually|w|wp|z)-[\w./-]+"
)
# "underlined-link link"; more words than this may repeat a part of one of them by chance.
_FEW = 3
_LONGEST_JUDGED = 2_000


def is_prose_literal(value: str) -> bool:
    """
    Whether a string literal in code is made to be read, as far as the string alone tells.

    It has two words of letters or more, and nothing of markup, paths, selectors, queries, keys of messages, patterns of
    dates or lists of class names; a string that holds HTML is for the caller to tell. Of a long one the beginning
    tells.
    """
    value = value[:_LONGEST_JUDGED]
    if " " not in value.strip() or _CODE.search(value):
        return False
    words = [word for word in _WORD.findall(value) if word in _SHORT or not _REPEATED.fullmatch(word)]
    return len(words) > 1 and not _lists_classes(value)


def _lists_classes(value: str) -> bool:
    names = value.split()
    if value != value.lower() or names[-1][-1] in ".!?":
        return False
    first = f"{names[0]}-"
    if any(name.startswith(first) or _CLASS.fullmatch(name) for name in names):
        return True
    parts = {part for name in names if "-" in name for part in name.split("-")}
    return len(names) <= _FEW and not parts.isdisjoint(names)
