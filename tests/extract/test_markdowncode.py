"""Code in Markdown: where it ends, for all that must leave it as it is."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from claimcheck.extract import extract
from claimcheck.extract.markdowncode import CODE, CodeFinder

_CODE = re.compile(CODE, re.VERBOSE)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a `b` c", "`b`"),
        ("a ``b ` c`` d", "``b ` c``"),
        ("a `b\nc` d", "`b\nc`"),
        ("> a `b\n> c` d", "`b\n> c`"),
        ("a `b\n\nc` d", "`"),
        ("> a `b\n>\n> c` d", "`"),
        ("a `b", "`"),
        ("```\na\n````\nb", "```\na\n````"),
        ("```\na\n``\n```b\n", "```\na\n``\n```b\n"),
        ("1. - ~~~ x\n     a\n     ~~~\nb", "1. - ~~~ x\n     a\n     ~~~"),
        ("```\n> ```\na\n```\nb", "```\n> ```\na\n```"),
        ("> ```\n> a\n> ```\n> b", "> ```\n> a\n> ```"),
        ("> ```\n> a\nb", "> ```\n> a\n"),
        ("> ```\n> a\n\n```\nb\n```\n", "> ```\n> a\n"),
        ("> > ```\n> > a\n> b\n", "> > ```\n> > a\n"),
        ("- > ```\n  > a\n\nb", "- > ```\n  > a\n"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_code_ends_where_markdown_ends_it(text: str, code: str, end: str) -> None:
    text, code = text.replace("\n", end), code.replace("\n", end)
    found = _CODE.search(text)
    assert found

    assert text[found.start() : CodeFinder(text).after(found)] == code


@pytest.mark.parametrize(("form", "code"), [("markdown", "{{ 'in a week' }}"), ("mdx", "{'in a week'}")])
def test_what_follows_a_quotation_with_an_open_fence_is_read(
    form: str, code: str, outline: Callable[[str, str], list[str]]
) -> None:
    source = f"> ```\n> {{{{ hidden\n\nCalms {code}.\n\n```\n{{{{ hidden\n```\n"

    assert outline(form, source) == ["paragraph 0.0: Calms in a week."]


@pytest.mark.parametrize("form", ["markdown", "mdx"])
def test_backticks_after_an_escaped_one_begin_code(form: str, outline: Callable[[str, str], list[str]]) -> None:
    assert outline(form, "One \\``` {{ a }}\n") == ["paragraph 0.0: One ``` \ufffc"]


HOSTILE = {
    "quotations in quotations": "{{" + ">" * 50_000 + " ```\n",
    "fences in ever deeper quotations": "{{\n" + "".join(">" * depth + " ```\nb\n" for depth in range(400)),
    "open fences in quotations": "> ```\n> a\nb\n" * 20_000 + "{{",
    "backticks of several lengths": "{{" + "`a``b```c````d\n" * 10_000,
    "items in items": "{{\n" + "- " * 50_000 + "```",
}


@pytest.mark.usefixtures("deadline")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_code_is_read_to_its_end(name: str) -> None:
    assert extract(HOSTILE[name].encode(), "a.md").text == HOSTILE[name]
