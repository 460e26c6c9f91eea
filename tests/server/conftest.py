"""What the tests of the page's server share: the application, whose work is done in this process."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any, cast

import pytest

pytest.importorskip("starlette", reason="starlette is not installed")

from starlette.testclient import TestClient

from claimcheck.engine.linter import Linter
from claimcheck.options import Options
from claimcheck.server.app import Place, make_app
from claimcheck.server.work import Clerk

if TYPE_CHECKING:
    from claimcheck.server.pool import Pool
    from claimcheck.server.questions import Question, Reply

HERE = "http://127.0.0.1:8000"


class Inline:
    """Stands for a pool: it answers where it is asked, or fails as it is told to."""

    seconds = 20.0

    def __init__(self, clerk: Clerk) -> None:
        self.clerk = clerk
        self.fault: Exception | None = None
        self.heavy: list[bool] = []

    def start(self) -> None:
        """Nothing is to be started."""

    def end(self) -> None:
        """Nothing is to be ended."""

    async def ask(
        self, asked: Question, *, heavy: bool = False, is_wanted: Callable[[], Awaitable[bool]] | None = None
    ) -> Reply:
        """As that of a pool."""
        self.heavy.append(heavy)
        assert is_wanted is not None
        assert await is_wanted()
        if self.fault:
            raise self.fault
        return self.clerk.reply(asked)


@pytest.fixture(scope="session")
def clerk(linter: Linter) -> Clerk:
    """Answers by the shipped rules."""
    return Clerk(linter, Options(), {})


@pytest.fixture
def inline(clerk: Clerk) -> Inline:
    """What the application asks."""
    return Inline(clerk)


@pytest.fixture
def client(inline: Inline) -> Iterator[TestClient]:
    """A browser that shows the page."""
    app = make_app(cast("Pool[Question, Reply]", inline), {"version": "1"}, Place(("127.0.0.1",)), on="2026-11-22")
    with TestClient(app, base_url=HERE, headers={"Origin": HERE}) as client:
        yield client


@pytest.fixture
def check(client: TestClient) -> Callable[..., dict[str, Any]]:
    """What the page is told of a text or file; arguments are those of the request."""

    def told(copy: str | bytes, **asked: Any) -> dict[str, Any]:
        data = copy.encode() if isinstance(copy, str) else copy
        answer = client.post("/check", content=data, params={"name": "draft.md", **asked})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    return told
