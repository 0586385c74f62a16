"""The opening hours' page: what is typed is read, looked at, saved; what is wrong is told in its place."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEntry, User
from counseling.actions import opening
from counseling.models import Program, Session
from counseling.opening import Window
from counseling.opening.hours import DAY_NAMES
from counseling.pages.opening_forms import MOST_DATES

pytestmark = pytest.mark.django_db
PAGE = "/programs/women/opening/"
SignedIn = Callable[[User], Client]
EVENINGS = [(Window(20 * 60, 26 * 60),)]


@pytest.fixture
def office(aoi: User, signed_in: SignedIn) -> Client:
    """Aoi's browser."""
    return signed_in(aoi)


@pytest.fixture
def typed(program: Program) -> dict[str, Any]:
    """Open from eight to two at night, every day."""
    return {
        **dict.fromkeys(DAY_NAMES, ["20時〜翌2時"]),
        "holiday": [""],
        "holiday_kind": "like_weekdays",
        "intake_close": "３０",
        "daily_limit": "",
        "shown": opening.fingerprint(program),
        "do": "save",
    }


def beside(said: str, field: str) -> str:
    """What stands beside a field."""
    found = re.search(rf'id="{field}-problem"[^>]*>(.*?)</div>', said, re.DOTALL)
    assert found, field
    return re.sub("<[^>]+>", "", found[1])


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_what_is_typed_is_saved(office: Client, typed: dict[str, Any]) -> None:
    coming = timezone.localdate() + timedelta(days=3)
    dates = {"date_on": [str(coming)], "date_hours": ["10-15、16:00–18:00"], "year_end_closed": "on"}
    own = {"holiday_kind": "own", "holiday": ["14時〜19時"], "daily_limit": "3", "sun": ["", "休み"]}
    answer = office.post(PAGE, typed | dates | own, follow=True)
    assert "保存しました。" in text(answer)
    program = Program.objects.get()
    hours = program.opening()
    assert list(hours.weekly) == EVENINGS * 6 + [()]
    assert hours.holiday == (Window(14 * 60, 19 * 60),)
    assert hours.exceptions == {coming: (Window(600, 900), Window(960, 1080))}
    assert (hours.intake_close, hours.year_end_closed, program.daily_limit) == (30, True, 3)
    assert AuditEntry.objects.filter(deed="program.changed").count() == 1


def test_what_is_saved_is_typed_the_same_way_again(office: Client, typed: dict[str, Any]) -> None:
    office.post(PAGE, typed)
    said = text(office.get(PAGE))
    assert said.count('value="20:00–26:00"') == 7
    again = {day: re.findall(rf'name="{day}" id="{day}-\d+" value="([^"]*)"', said) for day in DAY_NAMES}
    answer = office.post(PAGE, typed | again | {"shown": opening.fingerprint(Program.objects.get())}, follow=True)
    assert "変わったところはありません。" in text(answer)


