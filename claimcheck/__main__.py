"""``python -m claimcheck`` and the program ``claimcheck``."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from types import FrameType

_STOPPED = 130
_GRACE = 2.0  # seconds, to take away what is half written


def main() -> None:
    """Run the program and exit with its code."""
    collect_seldom()
    for stream in (sys.stdout, sys.stderr):
        # Reports hold any character, whatever the locale.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    # Where it is ignored, as of programs in the background, it stays so.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupted)
    try:
        from claimcheck.cli import program

        code = program()
    except KeyboardInterrupt:
        # It came before the program could see to it.
        code = _STOPPED
    _leave(code)


def collect_seldom() -> None:
    """What a run makes mostly stays to its end: to look for garbage after every 700 objects takes a twentieth of it."""
    gc.set_threshold(50_000, 20, 20)


def _interrupted(number: int, frame: FrameType | None) -> None:
    """
    What Ctrl-C does: end in good order, and if that does not happen soon, end.

    An exception that comes while Python runs a callback of its own, of which each import has some, or a function of
    Cython's that may raise none, is printed and forgotten, and the program would go on as if nobody had asked.
    """
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, lambda *_: os._exit(_STOPPED))
        signal.setitimer(signal.ITIMER_REAL, _GRACE)
    signal.default_int_handler(number, frame)


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
