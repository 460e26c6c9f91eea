"""
The findings that a team has taken note of: ``check`` reports only what is new, or worse.

The file holds one JSON object a line, sorted, so that two branches merge as the union of their lines. A line says
nothing of line numbers: an edit elsewhere changes nothing, nor does moving the sentence within the file.
"""

from __future__ import annotations

import json
import os
import re
from codecs import BOM_UTF8
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from claimcheck.errors import UsageError, reason
from claimcheck.model import Finding, Report, Severity

MOST_BYTES = 100_000_000
_TEXTS = ("path", "rule", "policy", "severity", "text", "words", "because", "by", "until")
_LISTS = ("missing", "too_far")
_TYPES = {**dict.fromkeys(_TEXTS, str), **dict.fromkeys(_LISTS, list), "again": int}
_NEEDED = {"path", "rule", "policy", "text", "words"}
_SEVERITIES = tuple(one.value for one in Severity)
_LONGEST_TEXT = 200
# A hook meets thousands of lines at every commit, nearly all of them of other files than its own.
_BEGINNING = re.compile(rb'\{"path": "([^"\\]*)"')
# What json.loads does beside this takes most of its time.
_read = json.JSONDecoder().raw_decode


class Standing(NamedTuple):
    """
    How bad a finding is.

    Args:
        missing: Kinds of qualifiers that are missing.
        far: Kinds that stand too far away.
    """

    severity: Severity
    missing: frozenset[str]
    far: frozenset[str]

    def covers(self, other: Standing) -> bool:
        """Whether another is no worse."""
        return (
            other.severity.rank >= self.severity.rank
            and other.missing <= self.missing
            and other.far <= self.missing | self.far
        )


def standing_of(finding: Finding) -> Standing:
    """How bad a finding is."""
    return Standing(finding.severity, frozenset(finding.missing), frozenset(one.kind for one in finding.too_far))


@dataclass(frozen=True, slots=True)
class Entry:
    """
    A finding of which note was taken.

    Args:
        path: Of the file, from the folder of the baseline, with ``/``.
        rule: Its id, for readers.
        policy: Its name, for readers.
        text: The claim, for readers; a long one is cut.
        words: ``Finding.words``: rule, policy and sentence.
        again: How often the same words came before in the file, which tells their entries apart.
        severity: How bad it was.
        missing: Kinds of qualifiers that were missing.
        too_far: Kinds that stood too far away.
        because: Why it may stay.
        by: Who says so.
        until: The last day on which it counts, ``YYYY-MM-DD``; empty for no end.
    """

    path: str
    rule: str
    policy: str
    text: str
    words: str
    again: int = 0
    severity: str = Severity.ERROR.value
    missing: tuple[str, ...] = ()
    too_far: tuple[str, ...] = ()
    because: str = ""
    by: str = ""
    until: str = ""

    def covers(self, finding: Finding) -> bool:
        """Whether a finding of the same words is no worse than when note was taken."""
        then = Standing(Severity(self.severity), frozenset(self.missing), frozenset(self.too_far))
        return then.covers(standing_of(finding))


# Where an entry stands among others, which takes a tenth of the time of comparing entries with each other.
_place = attrgetter(*(one.name for one in fields(Entry)))


@dataclass(frozen=True, slots=True)
class Baseline:
    """
    A file of entries.

    Args:
        path: Of the file.
        entries: Sorted, each once.
    """

    path: str
    entries: tuple[Entry, ...] = ()

    def key(self, shown: str) -> str:
        """A path from the working directory, as entries name it."""
        return os.path.relpath(shown, os.path.dirname(self.path) or ".").replace(os.sep, "/")


@dataclass(frozen=True, slots=True)
class Compared:
    """
    A report held against a baseline.

    Args:
        report: Without the findings that the baseline covers.
        used: Entries that cover a finding.
        ended: Entries that would, but for the day.
        stale: Entries that stand for nothing any more, as far as this run can tell.
    """

    report: Report
    used: tuple[Entry, ...]
    ended: tuple[Entry, ...]
    stale: tuple[Entry, ...]


