"""The operator's HTTP interface (`/simulator/…`): people, webhooks, faults, switches, ledger. JSON in, JSON out."""

import base64
import binascii
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from simulator.acts import say
from simulator.gate import PLATFORM
from simulator.people import Tie
from simulator.platform import Platform
from simulator.refusals import CannotSimulate
from simulator.settings import number
from simulator.webhooks import Parcel

Found = dict[str, Any] | list[Any]
Operation = Callable[[Platform, web.Request, dict[str, Any]], Awaitable[Found]]


def controlled(operation: Operation) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The operation with its JSON body read; what cannot be done answers 400 `{"error": …}`."""

    async def answer(request: web.Request) -> web.Response:
        if is_foreign(request):
            return web.json_response({"error": "requests from other sites are refused"}, status=403)
        try:
            found = await operation(request.app[PLATFORM], request, await read_body(request))
        except CannotSimulate as reason:
            return web.json_response({"error": str(reason)}, status=400)
        return web.json_response(found)

    return answer


def is_foreign(request: web.Request) -> bool:
    """Whether another site, open in the same browser, presses our buttons."""
    origin = request.headers.get("Origin")
    return origin is not None and request.method != "GET" and origin.partition("://")[2] != request.host


async def read_body(request: web.Request) -> dict[str, Any]:
    """The JSON object of the request, empty when there is none; raises CannotSimulate."""
    raw = await request.read()
    try:
        found = json.loads(raw) if raw else {}
    except ValueError:
        raise CannotSimulate("the body is not JSON") from None
    if not isinstance(found, dict):
        raise CannotSimulate("the body must be a JSON object")
    return found


async def put_channel(platform: Platform, request: web.Request, body: dict[str, Any]) -> Found:
    channel = platform.channels.put(body)
    platform.live.tell("channels")
    return channel.shown(platform.clock.month())


async def list_channels(platform: Platform, request: web.Request, body: dict[str, Any]) -> Found:
    return [channel.shown(platform.clock.month()) for channel in platform.channels.by_id.values()]


async def change_channel(platform: Platform, request: web.Request, body: dict[str, Any]) -> Found:
    """`{"quota", "used", "webhook_active", "refresh"}`, any of them; `refresh` makes revoked tokens valid again."""
    channel = platform.channels.get(request.match_info["channel_id"])
    if "quota" in body:
        channel.quota = None if body["quota"] is None else int(number(body["quota"], "quota"))
    if "used" in body:
        channel.used[platform.clock.month()] = int(number(body["used"], "used"))
    if "webhook_active" in body:
        channel.webhook_active = bool(body["webhook_active"])
    if body.get("refresh"):
        channel.revoked.clear()
    platform.live.tell("channels")
    return channel.shown(platform.clock.month())


async def create_person(platform: Platform, request: web.Request, body: dict[str, Any]) -> Found:
    user_id = body.get("id")
    person = platform.people.create(str(body.get("name") or ""), str(user_id) if user_id else None)
    friend_of = body.get("friend_of")
    if friend_of:
        platform.people.ties[person.user_id, platform.channels.get(friend_of).channel_id] = Tie.FRIEND
    platform.live.tell("person", person=platform.people.shown(person))
    return platform.people.shown(person)


async def list_people(platform: Platform, request: web.Request, body: dict[str, Any]) -> Found:
    return [platform.people.shown(person) for person in platform.people.by_id.values()]


async def person_says(platform: Platform, request: web.Request, body: dict[str, Any]) -> Found:
    return await say(platform, request.match_info["user_id"], body)


async def talk(platform: Platform, request: web.Request, body: dict[str, Any]) -> Found:
    """Both sides of one talk, the newest 300 messages."""
    entries = platform.ledger.talk(request.match_info["user_id"], request.query.get("channel", ""))
    return [entry.shown() for entry in entries[-300:]]


async def send_raw(platform: Platform, request: web.Request, body: dict[str, Any]) -> Found:
    """Any bytes to a channel's webhook: `signature` missing signs them properly, "" sends no signature header."""
    channel = platform.channels.get(body.get("channel"))
    try:
        raw = base64.b64decode(str(body.get("body_base64", "")), validate=True)
    except binascii.Error:
        raise CannotSimulate("body_base64 is not base64") from None
    signature = body.get("signature")
    return await platform.webhooks.send(Parcel(channel, (), raw, None if signature is None else str(signature)))


async def list_webhooks(platform: Platform, request: web.Request, body: dict[str, Any]) -> Found:
    return list(platform.ledger.webhooks)


