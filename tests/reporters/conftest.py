"""The report from which the golden files are rendered, made by hand: it holds everything that is hard to show."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest

from claimcheck.model import (
    Citation,
    Claim,
    Dismissed,
    Failure,
    FileResult,
    Finding,
    Inventoried,
    Place,
    Position,
    Qualifier,
    Remedy,
    Report,
    Role,
    RuleText,
    Run,
    Scope,
    Section,
    Segment,
    Severity,
    Spot,
    Witness,
)

GOLDEN = Path(__file__).parent / "golden"
REGENERATE = "CLAIMCHECK_REGENERATE"

PAGE = (
    "# 美容クリニック peel\n"
    "\n"
    "Ａ peel\tsmooths fine lines, \x1b[31mred\x1b[0m \u202edesrever\u202c <script>alert(1)</script>"
    " and cures acne 👩\u200d⚕️ today.\n"
    "smooths fine lines\n"
    "one two three four five six seven\n"
    "\n"
    "# <b>Caveats</b>\n"
    "\n"
    "Results vary.\n"
)


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """
    Compares a whole report with the file that holds it; with CLAIMCHECK_REGENERATE set it writes that file.

    Style sheets and scripts stand in it by name: they are files of their own.
    """
    assets = {
        one.name: one.read_text("utf-8") for one in files("claimcheck.reporters").iterdir() if _is_asset(one.name)
    }

    def compare(name: str, actual: str) -> None:
        file = GOLDEN / name
        for asset, text in assets.items():
            digest = b64encode(sha256(text.encode()).digest()).decode()
            actual = actual.replace(text, asset).replace(digest, asset)
        if os.environ.get(REGENERATE):
            file.write_text(actual, encoding="utf-8", newline="\n")
        assert actual == file.read_bytes().decode()

    return compare


def _is_asset(name: str) -> bool:
    return name.endswith((".css", ".js"))


@pytest.fixture
def report() -> Report:
    """Two checked files, one skipped and one that failed, under one policy."""
    return Report(
        version="1.2.3",
        rules_hash="0123abcd",
        on="2026-11-22",
        policies=("caveats",),
        results=(
            FileResult(path="broken.md", failures=(Failure("broken.md", "byte 7 (0xFF) is not UTF-8", 2),)),
            FileResult(path="clean.md"),
            FileResult(path="de/seite.md", skipped="its path says 'de'"),
            replace(page := _page(), rules=_rules(page)),
        ),
    )


def _rules(page: FileResult) -> tuple[RuleText, ...]:
    return tuple(
        RuleText(rule, f"says <b>{rule}</b>", "It *matters*,\nto @everyone.", preview=rule == "disease/acne")
        for rule in sorted({one.rule for one in page.findings})
    )


@pytest.fixture
def report_of_two_policies(report: Report) -> Report:
    """The same under two policies, which say the same of most claims."""
    *others, page = report.results
    strict = tuple(
        replace(one, policy="strict", fingerprint=f"s{one.fingerprint}", remedy="")
        for one in page.findings
        if not one.prohibited
    )
    both = replace(page, findings=tuple(sorted((*page.findings, *strict), key=lambda one: one.spot.start.offset)))
    return replace(report, policies=("caveats", "strict"), results=(*others, both))


@pytest.fixture
def clean_report() -> Report:
    """A run that found nothing."""
    return Report("1.2.3", "0123abcd", "2026-11-22", ("caveats",), (FileResult(path="clean.md"),))


def _page() -> FileResult:
    far = Witness("variability", _spot("Results vary"), "Results vary", Scope.DOCUMENT)
    near = Witness("hedge", _spot("today"), "today", Scope.SENTENCE)
    judgement = Citation("own", "Our own judgement", "", "judgement")
    law = Citation("law", "16 CFR 255.2", "https://example.com/255", "primary")
    findings = (
        _finding("smooths fine lines", "efficacy/wrinkles", missing=("consultation", "professional"), too_far=(far,),
                 present=(near,), also_at=(_spot("smooths fine lines", 1),), citations=(judgement, law), remedy="r1"),
        _finding("\x1b[31mred\x1b[0m \u202edesrever\u202c <script>alert(1)</script>", "superlative/savior",
                 severity=Severity.WARNING, missing=("variability",), remedy="r2"),
        _finding("cures acne", "disease/acne", prohibited=True, citations=(law,)),
        *(_finding(word, "quantified/percent", missing=("study-basis",), remedy="r3")
          for word in ("one", "two", "three", "four", "five", "six")),
        _finding("seven\n\n# <b>Caveats</b>", "natural/all", severity=Severity.NOTE),
        _finding("vary", "efficacy/skin", missing=("appearance",), section=1, remedy="r4"),
    )  # fmt: skip
    return FileResult(
        path="page\u2028one.md",
        findings=findings,
        remedies=(
            _remedy("r1", ("professional", "variability", "consultation"), findings[:1]),
            _remedy("r2", ("variability",), findings[1:2]),
            _remedy("r3", ("study-basis",), findings[3:9]),
            _remedy("r4", ("variability",), findings[10:], title="<b>Caveats</b>"),
        ),
        claims=tuple(_claim(one) for one in findings),
        qualifiers=((far.spot, Qualifier(_place(far.spot), far.text, "variability", "variability/results")),),
        dismissed=(
            (
                _spot("peel"),
                Dismissed(_claim(findings[0]).claim, "a denial before the claim", "negation/verb", "does not"),
            ),
        ),
        sections=(
            Section("美容クリニック peel", 0, _offset("# <b>")),
            Section("<b>Caveats</b>", _offset("# <b>"), len(PAGE)),
        ),
        lines=tuple((number, line) for number, line in enumerate(PAGE.splitlines()[:20], 1)),
        notices=("page.md:3: this comment is not understood",),
        copy=_copy(),
    )


def _copy() -> tuple[Segment, ...]:
    """Every line as a paragraph of its own, but for the headings."""
    segments: list[Segment] = []
    start = 0
    for line in PAGE.splitlines(keepends=True):
        heading = line.startswith("# ")
        text = line.removeprefix("# ").rstrip("\n")
        if text:
            run = Run(0, len(text), start + 2 * heading, len(text))
            role = Role.HEADING if heading else Role.PARAGRAPH
            section = int(start >= _offset("# <b>"))
            segments.append(Segment(text, (run,), role, len(segments), section, int(heading)))
        start += len(line)
    return tuple(segments)


def _finding(text: str, rule: str, **more: object) -> Finding:
    kind = rule.partition("/")[0]
    fields: dict[str, object] = {
        "policy": "caveats",
        "severity": Severity.ERROR,
        "prohibited": False,
        "also_at": (),
        "kind": kind,
        "kinds": (kind,),
        "subject": "procedure",
        "message": f"'{text}' says what it does.",
        "suggestion": f"Say something of {kind}.",
        "missing": (),
        "too_far": (),
        "present": (),
        "citations": (),
        "fingerprint": f"{_offset(text):016x}",
    }
    return Finding(rule=rule, spot=_spot(text), text=text, **(fields | more))  # type: ignore[arg-type]


def _remedy(
    name: str, kinds: tuple[str, ...], findings: tuple[Finding, ...], title: str = "美容クリニック peel"
) -> Remedy:
    said = " ".join(f"Say {kind}." for kind in kinds)
    clears = tuple(one.fingerprint for one in findings)
    return Remedy(name, "caveats", "page\u2028one.md", title, _position(0), _position(9), kinds, said, clears)


def _claim(finding: Finding) -> Inventoried:
    claim = Claim(
        _place(finding.spot), finding.text, "", finding.kinds, finding.rule, (finding.rule,), subject="procedure"
    )
    status = "prohibited" if finding.prohibited else "unqualified"
    return Inventoried(finding.spot, claim, (("caveats", status),), finding.present)


def _offset(text: str, nth: int = 0) -> int:
    offset = PAGE.index(text)
    for _ in range(nth):
        offset = PAGE.index(text, offset + 1)
    return offset


def _spot(text: str, nth: int = 0) -> Spot:
    start = _offset(text, nth)
    return Spot("page\u2028one.md", _position(start), _position(start + len(text)))


def _position(offset: int) -> Position:
    before = PAGE[:offset]
    return Position(before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1, offset)


def _place(spot: Spot) -> Place:
    return Place(0, 0, 0, 0, spot.start.offset, spot.end.offset)
