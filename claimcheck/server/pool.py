"""Processes that are kept ready: what one is asked cannot take longer than is allowed, nor end the others."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from multiprocessing import get_context
from typing import Any, Generic, TypeVar

from claimcheck.workers import Answer, Asked, Ended, Late, Worker

STARTING_SECONDS = 120.0
"""How long a process may take for its first answer: it loads everything that it needs."""

_PAUSE = 1.0  # seconds, after a process that could not start

_Result = TypeVar("_Result")


class Busy(Exception):  # noqa: N818  # it says what happened, and is no fault of the program
    """No process became free in time."""


class Gone(Exception):  # noqa: N818  # as above
    """Nobody waits for the answer any more."""


class Stopped(Exception):  # noqa: N818  # as above
    """The pool has ended."""


class Pool(Generic[Asked, Answer]):
    """
    Workers for many who ask at once.

    Args:
        respond: What a worker does; it is pickled.
        first: What each is asked before all else, so that it has loaded what it needs.
        size: How many there are, at least 2.
        seconds: How long an answer may take. One may wait twice as long for a free worker: somebody else's bad file
            is to cost no more than time.
    """

    def __init__(self, respond: Callable[[Asked], Answer], first: Asked, *, size: int, seconds: float) -> None:
        self._respond = respond
        self._first = first
        self._size = size
        self.seconds = seconds
        # Threads that wait for workers, and one more that starts them.
        self._threads = ThreadPoolExecutor(size + 1, thread_name_prefix="claimcheck")
        self._workers: set[Worker[Asked, Answer]] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        # Nothing comes out of it once the pool has ended.
        self._free: asyncio.Queue[Worker[Asked, Answer] | None] = asyncio.Queue()
        # What may take long leaves a worker to the rest.
        self._heavy = asyncio.Semaphore(size - 1)
        self._ended = False
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        """Begin to start the workers, within a running event loop."""
        self._loop = asyncio.get_running_loop()
        for _ in range(self._size):
            self._hire()

    async def ask(
        self, asked: Asked, *, heavy: bool = False, is_wanted: Callable[[], Awaitable[bool]] | None = None
    ) -> Answer:
        """
        Ask a worker, as soon as one is free.

        Args:
            heavy: Whether it may well take long.
            is_wanted: Tells, when its turn has come, whether somebody still waits for the answer.

        Raises:
            Busy: If no worker became free in time.
            Gone: If the answer is not wanted any more.
            Late: If the answer took too long.
            Ended: If the process has ended over it.
            Stopped: If the pool has ended.
        """
        async with AsyncExitStack() as held:
            try:
                async with asyncio.timeout(2 * self.seconds):
                    if heavy:
                        await held.enter_async_context(self._heavy)
                    worker = await self._free.get()
            except TimeoutError:
                raise Busy from None
            if worker is None:
                # The next who waits is to hear of it, too.
                self._free.put_nowait(None)
                raise Stopped
            try:
                return await self._asked(worker, asked, is_wanted)
            except Ended:
                if self._ended:
                    raise Stopped from None
                raise

    def end(self) -> None:
        """Stop all workers at once, while the event loop runs. Can be called from any thread, and more than once."""
        self._ended = True
        for worker in tuple(self._workers):
            worker.kill()
        self._threads.shutdown(wait=False)
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._free.put_nowait, None)

    async def _asked(
        self, worker: Worker[Asked, Answer], asked: Asked, is_wanted: Callable[[], Awaitable[bool]] | None
    ) -> Answer:
        at_work = False
        try:
            if is_wanted is not None and not await is_wanted():
                raise Gone
            if self._ended:
                raise Stopped
            at_work = True
            answer = await self._in_thread(worker.ask, asked, self.seconds)
            at_work = False
            return answer
        finally:
            if at_work:
                self._dismiss(worker)
                self._hire()
            else:
                self._free.put_nowait(worker)

    def _hire(self) -> None:
        if self._ended:
            return
        task = asyncio.get_running_loop().create_task(self._start())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _start(self) -> None:
        """Start a worker and make it ready; one that cannot start is tried again."""
        while not self._ended:
            # Forking would take over a lock that another thread holds.
            worker = await self._in_thread(Worker[Asked, Answer], self._respond, get_context("spawn"))
            self._workers.add(worker)
            if self._ended:
                # The others were stopped while this one was being made.
                self._dismiss(worker)
                return
            try:
                await self._in_thread(worker.ask, self._first, STARTING_SECONDS)
            except (Late, Ended):
                self._dismiss(worker)
                await asyncio.sleep(_PAUSE)
            else:
                self._free.put_nowait(worker)
                return

    def _dismiss(self, worker: Worker[Asked, Answer]) -> None:
        self._workers.discard(worker)
        worker.kill()

    async def _in_thread(self, function: Callable[..., _Result], *arguments: Any) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, function, *arguments)
