"""``claimcheck config``: what applies, and where each value comes from."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from claimcheck.configkeys import config_schema

if TYPE_CHECKING:
    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")


def test_without_a_configuration_all_is_default(claimcheck: Run) -> None:
    assert claimcheck("config") == (
        0,
        (
            "policies         caveats                                    default\n"
            "subject          auto                                       default\n"
            "select           all rules                                  default\n"
            "baseline         claimcheck-baseline.jsonl, if it is there  default\n"
            "preview          false                                      default\n"
            "require-reasons  false                                      default\n"
        ),
        "",
    )


WHOLE = """\
policies: [us]
subject: cosmetic
facts: {prescription: true, licences: [{number: DIN 1, covers: [acne, disease]}]}
paths:
  - match: [au/, nz/]
    policies: [au]
    subject: procedure
    facts: {practitioner: Dr A}
    select: [efficacy/*]
    ignore: [efficacy/hair]
    severity: {efficacy/scars: note}
provided: [{kind: variability, where: footer, paths: [au/]}]
ignore: [sun/*]
severity: {proof/*: warning}
include: ["*.inc"]
exclude: [old/]
formats: {"*.inc": html}
fragments: [parts/]
fields: {copy: [promo]}
baseline: old.jsonl
preview: true
"""


def test_of_a_run_everything_is_told_with_its_place(claimcheck: Run) -> None:
    Path("claimcheck.yaml").write_text(WHOLE, encoding="utf-8")

    code, out, err = claimcheck("config", "--format", "json", "--policy", "uk", "--ignore", "safety/*")

    told = json.loads(out)
    assert (code, err, told["schema"], told["files"], told["file"]) == (
        0,
        "",
        "claimcheck/config@1",
        ["claimcheck.yaml"],
        None,
    )
    assert [tuple(one.values()) for one in told["settings"]] == [
        ("policies", "uk", "option"),
        ("subject", "cosmetic", "claimcheck.yaml:2:10"),
        ("facts", "licence DIN 1 for acne and disease", "claimcheck.yaml:3:1"),
        ("facts", "prescription products", "claimcheck.yaml:3:1"),
        ("select", "all rules", "default"),
        ("ignore", "sun/*", "claimcheck.yaml:13:10"),
        ("ignore", "safety/*", "option"),
        ("severity", "proof/*: warning", "claimcheck.yaml:14:12"),
        (
            "paths",
            (
                "au/ and nz/: subject procedure; practitioner Dr A; select efficacy/*; ignore efficacy/hair; "
                "efficacy/scars: note"
            ),
            "claimcheck.yaml:5:13",
        ),
        ("provided", "variability by footer in au/", "claimcheck.yaml:12:19"),
        ("include", "*.inc", "claimcheck.yaml:15:11"),
        ("exclude", "old/", "claimcheck.yaml:16:11"),
        ("formats", "*.inc: html", "claimcheck.yaml:17:11"),
        ("fragments", "parts/", "claimcheck.yaml:18:13"),
        ("fields", "copy promo", "claimcheck.yaml:19:1"),
        ("baseline", "old.jsonl", "claimcheck.yaml:20:1"),
        ("preview", "true", "claimcheck.yaml:21:1"),
        ("require-reasons", "false", "default"),
    ]


def test_of_a_file_its_section_and_its_front_matter_are_told(claimcheck: Run) -> None:
    Path("claimcheck.yaml").write_text(WHOLE, encoding="utf-8")
    Path("au").mkdir()
    Path("au/a.inc").write_text("<p>Peel</p>", encoding="utf-8")
    Path("au/b.md").write_text("---\nclaimcheck:\n  subject: device\n  practitioner: Dr B\n---\n", encoding="utf-8")

    part, page = (json.loads(claimcheck("config", one, "--format", "json").out) for one in ("au/a.inc", "au/b.md"))

    assert [tuple(one.values()) for one in part["settings"]][:9] == [
        ("format", "html", "claimcheck.yaml:17:11"),
        ("fragment", "false", "name"),
        ("policies", "au", "claimcheck.yaml:6:16"),
        ("subject", "procedure", "claimcheck.yaml:7:14"),
        ("facts", "practitioner Dr A", "claimcheck.yaml:5:13"),
        ("select", "efficacy/*", "claimcheck.yaml:9:14"),
        ("ignore", "sun/*", "claimcheck.yaml:13:10"),
        ("ignore", "efficacy/hair", "claimcheck.yaml:10:14"),
        ("severity", "proof/*: warning", "claimcheck.yaml:14:12"),
    ]
    assert [tuple(one.values()) for one in page["settings"]][3:5] == [
        ("subject", "device", "page"),
        ("facts", "practitioner Dr B", "page"),
    ]


def test_what_the_page_on_configuration_shows_is_what_is_told(claimcheck: Run) -> None:
    (shown,) = re.findall(r"^```yaml\n(policies: \[caveats\]\n.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    (told,) = re.findall(
        r"^```console\n\$ claimcheck config content/au/peel.md\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE
    )
    Path("claimcheck.yaml").write_text(shown, encoding="utf-8")
    Path("content/au").mkdir(parents=True)
    Path("content/au/peel.md").touch()

    assert claimcheck("config", "content/au/peel.md").out == told


def test_the_keys_are_told_for_people_and_for_editors(claimcheck: Run) -> None:
    page, schema = claimcheck("config", "--keys").out, claimcheck("config", "--keys", "--format", "json").out

    assert (page.splitlines()[1], json.loads(schema)) == ("## Config file", config_schema())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("none.md",), "none.md: the file cannot be read: no such file or directory\n  fix: Name a file.\n"),
        (("--keys", "good.md"), "--keys says nothing of a file\n  fix: Leave one of them out.\n"),
        (("--policy", "caveat"), "no policy 'caveat'\n  fix: Did you mean 'caveats'?\n"),
    ],
)
def test_what_cannot_be_told_is_refused(arguments: tuple[str, ...], told: str, claimcheck: Run) -> None:
    assert claimcheck("config", *arguments) == (2, "", f"claimcheck: {told}")
