"""What the linter is asked to leave alone: comments of every form, front matter, a column and the configuration."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claimcheck.engine.linter import Linter
from claimcheck.extract import documents, extract
from claimcheck.filecheck import check_data
from claimcheck.model import (
    Claim,
    Document,
    Failure,
    FileResult,
    Finding,
    Ignore,
    Inventoried,
    Place,
    Severity,
    Stale,
    is_over,
)
from claimcheck.names import RuleNames
from claimcheck.options import Options
from claimcheck.suppressions import asked_by, suppress

RULES = RuleNames(("efficacy/scars", "efficacy/redness", "proof/proven"))
FORM = "write: claimcheck: ignore[rule] because …"
REMOVES = "'claimcheck check --fix-suppressions' removes it"
UNUSED = f"this comment leaves nothing out; {REMOVES}"
ON = "2026-11-22"
ALL = "claimcheck: ignore[*] because of a test"
REGION = """\
Reduces scars 1.

<!-- claimcheck: ignore-start[*] because a -->

Reduces scars 2.

# Next

Reduces scars 3.

<!-- claimcheck: ignore-end -->

Reduces scars 4.
"""
REGIONS = """\
<!-- claimcheck: ignore-start[*] because a -->

Reduces scars 1.

<!-- claimcheck: ignore-start[efficacy/*] because b -->

Reduces scars 2.

<!-- claimcheck: ignore-end -->

Reduces scars 3.

<!-- claimcheck: ignore-end -->

Reduces scars 4.
"""


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
        *(
            (comment, (), (f"a.md:1:1: this comment is not understood; {FORM}",))
            for comment in (
                "claimcheck ignore",
                "claimcheck ignore[efficacy/scars] because of this",
                "claimcheck : ignore because of this",
                "claimcheck-ignore",
                "claimcheck-disable-line",
                "claim-check: ignore because of this",
                "claim check: noqa",
                "ClaimCheck: ignore-start",
            )
        ),
        ("claimcheck ignored this once", (), ()),
        ("we check: ignore", (), ()),
        ("claimcheck: disable-file", (), (f"a.md:1:1: this comment is not understood; {FORM}",)),
        ("claimcheck: ignored because of this", (), (f"a.md:1:1: this comment is not understood; {FORM}",)),
    ],
)
def test_a_comment_names_rules_and_a_reason_or_a_notice_says_what_is_wrong(
    comment: str, globs: tuple[str, ...], notices: tuple[str, ...]
) -> None:
    document = extract(f"<!-- {comment} -->\n\nReduces scars.\n".encode(), "a.md")
    block = document.segments[0].block
    assert asked(document) == ([(block, globs)] if globs else [], notices)


def test_two_comments_before_a_block_add_up() -> None:
    text = (
        "<!-- claimcheck: ignore[efficacy/scars] because a -->\n\n"
        "<!-- claimcheck: ignore[proof/proven] because b -->\n\nText.\n"
    )
    document = extract(text.encode(), "a.md")
    block = document.segments[0].block
    assert asked(document) == ([(block, ("efficacy/scars",)), (block, ("proof/proven",))], ())


def test_a_comment_that_nothing_follows_is_reported() -> None:
    document = extract(b"Text.\n\n<!-- claimcheck: ignore[proof/proven] because a -->\n", "a.md")
    assert asked(document) == ([], ("a.md:3:1: nothing follows this comment that it could speak of",))


def test_a_comment_within_a_line_is_told_of_by_its_column() -> None:
    document = extract(b"Text. <!-- claimcheck: ignore[proof/proven] -->\n\nText.\n", "a.md")
    assert asked(document)[1] == (f"a.md:1:7: this comment does not say why; {FORM}",)


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
    assert suppress(given, document, RULES).result == replace(given, findings=(before, proven, after))


def test_a_comment_that_names_no_rule_leaves_out_every_finding_of_the_next_block() -> None:
    text = "<!-- claimcheck: ignore because a -->\n\nReduces scars, proven.\n\nReduces scars later.\n"
    document = extract(text.encode(), "a.md")
    scars, proven, after = (
        finding(document, "Reduces scars"),
        finding(document, "proven", rule="proof/proven"),
        finding(document, "Reduces scars later"),
    )
    given = result(document, scars, proven, after)
    assert suppress(given, document, RULES).result == replace(given, findings=(after,))


def test_findings_that_move_stay_in_the_order_of_place_policy_and_rule() -> None:
    text = "<!-- claimcheck: ignore[efficacy/scars] because a -->\n\nReduces scars.\n\nReduces scars.\n"
    document = extract(text.encode(), "a.md")
    first, second = finding(document, "Reduces scars"), finding(document, "Reduces scars", nth=1)
    both = replace(first, also_at=(second.spot,), policy="us")
    given = replace(result(document, both, second), claims=result(document, first, second).claims)
    moved = replace(both, spot=second.spot, also_at=())
    assert suppress(given, document, RULES).result == replace(given, findings=(second, moved))


def test_a_finding_in_several_places_is_left_out_only_where_the_comment_says_so() -> None:
    text = "<!-- claimcheck: ignore[efficacy/scars] because a -->\n\nReduces scars.\n\n# Title\n\nReduces scars.\n"
    document = extract(text.encode(), "a.md")
    first, second = finding(document, "Reduces scars"), finding(document, "Reduces scars", nth=1)
    both = replace(first, also_at=(second.spot,))
    given = replace(result(document, both), claims=result(document, first, second).claims)
    moved = replace(first, spot=second.spot, section=second.section)
    assert suppress(given, document, RULES).result == replace(given, findings=(moved,))


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("a.md", "{0}\n\n<!-- {c} -->\n{1}\n"),
        ("item.md", "- {0}\n- {1} <!-- {line} -->\n"),
        ("cell.md", "| a |\n|---|\n| {0} |\n| {1} <!-- {line} --> |\n"),
        ("region.md", "{0}\n\n<!-- {start} -->\n\n- {1}\n\n<!-- claimcheck: ignore-end -->\n\nBye.\n"),
        ("fm.md", "---\n# {c}\ndescription: {1}\n---\n{0}\n"),
        ("fm-toml.md", '+++\n# {c}\ndescription = "{1}"\n+++\n{0}\n'),
        ("hugo.md", "{0}\n\n{{{{</* {c} */>}}}}\n\n{1}\n"),
        ("kramdown.md", "{0}\n\n{{::comment}}{c}{{:/comment}}\n\n{1}\n"),
        ("a.html", "<p>{0}</p><!-- {c} --><p>{1}</p>"),
        ("line.html", "<p>{0}</p>\n<p>{1}</p><!-- {line} -->\n"),
        ("a.rst", "{0}\n\n.. {c}\n\n{1}\n"),
        ("a.adoc", "{0}\n\n// {c}\n{1}\n"),
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n{0}\n\nNOTE {c}\n\n00:03.000 --> 00:04.000\n{1}\n"),
        ("a.json", '{{"text": "{0}",\n// {c}\n"description": "{1}"}}'),
        ("b.json", '{{"text": "{0}",\n/* {c} */\n"description": "{1}"}}'),
        ("a.yaml", "text: {0}\n# {c}\ndescription: {1}\n"),
        ("a.toml", "text = '{0}'\n# {c}\ndescription = '{1}'\n"),
        ("a.xml", "<r><text>{0}</text><!-- {c} --><text>{1}</text></r>"),
        ("a.po", 'msgid "{0}"\nmsgstr ""\n\n# {c}\nmsgid "{1}"\nmsgstr ""\n'),
        ("a.csv", "title,body,claimcheck\nOne,{0},\nTwo,{1},ignore because of a test\n"),
        ("b.csv", 'claimcheck,title,body\n,One,{0}\n"{c}, with a comma",Two,{1}\n'),
        ("a.tsv", "title\tbody\tclaimcheck\nOne\t{0}\t\nTwo\t{1}\tignore-file because of a test\n"),
        ("a.liquid", "<p>{0}</p>{{% comment %}}{c}{{% endcomment %}}<p>{1}</p>"),
        ("b.liquid", "<p>{0}</p>{{% # {c} %}}<p>{1}</p>"),
        ("a.jinja", "<p>{0}</p>{{# {c} #}}<p>{1}</p>"),
        ("a.hbs", "<p>{0}</p>{{{{!-- {c} --}}}}<p>{1}</p>"),
        ("b.hbs", "<p>{0}</p>{{{{! {c} }}}}<p>{1}</p>"),
        ("a.erb", "<p>{0}</p><%# {c} %><p>{1}</p>"),
        ("a.php", "<p>{0}</p><?php /* {c} */ ?><p>{1}</p>"),
        ("b.php", "<p>{0}</p><?php\n// {c}\n$text = '{1}';\n"),
        ("a.mdx", "{0}\n\n{{/* {c} */}}\n\n{1}\n"),
        ("a.vue", "<template><p>{0}</p><!-- {c} --><p>{1}</p></template>"),
        ("a.svelte", "<p>{0}</p><!-- {c} --><p>{1}</p>"),
        ("a.astro", "---\nconst a = '{0}';\n// {c}\nconst b = '{1}';\n---\n"),
        ("a.jsx", "const a = () => <div><p>{0}</p>{{/* {c} */}}<p>{1}</p></div>;"),
        ("a.ts", "const a = '{0}';\n// {c}\nconst b = '{1}';\n"),
        ("b.js", "const a = '{0}';\n/* {c} */\nconst b = '{1}';\n"),
        ("a.blade.php", "<p>{0}</p>{{{{-- {c} --}}}}<p>{1}</p>"),
    ],
)
def test_every_format_has_comments_of_its_own(name: str, page: str, linter: Linter) -> None:
    text = page.format(
        "It reduces acne scars.",
        "It reduces redness.",
        c=ALL,
        line="claimcheck: ignore-line[*] because of a test",
        start="claimcheck: ignore-start[*] because of a test",
    )
    result = check_data(text.encode(), name, linter, Options(on=ON))
    assert ([one.text for one in result.findings], result.suppressed, result.notices, result.stale) == (
        ["reduces acne scars"],
        1,
        (),
        (),
    )


