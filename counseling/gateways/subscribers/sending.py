"""A claimed notification, signed and sent."""

import time

from django.utils import timezone

from counseling.actions import notifications
from counseling.actions.notifications import Claimed
from counseling.gateways.base import give_back_connection
from counseling.gateways.subscribers.posting import post
from counseling.gateways.subscribers.signing import headers
from counseling.machines import Heard

SECONDS = 10.0
# While a person waits for the answer.
PATIENCE_SECONDS = 5.0


def tell_next(subscription_id: int) -> bool:
    """Send what has been due longest at this place; whether it was taken. False also where nothing is due."""
    claimed = notifications.claim(subscription_id=subscription_id, now=timezone.now())
    if claimed is None:
        return False
    give_back_connection()
    heard = send(claimed)
    notifications.record(claimed=claimed, heard=heard, now=timezone.now())
    return heard.is_taken


def send(claimed: Claimed, *, seconds: float = SECONDS) -> Heard:
    """Send it once; what the other side said."""
    body = claimed.body.encode()
    signed = headers(claimed.key, claimed.secret, int(time.time()), body)
    return post(claimed.url, signed, body, seconds=seconds)
