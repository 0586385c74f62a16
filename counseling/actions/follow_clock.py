"""The clock of follow-ups (要フォロー): overdue, told to supervisors, then to administrators; and answers noticed.

All of it stands in the database and is taken up by the sweep. Nothing here ends a follow-up.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts import mail
from accounts.roles import Right
from counseling import later
from counseling.actions import following
from counseling.actions.owed_mails import claim, tellable
from counseling.actions.sweeping import each
from counseling.models import FollowMail, FollowUp
from counseling.models.follow_up import StepKind

TRY_AGAIN_AFTER = timedelta(minutes=1)


def watch() -> int:
    """Take every step that is due; how many. Each in a transaction of its own."""
    now = timezone.now()
    return each(list(_due(now).values_list("pk", flat=True)), _step, now)


def _due(now: datetime) -> QuerySet[FollowUp]:
    late = Q(due_at__lte=now, overdue_at=None)
    later_still = Q(overdue_at__lte=now - F("program__follow_up_escalates_after"))
    return FollowUp.objects.filter(late | later_still, ended_at=None, escalated_at=None)


@transaction.atomic
def _step(follow_up_id: int, now: datetime) -> int:
    rows = FollowUp.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    found = rows.filter(pk=follow_up_id, pk__in=_due(now)).first()
    if found is None:
        return 0
    if found.overdue_at is None:
        found.overdue_at = now
        following.step(found, StepKind.OVERDUE, by=None, at=now)
        _owe(found, Right.STEER, now)
    else:
        found.escalated_at = now
        found.save(update_fields=["escalated_at"])
        _owe(found, None, now)
    return 1


def _owe(follow_up: FollowUp, right: Right | None, now: datetime) -> None:
    """Mails to those who hold `right` (None: who administer); where nobody does, to who administers."""
    people = tellable(follow_up.program_id, right)
    FollowMail.objects.bulk_create(FollowMail(follow_up=follow_up, user_id=person, due_at=now) for person in people)
    later.send_mails("follow_ups")


def is_due(*, now: datetime) -> bool:
    """Whether a mail is owed."""
    return _owed(now).exists()


def send_next(*, now: datetime) -> bool:
    """Send the mail that is due longest; False when there is none. It names no visitor."""
    owed = claim(_owed(now), "user", "follow_up__program", now=now, hold=TRY_AGAIN_AFTER)
    if owed is None:
        return False
    program = owed.follow_up.program
    context = {
        "name": owed.user.name,
        "program": program.name,
        "at": timezone.localtime(owed.follow_up.due_at - timedelta(seconds=0 if owed.follow_up.by_time else 1)),
        "link": mail.address_of("office:follow-ups", program.slug),
    }
    if not owed.user.is_active or mail.send("follow_up", owed.user.email, **context):
        FollowMail.objects.filter(pk=owed.pk).update(sent_at=now)
    return True


def _owed(now: datetime) -> QuerySet[FollowMail]:
    """Mails about follow-ups that are still overdue: where somebody went on with one, they are owed no more."""
    late = Q(follow_up__ended_at=None, follow_up__overdue_at__isnull=False)
    return FollowMail.objects.filter(late, sent_at=None, due_at__lte=now)
