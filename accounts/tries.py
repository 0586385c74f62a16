"""How often people behind one address may try something: generous, for a call centre shares one, and never in line.

allauth's own limits take turns at a lock, which is right for one account; fifty people at the start of a shift would
wait for each other there, and those who wait too long would be refused.
"""

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

SECONDS = 60


def too_many(request: HttpRequest, what: str = "tries", most: int | None = None) -> bool:
    """Counts this try; whether its address had more than `most` within a minute (settings.TRIES_PER_ADDRESS)."""
    key = f"{what}:{get_ip(request)}"
    cache.add(key, 0, SECONDS)
    try:
        return bool(cache.incr(key) > (settings.TRIES_PER_ADDRESS if most is None else most))
    except ValueError:
        return False  # the minute ended just now
