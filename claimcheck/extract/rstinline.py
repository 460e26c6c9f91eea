"""Reads what stands in a paragraph of reStructuredText: emphasis, roles, references, escapes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from claimcheck.extract.offsets import OBJECT, StretchBuilder

# What may stand before and after inline markup (docutils.utils.punctuation_chars, without the rare).
_OPENERS = "\"'(<\\[{\u2018\u201a\u201c\u201e\u00ab\u2039\u00a1\u00bf"
_CLOSERS = "\"')>\\]}\u2019\u2018\u201d\u201c\u00bb\u203a"
_DELIMITERS = "\\-/:\u2010-\u2015\u2022\u2026\u00b7\u2020\u2021"
_ENDINGS = "\\\\.,;!?"
_PAIRS = frozenset(
    ('""', "''", "()", "<>", "[]", "{}", "\u2018\u2019", "\u201a\u2018", "\u201c\u201d", "\u201e\u201c", "\u00ab\u00bb")
)

_BEFORE = rf"(?<![^\s{_OPENERS}{_DELIMITERS}])"
_AFTER = rf"(?![^\s{_CLOSERS}{_DELIMITERS}{_ENDINGS}])"
# No space and no escape before what closes; a backslash that is escaped itself is none.
_FREE = r"(?:(?<![\s\\])|(?<=\\\\))"
NAME = r"[^\W_]++(?:[-._+:][^\W_]++)*+"
_ROLE = rf":{NAME}:"

_FOLD = r"(?<![ \t\f\v])[ \t\f\v]*+(?:\r\n?|\n)[ \t\f\v]*+"
_PLAIN = re.compile(rf"\\(\r\n|(?s:.)|\Z)|{_FOLD}")
_TOKEN = re.compile(
    rf"""
      \\(?:\r\n|(?s:.)|\Z)
    | {_FOLD}
    | {_BEFORE}(?:
          (?P<literal>``)(?=\S)
        | (?P<interpreted>(?:{_ROLE})?`)(?=[^\s`])
        | (?P<target>_`)(?=[^\s`])
        | (?P<strong>\*\*)(?=\S)
        | (?P<emphasis>\*)(?=[^\s*])
        | (?P<substitution>\|)(?=[^\s|])
        | (?P<note>\[(?:\d++|\*|\#(?:{NAME})?+|{NAME})\]_{_AFTER})
      )
    | (?<=[^\W_])(?P<reference>__?){_AFTER}
    """,
    re.VERBOSE,
)
_CLOSING = {
    "literal": re.compile(rf"(?<!\s)``{_AFTER}"),
    "interpreted": re.compile(rf"{_FREE}`({_ROLE}|__?)?+{_AFTER}"),
    "target": re.compile(rf"{_FREE}`{_AFTER}"),
    "strong": re.compile(rf"{_FREE}\*\*{_AFTER}"),
    "emphasis": re.compile(rf"{_FREE}\*{_AFTER}"),
    "substitution": re.compile(rf"{_FREE}\|(?:__?)?+{_AFTER}"),
}

CODE_ROLES = frozenset(
    "code literal math raw file samp kbd command program option envvar makevar mimetype newsgroup regexp token keyword "
    "module mod func function meth method class attr attribute data const constant exc exception obj object type "
    "member macro var enum enumerator struct union expr eq pep pep-reference rfc rfc-reference cve cwe manpage "
    "mailheader".split()
)
# Their text names a place; a reader sees its title.
_TARGET_ROLES = frozenset("ref numref doc any download".split())
_RAISING_ROLES = frozenset(("sup", "superscript"))


@dataclass(slots=True)
class Said:
    """
    What a file has said so far that bears on what follows.

    Args:
        code_roles: Roles whose text is code.
        default_role: The role of text in single backquotes; empty for that of docutils, a title.
        automatic: How many references to footnotes without a name of their own there were, and how many such notes.
        titles: Adornments of section titles in the order of their first use: the character, twice with an overline.
        bibliographic: Whether only titles and comments came so far, so that a list of fields speaks of the file.
        language: The language that the file names, or empty.
    """

    code_roles: set[str] = field(default_factory=lambda: set(CODE_ROLES))
    default_role: str = ""
    automatic: dict[str, int] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    bibliographic: bool = True
    language: str = ""

    def sign(self, label: str, *, note: bool = False) -> str:
        """The sign of a footnote or, without ``note``, of a mark; those without a name are counted."""
        if label in ("#", "*"):
            counter = f"{label} note" if note else label
            self.automatic[counter] = self.automatic.get(counter, 0) + 1
            return f"^{label}{self.automatic[counter]}"
        return "^" + label.casefold()

    def is_code(self, role: str) -> bool:
        """Whether the text of a role is code; so is that of every role of a domain but Sphinx' own."""
        domain, _, name = role.rpartition(":")
        return name in self.code_roles or domain not in ("", "std")


def add_inline(builder: StretchBuilder, text: str, start: int, end: int, said: Said) -> None:
    """
    Add a paragraph to a builder: markup left out, escapes decoded, code as one object, line ends as one space.

    Args:
        builder: Takes the text; its source is that of ``text``.
        text: What holds the paragraph.
        start: Offset of its first character.
        end: One past its last.
        said: What the file has said so far.
    """
    # Kinds of markup that nothing closes from here on.
    open_ended: set[str] = set()
    at = start
    while found := _TOKEN.search(text, at, end):
        kind = found.lastgroup or ""
        builder.exact(at, found.start())
        at = found.end()
        if kind == "note":
            builder.mark(said.sign(found[0][1:-2]))
        elif not kind:
            add_plain(builder, text, found.start(), at)
        elif kind == "reference":
            if not _is_name(text, found.start()):
                builder.exact(found.start(), at)
        else:
            closing = None
            if kind not in open_ended and text[found.start() - 1 : found.start()] + text[at : at + 1] not in _PAIRS:
                closing = _CLOSING[kind].search(text, at + 1, end)
                if closing is None:
                    open_ended.add(kind)
            if closing is None:
                builder.exact(found.start(), at)
            else:
                _add_markup(builder, text, found, closing, said)
                at = closing.end()
    builder.exact(at, end)


def _is_name(text: str, end: int) -> bool:
    """Whether the word that ends there may name a target; ``__init`` in ``__init__`` may not."""
    start = end
    while start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    return text[start] != "_"


def add_plain(
    builder: StretchBuilder, text: str, start: int, end: int, add: Callable[[int, int], None] | None = None
) -> None:
    """Add text in which only escapes and line ends are special, with ``add`` in place of ``builder.exact``."""
    add = add or builder.exact
    for found in _PLAIN.finditer(text, start, end):
        add(start, found.start())
        start = found.end()
        if found[0][0] != "\\":
            builder.line_break(*found.span())
        elif found[1] and not found[1].isspace():
            # An escaped character stands for itself, an escaped space for nothing.
            start -= 1
            builder.exact(start, found.end())
            start = found.end()
    add(start, end)


def _add_markup(builder: StretchBuilder, text: str, opening: re.Match[str], closing: re.Match[str], said: Said) -> None:
    start, end = opening.end(), closing.start()
    kind = opening.lastgroup
    if kind in ("literal", "substitution"):
        builder.decoded(OBJECT, opening.start(), closing.end())
    elif kind == "interpreted":
        role, title = _role(opening[0], closing[1] or "", said), _title_end(text, start, end)
        if said.is_code(role) or title == start or (title == end and role in _TARGET_ROLES):
            builder.decoded(OBJECT, opening.start(), closing.end())
        elif role in _RAISING_ROLES:
            add_plain(builder, text, start, end, builder.raised)
        else:
            add_plain(builder, text, start, title)
    else:
        add_plain(builder, text, start, end)


def _role(opening: str, suffix: str, said: Said) -> str:
    """The role of interpreted text, in lower case; empty for a reference."""
    if suffix.startswith("_"):
        return ""
    name = opening[:-1] or suffix
    return name.strip(":").lower() if name else said.default_role


def _title_end(text: str, start: int, end: int) -> int:
    """Where the title ends in ``title <target>``: at the end if there is no target, at the start if no title."""
    if text[end - 1] != ">":
        return end
    at = text.rfind("<", start, end)
    if at < 0 or text[at - 1] == "\\":
        return end
    return start + len(text[start:at].rstrip())
