"""Talks of practice are erased: by one press, or by themselves after the program's days.

Only in programs for practice, and only talks that are over: their visitors' keys are destroyed and their rows go.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from counseling import events, permissions
from counseling.actions import erasures
from counseling.actions.practice import NotForPractice
from counseling.actions.sweeping import each
from counseling.lifecycle import FINISHED, LIVE
from counseling.models import Program, Session, Visitor

# Where a program has not agreed on days.
USUAL_DAYS = 30


@transaction.atomic
def erase(*, program_id: int, by: User) -> tuple[int, int]:
    """Erase every practice of the program that is over: how many, and how many are not over yet.

    Raises permissions.NotVisible for who does not lead the program, NotForPractice.
    """
    if not permissions.may_end(by, program_id):
        raise permissions.NotVisible
    program = Program.objects.select_for_update(no_key=True).get(pk=program_id)
    if not program.practice:
        raise NotForPractice
    erased = _erase(Session.objects.filter(program=program, state__in=FINISHED))
    left = Session.objects.filter(program=program, state__in=LIVE).count()
    if erased:
        events.ring(events.board_group(program_id))
        audit.note(Deed.PRACTICE_ERASED, by=by, subject=f"program:{program_id}", program_id=program_id, sessions=erased)
    return erased, left


def forget() -> int:
    """Erase what is older than the program keeps words; how many programs had any."""
    return each(list(Program.objects.filter(practice=True).values_list("pk", flat=True)), _forget, timezone.now())


@transaction.atomic
def _forget(program_id: int, now: datetime) -> int:
    program = Program.objects.get(pk=program_id)
    days = timedelta(days=program.retention.get("words", USUAL_DAYS))
    old = Session.objects.filter(program=program, state__in=FINISHED, closed_at__lt=now - days)
    return min(_erase(old), 1) if program.practice else 0


def _erase(sessions: QuerySet[Session]) -> int:
    """Destroy the keys of visitors who are left without a talk, and remove what hung on it."""
    over = sessions.filter(program__practice=True, trial=True).exclude(practice__ended_at=None, practice__isnull=False)
    locked = over.select_for_update(of=("self",), no_key=True)
    rows = dict(locked.order_by("pk").values_list("pk", "visitor_id"))
    Session.objects.filter(pk__in=rows).delete()
    gone = Visitor.objects.filter(pk__in=set(rows.values()), sessions=None, beyond=None, erasure=None)
    erasures.doom([share for share in gone.values_list("share", flat=True) if share])
    gone.update(wrapped_key=b"", identity=b"")
    gone.delete()
    return len(rows)
