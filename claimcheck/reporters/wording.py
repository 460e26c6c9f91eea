"""Words that several reports share, and how copy is shown without doing harm to a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from claimcheck.model import FileResult, Finding, Remedy, Report, Scope, Severity, Spot, Witness

ASKS = {
    "professional": "who performs it",
    "variability": "that results vary",
    "consultation": "whom to ask first",
    "appearance": "that it is about looks",
    "substantiation": "what the evidence is",
    "study-basis": "which study it rests on",
    "comparison-basis": "what was compared with what",
    "typical-results": "what most people can expect",
    "risk": "what can go wrong",
    "suitability": "whom it does not suit",
    "material-connection": "how those who praise it are connected to the seller",
    "hedge": "how sure it is",
    "course": "how many sessions it takes",
    "temporary": "that it does not last",
    "licence": "under which licence",
    "time-and-use": "after how much use",
}
"""What each kind of qualifier says, to follow "nothing says …"; in the order in which they are listed."""

_ASKS_OF_NUMBERS = {"study-basis": "which study the number comes from"}

NEARNESS = {
    Scope.CLAIM: "in the claim itself",
    Scope.SENTENCE: "in the same sentence",
    Scope.BLOCK: "in the same paragraph",
    Scope.SECTION: "in the same section",
    Scope.DOCUMENT: "elsewhere in the document",
}

_COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
_RANK = {kind: number for number, kind in enumerate(ASKS)}
# Spaces, soft hyphens and the joiners of which emoji are made.
_HARMLESS = frozenset("\u00a0\u00ad\u2002\u2003\u2007\u2009\u200a\u200c\u200d\u202f\u3000")
MOST_QUOTED = 100

MOST_REMEDIES = 10
"""How many are listed on top of a report; each also stands beside its section or its claims."""


def place(spot: Spot) -> str:
    """``path:line:column``, and the page if there are any."""
    return f"{address(spot)}, page {spot.start.page}" if spot.start.page else address(spot)


def address(spot: Spot) -> str:
    """``path:line:column``, which programs take apart."""
    return f"{safe(spot.path)}:{spot.start.line}:{spot.start.column}"


def span(spot: Spot) -> tuple[int, int]:
    """Offset of the first character, and of the one past the last."""
    return spot.start.offset, spot.end.offset


def quoted(text: str) -> str:
    """Copy between quotation marks, on one line and not too long."""
    flat = " ".join(text.split())
    return f"“{safe(flat if len(flat) <= MOST_QUOTED else flat[: MOST_QUOTED - 1] + '…')}”"


def flat(text: str) -> str:
    """Text on one line."""
    return safe(" ".join(text.split()))


def safe(text: str) -> str:
    """Text that cannot move a cursor, change a colour or turn the direction of writing: all such is spelt out."""
    if text.isascii() and text.isprintable():
        return text
    # Python calls printable what is no control, format, private or unassigned character and no space but U+0020.
    return "".join(c if c.isprintable() or c in _HARMLESS else f"\\u{{{ord(c):x}}}" for c in text)


def in_order(kinds: Iterable[str]) -> tuple[str, ...]:
    """Kinds of qualifiers, each once, in the order in which they are listed."""
    return tuple(sorted(dict.fromkeys(kinds), key=lambda kind: (_RANK.get(kind, len(_RANK)), kind)))


def asked(kind: str, findings: Iterable[Finding] = ()) -> str:
    """What a kind of qualifier says: "that results vary"; of claims that all give a number, where that comes from."""
    numbers = [_gives_a_number(one) for one in findings]
    if kind in _ASKS_OF_NUMBERS and numbers and all(numbers):
        return _ASKS_OF_NUMBERS[kind]
    return ASKS[kind]


def _gives_a_number(finding: Finding) -> bool:
    return "quantified" in finding.kinds or any(map(str.isdigit, finding.text))


def listed(words: Sequence[str], join: str = "or") -> str:
    """Words joined: "a", "a or b", "a, b or c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {join} {words[-1]}"


def lines(spots: Iterable[Spot], most: int = 3) -> str:
    """The lines that spots stand on, or the pages: "line 3", "pages 3 and 9", "lines 3, 9, 12 and more"."""
    starts = [spot.start for spot in spots]
    noun = "page" if any(start.page for start in starts) else "line"
    numbers = sorted({start.page if noun == "page" else start.line for start in starts})
    named = [str(number) for number in numbers[:most]] + (["more"] if len(numbers) > most else [])
    return f"{noun} {named[0]}" if len(named) == 1 else f"{noun}s {listed(named, 'and')}"


def counted(number: int, noun: str) -> str:
    """``1 claim``, ``2 claims``, ``2 policies``."""
    many = noun[:-1] + "ies" if noun.endswith("cy") else noun + "s"
    return f"{number} {noun if number == 1 else many}"


def colored(severity: Severity, text: str, *, color: bool) -> str:
    """The text in the colour of a severity."""
    return f"\x1b[{_COLORS[severity]}m{text}\x1b[0m" if color else text


