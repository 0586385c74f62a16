"""What LINE's events mean to us, read tolerantly. Source: webhook.yml of line/line-openapi.

A field that is missing, new or odd never stops an event whose words can be read.
"""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from counseling.actions.inbox import (
    Chosen,
    Followed,
    Happening,
    Invited,
    Nothing,
    Said,
    Tapped,
    Unfollowed,
    Unreadable,
    Unsent,
)
from counseling.intake import tap_of
from counseling.rich_menu import area_of
from counseling.survey import tap_of as survey_tap_of
from counseling.telephone import tap_of as phone_tap_of
from counseling.text import repair

PLAIN_ID = re.compile(r"[!-~]{1,64}\Z")
# LINE's Messaging API opened in 2011 at the earliest; a clock may run ahead by as much as a day.
EARLIEST_MILLISECONDS = 1_293_840_000_000
CLOCK_SLACK = timedelta(days=1)
STICKER = "スタンプ"
MOST_KEYWORDS = 5
LONGEST_FILE_NAME = 100
# Controls, marks that turn the direction of writing, and what separates folders.
NOT_IN_FILE_NAMES = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069/\\]")

Event = dict[str, Any]


def read(body: bytes, event_id: str) -> Happening:
    """The meaning of one event. Raises Unreadable when it lacks what its kind needs."""
    event = json.loads(body)
    source = member(event, "source")
    if event.get("mode") == "standby":
        return Nothing("standby")
    kind = event.get("type")
    if kind == "join":
        return invited(source)
    if "groupId" in source or "roomId" in source:
        return Nothing("group")
    if kind == "message":
        return said(event, event_id)
    reader = READERS.get(kind) if isinstance(kind, str) else None
    return reader(event) if reader else Nothing("kind")


def member(event: Event, name: str) -> Event:
    """The object of that name, empty when it is missing or no object."""
    found = event.get(name)
    return found if isinstance(found, dict) else {}


def identity_of(event: Event) -> str:
    """The LINE user id. Raises Unreadable."""
    user_id = member(event, "source").get("userId")
    if not isinstance(user_id, str) or not PLAIN_ID.match(user_id):
        raise Unreadable("source.userId")
    return user_id


def invited(source: Event) -> Happening:
    """A group or room to leave."""
    for kind in ("group", "room"):
        place_id = source.get(f"{kind}Id")
        if isinstance(place_id, str) and PLAIN_ID.match(place_id):
            return Invited(kind, place_id)
    return Nothing("group")


def said(event: Event, event_id: str) -> Happening:
    """A message of any type; one that LINE adds some day is kept as unknown."""
    message = member(event, "message")
    kind = message.get("type")
    if not message or not isinstance(kind, str):
        raise Unreadable("message.type")
    words = WORDS.get(kind)
    return Said(
        identity=identity_of(event),
        external_id=message_id_of(message, event_id),
        kind=kind if words else "unknown",
        text=repair(words(message)) if words else "",
        written_at=moment(event.get("timestamp")),
    )


def message_id_of(message: Event, event_id: str) -> str:
    """LINE's id of the message; without one the event's own id keeps it from being taken twice."""
    found = message.get("id")
    if isinstance(found, int) and not isinstance(found, bool):
        found = str(found)
    return found if isinstance(found, str) and PLAIN_ID.match(found) else f"e:{event_id}"[-64:]


def moment(milliseconds: object) -> datetime | None:
    """A timestamp that makes sense, else None."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int):
        return None
    latest = timezone.now() + CLOCK_SLACK
    if not EARLIEST_MILLISECONDS <= milliseconds <= latest.timestamp() * 1000:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def text_words(message: Event) -> str:
    """The text; LINE's own emoji stand in it as `$` or in brackets, as LINE writes them."""
    text = message.get("text")
    if not isinstance(text, str):
        raise Unreadable("message.text")
    return text


def sticker_words(message: Event) -> str:
    """The words on a message sticker, else its meaning, else that it is one."""
    text = message.get("text")
    if isinstance(text, str) and text.strip():
        return text
    keywords = message.get("keywords")
    named = [word for word in keywords if isinstance(word, str) and word] if isinstance(keywords, list) else []
    return "、".join(named[:MOST_KEYWORDS]) or STICKER


def file_words(message: Event) -> str:
    """The file's name, without anything that could mislead a reader or a computer."""
    name = message.get("fileName")
    cleaned = NOT_IN_FILE_NAMES.sub("", name).strip() if isinstance(name, str) else ""
    return cleaned[:LONGEST_FILE_NAME]


def location_words(message: Event) -> str:
    """Title, address and coordinates, one a line."""
    lines = [message.get("title"), message.get("address")]
    place = [message.get("latitude"), message.get("longitude")]
    if all(isinstance(part, int | float) and not isinstance(part, bool) for part in place):
        lines.append(", ".join(str(part) for part in place))
    return "\n".join(line.strip() for line in lines if isinstance(line, str) and line.strip())


WORDS: dict[str, Callable[[Event], str]] = {
    "text": text_words,
    "sticker": sticker_words,
    "image": lambda _message: "",
    "video": lambda _message: "",
    "audio": lambda _message: "",
    "file": file_words,
    "location": location_words,
}


def unsent(event: Event) -> Happening:
    """A message taken back."""
    message_id = member(event, "unsend").get("messageId")
    if isinstance(message_id, int) and not isinstance(message_id, bool):
        message_id = str(message_id)
    if not isinstance(message_id, str) or not PLAIN_ID.match(message_id):
        raise Unreadable("unsend.messageId")
    return Unsent(message_id)


def tapped(event: Event) -> Happening:
    """A tap on our rich menu or on a button of ours; the buttons of anybody else are not for us."""
    postback = member(event, "postback")
    data, day = postback.get("data"), member(postback, "params").get("date")
    if not isinstance(data, str):
        return Nothing("postback")
    if area := area_of(data):
        return Tapped(identity_of(event), area)
    if phoned := phone_tap_of(data):
        return Chosen(identity_of(event), phoned)
    day = day if isinstance(day, str) else ""
    tap = tap_of(data, day) or survey_tap_of(data, day)
    return Chosen(identity_of(event), tap) if tap else Nothing("postback")


READERS: dict[str, Callable[[Event], Happening]] = {
    "unsend": unsent,
    "postback": tapped,
    "follow": lambda event: Followed(identity_of(event)),
    "unfollow": lambda event: Unfollowed(identity_of(event)),
}
