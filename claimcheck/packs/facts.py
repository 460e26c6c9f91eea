"""What is known of a product beside its copy, as it is written in front matter or in the configuration."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claimcheck.errors import PackError
from claimcheck.model import SUBJECTS, Facts, Ignore, Licence
from claimcheck.packs.ignores import IgnoreEntry, ignores_of
from claimcheck.packs.nodes import Node
from claimcheck.packs.reader import read_record
from claimcheck.packs.references import check_name
from claimcheck.packs.schema import Text, documented

# How the numbers of a licence begin, and the rule of the qualifier "licence" that such a number meets.
_AUTHORITIES = (
    ("canada", r"DIN|NPN|MDL"),
    ("australia", r"ARTG|AUST\s*(?:L|LA|R)?\b"),
    ("uk", r"PL|THR|MHRA|UKCA"),
    ("us", r"510\s*\(?k\)?|K\d{6}|NDA|ANDA|PMA|De\s+Novo|OTC|M0\d\d"),
)


@dataclass(frozen=True)
class LicenceEntry:
    """One licence or registration, and the claims that it is for."""

    number: Text = documented("As it is written, with what it is: DIN 02241234, AUST L 123456, 510(k) K123456.")
    covers: tuple[Text, ...] = documented(
        "What it is licensed for: names of target lists (acne), classes (disease) or kinds of claim (disease)."
    )
    register: Text | None = documented(
        "Whose number it is, named as in the rule licence/NAME for such a qualifier; left out, the number tells.",
        form="name",
        default=None,
    )


@dataclass(frozen=True)
class FactsSection:
    """``facts:`` in the configuration."""

    subject: Text | None = documented("What the copy is about: procedure, cosmetic, device and so on.", default=None)
    licences: tuple[LicenceEntry, ...] = documented("Licences; each cures only the claims that it covers.", default=())
    practitioner: Text | None = documented(
        "Who performs it, with their registration number; counts as named elsewhere in the document.", default=None
    )
    prescription: bool = documented("Whether prescription-only products are offered.", default=False)


@dataclass(frozen=True)
class PageSection(FactsSection):
    """``claimcheck:`` in front matter."""

    ignore: tuple[IgnoreEntry, ...] = documented("Rules that are left alone in this page.", default=())


def read_page(node: Node, called: str) -> tuple[str, Facts | None, tuple[Ignore, ...]]:
    """
    What a page says of itself in a block of keys.

    Args:
        node: The block, with its places.
        called: What it is called in errors, such as ``'claimcheck'``.

    Returns:
        ``(subject, facts, ignores)``; the subject is empty when none is named, the facts are ``None`` when the page
        only says what to leave alone.

    Raises:
        PackError: If a key is unknown, a value of the wrong kind, or a number that of no licence.
    """
    section = read_record(node, PageSection, called)
    subject, facts = facts_of(section)
    states = any(key.at != "ignore" for key, _ in node.pairs)
    return subject, facts if states else None, ignores_of(section.ignore)


def facts_of(section: FactsSection) -> tuple[str, Facts]:
    """``(subject, facts)`` of a section that has been read; raises PackError as ``read_page`` does."""
    if section.subject is not None:
        check_name(section.subject, SUBJECTS, "subject")
    licences = tuple(
        Licence(str(one.number), one.register or _authority(one.number), one.covers) for one in section.licences
    )
    return str(section.subject or ""), Facts(licences, str(section.practitioner or ""), section.prescription)


def _authority(number: Text) -> str:
    for name, start in _AUTHORITIES:
        if re.match(rf"(?:{start})", number, re.IGNORECASE):
            return name
    raise PackError(
        f"'{number}' does not say what kind of number it is",
        where=number.where,
        fix=(
            "Begin it with DIN, NPN, MDL, ARTG, AUST L, PL, THR, MHRA or 510(k), or name its register below it, as in "
            "the rule licence/NAME: 'register: NAME'."
        ),
    )
