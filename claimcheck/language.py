"""Whether a text is English, so that no other language is judged by English words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from claimcheck.model import Document

FEWEST_WORDS = 40
"""A shorter text is taken for English: headings and captions have hardly any function words."""

LEAST_SHARE = 0.06
_MOST_WORDS = 2_000
_MOST_CHARACTERS = 20_000
_WORD = re.compile(r"[^\W\d_]+")
_FUNCTION_WORDS = frozenset(
    "the of and to in is it for that with as on at by be are this from or an was you your we our not can will have has"
    " which but if they their there when all its i my".split()
)
# The commonest words of languages that share many function words with English ("in", "for", "at", "was").
_FOREIGN_WORDS = {
    "Danish or Norwegian": frozenset("og det som en på er av til å ikke med har jeg af".split()),
    "Dutch": frozenset("de het een van en voor niet dat die zijn met uw je ook te".split()),
    "German": frozenset("der die das und ist nicht ein eine mit für den zu sie von auf".split()),
    "Italian": frozenset("il di che la e per una della con non sono le del si gli".split()),
    "Polish": frozenset("w z na się nie jest do dla oraz po przez lub od ze".split()),
    "Portuguese": frozenset("o de que e do da em um uma para com não os".split()),
    "Swedish": frozenset("och att det som en på är av för med till den inte har".split()),
}
# What a folder is called, or a file before its ending, when it holds a translation: "de", "fr-CA", "zh-Hans".
_CODES = frozenset(
    "ar bg cs da de el es et fi fr he hr hu id it ja ko lt lv nb nl no pl pt ro ru sk sl sr sv th tr uk vi zh".split()
)
_SCRIPTS = frozenset("cyrl hans hant latn".split())
_LAST_LATIN = "\u024f"


def foreign(document: Document) -> str:
    """
    Why a document is not read as English; empty if it is.

    What the file itself says comes first, then its words. A folder or file name that says another language (``de/``,
    ``page.fr.md``) decides where the words leave it open: ``it/`` may be a department.
    """
    if document.language:
        return "" if document.language.lower().startswith("en") else f"its language is '{document.language}'"
    words = list(islice(_words(document), _MOST_WORDS))
    named = _named(document.path)
    if len(words) < FEWEST_WORDS:
        if named:
            return f"its path says '{named}'"
        return "it is not written in Latin letters" if _is_other_script(words) else ""
    english = sum(word in _FUNCTION_WORDS for word in words)
    if english < LEAST_SHARE * len(words):
        return f"its path says '{named}'" if named else "it has hardly any English words"
    likely = (name for name, common in _FOREIGN_WORDS.items() if sum(word in common for word in words) > english)
    return next((f"it reads like {name}" for name in likely), "")


def _words(document: Document) -> Iterator[str]:
    for segment in document.segments:
        for match in _WORD.finditer(segment.text[:_MOST_CHARACTERS].lower()):
            yield match.group()


def _is_other_script(words: list[str]) -> bool:
    # Full-width and mathematical letters are Latin ones in fancy dress.
    letters = unicodedata.normalize("NFKC", "".join(words))
    return 2 * sum(letter > _LAST_LATIN for letter in letters) > len(letters)


def _named(path: str) -> str:
    """The language that a folder or the file's name says, other than English; empty when none does."""
    *folders, name = path.split("/")
    for part in (*folders, *name.split(".")[1:-1]):
        code, _, rest = part.lower().replace("_", "-").partition("-")
        if code in _CODES and (len(rest) in (0, 2) or rest in _SCRIPTS):
            return part
    return ""
