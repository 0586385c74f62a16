"""LINE's endpoints about the account itself: who it is, where its webhooks go, how many friends it has.

Source: messaging-api.yml and insight.yml of line/line-openapi, LINE's Messaging API reference.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from simulator.clock import JST
from simulator.gate import Answer, Call, Endpoint
from simulator.people import Tie
from simulator.refusals import NOT_FOUND, Refused, invalid_property
from simulator.webhooks import parcel_of

LONGEST_ENDPOINT = 500
# LINE counts friends since then.
FIRST_COUNTED = "20161101"


async def describe_bot(call: Call) -> Answer:
    """The account's own profile. While its chat is on LINE marks nothing as read by itself, else everything."""
    channel = call.channel
    return Answer(
        {
            "userId": channel.bot_user_id,
            "basicId": channel.basic_id,
            "displayName": channel.name or channel.channel_id,
            "chatMode": channel.chat_mode,
            "markAsReadMode": "manual" if channel.chat_mode == "chat" else "auto",
        }
    )


async def show_webhook(call: Call) -> Answer:
    """Where webhooks go."""
    if not call.channel.webhook_url:
        raise Refused(404, NOT_FOUND)
    return Answer({"endpoint": call.channel.webhook_url, "active": call.channel.webhook_active})


async def set_webhook(call: Call) -> Answer:
    """Whether webhooks are sent at all is not changed by it: that is switched by hand, in LINE's console."""
    call.channel.webhook_url = checked_endpoint(call.json().get("endpoint"))
    call.platform.live.tell("channels")
    return Answer()


def checked_endpoint(endpoint: object) -> str:
    """LINE demands https; this platform takes http too, since it plays on one machine."""
    if not isinstance(endpoint, str) or len(endpoint) > LONGEST_ENDPOINT:
        raise Refused(400, "Invalid webhook endpoint URL")
    if not endpoint.startswith(("https://", "http://")):
        raise Refused(400, "Invalid webhook endpoint URL")
    return endpoint


async def check_webhook(call: Call) -> Answer:
    """Send a signed webhook without events, to the address given or the one that is set, and tell how it was answered.

    Whether the account uses webhooks plays no part.
    """
    given = (call.json() if call.raw else {}).get("endpoint")
    address = checked_endpoint(given) if given is not None else call.channel.webhook_url
    if not address:
        raise Refused(404, NOT_FOUND)
    attempt = await call.platform.webhooks.send(parcel_of(call.channel, [], tried_at=address))
    found: dict[str, Any] = {
        "success": attempt["error"] is None,
        "timestamp": timestamp(attempt["at"]),
        "statusCode": attempt["status"] or 0,
        "reason": "OK" if attempt["error"] is None else attempt["error"].upper(),
        "detail": str(attempt["status"] or attempt["error"]),
    }
    return Answer(found)


def timestamp(milliseconds: int) -> str:
    """As LINE writes it here: ISO 8601 in UTC."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


async def count_followers(call: Call) -> Answer:
    """Friends at the end of a day of Japan, yesterday when none is named; today is not counted yet.

    This platform knows no past: a day that is over has the numbers of this moment. Friends are never fewer: who blocks
    the account later stays counted.
    """
    now = datetime.fromtimestamp(call.platform.clock.now(), UTC).astimezone(JST)
    day = call.request.query.get("date", f"{now - timedelta(days=1):%Y%m%d}")
    try:
        datetime.strptime(day, "%Y%m%d").replace(tzinfo=JST)
    except ValueError:
        raise invalid_property("date") from None
    if day < FIRST_COUNTED:
        return Answer({"status": "out_of_service"})
    if day >= f"{now:%Y%m%d}":
        return Answer({"status": "unready"})
    ties = [tie for (_, channel), tie in call.platform.people.ties.items() if channel == call.channel.channel_id]
    blocks = ties.count(Tie.BLOCKED)
    return Answer({"status": "ready", "followers": len(ties), "targetedReaches": len(ties) - blocks, "blocks": blocks})


ENDPOINTS: tuple[tuple[str, str, Endpoint], ...] = (
    ("GET", "/v2/bot/info", describe_bot),
    ("GET", "/v2/bot/channel/webhook/endpoint", show_webhook),
    ("PUT", "/v2/bot/channel/webhook/endpoint", set_webhook),
    ("POST", "/v2/bot/channel/webhook/test", check_webhook),
    ("GET", "/v2/bot/insight/followers", count_followers),
)
