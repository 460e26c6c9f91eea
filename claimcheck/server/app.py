"""The application: the page, its files, and what the page may ask. Nothing that it is sent is kept or printed."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from claimcheck.api import day
from claimcheck.server.guard import Guard
from claimcheck.server.pool import Busy, Gone, Pool, Stopped
from claimcheck.server.questions import Question, Reply, What
from claimcheck.workers import Ended, Late

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_BYTES = 10_000_000
"""A larger file is refused: no draft is so long."""

_LIGHT_BYTES = 100_000
# A browser on the same machine, or in the same house, sends 10 MB in less.
_SENDING_SECONDS = 30.0
_MEDIA = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_MOST_NAME = 200


@dataclass(frozen=True, slots=True)
class Place:
    """
    Where the page is served.

    Args:
        names: What the server is called.
        addresses: Whether any address of the network leads to it.
    """

    names: Collection[str]
    addresses: bool = False


def make_app(pool: Pool[Question, Reply], settings: Mapping[str, Any], place: Place, *, on: str = "") -> Starlette:
    """
    The application.

    Args:
        pool: Answers questions; it is started and ended with the application.
        settings: What the page needs to know at its start, as JSON can hold it.
        place: Where it is served.
        on: The day to judge by, ``YYYY-MM-DD``; empty for that of each request.
    """

    @asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        pool.start()
        try:
            yield
        finally:
            pool.end()

    async def told(_: Request) -> Response:
        return JSONResponse(settings)

    asked = partial(_asked, pool=pool, on=on)
    return Starlette(
        routes=[
            *_static(),
            Route("/settings", told),
            Route("/check", partial(asked, What.CHECK), methods=["POST"]),
            Route("/suggest", partial(asked, What.SUGGEST), methods=["POST"]),
            Route("/report", partial(asked, What.REPORT), methods=["POST"]),
        ],
        middleware=[Middleware(Guard, names=place.names, addresses=place.addresses)],
        lifespan=running,
    )


async def _asked(what: What, request: Request, *, pool: Pool[Question, Reply], on: str) -> Response:
    """Hand a question of the page on to a worker."""
    try:
        async with asyncio.timeout(_SENDING_SECONDS):
            data = await _body(request)
    except ClientDisconnect:
        return Response(status_code=400)
    except TimeoutError:
        return _problem(408, "The file did not arrive in time. Try again.")
    if data is None:
        return _problem(413, f"The file is larger than {MOST_BYTES // 1_000_000} MB. Split it.")
    question = _question(what, request, data, day(on))

    async def is_wanted() -> bool:
        return not await request.is_disconnected()

    heavy = question.opened or len(data) > _LIGHT_BYTES
    try:
        reply = await pool.ask(question, heavy=heavy, is_wanted=is_wanted)
    except Gone:
        return Response(status_code=400)
    except (Stopped, Busy, Late, Ended) as error:
        return _problem(*_said(error, pool.seconds))
    return Response(reply.content, reply.status, media_type=reply.media)


def _said(error: Exception, seconds: float) -> tuple[int, str]:
    """What is said of a question that was not answered, after the status."""
    return {
        Stopped: (503, "claimcheck was stopped."),
        Busy: (503, "Others are being served. Try again in a moment."),
        Late: (504, f"Checking it took longer than {seconds:.0f} seconds. Split it."),
        Ended: (500, "The process that checked it ended. Please report it."),
    }[type(error)]


async def _body(request: Request) -> bytes | None:
    """What a request brings; ``None`` if that is too much, whatever it says of its length."""
    length = re.fullmatch(r"[0-9]{1,9}", request.headers.get("content-length", ""))
    if length and int(length[0]) > MOST_BYTES:
        return None
    parts: list[bytes] = []
    total = 0
    async for part in request.stream():
        total += len(part)
        if total > MOST_BYTES:
            return None
        parts.append(part)
    return b"".join(parts)


def _question(what: What, request: Request, data: bytes, on: str) -> Question:
    asked = request.query_params
    name = os.path.basename(asked.get("name", "").replace("\\", "/"))[-_MOST_NAME:]
    return Question(
        what,
        data,
        name="".join(c if c.isprintable() else "_" for c in name) or "draft.txt",
        policies=tuple(dict.fromkeys(asked.getlist("policy"))),
        subject=asked.get("subject", "auto"),
        on=on,
        opened=asked.get("opened", "") == "1",
        about=asked.get("about", ""),
    )


def _problem(status: int, message: str) -> Response:
    return JSONResponse({"message": message}, status_code=status)


def _static() -> list[Route]:
    """The page and its files, read once."""
    routes = []
    for file in files("claimcheck.server").joinpath("static").iterdir():
        media = _MEDIA.get(os.path.splitext(file.name)[1])
        if media:
            path = "/" if file.name == "index.html" else f"/{file.name}"
            routes.append(Route(path, _constant(file.read_bytes(), media)))
    return routes


def _constant(content: bytes, media: str) -> Callable[[Request], Any]:
    async def told(_: Request) -> Response:
        return Response(content, media_type=media)

    return told
