"""The entry to a talk on LINE that needs no word: 相談する on the rich menu.

The one place for what lies between the tap and the queue.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from counseling import feeds, lifecycle
from counseling.actions import admission, friends, intake, keeping_out, notices, visits
from counseling.actions.writing import tell
from counseling.lifecycle import Refusal, State
from counseling.models import Message, Session
from counseling.models.edition import text_for
from counseling.models.message import Author


@transaction.atomic
def enter(*, channel_id: int, identity: str) -> None:
    """Somebody asks for a talk without saying a word yet: as their first word would, and nothing empty is written.

    Opens a sitting, tells how an open one stands, says again why none is taken now; where LINE is only the door,
    gives the page's address.
    """
    if friends.point_elsewhere(channel_id=channel_id, identity=identity):
        return
    visitor = visits.visitor_for(channel_id=channel_id, identity=identity, create=True)
    if visitor is None:
        return
    present = visits.present_sitting(visitor)
    # Unlike a word of thanks, this asks for another talk while the record of the last one is being written.
    if present is None or present.state == State.WRAP_UP:
        intake.admit(visits.open_sitting(visitor))
    elif present.state == State.INTAKE:
        intake.ask_again(present)
    elif present.state in lifecycle.OPEN:
        _go_on(present, timezone.now())
    else:
        out_of_scope = Refusal.OUT_OF_SCOPE if present.state == State.OUT_OF_SCOPE else None
        now = timezone.now()
        why = out_of_scope or admission.refusal_for(visitor, now) or Refusal.OFF_HOURS
        answer = keeping_out.answer_to(visitor, why, now, visitor.language)
        words = text_for(visitor.program, answer.key, visitor.language, **answer.values)
        notices.give(visitor=visitor, key=answer.key, words=words)


def _go_on(session: Session, now: datetime) -> None:
    """The person is there: the clocks know it, and they are told how it stands, once for a burst of taps."""
    waits = session.state == State.WAITING
    key = "accepted" if waits else "menu_talking"
    if _was_told(session, key, now):
        return
    session.last_visitor_at, session.waiting_since, session.idle_steps = now, session.waiting_since or now, 0
    clocks = ("last_visitor_at", "waiting_since", "idle_steps")
    if waits:
        place, waiting = feeds.place_in_queue(session.program_id, session.pk)
        tell(session, key, clocks, waiting=waiting, place=place or waiting)
    else:
        tell(session, key, clocks)


def _was_told(session: Session, key: str, now: datetime) -> bool:
    told = Message.objects.filter(session=session, author=Author.AUTO, auto_key=key)
    return told.filter(created_at__gt=now - notices.ONE_ANSWER_IN, created_at__lte=now).exists()
