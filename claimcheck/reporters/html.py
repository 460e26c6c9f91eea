"""
``--format html``: a page for people, which loads nothing: what helps most, a map, and the copy with its claims marked.

Every claim is a link to a note beside it. It reads as well without its script, which filters, and lights up what is
joined. What is not on the screen is not laid out; of a long report it is not even parsed: it stands in ``noscript``,
which a browser with scripts takes for text until the script fills it in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeAlias, TypeVar

from claimcheck.model import KINDS, FileResult, Finding, Remedy, Report, Role, Segment, Severity, Witness
from claimcheck.reporters import Settings
from claimcheck.reporters.htmlpage import SIGNS, document, header, link, shown, unchecked
from claimcheck.reporters.joined import Caveat, Joined, Mark, Note, joined
from claimcheck.reporters.wording import (
    MOST_REMEDIES,
    NEARNESS,
    added,
    asked,
    counted,
    gain,
    helps,
    in_order,
    lines,
    listed,
    outcome,
    quoted,
    severities,
    span,
    summary,
    totals,
)

MOST_PLACES = 20

MOST_AT_ONCE = 3_000
"""Of more claims, what is not on the screen waits."""

MOST_IN_LEAF = 100
"""What waits is filled in by so many claims."""

MOST_CHARACTERS = 3_000
"""A longer paragraph is shown as several, which can be laid out one by one."""

_ORDER = tuple(Severity)
_ROLES = {Role.ITEM: "i", Role.QUOTE: "b", Role.ATTRIBUTE: "m", Role.CELL: "r"}


def render(report: Report, settings: Settings) -> str:
    """See ``claimcheck.reporters.render``."""
    facets = _Facets(report)
    files = [
        _File(number, result, joined(result, report.policies), report, facets)
        for number, result in enumerate((one for one in report.results if _is_shown(one, settings)), 1)
    ]
    told = summary(report).strip() or outcome(report)
    waits = sum(len(file.marks) for file in files) > MOST_AT_ONCE
    body = [
        header("Claims and what they lack", told, report),
        _legend(settings),
        _filters(report, facets),
        '<main id="main">\n',
        _remedies(files, facets),
        _map(files, report, waits=waits),
        *(part for file in files for part in _file(file, settings, waits=waits)),
        _clean(report, len(files)),
        unchecked(report),
        "</main>\n",
    ]
    data = {
        "facets": [[triples, claims] for triples, claims in facets.told()],
        "claims": sum(bool(mark.findings) for file in files for mark in file.marks),
        "files": [file.sets.told() for file in files],
    }
    return document(
        f"claimcheck: {outcome(report)}", "".join(body), skip="To the findings", program="report.js", data=data
    )


_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_Triple: TypeAlias = tuple[int, int, int]
"""Numbers of a kind, a severity and a policy."""


class _Facets:
    """Numbers for all that filters can tell apart: sets of kind, severity and policy."""

    def __init__(self, report: Report) -> None:
        kinds = {one.kind for result in report.results for one in result.findings}
        self.kinds = tuple(kind for kind in KINDS if kind in kinds)
        self.policies = report.policies
        self._numbers: dict[frozenset[_Triple], int] = {}
        self._claims: Counter[int] = Counter()

    def of(self, findings: Iterable[Finding], claims: int = 0) -> int:
        """The number of what findings are about, of so many claims more."""
        triples = frozenset(
            (self.kinds.index(one.kind), _ORDER.index(one.severity), self.policies.index(one.policy))
            for one in findings
        )
        number = self._numbers.setdefault(triples, len(self._numbers))
        self._claims[number] += claims
        return number

    def told(self) -> Iterator[tuple[list[_Triple], int]]:
        for triples, number in self._numbers.items():
            yield sorted(triples), self._claims[number]


class _Sets:
    """Numbers for the sets of qualifiers, near and far, that claims of a file are joined to."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {}

    def of(self, mark: Mark) -> int:
        return self._numbers.setdefault((mark.near, mark.far), len(self._numbers))

    def told(self) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        return list(self._numbers)


