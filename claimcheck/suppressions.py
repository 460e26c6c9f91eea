"""What a file or the configuration asks the linter to leave alone, and for how long; docs/suppressions.md tells all."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from claimcheck.globs import verdict
from claimcheck.model import Comment, Document, Failure, FileResult, Finding, Ignore, Place, Spot, Stale, is_over
from claimcheck.names import RuleNames

# <!-- claimcheck: ignore[efficacy/scars, proof/*] because the study is linked below until 2027-05 -->
# <!-- claimcheck: ignore because this is a quotation from the regulator -->
_OURS = re.compile(r"\s*claimcheck:\s*(.*)", re.DOTALL)
# What is written as other linters have it, or as the name of this one sounds: it does nothing, and has to be told of.
_NEAR = re.compile(r"\s*claim[ _-]?check(?:-lint)?\s*[:=,-]?\s*(?:ignore|disable|noqa|suppress)(?!\w)", re.IGNORECASE)
_INSTRUCTION = re.compile(
    r"(ignore(?:-line|-start|-end|-file)?)(?![\w-])\s*(?:\[([^\]]*)\]\s*)?(?:because\b\s*(.*))?", re.DOTALL
)
# What ends with "until" and a few words of which one has a digit is meant for a day, whatever it looks like.
_UNTIL = re.compile(r"(?<!\S)until\s+(?=\D*\d)(\S+(?:\s+\S+){0,2})\s*\Z")
_LONGEST_END = 100
_FORM = "write: claimcheck: ignore[rule] because …"
_REMOVES = "'claimcheck check --fix-suppressions' removes it"


@dataclass(frozen=True, slots=True)
class Instruction:
    """
    What a comment to the linter says.

    Args:
        form: ``ignore``, ``ignore-line``, ``ignore-start``, ``ignore-end`` or ``ignore-file``.
        globs: Ids or globs of ids of rules, as written; ``*`` when none is named.
        reason: Why; empty when it does not say.
        until: The last day or month on which it counts; empty for no end.
    """

    form: str
    globs: tuple[str, ...]
    reason: str
    until: str = ""


@dataclass(frozen=True, slots=True)
class Suppression:
    """
    Rules that are left alone somewhere in a document.

    Args:
        globs: Ids or globs of ids, as written.
        where: ``path:line:column`` of what says so.
        block: The block that it is about; ``None`` if that is a stretch of the document.
        start: Where the stretch begins.
        end: One past its end; 0 for the whole document.
        comments: What asks for it: one comment, those around a region, none for front matter or a configuration.
        told: Whether it is told of when it leaves nothing out.
        lines: Whether the stretch is the lines of its comment.
    """

    globs: tuple[str, ...]
    where: str
    block: int | None = None
    start: int = 0
    end: int = 0
    comments: tuple[Comment, ...] = ()
    told: bool = True
    lines: bool = False

    def covers(self, place: Place) -> bool:
        """Whether it is about what stands there."""
        if self.block is not None:
            return place.block == self.block
        return not self.end or (place.start < self.end and place.end > self.start)


@dataclass(slots=True)
class Asked:
    """
    What a document asks for, and what is wrong with that.

    Args:
        suppressions: In the order of the file, those of its front matter first.
        notices: ``(offset, text)`` of what the user should know.
        failures: Comments that would have to say why and do not.
        stale: Comments that can stand for nothing.
    """

    suppressions: list[Suppression] = field(default_factory=list)
    notices: list[tuple[int, str]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    stale: list[Stale] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Suppressed:
    """
    A result without what was to be left alone.

    Args:
        result: Its notices say which comments could not be followed or leave nothing out.
        left_out: The findings that are gone.
    """

    result: FileResult
    left_out: tuple[Finding, ...]


def suppress(
    result: FileResult,
    document: Document,
    rules: RuleNames,
    *,
    on: str = "",
    require_reasons: bool = False,
    ignores: Sequence[Ignore] = (),
) -> Suppressed:
    """
    Leave out the findings that the file and the configuration ask to leave alone.

    A finding that stands in several places is left out only where they say so.

    Args:
        on: The day to judge by, ``YYYY-MM-DD``; empty means that nothing has ended.
        require_reasons: Whether a comment that does not say why does nothing and is a failure.
        ignores: What the configuration asks for, for all files.
    """
    asked = asked_by(document, rules, on=on, require_reasons=require_reasons)
    asked.suppressions += _configured(ignores, document.path, on)
    used: set[tuple[int, str]] = set()
    left: list[Finding] = []
    kept: list[Finding] = []
    if asked.suppressions:
        places = {one.spot: one.claim.place for one in result.claims}
        covering = _Covering(asked.suppressions, rules)
        for finding in result.findings:
            spots = [
                spot
                for spot in (finding.spot, *finding.also_at)
                if not covering.leaves_out(finding.rule, places[spot], used)
            ]
            if spots:
                kept.append(finding)
                left.append(_moved(finding, spots, places[spots[0]].section))
        left.sort(key=lambda one: (one.spot.start.offset, one.spot.end.offset, one.policy, one.rule))
        rest = replace(result.limited_to(kept), findings=tuple(left))
    else:
        rest, kept = result, list(result.findings)
    _tell_unused(asked, used, rules)
    told = replace(
        rest,
        notices=(*rest.notices, *(text for _, text in sorted(asked.notices, key=lambda one: one[0]))),
        failures=(*rest.failures, *asked.failures),
        stale=tuple(sorted(asked.stale, key=lambda one: one.start)),
    )
    remaining = set(map(id, kept))
    return Suppressed(told, tuple(one for one in result.findings if id(one) not in remaining))


def asked_by(document: Document, rules: RuleNames, *, on: str = "", require_reasons: bool = False) -> Asked:
    """What the comments and the front matter of a document ask for; arguments as for ``suppress``."""
    reader = _Reader(document, rules, on, require_reasons=require_reasons)
    for one in document.ignores:
        reader.take_front_matter(one)
    for comment in document.comments:
        reader.take(comment)
    reader.close()
    return reader.asked


def instruction_of(text: str) -> Instruction | None:
    """
    What a comment says to the linter; ``None`` if it speaks to somebody else.

    Args:
        text: Its words without the marks around them.

    Raises:
        ValueError: If it speaks to the linter and is not understood; it says why.
    """
    if ours := _OURS.fullmatch(text):
        return _instruction(ours[1].strip())
    if _NEAR.match(text):
        raise ValueError(f"this comment is not understood; {_FORM}")
    return None


def instruction_in(comment: Comment) -> Instruction | None:
    """What a comment of a file says to the linter; arguments and errors as for ``instruction_of``."""
    if not comment.whole or _OURS.match(comment.text):
        return instruction_of(comment.text)
    return instruction_of(f"claimcheck: {comment.text}") if comment.text else None


def ended(one: Ignore) -> str:
    """What to say of what front matter or a configuration asked for until a day that is over."""
    what = f"ignoring {_named(one.rules)} counted until {one.until}"
    return f"{one.where}: {what} and leaves nothing out any more; remove it"


def _instruction(words: str) -> Instruction:
    until = ""
    if found := _UNTIL.search(words, max(0, len(words) - _LONGEST_END)):
        until = found[1].rstrip(".")
        if not _is_last_day(until):
            raise ValueError(f"'{until}' is no date; write: until YYYY-MM-DD, or until YYYY-MM")
        words = words[: found.start()].rstrip()
    match = _INSTRUCTION.fullmatch(words)
    if match is None or (match[1] == "ignore-end" and (match[2] is not None or until)):
        raise ValueError(f"this comment is not understood; {_FORM}")
    globs = ("*",) if match[2] is None else tuple(part.strip() for part in match[2].split(",") if part.strip())
    if not globs:
        raise ValueError(f"this comment does not say which rule to ignore; {_FORM}")
    return Instruction(match[1], globs, (match[3] or "").strip(), until)


def _is_last_day(text: str) -> bool:
    from claimcheck.packs.forms import misfit  # few comments have an end
    from claimcheck.packs.schema import Text

    return misfit(Text(text), "last-day", text) is None


class _Reader:
    """Goes through the comments of one document, in their order."""

    def __init__(self, document: Document, rules: RuleNames, on: str, *, require_reasons: bool) -> None:
        self.asked = Asked()
        self._document = document
        self._rules = rules
        self._on = on
        self._require_reasons = require_reasons
        self._open: list[tuple[Instruction, Comment]] = []

    def take_front_matter(self, one: Ignore) -> None:
        if one.is_over(self._on):
            self.asked.notices.append((-1, ended(one)))
            return
        for glob in one.rules:
            if problem := _unknown(glob, self._rules):
                self.asked.notices.append((-1, f"{one.where}: {problem}"))
        self.asked.suppressions.append(Suppression(one.rules, one.where))

    def take(self, comment: Comment) -> None:
        try:
            said = instruction_in(comment)
        except ValueError as error:
            self._notice(comment, str(error))
            return
        if said is None:
            return
        if said.form == "ignore-end":
            self._end_region(comment)
        elif self._is_followed(said, comment):
            self._follow(said, comment)

    def close(self) -> None:
        """Take the regions that are open for regions to the end of the document."""
        for said, start in self._open:
            if said.globs:
                self._notice(start, "no 'claimcheck: ignore-end' follows, so that this counts to the end of the file")
                self._add(said, start, start.end, len(self._document.text) + 1)
        self._open.clear()

    def _is_followed(self, said: Instruction, comment: Comment) -> bool:
        """Whether an instruction counts; what is wrong with it is told."""
        if is_over(said.until, self._on):
            self._notice(comment, f"this comment counted until {said.until} and leaves nothing out any more")
            self._stale(comment)
            # The end of a region is still its end.
            if said.form == "ignore-start":
                self._open.append((replace(said, globs=()), comment))
            return False
        for glob in said.globs:
            if problem := _unknown(glob, self._rules):
                self._notice(comment, problem)
        if not said.reason:
            why = f"this comment does not say why; {_FORM}"
            if not self._require_reasons:
                self._notice(comment, why)
                return True
            at = self._document.position(comment.start)
            self.asked.failures.append(Failure(self._document.path, why, at.line, at.column))
            if said.form == "ignore-start":
                self._open.append((replace(said, globs=()), comment))
        return bool(said.reason)

    def _follow(self, said: Instruction, comment: Comment) -> None:
        if said.form == "ignore-start":
            self._open.append((said, comment))
        elif said.form == "ignore-file" or comment.whole:
            self._add(said, comment)
        elif said.form == "ignore-line":
            start, end = _lines_of(self._document, comment)
            self.asked.suppressions.append(
                Suppression(said.globs, self._where(comment), None, start, end, (comment,), lines=True)
            )
        elif comment.block is None:
            self._notice(comment, "nothing follows this comment that it could speak of")
            self._stale(comment)
        else:
            self.asked.suppressions.append(
                Suppression(said.globs, self._where(comment), comment.block, comments=(comment,))
            )

    def _end_region(self, comment: Comment) -> None:
        if not self._open:
            self._notice(comment, "no 'claimcheck: ignore-start' comes before this comment")
            self._stale(comment)
            return
        said, start = self._open.pop()
        if said.globs:
            self._add(said, start, start.end, comment.start, ending=(comment,))
        elif is_over(said.until, self._on):
            self._stale(comment)

    def _add(
        self, said: Instruction, comment: Comment, start: int = 0, end: int = 0, *, ending: tuple[Comment, ...] = ()
    ) -> None:
        if said.globs:
            one = Suppression(said.globs, self._where(comment), start=start, end=end, comments=(comment, *ending))
            self.asked.suppressions.append(one)

    def _notice(self, comment: Comment, text: str) -> None:
        self.asked.notices.append((comment.start, f"{self._where(comment)}: {text}"))

    def _stale(self, comment: Comment) -> None:
        self.asked.stale.append(Stale(comment.start, comment.end))

    def _where(self, comment: Comment) -> str:
        at = self._document.position(comment.start)
        return f"{self._document.path}:{at.line}:{at.column}"


class _Covering:
    """Finds what may be about a place: of the suppressions of a long file, few."""

    def __init__(self, suppressions: Iterable[Suppression], rules: RuleNames) -> None:
        self._blocks: dict[int | None, list[tuple[int, Suppression]]] = defaultdict(list)
        # In the order of the file, and so by their beginnings and by their ends.
        self._lines: list[tuple[int, Suppression]] = []
        self._current = {glob: rules.current(glob) for one in suppressions for glob in one.globs}
        for number, one in enumerate(suppressions):
            (self._lines if one.lines else self._blocks[one.block]).append((number, one))

    def leaves_out(self, rule: str, place: Place, used: set[tuple[int, str]]) -> bool:
        """Whether a finding of a rule is left alone there; every glob that says so goes to ``used``."""
        first = bisect_right(self._lines, place.start, key=_end)
        last = bisect_left(self._lines, place.end, key=_start)
        about = (*self._blocks.get(place.block, ()), *self._blocks.get(None, ()), *self._lines[first:last])
        saying = [
            (number, glob)
            for number, one in about
            if one.covers(place)
            for glob in one.globs
            if fnmatchcase(rule, self._current[glob])
        ]
        used.update(saying)
        return bool(saying)


def _start(numbered: tuple[int, Suppression]) -> int:
    return numbered[1].start


def _end(numbered: tuple[int, Suppression]) -> int:
    return numbered[1].end


def _configured(ignores: Sequence[Ignore], path: str, on: str) -> Iterator[Suppression]:
    """What the configuration asks for in a file. Whether it is of use shows only in all files, so it is not told of."""
    for one in ignores:
        if not one.is_over(on) and (not one.paths or verdict(one.paths, path)):
            yield Suppression(one.rules, one.where, told=False)


def _tell_unused(asked: Asked, used: Collection[tuple[int, str]], rules: RuleNames) -> None:
    for number, one in enumerate(asked.suppressions):
        idle = tuple(glob for glob in one.globs if (number, glob) not in used)
        if not idle or not one.told:
            continue
        whole = len(idle) == len(one.globs)
        if one.comments:
            asked.stale += (
                [Stale(comment.start, comment.end) for comment in one.comments]
                if whole
                else [Stale(one.comments[0].start, one.comments[0].end, idle)]
            )
        known = [glob for glob in idle if rules.named_by(glob)]
        at = one.comments[0].start if one.comments else -1
        removes = _REMOVES if one.comments else "remove it"
        if whole and known:
            what = "this comment" if one.comments else f"ignoring {_named(known)}"
            asked.notices.append((at, f"{one.where}: {what} leaves nothing out; {removes}"))
        elif known:
            asked.notices += [(at, f"{one.where}: '{glob}' leaves nothing out here; {removes}") for glob in known]


def _named(globs: Iterable[str]) -> str:
    return ", ".join(f"'{glob}'" for glob in globs)


def _unknown(glob: str, rules: RuleNames) -> str:
    """What to say of a glob that names no rule; empty for any other."""
    if rules.named_by(glob):
        return ""
    hint = rules.unknown(glob)
    return f"no rule '{glob}' to ignore" + (f"; {hint}" if hint else "")


def _lines_of(document: Document, comment: Comment) -> tuple[int, int]:
    """Where the lines on which a comment stands begin and end."""
    first, last = document.position(comment.start).line, document.position(comment.end - 1).line
    starts = document.line_starts
    return starts[first - 1], starts[last] if last < len(starts) else len(document.text) + 1


def _moved(finding: Finding, spots: list[Spot], section: int) -> Finding:
    if finding.spot == spots[0] and len(spots) == 1 + len(finding.also_at):
        return finding
    return replace(finding, spot=spots[0], also_at=tuple(spots[1:]), section=section)
