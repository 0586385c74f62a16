"""Sessions entered afterwards: who may, what cannot have been, and that nothing else of the house is disturbed."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from accounts.models import AuditEntry, User
from accounts.roles import Role
from counseling import feeds
from counseling.actions import afterwards, risk, sessions, telephone
from counseling.actions.afterwards import CannotEnter, EnteredOtherwise
from counseling.feeds import machines
from counseling.feeds import records as record_feed
from counseling.forms import InvalidAnswers
from counseling.hub import visitor_topics
from counseling.lifecycle import CannotMove, Classification, EndReason, State
from counseling.models import Channel, Membership, Program, Session, Visitor
from counseling.permissions import NotVisible
from counseling.telephone import Kind
from counseling.text import UnacceptableText
from counseling.triage import Risk
from tests.conftest import SORA, Say, person
from tests.counseling.actions.at_once import at_once
from tests.counseling.actions.calling import with_telephone
from tests.counseling.actions.conftest import refreshed
from tests.counseling.actions.recorded import ANSWERS, ask, filed, readable
from tests.counseling.afterwards import ago, entered, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def sora(active: Session) -> Visitor:
    """Sora, with whom Haru talks."""
    return active.visitor


def test_it_takes_a_number_and_leads_to_its_record(program: Program, sora: Visitor, haru: User) -> None:
    ask(program)
    session = entered(sora, haru)
    assert (session.number, session.state, session.counselor, session.closed_at) == (2, State.WRAP_UP, haru, None)
    assert [one.pk for one in record_feed.due(readable(haru, program))] == [session.pk]
    assert [(one.kind, one.details) for one in session.events.all()] == [("session.entered", {"medium": "telephone"})]
    filed(session, haru)
    assert refreshed(session).state == State.CLOSED


def test_its_record_requires_what_any_other_s_does(program: Program, sora: Visitor, haru: User) -> None:
    ask(program)
    session = entered(sora, haru)
    with pytest.raises(InvalidAnswers):
        filed(session, haru, answers=ANSWERS | {"summary": " "})
    assert refreshed(session).state == State.WRAP_UP


def test_it_looks_like_a_valid_talk_from_beginning_to_end(sora: Visitor, haru: User) -> None:
    session = entered(sora, haru, medium="visit")
    assert record_feed.proposed(session) == Classification.VALID
    assert [(one.user, one.since, one.until) for one in record_feed.hands(session)] == [
        (haru, session.received_at, session.ended_at)
    ]


HOUR = 60
# Minutes ago that it began and ended, and which problem that is.
WHEN = [
    (-5, -3, ("began", "future")),
    (91 * 24 * HOUR, 90 * 24 * HOUR, ("began", "too_old")),
    (30, -10, ("ended", "future")),
    (30, 30, ("ended", "before")),
    (30, 40, ("ended", "before")),
    (20 * HOUR, 7 * HOUR, ("ended", "too_long")),
]


@pytest.mark.parametrize(("began", "ended", "problem"), WHEN)
def test_a_time_that_cannot_have_been_is_not_taken(
    sora: Visitor, haru: User, began: int, ended: int, problem: tuple[str, str]
) -> None:
    refused(sora, haru, problem, began=ago(minutes=began), ended=ago(minutes=ended))


def test_a_call_of_seconds_is_entered_at_once(sora: Visitor, haru: User) -> None:
    began = ago(minutes=0)
    session = entered(sora, haru, began=began, ended=began + timedelta(seconds=59))
    assert (session.medium, session.state) == ("telephone", State.WRAP_UP)


@pytest.mark.parametrize("medium", ["chat", "dream", ""])
def test_only_calls_and_visits_are_entered(sora: Visitor, haru: User, medium: str) -> None:
    refused(sora, haru, ("medium", "unknown"), medium=medium)


def test_what_was_urgent_needs_a_word(sora: Visitor, haru: User) -> None:
    refused(sora, haru, ("word", "missing"), level=Risk.LOW, word=" ")


def refused(visitor: Visitor, by: User, problem: tuple[str, str], **wrong: Any) -> None:
    with pytest.raises(CannotEnter) as told_why:
        entered(visitor, by, **wrong)
    assert problem in told_why.value.problems
    assert Session.objects.count() == 1


def test_a_counselor_enters_their_own_only(sora: Visitor, haru: User, ren: User) -> None:
    with pytest.raises(NotVisible):
        entered(sora, haru, counselor=ren)


def test_a_supervisor_enters_what_a_counselor_did(sora: Visitor, mio: User, ren: User) -> None:
    session = entered(sora, mio, counselor=ren)
    assert (session.counselor, session.events.get().by) == (ren, mio)


def test_who_does_not_take_sessions_here_had_none(sora: Visitor, mio: User, aoi: User, nao: User) -> None:
    for person_ in (aoi, nao):
        refused(sora, mio, ("counselor", "not_there"), counselor=person_)


def test_who_does_not_know_the_visitor_enters_nothing(sora: Visitor, ren: User, aoi: User, kei: User) -> None:
    for stranger in (ren, aoi, kei):
        with pytest.raises(NotVisible):
            entered(sora, stranger)


def test_nobody_enters_anything_of_who_was_erased(sora: Visitor, haru: User) -> None:
    Visitor.objects.update(wrapped_key=b"")
    with pytest.raises(NotVisible):
        entered(sora, haru)


def test_the_same_told_twice_is_one(sora: Visitor, haru: User) -> None:
    wish = told(haru)
    first, new = afterwards.enter(visitor_id=sora.pk, by=haru, told=wish)
    again, second = afterwards.enter(visitor_id=sora.pk, by=haru, told=wish)
    assert (first.pk, new, second) == (again.pk, True, False)
    assert AuditEntry.objects.filter(deed="session.entered").count() == 1


def test_another_end_of_the_same_talk_is_told_of(sora: Visitor, haru: User) -> None:
    first = entered(sora, haru, began=ago(minutes=90))
    with pytest.raises(EnteredOtherwise) as there:
        entered(sora, haru, began=first.received_at, ended=ago(minutes=50))
    assert there.value.session == first


def test_how_urgent_it_was_found_is_assessed(sora: Visitor, haru: User) -> None:
    session = refreshed(entered(sora, haru, level=Risk.HIGH, word="ロープを用意しているとのこと"))
    assert session.risk == Risk.HIGH
    found = feeds.risk_state(session.pk)["history"][0]
    assert (found["level"], found["word"]) == (int(Risk.HIGH), "ロープを用意しているとのこと")


def test_words_that_cannot_be_kept_enter_nothing(sora: Visitor, haru: User) -> None:
    with pytest.raises(UnacceptableText):
        entered(sora, haru, level=Risk.HIGH, word="a" * (risk.WORD_LIMIT + 1))
    assert Session.objects.count() == 1


def test_what_sora_says_next_goes_on_in_the_chat(active: Session, haru: User, sora_says: Say) -> None:
    entered(active.visitor, haru)
    assert sora_says("まだいますか").pk == active.pk


def test_what_sora_says_after_the_call_opens_a_chat(active: Session, haru: User, sora_says: Say) -> None:
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.TELEPHONE, farewell=False)
    filed(active, haru, answers={})
    session = entered(active.visitor, haru, began=ago(minutes=30), ended=ago(minutes=1))
    again = sora_says("電話のあとで、もうひとつ")
    assert again.pk not in {active.pk, session.pk}
    assert again.state == State.WAITING


def test_the_page_shows_the_chat(active: Session, haru: User) -> None:
    entered(active.visitor, haru)
    state = feeds.talk_state(active.visitor_id)
    assert state is not None
    assert state["session"] == active.pk
    assert visitor_topics.latest_sittings({active.visitor_id}) == {active.visitor_id: (active.pk, State.ACTIVE)}
    shown = visitor_topics.sitting_to_show(active.visitor_id)
    assert shown is not None
    assert shown[0] == active.pk


def test_it_stands_on_no_board(program: Program, active: Session, haru: User) -> None:
    entered(active.visitor, haru)
    assert [view["id"] for view in feeds.board(program.pk)["sessions"]] == [active.pk]


def test_it_uses_up_no_line_and_no_limit(program: Program, active: Session, haru: User, sora_says: Say) -> None:
    Program.objects.update(daily_limit=2)
    before = sessions.load_of(haru.pk)
    entered(active.visitor, haru)
    assert sessions.load_of(haru.pk) == before
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    filed(active, haru, answers={})
    assert sora_says("もう一度").refusal == ""


def test_it_never_becomes_a_chat(active: Session, haru: User) -> None:
    session = entered(active.visitor, haru)
    with pytest.raises(CannotMove):
        sessions.reopen(session_id=session.pk, by=haru)


def test_the_chat_before_it_can_be_taken_up_again(active: Session, haru: User) -> None:
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.TELEPHONE, farewell=False)
    entered(active.visitor, haru)
    sessions.reopen(session_id=active.pk, by=haru)
    assert refreshed(active).state == State.ACTIVE


def test_it_is_not_moved_to_the_telephone(program: Program, active: Session, haru: User) -> None:
    with_telephone(program)
    session = entered(active.visitor, haru)
    with pytest.raises(telephone.CannotOffer):
        telephone.offer(session_id=session.pk, kind=Kind.CALL_BACK, by=haru, client_id=UUID(int=1))


def test_machines_read_of_chats_alone(program: Program, active: Session, haru: User) -> None:
    entered(active.visitor, haru, level=Risk.HIGH, word="今夜が心配")
    found = machines.sessions_page(program, after=0, limit=10)
    assert [one["number"] for one in found["sessions"]] == [active.number]


def test_in_a_program_for_practice_it_is_a_trial(program: Program, sora: Visitor, haru: User) -> None:
    Program.objects.update(practice=True)
    assert entered(sora, haru).trial


def test_somebody_who_only_telephoned_is_a_visitor_no_message_reaches(
    program: Program, web_channel: Channel, haru: User
) -> None:
    wish, client_id = told(haru), UUID(int=7)
    session, new = afterwards.enter_of_stranger(program_id=program.pk, by=haru, client_id=client_id, told=wish)
    again, _new = afterwards.enter_of_stranger(program_id=program.pk, by=haru, client_id=client_id, told=wish)
    assert (new, again.pk) == (True, session.pk)
    assert Visitor.objects.get() == session.visitor
    assert session.visitor.channel == web_channel
    assert str(client_id) not in session.visitor.address()


def test_two_strangers_are_two(program: Program, web_channel: Channel, haru: User) -> None:
    for number in (1, 2):
        afterwards.enter_of_stranger(program_id=program.pk, by=haru, client_id=UUID(int=number), told=told(haru))
    assert Visitor.objects.count() == 2


def test_who_takes_no_sessions_enters_no_stranger(program: Program, web_channel: Channel, aoi: User, kei: User) -> None:
    for other in (aoi, kei):
        with pytest.raises(NotVisible):
            afterwards.enter_of_stranger(program_id=program.pk, by=other, client_id=UUID(int=1), told=told(other))


def test_a_trainee_enters_their_own(sora: Visitor, haru: User, mio: User) -> None:
    Membership.objects.filter(user=haru).update(role=Role.TRAINEE)
    session = entered(sora, haru)
    assert session.assignments.get().role == Role.TRAINEE


def test_a_supervisor_of_elsewhere_knows_nobody_here(sora: Visitor) -> None:
    there = Program.objects.create(slug="child", name="子ども相談", kind="child_abuse", starts_on=date(2019, 2, 1))
    with pytest.raises(NotVisible):
        entered(sora, person("Far", there, Role.SUPERVISOR))


@pytest.mark.django_db(transaction=True)
def test_the_same_entered_at_the_same_moment_is_one(sora: Visitor, haru: User) -> None:
    wish = told(haru)
    deeds = [lambda: afterwards.enter(visitor_id=sora.pk, by=haru, told=wish)] * 4
    assert at_once(*deeds) == ["done"] * 4
    assert Session.objects.exclude(medium="chat").count() == 1


def test_a_line_visitor_s_address_stays_where_it_was(active: Session, haru: User) -> None:
    entered(active.visitor, haru)
    assert Visitor.objects.get(pk=active.visitor_id).address() == SORA