def totals(report: Report) -> dict[str, int]:
    """Counts of findings by severity, of claims and of dismissed claims."""
    counts = {severity.value: 0 for severity in Severity}
    for result in report.results:
        for finding in result.findings:
            counts[finding.severity.value] += 1
    counts["claims"] = sum(len(result.claims) for result in report.results)
    counts["dismissed"] = sum(len(result.dismissed) for result in report.results)
    if report.accepted:
        counts["accepted"] = report.accepted
    if suppressed := sum(result.suppressed for result in report.results):
        counts["suppressed"] = suppressed
    return counts


def severities(counts: Mapping[str, int]) -> list[str]:
    """Of counts such as ``totals`` gives, those of findings, worst first: "2 errors", "1 warning"."""
    return [counted(counts[one.value], one.value) for one in Severity if counts[one.value]]


def checked(report: Report) -> int:
    """How many files were checked."""
    return sum(not result.skipped and not result.failures for result in report.results)


def summary(report: Report) -> str:
    """The last line: sections first, then findings, then what was not checked; empty when nothing was found."""
    counts = totals(report)
    sections = {(result.path, finding.section) for result in report.results for finding in result.findings}
    if not sections:
        return ""
    where = f"{counted(len(sections), 'section')} in {counted(len({path for path, _ in sections}), 'file')}"
    found = ", ".join(severities(counts))
    old = f"; {report.accepted} more in the baseline" if report.accepted else ""
    ignored = f"; {counts['suppressed']} more ignored" if "suppressed" in counts else ""
    return f"{where}: {found}; {counted(counts['claims'], 'claim')} in all{old}{ignored}{_unchecked(report)}\n"


def outcome(report: Report) -> str:
    """What a run came to, in one line, for people who wait for it."""
    found = sum(len(result.findings) for result in report.results)
    what = counted(found, "finding") if found else "nothing found"
    return f"{what} in {counted(checked(report), 'file')}{_unchecked(report)}"


def statistics(report: Report) -> str:
    """Findings by rule, most first."""
    counts: dict[str, int] = {}
    for result in report.results:
        for finding in result.findings:
            counts[finding.rule] = counts.get(finding.rule, 0) + 1
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return "".join(f"{count:6}  {rule}\n" for rule, count in rows)


def dismissals(result: FileResult) -> str:
    """The dismissed claims of a file, one a line."""
    shown = []
    for spot, one in result.dismissed:
        cue = f": {quoted(one.cue)}" if one.cue else ""
        why = flat(one.reason) or one.rule
        shown.append(f"{place(spot)}: no claim: {quoted(one.claim.text)}, because of {why}{cue} ({one.rule})\n")
    return "".join(shown)


def lacks(finding: Finding) -> str:
    """What is missing or too far away, to follow the message."""
    parts = []
    if finding.missing:
        parts.append(f"nothing says {listed([asked(kind, [finding]) for kind in in_order(finding.missing)])}")
    parts += [f"{quoted(one.text)} on {lines([one.spot])} is too far away" for one in finding.too_far]
    parts += [f"{added(one.where)} says {asked(one.kind, [finding])}, but too far away" for one in finding.provided]
    return "; ".join(parts)


def told(finding: Finding) -> list[str]:
    """What there is to say of a finding, line by line: its message, what it lacks, and what is suggested."""
    return [line for line in (flat(finding.message), lacks(finding), flat(finding.suggestion)) if line]


def distance(far: Witness, finding: Finding) -> str:
    """How a qualifier stands too far away."""
    return f"{asked(far.kind, [finding])} is said {NEARNESS[far.scope]} only"


def lacking(finding: Finding) -> tuple[str, ...]:
    """Kinds of qualifiers that are missing, or too far away."""
    far = (*(one.kind for one in finding.too_far), *(one.kind for one in finding.provided))
    return (*finding.missing, *finding.beside, *far)


def helps(finding: Finding, remedy: Remedy | None) -> tuple[str, ...]:
    """What clears a finding: the edit that does, if there is one, then what the policy suggests if that differs."""
    suggested = (finding.suggestion,) if finding.suggestion else ()
    if remedy is None:
        return suggested
    clears = f" (clears {counted(len(remedy.clears), 'finding')})" if len(remedy.clears) > 1 else ""
    is_same = set(lacking(finding)).issuperset(remedy.kinds) or finding.suggestion == remedy.suggestion
    return (f"{remedy.suggestion}{clears}", *(() if is_same else suggested))


def gain(remedy: Remedy) -> tuple[int, str, int]:
    """By what remedies are sorted: those that clear most first."""
    return -len(remedy.clears), remedy.path, remedy.start.offset


def added(where: str) -> str:
    """What a template adds to a page, to be followed by what it says."""
    return f"what the site adds to the page ({flat(where)})"


def made_by(report: Report) -> str:
    """Who made a report, for whoever wants to know later: version, rules, policies, day."""
    policies = f"{'policy' if len(report.policies) == 1 else 'policies'} {', '.join(report.policies)}"
    return f"claimcheck {report.version}, rules {report.rules_hash}, {policies}, {report.on}"


def _unchecked(report: Report) -> str:
    skipped = sum(bool(result.skipped) for result in report.results)
    failed = sum(bool(result.failures) for result in report.results)
    return (f"; {counted(skipped, 'file')} skipped" if skipped else "") + (f"; {failed} not checked" if failed else "")