@pytest.mark.parametrize(
    ("form", "left"),
    [
        (REGION, "14"),
        (REGIONS, "4"),
        ("Reduces scars 1,\nreduces scars 2, <!-- claimcheck: ignore-line[*] because a -->\nreduces scars 3.\n", "13"),
        ("Reduces scars 1.\n\n<!-- claimcheck: ignore-file[efficacy/*] because a -->\n", ""),
    ],
    ids=["a region", "a region in a region", "a line", "a file"],
)
def test_a_comment_speaks_of_a_region_a_line_or_the_file(form: str, left: str) -> None:
    document = extract(form.encode(), "a.md")
    numbers = [number for number in "1234" if f"educes scars {number}" in form]
    given = result(document, *(finding(document, f"educes scars {number}") for number in numbers))
    found = suppress(given, document, RULES)
    assert ("".join(one.text[-1] for one in found.result.findings), found.result.notices) == (left, ())


def test_a_region_without_an_end_reaches_to_that_of_the_file_and_is_told_of() -> None:
    document = extract(b"<!-- claimcheck: ignore-start because a -->\n\nReduces scars.\n", "a.md")
    found = suppress(result(document, finding(document, "Reduces scars")), document, RULES).result
    told = "a.md:1:1: no 'claimcheck: ignore-end' follows, so that this counts to the end of the file"
    assert (found.findings, found.notices) == ((), (told,))


