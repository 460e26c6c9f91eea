"""What the tests of the engine read: texts, cut into sentences by the shipped rules."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from claimcheck.engine.reading import read_sentences
from claimcheck.engine.sentence import Sentence
from claimcheck.extract import extract
from claimcheck.packs.rulebook import Rulebook

Read = Callable[..., list[Sentence]]


@pytest.fixture(scope="session")
def read(rulebook: Rulebook) -> Read:
    """The sentences of a text."""

    def sentences(text: str, path: str = "a.txt") -> list[Sentence]:
        return list(read_sentences(extract(text.encode(), path), rulebook))

    return sentences
