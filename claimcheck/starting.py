"""The files that a team begins with: a configuration with comments, a hook, a job for CI."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from claimcheck.extract.formats import FORMATS
from claimcheck.survey import Service, Survey

HOOKS = ".pre-commit-config.yaml"
MERGING = "claimcheck-baseline.jsonl merge=union"
"""The line of ``.gitattributes`` by which two branches' notes of old findings become one."""

JOBS: dict[Service, str] = {"github": ".github/workflows/claimcheck.yml", "gitlab": ".gitlab-ci.yml"}
"""Where a job for CI is written."""

_MOST_ENDINGS = 5

_GITHUB = """\
name: claimcheck
on: [pull_request, workflow_dispatch]
permissions:
  contents: read
jobs:
  claimcheck:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-python@v6
        with:
          python-version: "3.13"
      - run: pip install claimcheck-lint=={version}
      - run: claimcheck check . --format github
"""
_GITLAB = """\
claimcheck:
  image: python:3.13
  script:
    - pip install claimcheck-lint=={version}
    - >-
      claimcheck check --format text --format gitlab:gl-code-quality-report.json
      --format junit:claimcheck-junit.xml .
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
      junit: claimcheck-junit.xml
"""
_HOOK = """\
  - repo: local
    hooks:
      - id: claimcheck
        name: claimcheck
        language: python
        additional_dependencies: ["claimcheck-lint=={version}"]
        entry: claimcheck check --force-exclude
        args: ["--"]
        types: [file]
        files: {files}
        require_serial: true
        verbose: true
"""
_TAIL = """\

# What is known beside the copy; the lines are examples.
# facts:
#   subject: cosmetic                        # or procedure, device and so on, where the copy does not say so
#   practitioner: Dr A. Example, GMC 0000000

# Less or more weight for some rules, or none; 'claimcheck rules' lists them.
# severity:
#   superlative/*: note
#   sun/*: "off"
"""


def configuration(found: Survey, said: Sequence[tuple[str, str]], version: str) -> str:
    """
    A configuration, with comments.

    Args:
        found: What the repository tells.
        said: ``(kind of qualifier, path)`` that stand in footers.
        version: Of the running program.
    """
    lines = [
        "# What claimcheck goes by here: 'claimcheck config' says what applies, 'claimcheck config --keys' what can be",
        f"# said. {_summary(found)}",
        "",
        "# caveats asks what a careful reader needs to know, whatever the market; us, ca, uk, eu and au ask what is",
        "# asked there. Several can be named.",
        f"policies: [{found.policy or 'caveats'}]",
    ]
    if found.markets:
        lines += ["", "# Copy for one market is judged by the policy of that market.", "paths:"]
        for pattern, policy in found.markets:
            lines += [f"  - match: [{json.dumps(pattern, ensure_ascii=False)}]", f"    policies: [{policy}]"]
    if found.built:
        lines += ["", "# What nobody writes by hand.", f"exclude: {json.dumps(list(found.built))}"]
    if said:
        lines += [
            "",
            "# Said in the footer. If that stands on every page, take the '#' away: what it says is not missing then",
            "# but too far away, which is a warning instead of an error.",
            "# provided:",
        ]
        for kind, path in said:
            lines += [f"#   - kind: {kind}", f"#     where: {json.dumps(path, ensure_ascii=False)}"]
    return "\n".join(lines) + "\n" + _TAIL + f'\nrequired-version: ">={version}"\n'


def hook(version: str, *, whole: bool) -> str:
    """
    An entry for pre-commit.

    Args:
        whole: Whether it is a file of its own, or an entry below the ``repos:`` of one.
    """
    # Double quotes would take each backslash for an escape.
    files = f"'{_files()}'"
    return ("repos:\n" if whole else "") + _HOOK.format(version=version, files=files)


def job(service: Service, version: str) -> str:
    """A job for CI."""
    return (_GITLAB if service == "gitlab" else _GITHUB).format(version=version)


def _files() -> str:
    """The files that folders are searched for, as a pattern of pre-commit."""
    endings = sorted(ending.removeprefix(".") for one in FORMATS if one.walked for ending in one.suffixes)
    return rf"(?i)\.({'|'.join(map(re.escape, endings))})$"


def _summary(found: Survey) -> str:
    files = ", ".join(f"{count} {ending}" for ending, count in found.files[:_MOST_ENDINGS])
    more = " and others" if len(found.files) > _MOST_ENDINGS else ""
    by = f"; built by {' and '.join(found.tools)}" if found.tools else ""
    return f"Found here: {files or 'no file to check'}{more}{by}."
