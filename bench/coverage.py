"""
Who covers whom: labelled pages with the kinds that are missing or too far, under the default policy.

    python bench/coverage.py FOLDER

The folder holds pages and ``expected.jsonl``, a page a line: ``{"file", "missing": […], "too_far": […], "prohibited":
true | false, "why"}``. The kinds are those that some finding of the page reports as missing, or as too far away;
``prohibited`` says whether some claim is ruled out. A page is wholly right when all three are.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from claimcheck.checking import check_document
from claimcheck.engine.linter import Linter
from claimcheck.extract import extract
from claimcheck.packs.rulebook import load_rulebook


def main() -> None:
    """Judge the pages of a folder, and say what is wrong with those that are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    linter = Linter(load_rulebook())
    rows = [json.loads(line) for line in (folder / "expected.jsonl").read_text("utf-8").splitlines()]
    right = 0
    for row in rows:
        wanted = {"missing": sorted(row["missing"]), "too_far": sorted(row["too_far"]), "prohibited": row["prohibited"]}
        found = judged(folder / row["file"], linter)
        right += found == wanted
        if found != wanted:
            print(f"  {row['file']}: found {found}, wanted {wanted}: {row['why']}")
    print(f"pages wholly right: {right}/{len(rows)}")


def judged(page: Path, linter: Linter) -> dict[str, Any]:
    """What the findings of a page report."""
    findings = check_document(extract(page.read_bytes(), page.name), linter).findings
    return {
        "missing": sorted({kind for one in findings for kind in one.missing}),
        "too_far": sorted({witness.kind for one in findings for witness in one.too_far}),
        "prohibited": any(one.prohibited for one in findings),
    }


if __name__ == "__main__":
    main()
