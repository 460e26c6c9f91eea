"""From a document to what it says: claims, qualifiers and dismissed claims."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from claimcheck.engine.prefilter import Prefilter
from claimcheck.engine.reading import read_sentences
from claimcheck.engine.topic import on_topic
from claimcheck.model import Analysis, Document
from claimcheck.packs.rulebook import Rulebook

if TYPE_CHECKING:
    from claimcheck.engine.interpretation import Matcher


class Linter:
    """
    Finds claims and qualifiers with one rule book.

    Build it once for many documents. Everything that needs spaCy is imported when the first text has words that
    may be a claim: a clean text pays for none of it.
    """

    def __init__(self, rulebook: Rulebook, *, preview: bool = False) -> None:
        """``preview``: whether rules are used that may still change."""
        self.rulebook = rulebook
        self._preview = preview
        self._claims = Prefilter(rulebook, "claims")
        self._matcher: Matcher | None = None

    @cached_property
    def _names(self) -> Prefilter:
        return Prefilter(self.rulebook, "names")

    def analyse(
        self, document: Document, *, subject: str = "auto", inventory: bool = False, names: bool = False
    ) -> Analysis:
        """
        What a document says.

        Args:
            document: Of any format.
            subject: What its claims are about; ``auto`` works it out for each.
            inventory: Whether qualifiers are wanted of a document without claims, too.
            names: Whether bare words that some policies object to are wanted among the claims.
        """
        sentences = list(read_sentences(document, self.rulebook))
        topical = on_topic(self.rulebook, sentences, [document.segments[s.segment].section for s in sentences])
        candidates = {
            s.number: found
            for s in sentences
            if (topical is None or s.number in topical)
            and (found := self._claims.candidates(s) + (self._names.candidates(s) if names else []))
        }
        if not candidates and not inventory:
            return Analysis(document, (), (), ())
        from claimcheck.engine.interpretation import Interpretation

        reading = Interpretation(self._with_spacy(), document, sentences)
        drafted = {number: one for number, phrases in candidates.items() if (one := reading.draft(number, phrases))}
        if not drafted and not inventory:
            return Analysis(document, (), (), ())
        return reading.conclude(drafted, subject, inventory=inventory)

    def qualifiers(self, document: Document) -> tuple[tuple[str, str], ...]:
        """``(rule id, words)`` of every qualifier, whether or not the document makes a claim."""
        from claimcheck.engine.interpretation import Interpretation

        sentences = list(read_sentences(document, self.rulebook))
        return Interpretation(self._with_spacy(), document, sentences).all_qualifiers()

    def _with_spacy(self) -> Matcher:
        if self._matcher is None:
            from claimcheck.engine.interpretation import Matcher

            self._matcher = Matcher(self.rulebook, preview=self._preview)
        return self._matcher