def test_an_end_without_a_region_is_told_of_and_stale() -> None:
    document = extract(b"<!-- claimcheck: ignore-end -->\n\nReduces scars.\n", "a.md")
    found = suppress(result(document), document, RULES).result
    told = "a.md:1:1: no 'claimcheck: ignore-start' comes before this comment"
    assert (found.notices, found.stale) == ((told,), (Stale(0, 31),))


@pytest.mark.parametrize(
    ("comment", "notices", "stale"),
    [
        ("ignore[proof/*] because a", (f"a.md:1:1: {UNUSED}",), ((),)),
        ("ignore-file[proof/*, efficacy/redness] because a", (f"a.md:1:1: {UNUSED}",), ((),)),
        (
            "ignore[proof/*, efficacy/scars] because a",
            (f"a.md:1:1: 'proof/*' leaves nothing out here; {REMOVES}",),
            (("proof/*",),),
        ),
        ("ignore[xyz/*] because a", ("a.md:1:1: no rule 'xyz/*' to ignore",), ((),)),
        ("ignore[efficacy/scars, xyz/*] because a", ("a.md:1:1: no rule 'xyz/*' to ignore",), (("xyz/*",),)),
        (
            "ignore[*] because a until 2026-10",
            ("a.md:1:1: this comment counted until 2026-10 and leaves nothing out any more",),
            ((),),
        ),
        ("ignore[*] because a until 2026-11", (), ()),
        ("ignore[*] because a until 2026-11-22", (), ()),
        (
            "ignore[*] because a until 2026-11-21.",
            ("a.md:1:1: this comment counted until 2026-11-21 and leaves nothing out any more",),
            ((),),
        ),
        ("ignore until 2027-01", (f"a.md:1:1: this comment does not say why; {FORM}",), ()),
        ("ignore because we wait until they reply", (), ()),
        (
            "ignore because a until 2026-13",
            ("a.md:1:1: '2026-13' is no date; write: until YYYY-MM-DD, or until YYYY-MM",),
            (),
        ),
        (
            "ignore because a until May 2027",
            ("a.md:1:1: 'May 2027' is no date; write: until YYYY-MM-DD, or until YYYY-MM",),
            (),
        ),
    ],
)
def test_what_leaves_nothing_out_is_told_of_and_can_be_removed(
    comment: str, notices: tuple[str, ...], stale: tuple[tuple[str, ...], ...]
) -> None:
    marks = f"<!-- claimcheck: {comment} -->"
    document = extract(f"{marks}\n\nReduces scars.\n".encode(), "a.md")
    found = suppress(result(document, finding(document, "Reduces scars")), document, RULES, on=ON).result
    assert (found.notices, found.stale) == (notices, tuple(Stale(0, len(marks), globs) for globs in stale))


