"""What reports that show the copy know of a file: where each claim and qualifier stands in it, and what joins them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from claimcheck.model import FileResult, Finding, Inventoried, Qualifier, Run, Segment, Severity, Spot, Witness

_ORDER = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters ``start`` to ``end`` (exclusive) of the text of ``FileResult.copy[segment]``."""

    segment: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Caveat:
    """
    Words of the copy that are one qualifier, or several which overlap.

    Args:
        number: From 1 in its file, in the order of the file.
        stretch: ``None`` if the words do not stand in the copy.
        near: Numbers of the notes for whose claims it is near enough.
        far: Numbers of the notes for whose claims it is too far away.
    """

    number: int
    stretch: Stretch | None
    qualifiers: tuple[tuple[Spot, Qualifier], ...]
    near: tuple[int, ...]
    far: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """
    A claim of the copy.

    Args:
        number: From 1 in its file, in the order of the file.
        stretch: ``None`` if the words do not stand in the copy.
        findings: What the policies object to in it, in the order of the policies; none where nothing is missing.
        listed: What the inventory says of it; ``None`` if it does not list it.
        near: Numbers of the caveats that are near enough.
        far: Numbers of the caveats that are too far away.
    """

    number: int
    spot: Spot
    text: str
    stretch: Stretch | None
    findings: tuple[Finding, ...]
    listed: Inventoried | None
    near: tuple[int, ...]
    far: tuple[int, ...]

    @property
    def severity(self) -> Severity | None:
        """The worst that any policy says; ``None`` if none says anything."""
        return min((one.severity for one in self.findings), key=_ORDER.index, default=None)


