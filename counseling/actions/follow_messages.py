"""Words to a visitor outside any sitting (相談の外のメッセージ), by a follow-up; and the answer to them noticed.

On LINE they are owed like every word, in order with everything else of that visitor. Where LINE is only the door it is
told alone that something waits, with a link that opens it once; on the web nothing is told, and the words wait behind
a return code.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from accounts.models import User
from counseling import crypto, opening, permissions
from counseling.actions import deliveries, doors, follow_ups, notes
from counseling.actions.messages import ClientIdReused
from counseling.actions.queue import NotForTrainees
from counseling.actions.sweeping import each
from counseling.follow_ups import OVER, CannotFollow, FollowState
from counseling.models import FollowUpMessage, ReturnCode, Session, Visitor
from counseling.models.program import ChannelKind, ChannelMode
from counseling.text import clean

WORDS_LIMIT = 2_000  # UTF-16 units: one push
KEY = "follow_up"
# Who writes so long after a message does not answer it.
ANSWERS_WITHIN = timedelta(days=30)


class CannotReach(Exception):
    """No way leads to the visitor; `code`: blocked (they blocked us on LINE), no_code (no return code is good)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def write(*, follow_up_id: int, by: User, client_id: UUID, words: str) -> FollowUpMessage:
    """Write to the visitor. The same `client_id` is one message. Trainees do not: nobody would read it before.

    Raises permissions.NotVisible, NotForTrainees, CannotFollow (it is over), CannotReach, text.UnacceptableText,
    ClientIdReused.
    """
    words = clean(words, limit=WORDS_LIMIT)
    visitor = _lock_visitor(follow_up_id)
    row = follow_ups.locked(follow_up_id, by)
    if permissions.trainees(row.program_id, [by.pk]):
        raise NotForTrainees
    same = FollowUpMessage.objects.filter(follow_up=row, by=by, client_id=client_id).first()
    if same:
        if same.said(visitor.key()) != words:
            raise ClientIdReused
        return same
    if FollowState(row.state) in OVER:
        raise CannotFollow(row.state)
    if code := hindrance(visitor):
        raise CannotReach(code)
    made = FollowUpMessage(follow_up=row, by=by, client_id=client_id)
    made.words = crypto.seal(visitor.key(), words, made.place)
    if is_on_line(visitor):
        made.delivery = deliveries.owe(visitor=visitor, channel=visitor.channel, notice=words, auto_key=KEY)
    elif door := visitor.door or _door(visitor):
        doors.call_to_letter(door)
    made.save(force_insert=True)
    return made


def _lock_visitor(follow_up_id: int) -> Visitor:
    """The visitor, and who they are on LINE, under their row locks, as every word to them is owed."""
    rows = Visitor.objects.select_for_update(of=("self",), no_key=True).select_related("channel", "program", "door")
    visitor = rows.filter(follow_ups=follow_up_id).exclude(wrapped_key=b"").first()
    if visitor is None:
        raise permissions.NotVisible
    if visitor.door_id:
        visitor.door = rows.get(pk=visitor.door_id)
    return visitor


def _door(visitor: Visitor) -> Visitor | None:
    """Who came by LINE, and has not been on the page yet, is told there."""
    return visitor if visitor.channel.kind == ChannelKind.LINE else None


def is_on_line(visitor: Visitor) -> bool:
    """Whether words themselves may stand on LINE for this visitor."""
    in_the_room = visitor.program.channel_mode == ChannelMode.LINE_TALK
    return visitor.channel.kind == ChannelKind.LINE and in_the_room


def hindrance(visitor: Visitor) -> str:
    """Why nothing can be written to this visitor: the codes of CannotReach; empty where it can."""
    on_line = visitor if visitor.channel.kind == ChannelKind.LINE else visitor.door
    if on_line is not None:
        return "blocked" if on_line.blocked_us_at else ""
    good = ReturnCode.objects.filter(visitor=visitor, ends_at__gt=timezone.now())
    return "" if good.exists() else "no_code"


def notice_answers() -> int:
    """Who was written to has come: their sitting says so, in a note for its counselor; how many did."""
    return each(list(_answered(timezone.now()).values_list("pk", flat=True)), _notice, timezone.now())


def _answered(now: datetime) -> QuerySet[Any]:
    """Unanswered messages whose visitor began a sitting after them, with its id."""
    came = Session.objects.filter(
        visitor=OuterRef("follow_up__visitor"), received_at__gt=OuterRef("at"), received_at__lt=OuterRef("until")
    )
    lately = FollowUpMessage.objects.filter(answered_in=None, at__gt=now - ANSWERS_WITHIN - timedelta(days=1))
    with_until = lately.annotate(until=F("at") + ANSWERS_WITHIN)
    return with_until.annotate(came=Subquery(came.order_by("pk").values("pk")[:1])).filter(came__isnull=False)


@transaction.atomic
def _notice(message_id: int, now: datetime) -> int:
    found = _answered(now).filter(pk=message_id).first()
    if found is None:
        return 0
    session = permissions.locked(found.came)
    message = FollowUpMessage.objects.select_for_update(of=("self",)).select_related("by").get(pk=message_id)
    if message.answered_in_id is not None:
        return 0
    message.answered_in = session
    message.save(update_fields=["answered_in"])
    when = opening.moment(message.at, "ja")
    told = f"(自動)要フォローで{when}に送ったメッセージのあとの相談です。いきさつは「要フォロー」で読めます。"
    notes.write_note(session, by=message.by, words=told)
    return 1


def way_to(visitor: Visitor) -> str:
    """How words reach this visitor: line, door, page."""
    if is_on_line(visitor):
        return "line"
    return "door" if visitor.door_id or visitor.channel.kind == ChannelKind.LINE else "page"
