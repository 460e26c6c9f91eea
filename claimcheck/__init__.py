"""
A linter for the claims in skincare and aesthetic-procedure copy.

The public API is that of ``claimcheck.api``, imported when it is used: ``import claimcheck`` itself costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claimcheck.api import (
        ClaimcheckError,
        Facts,
        FileResult,
        Finding,
        Licence,
        Linter,
        Options,
        PathSection,
        Provided,
        Reading,
        Report,
        Severity,
        UsageError,
        check_paths,
        check_text,
        exit_code,
        load_linter,
        render,
        render_claims,
    )

__version__ = "0.1.0"
__all__ = [
    "ClaimcheckError",
    "Facts",
    "FileResult",
    "Finding",
    "Licence",
    "Linter",
    "Options",
    "PathSection",
    "Provided",
    "Reading",
    "Report",
    "Severity",
    "UsageError",
    "__version__",
    "check_paths",
    "check_text",
    "exit_code",
    "load_linter",
    "render",
    "render_claims",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'claimcheck' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module("claimcheck.api"), name)