WRONG = [
    ({"fri": ["20:00-24:00", "23:00-26:00"]}, "fri-1", "金曜日の2行目", "重なっています"),
    ({"mon": ["22:00-2:00"]}, "mon-0", "月曜日の1行目", "終わりが始まりより前"),
    ({"mon": ["", "夜"]}, "mon-1", "月曜日の2行目", "時間として読めません"),
    ({"mon": ["午前12時-15時"]}, "mon-0", "月曜日の1行目", "どちらにも読めます"),
    ({"tue": ["20:00-33:00"]}, "tue-0", "火曜日の1行目", "翌朝8:00"),
    ({"tue": ["翌1:00-翌5:00"]}, "tue-0", "火曜日の1行目", "始まりが翌日です"),
    ({"wed": ["、".join(["9-10"] * 13)]}, "wed-0", "水曜日の1行目", "12までです"),
    ({"holiday_kind": "own"}, "holiday-0", "祝日の1行目", "時間が書かれていません"),
    ({"holiday_kind": "own", "holiday": ["9-12", "11-13"]}, "holiday-1", "祝日の2行目", "重なっています"),
    (
        {"date_on": ["2026-13-01"], "date_hours": ["休み"]},
        "date-0-on",
        "日付を決めた変更の1行目",
        "日付として読めません",
    ),
    ({"date_on": ["1999-01-01"], "date_hours": ["休み"]}, "date-0-on", "日付を決めた変更の1行目", "2000年から"),
    ({"date_on": ["2019-01-01"], "date_hours": ["休み"]}, "date-0-on", "日付を決めた変更の1行目", "過ぎた日です"),
    ({"date_on": ["2099-01-01"], "date_hours": [""]}, "date-0-hours", "日付を決めた変更の1行目", "時間が書かれて"),
    ({"date_on": [""], "date_hours": ["休み"]}, "date-0-on", "日付を決めた変更の1行目", "日付として読めま"),
    (
        {"date_on": ["2099-01-01"] * 2, "date_hours": ["休み", "9-12"]},
        "date-1-on",
        "日付を決めた変更の2行目",
        "同じ日付が2回",
    ),
    (
        {"date_on": ["2099-01-01"], "date_hours": ["9-12、11-13"]},
        "date-0-hours",
        "日付を決めた変更の1行目",
        "重なっています",
    ),
    ({"intake_close": "481"}, "intake_close", "受付締切", "0から480まで"),
    ({"intake_close": "半"}, "intake_close", "受付締切", "0から480まで"),
    ({"daily_limit": "0"}, "daily_limit", "1日の上限回数", "1から50まで"),
    ({"daily_limit": "たくさん"}, "daily_limit", "1日の上限回数", "1から50まで"),
]


@pytest.mark.parametrize(("change", "field", "where", "why"), WRONG)
def test_what_is_wrong_is_told_in_its_place_and_nothing_is_half_done(
    change: dict[str, Any], field: str, where: str, why: str, office: Client, typed: dict[str, Any]
) -> None:
    before = Program.objects.get().hours
    answer = office.post(PAGE, typed | change)
    said = text(answer)
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert why in beside(said, field)
    assert f'<a href="#{field}">{where}</a>' in said
    assert re.search(rf'id="{field}"[^>]*aria-invalid="true"', said)
    assert all(f'value="{one}"' in said for values in change.values() for one in values if isinstance(values, list))
    assert Program.objects.get().hours == before


def test_everything_that_is_wrong_is_told_at_once(office: Client, typed: dict[str, Any]) -> None:
    said = text(office.post(PAGE, typed | {"mon": ["?"], "sun": ["2-1"], "intake_close": "x", "daily_limit": "x"}))
    assert "直すところが4つあります。まだ何も保存していません。" in said


def test_whoever_saves_second_sees_what_the_first_one_saved(office: Client, typed: dict[str, Any]) -> None:
    Program.objects.update(hours={"weekly": {"mon": ["09:00-12:00"]}, "exceptions": {"2099-01-01": []}})
    answer = office.post(PAGE, typed)
    said = text(answer)
    assert "ほかの人が受付時間を変えました" in said
    assert "月曜日: いまは「09:00–12:00」、書いた内容は「20:00–26:00」" in said
    assert "いまは「休み」、書いた内容は「曜日どおり」" in said
    assert 'value="20時〜翌2時"' in said
    shown = re.search('name="shown" value="([^"]+)"', said)
    assert shown
    assert Program.objects.get().opening().weekly[1] == ()
    office.post(PAGE, typed | {"shown": shown[1]})
    assert list(Program.objects.get().opening().weekly) == EVENINGS * 7


def test_two_who_typed_the_same_are_told_that_nothing_changed(office: Client, typed: dict[str, Any]) -> None:
    office.post(PAGE, typed)
    assert "変わったところはありません。" in text(office.post(PAGE, typed, follow=True))


