"""
Reviews of Word documents: the same document, with a comment beside each claim that is objected to.

No letter of the document is changed, and no comment of anybody else: what is written is read again, and must read as
before.
"""

from __future__ import annotations

from claimcheck.review.making import SUFFIX, Reviewed, check_word, reviewed

__all__ = ["SUFFIX", "Reviewed", "check_word", "reviewed"]
