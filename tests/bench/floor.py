"""The floor: the product's job by hand, without Django, sign-in, permission, encryption or log.

`python -m tests.bench.floor PORT DATABASE_URL REDIS_URL LINE_URL LINE_TOKEN`. A WebSocket server, INSERT and COMMIT
through a psycopg pool, one Redis publish, one subscription a process, out by the other socket.
"""

import asyncio
import contextlib
import json
import sys
import uuid
from typing import Any

import aiohttp
import redis.asyncio as redis
from psycopg_pool import AsyncConnectionPool
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

TABLES = """
DROP TABLE IF EXISTS floor_message, floor_prize;
CREATE TABLE floor_message (id bigserial PRIMARY KEY, talk bigint NOT NULL, body text NOT NULL);
CREATE INDEX ON floor_message (talk);
CREATE TABLE floor_prize (id bigint PRIMARY KEY, owner bigint)
"""
GROUP = "floor"


def written(said: dict[str, Any]) -> str:
    """As it crosses the wire."""
    return json.dumps(said, ensure_ascii=False)


class Floor:
    """Everything one process needs."""

    def __init__(self, pool: AsyncConnectionPool, ring: redis.Redis, line: aiohttp.ClientSession) -> None:
        self.pool, self.ring, self.line = pool, ring, line
        self.watchers: dict[int, set[ServerConnection]] = {}
        self.pushes: set[asyncio.Task[None]] = set()

    async def serve(self, socket: ServerConnection) -> None:
        """One socket, from its first word to its last."""
        watched = []
        with contextlib.suppress(ConnectionClosed):
            async for raw in socket:
                said = json.loads(raw)
                if said["type"] == "watch":
                    watched.append(said["talk"])
                    self.watchers.setdefault(said["talk"], set()).add(socket)
                await socket.send(written(await self.answer(said)))
        for talk in watched:
            self.watchers[talk].discard(socket)

    async def answer(self, said: dict[str, Any]) -> dict[str, Any]:
        """Watch a talk, say something in it, keep something, or claim a prize."""
        async with self.pool.connection() as house:
            if said["type"] == "watch":
                rows = await house.execute("SELECT body FROM floor_message WHERE talk = %s LIMIT 5", [said["talk"]])
                return {"type": "watching", "words": [body for (body,) in await rows.fetchall()]}
            if said["type"] == "claim":
                claim = "INSERT INTO floor_prize VALUES (%s, %s) ON CONFLICT DO NOTHING"
                rows = await house.execute(claim, [said["prize"], said["by"]])
                return {"type": "claimed", "won": rows.rowcount == 1}
            await house.execute("INSERT INTO floor_message (talk, body) VALUES (%s, %s)", [said["talk"], said["body"]])
        if said["type"] == "say":
            await self.ring.publish(GROUP, written(said))
        return {"type": "kept", "words": said["body"]}

    async def hear(self) -> None:
        """The one subscription: what is said goes to those who watch, and to LINE where it is addressed."""
        bell = self.ring.pubsub(ignore_subscribe_messages=True)
        await bell.subscribe(GROUP)
        async for message in bell.listen():
            said = json.loads(message["data"])
            for socket in tuple(self.watchers.get(said["talk"], ())):
                with contextlib.suppress(ConnectionClosed):
                    await socket.send(message["data"].decode())
            if said.get("to"):
                task = asyncio.ensure_future(self.push(said["to"], said["body"]))
                self.pushes.add(task)
                task.add_done_callback(self.pushes.discard)

    async def push(self, to: str, text: str) -> None:
        """One push to LINE."""
        body = {"to": to, "messages": [{"type": "text", "text": text}]}
        key = {"X-Line-Retry-Key": str(uuid.uuid4())}
        async with self.line.post("/v2/bot/message/push", json=body, headers=key) as answer:
            await answer.read()


async def main(port: str, database: str, ring: str, line_url: str, token: str) -> None:
    """Serve until killed."""
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        AsyncConnectionPool(database, min_size=8, max_size=16, open=False) as pool,
        redis.Redis.from_url(ring) as bell,
        aiohttp.ClientSession(line_url, headers=headers, connector=aiohttp.TCPConnector(limit=0)) as line,
    ):
        async with pool.connection() as house:
            await house.execute(TABLES)
        floor = Floor(pool, bell, line)
        hearing = asyncio.ensure_future(floor.hear())
        async with serve(floor.serve, "127.0.0.1", int(port), compression=None, backlog=4096):
            await hearing


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main(*sys.argv[1:]))
