"""Who is on call (時間外の緊急連絡先) is told by mail of somebody in danger whom nobody, or only danger, lets in."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from accounts import mail
from accounts.roles import Right, holders
from counseling.actions.owed_mails import claim
from counseling.models import Membership, OnCallMail, Program
from counseling.models.staff import PRESENCE_LIFE

# Who sends holds the mail for so long; one the server did not take is tried again after it.
TRY_AGAIN_AFTER = timedelta(minutes=1)
# Later than this it would call people to what is over.
GIVEN_UP_AFTER = timedelta(hours=12)


def is_due(*, now: datetime) -> bool:
    """Whether a mail is owed."""
    return _due(now).exists()


def send_next(*, now: datetime) -> bool:
    """Send the mail that is due longest to everybody it concerns; False when there is none.

    It names the program and the sitting's number, and nothing that was said.
    """
    owed = claim(_due(now), "session__program", now=now, hold=TRY_AGAIN_AFTER)
    if owed is None:
        return False
    session = owed.session
    context = {
        "program": session.program.name,
        "number": session.number,
        "link": mail.address_of("wall"),
        "let_in": bool(session.in_spite_of) and not session.refusal,
    }
    to = recipients(session.program, now)
    # Whoever got it is not told again for those who did not.
    told = [mail.send("on_call", address, **context) for address in to]
    if any(told) or not to:
        OnCallMail.objects.filter(pk=owed.pk).update(sent_at=now)
    return True


def recipients(program: Program, now: datetime) -> list[str]:
    """The program's address for emergencies, and its supervisors whose consoles are open."""
    present = Membership.objects.filter(
        program=program,
        role__in=holders(Right.STEER),
        user__is_active=True,
        user__presence__seen_at__gt=now - PRESENCE_LIFE,
    )
    addresses = [program.on_call_email, *present.order_by("user__email").values_list("user__email", flat=True)]
    return list(dict.fromkeys(address for address in addresses if address))


def _due(now: datetime) -> QuerySet[OnCallMail]:
    return OnCallMail.objects.filter(sent_at=None, due_at__lte=now, session__received_at__gt=now - GIVEN_UP_AFTER)
