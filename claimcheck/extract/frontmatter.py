"""Reads the front matter of Markdown: YAML between ``---`` lines, TOML between ``+++`` lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from claimcheck.errors import ExtractError
from claimcheck.extract.fields import LANGUAGE_KEYS, Value, add_value
from claimcheck.extract.structure import Outline

if TYPE_CHECKING:
    from yaml.nodes import ScalarNode

DEEPEST = 64

_YAML_OPENING = re.compile(r"---[ \t]*(?=[\r\n])")
_YAML_CLOSING = re.compile(r"(?:\r\n?|\n)(?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)")
_TOML_OPENING = re.compile(r"\+\+\+[ \t]*(?=[\r\n])")
_TOML_CLOSING = re.compile(r"(?:\r\n?|\n)\+\+\+[ \t]*(?=[\r\n]|\Z)")

# A tag and an anchor before a value count to its place.
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")


def read_front_matter(outline: Outline, text: str, path: str) -> tuple[int, str]:
    """
    Add the prose of a file's front matter to an outline as metadata.

    Returns:
        Where the body begins (0 if there is no front matter), and the language that the front matter names.

    Raises:
        ExtractError: If it is nested deeper than ``DEEPEST`` levels.
    """
    if opening := _YAML_OPENING.match(text):
        if closing := _YAML_CLOSING.search(text, opening.end()):
            language = _read_yaml(outline, text, opening.end(), closing.start(), path)
            if language is not None:
                return closing.end(), language
    elif (opening := _TOML_OPENING.match(text)) and (closing := _TOML_CLOSING.search(text, opening.end())):
        from claimcheck.extract.toml import read_toml  # few files have it

        return closing.end(), read_toml(outline, text, opening.end(), closing.start())
    return 0, ""


def _read_yaml(outline: Outline, text: str, start: int, end: int, path: str) -> str | None:
    """The language named, or ``None`` if this is no mapping: then the lines are thematic breaks around prose."""
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
    return _YamlReader(outline, text, start).read(root)


def _too_deep(mark: Any, path: str) -> ExtractError:
    return ExtractError(
        f"the front matter is nested deeper than {DEEPEST} levels",
        where=f"{path}:{mark.line + 1 if mark else 1}",
        fix="Write it flatter.",
    )


class _YamlReader:
    """Walks composed nodes; each once, as an alias may stand for the same node many times over."""

    def __init__(self, outline: Outline, text: str, shift: int) -> None:
        self._outline = outline
        self._text = text
        self._shift = shift
        self._seen: set[int] = set()
        self._language = ""

    def read(self, root: Any) -> str:
        if root is not None:
            self._walk(root, "", 0)
        return self._language

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
                if name.id == "scalar":
                    self._walk(value, name.value, depth + 1)

    def _scalar(self, node: ScalarNode, key: str, depth: int) -> None:
        if depth == 1 and key.lower() in LANGUAGE_KEYS:
            self._language = node.value.strip()
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
