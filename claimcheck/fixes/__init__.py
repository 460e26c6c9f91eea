"""
Fixes: what may be written so that objections go away, each tried before it is offered.

Nothing is guessed of a file: what a fix makes of it is read and checked again. The objections that it was meant to
clear must be gone, no policy may find anything new or worse, and all other prose must read as before.
"""

from __future__ import annotations

from claimcheck.fixes.making import Fixed, check_caveats, fixed, offered
from claimcheck.fixes.model import Applicability, Fix

__all__ = ["Applicability", "Fix", "Fixed", "check_caveats", "fixed", "offered"]
