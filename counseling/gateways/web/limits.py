"""How many messages one visitor may send in a short time. Redis counts; without Redis nobody is held back."""

import hashlib
import time

import redis
from django.core.cache import cache

# A person back from a tunnel sends a dozen kept messages in one go; a flood sends fifty a second.
MESSAGES = 30
WINDOW_SECONDS = 10
# Redis did not answer: for so long nobody waits for it again.
SILENCE_SECONDS = 2.0
_silent_until = 0.0


def may_write(identity: str) -> bool:
    """Whether this visitor may send one more message now."""
    global _silent_until  # noqa: PLW0603 - one breaker a process
    if time.monotonic() < _silent_until:
        return True
    # The cookie's token is a key to the talk: only its hash goes to Redis.
    key = f"talk.pace:{hashlib.sha256(identity.encode()).hexdigest()}"
    try:
        cache.add(key, 0, WINDOW_SECONDS)
        count = cache.incr(key)
        if count == 1:
            # The window may have ended just before: counting would have made a key without an end, for ever full.
            cache.touch(key, WINDOW_SECONDS)
    except ValueError:  # the window ended between the two calls
        return True
    except (redis.RedisError, OSError):
        _silent_until = time.monotonic() + SILENCE_SECONDS
        return True
    return count <= MESSAGES
