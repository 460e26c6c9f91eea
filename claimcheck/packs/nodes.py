"""
Pack files as YAML nodes with their places: scalars stay the text that was written.

No tag, anchor or alias is obeyed and no object made; size, nesting and the number of documents have limits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

import yaml

from claimcheck.errors import PackError
from claimcheck.packs.schema import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 2_000_000
MAX_DEPTH = 64

# Part of what the parser says, and what it means to somebody who writes a rule.
_SYNTAX = (
    ("mapping values are not allowed", "a colon makes no sense here", "Put the text that holds it in quotes."),
    ("but found '<scalar>'", "text follows a closing quote", "Put quotes around the whole text, or around none of it."),
    ("expected <block end>", "the indentation does not fit", "Line it up with the keys or items beside it."),
    ("found character '\\t'", "a tab indents this line", "Use spaces."),
    ("cannot start any token", "no text can start with this sign", "Put the text in quotes."),
    ("alphabetic or numeric", "no text can start with this sign", "Put the text in quotes."),
    ("could not find expected ':'", "a key without a colon stands before this", "Write 'key: value'."),
    ("unexpected end of stream", "a quote is opened and not closed", "Close it."),
    ("escape", "this escape stands for no character", "Write the character itself."),
    ("expected ',' or", "a bracket is not closed, or a comma is missing", "Close it, or add the comma."),
)
# What the plain parser lets through for an escape such as "\\U00110000", which is no character.
_PARSER_FAULTS = (ValueError, OverflowError)
# Control characters, and the line ends that editors do not count.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile("\r\n|\r|\n")

NodeKind: TypeAlias = Literal["text", "list", "mapping"]


@dataclass(frozen=True, slots=True)
class Node:
    """
    One value of a YAML file.

    Args:
        kind: What it is.
        at: Its text (empty for a list or a mapping) with its place.
        items: The items of a list; of a mapping its keys and values in turn.
        plain: Whether a text was written without quotes.
    """

    kind: NodeKind
    at: Text
    items: list[Node] = field(default_factory=list)
    plain: bool = False

    @property
    def absent(self) -> bool:
        """Whether nothing was written, as in ``key:`` alone."""
        return self.plain and not self.at

    @property
    def pairs(self) -> Iterator[tuple[Node, Node]]:
        """Keys and values of a mapping, in the order of the file."""
        return zip(self.items[::2], self.items[1::2], strict=True)


def read_nodes(data: bytes, path: str) -> Node:
    """
    The one document of a YAML file.

    Args:
        data: UTF-8 with or without a byte order mark.
        path: How the file is called in errors and in every ``Text``.

    Returns:
        Its outermost value; for an empty file an absent text.

    Raises:
        PackError: If it is no YAML of the plain kind that packs are written in.
    """
    return _composed(_decoded(data, path), path)


def _decoded(data: bytes, path: str) -> str:
    if len(data) > MAX_BYTES:
        raise PackError(f"the file has more than {MAX_BYTES // 1_000_000} MB", where=path, fix="Split it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8-sig")
        where = _place(before, len(before), path)
        raise PackError("this is not UTF-8", where=where, fix="Save the file as UTF-8.") from None
    if bad := _UNPRINTABLE.search(text):
        raise _unprintable(bad[0], _place(text, bad.start(), path))
    return text


def _unprintable(character: str, where: str) -> PackError:
    return PackError(f"the character U+{ord(character):04X} cannot be seen", where=where, fix="Remove it.")


def _place(text: str, offset: int, path: str) -> str:
    lines = _LINE_END.split(text[:offset])
    return f"{path}:{len(lines)}:{len(lines[-1]) + 1}"


def _composed(text: str, path: str) -> Node:
    """The one document of a file as nodes; errors are those of the parser that every installation has."""
    try:
        return _built(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)), path)
    except (yaml.YAMLError, *_PARSER_FAULTS) as error:
        fault: Exception = error
    # The fast parser words its errors differently, and has a limit of its own on nesting.
    try:
        _built(yaml.parse(text, Loader=yaml.SafeLoader), path)
    except yaml.MarkedYAMLError as plain:
        fault = plain
    except _PARSER_FAULTS:
        pass
    raise syntax_error(fault, path)


def _built(events: Iterator[yaml.Event], path: str) -> Node:
    """
    The one document of a file as nodes.

    Made from the parser's events: YAML libraries compose by recursion, which crashes the interpreter on deep nesting.
    """
    top: list[Node] = []
    open_nodes = [top]
    documents = 0
    for event in events:
        mark = event.start_mark
        place = Text("", path, mark.line + 1, mark.column + 1) if mark else Text("", path)
        _refuse_extras(event, place)
        match event:
            case yaml.DocumentStartEvent():
                documents += 1
                if documents > 1:
                    raise PackError("a second document starts", where=place.where, fix="Write it to a file of its own.")
            case yaml.ScalarEvent():
                open_nodes[-1].append(_text(event, place))
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                if len(open_nodes) > MAX_DEPTH:
                    what = f"lists and keys are nested more than {MAX_DEPTH} deep"
                    raise PackError(what, where=place.where, fix="Close the brackets before it.")
                node = Node("list" if isinstance(event, yaml.SequenceStartEvent) else "mapping", place)
                open_nodes[-1].append(node)
                open_nodes.append(node.items)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                open_nodes.pop()
            case _:
                pass
    return top[0] if top else Node("text", Text("", path, 1, 1), plain=True)


def _text(event: yaml.ScalarEvent, place: Text) -> Node:
    value: str = event.value.rstrip("\n") if event.style in ("|", ">") else event.value
    if bad := _UNPRINTABLE.search(value):  # written as an escape
        raise _unprintable(bad[0], place.where)
    return Node("text", Text(value, place.path, place.line, place.column), plain=not event.style)


def syntax_error(error: Exception, path: str) -> PackError:
    """What the parser of ``yaml.SafeLoader`` says, in the words of somebody who writes a file."""
    mark = getattr(error, "problem_mark", None)
    where = path if mark is None else f"{path}:{mark.line + 1}:{mark.column + 1}"
    problem = getattr(error, "problem", None) or "it cannot be parsed"
    for part, what, fix in _SYNTAX:
        if part in problem:
            return PackError(what, where=where, fix=fix)
    return PackError(f"this is not YAML: {problem}", where=where, fix="Look at quotes, brackets and indentation.")


def _refuse_extras(event: yaml.Event, place: Text) -> None:
    if isinstance(event, yaml.AliasEvent):
        raise PackError(f"'*{event.anchor}' refers to another place", where=place.where, fix="Put the text in quotes.")
    if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
        raise PackError(f"'&{event.anchor}' names a place", where=place.where, fix="Put the text in quotes.")
    if getattr(event, "tag", None) is not None:
        raise PackError("a tag starting with '!' stands here", where=place.where, fix="Put the text in quotes.")
