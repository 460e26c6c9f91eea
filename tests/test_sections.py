"""Several markets in one run: every file is judged by what holds for it, and by nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from claimcheck.api import render
from claimcheck.config import PathSection
from claimcheck.engine.linter import Linter
from claimcheck.errors import UsageError
from claimcheck.filecheck import check_data
from claimcheck.model import Facts, Provided, Report
from claimcheck.options import Options, check_options, options_for
from claimcheck.runner import run

ON = Options(on="2026-11-22")
PEEL = "A peel in our clinic reduces acne scars.\n"
SECTIONS = (
    PathSection(("en-gb/",), policies=("uk",), subject="procedure", ignore=("sun/*",)),
    PathSection(("au/",), policies=("au",), select=("efficacy/*",), severity=(("efficacy/*", "note"),)),
    PathSection(("en-gb/shop/",), subject="cosmetic", facts=Facts(practitioner="Dr B"), ignore=("proof/*",)),
)
FOOTER = Provided("variability", "the footer", ("en-gb/",))


@pytest.mark.parametrize(
    ("path", "changes"),
    [
        ("a.md", {}),
        (
            "en-gb/a.md",
            {
                "policies": ("uk",),
                "default_subject": "procedure",
                "ignore": ("safety/*", "sun/*"),
                "facts": Facts(practitioner="Dr A", provided=(Provided("variability", "the footer"),)),
            },
        ),
        (
            "au/a.md",
            {
                "policies": ("au",),
                "select": ("efficacy/*",),
                "severity": (("efficacy/*", "note"),),
            },
        ),
        (
            "en-gb/shop/a.md",
            {
                "policies": ("uk",),
                "default_subject": "cosmetic",
                "ignore": ("safety/*", "sun/*", "proof/*"),
                "facts": Facts(practitioner="Dr B", provided=(Provided("variability", "the footer"),)),
            },
        ),
    ],
)
def test_of_sections_that_match_the_last_counts_and_what_is_added_comes_to_it(
    path: str, changes: dict[str, object]
) -> None:
    asked = replace(ON, facts=Facts(practitioner="Dr A"), ignore=("safety/*",))

    effective = options_for(path, replace(asked, sections=SECTIONS, provided=(FOOTER,)))

    assert effective == replace(asked, **changes)  # type: ignore[arg-type]  # mypy does not see through **


def test_a_report_names_the_policies_that_files_were_judged_by_and_each_file_by_its_own(
    linter: Linter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = _checked(linter, tmp_path, monkeypatch, replace(ON, sections=SECTIONS))

    assert (report.policies, _verdicts(report)) == (
        ("caveats", "uk", "au"),
        [
            ("a.md", "caveats", "efficacy/scars", "error"),
            ("au/a.md", "au", "efficacy/scars", "note"),
            ("en-gb/a.md", "uk", "efficacy/scars", "error"),
        ],
    )


def test_a_policy_that_judged_no_file_is_not_named(
    linter: Linter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = _checked(linter, tmp_path, monkeypatch, replace(ON, sections=SECTIONS), "en-gb")

    assert report.policies == ("uk",)


@pytest.mark.parametrize(
    ("severity", "verdicts"),
    [
        ((("efficacy/*", "warning"),), [("a.md", "caveats", "efficacy/scars", "warning")]),
        ((("efficacy/*", "off"),), []),
        ((("efficacy/*", "off"), ("*", "note")), [("a.md", "caveats", "efficacy/scars", "note")]),
        ((("proof/*", "off"),), [("a.md", "caveats", "efficacy/scars", "error")]),
    ],
)
def test_the_last_severity_that_fits_a_rule_counts(
    severity: tuple[tuple[str, str], ...], verdicts: list[tuple[str, ...]], linter: Linter
) -> None:
    result = check_data(PEEL.encode(), "a.md", linter, replace(ON, severity=severity))

    found = [(one.spot.path, one.policy, one.rule, one.severity.value) for one in result.findings]
    assert (found, len(result.remedies)) == (verdicts, len(verdicts))


@pytest.mark.parametrize(
    ("options", "front", "subject"),
    [
        (ON, "", "procedure"),
        (replace(ON, default_subject="device"), "", "device"),
        (replace(ON, default_subject="device"), "---\nclaimcheck:\n  subject: cosmetic\n---\n", "cosmetic"),
        (replace(ON, subject="device"), "---\nclaimcheck:\n  subject: cosmetic\n---\n", "device"),
    ],
)
def test_the_command_line_comes_first_then_the_page_then_the_configuration(
    options: Options, front: str, subject: str, linter: Linter
) -> None:
    result = check_data((front + PEEL).encode(), "a.md", linter, options)

    assert [one.claim.subject for one in result.claims] == [subject]


@pytest.mark.parametrize("front", ["", "---\nclaimcheck:\n  subject: cosmetic\n---\n"], ids=["bare", "with facts"])
def test_what_a_template_adds_is_told_as_too_far_away(
    front: str, linter: Linter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(f"{front}# Gel\n\nOur gel is a skin savior.\n", encoding="utf-8")

    report = run(["a.md"], linter, replace(ON, provided=(Provided("variability", "footer partial"),)))

    (finding,) = json.loads(render(report, "json"))["findings"]
    line = 4 + front.count("\n") - 1
    assert ({key: finding[key] for key in ("severity", "missing", "too_far", "provided")}, render(report)) == (
        {
            "severity": "warning",
            "missing": [],
            "too_far": [],
            "provided": [{"kind": "variability", "where": "footer partial"}],
        },
        (
            "a.md, section “Gel”\n"
            "  warning: 1 claim: what the site adds to the page (footer partial) says that results vary, "
            "but too far away\n"
            "    fix: Add “Individual results may vary.”\n"
            f"    a.md:{line}:14: “skin savior” superlative/savior\n\n"
            "1 section in 1 file: 1 warning; 1 claim in all\n"
        ),
    )


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (
            Options(sections=(PathSection(("a/",), policies=("caveat",)),)),
            "no policy 'caveat'\n  fix: Did you mean 'caveats'?",
        ),
        (
            Options(sections=(PathSection(("a/",), subject="cosmetics"),)),
            "no subject 'cosmetics'\n  fix: Did you mean 'cosmetic'?",
        ),
        (
            Options(sections=(PathSection(("a/",), severity=(("sum/*", "off"),)),)),
            "no rule for claims is called 'sum/*'\n  fix: Did you mean 'sun/*'?",
        ),
        (
            Options(sections=(PathSection(("[z-a].md",)),)),
            "'[z-a].md' is no pattern\n  fix: Write a pattern as in .gitignore, such as 'drafts/'.",
        ),
        (
            Options(provided=(Provided("variabilty", "the footer"),)),
            "no kind of qualifier 'variabilty'\n  fix: Did you mean 'variability'?",
        ),
        (
            Options(severity=(("sum/*", "off"),)),
            "no rule for claims is called 'sum/*'\n  fix: Did you mean 'sun/*'?",
        ),
    ],
    ids=["policy", "subject", "rule", "pattern", "kind", "severity"],
)
def test_what_does_not_exist_is_refused(options: Options, told: str, linter: Linter) -> None:
    with pytest.raises(UsageError) as caught:
        check_options(options, linter.rulebook)
    assert str(caught.value) == told


def test_a_result_that_another_section_would_change_is_not_taken_from_the_cache(
    linter: Linter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cached = replace(ON, cache=True, cache_dir=str(tmp_path / "cache"))
    site = tmp_path / "site"
    first = _checked(linter, site, monkeypatch, replace(cached, sections=SECTIONS))
    second = _checked(linter, site, monkeypatch, replace(cached, sections=SECTIONS[1:]))

    assert ([one[1] for one in _verdicts(first)], [one[1] for one in _verdicts(second)]) == (
        ["caveats", "au", "uk"],
        ["caveats", "au", "caveats"],
    )


def _checked(
    linter: Linter, folder: Path, monkeypatch: pytest.MonkeyPatch, options: Options, path: str = "."
) -> Report:
    for name in ("a.md", "en-gb/a.md", "au/a.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(PEEL, encoding="utf-8")
    monkeypatch.chdir(folder)
    return run([path], linter, options)


def _verdicts(report: Report) -> list[tuple[str, str, str, str]]:
    found = (finding for result in report.results for finding in result.findings)
    return [(one.spot.path, one.policy, one.rule, one.severity.value) for one in found]
