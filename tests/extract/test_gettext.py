"""Reading gettext catalogues: what people see of each message, with its place."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.errors import ExtractError
from claimcheck.extract import documents
from claimcheck.model import Document
from tests.extract.promised import check_map, numbered

CATALOGUE = r"""# Copy of the shop.
msgid ""
msgstr ""
"Project-Id-Version: shop\n"
"Language: en_GB\n"

#. For the home page
#: home.html:3
msgctxt "home"
msgid "serum.claim"
msgstr ""
"Softens \"fine\" "
"lines by %d%% in {weeks} weeks.\n"
"\n"
"Loved by %(name)s."

# claimcheck: ignore because it is quoted
#, fuzzy, python-format
#| msgid "Old text"
msgid "Plumps the skin"
msgstr "Erases the skin"

msgid "One jar"
msgid_plural "%s jars"
msgstr[0] ""
msgstr[1] ""

#~ msgid "Gone for good"
#~ msgstr "Gone for good"
"""


def read(source: str, path: str = "shop.po") -> list[Document]:
    return list(documents(source.encode(), path))


def texts(source: str) -> list[list[str]]:
    return [[segment.text for segment in document.segments] for document in read(source)]


def test_the_translation_is_read_or_else_the_message() -> None:
    assert texts(CATALOGUE) == [
        ['Softens "fine" lines by \ufffc% in \ufffc weeks.', "Loved by \ufffc."],
        ["Plumps the skin"],
        ["One jar", "\ufffc jars"],
    ]


def test_a_message_is_a_fragment_in_the_language_of_the_header() -> None:
    told = {(document.format, document.fragment, document.language) for document in read(CATALOGUE)}

    assert told == {("po", True, "en_GB")}


def test_the_comment_of_a_translator_belongs_to_its_message() -> None:
    told = [[(one.text, one.block) for one in document.comments] for document in read(CATALOGUE)]

    assert told == [[], [("claimcheck: ignore because it is quoted", 0)], []]


def test_strings_of_several_lines_keep_their_places(located: Callable[[Document, str], str]) -> None:
    first = read(CATALOGUE)[0]

    found = [located(first, phrase) for phrase in ('"fine" lines by', "% in", "weeks", "Loved by")]

    assert found == ['"fine\\" "\n"lines by', "%% in", "weeks", "Loved by"]


def test_a_catalogue_in_another_language_says_so() -> None:
    source = 'msgid ""\nmsgstr "Language: de\\nX: y\\n"\n\nmsgid "Soft skin"\nmsgstr "Zarte Haut"\n'

    (document,) = read(source)

    assert (document.language, document.segments[0].text) == ("de", "Zarte Haut")


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ('msgid "a b"\nmsgstr ""\nmsgid "c d"\nmsgstr ""\n', [["a b"], ["c d"]]),
        ('\ufeffmsgid   "a "   \r\n\t"b"\r\nmsgstr ""', [["a b"]]),
        (r'msgid "a\tb \x41\101\\ \ufffd"' + '\nmsgstr ""', [["a b AA\\ ufffd"]]),
        ('msgid "<b>Soft</b> skin &amp; hair"\nmsgstr ""', [["Soft skin & hair"]]),
        ('msgid "Soft by 20% off"\nmsgstr ""', [["Soft by 20% off"]]),
        ('msgid "in %1$s, %.2f, %-5d or %lu"\nmsgstr ""', [["in \ufffc, \ufffc, \ufffc or \ufffc"]]),
        ('#~ msgid "a"\n#, fuzzy\n', []),
        ("\n \n", []),
        ("", []),
    ],
)
def test_what_a_string_stands_for(source: str, told: list[list[str]]) -> None:
    assert texts(source) == told


@pytest.mark.parametrize(
    ("source", "where", "what"),
    [
        ('msgid "a b"\nmsgstr "c\n', "shop.po:2:8", "a string has no end in its line"),
        ('\n"a"\n', "shop.po:2:1", "a string stands here without a keyword"),
        ('msgid "a"\nmsgid "b"\n', "shop.po:2:1", "'msgid' stands twice in one message"),
        ('msgid "a" b\n', "shop.po:1:11", "this is no line of a message catalogue"),
        ("label: a\n", "shop.po:1:1", "this is no line of a message catalogue"),
    ],
)
def test_what_is_no_catalogue_is_refused(source: str, where: str, what: str) -> None:
    with pytest.raises(ExtractError) as caught:
        read(source)

    assert (caught.value.where, caught.value.what) == (where, what)


# --------------------------------------------------------------------------- properties

PIECES = (
    r"V \"V\" V",
    r"V\nV",
    r"V\n\nV V",
    "<p>V <b>V</b></p>",
    "V %s V",
    "V {H} V",
    "**V** V",
    "\U0001f600 V",
    "V\u00adV",
)
LINES = ("# H", "#. H", "#: H:1", "#, H-format", '#| msgid "H"', "", '#~ msgid "H"')

strings = st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map(lambda made: '"' + ' "\n"'.join(made) + '"')
hidden = st.lists(st.sampled_from(LINES), max_size=4).map(lambda made: "\n".join((*made, "")))


@st.composite
def message(draw: st.DrawFn) -> str:
    """A message in which visible words are V and hidden ones H."""
    before = draw(hidden) + 'msgctxt "H H"\n'
    if draw(st.booleans()):
        return before + f'msgid {draw(strings)}\nmsgstr ""\n'
    return before + f'msgid "H" "H"\nmsgstr[0] {draw(strings)}\n\nmsgstr[1]\t{draw(strings)}\n'.replace('" "', '"\n"')


@given(st.lists(message(), max_size=4).map("\n".join), st.sampled_from(["\n", "\r\n", "\r"]))
@settings(max_examples=150, deadline=None)
def test_what_is_seen_is_in_a_segment_and_nothing_else(template: str, line_end: str) -> None:
    source = numbered(template)

    made = read(source.replace("\n", line_end))

    for document in made:
        check_map(document)
    seen = " ".join(segment.text for document in made for segment in document.segments)
    assert re.findall(r"[VH]\d+[vh]", seen) == re.findall(r"V\d+v", source)


@given(st.text(st.sampled_from('ab "\\\n\rnx%sd{<>&\u00ad\u200b\U0001f600\ufffc0'), max_size=60))
@settings(max_examples=300, deadline=None)
def test_the_map_is_exact_in_any_message(source: str) -> None:
    try:
        for document in documents(f'msgid "a {source}"\nmsgstr ""\n'.encode(), "a.po"):
            check_map(document)
    except ExtractError as error:
        assert error.where.startswith("a.po:")  # noqa: PT017  # it may come after documents


# --------------------------------------------------------------------------- hostile input

HOSTILE = {
    "quotes": 'msgid "' + '"' * 1_000_000,
    "backslashes": 'msgid "' + "\\" * 1_000_001,
    "escapes": 'msgid "' + '\\"' * 200_000 + '"',
    "strings": 'msgid "a "\n' + '"b "\n' * 100_000,
    "comments": "#\n" * 300_000,
    "spaces": " " * 500_000 + "x",
    "line ends": "\r" * 500_000,
    "percent signs": 'msgid "' + "%-" * 200_000 + '"',
    "names in percent signs": 'msgid "' + "%(a" * 200_000 + '"',
    "tags": 'msgid "a ' + "<a " * 50_000 + '"',
    "plurals": 'msgid "a"\n' + "".join(f'msgstr[{number}] "a b"\n' for number in range(1000)),
    "keywords": "msgid " * 100_000,
}


@pytest.mark.usefixtures("deadline")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_read_or_refused(name: str) -> None:
    try:
        for document in documents(HOSTILE[name].encode(), "a.po"):
            assert document.segments
    except ExtractError as error:
        assert error.where.startswith("a.po:")  # noqa: PT017  # it may come after documents
