"""The clock of records: no record waits longer than a shift without those being told who can see to it.

Overdue is a sitting that ended longer ago than the program's `record_due_after` and whose record is not filed. Its
counselor and the supervisors are owed a mail when a record becomes overdue, at most one an hour, and every day as long
as any is. It stands in the database and is taken up by the sweep. A mail tells of a program, and of no visitor.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils import timezone

from accounts import mail
from accounts.roles import Right
from counseling import later
from counseling.actions.owed_mails import claim, tellable
from counseling.actions.sweeping import each
from counseling.lifecycle import State
from counseling.models import Program, RecordMail, Session

TRY_AGAIN_AFTER = timedelta(minutes=1)
AT_MOST_EVERY, AT_LEAST_EVERY = timedelta(hours=1), timedelta(days=1)


def overdue(now: datetime) -> QuerySet[Session]:
    """Sittings that wait for their record too long; neither of trials and practice, nor of who was erased."""
    rows = Session.objects.filter(state=State.WRAP_UP, ended_at__lte=now - F("program__record_due_after"))
    return rows.filter(trial=False, program__practice=False).exclude(visitor__wrapped_key=b"")


def watch() -> int:
    """Owe mails for each program in which a record became overdue, or still is after a day; how many programs."""
    now = timezone.now()
    programs = sorted(set(overdue(now).values_list("program", flat=True)))
    return each(programs, _tell, now)


@transaction.atomic
def _tell(program_id: int, now: datetime) -> int:
    program = Program.objects.select_for_update(no_key=True).get(pk=program_id)
    told = RecordMail.objects.filter(program=program).aggregate(last=Max("owed_at"))["last"]
    late = overdue(now).filter(program=program)
    since_told = late if told is None else late.filter(ended_at__gt=told - program.record_due_after)
    waits = AT_MOST_EVERY if since_told.exists() else AT_LEAST_EVERY
    if told is not None and now < told + waits:
        return 0
    writers = late.filter(counselor__is_active=True).values_list("counselor", flat=True)
    owed = [
        RecordMail(program=program, user_id=person, owed_at=now, due_at=now)
        for person in sorted({*tellable(program_id, Right.STEER), *writers})
    ]
    # Who is owed one already is told of all of them by it.
    RecordMail.objects.bulk_create(owed, ignore_conflicts=True)
    later.send_mails("records")
    return 1


def is_due(*, now: datetime) -> bool:
    """Whether a mail is owed."""
    return RecordMail.objects.filter(sent_at=None, due_at__lte=now).exists()


def send_next(*, now: datetime) -> bool:
    """Send the mail that is due longest; False when there is none. Where all were filed meanwhile, none is needed."""
    due = RecordMail.objects.filter(sent_at=None, due_at__lte=now)
    owed = claim(due, "user", "program", now=now, hold=TRY_AGAIN_AFTER)
    if owed is None:
        return False
    late = overdue(now).filter(program=owed.program_id)
    if owed.user_id not in tellable(owed.program_id, Right.STEER):
        late = late.filter(counselor=owed.user_id)
    count = late.count()
    context = {
        "name": owed.user.name,
        "program": owed.program.name,
        "count": count,
        "link": mail.address_of("office:records", owed.program.slug),
    }
    if not count or not owed.user.is_active or mail.send("records", owed.user.email, **context):
        RecordMail.objects.filter(pk=owed.pk).update(sent_at=now)
    return True
