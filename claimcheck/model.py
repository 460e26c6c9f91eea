"""The words of the field as data: documents, claims, qualifiers, findings, remedies and the report."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

KINDS = (
    "prescription", "disease", "equivalence", "approval", "structure-function", "guarantee", "permanence", "proof",
    "quantified", "comparative", "speed", "safety", "before-after", "testimonial", "endorsement", "efficacy",
    "superlative", "sun", "ingredient", "natural", "environmental",
)  # fmt: skip
"""Kinds of claim by precedence: of several, the first is *the* kind."""

QUALIFIER_KINDS = (
    "variability", "consultation", "professional", "appearance", "hedge", "substantiation", "study-basis",
    "suitability", "risk", "course", "temporary", "comparison-basis", "typical-results", "material-connection",
    "licence", "time-and-use",
)  # fmt: skip

SUBJECTS = ("procedure", "injectable", "device", "cosmetic", "sunscreen", "drug", "supplement", "unknown")

CLASS_KIND = {
    "disease": "disease",
    "structure": "structure-function",
    "condition": "efficacy",
    "concern": "efficacy",
    "sensory": "efficacy",
}
"""The kind of claim that acting on a target of a class makes."""

# --------------------------------------------------------------------------- places


class Severity(Enum):
    """How bad a finding is, worst first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """By what severities are sorted, 0 for the worst."""
        return tuple(Severity).index(self)


class Scope(Enum):
    """How near a qualifier stands to a claim, nearest first; a nearer one is also within every farther one."""

    CLAIM = "claim"
    SENTENCE = "sentence"
    BLOCK = "block"
    SECTION = "section"
    DOCUMENT = "document"


class Role(Enum):
    """What a segment is in its document."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    CELL = "cell"
    QUOTE = "quote"
    NOTE = "note"
    ATTRIBUTE = "attribute"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Position:
    """
    A place in a file: ``line`` and ``column`` from 1, ``offset`` from 0, in code points of the decoded file.

    Of a file that is no text they count the text taken from it, of which every line is a paragraph.

    Args:
        page: From 1; 0 where there are no pages.
    """

    line: int
    column: int
    offset: int
    page: int = 0


# --------------------------------------------------------------------------- documents


@dataclass(frozen=True, slots=True)
class Run:
    """
    A stretch of a segment's text and the stretch of the file that it came from.

    Args:
        start: First code point in the segment's text; runs are sorted by it, do not overlap and leave no gap.
        length: Code points in the segment's text, at least 1.
        source: First code point in the file.
        source_length: Code points in the file. Equal to ``length`` when the characters stand unchanged
            (``exact``); otherwise the whole run maps to the whole stretch (an entity, an escape, a soft break).
        exact: Whether every character of the run is the same character in the file.
    """

    start: int
    length: int
    source: int
    source_length: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Segment:
    """
    One stretch of prose that reads without a break: a paragraph, a heading, a list item, a cell, an attribute.

    Args:
        text: The prose as a reader sees it: no markup, entities decoded, soft breaks as one space.
        runs: The offset map of ``text`` back to the file.
        role: What the segment is.
        block: Number of the block; the segments of one paragraph, item, table row or quotation share it.
        section: Index into ``Document.sections``.
        level: Heading level 1 to 6, and 0 for what is no heading.
        intro: Block number of the sentence or heading that introduces the list or table that this belongs to.
        metadata: Whether it is seen apart from the page's text (front matter, title, alt, attributes).
        marks: Footnote marks borne by the text: ``(offset in text, sign)``, such as ``(14, "*")``.
        note: The sign when the segment is the footnote itself, such as ``"*"``; empty otherwise.
    """

    text: str
    runs: tuple[Run, ...]
    role: Role
    block: int
    section: int = 0
    level: int = 0
    intro: int | None = None
    metadata: bool = False
    marks: tuple[tuple[int, str], ...] = ()
    note: str = ""

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """
        Map a non-empty range of the text to the smallest range of the file that covers it.

        Args:
            start: First code point, counted from the start of ``text``.
            end: One past the last; ``start < end <= len(text)``.

        Returns:
            ``(start, end)`` in code points of the decoded file, half-open.

        Raises:
            ValueError: If the range is empty or outside the text; such a range has no place.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no place for {start}..{end} in a segment of {len(self.text)} characters")
        first, last = self._run_at(start), self._run_at(end - 1)
        begin = first.source + (start - first.start if first.exact else 0)
        finish = last.source + (end - last.start if last.exact else last.source_length)
        return begin, finish

    def _run_at(self, offset: int) -> Run:
        return self.runs[bisect_right(self.runs, offset, key=_run_start) - 1]


