"""What staff do with a session: one winner a claim, capacity never exceeded, nothing orphaned."""

import threading
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection, transaction

from accounts.models import User
from accounts.roles import Role
from config import embedded
from counseling.actions import records, sessions
from counseling.actions.queue import NobodyWaits
from counseling.actions.sessions import NoRoom
from counseling.lifecycle import CannotMove, Classification, EndReason, State
from counseling.models import Assignment, Channel, Program, Session, SessionEvent
from counseling.permissions import NotVisible
from counseling.text import UnacceptableText
from tests.conftest import Say, person


def visitor(number: int) -> str:
    return "U" + f"{number:032x}"


def test_claiming_gives_the_session_to_one_person(waiting: Session, haru: User) -> None:
    session = sessions.claim(session_id=waiting.pk, by=haru)
    assert (session.state, session.counselor_id) == (State.ACTIVE, haru.pk)
    assert Assignment.objects.get(session=session, until=None).user == haru


def test_the_second_claimant_is_told(active: Session, ren: User) -> None:
    with pytest.raises(CannotMove):
        sessions.claim(session_id=active.pk, by=ren)


def test_claiming_again_what_one_has_changes_nothing(active: Session, haru: User) -> None:
    again = sessions.claim(session_id=active.pk, by=haru)
    assert again.version == active.version


@pytest.mark.parametrize("who", ["aoi", "kei", "nao"])
def test_who_takes_no_sessions_cannot_claim(waiting: Session, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotVisible):
        sessions.claim(session_id=waiting.pk, by=request.getfixturevalue(who))


def test_a_counselor_of_another_program_cannot_claim(waiting: Session) -> None:
    with pytest.raises(NotVisible):
        sessions.claim(session_id=waiting.pk, by=person("Stranger", None, None))


def test_the_next_one_is_by_risk_and_then_by_waiting(sora_says: Say, haru: User, program: Program) -> None:
    first, second = sora_says("こんばんは", visitor(1)), sora_says("死にたい", visitor(2))
    assert sessions.claim_next(program_id=program.pk, by=haru).pk == second.pk
    assert sessions.claim_next(program_id=program.pk, by=haru).pk == first.pk


def test_an_empty_queue_says_so(program: Program, haru: User) -> None:
    with pytest.raises(NobodyWaits):
        sessions.claim_next(program_id=program.pk, by=haru)


def test_nobody_takes_more_than_the_capacity(sora_says: Say, haru: User, program: Program) -> None:
    for number in range(3):
        sora_says("はじめまして", visitor(number))
    sessions.claim_next(program_id=program.pk, by=haru)
    sessions.claim_next(program_id=program.pk, by=haru)
    with pytest.raises(NoRoom):
        sessions.claim_next(program_id=program.pk, by=haru)


def test_a_hand_over_needs_a_summary(active: Session, haru: User, ren: User) -> None:
    with pytest.raises(UnacceptableText):
        sessions.transfer(session_id=active.pk, by=haru, to=ren, summary="  ")


def test_a_hand_over_gives_session_and_summary(active: Session, haru: User, ren: User) -> None:
    sessions.transfer(session_id=active.pk, by=haru, to=ren, summary="夫の暴力。安全は確認済み。")
    active.refresh_from_db()
    assert active.counselor == ren
    mine = Assignment.objects.get(session=active, until=None)
    assert mine.words(active.visitor.key()) == "夫の暴力。安全は確認済み。"


def test_a_hand_over_to_a_person_without_room_is_refused(
    active: Session, haru: User, ren: User, sora_says: Say, program: Program
) -> None:
    for number in range(2):
        sora_says("はじめまして", visitor(number))
        sessions.claim_next(program_id=program.pk, by=ren)
    with pytest.raises(NoRoom):
        sessions.transfer(session_id=active.pk, by=haru, to=ren, summary="お願いします")
    active.refresh_from_db()
    assert active.counselor == haru


@pytest.mark.parametrize("who", ["aoi", "kei", "nao"])
def test_a_hand_over_to_who_takes_no_sessions_is_refused(
    active: Session, haru: User, who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NotVisible):
        sessions.transfer(session_id=active.pk, by=haru, to=request.getfixturevalue(who), summary="お願いします")


