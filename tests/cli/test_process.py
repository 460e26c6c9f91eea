"""The program as a process of its own: what it imports, its streams, and how it stops."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-m", "claimcheck")
IMPORTED = """
import sys
from claimcheck.cli import program
code = program(sys.argv[1:])
print(code, [name for name in ("spacy", "yaml", "pathspec", "claimcheck.reporters.text") if name in sys.modules])
"""
FULL = """\
claimcheck: standard output: the report cannot be written: no space left on device
  fix: Make room, or choose another place.
"""
BAD = str(ROOT / "fixtures" / "clinic-bad.md")
# The folder holds what is expected of its pages, too: claims in JSON, broken packs.
PAGES = sorted(f"fixtures/{page.name}" for page in (ROOT / "fixtures").glob("*.md"))


def test_a_clean_file_is_checked_without_importing_what_it_does_not_need() -> None:
    command = (sys.executable, "-c", IMPORTED, "check", "fixtures/plain.md")
    # The first run may have to compile the rules.
    subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.stdout, done.stderr) == ("0 []\n", "")


@pytest.mark.parametrize("format", ["text", "json"])
def test_two_runs_write_the_same_bytes_as_utf_8_whatever_the_locale(format: str) -> None:
    command = (*PROGRAM, "check", *PAGES, "--format", format, "--on", "2026-11-22", "--show-dismissed")
    first, second = (
        subprocess.run(command, cwd=ROOT, env=os.environ | variables, capture_output=True, check=False)
        for variables in ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2", "PYTHONIOENCODING": "cp1252", "LC_ALL": "C"})
    )
    assert (first.returncode, first.stdout, first.stderr) == (second.returncode, second.stdout, second.stderr)
    assert first.stdout.decode().isascii() is False


def test_a_reader_who_stops_reading_does_no_harm() -> None:
    command = (*PROGRAM, "check", BAD, "--format", "full")
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_full_device_ends_with_2() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run((*PROGRAM, "check", BAD), cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr.decode()) == (
        2,
        FULL,
    )


@pytest.mark.skipif(os.name == "nt", reason="this system cannot start a program without its streams")
def test_without_any_streams_it_still_ends_with_its_code() -> None:
    script = f'exec "$0" -m claimcheck check "{BAD}" <&- >&- 2>&-'
    done = subprocess.run(["/bin/sh", "-c", script, sys.executable], cwd=ROOT, check=False)
    assert done.returncode == 1
