"""
Who covers whom: labelled pages with the kinds that are missing or too far for each claim, under the default policy.

    python bench/coverage.py FOLDER

The folder holds ``NAME.md`` and beside it ``NAME.expected.json``: ``[{"claim": the exact words, "line", "severity":
"error" | "warning" | "none", "missing": […], "too_far": […]}…]``.
A page is wholly right when every listed claim has its verdict.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from claimcheck.checking import check_document
from claimcheck.engine.linter import Linter
from claimcheck.extract import extract
from claimcheck.packs.rulebook import load_rulebook


def main() -> None:
    """Judge the pages of a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    linter = Linter(load_rulebook())
    pages = sorted(options.folder.glob("*.expected.json"))
    right = sum(_judge(page, linter) for page in pages)
    print(f"pages wholly right: {right}/{len(pages)}")


def _judge(expected: Path, linter: Linter) -> bool:
    page = expected.with_name(expected.name.replace(".expected.json", ".md"))
    result = check_document(extract(page.read_bytes(), page.name), linter)
    good = True
    for row in json.loads(expected.read_text("utf-8")):
        verdicts = [
            (finding.severity.value, sorted(finding.missing), sorted({one.kind for one in finding.too_far}))
            for finding in result.findings
            if any(s.start.line == row["line"] for s in (finding.spot, *finding.also_at))
            and _same(finding.text, row["claim"])
        ]
        known = any(c.spot.start.line == row["line"] and _same(c.claim.text, row["claim"]) for c in result.claims)
        found = verdicts[0] if verdicts else ("none", [], []) if known else ("no claim", [], [])
        found = ("none", *found[1:]) if found[0] == "note" else found
        wanted = (row["severity"], sorted(row["missing"]), sorted(row["too_far"]))
        if found != wanted:
            good = False
            print(f"  {page.name}:{row['line']}: {row['claim']!r}: found {found}, wanted {wanted}")
    return good


def _same(one: str, other: str) -> bool:
    return one in other or other in one


if __name__ == "__main__":
    main()
