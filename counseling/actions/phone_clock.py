"""The clock of calls that were promised (電話の予定): overdue, told to supervisors, and numbers forgotten by rule.

All of it stands in the database and is taken up by the sweep: a process that dies loses nothing.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts import mail
from accounts.roles import Right, Role, holders
from counseling import later, permissions
from counseling.actions import phoning
from counseling.actions.owed_mails import claim
from counseling.actions.sweeping import each
from counseling.models import Membership, PhoneMail, PhoneTransfer, Session
from counseling.telephone import PhoneFace, PhoneStage, Result

# So long after supervisors, administrators are told, too.
ESCALATES_AFTER = timedelta(minutes=10)
TRY_AGAIN_AFTER = timedelta(minutes=1)


def watch() -> int:
    """Take every step that is due; how many. Each in a transaction of its own."""
    now = timezone.now()
    return each(list(_due(now).values_list("session_id", flat=True)), _step, now)


def _due(now: datetime) -> QuerySet[PhoneTransfer]:
    expected = PhoneTransfer.objects.filter(stage__in=phoning.EXPECTED)
    late = Q(slot_until__lte=now, overdue_at=None)
    later_still = Q(overdue_at__lte=now - ESCALATES_AFTER, escalated_at=None)
    return expected.filter(late | later_still | Q(forget_at__lte=now))


@transaction.atomic
def _step(session_id: int, now: datetime) -> int:
    session = permissions.locked(session_id)
    transfer = _due(now).filter(session=session).first()
    if transfer is None:
        return 0
    calling = phoning.is_calling(transfer)
    if transfer.forget_at and transfer.forget_at <= now:
        _forget(session, transfer, now, calling=calling)
    elif calling:
        return 0
    elif transfer.overdue_at is None:
        transfer.overdue_at = now
        transfer.save(update_fields=["overdue_at"])
        face = PhoneFace.TAKEN if transfer.taken_by_id else PhoneFace.OVERDUE
        phoning.record(session, transfer, "phone.overdue", face)
        _owe(session, transfer, Right.STEER, now)
    else:
        transfer.escalated_at = now
        transfer.save(update_fields=["escalated_at"])
        _owe(session, transfer, None, now)
    return 1


def _forget(session: Session, transfer: PhoneTransfer, now: datetime, *, calling: bool) -> None:
    """The number goes. Who is on the line with it still notes what came of the call."""
    if calling:
        transfer.save(update_fields=transfer.forget())
        return
    phoning.over(session, transfer, "phone.lapsed", Result.LAPSED, by=None)
    _owe(session, transfer, Right.STEER, now)


def _owe(session: Session, transfer: PhoneTransfer, right: Right | None, now: datetime) -> None:
    """Mails to those who hold `right` (None: who administer); where nobody does, to who administers."""
    members = Membership.objects.filter(program=session.program_id, user__is_active=True)
    people = members.filter(role__in=holders(right) if right else [Role.ADMINISTRATOR])
    if right and not people.exists():
        people = members.filter(role=Role.ADMINISTRATOR)
    ids = sorted(set(people.values_list("user_id", flat=True)))
    PhoneMail.objects.bulk_create(PhoneMail(transfer=transfer, user_id=person, due_at=now) for person in ids)
    later.send_mails("phone")


def is_due(*, now: datetime) -> bool:
    """Whether a mail is owed."""
    return _owed(now).exists()


def send_next(*, now: datetime) -> bool:
    """Send the mail that is due longest; False when there is none. It names no visitor and no number."""
    owed = claim(_owed(now), "user", "transfer__session__program", now=now, hold=TRY_AGAIN_AFTER)
    if owed is None:
        return False
    transfer = owed.transfer
    program = transfer.session.program
    context = {
        "name": owed.user.name,
        "program": program.name,
        "lapsed": transfer.result == Result.LAPSED,
        "at": timezone.localtime(transfer.slot_from),
        "link": mail.address_of("office:calls", program.slug),
    }
    if not owed.user.is_active or mail.send("phone", owed.user.email, **context):
        PhoneMail.objects.filter(pk=owed.pk).update(sent_at=now)
    return True


def _owed(now: datetime) -> QuerySet[PhoneMail]:
    """Mails about calls that nobody has made yet: where somebody has, they are owed no more."""
    waits = Q(transfer__stage__in=(PhoneStage.AGREED, PhoneStage.TAKEN), transfer__overdue_at__isnull=False)
    still = PhoneMail.objects.filter(waits | Q(transfer__result=Result.LAPSED))
    return still.filter(sent_at=None, due_at__lte=now)
