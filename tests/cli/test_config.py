"""``claimcheck config``: what applies, and where each value comes from."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from claimcheck.config import Config
from claimcheck.configkeys import config_schema
from claimcheck.knownconfig import config_at

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


IGNORING = """\
---
claimcheck:
  ignore:
    - rules: [proof/*, sun/*]
      because: it is so
---
<!-- claimcheck: ignore[efficacy/*] because of the study -->
Our peel reduces scars.

<!-- claimcheck: ignore-line -->

<!-- claimcheck: ignoring -->

<!-- claimcheck: ignore-end -->
"""
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

    assert [tuple(one.values()) for one in part["settings"]][:10] == [
        ("checked", "true", "claimcheck.yaml:15:11"),
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
    assert [tuple(one.values()) for one in page["settings"]][4:6] == [
        ("subject", "device", "page"),
        ("facts", "practitioner Dr B", "page"),
    ]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a.md", ("true", "name")),
        ("a.inc", ("true", "claimcheck.yaml:1:11")),
        ("a.inc2", ("true", "option")),
        ("old/a.md", ("only when it is named: it is excluded", "claimcheck.yaml:2:11")),
        ("new/a.md", ("only when it is named: it is excluded", "option")),
        ("packs/a.md", ("only when it is named: it is excluded", "name")),
        ("node_modules/a.md", ("only when it is named: it lies among what was installed", "name")),
        ("de/a.md", ("false: its path says 'de'", "content")),
    ],
)
def test_it_is_told_whether_a_file_would_be_checked(name: str, told: tuple[str, str], claimcheck: Run) -> None:
    Path("claimcheck.yaml").write_text('include: ["*.inc"]\nexclude: [old/]\npacks: [packs]\n', encoding="utf-8")
    Path("packs").mkdir()
    Path("packs/names.yaml").write_text("names:\n  - Scar Savior\n", encoding="utf-8")
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text("Peel\n", encoding="utf-8")

    settings = json.loads(
        claimcheck("config", name, "--include", "*.inc2", "--exclude", "new/", "--format", "json").out
    )["settings"]

    assert tuple(settings[0].values()) == ("checked", *told)


def test_what_a_page_asks_to_ignore_is_told(claimcheck: Run) -> None:
    Path("a.md").write_text(IGNORING, encoding="utf-8")

    settings = json.loads(claimcheck("config", "a.md", "--format", "json").out)["settings"]

    assert [tuple(one.values())[1:] for one in settings if one["key"] == "ignores"] == [
        ("proof/* and sun/*: it is so", "a.md:4:15"),
        ("ignore efficacy/*: of the study", "a.md:7:1"),
        ("ignore-line *", "a.md:10:1"),
        ("nothing: this comment is not understood; write: claimcheck: ignore[rule] because …", "a.md:12:1"),
    ]


def test_what_a_configuration_extends_and_is_for_is_told_with_the_baseline_in_use(claimcheck: Run) -> None:
    Path("base.yaml").write_text('required-version: ">=0.1"\n', encoding="utf-8")
    Path("claimcheck.yaml").write_text('extends: base.yaml\nrequired-version: "<9"\n', encoding="utf-8")
    Path("claimcheck-baseline.jsonl").touch()

    settings = json.loads(claimcheck("config", "--format", "json").out)["settings"]

    assert [tuple(one.values()) for one in settings if one["key"] in {"extends", "required-version", "baseline"}] == [
        ("extends", "base.yaml", "claimcheck.yaml:1:10"),
        ("required-version", ">=0.1", "base.yaml:1:19"),
        ("required-version", "<9", "claimcheck.yaml:2:19"),
        ("baseline", "claimcheck-baseline.jsonl", "default"),
    ]


def test_a_caveat_that_is_none_is_refused_with_its_place(claimcheck: Run) -> None:
    Path("claimcheck.yaml").write_text("caveats:\n  variability: We open at nine.\n", encoding="utf-8")

    code, out, err = claimcheck("config")

    assert (code, out, err.splitlines()[0]) == (
        2,
        "",
        ("claimcheck: claimcheck.yaml:2:16: 'We open at nine.' is not understood as a caveat of the kind variability"),
    )


def test_what_the_page_on_configuration_shows_is_what_is_told(claimcheck: Run) -> None:
    (shown,) = re.findall(r"^```yaml\n(policies: \[caveats\]\n.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    (told,) = re.findall(
        r"^```console\n\$ claimcheck config content/au/peel.md\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE
    )
    Path("claimcheck.yaml").write_text(shown, encoding="utf-8")
    Path("content/au").mkdir(parents=True)
    Path("content/au/peel.md").touch()

    assert claimcheck("config", "content/au/peel.md").out == told


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "good.md"),
        ("check", "good.md", "--fix"),
        ("check", "good.md", "--fix-suppressions"),
        ("baseline", "good.md"),
        ("config", "good.md"),
        ("formats", "good.md"),
    ],
)
def test_a_configuration_is_read_once(
    arguments: tuple[str, ...], claimcheck: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("claimcheck.yaml").write_text("policies: [uk]\n", encoding="utf-8")
    Path("claimcheck-baseline.jsonl").touch()
    read: list[str] = []

    def counting(path: str, version: str, **settings: Any) -> Config:
        read.append(path)
        return config_at(path, version, **settings)

    monkeypatch.setattr("claimcheck.knownconfig.config_at", counting)
    claimcheck(*arguments)

    assert read == ["claimcheck.yaml"]


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


def test_a_configuration_that_is_known_goes_to_other_processes_as_one_that_was_read(
    claimcheck: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    Path("claimcheck.yaml").write_text("policies: [us]\n", encoding="utf-8")
    # What is written at this moment is not kept.
    os.utime("claimcheck.yaml", (0, 0))
    kept = ("--cache-dir", str(tmp_path_factory.mktemp("kept")), "--jobs", "2", "--format", "concise")

    read = claimcheck("check", "bad.md", *kept)
    Path("bad.md").write_text(f"{Path('bad.md').read_text(encoding='utf-8')}\n", encoding="utf-8")
    known = claimcheck("check", "bad.md", *kept)

    assert (known, read.code) == (read, 1)
