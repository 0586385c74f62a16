"""Many sessions in one go: each goes or stays by itself, and each that stays says why."""

import pytest

from accounts.models import User
from counseling.actions import reassigning, sessions
from counseling.actions.duty import NotOnDuty
from counseling.actions.queue import NotForTrainees
from counseling.actions.reassigning import reassign
from counseling.actions.sessions import NoRoom
from counseling.lifecycle import CannotMove, EndReason, State
from counseling.models import Assignment, Duty, Membership, Program, Session
from counseling.permissions import NotVisible
from counseling.text import UnacceptableText
from tests.conftest import Say
from tests.counseling.actions.conftest import refreshed


@pytest.fixture
def three(program: Program, sora_says: Say, haru: User) -> list[Session]:
    """Three sessions, all with Haru."""
    Program.objects.update(capacity=3)
    waiting = [sora_says("はじめまして", "U" + f"{number:032x}") for number in range(3)]
    return [sessions.claim(session_id=session.pk, by=haru) for session in waiting]


def ids(rows: list[Session]) -> list[int]:
    return [session.pk for session in rows]


def refusals(program: Program, rows: list[int], by: User, to: User | None) -> list[type[Exception] | None]:
    done = reassign(program_id=program.pk, session_ids=rows, by=by, to=to, summary="まとめてお願いします")
    assert [one.session_id for one in done] == list(dict.fromkeys(rows))
    return [type(one.refusal) if one.refusal else None for one in done]


def test_all_go_to_one_person_with_the_summary(program: Program, three: list[Session], mio: User, ren: User) -> None:
    assert refusals(program, ids(three), mio, ren) == [None, None, None]
    assert {refreshed(session).counselor for session in three} == {ren}
    for assignment in Assignment.objects.filter(user=ren):
        assert assignment.words(assignment.session.visitor.key()) == "まとめてお願いします"


def test_those_for_whom_there_is_no_room_stay_where_they_are(
    program: Program, three: list[Session], mio: User, ren: User, haru: User
) -> None:
    Program.objects.update(capacity=2)
    assert refusals(program, ids(three), mio, ren) == [None, None, NoRoom]
    assert [refreshed(session).counselor for session in three] == [ren, ren, haru]


def test_all_go_back_to_the_queue(program: Program, three: list[Session], mio: User) -> None:
    assert refusals(program, ids(three), mio, None) == [None, None, None]
    assert {refreshed(session).state for session in three} == {State.WAITING}


def test_what_is_there_already_is_done(program: Program, three: list[Session], mio: User, ren: User) -> None:
    reassign(program_id=program.pk, session_ids=ids(three[:2]), by=mio, to=ren, summary="お願いします")
    before = [refreshed(session).version for session in three[:2]]
    assert refusals(program, ids(three), mio, ren) == [None, None, None]
    assert [refreshed(session).version for session in three[:2]] == before
    sessions.requeue(session_id=three[0].pk, by=mio, summary="戻します")
    assert refusals(program, [three[0].pk], mio, None) == [None]


def test_one_named_twice_is_moved_once(program: Program, three: list[Session], mio: User, ren: User) -> None:
    assert refusals(program, [three[0].pk] * 2, mio, ren) == [None]


def test_what_ended_meanwhile_keeps_no_other(
    program: Program, three: list[Session], mio: User, haru: User, ren: User
) -> None:
    sessions.end(session_id=three[0].pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    assert refusals(program, ids(three), mio, ren) == [CannotMove, None, None]


def test_a_trainee_gets_all_but_those_at_high_risk(
    program: Program, three: list[Session], mio: User, ren: User
) -> None:
    Membership.objects.filter(user=ren).update(role="trainee")
    Session.objects.filter(pk=three[1].pk).update(risk=3)
    assert refusals(program, ids(three), mio, ren) == [None, NotForTrainees, None]


def test_who_is_off_duty_gets_nothing(program: Program, three: list[Session], mio: User, ren: User) -> None:
    Duty.objects.filter(user=ren).delete()
    assert refusals(program, ids(three), mio, ren) == [NotOnDuty] * 3


def test_sessions_of_another_program_do_not_exist_here(
    program: Program, three: list[Session], mio: User, ren: User
) -> None:
    other = Program.objects.create(slug="other", name="other", kind="general", starts_on="2019-02-01")
    Membership.objects.create(user=mio, program=other, role="supervisor")
    Membership.objects.create(user=ren, program=other, role="counselor")
    assert refusals(other, [three[0].pk, 2_000_000_000], mio, ren) == [NotVisible, NotVisible]


@pytest.mark.parametrize("who", ["haru", "aoi", "kei"])
def test_only_supervisors_reassign(
    program: Program, three: list[Session], ren: User, who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NotVisible):
        refusals(program, ids(three), request.getfixturevalue(who), ren)


def test_nobody_who_takes_no_sessions_is_given_any(
    program: Program, three: list[Session], mio: User, aoi: User
) -> None:
    with pytest.raises(NotVisible):
        refusals(program, ids(three), mio, aoi)


@pytest.mark.parametrize("summary", ["", "   ", "あ" * 2_001, "a\x00b"])
def test_without_a_fit_summary_nothing_moves(
    program: Program, three: list[Session], mio: User, ren: User, haru: User, summary: str
) -> None:
    with pytest.raises(UnacceptableText):
        reassigning.reassign(program_id=program.pk, session_ids=ids(three), by=mio, to=ren, summary=summary)
    assert {refreshed(session).counselor for session in three} == {haru}