def _run_start(run: Run) -> int:
    return run.start


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document between headings of its highest level; ``start`` and ``end`` in the file, half-open."""

    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Comment:
    """
    A comment of the file that may hold an instruction to the linter.

    Args:
        text: Its words, without the marks around them.
        start: Where its marks begin.
        end: One past them.
        block: That of the next segment; ``None`` if there is none.
        whole: Whether it is a cell for such instructions, which speak of the whole document.
    """

    text: str
    start: int
    end: int
    block: int | None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Ignore:
    """
    Rules to leave alone in a whole file, as its front matter or a configuration says.

    Args:
        rules: Ids, or globs of ids; ``*`` for all.
        because: Why.
        until: The last day or month on which it counts, ``YYYY-MM-DD`` or ``YYYY-MM``; empty for no end.
        paths: Patterns of files as in ``.gitignore``; none for every file.
        where: ``path:line:column`` of what says so.
    """

    rules: tuple[str, ...]
    because: str
    until: str = ""
    paths: tuple[str, ...] = ()
    where: str = ""

    def is_over(self, on: str) -> bool:
        """Whether it has ended on the day that is judged by."""
        return is_over(self.until, on)


def is_over(until: str, on: str) -> bool:
    """Whether a last day or month (``YYYY-MM``) is over on a day; empty for either means no."""
    return bool(until and on) and on[: len(until)] > until


@dataclass(frozen=True, slots=True)
class Licence:
    """
    A licence or registration that allows claims the copy itself does not show.

    Args:
        number: As it is written, such as ``DIN 02241234``.
        authority: Name of the rule of its kind of qualifier: ``canada`` for ``licence/canada``.
        covers: Target lists, classes of target and kinds of claim that it speaks of; it cures no others.
    """

    number: str
    authority: str
    covers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Provided:
    """
    A qualifier that a template adds to pages, so that it stands in none of their files.

    Args:
        kind: Of qualifier, or the id of the rule that it meets.
        where: What adds it, in words for readers, such as ``footer partial``.
        paths: Patterns of the pages, as in ``.gitignore``; empty for all.
    """

    kind: str
    where: str
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """
    What is known of a product or service beside the copy, and changes a verdict.

    Args:
        licences: What it is licensed for.
        practitioner: Who performs it, with their registration; empty when that is not known.
        prescription: Whether prescription-only products are offered.
        provided: What a template adds to the page; it counts as standing elsewhere in the document.
    """

    licences: tuple[Licence, ...] = ()
    practitioner: str = ""
    prescription: bool = False
    provided: tuple[Provided, ...] = ()


NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class Document:
    """
    One file's prose, with the way back to the file and the structure that scope needs.

    Args:
        path: As it is to be shown: relative to the working directory, with ``/``.
        text: The decoded file without a byte order mark, or the text taken from a file that is no text, one paragraph
            a line; every offset counts its code points.
        segments: In the order of the file.
        sections: At least one.
        comments: In the order of the file.
        format: Name of the format, such as ``markdown``.
        fragment: Whether the file cannot hold its page's caveats (a partial, a message catalogue).
        language: What the file itself says, such as ``de``; empty when it says nothing.
        subject: What the file itself says that its copy is about; empty when it says nothing.
        facts: What the file itself says of the product; ``None`` when it says nothing.
        ignores: Rules that the file itself asks to leave alone, beside its comments.
        line_starts: Offset of the first character of each line; only ``\\n``, ``\\r\\n`` and ``\\r`` end a line.
        pages: Offset of the first character of each page; empty where there are none.
    """

    path: str
    text: str
    segments: tuple[Segment, ...]
    sections: tuple[Section, ...]
    comments: tuple[Comment, ...] = ()
    format: str = "text"
    fragment: bool = False
    language: str = ""
    subject: str = ""
    facts: Facts | None = None
    ignores: tuple[Ignore, ...] = ()
    line_starts: tuple[int, ...] = (0,)
    pages: tuple[int, ...] = ()

    def position(self, offset: int) -> Position:
        """Line, column and page of an offset, ``0 <= offset <= len(text)``."""
        line = bisect_right(self.line_starts, offset)
        page = bisect_right(self.pages, offset)
        return Position(line=line, column=offset - self.line_starts[line - 1] + 1, offset=offset, page=page)

    def spot(self, start: int, end: int) -> Spot:
        """A stretch of the file as it is reported; ``start`` and ``end`` are offsets, half-open."""
        return Spot(self.path, self.position(start), self.position(end))


# --------------------------------------------------------------------------- what was found


@dataclass(frozen=True, slots=True)
class Place:
    """
    Where a mention stands, in the numbers that scope is worked out from.

    Args:
        segment: Index into ``Document.segments``.
        sentence: Number of the sentence, counted through the document.
        block: As ``Segment.block``.
        section: As ``Segment.section``.
        start: First code point in the file.
        end: One past the last.
    """

    segment: int
    sentence: int
    block: int
    section: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """
    Words that assert an effect, a proof or a rank.

    Args:
        place: Where it stands.
        text: The words as a reader sees them.
        sentence: The whole sentence around it, for fingerprints and reports.
        kinds: By precedence; the first is *the* kind.
        rule: Id of the rule of the first kind, ``kind/name``.
        rules: Ids of all rules that matched, that of the first kind first.
        targets: Names of the target lists found, such as ``scars``, in the order of the text.
        classes: Classes of the targets, such as ``condition``, in the order of the text, each once.
        actions: Names of the action lists found, such as ``heal`` and those that include it, sorted.
        areas: Names of the lists of areas found, such as ``hairy``, sorted.
        subject: ``procedure``, ``cosmetic`` and so on, or ``unknown``.
        evidence: The words that gave the subject, or empty.
        grounded: Whether skin, a target or an effect is named in the claim's block.
        parts: What the block tells of a study, such as ``how many people``, in the order of the rules.
        bare: Whether the words assert nothing: they count only where a policy speaks of their very rule.
    """

    place: Place
    text: str
    sentence: str
    kinds: tuple[str, ...]
    rule: str
    rules: tuple[str, ...]
    targets: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    subject: str = "unknown"
    evidence: str = ""
    grounded: bool = True
    parts: tuple[str, ...] = ()
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Qualifier:
    """
    Words that limit a claim.

    Args:
        governs: For a qualifier inside a claim's own words (appearance wording, a hedge): the start offset of
            that claim in the file; ``None`` for all others.
    """

    place: Place
    text: str
    kind: str
    rule: str
    governs: int | None = None


@dataclass(frozen=True, slots=True)
class Dismissed:
    """A claim that its context takes back: ``reason`` is the context rule's, ``cue`` the words that gave it."""

    claim: Claim
    reason: str
    rule: str
    cue: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """
    What one document says, before any policy has judged it; each tuple in the order of the file.

    Args:
        closing: For each block the number of its last sentence, which is the one that introduces a list.
    """

    document: Document
    claims: tuple[Claim, ...]
    qualifiers: tuple[Qualifier, ...]
    dismissed: tuple[Dismissed, ...]
    closing: Mapping[int, int] = field(default_factory=dict)


