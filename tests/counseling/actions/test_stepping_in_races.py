"""A supervisor steps in while the counselor answers: both are heard in one order, and there is one first answer."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from accounts.models import User
from counseling.actions import messages, sessions, stepping_in
from counseling.lifecycle import TakeOver
from counseling.models import Assignment, Message, Session, SessionEvent
from counseling.permissions import NotVisible
from tests.counseling.actions.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4


def gapless(session: Session) -> None:
    versions = SessionEvent.objects.filter(session=session).order_by("version").values_list("version", flat=True)
    seqs = Message.objects.filter(session=session).order_by("seq").values_list("seq", flat=True)
    assert list(versions) == list(range(1, len(versions) + 1))
    assert list(seqs) == list(range(1, len(seqs) + 1))


def test_both_are_heard_in_one_order_and_the_first_answer_is_one(active: Session, haru: User, mio: User) -> None:
    def by_haru() -> object:
        return messages.reply(session_id=active.pk, by=haru, client_id=uuid4(), words="春です")

    def by_mio() -> object:
        return stepping_in.write(session_id=active.pk, by=mio, client_id=uuid4(), words="三浦です")

    assert at_once(*[by_haru, by_mio] * 4) == ["done"] * 8
    gapless(active)
    said = Message.objects.filter(session=active, author="counselor").order_by("seq")
    assert [said.filter(by=by).count() for by in (haru, mio)] == [4, 4]
    assert Message.objects.filter(session=active, auto_key="stepped_in").count() == 1
    told = Message.objects.get(session=active, auto_key="stepped_in")
    hers = said.filter(by=mio).first()
    assert hers is not None
    assert told.seq == hers.seq - 1
    event = SessionEvent.objects.filter(session=active, kind="message.replied").order_by("version").first()
    assert event is not None
    answered = Session.objects.get(pk=active.pk).first_response_at
    assert answered is not None
    assert abs((answered - event.at).total_seconds()) < 1


def test_a_reply_and_a_take_over_at_once_leave_no_words_after_it(active: Session, haru: User, mio: User) -> None:
    for _round in range(ROUNDS):
        results = at_once(
            lambda: messages.reply(session_id=active.pk, by=haru, client_id=uuid4(), words="まだいます"),
            lambda: stepping_in.take_over(session_id=active.pk, by=mio, because=TakeOver.RISK),
            refusals=(NotVisible,),
        )
        assert results in (["done", "done"], ["NotVisible", "done"])
        last = SessionEvent.objects.filter(session=active).latest("version")
        assert last.kind == "session.transferred"
        stepping_in.hand_back(session_id=active.pk, by=mio, summary="要約")
    gapless(active)


def test_giving_back_and_handing_on_at_once_give_it_to_one(active: Session, haru: User, ren: User, mio: User) -> None:
    deeds: list[Callable[[], object]] = [
        lambda: stepping_in.hand_back(session_id=active.pk, by=mio, summary="返します"),
        lambda: sessions.transfer(session_id=active.pk, by=mio, to=ren, summary="お願いします"),
    ]
    for _round in range(ROUNDS):
        stepping_in.take_over(session_id=active.pk, by=mio, because=TakeOver.ASKED)
        results = at_once(*deeds, refusals=(NotVisible,))
        # She may hand on what she has just given back; what she has handed on she cannot give back any more.
        assert results in (["done", "done"], ["NotVisible", "done"])
        assert Session.objects.get(pk=active.pk).counselor_id == ren.pk
        assert Assignment.objects.filter(session=active, until=None).count() == 1
        sessions.transfer(session_id=active.pk, by=ren, to=haru, summary="戻します")
    gapless(active)