BUTTONS = [
    ("add.fri", "fri", ["20時〜翌2時", ""]),
    ("remove.fri.0", "fri", [""]),
    ("remove.fri.7", "fri", ["20時〜翌2時"]),
    ("same.fri", "fri", ["9-12", "?"]),
    ("same.weekdays", "tue", ["9-12", "?"]),
    ("same.mon", "mon", ["9-12", "?"]),
    ("same.holiday", "holiday", ["9-12", "?"]),
    ("nonsense", "fri", ["20時〜翌2時"]),
    ("add.nonsense", "fri", ["20時〜翌2時"]),
    ("week.2026-12-28", "fri", ["20時〜翌2時"]),
]


@pytest.mark.parametrize(("wish", "day", "rows"), BUTTONS)
def test_a_button_gives_back_everything_and_saves_nothing(
    wish: str, day: str, rows: list[str], office: Client, typed: dict[str, Any]
) -> None:
    before = Program.objects.get().hours
    half_done = {"mon": ["9-12", "?"], "date_on": ["2099-01-01"], "date_hours": ["こわれ"], "intake_close": "x"}
    answer = office.post(PAGE, typed | half_done | {"do": wish})
    said = text(answer)
    assert answer.status_code == HTTPStatus.OK
    assert re.findall(rf'name="{day}" id="{day}-\d+" value="([^"]*)"', said) == rows
    assert re.search('name="date_hours"[^>]*value="こわれ"', said)
    assert 'id="intake_close" value="x"' in said
    assert Program.objects.get().hours == before
    assert not AuditEntry.objects.filter(deed="program.changed").exists()


def test_dates_come_and_go(office: Client, typed: dict[str, Any]) -> None:
    dates = {"date_on": ["2099-01-01", "2099-01-02"], "date_hours": ["休み", "9-12"]}
    more = text(office.post(PAGE, typed | dates | {"do": "add.closed"}))
    assert re.findall('name="date_hours"[^>]*value="([^"]*)"', more) == ["休み", "9-12", "休み"]
    assert re.search('id="date-2-on"[^>]*autofocus', more)
    blank = text(office.post(PAGE, typed | dates | {"do": "add.date"}))
    assert re.findall('name="date_on"[^>]*value="([^"]*)"', blank) == ["2099-01-01", "2099-01-02", ""]
    fewer = text(office.post(PAGE, typed | dates | {"do": "remove.date.0"}))
    assert re.findall('name="date_on"[^>]*value="([^"]*)"', fewer) == ["2099-01-02"]


def test_a_row_left_blank_is_no_date(office: Client, typed: dict[str, Any]) -> None:
    office.post(PAGE, typed | {"date_on": ["", "2099-01-01"], "date_hours": ["", "休み"]})
    assert list(Program.objects.get().opening().exceptions) == [date(2099, 1, 1)]


def test_a_holidays_name_stands_beside_its_date(office: Client, typed: dict[str, Any]) -> None:
    said = text(office.post(PAGE, typed | {"date_on": ["2027-01-11"], "date_hours": ["休み"], "do": "look"}))
    assert "成人の日" in said


def test_dates_that_are_over_are_folded_and_stay(office: Client, typed: dict[str, Any]) -> None:
    coming = timezone.localdate() + timedelta(days=1)
    Program.objects.update(hours={"exceptions": {"2019-05-01": ["10:00-12:00"], str(coming): []}})
    said = text(office.get(PAGE))
    over = said.split('<details class="opening-over">')[1].split("</details>")[0]
    assert "2019年5月1日" in over
    assert "10:00–12:00" in over
    assert re.findall('name="date_on"[^>]*value="([^"]*)"', said) == [str(coming)]
    office.post(PAGE, typed | {"shown": opening.fingerprint(Program.objects.get())})
    assert list(Program.objects.get().opening().exceptions) == [date(2019, 5, 1)]


