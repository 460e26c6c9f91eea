"""What tests of several layers share: the shipped rules and one linter, for it keeps spaCy's matchers."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from claimcheck.engine.linter import Linter
from claimcheck.packs.rulebook import Rulebook, load_rulebook


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the user's own runs have kept is neither used nor added to."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CACHE_HOME", os.fspath(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The shipped rules."""
    return load_rulebook()


@pytest.fixture(scope="session")
def linter(rulebook: Rulebook) -> Linter:
    """The shipped rules, ready to read documents."""
    return Linter(rulebook)
