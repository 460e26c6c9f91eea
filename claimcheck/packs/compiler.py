"""Turn pack files into the one table that the engine runs on: plain JSON, so that it loads in milliseconds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from collections.abc import Sequence as Ordered
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from claimcheck.errors import PackError
from claimcheck.model import CLASS_KIND, KINDS, QUALIFIER_KINDS, SUBJECTS
from claimcheck.packs.phrases import Sequence, expand, forms_of
from claimcheck.packs.policies import check_policies, compile_policies
from claimcheck.packs.reader import read_pack
from claimcheck.packs.references import check_name, plain
from claimcheck.packs.schema import (
    CitationEntry,
    ClaimRule,
    ClaimsFile,
    ContextRule,
    ContextsFile,
    Examples,
    LexiconFile,
    NamesFile,
    PolicyFile,
    QualifiersFile,
    Text,
    WordList,
)
from claimcheck.prose import fold, read_words

LONGEST_TERM = 6
OWN_NAMES = "name/own"
"""Id of the context that the names of a brand's pack make."""

QUOTE = "\x7f"
"""Instead of a quotation mark in JSON that stands inside JSON."""

BETWEEN = QUOTE * 3
"""Between two such texts: no JSON has three quotation marks in a row."""

FAMILIES = {
    "claims": ("construction", "claim"),
    "names": ("name",),
    "bars": ("unless-claim",),
    "qualifiers": ("qualifier", "unless-qualifier"),
    "contexts": ("context", "unless-context"),
}
"""The owners of phrases that are looked up together; the first two families alone decide whether spaCy is needed."""

# Words too common to look a phrase up by, in any English and in copy about skin.
_COMMON = frozenset(
    "a an the of to in for and or is are be with your you it its this that not no on by as from . , : ( ) ! % our we "
    "my they their them at all more can will may has have i if so up out "
    "skin face hair look looks feel feels treatment treatments results weeks lines".split()
)
# Lists that exist without being written: unions of lists by what they say of themselves.
_NUMBER = "number"
# The list of words that no gap passes.
_BREAKER = "breaker"


@dataclass(frozen=True)
class Packs:
    """All pack files that were read, sorted by what they are."""

    lexicons: tuple[LexiconFile, ...]
    claims: tuple[ClaimsFile, ...]
    qualifiers: tuple[QualifiersFile, ...]
    contexts: tuple[ContextsFile, ...]
    names: tuple[NamesFile, ...]
    policies: tuple[PolicyFile, ...]


def packed_text(value: Any) -> str:
    """
    A value as JSON text that is to stand inside other JSON; ``rulebook.unpacked`` reads it.

    Its quotation marks are DEL, which no pack can hold: escaping and unescaping them would cost every start 3 ms.
    """
    return json.dumps(value, separators=(",", ":")).replace('"', QUOTE)


def compile_packs(files: Ordered[tuple[str, bytes]]) -> dict[str, Any]:
    """
    Compile pack files.

    Args:
        files: ``(path as it is to be shown, content)``.

    Returns:
        The table; ``claimcheck.packs.rulebook`` says what each key means.

    Raises:
        PackError: For the first thing that is wrong in any of them.
    """
    packs = _sorted_packs(files)
    lists = _lists(packs)
    lexicon = _Lexicon.of(lists)
    rules, phrases = _rules_and_phrases(packs, lexicon)
    table = lexicon.table()
    table |= rules
    # Many phrases share a step, which is written once.
    steps: dict[str, int] = {}
    packed = [
        packed_text([owner, index, [steps.setdefault(packed_text(item), len(steps)) for item in items], *ends])
        for owner, index, items, *ends in phrases
    ]
    # Apart from one another: a run needs a few dozen of thousands, and reading all would cost it 30 ms.
    table["phrases"], table["steps"] = BETWEEN.join(packed), BETWEEN.join(steps)
    table["indexes"] = {family: packed_text(_index(phrases, owners, lexicon)) for family, owners in FAMILIES.items()}
    table["retired"] = _retired(packs)
    table["policies"] = compile_policies(packs.policies)
    table["citations"] = {str(entry.id): plain(entry) for entry in _citations(packs)}
    check_policies(
        packs.policies,
        {
            "citation": table["citations"],
            "list": lexicon.lists,
            "list of actions": [n for n, entry in lexicon.lists.items() if entry.role in ("action", "prefix")],
            "list of areas": [name for name, entry in lexicon.lists.items() if entry.role == "area"],
            "rule for claims": [str(rule.id) for pack in packs.claims for rule in pack.rules],
            "rule for qualifiers": [str(rule.id) for pack in packs.qualifiers for rule in pack.qualifiers],
        },
    )
    return table


