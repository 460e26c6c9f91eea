"""``claimcheck serve``: what it prints, what it refuses, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

import pytest

from claimcheck.cli import serve as command

if TYPE_CHECKING:
    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]

DRAFT = "Our serum reduces scars."


def test_what_is_missing_is_named_with_the_command_that_installs_it(
    claimcheck: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "find_spec", lambda name: None if name == "uvicorn" else True)
    assert claimcheck("serve") == (
        2,
        "",
        (
            "claimcheck: the page needs uvicorn, which is not installed\n"
            "  fix: Install it with: pip install 'claimcheck-lint[serve]'\n"
        ),
    )


def test_a_port_that_is_taken_is_told_so(claimcheck: Run) -> None:
    pytest.importorskip("uvicorn")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, out, err = claimcheck("serve", "--port", str(port))
    first, fix = err.splitlines()
    assert (code, out, fix) == (2, "", "  fix: Choose another --port, or none.")
    assert first.startswith(f"claimcheck: nobody can listen at 127.0.0.1, port {port}: ")


def test_an_empty_address_is_refused(claimcheck: Run) -> None:
    pytest.importorskip("uvicorn")
    assert claimcheck("serve", "--host", "") == (
        2,
        "",
        "claimcheck: nobody can listen at an empty address\n  fix: Choose another --host, or none.\n",
    )


@pytest.mark.parametrize(
    "asked", [("--policy", "nz"), ("--subject", "car"), ("--on", "today"), ("--pack", "none.yaml")]
)
def test_what_there_is_not_is_refused_before_anything_is_served(asked: tuple[str, str], claimcheck: Run) -> None:
    pytest.importorskip("uvicorn")
    code, out, _ = claimcheck("serve", *asked)
    assert (code, out) == (2, "")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """The program, which serves the page; it leads a session of its own, as at a terminal."""
    pytest.importorskip("uvicorn")
    process = subprocess.Popen(
        [sys.executable, "-m", "claimcheck", "serve", "--policy", "uk"],
        cwd=tmp_path,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    yield process
    process.kill()
    process.communicate()


def address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def checked(where: str) -> str:
    request = Request(  # noqa: S310  # it is ours
        f"{where}check?name=draft.txt", DRAFT.encode(), {"Origin": where.rstrip("/")}
    )
    with urlopen(request, timeout=60) as answer:  # noqa: S310
        return str(answer.read().decode())


def test_it_prints_the_address_of_a_page_that_judges_by_the_policies_asked_for(
    served: subprocess.Popen[str],
) -> None:
    where = address(served)
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", where)
    assert '"policy": "uk"' in checked(where)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no interrupt for one process")
@pytest.mark.parametrize("asks", [True, False])
def test_an_interrupt_ends_it_at_once_without_a_word_and_nothing_of_the_copy_was_printed(
    asks: bool,  # noqa: FBT001
    served: subprocess.Popen[str],
) -> None:
    where = address(served)
    if asks:
        checked(where)
    else:
        # While the workers are still starting.
        time.sleep(0.3)
    os.killpg(served.pid, signal.SIGINT)
    began = time.monotonic()
    out, err = served.communicate(timeout=20)
    assert (served.returncode, out, err, time.monotonic() - began < 10) == (0, "", "", True)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no interrupt for one process")
@pytest.mark.parametrize("is_ready", [True, False])
def test_whoever_waits_for_an_answer_when_it_is_interrupted_is_told_so(
    is_ready: bool,  # noqa: FBT001
    served: subprocess.Popen[str],
) -> None:
    where = address(served)
    if is_ready:
        checked(where)
    host = where.removeprefix("http://").rstrip("/")
    with closing(HTTPConnection(host, timeout=20)) as line:
        # Long enough to be still at work.
        line.request("POST", "/check?name=draft.txt", DRAFT * 100_000, {"Origin": f"http://{host}"})
        # Whoever asks later is answered later.
        with urlopen(f"{where}settings", timeout=20) as settings:  # noqa: S310
            settings.read()
        os.killpg(served.pid, signal.SIGINT)
        answer = line.getresponse()
        told = (answer.status, answer.read(), served.wait(timeout=10))
    assert told == (503, b'{"message":"claimcheck was stopped."}', 0)


def test_whoever_can_reach_it_is_told_of_where_that_is_not_this_machine_alone(
    claimcheck: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("uvicorn")
    monkeypatch.setattr("claimcheck.server.running.serve", lambda *_, **asked: asked["ready"]("http://127.0.0.1:1/"))
    assert claimcheck("serve", "--host", "0.0.0.0") == (  # noqa: S104
        0,
        "http://127.0.0.1:1/\n",
        "claimcheck: whoever reaches 0.0.0.0 can use the page; it has no password\n",
    )
