"""What the worker does: join an action to its gateway, and sweep up what no call has woken.

Every task may run twice, late or never: what is owed stands in the database.
"""

import logging
import threading
from collections.abc import Callable
from functools import partial

from celery import shared_task
from django.utils import timezone

from accounts import mail
from counseling import later
from counseling.actions import (
    attachments,
    call_mails,
    callins,
    calls,
    channels,
    characters,
    consents,
    deliveries,
    doorbell,
    doors,
    duty,
    idle,
    inbox,
    intake,
    lost,
    offers,
    on_call,
    phone_clock,
    practice_erasure,
    quotas,
    receptions,
    shift_notices,
    shortage,
    stages,
    traces,
    volunteers,
)
from counseling.connection import Usage
from counseling.gateways.base import Gateway, give_back_connection
from counseling.gateways.registry import GATEWAYS, LINE
from counseling.gateways.subscribers import telling
from counseling.models import Channel
from counseling.outcomes import Outcome, Verdict

logger = logging.getLogger(__name__)

# One visitor's pushes in a row before others have their turn.
PUSHES_IN_A_ROW = 20
# Contents are large and come slowly: more at once would fill the memory and keep the threads from words.
FETCHERS = 4
_fetchers = threading.BoundedSemaphore(FETCHERS)
# A call the sweep makes is void when the next but one sweep has come.
SWEPT_EXPIRES_SECONDS = 10.0
# Mails in a row before the next sweep goes on with them.
MAILS_IN_A_ROW = 20


@shared_task(name="counseling.deliver")
def deliver(visitor_id: int) -> None:
    """Send what is owed to the visitor, in order, until nothing is due."""
    for _push in range(PUSHES_IN_A_ROW):
        push = deliveries.claim_push(visitor_id=visitor_id, now=timezone.now())
        if push is None:
            return
        outcome = push.settled or send(push)
        deliveries.record_outcome(push=push, outcome=outcome, now=timezone.now())
    later.wake("deliver", visitor_id)


def send(push: deliveries.Push) -> Outcome:
    """Push through the channel's gateway; a refused token is read again once, as it may have been changed."""
    gateway = GATEWAYS[push.channel.kind]
    give_back_connection()
    outcome = gateway.push(push.channel, push.address, push.texts, push.key, push.replies)
    if outcome.verdict == Verdict.UNAUTHORISED:
        push.channel.refresh_from_db()
        give_back_connection()
        outcome = gateway.push(push.channel, push.address, push.texts, push.key, push.replies)
    return outcome


@shared_task(name="counseling.offer")
def offer(program_id: int) -> None:
    """Offer the program's waiting sessions to counselors with room."""
    offers.offer_waiting(program_id=program_id)


@shared_task(name="counseling.take_in")
def take_in(channel_id: int, source: str) -> None:
    """Take in what is new from one person or place."""
    channel = Channel.objects.get(pk=channel_id)
    gateway = GATEWAYS[channel.kind]
    inbox.take_in(
        channel_id=channel_id, source=source, read=gateway.read, leave=lambda invited: gateway.leave(channel, invited)
    )


@shared_task(name="counseling.fetch")
def fetch(message_id: int) -> None:
    """Fetch the content that came with the message; who fetches goes on with those that found no place."""
    if not _fetchers.acquire(blocking=False):
        return
    try:
        fetched = _fetch(message_id)
    finally:
        _fetchers.release()
    for due in attachments.due_messages(now=timezone.now(), most=1) if fetched else ():
        later.wake("fetch", due, expires=SWEPT_EXPIRES_SECONDS)


def _fetch(message_id: int) -> bool:
    fetching = attachments.claim_fetch(message_id=message_id, now=timezone.now())
    if fetching is None:
        return False
    gateway: Gateway = GATEWAYS[fetching.channel.kind]
    give_back_connection()
    content = gateway.fetch(fetching.channel, fetching.external_id, fetching.most_bytes)
    attachments.record_content(fetching=fetching, content=content, now=timezone.now())
    return True


def _send(send_next: Callable[..., bool]) -> None:
    """Send what is owed, mail by mail, so many in a row."""
    all(send_next(now=timezone.now()) for _mail in range(MAILS_IN_A_ROW))


@shared_task(name="counseling.tell_shifts")
def tell_shifts() -> None:
    """Tell people by mail that published shifts of theirs changed."""
    _send(shift_notices.send_next)


@shared_task(name="counseling.send_call_ins")
def send_call_ins() -> None:
    """Mail those who were asked to come."""
    _send(callins.send_next)


@shared_task(name="counseling.send_on_call_mails")
def send_on_call_mails() -> None:
    """Mail who is on call that somebody may be in danger."""
    _send(on_call.send_next)


@shared_task(name="counseling.send_call_mails")
def send_call_mails() -> None:
    """Mail those to whom a call has come that nobody answered."""
    _send(call_mails.send_next)


@shared_task(name="counseling.send_phone_mails")
def send_phone_mails() -> None:
    """Mail those who must know that a call is overdue."""
    _send(phone_clock.send_next)


