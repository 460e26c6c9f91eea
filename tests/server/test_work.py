"""What the page is told of a text or a file."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from claimcheck.server.questions import Question, What

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from claimcheck.server.work import Clerk

    Check = Callable[..., dict[str, Any]]

PEEL = (
    "# Our peel\n\nA peel in our clinic fades dark spots.\n\nResults vary from person to person.\n\n"
    "# Who performs it\n\nEvery peel is performed by a licensed nurse.\n"
)


def test_a_claim_is_told_with_why_what_lacks_and_how_far_away_it_stands(check: Check) -> None:
    (claim,) = check(PEEL)["claims"]
    (finding,) = claim["findings"]
    far, near = finding["far"][0], finding["present"][0]
    assert (claim["text"], claim["severity"], claim["line"], finding["missing"], finding["policy"]) == (
        "fades dark spots", "error", 3, ["whom to ask first"], "caveats",
    )  # fmt: skip
    assert (far["says"], far["text"], far["words"], far["line"], far["near"]) == (
        "who performs it", "performed by a licensed nurse", 12, 9, "elsewhere in the document",
    )  # fmt: skip
    assert (near["says"], near["words"], near["near"]) == ("that results vary", 0, "in the same section")
    assert (bool(finding["why"]), len(finding["sources"])) == (True, 1)


def test_what_helps_is_first_the_edit_that_clears_it_and_then_what_the_policy_suggests(check: Check) -> None:
    told = check("Our peel is clinically proven and reduces redness in 2 weeks.", policy="uk")
    (edit,) = (one["suggestion"] for one in told["remedies"])
    assert [finding["helps"] for claim in told["claims"] for finding in claim["findings"]] == [
        [f"{edit} (clears 2 findings)"],
        [f"{edit} (clears 2 findings)", "Name the test beside it, or say that the effect passes."],
    ]


def test_a_caveat_before_its_claim_stands_at_so_many_words_below_zero(check: Check) -> None:
    (claim,) = check("Results vary. Here comes our word. It fades dark spots. Ask a dermatologist first.")["claims"]
    assert [(one["says"], one["words"]) for one in claim["present"]] == [
        ("that results vary", -5),
        ("whom to ask first", 0),
    ]


def test_a_claim_to_which_nothing_is_objected_is_told_too(check: Check) -> None:
    told = check("Our serum smooths wrinkles. Results vary from person to person.")
    assert (told["headline"], [(one["severity"], one["findings"]) for one in told["claims"]]) == (
        "Nothing found in 1 claim.",
        [("", [])],
    )


@pytest.mark.parametrize(
    ("copy", "headline"),
    [
        ("We are open on Saturdays.", "No claims found."),
        ("Our serum reduces scars.", "1 error in 1 claim."),
        ("Our serum reduces scars. It is clinically proven.", "2 errors in 2 claims."),
    ],
)
def test_the_headline_counts(copy: str, headline: str, check: Check) -> None:
    assert check(copy)["headline"] == headline


@pytest.mark.parametrize(
    "lead", ["", "\U0001f33f", "\U0001f469\u200d\U0001f52c e\u0301 ", "\u05e9\u05dc ", "\u202e", "\U00020000 "]
)
def test_offsets_are_code_points_whatever_stands_before(lead: str, check: Check) -> None:
    copy = f"{lead}Our serum reduces scars.\n"
    places = [claim["places"] for claim in check(copy)["claims"]]
    assert [[copy[start:end] for start, end in one] for one in places] == [["reduces scars"]]


def test_several_policies_object_to_one_claim(check: Check) -> None:
    (claim,) = check("Our cream heals eczema.", policy=["caveats", "uk"])["claims"]
    assert [one["policy"] for one in claim["findings"]] == ["caveats", "uk"]


def test_the_subject_that_is_asked_for_counts(check: Check) -> None:
    subjects = [check(PEEL, subject=one)["claims"][0]["subject"] for one in ("auto", "device")]
    assert subjects == ["procedure", "device"]


def test_a_file_that_is_opened_is_told_with_its_text(check: Check) -> None:
    told = check("id,description\n1,Reduces scars\n".encode("utf-16"), name="feed.csv", opened="1")
    (claim,) = told["claims"]
    ((start, end),) = claim["places"]
    assert (told["text"][start:end], told["editable"]) == ("Reduces scars", True)


def test_the_words_of_a_word_document_are_told_and_cannot_be_edited(
    check: Check, word_file: Callable[..., bytes]
) -> None:
    told = check(word_file("Our peel", "It fades dark spots."), name="draft.docx", opened="1")
    (claim,) = told["claims"]
    ((start, end),) = claim["places"]
    assert (told["text"], told["text"][start:end], told["editable"]) == (
        "Our peel\nIt fades dark spots.",
        "fades dark spots",
        False,
    )
    assert [one["ready"] for one in told["remedies"]] == [False]


def bomb() -> bytes:
    """A small file that is large when it is unpacked."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<" + b" " * 100_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("draft.docx", b""),
        ("draft.docx", b"PK\x03\x04 and no more"),
        ("draft.docx", bomb()),
        ("draft.pdf", b"%PDF-1.7\n%%EOF"),
        ("draft.odt", b"\x00" * 1_000),
        ("draft.txt", b"\x00\x01\x02"),
        ("draft.md", b"\xff\xfe\x00"),
        ("draft.json", b'{"a": '),
        ("draft.md", b"---\nclaimcheck: {subject: 3}\n---\nIt fades dark spots."),
    ],
)
def test_a_file_that_cannot_be_read_is_told_so(name: str, data: bytes, check: Check) -> None:
    told = check(data, name=name, opened="1")
    assert (told["problem"].partition(":")[0], told["headline"], told["claims"]) == ("Not checked", "", [])


