"""What daphne's WebSockets lack: every close code, a farewell, and how much waits to be read."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from autobahn.websocket.types import ConnectionDeny
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet import defer, reactor


class DaphneLine(WebSocketProtocol):  # type: ignore[misc]
    """One connection of daphne."""

    maxMessagePayloadSize: int  # noqa: N815 - autobahn's name

    def onConnect(self, request: Any) -> Any:  # noqa: N802 - autobahn's name
        """Refuse what daphne would answer with 500 and a traceback."""
        if not request.headers.get("sec-websocket-protocol", "").isascii():
            self.server = self.factory.server_class
            self.server.protocol_connected(self)
            raise ConnectionDeny(ConnectionDeny.BAD_REQUEST, "Bad Request")  # type: ignore[no-untyped-call]
        return super().onConnect(request)

    def sendMessage(self, *given: Any, **options: Any) -> None:  # noqa: N802 - autobahn's name
        """Tell something. The limit on messages is for what clients say: a board may be longer."""
        limit: int = self.maxMessagePayloadSize
        self.maxMessagePayloadSize = 0
        try:
            super().sendMessage(*given, **options)
        finally:
            self.maxMessagePayloadSize = limit

    def serverClose(self, code: int | None = None) -> None:  # noqa: N802 - daphne's name
        """Close with any code: daphne's own way refuses 1001, 1003, 1008 and 1009."""
        self.sendCloseFrame(code=code or 1000, isReply=False)

    def unread(self) -> int:
        """Bytes held because the client does not read."""
        pipe = self.transport
        if not hasattr(pipe, "dataBuffer"):
            return 0
        waiting: int = len(pipe.dataBuffer) - pipe.offset + pipe._tempDataLen
        return waiting

    def tell(self, text: str) -> None:
        """Send a frame past ASGI, where it costs a third; nothing on a line that is closing."""
        if self.state == self.STATE_OPEN:
            self.sendMessage(text.encode(), isBinary=False)


def install() -> None:
    """Have daphne make connections of this kind."""
    WebSocketFactory.protocol = DaphneLine


def before_shutdown(farewell: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Have daphne await `farewell()` when it is asked to stop. Nothing under other servers.

    It cancels its applications by itself, but waits only for the first of them, and for none
    within a second of a handshake.
    """
    if reactor.running:
        core: Any = reactor
        core.addSystemEventTrigger(
            "before", "shutdown", lambda: defer.Deferred.fromFuture(asyncio.ensure_future(farewell()))
        )


def line_behind(send: object) -> DaphneLine | None:
    """The connection behind an application's `send`; None under other servers."""
    line = getattr(send, "args", (None,))[0]
    return line if isinstance(line, DaphneLine) else None
