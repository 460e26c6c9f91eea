"""``claimcheck review``: which document it writes, what it refuses, and how it exits."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
BAD = "Our peel reduces acne scars."
GOOD = "We are open on Saturdays, and all of you are welcome."


class Outcome(NamedTuple):
    """What a run of the program came to."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


def write(path: Path, text: str) -> bytes:
    """Write a Word document of one paragraph; its bytes."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"/>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="a" Type="{OFFICE}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>'
        "</w:document>",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, xml in parts.items():
            archive.writestr(name, xml)
    return path.read_bytes()


@pytest.fixture
def review(claimcheck: Run, tmp_path: Path) -> Run:
    """Reviews documents in a folder that holds ``bad.docx`` (one error) and ``good.docx`` (nothing)."""
    write(tmp_path / "bad.docx", BAD)
    write(tmp_path / "good.docx", GOOD)

    def run(*arguments: str) -> Outcome:
        return claimcheck("review", "--isolated", *arguments)

    return run


def comments(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read("word/comments.xml").decode()


def test_a_reviewed_document_is_written_beside_the_draft_which_stays(review: Run, tmp_path: Path) -> None:
    before = (tmp_path / "bad.docx").read_bytes()

    outcome = review("bad.docx", "-o", "out.docx", "--on", "2026-11-25")

    assert outcome == (1, "", "out.docx: 1 finding in 1 file; 2 comments written\n")
    assert (tmp_path / "bad.docx").read_bytes() == before
    written = comments(tmp_path / "out.docx")
    assert "reduces acne scars" in written
    assert 'w:date="2026-11-25T00:00:00Z"' in written


def test_a_draft_without_findings_gets_a_document_that_says_so(review: Run, tmp_path: Path) -> None:
    outcome = review("good.docx", "-o", "out.docx")

    assert outcome == (0, "", "out.docx: nothing found in 1 file; 1 comment written\n")
    assert "nothing found" in comments(tmp_path / "out.docx")


@pytest.mark.parametrize(
    ("options", "code"), [((), 1), (("--exit-zero",), 0), (("--ignore", "efficacy/*"), 0), (("--policy", "us"), 1)]
)
def test_it_exits_as_a_check_does(review: Run, options: tuple[str, ...], code: int) -> None:
    assert review("bad.docx", "-o", "out.docx", "--quiet", *options) == (code, "", "")


def test_a_reviewed_document_is_reviewed_anew(review: Run, tmp_path: Path) -> None:
    review("bad.docx", "-o", "out.docx")

    outcome = review("out.docx", "-o", "again.docx")

    assert outcome == (1, "", "again.docx: 1 finding in 1 file; 2 comments written, 2 old ones removed\n")
    assert (tmp_path / "again.docx").read_bytes() == (tmp_path / "out.docx").read_bytes()


def test_a_document_is_replaced_only_if_that_is_asked_for(review: Run, tmp_path: Path) -> None:
    (tmp_path / "out.docx").write_bytes(b"mine")

    refused = review("bad.docx", "-o", "out.docx")

    assert refused == (
        2, "", "claimcheck: out.docx: it is there already\n  fix: Choose another name, or add --force.\n",
    )  # fmt: skip
    assert (tmp_path / "out.docx").read_bytes() == b"mine"
    assert review("bad.docx", "-o", "out.docx", "--force", "--quiet") == (1, "", "")
    assert "reduces acne scars" in comments(tmp_path / "out.docx")


@pytest.mark.parametrize("output", ["bad.docx", "./bad.docx", "link.docx"])
def test_the_draft_is_never_replaced(review: Run, tmp_path: Path, output: str) -> None:
    (tmp_path / "link.docx").symlink_to("bad.docx")
    before = (tmp_path / "bad.docx").read_bytes()

    outcome = review("bad.docx", "-o", output, "--force")

    assert (outcome.code, outcome.err) == (
        2, f"claimcheck: {output}: the review would replace the draft\n  fix: Choose another name.\n",
    )  # fmt: skip
    assert (tmp_path / "bad.docx").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (
            ("bad.md", "-o", "out.docx"),
            "bad.md: it is read as Markdown, Quarto, and only Word documents (.docx) can be reviewed",
        ),
        (("-", "-o", "out.docx"), "standard input cannot be reviewed"),
        ((".", "-o", "out.docx"), "'.' is no file"),
        (("bad.docx", "good.docx", "-o", "out.docx"), "unexpected extra argument (good.docx)"),
        (("-o", "out.docx"), "Missing argument 'DRAFT'"),
        (("none.docx", "-o", "out.docx"), "none.docx: it cannot be read"),
        (("bad.docx", "-o", "-"), "'-' is no name of a Word document"),
        (("bad.docx", "-o", "out.pdf"), "'out.pdf' is no name of a Word document"),
        (("bad.docx", "-o", "none/out.docx"), "none/out.docx: the document cannot be written"),
        (("bad.docx", "-o", "out.docx", "--policy", "nz"), "no policy 'nz'"),
        (("bad.docx",), "Missing option '-o' / '--output'"),
    ],
)
def test_what_makes_no_sense_is_refused(review: Run, tmp_path: Path, arguments: tuple[str, ...], what: str) -> None:
    outcome = review(*arguments)

    assert (outcome.code, outcome.out) == (2, "")
    assert what in outcome.err
    assert not (tmp_path / "out.docx").exists()


@pytest.mark.parametrize(
    "option",
    [
        ("--jobs", "2"),
        ("--include", "*.docx"),
        ("--exclude", "*.docx"),
        ("--force-exclude",),
        ("--stdin-filename", "a.docx"),
        ("--format", "json"),
        ("--baseline", "b.json"),
        ("--statistics",),
    ],
)
def test_an_option_that_would_make_no_difference_is_not_there(review: Run, option: tuple[str, ...]) -> None:
    outcome = review("bad.docx", "-o", "out.docx", *option)

    assert (outcome.code, [part in outcome.err for part in ("No such option", option[0])]) == (2, [True, True])


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "not checked: the file is encrypted or older than its name says"),
        (b"text", "not checked: the file is no Word document"),
    ],
)
def test_a_document_that_cannot_be_read_is_not_written(review: Run, tmp_path: Path, content: bytes, what: str) -> None:
    (tmp_path / "draft.docx").write_bytes(content)

    outcome = review("draft.docx", "-o", "out.docx")

    assert (outcome.code, what in outcome.err) == (2, True)
    assert outcome.err.endswith("\nout.docx: not written\n")
    assert not (tmp_path / "out.docx").exists()


def test_a_document_in_another_language_is_not_written(review: Run, tmp_path: Path) -> None:
    write(tmp_path / "draft.docx", "Unser Peeling glättet feine Linien und lässt dunkle Flecken rasch verblassen. " * 4)

    outcome = review("draft.docx", "-o", "out.docx")

    assert (outcome.code, "draft.docx: skipped:" in outcome.err) == (2, True)
    assert not (tmp_path / "out.docx").exists()
