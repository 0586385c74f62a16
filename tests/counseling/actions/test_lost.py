"""A counselor's console is gone: it is told, nothing is freed silently, and the talk goes on with somebody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from counseling import feeds
from counseling.actions import duty, lost, messages, notes, offers, sessions
from counseling.lifecycle import CannotMove, EndReason, State
from counseling.models import Assignment, Duty, Membership, Presence, Program, Session, SessionEvent
from counseling.models.duty import BreakReason
from counseling.permissions import NotVisible
from counseling.triage import Risk
from tests.conftest import Say
from tests.counseling.actions.conftest import come


def vanish(*people: User) -> None:
    """Their presence ended."""
    gone = timezone.now() - timedelta(seconds=61)
    Presence.objects.filter(user__in=people).update(seen_at=gone)


def pass_time(minutes: float) -> None:
    """Everything was so much earlier, and who is here has been since then."""
    earlier = timezone.now() - timedelta(minutes=minutes)
    Session.objects.exclude(counselor_lost_at=None).update(counselor_lost_at=earlier)
    Presence.objects.update(came_at=earlier)


def kinds(session: Session) -> list[str]:
    """What was told of being lost and found and given back."""
    told = ("session.lost", "session.found", "session.requeued")
    return list(
        SessionEvent.objects.filter(session=session, kind__in=told).order_by("version").values_list("kind", flat=True)
    )


@pytest.fixture
def kept(active: Session, haru: User, ren: User) -> Session:
    """Sora's session with Haru; Ren is there, too."""
    come(haru, ren)
    return active


@pytest.fixture
def broken(kept: Session, haru: User) -> Session:
    """Haru's console is gone with Sora's session, and that was told."""
    vanish(haru)
    lost.watch()
    kept.refresh_from_db()
    return kept


def test_while_the_counselor_is_there_nothing_is_lost(kept: Session) -> None:
    assert lost.watch() == 0
    assert kinds(kept) == []


def test_when_presence_ends_it_is_told_once(kept: Session, haru: User) -> None:
    vanish(haru)
    assert [lost.watch(), lost.watch()] == [1, 0]
    assert kinds(kept) == ["session.lost"]
    told = SessionEvent.objects.get(session=kept, kind="session.lost")
    assert told.header["counselor_lost_at"] is not None


def test_a_break_loses_nothing(kept: Session, haru: User, program: Program) -> None:
    duty.take_break(program_id=program.pk, reason=BreakReason.REST, by=haru)
    assert lost.watch() == 0


def test_who_is_no_longer_on_duty_has_lost_the_talk(kept: Session, haru: User) -> None:
    Duty.objects.filter(user=haru).update(ended_at=timezone.now())
    assert lost.watch() == 1


def test_a_supervisor_may_have_a_talk_without_duty(kept: Session, mio: User) -> None:
    come(mio)
    Duty.objects.filter(user=mio).update(ended_at=timezone.now())
    sessions.transfer(session_id=kept.pk, by=mio, to=mio, summary="引き取ります")
    assert lost.watch() == 0


def test_the_counselor_who_comes_back_has_the_talk_at_once(broken: Session, haru: User) -> None:
    come(haru)
    assert kinds(broken) == ["session.lost", "session.found"]
    broken.refresh_from_db()
    assert (broken.counselor, broken.counselor_lost_at) == (haru, None)


def test_nothing_is_freed_before_it_is_given_back(broken: Session, haru: User, ren: User) -> None:
    assert sessions.load_of(haru.pk) == 1
    with pytest.raises(CannotMove):
        sessions.claim(session_id=broken.pk, by=ren)
    assert Assignment.objects.get(session=broken, until=None).user == haru


def test_before_its_time_it_stays_with_its_counselor(broken: Session) -> None:
    pass_time(1.9)
    assert lost.watch() == 0


def test_after_a_while_it_is_given_back_in_its_place(broken: Session, haru: User, ren: User, sora_says: Say) -> None:
    sora_says("あとから来ました", "U" + "9" * 32)
    queued_at = broken.queued_at
    pass_time(2)
    assert lost.watch() == 1
    broken.refresh_from_db()
    assert (broken.state, broken.counselor, broken.counselor_lost_at) == (State.WAITING, None, None)
    assert (broken.queued_at, broken.offer_declined) == (queued_at, [haru.pk])
    assert Assignment.objects.get(session=broken).ended_because == "lost"
    assert SessionEvent.objects.get(session=broken, kind="session.requeued").details == {"why": "lost"}
    assert sessions.claim_next(program_id=broken.program_id, by=ren).pk == broken.pk


def test_the_next_counselor_reads_when_the_line_broke(broken: Session, ren: User) -> None:
    pass_time(2)
    broken.refresh_from_db()
    assert broken.counselor_lost_at is not None
    broke_at = timezone.localtime(broken.counselor_lost_at)
    lost.watch()
    assert "担当者".encode() not in bytes(Assignment.objects.get(session=broken).summary)
    sessions.claim(session_id=broken.pk, by=ren)
    summary = feeds.session_state(broken.pk, ren)["summary"]
    assert summary.startswith(f"{broke_at:%H:%M}に担当者の接続が切れたため")
    assert "相談は続いています" in summary


