"""``python -m claimcheck`` and the program ``claimcheck``."""

from __future__ import annotations

import io
import sys


def main() -> None:
    """Run the program and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        # Reports hold any character, whatever the locale.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        from claimcheck.cli import program

        code = program()
    except KeyboardInterrupt:
        # It came before the program could see to it.
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
