"""The README: what it shows is what happens."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from claimcheck.cli import program
from claimcheck.extract import FORMATS

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The README's code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.DOTALL | re.MULTILINE)


def test_the_table_of_formats_is_the_programs() -> None:
    rows = re.findall(r"^\| ([\w ]+) \| ((?:`\.\w+`(?:, )?)+) \|$", README, flags=re.MULTILINE)
    listed = {suffix for _, suffixes in rows for suffix in re.findall(r"`(\.\w+)`", suffixes)}
    assert listed == {suffix for known in FORMATS for suffix in known.suffixes}


def test_the_commands_are_the_programs() -> None:
    assert set(re.findall(r"^\| `claimcheck (\w+)", README, flags=re.MULTILINE)) == set(program.commands)
