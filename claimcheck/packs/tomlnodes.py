"""One table of a TOML file as nodes; the standard parser gives no places, so that these are found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from claimcheck.errors import PackError
from claimcheck.packs.nodes import MAX_BYTES, MAX_DEPTH, Node
from claimcheck.packs.schema import Text

_HEADER = re.compile(r"^[ \t]*\[{1,2}([^\]\r\n]*)\]", re.MULTILINE)
# Possessive: a string that is not closed must not be read again from every later quote.
_WORD = re.compile(
    r"""
      \#[^\r\n]*+
    | \"{3}(?P<basics>(?:[^"\\]|\\.|"(?!""))*+)\"{3}
    | '{3}(?P<literals>(?:[^']|'(?!''))*+)'{3}
    | "(?P<basic>(?:[^"\\\r\n]|\\[^\r\n])*+)"
    | '(?P<literal>[^'\r\n]*+)'
    | (?P<bare>[\w:+-]++)
    """,
    re.VERBOSE | re.DOTALL,
)


def read_toml_table(data: bytes, path: str, names: Sequence[str]) -> Node | None:
    """
    One table of a TOML file.

    Args:
        data: UTF-8.
        path: How the file is called in errors and in every ``Text``.
        names: Of the table and those around it, such as ``("tool", "claimcheck")``.

    Returns:
        The table; ``None`` when the file has none. A value has its own place or, where that cannot be told, that of the
        word before it.

    Raises:
        PackError: If it is no TOML.
    """
    import tomllib

    if len(data) > MAX_BYTES:
        raise PackError(f"the file has more than {MAX_BYTES // 1_000_000} MB", where=path, fix="Split it.")
    try:
        text = data.decode("utf-8")
        said: Any = tomllib.loads(text)
    except UnicodeDecodeError:
        raise PackError("this is not UTF-8", where=path, fix="Save the file as UTF-8.") from None
    except RecursionError:
        raise PackError("it is nested too deeply", where=path, fix="Write it flatter.") from None
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(str(error), path, text.count("\n") + 1) from None
    for name in names:
        if not isinstance(said, dict) or name not in said:
            return None
        said = said[name]
    return _Nodes(text, path, names).made(said)


def _syntax_error(problem: str, path: str, last: int) -> PackError:
    what, _, at = problem.partition(" (at ")
    found = re.fullmatch(r"line (\d+), column (\d+)\)", at)
    where = f"{path}:{found[1]}:{found[2]}" if found else f"{path}:{last}"
    fix = "Look at quotes, brackets and what stands twice."
    return PackError(f"this is not TOML: {what[0].lower()}{what[1:]}", where=where, fix=fix)


class _Nodes:
    """Makes nodes; the places of equal words are handed out in the order of the file."""

    def __init__(self, text: str, path: str, names: Sequence[str]) -> None:
        self._text = text
        self._path = path
        words: dict[str, list[int]] = {}
        self._last = 0
        for word, offset in reversed(list(_words(text, names))):
            words.setdefault(word, []).append(offset)
            self._last = offset
        self._places = words

    def made(self, value: Any, depth: int = 0) -> Node:
        at = self._here("")
        if depth > MAX_DEPTH:
            what = f"lists and keys are nested more than {MAX_DEPTH} deep"
            raise PackError(what, where=at.where, fix="Write it flatter.")
        if isinstance(value, dict):
            items = [self.made(one, depth + 1) for pair in value.items() for one in pair]
            return Node("mapping", at, items)
        if isinstance(value, list):
            return Node("list", at, [self.made(one, depth + 1) for one in value])
        if isinstance(value, str):
            return Node("text", self._at(value))
        shown = value.isoformat() if isinstance(value, (datetime, date, time)) else str(value)
        return Node("text", self._at(shown.lower() if isinstance(value, bool) else shown), plain=True)

    def _at(self, word: str) -> Text:
        if self._places.get(word):
            self._last = self._places[word].pop()
        return self._here(word)

    def _here(self, word: str) -> Text:
        before = self._text[: self._last]
        return Text(word, self._path, before.count("\n") + 1, self._last - before.rfind("\n"))


def _words(text: str, names: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The words of the tables of that name and of those within it, with their offsets, in the order of the file."""
    headers = [*_HEADER.finditer(text)]
    ends = [*(one.start() for one in headers[1:]), len(text)]
    for header, end in zip(headers, ends, strict=True):
        named = tuple(re.findall(r"[^\s.\"']+", header[1]))
        if named[: len(names)] != tuple(names):
            continue
        for found in _WORD.finditer(text, header.start(1), end):
            if found.lastgroup:
                yield found[found.lastgroup], found.start()
