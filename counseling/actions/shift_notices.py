"""Mails about published shifts that changed: owed by the one who changes them, sent by the worker."""

from datetime import date, datetime, timedelta

from django.db import transaction

from accounts import mail
from counseling.models import ShiftNotice

# Who sends holds the notice for so long; a mail the server did not take is tried again after it.
TRY_AGAIN_AFTER = timedelta(minutes=10)
# As far ahead as people see their shifts.
KEPT = timedelta(weeks=6)


def is_due(*, now: datetime) -> bool:
    """Whether somebody has to be told."""
    return ShiftNotice.objects.filter(sent_at=None, due_at__lte=now).exists()


def send_next(*, now: datetime) -> bool:
    """Send the mail that is due longest; False when there is none."""
    notice = _claimed(now)
    if notice is None:
        return False
    days = [date.fromisoformat(day) for day in notice.days]
    link = mail.address_of("shifts")
    context = {"name": notice.user.name, "program": notice.program.name, "days": days, "link": link}
    if not notice.user.is_active or mail.send("shifts_changed", notice.user.email, **context):
        # What changed while it was sent is still owed.
        ShiftNotice.objects.filter(pk=notice.pk, days=notice.days).update(sent_at=now)
    ShiftNotice.objects.filter(sent_at__lt=now - KEPT).delete()
    return True


@transaction.atomic
def _claimed(now: datetime) -> ShiftNotice | None:
    rows = ShiftNotice.objects.select_for_update(of=("self",), skip_locked=True).select_related("user", "program")
    notice = rows.filter(sent_at=None, due_at__lte=now).order_by("due_at").first()
    if notice:
        notice.due_at = now + TRY_AGAIN_AFTER
        notice.save(update_fields=["due_at"])
    return notice
