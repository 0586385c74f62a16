"""C7: LINE webhook requests, whole ones and broken ones, and what may come of them."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

DESTINATION = "U" + "0" * 32
OTHER_DESTINATION = "U" + "f" * 32
SORA = "U" + "1" * 32
OTHER_PERSON = "U" + "2" * 32
SENT_AT_MS = 1_767_225_600_000
TOKEN = "0f3779fba3b349968c5d07db31eab56f"

Stored = dict[str, Any]

# How the runner signs: by name, so that the secret stays the runner's.
SIGNATURES = (
    "right",
    "wrong_secret",
    "other_channel",
    "missing",
    "empty",
    "lower_case",
    "hexadecimal",
    "space_inside",
    "without_padding",
    "not_ascii",
    "two_headers",
    "of_other_body",
    "one_bit_off",
)


def event(kind: str, number: int = 1, user: str = SORA, **members: Any) -> Stored:
    """An event with all that LINE sends; a member given as `ABSENT` is left out."""
    whole: Stored = {
        "type": kind,
        "mode": "active",
        "timestamp": SENT_AT_MS + number,
        "source": {"type": "user", "userId": user},
        "webhookEventId": f"01CORPUS{number:018}",
        "deliveryContext": {"isRedelivery": False},
    }
    return {name: value for name, value in (whole | members).items() if value is not ABSENT}


ABSENT = object()


def words(text: object, number: int = 1, **members: Any) -> Stored:
    """A text message; its id follows the number."""
    message = {"type": "text", "id": f"{468789577898262530 + number}", "quoteToken": "q", "text": text}
    return event("message", number, **({"replyToken": TOKEN, "message": message} | members))


def said(message: Stored, number: int = 1, **members: Any) -> Stored:
    """A message of any type."""
    return event(
        "message", number, replyToken=TOKEN, message={"id": f"{468789577898262530 + number}"} | message, **members
    )


def batch(*events: object, **members: Any) -> bytes:
    return json.dumps({"destination": DESTINATION, "events": list(events)} | members).encode()


def request(body: bytes, signature: str = "right", **given: Any) -> Stored:
    return {"bytes": b64encode(body).decode(), "signature": signature, **given}


def case(name: str, *requests: Stored | bytes, kinds: list[str | None], messages: Any, **outcome: Any) -> Stored:
    """Statuses are 200 unless given."""
    asked = [request(one) if isinstance(one, bytes) else one for one in requests]
    expected = {
        "statuses": outcome.pop("statuses", [200] * len(asked)),
        "kept": len(kinds),
        "kinds": kinds,
        "unreadable": outcome.pop("unreadable", []),
        "messages": messages,
    }
    return {"name": name, "requests": asked, "outcome": expected | outcome}


def refused(name: str, body: bytes, *statuses: int, signature: str = "right", **given: Any) -> Stored:
    """A request of which nothing is kept."""
    asked = request(body, signature, **given)
    return case(name, asked, kinds=[], messages=0, statuses=[list(statuses) if len(statuses) > 1 else statuses[0]])
