"""
How market policies agree with regulators: precision and recall on texts that a regulator objected to or accepted.

    python bench/regulators.py [--errors] [--market MARKET]… FILE…

A file holds one object a line: ``{"id", "text", "verdict": "flag" | "ok", "jurisdiction", "category"}``. Each text is
checked under the policy of its jurisdiction alone; it counts as flagged when there is a finding of severity warning or
error. Texts of a jurisdiction without a policy are left out and counted.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from claimcheck.checking import check_document
from claimcheck.engine.linter import Linter
from claimcheck.extract import extract
from claimcheck.model import FileResult, Severity
from claimcheck.packs.rulebook import load_rulebook


def main() -> None:
    """Print a line for each market and one for all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--errors", action="store_true", help="list the texts that came out wrong")
    parser.add_argument("--market", action="append", default=[], help="only this one; can be given again")
    options = parser.parse_args()
    linter = Linter(load_rulebook())
    counts: Counter[tuple[str, str, bool]] = Counter()
    without = 0
    for row in (json.loads(line) for path in options.files for line in path.read_text("utf-8").splitlines()):
        market = row["jurisdiction"].lower()
        if market not in linter.rulebook.policies:
            without += 1
            continue
        if options.market and market not in options.market:
            continue
        result = check_document(extract(row["text"].encode(), "copy.md"), linter, policies=[market], on="2026-11-25")
        flagged = any(one.severity is not Severity.NOTE for one in result.findings)
        counts[market, row["verdict"], flagged] += 1
        if options.errors and flagged != (row["verdict"] == "flag"):
            _tell(row, result)
    for market in sorted({market for market, _, _ in counts}):
        print(_line(market, Counter({key[1:]: n for key, n in counts.items() if key[0] == market})))
    total: Counter[tuple[str, bool]] = Counter()
    for (_, verdict, flagged), count in counts.items():
        total[verdict, flagged] += count
    print(_line("all", total))
    if without:
        print(f"{without} texts of jurisdictions without a policy left out")


def _line(name: str, counts: Counter[tuple[str, bool]]) -> str:
    caught, missed = counts["flag", True], counts["flag", False]
    wrong, right = counts["ok", True], counts["ok", False]
    precision, recall = caught / max(1, caught + wrong), caught / max(1, caught + missed)
    return (
        f"{name}: precision {precision:.3f} ({caught}/{caught + wrong})"
        f"  recall {recall:.3f} ({caught}/{caught + missed})"
        f"  accepted copy flagged {wrong / max(1, wrong + right):.3f} ({wrong}/{wrong + right})"
    )


def _tell(row: dict[str, Any], result: FileResult) -> None:
    print(f"{'missed' if row['verdict'] == 'flag' else 'wrong'} {row['id']} {row['category']}: {row['text']!r}")
    for claim in result.claims:
        one = claim.claim
        print(
            f"    {one.text!r} {one.rules} {one.subject} {one.classes} {one.targets} {one.actions} {dict(claim.status)}"
        )
    for finding in result.findings:
        print(f"    -> {finding.severity.value} {finding.text!r} {finding.missing} {finding.message}")


if __name__ == "__main__":
    main()
