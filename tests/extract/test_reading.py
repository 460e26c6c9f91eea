"""What a configuration says of names of fields is heard in every format that has names."""

from __future__ import annotations

import json

import pytest

from claimcheck.extract import AS_SHIPPED, FORMATS, Reading, documents
from tests.extract.test_docx import docx
from tests.extract.test_odt import odt
from tests.extract.test_pdf import lines, pdf

WORDS = "Reduces scars fast"
DATA = f'<script type="application/ld+json">{{"description": "{WORDS}"}}</script>'
PAGE = f"<div>{DATA}</div>"
QUOTED = json.dumps(f"<p>Hello</p>{PAGE}")
CORE = f'<cp xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{WORDS}</dc:title></cp>'
# In files of these formats nothing has a name.
NAMELESS = {"text", "srt", "vtt"}

CASES = [
    pytest.param("html", PAGE, id="html"),
    pytest.param("html", f"<p>{{{{ x }}}}</p>{PAGE}", id="html with code"),
    pytest.param("markdown", PAGE, id="markdown"),
    pytest.param("markdown", f"---\ndescription: {WORDS}\n---\nHi\n", id="front matter"),
    pytest.param("mdx", f"---\ndescription: {WORDS}\n---\nHi\n", id="mdx"),
    pytest.param("astro", PAGE, id="astro"),
    pytest.param("vue", f"<template>{PAGE}</template>", id="vue"),
    pytest.param("vue", f'<i18n>{{"description": "{WORDS}"}}</i18n>', id="messages of vue"),
    pytest.param("svelte", PAGE, id="svelte"),
    pytest.param("jsx", f'const description = "{WORDS}";', id="jsx"),
    pytest.param("javascript", f'const description = "{WORDS}";', id="javascript"),
    pytest.param("liquid", PAGE, id="liquid"),
    pytest.param("jinja", PAGE, id="jinja"),
    pytest.param("handlebars", PAGE, id="handlebars"),
    pytest.param("erb", PAGE, id="erb"),
    pytest.param("php", PAGE, id="php"),
    pytest.param("php", f"<?php $a = '<p>Hello</p>{DATA}';", id="HTML in a string of php"),
    pytest.param("blade", PAGE, id="blade"),
    pytest.param("json", f'{{"description": "{WORDS}"}}', id="json"),
    pytest.param("json", f'{{"body": {QUOTED}}}', id="HTML in a string of json"),
    pytest.param("json", json.dumps({"body": f"It **calms** skin\n\n{PAGE}\n"}), id="Markdown in a string of json"),
    pytest.param("jsonl", f'{{"body": {QUOTED}}}', id="jsonl"),
    pytest.param("yaml", f"body: {QUOTED}\n", id="yaml"),
    pytest.param("toml", f"body = {QUOTED}\n", id="toml"),
    pytest.param("csv", f'id,title,body\n1,Cream,"{PAGE.replace(chr(34), chr(34) * 2)}"\n', id="csv"),
    pytest.param("tsv", f"id\ttitle\tdescription\n1\tCream\t{WORDS}\n", id="tsv"),
    pytest.param("xml", f"<a><c>Hi there</c><description>{WORDS}</description></a>", id="xml"),
    pytest.param("xml", f"<a><html>{PAGE}</html></a>", id="XHTML in xml"),
    pytest.param("xml", f"<a><body><![CDATA[<p>Hello</p>{PAGE}]]></body></a>", id="HTML in xml"),
    pytest.param("po", f'msgid "a"\nmsgstr {QUOTED}\n', id="po"),
    pytest.param("rst", f"Title\n=====\n\n:description: {WORDS}\n", id="rst"),
    pytest.param("rst", f".. raw:: html\n\n   {PAGE}\n", id="HTML in rst"),
    pytest.param("asciidoc", f"= Title\n:description: {WORDS}\n\nHi\n", id="asciidoc"),
    pytest.param("asciidoc", f"++++\n{PAGE}\n++++\n", id="HTML in asciidoc"),
    pytest.param("docx", docx("<w:p/>", core=CORE), id="docx"),
    pytest.param("odt", odt("", meta=WORDS), id="odt"),
    pytest.param("pdf", pdf(lines("Hello there."), info=f"/Title ({WORDS})"), id="pdf"),
]


@pytest.mark.parametrize(("form", "source"), CASES)
def test_names_that_hold_no_copy_are_heard_in_every_format(form: str, source: str | bytes) -> None:
    other = Reading(other=("description", "title"))

    assert (said(form, source, AS_SHIPPED), said(form, source, other)) == (1, 0)


def test_every_format_with_names_is_tried() -> None:
    assert {case.values[0] for case in CASES} == {known.name for known in FORMATS} - NAMELESS


def said(form: str, source: str | bytes, reading: Reading) -> int:
    """How many segments hold the words."""
    data = source if isinstance(source, bytes) else source.encode()
    read = documents(data, "a", form, reading=reading)
    return sum(WORDS in segment.text for document in read for segment in document.segments)