@dataclass(frozen=True, slots=True)
class Note:
    """
    What is to be said of claims of one section of which the same is to be said.

    Args:
        number: From 1 in its file: by section, in each what is worst first.
        section: Index into ``FileResult.sections``.
        marks: The claims, in the order of the file.
    """

    number: int
    section: int
    marks: tuple[Mark, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the policies object to in the first of its claims; the others differ in their words only."""
        return self.marks[0].findings

    @property
    def severity(self) -> Severity | None:
        """As of its claims."""
        return self.marks[0].severity


@dataclass(frozen=True, slots=True)
class Joined:
    """
    Claims, notes and qualifiers of one file.

    Args:
        notes: In the order of their numbers.
        caveats: In the order of their numbers.
        dismissed: Where claims stand that their context takes back, by index into ``FileResult.dismissed``.
    """

    notes: tuple[Note, ...]
    caveats: tuple[Caveat, ...]
    dismissed: tuple[Stretch | None, ...]


def joined(result: FileResult, policies: Sequence[str]) -> Joined:
    """
    Work out what is joined to what in a file.

    Args:
        result: With its copy, or nothing has a place.
        policies: In the order in which findings are listed.
    """
    places = _Places(result.copy)
    merged = _caveats(result, places)
    numbers = {_extent(spot): number for number, (_, said) in enumerate(merged, 1) for spot, _ in said}
    notes = _notes(result, _marks(result, places, numbers, policies))
    near: list[dict[int, None]] = [{} for _ in range(len(merged) + 1)]
    far: list[dict[int, None]] = [{} for _ in range(len(merged) + 1)]
    for note in notes:
        for mark in note.marks:
            for number in mark.near:
                near[number][note.number] = None
            for number in mark.far:
                far[number][note.number] = None
    return Joined(
        notes,
        tuple(
            Caveat(number, stretch, said, tuple(near[number]), tuple(far[number]))
            for number, (stretch, said) in enumerate(merged, 1)
        ),
        tuple(places.stretch(spot) for spot, _ in result.dismissed),
    )


_Extent: TypeAlias = tuple[int, int]


def _extent(spot: Spot) -> _Extent:
    return spot.start.offset, spot.end.offset


class _Places:
    """Finds where in the prose a stretch of the file is shown."""

    def __init__(self, copy: Sequence[Segment]) -> None:
        runs = [(run.source, number, run) for number, segment in enumerate(copy) for run in segment.runs]
        self._runs = sorted(((number, run) for _, number, run in runs), key=lambda one: (one[1].source, one[0]))
        self._starts = [run.source for _, run in self._runs]

    def stretch(self, spot: Spot) -> Stretch | None:
        start, end = _extent(spot)
        first = max(bisect_right(self._starts, start) - 1, 0)
        while first < len(self._runs) and self._runs[first][1].source + self._runs[first][1].source_length <= start:
            first += 1
        if first == len(self._runs) or self._runs[first][1].source >= end:
            return None
        segment, run = self._runs[first]
        begin = run.start + (max(start - run.source, 0) if run.exact else 0)
        finish = begin
        for number, run in self._from(first, end):
            if number == segment:
                finish = max(finish, run.start + (min(end - run.source, run.length) if run.exact else run.length))
        return Stretch(segment, begin, finish) if begin < finish else None

    def _from(self, first: int, end: int) -> Iterator[tuple[int, Run]]:
        for number in range(first, len(self._runs)):
            if self._starts[number] >= end:
                return
            yield self._runs[number]


def _caveats(result: FileResult, places: _Places) -> list[tuple[Stretch | None, tuple[tuple[Spot, Qualifier], ...]]]:
    """The qualifiers of a file; those that overlap in the copy together."""
    together: list[tuple[Stretch | None, list[tuple[Spot, Qualifier]]]] = []
    for spot, one in sorted(result.qualifiers, key=lambda said: _extent(said[0])):
        here = places.stretch(spot)
        last = together[-1][0] if together else None
        if here and last and here.segment == last.segment and here.start < last.end:
            stretch = Stretch(last.segment, min(last.start, here.start), max(last.end, here.end))
            together[-1] = (stretch, [*together[-1][1], (spot, one)])
        else:
            together.append((here, [(spot, one)]))
    return [(stretch, tuple(said)) for stretch, said in together]


def _marks(result: FileResult, places: _Places, numbers: dict[_Extent, int], policies: Sequence[str]) -> Iterator[Mark]:
    """The claims of a file, in its order."""
    spots: dict[_Extent, Spot] = {}
    listed: dict[_Extent, Inventoried] = {}
    findings: dict[_Extent, list[Finding]] = {}
    for one in result.claims:
        listed[_extent(one.spot)] = one
        spots[_extent(one.spot)] = one.spot
    for finding in sorted(result.findings, key=lambda one: policies.index(one.policy)):
        for spot in (finding.spot, *finding.also_at):
            findings.setdefault(_extent(spot), []).append(finding)
            spots[_extent(spot)] = spot

    def numbered(witnesses: Iterable[Witness]) -> tuple[int, ...]:
        found = {numbers[_extent(one.spot)] for one in witnesses if _extent(one.spot) in numbers}
        return tuple(sorted(found))

    for number, extent in enumerate(sorted(spots), 1):
        claim, said = listed.get(extent), findings.get(extent, [])
        near = numbered(claim.qualifiers if claim else (one for finding in said for one in finding.present))
        far = numbered(one for finding in said for one in finding.too_far)
        yield Mark(
            number,
            spots[extent],
            claim.claim.text if claim else said[0].text,
            places.stretch(spots[extent]),
            tuple(said),
            claim,
            near,
            tuple(one for one in far if one not in near),
        )


def _notes(result: FileResult, marks: Iterable[Mark]) -> tuple[Note, ...]:
    alike: dict[object, list[Mark]] = {}
    sections: dict[object, int] = {}
    for mark in marks:
        section = _section(mark, result)
        key = (section, *_says(mark))
        alike.setdefault(key, []).append(mark)
        sections.setdefault(key, section)
    ordered = sorted(alike, key=lambda key: (sections[key], _badness(alike[key][0].severity), alike[key][0].number))
    return tuple(Note(number, sections[key], tuple(alike[key])) for number, key in enumerate(ordered, 1))


def _section(mark: Mark, result: FileResult) -> int:
    if mark.findings:
        return mark.findings[0].section
    if mark.stretch:
        return result.copy[mark.stretch.segment].section
    return mark.listed.claim.place.section if mark.listed else 0


def _says(mark: Mark) -> tuple[object, ...]:
    """What is said of a claim, but for its own words."""
    if not mark.findings:
        return (mark.listed.status if mark.listed else (), mark.near)
    return tuple(
        (
            one.rule,
            one.policy,
            one.severity,
            one.prohibited,
            one.message.replace(one.text, ""),
            one.suggestion,
            one.missing,
            frozenset(far.kind for far in one.too_far),
            one.beside,
            one.provided,
            one.remedy,
        )
        for one in mark.findings
    )


def _badness(severity: Severity | None) -> int:
    return len(_ORDER) if severity is None else _ORDER.index(severity)
