"""A document as a list of short lines, so that tests can compare it whole."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator

import pytest

from claimcheck.extract import extract
from claimcheck.model import Document, Segment

# Hostile input that takes a quadratic reader minutes takes a linear one well under a second.
DEADLINE = 20


@pytest.fixture(scope="session")
def outline() -> Callable[[str, str | bytes], list[str]]:
    """``outline(format, source)``: one line for each segment, ``role block.section <intro …: text``."""

    def render(form: str, source: str | bytes) -> list[str]:
        data = source if isinstance(source, bytes) else source.encode()
        return [line_of(segment) for segment in extract(data, "page", form).segments]

    return render


@pytest.fixture(scope="session")
def sections() -> Callable[[str, str], list[tuple[str, str]]]:
    """``sections(format, source)``: the title and the characters of each section."""

    def render(form: str, source: str) -> list[tuple[str, str]]:
        document = extract(source.encode(), "page", form)
        return [(section.title, document.text[section.start : section.end]) for section in document.sections]

    return render


@pytest.fixture(scope="session")
def located() -> Callable[[Document, str], str]:
    """``located(document, phrase)``: what stands in the file where the phrase was found in a segment."""

    def find(document: Document, phrase: str) -> str:
        segment = next(segment for segment in document.segments if phrase in segment.text)
        at = segment.text.index(phrase)
        start, end = segment.to_source(at, at + len(phrase))
        return document.text[start:end]

    return find


@pytest.fixture
def deadline() -> Iterator[None]:
    """Ends the test after ``DEADLINE`` seconds, where the system can."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def late(_signal: int, _frame: object) -> None:
        pytest.fail(f"took longer than {DEADLINE} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(DEADLINE)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def line_of(segment: Segment) -> str:
    """One segment in one line."""
    parts = [f"{segment.role.value}{segment.level or ''} {segment.block}.{segment.section}"]
    if segment.intro is not None:
        parts.append(f"<{segment.intro}")
    if segment.metadata:
        parts.append("metadata")
    if segment.note:
        parts.append(f"note={segment.note}")
    parts += [f"mark={sign}@{at}" for at, sign in segment.marks]
    return f"{' '.join(parts)}: {segment.text}"
