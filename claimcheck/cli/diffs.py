"""What a change of a file looks like."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from difflib import unified_diff

from claimcheck.cli.output import is_terminal
from claimcheck.reporters.wording import safe


def unified(path: str, before: str, after: str) -> str:
    """A unified diff of a text; what could do harm to a terminal is spelt out on one."""
    return "".join(_told(path, before, after))


def _told(path: str, before: str, after: str) -> Iterator[str]:
    shown = is_terminal(sys.stdout)
    for line in unified_diff(_lines(before), _lines(after), f"a/{path}", f"b/{path}"):
        body = line.rstrip("\r\n")
        yield (safe(body) if shown else body) + (line[len(body) :] or "\n\\ No newline at end of file\n")


def _lines(text: str) -> list[str]:
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1].removesuffix("\n")
    return lines if lines[-1] else lines[:-1]
