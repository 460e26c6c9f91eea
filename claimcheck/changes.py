"""
What a change has made of a site: claims on changed lines, and old claims that a change has left without their caveat.

A filter by lines alone would miss the second kind, which is the worse one: nobody looks at a sentence that nobody
touched. So every changed file is checked as it was, too, and a finding that was there before and no milder is old.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from claimcheck.baseline import Standing, standing_of
from claimcheck.errors import UsageError
from claimcheck.model import FileResult, Finding, Spot

_HUNK = re.compile(rb"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_FILE = re.compile(rb"^diff --git ", re.MULTILINE)
_NAMED = re.compile(rb"^\+\+\+ (?:b/(.*?)\t?|\"b/(.*)\")$", re.MULTILINE)
_SYMLINK = b"120000"
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Change:
    """
    What happened to a file.

    Args:
        top: Folder of the working tree that it is in.
        former: Git's name for what it held before; ``None`` for a new file.
        lines: Its changed lines, counted from 1.
    """

    top: str
    former: str | None = None
    lines: tuple[range, ...] = ()


def changes_since(revision: str, folders: Iterable[str] = (".",)) -> dict[str, Change]:
    """
    The files that differ from a revision, new ones included, by their real paths.

    Args:
        revision: As git takes it, such as ``origin/main``; every repository is asked for its own.
        folders: Somewhere in each of the working trees.

    Raises:
        UsageError: If there is no git, a folder is in no repository, or a repository has no such revision.
    """
    found: dict[str, Change] = {}
    for top in dict.fromkeys(map(_top, folders)):
        found |= _changes(top, revision)
    return found


def repositories(files: Iterable[str]) -> list[str]:
    """The folders of the repositories that hold some files; of a file that none seems to hold, its own folder."""
    folders = dict.fromkeys(os.path.dirname(os.path.realpath(file)) for file in files)
    return list(dict.fromkeys(map(_repository, folders)))


def _repository(folder: str) -> str:
    here = folder
    while not os.path.lexists(os.path.join(here, ".git")):
        above = os.path.dirname(here)
        if above == here:
            return folder
        here = above
    return here


def _top(folder: str) -> str:
    return os.fsdecode(_git(folder, "rev-parse", "--show-toplevel")).rstrip("\n")


def _changes(top: str, revision: str) -> dict[str, Change]:
    # What begins with a hyphen would be an option to git.
    named = f"{revision}^{{commit}}"
    commit = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", named, what=revision)
    since = commit.decode("ascii").strip()
    found: dict[str, Change] = {}
    lines = _changed_lines(top, since)
    told = iter(_git(top, "diff", "--raw", "-z", "--no-abbrev", "-M", since, "--").split(b"\0"))
    for entry in told:
        if not entry:
            continue
        _, mode, former, _, status = entry.split(b" ")
        path = os.fsdecode(next(told))
        if status[:1] in b"RC":
            path = os.fsdecode(next(told))
        if status == b"D" or mode == _SYMLINK:  # what a symlink leads to has changes of its own
            continue
        old = status[:1] in b"MRC"
        found[_real(top, path)] = Change(top, former.decode("ascii"), lines.get(path, ())) if old else Change(top)
    for name in _git(top, "ls-files", "-z", "--others", "--exclude-standard").split(b"\0"):
        if name:
            found[_real(top, os.fsdecode(name))] = Change(top)
    return found


def former_contents(changes: Sequence[Change]) -> Iterator[bytes]:
    """
    What files held before, in their order: one process of git for each run of changes in one working tree.

    Args:
        changes: None of them of a new file.

    Raises:
        UsageError: If git cannot read one.
    """
    for top, ids in groupby(changes, key=lambda one: one.top):
        command = ["git", "-C", top, "--no-optional-locks", "cat-file", "--batch"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as git:  # noqa: S603  # git
            for one in ids:
                yield _content(git, one)


def _content(git: subprocess.Popen[bytes], change: Change) -> bytes:
    if git.stdin is None or git.stdout is None:
        raise TypeError
    git.stdin.write(f"{change.former}\n".encode("ascii"))
    git.stdin.flush()
    *_, size = git.stdout.readline().split() or [b""]
    if not size.isdigit():
        what = f"git cannot read what a file of {change.top} held before"
        raise UsageError(what, fix="Fetch the commit whole, or leave --changed-since out.")
    return git.stdout.read(int(size) + 1)[:-1]


def only_new(
    results: Sequence[FileResult], changes: Mapping[str, Change], former: Mapping[str, FileResult]
) -> list[FileResult]:
    """
    What a change has brought.

    Args:
        results: Of changed files.
        changes: As ``changes_since`` tells them.
        former: By path, what came out of the former content of files under the name that they have now.
    """
    left: list[FileResult] = []
    for result in results:
        change = changes.get(os.path.realpath(result.path))
        if change is None or result.path not in former:
            left.append(result)
            continue
        old: dict[str, list[Standing]] = defaultdict(list)
        for one in former[result.path].findings:
            old[one.words].append(standing_of(one))
        left.append(result.limited_to([one for one in result.findings if _is_new(one, change, old[one.words])]))
    return left


def _is_new(finding: Finding, change: Change, old: list[Standing]) -> bool:
    """Whether a finding is new; the one that it was, of those of the same words, is taken out of them."""
    standing = standing_of(finding)
    covering = [one for one in old if one.covers(standing)]
    if covering:
        # What is worse may be needed for another.
        old.remove(next((one for one in covering if standing.covers(one)), covering[0]))
    return not covering or any(_touched(spot, change) for spot in (finding.spot, *finding.also_at))


def _touched(spot: Spot, change: Change) -> bool:
    return any(lines.start <= spot.end.line and spot.start.line < lines.stop for lines in change.lines)


def _changed_lines(top: str, since: str) -> dict[str, tuple[range, ...]]:
    """By path, the lines of files that are new or other than they were; none of what git takes for no text."""
    # What a user's configuration says of diffs is for people to read; attributes may ask for a filter or for another
    # program: what stands in the file is what counts.
    form = ("-U0", "--inter-hunk-context=0", "--src-prefix=a/", "--dst-prefix=b/", "--submodule=short", "--no-color")
    # Nor is it a change of the copy that lines end otherwise.
    plain = ("--no-ext-diff", "--no-textconv", "--ignore-cr-at-eol", "--diff-filter=MR", "-M")
    shown = _git(top, "-c", "core.quotePath=false", "diff", *form, *plain, since, "--")
    found: dict[str, tuple[range, ...]] = {}
    for patch in _FILE.split(shown):
        head, _, _ = patch.partition(b"\n@@ ")
        if named := _NAMED.search(head):
            path = named[1] if named[2] is None else named[2].decode("unicode_escape").encode("latin-1")
            starts = [(int(hunk[1]), int(hunk[2] or b"1")) for hunk in _HUNK.finditer(patch)]
            found[os.fsdecode(path)] = tuple(range(first, first + count) for first, count in starts)
    return found


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
    fix = "Name files of a git repository, or leave --changed-since out."
    raise UsageError(f"git cannot tell what changed: {why}", where=folder, fix=fix)


def _real(top: str, path: str) -> str:
    return os.path.realpath(os.path.join(top, path))
