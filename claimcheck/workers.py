"""
Has work done in processes of their own, within a deadline, and so checks files: several at once.

What makes a parser written in C crash, or any code run for ever, costs one file and not the run.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import connection, get_context
from time import monotonic
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from claimcheck.model import Failure, FileResult

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext, SpawnContext

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

Check: TypeAlias = Callable[[str, str], FileResult]
"""Checks a file: from its name as it is reported and its path as it is opened to what came out."""

LEAST_SECONDS = 10.0
BYTES_A_SECOND = 50_000
"""Text that is nothing but claims is checked at about twice this speed."""

_MOMENT = 1.0  # seconds, between the end of a line and that of its process


@dataclass(frozen=True, slots=True)
class Task:
    """
    A file to check.

    Args:
        name: As it is reported.
        path: As it is opened.
        size: In bytes; the deadline grows with it.
    """

    name: str
    path: str
    size: int

    @property
    def seconds(self) -> float:
        """How long checking it may take."""
        return LEAST_SECONDS + self.size / BYTES_A_SECOND


def check_apart(tasks: Sequence[Task], check: Check, *, jobs: int, done: Callable[[FileResult], None]) -> None:
    """
    Check files in other processes.

    Args:
        tasks: Handed out in this order.
        check: A function of a module, or a ``functools.partial`` of one: where processes cannot be forked it is
            pickled.
        jobs: How many processes at most.
        done: Is told every result as it comes, in any order. A file whose check took too long, or ended its process,
            is a failure.
    """
    waiting = deque(tasks)
    context = _context()
    workers: dict[Worker[Task, FileResult], Task] = {}

    def start() -> None:
        worker = Worker[Task, FileResult](partial(_checked, check), context)
        workers[worker] = waiting.popleft()
        worker.give(workers[worker], workers[worker].seconds)

    try:
        while waiting and len(workers) < jobs:
            start()
        while workers:
            _wait(workers)
            for worker, task in tuple(workers.items()):
                result = _result(worker, task)
                if result is None:
                    continue
                done(result)
                if waiting and worker.alive:
                    workers[worker] = waiting.popleft()
                    worker.give(workers[worker], workers[worker].seconds)
                    continue
                worker.end()
                del workers[worker]
                if waiting:
                    start()
    finally:
        for worker in workers:
            worker.end()


def _checked(check: Check, task: Task) -> FileResult:
    return check(task.name, task.path)


def _result(worker: Worker[Task, FileResult], task: Task) -> FileResult | None:
    """What came out of a task: ``None`` while it goes on, a failure when nothing can come any more."""
    try:
        return worker.answer()
    except Late:
        why = f"checking it took longer than {task.seconds:.0f} seconds; split it, or exclude it"
    except Ended as error:
        how = f" (signal {-error.code})" if error.code < 0 else ""
        why = f"the process that checked it ended{how}; exclude it, and please report it"
    return FileResult(path=task.name, failures=(Failure(task.name, why),))


def processors() -> int:
    """How many processes can work at once on this machine, as far as this one may use it."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Late(Exception):  # noqa: N818  # it says what happened, and is no fault of the program
    """A worker took too long and was stopped."""


class Ended(Exception):  # noqa: N818  # as above
    """
    A worker ended before it answered.

    Args:
        code: What its process exited with; of a signal, its number below zero.
    """

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(code)


class Worker(Generic[Asked, Answer]):
    """
    A process that answers one question after the other, and the line to it.

    Args:
        respond: What it does; a function of a module, or a ``functools.partial`` of one, where it has to be pickled.
        context: How processes are started.
    """

    def __init__(self, respond: Callable[[Asked], Answer], context: ForkContext | SpawnContext) -> None:
        self.line, other = context.Pipe()
        self._until = 0.0
        forked = context.get_start_method() == "fork"
        taken_over = (respond, self.line) if forked else ()
        self._process = context.Process(target=_serve, args=(other, *taken_over), daemon=True)
        with _uninterrupted(tracked=not forked):
            self._process.start()
        # Only when no copy is left here does the line end with the process.
        other.close()
        self.alive = True
        if not forked:
            # A line that ends meanwhile is no news; whatever else a new process reads has to come whole.
            self._send(respond)

    @property
    def seconds_left(self) -> float:
        """How long the answer may still take."""
        return max(0.0, self._until - monotonic())

    def give(self, asked: Asked, seconds: float) -> None:
        """Ask something, once the last question was answered."""
        self._until = monotonic() + seconds
        self._send(asked)

    def answer(self) -> Answer | None:
        """
        What it answers; ``None`` while it is at work.

        Raises:
            Late: If that took too long.
            Ended: If its process has ended.
        """
        try:
            if self.line.poll():
                answer: Answer = self.line.recv()
                return answer
        except (OSError, EOFError):
            self.alive = False
        if self.alive and self.seconds_left:
            return None
        late = self.alive
        if not late:
            self._process.join(_MOMENT)
        self.end()
        if late:
            raise Late
        raise Ended(self._process.exitcode or 0)

    def ask(self, asked: Asked, seconds: float) -> Answer:
        """
        Ask something and wait for the answer.

        Raises:
            Late: If that took too long.
            Ended: If its process has ended.
        """
        self.give(asked, seconds)
        while (answer := self.answer()) is None:
            connection.wait([self.line], timeout=self.seconds_left)
        return answer

    def kill(self) -> None:
        """Stop the process from another thread; the one that waits for its answer hears of it."""
        self._process.kill()

    def end(self) -> None:
        """Stop the process, whatever it is at: it has nothing to lose."""
        self.alive = False
        self.line.close()
        self._process.kill()
        self._process.join()

    def _send(self, what: object) -> None:
        try:
            self.line.send(what)
        except OSError:
            self.alive = False


def _wait(workers: Collection[Worker[Any, Any]]) -> None:
    """Wait until one of them has something to say or is late."""
    lines = [worker.line for worker in workers if worker.alive]
    connection.wait(lines, timeout=min(worker.seconds_left if worker.alive else 0.0 for worker in workers))


def _serve(
    line: connection.Connection[Any, Any],
    respond: Callable[[Any], object] | None = None,
    far_end: connection.Connection[Any, Any] | None = None,
) -> None:
    """
    What a worker does: answer one question after the other until the line ends.

    Args:
        line: Its end of the line, which brings how it answers where that is not given.
        respond: How it answers.
        far_end: The other end where a forked process has a copy of it, with which the line would never end.
    """
    # Ctrl-C reaches the whole group; the process that was asked ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if far_end is not None:
        far_end.close()
    try:
        respond = respond or line.recv()
        while True:
            line.send(respond(line.recv()))
    except (EOFError, OSError):
        return


@contextmanager
def _uninterrupted(*, tracked: bool) -> Iterator[None]:
    """
    What is started in here does not hear Ctrl-C, not even while it is still loading what it needs.

    Args:
        tracked: Whether Python starts its tracker of resources with it.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    if tracked:
        from multiprocessing import resource_tracker

        # Its first start, which is part of that of the first process, lets the signal through again.
        resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _context() -> ForkContext | SpawnContext:
    """
    Fork where that is safe: it takes over what is loaded.

    With threads about, those of NumPy's included, a forked process may hang.
    """
    single = threading.active_count() == 1 and "numpy" not in sys.modules
    if sys.platform == "linux" and single:
        return get_context("fork")
    return get_context("spawn")
