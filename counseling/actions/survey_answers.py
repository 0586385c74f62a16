"""A survey answered on our page (アンケート): by a link nobody can guess. One answer for each, which can be taken back.

Nothing here opens a session. Words of danger call supervisors at once.
"""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from counseling import crypto, forms, text, triage
from counseling.actions import danger, survey_alarms, survey_taps, surveys, visits
from counseling.feeds import surveys as feed
from counseling.forms import Answers
from counseling.models import ApartAnswer, Program, SurveyAnswer, SurveyInvitation, Visitor
from counseling.models.edition import danger_words_of
from counseling.models.survey import link_hash
from counseling.survey import InvitationState, Stage
from counseling.triage import Risk


class SurveyGone(Exception):
    """No survey of the program is behind this link (any more)."""


class SurveyOver(Exception):
    """It can be answered no more: its last day is over, or it was answered, declined or withdrawn."""


class NothingAsked(Exception):
    """Nothing is asked of this visitor just now."""


Answer = SurveyAnswer | ApartAnswer


@transaction.atomic
def answer(*, program_id: int, token: str, answers: Answers) -> Answer:
    """All of the answers at once; the same press again changes nothing. Without any it is declined.

    Raises SurveyGone, SurveyOver, forms.InvalidAnswers, text.UnacceptableText.
    """
    row = _locked(program_id, token)
    given = forms.check(row.form(), answers, finished=False)
    codes, own = forms.words_apart(row.form(), given)
    own = {key: text.clean(words, limit=forms.LONG_TEXT) for key, words in own.items()}
    if row.stage == Stage.FINISHED and {**row.codes, **feed.words_of(row)} == {**codes, **own}:
        return row
    _require_open(row, timezone.now())
    if not given:
        return _decline(row)
    row.codes = codes
    _seal(row, own)
    row.stage = Stage.FINISHED
    _keep(row)
    _weigh(row, "\n".join(own.values()))
    return row


@transaction.atomic
def decline(*, program_id: int, token: str) -> Answer:
    """No, thank you; twice is the same. Raises SurveyGone, SurveyOver."""
    row = _locked(program_id, token)
    if row.stage != Stage.DECLINED:
        _require_open(row, timezone.now())
        _decline(row)
    return row


@transaction.atomic
def withdraw(*, program_id: int, token: str) -> Answer:
    """Take the answers back, however long ago they were given; twice is the same. Raises SurveyGone, SurveyOver."""
    row = _locked(program_id, token)
    if row.stage not in {Stage.FINISHED, Stage.WITHDRAWN}:
        raise SurveyOver
    survey_taps.withdraw(row)
    return row


@transaction.atomic
def open_page(*, channel_id: int, identity: str) -> str:
    """The token under which this browser's visitor answers what they are asked now; an answer apart is given once.

    Raises NothingAsked.
    """
    visitor = visits.visitor_for(channel_id=channel_id, identity=identity, create=False)
    row = _asked_of(visitor) if visitor else None
    if row is None:
        raise NothingAsked
    token = secrets.token_urlsafe(surveys.TOKEN_BYTES)
    known = SurveyAnswer.objects.filter(invitation=row).first()
    if known:
        known.token_hash = link_hash(token)
        known.save(update_fields=["token_hash"])
    else:
        surveys.make_answer(row, row.session, token)
    row.taken = True
    row.save(update_fields=["taken"])
    return token


def _asked_of(visitor: Visitor) -> SurveyInvitation | None:
    """What stands on this visitor's page, locked; what is due is sent before the sweep comes."""
    now = timezone.now()
    rows = SurveyInvitation.objects.filter(session__visitor=visitor).order_by("-session")
    for session_id in rows.filter(state=InvitationState.OWED, next_try_at__lte=now).values_list(
        "session_id", flat=True
    ):
        surveys.send_one(session_id, now)
    locked = rows.select_for_update(of=("self",), no_key=True).select_related("session__program", "session__visitor")
    return locked.filter(feed.is_asked(now)).first()


def _locked(program_id: int, token: str) -> Answer:
    row = feed.behind(program_id, token, lock=True)
    if row is None:
        raise SurveyGone
    return row


def _require_open(row: Answer, now: datetime) -> None:
    if row.stage != Stage.OPEN or row.is_over(now):
        raise SurveyOver


def is_over(row: Answer) -> bool:
    """Whether it can be answered no more."""
    return row.is_over(timezone.now())


def _decline(row: Answer) -> Answer:
    row.stage, row.codes = Stage.DECLINED, {}
    row.save()
    return row


def _seal(row: Answer, own: dict[str, str]) -> None:
    try:
        row.put_words(own)
    except crypto.CannotOpen:
        # Who answers was erased at their own wish: nothing of theirs is kept any more.
        raise SurveyGone from None


def _keep(row: Answer) -> None:
    """When it was answered is known of answers that are kept with the talk, and of no other."""
    if isinstance(row, SurveyAnswer):
        row.finished_at, row.asking = timezone.now(), {}
    row.save()


def _weigh(row: Answer, words: str) -> None:
    program = program_of(row)
    risk = triage.level(triage.find(words, danger_words_of(program))) if words else Risk.NONE
    if risk >= danger.CALLED_FROM:
        survey_alarms.call(program, row, risk)


def program_of(row: Answer) -> Program:
    """The program whose survey it is."""
    return row.program if isinstance(row, ApartAnswer) else row.invitation.session.program
