"""Which texts are taken for English."""

from __future__ import annotations

import pytest

from claimcheck.extract import extract
from claimcheck.language import foreign

ENGLISH = (
    "The serum is made in our own laboratory and comes in a glass bottle that you can bring back to any of our shops. "
    "We send it to your home within two days of your order, and if you do not like it, you may return it for a month. "
)
DUTCH = (
    "Deze crème is gemaakt in ons eigen laboratorium en komt in een glazen fles die je in een van onze winkels kunt "
    "inleveren. We sturen het binnen twee dagen op en als het niet bevalt, dan kun je het een maand lang terugsturen. "
    "Het is een product van een klein bedrijf dat al was begonnen in de tijd van onze grootouders. "
)
FRENCH = (
    "Ce sérum est fabriqué dans notre propre laboratoire et il est livré dans un flacon en verre que vous pouvez "
    "rapporter dans toutes nos boutiques. Nous vous envoyons le produit sous deux jours et vous avez un mois pour nous "
    "le renvoyer si vous ne l'aimez pas. "
)
CHINESE = "这款精华液在我们自己的实验室生产，装在玻璃瓶中，您可以退回到我们的任何一家商店。"


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        ("a.md", ENGLISH, ""),
        ("a.md", DUTCH, "it reads like Dutch"),
        ("a.md", FRENCH, "it has hardly any English words"),
        ("a.md", CHINESE, "it is not written in Latin letters"),
        ("a.md", "Peau neuve", ""),
        ("a.md", "", ""),
        ("fr/a.md", "Peau neuve", "its path says 'fr'"),
        ("content/fr-CA/a.md", FRENCH, "its path says 'fr-CA'"),
        ("zh_Hans/a.md", CHINESE, "its path says 'zh_Hans'"),
        ("a.fr.md", "Peau neuve", "its path says 'fr'"),
        ("en/a.md", "New skin", ""),
        ("it/a.md", ENGLISH, ""),
        ("de-dust/a.md", "New skin", ""),
        ("fr.md", "New skin", ""),
        ("a.md", f"---\nlang: de\n---\n{ENGLISH}", "its language is 'de'"),
        ("fr/a.md", f"---\nlang: en-GB\n---\n{FRENCH}", ""),
    ],
)
def test_a_text_is_english_by_what_it_says_then_by_its_words_then_by_its_path(
    path: str, text: str, reason: str
) -> None:
    assert foreign(extract(text.encode(), path)) == reason
