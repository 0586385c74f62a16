"""What a person does with the telephone, and how the platform tells the account of it."""

import asyncio
import base64
import binascii
from dataclasses import dataclass
from typing import Any

from simulator import media
from simulator.channels import Channel
from simulator.events import KEPT_FIELDS, event_of
from simulator.ledger import Entry
from simulator.media import Content
from simulator.people import Person, Tie
from simulator.platform import Platform
from simulator.refusals import CannotSimulate
from simulator.settings import number
from simulator.webhooks import Parcel, corrupted, forged, parcel_of, redelivered

HELD_SECONDS = 5.0
DELIVERIES = frozenset(
    {"duplicate", "parallel", "reorder", "batch_with", "redeliver", "forge", "corrupt", "after", "wait"}
)
CONTENT_KINDS = ("image", "video", "audio", "file")


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an act: the event sent and, for a message, its entry."""

    event: dict[str, Any]
    entry: Entry | None


async def say(platform: Platform, user_id: str, said: dict[str, Any]) -> dict[str, Any]:
    """Do what `said` describes and send the webhook.

    `said`: `{"channel", "type", …fields of the event…, "delivery": {…}}`; raises CannotSimulate.
    Returns `{"message_id", "event_ids", "attempts"}`; `attempts` is empty when the webhook goes out later.
    """
    channel = platform.channels.get(said.get("channel"))
    delivery = said.get("delivery") or {}
    if not isinstance(delivery, dict) or not set(delivery) <= DELIVERIES:
        raise CannotSimulate(f"delivery may hold {', '.join(sorted(DELIVERIES))}")
    done = [act(platform, channel, platform.people.get(user_id), said)]
    others = delivery.get("batch_with") or ()
    done += [act(platform, channel, platform.people.get(one.get("person", user_id)), one) for one in others]
    parcel = parcel_of(channel, [one.event for one in done])
    work = dispatch(platform, parcel, user_id, delivery)
    attempts: list[dict[str, Any]] = []
    if delivery.get("after") or delivery.get("wait") is False:
        platform.webhooks.later(work)
    else:
        attempts = await work
    entry = done[0].entry
    return {
        "message_id": entry.message_id if entry else None,
        "event_ids": [one.event["webhookEventId"] for one in done],
        "attempts": attempts,
    }


async def dispatch(platform: Platform, parcel: Parcel, user_id: str, delivery: dict[str, Any]) -> list[dict[str, Any]]:
    """Send the parcel the way that `delivery` asks for; returns the attempts."""
    await asyncio.sleep(number(delivery.get("after", 0), "after"))
    waiting = platform.held[parcel.channel.channel_id, user_id]
    if delivery.get("reorder"):
        waiting.append(parcel)
        platform.webhooks.later(let_go_in_time(platform, waiting))
        return []
    sent = forged(parcel) if delivery.get("forge") else parcel
    sent = corrupted(sent) if delivery.get("corrupt") else sent
    times = max(1, int(number(delivery.get("duplicate", 1), "duplicate")))
    if delivery.get("parallel"):
        attempts = list(await asyncio.gather(*(platform.webhooks.deliver(sent) for _ in range(times))))
    else:
        attempts = [await platform.webhooks.deliver(sent) for _ in range(times)]
    if delivery.get("redeliver"):
        attempts.append(await platform.webhooks.send(redelivered(parcel)))
    return attempts + await let_go(platform, waiting)


async def let_go(platform: Platform, waiting: list[Parcel]) -> list[dict[str, Any]]:
    """Send what was held back so that later words overtook it."""
    parcels, waiting[:] = list(waiting), []
    return [await platform.webhooks.deliver(parcel) for parcel in parcels]


async def let_go_in_time(platform: Platform, waiting: list[Parcel]) -> None:
    """Held words are sent in the end even when nothing overtakes them."""
    await asyncio.sleep(HELD_SECONDS)
    await let_go(platform, waiting)


def act(platform: Platform, channel: Channel, person: Person, said: dict[str, Any]) -> Done:
    """Change the telephone's state, write the ledger, make the event; raises CannotSimulate."""
    kind = str(said.get("type"))
    said = PREPARE[kind](platform, channel, person, said) if kind in PREPARE else said
    met = platform.people.tie(person.user_id, channel.channel_id)
    if met is Tie.BLOCKED and kind not in ("raw", "follow", "unfollow"):
        raise CannotSimulate("this person has blocked the account; add it again first")
    event = event_of(said, person.user_id, platform.clock.now_ms(), platform.identifiers)
    if met is None and not said.get("group"):
        platform.people.ties[person.user_id, channel.channel_id] = Tie.FRIEND
    platform.remember_reply_token(event, channel)
    entry = write_down(platform, channel, person, said, event)
    if kind == "unfollow":
        platform.people.ties[person.user_id, channel.channel_id] = Tie.BLOCKED
    if kind in ("follow", "unfollow"):
        platform.live.tell("person", person=platform.people.shown(person))
    return Done(event, entry)


