"""
The phrase language: what a rule looks for, written so that it looks like what it finds.

    word          the word itself           word~         any inflection of it (verb or noun)
    <list>        any word of a list        <list:ing>    only such forms (base, s, ed, ing, er, est, noun, agent)
    <a|b>         a word of either list     <number>      a number in digits or letters
    <any>         any one word that does not end a clause
    n't           any verb that says no with it (don't, isn't, won't)
    (a | b c)     one of these              (a | b)?      one of these or nothing; also word? and <list>?
    ...           up to six words           ..            up to two words (neither passes a clause's end)
    ^             the start of a sentence   $             its end, also (a | $); a dollar sign elsewhere in a phrase

Punctuation stands for itself, a question mark after a space. Copy is read without the hyphens inside words, so
'anti-<flaw>' finds 'anti acne' as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain, product

from claimcheck.errors import PackError
from claimcheck.packs.inflect import adjective_forms, noun_forms, spellings, verb_forms
from claimcheck.packs.schema import Text
from claimcheck.prose import fold, read_words

MAX_SEQUENCES = 400
"""A phrase that expands to more sequences is refused; it is to be written as two."""

LONG_GAP, SHORT_GAP = 6, 2
_QUESTION = "a question mark itself"
_DENIED = "do does did is are was were wo would ca could should have has had must need ai".split()
_PIECE = re.compile(r"\s+|(?P<gap>\.\.\.?(?!\.))|(?P<list><[^<>]*>)|(?P<sign>[()|?^$])|(?P<word>[^\s()|<>?^$]+)")


@dataclass(frozen=True, slots=True)
class Item:
    """
    One step of a sequence.

    Args:
        kind: ``word`` (one token out of ``names``), ``list`` (one term of a list out of ``names``), ``any``, ``gap``.
        names: Folded forms, list names with their features (``lessen``, ``lessen:ing``), or nothing for a gap.
        optional: Whether the step may be left out.
        most: For a gap, the most words it may pass.
    """

    kind: str
    names: tuple[str, ...]
    optional: bool = False
    most: int = 0


@dataclass(frozen=True, slots=True)
class Sequence:
    """A phrase without alternatives; ``at_start`` and ``at_end`` tie it to the ends of a sentence."""

    items: tuple[Item, ...]
    at_start: bool = False
    at_end: bool = False


_SIGNS = {
    _QUESTION: Item("word", ("?",)),
    "...": Item("gap", (), most=LONG_GAP),
    "..": Item("gap", (), most=SHORT_GAP),
    "<any>": Item("any", ()),
    # A contraction is one word.
    "n't": Item("word", tuple(f"{verb}n't" for verb in _DENIED)),
}
"""What is read as it stands."""

Node = Item | tuple["Branch", ...]
Branch = tuple["Node", ...]


def expand(phrase: Text) -> tuple[Sequence, ...]:
    """
    Read a phrase and write out its alternatives.

    Raises:
        PackError: If it cannot be read, has no required word, or expands to more than ``MAX_SEQUENCES``.
    """
    pieces = _pieces(phrase)
    at_start = bool(pieces) and pieces[0] == "^"
    pieces = pieces[1:] if at_start else pieces
    unique = tuple(
        dict.fromkeys(
            Sequence(items, at_start, at_end) for part, at_end in _endings(pieces) for items in _sequences(part, phrase)
        )
    )
    for sequence in unique:
        if not any(item.kind in ("word", "list") and not item.optional for item in sequence.items):
            raise PackError(
                f"'{phrase}' has no required word", where=phrase.where, fix="Make one word or list of it required."
            )
        if sequence.items[0].kind == "gap" or sequence.items[-1].kind == "gap":
            raise PackError(f"'{phrase}' begins or ends with a gap", where=phrase.where, fix="Leave the gap out.")
    return unique


def _endings(pieces: list[str]) -> list[tuple[list[str], bool]]:
    """What a phrase may be, and whether it ends with the sentence: ``a (b | $)`` is ``a b``, or ``a $``."""
    if pieces[-1:] == ["$"]:
        return [(pieces[:-1], True)]
    if pieces[-1:] != [")"]:
        return [(pieces, False)]
    options: list[list[str]] = [[]]
    depth, at = 1, len(pieces) - 1
    while at and depth:
        at -= 1
        depth += {")": 1, "(": -1}.get(pieces[at], 0)
        if depth == 1 and pieces[at] == "|":
            options.append([])
        elif depth:
            options[-1].append(pieces[at])
    left = [one[::-1] for one in reversed(options) if one != ["$"]]
    if depth or len(left) == len(options):
        return [(pieces, False)]
    group = ["(", *(piece for option in left for piece in ("|", *option))][2:]
    before = pieces[:at]
    return [(before, True), *([([*before, "(", *group, ")"], False)] if left else [])]


def _sequences(pieces: list[str], phrase: Text) -> list[tuple[Item, ...]]:
    branch, rest = _branch(pieces, phrase)
    if rest:
        raise PackError(f"'{rest[0]}' has no partner in '{phrase}'", where=phrase.where, fix="Balance the brackets.")
    return _alternatives(branch, phrase)


def forms_of(word: str, part: str | None = None) -> dict[str, str]:
    """
    The folded forms of one written word and their features; ``word~`` is inflected as ``part`` says.

    A part of ``None`` means verb and noun alike.
    """
    if not word.endswith("~"):
        return dict.fromkeys(spellings(word), "base")
    forms: dict[str, str] = {}
    for stem in spellings(word[:-1]):
        if part == "adjective":
            found = adjective_forms(stem)
        elif part == "noun":
            found = noun_forms(stem)
        else:
            found = verb_forms(stem)
            if part is None:
                found = noun_forms(stem) | found
        for form, feature in found.items():
            for spelling in spellings(form):
                forms.setdefault(spelling, feature)
    return forms


def _pieces(phrase: Text) -> list[str]:
    pieces: list[str] = []
    position = 0
    while position < len(phrase):
        match = _PIECE.match(phrase, position)
        if match is None:
            raise PackError(
                f"'{phrase[position]}' is not understood in '{phrase}'", where=phrase.where, fix="Remove it."
            )
        piece = match.group()
        if piece == "?" and (position == 0 or phrase[position - 1].isspace()):
            pieces.append(_QUESTION)
        elif match.lastgroup == "word":
            pieces.extend([piece.strip("-")] if piece.strip("-") else [])
        elif match.lastgroup:
            pieces.append(piece)
        position = match.end()
    return pieces


def _branch(pieces: list[str], phrase: Text) -> tuple[Branch, list[str]]:
    """Read items up to a ``|``, a ``)`` or the end; return them and what is left."""
    nodes: list[Node] = []
    while pieces and pieces[0] not in ("|", ")"):
        piece, pieces = pieces[0], pieces[1:]
        node: Node
        if piece == "(":
            options: list[Branch] = []
            while True:
                option, pieces = _branch(pieces, phrase)
                options.append(option)
                if not pieces:
                    raise PackError(f"'(' has no ')' in '{phrase}'", where=phrase.where, fix="Close the bracket.")
                closed, pieces = pieces[0] == ")", pieces[1:]
                if closed:
                    break
            node = tuple(options)
        elif piece == "^":
            raise PackError(f"'^' stands inside '{phrase}'", where=phrase.where, fix="Put it at the start.")
        else:
            node = _item(piece, phrase)
        if pieces and pieces[0] == "?":
            pieces = pieces[1:]
            node = (*node, ()) if isinstance(node, tuple) else replace(node, optional=True)
        nodes.extend(_spread(_merged(node) if isinstance(node, tuple) else node))
    return tuple(nodes), pieces


def _spread(node: Node) -> list[Node]:
    """A written word such as ``Botox-like`` is more than one token: one item each."""
    if isinstance(node, Item) and node.kind == "word" and len(node.names) == 1:
        words = read_words(fold(node.names[0])).words
        if len(words) > 1:
            return [Item("word", spellings(word)) for word in words]
    return [node]


def _merged(options: tuple[Branch, ...]) -> Node:
    """Options of one word each become one item, and likewise lists, which keeps the number of sequences small."""
    names: dict[str, dict[str, None]] = {}
    rest: list[Branch] = []
    for option in options:
        only = option[0] if len(option) == 1 else None
        if isinstance(only, Item) and only.kind in ("word", "list") and not only.optional:
            names.setdefault(only.kind, {}).update(dict.fromkeys(only.names))
        elif option not in rest:
            rest.append(option)
    merged = [Item(kind, tuple(found)) for kind, found in names.items()]
    if len(merged) == 1 and all(option == () for option in rest):
        return replace(merged[0], optional=bool(rest))
    return (*((item,) for item in merged), *rest)


def _item(piece: str, phrase: Text) -> Item:
    if piece in _SIGNS:
        return _SIGNS[piece]
    if piece.startswith("<"):
        names = tuple(name.strip() for name in piece[1:-1].split("|"))
        if not all(re.fullmatch(r"[a-z][a-z-]*(:[a-z]+)?", name) for name in names):
            raise PackError(
                f"'{piece}' is no list", where=phrase.where, fix="Write <name>, <name:ing> or <name|other>."
            )
        return Item("list", names)
    word = fold(piece).text
    if not read_words(fold(word.removesuffix("~"))).words:
        fix = "Write letters, digits or a sign."
        raise PackError(f"'{piece}' is no word in '{phrase}'", where=phrase.where, fix=fix)
    if word.endswith("~"):
        return Item("word", tuple(forms_of(word)))
    if len(read_words(fold(word)).words) > 1:
        return Item("word", (word,))
    return Item("word", spellings(word))


def _alternatives(branch: Branch, phrase: Text) -> list[tuple[Item, ...]]:
    choices: list[list[tuple[Item, ...]]] = []
    total = 1
    for node in branch:
        if isinstance(node, Item):
            choices.append([(node,)])
            continue
        options = _joined(items for option in node for items in (_alternatives(option, phrase) if option else [()]))
        total *= len(options)
        if total > MAX_SEQUENCES:
            raise PackError(
                f"'{phrase}' stands for more than {MAX_SEQUENCES} sequences",
                where=phrase.where,
                fix="Write it as two phrases, or make a word list.",
            )
        choices.append(options)
    return _joined(tuple(item for items in combination for item in items) for combination in product(*choices))


def _joined(sequences: Iterable[tuple[Item, ...]]) -> list[tuple[Item, ...]]:
    """The same in fewer: those that differ in one step only ("calms down", "settles down") become one."""
    found = list(dict.fromkeys(sequences))
    for at in range(max(map(len, found), default=0)):
        alike: dict[object, list[tuple[Item, ...]]] = {}
        for one in found:
            chooses = at < len(one) and one[at].kind in ("word", "list")
            alike.setdefault((one[:at], replace(one[at], names=()), one[at + 1 :]) if chooses else one, []).append(one)
        found = [
            (
                *one[:at],
                replace(one[at], names=tuple(dict.fromkeys(chain(*(other[at].names for other in others))))),
                *one[at + 1 :],
            )
            if len(others) > 1
            else one
            for others in alike.values()
            for one in others[:1]
        ]
    return found
