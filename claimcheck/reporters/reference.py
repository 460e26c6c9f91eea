"""The reference of rules and policies as Markdown: docs/rules.md and docs/policies.md, or those of a user's packs."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Any

from claimcheck.model import Citation, Scope
from claimcheck.packs.rulebook import Rulebook, RuleInfo
from claimcheck.reporters.wording import NEARNESS, asked, listed, safe

_TYPES = {
    "claim": ("Claims", "What the copy asserts. Whether that may stand is for a policy to say."),
    "qualifier": ("Qualifiers", "Words that limit a claim."),
    "context": ("Contexts", "Why words that look like a claim are none after all."),
}
_CONDITIONS = (
    ("classes", "target of class"),
    ("targets", "target"),
    ("areas", "area"),
    ("actions", "verbs of"),
    ("rules", "rule"),
)
NAMED_ONLY = "It counts only under an entry that names this rule."
_SEEN = {
    "primary": "seen at its source",
    "second-hand": "reported by others",
    "general": "general knowledge, not seen",
    "judgement": "our own judgement",
}


def rules_page(rulebook: Rulebook) -> str:
    """Every rule with what it finds, why, what policies say of it, its examples and its sources."""
    pages = ["# Rules\n\nThis page is made from the rules themselves: `claimcheck rules --format markdown`.\n"]
    rules = list(rulebook.rules.values())
    for kind, (title, line) in _TYPES.items():
        pages.append(f"\n## {title}\n\n{line}\n")
        pages += [_rule(rule, rulebook) for rule in rules if rule.type == kind]
    return "".join(pages)


def policies_page(rulebook: Rulebook, names: Iterable[str] | None = None) -> str:
    """What policies ask, of whom, since when, and who says so; all policies when none is named."""
    pages = ["# Policies\n\nThis page is made from the policies themselves: `claimcheck rules --policy NAME`.\n"]
    pages += [_policy(rulebook, name) for name in sorted(rulebook.policies if names is None else names)]
    return "".join(pages)


def entry_line(entry: dict[str, Any]) -> str:
    """What an entry of a policy asks of which claims, in a line."""
    return f"{_about(entry)}: {_asks(entry)}"


def source_line(citation: Citation) -> str:
    """A citation with how it was seen."""
    return f"{citation.title} ({citation.seen}) {citation.url}".rstrip()


def _rule(rule: RuleInfo, rulebook: Rulebook) -> str:
    lines = [
        f"\n### {rule.id}\n",
        f"{rule.title[0].upper()}{rule.title[1:]}.{f' {_flat(rule.why)}' if rule.why else ''}",
    ]
    if rule.id in rulebook.bare:
        lines.append(f"The words assert nothing. {NAMED_ONLY}")
    if rule.id in rulebook.preview:
        lines.append("It may still change: it is used only with `--preview`.")
    lines += _said(rule, rulebook) if rule.type == "claim" else []
    lines += ["", "Finds:", "", *(f"- {_example(one)}" for one in rule.matches)]
    lines += ["", "Leaves alone:", "", *(f"- {_example(one)}" for one in rule.ignores)]
    if rule.citations:
        lines += ["", "Sources:", "", *(f"- {_cited(one)}" for one in rule.citations)]
    return "\n".join(lines) + "\n"


def _said(rule: RuleInfo, rulebook: Rulebook) -> list[str]:
    """What policies say to a writer of such a claim: in full the first, of the others where it stands."""
    found = [
        (name, entry)
        for name in sorted(rulebook.policies, key=lambda name: (name != "caveats", name))
        for entry in rulebook.policies[name]["entries"]
        if speaks_of(entry, rule, rulebook)
    ]
    if not found:
        return []
    _, first = found[0]
    lines = ["", f"> {_flat(first['message'])}"] if first["message"] else []
    lines += ["", f"What helps: {_flat(first['suggestion'])}"] if first["suggestion"] else []
    links = ", ".join(f"[{name}: {one['id']}](policies.md#{name}-{one['id']})" for name, one in found)
    return [*lines, "", f"Policies: {links}"]


def speaks_of(entry: dict[str, Any], rule: RuleInfo, rulebook: Rulebook) -> bool:
    """Whether an entry of a policy may decide for claims that a rule finds."""
    if rule.kind not in entry["kinds"]:
        return False
    if entry["rules"]:
        return any(fnmatchcase(rule.id, glob) for glob in entry["rules"])
    targets = next(one["targets"] for one in rulebook.claims if one["id"] == rule.id)
    fits = not entry["targets"] or not targets or not set(targets).isdisjoint(entry["targets"])
    return rule.id not in rulebook.bare and fits


def _policy(rulebook: Rulebook, name: str) -> str:
    policy = rulebook.policies[name]
    reviewed = f" Reviewed on {policy['reviewed']}." if policy["reviewed"] else ""
    lines = [f"\n## {name}\n", f"{policy['title']}.{reviewed}\n"]
    lines.append("The first entry that fits a kind of claim decides for it.")
    for entry in policy["entries"]:
        lines += [f"\n### {name}: {entry['id']}\n", f"{', '.join(entry['kinds'])}; {_flat(entry_line(entry))}."]
        lines += [f"\n> {_flat(entry['message'])}"] if entry["message"] else []
        lines += [f"\nWhat helps: {_flat(entry['suggestion'])}"] if entry["suggestion"] else []
        lines += [f"\nInstead: {_flat(entry['rewrite'])}"] if entry["rewrite"] else []
        lines += (
            [f"\nSources: {', '.join(f'[{one}](#{name}-sources)' for one in entry['cites'])}"] if entry["cites"] else []
        )
    lines.append(f'\n### <a id="{name}-sources"></a>{name}: sources\n')
    ids = dict.fromkeys(cite for entry in policy["entries"] for cite in entry["cites"])
    lines += [f"- `{one.id}`: {_cited(one)}" for one in rulebook.cited(tuple(ids))]
    return "\n".join(lines) + "\n"


def _about(entry: dict[str, Any]) -> str:
    about = f"about {listed(entry['subjects'])}" if entry["subjects"] else "about anything"
    about += "".join(f", {word} {listed(entry[key])}" for key, word in _CONDITIONS if entry[key])
    if entry["grounded"] is not None:
        about += ", where an effect is named" if entry["grounded"] else ", where no effect is named"
    if "prescription" in entry["facts"]:
        about += ", where prescription products are offered"
    days = (("from", entry["since"]), ("until", entry["until"]))
    return about + "".join(f", {word} {day}" for word, day in days if day)


def _asks(entry: dict[str, Any]) -> str:
    if entry["prohibited"]:
        asks = "ruled out, whatever stands beside it"
    elif entry["note"]:
        asks = "noted"
    else:
        required = [_need(need) for need in entry["needs"] if not need["advised"]]
        advised = [_need(need) for need in entry["needs"] if need["advised"]]
        parts = [f"has to say {'; '.join(required)}"] if required else []
        parts += [f"had better say {'; '.join(advised)}"] if advised else []
        asks = "; ".join(parts) or "nothing"
    return f"{asks}; at most a {entry['severity']}" if entry["severity"] else asks


def _need(need: dict[str, Any]) -> str:
    options = [option.partition("@") for option in need["any"]]
    return " or ".join(f"{asked(kind.partition('/')[0])} ({NEARNESS[Scope(scope)]})" for kind, _, scope in options)


def _cited(one: Citation) -> str:
    name = f"[{one.title}]({one.url})" if one.url else one.title
    return f"{name} ({_SEEN[one.seen]})"


def _example(text: str) -> str:
    """An example with its underlined words in bold; its other marks are text."""
    parts = [safe(part).replace("*", "\\*").replace("#", "\\#").replace("<", "\\<") for part in _flat(text).split("__")]
    return "".join(f"**{part}**" if number % 2 else part for number, part in enumerate(parts))


def _flat(text: str) -> str:
    return " ".join(text.split())
