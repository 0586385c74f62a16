"""The sockets deliver. All a client may say is watch, unwatch, typing and ping; nothing it says changes anything."""

import asyncio
import logging
import re
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, TypeVar

from django.conf import settings
from django.http.cookie import parse_cookie
from django.http.request import split_domain_port, validate_host
from django.utils import timezone

from counseling.events import PongFrame
from counseling.gateways.web import cookie, trial
from counseling.hub import Hub, StaffWire, VisitorWire, Wire, hub_here, login_of, visit_of
from counseling.hub.asking import ask
from counseling.hub.wires import FAILED, RESTARTING, SIGNED_OUT, Farewell, Send, written
from counseling.text import UnacceptableJson, parse_object, strict_int

logger = logging.getLogger(__name__)

Receive = Callable[[], Awaitable[dict[str, Any]]]
Said = dict[str, object]
W = TypeVar("W", bound=Wire)
Hear = Callable[[Hub, W, Said], Awaitable[None]]

NOT_UNDERSTOOD, TOO_MUCH, TOO_LARGE = 1003, 1008, 1009
# A client says a few frames when it opens and a ping now and then.
FLOOD_FRAMES, FLOOD_SECONDS = 40, 2.0
MOST_WATCHED = 64
TALK = re.compile(r"/ws/talk/([-a-zA-Z0-9_]+)")


class NotUnderstood(Exception):
    """A frame no client of ours says; `code` closes the socket."""

    def __init__(self, code: int = NOT_UNDERSTOOD) -> None:
        super().__init__(code)
        self.code = code


async def sockets(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """The ASGI application for WebSockets."""
    await receive()
    origin, cookies = origin_of(scope["headers"]), _cookies(scope["headers"])
    talk = TALK.fullmatch(scope["path"])
    if origin is None or not (talk or scope["path"] == "/ws/staff"):
        await send({"type": "websocket.close"})
        return
    try:
        wire = await _signed_in(send, cookies, talk and talk[1], secure=origin.startswith("https:"))
    except Exception as error:  # noqa: BLE001 - without the database nobody gets in; the client comes again
        logger.warning("a socket could not be let in: %s", type(error).__name__)
        await send({"type": "websocket.close"})
        return
    await send({"type": "websocket.accept"})
    if wire is None:
        # Accepted first: a browser's script cannot tell a refused handshake from a lost line.
        await Wire(send).farewell(SIGNED_OUT)
    else:
        await _serve(wire, receive)


async def _signed_in(send: Send, cookies: dict[str, str], slug: str | None, *, secure: bool) -> Wire | None:
    if slug is None:
        login = await ask(login_of, cookies.get(settings.SESSION_COOKIE_NAME, ""))
        return StaffWire(send, login) if login else None
    tried = trial.pass_in(cookies, slug, secure=secure)
    identity = tried.identity if tried else cookie.identity_in(cookies, secure=secure)
    visit = await ask(visit_of, slug, identity) if identity else None
    return VisitorWire(send, visit) if visit else None


def origin_of(headers: list[tuple[bytes, bytes]]) -> str | None:
    """The page's origin when it is one of ours (scheme, host and port), asked of our own host; else None."""
    origins = [value.decode("latin1") for name, value in headers if name == b"origin"]
    hosts = [value.decode("latin1") for name, value in headers if name == b"host"]
    if len(origins) != 1 or origins[0] not in settings.ALLOWED_ORIGINS or len(hosts) != 1:
        return None
    domain, _port = split_domain_port(hosts[0])
    return origins[0] if domain and validate_host(domain, settings.ALLOWED_HOSTS) else None


def _cookies(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    return parse_cookie("; ".join(value.decode("latin1") for name, value in headers if name == b"cookie"))


async def _serve(wire: Wire, receive: Receive) -> None:
    hub = hub_here()
    try:
        await hub.join(wire)
        await _listen(hub, wire, receive)
    except asyncio.CancelledError:
        # The process stops.
        if not wire.closing:
            with suppress(OSError):
                await wire.farewell(RESTARTING)
        raise
    finally:
        hub.leave(wire)


async def _listen(hub: Hub, wire: Wire, receive: Receive) -> None:
    heard: deque[float] = deque(maxlen=FLOOD_FRAMES)
    while (message := await receive())["type"] != "websocket.disconnect":
        if wire.closing:
            continue
        try:
            _count(heard)
            await _hear(hub, wire, understood(message))
        except NotUnderstood as refusal:
            wire.close(Farewell(refusal.code))
        except Exception as error:  # noqa: BLE001 - the database is away, say: the client comes again
            logger.warning("a socket's word failed: %s", type(error).__name__)
            wire.close(FAILED)


def _count(heard: deque[float]) -> None:
    now = time.monotonic()
    if len(heard) == FLOOD_FRAMES and now - heard[0] < FLOOD_SECONDS:
        raise NotUnderstood(TOO_MUCH)
    heard.append(now)


def understood(message: dict[str, Any]) -> Said:
    """What a client says, as an object with a type. Raises NotUnderstood."""
    text = message.get("text")
    if text is None:
        raise NotUnderstood
    try:
        said = parse_object(text.encode())
    except UnacceptableJson as error:
        raise NotUnderstood(TOO_LARGE if error.code == "too_large" else NOT_UNDERSTOOD) from None
    if not isinstance(said.get("type"), str):
        raise NotUnderstood
    return said


async def _hear(hub: Hub, wire: Wire, said: Said) -> None:
    if said == {"type": "ping"}:
        pong: PongFrame = {"type": "pong", "at": timezone.now().isoformat()}
        wire.tell(written(pong))
    elif isinstance(wire, StaffWire):
        await _hear_staff(hub, wire, said)
    elif isinstance(wire, VisitorWire):
        await _hear_visitor(hub, wire, said)


async def _hear_staff(hub: Hub, wire: StaffWire, said: Said) -> None:
    match said:
        case {"type": "watch", "topic": "session", "id": id, "after": after} if len(said) == 4:
            _may_watch_more(wire)
            await hub.watch_session(wire, number(id), number(after, 0))
        case {"type": "watch", "topic": "board", "id": id, "serial": serial} if len(said) == 4:
            _may_watch_more(wire)
            await hub.watch_board(wire, number(id), None if serial is None else number(serial, 0))
        case {"type": "unwatch", "topic": "session" | "board" as topic, "id": id} if len(said) == 3:
            hub.unwatch(wire, str(topic), number(id))
        case {"type": "typing", "session": id} if len(said) == 2:
            await hub.staff_types(wire, number(id))
        case _:
            raise NotUnderstood


async def _hear_visitor(hub: Hub, wire: VisitorWire, said: Said) -> None:
    match said:
        case {"type": "watch", "after": after} if len(said) == 2:
            await hub.watch_talk(wire, number(after, 0))
        case {"type": "typing"} if len(said) == 1:
            await hub.visitor_types(wire)
        case _:
            raise NotUnderstood


def _may_watch_more(wire: StaffWire) -> None:
    if len(wire.topics) >= MOST_WATCHED:
        raise NotUnderstood(TOO_MUCH)


def number(value: object, least: int = 1) -> int:
    """A whole number of a frame. Raises NotUnderstood."""
    try:
        return strict_int(value, at_least=least)
    except UnacceptableJson:
        raise NotUnderstood from None
