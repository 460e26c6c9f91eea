"""Comments that tell the linter to leave the next block alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claimcheck.extract import extract
from claimcheck.model import Claim, Document, FileResult, Finding, Inventoried, Place, Severity
from claimcheck.names import RuleNames
from claimcheck.suppressions import ignored_blocks, suppress

RULES = RuleNames(("efficacy/scars", "efficacy/redness", "proof/proven"))
FORM = "write: claimcheck: ignore[rule] because …"


@pytest.mark.parametrize(
    ("comment", "globs", "notices"),
    [
        ("claimcheck: ignore[efficacy/scars] because it is a name", ("efficacy/scars",), ()),
        ("claimcheck:ignore [ efficacy/*, proof/proven ]\nbecause of\nthis", ("efficacy/*", "proof/proven"), ()),
        ("a note to nobody", (), ()),
        ("we like claimcheck: it is useful", (), ()),
        (
            "claimcheck: ignore[efficacy/scars]",
            ("efficacy/scars",),
            (f"a.md:1:1: this comment does not say why; {FORM}",),
        ),
        (
            "claimcheck: ignore[efficacy/scar] because of this",
            ("efficacy/scar",),
            ("a.md:1:1: no rule 'efficacy/scar' to ignore; did you mean 'efficacy/scars'?",),
        ),
        (
            "claimcheck: ignore[xyz/*] because of this",
            ("xyz/*",),
            ("a.md:1:1: no rule 'xyz/*' to ignore",),
        ),
        ("claimcheck: ignore because of this", ("*",), ()),
        ("claimcheck: ignore", ("*",), (f"a.md:1:1: this comment does not say why; {FORM}",)),
        (
            "claimcheck: ignore[] because of this",
            (),
            (f"a.md:1:1: this comment does not say which rule to ignore; {FORM}",),
        ),
        ("claimcheck: disable-file", (), (f"a.md:1:1: this comment is not understood; {FORM}",)),
    ],
)
def test_a_comment_names_rules_and_a_reason_or_a_notice_says_what_is_wrong(
    comment: str, globs: tuple[str, ...], notices: tuple[str, ...]
) -> None:
    document = extract(f"<!-- {comment} -->\n\nReduces scars.\n".encode(), "a.md")
    block = document.segments[0].block
    assert ignored_blocks(document, RULES) == ({block: globs} if globs else {}, notices)


def test_two_comments_before_a_block_add_up() -> None:
    text = (
        "<!-- claimcheck: ignore[efficacy/scars] because a -->\n\n"
        "<!-- claimcheck: ignore[proof/proven] because b -->\n\nText.\n"
    )
    document = extract(text.encode(), "a.md")
    assert ignored_blocks(document, RULES) == ({document.segments[0].block: ("efficacy/scars", "proof/proven")}, ())


def test_a_comment_that_nothing_follows_is_reported() -> None:
    document = extract(b"Text.\n\n<!-- claimcheck: ignore[proof/proven] because a -->\n", "a.md")
    assert ignored_blocks(document, RULES) == ({}, ("a.md:3:1: nothing follows this comment that it could speak of",))


def test_a_comment_within_a_line_is_told_of_by_its_column() -> None:
    document = extract(b"Text. <!-- claimcheck: ignore[proof/proven] -->\n\nText.\n", "a.md")
    assert ignored_blocks(document, RULES)[1] == (f"a.md:1:7: this comment does not say why; {FORM}",)


def test_a_finding_in_the_next_block_is_left_out_and_no_other() -> None:
    text = (
        "Reduces scars.\n\n<!-- claimcheck: ignore[efficacy/*] because a -->\n\nReduces scars now, proven.\n\n"
        "Reduces scars later.\n"
    )
    document = extract(text.encode(), "a.md")
    before, inside, proven, after = (
        finding(document, "Reduces scars"),
        finding(document, "Reduces scars now"),
        finding(document, "proven", rule="proof/proven"),
        finding(document, "Reduces scars later"),
    )
    given = result(document, before, inside, proven, after)
    assert suppress(given, document, RULES) == replace(given, findings=(before, proven, after))


def test_a_comment_that_names_no_rule_leaves_out_every_finding_of_the_next_block() -> None:
    text = "<!-- claimcheck: ignore because a -->\n\nReduces scars, proven.\n\nReduces scars later.\n"
    document = extract(text.encode(), "a.md")
    scars, proven, after = (
        finding(document, "Reduces scars"),
        finding(document, "proven", rule="proof/proven"),
        finding(document, "Reduces scars later"),
    )
    given = result(document, scars, proven, after)
    assert suppress(given, document, RULES) == replace(given, findings=(after,))


def test_findings_that_move_stay_in_the_order_of_place_policy_and_rule() -> None:
    text = "<!-- claimcheck: ignore[efficacy/scars] because a -->\n\nReduces scars.\n\nReduces scars.\n"
    document = extract(text.encode(), "a.md")
    first, second = finding(document, "Reduces scars"), finding(document, "Reduces scars", nth=1)
    both = replace(first, also_at=(second.spot,), policy="us")
    given = replace(result(document, both, second), claims=result(document, first, second).claims)
    moved = replace(both, spot=second.spot, also_at=())
    assert suppress(given, document, RULES) == replace(given, findings=(second, moved))


def test_a_finding_in_several_places_is_left_out_only_where_the_comment_says_so() -> None:
    text = "<!-- claimcheck: ignore[efficacy/scars] because a -->\n\nReduces scars.\n\n# Title\n\nReduces scars.\n"
    document = extract(text.encode(), "a.md")
    first, second = finding(document, "Reduces scars"), finding(document, "Reduces scars", nth=1)
    both = replace(first, also_at=(second.spot,))
    given = replace(result(document, both), claims=result(document, first, second).claims)
    moved = replace(first, spot=second.spot, section=second.section)
    assert suppress(given, document, RULES) == replace(given, findings=(moved,))


def finding(document: Document, text: str, *, nth: int = 0, rule: str = "efficacy/scars") -> Finding:
    start = -1
    for _ in range(nth + 1):
        start = document.text.index(text, start + 1)
    segment = next(one for one in document.segments if one.to_source(0, len(one.text))[1] > start)
    return Finding(
        rule=rule,
        policy="caveats",
        severity=Severity.ERROR,
        prohibited=False,
        spot=document.spot(start, start + len(text)),
        also_at=(),
        kind="efficacy",
        kinds=("efficacy",),
        subject="cosmetic",
        text=text,
        message="",
        suggestion="",
        missing=(),
        too_far=(),
        present=(),
        citations=(),
        fingerprint=str(start),
        section=segment.section,
    )


def result(document: Document, *findings: Finding) -> FileResult:
    """A result with these findings and the claims that they speak of."""
    return FileResult(path="a.md", findings=findings, claims=tuple(claimed(document, one) for one in findings))


def claimed(document: Document, one: Finding) -> Inventoried:
    start, end = one.spot.start.offset, one.spot.end.offset
    segment = next(s for s in document.segments if s.to_source(0, len(s.text))[1] > start)
    place = Place(0, 0, segment.block, segment.section, start, end)
    return Inventoried(one.spot, Claim(place, one.text, "", one.kinds, one.rule, (one.rule,)), (), ())
