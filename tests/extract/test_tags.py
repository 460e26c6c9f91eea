"""HTML is cut into tokens that tile it, however broken it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.extract.tags import attributes, hides, spoken_attributes, tokens


@pytest.mark.parametrize(
    ("chunk", "expected"),
    [
        ("", []),
        ("a < b & c", ["text a < b & c"]),
        ("<p>a</P >b", ["open <p>", "text a", "close </P >", "text b"]),
        ("<a title='x>y' b=\"'>\">c", ["open <a title='x>y' b=\"'>\">", "text c"]),
        ("<a title=don't>c'd", ["open <a title=don't>", "text c'd"]),
        ('<a title="open>c</a>', ['open <a title="open>', "text c", "close </a>"]),
        ("<a title", ["text <a title"]),
        ("<!-- a > b -->c<!-- d", ["comment <!-- a > b -->", "text c", "comment <!-- d"]),
        ("<!doctype html><?php x ?>c", ["declaration <!doctype html>", "declaration <?php x ?>", "text c"]),
        ("<?php a > b ?>c<?= d", ["declaration <?php a > b ?>", "text c<?= d"]),
        ("<?=a>", ["declaration <?=a>"]),
        ("<![CDATA[ a > b ]]>c", ["literal <![CDATA[ a > b ]]>", "text c"]),
        ("<![CDATA[ a > b", ["declaration <![CDATA[ a >", "text  b"]),
        ("<!-->a<!--->b</>c", ["comment <!-->", "text a", "comment <!--->", "text b", "declaration </>", "text c"]),
        ("<title>a<b></title >c", ["title <title>a<b></title >", "text c"]),
        ("<title>a<b>c", ["open <title>", "text a", "open <b>", "text c"]),
        ("<SCRIPT>a<b</Script>c", ["hidden <SCRIPT>a<b</Script>", "text c"]),
        ("<style>a", ["hidden <style>a"]),
        ("<script>a</scripts></script", ["hidden <script>a</scripts></script"]),
        ("<script src=a/>b</script><script/>c", ["hidden <script src=a/>b</script>", "open <script/>", "text c"]),
        ("<a x=\">b<c y='>", ['open <a x=">', "text b", "open <c y='>"]),
        ("<\ufffc\u200b a>b</\ufffc\u200b>", ["open <\ufffc\u200b a>", "text b", "close </\ufffc\u200b>"]),
        ("<code>a<b>c</code>d<code>e", ["hidden <code>a<b>c</code>", "text d", "open <code>", "text e"]),
        ("<svg/>a", ["open <svg/>", "text a"]),
        ("</ p>a<1>", ["text </ p>a<1>"]),
    ],
)
def test_html_is_cut_into_tokens(chunk: str, expected: list[str]) -> None:
    assert [f"{token.kind.value} {chunk[token.start : token.end]}" for token in tokens(chunk)] == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("<img alt=\"a b\" title='c' ARIA-LABEL = d>", ["a b", "c", "d"]),
        ('<img src="a.png" alt="">', []),
        ('<img data-alt="no" x="title=\'no\'" alt>', []),
        ('<a/title="yes"=">', ["yes"]),
        ('<input placeholder="a" value="b">', ["a"]),
        ('<input value="a" type="Submit">', ["a"]),
        ('<meta content="a" property="og:title">', ["a"]),
        ('<meta name="viewport" content="a">', []),
        ('<link title="a">', []),
        ('<a title = "a" title="b">', ["a"]),
        ("<a title=don't/>", ["don't/"]),
        ('<a \u200btitle="a"\u200b data-\ufffc\u200btitle="b">', ["a"]),
    ],
)
def test_spoken_attributes_are_found(tag: str, expected: list[str]) -> None:
    assert [tag[start:end] for start, end in spoken_attributes(tag, 0, len(tag))] == expected


@pytest.mark.parametrize(
    ("attribute", "expected"),
    [
        ("hidden", True),
        ("HIDDEN=hidden", True),
        ("hidden='until-found'", False),
        ("hidden=\ufffc\u200b", False),
        ("\u200bhidden\u200b", False),
        ("data-hidden", False),
        ("style='color:red;display: none'", True),
        ("style=visibility:hidden", True),
        ("style='display:none-such'", False),
        ("style='x-display:none'", False),
        ("style='\u200bdisplay:none\u200b'", False),
    ],
)
def test_elements_that_are_not_shown_are_told(attribute: str, expected: bool) -> None:  # noqa: FBT001  # a value
    tag = f"<p {attribute}>"

    assert hides(tag, attributes(tag, 2, len(tag) - 1)) is expected


@given(
    st.lists(
        st.sampled_from(
            [
                "<",
                ">",
                "/",
                "!",
                "?",
                "--",
                "a",
                "p",
                "code",
                "script",
                "=",
                '"',
                "'",
                " ",
                "<p>",
                "</p>",
                "<!--",
                "[CDATA[",
                "]]",
                "<title>",
                "</",
                "\ufffc",
                "\u200b",
            ]
        )
    ).map("".join)
)
def test_tokens_tile_any_chunk(chunk: str) -> None:
    assert "".join(chunk[token.start : token.end] for token in tokens(chunk)) == chunk
