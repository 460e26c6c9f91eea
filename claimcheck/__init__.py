"""A linter for the claims in skincare and aesthetic-procedure copy."""

from __future__ import annotations

__version__ = "0.1.0"
