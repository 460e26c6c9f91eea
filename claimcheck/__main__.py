"""``python -m claimcheck`` and the program ``claimcheck``."""

from __future__ import annotations

import sys

from claimcheck.cli import program


def main() -> None:
    """Run the program and exit with its code."""
    sys.exit(program())


if __name__ == "__main__":
    main()
