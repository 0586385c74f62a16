"""An invitation to the survey is owed when a talk ends, and goes out once, when it is due and may go out."""

from datetime import date, timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from counseling.actions import deliveries, editions, friends, messages, records, sessions, surveys
from counseling.lifecycle import Classification, EndReason, State
from counseling.models import (
    Channel,
    Delivery,
    Message,
    Part,
    Program,
    Session,
    SheetReading,
    SurveyAnswer,
    SurveyInvitation,
    Visitor,
)
from counseling.models.line_account import LineAccount
from counseling.opening import TOKYO
from counseling.outcomes import Outcome, Verdict
from tests.conftest import SORA, Say
from tests.counseling.asked import buttons
from tests.counseling.survey.surveyed import answer_of, invited, keys, send, talked, token_in, told, with_survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def over(active: Session, program: Program, haru: User) -> Session:
    """Sora's talk with Haru, over, in a program that sends its survey at the end."""
    with_survey(program)
    return talked(active, haru)


def dropped(session: Session) -> tuple[str, str]:
    send()
    row = invited(session)
    return row.state, row.why


def test_a_talk_s_end_owes_one_invitation(over: Session) -> None:
    row = invited(over)
    assert (row.state, row.due_at) == ("owed", over.ended_at)
    surveys.expect(over)
    assert SurveyInvitation.objects.count() == 1


def test_without_a_plan_none_is_owed(active: Session, haru: User) -> None:
    talked(active, haru)
    assert not SurveyInvitation.objects.exists()


def test_the_sweep_sends_it_once(over: Session) -> None:
    assert (send(), send()) == (1, 0)
    assert keys() == ["survey_invite"]
    assert list(buttons()) == ["アンケートに答える", "答えない"]
    assert invited(over).state == "sent"


def test_it_opens_no_session_and_changes_none(over: Session) -> None:
    version, words = over.version, Message.objects.count()
    send()
    over.refresh_from_db()
    assert (over.version, Message.objects.count(), Session.objects.count()) == (version, words, 1)


def test_a_process_that_dies_while_sending_loses_and_doubles_nothing(over: Session) -> None:
    with patch.object(deliveries, "owe", side_effect=RuntimeError):
        assert send() == 0
    assert (invited(over).state, keys(), SurveyAnswer.objects.count()) == ("owed", [], 0)
    assert (send(), keys()) == (1, ["survey_invite"])


def test_what_is_due_later_waits(active: Session, program: Program, haru: User) -> None:
    with_survey(program, when="later", hours=24)
    session = talked(active, haru)
    assert send() == 0
    assert invited(session).due_at - timezone.now() > timedelta(hours=23)
    SurveyInvitation.objects.update(next_try_at=timezone.now())
    assert send() == 1


@pytest.mark.parametrize(
    ("classification", "reason"),
    [
        (Classification.PRANK, "not_valid"),
        (Classification.TEST, "not_valid"),
        (Classification.OUT_OF_SCOPE, "not_valid"),
    ],
)
def test_what_was_no_talk_gets_none(over: Session, haru: User, classification: Classification, reason: str) -> None:
    records.file(session_id=over.pk, by=haru, classification=classification, thankful_end=None)
    assert dropped(over) == ("dropped", reason)
    assert keys() == []


@pytest.mark.parametrize("reason", [EndReason.PRANK, EndReason.OUT_OF_SCOPE])
def test_nor_does_one_that_ended_as_such_before_anybody_filed_it(
    active: Session, program: Program, haru: User, reason: EndReason
) -> None:
    with_survey(program)
    assert dropped(talked(active, haru, reason=reason)) == ("dropped", "not_valid")


def test_who_never_replied_gets_none(active: Session, program: Program, haru: User) -> None:
    with_survey(program)
    assert dropped(talked(active, haru, replied=False)) == ("dropped", "not_valid")


def test_a_trial_is_owed_none(active: Session, program: Program, haru: User) -> None:
    with_survey(program)
    Session.objects.filter(pk=active.pk).update(trial=True)
    talked(active, haru)
    assert not SurveyInvitation.objects.exists()


def test_who_blocked_us_gets_none(over: Session, line_channel: Channel) -> None:
    friends.unfollow(channel_id=line_channel.pk, identity=SORA)
    assert dropped(over) == ("dropped", "blocked")


def test_whose_key_is_destroyed_gets_none(over: Session) -> None:
    Visitor.objects.update(wrapped_key=b"")
    assert dropped(over) == ("dropped", "erased")
    assert Delivery.objects.filter(auto_key__startswith="survey").count() == 0


def test_high_risk_waits_until_somebody_lowers_it_and_is_given_up_in_the_end(over: Session) -> None:
    Session.objects.update(risk=3)
    assert dropped(over) == ("owed", "in_danger")
    assert invited(over).next_try_at > timezone.now()
    SurveyInvitation.objects.update(next_try_at=timezone.now(), due_at=timezone.now() - timedelta(days=15))
    assert dropped(over) == ("dropped", "too_late")


def test_an_open_emergency_sheet_holds_it_back(over: Session, mio: User) -> None:
    SheetReading.objects.create(session=over, user=mio, reason="danger")
    assert dropped(over) == ("owed", "in_danger")


