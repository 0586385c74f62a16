"""A TCP proxy in front of a unix socket that can fail in the ways networks and servers do. Control is in process.

with FaultProxy(path) as proxy:
    proxy.drop_reply_after(b"COMMIT")   # the next one goes through, its answer is lost with the line
    proxy.down(); proxy.up()            # the server is stopped; it is back
"""

import asyncio
import socket
import struct
import threading
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, Self, TypeVar

T = TypeVar("T")
CHUNK = 65_536
AT_ONCE = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends RST, as a crash does


class FaultProxy:
    """One listening port; every method may be called from any thread."""

    def __init__(self, upstream: Path) -> None:
        self.upstream = upstream
        self.port = 0
        self.latency = 0.0  # seconds added to every piece that passes
        self.dropped = 0  # how many replies were lost on purpose
        self._open = threading.Event()
        self._marker: bytes | None = None
        self._countdown = 0
        self._lines: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="faultproxy", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self.up()
        self._open.set()
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._leave())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    # What can be done to it.

    def up(self) -> None:
        """Listen, on the same port as before."""
        self._run(self._listen())

    def down(self) -> None:
        """As if the server were stopped: nobody gets in, and every line is cut."""
        self._run(self._shut())

    def reset(self) -> None:
        """Cut every line (RST); new ones may come."""
        self._run(self._cut())

    def blackhole(self, *, on: bool = True) -> None:
        """Nothing passes and nobody is told."""
        (self._open.clear if on else self._open.set)()

    def drop_reply_after(self, marker: bytes, nth: int = 1) -> None:
        """Let the `nth` piece with this marker through, wait until it was answered, and cut the line instead."""
        self._countdown, self._marker = nth, marker

    def disarm(self) -> None:
        """Drop nothing more."""
        self._marker = None

    # How it works.

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._join, "127.0.0.1", self.port, backlog=512)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _shut(self) -> None:
        if self._server:
            self._server.close()
        await self._cut()

    async def _leave(self) -> None:
        await self._shut()
        # A line that was accepted just now is nobody's but a task's: it finds the door shut, and goes.
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(others)
        # A closed line is let go of in the loop's next round: before that the loop must not stop.
        await asyncio.sleep(0)

    async def _cut(self) -> None:
        for writer in list(self._lines):
            _break(writer)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._lines.add(writer)
        try:
            above = await asyncio.open_unix_connection(str(self.upstream))
        except OSError:
            self._lines.discard(writer)
            _break(writer)
            return
        if writer.transport.is_closing() or not (self._server and self._server.is_serving()):
            # Cut while the other end was being opened, or accepted just before the door was shut.
            self._lines.discard(writer)
            _break(writer)
            above[1].close()
            return
        self._lines.add(above[1])
        loses = asyncio.Event()
        there = asyncio.ensure_future(self._pass(reader, above[1], loses, asks=True))
        back = asyncio.ensure_future(self._pass(above[0], writer, loses, asks=False))
        self._tasks |= {there, back}
        await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
        for task in (there, back):
            task.cancel()
        self._tasks -= {there, back}
        self._lines -= {writer, above[1]}
        for end in (writer, above[1]):
            end.close()

    async def _pass(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, loses: asyncio.Event, *, asks: bool
    ) -> None:
        with suppress(OSError):
            while piece := await source.read(CHUNK):
                if self.latency:
                    await asyncio.sleep(self.latency)
                while not self._open.is_set():
                    await asyncio.sleep(0.02)
                if asks and self._is_next(piece):
                    loses.set()
                elif not asks and loses.is_set():
                    # The server has answered, so it is done; nobody hears of it.
                    self.dropped += 1
                    _break(sink)
                    return
                sink.write(piece)
                await sink.drain()

    def _is_next(self, piece: bytes) -> bool:
        if self._marker is None or self._marker not in piece:
            return False
        self._countdown -= 1
        if self._countdown == 0:
            self._marker = None
            return True
        return False


def _break(writer: asyncio.StreamWriter) -> None:
    raw = writer.get_extra_info("socket")
    if raw is not None and raw.family == socket.AF_INET:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
    writer.transport.abort()