def test_what_was_handed_over_before_goes_on_to_the_next(
    kept: Session, haru: User, ren: User, mio: User, program: Program
) -> None:
    come(mio)
    sessions.requeue(session_id=kept.pk, by=haru, summary="夫の暴力。安全は確認済み。")
    sessions.claim(session_id=kept.pk, by=ren)
    vanish(ren)
    lost.watch()
    pass_time(2)
    lost.watch()
    sessions.claim(session_id=kept.pk, by=mio)
    assert feeds.session_state(kept.pk, mio)["summary"].endswith("\n\n夫の暴力。安全は確認済み。")


def test_a_draft_stays_with_the_person_who_wrote_it(kept: Session, haru: User, ren: User) -> None:
    notes.keep_draft(session_id=kept.pk, by=haru, words="それは")
    vanish(haru)
    lost.watch()
    pass_time(2)
    lost.watch()
    sessions.claim(session_id=kept.pk, by=ren)
    assert feeds.session_state(kept.pk, ren)["draft"] == ""


def test_who_comes_back_too_late_is_told_when_they_write(broken: Session, haru: User, new_id: Any) -> None:
    pass_time(2)
    lost.watch()
    come(haru)
    with pytest.raises(NotVisible):
        messages.reply(session_id=broken.pk, by=haru, client_id=new_id(), words="お待たせしました")


def test_it_is_offered_at_once_and_not_to_who_was_lost(
    broken: Session, program: Program, haru: User, ren: User, woken: list[tuple[str, int]]
) -> None:
    Program.objects.update(routing="both")
    pass_time(2)
    lost.watch()
    assert ("offer", program.pk) in woken
    come(haru)
    offers.offer_waiting(program_id=program.pk)
    broken.refresh_from_db()
    assert broken.offered_to == ren


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What the worker was woken for, without waiting for a commit."""
    calls: list[tuple[str, int]] = []
    monkeypatch.setattr("counseling.later._after_commit", lambda name, number: calls.append((name, number)))
    return calls


def test_a_held_talk_is_given_back_like_any_other(kept: Session, haru: User) -> None:
    sessions.hold(session_id=kept.pk, by=haru)
    vanish(haru)
    lost.watch()
    pass_time(2)
    lost.watch()
    kept.refresh_from_db()
    assert kept.state == State.WAITING


def test_high_risk_waits_at_the_head_of_the_queue(broken: Session) -> None:
    Session.objects.update(risk=Risk.IMMINENT)
    pass_time(2)
    lost.watch()
    broken.refresh_from_db()
    assert (broken.state, broken.risk) == (State.WAITING, Risk.IMMINENT)


def test_where_only_a_person_decides_it_stays_until_a_supervisor_acts(
    broken: Session, program: Program, mio: User
) -> None:
    Program.objects.update(rescue_after=None)
    pass_time(600)
    assert lost.watch() == 0
    sessions.requeue(session_id=broken.pk, by=mio, summary="接続が切れたので戻します")
    broken.refresh_from_db()
    assert (broken.state, broken.counselor_lost_at) == (State.WAITING, None)


def leave_the_program(user: User) -> None:
    Membership.objects.filter(user=user).delete()


def be_deactivated(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def take_no_more_sessions(user: User) -> None:
    Membership.objects.filter(user=user).update(role=Role.COORDINATOR)


@pytest.mark.parametrize("leave", [leave_the_program, be_deactivated, take_no_more_sessions])
def test_of_somebody_who_left_it_is_given_back_at_once(kept: Session, haru: User, ren: User, leave: Any) -> None:
    Program.objects.update(rescue_after=None)
    leave(haru)
    assert lost.watch() == 1
    sessions.claim(session_id=kept.pk, by=ren)
    assert "担当から外れた" in feeds.session_state(kept.pk, ren)["summary"]


def test_when_nobody_was_there_the_houses_own_line_was_broken(broken: Session, haru: User, ren: User) -> None:
    pass_time(10)
    vanish(ren)
    assert lost.watch() == 0
    come(ren)
    assert lost.watch() == 0
    come(haru)
    broken.refresh_from_db()
    assert (broken.counselor, broken.counselor_lost_at) == (haru, None)


def test_a_lost_talk_can_be_handed_on_by_a_supervisor(broken: Session, mio: User, ren: User) -> None:
    sessions.transfer(session_id=broken.pk, by=mio, to=ren, summary="お願いします")
    broken.refresh_from_db()
    assert (broken.counselor, broken.counselor_lost_at) == (ren, None)


def test_a_lost_talk_that_ends_is_no_longer_lost(broken: Session, mio: User) -> None:
    sessions.end(session_id=broken.pk, by=mio, reason=EndReason.VISITOR_LEFT, farewell=False)
    broken.refresh_from_db()
    assert broken.counselor_lost_at is None
    assert lost.watch() == 0


def test_one_that_cannot_be_opened_holds_up_no_other(broken: Session, haru: User, sora_says: Say) -> None:
    other = sora_says("はじめまして", "U" + "9" * 32)
    sessions.claim(session_id=other.pk, by=haru)
    lost.watch()
    broken.visitor.wrapped_key = b""
    broken.visitor.save()
    pass_time(2)
    assert lost.watch() == 1
    other.refresh_from_db()
    assert other.state == State.WAITING


def test_it_is_one_query_while_nothing_is_lost(kept: Session) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        lost.watch()
    assert len(asked) == 1
