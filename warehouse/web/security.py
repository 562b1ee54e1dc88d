"""Any response in, the same with the headers that keep a reader safe out; what is too large or too often is refused."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY: Final = ("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
                 "frame-ancestors 'none'")
"""No script at all, nothing from elsewhere."""
HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
TRANSPORT: Final = "max-age=31536000; includeSubDomains"
PLAIN: Final = tuple((name.encode(), value.encode()) for name, value in HEADERS.items())
SECURE: Final = (*PLAIN, (b"strict-transport-security", TRANSPORT.encode()))
"""As ASGI has them, lower case: put together once, not at every answer."""
MAX_ADDRESS, MAX_BODY = 4_000, 32_000
"""Characters of path and query, and bytes of a form; more is no request of ours."""


class Safety:
    """ASGI middleware: headers on every response, and the size limits."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it with 414 or 413."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        counted = _Counted(receive)

        async def safe(message: Message) -> None:
            if message["type"] == "http.response.start":
                held = [one for one in message["headers"] if one[0] != b"server"]
                names = {name for name, _ in held}
                wanted = SECURE if scope["scheme"] == "https" else PLAIN
                message["headers"] = held + [one for one in wanted if one[0] not in names]
            await send(message)

        if len(scope["raw_path"] or b"") + len(scope["query_string"]) > MAX_ADDRESS:
            await PlainTextResponse("The address is too long.", 414)(scope, receive, safe)
        elif _declared(scope) > MAX_BODY:
            await PlainTextResponse("The request is too large.", 413)(scope, receive, safe)
        else:
            await self._app(scope, counted, safe)


class _Counted:
    """A request's body, cut off where it grows past the limit whatever it declared."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._bytes = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._bytes += len(message.get("body", b""))
        return {"type": "http.disconnect"} if self._bytes > MAX_BODY else message


def _declared(scope: Scope) -> int:
    value = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(value) if value.isdigit() else MAX_BODY + 1


class Limiter:
    """So many acts a minute from one address, in bursts of that size at the most (token buckets). Safe between threads."""

    ADDRESSES: Final = 20_000
    """Buckets kept; those unused longest are forgotten first, full again."""

    def __init__(self, a_minute: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = a_minute / 60
        self._most = a_minute
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, address: str) -> bool:
        """True, and one act is counted; False where the address has to wait."""
        with self._lock:
            now = self._clock()
            left, at = self._buckets.pop(address, (self._most, now))
            left = min(self._most, left + (now - at) * self._rate)
            self._buckets[address] = (left - 1 if left >= 1 else left, now)
            if len(self._buckets) > self.ADDRESSES:
                self._buckets.popitem(last=False)
            return left >= 1
