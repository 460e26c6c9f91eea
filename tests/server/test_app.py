"""The application: what it serves, what it refuses, and what it says when something goes wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from claimcheck.server import app
from claimcheck.server.pool import Busy, Gone, Stopped
from claimcheck.workers import Ended, Late

if TYPE_CHECKING:
    from starlette.testclient import TestClient

HERE = "http://127.0.0.1:8000"
BAD = "Our serum reduces scars."
FILES = ("", "dom.js", "editor.js", "icon.svg", "offsets.js", "page.css", "page.js", "results.js", "talk.js")


@pytest.mark.parametrize("name", FILES)
def test_the_page_and_its_files_are_served(name: str, client: TestClient) -> None:
    answer = client.get(f"/{name}")
    assert (answer.status_code, answer.headers["content-type"], bool(answer.content)) == (
        200,
        {"": "text/html", "js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}[name.partition(".")[2]]
        + ("" if name.endswith("svg") else "; charset=utf-8"),
        True,
    )


def test_the_page_asks_for_nothing_that_is_elsewhere(client: TestClient) -> None:
    found = {name: set(re.findall(r"""(?:\w+:|["'(=]\s*)//[\w.]+""", client.get(f"/{name}").text)) for name in FILES}
    # That of SVG is a name and no address.
    assert {name: addresses for name, addresses in found.items() if addresses} == {"icon.svg": {"http://www.w3.org"}}


@pytest.mark.parametrize("path", ["/", "/page.js", "/settings", "/nothing", "/check"])
def test_every_answer_forbids_to_keep_it_and_to_load_or_frame_anything(path: str, client: TestClient) -> None:
    headers = client.get(path).headers
    policy = dict(one.strip().partition(" ")[::2] for one in headers["content-security-policy"].split(";"))
    assert {name: policy[name] for name in ("default-src", "script-src", "frame-ancestors", "form-action")} == {
        "default-src": "'none'",
        "script-src": "'self'",
        "frame-ancestors": "'none'",
        "form-action": "'none'",
    }
    assert (headers["cache-control"], headers["x-content-type-options"], headers["referrer-policy"]) == (
        "no-store",
        "nosniff",
        "no-referrer",
    )


@pytest.mark.parametrize(
    "host", ["evil.example:8000", "127.0.0.1.evil.example:8000", "127.0.0.1:9000", "10.0.0.1:8000", "[::2]:8000", ""]
)
@pytest.mark.parametrize("path", ["/", "/settings"])
def test_a_name_of_another_site_is_refused(host: str, path: str, client: TestClient) -> None:
    answer = client.get(path, headers={"Host": host})
    assert (answer.status_code, answer.json()) == (403, {"message": "This server is not called so."})


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "", "http://127.0.0.1:9000", "https://127.0.0.1:8000", "http://localhost:8000"],
)
@pytest.mark.parametrize("path", ["/check", "/suggest", "/report"])
def test_what_another_sites_page_asks_is_refused(origin: str, path: str, client: TestClient) -> None:
    answer = client.post(path, content=BAD, headers={"Origin": origin})
    assert (answer.status_code, answer.json()) == (403, {"message": "Only the page itself may ask."})


def test_what_says_not_where_it_comes_from_is_refused(client: TestClient) -> None:
    del client.headers["Origin"]
    assert client.post("/check", content=BAD).status_code == 403


def test_a_file_that_is_too_large_is_refused_by_what_it_says_of_its_length(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "MOST_BYTES", 1_000_000)
    answer = client.post("/check", content=b"x" * 1_000_001)
    assert (answer.status_code, answer.json()) == (413, {"message": "The file is larger than 1 MB. Split it."})


def test_a_file_that_is_too_large_is_refused_even_if_it_says_nothing_of_its_length(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "MOST_BYTES", 1_000)

    def parts() -> Iterator[bytes]:
        for _ in range(11):
            yield b"x" * 100

    assert client.post("/check", content=parts()).status_code == 413


@pytest.mark.parametrize(
    ("fault", "status", "message"),
    [
        (Late(), 504, "Checking it took longer than 20 seconds. Split it."),
        (Ended(-9), 500, "The process that checked it ended. Please report it."),
        (Busy(), 503, "Others are being served. Try again in a moment."),
        (Stopped(), 503, "claimcheck was stopped."),
    ],
)
def test_what_goes_wrong_is_told(fault: Exception, status: int, message: str, client: TestClient, inline: Any) -> None:
    inline.fault = fault
    answer = client.post("/check", content=BAD)
    assert (answer.status_code, answer.json()) == (status, {"message": message})


def test_whoever_is_gone_is_told_nothing(client: TestClient, inline: Any) -> None:
    inline.fault = Gone()
    assert client.post("/check", content=BAD).content == b""


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"policy": "us2"}, "no policy 'us2'. Did you mean 'us'?"),
        ({"subject": "cosmetics"}, "no subject 'cosmetics'. Did you mean 'cosmetic'?"),
    ],
)
def test_what_there_is_not_is_refused(asked: dict[str, str], message: str, client: TestClient) -> None:
    answer = client.post("/check", content=BAD, params=asked)
    assert (answer.status_code, answer.json()) == (400, {"message": message})


@pytest.mark.parametrize(
    ("asked", "size", "heavy"), [({}, 10, False), ({"opened": "1"}, 10, True), ({}, 100_001, True)]
)
def test_files_and_long_texts_leave_a_worker_to_the_rest(
    asked: dict[str, str],
    size: int,
    heavy: bool,  # noqa: FBT001
    client: TestClient,
    inline: Any,
) -> None:
    client.post("/check", content=b"x" * size, params=asked)
    assert inline.heavy == [heavy]


@pytest.mark.parametrize("name", ["../../etc/passwd.md", "C:\\drafts\\passwd.md", "/passwd.md", "passwd.md"])
def test_of_the_name_of_a_file_only_its_last_part_is_used(name: str, client: TestClient) -> None:
    report = client.post("/report", content=BAD, params={"name": name, "about": "json"}).json()
    assert {one["path"] for one in report["findings"]} == {"passwd.md"}


def test_only_the_page_may_be_read_and_only_questions_asked(client: TestClient) -> None:
    assert [client.post("/").status_code, client.get("/check").status_code, client.put("/check").status_code] == [
        405
    ] * 3