def test_whoever_talks_again_is_asked_when_that_is_over(over: Session, sora_says: Say, haru: User) -> None:
    Session.objects.filter(pk=over.pk).update(ended_at=timezone.now() - timedelta(hours=1))
    again = sora_says("もうひとつ聞いてください")
    assert again.pk != over.pk
    assert dropped(over) == ("owed", "talking")
    Session.objects.filter(pk=again.pk).update(state=State.CLOSED)
    SurveyInvitation.objects.update(next_try_at=timezone.now())
    assert send() == 1


def test_a_talk_that_was_reopened_is_not_asked_about(over: Session, haru: User) -> None:
    sessions.reopen(session_id=over.pk, by=haru)
    assert dropped(over) == ("owed", "talking")
    sessions.end(session_id=over.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    assert SurveyInvitation.objects.count() == 1


def test_nobody_is_asked_twice_within_the_interval(over: Session, sora_says: Say, haru: User, program: Program) -> None:
    send()
    Session.objects.update(state=State.CLOSED, ended_at=timezone.now() - timedelta(hours=1))
    second = talked(sessions.claim(session_id=sora_says().pk, by=haru), haru)
    assert dropped(second) == ("dropped", "asked_lately")
    SurveyInvitation.objects.filter(session=second).update(state="owed", next_try_at=timezone.now())
    SurveyInvitation.objects.filter(state="sent").update(sent_at=timezone.now() - timedelta(days=31))
    assert send() == 1


def test_a_program_whose_survey_asks_nothing_sends_none(active: Session, program: Program, haru: User) -> None:
    with_survey(program)
    program.editions.pop("survey")
    program.save()
    assert dropped(talked(active, haru)) == ("dropped", "asks_nothing")


def test_a_door_the_plan_does_not_reach(active: Session, program: Program, haru: User) -> None:
    with_survey(program, line="no")
    assert dropped(talked(active, haru)) == ("dropped", "nowhere")


def test_when_the_month_s_messages_run_out_links_and_contacts_come_first(over: Session, line_channel: Channel) -> None:
    LineAccount.objects.create(
        channel=line_channel, quota=100, used=96, counted_at=timezone.now(), name="", basic_id="", findings=[]
    )
    assert dropped(over) == ("owed", "messages_run_out")


def test_a_link_is_forgotten_as_soon_as_it_is_sent(over: Session) -> None:
    send()
    token = token_in()
    push = deliveries.claim_push(visitor_id=over.visitor_id, now=timezone.now())
    assert push and any(token in text for text in push.texts)
    deliveries.record_outcome(push=push, outcome=Outcome(Verdict.SENT), now=timezone.now())
    assert told()[-1] == ("survey_invite", "")


def test_by_page_the_link_stands_alone(active: Session, program: Program, haru: User) -> None:
    with_survey(program, line="page")
    talked(active, haru)
    send()
    assert (keys(), buttons()) == (["survey_link"], {})


def test_publishing_a_day_asks_everybody_who_talked_before(
    active: Session, program: Program, haru: User, aoi: User
) -> None:
    with_survey(program, when="never")
    session = talked(active, haru)
    day = timezone.now().astimezone(TOKYO).date() + timedelta(days=7)
    plan = {"when": "on", "on": day.isoformat()}
    editions.publish(program_id=program.pk, part=Part.SURVEY_PLAN, content=plan, by=aoi)
    assert invited(session).due_at.astimezone(TOKYO).date() == day
    assert send() == 0


def test_publishing_never_takes_back_what_is_owed(over: Session, program: Program, aoi: User) -> None:
    editions.publish(program_id=program.pk, part=Part.SURVEY_PLAN, content={"when": "never"}, by=aoi)
    assert not SurveyInvitation.objects.exists()


def test_publishing_otherwise_moves_what_is_owed(over: Session, program: Program, aoi: User) -> None:
    editions.publish(program_id=program.pk, part=Part.SURVEY_PLAN, content={"when": "later", "hours": 48}, by=aoi)
    assert invited(over).due_at > timezone.now() + timedelta(hours=47)


def test_what_nobody_answered_is_gone_when_the_survey_is_over(over: Session) -> None:
    send()
    SurveyInvitation.objects.update(ends_on=date(2020, 1, 1))
    assert surveys.settle() == 1
    assert not SurveyAnswer.objects.exists()
    assert invited(over).state == "sent"


def test_what_was_tapped_until_then_counts(over: Session) -> None:
    send()
    SurveyAnswer.objects.update(codes={"good": "yes"})
    SurveyInvitation.objects.update(ends_on=date(2020, 1, 1))
    assert (surveys.settle(), surveys.settle()) == (1, 0)
    assert answer_of(over).stage == "finished"


def test_on_the_web_it_stands_on_the_page_and_nothing_is_pushed(
    web_channel: Channel, program: Program, haru: User, active: Session
) -> None:
    from counseling.actions import visits
    from counseling.models.edition import number

    with_survey(program)
    started = visits.start(
        channel_id=web_channel.pk, identity="w" * 43, terms_version=number(program.editions, Part.TERMS),
        attributes={}, line="聞いてください", client_id=uuid4(),
    )  # fmt: skip
    session = talked(sessions.claim(session_id=started.pk, by=haru), haru)
    assert send() == 1
    assert (invited(session).state, Delivery.objects.filter(auto_key__startswith="survey").count()) == ("sent", 0)


def test_a_word_while_it_is_open_is_an_ordinary_word(over: Session, line_channel: Channel) -> None:
    send()
    message, _new = messages.receive(channel_id=line_channel.pk, identity=SORA, text="はい", external_id="x1")
    assert message.session_id == over.pk  # within the minutes in which a word of thanks belongs to it
    assert answer_of(over).codes == {}
