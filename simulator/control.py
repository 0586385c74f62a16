"""The operator's HTTP interface (`/simulator/…`): people, webhooks, faults, switches, ledger. JSON in, JSON out."""

import base64
import binascii
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from simulator.acts import say
from simulator.channels import CHAT_MODES
from simulator.gate import PLATFORM
from simulator.people import Tie
from simulator.platform import Platform
from simulator.refusals import CannotSimulate
from simulator.settings import number
from simulator.webhooks import Parcel

Found = dict[str, Any] | list[Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of the operator."""

    platform: Platform
    request: web.Request
    body: dict[str, Any]


Operation = Callable[[Asked], Awaitable[Found]]


def controlled(operation: Operation) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The operation with its JSON body read; what cannot be done answers 400 `{"error": …}`."""

    async def answer(request: web.Request) -> web.Response:
        if is_foreign(request):
            return web.json_response({"error": "requests from other sites are refused"}, status=403)
        try:
            found = await operation(Asked(request.app[PLATFORM], request, await read_body(request)))
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


async def put_channel(asked: Asked) -> Found:
    """Create or change a channel: channel_id, secret, access_token, webhook_url, bot_user_id, quota, name."""
    channel = asked.platform.channels.put(asked.body)
    asked.platform.live.tell("channels")
    return channel.shown(asked.platform.clock.month())


async def list_channels(asked: Asked) -> Found:
    """All channels, without their secrets."""
    return [channel.shown(asked.platform.clock.month()) for channel in asked.platform.channels.by_id.values()]


async def change_channel(asked: Asked) -> Found:
    """`{"quota", "used", "webhook_active", "chat_mode", "refresh"}`, any of them; `refresh` revives revoked tokens."""
    channel = asked.platform.channels.get(asked.request.match_info["channel_id"])
    if "quota" in asked.body:
        channel.quota = None if asked.body["quota"] is None else int(number(asked.body["quota"], "quota"))
    if "used" in asked.body:
        channel.used[asked.platform.clock.month()] = int(number(asked.body["used"], "used"))
    if "webhook_active" in asked.body:
        channel.webhook_active = bool(asked.body["webhook_active"])
    if "chat_mode" in asked.body:
        if asked.body["chat_mode"] not in CHAT_MODES:
            raise CannotSimulate(f"chat_mode must be one of {', '.join(CHAT_MODES)}")
        channel.chat_mode = asked.body["chat_mode"]
    if asked.body.get("refresh"):
        channel.revoked.clear()
    asked.platform.live.tell("channels")
    return channel.shown(asked.platform.clock.month())


async def create_person(asked: Asked) -> Found:
    """`{"name", "id", "friend_of"}`; only the name is needed."""
    user_id = asked.body.get("id")
    person = asked.platform.people.create(str(asked.body.get("name") or ""), str(user_id) if user_id else None)
    friend_of = asked.body.get("friend_of")
    if friend_of:
        asked.platform.people.ties[person.user_id, asked.platform.channels.get(friend_of).channel_id] = Tie.FRIEND
    asked.platform.live.tell("person", person=asked.platform.people.shown(person))
    return asked.platform.people.shown(person)


async def list_people(asked: Asked) -> Found:
    """Everybody with a telephone."""
    return [asked.platform.people.shown(person) for person in asked.platform.people.by_id.values()]


async def person_says(asked: Asked) -> Found:
    """What a person does: see `acts.say`."""
    return await say(asked.platform, asked.request.match_info["user_id"], asked.body)


async def talk(asked: Asked) -> Found:
    """Both sides of one talk, the newest 300 messages."""
    entries = asked.platform.ledger.talk(asked.request.match_info["user_id"], asked.request.query.get("channel", ""))
    return [entry.shown() for entry in entries[-300:]]


async def send_raw(asked: Asked) -> Found:
    """Any bytes to a channel's webhook: `signature` missing signs them properly, "" sends no signature header."""
    channel = asked.platform.channels.get(asked.body.get("channel"))
    try:
        raw = base64.b64decode(str(asked.body.get("body_base64", "")), validate=True)
    except binascii.Error:
        raise CannotSimulate("body_base64 is not base64") from None
    signature = asked.body.get("signature")
    return await asked.platform.webhooks.send(Parcel(channel, (), raw, None if signature is None else str(signature)))


async def list_webhooks(asked: Asked) -> Found:
    """How each webhook was answered, oldest first."""
    return list(asked.platform.ledger.webhooks)


async def ledger(asked: Asked) -> Found:
    """`?user=…&channel=…&both=1`: what was seen; with `both` what the person said, too."""
    query = asked.request.query
    return asked.platform.ledger.shown(query.get("user"), query.get("channel"), both_sides=query.get("both") == "1")


async def plan_faults(asked: Asked) -> Found:
    """See `FaultPlan.add`."""
    plan = asked.platform.faults.add(asked.body)
    asked.platform.live.tell("settings")
    return plan.shown()


async def list_faults(asked: Asked) -> Found:
    """What is still planned."""
    return [plan.shown() for plan in asked.platform.faults.plans]


async def drop_faults(asked: Asked) -> Found:
    """All plans, or the one named by `?id=`."""
    if "id" in asked.request.query:
        asked.platform.faults.drop(int(asked.request.query["id"]) if asked.request.query["id"].isdigit() else 0)
    else:
        asked.platform.faults.plans.clear()
    asked.platform.live.tell("settings")
    return [plan.shown() for plan in asked.platform.faults.plans]


async def set_outage(asked: Asked) -> Found:
    """See `Settings.switch_outage`."""
    asked.platform.settings.switch_outage(asked.body, asked.platform.clock.now())
    asked.platform.live.tell("settings")
    return asked.platform.settings.shown()


async def set_latency(asked: Asked) -> Found:
    """`{"ms": number}`: how long every API call takes at least."""
    asked.platform.settings.latency_ms = number(asked.body.get("ms", 0), "ms")
    asked.platform.live.tell("settings")
    return asked.platform.settings.shown()


async def set_rate(asked: Asked) -> Found:
    """`{"per_second": number}`: requests for each channel and endpoint before 429."""
    asked.platform.settings.rate = int(number(asked.body.get("per_second", 2000), "per_second"))
    return asked.platform.settings.shown()


async def set_redelivery(asked: Asked) -> Found:
    """See `Settings.set_redelivery`."""
    asked.platform.settings.set_redelivery(asked.body)
    asked.platform.live.tell("settings")
    return asked.platform.settings.shown()


async def advance_clock(asked: Asked) -> Found:
    """`{"advance": seconds}`: reply tokens and retry keys age at once."""
    asked.platform.clock.advance(number(asked.body.get("advance", 0), "advance"))
    return {"now": asked.platform.clock.now_ms()}


async def reset(asked: Asked) -> Found:
    """Forget everything but channels and people."""
    asked.platform.reset()
    return {"reset": True}


async def state(asked: Asked) -> Found:
    """All that the page needs to draw itself."""
    month = asked.platform.clock.month()
    return {
        "channels": [channel.shown(month) for channel in asked.platform.channels.by_id.values()],
        "people": [asked.platform.people.shown(person) for person in asked.platform.people.by_id.values()],
        "settings": asked.platform.settings.shown(),
        "faults": [plan.shown() for plan in asked.platform.faults.plans],
        "defects": asked.platform.ledger.defects[-100:],
        "suspects": asked.platform.ledger.suspects[-100:],
        "webhooks": list(asked.platform.ledger.webhooks)[-100:],
        "now": asked.platform.clock.now_ms(),
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
