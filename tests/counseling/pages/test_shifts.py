"""«自分のシフト», requests, and the calendar feed."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from counseling.actions import calendars, shift_requests, shifts
from counseling.models import Membership, Program, Shift, ShiftRequest
from counseling.opening import TOKYO
from tests.counseling.actions.planned import at, evening, planned

SignIn = Callable[[User], Client]


def text(response: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))  # type: ignore[attr-defined]


def test_people_see_their_published_shifts_only(
    program: Program, haru: User, ren: User, mio: User, signed_in: SignIn
) -> None:
    planned(program, mio, evening(haru), evening(ren, 1, begins=18))
    planned(program, mio, evening(haru, 2, begins=9, ends=12), published=False)
    page = text(signed_in(haru).get("/shifts/"))
    assert "19:00–23:00" in page
    assert "18:00–23:00" not in page
    assert "9:00–12:00" not in page


def test_an_empty_plan_says_what_comes_next(haru: User, signed_in: SignIn) -> None:
    assert "シフトが公開されると、ここに並びます" in text(signed_in(haru).get("/shifts/"))


def test_hard_hours_are_told_kindly(program: Program, haru: User, mio: User, signed_in: SignIn) -> None:
    planned(program, mio, evening(haru, begins=19, ends=26), evening(haru, 1, begins=9, ends=12))
    page = text(signed_in(haru).get("/shifts/"))
    assert "19:00–翌02:00" in page
    assert "前の勤務から7時間しか空いていません" in page


def test_a_changed_shift_is_marked(program: Program, haru: User, mio: User, signed_in: SignIn) -> None:
    (shift,) = planned(program, mio, evening(haru))
    assert "変更あり" not in text(signed_in(haru).get("/shifts/"))
    shifts.change(shift_id=shift.pk, plan=evening(haru, 1), by=mio)
    assert "変更あり" in text(signed_in(haru).get("/shifts/"))


def test_a_shift_that_was_taken_away_is_told(program: Program, haru: User, mio: User, signed_in: SignIn) -> None:
    gone, _kept = planned(program, mio, evening(haru), evening(haru, 1))
    shifts.remove(shift_id=gone.pk, by=mio)
    page = text(signed_in(haru).get("/shifts/"))
    assert page.count("この日のシフトはなくなりました") == 1


def test_who_left_a_program_has_no_shifts_there(program: Program, haru: User, mio: User, signed_in: SignIn) -> None:
    other = Program.objects.create(slug="child", name="子ども", kind="child_abuse", starts_on=program.starts_on)
    planned(program, mio, evening(haru))
    Membership.objects.filter(user=haru).update(program=other)
    assert "19:00–23:00" not in text(signed_in(haru).get("/shifts/"))


def test_who_left_a_program_hears_nothing_of_its_requests(
    program: Program, haru: User, ren: User, mio: User, signed_in: SignIn
) -> None:
    shift, own, gone = planned(program, mio, evening(haru), evening(ren, 1), evening(ren, 2))
    shift_requests.ask(shift_id=shift.pk, by=haru, to_id=ren.pk, reason="通院です")
    shift_requests.ask(shift_id=own.pk, by=ren, to_id=haru.pk)
    shifts.remove(shift_id=gone.pk, by=mio)
    other = Program.objects.create(slug="child", name="子ども", kind="child_abuse", starts_on=program.starts_on)
    Membership.objects.filter(user=ren).update(program=other)
    page = text(signed_in(ren).get("/shifts/"))
    assert not [word for word in ("Haru", "通院です", "19:00", program.name, "なくなりました") if word in page]


def test_a_substitute_from_asking_to_approval(
    program: Program, haru: User, ren: User, mio: User, signed_in: SignIn
) -> None:
    (shift,) = planned(program, mio, evening(haru))
    signed_in(haru).post(f"/shifts/{shift.pk}/request/", {"who": f"person-{ren.pk}", "reason": "通院です"})
    page = text(signed_in(ren).get("/shifts/"))
    assert "Haruさんが、代わりを探しています" in page
    assert "通院です" in page
    asked = ShiftRequest.objects.get()
    signed_in(ren).post(f"/shifts/requests/{asked.pk}/", {"answer": "accept"})
    requests = f"/programs/{program.slug}/requests/"
    assert "勤務時間の注意はありません" in text(signed_in(mio).get(requests))
    signed_in(mio).post(requests, {"request": asked.pk, "decision": "approve"})
    assert "19:00–23:00" in text(signed_in(ren).get("/shifts/"))
    assert "承認されました" in text(signed_in(haru).get("/shifts/"))


def test_a_swap_is_asked_on_the_page(program: Program, haru: User, ren: User, mio: User, signed_in: SignIn) -> None:
    own, other = planned(program, mio, evening(haru), evening(ren, 1))
    signed_in(haru).post(f"/shifts/{own.pk}/request/", {"who": f"swap-{other.pk}"})
    assert ShiftRequest.objects.get().in_return == other
    assert "あなたが休みになる" in text(signed_in(ren).get("/shifts/"))


@pytest.mark.parametrize("who", ["", "person-1", "swap-x", "nobody"])
def test_what_the_form_does_not_offer_is_refused_beside_it(
    who: str, program: Program, haru: User, mio: User, signed_in: SignIn
) -> None:
    (shift,) = planned(program, mio, evening(haru))
    page = signed_in(haru).post(f"/shifts/{shift.pk}/request/", {"who": who, "reason": "書いたこと"})
    assert "field-error" in page.content.decode()
    assert "書いたこと" in page.content.decode()
    assert not ShiftRequest.objects.exists()


def test_planners_see_what_approving_would_bring(
    program: Program, haru: User, ren: User, mio: User, signed_in: SignIn
) -> None:
    shift, _morning = planned(program, mio, evening(haru, begins=19, ends=24), evening(ren, 1, begins=8, ends=12))
    asked = shift_requests.ask(shift_id=shift.pk, by=haru)
    shift_requests.accept(request_id=asked.pk, by=ren)
    page = text(signed_in(mio).get(f"/programs/{program.slug}/requests/"))
    assert "勤務の間が11時間より短くなります(8時間)" in page
    assert "夜の勤務の次の朝になります" in page


@pytest.mark.parametrize("form", [{}, {"decision": "approve", "request": "x"}, {"decision": "eat", "request": "1"}])
def test_decisions_that_do_not_exist_are_not_found(
    form: dict[str, str], program: Program, mio: User, signed_in: SignIn
) -> None:
    assert signed_in(mio).post(f"/programs/{program.slug}/requests/", form).status_code == 404


def test_a_refusal_is_said_on_the_page(program: Program, haru: User, mio: User, signed_in: SignIn) -> None:
    (shift,) = planned(program, mio, evening(haru))
    asked = shift_requests.ask(shift_id=shift.pk, by=haru)
    form = {"request": str(asked.pk), "decision": "approve"}
    assert "もう決まっています" in text(signed_in(mio).post(f"/programs/{program.slug}/requests/", form, follow=True))


def test_the_page_costs_the_same_for_many_shifts(
    program: Program, haru: User, mio: User, signed_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    planned(program, mio, *(evening(haru, day) for day in range(14)))
    client = signed_in(haru)
    with django_assert_max_num_queries(18):
        assert text(client.get("/shifts/")).count("19:00–23:00") == 14


def test_the_address_is_shown_once_and_replaced(haru: User, signed_in: SignIn) -> None:
    client = signed_in(haru)
    first, second = (
        re.search(r"/shifts/[\w-]{43}\.ics", client.post("/shifts/calendar/", {"wish": "make"}).content.decode())
        for _time in range(2)
    )
    assert first
    assert second
    assert ".ics" not in client.get("/shifts/").content.decode()
    assert [Client().get(found[0]).status_code for found in (first, second)] == [404, 200]
    client.post("/shifts/calendar/", {"wish": "stop"})
    assert Client().get(second[0]).status_code == 404


def events(user: User) -> list[dict[str, object]]:
    response = Client().get(f"/shifts/{calendars.make(by=user)}.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    return [dict(event) for event in Calendar.from_ical(response.content).walk("VEVENT")]


def test_a_calendar_reads_names_of_programs_and_no_people(program: Program, haru: User, mio: User) -> None:
    Program.objects.filter(pk=program.pk).update(name="女性; のための, 相談窓口" + "と長い名前" * 8)
    (shift,) = planned(program, mio, evening(haru, begins=22, ends=29))
    (event,) = events(haru)
    assert event["SUMMARY"] == "シフト: 女性; のための, 相談窓口" + "と長い名前" * 8
    assert event["DTSTART"].dt == at(22)  # type: ignore[attr-defined]
    assert event["DTSTART"].params["TZID"] == str(TOKYO)  # type: ignore[attr-defined]
    assert event["UID"] == f"shift-{shift.pk}@localhost"
    assert "Haru" not in str(event)


def test_a_changed_shift_keeps_its_uid_and_counts_up(program: Program, haru: User, mio: User) -> None:
    (shift,) = planned(program, mio, evening(haru))
    (before,) = events(haru)
    shifts.change(shift_id=shift.pk, plan=evening(haru, 1), by=mio)
    (after,) = events(haru)
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["LAST-MODIFIED"].dt >= before["LAST-MODIFIED"].dt  # type: ignore[attr-defined]


def test_a_feed_ends_with_its_person_and_holds_no_drafts(program: Program, haru: User, mio: User) -> None:
    planned(program, mio, evening(haru), published=False)
    key = calendars.make(by=haru)
    assert b"VEVENT" not in Client().get(f"/shifts/{key}.ics").content
    User.objects.filter(pk=haru.pk).update(is_active=False)
    gone, unknown = (Client().get(f"/shifts/{one}.ics") for one in (key, "k" * 43))
    assert (gone.status_code, gone.content) == (404, unknown.content)


def test_what_is_running_has_no_request(program: Program, haru: User, mio: User, signed_in: SignIn) -> None:
    (shift,) = planned(program, mio, evening(haru))
    now = timezone.now()
    Shift.objects.filter(pk=shift.pk).update(starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))
    page = signed_in(haru).get("/shifts/").content.decode()
    assert "いまの勤務" in page
    assert f"/shifts/{shift.pk}/request/" not in page


def test_who_has_no_shifts_has_no_page(aoi: User, signed_in: SignIn) -> None:
    assert signed_in(aoi).get("/shifts/").status_code == 404