def test_requeued_it_keeps_its_place(active: Session, haru: User, sora_says: Say, program: Program, ren: User) -> None:
    sora_says("あとから来ました", visitor(9))
    sessions.requeue(session_id=active.pk, by=haru, summary="体調が悪くなりました")
    assert sessions.claim_next(program_id=program.pk, by=ren).pk == active.pk


def test_who_has_not_the_session_cannot_requeue_it(active: Session, ren: User) -> None:
    with pytest.raises(NotVisible):
        sessions.requeue(session_id=active.pk, by=ren, summary="もらいます")


def test_the_supervisor_may_hand_over_for_another(active: Session, mio: User, ren: User) -> None:
    sessions.transfer(session_id=active.pk, by=mio, to=ren, summary="早川さん休憩のため")
    active.refresh_from_db()
    assert active.counselor == ren


def test_a_session_is_closed_only_after_its_end(active: Session, haru: User) -> None:
    with pytest.raises(CannotMove):
        records.file(session_id=active.pk, by=haru, classification=Classification.VALID, thankful_end=None)


def test_the_talk_is_taken_up_again_from_its_record(active: Session, haru: User) -> None:
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    sessions.reopen(session_id=active.pk, by=haru)
    active.refresh_from_db()
    assert active.state == State.ACTIVE


def test_ending_frees_capacity(active: Session, haru: User) -> None:
    assert sessions.load_of(haru.pk) == 1
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    assert sessions.load_of(haru.pk) == 0


def in_threads(jobs: list[Callable[[], object]]) -> list[object]:
    """Run the jobs at the same moment; what each returned or raised."""
    barrier = threading.Barrier(len(jobs))
    results: list[object] = [None] * len(jobs)

    def run(place: int, job: Callable[[], object]) -> None:
        barrier.wait()
        try:
            results[place] = job()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, job)) for place, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_of_many_claimants_exactly_one_wins(program: Program, line_channel: Channel, sora_says: Say) -> None:
    people = [person(f"C{number}", program, Role.COUNSELOR) for number in range(10)]
    for round_number in range(10):
        session = sora_says("こんばんは", visitor(round_number))
        results = in_threads([partial(sessions.claim, session_id=session.pk, by=by) for by in people])
        winners = [result for result in results if isinstance(result, Session)]
        assert len(winners) == 1
        assert all(isinstance(result, CannotMove | NoRoom) for result in results if not isinstance(result, Session))
        Session.objects.filter(pk=session.pk).update(state=State.CLOSED)


@pytest.mark.django_db(transaction=True)
def test_one_person_claiming_many_at_once_stays_within_capacity(program: Program, haru: User, sora_says: Say) -> None:
    waiting = [sora_says("こんばんは", visitor(number)) for number in range(6)]
    results = in_threads([partial(sessions.claim, session_id=s.pk, by=haru) for s in waiting])
    assert sum(isinstance(result, Session) for result in results) == program.capacity
    assert Session.objects.filter(counselor=haru, state=State.ACTIVE).count() == program.capacity


def somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_a_word_that_waited_for_a_claim_is_told_with_the_counselor(
    waiting: Session, haru: User, sora_says: Say
) -> None:
    def write() -> None:
        sora_says("まだですか")
        connection.close()

    word = threading.Thread(target=write)
    with transaction.atomic():
        sessions.claim(session_id=waiting.pk, by=haru)
        word.start()
        assert embedded.wait_until(somebody_waits_for_a_lock, 10)
    word.join()
    told = SessionEvent.objects.get(session=waiting, kind="message.received", version__gt=3)
    assert (told.header["state"], told.header["counselor"]) == ("active", {"id": haru.pk, "name": "Haru"})


@pytest.mark.django_db(transaction=True)
def test_the_next_one_is_waited_for_while_its_visitor_writes(waiting: Session, haru: User, program: Program) -> None:
    taken: list[Session] = []

    def take() -> None:
        taken.append(sessions.claim_next(program_id=program.pk, by=haru))
        connection.close()

    counselor = threading.Thread(target=take)
    with transaction.atomic():
        Session.objects.select_for_update().get(pk=waiting.pk)
        counselor.start()
        assert embedded.wait_until(somebody_waits_for_a_lock, 10)
    counselor.join()
    assert [session.pk for session in taken] == [waiting.pk]
