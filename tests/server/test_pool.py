"""The processes that do the work: what one is asked stops neither the others nor those who wait."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from claimcheck.server.pool import Busy, Gone, Pool, Stopped
from claimcheck.workers import Ended, Late

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no signal that kills")


def respond(asked: str) -> str:
    """Does what it is told."""
    if asked == "sleep":
        time.sleep(60)
    if asked == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if asked == "nap":
        time.sleep(2)
    return f"{asked}, answered"


@asynccontextmanager
async def running(seconds: float = 1.0, size: int = 2) -> AsyncIterator[Pool[str, str]]:
    """A pool that is ready."""
    pool = Pool(respond, "first", size=size, seconds=seconds)
    pool.start()
    try:
        while pool._free.qsize() < size:  # noqa: ASYNC110, SLF001  # there is nothing else to wait for
            await asyncio.sleep(0.05)
        yield pool
    finally:
        pool.end()


def done(act: Callable[[Pool[str, str]], Awaitable[object]], seconds: float = 1.0) -> object:
    """What a function of a pool that is ready returns."""

    async def run() -> object:
        async with running(seconds) as pool:
            return await act(pool)

    return asyncio.run(run())


def test_a_question_is_answered() -> None:
    assert done(lambda pool: pool.ask("a")) == "a, answered"


@pytest.mark.parametrize(("asked", "fault"), [("sleep", Late), ("die", Ended)])
def test_what_takes_too_long_or_kills_its_process_is_the_fault_of_one_question(
    asked: str, fault: type[Exception]
) -> None:
    async def act(pool: Pool[str, str]) -> list[object]:
        bad = [pool.ask(asked, heavy=True), pool.ask(asked, heavy=True)]
        good = [pool.ask(str(number)) for number in range(5)]
        told: list[object] = list(await asyncio.gather(*bad, *good, return_exceptions=True))
        # Those that are gone were replaced.
        return [*told, *await asyncio.gather(*(pool.ask("again") for _ in range(4)))]

    told = done(act, seconds=8.0)
    assert isinstance(told, list)
    assert [type(one) for one in told[:2]] == [fault, fault]
    assert told[2:] == [*(f"{number}, answered" for number in range(5)), *["again, answered"] * 4]


def test_what_is_heavy_leaves_a_worker_to_the_rest() -> None:
    async def act(pool: Pool[str, str]) -> float:
        heavy = [asyncio.create_task(pool.ask("nap", heavy=True)) for _ in range(2)]
        await asyncio.sleep(0)
        began = time.monotonic()
        await pool.ask("light")
        taken = time.monotonic() - began
        await asyncio.gather(*heavy)
        return taken

    taken = done(act, seconds=20.0)
    assert isinstance(taken, float)
    assert taken < 1.5


def test_whoever_waits_too_long_for_a_worker_is_told() -> None:
    async def act(pool: Pool[str, str]) -> None:
        busy = [asyncio.create_task(pool.ask("sleep")) for _ in range(2)]
        await asyncio.sleep(0.1)
        pool.seconds = 0.2
        with pytest.raises(Busy):
            await pool.ask("light")
        for one in busy:
            one.cancel()
        await asyncio.gather(*busy, return_exceptions=True)

    done(act, seconds=5.0)


def test_what_nobody_waits_for_is_not_asked() -> None:
    async def act(pool: Pool[str, str]) -> str:
        async def gone() -> bool:
            return False

        with pytest.raises(Gone):
            await pool.ask("sleep", is_wanted=gone)
        return await pool.ask("next")

    assert done(act) == "next, answered"


def test_when_it_ends_all_are_told_at_once_who_wait_for_an_answer_for_a_worker_or_come_later() -> None:
    async def act(pool: Pool[str, str]) -> list[object]:
        heavy = [pool.ask("sleep", heavy=True) for _ in range(2)]
        light = [pool.ask("sleep") for _ in range(3)]
        asked = [asyncio.create_task(one) for one in (*heavy, *light)]
        while pool._free.qsize():  # noqa: ASYNC110, SLF001  # there is nothing else to wait for
            await asyncio.sleep(0)
        pool.end()
        async with asyncio.timeout(1.5):
            return await asyncio.gather(*asked, pool.ask("later"), return_exceptions=True)

    told = done(act, seconds=30.0)
    assert isinstance(told, list)
    assert [type(one) for one in told] == [Stopped] * 6
