"""The compiled rules as the engine and the commands use them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from claimcheck.model import Citation, RuleText
from claimcheck.names import RuleNames
from claimcheck.packs.store import Packs, compiled_table, find_packs

# As in claimcheck.packs.compiler, which no run loads whose rules are compiled already.
_BETWEEN = "\x7f\x7f\x7f"


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """
    What a rule says of itself.

    Args:
        id: ``kind/name``.
        type: ``claim``, ``qualifier`` or ``context``.
        matches: Examples that it finds, the words between ``__`` and ``__``.
        ignores: Examples that it leaves alone.
        source: ``path:line:column`` of the block that it is written in.
    """

    id: str
    kind: str
    type: str
    title: str
    why: str
    message: str
    suggestion: str
    citations: tuple[Citation, ...]
    matches: tuple[str, ...]
    ignores: tuple[str, ...]
    source: str


class Rulebook:
    """
    One compiled set of packs.

    Args:
        table: What ``claimcheck.packs.compiler.compile_packs`` returned, with its ``hash``.

    Attributes:
        forms: Folded word to the number of its combination of lists.
        rule_names: What the rules for claims are called, and were called before.
        terms: First word to second word to ``[[rest of the words, combination], …]``, longest first.
        combos: For each combination the names of the lists, with their features (``lessen``, ``lessen:ing``).
    """

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.hash: str = table["hash"]
        self.forms: dict[str, int] = table["forms"]
        self.terms: dict[str, dict[str, list[tuple[list[str], int]]]] = table["terms"]
        self.combos: list[list[str]] = table["combos"]
        self.targets: dict[str, dict[str, str]] = table["targets"]
        self.actions: frozenset[str] = frozenset(table["actions"])
        self.areas: frozenset[str] = frozenset(table["areas"])
        self.subjects: dict[str, str] = table["subjects"]
        self._phrases: str = table["phrases"]
        self._steps: str = table["steps"]
        self._indexes: dict[str, str] = table["indexes"]
        self.constructions: list[dict[str, Any]] = table["constructions"]
        self.claims: list[dict[str, Any]] = table["claims"]
        self.qualifiers: list[dict[str, Any]] = table["qualifiers"]
        self.contexts: list[dict[str, Any]] = table["contexts"]
        self.policies: dict[str, dict[str, Any]] = table["policies"]
        retired: dict[str, dict[str, str]] = table["retired"]
        self.rule_names = RuleNames(
            ids=tuple(rule["id"] for rule in self.claims),
            renamed={old: one["now"] for old, one in retired.items() if one["now"]},
            removed={old: one["why"] for old, one in retired.items() if not one["now"]},
        )
        self.citations: dict[str, dict[str, str]] = table["citations"]
        self.names: list[frozenset[str]] = [frozenset(names) for names in self.combos]
        self.target_names: list[tuple[str, ...]] = [
            tuple(name for name in names if name in self.targets) for names in self.combos
        ]
        self.subject_names: list[str] = [
            next((self.subjects[name] for name in names if name in self.subjects), "") for names in self.combos
        ]
        self.answers: dict[tuple[str, str], str] = {
            (rule["id"].partition("/")[0], name): rule["id"] for rule in self.claims for name in rule["targets"]
        }
        self.preview: frozenset[str] = frozenset(rule["id"] for rule in self.claims if rule["preview"])
        self.bare: frozenset[str] = frozenset(rule["id"] for rule in self.claims if rule["bare"])
        self.tails: dict[str, str] = {rule["tail"]: rule["id"] for rule in self.claims if rule["tail"]}

    @cached_property
    def _lines(self) -> list[str]:
        return self._phrases.split(_BETWEEN)

    @cached_property
    def _items(self) -> list[str]:
        return self._steps.split(_BETWEEN)

    def phrase(self, number: int) -> tuple[str, int, list[Any], bool, bool]:
        """
        One phrase.

        Returns:
            ``(owner, index, items, at start, at end)``; owners are ``construction``, ``claim``, ``name``,
            ``qualifier``, ``context`` and ``unless-…``; the index is the owner's in its list.
        """
        owner, index, steps, at_start, at_end = unpacked(self._lines[number])
        return owner, index, [unpacked(self._items[step]) for step in steps], at_start, at_end

    def combos_of(self, name: str) -> frozenset[int]:
        """The combinations that a list is part of."""
        return self._by_list.get(name, frozenset())

    @cached_property
    def _by_list(self) -> dict[str, frozenset[int]]:
        # Asked for with every document, of which a feed has a million.
        numbers: dict[str, list[int]] = {}
        for number, names in enumerate(self.names):
            for name in names:
                numbers.setdefault(name, []).append(number)
        return {name: frozenset(found) for name, found in numbers.items()}

    def index(self, family: str) -> Mapping[str, Any]:
        """
        How to look up the phrases of a family (``claimcheck.packs.compiler.FAMILIES``).

        Returns:
            ``sets``: lists of keys; ``needs``: phrase number (as text) to the JSON text of ``[at start, [[set, most
            words before, whether they may be such as no gap passes], …]]``, its required steps in order; ``anchors``:
            key to the numbers of the phrases to try when it is there.
        """
        index: dict[str, Any] = unpacked(self._indexes[family])
        return index

    @property
    def rules(self) -> dict[str, RuleInfo]:
        """All rules by id, in the order of their files."""
        kinds = (("claim", self.claims), ("qualifier", self.qualifiers), ("context", self.contexts))
        return {rule["id"]: self._info(kind, rule) for kind, rules in kinds for rule in rules}

    @cached_property
    def texts(self) -> dict[str, RuleText]:
        """What the rules for claims say of themselves in reports, by id."""
        return {
            rule["id"]: RuleText(rule["id"], rule["title"], rule.get("why") or "", rule["id"] in self.preview)
            for rule in self.claims
        }

    def cited(self, ids: Sequence[str]) -> tuple[Citation, ...]:
        """The citations of these ids."""
        return tuple(Citation(**self.citations[one]) for one in ids)

    def _info(self, kind: str, rule: Mapping[str, Any]) -> RuleInfo:
        return RuleInfo(
            id=rule["id"],
            kind=rule["id"].partition("/")[0],
            type=kind,
            title=rule["title"],
            why=rule.get("why") or "",
            message=rule.get("message") or "",
            suggestion=rule.get("suggestion") or "",
            citations=self.cited(rule.get("cites") or ()),
            matches=tuple(rule["examples"]["matches"]),
            ignores=tuple(rule["examples"]["ignores"]),
            source=rule["where"],
        )


def unpacked(text: str) -> Any:
    """The value of a text of ``claimcheck.packs.compiler.packed_text``."""
    return json.loads(text.replace("\x7f", '"'))


def load_rulebook(packs: Sequence[Path] = ()) -> Rulebook:
    """
    The shipped rules and those of further packs.

    Raises:
        ClaimcheckError: If a pack is missing or wrong.
    """
    return read_rulebook(find_packs(packs))


def read_rulebook(packs: Packs) -> Rulebook:
    """
    The rules of some packs.

    Raises:
        PackError: If a pack is wrong.
    """
    return Rulebook(compiled_table(packs))
