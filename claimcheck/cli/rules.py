"""``claimcheck rules`` and ``claimcheck explain``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import click

from claimcheck.api import day as checked_day
from claimcheck.cli.options import packs_option
from claimcheck.cli.output import write
from claimcheck.model import Citation, Scope
from claimcheck.names import known
from claimcheck.packs.rulebook import Rulebook, RuleInfo, load_rulebook
from claimcheck.reporters.wording import NEARNESS, asked, listed, safe

_SAYS = {"claim": "The copy {}.", "qualifier": "The copy {}.", "context": "Takes a claim back: {}."}


@click.command(short_help="List the rules, or what a policy asks.")
@click.option("--policy", metavar="NAME", help="What this policy asks, and who says so.")
@click.option("--changed-since", metavar="DATE", help="What policies began or ceased to ask since that day.")
@click.option("--format", "format", type=click.Choice(("text", "json")), default="text", show_default=True)
@packs_option
def rules(policy: str | None, changed_since: str | None, format: str, packs: tuple[str, ...]) -> int:
    """List the rules by id, or what a policy asks of claims."""
    rulebook = load_rulebook([Path(pack) for pack in packs])
    if policy is not None:
        known("policy", policy, rulebook.policies)
    if changed_since is not None:
        changes = _changes(rulebook, [policy] if policy else list(rulebook.policies), checked_day(changed_since))
        write(_as_json(changes) if format == "json" else _lines([_change(one) for one in changes]))
    elif policy is not None:
        write(_as_json(rulebook.policies[policy]) if format == "json" else _policy(rulebook, policy))
    elif format == "json":
        write(_as_json([_fields(rule) for rule in rulebook.rules.values()]))
    else:
        listing = rulebook.rules.values()
        width = max(len(rule.id) for rule in listing)
        write(_lines([f"{rule.id:{width}}  {rule.type:9}  {rule.title}" for rule in listing]))
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
        if rule.kind not in entry["kinds"] or not (_speaks_of(entry, rule, rulebook)):
            continue
        lines.append(_entry(entry))
        lines += [f"  instead: {entry['rewrite']}"] if entry["rewrite"] else []
        lines += [f"  source: {_source(one)}" for one in rulebook.cited(entry["cites"])]
    return lines


def _speaks_of(entry: dict[str, Any], rule: RuleInfo, rulebook: Rulebook) -> bool:
    if entry["rules"]:
        return any(fnmatchcase(rule.id, glob) for glob in entry["rules"])
    targets = next(one["targets"] for one in rulebook.claims if one["id"] == rule.id)
    fits = not entry["targets"] or not targets or not set(targets).isdisjoint(entry["targets"])
    return rule.id not in rulebook.bare and fits


def _source(citation: Citation) -> str:
    return f"{citation.title} ({citation.seen}) {citation.url}".rstrip()


def _changes(rulebook: Rulebook, policies: Iterable[str], day: str) -> list[dict[str, Any]]:
    """Entries that came into force or went out of it on that day or later, in the order of the days."""
    found = [
        {"policy": name, "entry": entry["id"], "on": entry[key], "change": change, "asks": _entry(entry)}
        for name in policies
        for entry in rulebook.policies[name]["entries"]
        for key, change in (("since", "begins"), ("until", "ends"))
        if entry[key] is not None and entry[key] >= day
    ]
    return sorted(found, key=lambda one: (one["on"], one["policy"], one["entry"]))


def _change(one: dict[str, Any]) -> str:
    return f"{one['on']} {one['policy']} {one['entry']} {one['change']}: {one['asks']}"


def _entry(entry: dict[str, Any]) -> str:
    about = f"about {listed(entry['subjects'])}" if entry["subjects"] else "about anything"
    if entry["classes"]:
        about += f", target of class {listed(entry['classes'])}"
    if entry["targets"]:
        about += f", target {listed(entry['targets'])}"
    if entry["actions"]:
        about += f", verbs of {listed(entry['actions'])}"
    if entry["rules"]:
        about += f", rule {listed(entry['rules'])}"
    if entry["since"] or entry["until"]:
        about += "".join(
            f", {word} {entry[key]}" for word, key in (("from", "since"), ("until", "until")) if entry[key]
        )
    if entry["prohibited"]:
        return f"{about}: ruled out, whatever stands beside it"
    if entry["note"]:
        return f"{about}: noted"
    required = [_need(need) for need in entry["needs"] if not need["advised"]]
    advised = [_need(need) for need in entry["needs"] if need["advised"]]
    asks = [f"has to say {'; '.join(required)}"] if required else []
    asks += [f"had better say {'; '.join(advised)}"] if advised else []
    return f"{about}: {'; '.join(asks) or 'nothing'}"


def _need(need: dict[str, Any]) -> str:
    options = [option.partition("@") for option in need["any"]]
    return " or ".join(f"{asked(kind.partition('/')[0])} ({NEARNESS[Scope(scope)]})" for kind, _, scope in options)


def _policy(rulebook: Rulebook, name: str) -> str:
    policy = rulebook.policies[name]
    lines = [f"{name}: {policy['title']}", *([f"Reviewed {policy['reviewed']}"] if policy["reviewed"] else []), ""]
    for entry in policy["entries"]:
        lines += [f"{entry['id']}: {', '.join(entry['kinds'])}", f"  {_entry(entry)}"]
        lines += [f"  {entry['message']}"] if entry["message"] else []
        lines += [f"  instead: {entry['rewrite']}"] if entry["rewrite"] else []
        lines += [f"  source: {_source(one)}" for one in rulebook.cited(entry["cites"])]
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
