"""Whom an offer prefers, whom it spares, and what it never looks at."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.utils import timezone

from accounts.models import User
from counseling import assignment
from counseling.actions import lost, messages, offers, records, sessions
from counseling.lifecycle import Classification, EndReason
from counseling.models import Assignment, Program, Session
from counseling.triage import Risk
from tests.conftest import Say, assess
from tests.counseling.actions.conftest import come, refreshed, take
from tests.counseling.actions.test_offers import fill_up, go_for_a_meal, lose_the_line


@pytest.fixture
def came_before(offering: Program, active: Session, ren: User, mio: User, new_id: Callable[[], UUID]) -> Session:
    """Sora was answered by Haru once and handed to Ren, who answered last; Ren is the fuller one today."""
    Program.objects.update(same_counselor=True)
    sessions.transfer(session_id=active.pk, by=mio, to=ren, summary="お願いします")
    messages.reply(session_id=active.pk, by=ren, client_id=new_id(), words="こんばんは")
    sessions.end(session_id=active.pk, by=ren, reason=EndReason.CONCLUDED, farewell=False)
    records.file(session_id=active.pk, by=ren, classification=Classification.VALID, thankful_end=True)
    return active


def test_who_comes_back_is_offered_first_to_who_answered_last(
    came_before: Session, offering: Program, haru: User, ren: User, sora_says: Say
) -> None:
    come(haru, ren)
    take(ren, sora_says, 1)
    again = sora_says("また来ました")
    offers.offer_waiting(program_id=offering.pk)
    assert refreshed(again).offered_to == ren


def test_not_answered_by_the_one_they_know_it_goes_the_usual_way(
    came_before: Session, offering: Program, haru: User, ren: User, sora_says: Say
) -> None:
    come(haru, ren)
    again = sora_says("また来ました")
    offers.offer_waiting(program_id=offering.pk)
    offers.decline(session_id=again.pk, by=ren)
    offers.offer_waiting(program_id=offering.pk)
    assert refreshed(again).offered_to == haru


@pytest.mark.parametrize("leave", [fill_up, go_for_a_meal, lose_the_line])
def test_when_the_one_they_know_cannot_it_goes_the_usual_way_at_once(
    came_before: Session, offering: Program, haru: User, ren: User, sora_says: Say, leave: Callable[[User, Say], None]
) -> None:
    come(haru, ren)
    leave(ren, sora_says)
    again = sora_says("また来ました")
    offers.offer_waiting(program_id=offering.pk)
    assert refreshed(again).offered_to == haru


def test_what_a_visitor_wishes_for_changes_nothing(offering: Program, haru: User, ren: User, sora_says: Say) -> None:
    """A visible wish is shown to people; no rule reads it, nor what people say of themselves."""
    User.objects.filter(pk=ren.pk).update(languages=["ja", "en"], can_take=["violence"])
    come(haru, ren)
    first, wished = sora_says(), sora_says("Hello", "U" + "9" * 32)
    Session.objects.filter(pk=wished.pk).update(attributes={"language": "en", "gender": "woman"})
    offers.offer_waiting(program_id=offering.pk)
    assert refreshed(first).offered_to == haru
    for module in (assignment, offers, sessions, lost):
        source = Path(str(module.__file__)).read_text()
        assert not re.search(r"\b(attributes|languages|can_take|qualifications)\b", source)


def end_after(session: Session, minutes: int, by: User) -> None:
    """The talk ends, having lasted so long."""
    Assignment.objects.filter(session=session).update(since=timezone.now() - timedelta(minutes=minutes))
    sessions.end(session_id=session.pk, by=by, reason=EndReason.CONCLUDED, farewell=False)


@pytest.fixture
def resting(offering: Program) -> Program:
    """After a heavy talk people are offered nothing for ten minutes."""
    Program.objects.update(rest_after_heavy=timedelta(minutes=10))
    return offering


@pytest.mark.parametrize(("minutes", "danger", "offered"), [(5, False, 1), (91, False, 0), (5, True, 0)])
def test_after_a_heavy_talk_a_person_rests(
    resting: Program, active: Session, haru: User, sora_says: Say, minutes: int, danger: bool, offered: int
) -> None:
    come(haru)
    if danger:
        assess(session_id=active.pk, by=haru, level=Risk.HIGH, word="計画がある")
        assess(session_id=active.pk, by=haru, level=Risk.LOW, word="落ち着いた")
    end_after(active, minutes, haru)
    sora_says("はじめまして", "U" + "9" * 32)
    assert offers.offer_waiting(program_id=resting.pk) == offered


def test_the_rest_is_over_after_its_time_and_never_forbids_taking_by_hand(
    resting: Program, active: Session, haru: User, sora_says: Say
) -> None:
    come(haru)
    end_after(active, 120, haru)
    waiting = sora_says("はじめまして", "U" + "9" * 32)
    assert offers.offer_waiting(program_id=resting.pk) == 0
    Session.objects.filter(pk=active.pk).update(ended_at=timezone.now() - timedelta(minutes=11))
    assert offers.offer_waiting(program_id=resting.pk) == 1
    assert sessions.claim(session_id=waiting.pk, by=haru).counselor == haru


def test_who_handed_a_heavy_talk_over_rests_though_it_goes_on(
    resting: Program, active: Session, haru: User, ren: User, sora_says: Say
) -> None:
    come(haru)
    Assignment.objects.update(since=timezone.now() - timedelta(minutes=100))
    sessions.transfer(session_id=active.pk, by=haru, to=ren, summary="交代します")
    sora_says("はじめまして", "U" + "9" * 32)
    assert offers.offer_waiting(program_id=resting.pk) == 0