class _File:
    """One file of the report, and how its parts are called: ``id`` is unique in the page, other ids begin with it."""

    def __init__(self, number: int, result: FileResult, found: Joined, report: Report, facets: _Facets) -> None:
        self.id = f"f{number}"
        self.result = result
        self.joined = found
        self.facets = facets
        self.sets = _Sets()
        self.several = len(report.policies) > 1
        self.whys = {rule.id: rule.why for rule in result.rules}
        self.note_of = {mark.number: note for note in found.notes for mark in note.marks}
        self.marks = sorted((mark for note in found.notes for mark in note.marks), key=lambda one: one.number)
        self.stands_in = _enclosing(self.marks)
        self.holds = _grouped((outer, mark) for mark, outer in self.stands_in.values() if mark.number != outer)
        self.notes = _grouped((note.section, note) for note in found.notes)
        self.caveats = _grouped((_caveat_section(one, result), one) for one in found.caveats)
        self.caveat_of = {span(spot): one for one in found.caveats for spot, _ in one.qualifiers}
        self.cleared = _grouped((one.remedy, one) for one in result.findings if one.remedy)
        self.remedies = _grouped((self.section(one), one) for one in result.remedies)
        self.remedy_of = {one.id: one for one in result.remedies}

    def section(self, remedy: Remedy) -> int:
        """Where an edit is to be made."""
        return self.cleared[remedy.id][0].section if remedy.id in self.cleared else 0

    def title(self, section: int) -> str:
        """The heading of a section; empty if it has none."""
        return self.result.sections[section].title if section < len(self.result.sections) else ""


