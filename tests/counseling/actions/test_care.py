"""Care after a heavy talk: the mark, the pause, the talk with a supervisor."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, User
from counseling.actions import care, duty, offers, sessions, shortage, staff
from counseling.care import Weight
from counseling.feeds import heavy
from counseling.lifecycle import EndReason
from counseling.models import Aftercare, Assignment, Break, Duty, Program, Session, SessionEvent
from counseling.models.duty import BreakReason
from counseling.permissions import NotVisible
from counseling.triage import Risk
from tests.conftest import Say, assess, person

pytestmark = pytest.mark.django_db


def end(session: Session, by: User) -> None:
    sessions.end(session_id=session.pk, by=by, reason=EndReason.CONCLUDED, farewell=False)


@pytest.fixture
def over(active: Session, haru: User) -> Session:
    """Haru's talk with Sora, over, and not heavy by itself."""
    end(active, haru)
    return active


@pytest.fixture
def hard(over: Session, haru: User) -> Session:
    """The same, which Haru calls hard."""
    care.mark(session_id=over.pk, hard=True, by=haru)
    return over


def stints(program: Program) -> list[heavy.Stint]:
    return heavy.heavy_of(program, timezone.now())


def weights(program: Program) -> list[tuple[Weight, ...]]:
    return [one.weights for one in stints(program)]


def test_an_easy_talk_is_not_heavy(over: Session, program: Program) -> None:
    assert stints(program) == []
    assert heavy.counts(program, timezone.now()) == {}


def test_risk_that_was_high_once_makes_it_heavy_though_it_fell(active: Session, haru: User, program: Program) -> None:
    assess(session_id=active.pk, by=haru, level=Risk.HIGH, word="計画がある")
    assess(session_id=active.pk, by=haru, level=Risk.LOW, word="落ち着いた")
    end(active, haru)
    assert weights(program) == [(Weight.RISK,)]
    assert heavy.counts(program, timezone.now()) == {haru.pk: 1}


def test_a_talk_is_long_by_the_program_s_number(active: Session, haru: User, program: Program) -> None:
    Assignment.objects.update(since=timezone.now() - timedelta(minutes=50))
    Duty.objects.filter(user=haru).update(began_at=timezone.now() - timedelta(hours=1))
    end(active, haru)
    assert weights(program) == []
    Program.objects.update(heavy_after=timedelta(minutes=45))
    assert weights(program) == [(Weight.LONG,)]


def test_who_passed_it_on_before_the_risk_rose_had_no_heavy_talk(
    active: Session, haru: User, ren: User, program: Program
) -> None:
    sessions.transfer(session_id=active.pk, by=haru, to=ren, summary="交代します")
    assess(session_id=active.pk, by=ren, level=Risk.IMMINENT, word="いま手元に薬がある")
    assert stints(program) == []
    end(active, ren)
    assert [one.assignment.user for one in stints(program)] == [ren]


def test_a_trial_is_never_heavy(hard: Session, program: Program) -> None:
    Session.objects.update(trial=True)
    assert stints(program) == []


def test_the_mark_is_the_counselor_s_and_can_be_taken_back(hard: Session, haru: User, program: Program) -> None:
    assert weights(program) == [(Weight.SAID,)]
    care.mark(session_id=hard.pk, hard=False, by=haru)
    assert weights(program) == []


def test_the_mark_stands_in_no_log_of_the_session(over: Session, haru: User) -> None:
    before = SessionEvent.objects.count()
    care.mark(session_id=over.pk, hard=True, by=haru)
    assert SessionEvent.objects.count() == before
    assert AuditEntry.objects.count() == 0


def test_nobody_else_says_what_a_talk_was_like(over: Session, ren: User, mio: User, aoi: User) -> None:
    for other in (ren, mio, aoi):
        with pytest.raises(NotVisible):
            care.mark(session_id=over.pk, hard=True, by=other)


def test_who_left_the_program_says_nothing_more(over: Session, haru: User) -> None:
    haru.memberships.all().delete()
    with pytest.raises(NotVisible):
        care.mark(session_id=over.pk, hard=True, by=haru)


def test_a_talk_that_goes_on_cannot_be_called_hard_yet(active: Session, haru: User) -> None:
    with pytest.raises(care.NotOver):
        care.mark(session_id=active.pk, hard=True, by=haru)


def test_this_shift_begins_anew_with_the_next_duty(hard: Session, haru: User, program: Program) -> None:
    assert heavy.counts(program, timezone.now()) == {haru.pk: 1}
    duty.check_out(program_id=program.pk, by=haru)
    duty.check_in(program_id=program.pk, by=haru)
    assert heavy.counts(program, timezone.now()) == {}


def test_people_stand_by_name_and_never_by_number(hard: Session, ren: User, mio: User, program: Program) -> None:
    """No ranking: who had most does not stand first."""
    names = [one.user.name for one in heavy.at_work(program, timezone.now())]
    assert names == sorted(names) == ["Haru", "Mio", "Ren"]


