"""How the load gets in: browsers of counselors and visitors, LINE's webhook, and the floor's sockets."""

import asyncio
import json
import secrets
import time
import uuid
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Self

import aiohttp
from django.conf import settings

from counseling.gateways.web import cookie
from simulator.webhooks import signature_of
from tests.bench import ORIGIN
from tests.bench.load import Moments, note, now, side_by_side, words
from tests.bench.stage import Console, Talk

CSRF = secrets.token_hex(16)
SECONDS = aiohttp.ClientTimeout(total=30)
# As many requests under way as a busy evening has browsers; what waits longer waits in the visitor's page.
MOST_REQUESTS = 400
CONNECTING = 50
Send = Callable[[int], Awaitable[str]]


def headers(cookie_name: str, value: str) -> dict[str, str]:
    """What a browser says, behind the proxy that ends HTTPS."""
    return {
        "Cookie": f"{cookie_name}={value}; {settings.CSRF_COOKIE_NAME}={CSRF}",
        "X-CSRFToken": CSRF,
        "X-Forwarded-Proto": "https",
        "Origin": ORIGIN,
        "Accept": "application/json",
        "Content-Type": "application/json",
    }


def staff(login: str) -> dict[str, str]:
    """A signed-in counselor's headers."""
    return headers(settings.SESSION_COOKIE_NAME, login)


def visitor(identity: str) -> dict[str, str]:
    """A visitor's headers."""
    return headers(cookie.name_for(secure=True), identity)


class Door:
    """A client with its sockets. `arrived`: seen by the other side; `answered`: the sender knows it is kept."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.arrived: Moments = {}
        self.answered: Moments = {}
        self._hearing: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(limit=MOST_REQUESTS)
        self.http = aiohttp.ClientSession(timeout=SECONDS, cookie_jar=aiohttp.DummyCookieJar(), connector=connector)
        # Sockets stay open: they must not take the places of the requests.
        self._lines = aiohttp.ClientSession(
            cookie_jar=aiohttp.DummyCookieJar(), connector=aiohttp.TCPConnector(limit=0)
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        for task in self._hearing:
            task.cancel()
        await asyncio.gather(*self._hearing, return_exceptions=True)
        await self._lines.close()
        await self.http.close()

    async def open(self, path: str, said: dict[str, str], *first: dict[str, Any]) -> aiohttp.ClientWebSocketResponse:
        """A socket that has said its first words."""
        line = await self._lines.ws_connect(self.url + path, headers=said, compress=0, max_msg_size=0)
        for frame in first:
            await line.send_str(json.dumps(frame))
        return line

    def hear(self, line: aiohttp.ClientWebSocketResponse, told: Callable[[str], None]) -> None:
        """Let `told` have every frame that comes."""
        self._hearing.append(asyncio.ensure_future(_hear(line, told)))


async def _hear(line: aiohttp.ClientWebSocketResponse, told: Callable[[str], None]) -> None:
    async for message in line:
        if message.type is aiohttp.WSMsgType.TEXT:
            told(message.data)


def noting(mark: str, moments: Moments) -> Callable[[str], None]:
    """Notes the messages in frames that hold the mark."""

    def told(text: str) -> None:
        if mark in text:
            note(text, moments)

    return told


class Product(Door):
    """Browsers at the real web process."""

    async def open_consoles(self, consoles: list[Console]) -> None:
        """Each console watches its program's board and its own talks."""
        await side_by_side((self.open_console(console) for console in consoles), CONNECTING)

    async def open_console(self, console: Console) -> None:
        """One console."""
        board = {"type": "watch", "topic": "board", "id": console.program, "serial": None}
        talks = [{"type": "watch", "topic": "session", "id": talk, "after": 0} for talk in console.talks]
        line = await self.open("/ws/staff", staff(console.login), board, *talks)
        self.hear(line, noting('"type":"session"', self.arrived))

    async def open_pages(self, talks: list[Talk]) -> None:
        """Each visitor's page has its socket open, too."""
        await side_by_side((self.open_page(talk) for talk in talks), CONNECTING)

    async def open_page(self, talk: Talk) -> None:
        """One visitor's page; what it hears is its own echo."""
        line = await self.open(f"/ws/talk/{talk.slug}", visitor(talk.identity), {"type": "watch", "after": 0})
        self.hear(line, lambda _text: None)

    async def _post(self, number: int, path: str, said: dict[str, str], body: bytes, good: int) -> str:
        async with self.http.post(self.url + path, data=body, headers=said) as answer:
            await answer.read()
            if answer.status != good:
                return f"status {answer.status}"
        self.answered[number] = now()
        return ""

    def visitors(self, talks: list[Talk]) -> Send:
        """Visitors who write, one after another."""

        async def send(number: int) -> str:
            talk = talks[number % len(talks)]
            return await self._post(number, f"/talk/{talk.slug}/messages", visitor(talk.identity), _body(number), 201)

        return send

    def counselors(self, talks: list[Talk]) -> Send:
        """Counselors who answer, one after another."""

        async def send(number: int) -> str:
            talk = talks[number % len(talks)]
            path = f"/api/sessions/{talk.session}/messages"
            return await self._post(number, path, staff(talk.login), _body(number), 201)

        return send

    def platform(self, talks: list[Talk], channel: dict[str, Any]) -> Send:
        """LINE, telling us what people wrote."""

        async def send(number: int) -> str:
            raw = json.dumps(_webhook(number, talks[number % len(talks)].identity, channel)).encode()
            said = {"x-line-signature": signature_of(channel["secret"], raw), "X-Forwarded-Proto": "https"}
            return await self._post(number, f"/line/{channel['channel_id']}/webhook", said, raw, 200)

        return send


def _body(number: int) -> bytes:
    return json.dumps({"client_id": str(uuid.uuid4()), "text": words(number)}).encode()


def _webhook(number: int, user: str, channel: dict[str, Any]) -> dict[str, Any]:
    event = {
        "type": "message",
        "mode": "active",
        "timestamp": int(time.time() * 1000),
        "source": {"type": "user", "userId": user},
        "webhookEventId": f"01BENCH{uuid.uuid4().hex[:19].upper()}",
        "deliveryContext": {"isRedelivery": False},
        "replyToken": uuid.uuid4().hex,
        "message": {"type": "text", "id": str(10**17 + number), "quoteToken": "q", "text": words(number)},
    }
    return {"destination": channel["bot_user_id"], "events": [event]}


class Floor(Door):
    """The same people at the floor: one socket each."""

    async def open_watchers(self, consoles: list[Console]) -> None:
        """Each watches its talks."""
        await side_by_side((self.open_watcher(console) for console in consoles), CONNECTING)

    async def open_watcher(self, console: Console) -> None:
        """One watcher."""
        line = await self.open("/", {}, *({"type": "watch", "talk": talk} for talk in console.talks))
        self.hear(line, noting('"say"', self.arrived))

    async def senders(self, talks: list[Talk], kind: str = "say", *, to_line: bool = False) -> Send:
        """Writers, one after another; with `to_line` their words are pushed to the talk's LINE user."""
        lines = []
        for _ in talks:
            lines.append(await self.open("/", {}))
            self.hear(lines[-1], noting('"kept"', self.answered))

        async def send(number: int) -> str:
            place = number % len(talks)
            talk = talks[place]
            said = {"type": kind, "talk": talk.session, "body": words(number), "to": talk.identity if to_line else None}
            await lines[place].send_str(json.dumps(said, ensure_ascii=False))
            return ""

        return send
