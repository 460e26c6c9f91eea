"""What Markdown, MDX and templates share: a page that may begin with front matter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from claimcheck.extract.origin import origin_of
from claimcheck.extract.reading import Reading
from claimcheck.extract.structure import Outline
from claimcheck.model import Document

if TYPE_CHECKING:
    from claimcheck.extract.frontmatter import FrontMatter


def front_matter(outline: Outline, text: str, path: str, reading: Reading) -> FrontMatter | None:
    """
    What a page says of itself before its body, its prose added to the outline; ``None`` for nothing.

    Raises:
        ExtractError: If it says something to us that cannot be read.
    """
    if not text.startswith(("---", "+++")):
        return None
    from claimcheck.extract.frontmatter import read_front_matter  # many pages have none

    return read_front_matter(outline, text, path, reading)


def page(outline: Outline, text: str, path: str, said: FrontMatter | None, *, form: str) -> Document:
    """The document of a page whose prose is in an outline; ``form`` is the name of its format."""
    read = origin_of(path, text, form).document(outline, language=said.language if said else "", blanked=True)
    return replace(read, subject=said.subject, facts=said.facts, ignores=said.ignores) if said else read
