"""Webhooks as LINE posts them, signed with the channel's secret."""

import json
from typing import Any

from django.test import Client

from counseling.gateways.line.signature import signature

SECRET = "channel-secret"
BOT = "U" + "b" * 32
SORA = "U" + "0a" * 16
REN = "U" + "0b" * 16
URL = "/line/women-line/webhook"
SENT_AT_MS = 1_767_225_600_000


def text_event(text: object = "こんばんは", number: int = 1, user: str = SORA, **members: Any) -> dict[str, Any]:
    """A text message with all that LINE sends."""
    whole = {
        "type": "message",
        "mode": "active",
        "timestamp": SENT_AT_MS + number,
        "source": {"type": "user", "userId": user},
        "webhookEventId": f"01TEST{number:020}",
        "deliveryContext": {"isRedelivery": False},
        "message": {"id": f"{1000 + number}", "type": "text", "text": text},
    }
    return whole | members


def event(kind: str, number: int = 1, user: str = SORA, **members: Any) -> dict[str, Any]:
    """An event of another type."""
    whole = text_event(number=number, user=user) | {"type": kind}
    del whole["message"]
    return whole | members


def body_of(*events: object, destination: str = BOT) -> bytes:
    """A request's body."""
    return json.dumps({"destination": destination, "events": list(events)}).encode()


def post(body: bytes, *, url: str = URL, given: str | None = None, client: Client | None = None) -> int:
    """Post it, rightly signed unless a signature is `given`; the status."""
    sign = signature(SECRET, body).decode() if given is None else given
    answer = (client or Client()).post(
        url, body, content_type="application/json", headers={"x-line-signature": sign} if sign else {}
    )
    return answer.status_code


def post_events(*events: object) -> int:
    """Post events; the status."""
    return post(body_of(*events))
