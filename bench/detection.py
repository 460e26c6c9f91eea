"""
How well claims are found: precision, recall and F1 on any labelled file, with the wrong ones listed.

    python bench/detection.py [--errors] FILE…

A labelled file is one of

- ``*.jsonl``: one text a line, ``{"id", "text", "claims": [{"text", "kinds"}…]}`` (the words of each claim as they
  stand in the text, in its order), or ``{"id", "format", "text", "expected": [[line, column, end line, end
  column]…]}``;
- ``*.claims.json`` beside its page ``*.md``: ``{"claims": [{"line", "column", "end_line", "end_column", "kinds"}…]}``;
- ``*.expected.json`` with a page given by ``--page``: the same.

Lines and columns count from 1, ends are exclusive. A label with ``"optional": true`` counts neither as a miss nor as a
false alarm. A claim is right when it overlaps a label that no other claim has taken; its kind is right when the first
kinds agree.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from claimcheck.engine.linter import Linter
from claimcheck.extract import extract
from claimcheck.model import Document
from claimcheck.packs.rulebook import load_rulebook


@dataclass(frozen=True)
class Label:
    """A labelled claim; offsets in code points of the file."""

    start: int
    end: int
    kinds: tuple[str, ...]
    optional: bool


@dataclass
class Score:
    """Counts over one file."""

    found: int = 0
    right: int = 0
    labels: int = 0
    hit: int = 0
    kind: int = 0
    whole: int = 0
    texts: int = 0
    missed_kinds: Counter[str] = field(default_factory=Counter)

    @property
    def line(self) -> str:
        """The figures, to be printed behind the name of the file."""
        precision = self.right / self.found if self.found else 1.0
        recall = self.hit / self.labels if self.labels else 1.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        kind = self.kind / self.hit if self.hit else 1.0
        return (
            f"precision {precision:.3f} ({self.right}/{self.found})  recall {recall:.3f} ({self.hit}/{self.labels})"
            f"  F1 {f1:.3f}  first kind right {kind:.3f}  texts wholly right {self.whole}/{self.texts}"
        )


def main() -> None:
    """Score the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--errors", action="store_true", help="list what was missed and what was wrong")
    parser.add_argument("--page", type=Path, help="the page of an *.expected.json")
    options = parser.parse_args()
    linter = Linter(load_rulebook())
    for path in options.files:
        score = Score()
        for name, document, labels in texts(path, options.page):
            judge(name, document, labels, linter, score, errors=options.errors)
        print(f"{path.name}: {score.line}")
        if options.errors and score.missed_kinds:
            print("  missed by kind:", dict(score.missed_kinds.most_common()))


def texts(path: Path, page: Path | None) -> Iterator[tuple[str, Document, list[Label]]]:
    """The labelled texts of a file, as ``(id, document, labels)``."""
    if path.suffix == ".jsonl":
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            document = extract(row["text"].encode(), f"text.{row.get('format', 'txt')}")
            if "expected" in row:
                labels = [
                    _placed(document, dict(zip(("line", "column", "end_line", "end_column"), e, strict=True)))
                    for e in row["expected"]
                ]
            else:
                labels = list(_quoted(row["text"], row["claims"]))
            yield row["id"], document, labels
        return
    page = page or path.with_name(path.name.replace(".claims.json", ".md"))
    document = extract(page.read_bytes(), page.name)
    yield page.name, document, [_placed(document, claim) for claim in json.loads(path.read_text("utf-8"))["claims"]]


def _placed(document: Document, row: dict[str, Any]) -> Label:
    start = document.line_starts[row["line"] - 1] + row["column"] - 1
    end = document.line_starts[row["end_line"] - 1] + row["end_column"] - 1
    return Label(start, end, tuple(row.get("kinds", ())), bool(row.get("optional")))


def _quoted(text: str, claims: list[dict[str, Any]]) -> Iterator[Label]:
    at = 0
    for claim in claims:
        start = text.find(claim["text"], at)
        start = start if start >= 0 else text.index(claim["text"])
        yield Label(start, start + len(claim["text"]), tuple(claim.get("kinds", ())), bool(claim.get("optional")))
        at = start + 1


def judge(name: str, document: Document, labels: list[Label], linter: Linter, score: Score, *, errors: bool) -> None:
    """Add one text to the score."""
    claims = linter.analyse(document).claims
    taken: set[int] = set()
    wrong = []
    for claim in claims:
        overlaps = [
            (min(label.end, claim.place.end) - max(label.start, claim.place.start), number)
            for number, label in enumerate(labels)
            if number not in taken and label.start < claim.place.end and claim.place.start < label.end
        ]
        if overlaps:
            _, number = max(overlaps)
            taken.add(number)
            if not labels[number].optional:
                score.found += 1
                score.right += 1
                score.hit += 1
                score.kind += not labels[number].kinds or labels[number].kinds[0] == claim.kinds[0]
        elif not any(label.start < claim.place.end and claim.place.start < label.end for label in labels):
            score.found += 1
            wrong.append(claim)
    missed = [label for number, label in enumerate(labels) if number not in taken and not label.optional]
    score.labels += sum(not label.optional for label in labels)
    score.texts += 1
    score.whole += not wrong and not missed
    if errors:
        for label in missed:
            score.missed_kinds[label.kinds[0] if label.kinds else "?"] += 1
            print(f"  {name}: missed {document.text[label.start : label.end]!r} {','.join(label.kinds)}")
        for claim in wrong:
            place = document.position(claim.place.start)
            print(f"  {name}:{place.line}: wrong  {claim.text!r} {claim.rule}  in {claim.sentence[:110]!r}")


if __name__ == "__main__":
    main()
