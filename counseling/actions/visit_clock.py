"""The clock of visits (訪問): where people have not told in time that they arrived or came away, mails go out.

It stands in the database and is taken up by the sweep. Mails name no visitor and no place.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts import mail
from accounts.roles import Right
from counseling import later
from counseling.actions.owed_mails import claim, tellable
from counseling.actions.sweeping import each
from counseling.actions.visiting import keep
from counseling.models import Outreach, OutreachMail
from counseling.models.outreach import VisitStepKind
from counseling.outreach import VisitResult, VisitState

TRY_AGAIN_AFTER = timedelta(minutes=1)
# So often again while nobody has told.
AGAIN_AFTER = timedelta(minutes=15)


def watch() -> int:
    """Tell of every visit whose people are late; how many."""
    now = timezone.now()
    return each(list(_due(now).values_list("pk", flat=True)), _step, now)


def _due(now: datetime) -> QuerySet[Outreach]:
    late = Q(state=VisitState.PLANNED, arrive_by__lte=now) | Q(state=VisitState.THERE, leave_by__lte=now)
    return Outreach.objects.filter(late, Q(overdue_at=None) | Q(overdue_at__lte=now - AGAIN_AFTER))


@transaction.atomic
def _step(outreach_id: int, now: datetime) -> int:
    rows = Outreach.objects.select_for_update(of=("self",), no_key=True, skip_locked=True).select_related("visitor")
    row = rows.filter(pk=outreach_id, pk__in=_due(now)).first()
    if row is None:
        return 0
    first, row.overdue_at = row.overdue_at is None, now
    if first:
        keep(row, VisitStepKind.OVERDUE, None, "")
    else:
        row.save(update_fields=["overdue_at"])
    owe(row, now)
    return 1


def owe(row: Outreach, now: datetime) -> None:
    """Mail the supervisors, or who administers where there is none."""
    people = tellable(row.program_id, Right.STEER)
    OutreachMail.objects.bulk_create(OutreachMail(outreach=row, user_id=person, due_at=now) for person in people)
    later.send_mails("visits")


def is_due(*, now: datetime) -> bool:
    """Whether a mail is owed."""
    return _owed(now).exists()


def send_next(*, now: datetime) -> bool:
    """Send the mail that is due longest; False when there is none."""
    owed = claim(_owed(now), "user", "outreach__program", now=now, hold=TRY_AGAIN_AFTER)
    if owed is None:
        return False
    row = owed.outreach
    context = {
        "name": owed.user.name,
        "program": row.program.name,
        "emergency": row.result == VisitResult.EMERGENCY,
        "arriving": row.state == VisitState.PLANNED,
        "link": mail.address_of("office:visit", row.program.slug, str(row.pk)),
    }
    if not owed.user.is_active or mail.send("visit", owed.user.email, **context):
        OutreachMail.objects.filter(pk=owed.pk).update(sent_at=now)
    return True


def _owed(now: datetime) -> QuerySet[OutreachMail]:
    """Mails about people who have not told yet; and about an emergency, in any case."""
    late = Q(outreach__ended_at=None, outreach__overdue_at__isnull=False)
    rows = OutreachMail.objects.filter(late | Q(outreach__result=VisitResult.EMERGENCY))
    return rows.filter(sent_at=None, due_at__lte=now)
