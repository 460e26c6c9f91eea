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
        ("0.0.0.0", ["127.0.0.1:8000", "localhost", "192.168.0.7:8000", "[fd00::7]:8000"]),  # noqa: S104
        ("192.168.0.7", ["192.168.0.7:8000"]),
    ],
)
def test_it_answers_to_the_names_under_which_it_can_be_reached(host: str, accepted: list[str]) -> None:
    asked = ["127.0.0.1:8000", "LOCALHOST:8000", "localhost", "[::1]:8000", "192.168.0.7:8000", "[fd00::7]:8000"]
    asked += ["evil.example", "192.168.0.7.evil.example", "evil.example@127.0.0.1"]

    async def app(_scope: object, _receive: object, send: Send) -> None:
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    place = place_of(host)
    client = TestClient(Guard(app, names=place.names, addresses=place.addresses))
    answered = [one for one in asked if client.get("/", headers={"Host": one}).status_code == 204]
    assert set(accepted) <= set(answered)
    assert not any("evil" in one for one in answered)


def test_the_page_is_told_of_all_policies_and_of_those_that_are_chosen(clerk: Clerk) -> None:
    told = settings(clerk)
    assert [(one["name"], one["chosen"]) for one in told["policies"]] == [
        ("caveats", True),
        *((name, False) for name in ("au", "ca", "eu", "uk", "us")),
    ]
    assert (told["reports"], told["most_bytes"]) == (["html", "docx", "csv", "json"], 10_000_000)
