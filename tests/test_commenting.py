"""Comments that are written for findings, and removed when they stand for nothing: the file says the same before."""

from __future__ import annotations

from functools import partial

import pytest

from claimcheck.commenting import Check, check_reason, with_ignores, without_stale
from claimcheck.engine.linter import Linter
from claimcheck.errors import ClaimcheckError, UsageError
from claimcheck.filecheck import check_data
from claimcheck.options import Options

ON = "2026-11-22"
CLAIM = "Our peel reduces acne scars."
PLAIN = "Our peel is booked twice now."
WORDS = "claimcheck: ignore[efficacy/scars] because approved by legal 2026-11 until 2027-05"
LINE = WORDS.replace("ignore[", "ignore-line[")
FILE = WORDS.replace("ignore[", "ignore-file[")


@pytest.fixture(scope="module")
def check(linter: Linter) -> Check:
    """Checks a file by the default policy."""
    return partial(check_data, linter=linter, options=Options(on=ON))


PAGES = [
    ("a.md", "# Peel\n\n{X}\n\nHello.\n", f"# Peel\n\n<!-- {WORDS} -->\n{CLAIM}\n\nHello.\n"),
    ("title.md", "Hello.\n# {X}\n", f"Hello.\n<!-- {WORDS} -->\n# {CLAIM}\n"),
    ("crlf.md", "Hello.\r\n\r\n{X}\r\n", f"Hello.\r\n\r\n<!-- {WORDS} -->\r\n{CLAIM}\r\n"),
    ("item.md", "- one\n- {X} **Yes**.\n", f"- one\n- {CLAIM} **Yes**. <!-- {LINE} -->\n"),
    ("cell.md", "| a | b |\n|---|---|\n| {X} | c |\n", f"| a | b |\n|---|---|\n| {CLAIM} <!-- {LINE} --> | c |\n"),
    ("quote.md", "> Hello.\n> {X}\n", f"> Hello.\n> {CLAIM} <!-- {LINE} -->\n"),
    ("html.md", "<div>\n  <p>{X}</p>\n</div>\n", f"<div>\n  <!-- {WORDS} -->\n  <p>{CLAIM}</p>\n</div>\n"),
    ("fm.md", "---\ndescription: {X}\n---\nHi.\n", f"---\n# {WORDS}\ndescription: {CLAIM}\n---\nHi.\n"),
    ("fm-toml.md", '+++\ntext = "{X}"\n+++\nHi.\n', f'+++\n# {WORDS}\ntext = "{CLAIM}"\n+++\nHi.\n'),
    ("a.html", "<ul>\n  <li>{X}</li>\n</ul>\n", f"<ul>\n  <!-- {WORDS} -->\n  <li>{CLAIM}</li>\n</ul>\n"),
    ("line.html", "<p>Hi</p> <p>Ho {X}</p>", f"<p>Hi</p> <p><!-- {WORDS} -->Ho {CLAIM}</p>"),
    ("title.html", "<head>\n<title>{X}</title>\n</head>", f"<head>\n<!-- {WORDS} -->\n<title>{CLAIM}</title>\n</head>"),
    ("alt.html", "<p>Hi</p><img\n alt='{X}'>", f"<p>Hi</p><!-- {WORDS} --><img\n alt='{CLAIM}'>"),
    ("a.rst", "Hello.\n\n{X}\n", f"Hello.\n\n.. {WORDS}\n\n{CLAIM}\n"),
    ("a.adoc", "Hello.\n\n* one\n* {X}\n", f"Hello.\n\n* one\n// {WORDS}\n* {CLAIM}\n"),
    ("a.vtt", "WEBVTT\n\n1\n00:01.000 --> 00:02.000\n{X}\n",
     f"WEBVTT\n\nNOTE {WORDS}\n\n1\n00:01.000 --> 00:02.000\n{CLAIM}\n"),
    ("a.yaml", "a: Hi there\nb:\n  - {X}\n", f"a: Hi there\nb:\n  # {WORDS}\n  - {CLAIM}\n"),
    ("long.yaml", "text: |\n  {X}\n", f"# {WORDS}\ntext: |\n  {CLAIM}\n"),
    ("a.toml", 'text = """\n{X}\n"""\n', f'# {WORDS}\ntext = """\n{CLAIM}\n"""\n'),
    ("a.xml", "<r>\n  <text>{X}</text>\n</r>\n", f"<r>\n  <!-- {WORDS} -->\n  <text>{CLAIM}</text>\n</r>\n"),
    ("a.po", '#: c\nmsgctxt "a"\nmsgid "hi"\nmsgstr ""\n"Hi there\\n"\n"{X}"\n',
     f'#: c\n# {FILE}\nmsgctxt "a"\nmsgid "hi"\nmsgstr ""\n"Hi there\\n"\n"{CLAIM}"\n'),
    ("a.csv", "claimcheck,text,c\n,{X},d\n", f'"{WORDS.removeprefix("claimcheck: ")}",{CLAIM},d\n'),
    ("a.liquid", "<p>\n  {X}\n</p>\n", f"<p>\n  {{% comment %}} {WORDS} {{% endcomment %}}\n  {CLAIM}\n</p>\n"),
    ("a.jinja", "<p>{X}</p>\n", f"{{# {WORDS} #}}\n<p>{CLAIM}</p>\n"),
    ("a.hbs", "<p>{X}</p>\n", f"{{{{!-- {WORDS} --}}}}\n<p>{CLAIM}</p>\n"),
    ("a.erb", "<p>{X}</p>\n", f"<%# {WORDS} %>\n<p>{CLAIM}</p>\n"),
    ("a.php", "<p>{X}</p>\n", f"<?php /* {WORDS} */ ?>\n<p>{CLAIM}</p>\n"),
    ("code.php", "<?php\n  $text = '{X}';\n", f"<?php\n  // {WORDS}\n  $text = '{CLAIM}';\n"),
    ("a.mdx", "Hello.\n\n{X}\n\n- one\n", f"Hello.\n\n{{/* {WORDS} */}}\n{CLAIM}\n\n- one\n"),
    ("item.mdx", "- one\n- {X}\n", f"- one\n- {CLAIM} {{/* {LINE} */}}\n"),
    ("a.vue", "<template>\n  <p>{X}</p>\n</template>\n",
     f"<template>\n  <!-- {WORDS} -->\n  <p>{CLAIM}</p>\n</template>\n"),
    ("a.svelte", "<script>\n  const text = '{X}';\n</script>\n",
     f"<script>\n  // {WORDS}\n  const text = '{CLAIM}';\n</script>\n"),
    ("a.astro", "---\nconst text = '{X}';\n---\n", f"---\n// {WORDS}\nconst text = '{CLAIM}';\n---\n"),
    ("a.jsx", "const A = () => (\n  <p>\n    Hi there.\n    <b>{X}</b>\n  </p>\n);\n",
     f"const A = () => (\n  <p>\n    {{/* {WORDS} */}}\n    Hi there.\n    <b>{CLAIM}</b>\n  </p>\n);\n"),
    ("root.jsx", "const A = () => (\n  <p>{X}</p>\n);\n",
     f"const A = () => (\n  // {WORDS}\n  <p>{CLAIM}</p>\n);\n"),
    ("child.jsx", "const A = () => (\n  <div>\n    <p>{X}</p>\n  </div>\n);\n",
     f"const A = () => (\n  <div>\n    {{/* {WORDS} */}}\n    <p>{CLAIM}</p>\n  </div>\n);\n"),
    ("a.ts", "export const copy = {\n  text: '{X}',\n};\n",
     f"export const copy = {{\n  // {WORDS}\n  text: '{CLAIM}',\n}};\n"),
    ("a.blade.php", "<p>{X}</p>\n", f"{{{{-- {WORDS} --}}}}\n<p>{CLAIM}</p>\n"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "page", "written"), PAGES, ids=[name for name, _, _ in PAGES])
