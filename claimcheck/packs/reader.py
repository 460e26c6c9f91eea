"""Read pack files: hold their YAML against the dataclasses of ``schema`` and name everything that does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from difflib import get_close_matches
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar, get_args, get_origin, get_type_hints

from claimcheck.errors import PackError
from claimcheck.packs.forms import contradiction, misfit
from claimcheck.packs.nodes import Node, NodeKind, read_nodes
from claimcheck.packs.schema import (
    ClaimRule,
    ClaimsFile,
    ContextsFile,
    LexiconFile,
    NamesFile,
    PolicyFile,
    QualifiersFile,
    Text,
    WordList,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PackFile: TypeAlias = LexiconFile | ClaimsFile | QualifiersFile | ContextsFile | NamesFile | PolicyFile
FILE_KINDS: tuple[type[PackFile], ...] = get_args(PackFile)

# What fields alone cannot say: at least one of these keys must be there, and hold something.
NEEDS_ONE: dict[type, tuple[str, ...]] = {
    ClaimRule: ("targets", "phrases"),
    ClaimsFile: ("constructions", "rules", "retired", "citations"),
    WordList: ("words", "nouns", "agents", "includes"),
}
# Keys whose values stand once in a list of the file.
_IDENTITIES = ("id", "name")
_BOOLEANS = {"true": True, "false": False}
_QUOTE_IT = "Put it in quotes: a colon makes a key of the words before it."
# More of a text than that is not repeated in an error.
_LONGEST_QUOTE = 60
# How errors speak of what was found.
_CALLED: dict[NodeKind, str] = {"text": "a text", "list": "a list", "mapping": "a block of keys"}


def read_pack(data: bytes, path: str) -> PackFile:
    """
    Read one pack file.

    Args:
        data: The file's bytes, UTF-8 with or without a byte order mark.
        path: How the file is called in errors and in every ``Text``.

    Returns:
        The file; its kind follows from its top-level keys.

    Raises:
        PackError: The first thing that is wrong; it says how many more there are.
    """
    pack, errors = _read(data, path)
    if pack is None:
        more = f" ({len(errors) - 1} more in this file)" if len(errors) > 1 else ""
        raise PackError(errors[0].what + more, where=errors[0].where, fix=errors[0].fix)
    return pack


def check_pack(data: bytes, path: str) -> tuple[PackError, ...]:
    """Everything that is wrong in one pack file, in the order of the file; empty when ``read_pack`` can read it."""
    return _read(data, path)[1]


_Record = TypeVar("_Record")


def read_record(node: Node, kind: type[_Record], called: str) -> _Record:
    """
    One dataclass of documented fields from a block of keys.

    Args:
        called: What the block is called in errors.

    Raises:
        PackError: The first thing that is wrong in it.
    """
    reading = _Reading()
    record: _Record | None = reading.record(node, kind, called)
    if reading.errors or record is None:
        raise min(reading.errors, key=lambda found: found[0])[1]
    return record


def required(one: Field[Any]) -> bool:
    """Whether the key of a field must be there; a list that must be there must not be empty either."""
    return one.default is MISSING and one.default_factory is MISSING


def key_of(one: Field[Any]) -> str:
    """The key that a field is written under: its name, with hyphens where its documentation asks for them."""
    return one.name.replace("_", "-") if one.metadata.get("hyphens") else one.name


@cache
def hints_of(kind: type) -> dict[str, Any]:
    """The types of the fields of a dataclass of ``schema``, ``| None`` left out: YAML has no way to write it here."""
    return {name: _without_none(hint) for name, hint in get_type_hints(kind).items()}


def _without_none(hint: Any) -> Any:
    choices = get_args(hint)
    return next(one for one in choices if one is not NoneType) if NoneType in choices else hint


def _read(data: bytes, path: str) -> tuple[PackFile | None, tuple[PackError, ...]]:
    try:
        root = read_nodes(data, path)
        kind = _file_kind(root, path)
    except PackError as error:
        return None, (error,)
    reading = _Reading()
    pack = reading.record(root, kind, "the file")
    errors = tuple(error for _, error in sorted(reading.errors, key=lambda found: found[0]))
    return None if errors else pack, errors


def _file_kind(root: Node, path: str) -> type[PackFile]:
    """The kind of file that knows most of the top-level keys; of several, the one whose required keys are there."""
    keys = {str(key.at) for key, _ in root.pairs} if root.kind == "mapping" else set()

    def fit(kind: type[PackFile]) -> tuple[int, bool]:
        names = {one.name for one in fields(kind)}
        return len(keys & names), all(one.name in keys for one in fields(kind) if required(one))

    best = max(FILE_KINDS, key=fit)
    if fit(best)[0]:
        return best
    starts = [name for kind in FILE_KINDS for name in _starts(kind)]
    fix = f"Start it with one of these keys: {', '.join(starts)}."
    if keys:
        first = root.items[0].at
        raise PackError(f"unknown key {_quoted(first)}", where=first.where, fix=_did_you_mean(first, starts, fix))
    if root.kind == "text" and not root.absent:
        raise PackError("the file is a text where keys are expected", where=root.at.where, fix=fix)
    if root.items:
        raise PackError("the file is a list where keys are expected", where=root.at.where, fix=fix)
    raise PackError("the file is empty", where=path, fix=fix)


def _starts(kind: type) -> list[str]:
    """The keys that tell a file of one kind: the first, or any when none is required."""
    names = [one.name for one in fields(kind)]
    return names[:1] if any(required(one) for one in fields(kind)) else names


def _did_you_mean(word: str, known: Sequence[str], otherwise: str = "") -> str:
    close = get_close_matches(word, known, n=1)
    return f"Did you mean '{close[0]}'?" if close else otherwise or f"Use one of these: {', '.join(known)}."


def _quoted(text: str) -> str:
    return f"'{text}'" if len(text) <= _LONGEST_QUOTE else f"'{text[:_LONGEST_QUOTE]}…'"


class _Reading:
    """One pass over a file; ``errors`` fills up with ``((line, column), error)`` while values are made."""

    def __init__(self) -> None:
        self.errors: list[tuple[tuple[int, int], PackError]] = []

    def record(self, node: Node, kind: Any, called: str) -> Any:
        """A dataclass from a mapping; None when that cannot be."""
        known = {key_of(one): one for one in fields(kind)}
        if node.kind != "mapping":
            fix = f"Write its keys below it: {', '.join(known)}."
            return self._wrong(node.at, f"{called} is {_CALLED[node.kind]} where keys are expected", fix)
        values: dict[str, Any] = {}
        known_errors = len(self.errors)
        for key, value in self._unique_pairs(node):
            if key.at in known:
                one = known[key.at]
                values[one.name] = self._field(value, one, hints_of(kind)[one.name])
            else:
                self._unknown_key(key, kind, tuple(known))
        missing = [one for one in known.values() if required(one) and one.name not in values]
        for one in missing:
            self._wrong(node.at, f"{called} has no key '{key_of(one)}'", f"Add it: {one.metadata['doc']}")
        self._check_needs_one(node, kind, called)
        record = None if missing else kind(**values)
        if len(self.errors) == known_errors:
            self._note(contradiction(record))
        return record

    def _unique_pairs(self, node: Node) -> Iterator[tuple[Node, Node]]:
        seen: dict[str, Text] = {}
        for key, value in node.pairs:
            if key.kind != "text":
                self._wrong(key.at, f"{_CALLED[key.kind]} stands where a key is expected", "Put it in quotes.")
            elif (first := seen.setdefault(key.at, key.at)) is not key.at:
                self._wrong(
                    key.at, f"key {_quoted(key.at)} stands twice", f"Merge it with the one in line {first.line}."
                )
            else:
                yield key, value

    def _unknown_key(self, key: Node, kind: type, known: tuple[str, ...]) -> None:
        homes = [one for one in FILE_KINDS if key.at in {other.name for other in fields(one)}]
        if kind in FILE_KINDS and homes:
            what = f"'{key.at}' belongs in another kind of file than the keys around it"
            self._wrong(key.at, what, "Move it to a file of its own.")
        else:
            self._wrong(key.at, f"unknown key {_quoted(key.at)}", _did_you_mean(key.at, known))

    def _check_needs_one(self, node: Node, kind: type, called: str) -> None:
        names = NEEDS_ONE.get(kind, ())
        if names and not any(key.at in names and (value.items or value.at) for key, value in node.pairs):
            listed = " or ".join(f"'{name}'" for name in names)
            self._wrong(node.at, f"{called} has no {listed}", "Add one of them.")

    def _field(self, node: Node, one: Field[Any], hint: Any) -> Any:
        if node.absent:
            fix = "Write one after the colon." if required(one) else "Write one after the colon, or remove the key."
            return self._wrong(node.at, f"'{key_of(one)}' has no value", fix)
        value = self._value(node, hint, f"'{key_of(one)}'", needed=required(one))
        if isinstance(value, Text):
            self._note(misfit(value, one.metadata["form"], _quoted(value)))
        return value

    def _value(self, node: Node, hint: Any, called: str, *, needed: bool = False) -> Any:
        if get_origin(hint) is tuple:
            return self._items(node, get_args(hint)[0], called, needed=needed)
        if is_dataclass(hint) and isinstance(hint, type):
            return self.record(node, hint, called)
        if get_origin(hint) is Mapping:
            return self._free(node, get_args(hint)[1], called)
        if node.kind != "text":
            fix = _QUOTE_IT if node.kind == "mapping" else "Write one text."
            return self._wrong(node.at, f"{called} is {_CALLED[node.kind]} where a text is expected", fix)
        if hint is bool:
            return self._boolean(node, called)
        if get_origin(hint) is Literal:
            return self._choice(node, get_args(hint), called)
        if hint is Text:
            return node.at
        msg = f"the reader knows no field of type {hint}"
        raise TypeError(msg)

    def _items(self, node: Node, hint: Any, called: str, *, needed: bool) -> Any:
        if node.kind != "list":
            fix = "Write it as a list: each item on a line of its own, after '- '."
            return self._wrong(node.at, f"{called} is {_CALLED[node.kind]} where a list is expected", fix)
        if needed and not node.items:
            return self._wrong(node.at, f"{called} is an empty list", "Give it one item at least.")
        if isinstance(hint, type) and is_dataclass(hint):
            self._check_identities(node.items, hint)
        return tuple(self._item(item, hint, f"an item of {called}") for item in node.items)

    def _free(self, node: Node, hint: Any, called: str) -> Any:
        """A mapping whose keys are the writer's own."""
        if node.kind != "mapping":
            fix = "Write each key with its value on a line of its own below it: 'key: value'."
            return self._wrong(node.at, f"{called} is {_CALLED[node.kind]} where keys are expected", fix)
        pairs: dict[Text, Any] = {}
        for key, value in self._unique_pairs(node):
            if not key.at.strip():
                self._wrong(key.at, f"a key of {called} is empty", "Write it before the colon, or remove the line.")
            elif value.absent:
                self._wrong(value.at, f"{_quoted(key.at)} has no value", "Write one after the colon.")
            else:
                pairs[key.at] = self._value(value, hint, f"the value of {_quoted(key.at)}")
        return pairs

    def _item(self, node: Node, hint: Any, called: str) -> Any:
        if node.kind == "text" and not node.at.strip():
            return self._wrong(node.at, f"{called} is empty", "Write it after '- ', or remove the '- '.")
        return self._value(node, hint, called)

    def _check_identities(self, items: Iterable[Node], kind: type) -> None:
        names = [one.name for one in fields(kind) if one.name in _IDENTITIES]
        seen: dict[tuple[str, str], Text] = {}
        for item in items:
            for key, value in item.pairs if item.kind == "mapping" else ():
                if key.at in names and value.at:
                    first = seen.setdefault((key.at, value.at), value.at)
                    if first is not value.at:
                        fix = f"Rename it or the one in line {first.line}."
                        self._wrong(value.at, f"{key.at} {_quoted(value.at)} stands twice", fix)

    def _boolean(self, node: Node, called: str) -> Any:
        if node.plain and node.at in _BOOLEANS:
            return _BOOLEANS[node.at]
        return self._wrong(node.at, f"{called} is neither true nor false", "Write true or false, without quotes.")

    def _choice(self, node: Node, choices: tuple[str, ...], called: str) -> Any:
        if node.at in choices:
            return str(node.at)
        what = f"{_quoted(node.at)} is no value of {called.removeprefix('the value of ')}"
        return self._wrong(node.at, what, _did_you_mean(node.at, choices))

    def _note(self, error: PackError | None) -> None:
        if error is not None:
            _, line, column = error.where.rsplit(":", 2)
            self.errors.append(((int(line), int(column)), error))

    def _wrong(self, at: Text, what: str, fix: str) -> None:
        self.errors.append(((at.line, at.column), PackError(what, where=at.where, fix=fix)))
