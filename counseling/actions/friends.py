"""A LINE friend comes, goes, or writes where LINE is only the door."""

from django.db import transaction
from django.utils import timezone

from counseling.actions import deliveries, doors
from counseling.actions.visits import part, present_sitting, visitor_for
from counseling.lifecycle import EndReason
from counseling.models import Channel, Visitor
from counseling.models.edition import text_for
from counseling.models.prepared import Prepared
from counseling.models.program import ChannelMode

_channel = Prepared(lambda channel_id: Channel.objects.select_related("program").filter(pk=channel_id), int)


@transaction.atomic
def follow(*, channel_id: int, identity: str) -> None:
    """Someone added the LINE account as a friend, or unblocked it: the greeting is owed."""
    visitor = visitor_for(channel_id=channel_id, identity=identity, create=True)
    if visitor is None:
        return
    Visitor.objects.filter(pk=visitor.pk).update(blocked_us_at=None)
    greeting = text_for(visitor.program, "greeting", visitor.language)
    deliveries.owe(visitor=visitor, channel=visitor.channel, notice=greeting, auto_key="greeting")


@transaction.atomic
def point_elsewhere(*, channel_id: int, identity: str, words: str = "") -> bool:
    """Where LINE is only the door, what comes there is answered with the way to the page, and not kept; else False."""
    channel = _channel(channel_id)[0]
    if channel.program.channel_mode == ChannelMode.LINE_TALK:
        return False
    visitor = visitor_for(channel_id=channel_id, identity=identity, create=True)
    if visitor:
        doors.show_way(visitor, words)
    return True


@transaction.atomic
def unfollow(*, channel_id: int, identity: str) -> None:
    """The visitor blocked our LINE account: nothing we send would be seen any more."""
    visitor = visitor_for(channel_id=channel_id, identity=identity, create=False)
    if visitor is None:
        return
    Visitor.objects.filter(pk=visitor.pk).update(blocked_us_at=timezone.now())
    session = present_sitting(visitor)
    if session is not None:
        part(session, EndReason.VISITOR_BLOCKED)
