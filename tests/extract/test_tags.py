"""HTML is cut into tokens that tile it, however broken it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.extract.tags import spoken_attributes, tokens


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
        ("<!doctype html><?php x ?>c", ["close <!doctype html>", "close <?php x ?>", "text c"]),
        ("<SCRIPT>a<b</Script>c", ["hidden <SCRIPT>a<b</Script>", "text c"]),
        ("<style>a", ["hidden <style>a"]),
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
    ],
)
def test_spoken_attributes_are_found(tag: str, expected: list[str]) -> None:
    assert [tag[start:end] for start, end in spoken_attributes(tag, 0, len(tag))] == expected


@given(
    st.lists(
        st.sampled_from(
            ["<", ">", "/", "!", "--", "a", "p", "code", "script", "=", '"', "'", " ", "<p>", "</p>", "<!--"]
        )
    ).map("".join)
)
def test_tokens_tile_any_chunk(chunk: str) -> None:
    assert "".join(chunk[token.start : token.end] for token in tokens(chunk)) == chunk
