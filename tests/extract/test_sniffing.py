"""What a file is by its content."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from claimcheck.extract.sniffing import is_binary, sniff

TRACK = "1\n00:00:01,000 --> 00:00:02,500\nSmoother skin.\n"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
        (b"<!doctype html><p>Smoother skin.", "html"),
        (b"\n <!DOCTYPE  HTML PUBLIC>", "html"),
        (b"<HTML lang=en>", "html"),
        (b"<!-- a - b --><!-- c --> <html>", "html"),
        (b"<?xml version='1.0'?>\n<!DOCTYPE html>", "html"),
        (b"<?xml version='1.0'?><rss/>", "xml"),
        (b"<?php echo 1;", "php"),
        (b"WEBVTT", "vtt"),
        (b"WEBVTT - Our peel\n\n", "vtt"),
        (TRACK.encode(), "srt"),
        (b'{"title": "Smoother skin"}', "json"),
        (b"[1, 2]\n", "json"),
        ("\ufeff<!doctype html>".encode(), "html"),
        ("\ufeff<!doctype html>".encode("utf-16-le"), "html"),
        ("\ufeff<!doctype html>".encode("utf-16-be"), "html"),
        ("\ufeff[1]".encode("utf-32-be"), "json"),
        ("<!doctype html>".encode("utf-32"), "html"),
        (b"", None),
        (b"Smoother skin.", None),
        (b"<html5> is no tag of ours", None),
        (b"<p>Smoother skin.</p>", None),
        (b"WEBVTTX", None),
        (b"[Smoother skin]", None),
        (b'{"title": "Smoother', None),
        (b"{{ title }}", None),
        (b"<!-- <html>", None),
        (b"PK\x03\x04 and more", None),
        (b"\x89PNG\r\n\x1a\n\0\0", None),
    ],
)
def test_a_file_is_what_it_plainly_is(data: bytes, expected: str | None) -> None:
    assert sniff(data) == expected


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"[Content_Types].xml": "", "word/document.xml": ""}, "docx"),
        ({"word/document2.xml": "", "[Content_Types].xml": ""}, "docx"),
        ({"[Content_Types].xml": "", "xl/workbook.xml": ""}, None),
        ({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}, "odt"),
        ({"mimetype": "application/epub+zip"}, None),
    ],
)
def test_an_archive_is_told_by_its_members(members: dict[str, str], expected: str | None) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    assert sniff(file.getvalue()) == expected


@pytest.mark.parametrize(
    "data",
    [b"[" * 2_000_000, b'{"a":' * 400_000, b"<!--" * 500_000, b"<!-- -" * 300_000, b"1" * 2_000_000, b" " * 5_000_000],
)
def test_hostile_content_takes_no_time(data: bytes) -> None:
    start = time.process_time()
    assert sniff(data) is None
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("data", "expected"),
    [(b"\x89PNG\0\0", True), ("Text.".encode("utf-16"), False), (b"Text.", False), (b"\xef\xbb\xbfT\0", True)],
)
def test_nuls_without_a_mark_make_a_binary(data: bytes, expected: bool) -> None:  # noqa: FBT001 - an answer
    assert is_binary(data) is expected