def read_baseline(path: str, wanted: Callable[[str], bool] = lambda _: True) -> Baseline:
    """
    The entries of a file.

    Args:
        wanted: Whether entries for a file are of use, by its path as they name it; those of others need not be read.

    Raises:
        UsageError: If it cannot be read or a line is none of ours; it names ``path:line``.
    """
    try:
        with open(path, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        what = f"the baseline cannot be read: {reason(error)}"
        raise UsageError(what, where=path, fix="Name a file that can.") from None
    if len(data) > MOST_BYTES:
        raise UsageError("the baseline is too large", where=path, fix="Write it anew, or split the site.")
    known: dict[bytes, bool] = {}
    entries: dict[Entry, None] = {}
    for number, line in enumerate(data.removeprefix(BOM_UTF8).splitlines(), 1):
        if begins := _BEGINNING.match(line):
            name = begins[1]
            if name not in known:
                known[name] = wanted(name.decode("utf-8", "replace"))
            if not known[name]:
                continue
        if stripped := line.strip():
            entries[_entry(stripped, path, number)] = None
    # They stand in the order of the file, which is sorted as it was written: sorting that is quick.
    return Baseline(path, tuple(sorted(entries, key=_place)))


def written(entries: Iterable[Entry]) -> str:
    """The lines of a file with these entries."""
    return "".join(_line(entry) + "\n" for entry in sorted(set(entries), key=_place))


def of_use(report: Report, path: str) -> Callable[[str], bool]:
    """Of which files ``compare`` needs the entries of a baseline: of those that were checked, or are no more."""
    checked = {Baseline(path).key(result.path) for result in report.results}
    top = os.path.dirname(path)

    @cache
    def names_in(folder: str) -> frozenset[str]:
        try:
            return frozenset(os.listdir(os.path.join(top, folder) or "."))
        except OSError:
            return frozenset()

    def is_of_use(name: str) -> bool:
        folder, _, last = name.rpartition("/")
        # Asking for each file of a large site would take longer than listing its folders.
        return name in checked or last not in names_in(folder)

    return is_of_use


def compare(
    report: Report,
    baseline: Baseline,
    *,
    exists: Callable[[str], bool] = os.path.lexists,
    whole: bool = True,
    asks: Callable[[Entry], bool] = lambda _: True,
) -> Compared:
    """
    Leave out of a report what a baseline covers.

    An entry covers a finding of the same words in the same file that is no worse than it was; or in another file, when
    its own is no more: then the file was renamed, or the sentence moved with part of it.

    Args:
        exists: Whether a file, by its path from the working directory, is there.
        whole: Whether the run went over all of the baseline's folder; otherwise a file that is no more may have its
            entries for one that was not looked at.
        asks: Whether the run could have found what an entry stands for: under its policy, by its rule.
    """
    folder = os.path.dirname(baseline.path)
    sound = {baseline.key(result.path) for result in report.results if not (result.failures or result.skipped)}
    checked = {baseline.key(result.path) for result in report.results}
    gone = {
        path for path in {entry.path for entry in baseline.entries} - checked if not exists(os.path.join(folder, path))
    }
    held = _Held(entry for entry in baseline.entries if entry.path in checked | gone)
    covered: dict[int, Entry] = {}
    numbered = list(_numbered(report, baseline))
    for number, (path, _, finding) in enumerate(numbered):
        if (entry := held.give(finding, [path])) is not None:
            covered[number] = entry
    for number, (_, _, finding) in enumerate(numbered):
        if number not in covered and (entry := held.give(finding, sorted(held.files_of(finding) & gone))) is not None:
            covered[number] = entry
    live = {number: entry for number, entry in covered.items() if not entry.until or entry.until >= report.on}
    out = {id(numbered[number][2]) for number in live}
    results = [
        one.limited_to([finding for finding in one.findings if id(finding) not in out]) for one in report.results
    ]
    used = set(live.values())
    ended = set(covered.values()) - used
    known = sound | gone if whole else sound
    stale = (one for one in held.all - used - ended if one.path in known and asks(one))
    return Compared(
        report=replace(report, results=tuple(results), accepted=len(live)),
        used=tuple(sorted(used, key=_place)),
        ended=tuple(sorted(ended, key=_place)),
        stale=tuple(sorted(stale, key=_place)),
    )


def entries_of(
    report: Report, baseline: Baseline, compared: Compared, *, because: str, by: str, until: str
) -> tuple[Entry, ...]:
    """
    An entry for every finding of a report.

    A finding that the baseline covers keeps what was said of it.

    Args:
        compared: The report held against the baseline.
    """
    left = {id(one) for result in compared.report.results for one in result.findings}
    entries = set(compared.used)
    for path, again, finding in _numbered(report, baseline):
        if id(finding) in left:
            entries.add(
                Entry(
                    path=path,
                    rule=finding.rule,
                    policy=finding.policy,
                    text=" ".join(finding.text.split())[:_LONGEST_TEXT],
                    words=finding.words,
                    again=again,
                    severity=finding.severity.value,
                    missing=tuple(sorted(finding.missing)),
                    too_far=tuple(sorted({one.kind for one in finding.too_far})),
                    because=because,
                    by=by,
                    until=until,
                )
            )
    return tuple(sorted(entries, key=_place))


class _Held:
    """Entries by what they stand for; each is given away once."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.all = set(entries)
        self._by_words: dict[str, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
        for one in sorted(self.all, key=_place):
            self._by_words[one.words][one.path].append(one)

    def give(self, finding: Finding, paths: Iterable[str]) -> Entry | None:
        """An entry of one of these files that covers a finding."""
        by_path = self._by_words.get(finding.words, {})
        for path in paths:
            for entry in by_path.get(path, ()):
                if entry.covers(finding):
                    by_path[path].remove(entry)
                    return entry
        return None

    def files_of(self, finding: Finding) -> set[str]:
        """The files in which entries have the words of a finding."""
        return {path for path, entries in self._by_words.get(finding.words, {}).items() if entries}


def _numbered(report: Report, baseline: Baseline) -> Iterator[tuple[str, int, Finding]]:
    """Every finding with the path of its file, as entries name it, and how often its words came before there."""
    for result in report.results:
        path = baseline.key(result.path)
        seen: Counter[str] = Counter()
        for finding in result.findings:
            yield path, seen[finding.words], finding
            seen[finding.words] += 1


def _line(entry: Entry) -> str:
    values = {one.name: getattr(entry, one.name) for one in fields(entry)}
    return json.dumps({key: value for key, value in values.items() if value or key == "path"}, ensure_ascii=False)


def _entry(line: bytes, path: str, number: int) -> Entry:
    try:
        text = line.decode()
        data, end = _read(text)
    except (ValueError, RecursionError):
        data, end, text = None, 0, ""
    if end != len(text) or not isinstance(data, dict) or not data.keys() >= _NEEDED:
        raise _misread("this is no line of a baseline", path, number)
    for key, value in data.items():
        if (
            type(value) is not _TYPES.get(key)
            or (type(value) is list and any(type(one) is not str for one in value))
            or (key == "severity" and value not in _SEVERITIES)
        ):
            raise _misread(f"'{key}' is not what a baseline says there", path, number)
    for key in _LISTS:
        if key in data:
            data[key] = tuple(data[key])
    return Entry(**data)


def _misread(what: str, path: str, number: int) -> UsageError:
    fix = "Leave the line as 'claimcheck baseline' wrote it, or remove it."
    return UsageError(what, where=f"{path}:{number}", fix=fix)