def _sorted_packs(files: Ordered[tuple[str, bytes]]) -> Packs:
    read = [read_pack(data, path) for path, data in files]

    def of(kind: type) -> tuple[Any, ...]:
        return tuple(pack for pack in read if isinstance(pack, kind))

    kinds = (LexiconFile, ClaimsFile, QualifiersFile, ContextsFile, NamesFile, PolicyFile)
    return Packs(*(of(kind) for kind in kinds))


def _lists(packs: Packs) -> dict[str, WordList]:
    lists: dict[str, WordList] = {}
    for pack in packs.lexicons:
        for entry in pack.lists:
            if entry.name in lists:
                raise PackError(
                    f"list '{entry.name}' stands twice",
                    where=entry.name.where,
                    fix=f"Merge it with the one at {lists[entry.name].name.where}.",
                )
            lists[str(entry.name)] = entry
    for entry in lists.values():
        for name in entry.includes:
            check_name(name, lists, "list")
        if entry.subject is not None:
            check_name(entry.subject, SUBJECTS, "subject")
    return lists


class _Lexicon:
    """Every form of every word with the names of all lists that it stands for."""

    def __init__(self, forms: dict[tuple[str, ...], set[str]], lists: dict[str, WordList]) -> None:
        self.forms = forms
        self.lists = lists
        self.names: set[str] = {_NUMBER}
        self.sizes: dict[str, int] = {_NUMBER: 50}
        self.lengths: dict[str, int] = {_NUMBER: 1}
        for words, names in forms.items():
            self.names |= names
            for name in names:
                self.sizes[name] = self.sizes.get(name, 0) + 1
                self.lengths[name] = max(self.lengths.get(name, 1), len(words))

    @classmethod
    def of(cls, lists: dict[str, WordList]) -> _Lexicon:
        parents: dict[str, set[str]] = {name: _unions(entry) for name, entry in lists.items()}
        for entry in lists.values():
            for included in entry.includes:
                parents[str(included)].add(str(entry.name))
        forms: dict[tuple[str, ...], set[str]] = {}
        written: dict[tuple[str, str, str], Text] = {}
        for name, entry in lists.items():
            own = {name, *_ancestors(name, parents)}
            for text, words, feature in _terms(entry):
                if not words:
                    raise PackError(f"'{text}' holds no word", where=text.where, fix="Write letters, digits or a sign.")
                if len(words) > LONGEST_TERM:
                    raise PackError(f"'{text}' has more than {LONGEST_TERM} words", where=text.where, fix="Shorten it.")
                # <lessen> is the verb: "treatment" and "eraser" are found by <lessen:noun> and <lessen:agent> only.
                plain = own if feature not in ("noun", "agent") else set()
                forms.setdefault(words, set()).update(plain, {f"{one}:{feature}" for one in own})
            for group in ("words", "nouns", "agents"):
                for text in getattr(entry, group):
                    other = written.setdefault((entry.role, group, str(text)), text)
                    if other is not text and entry.role != "word":
                        fix = f"It is at {other.where} already."
                        raise PackError(f"'{text}' stands twice", where=text.where, fix=fix)
        return cls(forms, lists)

    def table(self) -> dict[str, Any]:
        combos: dict[tuple[str, ...], int] = {}
        single: dict[str, int] = {}
        several: dict[str, dict[str, list[list[Any]]]] = {}
        for words, names in sorted(self.forms.items()):
            combo = combos.setdefault(tuple(sorted(names)), len(combos))
            if len(words) == 1:
                single[words[0]] = combo
            else:
                first, second, *rest = words
                several.setdefault(first, {}).setdefault(second, []).append([rest, combo])
        for seconds in several.values():
            for entries in seconds.values():
                entries.sort(key=lambda entry: -len(entry[0]))
        return {
            "forms": single,
            "terms": several,
            "combos": [list(names) for names in combos],
            "targets": {
                name: {"class": entry.target_class, "wants": entry.wants}
                for name, entry in sorted(self.lists.items())
                if entry.role == "target"
            },
            "actions": sorted(name for name, entry in self.lists.items() if entry.role in ("action", "prefix")),
            "areas": sorted(name for name, entry in self.lists.items() if entry.role == "area"),
            "subjects": {name: str(e.subject) for name, e in sorted(self.lists.items()) if e.subject is not None},
        }


def _unions(entry: WordList) -> set[str]:
    unions: set[str] = set() if entry.role == "word" else {str(entry.role)}
    if entry.role == "target":
        unions.add({"less": "flaw", "more": "asset", "either": "either"}[entry.wants])
        unions.add(str(entry.target_class))
    return unions


