"""
Says of a claim that it is the look which changes: "reduces wrinkles" becomes "reduces the look of wrinkles".

Only where the grammar is certain: a verb, or several that share their object, right before what it acts on.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from claimcheck.edits import Edit
from claimcheck.engine.lists import has, is_part, names_at
from claimcheck.engine.reading import read_sentences
from claimcheck.engine.sentence import Sentence
from claimcheck.fixes.model import Applicability, Complaint, Fix, Page, Words, complaints
from claimcheck.model import Claim, Document, Role, Segment
from claimcheck.packs.rulebook import Rulebook

_LOOK = "the look of "
_KIND = "appearance"
# Of a disease the look is no disease; what can be felt has none.
_CLASSES = frozenset({"condition", "concern"})
# What others said is theirs.
_OF_OTHERS = frozenset({"testimonial", "before-after", "endorsement"})
_OTHERS = (Role.QUOTE, Role.NOTE)
# Target lists of what can be seen: nothing is the look of an absorption or of a concern.
_SEEN = frozenset(
    "ageing blackheads blemishes cellulite dark-circles dullness firmness hair-damage melasma oiliness pigmentation"
    " pores puffiness redness roughness sagging scars stretch-marks texture tone veins wrinkles".split()
)
# Verbs of which the object may well be a look: nobody "stops the look of ageing" or "fills the look of lines".
_VERB = re.compile(
    "(?:blurr?|boost|brighten|calm|camouflag|combat|conceal|correct|counteract|cover|decreas|diminish|enhanc|even|fad"
    "|fight|firm|hid|improv|lessen|lift|lighten|minimis|perfect|plump|reduc|refin|refresh|rejuvenat|renew|repair|restor"
    "|reviv|revitalis|shrink|smooth|soften|sooth|tackl|target|tighten|transform|treat)(?:e|s|es|ing)?"
)
_JOINS = frozenset({"and", "or", "&", ","})
_HELPERS = frozenset({"help", "helps", "helping", "can", "may", "will", "could", "might"})
_BEFORE_ING = frozenset({"by", "while", "when", "for"})
# What may stand between the verb and its object, beside the words of these lists.
_BETWEEN = frozenset("new old deep existing stubborn persistent unwanted first early fine the".split())
_BETWEEN_LISTS = ("det", "troubled", "noticeable", "skin", "face", "body")
# What may follow the object: any other word might make it the first half of a compound ("wrinkle depth").
_FOLLOWERS = frozenset(
    "and or & by in with for of on while after over without from to around as that which who is are so at within but"
    " when where if through using thanks due caused before during across under until left because plus then than not"
    " just".split()
)
_QUOTES = re.compile('["\u201c\u201d\u00ab\u00bb]')
_INLINE_QUOTE = re.compile(r"<(/?)q(?=[\s>])", re.IGNORECASE)


def wordings(page: Page, rulebook: Rulebook) -> list[Fix]:
    """The changes of words that may clear objections of a page, in its order."""
    accepting = _accepting(page, rulebook)
    if not accepting:
        return []
    sentences: dict[int, list[Sentence]] = {}
    for sentence in read_sentences(page.document, rulebook):
        sentences.setdefault(sentence.segment, []).append(sentence)
    # To reword the sentence of an old finding would make it a new one.
    old = {one.start for finding in page.result.findings for one in complaints(finding) - page.wanted}
    found: dict[int, Fix] = {}
    for listed in page.result.claims:
        claim, start = listed.claim, listed.spot.start.offset
        place = _place(claim, page.document, sentences.get(claim.place.segment, ())) if start in accepting else None
        if place is None or any(start in place.source for start in old):
            continue
        words = _reworded(claim, place, rulebook)
        if words is not None:
            at = start + words.offset - place.start
            said = place.text[place.start : words.offset] + words.new + place.text[words.offset : place.end]
            clears = frozenset(accepting[start])
            found[start] = Fix(
                f"Write \u201c{said}\u201d.", Applicability.UNSAFE, clears, Edit(at, at, words.new), words
            )
    return [found[start] for start in sorted(found)]


def _accepting(page: Page, rulebook: Rulebook) -> dict[int, list[Complaint]]:
    """Where claims begin, with the objections whose policy accepts wording about the look."""
    entries = {
        (name, entry["id"]): entry
        for name in {one.policy for one in page.wanted}
        for entry in rulebook.policies[name]["entries"]
    }
    found: dict[int, list[Complaint]] = {}
    for finding in page.result.findings:
        entry = entries.get((finding.policy, finding.entry))
        if entry is not None and _accepts(entry):
            for one in complaints(finding) & page.wanted:
                found.setdefault(one.start, []).append(one)
    return found


def _accepts(entry: Mapping[str, Any]) -> bool:
    return any(re.split("[/@]", option)[0] == _KIND for need in entry["needs"] for option in need["any"])


class _Place(NamedTuple):
    """
    Where a claim stands.

    Args:
        text: That of its segment.
        start: Its first character in that.
        end: One past its last.
        sentence: The one that holds it.
        source: Where that sentence stands in the file.
    """

    text: str
    start: int
    end: int
    sentence: Sentence
    source: range

    def word_at(self, offset: int) -> int:
        """Number of the first word that begins at an offset or after it."""
        return bisect_left(self.sentence.starts, offset, self.sentence.borrowed)


def _place(claim: Claim, document: Document, sentences: Sequence[Sentence]) -> _Place | None:
    """The place of a claim of which every character stands in the file as it is read; ``None`` for any other."""
    segment = document.segments[claim.place.segment]
    if segment.role in _OTHERS or (document.format == "html" and segment.role is Role.VALUE):
        return None
    run = next((one for one in segment.runs if one.exact and 0 <= claim.place.start - one.source < one.length), None)
    if run is None:
        return None
    start = run.start + claim.place.start - run.source
    end = start + claim.place.end - claim.place.start
    sentence = next((one for one in sentences if one.starts[one.borrowed] <= start < one.ends[-1]), None)
    if sentence is None or segment.text[start:end] != document.text[claim.place.start : claim.place.end]:
        return None
    if segment.text[start - 1 : start] == "-" or _is_quoted(segment, start, document.text):
        return None
    first, last = segment.to_source(sentence.starts[sentence.borrowed], sentence.ends[-1])
    return _Place(segment.text, start, end, sentence, range(first, last))


def _is_quoted(segment: Segment, start: int, text: str) -> bool:
    """Whether a place in a segment stands between quotation marks, or in an element that quotes."""
    if len(_QUOTES.findall(segment.text, 0, start)) % 2:
        return True
    if _opens(segment.text, start):
        return True
    first, last = segment.to_source(0, 1)[0], segment.to_source(start, start + 1)[0]
    tags = _INLINE_QUOTE.findall(text, first, last)
    return bool(tags) and not tags[-1]


def _opens(text: str, start: int) -> bool:
    """Whether a single quotation mark is open at a place: the closing one is an apostrophe, too."""
    opened = text.rfind("\u2018", 0, start)
    return opened >= 0 and not re.search(r"\u2019(?!\w)", text[opened:start])


def _reworded(claim: Claim, place: _Place, rulebook: Rulebook) -> Words | None:
    """What to put into a claim; ``None`` where its grammar is not certain, or other people's words are meant."""
    seen = _CLASSES.issuperset(claim.classes) and _SEEN.issuperset(claim.targets)
    if not seen or not _OF_OTHERS.isdisjoint(claim.kinds):
        return None
    phrase = _Phrase(place.sentence, rulebook)
    first = place.word_at(place.start)
    if not phrase.begins(first):
        return None
    verb = phrase.last_verb(first)
    target = phrase.object_of(verb)
    if not target or not phrase.ends(target) or not phrase.ends(place.word_at(place.end) - 1):
        return None
    offset = place.sentence.starts[verb + 1]
    if place.text[offset - 1] != " ":
        return None
    return Words(claim.place.segment, offset, _as_written(place.text[place.start : place.end], place.text[offset]))