def test_the_pause_is_a_break_with_an_end_and_nothing_is_offered(
    hard: Session, haru: User, program: Program, sora_says: Say
) -> None:
    Program.objects.update(routing="both", care_pause=timedelta(minutes=15))
    staff.keep_present(user_ids=[haru.pk])
    until = care.take_pause(session_id=hard.pk, by=haru)
    taken = Break.objects.get()
    assert (taken.reason, taken.back_at) == (BreakReason.CARE, until)
    assert timedelta(minutes=14) < until - timezone.now() <= timedelta(minutes=15)
    assert Aftercare.objects.get().pause == "taken"
    sora_says("はじめまして", "U" + "9" * 32)
    assert offers.offer_waiting(program_id=program.pk) == 0
    assert not duty.is_on_duty(haru.pk, program.pk)


def test_the_pause_ends_by_itself_at_its_time(hard: Session, haru: User, program: Program) -> None:
    until = care.take_pause(session_id=hard.pk, by=haru)
    assert duty.end_pauses() == 0
    past = timezone.now() - timedelta(seconds=1)
    Break.objects.update(back_at=past, began_at=past - timedelta(minutes=10))
    assert duty.end_pauses() == 1
    assert Break.objects.get().ended_at == past
    assert duty.is_on_duty(haru.pk, program.pk)
    assert duty.end_pauses() == 0
    assert until


def test_who_comes_back_early_is_back(hard: Session, haru: User, program: Program) -> None:
    care.take_pause(session_id=hard.pk, by=haru)
    duty.back(program_id=program.pk, by=haru)
    assert duty.is_on_duty(haru.pk, program.pk)
    assert duty.end_pauses() == 0


def test_pressed_twice_it_is_one_pause(hard: Session, haru: User) -> None:
    assert care.take_pause(session_id=hard.pk, by=haru) == care.take_pause(session_id=hard.pk, by=haru)
    assert Break.objects.count() == 1


def test_the_pause_holds_in_every_program_one_is_on_duty_in(hard: Session, haru: User) -> None:
    elsewhere = Program.objects.create(slug="night", name="夜", kind="general", starts_on="2019-02-01")
    meal = Program.objects.create(slug="noon", name="昼", kind="general", starts_on="2019-02-01")
    for program in (elsewhere, meal):
        Duty.objects.create(program=program, user=haru)
    Break.objects.create(duty=Duty.objects.get(program=meal), reason=BreakReason.MEAL)
    care.take_pause(session_id=hard.pk, by=haru)
    reasons = dict(Break.objects.values_list("duty__program__slug", "reason"))
    assert reasons == {"women": "care", "night": "care", "noon": "meal"}


def test_declining_is_kept_and_one_may_think_better_of_it(hard: Session, haru: User, program: Program) -> None:
    care.decline_pause(session_id=hard.pk, by=haru)
    assert heavy.at_work(program, timezone.now())[0].declined
    assert not Break.objects.exists()
    care.take_pause(session_id=hard.pk, by=haru)
    assert Break.objects.exists()


@pytest.mark.parametrize("why", ["easy", "late", "none"])
def test_no_pause_is_offered_where_there_is_no_reason_for_one(hard: Session, haru: User, why: str) -> None:
    if why == "easy":
        Aftercare.objects.update(hard=False)
    elif why == "late":
        Session.objects.update(ended_at=timezone.now() - timedelta(minutes=61))
        Assignment.objects.update(since=timezone.now() - timedelta(minutes=62))
    else:
        Program.objects.update(care_pause=timedelta(0))
    for act in (care.take_pause, care.decline_pause):
        with pytest.raises(care.NoPause):
            act(session_id=hard.pk, by=haru)


def test_who_is_not_on_duty_needs_no_pause(hard: Session, haru: User) -> None:
    Duty.objects.all().delete()
    with pytest.raises(duty.NotOnDuty):
        care.take_pause(session_id=hard.pk, by=haru)


def test_nobody_takes_another_s_pause(hard: Session, ren: User, mio: User) -> None:
    for other in (ren, mio):
        with pytest.raises(NotVisible):
            care.take_pause(session_id=hard.pk, by=other)


def test_a_pause_that_leaves_too_few_stands_and_the_supervisors_are_told(
    hard: Session, haru: User, program: Program
) -> None:
    """The rule of two does not hold while Haru rests: the mail of the shortage goes out, and she rests on."""
    boss = person("Boss", program, None)
    boss.memberships.create(program=program, role="supervisor")
    person("Ren", program, "counselor")  # type: ignore[arg-type]
    Program.objects.update(least_on_duty=2)
    Duty.objects.update(began_at=timezone.now() - timedelta(hours=1))
    assert shortage.due_programs(now=timezone.now()) == []
    care.take_pause(session_id=hard.pk, by=haru)
    Break.objects.update(began_at=timezone.now() - timedelta(minutes=3))
    assert shortage.due_programs(now=timezone.now()) == [program.pk]
    told = shortage.claim_shortage(program_id=program.pk, now=timezone.now())
    assert told is not None
    assert boss.email in told.recipients
    assert Break.objects.filter(ended_at=None).exists()


def test_without_a_rule_nobody_is_left_alone_in_silence(hard: Session, haru: User, program: Program) -> None:
    Duty.objects.update(began_at=timezone.now() - timedelta(hours=1))
    care.take_pause(session_id=hard.pk, by=haru)
    Break.objects.update(began_at=timezone.now() - timedelta(minutes=3))
    assert shortage.due_programs(now=timezone.now()) == [program.pk]
    Break.objects.update(reason=BreakReason.MEAL)
    assert shortage.due_programs(now=timezone.now()) == []
