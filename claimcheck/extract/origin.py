"""The file that documents are read from: what all of them have in common."""

from __future__ import annotations

from dataclasses import dataclass

from claimcheck.extract.decode import line_starts
from claimcheck.extract.structure import Outline
from claimcheck.model import Document


@dataclass(frozen=True, slots=True)
class Origin:
    """
    A file.

    Args:
        path: As it is to be shown.
        text: Decoded.
        form: Name of its format.
        starts: As ``Document.line_starts``.
    """

    path: str
    text: str
    form: str
    starts: tuple[int, ...]

    def document(
        self, outline: Outline, start: int = 0, end: int | None = None, *, language: str = "", blanked: bool = False
    ) -> Document:
        """
        A document of the file.

        Args:
            outline: Holds its prose.
            start: Where it begins, if it is one of several.
            end: Where it ends; ``None`` for the end of the file.
            language: What it says of itself.
            blanked: Whether code was blanked out of the text that was read.
        """
        end = len(self.text) if end is None else end
        segments, sections, comments = outline.finish(start, end, text=self.text if blanked else "")
        return Document(
            self.path,
            self.text,
            segments,
            sections,
            comments,
            format=self.form,
            language=language,
            line_starts=self.starts,
        )


def origin_of(path: str, text: str, form: str) -> Origin:
    """A file of which nothing is known yet."""
    return Origin(path, text, form, line_starts(text))
