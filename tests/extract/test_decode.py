"""From bytes to text: encodings, byte order marks, what is refused and how that is said."""

from __future__ import annotations

import pytest

from claimcheck.errors import ExtractError
from claimcheck.extract.decode import declared_encoding, decode, line_starts

BINARY_FIX = "  fix: Leave the file out, or save it as UTF-8 text."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"]
)  # the last two write a mark of their own
def test_the_mark_is_not_part_of_the_text(encoding: str) -> None:
    assert decode("d\u00e9j\u00e0 \U0001f600\r\n".encode(encoding), "a.txt") == "d\u00e9j\u00e0 \U0001f600\r\n"


def test_big_endian_is_read_too() -> None:
    assert decode(b"\xfe\xff\x00a\x00b", "a.txt") == "ab"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            b"one\r\ntwo\rthr\xe9e",
            "a.txt:3: byte 12 (0xE9) is not UTF-8\n  fix: Save the file as UTF-8.",
        ),
        (
            b"\xef\xbb\xbfone\n\xff",
            "a.txt:2: byte 7 (0xFF) is not UTF-8\n  fix: Save the file as UTF-8.",
        ),
        (
            b"\xff\xfea\x00b",
            "a.txt: byte 4 (0x62) is not UTF-16\n  fix: Save the file as UTF-8.",
        ),
        (
            b"one\ntwo\x00",
            f"a.txt:2: the file is binary: character 7 is a NUL\n{BINARY_FIX}",
        ),
        (
            b"\x89PNG\r\n\x1a\n\x00\x00\x00",
            f"a.txt: the file is binary: byte 0 is not UTF-8 and there are NULs\n{BINARY_FIX}",
        ),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, expected: str) -> None:
    with pytest.raises(ExtractError) as caught:
        decode(data, "a.txt")

    assert str(caught.value) == expected


@pytest.mark.parametrize(
    ("declared", "data", "expected"),
    [
        ("iso-8859-1", b"\x93\xe9\x94", "\u201c\u00e9\u201d"),
        ("us-ascii", b"\xe9", "\u00e9"),
        ("Windows-1251", b"\xe9", "\u0439"),
        ("x-sjis", b"\x83e\x83X\x83g", "\u30c6\u30b9\u30c8"),
        ("GB2312", b"\xb2\xe2", "\u6d4b"),
        ("iso-8859-1", "\u00e9".encode(), "\u00e9"),
        ("iso-8859-1", "\ufeff\u00e9".encode("utf-16-le"), "\u00e9"),
    ],
)
def test_what_a_file_declares_counts_when_it_is_not_utf_8(declared: str, data: bytes, expected: str) -> None:
    assert decode(data, "a.html", declared) == expected


@pytest.mark.parametrize("declared", ["", "utf-8", "utf-16", "rot13", "zip", "unicode_escape", "utf-7", "no-such"])
def test_other_declarations_do_not_help(declared: str) -> None:
    with pytest.raises(ExtractError, match=r"byte 0 \(0xE9\) is not UTF-8"):
        decode(b"\xe9 a", "a.html", declared)


def test_bytes_that_are_not_in_the_declared_encoding_are_told() -> None:
    with pytest.raises(ExtractError, match=r"byte 1 \(0x81\) is not CP1252"):
        decode(b"\xe9\x81", "a.html", "latin1")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<meta charset=latin1>", "latin1"),
        (b"<META\nhttp-equiv=x content='text/html; charset = \"Shift_JIS\"'>", "Shift_JIS"),
        (b"<?xml version='1.0' encoding='koi8-r'?>", "koi8-r"),
        (b"<!-- <meta charset=latin1> --><meta name=a>", ""),
        (b" " * 2000 + b"<meta charset=latin1>", ""),
        (b"\xe9", ""),
    ],
)
def test_the_declared_encoding_is_found(data: bytes, expected: str) -> None:
    assert declared_encoding(data) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (0,)),
        ("a", (0,)),
        ("a\n", (0, 2)),
        ("a\r\nb\rc\n\n\rd", (0, 3, 5, 7, 8, 9)),
        ("a\u2028b\x0bc\x0cd\x85e", (0,)),
    ],
)
def test_only_three_things_end_a_line(text: str, expected: tuple[int, ...]) -> None:
    assert line_starts(text) == expected
