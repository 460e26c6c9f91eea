"""Hostile input is read in time that grows with its length; a test fails by its deadline, not by a stopwatch."""

from __future__ import annotations

import pytest

from claimcheck.extract import extract

# Input that takes a quadratic reader minutes takes a linear one well under a second.

HOSTILE = {
    "one line of 5 MB": "word " * 1_000_000,
    "one line of 5 MB beyond ASCII": "w\u00f6rd " * 1_000_000,
    "round brackets": "(" * 64_000,
    "square brackets": "[" * 64_000,
    "images": "![" * 32_000,
    "links without end": "[a](" * 16_000,
    "link destinations": "[a](" + "](x)" * 16_000 + ' "t")',
    "backticks": "`" * 64_000,
    "backticks of growing length": "".join("`" * length + "a" for length in range(350)),
    "asterisks": "*a " * 50_000,
    "underscores": "_a*" * 20_000,
    "quotations in quotations": "> " * 5_000 + "a",
    "lists in lists": "".join(" " * depth + "- a\n" for depth in range(0, 1_000, 2)),
    "tags": "<a " * 50_000,
    "tags in an HTML block": "<div>" + "<a " * 50_000,
    "tags that end late": "<div>" + "<a " * 50_000 + ">",
    "quotes that do not end": "<div>" + '<a x="' * 50_001 + ">",
    "comments": "<div>" + "<!--" * 16_000,
    "scripts": "<div>\n" + "<script>a\n\n" * 8_000,
    "code in HTML": "<div>" + "<code>" * 20_000,
    "lists in HTML": "<div>" + "<ul><li>" * 20_000 + "</ul>" * 20_000,
    "items closed in vain": "<div>" + "<ul>" * 20_000 + "</li>" * 20_000,
    "an endless attribute": "<div " + "a" * 64_000 + ">",
    "entities": "&amp" * 20_000,
    "spaces": "a" + " " * 64_000 + "b",
    "line ends": "\n" * 64_000 + "a",
    "carriage returns": "a\r" * 50_000,
    "addresses": "www." * 16_000 + "http://" * 10_000 + "a@" * 32_000,
    "a long word before an at sign": "a" * 200_000 + " @",
    "invisible characters": "a\u00ad" * 40_000,
    "notes": "\u2020a\n" * 20_000,
    "table cells": "|a" * 500 + "|\n" + "|-" * 500 + "|\n" + "|x\n" * 2_000,
    "definitions": "".join(f"[{name}]: /x 't u'\n" for name in range(10_000)) + "\n[1]",
    "footnotes": "".join(f"[^{name}]: x\n" for name in range(10_000)),
    "short lines": "Word\n" * 50_000,
    "rules": "Word\n\n---\n\n" * 10_000,
    "an open YAML string": '---\na: "' + '\\"' * 50_000 + "\n---\n",
    "an open TOML string": '+++\na = "' + '\\"' * 50_000 + "\n+++\n",
    "an open long TOML string": '+++\na = """' + '"a' * 50_000 + "\n+++\n",
    "spaces in front matter": "---\na: 'b" + " " * 64_000 + "c'\n---\n",
}  # fmt: skip


@pytest.mark.usefixtures("deadline")
@pytest.mark.parametrize("form", ["text", "markdown"])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_read_to_its_end(name: str, form: str) -> None:
    source = HOSTILE[name]

    document = extract(source.encode(), "a", form)

    assert document.text == source
