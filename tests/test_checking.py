"""Detection and policies, joined."""

from __future__ import annotations

import pytest

from claimcheck.checking import check_document
from claimcheck.engine.linter import Linter
from claimcheck.errors import UsageError
from claimcheck.extract import extract
from claimcheck.model import FileResult, Section
from claimcheck.packs.rulebook import load_rulebook


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(load_rulebook())


def test_a_document_without_claims_gives_its_sections_and_nothing_else(linter: Linter) -> None:
    document = extract(b"# Opening hours\n\nWe open at nine.\n", "a.md")
    (section,) = document.sections
    assert check_document(document, linter) == FileResult(path="a.md", sections=(section,))
    assert isinstance(section, Section)


def test_a_claim_is_judged_by_each_policy_that_is_asked_for(linter: Linter) -> None:
    document = extract(b"A peel in our clinic reduces acne scars.\n", "a.md")
    (claim,) = check_document(document, linter, policies=["caveats"]).claims
    assert claim.status == (("caveats", "unqualified"),)


@pytest.mark.parametrize(
    ("policy", "subject", "said"),
    [
        ("cavets", "auto", "no policy 'cavets'\n  fix: Did you mean 'caveats'?"),
        ("caveats", "procedures", "no subject 'procedures'\n  fix: Did you mean 'procedure'?"),
    ],
)
def test_what_does_not_exist_is_refused(linter: Linter, policy: str, subject: str, said: str) -> None:
    with pytest.raises(UsageError) as error:
        check_document(extract(b"", "a.md"), linter, policies=[policy], subject=subject)
    assert str(error.value) == said