def test_a_comment_in_the_files_own_syntax_leaves_the_finding_out(
    name: str, page: str, written: str, check: Check
) -> None:
    after = added(page.replace("{X}", CLAIM), name, check)
    assert (after.endswith(written), check(after.encode(), name).findings) == (True, ())


@pytest.mark.parametrize(("name", "page"), [(name, page) for name, page, _ in PAGES], ids=[one[0] for one in PAGES])
def test_when_the_claim_has_gone_removing_its_comment_gives_the_file_as_it_was(
    name: str, page: str, check: Check
) -> None:
    after = added(page.replace("{X}", CLAIM), name, check).replace(CLAIM, PLAIN)
    assert removed(after, name, check) == page.replace("{X}", PLAIN)


@pytest.mark.parametrize(
    ("name", "page", "said"),
    [
        ("a.txt", CLAIM, "a.txt: comments cannot be written into plain text"),
        ("a.json", f'{{"text": "{CLAIM}"}}', "a.json: comments cannot be written into JSON"),
        ("a.srt", f"1\n00:00:01,000 --> 00:00:02,000\n{CLAIM}\n",
         "a.srt: comments cannot be written into SubRip subtitles"),
        ("a.csv", f"title,text\nA,{CLAIM}\n",
         "a.csv: the table has no column 'claimcheck', or the cell of a row is taken"),
        ("b.csv", f"claimcheck,text\nignore[sun/*] because a,{CLAIM}\n",
         "b.csv: the table has no column 'claimcheck', or the cell of a row is taken"),
        ("a.rst", f"* one\n* {CLAIM}\n", "a.rst:2:12: there is no place for a comment here"),
        ("b.yaml", f"text: |\n  Hi there you.\n\n  {CLAIM}\n", "b.yaml:4:12: there is no place for a comment here"),
    ],
)  # fmt: skip
def test_where_a_comment_has_no_place_the_file_is_refused(name: str, page: str, said: str, check: Check) -> None:
    with pytest.raises(ClaimcheckError) as error:
        added(page, name, check)
    assert str(error.value).partition("\n")[0] == said


