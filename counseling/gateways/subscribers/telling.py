"""What the worker does for the places that are told of events: a few at a time, so that no visitor waits for them."""

import threading

from celery import shared_task
from django.utils import timezone

from accounts import mail
from counseling import later
from counseling.actions import notifications, subscriptions
from counseling.gateways.base import give_back_connection
from counseling.gateways.subscribers.sending import send

# Another house's machine may answer slowly or never: so many of them at once have a thread, the rest are visitors'.
TELLERS = 4
_tellers = threading.BoundedSemaphore(TELLERS)
NOTIFICATIONS_IN_A_ROW = 10
# A call the sweep makes is void when the next but one sweep has come.
SWEPT_EXPIRES_SECONDS = 10.0


@shared_task(name="counseling.notify")
def notify(subscription_id: int) -> None:
    """Tell a place what is owed to it; who tells goes on with a place for which there was no room."""
    if not _tellers.acquire(blocking=False):
        return
    told = 0
    try:
        while told < NOTIFICATIONS_IN_A_ROW and _notify(subscription_id):
            told += 1
    finally:
        _tellers.release()
    for due in notifications.due_subscriptions(now=timezone.now(), most=1) if told else ():
        later.wake("notify", due, expires=SWEPT_EXPIRES_SECONDS)


def _notify(subscription_id: int) -> bool:
    claimed = notifications.claim(subscription_id=subscription_id, now=timezone.now())
    if claimed is None:
        return False
    give_back_connection()
    heard = send(claimed)
    notifications.record(claimed=claimed, heard=heard, now=timezone.now())
    return heard.is_taken


def wake_notifications() -> None:
    """What machines are to be told, and claims that ran out; what is old is forgotten."""
    now = timezone.now()
    notifications.forget(now=now)
    for subscription_id in notifications.due_subscriptions(now=now):
        later.wake("notify", subscription_id, expires=SWEPT_EXPIRES_SECONDS)


@shared_task(name="counseling.tell_stop")
def tell_stop(subscription_id: int) -> None:
    """Mail administrators that a place is told nothing any more."""
    stopped = subscriptions.claim_stop(subscription_id=subscription_id, now=timezone.now())
    if stopped is None:
        return
    program, host = stopped.program, stopped.host
    link = mail.address_of("office:subscription", program.slug, str(subscription_id))
    give_back_connection()
    context = {"program": program.name, "host": host, "since": stopped.since, "link": link}
    told = [mail.send("notifications_stopped", to, **context) for to in stopped.recipients]
    if any(told):
        subscriptions.record_stop_told(subscription_id=subscription_id, now=timezone.now())


def wake_stops() -> None:
    """Places that stopped, of which nobody knows."""
    for subscription_id in subscriptions.due_stops(now=timezone.now()):
        later.wake("tell_stop", subscription_id, expires=SWEPT_EXPIRES_SECONDS)
