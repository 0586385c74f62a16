"""What the worker does: join an action to its gateway, and sweep up what no call has woken.

Every task may run twice, late or never: what is owed stands in the database.
"""

import logging
import threading
from collections import defaultdict
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
    follow_clock,
    follow_messages,
    forgetting,
    idle,
    inbox,
    intake,
    lost,
    offers,
    on_call,
    phone_clock,
    quotas,
    receptions,
    record_clock,
    referral_clock,
    shift_notices,
    shortage,
    stages,
    survey_alarms,
    surveys,
    visit_clock,
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


# Whose mails are owed, by name: whether any is due, and what sends the next.
MAILS: dict[str, tuple[Callable[..., bool], Callable[..., bool]]] = {
    "shifts": (shift_notices.is_due, shift_notices.send_next),
    "call_ins": (callins.is_due, callins.send_next),
    "on_call": (on_call.is_due, on_call.send_next),
    "calls": (call_mails.is_due, call_mails.send_next),
    "phone": (phone_clock.is_due, phone_clock.send_next),
    "surveys": (survey_alarms.is_due, survey_alarms.send_next),
    "records": (record_clock.is_due, record_clock.send_next),
    "referrals": (referral_clock.is_due, referral_clock.send_next),
    "follow_ups": (follow_clock.is_due, follow_clock.send_next),
    "visits": (visit_clock.is_due, visit_clock.send_next),
}


@shared_task(name="counseling.send_mails")
def send_mails(which: str) -> None:
    """Send what is owed, mail by mail, so many in a row."""
    _is_due, send_next = MAILS[which]
    all(send_next(now=timezone.now()) for _mail in range(MAILS_IN_A_ROW))


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


def wake_mails(which: str) -> None:
    """Mails that did not go out at once."""
    is_due, _send_next = MAILS[which]
    if is_due(now=timezone.now()):
        later.wake("send_mails", which, expires=SWEPT_EXPIRES_SECONDS)


PARTS: tuple[Callable[[], object], ...] = (
    wake_inbox,
    wake_deliveries,
    wake_attachments,
    lost.watch,
    calls.escalate,
    phone_clock.watch,
    record_clock.watch,
    referral_clock.watch,
    follow_clock.watch,
    follow_messages.notice_answers,
    visit_clock.watch,
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
    *(partial(wake_mails, which) for which in MAILS),
    receptions.watch,
    telling.wake_notifications,
    telling.wake_stops,
    characters.walk,
    surveys.send,
    surveys.settle,
    *forgetting.PARTS,
)


# One for each part, held while it runs here: sweeps that take longer than their pace would pile up on each other.
_running: defaultdict[Callable[[], object], threading.Lock] = defaultdict(threading.Lock)


@shared_task(name="counseling.sweep")
def sweep() -> None:
    """Take up what was lost or has become due; a part that fails or takes its time does not stop the others."""
    for part in PARTS:
        if not _running[part].acquire(blocking=False):
            continue
        try:
            part()
        except Exception as error:  # noqa: BLE001 - the next sweep tries again
            logger.warning("the sweep's %s failed: %s", getattr(part, "__name__", "mails"), type(error).__name__)
            # A connection that broke under one part would fail all the others.
            give_back_connection()
        finally:
            _running[part].release()