def _ancestors(name: str, parents: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for parent in parents.get(waiting.pop(), ()):
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return found


def _terms(entry: WordList) -> Iterator[tuple[Text, tuple[str, ...], str]]:
    for words, feature in ((entry.words, None), (entry.nouns, "noun"), (entry.agents, "agent")):
        for text in words:
            for form, found in _term_forms(text, entry.part if feature is None else "noun"):
                yield text, form, feature or found


def _term_forms(text: Text, part: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """All forms of a term of one or more words; the word with '~' gives the feature, else ``base``."""
    forms: list[tuple[tuple[str, ...], str]] = [((), "base")]
    for piece in text.split():
        tilde = piece.endswith("~")
        found = forms_of(fold(piece).text if tilde else piece.lower(), part) if tilde else forms_of(fold(piece).text)
        forms = [
            (words + read_words(fold(form)).words, feature if tilde else old)
            for words, old in forms
            for form, feature in found.items()
        ]
    yield from forms


def _rules_and_phrases(packs: Packs, lexicon: _Lexicon) -> tuple[dict[str, Any], list[Any]]:
    tables: dict[str, list[Any]] = {"constructions": [], "claims": [], "qualifiers": [], "contexts": []}
    phrases: list[Any] = []

    def add(owner: str, index: int, texts: Ordered[Text]) -> None:
        for text in texts:
            for sequence in expand(text):
                _check_lists(sequence, text, lexicon)
                phrases.append([owner, index, *_packed(sequence)])

    seen: dict[str, Text] = {}
    for construction in (one for pack in packs.claims for one in pack.constructions):
        add("construction", len(tables["constructions"]), construction.phrases)
        tables["constructions"].append(plain(construction))
    for rule in (one for pack in packs.claims for one in pack.rules):
        _check_id(rule.id, KINDS, "kind of claim", seen)
        for name in rule.targets:
            check_name(name, lexicon.lists, "list")
        add("name" if rule.bare else "claim", len(tables["claims"]), rule.phrases)
        add("unless-claim", len(tables["claims"]), rule.unless)
        tables["claims"].append(_described(rule, packs))
    for qualifier in (one for pack in packs.qualifiers for one in pack.qualifiers):
        _check_id(qualifier.id, QUALIFIER_KINDS, "kind of qualifier", seen)
        for kind in qualifier.also:
            check_name(kind, QUALIFIER_KINDS, "kind of qualifier")
        add("qualifier", len(tables["qualifiers"]), qualifier.phrases)
        add("unless-qualifier", len(tables["qualifiers"]), qualifier.unless)
        tables["qualifiers"].append(plain(qualifier) | {"where": qualifier.id.where})
    for context in (*(one for pack in packs.contexts for one in pack.contexts), *_own_names(packs)):
        _check_id(context.id, None, "", seen)
        for kind in (*context.kinds, *context.spares):
            check_name(kind, KINDS, "kind of claim")
        for kind in context.needs:
            check_name(kind, QUALIFIER_KINDS, "kind of qualifier")
        add("context", len(tables["contexts"]), context.phrases)
        add("unless-context", len(tables["contexts"]), context.unless)
        tables["contexts"].append(plain(context) | {"where": context.id.where})
    _check_targets(packs, lexicon)
    return dict(tables), phrases


def _own_names(packs: Packs) -> list[ContextRule]:
    """The context that the names of a brand make, if there are any."""
    names = tuple(_as_phrase(name) for pack in packs.names for name in pack.names)
    if not names:
        return []
    first = names[0]
    own = Text(OWN_NAMES, first.path, first.line, first.column)
    examples = Examples(matches=(), ignores=())
    return [ContextRule(own, Text("a name of the brand's own"), names, examples, direction="covering")]


def _as_phrase(name: Text) -> Text:
    words = read_words(fold(name)).words
    if not words or not all(word.isalnum() or word in "'&+-" for word in words):
        fix = "Write letters, digits and spaces."
        raise PackError(f"'{name}' is no name that can be looked for", where=name.where, fix=fix)
    return Text(" ".join(words), name.path, name.line, name.column)


def _described(rule: ClaimRule, packs: Packs) -> dict[str, Any]:
    known = {str(entry.id) for entry in _citations(packs)}
    for cite in rule.cites:
        check_name(cite, known, "citation")
    described: dict[str, Any] = plain(rule) | {"where": rule.id.where}
    return described


def _retired(packs: Packs) -> dict[str, dict[str, str]]:
    """Old ids, with the id that each has now or why it is gone."""
    known = {str(rule.id) for pack in packs.claims for rule in pack.rules}
    renamed = [
        (old, {"now": str(rule.id), "why": ""}) for p in packs.claims for rule in p.rules for old in rule.formerly
    ]
    gone = [(one.id, {"now": "", "why": str(one.why)}) for pack in packs.claims for one in pack.retired]
    for old, _ in (*renamed, *gone):
        if old in known:
            raise PackError(f"'{old}' is the id of a rule", where=old.where, fix="Name an id that no rule has.")
    return {str(old): now for old, now in (*renamed, *gone)}


def _citations(packs: Packs) -> list[CitationEntry]:
    found = [entry for pack in packs.claims for entry in pack.citations]
    return found + [entry for pack in packs.policies for entry in pack.citations]


def _packed(sequence: Sequence) -> list[Any]:
    items = [[item.kind, list(item.names), item.optional, item.most] for item in sequence.items]
    return [items, sequence.at_start, sequence.at_end]


def _index(phrases: list[Any], owners: Ordered[str], lexicon: _Lexicon) -> dict[str, Any]:
    """
    What each phrase of some owners cannot do without, in order, and where to look it up.

    A key is a word, or ``<list``. Sets of keys are many and often the same, so each is written once.
    """
    sets: dict[tuple[str, ...], int] = {}
    needs: dict[int, str] = {}
    anchors: dict[str, list[int]] = {}
    for number, (owner, _rule, items, at_start, _at_end) in enumerate(phrases):
        if owner not in owners:
            continue
        steps: list[tuple[tuple[str, ...], int, bool]] = []
        distance, passes = 0, False
        for kind, names, optional, most in items:
            reach = 1 if kind in ("word", "any") else most or max(lexicon.lengths.get(name, 1) for name in names)
            if optional or kind in ("gap", "any"):
                distance += reach
                passes = passes or (kind in ("word", "list") and _stops(kind, names, lexicon))
                continue
            keys = tuple(f"<{name}" for name in names) if kind == "list" else tuple(names)
            steps.append((keys, distance + reach - 1, passes))
            distance, passes = 0, False
        need = [at_start, [[sets.setdefault(keys, len(sets)), most, past] for keys, most, past in steps]]
        # As text, of numbers only: a run asks for a few of thousands.
        needs[number] = json.dumps(need, separators=(",", ":"))
        for key in min((keys for keys, _, _ in steps), key=lambda keys: _weight(keys, lexicon)):
            anchors.setdefault(key, []).append(number)
    return {"sets": list(sets), "needs": needs, "anchors": anchors}


def _stops(kind: str, names: Ordered[str], lexicon: _Lexicon) -> bool:
    """Whether an optional step may be a word that no gap passes: the step itself does pass it."""
    if kind == "list":
        return any(_BREAKER in found and not found.isdisjoint(names) for found in lexicon.forms.values())
    return any(not name.isalnum() or _BREAKER in lexicon.forms.get((name,), ()) for name in names)


def _weight(keys: Ordered[str], lexicon: _Lexicon) -> int:
    return sum(lexicon.sizes.get(k[1:], 1) if k.startswith("<") else 500 if k in _COMMON else 1 for k in keys)


def _check_lists(sequence: Sequence, text: Text, lexicon: _Lexicon) -> None:
    for item in sequence.items:
        if item.kind == "list":
            for name in item.names:
                if name not in lexicon.names:
                    close = get_close_matches(name, lexicon.names, n=1)
                    fix = f"Did you mean '<{close[0]}>'?" if close else "Name a list of the lexicon."
                    raise PackError(f"no list '<{name}>' for '{text}'", where=text.where, fix=fix)


def _check_id(rule: Text, kinds: Ordered[str] | None, what: str, seen: dict[str, Text]) -> None:
    kind = rule.partition("/")[0]
    if kinds is not None:
        check_name(Text(kind, rule.path, rule.line, rule.column), kinds, what)
    if rule in seen:
        raise PackError(f"id '{rule}' stands twice", where=rule.where, fix=f"It is at {seen[rule].where} already.")
    seen[str(rule)] = rule


def _check_targets(packs: Packs, lexicon: _Lexicon) -> None:
    """Every target list has a rule for the kind that its class makes, and a disease one for its look as well."""
    answered = {
        (rule.id.partition("/")[0], str(name)) for p in packs.claims for rule in p.rules for name in rule.targets
    }
    for name, entry in lexicon.lists.items():
        if entry.role != "target" or not packs.claims:
            continue
        if entry.target_class is None:
            raise PackError(f"target list '{name}' has no class", where=entry.name.where, fix="Give it target_class.")
        kinds = {CLASS_KIND[entry.target_class]} | ({"efficacy"} if entry.target_class == "disease" else set())
        for kind in sorted(kinds):
            if (kind, name) not in answered:
                raise PackError(
                    f"no rule of kind {kind} answers for the targets '{name}'",
                    where=entry.name.where,
                    fix=f"Add '{name}' to the targets of a rule named {kind}/…",
                )
