"""
What a pack file may hold, as dataclasses: the one description of the five kinds of file.

The reader checks files against it, the JSON Schema for editors and the documentation are generated from it. A field
without a default is required. ``Text`` carries the place of a scalar, so that every later error can name it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, Self


class Text(str):
    """A scalar of a pack file that remembers where it stands; ``line`` and ``column`` count from 1."""

    __slots__ = ("column", "line", "path")

    path: str
    line: int
    column: int

    def __new__(cls, value: str, path: str = "", line: int = 0, column: int = 0) -> Self:
        """A scalar, and where it stands."""
        text = super().__new__(cls, value)
        text.path, text.line, text.column = path, line, column
        return text

    @property
    def where(self) -> str:
        """``path:line:column``, or the path alone when the place is not known."""
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


TargetClass = Literal["disease", "condition", "concern", "sensory", "structure"]
Part = Literal["verb", "noun", "adjective"]
ListRole = Literal["action", "target", "quality", "area", "subject", "prefix", "word"]
Wants = Literal["less", "more", "either"]
Direction = Literal["before", "after", "around", "inside", "covering"]
Tail = Literal["amount", "time"]
Reach = Literal["words", "clause", "sentence", "list", "line", "block", "question", "heading"]
ScopeName = Literal["claim", "sentence", "block", "section", "document"]
Fact = Literal["prescription"]
Seen = Literal["primary", "second-hand", "general", "judgement"]
SeverityName = Literal["error", "warning", "note"]


def documented(text: str, *, hyphens: bool = False, form: str = "", **options: Any) -> Any:
    """
    A dataclass field with its line of documentation; ``default`` or ``default_factory`` make it optional.

    Args:
        hyphens: Whether the key is written with hyphens where the field's name has underscores.
        form: What the text looks like, one of ``claimcheck.packs.forms.FORMS``; empty for any text.
    """
    return field(metadata={"doc": text, "hyphens": hyphens, "form": form}, **options)


@dataclass(frozen=True)
class WordList:
    """Words of one family and role; ``<name>`` in a phrase stands for any of them."""

    name: Text = documented("Lower-case name, used as <name> in phrases.", form="name")
    role: ListRole = documented("What the words do in a claim.", default="word")
    words: tuple[Text, ...] = documented(
        "The words; 'reduce~' stands for every inflection. Each word stands in one list only.", default=()
    )
    nouns: tuple[Text, ...] = documented("Nouns of the same family (reduction~), found by <name:noun>.", default=())
    agents: tuple[Text, ...] = documented("Doers of the same family (eraser~), found by <name:agent>.", default=())
    part: Part = documented("How '~' inflects the words.", default="noun")
    target_class: TargetClass | None = documented("Class of a target.", default=None)
    wants: Wants = documented("What a claim does to a target: less, more or either.", default="either")
    subject: Text | None = documented("The subject that the words name.", default=None)
    includes: tuple[Text, ...] = documented("Names of lists whose words belong here too.", default=())


@dataclass(frozen=True)
class LexiconFile:
    """Words that phrases speak of; in the project ``patterns/lexicon/*.yaml``."""

    lists: tuple[WordList, ...] = documented("The word lists.")


@dataclass(frozen=True)
class Examples:
    """Copy that a rule must find (``__…__`` underlines the very words) and copy that it must leave alone."""

    matches: tuple[Text, ...] = documented("Found, to the word, between '__' and '__'.")
    ignores: tuple[Text, ...] = documented("Left alone; at least one is a near miss.")


@dataclass(frozen=True)
class Construction:
    """A way of saying that something acts on a target, shared by all target rules."""

    name: Text = documented("Lower-case name.", form="name")
    phrases: tuple[Text, ...] = documented("Phrases; the targets in them choose the rule.")


@dataclass(frozen=True)
class ClaimRule:
    """One kind of claim about one thing: either a target list with the shared constructions, or its own phrases."""

    id: Text = documented("kind/name, such as efficacy/scars; the kind is one of the kinds of claim.", form="id")
    title: Text = documented("What it finds, as '... a scar' would follow 'This copy'.")
    why: Text = documented("Why a reader or a regulator minds, in two sentences at most.")
    examples: Examples = documented("Run as tests.")
    targets: tuple[Text, ...] = documented("Target lists that this rule answers for.", default=())
    phrases: tuple[Text, ...] = documented("Phrases of its own.", default=())
    target_class: TargetClass | None = documented("Class of what its own phrases speak of.", default=None)
    unless: tuple[Text, ...] = documented(
        "Phrases that overlap a match, of its own or of a construction, and make it no claim of this rule.", default=()
    )
    antecedent: bool = documented(
        "Whether 'it' or 'them' in the phrases needs a target in the sentence before.", default=False
    )
    fallback: bool = documented(
        "Whether it counts only where no other rule finds a claim; its claims begin at their verb.", default=False
    )
    bare: bool = documented(
        "Whether its words assert nothing (a product's name, a grade): they count only under an entry of a policy that "
        "names this rule.",
        default=False,
    )
    preview: bool = documented("Whether it may still change; it is used only when that is asked for.", default=False)
    formerly: tuple[Text, ...] = documented("Ids that it had before; they still answer.", default=())
    tail: Tail | None = documented(
        "The amount (by 47%) or time (in 2 weeks) behind any claim that this rule answers for.", default=None
    )
    message: Text | None = documented(
        "What the words imply, '{claim}' standing for them.", form="message", default=None
    )
    suggestion: Text | None = documented(
        "One edit that helps; '{claim}' stands for the words here too.", form="message", default=None
    )
    cites: tuple[Text, ...] = documented("Ids of citations.", default=())


@dataclass(frozen=True)
class CitationEntry:
    """Who says so, and how we know."""

    id: Text = documented("Lower-case name.", form="name")
    title: Text = documented("Title, section or number, year.")
    url: Text = documented("Address; empty for what is our own judgement.")
    seen: Seen = documented("How it was seen.")


@dataclass(frozen=True)
class RetiredRule:
    """A rule that is no more; whoever still names it is told why."""

    id: Text = documented("The id that it had.")
    why: Text = documented("Why it is gone, and what finds such copy now.")


@dataclass(frozen=True)
class ClaimsFile:
    """What copy asserts; in the project ``patterns/claims/*.yaml``."""

    constructions: tuple[Construction, ...] = documented("Shared ways of saying it.", default=())
    rules: tuple[ClaimRule, ...] = documented("The rules.", default=())
    retired: tuple[RetiredRule, ...] = documented("Rules that are no more.", default=())
    citations: tuple[CitationEntry, ...] = documented("Sources that the rules cite.", default=())


@dataclass(frozen=True)
class QualifierRule:
    """Words that limit a claim."""

    id: Text = documented("kind/name, such as variability/results.", form="id")
    title: Text = documented("What it finds.")
    phrases: tuple[Text, ...] = documented("Phrases.")
    examples: Examples = documented("Run as tests.")
    unless: tuple[Text, ...] = documented("Phrases that overlap a match and make it none.", default=())
    governs: bool = documented("Whether it counts only inside the claim's own words.", default=False)
    also: tuple[Text, ...] = documented("Other kinds that the same words meet.", default=())
    part: Text | None = documented(
        "What the words tell of a study, such as 'how many people'; alone they meet no need.", default=None
    )


@dataclass(frozen=True)
class QualifiersFile:
    """What limits claims; in the project ``patterns/qualifiers/*.yaml``."""

    qualifiers: tuple[QualifierRule, ...] = documented("The rules.")


@dataclass(frozen=True)
class ContextRule:
    """Why a matched phrase is no claim after all."""

    id: Text = documented("reason/name, such as negation/verb.", form="id")
    title: Text = documented("What it takes back, and when.")
    phrases: tuple[Text, ...] = documented("The cue.")
    examples: Examples = documented(
        "matches: copy in which the cue (underlined) takes a claim back; ignores: copy in which a claim stands."
    )
    direction: Direction = documented("Where the cue stands, seen from the claim.", default="before")
    reach: Reach = documented("How far it reaches.", default="clause")
    unless: tuple[Text, ...] = documented("Phrases that overlap the cue and undo it.", default=())
    kinds: tuple[Text, ...] = documented("Kinds of claim it takes back; left out, all.", default=())
    spares: tuple[Text, ...] = documented("Kinds of claim it leaves standing.", default=())
    needs: tuple[Text, ...] = documented(
        "Kinds of qualifier, one of which must stand before the cue in the sentence.", default=()
    )
    capitals: bool = documented(
        "Whether it takes back only a claim whose words all begin with a capital letter, as names do.", default=False
    )
    quoted: bool = documented("Whether it takes back only a claim between quotation marks.", default=False)
    finite: bool = documented("Whether it reaches a verb in the third person ('reduces').", default=True)
    bare: bool = documented("Whether it takes back words that assert nothing, too.", default=False)


@dataclass(frozen=True)
class ContextsFile:
    """What takes claims back; in the project ``patterns/contexts/*.yaml``."""

    contexts: tuple[ContextRule, ...] = documented("The rules.")


@dataclass(frozen=True)
class NamesFile:
    """A pack of a brand: names of its own that are no claims, whatever their words say."""

    names: tuple[Text, ...] = documented("Names of products or lines, such as Scar Savior; a claim in one is none.")


@dataclass(frozen=True)
class Need:
    """Qualifiers of which any one meets the need, each with how near it must stand, such as ``variability@section``."""

    any: tuple[Text, ...] = documented(
        "kind@scope, or the id of a qualifier rule and a scope (licence/canada@block); the first is the one reported "
        "when none is there."
    )
    advised: bool = documented("A warning at most.", default=False)


@dataclass(frozen=True)
class PolicyEntry:
    """What a policy asks of some claims; the first entry that fits a kind decides for it."""

    id: Text = documented("Lower-case name, once in the policy.", form="name")
    kinds: tuple[Text, ...] = documented("Kinds of claim.")
    subjects: tuple[Text, ...] = documented("Subjects; left out, all.", default=())
    classes: tuple[Text, ...] = documented("Classes of target, any of them; left out, all.", default=())
    targets: tuple[Text, ...] = documented("Target lists, any of them; left out, all.", default=())
    actions: tuple[Text, ...] = documented("Action lists, any of them (heal, vanquish); left out, all.", default=())
    areas: tuple[Text, ...] = documented("Lists of areas, any of them (hairy); left out, all.", default=())
    rules: tuple[Text, ...] = documented("Rules of the kind, as globs such as safety/no-*; left out, all.", default=())
    facts: tuple[Fact, ...] = documented("Product facts that must be given for it to fit.", default=())
    since: Text | None = documented("In force from this day on, YYYY-MM-DD.", form="date", default=None)
    until: Text | None = documented("No longer in force on this day, YYYY-MM-DD.", form="date", default=None)
    grounded: bool | None = documented(
        "Only claims whose block names skin, a target or an effect (true) or none of them (false).", default=None
    )
    prohibited: bool = documented("Whether nothing cures it.", default=False)
    needs: tuple[Need, ...] = documented("What must stand near.", default=())
    parts: bool = documented("Whether the message says which parts of the study are told and which not.", default=False)
    severity: SeverityName | None = documented("At most this severity.", default=None)
    note: bool = documented("Report it as a note, whatever stands near.", default=False)
    message: Text | None = documented(
        "What the words imply, '{claim}' standing for them.", form="message", default=None
    )
    suggestion: Text | None = documented(
        "One edit that helps; '{claim}' stands for the words here too.", form="message", default=None
    )
    rewrite: Text | None = documented(
        "Copy in place of such a claim that this policy lets pass; checked by a test.", default=None
    )
    cites: tuple[Text, ...] = documented("Ids of citations.", default=())


@dataclass(frozen=True)
class QualifierSentence:
    """What to write when a qualifier is missing."""

    kind: Text = documented("Kind of qualifier.")
    sentence: Text = documented("A sentence in plain words, or an order to the writer.")
    add: bool = documented("Whether the sentence can be added as it stands.", default=False)


@dataclass(frozen=True)
class PolicyFile:
    """What is asked of claims; in the project ``patterns/policies/*.yaml``."""

    policy: Text = documented("Lower-case name of the policy.", form="name")
    title: Text = documented("For whom it speaks.")
    entries: tuple[PolicyEntry, ...] = documented("What it asks.")
    extends: Text | None = documented(
        "Policy whose entries come after these; one of the same id is replaced.", default=None
    )
    sentences: tuple[QualifierSentence, ...] = documented(
        "A sentence for each qualifier that an edit can add.", default=()
    )
    citations: tuple[CitationEntry, ...] = documented("Sources that the entries cite.", default=())
    reviewed: Text | None = documented("Date of the last review, YYYY-MM-DD.", form="date", default=None)
