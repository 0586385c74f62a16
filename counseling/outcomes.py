"""What a platform said to a push or a fetch, and how long to wait before asking again. Pure: no Django, no clock.

Source of the rules: LINE Messaging API reference, "Retry failed API requests" and "Status codes".
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# A retry key is remembered for 24 h: an hour before that a person decides (reliability.md, R13).
NO_RESEND_AFTER = timedelta(hours=23)
LONGEST_WAIT_SECONDS = 60.0
# No wait lasts longer than an hour: what lies further ahead was written by a clock that has been put back since.
LONGEST_AHEAD = timedelta(hours=2)


class Verdict(StrEnum):
    """What became of one push."""

    SENT = "sent"
    ALREADY = "already"  # the same key was accepted before: as good as sent
    RATE = "rate"  # not accepted: too many requests just now
    QUOTA = "quota"  # not accepted: the month's messages are used up
    UNAUTHORISED = "token"  # not accepted: the access token is wrong or expired
    REFUSED = "refused"  # never to be tried again
    UNCERTAIN = "uncertain"  # accepted or not, nobody knows: the same key again
    EXPIRED = "expired"  # uncertain for so long that the key may be forgotten


ARRIVED = frozenset({Verdict.SENT, Verdict.ALREADY})
# The platform said for certain that it took nothing, and trying again later makes sense.
NOT_TAKEN = frozenset({Verdict.RATE, Verdict.QUOTA, Verdict.UNAUTHORISED})
PAUSING = frozenset({Verdict.QUOTA, Verdict.UNAUTHORISED})


@dataclass(frozen=True)
class Outcome:
    """A verdict; `reason` is a code of at most 40 characters, `retry_after` seconds the platform asked for."""

    verdict: Verdict
    reason: str = ""
    retry_after: float | None = None


class Fetched(StrEnum):
    """What became of asking for the content of a message."""

    READY = "ready"
    NOT_READY = "not_ready"  # 202, or nobody answered: again later
    GONE = "gone"  # 404, 410
    TOO_LARGE = "too_large"


@dataclass(frozen=True)
class Content:
    """The content of a message, as the platform gave it."""

    state: Fetched
    body: bytes = b""
    content_type: str = ""


def wait(tries: int, *, longest: float = LONGEST_WAIT_SECONDS) -> timedelta:
    """The pause before the next try: 1, 2, 4 … up to `longest` seconds, with a tenth of jitter."""
    seconds = min(2.0 ** min(max(tries - 1, 0), 16), longest)
    return timedelta(seconds=seconds * random.uniform(0.9, 1.1))  # noqa: S311 - spreads retries, guards nothing


def is_expired(first_try_at: datetime | None, now: datetime) -> bool:
    """Whether nothing may be sent again by itself under the key first tried then."""
    return first_try_at is not None and now - first_try_at >= NO_RESEND_AFTER


def is_due(at: datetime, now: datetime) -> bool:
    """Whether the moment has come, or lies so far ahead that no wait can have led there."""
    return at <= now or at > now + LONGEST_AHEAD
