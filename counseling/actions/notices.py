"""What a visitor is told outside any sitting: owed through the outbox, and once for a burst of asking."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from counseling import opening, stages
from counseling.actions.deliveries import OWED, PUSH_PARTS, owe
from counseling.lifecycle import Refusal
from counseling.models import Delivery, Program, Visitor
from counseling.quick_replies import QuickReply
from counseling.stages import Stage
from counseling.text import split_utf16

# Who asks the same several times within it is answered once.
ONE_ANSWER_IN = timedelta(minutes=1)


def said_now(program: Program, refusal: Refusal | None, language: str) -> str:
    """Whether one can write just now, and if not (`refusal`), when: in words."""
    now = timezone.now()
    status = program.status_at(now)
    # Nobody knows when a program that is paused or not open to the public takes people again: its hours do not.
    if stages.refusal(Stage(program.stage)):
        status = replace(status, next_open=None)
    return opening.describe_now(status, str(refusal or ""), now, language)


def give(*, visitor: Visitor, key: str, words: str, replies: Sequence[QuickReply] = ()) -> bool:
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
        below = replies if first + PUSH_PARTS >= len(parts) else ()
        owe(visitor=visitor, channel=visitor.channel, notice=piece, auto_key=key, replies=below)
    return True
