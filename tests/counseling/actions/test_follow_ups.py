"""Follow-ups: begun by records, calls and people; gone on with, ended by a person alone; late ones alarm."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from counseling import crypto
from counseling.actions import follow_clock, follow_ups, records
from counseling.actions.follow_ups import ChangedMeanwhile
from counseling.actions.following import BadFollowUp
from counseling.actions.messages import ClientIdReused
from counseling.actions.queue import NotForTrainees
from counseling.feeds import follow_ups as feed
from counseling.follow_ups import CannotFollow, Wanted
from counseling.lifecycle import State
from counseling.models import Duty, FollowMail, FollowUp, FollowUpStep, Membership, Program, Session, Visitor
from counseling.permissions import NotVisible
from counseling.triage import Risk
from tests.conftest import person
from tests.counseling.actions.following import WHAT, followed, late, wanted, wish
from tests.counseling.actions.recorded import ANSWERS, ask, filed

pytestmark = pytest.mark.django_db
YES = {**ANSWERS, "follow_up": "yes", "until": "2026-12-01", "what": WHAT}


def tomorrow() -> str:
    return str(timezone.localdate() + timedelta(days=1))


def test_a_record_that_says_so_begins_one_with_what_its_form_asks(over: Session, haru: User, ren: User) -> None:
    filed(over, haru, answers=YES | {"until": tomorrow()}, follow_up=Wanted(owner_id=ren.pk))
    row = FollowUp.objects.get()
    assert (row.session, row.visitor, row.owner, row.origin, row.state) == (over, over.visitor, ren, "record", "open")
    assert str(row.due.day) == tomorrow()
    assert [one.words for one in feed.steps(row)] == [WHAT]


def test_without_one_the_record_is_not_filed_and_nothing_is_closed(over: Session, haru: User) -> None:
    for answers, wrong in (
        (YES | {"until": str(timezone.localdate() - timedelta(days=1))}, {"day": "past"}),
        (YES | {"until": tomorrow(), "what": ""}, {"what": "empty"}),
    ):
        with pytest.raises(BadFollowUp) as refused:
            filed(over, haru, answers=answers)
        assert refused.value.problems == wrong
    over.refresh_from_db()
    assert over.state == State.WRAP_UP
    assert not FollowUp.objects.exists()


def test_the_reason_why_there_is_none_is_kept_and_needs_no_day(over: Session, haru: User) -> None:
    filed(over, haru, answers=YES | {"until": ""}, follow_up=Wanted(why_not="本人が望んでいない"))
    row = FollowUp.objects.get()
    assert (row.state, row.waived, row.ended_at is not None) == ("given_up", True, True)
    assert [one.words for one in feed.steps(row)] == ["本人が望んでいない"]


def test_at_high_risk_a_supervisor_has_to_agree_that_there_is_none(over: Session, haru: User, mio: User) -> None:
    Session.objects.update(risk=Risk.HIGH)
    filed(over, haru, answers=YES | {"until": ""}, follow_up=Wanted(why_not="望んでいない"))
    row = FollowUp.objects.get()
    assert (row.state, row.ended_at) == ("giving_up", None)
    follow_ups.confirm(wish=wish(row, mio))
    row.refresh_from_db()
    assert row.state == "given_up"


def test_a_correction_needs_no_second_one(over: Session, haru: User) -> None:
    filed(over, haru, answers=YES | {"until": tomorrow()})
    filed(over, haru, answers=YES | {"until": tomorrow(), "summary": "直し"})
    assert FollowUp.objects.count() == 1


def test_a_record_without_it_begins_none(over: Session, haru: User) -> None:
    filed(over, haru, answers=ANSWERS | {"follow_up": "no"})
    assert not FollowUp.objects.exists()


def test_the_same_press_makes_one(active: Session, haru: User, sora_says: object) -> None:
    key = uuid4()
    made = [follow_ups.make(session_id=active.pk, by=haru, wanted=wanted(), client_id=key).pk for _press in range(2)]
    assert made[0] == made[1]
    other = Visitor.objects.exclude(pk=active.visitor_id).first() or _another(active.visitor)
    session = Session.objects.create(program=active.program, visitor=other, number=99, counselor=haru, state="active")
    with pytest.raises(ClientIdReused):
        follow_ups.make(session_id=session.pk, by=haru, wanted=wanted(), client_id=key)


def _another(visitor: Visitor) -> Visitor:
    key = crypto.new_key()
    return Visitor.objects.create(
        program=visitor.program, channel=visitor.channel, pseudonym="Z9Z9", identity_hash="z" * 64,
        wrapped_key=crypto.wrap(key, f"visitor.key:{'z' * 64}"),
    )  # fmt: skip


def test_words_are_sealed_and_gone_with_the_key(active: Session, haru: User) -> None:
    row = followed(active, haru)
    assert WHAT not in str(list(FollowUpStep.objects.values()))
    Visitor.objects.update(wrapped_key=b"")
    row.refresh_from_db()
    assert [one.words for one in feed.steps(row)] == [""]


def test_going_on_is_the_next_step_of_the_same_one(active: Session, haru: User) -> None:
    row = followed(active, haru)
    late(row)
    follow_clock.watch()
    day = timezone.localdate() + timedelta(days=3)
    follow_ups.go_on(wish=wish(row, haru), words="つながらなかった", day=day, clock=None)
    row.refresh_from_db()
    assert (FollowUp.objects.count(), row.due.day, row.state, row.overdue_at) == (1, day, "open", None)
    assert [one.step.kind for one in feed.steps(row)] == ["go_on", "overdue", "made"]


def test_it_ends_with_what_was_done_and_never_goes_on_again(active: Session, haru: User) -> None:
    row = followed(active, haru)
    with pytest.raises(BadFollowUp):
        follow_ups.finish(wish=wish(row, haru), words=" ")
    follow_ups.finish(wish=wish(row, haru), words="話せた")
    row.refresh_from_db()
    assert (row.state, row.ended_at is not None) == ("done", True)
    with pytest.raises(CannotFollow):
        follow_ups.go_on(wish=wish(row, haru), words="x", day=timezone.localdate(), clock=None)


def test_giving_up_needs_a_reason_and_at_high_risk_a_supervisor(active: Session, haru: User, mio: User) -> None:
    Session.objects.update(risk=Risk.HIGH)
    row = followed(active, haru)
    follow_ups.give_up(wish=wish(row, haru), words="連絡が取れない")
    row.refresh_from_db()
    assert (row.state, row.ended_at) == ("giving_up", None)
    assert list(feed.open_in(row.program, timezone.now())) == [row]
    with pytest.raises(NotVisible):
        follow_ups.confirm(wish=wish(row, haru))
    follow_ups.refuse(wish=wish(row, mio), words="もう一度", day=timezone.localdate(), clock=None)
    row.refresh_from_db()
    assert row.state == "open"
    follow_ups.give_up(wish=wish(row, haru), words="やはり取れない")
    follow_ups.confirm(wish=wish(row, mio))
    row.refresh_from_db()
    assert row.state == "given_up"


def test_below_high_risk_its_person_gives_it_up(active: Session, haru: User) -> None:
    row = followed(active, haru)
    follow_ups.give_up(wish=wish(row, haru), words="本人が望まなくなった")
    row.refresh_from_db()
    assert row.state == "given_up"


def test_who_is_later_is_told_who_was_first_and_a_second_press_is_the_same(
    active: Session, haru: User, mio: User
) -> None:
    row = followed(active, haru)
    seen_by_mio, seen_by_haru = wish(row, mio), wish(row, haru)
    follow_ups.finish(wish=seen_by_haru, words="話せた")
    assert follow_ups.finish(wish=seen_by_haru, words="話せた").pk == row.pk
    with pytest.raises(ChangedMeanwhile):
        follow_ups.go_on(wish=seen_by_mio, words="x", day=timezone.localdate(), clock=None)
    row.refresh_from_db()
    assert row.version == 2


def test_risk_only_rises_and_takes_it_from_a_trainee(active: Session, haru: User, mio: User, program: Program) -> None:
    tao = person("Tao", program, Role.TRAINEE)
    row = followed(active, haru, owner_id=tao.pk)
    with pytest.raises(BadFollowUp):
        follow_ups.raise_risk(wish=wish(row, mio), risk=Risk.NONE)
    follow_ups.raise_risk(wish=wish(row, mio), risk=Risk.HIGH)
    row.refresh_from_db()
    assert (row.risk, row.owner) == (Risk.HIGH, None)
    with pytest.raises(BadFollowUp):
        follow_ups.hand_on(wish=wish(row, mio), owner_id=tao.pk)
    Duty.objects.get_or_create(user=tao, program=program, ended_at=None)
    with pytest.raises(NotForTrainees):
        follow_ups.finish(wish=wish(row, tao), words="x")


def test_words_are_for_owner_maker_supervisors_and_the_shift_it_belongs_to(
    active: Session, haru: User, ren: User, mio: User, aoi: User, nao: User, program: Program
) -> None:
    Duty.objects.filter(user=ren).delete()
    row = followed(active, haru)
    far = person(
        "Far", Program.objects.create(slug="o", name="o", kind="women", starts_on="2026-01-01"), Role.COUNSELOR
    )
    for who in (ren, aoi, nao, far):
        assert feed.one(who, row.pk) is None
        with pytest.raises(NotVisible):
            follow_ups.finish(wish=wish(row, who), words="x")
    Duty.objects.create(user=ren, program=program)
    assert feed.one(ren, row.pk) == row
    follow_ups.hand_on(wish=wish(row, mio), owner_id=haru.pk)
    follow_ups.hand_on(wish=wish(row, mio), owner_id=mio.pk)
    assert feed.one(mio, row.pk) == row
    Duty.objects.get_or_create(user=mio, program=program, ended_at=None)
    assert feed.one(ren, row.pk) is None


@pytest.mark.parametrize("how", ["left", "deactivated", "off duty on the day"])
def test_what_its_owner_cannot_do_falls_to_the_shift(
    active: Session, haru: User, ren: User, mio: User, program: Program, how: str
) -> None:
    Duty.objects.get_or_create(user=haru, program=program, ended_at=None)
    Duty.objects.get_or_create(user=ren, program=program, ended_at=None)
    row = followed(active, mio, owner_id=haru.pk, days=0 if how.startswith("off") else 5)
    assert not feed.open_in(program, timezone.now()).get().falls  # type: ignore[attr-defined]
    if how == "left":
        Membership.objects.filter(user=haru).delete()
    elif how == "deactivated":
        User.objects.filter(pk=haru.pk).update(is_active=False)
    else:
        Duty.objects.filter(user=haru).update(ended_at=timezone.now())
    assert feed.open_in(program, timezone.now()).get().falls  # type: ignore[attr-defined]
    found = feed.one(ren, row.pk)
    assert found is not None
    assert found.owner == haru


def test_the_list_goes_by_risk_and_then_by_day(active: Session, haru: User, program: Program) -> None:
    rows = [followed(active, haru, days=days) for days in (3, 1, 2)]
    FollowUp.objects.filter(pk=rows[0].pk).update(risk=Risk.HIGH)
    assert list(feed.open_in(program, timezone.now())) == [rows[0], rows[1], rows[2]]


def test_the_list_asks_as_much_for_many(
    active: Session, haru: User, program: Program, django_assert_num_queries: object
) -> None:
    for _each in range(5):
        followed(active, haru)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(feed.open_in(program, timezone.now())) == 5


def test_overdue_supervisors_are_told_and_later_administrators(
    active: Session, haru: User, mio: User, aoi: User, program: Program
) -> None:
    row = followed(active, haru)
    follow_clock.watch()
    assert not FollowMail.objects.exists()
    late(row)
    for _sweep in range(2):
        follow_clock.watch()
    assert [one.user for one in FollowMail.objects.all()] == [mio]
    now = timezone.now()
    while follow_clock.send_next(now=now):
        pass
    assert [one.to for one in mail.outbox] == [[mio.email]]
    told = mail.outbox[0].body
    assert active.visitor.pseudonym not in told
    assert WHAT not in told
    FollowUp.objects.update(overdue_at=now - program.follow_up_escalates_after)
    for _sweep in range(2):
        follow_clock.watch()
    assert [one.user for one in FollowMail.objects.filter(sent_at=None)] == [aoi]


def test_who_went_on_in_time_alarms_nobody(active: Session, haru: User, mio: User) -> None:
    row = followed(active, haru)
    late(row)
    follow_clock.watch()
    follow_ups.finish(wish=wish(row, haru), words="話せた")
    assert not follow_clock.is_due(now=timezone.now())


def test_a_record_s_follow_up_and_another_by_hand_are_two(over: Session, haru: User) -> None:
    filed(over, haru, answers=YES | {"until": tomorrow()})
    followed(over, haru)
    assert FollowUp.objects.count() == 2


def test_a_timeline_tells_each_reader_what_they_may_read(active: Session, haru: User, ren: User, mio: User) -> None:
    Duty.objects.filter(user=ren).delete()
    followed(active, haru)
    told = feed.of_visitors(mio, [active.visitor_id])
    assert [(one.kind, one.words) for one in told] == [("follow_up.made", WHAT)]
    assert feed.of_visitors(ren, [active.visitor_id]) == []


@pytest.fixture(autouse=True)
def _asked(program: Program) -> None:
    ask(program)


def test_two_filing_at_once_begin_one(over: Session, haru: User, mio: User) -> None:
    filed(over, haru, answers=YES | {"until": tomorrow()})
    with pytest.raises(records.ChangedMeanwhile):
        filed(over, mio, answers=YES | {"until": tomorrow(), "summary": "別"}, revision=0)
    assert FollowUp.objects.count() == 1
