"""Who came by LINE and is away from the page is told there that a reply has come (返信が届きました): no word of it.

Once for each time they are away; and not at all while messages run out: what is left is for links and contacts.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import DateTimeField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from counseling.actions import notices, quotas
from counseling.actions.sweeping import each
from counseling.lifecycle import LIVE
from counseling.models import Message, Session, Visitor
from counseling.models.edition import text_for
from counseling.models.message import Author

KEY = "reply_here"
# An open page says so every twenty seconds; a telephone in a pocket says nothing.
AWAY_AFTER = timedelta(seconds=60)
AT_MOST_EVERY = timedelta(minutes=5)
LOOKED = Coalesce("visitor__seen_at", "received_at", output_field=DateTimeField())


def keep_looking(*, visitor_ids: list[int]) -> None:
    """These visitors have the page open now."""
    Visitor.objects.filter(pk__in=visitor_ids, door__isnull=False).update(seen_at=timezone.now())


def ring() -> int:
    """Tell those who are away that a reply has come; how many."""
    now = timezone.now()
    return each(list(_unseen(now).values_list("pk", flat=True)), _ring, now)


def _unseen(now: datetime) -> QuerySet[Session]:
    """Sittings with a reply that their visitor, who is away, was not told of."""
    came_by_line = Session.objects.filter(state__in=LIVE, visitor__door__isnull=False).annotate(looked=LOOKED)
    replies = Message.objects.filter(session=OuterRef("pk"), author=Author.COUNSELOR, created_at__gt=OuterRef("looked"))
    before = Q(visitor__rung_at__lt=F("looked"), visitor__rung_at__lte=now - AT_MOST_EVERY)
    return came_by_line.filter(
        before | Q(visitor__rung_at=None),
        Exists(replies),
        looked__lte=now - AWAY_AFTER,
        visitor__door__blocked_us_at=None,
    )


@transaction.atomic
def _ring(session_id: int, now: datetime) -> int:
    visitor = Visitor.objects.get(sessions=session_id)
    # Under the lock under which this person's other notices are given.
    door = Visitor.objects.select_for_update(of=("self",), no_key=True).select_related("channel", "program")
    on_line = door.get(beyond=visitor)
    if not _unseen(now).filter(pk=session_id).exists() or quotas.messages_run_out(on_line.channel, now):
        return 0
    Visitor.objects.filter(pk=visitor.pk).update(rung_at=now)
    words = text_for(on_line.program, KEY, on_line.language)
    return int(notices.give(visitor=on_line, key=KEY, words=words))