# --------------------------------------------------------------------------- what is reported


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of a file as it is reported; ``end`` is exclusive."""

    path: str
    start: Position
    end: Position


@dataclass(frozen=True, slots=True)
class Witness:
    """A qualifier that a finding speaks of, and how near it stands."""

    kind: str
    spot: Spot
    text: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class Citation:
    """Who says so. ``seen``: ``primary``, ``second-hand``, ``general`` or ``judgement``."""

    id: str
    title: str
    url: str
    seen: str = "primary"


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One policy's objection to one claim. The fields are those of the JSON report (docs/json.md).

    Args:
        beside: Kinds of qualifiers that only the facts beside the copy state, where the policy asks for them in it.
        provided: Qualifiers that only a template adds, where the policy asks for them nearer.
        entry: Id of the entry of the policy that weighed most; it is not in the report.
        words: What stands for the rule, the policy and the sentence, whatever the file; it is not in the report.
    """

    rule: str
    policy: str
    severity: Severity
    prohibited: bool
    spot: Spot
    also_at: tuple[Spot, ...]
    kind: str
    kinds: tuple[str, ...]
    subject: str
    text: str
    message: str
    suggestion: str
    missing: tuple[str, ...]
    too_far: tuple[Witness, ...]
    present: tuple[Witness, ...]
    citations: tuple[Citation, ...]
    fingerprint: str
    section: int = 0
    remedy: str = ""
    beside: tuple[str, ...] = ()
    provided: tuple[Provided, ...] = ()
    entry: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Remedy:
    """One edit, and the fingerprints of the findings that it would clear."""

    id: str
    policy: str
    path: str
    title: str
    start: Position
    end: Position
    kinds: tuple[str, ...]
    suggestion: str
    clears: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was passed over on purpose."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A file, or a place in one, that could not be checked; the run ends with exit code 2."""

    path: str
    message: str
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Inventoried:
    """A claim with its standing under each policy: ``qualified``, ``unqualified``, ``prohibited``, ``not-required``."""

    spot: Spot
    claim: Claim
    status: tuple[tuple[str, str], ...]
    qualifiers: tuple[Witness, ...]


