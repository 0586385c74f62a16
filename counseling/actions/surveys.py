"""Invitations to the survey (アンケート): owed when a talk ends, sent when they are due, once for each session.

A row says that one is owed; the sweep sends it. None opens a session, holds anybody's capacity or wakes a counselor.
"""

import secrets
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from counseling import opening, permissions, survey
from counseling.actions import deliveries, quotas
from counseling.actions.sweeping import each
from counseling.feeds import surveys as feed
from counseling.feeds.records import proposed
from counseling.lifecycle import OPEN, Classification
from counseling.models import (
    AgencyContact,
    ApartAnswer,
    Part,
    Program,
    Session,
    SheetReading,
    SurveyAnswer,
    SurveyInvitation,
    Visitor,
)
from counseling.models.edition import form_of, survey_plan_of, text_for
from counseling.models.emergency import SHEET_WRITES
from counseling.models.program import ChannelKind
from counseling.models.survey import link_hash
from counseling.opening import TOKYO
from counseling.survey import Door, Facts, InvitationState, Kept, Plan, Stage, Step, When
from counseling.survey.asking import by_taps, invitation
from counseling.triage import Risk

TOKEN_BYTES = 24
# What keeps an invitation back is looked at again so much later; and after so long nobody is asked any more.
LOOKED_AT_AGAIN, GIVEN_UP_AFTER = timedelta(minutes=5), timedelta(days=14)
MOST_AT_ONCE = 200
INVITED, LINKED = "survey_invite", "survey_link"


def expect(session: Session) -> None:
    """A talk has ended: its visitor is owed an invitation where the program sends any. Twice is the same.

    The caller holds the session's row lock.
    """
    if (
        session.trial
        or session.state not in feed.ENDED
        or session.first_response_at is None
        or session.ended_at is None
    ):
        return
    due = survey_plan_of(session.program).due(session.ended_at)
    if due:
        _owe([(session.pk, due)])


def _owe(owed: list[tuple[int, datetime]]) -> None:
    rows = [SurveyInvitation(session_id=session_id, due_at=due, next_try_at=due) for session_id, due in owed]
    SurveyInvitation.objects.bulk_create(rows, ignore_conflicts=True)


def replan(program: Program) -> None:
    """The program sends its survey otherwise from now on: what is owed follows. The caller holds the program's lock.

    With a day after the period all who had a talk are owed one; else only those who end theirs from now on.
    """
    plan = survey_plan_of(program)
    owed = SurveyInvitation.objects.filter(session__program=program, state=InvitationState.OWED)
    if plan.when == When.NEVER:
        owed.delete()
        return
    rows = list(owed.select_related("session").select_for_update(of=("self",), no_key=True).order_by("pk"))
    for row in rows:
        assert row.session.ended_at is not None  # noqa: S101 - only then one is owed
        row.due_at = row.next_try_at = plan.due(row.session.ended_at) or row.due_at
    SurveyInvitation.objects.bulk_update(rows, ("due_at", "next_try_at"), batch_size=1_000)
    if plan.when == When.ON:
        ended = feed.uninvited(program).values_list("pk", "ended_at")
        _owe([(pk, due) for pk, at in ended if at and (due := plan.due(at))])


def send() -> int:
    """Send the invitations that are due; how many went out."""
    now = timezone.now()
    owed = SurveyInvitation.objects.filter(state=InvitationState.OWED, next_try_at__lte=now)
    due = owed.order_by("next_try_at", "pk").values_list("session_id", flat=True)[:MOST_AT_ONCE]
    return each(list(due), send_one, now)


@transaction.atomic
def send_one(session_id: int, now: datetime) -> int:
    """Send one where it may go out now; else it waits, or is dropped for a reason. 1 where it went out."""
    visitor, to = _locked(Session.objects.values_list("visitor_id", flat=True).get(pk=session_id))
    session = permissions.locked(session_id)
    rows = SurveyInvitation.objects.select_for_update(of=("self",), no_key=True)
    row = rows.filter(session=session, state=InvitationState.OWED, next_try_at__lte=now).first()
    if row is None:
        return 0
    plan = survey_plan_of(session.program)
    step, why = survey.decide(_facts(row, session, visitor, to, plan, now))
    if step == Step.SEND:
        _give(row, session, to, plan, now)
    elif step == Step.WAIT:
        row.why, row.next_try_at = why, now + LOOKED_AT_AGAIN
    else:
        row.state, row.why = InvitationState.DROPPED, why
    row.save()
    return int(step == Step.SEND)


def _locked(visitor_id: int) -> tuple[Visitor, Visitor]:
    """The visitor, and who they are where they can be told: on LINE in front of their door. First the door's lock."""
    rows = Visitor.objects.select_for_update(of=("self",), no_key=True).select_related("channel", "program")
    door_id = Visitor.objects.values_list("door_id", flat=True).get(pk=visitor_id)
    door = rows.get(pk=door_id) if door_id else None
    visitor = rows.get(pk=visitor_id)
    return visitor, door or visitor