def test_copy_in_another_language_is_told_so(check: Check) -> None:
    told = check("Unsere Creme ist für die Haut und sie ist nicht nur gut, sondern auch sehr schön für alle. " * 3)
    assert (told["problem"].startswith("Not checked: "), told["claims"]) == (True, [])


def test_a_mistake_of_ours_is_an_answer_without_words_of_the_copy(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("secret words")

    monkeypatch.setattr("claimcheck.server.work.check_paths", fail)
    reply = clerk.reply(Question(What.CHECK, b"secret words"))
    assert (reply.status, json.loads(reply.content)) == (
        500,
        {"message": "claimcheck made a mistake here (ValueError); please report it."},
    )


# ----------------------------------------------------------------------------- suggestions


def suggested(client: TestClient, copy: str, about: object, **asked: object) -> list[dict[str, Any]]:
    params: dict[str, Any] = {"name": "draft.md", **asked, "about": str(about)}
    answer = client.post("/suggest", content=copy.encode(), params=params)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["suggestions"])


def edited(copy: str, suggestion: dict[str, Any]) -> str:
    start, end, words = suggestion["edit"]
    return f"{copy[:start]}{words}{copy[end:]}"


def test_a_remedy_writes_its_sentence_and_the_findings_are_gone(client: TestClient, check: Check) -> None:
    copy = "# \U0001f33f Serum\n\nOur serum smooths wrinkles and plumps lines.\n"
    (remedy,) = check(copy)["remedies"]
    (one,) = suggested(client, copy, remedy["id"])
    after = edited(copy, one)
    assert (remedy["ready"], remedy["clears"], after, check(after)["headline"]) == (
        True,
        2,
        f"{copy}\nIndividual results may vary.\n",
        "Nothing found in 2 claims.",
    )


def test_a_claim_can_be_reworded_and_its_finding_is_gone(client: TestClient, check: Check) -> None:
    copy = "Our serum smooths wrinkles.\n"
    first, *_ = suggested(client, copy, copy.index("smooths"))
    after = edited(copy, first)
    assert (after, check(after)["headline"]) == (
        "Our serum smooths the look of wrinkles.\n",
        "Nothing found in 1 claim.",
    )


def test_a_policys_own_wording_takes_the_place_of_the_sentence(client: TestClient, check: Check) -> None:
    copy = "A cream for every day. It heals\neczema. It comes in a tube.\n"
    *_, last = suggested(client, copy, copy.index("heals"), policy="us")
    after = edited(copy, last)
    assert (last["policy"], after, check(after, policy="us")["headline"]) == (
        "us",
        f"A cream for every day. {last['edit'][2]} It comes in a tube.\n",
        "Nothing found in 1 claim.",
    )


@pytest.mark.parametrize("about", ["0", "999999", "9" * 5_000, "r99", "", "-1", "nonsense", "\u00b2", "\u0661"])
def test_of_what_is_not_there_nothing_is_suggested(about: str, client: TestClient) -> None:
    assert suggested(client, "Our serum smooths wrinkles.", about) == []


def test_what_is_not_utf_8_is_answered_too(client: TestClient) -> None:
    params = {"name": "draft.txt", "about": "5"}
    answer = client.post("/suggest", content=b"Caf\xe9 smooths wrinkles.", params=params)
    assert (answer.status_code, list(answer.json())) == (200, ["suggestions"])


def test_nothing_is_suggested_for_a_file_that_is_not_edited(
    client: TestClient, check: Check, word_file: Callable[..., bytes]
) -> None:
    data = word_file("It smooths wrinkles.")
    told = check(data, name="a.docx", opened="1")
    abouts = [told["remedies"][0]["id"], str(told["claims"][0]["places"][0][0])]
    params: dict[str, Any] = {"name": "a.docx", "opened": "1"}
    answers = [client.post("/suggest", content=data, params={**params, "about": about}) for about in abouts]
    assert [one.json() for one in answers] == [{"suggestions": []}] * 2


# ----------------------------------------------------------------------------- reports


def test_reports_are_those_of_the_program(client: TestClient) -> None:
    told = {
        name: client.post("/report", content=PEEL, params={"name": "draft.md", "about": name})
        for name in ("json", "csv", "html")
    }
    assert json.loads(told["json"].content)["schema"] == "claimcheck/check@1"
    # With a byte order mark, as Excel wants it.
    rows = list(csv.DictReader(told["csv"].content.decode("utf-8-sig").splitlines()))
    assert (told["csv"].content[:7], [row["text"] for row in rows]) == (b"\xef\xbb\xbfpath", ["fades dark spots"])
    assert "fades dark spots" in told["html"].text


def test_a_word_document_comes_back_with_comments(client: TestClient, word_file: Callable[..., bytes]) -> None:
    data = word_file("It fades dark spots.")
    answer = client.post("/report", content=data, params={"name": "a.docx", "about": "docx"})
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        comments = archive.read("word/comments.xml").decode()
    assert (answer.status_code, "fades dark spots" in comments) == (200, True)


@pytest.mark.parametrize(
    ("name", "about", "message"),
    [
        (
            "draft.md",
            "docx",
            (
                "it is read as Markdown, Quarto, and only Word documents (.docx) can be reviewed."
                " Save it as a Word document."
            ),
        ),
        ("draft.md", "jsn", "no report 'jsn'. Did you mean 'json'?"),
    ],
)
def test_a_report_that_there_is_not_is_refused(name: str, about: str, message: str, client: TestClient) -> None:
    answer = client.post("/report", content=PEEL, params={"name": name, "about": about})
    assert (answer.status_code, answer.json()) == (400, {"message": message})
