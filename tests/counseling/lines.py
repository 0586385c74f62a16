"""Both ends of a socket without a server: what a browser would say and see, frames awaited by type."""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.test import Client

from counseling.consumers import sockets
from counseling.hub.asking import ask

Frame = dict[str, Any]
T = TypeVar("T")
PATIENCE = 10.0

__all__ = ["Line", "do", "login_cookie"]


async def do(act: Callable[[], T]) -> T:
    """Do something with the database from an asynchronous test, as another process would."""
    return await ask(act)


def login_cookie(client: Client) -> str:
    """The cookie header of a browser in which somebody is signed in."""
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


class Line:
    """A browser's end of a socket. `frames` is everything told so far, `code` how it was closed."""

    def __init__(
        self, path: str = "/ws/staff", cookie: str = "", headers: list[tuple[bytes, bytes]] | None = None
    ) -> None:
        ours = [
            (b"host", b"localhost"),
            (b"origin", settings.ALLOWED_ORIGINS[0].encode()),
            (b"cookie", cookie.encode()),
        ]
        self.scope = {"type": "websocket", "path": path, "headers": ours if headers is None else headers}
        self.frames: list[Frame] = []
        self.accepted: bool | None = None
        self.code: int | None = None
        self.reads = asyncio.Event()
        self.reads.set()
        self._unseen: deque[Frame] = deque()
        self._changed = asyncio.Condition()
        self._inbox: asyncio.Queue[Frame] = asyncio.Queue()
        self._inbox.put_nowait({"type": "websocket.connect"})
        self.task: asyncio.Task[None] = asyncio.ensure_future(sockets(self.scope, self._inbox.get, self._take))

    async def _take(self, message: Frame) -> None:
        if message["type"] == "websocket.send":
            await self.reads.wait()
            frame = json.loads(message["text"])
            self.frames.append(frame)
            self._unseen.append(frame)
        elif message["type"] == "websocket.accept":
            self.accepted = True
        else:
            self.accepted = bool(self.accepted)
            self.code = message.get("code", 1000)
            self._inbox.put_nowait({"type": "websocket.disconnect", "code": self.code})
        async with self._changed:
            self._changed.notify_all()

    async def _until(self, true: Callable[[], T]) -> T:
        async with asyncio.timeout(PATIENCE), self._changed:
            while not (found := true()):
                await self._changed.wait()
            return found

    async def told(self, kind: str) -> Frame:
        """The next frame of this type; others are passed over."""

        def next_one() -> Frame | None:
            while self._unseen:
                if (frame := self._unseen.popleft())["type"] == kind:
                    return frame
            return None

        found = await self._until(next_one)
        assert found is not None
        return found

    async def ever_told(self, kind: str, **parts: object) -> Frame:
        """A frame of this type with these parts, whether it came already or still comes: two topics keep no order."""

        def such_one() -> Frame | None:
            wanted = {"type": kind, **parts}
            return next(
                (frame for frame in self.frames if all(frame.get(name) == part for name, part in wanted.items())), None
            )

        found = await self._until(such_one)
        assert found is not None
        return found

    async def closed(self) -> int:
        """Wait until it is closed; the code."""
        await self._until(lambda: self.code is not None)
        assert self.code is not None
        return self.code

    async def opened(self) -> bool:
        """Whether it was let in."""
        await self._until(lambda: self.accepted is not None)
        return bool(self.accepted)

    def say(self, value: object) -> None:
        """Say something, as JSON unless it is text or bytes already."""
        if isinstance(value, bytes):
            self._inbox.put_nowait({"type": "websocket.receive", "bytes": value})
        else:
            text = value if isinstance(value, str) else json.dumps(value)
            self._inbox.put_nowait({"type": "websocket.receive", "text": text})

    async def watch(self, topic: str, number: int, at: int | None = 0) -> None:
        """Watch a session from a version, or a board from a serial."""
        cursor = "after" if topic == "session" else "serial"
        self.say({"type": "watch", "topic": topic, "id": number, cursor: at})

    async def all_told(self, kind: str) -> list[Frame]:
        """All frames of this type told before a ping said now is answered, or the line is closed."""
        self.say({"type": "ping"})
        answers = sum(frame["type"] == "pong" for frame in self.frames)
        await self._until(
            lambda: self.code is not None or sum(frame["type"] == "pong" for frame in self.frames) > answers
        )
        return [frame for frame in self.frames if frame["type"] == kind]

    async def hang_up(self) -> None:
        """Close the browser."""
        self._inbox.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await asyncio.wait([self.task])
