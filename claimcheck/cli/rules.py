"""``claimcheck rules`` and ``claimcheck explain``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from claimcheck.api import day as checked_day
from claimcheck.cli.options import packs_option
from claimcheck.cli.output import write
from claimcheck.names import known
from claimcheck.packs.rulebook import Rulebook, RuleInfo, load_rulebook
from claimcheck.reporters.reference import entry_line, policies_page, rules_page, source_line, speaks_of
from claimcheck.reporters.wording import safe

_SAYS = {"claim": "The copy {}.", "qualifier": "The copy {}.", "context": "Takes a claim back: {}."}


@click.command(short_help="List the rules, or what policies ask.")
@click.option("--policy", metavar="NAME", help="What this policy asks, and who says so.")
@click.option("--policies", is_flag=True, help="List the policies.")
@click.option("--changed-since", metavar="DATE", help="What policies began or ceased to ask since that day.")
@click.option("--format", "format", type=click.Choice(("text", "json", "markdown")), default="text", show_default=True)
@packs_option
def rules(**asked: Any) -> int:
    """List the rules by id, or what policies ask of claims; as Markdown, the whole reference of either."""
    rulebook = load_rulebook([Path(pack) for pack in asked["packs"]])
    names = list(rulebook.policies)
    if asked["policy"] is not None:
        names = [known("policy", asked["policy"], rulebook.policies)]
    write(_LISTINGS[asked["format"]](rulebook, names, asked))
    return 0


@click.command(short_help="Say what a rule finds, why it matters and what helps.")
@click.argument("rule")
@packs_option
def explain(rule: str, packs: tuple[str, ...]) -> int:
    """Say what RULE (an id such as efficacy/scars) finds, why it matters, and show examples."""
    rulebook = load_rulebook([Path(pack) for pack in packs])
    names = rulebook.rule_names
    if rule in names.removed:
        write(_lines([f"{rule} is no more: {names.removed[rule]}"]))
        return 0
    now = names.current(rule)
    known("rule", now, rulebook.rules)
    renamed = [f"{rule} is called {now} now.", ""] if now != rule else []
    write(_lines(renamed) + _explained(rulebook.rules[now], rulebook))
    return 0


def _as_text(rulebook: Rulebook, names: list[str], asked: dict[str, Any]) -> str:
    if asked["changed_since"] is not None:
        return _lines(_change(one) for one in _changes(rulebook, names, checked_day(asked["changed_since"])))
    if asked["policy"] is not None:
        return _policy(rulebook, names[0])
    rows = [(rule.id, f"{rule.type:9}  {rule.title}") for rule in rulebook.rules.values()]
    if asked["policies"]:
        rows = [(name, rulebook.policies[name]["title"]) for name in names]
    width = max(len(first) for first, _ in rows)
    return _lines(f"{first:{width}}  {rest}" for first, rest in rows)


def _as_data(rulebook: Rulebook, names: list[str], asked: dict[str, Any]) -> str:
    if asked["changed_since"] is not None:
        return _as_json(_changes(rulebook, names, checked_day(asked["changed_since"])))
    if asked["policy"] is not None:
        return _as_json(rulebook.policies[names[0]])
    if asked["policies"]:
        return _as_json(
            [{key: rulebook.policies[name][key] for key in ("policy", "title", "reviewed")} for name in names]
        )
    return _as_json([_fields(rule) for rule in rulebook.rules.values()])


def _as_reference(rulebook: Rulebook, names: list[str], asked: dict[str, Any]) -> str:
    return policies_page(rulebook, names) if asked["policy"] or asked["policies"] else rules_page(rulebook)


_LISTINGS = {"text": _as_text, "json": _as_data, "markdown": _as_reference}


def _explained(rule: RuleInfo, rulebook: Rulebook) -> str:
    lines = [f"{rule.id} ({rule.type})", "", f"  {_SAYS[rule.type].format(rule.title)}"]
    if rule.why:
        lines += [f"  {' '.join(rule.why.split())}"]
    lines += ["", "Finds the words between __ and __:", *(f"  {example}" for example in rule.matches)]
    lines += ["Leaves alone:", *(f"  {example}" for example in rule.ignores)]
    if rule.type == "claim":
        lines += ["", "What policies ask:"]
        for name in rulebook.policies:
            lines += [f"  {name}: {line}" for line in _asked(rulebook, name, rule)]
    for citation in rule.citations:
        lines += ["", f"Source: {citation.title} ({citation.seen})", *([f"  {citation.url}"] if citation.url else [])]
    return _lines([*lines, "", f"Written at {rule.source}"])


def _asked(rulebook: Rulebook, policy: str, rule: RuleInfo) -> list[str]:
    """What a policy asks of claims of a rule, with words that it lets pass and who says so."""
    lines = []
    for entry in rulebook.policies[policy]["entries"]:
        if not speaks_of(entry, rule, rulebook):
            continue
        lines.append(entry_line(entry))
        lines += [f"  instead: {entry['rewrite']}"] if entry["rewrite"] else []
        lines += [f"  source: {source_line(one)}" for one in rulebook.cited(entry["cites"])]
    return lines


def _changes(rulebook: Rulebook, policies: Iterable[str], day: str) -> list[dict[str, Any]]:
    """Entries that came into force or went out of it on that day or later, in the order of the days."""
    found = [
        {"policy": name, "entry": entry["id"], "on": entry[key], "change": change, "asks": entry_line(entry)}
        for name in policies
        for entry in rulebook.policies[name]["entries"]
        for key, change in (("since", "begins"), ("until", "ends"))
        if entry[key] is not None and entry[key] >= day
    ]
    return sorted(found, key=lambda one: (one["on"], one["policy"], one["entry"]))


def _change(one: dict[str, Any]) -> str:
    return f"{one['on']} {one['policy']} {one['entry']} {one['change']}: {one['asks']}"


def _policy(rulebook: Rulebook, name: str) -> str:
    policy = rulebook.policies[name]
    lines = [f"{name}: {policy['title']}", *([f"Reviewed {policy['reviewed']}"] if policy["reviewed"] else []), ""]
    for entry in policy["entries"]:
        lines += [f"{entry['id']}: {', '.join(entry['kinds'])}", f"  {entry_line(entry)}"]
        lines += [f"  {entry['message']}"] if entry["message"] else []
        lines += [f"  instead: {entry['rewrite']}"] if entry["rewrite"] else []
        lines += [f"  source: {source_line(one)}" for one in rulebook.cited(entry["cites"])]
    return _lines(lines)


def _fields(rule: RuleInfo) -> dict[str, Any]:
    return {
        "id": rule.id,
        "type": rule.type,
        "kind": rule.kind,
        "title": rule.title,
        "why": rule.why,
        "matches": list(rule.matches),
        "ignores": list(rule.ignores),
        "citations": [{"id": one.id, "title": one.title, "url": one.url, "seen": one.seen} for one in rule.citations],
        "source": rule.source,
    }


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{safe(line)}\n" for line in lines)
