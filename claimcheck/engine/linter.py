"""From a document to what it says: claims, qualifiers and dismissed claims."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from claimcheck.model import Analysis, Document
from claimcheck.packs.store import Packs

if TYPE_CHECKING:
    from claimcheck.engine.interpretation import Matcher
    from claimcheck.engine.prefilter import Prefilter
    from claimcheck.packs.rulebook import Rulebook


class Linter:
    """
    Finds claims and qualifiers with one rule book.

    Build it once for many documents. Everything that needs spaCy is imported when the first text has words that
    may be a claim: a clean text pays for none of it.

    Attributes:
        rules_hash: What stands for the rules.
        preview: Whether rules are used that may still change.
    """

    def __init__(self, rules: Rulebook | Packs, *, preview: bool = False) -> None:
        """``rules``: a rule book, or packs of which one is made when the first text is to be read."""
        self._rules = rules
        self.rules_hash = rules.hash
        self.preview = preview
        self._matcher: Matcher | None = None

    def __reduce__(self) -> tuple[object, ...]:
        """Pickled without what spaCy made: another process makes its own when it needs it."""
        return partial(Linter, preview=self.preview), (self.rulebook,)

    @cached_property
    def rulebook(self) -> Rulebook:
        """
        The rules.

        Raises:
            PackError: If a pack is wrong.
        """
        if not isinstance(self._rules, Packs):
            return self._rules
        from claimcheck.packs.rulebook import read_rulebook

        return read_rulebook(self._rules)

    @cached_property
    def _claims(self) -> Prefilter:
        return self._prefilter("claims")

    @cached_property
    def _names(self) -> Prefilter:
        return self._prefilter("names")

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
        from claimcheck.engine.benefits import promised  # where every result is known, nothing is read
        from claimcheck.engine.reading import read_sentences
        from claimcheck.engine.topic import on_topic

        sentences = list(read_sentences(document, self.rulebook))
        topical = on_topic(self.rulebook, sentences, [document.segments[s.segment].section for s in sentences])
        candidates = {
            s.number: found
            for s in sentences
            if (topical is None or s.number in topical)
            and (found := self._claims.candidates(s) + (self._names.candidates(s) if names else []))
        }
        gains = promised(document, sentences, self.rulebook)
        candidates |= {n: [] for n in gains if n not in candidates and (topical is None or n in topical)}
        if not candidates and not inventory:
            return Analysis(document, (), (), ())
        from claimcheck.engine.interpretation import Interpretation

        reading = Interpretation(self._with_spacy(), document, sentences, gains)
        drafted = {number: one for number in sorted(candidates) if (one := reading.draft(number, candidates[number]))}
        if not drafted and not inventory:
            return Analysis(document, (), (), ())
        return reading.conclude(drafted, subject, inventory=inventory)

    def qualifiers(self, document: Document) -> tuple[tuple[str, str], ...]:
        """``(rule id, words)`` of every qualifier, whether or not the document makes a claim."""
        from claimcheck.engine.interpretation import Interpretation
        from claimcheck.engine.reading import read_sentences

        sentences = list(read_sentences(document, self.rulebook))
        return Interpretation(self._with_spacy(), document, sentences).all_qualifiers()

    def _prefilter(self, family: str) -> Prefilter:
        from claimcheck.engine.prefilter import Prefilter

        return Prefilter(self.rulebook, family)

    def _with_spacy(self) -> Matcher:
        if self._matcher is None:
            from claimcheck.engine.interpretation import Matcher

            self._matcher = Matcher(self.rulebook, preview=self.preview)
        return self._matcher
