"""The queue diverted to supervisors: nobody else takes or is offered who waits, and everybody sees by whom."""

import pytest

from accounts.models import AuditEntry, User
from counseling import feeds
from counseling.actions import diversion, offers, sessions
from counseling.actions.queue import Diverted
from counseling.lifecycle import State
from counseling.models import Program, Session
from counseling.permissions import NotVisible
from tests.counseling.actions.conftest import come, refreshed


@pytest.fixture
def diverted(program: Program, mio: User) -> Program:
    """Mio has diverted the queue."""
    diversion.divert(program_id=program.pk, by=mio)
    program.refresh_from_db()
    return program


def test_a_counselor_takes_nobody_from_a_diverted_queue(diverted: Program, waiting: Session, haru: User) -> None:
    with pytest.raises(Diverted):
        sessions.claim(session_id=waiting.pk, by=haru)
    with pytest.raises(Diverted):
        sessions.claim_next(program_id=diverted.pk, by=haru)
    assert refreshed(waiting).state == State.WAITING


def test_a_supervisor_takes_them(diverted: Program, waiting: Session, mio: User) -> None:
    assert sessions.claim_next(program_id=diverted.pk, by=mio).pk == waiting.pk


def test_what_a_counselor_has_goes_on(program: Program, active: Session, haru: User, ren: User, mio: User) -> None:
    diversion.divert(program_id=program.pk, by=mio)
    sessions.hold(session_id=active.pk, by=haru)
    sessions.resume(session_id=active.pk, by=haru)
    sessions.transfer(session_id=active.pk, by=haru, to=ren, summary="お願いします")
    assert refreshed(active).counselor == ren


def test_an_offer_is_taken_back_and_goes_to_a_supervisor(
    program: Program, waiting: Session, haru: User, mio: User
) -> None:
    Program.objects.update(routing="both")
    come(haru, mio)
    Session.objects.update(offer_declined=[mio.pk])
    offers.offer_waiting(program_id=program.pk)
    assert refreshed(waiting).offered_to == haru
    diversion.divert(program_id=program.pk, by=mio)
    with pytest.raises(Diverted):
        sessions.claim(session_id=waiting.pk, by=haru)
    offers.offer_waiting(program_id=program.pk)
    assert refreshed(waiting).offered_to == mio


def test_without_a_supervisor_nobody_is_offered_anything(diverted: Program, waiting: Session, haru: User) -> None:
    Program.objects.update(routing="offer")
    come(haru)
    assert offers.offer_waiting(program_id=diverted.pk) == 0


def test_given_back_it_is_everybodys(diverted: Program, waiting: Session, haru: User, mio: User) -> None:
    diversion.end(program_id=diverted.pk, by=mio)
    diversion.end(program_id=diverted.pk, by=mio)
    assert sessions.claim(session_id=waiting.pk, by=haru).counselor == haru


def test_who_did_it_first_did_it(diverted: Program, mio: User) -> None:
    other = User.objects.create(email="other@example.jp", name="Other")
    other.memberships.create(program=diverted, role="supervisor")
    since = diverted.diverted_since
    diversion.divert(program_id=diverted.pk, by=other)
    diverted.refresh_from_db()
    assert (diverted.diverted_by, diverted.diverted_since) == (mio, since)


def test_every_board_tells_who_and_since_when(diverted: Program, mio: User) -> None:
    told = feeds.board(diverted.pk)["reception"]["diverted"]
    assert diverted.diverted_since
    assert told == {"since": diverted.diverted_since.isoformat(), "by": {"id": mio.pk, "name": "Mio"}}


def test_it_stands_in_the_audit(diverted: Program, mio: User) -> None:
    diversion.end(program_id=diverted.pk, by=mio)
    deeds = AuditEntry.objects.order_by("pk").values_list("deed", "actor_id", "subject", "program_id")
    about = (mio.pk, f"program:{diverted.pk}", diverted.pk)
    assert list(deeds) == [("queue.diverted", *about), ("queue.returned", *about)]


@pytest.mark.parametrize("who", ["haru", "aoi", "kei"])
def test_only_supervisors_divert_and_end(program: Program, who: str, request: pytest.FixtureRequest) -> None:
    by = request.getfixturevalue(who)
    for act in (diversion.divert, diversion.end):
        with pytest.raises(NotVisible):
            act(program_id=program.pk, by=by)
