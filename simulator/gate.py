"""What every request to LINE's API passes: outage, latency, token, rate, planned faults, and LINE's form of answer."""

import asyncio
import json
import socket
import struct
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from simulator.channels import Channel
from simulator.faults import slow_seconds
from simulator.platform import Platform
from simulator.refusals import (
    FAILED_TO_SEND,
    MONTHLY_LIMIT,
    NO_ACCESS,
    NO_BEARER,
    RATE_LIMIT,
    RETRY_KEY_ACCEPTED,
    WRONG_BEARER,
    Refused,
)
from simulator.rules import checked_object

PLATFORM = web.AppKey("platform", Platform)
WINDOWS = web.AppKey("windows", dict[tuple[str, str], list[int]])
# Longer than any client's own time-out.
HANGING_SECONDS = 300.0
LARGEST_JSON = 2_000_000
INTERNAL_ERROR = "Internal Server Error"

BEFORE: dict[str, Callable[[], Refused]] = {
    "500-before-accept": lambda: Refused(500, INTERNAL_ERROR),
    "503": lambda: Refused(503, "Service Unavailable"),
    "429-rate": lambda: Refused(429, RATE_LIMIT, headers={"Retry-After": "1"}),
    "429-quota": lambda: Refused(429, MONTHLY_LIMIT),
    "400": lambda: Refused(400, FAILED_TO_SEND),
    "403": lambda: Refused(403, NO_ACCESS),
}


@dataclass(slots=True)
class Answer:
    """What an endpoint answers: a JSON body, or bytes with their content type."""

    body: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    raw: bytes | None = None
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)

    def response(self, request_id: str) -> web.Response:
        """With the headers that LINE always sends."""
        raw = json.dumps(self.body, ensure_ascii=False).encode() if self.raw is None else self.raw
        headers = {"X-Line-Request-Id": request_id, "X-Content-Type-Options": "nosniff"} | self.headers
        return web.Response(status=self.status, body=raw, content_type=self.content_type, headers=headers)


@dataclass(slots=True)
class Call:
    """One request by a known channel."""

    platform: Platform
    request: web.Request
    channel: Channel
    request_id: str
    raw: bytes

    def json(self) -> dict[str, Any]:
        """The body; raises Refused when it is not a JSON object."""
        if self.request.content_type != "application/json":
            raise Refused(415, f"The content type, {self.request.content_type}, is not supported")
        if len(self.raw) > LARGEST_JSON:
            raise Refused(413, "Request Entity Too Large")
        try:
            found = json.loads(self.raw.decode("utf-8"))
            if b"\\u" in self.raw:
                # Half a character, written as an escape, parses in Python and is refused here.
                json.dumps(found, ensure_ascii=False).encode()
        except json.JSONDecodeError as error:
            place = f"(line: {error.lineno}, column: {error.colno})"
            raise Refused(400, f"The request body could not be parsed as JSON {place}") from None
        except (UnicodeError, RecursionError):
            raise Refused(400, "The request body could not be parsed as JSON (line: 1, column: 1)") from None
        return checked_object(found)

    def part(self, name: str) -> str:
        """A part of the address."""
        return self.request.match_info[name]


Endpoint = Callable[[Call], Awaitable[Answer]]


def gated(endpoint: Endpoint) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """The endpoint behind everything that every request passes."""

    async def pass_through(request: web.Request) -> web.StreamResponse:
        platform = request.app[PLATFORM]
        request_id = platform.identifiers.request_id()
        if platform.settings.latency_ms:
            await asyncio.sleep(platform.settings.latency_ms / 1000)
        if platform.settings.is_away(platform.clock.now()):
            return await be_away(request, platform.settings.outage.mode, request_id)
        try:
            channel = authenticated(request, platform)
            check_rate(request, platform, channel)
            call = Call(platform, request, channel, request_id, await request.read())
            return await answer_with(call, endpoint, planned(call))
        except Refused as refused:
            note_refused_key(request, platform, refused)
            return refusal(refused, request_id)

    return pass_through


def note_refused_key(request: web.Request, platform: Platform, refused: Refused) -> None:
    """After such an answer the same request must never come again by itself."""
    key = request.headers.get("X-Line-Retry-Key")
    if key and refused.status in (400, 403):
        platform.refused_keys.add(key)


