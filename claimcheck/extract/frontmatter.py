"""Reads the front matter of Markdown: YAML between ``---`` lines, TOML between ``+++`` lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from claimcheck.errors import ExtractError, PackError
from claimcheck.extract.decode import place
from claimcheck.extract.fields import OURS
from claimcheck.extract.offsets import Source
from claimcheck.extract.reading import Reading
from claimcheck.extract.structure import Outline
from claimcheck.model import Facts, Ignore, Run

if TYPE_CHECKING:
    from claimcheck.packs.nodes import Node

_YAML_OPENING = re.compile(r"---[ \t]*(?=[\r\n])")
_YAML_CLOSING = re.compile(r"(?:\r\n?|\n)(?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)")
_TOML_OPENING = re.compile(r"\+\+\+[ \t]*(?=[\r\n])")
_TOML_CLOSING = re.compile(r"(?:\r\n?|\n)\+\+\+[ \t]*(?=[\r\n]|\Z)")
_BLANK_LINE = re.compile(r"(?>\r\n?|\n)[ \t]*(?=[\r\n]|\Z)")
# Lines that speak to us: what they say is not passed over when it cannot be read.
_YAML_OURS = re.compile(rf"[\r\n][ \t]*+([\"']?){OURS}\1[ \t]*+:")
_TOML_OURS = re.compile(rf"[\r\n][ \t]*+(?:\[\[?[ \t]*+[\"']?{OURS}(?![\w-])|([\"']?){OURS}\1[ \t]*+[.=])")
_WHAT = "the front matter"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """
    What a file says of itself before its body.

    Args:
        body: Where the body begins; 0 if there is no front matter.
        language: The language that it names, or empty.
        subject: What it says that the copy is about, or empty.
        facts: What it says of the product, or ``None``.
        ignores: Rules that it asks to leave alone.
    """

    body: int = 0
    language: str = ""
    subject: str = ""
    facts: Facts | None = None
    ignores: tuple[Ignore, ...] = ()


def read_front_matter(outline: Outline, text: str, path: str, reading: Reading) -> FrontMatter:
    """
    Add the prose of a file's front matter to an outline as metadata.

    Raises:
        ExtractError: If it is nested too deeply, what it says under ``claimcheck`` is wrong, or it says something there
            and cannot be read.
    """
    if opening := _YAML_OPENING.match(text):
        if closing := _YAML_CLOSING.search(text, opening.end()):
            said = _read_yaml(outline, text, opening.end(), closing.start(), path, reading)
            if said is not None:
                return _front_matter(closing.end(), *said)
        else:
            _refuse_open(text, opening, _YAML_OURS, path)
    elif opening := _TOML_OPENING.match(text):
        if closing := _TOML_CLOSING.search(text, opening.end()):
            from claimcheck.extract.toml import read_toml  # few files have it

            ours = _TOML_OURS.search(text, opening.end(), closing.start()) is not None
            span = opening.end(), closing.start()
            return _front_matter(closing.end(), *read_toml(outline, text, *span, path, reading, ours=ours))
        _refuse_open(text, opening, _TOML_OURS, path)
    return FrontMatter()


def _refuse_open(text: str, opening: re.Match[str], ours: re.Pattern[str], path: str) -> None:
    """Refuse front matter that speaks to us before its first blank line and has no end."""
    blank = _BLANK_LINE.search(text, opening.end())
    if ours.search(text, opening.end(), blank.start() if blank else len(text)):
        fence = opening[0].rstrip()
        what = f"the front matter is not closed, so that '{OURS}' in it cannot be read"
        raise ExtractError(what, where=f"{path}:1:1", fix=f"Write '{fence}' on a line of its own beneath it.")


def _front_matter(body: int, language: str, ours: Node | None) -> FrontMatter:
    if ours is None:
        return FrontMatter(body, language)
    from claimcheck.packs.facts import read_page  # few files state any

    try:
        return FrontMatter(body, language, *read_page(ours, f"'{OURS}'"))
    except PackError as error:
        raise ExtractError(error.what, where=error.where, fix=error.fix) from None


def _read_yaml(
    outline: Outline, text: str, start: int, end: int, path: str, reading: Reading
) -> tuple[str, Node | None] | None:
    """What ``read_toml`` returns; ``None`` if this is no mapping: then the lines are thematic breaks around prose."""
    import yaml  # costs more than the rest of reading a file without front matter

    from claimcheck.extract.yaml import YamlReader, faults, parsed, unreadable

    stuff = text[start:end]
    ours = _YAML_OURS.search(stuff) is not None
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        events: list[Any] = list(parsed(stuff, path, _WHAT))
        # Safe, as it is not nested too deeply; only this knows what an alias says to us.
        root = yaml.compose(stuff, Loader=loader) if ours else None
    except faults() as error:
        if ours:
            stretch = Source(stuff, (Run(0, len(stuff), start, len(stuff)),))
            raise unreadable(stretch, text, error, path, _WHAT) from None
        return None
    roots = [after for event, after in pairwise(events) if isinstance(event, yaml.DocumentStartEvent)]
    if len(roots) > 1 or not all(isinstance(root, yaml.MappingStartEvent) for root in roots):
        if ours:
            where = place(text, start + roots[0].start_mark.index, path)
            what = f"{_WHAT} cannot be read: it is no block of keys"
            raise ExtractError(what, where=where, fix="Write keys, each with a colon and a space after it.")
        return None
    reader = YamlReader(outline, Source(text), start, path=path, reading=reading, metadata=True)
    for event in events:
        reader.take(event)
    return reader.language, _said(root, text, start, path) if root is not None else None


def _said(root: Any, text: str, start: int, path: str) -> Node | None:
    """What a mapping says to us, if anything."""
    said = [(name, value) for name, value in root.value if name.id == "scalar" and name.value == OURS]
    if len(said) > 1:
        where = place(text, start + said[1][0].start_mark.index, path)
        raise ExtractError(f"key '{OURS}' stands twice", where=where, fix="Merge the two.")
    return _as_node(said[0][1], path, {}) if said else None


def _as_node(node: Any, path: str, known: dict[int, Node]) -> Node:
    """What stands there, as the reader of packs takes it; the line counts from the start of the file."""
    from claimcheck.packs.nodes import Node
    from claimcheck.packs.schema import Text

    if id(node) in known:  # an alias
        return known[id(node)]
    mark = node.start_mark
    scalar = node.id == "scalar"
    at = Text(node.value if scalar else "", path, mark.line + 1, mark.column + 1)
    if scalar:
        return Node("text", at, plain=not node.style)
    made = known[id(node)] = Node("list" if node.id == "sequence" else "mapping", at)
    inner = node.value if node.id == "sequence" else (one for pair in node.value for one in pair)
    made.items.extend(_as_node(one, path, known) for one in inner)
    return made