def _as_written(claim: str, following: str) -> str:
    """The words to add, in capitals where the claim is: "REDUCES WRINKLES", "Reduces Wrinkles"."""
    if claim.isupper():
        return _LOOK.upper()
    return _LOOK.replace("look", "Look") if claim[0].isupper() and following.isupper() else _LOOK


class _Phrase:
    """The words around a claim, as grammar sees them; words are named by their number in the sentence."""

    def __init__(self, sentence: Sentence, rulebook: Rulebook) -> None:
        self._sentence = sentence
        self._rulebook = rulebook

    def begins(self, first: int) -> bool:
        """Whether a claim that begins here begins with a verb that is surely one."""
        words = self._sentence.words
        verb = self._past_adverbs(first)
        if verb >= len(words):
            return False
        before = first - 1
        while before >= 0 and self._has(before, "adverb"):
            before -= 1
        leading = words[before] if before >= 0 else ""
        form, names = self._form(verb), self._names(verb)
        if form == "s":
            return not self._has(before, "det", "quality") if leading else True
        if form == "ing":
            return leading in _BEFORE_ING
        if form == "base":
            # "Smooth lines", "clear pores" and "lift" may be no verbs.
            if names & {"quality", "action:noun", "target"}:
                return leading in _HELPERS or (leading == "to" and before > 0 and words[before - 1] in _HELPERS)
            return not leading or leading in _HELPERS or leading == "to"
        return False

    def last_verb(self, first: int) -> int:
        """The last of the verbs that share their object: the second of "firms and smooths wrinkles"."""
        verb = self._past_adverbs(first)
        form = self._form(verb)
        while True:
            after = verb + 1
            while after < len(self._sentence.words) and self._sentence.words[after] in _JOINS:
                after += 1
            following = self._past_adverbs(after)
            if after == verb + 1 or following >= len(self._sentence.words) or self._form(following) != form:
                return verb
            verb = following

    def object_of(self, verb: int) -> int:
        """The last word of the target that follows a verb; 0 if something else follows."""
        for index in range(verb + 1, len(self._sentence.words)):
            names = self._names(index)
            if "target" in names:
                return index
            known = is_part(self._sentence, index) or not names.isdisjoint(_BETWEEN_LISTS)
            if not known and self._sentence.words[index] not in _BETWEEN:
                return 0
        return 0

    def ends(self, last: int) -> bool:
        """Whether what ends with a word is no first half of a compound."""
        after = last + 1
        if after >= len(self._sentence.words):
            return True
        word = self._sentence.words[after]
        return word in _FOLLOWERS or not any(map(str.isalnum, word)) or self._has(after, "adverb")

    def _past_adverbs(self, index: int) -> int:
        while index < len(self._sentence.words) and self._has(index, "adverb"):
            index += 1
        return index

    def _form(self, index: int) -> str:
        """``s``, ``base`` or ``ing`` for a verb of one word that may act on a look; empty for all else."""
        if index >= len(self._sentence.words) or (index and is_part(self._sentence, index - 1)):
            return ""
        if not _VERB.fullmatch(self._sentence.words[index]):
            return ""
        names = self._names(index)
        if "action:s" in names:
            return "s"
        if "action:ing" in names:
            return "ing"
        if "action:base" in names:
            # Of some verbs a list has one form only, as a word of its own.
            word = self._sentence.words[index]
            return "s" if word.endswith("s") and not word.endswith("ss") else "base"
        return ""

    def _has(self, index: int, *names: str) -> bool:
        return has(self._rulebook, self._sentence, index, *names)

    def _names(self, index: int) -> frozenset[str]:
        return names_at(self._rulebook, self._sentence, index)
