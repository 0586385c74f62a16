"""Trials: answered like any sitting, in nobody's way, and in no figure."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from counseling import feeds
from counseling.actions import idle, offers, sessions, visits
from counseling.feeds.forecast import forecast
from counseling.lifecycle import EndReason
from counseling.models import Channel, Part, Program, Session
from counseling.models.edition import number
from counseling.triage import Risk
from tests.conftest import NEVER, Say
from tests.counseling.actions.conftest import come

Try = Callable[..., Session]


@pytest.fixture
def tries(program: Program, web_channel: Channel, aoi: User) -> Try:
    """Aoi tries the program once more."""

    def begin(by: User = aoi) -> Session:
        return visits.start(
            channel_id=web_channel.pk,
            identity=f"{uuid4().hex}{'t' * 11}",
            terms_version=number(program.editions, Part.TERMS),
            attributes={},
            line="試しています",
            tried_by=by,
        )

    return begin


def test_a_trial_waits_behind_everybody_whatever_its_risk(tries: Try, sora_says: Say, haru: User) -> None:
    tried, real = tries(), sora_says()
    Session.objects.filter(pk=tried.pk).update(risk=Risk.HIGH)
    assert sessions.claim_next(program_id=tried.program_id, by=haru).pk == real.pk
    assert sessions.claim_next(program_id=tried.program_id, by=haru).pk == tried.pk


def test_a_visitor_is_not_told_of_trials_and_a_trial_is_told_of_all(tries: Try, sora_says: Say) -> None:
    tried, real = tries(), sora_says()
    assert feeds.place_in_queue(real.program_id, real.pk) == (1, 1)
    assert feeds.place_in_queue(real.program_id, tried.pk) == (2, 2)


def test_a_trial_is_offered_only_where_a_line_stays_free(offering: Program, tries: Try, haru: User) -> None:
    come(haru)
    Program.objects.update(capacity=1)
    tried = tries()
    assert offers.offer_waiting(program_id=offering.pk) == 0
    Program.objects.update(capacity=2)
    assert offers.offer_waiting(program_id=offering.pk) == 1
    tried.refresh_from_db()
    assert tried.offered_to == haru


@pytest.mark.parametrize("stage", ["draft", "paused"])
def test_where_nobody_else_comes_a_trial_gets_the_last_line(
    offering: Program, tries: Try, haru: User, stage: str
) -> None:
    come(haru)
    Program.objects.update(capacity=1, stage=stage)
    tries()
    assert offers.offer_waiting(program_id=offering.pk) == 1


def test_a_trial_is_taken_by_hand_where_others_only_by_offer(program: Program, tries: Try, haru: User) -> None:
    Program.objects.update(routing="offer")
    assert sessions.claim(session_id=tries().pk, by=haru).counselor == haru


def test_a_trial_uses_a_line_like_any_sitting(program: Program, tries: Try, haru: User) -> None:
    Program.objects.update(capacity=1)
    sessions.claim(session_id=tries().pk, by=haru)
    with pytest.raises(sessions.NoRoom):
        sessions.claim(session_id=tries().pk, by=haru)


def test_the_end_of_the_hours_sends_no_trial_away(program: Program, tries: Try) -> None:
    Program.objects.update(hours=NEVER)
    tried = tries()
    assert idle.walk() == 0
    tried.refresh_from_db()
    assert tried.state == "waiting"


def test_only_who_may_try_begins_a_trial(tries: Try, haru: User) -> None:
    with pytest.raises(visits.CannotStart):
        tries(haru)
    assert not Session.objects.exists()


@pytest.mark.parametrize("changes", [{"trial": True}, {"program__practice": True}])
def test_the_forecast_does_not_see_what_was_only_tried(
    program: Program, sora_says: Say, haru: User, changes: dict[str, bool]
) -> None:
    session = sessions.claim(session_id=sora_says().pk, by=haru)
    sessions.end(session_id=session.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    yesterday = timezone.now() - timedelta(days=1)
    Session.objects.update(queued_at=yesterday, first_claimed_at=yesterday)
    assert forecast(program, timezone.now()).past.sessions == 1
    if "trial" in changes:
        Session.objects.update(trial=True)
    else:
        Program.objects.update(practice=True)
    assert forecast(program, timezone.now()).past.sessions == 0
