"""Reads the front matter of Markdown: YAML between ``---`` lines, TOML between ``+++`` lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from claimcheck.errors import ExtractError, PackError
from claimcheck.extract.fields import LANGUAGE_KEYS, OURS, Value, add_value
from claimcheck.extract.structure import Outline
from claimcheck.model import Facts

if TYPE_CHECKING:
    from yaml.nodes import ScalarNode

    from claimcheck.packs.nodes import Node

DEEPEST = 64

_YAML_OPENING = re.compile(r"---[ \t]*(?=[\r\n])")
_YAML_CLOSING = re.compile(r"(?:\r\n?|\n)(?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)")
_TOML_OPENING = re.compile(r"\+\+\+[ \t]*(?=[\r\n])")
_TOML_CLOSING = re.compile(r"(?:\r\n?|\n)\+\+\+[ \t]*(?=[\r\n]|\Z)")

# A tag and an anchor before a value count to its place.
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """
    What a file says of itself before its body.

    Args:
        body: Where the body begins; 0 if there is no front matter.
        language: The language that it names, or empty.
        subject: What it says that the copy is about, or empty.
        facts: What it says of the product, or ``None``.
    """

    body: int = 0
    language: str = ""
    subject: str = ""
    facts: Facts | None = None


def read_front_matter(outline: Outline, text: str, path: str) -> FrontMatter:
    """
    Add the prose of a file's front matter to an outline as metadata.

    Raises:
        ExtractError: If it is nested deeper than ``DEEPEST`` levels, or what it says under ``claimcheck`` is wrong.
    """
    if opening := _YAML_OPENING.match(text):
        if closing := _YAML_CLOSING.search(text, opening.end()):
            reader = _read_yaml(outline, text, opening.end(), closing.start(), path)
            if reader is not None:
                return _front_matter(closing.end(), reader.language, reader.ours)
    elif (opening := _TOML_OPENING.match(text)) and (closing := _TOML_CLOSING.search(text, opening.end())):
        from claimcheck.extract.toml import read_toml  # few files have it

        language, ours = read_toml(outline, text, opening.end(), closing.start(), path)
        return _front_matter(closing.end(), language, ours)
    return FrontMatter()


def _front_matter(body: int, language: str, ours: Node | None) -> FrontMatter:
    if ours is None:
        return FrontMatter(body, language)
    from claimcheck.packs.facts import read_facts  # few files state any

    try:
        return FrontMatter(body, language, *read_facts(ours, f"'{OURS}'"))
    except PackError as error:
        raise ExtractError(error.what, where=error.where, fix=error.fix) from None


def _read_yaml(outline: Outline, text: str, start: int, end: int, path: str) -> _YamlReader | None:
    """The mapping, read; ``None`` if this is none: then the lines are thematic breaks around prose."""
    import yaml  # costs more than the rest of reading a file without front matter

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    stuff = text[start:end]
    try:
        depth = 0
        for event in yaml.parse(stuff, Loader=loader):
            # Nesting is not left to the composer: it recurses, in C without a guard.
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > DEEPEST:
                    raise _too_deep(event.start_mark, path)
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
        root = yaml.compose(stuff, Loader=loader)
    except yaml.YAMLError as error:
        # Recent releases of the parser stop at a depth of their own, before the first event is handed out.
        if "nesting depth" in (getattr(error, "problem", None) or ""):
            raise _too_deep(getattr(error, "problem_mark", None), path) from None
        return None
    if root is not None and not isinstance(root, yaml.MappingNode):
        return None
    reader = _YamlReader(outline, text, start, path)
    reader.read(root)
    return reader


def _too_deep(mark: Any, path: str) -> ExtractError:
    return ExtractError(
        f"the front matter is nested deeper than {DEEPEST} levels",
        where=f"{path}:{mark.line + 1 if mark else 1}",
        fix="Write it flatter.",
    )


class _YamlReader:
    """Walks composed nodes; each once, as an alias may stand for the same node many times over."""

    def __init__(self, outline: Outline, text: str, shift: int, path: str) -> None:
        self._outline = outline
        self._text = text
        self._shift = shift
        self._path = path
        self._seen: set[int] = set()
        self.language = ""
        self.ours: Node | None = None

    def read(self, root: Any) -> None:
        if root is not None:
            self._walk(root, "", 0)

    def _walk(self, node: Any, key: str, depth: int) -> None:
        if id(node) in self._seen:
            return
        self._seen.add(id(node))
        if node.id == "scalar":
            self._scalar(node, key, depth)
        elif node.id == "sequence":
            for item in node.value:
                self._walk(item, key, depth + 1)
        else:
            for name, value in node.value:
                if depth == 0 and name.id == "scalar" and name.value == OURS:
                    self.ours = self._as_node(value)
                elif name.id == "scalar":
                    self._walk(value, name.value, depth + 1)

    def _as_node(self, node: Any) -> Node:
        """What stands there, as the reader of packs takes it; the line counts from the start of the file."""
        from claimcheck.packs.nodes import Node
        from claimcheck.packs.schema import Text

        mark = node.start_mark
        place = Text("", self._path, mark.line + 1, mark.column + 1)
        if node.id == "scalar":
            return Node("text", Text(node.value, place.path, place.line, place.column), plain=not node.style)
        if node.id == "sequence":
            return Node("list", place, [self._as_node(item) for item in node.value])
        return Node("mapping", place, [self._as_node(one) for pair in node.value for one in pair])

    def _scalar(self, node: ScalarNode, key: str, depth: int) -> None:
        if depth == 1 and key.lower() in LANGUAGE_KEYS:
            self.language = node.value.strip()
            return
        start, end = self._shift + node.start_mark.index, self._shift + node.end_mark.index
        start = _PROPERTIES.match(self._text, start, end).end()  # type: ignore[union-attr]  # it may be empty
        style = node.style or ""
        if style in ("|", ">"):
            # The header line holds indicators only.
            start += len(self._text[start:end].splitlines()[0]) if end > start else 0
        elif style:
            start, end = start + 1, end - 1
        add_value(self._outline, self._text, Value(key, node.value, style, start, end))
