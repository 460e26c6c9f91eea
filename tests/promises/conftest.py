"""What all promises are tested with: one linter, built once, since it keeps spaCy's matchers."""

from __future__ import annotations

import pytest

from claimcheck.engine.linter import Linter
from claimcheck.packs.rulebook import load_rulebook


@pytest.fixture(scope="session")
def linter() -> Linter:
    return Linter(load_rulebook())
