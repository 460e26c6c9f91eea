"""``claimcheck rules`` and ``claimcheck explain``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from claimcheck.cli.options import packs_option
from claimcheck.cli.output import write
from claimcheck.model import Scope
from claimcheck.names import known
from claimcheck.packs.rulebook import Rulebook, RuleInfo, load_rulebook
from claimcheck.reporters.wording import NEARNESS, asked, listed, safe

_SAYS = {"claim": "The copy {}.", "qualifier": "The copy {}.", "context": "Takes a claim back: {}."}


@click.command(short_help="List the rules, or what a policy asks.")
@click.option("--policy", metavar="NAME", help="What this policy asks, and who says so.")
@click.option("--format", "format", type=click.Choice(("text", "json")), default="text", show_default=True)
@packs_option
def rules(policy: str | None, format: str, packs: tuple[str, ...]) -> int:
    """List the rules by id, or what a policy asks of claims."""
    rulebook = load_rulebook([Path(pack) for pack in packs])
    if policy is not None:
        known("policy", policy, rulebook.policies)
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
    known("rule", rule, rulebook.rules)
    write(_explained(rulebook.rules[rule], rulebook))
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
            lines += [f"  {name}: {line}" for line in _asked(rulebook, name, rule.kind)]
    for citation in rule.citations:
        lines += ["", f"Source: {citation.title} ({citation.seen})", *([f"  {citation.url}"] if citation.url else [])]
    return _lines([*lines, "", f"Written at {rule.source}"])


def _asked(rulebook: Rulebook, policy: str, kind: str) -> list[str]:
    return [_entry(entry) for entry in rulebook.policies[policy]["entries"] if kind in entry["kinds"]]


def _entry(entry: dict[str, Any]) -> str:
    about = f"about {listed(entry['subjects'])}" if entry["subjects"] else "about anything"
    if entry["classes"]:
        about += f", target of class {listed(entry['classes'])}"
    if entry["targets"]:
        about += f", target {listed(entry['targets'])}"
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
    return " or ".join(f"{asked(kind)} ({NEARNESS[Scope(scope)]})" for kind, _, scope in options)


def _policy(rulebook: Rulebook, name: str) -> str:
    policy = rulebook.policies[name]
    lines = [f"{name}: {policy['title']}", *([f"Reviewed {policy['reviewed']}"] if policy["reviewed"] else []), ""]
    for entry in policy["entries"]:
        lines += [f"{entry['id']}: {', '.join(entry['kinds'])}", f"  {_entry(entry)}"]
        lines += [f"  {entry['message']}"] if entry["message"] else []
        lines += [f"  source: {one.title} ({one.seen}) {one.url}".rstrip() for one in rulebook.cited(entry["cites"])]
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
