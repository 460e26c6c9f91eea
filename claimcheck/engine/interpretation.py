"""What the sentences of one document say together: claims, their contexts and subjects, qualifiers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from claimcheck.engine.assembly import Draft, drafts, promise
from claimcheck.engine.context import LINE, Cue, Surroundings, cues, dismissal
from claimcheck.engine.lists import lists_between
from claimcheck.engine.matching import Match, PhraseMatcher
from claimcheck.engine.prefilter import Prefilter
from claimcheck.engine.sentence import Sentence
from claimcheck.engine.subjects import Subjects
from claimcheck.model import Analysis, Claim, Dismissed, Document, Place, Qualifier, Role
from claimcheck.packs.rulebook import Rulebook

_LOOK = "appearance"
_QUOTES = ('"', "\u201c", "\u201d")
_PRONOUNS = frozenset("it its they them their these those this that".split())
_STUDIED = frozenset({"proof", "quantified", "comparative"})
"""Kinds of claim that speak of a study, named or not."""


class Matcher:
    """Finds the phrases of one rule book. Build it once: spaCy's matchers are made when first needed, and kept."""

    def __init__(self, rulebook: Rulebook, *, preview: bool = False) -> None:
        self.rulebook = rulebook
        hidden = frozenset() if preview else rulebook.preview
        self._hidden = frozenset(index for index, rule in enumerate(rulebook.claims) if rule["id"] in hidden)
        self._phrases = PhraseMatcher(rulebook)
        self._families: dict[str, Prefilter] = {}

    def claims(self, sentence: Sentence, phrases: Iterable[int]) -> list[Match]:
        """Matches of claims among these phrases, and of what bars them."""
        found = [
            match
            for match in self._phrases.matches(sentence, phrases)
            if match.index not in self._hidden or match.owner == "construction"
        ]
        return [*found, *self._family("bars", sentence)] if found else []

    def qualifiers(self, sentence: Sentence) -> list[Match]:
        """Matches of qualifiers, and of what bars them."""
        return self._family("qualifiers", sentence)

    def contexts(self, sentence: Sentence) -> list[Match]:
        """Matches of contexts, and of what undoes them."""
        return self._family("contexts", sentence)

    def _family(self, family: str, sentence: Sentence) -> list[Match]:
        if family not in self._families:
            self._families[family] = Prefilter(self.rulebook, family)
        return self._phrases.matches(sentence, self._families[family].candidates(sentence))


@dataclass(frozen=True, slots=True)
class _Found:
    """A qualifier in a sentence, or a part of a study; ``start`` and ``end`` count words."""

    rule: int
    kind: str
    start: int
    end: int


