"""
How well claims are found: precision, recall and F1 on any labelled file, by kind, beside two baselines.

    python bench/detection.py [--errors] [--by-kind] [--baselines] [--texts TEXTS] FILE…

A labelled file is one of

- ``*.jsonl``: one text a line, ``{"id", "text", "claims": [{"text", "kinds"}…]}`` (the words of each claim as they
  stand in the text, in its order), or ``{"id", "format", "text", "expected": [[line, column, end line, end
  column]…]}``;
- ``*.jsonl`` without its texts, which are somebody else's: ``{"id", "address", "sha256", "claims": [{"start",
  "end", "kinds"?}…]}``, offsets in code points. ``--texts`` names a file of ``{"text"}`` lines that holds them; a
  row whose text is not there is left out and counted;
- ``*.claims.json`` beside its page ``*.md``: ``{"claims": [{"line", "column", "end_line", "end_column", "kinds"}…]}``;
- ``*.expected.json`` with a page given by ``--page``: the same.

Lines and columns count from 1, ends are exclusive. A label with ``"optional": true`` counts neither as a miss nor as a
false alarm. A claim is right when it overlaps a label that no other claim has taken; its kind is right when the first
kinds agree. By kind, recall goes by the first kind of the label and precision by that of the claim.

The baselines are what a style checker offers: a list of words (``baselines/words.txt``) and careful regular expressions
(``baselines/patterns.txt``), counted in the same way.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from claimcheck.engine.linter import Linter
from claimcheck.extract import extract
from claimcheck.model import KINDS, Document
from claimcheck.packs.rulebook import load_rulebook

BASELINES = Path(__file__).parent / "baselines"


@dataclass(frozen=True)
class Label:
    """A labelled claim; offsets in code points of the file."""

    start: int
    end: int
    kinds: tuple[str, ...]
    optional: bool


@dataclass(frozen=True)
class Hit:
    """What a finder took for a claim; ``about`` says where and why, to be printed when it is wrong."""

    start: int
    end: int
    kind: str
    about: str


@dataclass
class Score:
    """Counts over one file."""

    found: int = 0
    right: int = 0
    labels: int = 0
    kind: int = 0
    whole: int = 0
    texts: int = 0
    found_kinds: Counter[str] = field(default_factory=Counter)
    right_kinds: Counter[str] = field(default_factory=Counter)
    labelled_kinds: Counter[str] = field(default_factory=Counter)
    hit_kinds: Counter[str] = field(default_factory=Counter)

    @property
    def line(self) -> str:
        """The figures, to be printed behind the name of the file."""
        kind = self.kind / self.right if self.right else 1.0
        return (
            f"{_figures(self.right, self.found, self.right, self.labels)}  first kind right {kind:.3f}"
            f"  texts wholly right {self.whole}/{self.texts}"
        )


def _figures(right: int, found: int, hit: int, labels: int) -> str:
    precision = right / found if found else 1.0
    recall = hit / labels if labels else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"precision {precision:.3f} ({right}/{found})  recall {recall:.3f} ({hit}/{labels})  F1 {f1:.3f}"


def main() -> None:
    """Score the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--errors", action="store_true", help="list what was missed and what was wrong")
    parser.add_argument("--by-kind", action="store_true", help="a line for each kind of claim")
    parser.add_argument("--baselines", action="store_true", help="the word list and the patterns as well")
    parser.add_argument("--page", type=Path, help="the page of an *.expected.json")
    parser.add_argument("--texts", type=Path, help="the texts of rows that hold only their hash")
    options = parser.parse_args()
    linter = Linter(load_rulebook())
    kept = _kept(options.texts) if options.texts else {}
    for path in options.files:
        finders: dict[str, Callable[[Document], list[Hit]]] = {path.name: partial(_claims, linter)}
        if options.baselines:
            finders[f"{path.name}, word list"] = partial(_matches, _words())
            finders[f"{path.name}, patterns"] = partial(_matches, _patterns())
        rows = list(texts(path, options.page, kept))
        for title, finder in finders.items():
            score = Score()
            for name, document, labels in rows:
                judge(name, document, labels, finder(document), score, errors=options.errors and title == path.name)
            print(f"{title}: {score.line}")
            if options.by_kind and title == path.name:
                for kind in KINDS:
                    if score.labelled_kinds[kind] or score.found_kinds[kind]:
                        counts = (score.right_kinds, score.found_kinds, score.hit_kinds, score.labelled_kinds)
                        print(f"  {kind:20} {_figures(*(counter[kind] for counter in counts))}")


