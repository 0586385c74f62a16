"""What is due by a program's retention goes at night (夜の整理): kind by kind, a batch at a time.

Each batch is a transaction of its own that looks again at what is due; a process that dies is followed by the next
sweep. What is left to do stands in the database: what went is written down with it (Forgotten, an empty identity).
"""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from counseling.actions import erasing, erasures
from counseling.actions.sweeping import each
from counseling.feeds import keeping as feed
from counseling.keeping import OF_SESSIONS, OF_VISITORS
from counseling.models import Forgotten, Night, Program, Session, Visitor
from counseling.opening import TOKYO

BATCH = 100


def sweep() -> int:
    """At night: take the next batch of every program that is not done; how many had any."""
    now = timezone.now()
    if not feed.BEGINS <= now.astimezone(TOKYO).hour < feed.ENDS:
        return 0
    done = Night.objects.filter(on=feed.today(now)).exclude(done_at=None).values("program")
    programs = Program.objects.exclude(pk__in=done).exclude(retention={}).exclude(practice=True)
    return each(list(programs.values_list("pk", flat=True)), step, now)


@transaction.atomic
def step(program_id: int, now: datetime) -> int:
    """Take one batch of what is due in the program; 0 when nothing was left, and its night is over."""
    program = Program.objects.select_for_update(of=("self",), no_key=True).get(pk=program_id)
    night, _new = Night.objects.get_or_create(program=program, on=feed.today(now))
    if night.done_at:
        return 0
    gone = _batch(program, now)
    night.counts = dict(sorted((Counter(night.counts) + gone).items()))
    night.done_at = None if gone else timezone.now()
    night.save(update_fields=["counts", "done_at"])
    if night.done_at and night.counts:
        audit.note(
            Deed.RETENTION_SWEPT, by=None, subject=f"program:{program_id}", program_id=program_id, **night.counts
        )
    return int(bool(gone))


def _batch(program: Program, now: datetime) -> Counter[str]:
    """The first kind of which anything is due; in sessions, in visitors for the last two."""
    for kind in OF_SESSIONS:
        if count := _of_sessions(program, kind, now):
            return Counter({kind: count})
    for kind in OF_VISITORS:
        if count := _of_visitors(program, kind, now):
            return Counter({kind: count})
    if count := feed.due_notes(program, now).delete()[0]:
        return Counter({"notes": count})
    return Counter()


def _of_sessions(program: Program, kind: str, now: datetime) -> int:
    due = feed.due_sessions(program, kind, now).values_list("pk", flat=True)[:BATCH]
    rows = Session.objects.select_for_update(of=("self",), no_key=True, skip_locked=True).filter(pk__in=list(due))
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    erasing.of_sessions(kind, ids)
    Forgotten.objects.bulk_create([Forgotten(session_id=pk, kind=kind, at=now) for pk in ids], ignore_conflicts=True)
    return len(ids)


def _of_visitors(program: Program, kind: str, now: datetime) -> int:
    due = list(feed.due_visitors(program, kind, now).values_list("pk", flat=True)[:BATCH])
    rows = Visitor.objects.select_for_update(of=("self",), no_key=True, skip_locked=True).select_related("channel")
    visitors = list(rows.filter(pk__in=due).order_by("pk"))
    # Whoever wrote between the question and the lock is not due any more.
    still = set(feed.due_visitors(program, kind, now).filter(pk__in=due).values_list("pk", flat=True))
    visitors = [one for one in visitors if one.pk in still]
    if kind == "key":
        erasures.forget(visitors)
        return len(visitors)
    return sum(erasures.forget_contact(visitor) for visitor in visitors)
