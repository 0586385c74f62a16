"""The outbox: what is owed to a visitor, one push at a time, and what became of it.

Owed in the same transaction as the words; claimed under row locks; recorded with the log. A gateway pushes
between claim and record, so a crash anywhere leaves a claim that expires, and the same key is sent again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from counseling import crypto, events, later, outcomes, permissions, quick_replies, timeline
from counseling.models import Channel, Delivery, Message, Visitor
from counseling.models.delivery import DeliveryState
from counseling.models.prepared import Prepared, insert
from counseling.models.program import ChannelKind
from counseling.outcomes import Outcome, Verdict
from counseling.quick_replies import QuickReply
from counseling.text import LINE_PUSH_TEXTS, split_utf16

PUSH_PARTS = LINE_PUSH_TEXTS
CLAIM_LIFE = timedelta(seconds=30)
# Notices whose link is the way to somebody's answers, or to what we wrote to them: they go as soon as they are settled.
FORGOTTEN = frozenset({"survey_invite", "survey_link", "letter_here"})
LONGEST_RETRY_AFTER = timedelta(hours=1)
OWED = (DeliveryState.QUEUED, DeliveryState.SENDING)


class TooLong(Exception):
    """The words do not fit into one push."""


@dataclass(frozen=True)
class Push:
    """One request to make under a claim. `settled` is set when no request is to be made at all.

    `reason` is why it was delayed before, empty at the first try; `key`, `texts` and the buttons below the last of
    them (`replies`) never change between tries.
    """

    channel: Channel
    address: str
    texts: tuple[str, ...]
    key: UUID
    ids: tuple[int, ...]
    messages: tuple[Message, ...]
    tries: int
    reason: str
    claimed_until: datetime
    settled: Outcome | None = None
    replies: tuple[QuickReply, ...] = ()
    forgets: bool = False


def owe(
    *,
    visitor: Visitor,
    channel: Channel,
    message: Message | None = None,
    words: str = "",
    notice: str = "",
    auto_key: str = "",
    replies: Sequence[QuickReply] = (),
) -> Delivery | None:
    """Owe the visitor a message of a session with its `words`, or a `notice` (the text `auto_key`) outside any session.

    `replies` are buttons below it: LINE shows them until something else is said.

    None where the channel carries nothing out (the web page reads by itself) or there are no words. Raises TooLong.
    """
    parts = len(split_utf16(words or notice))
    if channel.kind == ChannelKind.WEB or parts == 0:
        return None
    if parts > PUSH_PARTS:
        raise TooLong(parts)
    delivery = Delivery(visitor=visitor, channel=channel, message=message, auto_key=auto_key, parts=parts)
    if message is None:
        delivery.text = crypto.seal(visitor.key(), notice, delivery.place)
    if replies:
        delivery.replies = crypto.seal(visitor.key(), quick_replies.written(replies), delivery.place_of_replies)
    insert(delivery)
    later.deliver(visitor.pk)
    return delivery


def due_visitors(*, now: datetime, most: int = 500) -> list[int]:
    """Visitors whose oldest owed delivery may be tried at `now`; a delayed one holds back those behind it."""
    heads = (
        Delivery.objects.filter(state__in=OWED, channel__paused_because="")
        .order_by("visitor_id", "pk")
        .distinct("visitor_id")
    )
    late = now + outcomes.LONGEST_AHEAD
    due = Q(state=DeliveryState.QUEUED) & (Q(next_try_at__lte=now) | Q(next_try_at__gt=late))
    due |= Q(state=DeliveryState.SENDING) & (Q(claimed_until__lte=now) | Q(claimed_until__gt=late))
    rows = Delivery.objects.filter(due, pk__in=heads.values("pk")).order_by("next_try_at")
    return list(rows.values_list("visitor_id", flat=True)[:most])


_owed = Prepared(
    lambda visitor_id: (
        Delivery.objects.select_for_update(of=("self",), no_key=True)
        .select_related("visitor", "channel", "message")
        .filter(visitor=visitor_id, state__in=OWED)
        .order_by("pk")[:PUSH_PARTS]
    ),
    int,
)


@transaction.atomic
def claim_push(*, visitor_id: int, now: datetime) -> Push | None:
    """Claim the visitor's next push for CLAIM_LIFE; None when nothing may be sent at `now`.

    What was tried before is sent again as the same group with the same key; fresh neighbours share a push.
    """
    owed = _owed(visitor_id)
    if not owed or _is_held(owed[0], now):
        return None
    group = _group(owed)
    push = _push(group, now)
    if push.settled is None and push.channel.paused_because:
        return None
    Delivery.objects.filter(pk__in=push.ids).update(
        state=DeliveryState.SENDING,
        push_key=push.key,
        claimed_until=push.claimed_until,
        tries=F("tries") + 1,
        first_try_at=Coalesce("first_try_at", now),
        reason=push.reason,
    )
    return push


def _is_held(first: Delivery, now: datetime) -> bool:
    if first.state == DeliveryState.SENDING:
        return first.claimed_until is not None and not outcomes.is_due(first.claimed_until, now)
    return not outcomes.is_due(first.next_try_at, now)


def _group(owed: list[Delivery]) -> list[Delivery]:
    first = owed[0]
    if first.tries:
        return [delivery for delivery in owed if delivery.push_key == first.push_key]
    group: list[Delivery] = []
    parts = 0
    for delivery in owed:
        parts += delivery.parts
        if delivery.tries or parts > PUSH_PARTS:
            break
        group.append(delivery)
    return group


def _push(group: list[Delivery], now: datetime) -> Push:
    first = group[0]
    # A claim that ran out: the one who had it may have sent it or not.
    reason = Verdict.UNCERTAIN.value if first.state == DeliveryState.SENDING else first.reason
    settled = _settled(first, now)
    address = ""
    texts: tuple[str, ...] = ()
    replies: tuple[QuickReply, ...] = ()
    if settled is None:
        try:
            key = first.visitor.key()
            address, texts = first.visitor.address(), tuple(part for one in group for part in _parts(one, key))
            replies = _replies(group[-1], key)
        except crypto.CannotOpen:
            settled = Outcome(Verdict.REFUSED, "erased")
    return Push(
        channel=first.channel,
        address=address,
        texts=texts,
        key=first.push_key,
        ids=tuple(delivery.pk for delivery in group),
        messages=tuple(delivery.message for delivery in group if delivery.message),
        tries=first.tries + 1,
        reason=reason,
        claimed_until=now + CLAIM_LIFE,
        settled=settled,
        replies=replies,
        forgets=any(delivery.auto_key in FORGOTTEN for delivery in group),
    )


def _settled(first: Delivery, now: datetime) -> Outcome | None:
    if first.visitor.blocked_us_at and not first.tries:
        return Outcome(Verdict.REFUSED, "blocked")
    if outcomes.is_expired(first.first_try_at, now):
        return Outcome(Verdict.EXPIRED, "expired")
    return None


def _parts(delivery: Delivery, key: bytes) -> list[str]:
    message = delivery.message
    words = message.words(key) if message else crypto.open_text(key, delivery.text, delivery.place)
    return split_utf16(words)


def _replies(last: Delivery, key: bytes) -> tuple[QuickReply, ...]:
    """The buttons below a push: LINE shows those of its last message alone."""
    kept = crypto.open_text(key, last.replies, last.place_of_replies) if last.replies else ""
    return quick_replies.read(kept)


@transaction.atomic
def record_outcome(*, push: Push, outcome: Outcome, now: datetime) -> bool:
    """Record what became of a claimed push; False when the claim had run out and another took over.

    Sent, refused, unknown and the first delay are told to the consoles with the session's next version.
    """
    sessions = {pk: permissions.locked(pk) for pk in sorted({message.session_id for message in push.messages})}
    changes = _after(push, outcome, now)
    if push.forgets and "done_at" in changes:
        changes |= {"text": b"", "replies": b""}
    claimed = Delivery.objects.filter(
        pk__in=push.ids, state=DeliveryState.SENDING, claimed_until=push.claimed_until
    ).update(claimed_until=None, **changes)
    if not claimed:
        return False
    if outcome.verdict in outcomes.PAUSING:
        _pause(push.channel, outcome.verdict, now)
    if outcome.verdict in outcomes.NOT_TAKEN | {Verdict.UNCERTAIN} and push.reason:
        return True
    for message in push.messages:
        session = sessions[message.session_id]
        version = timeline.next_version(session)
        Message.objects.filter(pk=message.pk).update(version=version)
        timeline.record(session, "delivery.changed", at=now, message=message, version=version)
    return True


def _after(push: Push, outcome: Outcome, now: datetime) -> dict[str, Any]:
    verdict = outcome.verdict
    if verdict in outcomes.ARRIVED:
        return {"state": DeliveryState.SENT, "reason": "", "done_at": now}
    if verdict == Verdict.REFUSED:
        return {"state": DeliveryState.REFUSED, "reason": outcome.reason or "refused", "done_at": now}
    if verdict == Verdict.EXPIRED:
        return {"state": DeliveryState.UNKNOWN, "reason": outcome.reason, "done_at": now}
    uncertain = Verdict.UNCERTAIN in {verdict, push.reason}
    pause = outcomes.wait(push.tries)
    if outcome.retry_after is not None:
        pause = min(max(pause, timedelta(seconds=outcome.retry_after)), LONGEST_RETRY_AFTER)
    changes: dict[str, Any] = {
        "state": DeliveryState.QUEUED,
        "reason": Verdict.UNCERTAIN.value if uncertain else verdict.value,
        "next_try_at": now if verdict in outcomes.PAUSING else now + pause,
    }
    # The platform certainly took nothing so far: the 23 hours have not begun.
    return changes if uncertain else changes | {"first_try_at": None}


def _pause(channel: Channel, verdict: Verdict, now: datetime) -> None:
    Channel.objects.filter(pk=channel.pk, paused_because="").update(paused_because=verdict.value, paused_at=now)
    events.ring(events.board_group(channel.program_id))
