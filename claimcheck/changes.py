"""
What a change has made of a site: claims on changed lines, and old claims that a change has left without their caveat.

A filter by lines alone would miss the second kind, which is the worse one: nobody looks at a sentence that nobody
touched. So every changed file is checked as it was, too, and a finding that was there before and no milder is old.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from claimcheck.errors import UsageError
from claimcheck.model import FileResult, Finding, Severity, Spot

_HUNK = re.compile(rb"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Change:
    """
    What happened to a file.

    Args:
        former: What it was called before, from the top of the repository; ``None`` for a new file.
        lines: Its changed lines, counted from 1.
    """

    former: str | None
    lines: tuple[range, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """
    How a working tree differs from a commit.

    Args:
        top: Its folder.
        commit: What it is compared with.
        files: By real path; what is not among them has not changed.
    """

    top: str
    commit: str
    files: Mapping[str, Change]

    def former(self, name: str) -> bytes:
        """What a file held; ``name`` counts from the top of the repository."""
        return _git(self.top, "cat-file", "blob", f"{self.commit}:{name}", what=name)


def changes_since(revision: str, folder: str = ".") -> Changes:
    """
    The files of the working tree that differ from a revision, new ones included.

    Args:
        revision: As git takes it, such as ``origin/main``.
        folder: Somewhere in the working tree.

    Raises:
        UsageError: If there is no git, no repository or no such revision.
    """
    top = os.fsdecode(_git(folder, "rev-parse", "--show-toplevel")).rstrip("\n")
    # What begins with a hyphen would be an option to git.
    named = f"{revision}^{{commit}}"
    commit = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", named, what=revision)
    since = commit.decode("ascii").strip()
    found: dict[str, Change] = {}
    told = iter(_git(top, "diff", "-z", "--name-status", "-M", "--no-ext-diff", since, "--").split(b"\0"))
    for status in told:
        if not status:
            continue
        former = path = os.fsdecode(next(told))
        if status[:1] in b"RC":
            path = os.fsdecode(next(told))
        if status[:1] == b"A":
            found[_real(top, path)] = Change(None)
        elif status[:1] != b"D":
            found[_real(top, path)] = Change(former, _changed_lines(top, since, former, path))
    for name in _git(top, "ls-files", "-z", "--others", "--exclude-standard").split(b"\0"):
        if name:
            found[_real(top, os.fsdecode(name))] = Change(None)
    return Changes(top, since, found)


def only_new(
    results: Sequence[FileResult], changes: Changes, check: Callable[[bytes, str], FileResult]
) -> list[FileResult]:
    """
    What a change has brought.

    Args:
        results: Of changed files.
        check: Checks the former content of a file, under the name that it has now.
    """
    left: list[FileResult] = []
    for result in results:
        change = changes.files.get(os.path.realpath(result.path))
        if change is None or change.former is None or not result.findings:
            left.append(result)
            continue
        old = Counter(map(_verdict, check(changes.former(change.former), result.path).findings))
        left.append(result.limited_to([one for one in result.findings if _is_new(one, change, old)]))
    return left


_Verdict: TypeAlias = tuple[str, Severity, tuple[str, ...], tuple[str, ...]]


def _verdict(finding: Finding) -> _Verdict:
    far = tuple(sorted({one.kind for one in finding.too_far}))
    return finding.words, finding.severity, tuple(sorted(finding.missing)), far


def _is_new(finding: Finding, change: Change, old: Counter[_Verdict]) -> bool:
    verdict = _verdict(finding)
    known = old[verdict] > 0
    old[verdict] -= 1
    return not known or any(_touched(spot, change) for spot in (finding.spot, *finding.also_at))


def _touched(spot: Spot, change: Change) -> bool:
    return any(lines.start <= spot.end.line and spot.start.line < lines.stop for lines in change.lines)


def _changed_lines(top: str, since: str, former: str, path: str) -> tuple[range, ...]:
    """The lines of a file that are new or other than they were; none for what git takes for no text."""
    # Attributes may ask for a filter or for another program: what stands in the file is what counts.
    shown = _git(top, "diff", "-U0", "--no-color", "--no-ext-diff", "--no-textconv", "-M", since, "--", former, path)
    starts = [(int(found[1]), int(found[2] or b"1")) for found in _HUNK.finditer(shown)]
    return tuple(range(first, first + count) for first, count in starts)


def _git(folder: str, *arguments: str, what: str = "") -> bytes:
    command = ["git", "-C", folder, "--no-optional-locks", "--literal-pathspecs", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=_SECONDS)  # noqa: S603  # git itself
    except FileNotFoundError:
        raise UsageError("git is not there", fix="Install it, or leave --changed-since out.") from None
    except subprocess.TimeoutExpired:
        raise UsageError("git takes too long", fix="Try again, or leave --changed-since out.") from None
    if done.returncode == 0:
        return done.stdout
    if what:
        raise UsageError(f"git knows no '{what}'", fix="Name a branch, tag or commit; a shallow clone has few.")
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    why = said[0].removeprefix("fatal: ") if said else "it failed"
    raise UsageError(f"git cannot tell what changed: {why}", fix="Run claimcheck inside a git repository.")


def _real(top: str, path: str) -> str:
    return os.path.realpath(os.path.join(top, path))
