"""Subtitles: cues become sentences, and the way back to the file."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.extract import extract
from claimcheck.model import Comment, Document
from tests.extract.promised import check_map, numbered, words_in

SRT = [
    pytest.param(
        "1\n00:00:01,000 --> 00:00:04,000\nOur serum <i>smooths</i>\nfine lines\n\n"
        "2\n00:00:04,100 --> 00:00:06,000 X1:100 Y1:2\n{\\an8}in <font color='red'>two</font> weeks.\n\n"
        "3\n00:00:06,100 --> 00:00:08,000\nIt works. And &amp;\n\n4\n00:00:09,000 --> 00:00:10,000\nit lasts!\u201d\n",
        [
            "paragraph 0.0: Our serum smooths fine lines in two weeks.",
            "paragraph 1.0: It works. And &amp; it lasts!\u201d",
        ],
        id="a sentence runs on over cues",
    ),
    pytest.param(
        "1\n00:00:01,000 --> 00:00:02,000\nBefore\n\n2\n00:00:06,999 --> 00:00:07,000\nsoon\n\n"
        "3\n00:00:12,000 --> 00:00:13,000\nmuch later\n",
        ["paragraph 0.0: Before soon", "paragraph 1.0: much later"],
        id="but not over a long pause",
    ),
    pytest.param(
        "1\n00:00:01,000 --> 00:00:02,000\n- Does it\n- It does\nwork\n\n"
        "2\n00:00:02,000 --> 00:00:03,000\n<i>-In weeks</i>\n\n"
        "3\n00:00:03,000 --> 00:00:04,000\n>> Truly\n-20 %\n",
        [
            "paragraph 0.0: Does it",
            "paragraph 1.0: It does work",
            "paragraph 2.0: In weeks",
            "paragraph 3.0: Truly -20 %",
        ],
        id="nor when somebody else speaks",
    ),
    pytest.param(
        "\n1\n0:01:00.5 --> 0:01:02\nOne\n\n"
        "still one\n2\n00:01:02,000 --> 00:01:03,000\n3\n00:01:03,000 --> 00:01:04,000\n42\n",
        ["paragraph 0.0: One still one 42"],
        id="loosely written files",
    ),
    pytest.param(
        "No times here.\n\nStill, it is read.\n",
        ["paragraph 0.0: No times here.", "paragraph 1.0: Still, it is read."],
        id="a file without times is plain text",
    ),
    pytest.param("", [], id="an empty file has no segments"),
]

VTT = [
    pytest.param(
        "WEBVTT - Not shown\nKind: captions\n\nNOTE Not shown\neither\n\nSTYLE\n::cue { color: red }\n\n"
        "REGION\nid:x\n\n"
        "intro\n00:01.000 --> 00:04.000 align:start\nSmooth &amp; <c.red>soft</c>\nskin&nbsp;\n\nNot a cue\n\n"
        "00:04.000 --> 00:05.000\nfor <00:04.500>you &lt;3<br>now\n00:05.000 --> 00:06.000\nand then\n",
        ["paragraph 0.0: Smooth & soft skin\u00a0for you <3 now and then"],
        id="only cues are shown",
    ),
    pytest.param(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>It\n\n00:02.000 --> 00:03.000\n<v Anna>works</v>\n\n"
        "00:03.000 --> 00:04.000\n<v.loud Ben>I agree\n\n00:04.000 --> 00:05.000\n&gt;&gt; Me too\n",
        ["paragraph 0.0: It works", "paragraph 1.0: I agree", "paragraph 2.0: Me too"],
        id="voices part sentences",
    ),
]


@pytest.mark.parametrize(("source", "expected"), SRT)
def test_srt_becomes_sentences(source: str, expected: list[str], outline: Callable[[str, str], list[str]]) -> None:
    assert [outline("srt", source.replace("\n", end)) for end in ("\n", "\r\n", "\r")] == [expected] * 3


@pytest.mark.parametrize(("source", "expected"), VTT)
def test_vtt_becomes_sentences(source: str, expected: list[str], outline: Callable[[str, str], list[str]]) -> None:
    assert [outline("vtt", source.replace("\n", end)) for end in ("\n", "\r\n", "\r")] == [expected] * 3


@pytest.mark.parametrize(
    ("source", "phrase", "expected"),
    [
        ("1\n0:0:1,0 --> 0:0:2,0\nfine <i>lines</i>\n", "fine lines", "fine <i>lines"),
        (
            "1\n0:0:1,0 --> 0:0:2,0\nfine\n\n2\n0:0:2,0 --> 0:0:3,0\nlines\n",
            "fine lines",
            "fine\n\n2\n0:0:2,0 --> 0:0:3,0\nlines",
        ),
        ("WEBVTT\n\n00:01.0 --> 00:02.0\n\u00e9 fine &amp; soft\n", "fine & soft", "fine &amp; soft"),
    ],
)
def test_a_phrase_is_located_in_the_file(
    source: str, phrase: str, expected: str, located: Callable[[Document, str], str]
) -> None:
    assert located(extract(source.encode(), "a.srt"), phrase) == expected


def test_the_first_line_tells_the_format() -> None:
    cue = "00:00:01.000 --> 00:00:02.000\nText.\n"

    forms = [
        extract(source.encode(), path).format
        for source, path in ((cue, "a.srt"), (f"WEBVTT\n\n{cue}", "a.srt"), (cue, "a.vtt"), ("Text.", "a.srt"))
    ]

    assert forms == ["srt", "vtt", "vtt", "srt"]


def test_the_header_says_the_language() -> None:
    assert extract(b"WEBVTT\nLanguage: de\n\n00:01.000 --> 00:02.000\nText.\n", "a.vtt").language == "de"


def test_notes_are_kept_as_comments_with_the_block_that_follows() -> None:
    note = "NOTE claimcheck: ignore[proof/*] because it is cited"
    source = f"WEBVTT\n\n00:01.000 --> 00:02.000\nFirst.\n\n{note}\n\n00:02.000 --> 00:03.000\nSecond.\n\nNOTE\nlast\n"

    assert extract(source.encode(), "a.vtt").comments == (
        Comment(note[5:], source.index(note), source.index(note) + len(note), 1),
        Comment("last", source.index("NOTE\n"), len(source) - 1, None),
    )


# In the templates of pieces V is replaced by a word that a reader sees, H by one that no reader sees.
TEXT = (
    "V", "V V.", "V\u00adV", "<i>V</i>", "<b>V\nV</b>", "- V\n- V", ">> V", "{\\an8}V", "<font color='H'>V</font>",
    "<v H>V", "<c.H>V</c>", "V!", "V\u2026", "https://e.org/H", "\u266a V \u266a",
)  # fmt: skip

cues = st.lists(
    st.tuples(st.lists(st.sampled_from(TEXT), max_size=3).map(" ".join), st.sampled_from((1, 2, 9))), max_size=6
)


@given(cues, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
@settings(max_examples=200, deadline=None)
def test_what_is_seen_is_in_a_segment_and_nothing_else(
    shown: list[tuple[str, int]],
    line_end: str,
    web: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    parts = ["WEBVTT H"] if web else []
    at = 0
    for number, (text, seconds) in enumerate(shown, 1):
        parts.append(f"{'H' if web else number}\n00:00:{at:02},000 --> 00:00:{at + 1:02},000\n{text}".rstrip("\n"))
        at += seconds
    source = numbered("\n\n".join(parts).replace("WEBVTT", "WEB\0TT"), "[VH](?!TT)").replace("\0", "V")

    document = extract(source.replace("\n", line_end).encode(), "a.vtt" if web else "a.srt", "vtt" if web else "srt")

    check_map(document)
    found = words_in([document])
    assert found == re.findall(r"V\d+v", source)


@given(
    st.lists(
        st.sampled_from(
            ("WEBVTT", "NOTE a", "STYLE", "1", "00:01.000 --> 00:02.000", "00:00:09,0 --> 00:00:10,0 x", "b <i>c</i>",
             "<v d>e", "- f", ">> g.", "{\\an1}", "&amp;", "h\u00ad!", "-->", "", "", "<", "42")
        ),
        max_size=14,
    ),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["srt", "vtt"]),
)  # fmt: skip
@settings(max_examples=400, deadline=None)
def test_the_map_is_exact_in_any_file(lines: list[str], line_end: str, form: str) -> None:
    check_map(extract(line_end.join(lines).encode(), f"a.{form}"))


HOSTILE = {
    "cues": "1\n00:00:01,000 --> 00:00:02,000\na\n\n" * 30_000,
    "cues without text": "00:00:01,000 --> 00:00:02,000\n" * 30_000,
    "tags": "1\n00:00:01,000 --> 00:00:02,000\n" + "<a " * 100_000,
    "overrides": "1\n00:00:01,000 --> 00:00:02,000\n" + "{\\a" * 100_000,
    "exclamation marks": "1\n00:00:01,000 --> 00:00:02,000\n" + "!" * 100_000 + "a",
    "closed tags": "1\n00:00:01,000 --> 00:00:02,000\n" + "<i>" * 100_000 + "a",
    "angle brackets": "1\n00:00:01,000 --> 00:00:02,000\n" + ">" * 100_000 + "&gt;" * 100_000,
    "voices": "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<v a>b<v c>d" * 20_000,
    "notes": "WEBVTT\n\n" + "NOTE a\n\n" * 50_000,
    "digits": "0" * 100_000,
    "arrows": "-->" * 100_000,
}


@pytest.mark.usefixtures("deadline")
@pytest.mark.parametrize("form", ["srt", "vtt"])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_read_to_its_end(name: str, form: str) -> None:
    source = HOSTILE[name]

    assert extract(source.encode(), f"a.{form}").text == source
