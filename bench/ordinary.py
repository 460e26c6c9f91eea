"""
False alarms in ordinary text: findings in prose that sells nothing.

    python bench/ordinary.py [--list] [--most WORDS] PATH…

Every file of a known format below the paths, and every README, is read (also packed with gzip). Prints how many
findings (under the default policy) and how many claims were found in how many words. Debian's handbooks and the
documentation of any Python environment will do; ``bench/data/neighbours`` holds shop policies, price lists and more.
"""

from __future__ import annotations

import argparse
import gzip
from collections.abc import Iterator
from pathlib import Path

from claimcheck.checking import check_document
from claimcheck.engine.linter import Linter
from claimcheck.errors import ExtractError
from claimcheck.extract import documents, format_of
from claimcheck.extract.machinery import is_machinery
from claimcheck.language import foreign
from claimcheck.packs.rulebook import load_rulebook

_MOST_BYTES = 2_000_000


def main() -> None:
    """Count what is found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--list", action="store_true", help="show the claims")
    parser.add_argument("--most", type=int, default=2_000_000, help="stop after so many words")
    options = parser.parse_args()
    linter = Linter(load_rulebook())
    words = findings = claims = files = 0
    for name, data in _texts(options.paths):
        if words >= options.most:
            break
        try:
            found = [document for document in documents(data, name) if not foreign(document)]
        except ExtractError:
            continue
        files += 1
        for document in found:
            words += sum(len(segment.text.split()) for segment in document.segments)
            result = check_document(document, linter)
            findings += len(result.findings)
            claims += len(result.claims)
            if options.list:
                for one in result.claims:
                    where = f"{name}:{one.spot.start.line}"
                    print(f"{where}: {one.claim.text!r} {one.claim.rule}  in {one.claim.sentence[:120]!r}")
    per = f"1 finding in {words // findings:,} words" if findings else "none"
    print(f"{files} files, {words:,} words: {findings} findings ({per}), {claims} claims")


def _texts(paths: list[Path]) -> Iterator[tuple[str, bytes]]:
    seen: set[bytes] = set()
    for path in paths:
        for one in sorted(path.rglob("*")) if path.is_dir() else [path]:
            name = one.name.removesuffix(".gz")
            known = format_of(name) or ("text" if name.lower().startswith("readme") else None)
            if known is None or is_machinery(name) or not one.is_file() or one.is_symlink():
                continue
            if one.stat().st_size > _MOST_BYTES:
                continue
            data = one.read_bytes()
            data = gzip.decompress(data) if one.suffix == ".gz" else data
            if data[:4096] not in seen:
                seen.add(data[:4096])
                yield str(one).removesuffix(".gz"), data


if __name__ == "__main__":
    main()
