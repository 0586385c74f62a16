"""The outbox: what is owed to a visitor, one push at a time, and what became of it.

Owed in the same transaction as the words; claimed under row locks; recorded with the log. A gateway pushes
between claim and record, so a crash anywhere leaves a claim that expires, and the same key is sent again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from counseling import crypto, later, outcomes, permissions, timeline
from counseling.models import Channel, Delivery, Message, Session, Visitor
from counseling.models.delivery import DeliveryState
from counseling.models.program import ChannelKind
from counseling.outcomes import Outcome, Verdict
from counseling.text import split_utf16

# One push holds at most five message objects (LINE Messaging API reference, "Send push message").
PUSH_PARTS = 5
CLAIM_LIFE = timedelta(seconds=30)
OWED = (DeliveryState.QUEUED, DeliveryState.SENDING)
UNCERTAIN = Verdict.UNCERTAIN.value


class TooLong(Exception):
    """The words do not fit into one push."""


def owe(
    *, visitor: Visitor, channel: Channel, message: Message | None = None, words: str = "", notice: str = ""
) -> Delivery | None:
    """Owe the visitor a message of a session with its `words`, or a `notice` outside any session.

    None where the channel carries nothing out (the web page reads by itself) or there are no words. Raises TooLong.
    """
    parts = len(split_utf16(words or notice))
    if channel.kind == ChannelKind.WEB or parts == 0:
        return None
    if parts > PUSH_PARTS:
        raise TooLong(parts)
    delivery = Delivery(visitor=visitor, channel=channel, message=message, parts=parts)
    if message is None:
        delivery.text = crypto.seal(visitor.key(), notice, delivery.place)
    delivery.save(force_insert=True)
    later.deliver(visitor.pk)
    return delivery
