"""``python -m claimcheck`` and the program ``claimcheck``."""

from __future__ import annotations

import gc
import io
import os
import sys


def main() -> None:
    """Run the program and exit with its code."""
    # Most of what a run makes stays to its end: to look for garbage after every 700 objects takes a twentieth of it.
    gc.set_threshold(50_000, 20, 20)
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
    _leave(code)


def _leave(code: int) -> None:
    """End the process at once: to free what it has loaded, piece by piece, would take a tenth of a short run."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None and not stream.closed:
                stream.flush()
    except OSError:
        # Whoever reads has gone; the program has said so, or has nothing to say of it.
        pass
    os._exit(code)


if __name__ == "__main__":
    main()
