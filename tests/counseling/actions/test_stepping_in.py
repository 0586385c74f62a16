"""A supervisor steps in: her own words beside the counselor's, the whole talk taken over, and given back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from accounts.models import User
from counseling import feeds
from counseling.actions import messages, queue, sessions, stepping_in
from counseling.actions.duty import NotOnDuty, check_out
from counseling.lifecycle import CannotMove, EndReason, State, TakeOver
from counseling.models import Assignment, Delivery, Membership, Message, Program, Session, SessionEvent
from counseling.permissions import NotVisible
from counseling.text import UnacceptableText
from counseling.wording import TEXTS
from tests.conftest import Say
from tests.counseling.actions.conftest import refreshed, take

NewId = Callable[[], UUID]
Write = Callable[..., Message]


@pytest.fixture
def write(active: Session, new_id: NewId) -> Write:
    """Somebody writes to Sora beside Haru."""

    def say(by: User, words: str = "三浦です。いっしょに聞かせてください") -> Message:
        message, _new = stepping_in.write(session_id=active.pk, by=by, client_id=new_id(), words=words)
        return message

    return say


@pytest.fixture
def taken(active: Session, mio: User) -> Session:
    """Haru's session, which Mio took over."""
    return stepping_in.take_over(session_id=active.pk, by=mio, because=TakeOver.RISK)


def told(session: Session) -> list[tuple[str, str]]:
    """Who said what to the visitor since Haru came, in order."""
    rows = feeds.session_state(session.pk, User.objects.get(name="Haru"))["messages"]
    return [(row["by"]["name"] if row["by"] else row["author"], row["text"]) for row in rows][2:]


# Writing as oneself


def test_the_supervisors_words_are_hers_and_the_talk_stays_with_its_counselor(
    active: Session, haru: User, mio: User, write: Write
) -> None:
    message = write(mio)
    assert (message.author, message.by_id) == ("counselor", mio.pk)
    assert refreshed(active).counselor_id == haru.pk
    assert Delivery.objects.filter(message=message).count() == 1


def test_the_visitor_is_told_once_that_a_supervisor_writes(
    active: Session, mio: User, haru: User, write: Write
) -> None:
    write(mio, "ひとつめ")
    write(mio, "ふたつめ")
    assert told(active) == [("auto", TEXTS["ja"]["stepped_in"]), ("Mio", "ひとつめ"), ("Mio", "ふたつめ")]


def test_the_visitor_is_not_told_where_the_program_does_not_wish_it(
    active: Session, mio: User, haru: User, program: Program, write: Write
) -> None:
    Program.objects.filter(pk=program.pk).update(tells_stepping_in=False)
    write(mio, "ひとつめ")
    assert told(active) == [("Mio", "ひとつめ")]


def test_the_clocks_move_as_for_a_reply(active: Session, mio: User, write: Write) -> None:
    Session.objects.filter(pk=active.pk).update(idle_steps=2)
    write(mio)
    session = refreshed(active)
    assert session.waiting_since is None
    assert session.silent_since == session.first_response_at
    assert session.idle_steps == 0


def test_the_first_answer_stays_the_first(active: Session, haru: User, mio: User, write: Write, new_id: NewId) -> None:
    messages.reply(session_id=active.pk, by=haru, client_id=new_id(), words="はじめまして")
    first = refreshed(active).first_response_at
    write(mio)
    assert refreshed(active).first_response_at == first


@pytest.mark.parametrize("who", ["haru", "ren", "aoi", "kei", "nao"])
def test_nobody_else_writes_so(active: Session, who: str, write: Write, request: pytest.FixtureRequest) -> None:
    """Least of all the counselor: a trainee's words must not find a way around whoever approves them."""
    count = Message.objects.count()
    with pytest.raises(NotVisible):
        write(request.getfixturevalue(who))
    assert Message.objects.count() == count


@pytest.mark.parametrize("words", ["", " \n", "\x00", "\ud83d", "あ" * (messages.REPLY_LIMIT + 1)])
def test_bad_words_are_refused_and_the_visitor_is_told_nothing(
    active: Session, mio: User, write: Write, words: str
) -> None:
    before = refreshed(active).version
    with pytest.raises(UnacceptableText):
        write(mio, words)
    assert refreshed(active).version == before