def _grouped(pairs: Iterable[tuple[_Key, _Value]]) -> dict[_Key, list[_Value]]:
    found: dict[_Key, list[_Value]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _enclosing(marks: Iterable[Mark]) -> dict[int, tuple[Mark, int]]:
    """By number, a claim and the number of the mark that shows it: its own, or that of a claim that holds its words."""
    found: dict[int, tuple[Mark, int]] = {}
    segment, end, outer = -1, 0, 0
    placed = [
        (one.stretch.segment, one.stretch.start, -one.stretch.end, one.number, one) for one in marks if one.stretch
    ]
    for here, _, back, number, mark in sorted(placed, key=lambda one: one[:4]):
        if here != segment or -back > end:
            segment, end, outer = here, -back, number
        found[number] = (mark, outer)
    return found


def _is_shown(result: FileResult, settings: Settings) -> bool:
    return bool(result.findings or result.claims or (settings.show_dismissed and result.dismissed))


# ----------------------------------------------------------------------------- above the copy


def _legend(settings: Settings) -> str:
    marks = [
        *(f'<span class="sev {SIGNS[one]}">{one.value}</span>' for one in _ORDER),
        '<span class="c o">claim, nothing found</span>',
        '<span class="q">qualifier</span>',
    ]
    marks += ['<span class="d">no claim after all</span>'] if settings.show_dismissed else []
    return (
        '<aside class="soft" aria-label="Legend">\n'
        f"<p>{' '.join(marks)}. Numbers lead to the notes. An error: ruled out, or its qualifier stands nowhere in the "
        "document. A warning: the qualifier stands too far away, or is only advised.</p>\n</aside>\n"
    )


def _filters(report: Report, facets: _Facets) -> str:
    """What the script turns on: without it they would do nothing."""
    if not facets.kinds:
        return ""
    found = {one.severity for result in report.results for one in result.findings}
    groups = (
        ("severity", "Severity", [(number, one.value) for number, one in enumerate(_ORDER) if one in found]),
        ("kind", "Kind of claim", list(enumerate(facets.kinds))),
        ("policy", "Policy", list(enumerate(facets.policies))),
        ("more", "Also", [(0, "claims with nothing found"), (1, "qualifiers")]),
    )
    sets = "".join(
        f"<fieldset>\n<legend>{title}</legend>\n"
        + "".join(
            f'<label><input type="checkbox" name="{name}" value="{value}" checked> {shown(text)}</label>\n'
            for value, text in choices
        )
        + "</fieldset>\n"
        for name, title, choices in groups
    )
    return (
        '<form id="filters" aria-label="Filters" autocomplete="off" hidden>\n<details>\n'
        f"<summary>Filter by severity, kind and policy</summary>\n{sets}"
        '<p><button type="reset">Show all</button></p>\n</details>\n<p id="shown" role="status"></p>\n</form>\n'
    )


def _remedies(files: Sequence[_File], facets: _Facets) -> str:
    """The edits that clear most, each with where it is to be made; what clears one finding stands in its note only."""
    edits = [(remedy, file) for file in files for remedy in file.result.remedies]
    found = [one for one in edits if len(one[0].clears) > 1] or edits
    if not found:
        return ""
    found.sort(key=lambda one: gain(one[0]))
    items = []
    for remedy, file in found[:MOST_REMEDIES]:
        where = f", section {quoted(remedy.title)}" if remedy.title else ""
        place = f'<a href="#{file.id}s{file.section(remedy)}">{shown(remedy.path + where)}</a>'
        items.append(_remedy(remedy, file, facets, f" in {place}"))
    more = len(edits) - len(items)
    rest = f'<p class="soft">And {counted(more, "edit")} more, each beside its section.</p>\n' if more else ""
    return (
        '<section class="remedies" id="remedies">\n<h2>What helps most</h2>\n'
        f"<ol>\n{''.join(items)}</ol>\n{rest}</section>\n"
    )


def _remedy(remedy: Remedy, file: _File, facets: _Facets, where: str) -> str:
    clears = frozenset(remedy.clears)
    facet = facets.of(one for one in file.cleared.get(remedy.id, ()) if one.fingerprint in clears)
    policy = f" ({shown(remedy.policy)})" if file.several else ""
    sentence = "One sentence" if len(remedy.kinds) == 1 else "One edit"
    count = counted(len(remedy.clears), "finding")
    return f'<li class="x{facet}"><b>{sentence} clears {count}</b>{where}{policy}: {shown(remedy.suggestion)}</li>\n'


def _map(files: Sequence[_File], report: Report, *, waits: bool) -> str:
    """Pages by kinds of claim: how many findings, and how bad the worst is."""
    if len(report.results) < 2 or not files:
        return ""
    kinds = files[0].facets.kinds
    head = "".join(f'<th scope="col">{kind}</th>' for kind in kinds)
    rows = []
    for file in files:
        by_kind: dict[str, list[Finding]] = {}
        for one in file.result.findings:
            by_kind.setdefault(one.kind, []).append(one)
        cells = "".join(_cell(by_kind.get(kind)) for kind in kinds)
        rows.append(
            f'<tr><th scope="row"><a href="#{file.id}">{shown(file.result.path)}</a></th>'
            f"<td>{len(file.result.claims)}</td>{cells}</tr>\n"
        )
    table = (
        '<div class="wide" tabindex="0" role="region" aria-labelledby="map-title">\n<table>\n'
        "<caption>Findings by file and kind of claim; the sign is that of the worst.</caption>\n"
        f'<thead><tr><th scope="col">file</th><th scope="col">claims</th>{head}</tr></thead>\n'
        f"<tbody>\n{''.join(rows)}</tbody>\n</table>\n</div>\n"
    )
    return f'<section id="map">\n<h2 id="map-title">Map</h2>\n{_waiting(table) if waits else table}</section>\n'


def _cell(findings: Sequence[Finding] | None) -> str:
    if not findings:
        return "<td></td>"
    return f'<td class="count {SIGNS[_worst(findings)]}">{len(findings)}</td>'


def _worst(findings: Iterable[Finding]) -> Severity:
    return min((one.severity for one in findings), key=_ORDER.index)


def _clean(report: Report, listed_files: int) -> str:
    """The files in which there is no claim, by name."""
    paths = [one.path for one in report.results if not (one.findings or one.claims or one.skipped or one.failures)]
    if not paths:
        return ""
    further = "further " if listed_files else ""
    items = "".join(f"<li><code>{shown(path)}</code></li>\n" for path in paths)
    return (
        f'<section id="clean">\n<h2>Nothing found</h2>\n<p>No claim was found in {len(paths)} '
        f"{further}{'file' if len(paths) == 1 else 'files'}.</p>\n<ul>\n{items}</ul>\n</section>\n"
    )


# ----------------------------------------------------------------------------- a file and its notes


def _file(file: _File, settings: Settings, *, waits: bool) -> Iterator[str]:
    """The parts of a file: its copy section by section, each with its notes beside it."""
    result = file.result
    counts = totals(Report("", "", "", (), (result,)))
    found = ", ".join(severities(counts))
    yield (
        f'<section class="file" id="{file.id}" aria-labelledby="{file.id}t">\n'
        f'<h2 id="{file.id}t">{shown(result.path)}</h2>\n'
        f'<p class="soft">{found or "nothing found"}; {counted(counts["claims"], "claim")} in all</p>\n'
    )
    if not result.copy:
        yield '<p class="soft">The copy itself is not in this report.</p>\n'
    passages = _passages(file, settings)
    parts = [
        (section, "".join(html for _, html in inner)) for section, inner in groupby(passages, key=lambda one: one[0])
    ]
    here = {section for section, _ in parts}
    parts += [(section, "") for section in sorted({*file.notes, *file.caveats} - here)]
    told: set[int] = set()
    leaf, claims = "", 0
    for section, copy in parts:
        name = f' id="{file.id}s{section}"' if section not in told else ""
        notes = "" if section in told else _notes(section, file)
        told.add(section)
        title = shown(quoted(file.title(section))) if file.title(section) else "without a heading"
        leaf += (
            f'<div class="part"{name}>\n<div class="copy">\n<h3 class="unseen">Section {title}</h3>\n{copy}</div>\n'
            f'<div class="notes">\n{notes}</div>\n</div>\n'
        )
        claims += sum(len(note.marks) for note in file.notes.get(section, ())) if notes else 0
        if waits and claims >= MOST_IN_LEAF:
            yield _waiting(leaf)
            leaf, claims = "", 0
    yield _waiting(leaf) if waits and leaf else leaf
    yield "</section>\n"


def _waiting(html: str) -> str:
    return f'<div class="leaf"><noscript>\n{html}</noscript></div>\n'


def _notes(section: int, file: _File) -> str:
    edits = (one for one in file.remedies.get(section, ()) if len(one.clears) > 1)
    items = "".join(_remedy(one, file, file.facets, "") for one in edits)
    helps = f'<div class="helps">\n<h4>What helps here</h4>\n<ul>\n{items}</ul>\n</div>\n' if items else ""
    notes = "".join(_note(note, file) for note in file.notes.get(section, ()))
    said = "".join(_caveat(one, file) for one in file.caveats.get(section, ()))
    rest = f'<div class="said">\n<h4>Qualifiers here</h4>\n<ul>\n{said}</ul>\n</div>\n' if said else ""
    return helps + notes + rest


def _note(note: Note, file: _File) -> str:
    facet = file.facets.of(note.findings, len(note.marks))
    sign = SIGNS[note.severity]
    name = f"{file.id}n{note.number}"
    label = "nothing found" if note.severity is None else note.severity.value
    body = _nothing(note, file) if note.severity is None else _says(note, file)
    return (
        f'<div class="note {sign} x{facet}" id="{name}">\n'
        f'<h4>{note.number}. <span class="sev {sign}">{label}</span> {_place(note.marks[0], file)}</h4>\n'
        f"{_others(note, file)}{body}</div>\n"
    )


def _says(note: Note, file: _File) -> str:
    """What the policies say of the first claim of a note, and why; what several say in the same words, once."""
    said: dict[str, list[str]] = {}
    for finding in note.findings:
        said.setdefault(_said(finding, file), []).append(finding.policy)
    text = ""
    for words, policies in said.items():
        text += (f"<p><b>{shown(', '.join(policies))}</b></p>\n" if file.several else "") + words
    if near := [_named(file.joined.caveats[number - 1], file) for number in note.marks[0].near]:
        text += f"<p>Near enough: {', '.join(near)}.</p>\n"
    for rule in dict.fromkeys(one.rule for one in note.findings):
        text += f"<p><b>Why:</b> {shown(file.whys.get(rule, ''))} <code>{shown(rule)}</code></p>\n"
    return text


def _said(finding: Finding, file: _File) -> str:
    text = [shown(finding.message)]
    if finding.prohibited:
        text.append("No caveat can put that right.")
    if finding.missing:
        asks = listed([asked(kind, [finding]) for kind in in_order(finding.missing)])
        text.append(f"Nothing in the document says {asks}.")
    text += (_too_far(one, finding, file) for one in finding.too_far)
    for provided in finding.provided:
        text.append(shown(f"{added(provided.where)} says {asked(provided.kind, [finding])}, but too far away."))
    text += (f"{asked(kind, [finding])} is stated beside the page, not on it." for kind in finding.beside)
    html = f"<p>{' '.join(text)}</p>\n"
    if told := helps(finding, file.remedy_of.get(finding.remedy)):
        html += f"<p><b>What helps:</b> {' Or: '.join(map(shown, told))}</p>\n"
    if finding.citations:
        html += f"<p><b>Source:</b> {'; '.join(link(one.url, one.title) for one in finding.citations)}</p>\n"
    return html


def _too_far(one: Witness, finding: Finding, file: _File) -> str:
    found = file.caveat_of.get(span(one.spot))
    words = _named(found, file) if found else f"<bdi>{shown(quoted(one.text))}</bdi>"
    says = f"says {asked(one.kind, [finding])}, but {NEARNESS[one.scope]} only: too far away."
    return f"{words} ({lines([one.spot])}) {says}"


def _named(caveat: Caveat, file: _File) -> str:
    """A qualifier by its words and number, as a link to where it stands."""
    words = " … ".join(dict.fromkeys(one.text for _, one in caveat.qualifiers))
    name = f"<bdi>{shown(quoted(words))}</bdi> Q{caveat.number}"
    return f'<a href="#{file.id}q{caveat.number}">{name}</a>' if caveat.stretch else name


def _nothing(note: Note, file: _File) -> str:
    """Of claims to which no policy objects: why that is so."""
    first = note.marks[0]
    status = first.listed.status if first.listed else ()
    told = [f"{policy}: {_STANDINGS[value]}" if file.several else _STANDINGS[value] for policy, value in status]
    near = [_named(file.joined.caveats[number - 1], file) for number in first.near]
    says = f" {'It stands' if len(near) == 1 else 'They stand'} near enough: {', '.join(near)}." if near else ""
    return f"<p>{shown('; '.join(told))}.{says}</p>\n"


_STANDINGS = {
    "qualified": "has the qualifiers that are asked for",
    "not-required": "nothing is asked for",
    "unqualified": "lacks a qualifier, but the finding is left out of this report",
    "prohibited": "ruled out, but the finding is left out of this report",
}


def _place(mark: Mark, file: _File) -> str:
    """A claim by its words, as a link to where it stands, and its line."""
    words = f"<bdi>{shown(quoted(mark.text))}</bdi>"
    claim = f'<a href="#{file.id}c{file.stands_in[mark.number][1]}">{words}</a>' if mark.stretch else words
    return f"{claim} {lines([mark.spot])}"


def _others(note: Note, file: _File) -> str:
    """The claims of a note beside the first."""
    places = [_place(mark, file) for mark in note.marks[1 : MOST_PLACES + 1]]
    if not places:
        return ""
    more = len(note.marks) - 1 - len(places)
    return f"<p>and {', '.join(places)}{f', and {more} more' if more else ''}</p>\n"


def _caveat_section(caveat: Caveat, result: FileResult) -> int:
    if caveat.stretch:
        return result.copy[caveat.stretch.segment].section
    return caveat.qualifiers[0][1].place.section


def _caveat(caveat: Caveat, file: _File) -> str:
    kinds = ", ".join(in_order(one.kind for _, one in caveat.qualifiers))
    reach = [
        f"{how} {_note_links(notes, file)}"
        for how, notes in (("near enough for", caveat.near), ("too far away for", caveat.far))
        if notes
    ]
    what = "; ".join(reach) or "no claim asks for it"
    name = f"{file.id}r{caveat.number}"
    return f'<li id="{name}">{_named(caveat, file)}: {shown(kinds)}; {what}</li>\n'


def _note_links(numbers: Sequence[int], file: _File) -> str:
    links = [f'<a href="#{file.id}n{number}">{number}</a>' for number in numbers[:MOST_PLACES]]
    more = len(numbers) - MOST_PLACES
    return f"{'note' if len(numbers) == 1 else 'notes'} {', '.join(links)}{f' and {more} more' if more > 0 else ''}"


# ----------------------------------------------------------------------------- the copy


def _passages(file: _File, settings: Settings) -> Iterator[tuple[int, str]]:
    """The prose of a file as paragraphs in HTML, each with the index of the section that it is shown in."""
    marks = _by_segment(
        (mark.stretch.segment, (mark.stretch.start, mark.stretch.end, mark)) for mark in file.marks if mark.stretch
    )
    caveats = _by_segment(
        (one.stretch.segment, (one.stretch.start, one.stretch.end, one)) for one in file.joined.caveats if one.stretch
    )
    dismissed = _by_segment(
        (stretch.segment, (stretch.start, stretch.end, one.reason or one.rule))
        for stretch, (_, one) in zip(file.joined.dismissed, file.result.dismissed, strict=True)
        if stretch and settings.show_dismissed
    )
    numbered = enumerate(file.result.copy)
    here = None
    for (section, _, role, metadata), group in groupby(numbered, key=lambda one: _row(*one)):
        # The words for an image belong to the whole page, but are shown where the image is.
        here = here if metadata else section
        inner = []
        for number, segment in group:
            layers = (
                _Layer(marks.get(number, ()), lambda one, html, _, first: _claim(one, html, file, first)),
                _Layer(
                    caveats.get(number, ()), lambda one, html, inside, first: _said_here(one, html, file, inside, first)
                ),
                _Layer(
                    dismissed.get(number, ()),
                    lambda why, html, *_: f'<span class="d" title="{shown(why)}">{html}</span>',
                ),
            )
            inner.append([_layered(segment.text, *cut, layers, inside=False) for cut in _cuts(segment.text)])
        style = "m" if metadata else _style(role, segment)
        if role is Role.CELL:
            cells = (f"<span>{''.join(cell)}</span>" for cell in inner)
            inner = [["".join(cells)]]
        for html in inner[0]:
            yield section if here is None else here, f'<p class="{style}">{html}</p>\n'


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    """Where to cut a long text: at spaces; a mark there goes on behind the cut."""
    start = 0
    while len(text) - start > MOST_CHARACTERS:
        space = text.rfind(" ", start + 1, start + MOST_CHARACTERS)
        end = space + 1 if space > 0 else start + MOST_CHARACTERS
        yield start, end
        start = end
    yield start, len(text)


def _row(number: int, segment: Segment) -> tuple[int, int, Role, bool]:
    """What segments that stand in one row have in common; of others, what tells them apart."""
    return segment.section, segment.block if segment.role is Role.CELL else -1 - number, segment.role, segment.metadata


def _style(role: Role, segment: Segment) -> str:
    if role is Role.HEADING:
        return f"h h{segment.level}"
    return _ROLES.get(role, "p")


_Marked: TypeAlias = tuple[int, int, Any]
"""First character of a segment's text, one past the last, and what stands there."""


def _by_segment(placed: Iterable[tuple[int, _Marked]]) -> dict[int, list[_Marked]]:
    """By segment, in the order of the text, none of them overlapping another: the later one gives way."""
    found: dict[int, list[_Marked]] = {}
    for segment, (start, end, what) in sorted(placed, key=lambda one: (one[0], one[1][0], -one[1][1])):
        others = found.setdefault(segment, [])
        begin = max(start, others[-1][1]) if others else start
        if begin < end:
            others.append((begin, end, what))
    return found


@dataclass(frozen=True, slots=True)
class _Layer:
    """
    Marks of one sort.

    Args:
        marks: In the order of the text, none overlapping another.
        wrap: From what is marked, the HTML of its words, whether they stand in another mark, and whether they are the
            first that belong to it, to HTML.
    """

    marks: Sequence[_Marked]
    wrap: Callable[[Any, str, bool, bool], str]


def _layered(text: str, start: int, end: int, layers: Sequence[_Layer], *, inside: bool) -> str:
    """A stretch of text with the marks of the first layer, and within and between them those of the others."""
    if not layers:
        return shown(text[start:end])
    layer, *others = layers
    if not layer.marks:
        return _layered(text, start, end, others, inside=inside)
    html = []
    at = start
    first = bisect_right(layer.marks, start, key=lambda one: one[1])
    for begin, finish, what in layer.marks[first:]:
        if begin >= end:
            break
        left, right = max(begin, start), min(finish, end)
        html.append(_layered(text, at, left, others, inside=inside))
        words = _layered(text, left, right, others, inside=True)
        html.append(layer.wrap(what, words, inside, left == begin))
        at = right
    html.append(_layered(text, at, end, others, inside=inside))
    return "".join(html)


def _claim(mark: Mark, html: str, file: _File, first: bool) -> str:  # noqa: FBT001
    note = file.note_of[mark.number]
    findings = [one for each in (mark, *file.holds.get(mark.number, ())) for one in each.findings]
    facet = file.facets.of(findings)
    sign = SIGNS[_worst(findings) if findings else None]
    name = f' id="{file.id}c{mark.number}"' if first else ""
    return (
        f'<a class="c {sign} x{facet}"{name} href="#{file.id}n{note.number}" '
        f'data-n="{note.number}" data-j="{file.sets.of(mark)}">{html}</a>'
    )


def _said_here(caveat: Caveat, html: str, file: _File, inside: bool, first: bool) -> str:  # noqa: FBT001
    """A qualifier; within a claim no link, for a link can hold none."""
    name = f' id="{file.id}q{caveat.number}"' if first else ""
    marks = f'class="q" data-q="{caveat.number}" data-n="Q{caveat.number}"{name}'
    if inside:
        return f"<span {marks}>{html}</span>"
    return f'<a {marks} href="#{file.id}r{caveat.number}">{html}</a>'
