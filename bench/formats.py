"""
Every format: whether its places are right, and how fast it is read beside a bare parser.

    python bench/formats.py [FILE or FOLDER…]

Without arguments, files of ordinary text are made up for each format. With arguments, the files of known formats that
stand there are read (hidden folders are passed over). For each format it prints

- files and megabytes;
- how many of the characters of its prose stand in the file just as they are (exact) and how many are decoded from an
  escape, an entity or a line break; ``wrong`` counts characters that were said to stand unchanged and do not;
- megabytes a second for reading, and for a parser of the same format that gives no prose and mostly no places;
- files that could not be read, with the reason, and crashes.

Last it prints the speed of the whole linter on ordinary HTML and Markdown.
"""

from __future__ import annotations

import argparse
import csv
import html.parser
import io
import json
import os
import time
import tomllib
import xml.parsers.expat
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

import yaml
from pyromark import Markdown

from claimcheck.__main__ import collect_seldom
from claimcheck.api import load_linter
from claimcheck.checking import check_document
from claimcheck.engine.linter import Linter
from claimcheck.errors import ExtractError
from claimcheck.extract import documents, extract, format_of

MEGABYTE = 1_000_000
_MOST_BYTES = 5_000_000


@dataclass
class Tally:
    """What was seen of one format."""

    files: int = 0
    bytes: int = 0
    seconds: float = 0.0
    bare_bytes: int = 0
    bare_seconds: float = 0.0
    characters: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    crashed: list[str] = field(default_factory=list)


