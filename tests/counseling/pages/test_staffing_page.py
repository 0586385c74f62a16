"""Reception and its people: the page, its form and who may change what."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEntry, User
from counseling.actions import programs
from counseling.models import Duty, Membership, Program, Shift
from tests.conftest import NEVER, person

pytestmark = pytest.mark.django_db
PAGE, SURGE = "/programs/women/staffing/", "/programs/women/staffing/surge/"
SignedIn = Callable[[User], Client]
TYPED = {
    "least_on_duty": "2",
    "least_supervisors": "1",
    "capacity": "3",
    "surge_lines": "1",
    "surge_first_hour": "on",
    "routing": "offer",
    "offer_for": "60",
    "same_counselor": "on",
    "rest_after_heavy": "15",
    "heavy_after": "60",
    "care_pause": "5",
    "rescue_after": "5",
    "call_after": "90",
}


@pytest.fixture
def typed(program: Program) -> dict[str, str]:
    """What the form holds when somebody has looked at the program and typed over all of it."""
    return TYPED | {"shown": programs.fingerprint(Program.objects.get())}


def told(client: Client, **changes: str) -> str:
    """The page after these fields were sent."""
    return client.post(PAGE, changes, follow=True).content.decode()


def test_what_is_typed_is_saved_and_noted(typed: dict[str, str], aoi: User, signed_in: SignedIn) -> None:
    assert "設定を保存しました。" in told(signed_in(aoi), **typed)
    program = Program.objects.get()
    assert (program.least_on_duty, program.least_supervisors, program.capacity, program.routing) == (2, 1, 3, "offer")
    assert (program.offer_for, program.rest_after_heavy) == (timedelta(seconds=60), timedelta(minutes=15))
    assert (program.rescue_after, program.call_after) == (timedelta(minutes=5), timedelta(seconds=90))
    noted = AuditEntry.objects.get(deed="program.changed")
    # Boxes that are not ticked are not sent.
    unticked = ["approves_trainees", "shows_reading", "tells_stepping_in"]
    assert noted.details["fields"] == sorted([*TYPED, *unticked])
    assert (program.approves_trainees, program.shows_reading, program.tells_stepping_in) == (False, False, False)
    assert noted.program_id == program.pk


def test_without_a_time_only_a_person_brings_sessions_back(
    typed: dict[str, str], aoi: User, signed_in: SignedIn
) -> None:
    signed_in(aoi).post(PAGE, typed | {"rescue_after": ""})
    assert Program.objects.get().rescue_after is None


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("least_on_duty", "-1", "0から50まで"),
        ("least_on_duty", "", "0から50まで"),
        ("least_supervisors", "3", "勤務人数より多くはできません"),
        ("capacity", "0", "1から10まで"),
        ("capacity", "十一", "1から10まで"),
        ("surge_lines", "11", "0から10まで"),
        ("routing", "push", "割り当て方を選んでください"),
        ("offer_for", "9", "10から300まで"),
        ("offer_for", "301", "10から300まで"),
        ("rest_after_heavy", "121", "0から120まで"),
        ("rescue_after", "0", "1から60まで"),
        ("rescue_after", "61", "1から60まで"),
        ("call_after", "19", "20から600まで"),
        ("call_after", "601", "20から600まで"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(
    field: str, value: str, said: str, typed: dict[str, str], aoi: User, signed_in: SignedIn
) -> None:
    answer = signed_in(aoi).post(PAGE, typed | {field: value})
    beside = answer.content.decode().split(f'id="id_{field}_error"')[1].split("</div>")[0]
    assert said in beside
    assert answer.context["form"][field].value() == value
    assert Program.objects.get().routing == "pull"


def test_whoever_saves_second_is_told_and_sees_both(typed: dict[str, str], aoi: User, signed_in: SignedIn) -> None:
    Program.objects.update(offer_for=timedelta(seconds=45))
    browser = signed_in(aoi)
    answer = browser.post(PAGE, typed)
    said = answer.content.decode()
    assert "ほかの人が設定を変えました" in said
    assert 'value="60"' in said
    assert "いまは「45秒」になっています。" in said
    assert Program.objects.get().offer_for == timedelta(seconds=45)
    again = answer.context["form"]["shown"].value()
    assert "設定を保存しました。" in told(browser, **(typed | {"shown": again}))
    assert Program.objects.get().offer_for == timedelta(seconds=60)


def test_a_form_that_does_not_say_what_it_showed_is_asked_again(
    typed: dict[str, str], aoi: User, signed_in: SignedIn
) -> None:
    assert "ほかの人が設定を変えました" in told(signed_in(aoi), **(typed | {"shown": ""}))


def test_a_supervisor_sees_the_rules_and_cannot_change_them(
    typed: dict[str, str], mio: User, signed_in: SignedIn
) -> None:
    browser = signed_in(mio)
    said = browser.get(PAGE).content.decode()
    assert "設定を変えられるのは、システム管理者です。" in said
    assert "30秒" in said
    assert browser.post(PAGE, typed).status_code == 404


def test_a_counselor_sees_no_such_page(haru: User, signed_in: SignedIn) -> None:
    assert signed_in(haru).get(PAGE).status_code == 404


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"least_on_duty": 0}, "いま受付中です。"),
        ({"least_on_duty": 2, "least_supervisors": 1}, "人数がそろうまで受付を止めています。"),
        ({"hours": NEVER}, "いまは受付時間外です。次の受付は決まっていません。"),
    ],
)
def test_a_sentence_says_whether_reception_is_open(
    changes: dict[str, object], said: str, program: Program, haru: User, aoi: User, signed_in: SignedIn
) -> None:
    Program.objects.update(**changes)
    assert said in signed_in(aoi).get(PAGE).content.decode()


def test_who_is_there_is_said_against_the_rule(program: Program, mio: User, haru: User, signed_in: SignedIn) -> None:
    Program.objects.update(least_on_duty=3, least_supervisors=1)
    assert "勤務 2/3人・SV 1/1人" in signed_in(mio).get(PAGE).content.decode()


def test_a_planner_opens_more_lines_and_ends_them(program: Program, mio: User, signed_in: SignedIn) -> None:
    Program.objects.update(surge_lines=1)
    browser = signed_in(mio)
    assert "2時間、回線をふやします。" in browser.post(SURGE, {"hours": "2"}, follow=True).content.decode()
    until = Program.objects.get().surge_until
    assert until
    assert timedelta(hours=1, minutes=59) < until - timezone.now() <= timedelta(hours=2)
    assert "回線を元に戻しました。" in browser.post(SURGE, {"hours": ""}, follow=True).content.decode()
    assert Program.objects.get().surge_until is None


def test_without_surge_lines_the_page_says_so(program: Program, mio: User, signed_in: SignedIn) -> None:
    answer = signed_in(mio).post(SURGE, {"hours": "1"}, follow=True).content.decode()
    assert "増強する回線数がまだ決められていません。" in answer


def test_more_people_and_shifts_ask_no_more_of_the_database(program: Program, aoi: User, signed_in: SignedIn) -> None:
    browser = signed_in(aoi)
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as before:
        browser.get(PAGE)
    for number in range(5):
        somebody = person(f"P{number}", None, None)
        Membership.objects.create(user=somebody, program=program, role="counselor")
        Duty.objects.create(user=somebody, program=program)
        now = timezone.now()
        Shift.objects.create(program=program, user=somebody, starts_at=now, ends_at=now + timedelta(hours=4))
    with CaptureQueriesContext(connection) as after:
        browser.get(PAGE)
    assert len(after) == len(before)
