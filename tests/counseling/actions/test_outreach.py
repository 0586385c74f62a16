"""Visits: asked for with a wish, approved, planned for two, told on the way, late ones alarm, ended; address hidden."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.roles import Role
from counseling.actions import outreach, visit_clock
from counseling.actions.follow_ups import ChangedMeanwhile
from counseling.actions.outreach import AddressGone, Ending, Plan, Request, RequestedAlready
from counseling.actions.visiting import BadVisit, Wish
from counseling.feeds import outreach as feed
from counseling.models import FollowUp, Outreach, OutreachMail, OutreachStep, Program, Session
from counseling.outreach import CannotVisit
from counseling.permissions import NotVisible
from tests.conftest import person
from tests.counseling.actions.following import wanted

pytestmark = pytest.mark.django_db
WHERE, WHY = "横浜市△△1-2-3", "外に出られないとのこと"
HOUR = timedelta(hours=1)


def asked(**more: object) -> Request:
    return replace(Request(WHY, "来てほしい", timezone.now() - HOUR, WHERE), **more)  # type: ignore[arg-type]


def wish(row: Outreach, by: User) -> Wish:
    row.refresh_from_db()
    return Wish(row.pk, by, row.version)


@pytest.fixture
def visit(active: Session, haru: User) -> Outreach:
    """Haru has asked for a visit to Sora."""
    return outreach.request(session_id=active.pk, by=haru, asked=asked(), client_id=uuid4())


def going(row: Outreach, mio: User, *goers: User, words: str = "") -> Outreach:
    """Mio approves, and settles who goes."""
    outreach.approve(wish=wish(row, mio), words="明るいうちに")
    now = timezone.now()
    plan = Plan(frozenset(one.pk for one in goers), now + HOUR, now + 2 * HOUR, words)
    return outreach.plan(wish=wish(row, mio), planned=plan)


def late(row: Outreach) -> None:
    ago = timezone.now() - timedelta(minutes=1)
    Outreach.objects.filter(pk=row.pk).update(arrive_by=ago, leave_by=ago)


def test_what_is_missing_is_said_by_its_field(active: Session, haru: User) -> None:
    for more, wrong in (
        ({"why": " "}, {"why": "empty"}),
        ({"address": ""}, {"address": "empty"}),
        ({"consent": "", "consented_at": None}, {"consent": "empty", "consented_at": "missing"}),
        ({"consented_at": timezone.now() + HOUR}, {"consented_at": "future"}),
    ):
        with pytest.raises(BadVisit) as refused:
            outreach.request(session_id=active.pk, by=haru, asked=asked(**more), client_id=uuid4())
        assert refused.value.problems == wrong
    assert not Outreach.objects.exists()


def test_the_same_press_is_one_and_a_second_visit_is_refused(active: Session, haru: User) -> None:
    key = uuid4()
    for _press in range(2):
        outreach.request(session_id=active.pk, by=haru, asked=asked(), client_id=key)
    with pytest.raises(RequestedAlready):
        outreach.request(session_id=active.pk, by=haru, asked=asked(), client_id=uuid4())
    assert Outreach.objects.count() == 1


def test_only_supervisors_decide_and_plan(visit: Outreach, haru: User, ren: User) -> None:
    with pytest.raises(NotVisible):
        outreach.approve(wish=wish(visit, haru), words="なし")
    with pytest.raises(NotVisible):
        outreach.plan(wish=wish(visit, haru), planned=Plan(frozenset({haru.pk}), None, None))
    with pytest.raises(NotVisible):
        outreach.refuse(wish=wish(visit, ren), words="x")


def test_a_decision_needs_words_and_a_refusal_erases_the_address(visit: Outreach, mio: User) -> None:
    with pytest.raises(BadVisit):
        outreach.refuse(wish=wish(visit, mio), words=" ")
    outreach.refuse(wish=wish(visit, mio), words="まず電話で")
    visit.refresh_from_db()
    assert (visit.state, bytes(visit.address), visit.ended_at is not None) == ("refused", b"", True)
    with pytest.raises(CannotVisit):
        outreach.approve(wish=wish(visit, mio), words="なし")


def test_two_go_unless_there_is_a_reason_and_no_trainees(
    visit: Outreach, haru: User, ren: User, mio: User, program: Program
) -> None:
    tao = person("Tao", program, Role.TRAINEE)
    for goers, code in (((), "missing"), ((haru,), "too_few"), ((haru, tao), "not_here")):
        visit.refresh_from_db()
        if visit.state == "requested":
            outreach.approve(wish=wish(visit, mio), words="なし")
        now = timezone.now()
        plan = Plan(frozenset(one.pk for one in goers), now + HOUR, now + 2 * HOUR)
        with pytest.raises(BadVisit) as refused:
            outreach.plan(wish=wish(visit, mio), planned=plan)
        assert refused.value.problems == {"goers": code}
    now = timezone.now()
    alone = Plan(frozenset({haru.pk}), now + HOUR, now + 2 * HOUR, "玄関先だけのため")
    outreach.plan(wish=wish(visit, mio), planned=alone)
    visit.refresh_from_db()
    assert visit.state == "planned"


def test_the_address_is_for_who_goes_and_supervisors_and_each_showing_is_audited(
    visit: Outreach, haru: User, ren: User, mio: User, program: Program
) -> None:
    with pytest.raises(NotVisible):
        outreach.show(outreach_id=visit.pk, by=haru)
    going(visit, mio, ren, haru)
    nami = person("Nami", program, Role.COUNSELOR)
    with pytest.raises(NotVisible):
        outreach.show(outreach_id=visit.pk, by=nami)
    assert [outreach.show(outreach_id=visit.pk, by=who) for who in (ren, mio)] == [WHERE, WHERE]
    assert AuditEntry.objects.filter(deed="visit_address.read").count() == 2
    assert WHERE not in str(list(Outreach.objects.values())) + str(list(AuditEntry.objects.values()))


def test_a_whole_visit_and_its_follow_up(visit: Outreach, haru: User, ren: User, mio: User) -> None:
    going(visit, mio, haru, ren)
    outreach.arrive(wish=wish(visit, ren))
    outreach.leave(wish=wish(visit, haru))
    with pytest.raises(BadVisit) as refused:
        outreach.end(wish=wish(visit, haru), ending=Ending("", " ", "follow_up"))
    assert refused.value.problems == {
        "words": "empty", "result": "missing", "follow_what": "empty", "follow_day": "missing",
    }  # fmt: skip
    outreach.end(wish=wish(visit, haru), ending=Ending("met", "話せた", "follow_up", wanted()))
    visit.refresh_from_db()
    assert (visit.state, visit.result, bytes(visit.address)) == ("over", "met", b"")
    assert (FollowUp.objects.get().origin, FollowUp.objects.get().visitor) == ("visit", visit.visitor)
    with pytest.raises(AddressGone):
        outreach.show(outreach_id=visit.pk, by=mio)
    assert "話せた" not in str(list(OutreachStep.objects.values()))


def test_who_does_not_go_tells_nothing(visit: Outreach, haru: User, ren: User, mio: User, program: Program) -> None:
    nami = person("Nami", program, Role.COUNSELOR)
    going(visit, mio, ren, nami)
    for deed in (outreach.arrive, outreach.leave):
        with pytest.raises(NotVisible):
            deed(wish=wish(visit, haru))


def test_the_second_press_is_the_same_and_who_is_later_is_told(
    visit: Outreach, haru: User, ren: User, mio: User
) -> None:
    going(visit, mio, haru, ren)
    seen = wish(visit, ren)
    for _press in range(2):
        outreach.arrive(wish=seen)
    with pytest.raises(ChangedMeanwhile):
        outreach.arrive(wish=replace(seen, by=haru))
    assert OutreachStep.objects.filter(kind="arrive").count() == 1


def test_postponed_it_is_planned_anew_and_keeps_where(visit: Outreach, haru: User, ren: User, mio: User) -> None:
    going(visit, mio, haru, ren)
    outreach.end(wish=wish(visit, haru), ending=Ending("postponed", "雪のため"))
    visit.refresh_from_db()
    assert (visit.state, visit.arrive_by, visit.goers.count()) == ("approved", None, 0)
    assert outreach.show(outreach_id=visit.pk, by=mio) == WHERE


@pytest.mark.parametrize("there", [False, True])
def test_late_word_alarms_the_supervisors_at_once_and_again(
    visit: Outreach, haru: User, ren: User, mio: User, *, there: bool
) -> None:
    going(visit, mio, haru, ren)
    if there:
        outreach.arrive(wish=wish(visit, ren))
    visit_clock.watch()
    assert not OutreachMail.objects.exists()
    late(visit)
    for _sweep in range(2):
        visit_clock.watch()
    now = timezone.now()
    while visit_clock.send_next(now=now):
        pass
    assert [one.to for one in mail.outbox] == [[mio.email]]
    assert ("終了の知らせ" if there else "到着の知らせ") in mail.outbox[0].body
    assert visit.visitor.pseudonym not in mail.outbox[0].body
    Outreach.objects.update(overdue_at=now - visit_clock.AGAIN_AFTER)
    visit_clock.watch()
    assert OutreachMail.objects.count() == 2
    (outreach.leave if there else outreach.arrive)(wish=wish(visit, haru))
    assert not visit_clock.is_due(now=timezone.now())


def test_an_emergency_is_mailed_at_once(visit: Outreach, haru: User, ren: User, mio: User) -> None:
    going(visit, mio, haru, ren)
    outreach.arrive(wish=wish(visit, ren))
    outreach.end(wish=wish(visit, haru), ending=Ending("emergency", "救急車を呼んだ"))
    visit_clock.send_next(now=timezone.now())
    assert "緊急" in mail.outbox[0].subject


def test_who_asked_withdraws_it_until_somebody_is_there(visit: Outreach, haru: User, ren: User, mio: User) -> None:
    going(visit, mio, haru, ren)
    outreach.arrive(wish=wish(visit, ren))
    with pytest.raises(CannotVisit):
        outreach.withdraw(wish=wish(visit, haru), words="やめる")


def test_its_words_are_for_who_asked_who_goes_and_supervisors(
    visit: Outreach, haru: User, ren: User, mio: User, aoi: User, nao: User, program: Program
) -> None:
    assert [feed.readable(one).exists() for one in (haru, mio, ren, aoi, nao)] == [True, True, False, False, False]
    going(visit, mio, haru, ren)
    assert feed.readable(ren).exists()
    assert {one.kind for one in feed.of_visitors(ren, [visit.visitor_id])} == {
        "outreach.request", "outreach.approve", "outreach.plan",
    }  # fmt: skip