def _claims(linter: Linter, document: Document) -> list[Hit]:
    return [
        Hit(one.place.start, one.place.end, one.kinds[0], f"{one.text!r} {one.rule}  in {one.sentence[:110]!r}")
        for one in linter.analyse(document).claims
    ]


def _matches(pattern: re.Pattern[str], document: Document) -> list[Hit]:
    return [Hit(match.start(), match.end(), "efficacy", repr(match[0])) for match in pattern.finditer(document.text)]


def _words() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{'|'.join(re.escape(word) for word in _lines('words.txt'))})\b")


def _patterns() -> re.Pattern[str]:
    return re.compile("(?i)" + "|".join(f"(?:{pattern})" for pattern in _lines("patterns.txt")))


def _lines(name: str) -> list[str]:
    lines = (BASELINES / name).read_text("utf-8").splitlines()
    return sorted((line for line in lines if line and not line.startswith("#")), key=len, reverse=True)


def _kept(path: Path) -> dict[str, str]:
    found = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    return {hashlib.sha256(text.encode()).hexdigest(): text for text in found}


def texts(path: Path, page: Path | None, kept: dict[str, str]) -> Iterator[tuple[str, Document, list[Label]]]:
    """The labelled texts of a file, as ``(id, document, labels)``."""
    if path.suffix != ".jsonl":
        page = page or path.with_name(path.name.replace(".claims.json", ".md"))
        document = extract(page.read_bytes(), page.name)
        claims = json.loads(path.read_text("utf-8"))["claims"]
        yield page.name, document, [_placed(document, claim) for claim in claims]
        return
    absent = 0
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        text = row["text"] if "text" in row else kept.get(row["sha256"])
        if text is None:
            absent += 1
            continue
        document = extract(text.encode(), f"text.{row.get('format', 'txt')}")
        yield row["id"], document, list(_labels(document, row))
    if absent:
        print(f"{path.name}: {absent} texts are not here (--texts)")


def _labels(document: Document, row: dict[str, Any]) -> Iterable[Label]:
    if "expected" in row:
        names = ("line", "column", "end_line", "end_column")
        return [_placed(document, dict(zip(names, one, strict=True))) for one in row["expected"]]
    if "sha256" in row:
        return [
            Label(one["start"], one["end"], tuple(one.get("kinds", ())), bool(one.get("optional")))
            for one in row["claims"]
        ]
    return _quoted(row["text"], row["claims"])


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


def judge(name: str, document: Document, labels: list[Label], hits: list[Hit], score: Score, *, errors: bool) -> None:
    """Add one text to the score."""
    taken: set[int] = set()
    wrong = []
    for hit in hits:
        overlaps = [
            (min(label.end, hit.end) - max(label.start, hit.start), number)
            for number, label in enumerate(labels)
            if number not in taken and label.start < hit.end and hit.start < label.end
        ]
        if overlaps:
            _, number = max(overlaps)
            taken.add(number)
            label = labels[number]
            if not label.optional:
                score.found += 1
                score.right += 1
                score.found_kinds[hit.kind] += 1
                score.right_kinds[hit.kind] += 1
                score.hit_kinds.update(label.kinds[:1])
                score.kind += not label.kinds or label.kinds[0] == hit.kind
        elif not any(label.start < hit.end and hit.start < label.end for label in labels):
            score.found += 1
            score.found_kinds[hit.kind] += 1
            wrong.append(hit)
    missed = [label for number, label in enumerate(labels) if number not in taken and not label.optional]
    for label in labels:
        score.labels += not label.optional
        score.labelled_kinds.update(() if label.optional else label.kinds[:1])
    score.texts += 1
    score.whole += not wrong and not missed
    if errors:
        for label in missed:
            print(f"  {name}: missed {document.text[label.start : label.end]!r} {','.join(label.kinds)}")
        for hit in wrong:
            print(f"  {name}:{document.position(hit.start).line}: wrong  {hit.about}")


if __name__ == "__main__":
    main()
