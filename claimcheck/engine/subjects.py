"""What a claim is about: worked out from its clause, the label, the heading, the section and the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from claimcheck.engine.assembly import Draft
from claimcheck.engine.lists import is_part
from claimcheck.engine.sentence import Sentence
from claimcheck.model import Document, Role
from claimcheck.packs.rulebook import Rulebook

_NEAR = 4
_BY = frozenset({"by", "with", "thanks", "through"})

Named = tuple[int, str, str]
"""A subject that is named in a sentence: the index of its (last) word, the subject, the words."""


class Subjects:
    """The subjects named in one document, looked up from near to far."""

    def __init__(self, rulebook: Rulebook, document: Document, sentences: Sequence[Sentence]) -> None:
        found = [_named(rulebook, sentence) for sentence in sentences]
        full = _full_names(found)
        self._named = [[(i, full.get(words, subject), words) for i, subject, words in one] for one in found]
        self._sections: dict[int, Counter[str]] = {}
        self._document: Counter[str] = Counter()
        self._headings: dict[int, tuple[str, str]] = {}
        self._labels: dict[int, tuple[str, str]] = {}
        heading: tuple[str, str] | None = None
        for sentence, named in zip(sentences, self._named, strict=True):
            segment = document.segments[sentence.segment]
            counts = self._sections.setdefault(segment.section, Counter())
            if segment.role is Role.HEADING:
                heading = (named[0][1], named[0][2]) if named else None
            elif heading is not None:
                self._headings.setdefault(sentence.segment, heading)
            if not segment.metadata:
                counts.update(subject for _, subject, _ in named)
            self._document.update(subject for _, subject, _ in named)
            if ":" in sentence.words and sentence.segment not in self._labels:
                colon = sentence.words.index(":")
                label = next(((subject, words) for index, subject, words in named if index < colon), None)
                if label is not None:
                    self._labels[sentence.segment] = label

    def of(self, sentence: Sentence, draft: Draft, section: int) -> tuple[str, str]:
        """``(subject, the words that gave it)``; ``unknown`` when nothing is named anywhere."""
        named = self._named[sentence.number]
        likened = Counter(
            subject for at, subject, _ in named if "equivalence" in draft.kinds and draft.start <= at < draft.end
        )
        before = [one for one in named if one[0] < draft.start]
        if before:
            return before[-1][1], before[-1][2]
        behind = [one for one in named if one[0] >= draft.end]
        if behind and (behind[0][0] - draft.end < _NEAR or sentence.words[0] in _BY):
            return behind[0][1], behind[0][2]
        for known in (self._labels, self._headings):
            if sentence.segment in known:
                return known[sentence.segment]
        for found in (self._sections.get(section, Counter()), self._document):
            # "A facelift in a jar" is about no facelift.
            counts = found - likened
            if counts:
                return counts.most_common(1)[0][0], ""
        return "unknown", ""


def _named(rulebook: Rulebook, sentence: Sentence) -> list[Named]:
    found: list[Named] = []
    for index, combo in enumerate(sentence.lists):
        if combo >= 0 and rulebook.subject_names[combo]:
            start = index
            while start > 0 and is_part(sentence, start - 1):
                start -= 1
            found.append((index, rulebook.subject_names[combo], " ".join(sentence.words[start : index + 1])))
    return found


def _full_names(named: Sequence[Sequence[Named]]) -> dict[str, str]:
    """Short names that stand for a longer one of the document: "the mask" for the LED mask of its heading."""
    full: dict[str, Counter[str]] = {}
    for _, subject, words in (one for sentence in named for one in sentence):
        head = words.rpartition(" ")
        if head[0]:
            full.setdefault(head[2], Counter())[subject] += 1
    return {word: subjects.most_common(1)[0][0] for word, subjects in full.items()}
