"""What every request must pass, and what every answer says: nobody but the page itself is served."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SAFE = ("GET", "HEAD")
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^:\[\]@/]+)(?::([0-9]{1,5}))?", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none';"
        " form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Guard:
    """
    Refuses what other sites may have sent, and forbids browsers to keep anything or to load it from elsewhere.

    A name of another site that leads to this machine is told by ``Host``, a request that another site's page makes by
    ``Origin``, which browsers send with every POST.

    Args:
        app: What is guarded.
        names: What this server is called. Addresses of the network are accepted too if ``addresses``: no other
            site's name is one.
    """

    def __init__(self, app: ASGIApp, *, names: Collection[str], addresses: bool) -> None:
        self._app = app
        self._names = frozenset(f"[{name}]" if ":" in name else name.lower() for name in names)
        self._addresses = addresses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        why = self._refused(scope)
        if why:
            await JSONResponse({"message": why}, status_code=403)(scope, receive, answer)
        else:
            await self._app(scope, receive, answer)

    def _refused(self, scope: Scope) -> str:
        """Why a request is refused; empty if it is not."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._is_ours(hosts[0], scope):
            return "This server is not called so."
        if scope["method"] not in _SAFE and headers.getlist("origin") != [f"{scope['scheme']}://{hosts[0]}"]:
            return "Only the page itself may ask."
        return ""

    def _is_ours(self, host: str, scope: Scope) -> bool:
        found = _HOST.fullmatch(host)
        if found is None or int(found[2] or _PORTS[scope["scheme"]]) != scope["server"][1]:
            return False
        name = found[1].lower()
        return name in self._names or (self._addresses and _is_address(name))


def _is_address(name: str) -> bool:
    """Whether a name is an address as a host is written: that of IPv6 in brackets."""
    try:
        return ipaddress.ip_address(name.strip("[]")).version == (6 if name.startswith("[") else 4)
    except ValueError:
        return False