async def ledger(platform: Platform, request: web.Request, body: dict[str, Any]) -> Found:
    """`?user=…&channel=…&both=1`: what was seen; with `both` what the person said, too."""
    query = request.query
    return platform.ledger.shown(query.get("user"), query.get("channel"), both_sides=query.get("both") == "1")


async def plan_faults(platform: Platform, request: web.Request, body: dict[str, Any]) -> Found:
    plan = platform.faults.add(body)
    platform.live.tell("settings")
    return plan.shown()


async def list_faults(platform: Platform, request: web.Request, body: dict[str, Any]) -> Found:
    return [plan.shown() for plan in platform.faults.plans]


async def drop_faults(platform: Platform, request: web.Request, body: dict[str, Any]) -> Found:
    """All plans, or the one named by `?id=`."""
    if "id" in request.query:
        platform.faults.drop(int(request.query["id"]) if request.query["id"].isdigit() else 0)
    else:
        platform.faults.plans.clear()
    platform.live.tell("settings")
    return [plan.shown() for plan in platform.faults.plans]


async def set_outage(platform: Platform, request: web.Request, body: dict[str, Any]) -> Found:
    platform.settings.switch_outage(body, platform.clock.now())
    platform.live.tell("settings")
    return platform.settings.shown()


async def set_latency(platform: Platform, request: web.Request, body: dict[str, Any]) -> Found:
    platform.settings.latency_ms = number(body.get("ms", 0), "ms")
    platform.live.tell("settings")
    return platform.settings.shown()


async def set_rate(platform: Platform, request: web.Request, body: dict[str, Any]) -> Found:
    platform.settings.rate = int(number(body.get("per_second", 2000), "per_second"))
    return platform.settings.shown()


async def set_redelivery(platform: Platform, request: web.Request, body: dict[str, Any]) -> Found:
    platform.settings.set_redelivery(body)
    platform.live.tell("settings")
    return platform.settings.shown()


async def advance_clock(platform: Platform, request: web.Request, body: dict[str, Any]) -> Found:
    """`{"advance": seconds}`: reply tokens and retry keys age at once."""
    platform.clock.advance(number(body.get("advance", 0), "advance"))
    return {"now": platform.clock.now_ms()}


async def reset(platform: Platform, request: web.Request, body: dict[str, Any]) -> Found:
    platform.reset()
    return {"reset": True}


async def state(platform: Platform, request: web.Request, body: dict[str, Any]) -> Found:
    """All that the page needs to draw itself."""
    month = platform.clock.month()
    return {
        "channels": [channel.shown(month) for channel in platform.channels.by_id.values()],
        "people": [platform.people.shown(person) for person in platform.people.by_id.values()],
        "settings": platform.settings.shown(),
        "faults": [plan.shown() for plan in platform.faults.plans],
        "defects": platform.ledger.defects[-100:],
        "suspects": platform.ledger.suspects[-100:],
        "webhooks": list(platform.ledger.webhooks)[-100:],
        "now": platform.clock.now_ms(),
    }


OPERATIONS: tuple[tuple[str, str, Operation], ...] = (
    ("POST", "/simulator/channels", put_channel),
    ("GET", "/simulator/channels", list_channels),
    ("PUT", "/simulator/channels/{channel_id}", change_channel),
    ("POST", "/simulator/people", create_person),
    ("GET", "/simulator/people", list_people),
    ("POST", "/simulator/people/{user_id}/say", person_says),
    ("GET", "/simulator/people/{user_id}/talk", talk),
    ("POST", "/simulator/webhook", send_raw),
    ("GET", "/simulator/webhooks", list_webhooks),
    ("GET", "/simulator/ledger", ledger),
    ("POST", "/simulator/faults", plan_faults),
    ("GET", "/simulator/faults", list_faults),
    ("DELETE", "/simulator/faults", drop_faults),
    ("PUT", "/simulator/outage", set_outage),
    ("PUT", "/simulator/latency", set_latency),
    ("PUT", "/simulator/rate", set_rate),
    ("PUT", "/simulator/redelivery", set_redelivery),
    ("PUT", "/simulator/clock", advance_clock),
    ("POST", "/simulator/reset", reset),
    ("GET", "/simulator/state", state),
)


def add_routes(app: web.Application) -> None:
    """The operator's addresses."""
    for method, path, operation in OPERATIONS:
        app.router.add_route(method, path, controlled(operation))
