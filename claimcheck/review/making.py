"""Writes a review into a Word document."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import count
from typing import NamedTuple

from claimcheck.errors import ExtractError, UsageError
from claimcheck.extract import Reading
from claimcheck.extract.choosing import choose
from claimcheck.extract.docx import KIND, main_part, read, read_placed, styles_named
from claimcheck.extract.package import Package
from claimcheck.model import Report
from claimcheck.reporters.wording import quoted
from claimcheck.review.anchors import Anchor, anchor, edits, numbers_of, sources, wanted, whole
from claimcheck.review.archive import rewritten
from claimcheck.review.body import read_body
from claimcheck.review.comments import Comment, Styles, comments_part, with_comments, without_own
from claimcheck.review.markup import names, namespace, read_part, spliced
from claimcheck.review.words import Line, notes, summary

SUFFIX = ".docx"


class Reviewed(NamedTuple):
    """
    A document with comments.

    Args:
        comments: How many were written, the summary among them.
        replaced: How many of an earlier review are gone.
    """

    data: bytes
    comments: int
    replaced: int


def check_word(data: bytes, path: str, reading: Reading) -> None:
    """
    Refuse what is read as something else than a Word document.

    Args:
        path: As it is to be shown.
        reading: What a configuration says about reading files.

    Raises:
        UsageError: If it is.
    """
    format = choose(data, path, reading).format
    if format.name != "docx":
        what = f"it is read as {format.title}, and only Word documents ({SUFFIX}) can be reviewed"
        raise UsageError(what, where=path, fix="Save it as a Word document.")


def reviewed(data: bytes, report: Report) -> Reviewed:
    """
    A Word document with a comment beside each claim that is objected to, and a summary beside its first paragraph.

    Comments of an earlier review are replaced, but for those that somebody has answered or resolved. Of the same
    document and report come the same bytes.

    Args:
        data: The document.
        report: What came out of it, and of nothing else.

    Raises:
        ExtractError: If it cannot be read, or has no paragraph for the summary.
    """
    (result,) = report.results
    path = result.path
    bare = without_own(data, path)
    document, places = read_placed(bare.data, path)
    told = notes(result, report)
    found = sources(document, places, [(note.start, note.end) for note in told])
    package = Package(bare.data, path, KIND)
    main, part = main_part(package), comments_part(package)
    body = read_body(bare.data, path, main, wanted(found), {one.sign for one in found} - {""})
    if body.first is None:
        raise package.error("the document has no paragraph for the summary", fix="Write something in it.")
    top = whole(body.first, body.content)
    said: list[tuple[Anchor, tuple[Line, ...]]] = [(top, summary(report))]
    for note, source in zip(told, found, strict=True):
        one = anchor(source, body, top)
        lead = (Line(one.where, quoted(note.text)),) if one.where else ()
        said.append((one, (*lead, *note.lines)))
    used = numbers_of(body.xml, *([read_part(bare.data, path, part)] if part in package else []))
    free = (number for number in count() if number not in used)
    # A mark stands before the run of its words: places are alike where as many texts of the body begin before them.
    begins = sorted(one.origin.at for one in places if one.origin.part == "body")
    kept = Counter((one.text, bisect_left(begins, one.at)) for one in bare.kept)
    anchors: list[tuple[int, Anchor]] = []
    comments: list[Comment] = []
    for one, lines in said:
        comment = Comment(0, lines)
        place = comment.text, bisect_left(begins, one.start.at)
        # Within a text no comment begins.
        if one.start.text is None and kept[place]:
            kept[place] -= 1
            continue
        number = next(free)
        anchors.append((number, one))
        comments.append(comment._replace(number=number))
    styles = Styles(*styles_named(bare.data, path, "annotation text", "annotation reference"))
    known = names(body.xml, namespace(body.xml))
    inserted = edits(anchors, body, known, styles.mark, used | {number for number, _ in anchors})
    parts = {main: spliced(body.xml, inserted), **with_comments(bare.data, path, comments, report.on, styles)}
    made = rewritten(bare.data, parts, path)
    if read(made, path) != document:
        raise ExtractError(
            "comments cannot be written into this document without a change of what it says",
            where=path,
            fix="Please report it with the file.",
        )
    return Reviewed(made, len(comments), bare.removed)