@dataclass
class Interpretation:
    """
    One document being read; what was found in each sentence is kept for its neighbours.

    Args:
        matcher: Finds phrases in its sentences.
        sentences: All of them, in their order.
        promised: Numbers of those that are items of a list of benefits.
    """

    matcher: Matcher
    document: Document
    sentences: Sequence[Sentence]
    promised: frozenset[int] = frozenset()
    _cues: dict[int, list[Cue]] = field(default_factory=dict)
    _claimed: dict[int, set[str]] = field(default_factory=dict)
    _qualifiers: dict[int, list[_Found]] = field(default_factory=dict)
    _marks: dict[int, list[int]] = field(default_factory=dict)
    _above: dict[tuple[int, ...], list[Cue]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._blocks: dict[int, list[int]] = {}
        for sentence in self.sentences:
            self._blocks.setdefault(self._block(sentence), []).append(sentence.number)
        self._headings = headings(self.document)
        self._leaning = {rule["id"] for rule in self.matcher.rulebook.claims if rule["antecedent"]}
        # A figure, a question or a label that lends its words claims by itself what it claims.
        self._lenders = {
            one.lender
            for one in self.sentences
            if one.lender is not None
            and self._block(self.sentences[one.lender]) == self.document.segments[one.segment].intro
        }

    def draft(self, number: int, phrases: Iterable[int]) -> list[Draft]:
        """The claims of a sentence, before their context is known."""
        sentence = self.sentences[number]
        matches = self.matcher.claims(sentence, phrases)
        if not matches:
            return promise(self.matcher.rulebook, sentence) if number in self.promised else []
        looks = [(one.start, one.end) for one in self._qualified(number) if one.kind == _LOOK]
        before = self._before(sentence)
        found = drafts(self.matcher.rulebook, sentence, matches, before=before, looks=looks)
        if before is not None and self._claimed.get(before.number):
            # "Want fewer lines? Meet our serum.": the question claims, and what only names the remedy need not.
            found = [one for one in found if not self._points_back(sentence, one)]
        # What an introduction claims by itself is not repeated in each of its items, nor that of a label in its value.
        found = [one for one in found if one.end > sentence.borrowed]
        if sentence.lender is not None and sentence.lender not in self._lenders:
            found = [rest for one in found if (rest := one.without(self._claimed.get(sentence.lender, ()))).rules]
        self._claimed[number] = {kind for one in found for kind in one.kinds}
        if not found and number in self.promised:
            return promise(self.matcher.rulebook, sentence)
        # Nor does one that lacks its object, which the items name, claim anything by itself.
        return [one for one in found if one.targets] if number in self._lenders else found

    def _points_back(self, sentence: Sentence, draft: Draft) -> bool:
        """Whether a claim says nothing by itself, not even "it" or "them": it hangs on what was named before."""
        return {rule for _, rule in draft.rules} <= self._leaning and _PRONOUNS.isdisjoint(
            sentence.words[draft.start : draft.end]
        )

    def conclude(self, drafted: dict[int, list[Draft]], subject: str, *, inventory: bool = False) -> Analysis:
        """Contexts, subjects and qualifiers, for the whole document."""
        subjects = Subjects(self.matcher.rulebook, self.document, self.sentences)
        claims: list[Claim] = []
        dismissed: list[Dismissed] = []
        standing: dict[int, list[tuple[Draft, Claim]]] = {}
        for number, found in drafted.items():
            sentence = self.sentences[number]
            around = self._surroundings(sentence, drafted)
            for draft in found:
                claim = self._claim(sentence, draft, subjects, subject)
                why = dismissal(self.matcher.rulebook, draft, around, claim.text)
                if why is None:
                    claims.append(claim)
                    standing.setdefault(number, []).append((draft, claim))
                else:
                    dismissed.append(Dismissed(claim, why[0].partition("/")[0], why[0], why[1]))
        if not claims and not inventory:
            return Analysis(self.document, (), (), tuple(dismissed))
        qualifiers = [
            qualifier
            for sentence in self.sentences
            for one in self._qualified(sentence.number)
            for qualifier in self._as_qualifiers(sentence, one, standing.get(sentence.number, ()))
        ]
        closing = {block: numbers[-1] for block, numbers in self._blocks.items()}
        return Analysis(self.document, tuple(claims), tuple(qualifiers), tuple(dismissed), closing)

    def all_qualifiers(self) -> tuple[tuple[str, str], ...]:
        """``(rule id, words)`` of every qualifier."""
        rules = self.matcher.rulebook.qualifiers
        return tuple(
            (rules[one.rule]["id"], self._text(sentence, one.start, one.end))
            for sentence in self.sentences
            for one in self._qualified(sentence.number)
        )

    def _text(self, sentence: Sentence, start: int, end: int) -> str:
        return self.document.segments[sentence.segment].text[sentence.starts[start] : sentence.ends[end - 1]]

    def _claim(self, sentence: Sentence, draft: Draft, subjects: Subjects, subject: str) -> Claim:
        segment, rulebook = self.document.segments[sentence.segment], self.matcher.rulebook
        kinds = draft.kinds
        rules = dict(draft.rules)
        named, evidence = subjects.of(sentence, draft, segment.section) if subject == "auto" else (subject, "")
        return Claim(
            place=self._place(sentence, draft.start, draft.end),
            text=self._text(sentence, draft.start, draft.end),
            sentence=self._text(sentence, 0, len(sentence.words)),
            kinds=kinds,
            rule=rules[kinds[0]],
            rules=tuple(rules[kind] for kind in kinds),
            targets=draft.targets,
            classes=draft.classes,
            actions=lists_between(rulebook, sentence, draft.start, draft.end, rulebook.actions),
            areas=lists_between(rulebook, sentence, draft.start, draft.end, rulebook.areas),
            subject=named,
            evidence=evidence,
            grounded=self._grounded(sentence),
            parts=self._parts(sentence) if not _STUDIED.isdisjoint(kinds) else (),
            bare=draft.bare,
        )

    def _as_qualifiers(
        self, sentence: Sentence, found: _Found, claims: Sequence[tuple[Draft, Claim]]
    ) -> Iterable[Qualifier]:
        rule = self.matcher.rulebook.qualifiers[found.rule]
        if rule["part"]:
            return
        holder = sentence
        if sentence.lender is not None and found.end <= sentence.borrowed:
            if not rule["governs"]:
                return
            # It stands in what lent the words.
            holder = self.sentences[sentence.lender]
        shift = sentence.skipped if holder is not sentence else 0
        place = self._place(holder, found.start + shift, found.end + shift)
        text = self._text(holder, found.start + shift, found.end + shift)
        if rule["governs"]:
            for draft, claim in claims:
                if draft.start < found.end and found.start < draft.end:
                    yield Qualifier(place, text, found.kind, rule["id"], governs=claim.place.start)
            return
        if self._is_quoted(sentence, found):
            return
        for kind in (found.kind, *rule["also"]):
            yield Qualifier(place, text, kind, rule["id"])

    def _is_quoted(self, sentence: Sentence, found: _Found) -> bool:
        """Whether words stand between quotation marks: a caveat that is quoted from others is none."""
        marks = self._marks.get(sentence.segment)
        if marks is None:
            text = self.document.segments[sentence.segment].text
            marks = self._marks[sentence.segment] = [at for at, letter in enumerate(text) if letter in _QUOTES]
        before = bisect_left(marks, sentence.starts[found.start])
        return before % 2 == 1 and marks[-1] >= sentence.ends[found.end - 1]

    def _heading_cues(self, segment: int) -> list[Cue]:
        """What the headings that a segment stands under say of it; of each rule once, however long they are."""
        above = self._headings.get(segment, ())
        if above not in self._above:
            found = (cue for block in above for number in self._blocks.get(block, ()) for cue in self._cues_of(number))
            self._above[above] = list({cue.rule: cue for cue in found}.values())
        return self._above[above]

    def _qualified(self, number: int) -> list[_Found]:
        """The qualifiers of a sentence: the longest match of each kind where matches overlap."""
        if number not in self._qualifiers:
            rules = self.matcher.rulebook.qualifiers
            matches = self.matcher.qualifiers(self.sentences[number])
            barred = [(m.index, m.start, m.end) for m in matches if m.owner == "unless-qualifier"]
            kept = [
                _Found(m.index, rules[m.index]["part"] or rules[m.index]["id"].partition("/")[0], m.start, m.end)
                for m in matches
                if m.owner == "qualifier"
                and not any(rule == m.index and s < m.end and m.start < e for rule, s, e in barred)
            ]
            self._qualifiers[number] = _longest(kept)
        return self._qualifiers[number]

    def _cues_of(self, number: int) -> list[Cue]:
        if number not in self._cues:
            self._cues[number] = cues(self.matcher.contexts(self.sentences[number]))
        return self._cues[number]

    def _surroundings(self, sentence: Sentence, drafted: dict[int, list[Draft]]) -> Surroundings:
        block = self._blocks[self._block(sentence)]
        # No sentence is without words: a block of more sentences than that need not be counted for each of them.
        short = len(block) <= LINE and sum(len(self.sentences[number].words) for number in block) <= LINE
        segment = self.document.segments[sentence.segment]
        intro = self._blocks.get(segment.intro, ()) if segment.intro is not None else ()
        after = self._after(sentence)
        return Surroundings(
            sentence=sentence,
            cues=self._cues_of(sentence.number),
            block_cues=[cue for number in block for cue in self._cues_of(number)] if short else (),
            introduction=self._cues_of(intro[-1]) if intro else (),
            headings=self._heading_cues(sentence.segment),
            qualifiers=[(one.kind, one.start, one.end) for one in self._qualified(sentence.number)],
            after=after,
            after_has_claim=after is not None and after.number in drafted,
        )

    def _before(self, sentence: Sentence) -> Sentence | None:
        """The sentence before, where this goes on with it."""
        if sentence.number == 0:
            return None
        before = self.sentences[sentence.number - 1]
        return before if self._goes_on(before, sentence) else None

    def _after(self, sentence: Sentence) -> Sentence | None:
        """The sentence after, where that goes on with this."""
        if sentence.number + 1 >= len(self.sentences):
            return None
        after = self.sentences[sentence.number + 1]
        return after if self._goes_on(sentence, after) else None

    def _goes_on(self, first: Sentence, second: Sentence) -> bool:
        """Whether a sentence stands in the block of the one before, or below that as a heading or lone question."""
        if self._block(first) == self._block(second):
            return True
        above, below = (self.document.segments[one.segment] for one in (first, second))
        if above.role is Role.HEADING:
            return True
        asked = first.asks and not above.metadata and not below.metadata and not below.level
        return asked and len(self._blocks[self._block(first)]) == 1

    def _grounded(self, sentence: Sentence) -> bool:
        names = self.matcher.rulebook.names
        return any(
            combo >= 0 and not names[combo].isdisjoint(("target", "area"))
            for number in self._blocks[self._block(sentence)]
            for combo in self.sentences[number].lists
        )

    def _parts(self, sentence: Sentence) -> tuple[str, ...]:
        """What the block of a sentence tells of a study."""
        told = {one.kind for number in self._blocks[self._block(sentence)] for one in self._qualified(number)}
        return tuple(rule["part"] for rule in self.matcher.rulebook.qualifiers if rule["part"] in told)

    def _block(self, sentence: Sentence) -> int:
        return self.document.segments[sentence.segment].block

    def _place(self, sentence: Sentence, start: int, end: int) -> Place:
        segment = self.document.segments[sentence.segment]
        begin, finish = segment.to_source(sentence.starts[start], sentence.ends[end - 1])
        return Place(sentence.segment, sentence.number, segment.block, segment.section, begin, finish)


def _longest(found: Sequence[_Found]) -> list[_Found]:
    result: list[_Found] = []
    for one in sorted(found, key=lambda f: (f.kind, f.start, -f.end)):
        if result and result[-1].kind == one.kind and one.start < result[-1].end:
            last = result[-1]
            result[-1] = _Found(last.rule, last.kind, last.start, max(last.end, one.end))
        else:
            result.append(one)
    return sorted(result, key=lambda f: (f.start, f.end, f.kind))


def headings(document: Document) -> dict[int, tuple[int, ...]]:
    """For each segment below a heading the blocks of all headings that it stands under, the highest first."""
    above: list[tuple[int, int]] = []
    found: dict[int, tuple[int, ...]] = {}
    for number, segment in enumerate(document.segments):
        if segment.metadata:
            continue
        if segment.level:
            above = [one for one in above if one[0] < segment.level]
        if above:
            found[number] = tuple(block for _, block in above)
        if segment.level:
            above.append((segment.level, segment.block))
    return found
