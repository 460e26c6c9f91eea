"""Checking files in processes of their own: nothing that one file does stops the others."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest

from claimcheck import workers
from claimcheck.api import Options, check_text, load_linter
from claimcheck.filecheck import check_file
from claimcheck.model import Failure, FileResult
from claimcheck.runner import run
from claimcheck.workers import Task, check_apart

TASKS = [Task(f"{number}.md", f"{number}.md", 0) for number in range(5)]


def echo(name: str, path: str) -> FileResult:
    return FileResult(path=name, notices=(path,))


def die_of_the_third(name: str, path: str) -> FileResult:
    if name == "2.md":
        os.kill(os.getpid(), signal.SIGKILL)
    return echo(name, path)


def sleep_over_the_third(name: str, path: str) -> FileResult:
    if name == "2.md":
        time.sleep(60)
    return echo(name, path)


def big(name: str, _path: str) -> FileResult:
    return FileResult(path=name, notices=("x" * 5_000_000,))


def gathered(check: workers.Check, jobs: int) -> list[FileResult]:
    results: list[FileResult] = []
    check_apart(TASKS, check, jobs=jobs, done=results.append)
    return sorted(results, key=lambda result: result.path)


@pytest.mark.parametrize("jobs", [1, 2, 9])
def test_every_file_has_its_result(jobs: int) -> None:
    assert gathered(echo, jobs) == [FileResult(path=task.name, notices=(task.path,)) for task in TASKS]


def test_a_large_result_comes_whole() -> None:
    assert [len(result.notices[0]) for result in gathered(big, 2)] == [5_000_000] * 5


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signal that kills")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_process_that_dies_is_a_failure_of_its_file_alone(jobs: int) -> None:
    results = gathered(die_of_the_third, jobs)

    failure = Failure("2.md", "the process that checked it ended (signal 9); exclude it, and please report it")
    assert [result.failures for result in results] == [(), (), (failure,), (), ()]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_takes_too_long_is_a_failure_of_its_own(jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "LEAST_SECONDS", 1.0)

    results = gathered(sleep_over_the_third, jobs)

    failure = Failure("2.md", "checking it took longer than 1 seconds; split it, or exclude it")
    assert [result.failures for result in results] == [(), (), (failure,), (), ()]


def test_where_processes_cannot_be_forked_they_are_started_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_context", lambda: get_context("spawn"))
    page = tmp_path / "a.md"
    page.write_text("Our serum reduces scars.\n")
    check = partial(check_file, linter=load_linter(), options=Options())
    results: list[FileResult] = []

    check_apart([Task("a.md", str(page), 1)], check, jobs=1, done=results.append)

    assert results == [check("a.md", str(page))]


def test_a_linter_can_be_pickled_after_it_was_used() -> None:
    linter = load_linter()
    claims = check_text("Our serum reduces scars.", linter=linter)

    again = pickle.loads(pickle.dumps(linter))  # noqa: S301  # it was pickled in this very line

    assert check_text("Our serum reduces scars.", linter=again) == claims


def test_many_processes_report_what_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for number in range(8):
        Path(f"{number}.md").write_text(f"Serum {number} reduces scars.\n\nIt boosts collagen.\n")
    linter = load_linter()

    reports = [run(["."], linter, Options(on="2026-11-22", jobs=jobs)) for jobs in (1, 3)]

    assert reports[0] == reports[1]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere processes are not forked")
def test_workers_end_with_the_process_that_started_them_even_when_it_is_killed() -> None:
    program = (
        "import os, signal, sys; from multiprocessing import get_context; from claimcheck.workers import Worker\n"
        "workers = [Worker(len, get_context('fork')) for _ in range(3)]\n"
        "print([worker.ask('ab', 5) for worker in workers], flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )

    # Whoever still runs holds the pipe open, and this waits for it.
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=20, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGKILL, "[2, 2, 2]\n", "")


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="Windows has no timer that interrupts")
def test_an_interrupt_that_was_lost_ends_the_program_all_the_same() -> None:
    program = (
        "import time, claimcheck.__main__, claimcheck.cli\n"
        "def deaf():\n"
        "    while True:\n"
        "        try:\n"
        "            print('at work', flush=True)\n"
        "            time.sleep(60)\n"
        "        except KeyboardInterrupt:\n"
        "            print('lost', flush=True)\n"
        "claimcheck.cli.program = deaf\n"
        "claimcheck.__main__.main()"
    )
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = process.stdout.readline()
    process.send_signal(signal.SIGINT)

    left, _ = process.communicate(timeout=20)

    assert (process.returncode, said, left) == (130, "at work\n", "lost\nat work\n")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no interrupt for one process")
def test_an_interrupt_ends_at_once_with_130_and_no_output(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number}.md").write_text("Our serum reduces scars and boosts collagen.\n\n" * 2_000)
    command = [sys.executable, "-m", "claimcheck", "check", "--jobs", "2", "--output", "report.txt", "."]
    # A session of its own, so that the interrupt reaches the group as it does from a keyboard.
    process = subprocess.Popen(command, cwd=tmp_path, start_new_session=True, stderr=subprocess.PIPE)
    time.sleep(3)
    os.killpg(process.pid, signal.SIGINT)
    began = time.monotonic()
    _, said = process.communicate(timeout=20)

    assert (process.returncode, said.strip(), (tmp_path / "report.txt").exists()) == (130, b"", False)
    assert time.monotonic() - began < 5
