"""Serves the page until Ctrl-C."""

from __future__ import annotations

import ipaddress
import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import uvicorn

from claimcheck import __version__
from claimcheck.errors import UsageError
from claimcheck.model import SUBJECTS
from claimcheck.options import check_options
from claimcheck.server.app import MOST_BYTES, Place, make_app
from claimcheck.server.pool import Pool
from claimcheck.server.questions import Question, Reply
from claimcheck.server.work import FIRST, REPORTS, Clerk
from claimcheck.workers import processors

if TYPE_CHECKING:
    from types import FrameType

SECONDS = 20.0
"""How long checking one text or file may take."""

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  # they are told from loopback, not listened at
# What a browser may do at once, for all who use the page.
_MOST_CONNECTIONS = 200


def serve(clerk: Clerk, *, host: str, port: int, ready: Callable[[str], None]) -> None:
    """
    Serve the page until the program is told to stop.

    Args:
        clerk: Answers the page's questions, in processes of its own.
        host: Address or name to listen at.
        port: 0 for a free one.
        ready: Is told the address of the page, once browsers can connect.

    Raises:
        UsageError: If the options name what there is not, or nobody can listen there.
    """
    check_options(clerk.options, clerk.linter.rulebook)
    listener = _listener(host, port)
    pool = Pool(clerk.reply, FIRST, size=max(2, processors()), seconds=SECONDS)
    app = make_app(pool, settings(clerk), place_of(host), on=clerk.options.on)
    config = uvicorn.Config(
        app,
        lifespan="on",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_MOST_CONNECTIONS,
    )
    _silence()
    with listener:
        ready(_address(host, listener.getsockname()[1]))
        # Once it has stopped, it raises the signal anew that stopped it.
        with suppress(KeyboardInterrupt):
            _Server(config, pool).run(sockets=[listener])


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach what is served at an address or name."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def place_of(host: str) -> Place:
    """The names under which the page can be reached when it is served at an address or name."""
    if is_loopback(host):
        return Place((*_LOOPBACK, host))
    machine = socket.gethostname()
    if host in _EVERYWHERE:
        return Place((*_LOOPBACK, machine, f"{machine}.local"), addresses=True)
    return Place((host, machine, f"{machine}.local"))


def settings(clerk: Clerk) -> dict[str, Any]:
    """What the page needs to know at its start."""
    policies, options = clerk.linter.rulebook.policies, clerk.options
    return {
        "version": __version__,
        "policies": [
            {"name": name, "title": policy["title"], "chosen": name in options.policies}
            # The one that speaks for no market comes first.
            for name, policy in sorted(policies.items(), key=lambda item: item[0] != "caveats")
        ],
        "subjects": ["auto", *SUBJECTS],
        "subject": options.subject,
        "reports": list(REPORTS),
        "most_bytes": MOST_BYTES,
    }


class _Server(uvicorn.Server):
    """Stops at the first word, whoever still waits for an answer: nothing can be lost."""

    def __init__(self, config: uvicorn.Config, pool: Pool[Question, Reply]) -> None:
        super().__init__(config)
        self._pool = pool

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self.force_exit = True
        self._pool.end()


def _listener(host: str, port: int) -> socket.socket:
    if not host:
        raise UsageError("nobody can listen at an empty address", fix="Choose another --host, or none.")
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family)
    except (OSError, OverflowError) as error:
        why = (getattr(error, "strerror", "") or str(error)).lower()
        fix = "Choose another --port, or none." if port else "Choose another --host, or none."
        raise UsageError(f"nobody can listen at {host}, port {port}: {why}", fix=fix) from error


def _address(host: str, port: int) -> str:
    shown = "127.0.0.1" if host in _EVERYWHERE else host
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"


def _silence() -> None:
    """What goes wrong with a request is told to the page; a log might quote the copy."""
    for name in ("asyncio", "uvicorn", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
