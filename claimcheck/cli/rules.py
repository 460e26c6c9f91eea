"""``claimcheck rules`` and ``claimcheck explain``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from claimcheck.cli.options import known
from claimcheck.packs.rulebook import RuleInfo, Rulebook, load_rulebook
from claimcheck.reporters.wording import listed

_PACKS = click.option("--pack", "packs", multiple=True, type=click.Path(path_type=Path), help="Further rules: a YAML file or a folder of them.")


@click.command(short_help="List the rules, or what a policy asks.")
@click.option("--policy", metavar="NAME", help="What this policy asks, and who says so.")
@click.option("--format", "format", type=click.Choice(("text", "json")), default="text", show_default=True)
@_PACKS
def rules(policy: str | None, format: str, packs: tuple[Path, ...]) -> int:  # noqa: A002
    """List the rules by id, or what a policy asks of claims."""
    rulebook = load_rulebook(packs)
    if policy is not None:
        known("policy", policy, rulebook.policies)
        click.echo(_as_json(rulebook.policies[policy]) if format == "json" else _policy(rulebook, policy), nl=False)
    elif format == "json":
        click.echo(_as_json([_fields(rule) for rule in rulebook.rules.values()]), nl=False)
    else:
        width = max(len(one) for one in rulebook.rules)
        for rule in rulebook.rules.values():
            click.echo(f"{rule.id:{width}}  {rule.type:9}  {rule.title}")
    return 0


@click.command(short_help="Say what a rule finds, why it matters and what helps.")
@click.argument("rule")
@_PACKS
def explain(rule: str, packs: tuple[Path, ...]) -> int:
    """Say what RULE (an id such as efficacy/scars) finds, why it matters, and show examples."""
    rulebook = load_rulebook(packs)
    known("rule", rule, rulebook.rules)
    click.echo(_explained(rulebook.rules[rule], rulebook), nl=False)
    return 0


def _explained(rule: RuleInfo, rulebook: Rulebook) -> str:
    lines = [f"{rule.id} ({rule.type})", "", f"  {'The copy ' if rule.type == 'claim' else ''}{rule.title}."]
    if rule.why:
        lines += [f"  {rule.why}"]
    lines += ["", "Finds:", *(f"  {example}" for example in rule.matches)]
    lines += ["Leaves alone:", *(f"  {example}" for example in rule.ignores)]
    if rule.type == "claim":
        lines += ["", "What policies ask:"]
        for name in rulebook.policies:
            lines += [f"  {name}: {line}" for line in _asked(rulebook, name, rule.kind)]
    for citation in rule.citations:
        lines += ["", f"Source: {citation.title} ({citation.seen})", *([f"  {citation.url}"] if citation.url else [])]
    return "\n".join([*lines, "", f"Written at {rule.source}"]) + "\n"


def _asked(rulebook: Rulebook, policy: str, kind: str) -> list[str]:
    return [_entry(entry) for entry in rulebook.policies[policy]["entries"] if kind in entry["kinds"]]


def _entry(entry: dict[str, Any]) -> str:
    about = f"about {', '.join(entry['subjects'])}" if entry["subjects"] else "about anything"
    if entry["classes"]:
        about += f", target {' or '.join(entry['classes'])}"
    if entry["prohibited"]:
        return f"{about}: nothing beside it cures it"
    if entry["note"]:
        return f"{about}: noted"
    needs = []
    for need in entry["needs"]:
        options = [option.partition("@") for option in need["any"]]
        said = " or ".join(f"{listed((kind,))} (in the {scope})" for kind, _, scope in options)
        needs.append(f"{'advised: ' if need['advised'] else ''}{said}")
    return f"{about}: says {'; '.join(needs)}"


def _policy(rulebook: Rulebook, name: str) -> str:
    policy = rulebook.policies[name]
    lines = [f"{name}: {policy['title']}", *([f"Reviewed {policy['reviewed']}"] if policy["reviewed"] else []), ""]
    for entry in policy["entries"]:
        lines += [f"{entry['id']}: {', '.join(entry['kinds'])}", f"  {_entry(entry)}", f"  {entry['message']}"]
        lines += [f"  source: {one.title} ({one.seen}) {one.url}".rstrip() for one in rulebook.cited(entry["cites"])]
    return "\n".join(lines) + "\n"


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
