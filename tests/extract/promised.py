"""What tests of all formats share: templates in which words are numbered, and what every document promises."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count

from claimcheck.model import Document


def numbered(template: str, pattern: str = "[VH]") -> str:
    """
    A file from a template: each V becomes a word that a reader sees, ``V12v``, each H one that nobody sees.

    Args:
        pattern: Tells such a letter from others.
    """
    numbers = count(10)
    return re.sub(pattern, lambda found: f"{found[0]}{next(numbers)}{found[0].lower()}", template)


def words_in(documents: Iterable[Document]) -> list[str]:
    """The numbered words that stand in segments, hidden ones included, in their order."""
    return re.findall(r"[VH]\d+[vh]", " ".join(one.text for document in documents for one in document.segments))


def check_map(document: Document) -> None:
    """Assert what every document promises about its segments, sections and runs."""
    previous = 0
    blocks = {segment.block for segment in document.segments}
    assert document.sections
    for segment in document.segments:
        at = 0
        for run in segment.runs:
            assert (run.start, run.length > 0, run.source_length > 0) == (at, True, True)
            at += run.length
            if run.exact:
                assert document.text[run.source : run.source + run.source_length] == segment.text[at - run.length : at]
        assert at == len(segment.text)
        assert segment.text == segment.text.strip() != ""
        assert segment.intro is None or segment.intro in blocks
        assert all(0 <= offset <= len(segment.text) for offset, _ in segment.marks)
        start, end = segment.to_source(0, len(segment.text))
        assert previous <= start < end <= len(document.text)
        previous = start
        if not segment.metadata:
            section = document.sections[segment.section]
            assert section.start <= start < end <= section.end
