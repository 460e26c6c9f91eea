"""
Speed and memory, as ratios within one run: start-up, throughput, growth, a folder of many files.

    python bench/speed.py

Every figure is the median of several runs, and is printed beside what it is to be compared with.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from claimcheck.checking import check_document
from claimcheck.engine.linter import Linter
from claimcheck.extract import extract
from claimcheck.packs.rulebook import load_rulebook

ROOT = Path(__file__).resolve().parent.parent
RUNS = 7
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def main() -> None:
    """Print all figures."""
    page = (ROOT / "fixtures" / "plain.md").read_text("utf-8")
    copy = (ROOT / "fixtures" / "clinic-bad.md").read_text("utf-8")
    # First, since a child's peak memory counts what its parent held when it was born.
    _folder(page, copy)
    _start_up()
    linter = Linter(load_rulebook())
    # The first text with claims pays for spaCy and for the matchers, which are kept.
    check_document(extract(copy.encode(), "a.md"), linter)
    print(f"ordinary Markdown: {_throughput(linter, page * 200):,.0f} words/s")
    claims = (
        "Our serum reduces fine lines and wrinkles by 30% in two weeks. It boosts collagen. Skin looks radiant.\n\n"
    )
    print(f"every sentence a claim: {_throughput(linter, claims * 1500):,.0f} words/s")
    one, ten = (_seconds(linter, claims * (size // len(claims))) for size in (1_000_000, 10_000_000))
    print(f"10 MB of claims against 1 MB: {ten / one:.1f} times the time ({ten:.1f} s against {one:.1f} s)")


def _start_up() -> None:
    python = sys.executable
    base = _wall(python, "-c", "import click, yaml")
    spacy = _wall(python, "-c", "import spacy")
    for name in ("plain", "ordinary"):
        wall = _wall(python, "-m", "claimcheck", "check", f"fixtures/{name}.md")
        print(f"clean file {name}.md: {wall:.3f} s, {wall / base:.2f} times 'import click, yaml' ({base:.3f} s)")
    wall = _wall(python, "-m", "claimcheck", "check", "fixtures/clinic-bad.md")
    print(f"file with claims: {wall:.3f} s, {wall / spacy:.2f} times 'import spacy' ({spacy:.3f} s)")


def _wall(*command: str) -> float:
    times = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        # Without bytecode every start would compile the program anew, and that is what would be measured.
        subprocess.run(command, cwd=ROOT, capture_output=True, check=False, env=_ENVIRONMENT)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def _seconds(linter: Linter, text: str) -> float:
    start = time.perf_counter()
    check_document(extract(text.encode(), "a.md"), linter)
    return time.perf_counter() - start


def _throughput(linter: Linter, text: str) -> float:
    return len(text.split()) / statistics.median(_seconds(linter, text) for _ in range(3))


def _folder(page: str, copy: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number in range(2000):
            (Path(folder) / f"{number:04}.md").write_text(f"{copy if number % 4 == 0 else page}\n\n{number}\n", "utf-8")
        command = (sys.executable, "-m", "claimcheck", "check", "--format", "concise", folder)
        start = time.perf_counter()
        with Path(os.devnull).open("w") as nowhere:
            process = subprocess.Popen(command, cwd=ROOT, stdout=nowhere, stderr=nowhere)
            _, _, usage = os.wait4(process.pid, 0)
        print(f"2,000 files: {time.perf_counter() - start:.1f} s, {usage.ru_maxrss / 1024:.0f} MB at most")


if __name__ == "__main__":
    main()
