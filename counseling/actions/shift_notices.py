"""Mails about published shifts that changed: owed by the one who changes them, sent by the worker."""

from datetime import date, datetime, timedelta

from accounts import mail
from counseling.actions.owed_mails import claim
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
    due = ShiftNotice.objects.filter(sent_at=None, due_at__lte=now)
    notice = claim(due, "user", "program", now=now, hold=TRY_AGAIN_AFTER)
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