def _facts(row: SurveyInvitation, session: Session, visitor: Visitor, to: Visitor, plan: Plan, now: datetime) -> Facts:
    form = form_of(session.program.editions, Part.SURVEY)
    by_line = to.channel.kind == ChannelKind.LINE
    people = Visitor.objects.filter(Q(pk__in=(visitor.pk, to.pk)) | Q(door=to))
    lately = SurveyInvitation.objects.filter(
        session__visitor__in=people, sent_at__gt=now - timedelta(days=plan.interval), sent_at__lte=now
    )
    return Facts(
        erased=not visitor.wrapped_key or not to.wrapped_key,
        blocked=to.blocked_us_at is not None,
        not_valid=not _is_valid(session),
        asks_nothing=not form.questions,
        nowhere=plan.when == When.NEVER or (plan.line == Door.NO if by_line else not plan.web),
        asked_lately=plan.interval > 0 and lately.exists(),
        too_late=now > row.due_at + GIVEN_UP_AFTER,
        talking=Session.objects.filter(visitor__in=people, state__in=OPEN).exists(),
        in_danger=session.risk >= Risk.HIGH or _sheet_is_open(session, now),
        messages_run_out=by_line and quotas.messages_run_out(to.channel, now),
    )


def _is_valid(session: Session) -> bool:
    """Whether it was a talk, as a person filed it; as long as nobody has, as its log tells."""
    if session.trial or session.program.practice:
        return False
    return session.state in OPEN or (session.classification or proposed(session)) == Classification.VALID


def _sheet_is_open(session: Session, now: datetime) -> bool:
    """Whether somebody works with the emergency sheet, or an agency is still to be asked."""
    return (
        SheetReading.objects.filter(session=session, at__gt=now - SHEET_WRITES).exists()
        or AgencyContact.objects.filter(session=session, next_due_at__gt=now).exists()
    )


def _give(row: SurveyInvitation, session: Session, to: Visitor, plan: Plan, now: datetime) -> None:
    """It goes out: on LINE as words with a link, on the web by standing on the visitor's page."""
    row.state, row.why, row.kept, row.sent_at = InvitationState.SENT, "", plan.kept, now
    row.ends_on = now.astimezone(TOKYO).date() + timedelta(days=plan.days_open)
    row.save()
    on_line = to.channel.kind == ChannelKind.LINE
    if plan.kept == Kept.APART and not on_line:
        return  # whoever opens their page is given the way there, once
    token = secrets.token_urlsafe(TOKEN_BYTES)
    answer = make_answer(row, session, token)
    if not on_line:
        return
    # Where LINE is only the door, answers do not stay with LINE either.
    taps = plan.line == Door.TAPS and to.pk == session.visitor_id and by_taps(answer.form()).questions
    words = text_for(
        session.program,
        INVITED if taps else LINKED,
        to.language,
        url=address_of(session.program, token, to.language),
        until=opening.day(row.ends_on, to.language),
    )
    replies = invitation(answer.pk, to.language) if taps and isinstance(answer, SurveyAnswer) else ()
    row.taken = True
    deliveries.owe(
        visitor=to, channel=to.channel, notice=words, auto_key=INVITED if taps else LINKED, replies=replies
    )  # fmt: skip


def make_answer(row: SurveyInvitation, session: Session, token: str) -> SurveyAnswer | ApartAnswer:
    """The row that the link with this token leads to; only the token's hash is kept."""
    edition_id = session.program.editions[Part.SURVEY]
    assert row.ends_on is not None  # noqa: S101 - it is sent
    if row.kept == Kept.APART:
        return ApartAnswer.objects.create(
            program=session.program, month=month_of(session), ends_on=row.ends_on, edition_id=edition_id,
            token_hash=link_hash(token),
        )  # fmt: skip
    return SurveyAnswer.objects.create(invitation=row, edition_id=edition_id, token_hash=link_hash(token))


def month_of(session: Session) -> date:
    """The first day of the month in which the talk came: all that an answer apart says of when."""
    return session.received_at.astimezone(TOKYO).date().replace(day=1)


def address_of(program: Program, token: str, language: str) -> str:
    """Where the survey is answered; who reads another language than the program's first finds the page in it."""
    chosen = "" if language == program.languages[0] else f"?lang={language}"
    return f"{settings.SITE_URL}/talk/{program.slug}/survey/{token}{chosen}"


def settle() -> int:
    """Surveys that are over: what was answered by taps until then counts; what nobody answered is gone."""
    today = timezone.now().astimezone(TOKYO).date()
    over = SurveyAnswer.objects.filter(stage=Stage.OPEN, invitation__ends_on__lt=today)
    # On LINE one is told that what was answered until one stops is taken.
    tapped = over.exclude(codes={}).update(stage=Stage.FINISHED, finished_at=timezone.now())
    unanswered = ApartAnswer.objects.filter(stage=Stage.OPEN, ends_on__lt=today).delete()[0]
    return tapped + over.delete()[0] + unanswered
