"""Whether the house stands: database, Redis, worker and clock, each asked with a short time-out."""

import psycopg
import redis
from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

SECONDS = 2
OK = "ok"


@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """200 only when all four are "ok"; else 503, and each says what is the matter with it."""
    found = {"database": database(), **rest()}
    fine = all(state == OK for state in found.values())
    return JsonResponse(found, status=200 if fine else 503, headers={"Cache-Control": "no-store"})


def database() -> str:
    """A connection of its own, so that a pool in use does not look like a house on fire."""
    default = settings.DATABASES["default"]
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    wish = settings.DATABASE_OPTIONS | {name: default[key] for name, key in names.items() if default.get(key)}
    try:
        with psycopg.connect(**wish | {"connect_timeout": SECONDS}) as line:
            line.execute(f"SET statement_timeout = '{SECONDS}s'")
            line.execute("SELECT 1")
    except psycopg.Error:
        return "does not answer"
    return OK


def rest() -> dict[str, str]:
    """Redis, and through it the signs of life."""
    line = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=SECONDS, socket_connect_timeout=SECONDS)
    try:
        signs = [bool(line.exists(sign)) for sign in ("alive:worker", "alive:beat")]
    except redis.RedisError:
        return {"redis": "does not answer", "worker": "unknown", "beat": "unknown"}
    finally:
        line.close()
    worker, beat = (OK if sign else "no sign of life" for sign in signs)
    return {"redis": OK, "worker": worker, "beat": beat}
