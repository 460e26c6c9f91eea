"""Where the page is served, and what it is told at its start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from starlette.types import Send

pytest.importorskip("uvicorn", reason="uvicorn is not installed")

from starlette.testclient import TestClient

from claimcheck.server.guard import Guard
from claimcheck.server.running import is_loopback, place_of, settings
from claimcheck.server.work import Clerk

NAMES = (
    "127.0.0.1:8000",
    "LOCALHOST:8000",
    "[::1]:8000",
    "192.168.0.7:8000",
    "[fd00::7]:8000",
    "box:8000",
    "Box.local:8000",
)
OTHERS = (
    "",
    "127.0.0.1",
    "127.0.0.1:",
    "127.0.0.1:80",
    "127.0.0.1:8000:8000",
    "127.0.0.1:8000 ",
    "[127.0.0.1]:8000",
    "[192.168.0.7]:8000",
    "::1:8000",
    "[::1",
    "localhost.:8000",
    "localhost.evil.example:8000",
    "192.168.0.7.evil.example:8000",
    "evil.example:8000",
    "evil.example@127.0.0.1:8000",
    "127.0.0.1:8000@evil.example",
)


@pytest.mark.parametrize(
    ("host", "alone"),
    [
        ("127.0.0.1", True),
        ("127.0.0.2", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104
        ("192.168.0.7", False),
        ("box.example", False),
    ],
)
def test_loopback_is_what_only_this_machine_reaches(host: str, alone: bool) -> None:  # noqa: FBT001
    assert is_loopback(host) is alone


@pytest.mark.parametrize(
    ("host", "accepted"),
    [
        ("127.0.0.1", ["127.0.0.1:8000", "LOCALHOST:8000", "[::1]:8000"]),
        ("::1", ["127.0.0.1:8000", "LOCALHOST:8000", "[::1]:8000"]),
        ("0.0.0.0", [*NAMES]),  # noqa: S104
        ("192.168.0.7", ["192.168.0.7:8000", "box:8000", "Box.local:8000"]),
    ],
)
def test_it_answers_to_the_names_under_which_it_can_be_reached_and_to_no_other(
    host: str, accepted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "box")
    assert [one for one in (*NAMES, *OTHERS) if is_answered("http://box:8000", one, host)] == accepted


@pytest.mark.parametrize(
    ("host", "answered"),
    [("127.0.0.1", True), ("127.0.0.1:80", True), ("[::1]", True), ("127.0.0.1:8000", False), ("127.0.0.1:", False)],
)
def test_at_the_port_of_http_a_name_needs_none(host: str, answered: bool) -> None:  # noqa: FBT001
    assert is_answered("http://127.0.0.1", host, "127.0.0.1") is answered


def is_answered(address: str, host: str, served: str) -> bool:
    """Whether somebody is answered who says that a server is called so."""

    async def app(_scope: object, _receive: object, send: Send) -> None:
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    place = place_of(served)
    client = TestClient(Guard(app, names=place.names, addresses=place.addresses), base_url=address)
    return client.get("/", headers={"Host": host}).status_code == 204


def test_the_page_is_told_of_all_policies_and_of_those_that_are_chosen(clerk: Clerk) -> None:
    told = settings(clerk)
    assert [(one["name"], one["chosen"]) for one in told["policies"]] == [
        ("caveats", True),
        *((name, False) for name in ("au", "ca", "eu", "uk", "us")),
    ]
    assert (told["reports"], told["most_bytes"]) == (["html", "docx", "csv", "json"], 10_000_000)
