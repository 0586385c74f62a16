"""What is left to the worker: the only file that names Celery's tasks.

A call only wakes the worker: what is owed stands in the database, and the sweep finds it when a call was lost.
So a call waits for the commit, never raises, and never waits long for Redis.
"""

import logging
import time
from functools import cache

from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu import Connection, pools

logger = logging.getLogger(__name__)

# Redis did not answer: for so long nobody else waits for it, and the sweep does the work.
SILENCE_SECONDS = 5.0
SHORT_TIMEOUTS = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5, "retry_on_timeout": False, "max_retries": 0}
_silent_until = 0.0


def deliver(visitor_id: int) -> None:
    """Send what is owed to the visitor."""
    _after_commit("deliver", visitor_id)


def offer(program_id: int) -> None:
    """Offer the program's waiting sessions to counselors with room."""
    _after_commit("offer", program_id)


def take_in(channel_id: int, source: str) -> None:
    """Take in the events of one person (by keyed hash) that are still new."""
    _after_commit("take_in", channel_id, source)


def fetch(message_id: int) -> None:
    """Fetch the content that came with the message."""
    _after_commit("fetch", message_id)


def send_mails(which: str) -> None:
    """Send the mails that are owed of this kind (tasks.MAILS)."""
    _after_commit("send_mails", which)


def notify(subscription_id: int) -> None:
    """Send what is owed to the place that is told of events."""
    _after_commit("notify", subscription_id)


def make_report(run_id: int) -> None:
    """Make the report that somebody froze."""
    _after_commit("reports.make", run_id)


def _after_commit(name: str, *args: int | str) -> None:
    transaction.on_commit(lambda: wake(name, *args), robust=True)


@cache
def _broker() -> Connection:
    return Connection(settings.CELERY_BROKER_URL, transport_options=SHORT_TIMEOUTS)


def wake(name: str, *args: int | str, expires: float | None = None) -> bool:
    """Publish the task at once; False when Redis did not take it. Never raises."""
    global _silent_until  # noqa: PLW0603 - one breaker a process
    if time.monotonic() < _silent_until:
        return False
    try:
        with pools.producers[_broker()].acquire(block=True, timeout=1) as producer:
            task = name if "." in name else f"counseling.{name}"
            current_app.send_task(task, args, producer=producer, retry=False, expires=expires)
    except Exception as error:  # noqa: BLE001 - whatever it is, the sweep takes over
        _silent_until = time.monotonic() + SILENCE_SECONDS
        logger.warning("the worker was not woken: %s", type(error).__name__)
        return False
    return True
