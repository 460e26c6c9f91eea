"""Edits of a text, and files that are replaced whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from claimcheck.edits import Edit, apply, line_end, write_atomically
from claimcheck.errors import ClaimcheckError


@pytest.mark.parametrize(
    ("edits", "text"),
    [
        ((), "a😀cdef"),
        ((Edit(1, 2, "b"),), "abcdef"),
        ((Edit(6, 6, "g"), Edit(0, 0, "<"), Edit(0, 0, ">")), "<>a😀cdefg"),
        ((Edit(0, 2, ""), Edit(2, 3, "x"), Edit(3, 3, "y")), "xydef"),
    ],
)
def test_edits_count_code_points_and_are_made_in_the_order_of_the_text(edits: tuple[Edit, ...], text: str) -> None:
    assert apply("a😀cdef", edits) == text


@pytest.mark.parametrize("edits", [(Edit(0, 2, ""), Edit(1, 3, "")), (Edit(5, 7, ""),), (Edit(3, 2, ""),)])
def test_edits_that_overlap_or_lie_outside_are_refused(edits: tuple[Edit, ...]) -> None:
    with pytest.raises(ValueError, match="edits overlap, or lie outside the text"):
        apply("abcdef", edits)


@pytest.mark.parametrize(("text", "end"), [("", "\n"), ("a\r\nb\n", "\r\n"), ("a\rb", "\r"), ("a\u2028b\nc\r\n", "\n")])
def test_what_ends_the_first_line_ends_those_that_are_added(text: str, end: str) -> None:
    assert line_end(text) == end


def test_a_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    file.chmod(0o640)
    write_atomically(os.fspath(file), b"new", before=b"old")
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode), os.listdir(tmp_path)) == (b"new", 0o640, ["a.md"])


def test_a_file_that_holds_something_else_by_now_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"older")
    with pytest.raises(ClaimcheckError, match="it has changed in the meantime"):
        write_atomically(os.fspath(file), b"new", before=b"old")
    assert file.read_bytes() == b"older"


def test_a_link_stays_one_and_what_it_leads_to_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_bytes(b"old")
    (tmp_path / "b.md").symlink_to("a.md")
    write_atomically("b.md", b"new")
    assert ((tmp_path / "b.md").is_symlink(), (tmp_path / "a.md").read_bytes()) == (True, b"new")


def test_a_link_that_leads_elsewhere_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    (tmp_path / "a.md").write_bytes(b"old")
    (tmp_path / "here" / "b.md").symlink_to("../a.md")
    with pytest.raises(ClaimcheckError, match="it is a link to a file elsewhere"):
        write_atomically("b.md", b"new")
    assert (tmp_path / "a.md").read_bytes() == b"old"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files")
def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ClaimcheckError, match="it cannot be written: is a directory"):
        write_atomically(os.fspath(tmp_path), b"new")


def test_a_file_that_cannot_be_replaced_stays_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(ClaimcheckError, match="it cannot be written: no space left on device"):
        write_atomically(os.fspath(file), b"new")
    assert (file.read_bytes(), os.listdir(tmp_path)) == (b"old", ["a.md"])