@shared_task(name="counseling.tell_shortage")
def tell_shortage(program_id: int) -> None:
    """Mail those who could come that reception stands still for want of people."""
    lacking = shortage.claim_shortage(program_id=program_id, now=timezone.now())
    if lacking is None:
        return
    link = mail.address_of("console")
    give_back_connection()
    told = [mail.send("shortage", to, link=link, **lacking.numbers()) for to in lacking.recipients]
    if any(told):
        shortage.record_told(program_id=program_id, now=timezone.now())


def wake_shortages() -> None:
    """Programs that lack people in their hours."""
    for program_id in shortage.due_programs(now=timezone.now()):
        later.wake("tell_shortage", program_id, expires=SWEPT_EXPIRES_SECONDS)


@shared_task(name="counseling.count_messages")
def count_messages(channel_id: int) -> None:
    """Ask LINE how many of the month's messages are used, and once a day how many friends there are."""
    count = quotas.claim_count(channel_id=channel_id, now=timezone.now())
    if count is None:
        return
    give_back_connection()
    usage = LINE.usage(count.channel)
    if not isinstance(usage, Usage):
        logger.info("the messages of channel %s were not counted: %s", channel_id, usage)
        return
    followers = LINE.followers(count.channel, count.friends_on) if count.friends_on else None
    quotas.record_usage(channel_id=channel_id, usage=usage, now=timezone.now())
    if followers and count.friends_on:
        quotas.record_followers(channel_id=channel_id, followers=followers, day=count.friends_on)


@shared_task(name="counseling.tell_quota")
def tell_quota(channel_id: int) -> None:
    """Mail administrators that the month's messages run out: once for each threshold."""
    warning = quotas.claim_warning(channel_id=channel_id, now=timezone.now())
    if warning is None:
        return
    link = mail.address_of("office:line", warning.slug)
    give_back_connection()
    told = [mail.send("quota", to, link=link, **warning.numbers()) for to in warning.recipients]
    if any(told):
        quotas.record_warned(channel_id=channel_id, threshold=warning.threshold, now=timezone.now())


def wake_quotas() -> None:
    """Channels whose messages are to be counted, and those of which somebody must know."""
    for channel_id in quotas.due_counts(now=timezone.now()):
        later.wake("count_messages", channel_id, expires=SWEPT_EXPIRES_SECONDS)
    for channel_id in quotas.due_warnings(now=timezone.now()):
        later.wake("tell_quota", channel_id, expires=SWEPT_EXPIRES_SECONDS)


def wake_deliveries() -> None:
    """Words that are due, and claims that ran out."""
    for visitor_id in deliveries.due_visitors(now=timezone.now()):
        later.wake("deliver", visitor_id, expires=SWEPT_EXPIRES_SECONDS)


def wake_inbox() -> None:
    """Events that were stored and not taken in."""
    for channel_id, source in inbox.due_sources(now=timezone.now()):
        later.wake("take_in", channel_id, source, expires=SWEPT_EXPIRES_SECONDS)


def wake_attachments() -> None:
    """Contents that were not ready."""
    for message_id in attachments.due_messages(now=timezone.now()):
        later.wake("fetch", message_id, expires=SWEPT_EXPIRES_SECONDS)


def resume_channels() -> None:
    """Channels whose month is over."""
    channels.resume_in_new_month(now=timezone.now())


# Whether mails are owed, by the task that sends them.
MAILS: dict[str, Callable[..., bool]] = {
    "tell_shifts": shift_notices.is_due,
    "send_call_ins": callins.is_due,
    "send_on_call_mails": on_call.is_due,
    "send_call_mails": call_mails.is_due,
    "send_phone_mails": phone_clock.is_due,
}


def wake_mails(task: str, is_due: Callable[..., bool]) -> None:
    """Mails that did not go out at once."""
    if is_due(now=timezone.now()):
        later.wake(task, expires=SWEPT_EXPIRES_SECONDS)


PARTS: tuple[Callable[[], object], ...] = (
    wake_inbox,
    wake_deliveries,
    wake_attachments,
    lost.watch,
    calls.escalate,
    phone_clock.watch,
    offers.lapse,
    offers.offer_everywhere,
    idle.walk,
    intake.lapse,
    consents.forget_unread,
    doorbell.ring,
    doors.forget,
    stages.turn_away_waiting,
    duty.follow_shifts,
    duty.close_forgotten,
    duty.end_pauses,
    wake_shortages,
    resume_channels,
    wake_quotas,
    *(partial(wake_mails, task, is_due) for task, is_due in MAILS.items()),
    receptions.watch,
    telling.wake_notifications,
    telling.wake_stops,
    traces.forget,
    volunteers.forget,
    characters.walk,
    practice_erasure.forget,
)


@shared_task(name="counseling.sweep")
def sweep() -> None:
    """Take up what was lost or has become due; a part that fails does not stop the others."""
    for part in PARTS:
        try:
            part()
        except Exception as error:  # noqa: BLE001 - the next sweep tries again
            logger.warning("the sweep's %s failed: %s", getattr(part, "__name__", "mails"), type(error).__name__)
            # A connection that broke under one part would fail all the others.
            give_back_connection()
