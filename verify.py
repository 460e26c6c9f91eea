"""
Installs what the tests need into ``.venv`` and passes them: style, types, layers, tests.

Needs Python 3.11 or later and nothing else: ``python3 verify.py``. Arguments are handed to pytest.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
PROGRAMS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
CHECKS = (
    ("ruff", "check"),
    ("ruff", "format", "--check"),
    ("mypy",),
    ("lint-imports",),
)


def main(arguments: list[str]) -> int:
    """Runs everything and returns the exit code of the first step that fails, or 0; pytest comes last."""
    if sys.version_info < (3, 11):
        print("claimcheck needs Python 3.11 or later", file=sys.stderr)
        return 2
    install = ("python", "-m", "pip", "install", "--quiet", "--editable", ".[test]")
    for command in (install, *CHECKS, ("pytest", *arguments)):
        code = run(*command)
        if code:
            return code
    return 0


def run(program: str, *arguments: str) -> int:
    """Runs a program of the environment, which is made when it is not there, in the project's folder."""
    if not ENVIRONMENT.exists():
        venv.create(ENVIRONMENT, with_pip=True)
    print("$", program, *arguments, flush=True)
    return subprocess.run([PROGRAMS / program, *arguments], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
