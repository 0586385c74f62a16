"""Webhook events in the shapes of LINE's webhook.yml. Pure but for the identifiers it is given."""

from collections.abc import Callable
from typing import Any

from simulator.identifiers import Identifiers
from simulator.refusals import CannotSimulate

KEPT_FIELDS = {
    "text": ("text", "emojis", "mention", "quotedMessageId"),
    "sticker": ("packageId", "stickerId", "stickerResourceType", "keywords", "text", "quotedMessageId"),
    "image": ("imageSet",),
    "video": ("duration",),
    "audio": ("duration",),
    "file": ("fileName", "fileSize"),
    "location": ("title", "address", "latitude", "longitude"),
}
DEFAULTS: dict[str, dict[str, Any]] = {
    "text": {},
    "sticker": {
        "packageId": "446",
        "stickerId": "1988",
        "stickerResourceType": "STATIC",
        "keywords": ["ありがとう", "感謝"],
    },
    "image": {},
    "video": {"duration": 3000},
    "audio": {"duration": 3000},
    "file": {"fileName": "資料.txt"},
    "location": {
        "title": "横浜駅",
        "address": "神奈川県横浜市西区高島2丁目",
        "latitude": 35.4657,
        "longitude": 139.6223,
    },
}
QUOTABLE = frozenset({"text", "sticker", "image", "video"})
CARRIED_BY_LINE = frozenset({"image", "video", "audio"})


def message_of(said: dict[str, Any], identifiers: Identifiers) -> dict[str, Any]:
    """The message object of a message event."""
    kind = str(said["type"])
    message: dict[str, Any] = {"type": kind, "id": identifiers.message_id(), "markAsReadToken": identifiers.token()}
    if kind in QUOTABLE:
        message["quoteToken"] = identifiers.token()
    given = {name: said[name] for name in KEPT_FIELDS[kind] if said.get(name) is not None}
    message |= DEFAULTS[kind] | given
    if kind in CARRIED_BY_LINE:
        message["contentProvider"] = {"type": "line"}
    if kind == "text":
        check_words(message.get("text"))
    return message


def check_words(text: object) -> None:
    """What a telephone can send: 1 to 10,000 characters without halves of characters; raises CannotSimulate."""
    if not isinstance(text, str) or not 1 <= len(text) <= 10_000:
        raise CannotSimulate("text must have 1 to 10,000 characters")
    if any(0xD800 <= ord(character) <= 0xDFFF for character in text):
        raise CannotSimulate("text holds half a character; send such bytes with /simulator/webhook")


def envelope(said: dict[str, Any], user_id: str, now_ms: int, identifiers: Identifiers) -> dict[str, Any]:
    """What all events share."""
    source: dict[str, Any] = {"type": "user", "userId": user_id}
    if said.get("group"):
        source = {"type": "group", "groupId": said["group"], "userId": user_id}
    return {
        "timestamp": int(said.get("timestamp", now_ms)),
        "source": source,
        "mode": str(said.get("mode", "active")),
        "webhookEventId": identifiers.event_id(),
        "deliveryContext": {"isRedelivery": False},
    }


def message_event(said: dict[str, Any], identifiers: Identifiers) -> dict[str, Any]:
    """Something was said or shown."""
    return {"type": "message", "replyToken": identifiers.token(), "message": message_of(said, identifiers)}


def follow_event(said: dict[str, Any], identifiers: Identifiers) -> dict[str, Any]:
    """The account was added, or added anew after a block."""
    unblocked = bool(said.get("isUnblocked"))
    return {"type": "follow", "replyToken": identifiers.token(), "follow": {"isUnblocked": unblocked}}


def unsend_event(said: dict[str, Any], _: Identifiers) -> dict[str, Any]:
    """A message was taken back."""
    return {"type": "unsend", "unsend": {"messageId": str(said["message_id"])}}


def postback_event(said: dict[str, Any], identifiers: Identifiers) -> dict[str, Any]:
    """A button was tapped."""
    postback: dict[str, Any] = {"data": str(said.get("data", ""))}
    if said.get("params"):
        postback["params"] = said["params"]
    return {"type": "postback", "replyToken": identifiers.token(), "postback": postback}


def bare(kind: str) -> Callable[[dict[str, Any], Identifiers], dict[str, Any]]:
    """An event without members of its own."""
    return lambda _said, _identifiers: {"type": kind}


def join_event(_: dict[str, Any], identifiers: Identifiers) -> dict[str, Any]:
    """The account was invited into a group."""
    return {"type": "join", "replyToken": identifiers.token()}


def raw_event(said: dict[str, Any], _: Identifiers) -> dict[str, Any]:
    """Any event, its members given: for kinds that this simulator has no button for, and for kinds LINE may add."""
    event = said.get("event")
    if not isinstance(event, dict) or not isinstance(event.get("type"), str):
        raise CannotSimulate("event must be an object with a type")
    return event


EVENTS: dict[str, Callable[[dict[str, Any], Identifiers], dict[str, Any]]] = {
    **dict.fromkeys(KEPT_FIELDS, message_event),
    "follow": follow_event,
    "unfollow": bare("unfollow"),
    "unsend": unsend_event,
    "postback": postback_event,
    "join": join_event,
    "leave": bare("leave"),
    "raw": raw_event,
}


def event_of(said: dict[str, Any], user_id: str, now_ms: int, identifiers: Identifiers) -> dict[str, Any]:
    """The webhook event for what a person did; raises CannotSimulate."""
    kind = said.get("type")
    if not isinstance(kind, str) or kind not in EVENTS:
        raise CannotSimulate(f"type must be one of {', '.join(EVENTS)}")
    own = EVENTS[kind](said, identifiers)
    event = {"type": own["type"]} | envelope(said, user_id, now_ms, identifiers) | own
    if kind in ("follow", "unfollow"):
        event["source"].pop("groupId", None)
    if kind in ("join", "leave"):
        event["source"].pop("userId", None)
    return event
