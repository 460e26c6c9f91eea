"""Words that several reports share, and how copy is shown without doing harm to a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from claimcheck.model import FileResult, Finding, Report, Severity, Spot

ASKS = {
    "variability": "that results vary",
    "consultation": "whom to ask first",
    "professional": "who performs it",
    "appearance": "that it is the look that changes",
    "hedge": "how sure it is",
    "substantiation": "what the evidence is",
    "study-basis": "which study the number comes from",
    "suitability": "whom it does not suit",
    "risk": "what can go wrong",
    "course": "how many sessions it takes",
    "temporary": "that it does not last",
    "comparison-basis": "what was compared with what",
    "typical-results": "what most people can expect",
    "material-connection": "how those who praise it are connected",
    "licence": "under which licence",
    "time-and-use": "after how much use",
}
"""What each kind of qualifier says, to follow "nothing says …"."""

_COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
MOST_QUOTED = 100


def place(spot: Spot) -> str:
    """``path:line:column``."""
    return f"{safe(spot.path)}:{spot.start.line}:{spot.start.column}"


def quoted(text: str) -> str:
    """Copy between quotation marks, on one line and not too long."""
    flat = safe(" ".join(text.split()))
    return f"“{flat if len(flat) <= MOST_QUOTED else flat[: MOST_QUOTED - 1] + '…'}”"


def safe(text: str) -> str:
    """Text that cannot move a cursor, change a colour or turn the direction of writing: such characters are spelt out."""
    if text.isprintable() and text.isascii():
        return text
    return "".join(c if _harmless(c) else f"\\u{{{ord(c):x}}}" for c in text)


def _harmless(character: str) -> bool:
    return character == " " or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp", "Cn")


def listed(kinds: Sequence[str]) -> str:
    """What kinds of qualifiers say, joined: "who performs it, that results vary or whom to ask first"."""
    words = [ASKS.get(kind, kind) for kind in kinds]
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]


def counted(number: int, noun: str) -> str:
    """``1 claim``, ``2 claims``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


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
    return counts


def checked(report: Report) -> int:
    """How many files were checked."""
    return sum(not result.skipped and not result.failures for result in report.results)


def summary(report: Report) -> str:
    """The last line: sections first, then findings; empty when nothing was found."""
    counts = totals(report)
    sections = {(r.path, f.section) for r in report.results for f in r.findings}
    files = {path for path, _ in sections}
    if not sections:
        return ""
    found = ", ".join(counted(counts[s.value], s.value) for s in Severity if counts[s.value])
    return f"{counted(len(sections), 'section')} in {counted(len(files), 'file')}: {found}; {counted(counts['claims'], 'claim')} in all\n"


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
    lines = []
    for spot, one in result.dismissed:
        cue = f" ({quoted(one.cue)})" if one.cue else ""
        lines.append(f"{place(spot)}: dismissed {quoted(one.claim.text)}: {one.rule}{cue}\n")
    return "".join(lines)


def lacks(finding: Finding) -> str:
    """What is missing or too far, in words, to follow the message."""
    parts = []
    if finding.missing:
        parts.append(f"nothing says {listed(finding.missing)}")
    for witness in finding.too_far:
        parts.append(f"{quoted(witness.text)} on line {witness.spot.start.line} is too far away")
    return "; ".join(parts)