def test_the_same_words_are_taken_once(active: Session, mio: User, new_id: NewId) -> None:
    given: dict[str, Any] = {"session_id": active.pk, "by": mio, "client_id": new_id(), "words": "一度だけ"}
    first, new = stepping_in.write(**given)
    again, new_again = stepping_in.write(**given)
    assert (new, new_again, first.pk) == (True, False, again.pk)
    with pytest.raises(messages.ClientIdReused):
        stepping_in.write(**given | {"words": "ちがうことば"})


def test_nobody_writes_into_a_talk_that_rests_waits_or_is_over(
    active: Session, haru: User, mio: User, write: Write
) -> None:
    def refused() -> None:
        with pytest.raises(messages.CannotReply):
            write(mio)

    sessions.hold(session_id=active.pk, by=haru)
    refused()
    sessions.requeue(session_id=active.pk, by=haru, summary="急用")
    refused()
    sessions.claim(session_id=active.pk, by=haru)
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    refused()
    assert not Message.objects.filter(auto_key="stepped_in").exists()


def test_who_took_the_talk_over_meanwhile_answers_in_it(taken: Session, haru: User, mio: User, write: Write) -> None:
    write(mio, "代わりました")
    assert told(taken) == [("Mio", "代わりました")]


# Taking over


def test_who_takes_over_has_the_talk_and_everybody_sees_from_whom_and_why(
    active: Session, taken: Session, haru: User, mio: User, program: Program
) -> None:
    (view,) = feeds.board(program.pk)["sessions"]
    assert view["counselor"] == {"id": mio.pk, "name": "Mio"}
    assert (view["taken_from"], view["taken_because"], view["state"]) == (haru.pk, "risk", "active")
    event = SessionEvent.objects.filter(session=taken).latest("version")
    assert (event.kind, event.by_id, event.details) == (
        "session.transferred", mio.pk, {"to": mio.pk, "why": "taken_over"},
    )  # fmt: skip
    ended, begun = Assignment.objects.filter(session=taken).order_by("pk")
    assert (ended.user_id, ended.ended_because, begun.user_id, begun.began_because) == (
        haru.pk, "taken_over", mio.pk, "taken_over",
    )  # fmt: skip


def test_who_lost_the_talk_neither_reads_nor_replies(taken: Session, haru: User, new_id: NewId) -> None:
    with pytest.raises(NotVisible):
        messages.reply(session_id=taken.pk, by=haru, client_id=new_id(), words="まだいます")


def test_taking_over_twice_is_the_same(taken: Session, mio: User) -> None:
    version = refreshed(taken).version
    again = stepping_in.take_over(session_id=taken.pk, by=mio, because=TakeOver.OTHER)
    assert (again.version, again.taken_because) == (version, "risk")


def test_a_talk_on_hold_is_taken_over_and_goes_on(active: Session, haru: User, mio: User) -> None:
    sessions.hold(session_id=active.pk, by=haru)
    stepping_in.take_over(session_id=active.pk, by=mio, because=TakeOver.REST)
    assert refreshed(active).state == State.ACTIVE


def test_a_supervisor_takes_over_without_being_on_duty_but_not_without_room(
    active: Session, haru: User, ren: User, mio: User, program: Program, sora_says: Say
) -> None:
    one, other, third = (active, *take(haru, sora_says, 1), *take(ren, sora_says, 1))
    check_out(program_id=program.pk, by=mio)
    for session in (one, other):
        stepping_in.take_over(session_id=session.pk, by=mio, because=TakeOver.RISK)
    with pytest.raises(sessions.NoRoom):
        stepping_in.take_over(session_id=third.pk, by=mio, because=TakeOver.RISK)
    assert refreshed(third).counselor_id == ren.pk


@pytest.mark.parametrize("who", ["haru", "ren", "aoi", "kei", "nao"])
def test_nobody_else_takes_over(active: Session, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotVisible):
        stepping_in.take_over(session_id=active.pk, by=request.getfixturevalue(who), because=TakeOver.RISK)