@dataclass(frozen=True, slots=True)
class Stale:
    """
    A comment to the linter, or a part of one, that stands for nothing any more.

    Args:
        start: Where the comment begins, with its marks, in code points of the decoded file.
        end: One past its last mark.
        globs: What to take out of its list of rules; empty for the whole comment.
    """

    start: int
    end: int
    globs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleText:
    """What a rule says of itself: ``title`` follows "A claim that …", ``why`` is in sentences."""

    id: str
    title: str
    why: str
    preview: bool = False


@dataclass(frozen=True, slots=True)
class FileResult:
    """
    Everything that came out of one file; the runner adds these up to a report.

    Args:
        lines: The source lines that findings speak of, as ``(number from 1, text)``, by number.
        skipped: Why the file was passed over, empty when it was checked.
        notices: What the user should know and that changes no exit code, as ``path:line:column: …``.
        suppressed: How many findings are left out because the file or the configuration asks for it.
        stale: Comments that leave none out, in the order of the file.
        rules: The rules of its findings, by id.
        copy: The prose itself, in the order of the file, for reports that show it; empty unless it was asked for.
    """

    path: str
    findings: tuple[Finding, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    claims: tuple[Inventoried, ...] = ()
    qualifiers: tuple[tuple[Spot, Qualifier], ...] = ()
    dismissed: tuple[tuple[Spot, Dismissed], ...] = ()
    sections: tuple[Section, ...] = ()
    lines: tuple[tuple[int, str], ...] = ()
    skipped: str = ""
    failures: tuple[Failure, ...] = ()
    notices: tuple[str, ...] = ()
    suppressed: int = 0
    stale: tuple[Stale, ...] = ()
    rules: tuple[RuleText, ...] = ()
    copy: tuple[Segment, ...] = ()

    def limited_to(self, findings: Collection[Finding]) -> FileResult:
        """The result with these of its findings only, their rules, and the remedies that clear any of them."""
        prints = {one.fingerprint for one in findings}
        remedies = tuple(
            replace(one, clears=tuple(clear for clear in one.clears if clear in prints))
            for one in self.remedies
            if not prints.isdisjoint(one.clears)
        )
        named = {one.rule for one in findings}
        rules = tuple(rule for rule in self.rules if rule.id in named)
        return replace(self, findings=tuple(findings), remedies=remedies, rules=rules)


@dataclass(frozen=True, slots=True)
class Report:
    """
    The outcome of one run, from which every reporter renders.

    Args:
        on: The date the policies were judged on, ``YYYY-MM-DD``.
        policies: Names, in the order asked for.
        results: By path.
        accepted: How many findings are left out because the baseline holds them.
        notices: What the user should know of the whole run, as ``path:line:column: …``.
    """

    version: str
    rules_hash: str
    on: str
    policies: tuple[str, ...]
    results: tuple[FileResult, ...]
    accepted: int = 0
    notices: tuple[str, ...] = ()

    @property
    def rules(self) -> tuple[RuleText, ...]:
        """The rules of its findings, by id."""
        found = {rule.id: rule for result in self.results for rule in result.rules}
        return tuple(found[one] for one in sorted(found))
