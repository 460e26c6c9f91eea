"""Files made to do harm: each ends soon, with little memory and a clear word, and the others are checked."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

SECONDS = 10
MEGABYTES = 500
DEEP = 100_000
_KILOBYTES = 1_000 if sys.platform == "linux" else 1_000_000

# What a process needed counts what its parent held when it was born: so a small one stands between.
_MEASURED = """
import os, sys
pid = os.spawnv(os.P_NOWAIT, sys.executable, [sys.executable, "-m", "claimcheck", *sys.argv[1:]])
_, status, used = os.wait4(pid, 0)
print(used.ru_maxrss, used.ru_utime + used.ru_stime)
sys.exit(os.waitstatus_to_exitcode(status))
"""
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def zipped(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return packed.getvalue()


def word(body: bytes) -> bytes:
    return zipped({"word/document.xml": f"<w:document {_W}><w:body>".encode() + body + b"</w:body></w:document>"})


# Name of the file, what it holds, and what the failure says of it; None where the file is read to its end.
FILES: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "bomb.docx": (lambda: word(b" " * 400_000_000), "unpack"),
    "bomb.odt": (lambda: zipped({"content.xml": b" " * 400_000_000}), "unpack"),
    "entities.docx": (
        lambda: zipped({"word/document.xml": f'<!DOCTYPE d [<!ENTITY l0 "ha">{_LAUGHS}]><d>&l9;</d>'.encode()}),
        "entit",
    ),
    "deep.docx": (lambda: word(b"<w:p>" * DEEP + b"</w:p>" * DEEP), "deep"),
    "no.docx": (lambda: b"PK\x03\x04 but no more", "zip"),
    "laughs.xml": (f'<!DOCTYPE d [<!ENTITY l0 "ha">{_LAUGHS}]><d>&l9;</d>'.encode, "entit"),
    "external.xml": (lambda: b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>', "entit"),
    "deep.xml": (lambda: b"<a>" * DEEP + b"</a>" * DEEP, "deep"),
    "deep.html": (lambda: b"<div>" * DEEP + b"<ul><li>" * DEEP, None),
    "tags.html": (lambda: b"<a " * 50_000, None),
    "quotes.html": (lambda: b"<a b='" * 50_000, None),
    "comments.html": (lambda: b"<!--" * DEEP, None),
    "hidden.html": (lambda: b"<p hidden><script>" * DEEP, None),
    "deep.json": (lambda: b'{"a":' * DEEP + b"1" + b"}" * DEEP, "deep"),
    "lists.json": (lambda: b"[" * DEEP, "deep"),
    "broken.json": (lambda: b'{"a": "' + b'\\"' * DEEP, "JSON"),
    "deep.yaml": (lambda: b"[" * DEEP, "deep"),
    "blocks.yaml": (lambda: b"\n".join(b" " * n + b"a:" for n in range(3_000)), "deep"),
    "aliases.yaml": (
        lambda: (
            b"a0: &a0 [words of it]\n"
            + b"".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n".encode() for n in range(1, 40))
        ),
        None,
    ),
    "deep.toml": (lambda: b"a = " + b"[" * DEEP, "deep"),
    "columns.csv": (lambda: b",".join(b"some words" for _ in range(1_000_000)) + b"\n", "50,000 cells"),
    "quote.csv": (lambda: b'a,b\n"' + b'""' * 1_000_000, "quote"),
    "columns.tsv": (lambda: b"\t".join(b"some words" for _ in range(1_000_000)) + b"\n", "50,000 cells"),
    "quote.tsv": (lambda: b'a\tb\n"' + b'""' * 1_000_000, "quote"),
    "rows.jsonl": (lambda: b'{"title": "One of many rows"}\n' * 30_000, None),
    "latin.md": (lambda: b"Gut f\xfcr die Haut.\n", "UTF-8"),
    "wide.md": (lambda: "Odd".encode("utf-16")[:-1], "UTF-16"),
    "nul.md": (lambda: b"a\0b", "binary"),
    "braces.liquid": (lambda: b"{{" * DEEP + b"{% raw %}" * DEEP, None),
    "spaces.liquid": (lambda: b"{% a b: 'Soft skin" + b" \t" * DEEP + b"x' %}", None),
    "literals.liquid": (lambda: b"{{ " + b"'Soft skin' " * DEEP + b"}}", None),
    "braces.jinja": (lambda: b"{{ '" * DEEP + b"{% raw %}{# " * DEEP, None),
    "braces.hbs": (lambda: b"{{{{" + b"a-" * DEEP + b"{{!--" * DEEP, None),
    "holes.erb": (lambda: b'<%= "a b ' + b"#{" * DEEP + b"<%# " * DEEP, None),
    "directives.blade.php": (lambda: b"@lang('" * DEEP + b"<x-a :b='" * DEEP, None),
    "quotes.php": (lambda: b"<?php '" + b"\\'" * DEEP, None),
    "stars.php": (lambda: b"<?php /* a" + b"*" * DEEP + b"b */", None),
    "braces.tsx": (lambda: b"const a = " + b"{(" * DEEP, None),
    "elements.tsx": (lambda: b"const a = " + b"<a>{" * DEEP, None),
    "backquotes.js": (lambda: b"`${" * DEEP, None),
    "slashes.js": (lambda: b"(/[ " * DEEP, None),
    "literal.js": (lambda: b"a = 'b c " + b"d/e-" * DEEP + b"'", None),
    "deep.mdx": (lambda: b"<A>{" * DEEP, "closed"),
    "deep.vue": (lambda: b"<template>" * DEEP + b"{{" * DEEP, None),
    "tags.vue": (lambda: b"<a " * DEEP, None),
    "templates.vue": (lambda: b"<template>" + b"<template a='" * DEEP, None),
    "deep.svelte": (lambda: b"{#if a}" * DEEP + b"{" * DEEP, None),
    "deep.astro": (lambda: b"---\n" + b"{" * DEEP + b"\n---\n" + b"{<a>" * DEEP, None),
    "deep.rst": (lambda: b"\n".join(b" " * n + b"* a" for n in range(2_000)), None),
    "stars.adoc": (lambda: b"*" * DEEP + b"\n" + b"====\n" * DEEP, None),
    "cues.srt": (lambda: b"1\n00:00:01,000 --> 00:00:02,000\n<i>a\n\n" * DEEP, None),
    "cues.vtt": (lambda: b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\n<v a><i>a\n\n" * DEEP, None),
    "quotes.po": (lambda: b'msgid "' + b'\\"' * DEEP, "quote"),
    "no.pdf": (lambda: b"%PDF-1.7\n" + b"[" * DEEP, "PDF"),
}


@pytest.mark.skipif(os.name == "nt", reason="Windows does not tell what a process needed")
@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_ends_soon_and_the_others_are_checked(name: str, tmp_path: Path) -> None:
    make, word_of_failure = FILES[name]
    (tmp_path / name).write_bytes(make())
    (tmp_path / "good.md").write_text("We open at nine.\n")

    done = subprocess.run(
        [
            sys.executable,
            "-c",
            _MEASURED,
            "check",
            "--no-cache",
            "--format",
            "json",
            "--output",
            "out",
            name,
            "good.md",
        ],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        timeout=20 * SECONDS,
    )

    report = json.loads((tmp_path / "out").read_text("utf-8"))
    told = done.stderr.decode()
    assert "Traceback" not in told
    assert "made a mistake" not in told
    assert report["files"] + len(report["failures"]) + len(report["skipped"]) == 2
    kilobytes, seconds = done.stdout.split()
    # Those of the processor, for whatever else the machine is at.
    assert float(seconds) < SECONDS
    assert int(kilobytes) < MEGABYTES * _KILOBYTES
    if word_of_failure is None:
        assert (done.returncode, report["failures"]) == (0, [])
    else:
        assert (done.returncode, [one["path"] for one in report["failures"]]) == (2, [name])
        assert word_of_failure in report["failures"][0]["message"]
