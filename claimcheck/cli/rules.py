"""``claimcheck rules`` and ``claimcheck explain``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from claimcheck.api import day as checked_day
from claimcheck.cli.heard import refuse_others
from claimcheck.cli.options import config_options, packs_of, packs_option
from claimcheck.cli.output import write
from claimcheck.errors import UsageError
from claimcheck.names import known, nearest
from claimcheck.packs.jsonschema import pack_schema
from claimcheck.packs.rulebook import Rulebook, RuleInfo, load_rulebook
from claimcheck.reporters.envelope import written
from claimcheck.reporters.packkeys import packs_page
from claimcheck.reporters.reference import NAMED_ONLY, entry_line, policies_page, rules_page, source_line, speaks_of
from claimcheck.reporters.wording import listed, safe

_SAYS = {"claim": "The copy {}.", "qualifier": "The copy {}.", "context": "Takes a claim back: {}."}


@click.command(short_help="List the rules, or what policies ask.")
@click.option(
    "--policy",
    "asked_of",
    multiple=True,
    metavar="NAME",
    help="What this policy asks, and who says so; can be given again.",
)
@click.option("--policies", is_flag=True, help="List the policies.")
@click.option("--keys", is_flag=True, help="What a pack file may hold; as JSON, its JSON Schema.")
@click.option("--changed-since", metavar="DATE", help="What policies began or ceased to ask since that day.")
@click.option("--format", "format", type=click.Choice(("text", "json", "markdown")), default="text", show_default=True)
@packs_option
@config_options
def rules(**asked: Any) -> int:
    """List the rules by id, or what policies ask of claims; as Markdown, the whole reference of either."""
    _check_combination(asked)
    if asked["keys"]:
        refuse_others(("format",), "keys")
        write(written(pack_schema()) if asked["format"] == "json" else packs_page())
        return 0
    rulebook = load_rulebook(packs_of(asked))
    names = [known("policy", name, rulebook.policies) for name in dict.fromkeys(asked["asked_of"])]
    write(_LISTINGS[asked["format"]](rulebook, names or list(rulebook.policies), asked))
    return 0


@click.command(short_help="Say what a rule finds, why it matters and what helps.")
@click.argument("rule")
@packs_option
@config_options
def explain(rule: str, **asked: Any) -> int:
    """Say what RULE (an id such as efficacy/scars) finds, why it matters, and show examples."""
    rulebook = load_rulebook(packs_of(asked))
    names = rulebook.rule_names
    if rule in names.removed:
        write(_lines([f"{rule} is no more: {names.removed[rule]}"]))
        return 0
    now = names.current(rule)
    if now not in rulebook.rules:
        raise _unknown(rule, rulebook)
    renamed = [f"{rule} is called {now} now.", ""] if now != rule else []
    write(_lines(renamed) + _explained(rulebook.rules[now], rulebook))
    return 0


def _check_combination(asked: dict[str, Any]) -> None:
    """Refuse options of which one would be left unheard."""
    if asked["policies"] and asked["asked_of"]:
        fix = "Leave one of them out: --policies lists the policies, --policy says what one of them asks."
        raise UsageError("--policies and --policy cannot be combined", fix=fix)
    wanted = [f"--{name.replace('_', '-')}" for name in ("policies", "keys", "changed_since") if asked[name]]
    if len(wanted) > 1:
        raise UsageError(f"{listed(wanted, 'and')} cannot be combined", fix="Ask for one list at a time.")
    if asked["changed_since"] and asked["format"] == "markdown":
        raise UsageError("what changed is not listed as Markdown", fix="Use --format text or json.")


def _unknown(rule: str, rulebook: Rulebook) -> UsageError:
    if rule in rulebook.policies:
        return UsageError(f"'{rule}' is a policy", fix=f"Run 'claimcheck rules --policy {rule}'.")
    meant = [f"'{one}'" for one in nearest(rule, rulebook.rules)]
    return UsageError(
        f"no rule '{rule}'",
        fix=f"Did you mean {listed(meant)}?" if meant else "Choose from those that 'claimcheck rules' lists.",
    )


def _as_text(rulebook: Rulebook, names: list[str], asked: dict[str, Any]) -> str:
    if asked["changed_since"] is not None:
        return _lines(_change(one) for one in _changes(rulebook, names, checked_day(asked["changed_since"])))
    if asked["asked_of"]:
        return "\n".join(_policy(rulebook, name) for name in names)
    rows = [(rule.id, f"{rule.type:9}  {rule.title}") for rule in rulebook.rules.values()]
    if asked["policies"]:
        rows = [(name, rulebook.policies[name]["title"]) for name in names]
    width = max(len(first) for first, _ in rows)
    return _lines(f"{first:{width}}  {rest}" for first, rest in rows)


def _as_data(rulebook: Rulebook, names: list[str], asked: dict[str, Any]) -> str:
    if asked["changed_since"] is not None:
        return written(_changes(rulebook, names, checked_day(asked["changed_since"])))
    if asked["asked_of"]:
        policies = [rulebook.policies[name] for name in names]
        return written(policies if len(policies) > 1 else policies[0])
    if asked["policies"]:
        return written(
            [{key: rulebook.policies[name][key] for key in ("policy", "title", "reviewed")} for name in names]
        )
    return written([_fields(rule) for rule in rulebook.rules.values()])


def _as_reference(rulebook: Rulebook, names: list[str], asked: dict[str, Any]) -> str:
    return policies_page(rulebook, names) if asked["asked_of"] or asked["policies"] else rules_page(rulebook)


_LISTINGS = {"text": _as_text, "json": _as_data, "markdown": _as_reference}


def _explained(rule: RuleInfo, rulebook: Rulebook) -> str:
    lines = [f"{rule.id} ({rule.type})", "", f"  {_SAYS[rule.type].format(rule.title)}"]
    if rule.why:
        lines += [f"  {' '.join(rule.why.split())}"]
    lines += [f"  {NAMED_ONLY}"] if rule.id in rulebook.bare else []
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


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{safe(line)}\n" for line in lines)
