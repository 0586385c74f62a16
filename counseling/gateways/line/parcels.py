"""A webhook's body taken apart into events, so that a bad one never spoils its neighbours."""

import hashlib
import json
import re
from typing import Any

from counseling import crypto
from counseling.actions.inbox import Arrival
from counseling.models.delivery import InboundState

EVENT_ID = re.compile(r"[!-~]{1,76}\Z")
KIND = re.compile(r"[A-Za-z]{1,24}\Z")
UNREADABLE = "unreadable"


def split(raw: bytes, bot_user_id: str) -> list[Arrival]:
    """One arrival for each event; the whole body as one unreadable arrival when it cannot be taken apart."""
    try:
        body = json.loads(raw)
        events = body.get("events") if isinstance(body, dict) else None
        if not isinstance(events, list):
            return [unreadable(raw, "NoEvents")]
        destination = body.get("destination")
        elsewhere = bool(bot_user_id) and isinstance(destination, str) and destination != bot_user_id
        return [arrival(event, elsewhere=elsewhere) for event in events]
    except (ValueError, RecursionError):
        return [unreadable(raw, "NotJson")]


def unreadable(content: bytes, problem: str) -> Arrival:
    """What LINE signed and we cannot read: kept as it came."""
    event_id = f"raw:{hashlib.sha256(content).hexdigest()}"
    return Arrival(event_id, "", UNREADABLE, content, InboundState.FAILED, problem)


def arrival(event: object, *, elsewhere: bool) -> Arrival:
    """One event. In ASCII, so that NUL and halves of characters stay as escapes."""
    content = json.dumps(event).encode("ascii")
    if not isinstance(event, dict):
        return unreadable(content, "NotAnObject")
    state, problem = (InboundState.IGNORED, "destination") if elsewhere else (InboundState.NEW, "")
    return Arrival(event_id_of(event), source_of(event), kind_of(event), content, state, problem)


def event_id_of(event: dict[str, Any]) -> str:
    """LINE's id of the event; without one, a hash of all that stays the same when it is delivered again."""
    found = event.get("webhookEventId")
    if isinstance(found, str) and EVENT_ID.match(found):
        return found
    lasting = {name: value for name, value in event.items() if name not in {"deliveryContext", "replyToken"}}
    return f"raw:{hashlib.sha256(json.dumps(lasting, sort_keys=True).encode()).hexdigest()}"


def source_of(event: dict[str, Any]) -> str:
    """A keyed hash of who wrote; events of one source are taken in one after another."""
    source = event.get("source")
    if not isinstance(source, dict):
        return ""
    for name in ("groupId", "roomId", "userId"):
        if isinstance(source.get(name), str):
            return crypto.keyed_hash(source[name], "line.user" if name == "userId" else "line.group")
    return ""


def kind_of(event: dict[str, Any]) -> str:
    """The event's type as a word; "unknown" for what is none."""
    kind = event.get("type")
    return kind if isinstance(kind, str) and KIND.match(kind) else "unknown"
