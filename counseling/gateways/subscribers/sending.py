"""A claimed notification, signed and sent."""

import time

from counseling.actions.notifications import Claimed
from counseling.gateways.subscribers.posting import post
from counseling.gateways.subscribers.signing import headers
from counseling.machines import Heard

SECONDS = 10.0
# While a person waits for the answer.
PATIENCE_SECONDS = 5.0


def send(claimed: Claimed, *, seconds: float = SECONDS) -> Heard:
    """Send it once; what the other side said."""
    body = claimed.body.encode()
    signed = headers(claimed.key, claimed.secret, int(time.time()), body)
    return post(claimed.url, signed, body, seconds=seconds)
