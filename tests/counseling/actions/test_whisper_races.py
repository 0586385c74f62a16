"""Whispering while the talk changes hands: whoever has it no longer says nothing in it."""

from uuid import uuid4

import pytest

from accounts.models import User
from counseling.actions import sessions, whispers
from counseling.models import Session, SessionEvent, Whisper
from counseling.permissions import NotVisible
from tests.counseling.actions.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 8


def test_a_whisper_at_the_hand_over_comes_before_it_or_not_at_all(
    active: Session, haru: User, ren: User, mio: User
) -> None:
    people = [haru, ren]
    for _round in range(ROUNDS):
        giver, taker = people
        results = at_once(
            lambda by=giver: whispers.say(session_id=active.pk, by=by, client_id=uuid4(), words="待って"),  # type: ignore[misc]
            lambda by=giver, to=taker: sessions.transfer(session_id=active.pk, by=by, to=to, summary="交代"),  # type: ignore[misc]
            refusals=(NotVisible,),
        )
        assert results in (["done", "done"], ["NotVisible", "done"])
        said, moved = (
            SessionEvent.objects.filter(session=active, kind=kind).order_by("-version").first()
            for kind in ("whisper.said", "session.transferred")
        )
        if results[0] == "done":
            assert said is not None
            assert moved is not None
            assert said.version == moved.version - 1
        people.reverse()
    versions = list(SessionEvent.objects.filter(session=active).order_by("version").values_list("version", flat=True))
    assert versions == list(range(1, len(versions) + 1))


def test_the_same_whisper_sent_many_times_at_once_is_taken_once(active: Session, mio: User) -> None:
    client_id = uuid4()
    results = at_once(*[lambda: whispers.say(session_id=active.pk, by=mio, client_id=client_id, words="一度だけ")] * 6)
    assert results == ["done"] * 6
    assert Whisper.objects.count() == 1