def test_both_ends_of_a_region_that_leaves_nothing_out_are_stale() -> None:
    start, end = "<!-- claimcheck: ignore-start[proof/*] because a -->", "<!-- claimcheck: ignore-end -->"
    document = extract(f"{start}\n\nReduces scars.\n\n{end}\n".encode(), "a.md")
    found = suppress(result(document, finding(document, "Reduces scars")), document, RULES).result
    assert found.stale == (Stale(0, len(start)), Stale(len(start) + 18, len(start) + 18 + len(end)))


@pytest.mark.parametrize(
    ("until", "on", "over"),
    [
        ("2026-11", "2026-11-30", False),
        ("2026-11", "2026-12-01", True),
        ("2026-11-30", "2026-11-30", False),
        ("2026-11-30", "2026-12-01", True),
        ("", "2026-12-01", False),
        ("2026-11", "", False),
    ],
)
def test_the_last_day_counts(until: str, on: str, *, over: bool) -> None:
    assert is_over(until, on) is over


def test_a_comment_that_has_to_say_why_and_does_not_is_a_failure_and_does_nothing() -> None:
    document = extract(b"Hi.\n\n<!-- claimcheck: ignore[efficacy/scars] -->\nReduces scars.\n", "a.md")
    given = result(document, finding(document, "Reduces scars"))
    failure = Failure("a.md", f"this comment does not say why; {FORM}", 3, 1)
    found = suppress(given, document, RULES, require_reasons=True).result
    assert found == replace(given, failures=(failure,))


@pytest.mark.parametrize(
    ("front", "left", "notices"),
    [
        ("{rules: [efficacy/scars], because: a}", [], ()),
        ("{rules: [efficacy/scars], because: a, until: 2026-11}", [], ()),
        (
            "{rules: [efficacy/scars], because: a, until: 2026-10}",
            ["Reduces scars"],
            ("a.md:2:32: ignoring 'efficacy/scars' counted until 2026-10 and leaves nothing out any more; remove it",),
        ),
        (
            "{rules: ['proof/*'], because: a}",
            ["Reduces scars"],
            ("a.md:2:32: ignoring 'proof/*' leaves nothing out; remove it",),
        ),
        (
            "{rules: ['proof/*', efficacy/redness, efficacy/scar], because: a}",
            ["Reduces scars"],
            (
                "a.md:2:32: no rule 'efficacy/scar' to ignore; did you mean 'efficacy/scars'?",
                "a.md:2:32: ignoring 'proof/*', 'efficacy/redness' leaves nothing out; remove it",
            ),
        ),
        (
            "{rules: [efficacy/scars, 'proof/*'], because: a}",
            [],
            ("a.md:2:32: 'proof/*' leaves nothing out here; remove it",),
        ),
        (
            "{rules: [efficacy/scar], because: a}",
            ["Reduces scars"],
            ("a.md:2:32: no rule 'efficacy/scar' to ignore; did you mean 'efficacy/scars'?",),
        ),
    ],
)
def test_front_matter_speaks_of_the_whole_page(front: str, left: list[str], notices: tuple[str, ...]) -> None:
    document = extract(f"---\nclaimcheck: {{ignore: [{front}]}}\n---\nReduces scars.\n".encode(), "a.md")
    found = suppress(result(document, finding(document, "Reduces scars")), document, RULES, on=ON).result
    assert ([one.text for one in found.findings], found.notices) == (left, notices)