def refusal(refused: Refused, request_id: str) -> web.Response:
    """LINE's error answer."""
    return Answer(refused.body(), refused.status, headers=refused.headers).response(request_id)


def authenticated(request: web.Request, platform: Platform) -> Channel:
    """The channel whose token the request carries; raises Refused 401."""
    header = request.headers.get("Authorization")
    if not header:
        raise Refused(401, NO_BEARER)
    scheme, _, token = header.partition(" ")
    channel = platform.channels.opened_by(token.strip()) if scheme == "Bearer" else None
    if channel is None:
        raise Refused(401, WRONG_BEARER)
    return channel


def check_rate(request: web.Request, platform: Platform, channel: Channel) -> None:
    """LINE's limit for each channel and endpoint, a second at a time; raises Refused 429."""
    resource = request.match_info.route.resource
    place = (channel.channel_id, f"{request.method} {resource.canonical if resource else ''}")
    second = int(time.monotonic())
    window = request.app[WINDOWS].setdefault(place, [second, 0])
    if window[0] != second:
        window[:] = [second, 0]
    window[1] += 1
    if window[1] > platform.settings.rate:
        raise Refused(429, RATE_LIMIT)


def planned(call: Call) -> str:
    """The fault that the plan holds for this request."""
    if not call.platform.faults.plans:
        return "ok"
    return call.platform.faults.take(call.request.path, addressed_to(call), call.channel.channel_id)


def addressed_to(call: Call) -> str | None:
    """The person whom the request is about, as far as it says."""
    if "user_id" in call.request.match_info:
        return call.part("user_id")
    if "message_id" in call.request.match_info:
        entry = call.platform.ledger.by_id.get(call.part("message_id"))
        return entry.user if entry else None
    try:
        body = json.loads(call.raw)
    except ValueError:
        return None
    if not isinstance(body, dict):
        return None
    token = call.platform.reply_tokens.get(str(body.get("replyToken")))
    return token.user if token else body.get("to") or body.get("chatId")


async def answer_with(call: Call, endpoint: Endpoint, fault: str) -> web.StreamResponse:
    """Answer, with the fault before or after the request is accepted."""
    if fault in BEFORE:
        refused = BEFORE[fault]()
        raise refused
    if fault == "401-until-refresh":
        call.channel.revoked.add(call.request.headers["Authorization"].partition(" ")[2].strip())
        raise Refused(401, WRONG_BEARER)
    if fault in ("rst-before-accept", "timeout-before-accept"):
        return await cut(call.request, hang=fault.startswith("timeout"))
    answer = await endpoint(call)
    await asyncio.sleep(slow_seconds(fault))
    if fault == "500-after-accept":
        raise Refused(500, INTERNAL_ERROR)
    if fault == "409":
        headers = {"X-Line-Accepted-Request-Id": call.platform.identifiers.request_id()}
        raise Refused(409, RETRY_KEY_ACCEPTED, members=answer.body, headers=headers)
    if fault in ("rst-after-accept", "timeout-after-accept"):
        return await cut(call.request, hang=fault.startswith("timeout"))
    if fault == "truncated-json" and answer.raw is None:
        answer.raw = json.dumps(answer.body).encode()[:-3]
    return answer.response(call.request_id)


async def be_away(request: web.Request, mode: str, request_id: str) -> web.StreamResponse:
    """How an outage looks from outside."""
    if mode == "503":
        return refusal(Refused(503, "Service Unavailable"), request_id)
    return await cut(request, hang=mode == "hang")


async def cut(request: web.Request, *, hang: bool) -> web.StreamResponse:
    """Never answer: reset the connection at once, or leave it hanging until the client gives up."""
    waited = 0.0
    while hang and waited < HANGING_SECONDS and request.transport is not None and not request.transport.is_closing():
        await asyncio.sleep(0.05)
        waited += 0.05
    if request.transport is not None and not request.transport.is_closing():
        connection = request.transport.get_extra_info("socket")
        if connection is not None:
            # Linger of zero seconds makes the kernel send RST instead of FIN.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        request.transport.abort()
    return web.Response(status=503)
