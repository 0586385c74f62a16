"""The worker and its clock: Celery wakes and schedules, it never owns a message.

The one place where Celery's signals are used: each process says that it lives.
"""

import logging
import os
import time
from typing import Any

import redis
from celery import Celery, signals
from celery.beat import Scheduler
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

logger = logging.getLogger(__name__)

app = Celery("madoguchi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["counseling", "reports"])

# However long Redis is away, the worker waits for it.
app.conf.broker_connection_max_retries = None
# A line for every call would bury what matters, a sweep every few seconds most of all.
for chatty in ("celery.beat", "celery.worker.strategy", "celery.app.trace"):
    logging.getLogger(chatty).setLevel(logging.WARNING)

SWEEP_SECONDS = 3.0
# Reports and their mails can wait a little longer than people.
REPORTS_SECONDS = 15.0
# Until then figures of a day that changed are counted anew by whoever asks.
DAYS_SECONDS = 300.0
# Everything that runs by the clock: name, task, seconds between, seconds after which a call is void.
BEAT: tuple[tuple[str, str, float, float], ...] = (
    ("sweep", "counseling.sweep", SWEEP_SECONDS, SWEEP_SECONDS * 2),
    ("reports", "reports.sweep", REPORTS_SECONDS, REPORTS_SECONDS * 2),
    ("days", "reports.keep_days", DAYS_SECONDS, DAYS_SECONDS * 2),
)
app.conf.beat_schedule = {
    name: {"task": task, "schedule": every, "options": {"expires": void, "retry": False}}
    for name, task, every, void in BEAT
}
app.conf.beat_scheduler = "config.celery:Clock"

# A sign of life lasts this long: /health misses a process that died a moment later at the latest.
LIFE_SECONDS = 15
WORKER_SIGN, BEAT_SIGN = "alive:worker", "alive:beat"
_lines: dict[str, redis.Redis] = {}


def say_alive(sign: str) -> None:
    """Leave a sign of life in Redis; never raises, never waits long."""
    if sign not in _lines:
        _lines[sign] = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)
    try:
        _lines[sign].set(sign, int(time.time()), ex=LIFE_SECONDS)
    except redis.RedisError as error:
        logger.warning("no sign of life could be left: %s", type(error).__name__)


@signals.heartbeat_sent.connect
def worker_lives(**_: Any) -> None:
    """The worker's own timer beats every two seconds, as long as it is connected."""
    say_alive(WORKER_SIGN)


@signals.worker_init.connect
def load_gateways(**_: Any) -> None:
    """LINE's SDK takes seconds to load: not at somebody's first message."""
    import counseling.gateways.line.account
    import counseling.gateways.line.client
    import counseling.gateways.line.content  # noqa: F401


class Clock(Scheduler):
    """Celery's clock without a file on disk: it holds intervals of seconds only, and says that it lives."""

    max_interval = 2

    def tick(self, *arguments: Any, **options: Any) -> float:
        """One step of the clock."""
        say_alive(BEAT_SIGN)
        seconds: float = super().tick(*arguments, **options)
        return seconds