def test_the_same_claim_in_several_places_gets_a_comment_at_each(check: Check) -> None:
    after = added(f"{CLAIM}\n\nHello.\n\n{CLAIM}\n", "a.md", check)
    assert after == f"<!-- {WORDS} -->\n{CLAIM}\n\nHello.\n\n<!-- {WORDS} -->\n{CLAIM}\n"


def test_only_the_findings_of_the_result_get_comments(check: Check) -> None:
    page = f"{CLAIM}\n\nIt is clinically proven.\n".encode()
    found = check(page, "a.md")
    some = found.limited_to([one for one in found.findings if one.rule == "proof/proven"])
    after = with_ignores(page, some, check, because="a").after
    assert after == f"{CLAIM}\n\n<!-- claimcheck: ignore[proof/proven] because a -->\nIt is clinically proven.\n"


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")]
)
def test_a_file_keeps_its_encoding(encoding: str, mark: bytes, check: Check) -> None:
    page = mark + f"Für 😀.\n\n{CLAIM}\n".encode(encoding)
    after = with_ignores(page, check(page, "a.md"), check, because="a").data
    words = "<!-- claimcheck: ignore[efficacy/scars] because a -->"
    assert after == mark + f"Für 😀.\n\n{words}\n{CLAIM}\n".encode(encoding)


def test_a_reason_that_the_encoding_cannot_hold_is_refused(check: Check) -> None:
    page = f"<meta charset=iso-8859-1>\n<p>Caf\xe9. {CLAIM}</p>\n".encode("latin-1")
    with pytest.raises(ClaimcheckError, match="the file is CP1252, which has no '😀'"):
        with_ignores(page, check(page, "a.html"), check, because="😀")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<!-- claimcheck: ignore[efficacy/scars, proof/*, sun/*] because a -->\n{X}\n",
         "<!-- claimcheck: ignore[efficacy/scars] because a -->\n{X}\n"),
        ("Hi. <!-- claimcheck: ignore[proof/*] because a --> Ho.\n\n{X}\n", "Hi. Ho.\n\n{X}\n"),
        ("Hi.\n\n<!-- claimcheck: ignore[proof/*]\nbecause a -->\n\n{X}\n", "Hi.\n\n{X}\n"),
        ("<!-- claimcheck: ignore-start[sun/*] because a -->\n\n{X}\n\n<!-- claimcheck: ignore-end -->\n\nHi.\n",
         "{X}\n\nHi.\n"),
        ("<!-- claimcheck: ignore[*] because a until 2026-10 -->\n{X}\n", "{X}\n"),
        ("<!-- claimcheck: ignore[efficacy/scar] because a -->\n<!-- a note -->\n{X}\n", "<!-- a note -->\n{X}\n"),
    ],
    ids=["part of a list", "within a line", "of several lines", "a region", "ended", "of an unknown rule"],
)  # fmt: skip
def test_only_what_stands_for_nothing_is_removed(before: str, after: str, check: Check) -> None:
    assert removed(before.replace("{X}", CLAIM), "a.md", check) == after.replace("{X}", CLAIM)


@pytest.mark.parametrize("because", ["", "a\nb", "a until 2027-05", "a until week 12"])
def test_a_reason_that_would_not_be_read_back_is_refused(because: str) -> None:
    with pytest.raises(UsageError, match="cannot be written as a reason"):
        check_reason(because, "", ON)


@pytest.mark.parametrize(("until", "said"), [("2027", "'2027' is no date"), ("2026-11-21", "'2026-11-21' is over")])
def test_an_end_that_is_none_is_refused(until: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        check_reason("a", until, ON)


def added(page: str, name: str, check: Check) -> str:
    data = page.encode()
    return with_ignores(data, check(data, name), check, because="approved by legal 2026-11", until="2027-05").after


def removed(page: str, name: str, check: Check) -> str:
    data = page.encode()
    return without_stale(data, check(data, name), check).after