def main() -> None:
    """Print a line for each format."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--reasons", action="store_true", help="say why files could not be read")
    options = parser.parse_args()
    tallies: dict[str, Tally] = {}
    for name, data in _files(options.paths) if options.paths else _made_up():
        form = format_of(name)
        if form is not None:
            _measure(tallies.setdefault(form, Tally()), form, name, data)
    print(f"{'format':<11}{'files':>7}{'MB':>8}{'exact':>9}{'decoded':>9}{'wrong':>7}{'MB/s':>8}{'bare':>8}  unread")
    for form, tally in sorted(tallies.items()):
        _print(form, tally, reasons=options.reasons)
    if not options.paths:
        _whole_linter()


def _measure(tally: Tally, form: str, name: str, data: bytes) -> None:
    tally.files += 1
    size = _size(form, data)
    tally.bytes += size
    start = time.perf_counter()
    try:
        found = list(documents(data, name))
    except ExtractError as error:
        tally.unread[error.what] += 1
        return
    except Exception as error:  # noqa: BLE001  # that is what is looked for
        tally.crashed.append(f"{name}: {type(error).__name__}: {error}")
        return
    finally:
        tally.seconds += time.perf_counter() - start
    for document in found:
        for segment in document.segments:
            for run in segment.runs:
                said = segment.text[run.start : run.start + run.length]
                there = document.text[run.source : run.source + run.source_length]
                kind = "decoded" if not run.exact else "exact" if said == there else "wrong"
                tally.characters[kind] += run.length
    if form in _BARE:
        start = time.perf_counter()
        try:
            _BARE[form](data)
        except Exception:  # noqa: BLE001  # what the bare parser cannot read has no speed
            return
        tally.bare_seconds += time.perf_counter() - start
        tally.bare_bytes += size


def _size(form: str, data: bytes) -> int:
    """Bytes of a file, of a packed one those of what is packed in it."""
    if form not in ("docx", "odt"):
        return len(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(one.file_size for one in archive.infolist())
    except zipfile.BadZipFile:
        return len(data)


def _print(form: str, tally: Tally, *, reasons: bool) -> None:
    count = tally.characters
    total = count.total() or 1
    speed = tally.bytes / MEGABYTE / tally.seconds if tally.seconds else 0.0
    bare = f"{tally.bare_bytes / MEGABYTE / tally.bare_seconds:.1f}" if tally.bare_seconds else "-"
    print(
        f"{form:<11}{tally.files:>7,}{tally.bytes / MEGABYTE:>8.2f}{count['exact'] / total:>9.2%}"
        f"{count['decoded'] / total:>9.2%}{count['wrong']:>7}{speed:>8.1f}{bare:>8}  {tally.unread.total() or ''}"
    )
    for crash in tally.crashed:
        print(f"  CRASH {crash}")
    for reason, times in tally.unread.most_common(10 if reasons else 0):
        print(f"  {times} x {reason}")


def _whole_linter() -> None:
    collect_seldom()
    linter = load_linter()
    made = dict(_made_up())
    for name in ("a.html", "a.md"):
        data = made[name]
        best = min(_seconds(data, name, linter) for _ in range(3))
        print(f"whole linter, ordinary {format_of(name)}: {len(data) / MEGABYTE / best:.1f} MB/s")


def _seconds(data: bytes, name: str, linter: Linter) -> float:
    # Of the processor: whatever else the machine is at is no matter here.
    start = time.process_time()
    check_document(extract(data, name), linter)
    return time.process_time() - start


def _files(paths: list[Path]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        if path.is_file():
            yield str(path), path.read_bytes()
        for folder, inner, names in os.walk(path):
            inner[:] = sorted(name for name in inner if not name.startswith("."))
            for name in sorted(names):
                one = Path(folder, name)
                if format_of(name) and one.is_file() and not one.is_symlink() and one.stat().st_size <= _MOST_BYTES:
                    yield str(one), one.read_bytes()


# ----------------------------------------------------------------------------- made-up files

_SENTENCES = (
    "The museum opens at nine and closes at half past five.",
    "Tickets are sold at the door &mdash; or by post, if you write in time.",
    "Nobody remembers who planted the trees along the river.",
    "A guide walks with every group; children pay nothing.",
    "Bring a coat, as the cellars are cold even in July.",
)
_TIMES = 1500


def _made_up() -> Iterator[tuple[str, bytes]]:
    """One file of ordinary text for each format, about half a megabyte each."""
    texts = [" ".join((*_SENTENCES[n % 5 :], *_SENTENCES[: n % 5])) for n in range(_TIMES)]
    plain = [text.replace(" &mdash;", ",") for text in texts]
    html_body = "".join(
        f'<div class="card c{n % 7}"><h3 id="h{n}">Room <b>{n}</b></h3>\n'
        f'<p>{text} <a href="/rooms/{n}">More</a></p></div>\n'
        for n, text in enumerate(texts)
    )
    code_body = "".join(f"<h3>Room</h3>\n<p>{text} {{{{ x.y }}}} <b>More</b></p>\n" for text in plain)
    rows = [{"title": f"Room {n}", "body": text, "url": f"/rooms/{n}"} for n, text in enumerate(plain)]
    made: dict[str, str] = {
        "a.txt": "\n\n".join(plain),
        "a.md": "\n\n".join(f"## Room {n}\n\n{text} *Really.* [More](/rooms/{n})" for n, text in enumerate(texts)),
        "a.mdx": "\n\n".join(f"## Room\n\n{text} <b>Really.</b>" for text in plain),
        "a.html": f"<!doctype html><html><head><title>Rooms</title></head><body>\n{html_body}</body></html>",
        "a.rst": "\n\n".join(f"Room\n====\n\n{text} *Really.* ``code``" for text in plain),
        "a.adoc": "\n\n".join(f"== Room\n\n{text} *Really.* `code`" for text in plain),
        "a.json": json.dumps(rows),
        "a.jsonl": "\n".join(json.dumps(row) for row in rows),
        "a.yaml": yaml.safe_dump(rows),
        "a.toml": "\n".join(f"[[room]]\ntitle = \"{row['title']}\"\nbody = '{row['body']}'\n" for row in rows),
        "a.xml": "<rss><channel>"
        + "".join(f"<item><title>Room</title><description>{t}</description></item>\n" for t in plain)
        + "</channel></rss>",
        "a.po": "\n".join(f'msgid "{n}"\nmsgstr ""\n"{text} "\n' for n, text in enumerate(plain)),
        "a.srt": "\n".join(f"{n}\n00:00:01,000 --> 00:00:02,000\n{text}\n" for n, text in enumerate(plain)),
        "a.vtt": "WEBVTT\n\n" + "\n".join(f"00:01.000 --> 00:02.000\n{text}\n" for text in plain),
        "a.liquid": code_body,
        "a.njk": code_body,
        "a.hbs": code_body,
        "a.erb": code_body.replace("{{", "<%=").replace("}}", "%>"),
        "a.php": code_body.replace("{{", "<?=").replace("}}", "?>"),
        "a.blade.php": code_body,
        "a.vue": f"<template>\n{code_body}</template>\n",
        "a.svelte": code_body.replace("{{", "{").replace("}}", "}"),
        "a.astro": f"---\nconst x = 1;\n---\n{code_body.replace('{{', '{').replace('}}', '}')}",
        "a.tsx": "export const Page = () => (<>\n" + code_body.replace("{{", "{").replace("}}", "}") + "</>);\n",
        "a.js": "".join(
            f"export const r{n} = {{ title: 'Room', body: \"{text}\" }};\n" for n, text in enumerate(plain)
        ),
    }
    for name, text in made.items():
        yield name, text.encode()
    for name, delimiter in (("a.csv", ","), ("a.tsv", "\t")):
        table = io.StringIO()
        writer = csv.DictWriter(table, ["title", "body", "url"], delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
        yield name, table.getvalue().encode()
    yield "a.docx", _packed("word/document.xml", _DOCX, [f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in plain])
    yield "a.odt", _packed("content.xml", _ODT, [f"<text:p>{text}</text:p>" for text in plain])


_DOCX = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
_ODT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>{}</office:text>'
    "</office:body></office:document-content>"
)


def _packed(part: str, frame: str, paragraphs: list[str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, frame.format("".join(paragraphs)))
    return packed.getvalue()


# ----------------------------------------------------------------------------- bare parsers


def _yaml(data: bytes) -> None:
    list(yaml.compose_all(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


def _html(data: bytes) -> None:
    html.parser.HTMLParser(convert_charrefs=False).feed(data.decode())


def _expat(data: bytes) -> None:
    xml.parsers.expat.ParserCreate().Parse(data, True)  # noqa: FBT003  # that is how it is called


def _zipped(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name in ("word/document.xml", "content.xml"):
                ET.fromstring(archive.read(name))  # noqa: S314  # made up above, or the user's own


_BARE: dict[str, Callable[[bytes], object]] = {
    "markdown": lambda data: list(Markdown().events_with_range(data.decode())),
    "html": _html,
    "json": json.loads,
    "jsonl": lambda data: [json.loads(line) for line in data.splitlines()],
    "yaml": _yaml,
    "toml": lambda data: tomllib.loads(data.decode()),
    "csv": lambda data: list(csv.reader(io.StringIO(data.decode()))),
    "tsv": lambda data: list(csv.reader(io.StringIO(data.decode()), delimiter="\t")),
    "xml": _expat,
    "docx": _zipped,
    "odt": _zipped,
}

if __name__ == "__main__":
    main()
