"""What tests of several layers share: the shipped rules and one linter, for it keeps spaCy's matchers."""

from __future__ import annotations

import pytest

from claimcheck.engine.linter import Linter
from claimcheck.packs.rulebook import Rulebook, load_rulebook


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The shipped rules."""
    return load_rulebook()


@pytest.fixture(scope="session")
def linter(rulebook: Rulebook) -> Linter:
    """The shipped rules, ready to read documents."""
    return Linter(rulebook)
