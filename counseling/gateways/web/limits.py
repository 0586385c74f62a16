"""How many messages one visitor may send in a short time. Redis counts; without Redis nobody is held back."""

import hashlib
import time
from functools import cache

import redis
from django.conf import settings

# A person back from a tunnel sends a dozen kept messages in one go; a flood sends fifty a second.
MESSAGES = 30
WINDOW_SECONDS = 10
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
