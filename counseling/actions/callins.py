"""Asking people who are not on duty to come (応援の呼び出し): owed by who asks, mailed by the worker, once."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import audit, mail
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right, holders
from counseling import events, later, permissions
from counseling.actions.owed_mails import claim
from counseling.feeds.crew import open_duties
from counseling.models import CallIn, Membership

MOST = 50
# Nobody is asked twice within so long, by whatever program.
BETWEEN = timedelta(minutes=30)
# Who sends holds the mail for so long; one the server did not take is tried again after it.
TRY_AGAIN_AFTER = timedelta(minutes=1)
# Later than this it would call people to what is over.
GIVEN_UP_AFTER = timedelta(hours=1)


class OnDutyAlready(Exception):
    """The person is at work in the program."""


class CalledLately(Exception):
    """The person was asked a short while ago."""


@transaction.atomic
def call_in(*, program_id: int, user_ids: Iterable[int], by: User) -> dict[int, Exception | None]:
    """Ask these people to come; by person what kept them from being asked (None: a mail is owed to them).

    Raises permissions.NotVisible.
    """
    permissions.require(by, Right.STEER, program_id)
    now, wanted = timezone.now(), list(dict.fromkeys(user_ids))
    # Two who call the same people at once come one after another.
    people = User.objects.select_for_update(no_key=True).filter(pk__in=wanted, is_active=True).order_by("pk")
    answers: dict[int, Exception | None] = {pk: permissions.NotVisible() for pk in wanted}
    answers |= _refusals(program_id, {person.pk for person in people}, now)
    called = [pk for pk, refusal in answers.items() if refusal is None]
    CallIn.objects.bulk_create(
        CallIn(program_id=program_id, user_id=pk, by=by, called_at=now, due_at=now) for pk in called
    )
    if called:
        events.ring(events.board_group(program_id))
        later.send_mails("call_ins")
        about = [(f"user:{pk}", program_id) for pk in called]
        audit.note_each(Deed.PERSON_CALLED_IN, by=by, about=about)
    return answers


def _refusals(program_id: int, user_ids: set[int], now: datetime) -> dict[int, Exception | None]:
    """Of those who work shifts in the program: what keeps each from being asked now."""
    works = Membership.objects.filter(program=program_id, user__in=user_ids, role__in=holders(Right.WORK_SHIFTS))
    there = set(open_duties().filter(program=program_id, user__in=user_ids).values_list("user_id", flat=True))
    lately = CallIn.objects.filter(user__in=user_ids, called_at__gt=now - BETWEEN)
    called = set(lately.values_list("user_id", flat=True))
    return {
        pk: OnDutyAlready() if pk in there else CalledLately() if pk in called else None
        for pk in works.values_list("user_id", flat=True)
    }


def is_due(*, now: datetime) -> bool:
    """Whether a mail is owed."""
    return _due(now).exists()


def send_next(*, now: datetime) -> bool:
    """Send the mail that is due longest; False when there is none."""
    call = claim(_due(now), "user", "program", "by", now=now, hold=TRY_AGAIN_AFTER)
    if call is None:
        return False
    context = {
        "name": call.user.name,
        "program": call.program.name,
        "by": call.by.name,
        "at": timezone.localtime(call.called_at),
        "link": mail.address_of("console"),
    }
    if not call.user.is_active or mail.send("call_in", call.user.email, **context):
        CallIn.objects.filter(pk=call.pk).update(sent_at=now)
    return True


def _due(now: datetime) -> QuerySet[CallIn]:
    return CallIn.objects.filter(sent_at=None, due_at__lte=now, called_at__gt=now - GIVEN_UP_AFTER)
