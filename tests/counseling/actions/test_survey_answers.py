"""A survey on our page: answered once, declined, taken back; kept with the talk or apart from it; danger in it."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from accounts.models import User
from counseling import feeds, tasks
from counseling.actions import deliveries, sessions, survey_alarms, survey_answers, visits
from counseling.actions.survey_answers import NothingAsked, SurveyGone, SurveyOver
from counseling.feeds import surveys as feed
from counseling.forms import InvalidAnswers
from counseling.models import (
    ApartAnswer,
    Channel,
    Delivery,
    Part,
    Program,
    Session,
    SessionEvent,
    SurveyAlarm,
    SurveyAnswer,
    SurveyInvitation,
)
from counseling.models.edition import number
from counseling.outcomes import Outcome, Verdict
from counseling.permissions import NotVisible
from counseling.text import UnacceptableText
from tests.counseling.survey.surveyed import answer_of, invited, send, talked, token_in, with_survey

pytestmark = pytest.mark.django_db
ALL = {"good": "yes", "why": ["soon"], "words": "ほっとしました。", "satisfied": "satisfied"}
DEATH = "もう死にたいです"
WEB = "w" * 43


@pytest.fixture
def link(active: Session, program: Program, haru: User) -> str:
    """The token of the link Sora was sent; answers are kept with the talk."""
    with_survey(program, line="page")
    talked(active, haru)
    send()
    return token_in()


@pytest.fixture
def apart_link(active: Session, program: Program, haru: User) -> str:
    """The same where answers are kept apart."""
    with_survey(program, line="page", kept="apart")
    talked(active, haru)
    send()
    return token_in()


@pytest.fixture
def on_web(web_channel: Channel, program: Program, haru: User) -> Session:
    """A talk on the web page, over."""
    with_survey(program)
    started = visits.start(
        channel_id=web_channel.pk, identity=WEB, terms_version=number(program.editions, Part.TERMS), attributes={},
        line="聞いてください", client_id=uuid4(),
    )  # fmt: skip
    return talked(sessions.claim(session_id=started.pk, by=haru), haru)


def give(program: Program, token: str, answers: dict[str, Any] = ALL) -> SurveyAnswer | ApartAnswer:
    return survey_answers.answer(program_id=program.pk, token=token, answers=answers)


def test_all_is_answered_at_once_and_words_are_sealed(link: str, program: Program, active: Session) -> None:
    give(program, link)
    row = answer_of(active)
    assert (row.stage, row.codes) == ("finished", {"good": "yes", "why": ["soon"], "satisfied": "satisfied"})
    assert "ほっと".encode() not in bytes(row.words)
    assert row.own_words() == {"words": "ほっとしました。"}


def test_no_session_is_opened_or_changed(link: str, program: Program) -> None:
    before = SessionEvent.objects.count(), Session.objects.count()
    give(program, link, ALL | {"words": DEATH})
    assert (SessionEvent.objects.count(), Session.objects.count()) == before


def test_the_same_press_twice_is_once(link: str, program: Program) -> None:
    assert give(program, link).pk == give(program, link).pk
    with pytest.raises(SurveyOver):
        give(program, link, {"good": "no"})


def test_without_any_answer_it_is_declined(link: str, program: Program) -> None:
    assert give(program, link, {}).stage == "declined"
    assert survey_answers.decline(program_id=program.pk, token=link).stage == "declined"
    with pytest.raises(SurveyOver):
        give(program, link)


def test_answers_are_taken_back_and_gone(link: str, program: Program, active: Session) -> None:
    give(program, link)
    for _twice in range(2):
        survey_answers.withdraw(program_id=program.pk, token=link)
    row = answer_of(active)
    assert (row.stage, row.codes, bytes(row.words)) == ("withdrawn", {}, b"")
    with pytest.raises(SurveyOver):
        give(program, link)


def test_nothing_is_withdrawn_that_was_not_given(link: str, program: Program) -> None:
    with pytest.raises(SurveyOver):
        survey_answers.withdraw(program_id=program.pk, token=link)


def test_after_its_last_day_it_is_answered_no_more_but_taken_back(link: str, program: Program) -> None:
    give(program, link)
    SurveyInvitation.objects.update(ends_on=date(2020, 1, 1))
    assert survey_answers.withdraw(program_id=program.pk, token=link).stage == "withdrawn"
    SurveyAnswer.objects.update(stage="open")
    with pytest.raises(SurveyOver):
        give(program, link)


def test_a_link_belongs_to_its_program(link: str, program: Program) -> None:
    other = Program.objects.create(slug="other", name="ほか", kind="general", starts_on=date(2019, 2, 1))
    for wrong in ((other, link), (program, link[:-1] + "_"), (program, "")):
        with pytest.raises(SurveyGone):
            give(*wrong)


def test_what_cannot_be_an_answer_is_refused_whole(link: str, program: Program, active: Session) -> None:
    with pytest.raises(InvalidAnswers):
        give(program, link, {"good": "maybe"})
    with pytest.raises(UnacceptableText):
        give(program, link, {"words": "\x00"})
    assert answer_of(active).stage == "open"


def test_words_of_danger_call_supervisors(link: str, program: Program, mio: User, active: Session) -> None:
    program.on_call_email = "night@example.jp"
    program.save()
    give(program, link, {"words": DEATH})
    alarm = SurveyAlarm.objects.get()
    assert alarm.answer == answer_of(active)
    assert feeds.board(program.pk)["trouble"] == [f"survey:danger:{alarm.pk}"]
    tasks.send_mails("surveys")
    tasks.send_mails("surveys")
    assert [one.to for one in mail.outbox] == [["night@example.jp"]]
    assert DEATH not in str(mail.outbox[0].message())


def test_a_supervisor_looks_and_it_is_quiet(link: str, program: Program, mio: User, haru: User, aoi: User) -> None:
    give(program, link, {"words": DEATH})
    alarm = SurveyAlarm.objects.get()
    for other in (haru, aoi):
        with pytest.raises(NotVisible):
            survey_alarms.see(alarm_id=alarm.pk, by=other, program_id=program.pk)
    survey_alarms.see(alarm_id=alarm.pk, by=mio, program_id=program.pk)
    survey_alarms.see(alarm_id=alarm.pk, by=mio, program_id=program.pk)
    assert (feeds.board(program.pk)["trouble"], survey_alarms.is_due(now=timezone.now())) == ([], False)
    with pytest.raises(NotVisible):
        survey_alarms.see(alarm_id=alarm.pk + 1, by=mio, program_id=program.pk)


def test_apart_nothing_leads_from_the_answer_to_anybody(apart_link: str, program: Program, active: Session) -> None:
    give(program, apart_link)
    row = ApartAnswer.objects.get()
    session = Session.objects.get(pk=active.pk)
    assert {one.name for one in ApartAnswer._meta.get_fields()} == {
        "id", "alarms", "program", "edition", "stage", "token_hash", "codes", "words", "month", "ends_on",
    }  # fmt: skip
    assert row.month == session.received_at.date().replace(day=1) or row.month.day == 1
    assert row.id.version == 4
    # Nor does anything of the invitation change when it is answered.
    assert invited(session).kept == "apart"
    assert not SurveyAnswer.objects.exists()


def test_apart_the_invitation_is_the_same_before_and_after(apart_link: str, program: Program) -> None:
    before = SurveyInvitation.objects.values().get()
    give(program, apart_link)
    survey_answers.withdraw(program_id=program.pk, token=apart_link)
    assert SurveyInvitation.objects.values().get() == before


def test_apart_the_token_stands_nowhere_once_it_is_sent(apart_link: str, program: Program) -> None:
    push = deliveries.claim_push(visitor_id=SurveyInvitation.objects.get().session.visitor_id, now=timezone.now())
    assert push
    deliveries.record_outcome(push=push, outcome=Outcome(Verdict.SENT), now=timezone.now())
    assert bytes(Delivery.objects.get(auto_key="survey_link").text) == b""
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(a)::text FROM counseling_apartanswer a")
        assert apart_link not in cursor.fetchone()[0]
    assert give(program, apart_link).stage == "finished"


def test_the_page_gives_the_way_as_often_as_one_looks(on_web: Session, web_channel: Channel, program: Program) -> None:
    first = survey_answers.open_page(channel_id=web_channel.pk, identity=WEB)
    second = survey_answers.open_page(channel_id=web_channel.pk, identity=WEB)
    with pytest.raises(SurveyGone):
        give(program, first)
    give(program, second)
    with pytest.raises(NothingAsked):
        survey_answers.open_page(channel_id=web_channel.pk, identity=WEB)
    assert invited(on_web).state == "sent"


def test_apart_the_page_gives_it_once(web_channel: Channel, program: Program, on_web: Session) -> None:
    with_survey(program, kept="apart", line="page")
    token = survey_answers.open_page(channel_id=web_channel.pk, identity=WEB)
    with pytest.raises(NothingAsked):
        survey_answers.open_page(channel_id=web_channel.pk, identity=WEB)
    assert isinstance(give(program, token), ApartAnswer)


def test_nobody_else_s_browser_is_asked(on_web: Session, web_channel: Channel) -> None:
    for identity in ("v" * 43, ""):
        with pytest.raises(NothingAsked):
            survey_answers.open_page(channel_id=web_channel.pk, identity=identity)


def test_supervisors_read_words_of_talks_and_nobody_below(
    link: str, program: Program, mio: User, aoi: User, haru: User, kei: User
) -> None:
    give(program, link)
    assert [one.lines for one in feed.written(program, mio, "ja")] == [(("ご感想", "ほっとしました。"),)]
    for other in (aoi, haru, kei):
        assert feed.written(program, other, "ja") == []


def test_words_apart_are_told_where_enough_answered(
    apart_link: str, program: Program, mio: User, aoi: User, kei: User
) -> None:
    row = give(program, apart_link)
    assert isinstance(row, ApartAnswer)
    assert feed.written(program, mio, "ja") == []
    for place in range(4):
        ApartAnswer.objects.create(
            program=program, month=row.month, ends_on=row.ends_on, edition=row.edition, token_hash=f"{place}",
            stage="finished", codes={"good": "no"},
        )  # fmt: skip
    assert [one.month for one in feed.written(program, aoi, "ja")] == [row.month]
    assert feed.written(program, kei, "ja") == []


def test_a_visitor_s_history_tells_it_to_supervisors(
    link: str, program: Program, active: Session, mio: User, haru: User
) -> None:
    give(program, link)
    entries = feed.of_visitors(mio, [active.visitor_id])
    assert [(one.session_id, one.kind, one.lines[0]) for one in entries] == [
        (active.pk, "survey", ("相談してよかったですか", "はい"))
    ]
    assert feed.of_visitors(haru, [active.visitor_id]) == []
    assert feed.of_visitors(mio, []) == []


def test_where_the_key_is_gone_the_codes_still_count(link: str, program: Program, active: Session, mio: User) -> None:
    give(program, link)
    active.visitor.wrapped_key = b""
    active.visitor.save()
    entry = feed.of_visitors(mio, [active.visitor_id])[0]
    assert [question for question, _answer in entry.lines] == ["相談してよかったですか", "よかったこと", "満足度"]
    assert feed.standing(program).finished == 1
