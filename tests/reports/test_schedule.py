"""Results by mail: which days are told when, once, to whom it may be told, and never a figure."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from accounts import mail
from accounts.models import User
from counseling.models import Membership, Program
from counseling.opening import midnight
from counseling.permissions import NotVisible
from reports.actions import mails
from reports.models import ResultsMail, ResultsPlan
from reports.periods import Period
from reports.schedule import Every, Holidays, due

SignedIn = Callable[[User], Client]
# 2026-11-23 is a Monday and a national holiday.
FRIDAY, SATURDAY, SUNDAY, MONDAY, TUESDAY = (date(2026, 11, 20) + timedelta(days=n) for n in range(5))
CASES: dict[tuple[Every, Holidays, date], Period | None] = {
    (Every.DAY, Holidays.SEND, SUNDAY): Period(SATURDAY, SATURDAY),
    (Every.DAY, Holidays.SKIP, SUNDAY): None,
    (Every.DAY, Holidays.SKIP, TUESDAY): Period(MONDAY, MONDAY),
    (Every.DAY, Holidays.NEXT, MONDAY): None,
    (Every.DAY, Holidays.NEXT, TUESDAY): Period(FRIDAY, MONDAY),
    (Every.DAY, Holidays.NEXT, FRIDAY): Period(date(2026, 11, 19), date(2026, 11, 19)),
    (Every.WEEK, Holidays.SEND, MONDAY): Period(date(2026, 11, 16), SUNDAY),
    (Every.WEEK, Holidays.SEND, TUESDAY): None,
    (Every.WEEK, Holidays.SKIP, TUESDAY): None,
    (Every.WEEK, Holidays.NEXT, TUESDAY): Period(date(2026, 11, 16), SUNDAY),
    (Every.MONTH, Holidays.SEND, date(2027, 1, 2)): Period(date(2026, 12, 1), date(2026, 12, 31)),
    (Every.MONTH, Holidays.NEXT, date(2027, 1, 2)): None,
    (Every.MONTH, Holidays.NEXT, date(2027, 1, 4)): Period(date(2026, 12, 1), date(2026, 12, 31)),
    (Every.MONTH, Holidays.SKIP, date(2027, 1, 4)): None,
    (Every.MONTH, Holidays.NEXT, date(2028, 3, 2)): Period(date(2028, 2, 1), date(2028, 2, 29)),
    (Every.DAY, Holidays.NEXT, date(2028, 3, 1)): Period(date(2028, 2, 29), date(2028, 2, 29)),
}


@pytest.mark.parametrize(("asked", "told"), CASES.items(), ids=str)
def test_which_days_are_told_when(asked: tuple[Every, Holidays, date], told: Period | None) -> None:
    assert due(*asked) == told


def test_on_the_next_working_day_no_day_is_lost_and_none_told_twice() -> None:
    told = [day for ahead in range(800) if (day := due(Every.DAY, Holidays.NEXT, date(2026, 1, 5) + timedelta(ahead)))]
    assert all(after.first - before.last == timedelta(days=1) for before, after in pairwise(told))


def wants(program: Program, by: User, every: Every = Every.DAY) -> ResultsPlan:
    """A plan that was made some days ago."""
    mails.subscribe(program_id=program.pk, every=every, holidays=Holidays.SEND, by=by)
    ResultsPlan.objects.update(owed_on=timezone.localdate() - timedelta(days=3))
    return ResultsPlan.objects.get(user=by, every=every)


def morning() -> Any:
    return midnight(timezone.localdate()) + timedelta(hours=9)


@pytest.mark.django_db
def test_a_day_is_told_once_by_a_link_and_no_figure(program: Program, mio: User) -> None:
    wants(program, mio)
    for _again in range(3):
        mails.owe(now=morning())
    assert not mails.send_next(now=morning() - timedelta(seconds=1))
    assert [mails.send_next(now=morning()) for _again in range(2)] == [True, False]
    (sent,) = outbox.outbox
    yesterday = timezone.localdate() - timedelta(days=1)
    assert f"/programs/women/results/?first={yesterday}&last={yesterday}&day=calendar" in sent.body
    assert "件" not in sent.body
    day = date_format(yesterday, "DATE_FORMAT")
    assert f"「{program.name}」の{day}の結果を見られるようになりました。" in sent.body
    assert sent.to == [mio.email]
    assert not sent.attachments


@pytest.mark.django_db
def test_a_mail_the_server_refused_is_tried_again_and_not_at_once(
    program: Program, mio: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    wants(program, mio)
    mails.owe(now=morning())
    monkeypatch.setattr(mail, "send", lambda *_args, **_context: False)
    assert mails.send_next(now=morning())
    assert not mails.send_next(now=morning())
    monkeypatch.undo()
    assert mails.send_next(now=morning() + mails.TRY_AGAIN_AFTER)
    assert len(outbox.outbox) == 1


@pytest.mark.django_db
def test_a_night_is_told_after_it_has_ended(program: Program, mio: User) -> None:
    nights = {"weekly": dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), ["20:00-32:00"])}
    Program.objects.update(hours=nights, report={"day": "service"})
    wants(program, mio)
    mails.owe(now=morning())
    told = ResultsMail.objects.get()
    assert (told.last, told.due_at) == (timezone.localdate() - timedelta(days=1), morning())


@pytest.mark.django_db
def test_who_lost_the_right_gets_nothing(program: Program, mio: User, kei: User) -> None:
    wants(program, mio)
    mails.owe(now=morning())
    Membership.objects.filter(user=mio).delete()
    assert mails.send_next(now=morning())
    assert not outbox.outbox
    assert not mails.is_due(now=morning())


@pytest.mark.django_db
def test_the_officer_is_led_to_the_public_page_of_months_alone(program: Program, kei: User, haru: User) -> None:
    with pytest.raises(NotVisible):
        mails.subscribe(program_id=program.pk, every=Every.DAY, holidays=Holidays.SEND, by=kei)
    with pytest.raises(NotVisible):
        mails.subscribe(program_id=program.pk, every=Every.MONTH, holidays=Holidays.SEND, by=haru)
    plan = wants(program, kei, Every.MONTH)
    ResultsMail.objects.create(plan=plan, first=date(2026, 4, 1), last=date(2026, 4, 30), due_at=morning())
    mails.send_next(now=morning())
    assert "/programs/women/results/public/?month=2026-04" in outbox.outbox[0].body


@pytest.mark.django_db
def test_one_turns_it_on_and_off_for_oneself(program: Program, mio: User, aoi: User, signed_in: SignedIn) -> None:
    browser, page = signed_in(mio), "/programs/women/results/mails/"
    browser.post(page, {"every": "week", "holidays": "skip", "deed": "on"})
    assert "届きます" in browser.get(page).content.decode()
    assert ResultsPlan.objects.get().holidays == "skip"
    assert ResultsPlan.objects.get().owed_on == timezone.localdate()
    assert "届きます" not in signed_in(aoi).get(page).content.decode()
    browser = signed_in(mio)
    browser.post(page, {"every": "week", "deed": "off"})
    assert not ResultsPlan.objects.exists()
    assert browser.post(page, {"every": "hour"}).status_code == 404


@pytest.mark.django_db
def test_nothing_is_told_of_a_program_for_practice(program: Program, mio: User) -> None:
    wants(program, mio)
    Program.objects.update(practice=True)
    mails.owe(now=morning())
    assert not ResultsMail.objects.exists()
