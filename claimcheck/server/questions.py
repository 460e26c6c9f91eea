"""What the page asks a worker, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class What(Enum):
    """What may be asked of a text or a file."""

    CHECK = "check"
    """What is found in it."""
    SUGGEST = "suggest"
    """What may be written so that some objections go."""
    REPORT = "report"
    """A report of ``claimcheck check``."""


@dataclass(frozen=True, slots=True)
class Question:
    """
    One question, with the copy that it is about.

    Args:
        what: What is asked.
        data: The copy: text as UTF-8, or a file as it was opened.
        name: What it is called; its ending gives the format.
        policies: Names of the policies to judge by; empty for those that the program was started with.
        subject: What the copy is about, or ``auto``.
        on: The day to judge by, ``YYYY-MM-DD``.
        opened: Whether it is a file of which the page does not know the text yet.
        about: Of ``SUGGEST``: the offset of a claim, or the id of a remedy. Of ``REPORT``: the name of a format.
    """

    what: What
    data: bytes
    name: str = "draft.txt"
    policies: tuple[str, ...] = ()
    subject: str = "auto"
    on: str = ""
    opened: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """
    One answer, as it goes back to the page.

    Args:
        status: Of HTTP.
        media: Type of the content.
        content: JSON, or a report.
    """

    status: int
    media: str
    content: bytes
