"""The JSON Schema of pack files, for editors: made from the dataclasses that the reader checks against."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass
from typing import Any, Literal, get_args, get_origin

from claimcheck.packs.forms import FORMS
from claimcheck.packs.reader import FILE_KINDS, NEEDS_ONE, hints_of, key_of, required

# Unquoted numbers and words such as "yes" are text for the reader; editors take them for something else.
_TEXT = {"type": ["string", "number", "boolean"]}


def pack_schema() -> dict[str, Any]:
    """
    The JSON Schema (2020-12) of a pack file of any of the five kinds.

    It says what an editor can check. That ids stand once and that lists, kinds and citations exist is for the reader
    and the compiler to say.
    """
    definitions: dict[str, Any] = {}
    for kind in FILE_KINDS:
        _define(kind, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "claimcheck pack file",
        "description": "Word lists, claims, qualifiers, contexts or a policy; which of them, the top-level key says.",
        "oneOf": [_reference(kind) for kind in FILE_KINDS],
        "$defs": definitions,
    }


def record_schema(kind: type, title: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a file that holds one dataclass of documented fields."""
    definitions: dict[str, Any] = {}
    _define(kind, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **_reference(kind),
        "$defs": definitions,
    }


def _define(kind: type, definitions: dict[str, Any]) -> None:
    if kind.__name__ in definitions:
        return
    hints = hints_of(kind)
    definitions[kind.__name__] = definition = {
        "title": title_of(kind),
        "description": _described(kind),
        "type": "object",
        "properties": {key_of(one): _property(one, hints[one.name]) for one in fields(kind)},
        "required": [key_of(one) for one in fields(kind) if required(one)],
        "additionalProperties": False,
    }
    if kind in NEEDS_ONE:
        definition["anyOf"] = [{"required": [name], "properties": {name: {"minItems": 1}}} for name in NEEDS_ONE[kind]]
    for hint in hints.values():
        inner = get_args(hint)[0] if get_origin(hint) is tuple else hint
        if isinstance(inner, type) and is_dataclass(inner):
            _define(inner, definitions)


def _property(one: Field[Any], hint: Any) -> dict[str, Any]:
    described = {"description": one.metadata["doc"], **_type(hint)}
    if get_origin(hint) is tuple and required(one):
        described["minItems"] = 1
    if form := one.metadata["form"]:
        described["pattern"] = FORMS[form].pattern
    if isinstance(one.default, bool | str):
        described["default"] = one.default
    return described


def _type(hint: Any) -> dict[str, Any]:
    if get_origin(hint) is tuple:
        item = _type(get_args(hint)[0])
        return {"type": "array", "items": {**item, "pattern": r"\S"} if item == _TEXT else item}
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    if get_origin(hint) is Mapping:
        return {"type": "object", "additionalProperties": _type(get_args(hint)[1])}
    if is_dataclass(hint) and isinstance(hint, type):
        return _reference(hint)
    return {"type": "boolean"} if hint is bool else dict(_TEXT)


def _reference(kind: type) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{kind.__name__}"}


def title_of(kind: type) -> str:
    """``WordList`` becomes ``Word list``."""
    words = "".join(f" {one.lower()}" if one.isupper() else one for one in kind.__name__)
    return words.strip().capitalize()


def _described(kind: type) -> str:
    return (inspect.getdoc(kind) or "").replace("``", "`")
