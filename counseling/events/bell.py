"""Groups and their rings: a ring carries a group's name and nothing else; losing one is harmless."""

import json
import logging
import time
from functools import cache

import redis
from django.conf import settings
from django.db import transaction

logger = logging.getLogger(__name__)

# Redis swallowed a ring: for so long no request waits for it again.
SILENCE_SECONDS = 2.0
_silent_until = 0.0


def session_group(session_id: int) -> str:
    """Rung when the session has a new version."""
    return f"session.{session_id}"


def board_group(program_id: int) -> str:
    """Rung when anything on the program's board changed."""
    return f"board.{program_id}"


def user_group(user_id: int) -> str:
    """Rung when a person's logins, roles or rights changed: their sockets look again at once."""
    return f"user.{user_id}"


def typing_message(session_id: int, who: str) -> dict[str, str | int]:
    """What is sent to a session's group while somebody writes; never stored."""
    return {"type": "typing", "group": session_group(session_id), "session": session_id, "who": who}


def watching_message(session_id: int, process: str, users: list[int]) -> dict[str, object]:
    """What a process sends to a session's group about who reads along from its sockets; never stored."""
    return {"type": "watching", "group": session_group(session_id), "process": process, "users": users}


@cache
def _bell() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5)


def ring_now(groups: tuple[str, ...]) -> None:
    """Ring these groups at once, in the words the channel layer expects. Never raises: who misses a ring polls."""
    global _silent_until  # noqa: PLW0603 - one breaker a process
    if time.monotonic() < _silent_until:
        return
    try:
        with _bell().pipeline(transaction=False) as pipe:
            for group in groups:
                name = f"{settings.CHANNEL_PREFIX}__group__{group}"
                pipe.publish(name, json.dumps({"type": "ring", "group": group}))
            pipe.execute()
    except redis.RedisError as error:
        if isinstance(error, redis.TimeoutError):
            _silent_until = time.monotonic() + SILENCE_SECONDS
        logger.warning("rings lost: %s", type(error).__name__)


def ring(*groups: str) -> None:
    """Ring these groups once the present transaction commits."""
    transaction.on_commit(lambda: ring_now(groups), robust=True)
