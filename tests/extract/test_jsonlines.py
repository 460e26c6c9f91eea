"""JSON Lines: a document for each line, and lines that are no JSON."""

from __future__ import annotations

import pytest

from claimcheck.errors import ExtractError
from claimcheck.extract import documents


def test_each_line_with_prose_is_a_document_of_the_same_text() -> None:
    data = '{"title": "Calm"}\r\n\n{"id": 1}\n{"lang": "de", "text": "Glatte\u2028Haut"}'.encode()

    made = list(documents(data, "a.jsonl"))

    assert [(one.language, [segment.text for segment in one.segments]) for one in made] == [
        ("", ["Calm"]),
        ("de", ["Glatte\u2028Haut"]),
    ]
    assert [(one.sections[0].title, one.position(one.sections[0].start).line) for one in made] == [("Calm", 1), ("", 4)]
    assert made[0].text is made[1].text
    assert made[0].line_starts is made[1].line_starts


def test_documents_are_made_one_by_one() -> None:
    lines = documents(b'{"title": "Calm"}\n' * 100_000, "a.jsonl")

    assert next(lines).segments[0].text == "Calm"


@pytest.mark.parametrize(
    ("broken", "more"),
    [
        (["{"], ""),
        (["{", "[1 2]"], " (nor can 1 other line)"),
        (["{"] * 3, " (nor can 2 other lines)"),
    ],
)
def test_a_line_that_is_no_json_hides_no_other_and_is_told_at_the_end(broken: list[str], more: str) -> None:
    source = '{"title": "Calm"}\n' + "\n".join(broken) + '\n{"title": "Firm"}\n'
    texts = []
    with pytest.raises(ExtractError) as caught:
        texts += [one.segments[0].text for one in documents(source.encode(), "a.jsonl")]

    assert (caught.value.where, caught.value.what) == (
        "a.jsonl:2:1",
        f"this JSON cannot be read: '{{' is not closed{more}",
    )


def test_all_other_lines_come_before_the_error() -> None:
    made = documents(b'{\n{"title": "Calm"}\n[1 2]\n{"title": "Firm"}\n', "a.jsonl")

    assert [next(made).segments[0].text, next(made).segments[0].text] == ["Calm", "Firm"]
    with pytest.raises(ExtractError):
        next(made)
