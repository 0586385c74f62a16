"""Other media beside the program: the ratio by its definition, entered or taken in, with an answer to every nothing."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEntry, User
from counseling.models import Program
from counseling.permissions import NotVisible
from counseling.text import sheets
from reports.actions import comparators as actions
from reports.actions.comparators import Entered
from reports.comparing import beside, compared
from reports.models import Comparator, Per
from reports.periods import Period
from tests.reports.conftest import KeepSessions, at

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
PAGE = "/programs/women/results/comparators/"
APRIL = Period(date(2026, 4, 1), date(2026, 4, 30))
TYPED = {
    "deed": "add", "name": "府の電話相談", "first": "2026-04-01", "last": "2026-04-30", "days": "20", "hours": "60.5",
    "count": "25", "per": "day", "places": "0",
}  # fmt: skip


def line(per: Per = Per.DAY, **changes: Any) -> Comparator:
    told = {
        "name": "電話",
        "first": date(2018, 6, 22),
        "last": date(2018, 7, 1),
        "minutes": 1800,
        "days": 10,
        "count": 25,
    }
    return Comparator(**told | {"per": per, "places": 0} | changes)


@pytest.fixture
def evenings(program: Program) -> Program:
    """Open from 19 to 22 on Mondays to Fridays."""
    week = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), ["19:00-22:00"])
    Program.objects.update(hours={"weekly": week}, starts_on=date(2018, 1, 1), ends_on=None)
    program.refresh_from_db()
    return program


# Of ten days six are open here, three hours each.
RATIOS = {
    (Per.DAY, 0): (Decimal("32.7"), Decimal("2.5"), Decimal(13)),
    (Per.DAY, 1): (Decimal("32.7"), Decimal("2.5"), Decimal("13.1")),
    (Per.HOUR, 1): (Decimal("18.2"), Decimal("0.8"), Decimal("21.8")),
    (Per.OPEN_DAY, 1): (Decimal("54.5"), Decimal("2.5"), Decimal("21.8")),
}


@pytest.mark.parametrize(("how", "wanted"), RATIOS.items(), ids=str)
def test_the_ratio_is_made_of_counts_by_its_unit(
    evenings: Program, how: tuple[Per, int], wanted: tuple[Decimal, ...]
) -> None:
    per, places = how
    found = beside(line(per, places=places), evenings, Period(date(2018, 6, 22), date(2018, 7, 1)), 327)
    assert (found.ours, found.theirs, found.ratio) == wanted


@pytest.mark.parametrize("changes", [{"count": 0}, {"per": Per.HOUR, "minutes": 0, "count": 0}])
def test_who_counted_nobody_gives_no_ratio(evenings: Program, changes: dict[str, Any]) -> None:
    assert beside(line(**changes), evenings, APRIL, 327).ratio is None


def test_a_period_without_an_open_hour_gives_no_ratio(evenings: Program) -> None:
    sunday = Period(date(2026, 4, 5), date(2026, 4, 5))
    assert beside(line(Per.HOUR), evenings, sunday, 3).ratio is None


def test_only_those_of_the_same_days_are_beside_a_period(program: Program, mio: User) -> None:
    line(program=program, by=mio).save()
    assert compared(program, APRIL, 10) == []
    assert len(compared(program, Period(date(2018, 7, 1), date(2018, 7, 31)), 10)) == 1


def test_what_was_entered_stands_in_the_results(
    program: Program, keep_sessions: KeepSessions, mio: User, signed_in: SignedIn
) -> None:
    keep_sessions(*({"received_at": at("2026-04-02")} for _each in range(50)))
    browser = signed_in(mio)
    assert browser.post(PAGE, TYPED).status_code == 302
    assert Comparator.objects.get().minutes == 3630
    asked = {"first": "2026-04-01", "last": "2026-04-30", "day": "calendar"}
    said = browser.get("/programs/women/results/", asked).content.decode()
    assert "開いたのは20日・60時間30分、25件。1日あたり(暦日)でくらべています。この窓口は約2倍です。" in said
    Comparator.objects.update(count=0)
    assert (
        "相手の件数が0件なので、倍率は出せません。" in browser.get("/programs/women/results/", asked).content.decode()
    )
    assert AuditEntry.objects.get(deed="comparators.changed").details == {"rows": {"entered": 1}}


WRONG = {
    ("name", ""): "名前を書いてください。",
    ("first", "4月"): "2026-11-23のように書いてください。",
    ("last", "2026-03-01"): "最初の日か、そのあとの日",
    ("days", "31"): "期間の日数(30日)までにしてください。",
    ("hours", "481"): "開いていた日数×24時間までにしてください。",
    ("hours", "NaN"): "数字で書いてください。",
    ("count", "-1"): "0以上の数を書いてください。",
    ("count", "99999999999"): "数が大きすぎます。",
    ("per", "week"): "選び直してください。",
}


@pytest.mark.parametrize(("typed", "said"), WRONG.items(), ids=[f"{name}={value}" for name, value in WRONG])
def test_what_cannot_be_is_said_and_nothing_kept(
    program: Program, mio: User, signed_in: SignedIn, typed: tuple[str, str], said: str
) -> None:
    answer = signed_in(mio).post(PAGE, TYPED | dict([typed])).content.decode()
    assert said in answer
    assert 'value="2026-04-' in answer
    assert not Comparator.objects.exists()


def upload(browser: Client, content: bytes) -> str:
    file = BytesIO(content)
    file.name = "a.csv"
    said: str = browser.post(PAGE, {"deed": "import", "file": file}, follow=True).content.decode()
    return said


def test_the_sample_can_be_taken_in_as_it_is(program: Program, mio: User, signed_in: SignedIn) -> None:
    browser = signed_in(mio)
    sample = browser.get("/programs/women/results/comparators.csv").content
    assert "1件を取り込みました。" in upload(browser, sample)
    assert "1件を取り込みました。" in upload(browser, sample)
    assert Comparator.objects.get().per == Per.DAY


def test_a_file_with_one_wrong_line_is_not_taken_in(program: Program, mio: User, signed_in: SignedIn) -> None:
    browser = signed_in(mio)
    head, *rest = sheets.read(browser.get("/programs/women/results/comparators.csv").content)
    good = rest[0][1]
    made = sheets.written([head[1], good, ["=SUM(A1)", *good[1:3], "99", *good[4:]]])
    said = upload(browser, made)
    assert "3行目「開いていた日数」: 期間の日数(30日)までにしてください。" in said
    assert not Comparator.objects.exists()


FILES = {
    "名前だけ\r\na".encode(): "見出しの列が足りません",
    b"\x00\x01": "CSVとして読み取れません",
}


@pytest.mark.parametrize(("content", "said"), FILES.items(), ids=["columns", "binary"])
def test_a_file_that_is_none_is_refused(
    program: Program, mio: User, signed_in: SignedIn, content: bytes, said: str
) -> None:
    assert said in upload(signed_in(mio), content)
    assert not Comparator.objects.exists()


def test_who_sees_no_results_enters_none(program: Program, haru: User, kei: User, mio: User) -> None:
    one = Entered("電話", APRIL.first, APRIL.last, 60, 1, 1, Per.DAY, 0)
    for who in (haru, kei):
        with pytest.raises(NotVisible):
            actions.enter(program_id=program.pk, entries=[one], by=who)
    actions.enter(program_id=program.pk, entries=[one], by=mio)
    with pytest.raises(NotVisible):
        actions.remove(program_id=program.pk, comparator_id=Comparator.objects.get().pk, by=kei)
    actions.remove(program_id=program.pk, comparator_id=Comparator.objects.get().pk, by=mio)
    assert not Comparator.objects.exists()