def write_down(
    platform: Platform, channel: Channel, person: Person, said: dict[str, Any], event: dict[str, Any]
) -> Entry | None:
    """The person's own side of the talk: messages and taps."""
    kind = str(said["type"])
    if kind in KEPT_FIELDS:
        message = event["message"]
        message_id = message["id"]
        if kind in CONTENT_KINDS:
            keep_content(platform, said, message)
    elif kind == "postback":
        message = {"type": "postback", "text": str(said.get("displayText") or ""), "data": event["postback"]["data"]}
        message_id = platform.identifiers.message_id()
    else:
        return None
    entry = Entry(
        platform.next_seq(), event["timestamp"], person.user_id, channel.channel_id, "person", message_id, message
    )
    entry.group = said.get("group")
    platform.show(entry)
    return entry


def keep_content(platform: Platform, said: dict[str, Any], message: dict[str, Any]) -> None:
    """Keep the file behind the message: the one uploaded, or one of our own."""
    kind = str(said["type"])
    body, content_type = uploaded(said) if said.get("content_base64") else made(kind, said, int(message["id"]))
    if kind == "file":
        message["fileSize"] = len(body)
    pending = int(number(said.get("not_ready", 0), "not_ready"))
    platform.contents[message["id"]] = Content(body, content_type, kind, pending, bool(said.get("missing")))


def uploaded(said: dict[str, Any]) -> tuple[bytes, str]:
    """The file that the operator chose."""
    try:
        body = base64.b64decode(str(said["content_base64"]), validate=True)
    except binascii.Error:
        raise CannotSimulate("content_base64 is not base64") from None
    return body, str(said.get("content_type") or "application/octet-stream")


def made(kind: str, said: dict[str, Any], number_of_message: int) -> tuple[bytes, str]:
    """A file of our own; pictures are a photograph, or with `"format": "png"` a drawing."""
    seconds = number(said.get("duration", 3000), "duration") / 1000
    if kind == "image":
        drawn = said.get("format") == "png"
        return (media.drawing(number_of_message), "image/png") if drawn else (media.photo(), "image/jpeg")
    if kind == "video":
        return media.silence(seconds, b"mp42"), "video/mp4"
    if kind == "audio":
        return media.silence(seconds), "audio/x-m4a"
    return "これは練習用のファイルです。\n".encode(), "text/plain"


def prepare_follow(platform: Platform, channel: Channel, person: Person, said: dict[str, Any]) -> dict[str, Any]:
    """Adding anew after a block is told as such."""
    unblocked = platform.people.tie(person.user_id, channel.channel_id) is Tie.BLOCKED
    platform.people.ties[person.user_id, channel.channel_id] = Tie.FRIEND
    return {"isUnblocked": unblocked} | said


def prepare_unsend(platform: Platform, channel: Channel, person: Person, said: dict[str, Any]) -> dict[str, Any]:
    """Take a message back: `message_id`, or the person's last one. Its file is gone at once."""
    own = [entry for entry in platform.ledger.talk(person.user_id, channel.channel_id) if entry.by == "person"]
    own = [entry for entry in own if entry.message["type"] != "postback" and not entry.unsent]
    wanted = said.get("message_id") or (own[-1].message_id if own else None)
    if wanted is None:
        raise CannotSimulate("there is no message to unsend")
    entry = platform.ledger.by_id.get(str(wanted))
    if entry is not None:
        entry.unsent, entry.message = True, {"type": entry.message["type"]}
        platform.live.tell("changed", entry=entry.shown())
    if str(wanted) in platform.contents:
        platform.contents[str(wanted)].gone = True
    return said | {"message_id": str(wanted)}


def prepare_join(platform: Platform, channel: Channel, _: Person, said: dict[str, Any]) -> dict[str, Any]:
    """Invite the account into a group; a group of its own unless one is named."""
    group = str(said.get("group") or platform.identifiers.group_id())
    platform.people.groups[group] = channel.channel_id
    return said | {"group": group}


PREPARE = {"follow": prepare_follow, "unsend": prepare_unsend, "join": prepare_join}
