"""What a visitor is told outside any sitting: owed through the outbox, and once for a burst of asking."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from counseling.actions.deliveries import OWED, PUSH_PARTS, owe
from counseling.models import Delivery, Visitor
from counseling.text import split_utf16

# Who asks the same several times within it is answered once.
ONE_ANSWER_IN = timedelta(minutes=1)


def give(*, visitor: Visitor, key: str, words: str) -> bool:
    """Owe the program's text `key`, cut into as many pushes as it takes; False where it was given just now.

    Also False while the same is still on its way: a channel that stands still does not pile them up. The caller holds
    the visitor's row lock.
    """
    now = timezone.now()
    # A clock that was put back has written moments that lie ahead: they keep nobody waiting.
    lately = Q(created_at__gt=now - ONE_ANSWER_IN, created_at__lte=now)
    same = Delivery.objects.filter(visitor=visitor, message=None, auto_key=key)
    if same.filter(lately | Q(state__in=OWED)).exists():
        return False
    parts = split_utf16(words)
    for first in range(0, len(parts), PUSH_PARTS):
        piece = "".join(parts[first : first + PUSH_PARTS])
        owe(visitor=visitor, channel=visitor.channel, notice=piece, auto_key=key)
    return True
