"""Policy files as the table that claims are judged by: extended ones filled up, every name in them checked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any, get_args

from claimcheck.errors import PackError
from claimcheck.model import KINDS, QUALIFIER_KINDS, SUBJECTS
from claimcheck.packs.references import check_name, plain
from claimcheck.packs.schema import PolicyEntry, PolicyFile, ScopeName, TargetClass, Text


def compile_policies(files: Sequence[PolicyFile]) -> dict[str, Any]:
    """
    Policies by name, as plain JSON values.

    A policy that extends another has the entries and sentences of that behind its own, save those that it replaces.

    Raises:
        PackError: If a name stands twice, or a policy extends one that is not there or itself.
    """
    by_name: dict[str, PolicyFile] = {}
    for one in files:
        known = by_name.setdefault(str(one.policy), one)
        if known is not one:
            fix = f"Rename it or the one at {known.policy.where}."
            raise PackError(f"policy '{one.policy}' stands twice", where=one.policy.where, fix=fix)
    return {name: _extended(name, by_name, ()) for name in by_name}


def _extended(name: str, by_name: Mapping[str, PolicyFile], below: tuple[str, ...]) -> dict[str, Any]:
    policy: dict[str, Any] = plain(by_name[name]) | {"source": by_name[name].policy.where}
    for row, entry in zip(policy["entries"], by_name[name].entries, strict=True):
        row["source"] = entry.id.where
    for row, sentence in zip(policy["sentences"], by_name[name].sentences, strict=True):
        row["source"] = sentence.kind.where
    base = by_name[name].extends
    if base is None:
        return policy
    check_name(base, by_name, "policy")
    if base in (name, *below):
        raise PackError(f"policy '{name}' extends itself", where=base.where, fix="Name another policy.")
    first = _extended(base, by_name, (*below, name))
    return policy | {
        key: policy[key] + [one for one in first[key] if one[own] not in {mine[own] for mine in policy[key]}]
        for key, own in (("entries", "id"), ("sentences", "kind"))
    }


def check_policies(files: Sequence[PolicyFile], names: Mapping[str, Collection[str]]) -> None:
    """
    Refuse a policy that speaks of what is not there.

    Args:
        names: What there is of each: ``list``, ``list of actions``, ``list of areas``, ``rule for claims``,
            ``rule for qualifiers``, ``citation``.

    Raises:
        PackError: For the first name that nothing has, or scope that is none.
    """
    for one in files:
        for sentence in one.sentences:
            check_name(sentence.kind, QUALIFIER_KINDS, "kind of qualifier")
        for entry in one.entries:
            for used, known, what in _names(entry, names):
                for name in used:
                    check_name(name, known, what)
            _check_rules(entry, names["rule for claims"])
            for need in entry.needs:
                for option in need.any:
                    _check_option(option, names["rule for qualifiers"])


def _names(
    entry: PolicyEntry, names: Mapping[str, Collection[str]]
) -> Iterator[tuple[Sequence[Text], Collection[str], str]]:
    yield entry.kinds, KINDS, "kind of claim"
    yield entry.subjects, SUBJECTS, "subject"
    yield entry.classes, get_args(TargetClass), "class of target"
    yield entry.targets, names["list"], "list"
    yield entry.actions, names["list of actions"], "list of actions"
    yield entry.areas, names["list of areas"], "list of areas"
    yield entry.cites, names["citation"], "citation"


def _check_rules(entry: PolicyEntry, rules: Collection[str]) -> None:
    for glob in entry.rules:
        if not any(fnmatchcase(rule, glob) for rule in rules):
            check_name(glob, rules, "rule for claims")


def _check_option(option: Text, rules: Collection[str]) -> None:
    named, at, scope = option.partition("@")
    place = Text(named, option.path, option.line, option.column)
    check_name(place, rules if "/" in named else QUALIFIER_KINDS, "kind of qualifier")
    if not at or scope not in get_args(ScopeName):
        fix = f"Write kind@scope, such as variability@section; the scopes are {', '.join(get_args(ScopeName))}."
        raise PackError(f"'{option}' names no scope", where=option.where, fix=fix)
