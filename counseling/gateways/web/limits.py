"""How many messages one visitor may send in a short time, and how many return codes may be tried. Redis counts.

Without Redis nobody who writes is held back; and nobody tries codes.
"""

import hashlib
import time
from functools import cache

import redis
from django.conf import settings

# A person back from a tunnel sends a dozen kept messages in one go; a flood sends fifty a second.
MESSAGES = 30
WINDOW_SECONDS = 10
# Codes tried from one address, and at one program from anywhere: ten figures outlast it (ADR on return codes).
TRIES, TRIES_SECONDS = 10, 900
PROGRAM_TRIES, PROGRAM_SECONDS = 200, 3_600
# Redis did not answer: for so long nobody waits for it again.
SILENCE_SECONDS = 2.0
_silent_until = 0.0


@cache
def _line() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5)


def key_of(identity: str) -> str:
    """Where a visitor's messages are counted: the cookie's token opens the talk, so only its hash goes to Redis."""
    return f"talk.pace:{hashlib.sha256(identity.encode()).hexdigest()}"


def may_write(identity: str) -> bool:
    """Whether this visitor may send one more message now: one round trip."""
    global _silent_until  # noqa: PLW0603 - one breaker a process
    if time.monotonic() < _silent_until:
        return True
    key = key_of(identity)
    try:
        with _line().pipeline(transaction=False) as pipe:
            pipe.incr(key)
            pipe.ttl(key)
            count, ends_in = pipe.execute()
        if ends_in < 0:
            # The first of its window; or a process died here before, and the count would be full for ever.
            _line().expire(key, WINDOW_SECONDS)
    except (redis.RedisError, OSError):
        _silent_until = time.monotonic() + SILENCE_SECONDS
        return True
    return bool(count <= MESSAGES)


def may_try_code(slug: str, address: str) -> bool:
    """Whether one more return code may be tried now; each try counts, the right ones too."""
    where = hashlib.sha256(address.encode()).hexdigest()
    bounds = (
        (f"code.tries:{slug}:{where}", TRIES, TRIES_SECONDS),
        (f"code.tries:{slug}", PROGRAM_TRIES, PROGRAM_SECONDS),
    )
    try:
        # Who is over their own bound does not use up everybody's.
        return all(_counted(key, seconds) <= most for key, most, seconds in bounds)
    except (redis.RedisError, OSError):
        return False


def _counted(key: str, seconds: int) -> int:
    """How often in this window, this time included."""
    with _line().pipeline(transaction=False) as pipe:
        pipe.incr(key)
        pipe.ttl(key)
        count, ends_in = pipe.execute()
    if ends_in < 0:
        _line().expire(key, seconds)
    return int(count)