def test_what_waits_is_claimed_and_not_taken_over(waiting: Session, mio: User) -> None:
    with pytest.raises(CannotMove):
        stepping_in.take_over(session_id=waiting.pk, by=mio, because=TakeOver.RISK)


def test_handing_a_talk_to_oneself_is_taking_it_over(active: Session, haru: User, mio: User) -> None:
    sessions.transfer(session_id=active.pk, by=mio, to=mio, summary="引き取ります")
    session = refreshed(active)
    assert (session.taken_from_id, session.taken_because) == (haru.pk, "other")


# Giving back


def test_it_goes_back_to_whom_it_was_taken_from_with_what_happened(taken: Session, haru: User, mio: User) -> None:
    stepping_in.hand_back(session_id=taken.pk, by=mio, summary="今夜はお姉さんの家へ")
    session = refreshed(taken)
    assert (session.counselor_id, session.taken_from_id, session.taken_because) == (haru.pk, None, "")
    assert feeds.session_state(taken.pk, haru)["summary"] == "今夜はお姉さんの家へ"
    assert SessionEvent.objects.filter(session=taken).latest("version").details == {"to": haru.pk, "why": "given_back"}


def test_it_cannot_be_given_back_twice(taken: Session, mio: User) -> None:
    stepping_in.hand_back(session_id=taken.pk, by=mio, summary="要約")
    with pytest.raises(NotVisible):
        stepping_in.hand_back(session_id=taken.pk, by=mio, summary="要約")


def test_only_whoever_took_it_over_gives_it_back(taken: Session, haru: User, ren: User, aoi: User) -> None:
    for by in (haru, ren, aoi):
        with pytest.raises(NotVisible):
            stepping_in.hand_back(session_id=taken.pk, by=by, summary="要約")


def test_what_was_claimed_has_nobody_to_go_back_to(active: Session, haru: User) -> None:
    with pytest.raises(stepping_in.NotTakenOver):
        stepping_in.hand_back(session_id=active.pk, by=haru, summary="要約")


def test_after_the_queue_or_a_hand_over_nobody_waits_for_it(taken: Session, haru: User, ren: User, mio: User) -> None:
    sessions.transfer(session_id=taken.pk, by=mio, to=ren, summary="お願いします")
    assert refreshed(taken).taken_from_id is None
    stepping_in.take_over(session_id=taken.pk, by=mio, because=TakeOver.ASKED)
    sessions.requeue(session_id=taken.pk, by=mio, summary="戻します")
    assert (refreshed(taken).taken_from_id, refreshed(taken).taken_because) == (None, "")


def test_it_is_not_given_back_to_someone_who_left_or_has_no_room(
    taken: Session, haru: User, mio: User, program: Program, sora_says: Say
) -> None:
    others = take(haru, sora_says, 2)
    with pytest.raises(sessions.NoRoom):
        stepping_in.hand_back(session_id=taken.pk, by=mio, summary="要約")
    for session in others:
        sessions.requeue(session_id=session.pk, by=haru, summary="戻します")
    check_out(program_id=program.pk, by=haru)
    with pytest.raises(NotOnDuty):
        stepping_in.hand_back(session_id=taken.pk, by=mio, summary="要約")
    Membership.objects.filter(user=haru).delete()
    with pytest.raises(stepping_in.NotTakenOver):
        stepping_in.hand_back(session_id=taken.pk, by=mio, summary="要約")
    assert refreshed(taken).counselor_id == mio.pk


def test_a_trainee_gets_no_talk_back_that_became_dangerous(taken: Session, haru: User, mio: User) -> None:
    Membership.objects.filter(user=haru).update(role="trainee")
    Session.objects.filter(pk=taken.pk).update(risk=3)
    with pytest.raises(queue.NotForTrainees):
        stepping_in.hand_back(session_id=taken.pk, by=mio, summary="要約")


def test_giving_back_needs_a_word_of_what_happened(taken: Session, mio: User) -> None:
    with pytest.raises(UnacceptableText):
        stepping_in.hand_back(session_id=taken.pk, by=mio, summary=" ")