def test_more_dates_than_the_form_has_rows_stay_as_they_are(office: Client, typed: dict[str, Any]) -> None:
    days = [f"2099-{month:02}-{day:02}" for month in (1, 2) for day in range(1, 26)]
    Program.objects.update(hours={"exceptions": dict.fromkeys(days, [])})
    said = text(office.get(PAGE))
    shown = re.findall('name="date_on"[^>]*value="([^"]*)"', said)
    assert shown == days[:MOST_DATES]
    assert "一度に書けるのは" in said
    rows = {"date_on": shown, "date_hours": ["休み"] * len(shown)}
    office.post(PAGE, typed | rows | {"shown": opening.fingerprint(Program.objects.get())})
    assert len(Program.objects.get().opening().exceptions) == len(days)


def test_the_week_is_drawn_as_it_is_typed(office: Client, typed: dict[str, Any]) -> None:
    dates = {"date_on": ["2027-01-12"], "date_hours": ["休み"], "year_end_closed": "on", "do": "week.2026-12-28"}
    said = text(office.post(PAGE, typed | dates))
    assert "保存するとこうなります" in said
    assert said.count("年末年始の休み") == 6
    assert "20:00–翌2:00" in said
    assert "新しい相談は翌1:30まで" in said
    assert 'class="opening-ending"' in said
    # The first hours of the 29th belong to the service day before.
    assert said.count('class="opening-carried" x="0.000%"') == 2
    next_week = text(office.post(PAGE, typed | dates | {"do": "look", "week": "2027-01-09"}))
    assert "成人の日" in next_week
    assert "この日だけ" in next_week


def test_a_week_that_cannot_be_read_is_not_drawn(office: Client, typed: dict[str, Any]) -> None:
    said = text(office.post(PAGE, typed | {"mon": ["?"], "do": "look"}))
    assert "いま使われている時間を表示しています" in said
    assert "時間として読めません" in beside(said, "mon-0")


@pytest.mark.parametrize("asked", ["nonsense", "9999-12-31", "0001-01-01", ""])
def test_a_week_nobody_can_look_at_is_this_week(asked: str, office: Client) -> None:
    assert f'value="{timezone.localdate()}"' in text(office.get(PAGE, {"week": asked}))


def test_the_period_bounds_the_week(office: Client) -> None:
    Program.objects.update(ends_on=timezone.localdate())
    assert text(office.get(PAGE)).count("期間の外") == 6


def test_every_language_a_visitor_reads_is_shown(office: Client) -> None:
    Program.objects.update(languages=["ja", "ja-easy", "en", "ko"])
    said = text(office.get(PAGE))
    assert "毎日 24時間" in said
    assert "<rt>まいにち</rt>" in said
    assert said.count("Every day 24 hours") == 2


def test_who_waits_and_who_talks_is_told(office: Client, active: Session, sora_says: Any) -> None:
    sora_says("もう1人です", identity="U" + "0b" * 16)
    said = text(office.get(PAGE))
    assert "いま1人と相談中です。" in said
    assert "いま1人が待っています。" in said


def test_as_many_queries_whatever_is_typed(office: Client, typed: dict[str, Any]) -> None:
    office.get(PAGE)
    with CaptureQueriesContext(connection) as looked:
        office.get(PAGE)
    many = {"date_on": [f"2099-01-{day:02}" for day in range(1, 31)], "date_hours": ["9-12"] * 30, "do": "look"}
    with CaptureQueriesContext(connection) as typing:
        office.post(PAGE, typed | many)
    assert len(typing) <= len(looked) <= 14


def test_it_is_said_in_english_too(aoi: User, signed_in: SignedIn) -> None:
    browser = signed_in(aoi)
    browser.cookies["django_language"] = "en"
    said = text(browser.get(PAGE))
    assert "Opening hours" in said
    page = said.split("<main")[1].split("</main>")[0].split('<dl class="opening-spoken')[0]
    assert re.findall("[ぁ-んァ-ヶ]+", page) == []
