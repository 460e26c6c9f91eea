"""The reference of pack files as Markdown, docs/packs.md: made from the dataclasses that the reader checks against."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import Field, fields, is_dataclass
from typing import Any, Literal, get_args, get_origin

from claimcheck.model import KINDS, QUALIFIER_KINDS, SUBJECTS
from claimcheck.packs.forms import FORMS
from claimcheck.packs.jsonschema import title_of
from claimcheck.packs.reader import FILE_KINDS, NEEDS_ONE, hints_of, key_of, required
from claimcheck.packs.schema import ScopeName, Text
from claimcheck.reporters.wording import listed

_OPENING = """\
# Pack files

This page is made from what the reader checks pack files against: `claimcheck rules --keys --format markdown`.

A pack is a YAML file, or a folder of them. What a file holds is told by its own keys, and one file has the keys of one
of these kinds only ([how phrases are written](../CONTRIBUTING.md#add-a-rule-in-five-minutes)):

"""
_VALUES = (
    ("Kinds of claim, by precedence", KINDS),
    ("Kinds of qualifier", QUALIFIER_KINDS),
    ("Subjects", SUBJECTS),
    ("Scopes, from near to far", get_args(ScopeName)),
)
_MARKS = re.compile(r"([\\`*_<>|~#\[\]])")


def packs_page() -> str:
    """Every kind of pack file with its keys: their type, their default and what they say."""
    kinds = "".join(f"- [{title_of(kind)}](#{_anchor(kind)}): {_keys(kind)}\n" for kind in FILE_KINDS)
    parts = [_OPENING, kinds]
    seen: set[type] = set()
    for kind in FILE_KINDS:
        parts.append(_table(kind, "##"))
        for record in _inner(kind):
            if record not in seen:
                seen.add(record)
                parts.append(_table(record, "###"))
    parts.append("\n## Values\n")
    parts += [f"\n{called}: {', '.join(f'`{one}`' for one in values)}.\n" for called, values in _VALUES]
    return "".join(parts)


def keys_page(kind: type) -> str:
    """The keys of one kind of file, and of what they hold, as tables."""
    return "".join(_table(one, "##") for one in dict.fromkeys((kind, *_inner(kind))))


def _keys(kind: type) -> str:
    return ", ".join(f"`{one.name}`" for one in fields(kind))


def _inner(kind: type) -> Iterator[type]:
    """The records that the keys of one hold, and those within them."""
    for hint in hints_of(kind).values():
        record = _item(hint)
        if isinstance(record, type) and is_dataclass(record):
            yield record
            yield from _inner(record)


def _item(hint: Any) -> Any:
    return get_args(hint)[0] if get_origin(hint) is tuple else hint


def _table(kind: type, heading: str) -> str:
    hints = hints_of(kind)
    rows = "".join(
        f"| `{key_of(one)}` | {_type(one, hints[one.name])} | {_default(one)} | {_prose(one.metadata['doc'])} |\n"
        for one in fields(kind)
    )
    text = f"\n{heading} {title_of(kind)}\n\n{_prose(inspect.getdoc(kind) or '')}\n"
    if kind in NEEDS_ONE:
        text += f"It has at least one of {listed([f'`{name}`' for name in NEEDS_ONE[kind]])}.\n"
    return f"{text}\n| key | type | default | what it says |\n| --- | --- | --- | --- |\n{rows}"


def _type(one: Field[Any], hint: Any) -> str:
    if get_origin(hint) is Mapping:
        return f"keys with {_called(one, get_args(hint)[1])}"
    inner = _item(hint)
    called = _called(one, inner)
    return f"list of {called}" if inner is not hint else called


def _called(one: Field[Any], inner: Any) -> str:
    if get_origin(inner) is Literal:
        called = " or ".join(f"`{choice}`" for choice in get_args(inner))
    elif inner is bool:
        called = "`true` or `false`"
    elif inner is Text:
        form = one.metadata["form"]
        called = FORMS[form].called if form else "text"
    else:
        called = f"[{title_of(inner).lower()}](#{_anchor(inner)})"
    return called


def _default(one: Field[Any]) -> str:
    if required(one):
        return "required"
    if isinstance(one.default, bool):
        return f"`{str(one.default).lower()}`"
    return f"`{one.default}`" if isinstance(one.default, str) else "none"


def _anchor(kind: type) -> str:
    return title_of(kind).lower().replace(" ", "-")


def _prose(text: str) -> str:
    """Documentation as Markdown: what stands between two backticks is code, all other marks are text."""
    parts = " ".join(text.split()).split("``")
    return "".join(f"`{part}`" if number % 2 else _MARKS.sub(r"\\\1", part) for number, part in enumerate(parts))
