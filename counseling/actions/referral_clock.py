"""The clock of referrals (つなぎ): those nobody asked after in time are told to supervisors, once for each day set.

It stands in the database and is taken up by the sweep. A mail tells of a program, and of no visitor.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import mail
from accounts.roles import Right
from counseling import later
from counseling.actions.owed_mails import claim, tellable
from counseling.actions.referring import today
from counseling.actions.sweeping import each
from counseling.models import Program, Referral, ReferralMail

TRY_AGAIN_AFTER = timedelta(minutes=1)


def overdue(day: date) -> QuerySet[Referral]:
    """Referrals whose day to ask is over; neither of trials, nor of who was erased."""
    rows = Referral.objects.filter(ended_at=None, due_on__lt=day, session__trial=False)
    return rows.exclude(session__visitor__wrapped_key=b"")


def watch() -> int:
    """Owe mails for each program in which referrals have been overdue for too long; how many programs."""
    now = timezone.now()
    untold = overdue(today(now)).filter(told_overdue_at=None, session__program__practice=False)
    programs = sorted(set(untold.values_list("session__program", flat=True)))
    return each(programs, _tell, now)


@transaction.atomic
def _tell(program_id: int, now: datetime) -> int:
    program = Program.objects.get(pk=program_id)
    late = overdue(today(now) - program.referral_overdue_after).filter(session__program=program, told_overdue_at=None)
    rows = list(late.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    if not rows:
        return 0
    Referral.objects.filter(pk__in=rows).update(told_overdue_at=now)
    owed = [ReferralMail(program=program, user_id=person, due_at=now) for person in tellable(program_id, Right.STEER)]
    # Who is owed one already is told of all of them by it.
    ReferralMail.objects.bulk_create(owed, ignore_conflicts=True)
    later.send_mails("referrals")
    return 1


def is_due(*, now: datetime) -> bool:
    """Whether a mail is owed."""
    return ReferralMail.objects.filter(sent_at=None, due_at__lte=now).exists()


def send_next(*, now: datetime) -> bool:
    """Send the mail that is due longest; False when there is none. Where all was asked meanwhile, none is needed."""
    due = ReferralMail.objects.filter(sent_at=None, due_at__lte=now)
    owed = claim(due, "user", "program", now=now, hold=TRY_AGAIN_AFTER)
    if owed is None:
        return False
    count = overdue(today(now)).filter(session__program=owed.program_id).count()
    context = {
        "name": owed.user.name,
        "program": owed.program.name,
        "count": count,
        "link": mail.address_of("office:referrals", owed.program.slug),
    }
    if not count or not owed.user.is_active or mail.send("referrals", owed.user.email, **context):
        ReferralMail.objects.filter(pk=owed.pk).update(sent_at=now)
    return True