def test_front_matter_that_only_ignores_says_nothing_of_the_product() -> None:
    front = "---\nclaimcheck: {ignore: [{rules: [proof/proven], because: a}]}\n---\nHi.\n"
    document = extract(front.encode(), "a.md")
    assert (document.facts, document.ignores) == (None, (Ignore(("proof/proven",), "a", where="a.md:2:32"),))


def test_a_column_speaks_of_the_product_of_its_row() -> None:
    table = "handle,body,claimcheck\na,Reduces scars 1,\na,Reduces scars 2,ignore because b\nb,Reduces scars 3,\n"
    left = []
    for document in documents(table.encode(), "a.csv"):
        numbers = [number for number in "123" if any(number in one.text for one in document.segments)]
        given = result(document, *(finding(document, f"Reduces scars {number}") for number in numbers))
        left += [one.text for one in suppress(given, document, RULES).result.findings]
    assert left == ["Reduces scars 3"]


@pytest.mark.parametrize(
    ("ignore", "left"),
    [
        (Ignore(("efficacy/*",), "a"), 0),
        (Ignore(("efficacy/*",), "a", paths=("drafts/", "a.md")), 0),
        (Ignore(("efficacy/*",), "a", paths=("drafts/",)), 1),
        (Ignore(("proof/*",), "a"), 1),
        (Ignore(("*",), "a", until="2026-10"), 1),
    ],
)
def test_the_configuration_speaks_of_rules_by_path(ignore: Ignore, left: int) -> None:
    document = extract(b"Reduces scars.\n", "a.md")
    found = suppress(result(document, finding(document, "Reduces scars")), document, RULES, on=ON, ignores=(ignore,))
    assert (len(found.result.findings), len(found.left_out), found.result.notices) == (left, 1 - left, ())


def test_what_one_of_several_policies_objects_to_makes_a_comment_used() -> None:
    document = extract(f"<!-- {ALL} -->\nReduces scars.\n".encode(), "a.md")
    one = finding(document, "Reduces scars")
    given = replace(result(document, one), findings=(one, replace(one, policy="us")))
    found = suppress(given, document, RULES)
    assert (len(found.left_out), found.result.notices) == (2, ())


def test_a_long_comment_is_read_in_linear_time() -> None:
    document = extract(f"<!-- claimcheck: ignore because {'until ' * 100_000} -->\n\nHi.\n".encode(), "a.md")
    assert len(asked(document)[0]) == 1


def asked(document: Document) -> tuple[list[tuple[int | None, tuple[str, ...]]], tuple[str, ...]]:
    """What the comments of a document ask for, and what is wrong with them."""
    found = asked_by(document, RULES)
    suppressions = [(one.block, tuple(map(RULES.current, one.globs))) for one in found.suppressions]
    return suppressions, tuple(text for _, text in found.notices)


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
    return FileResult(path=document.path, findings=findings, claims=tuple(claimed(document, one) for one in findings))


def claimed(document: Document, one: Finding) -> Inventoried:
    start, end = one.spot.start.offset, one.spot.end.offset
    segment = next(s for s in document.segments if s.to_source(0, len(s.text))[1] > start)
    place = Place(0, 0, segment.block, segment.section, start, end)
    return Inventoried(one.spot, Claim(place, one.text, "", one.kinds, one.rule, (one.rule,)), (), ())


@pytest.mark.parametrize("comment", ["claim-check: ignore because of this", "claimcheck ignore", "CLAIMCHECK: ignore"])
def test_of_a_comment_that_is_nearly_an_instruction_a_run_tells(comment: str, linter: Linter) -> None:
    text = f"Our peel reduces scars.\n\n<!-- {comment} -->\nWe open at nine.\n"
    assert check_data(text.encode(), "a.md", linter, Options(on=ON)).notices == (
        f"a.md:3:1: this comment is not understood; {FORM}",
    )
