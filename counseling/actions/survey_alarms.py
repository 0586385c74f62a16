"""Words of danger in the answer to a survey: who is on call and supervisors are told by mail, and one of them looks."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import mail
from accounts.models import User
from accounts.roles import Right
from counseling import events, later, permissions
from counseling.actions.on_call import recipients
from counseling.actions.owed_mails import claim
from counseling.models import ApartAnswer, Program, SurveyAlarm, SurveyAnswer
from counseling.triage import Risk

TRY_AGAIN_AFTER = timedelta(minutes=1)


def call(program: Program, answer: SurveyAnswer | ApartAnswer, risk: Risk) -> None:
    """Words of danger stand in the answer: supervisors see it at once, on the board and by mail.

    No session is opened: who answered reads on the page where to turn now.
    """
    known = {"apart": answer} if isinstance(answer, ApartAnswer) else {"answer": answer}
    SurveyAlarm.objects.create(program=program, risk=risk, **known)
    events.ring(events.board_group(program.pk))
    later.send_mails("surveys")


def is_due(*, now: datetime) -> bool:
    """Whether a mail is owed."""
    return _owed(now).exists()


def send_next(*, now: datetime) -> bool:
    """Send the mail that is due longest to everybody it concerns; False when there is none. It names nobody."""
    owed = claim(_owed(now), "program", now=now, hold=TRY_AGAIN_AFTER)
    if owed is None:
        return False
    program = owed.program
    link = mail.address_of("office:surveys", program.slug)
    to = recipients(program, now)
    told = [mail.send("survey_alarm", address, program=program.name, link=link) for address in to]
    if any(told) or not to:
        SurveyAlarm.objects.filter(pk=owed.pk).update(sent_at=now)
    return True


def _owed(now: datetime) -> QuerySet[SurveyAlarm]:
    return SurveyAlarm.objects.filter(sent_at=None, seen_at=None, due_at__lte=now)


@transaction.atomic
def see(*, alarm_id: int, by: User, program_id: int) -> None:
    """A supervisor has read it and sees to it: it stands on the board no more. Twice is the same.

    Raises permissions.NotVisible.
    """
    alarm = SurveyAlarm.objects.select_for_update(no_key=True).filter(pk=alarm_id, program=program_id).first()
    if alarm is None:
        raise permissions.NotVisible
    permissions.require(by, Right.STEER, program_id)
    if alarm.seen_at is None:
        alarm.seen_at, alarm.seen_by = timezone.now(), by
        alarm.save(update_fields=["seen_at", "seen_by"])
        events.ring(events.board_group(alarm.program_id))
