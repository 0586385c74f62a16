"""The pages of results: what they say, to whom, and what they answer to bad input."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from counseling.models import Duty, Program, Session, Shift
from reports.charts import drawn
from reports.months import months
from reports.tables import Column, Picture, Row, Table
from tests.reports.conftest import KeepSessions, at
from tests.reports.test_results import valid_at

pytestmark = pytest.mark.django_db
PAGE, PUBLIC, TODAY = (f"/programs/women/{name}/" for name in ("results", "results/public", "today"))
APRIL = {"first": "2026-04-01", "last": "2026-04-30", "day": "calendar"}
SignedIn = Callable[[User], Client]


def read(browser: Client, path: str, query: dict[str, str] | None = None) -> str:
    answer = browser.get(path, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_sentence_comes_first(keep_sessions: KeepSessions, mio: User, signed_in: SignedIn) -> None:
    keep_sessions(*(valid_at(at("2026-04-02")) for _each in range(11)))
    keep_sessions({"received_at": at("2026-04-03"), "state": "abandoned"})
    said = read(signed_in(mio), PAGE, APRIL)
    assert "2026年4月は12件、1日平均0.4件で、応答率は91.7%でした。" in said
    assert "検算: 内訳の合計 12件 = アクセス数 12件。一致しています。" in said
    assert "2026年4月1日(水)〜2026年4月30日(木)(30日間)" in said


def test_every_table_says_its_n_and_how_it_counts(
    program: Program, keep_sessions: KeepSessions, mio: User, signed_in: SignedIn
) -> None:
    keep_sessions(*(valid_at(at("2026-04-02"), editions=program.editions) for _each in range(3)))
    said = read(signed_in(mio), PAGE, APRIL)
    for title in (
        "件数",
        "アクセスの内訳",
        "日別",
        "曜日別",
        "時間帯別",
        "曜日と時間帯",
        "待ち時間",
        "所要時間の分布",
        "年代",
        "緊急度",
    ):
        assert f">{title}</h2>" in said
    assert said.count("results-n") == said.count("<h2 id=") - 1  # of rates each has its own whole
    assert said.count("数え方と丸め方") == said.count("<h2 id=")


@pytest.mark.parametrize(
    ("against", "said"),
    [("before", "2026年3月2日〜2026年3月31日の1件より1件ふえました。"), ("year", "2025年4月の3件より1件へりました。")],
)
def test_a_period_is_set_against_another(
    keep_sessions: KeepSessions, mio: User, signed_in: SignedIn, against: str, said: str
) -> None:
    days = ["2026-04-02", "2026-04-03", "2026-03-31", "2025-04-01", "2025-04-02", "2025-04-30"]
    keep_sessions(*(valid_at(at(day)) for day in days))
    assert said in read(signed_in(mio), PAGE, APRIL | {"against": against})


def test_english_columns_are_named_for_what_they_count(
    keep_sessions: KeepSessions, mio: User, signed_in: SignedIn
) -> None:
    keep_sessions(valid_at(at("2026-04-02")))
    browser = signed_in(mio)
    browser.cookies["django_language"] = "en"
    said = read(browser, PAGE, APRIL)
    assert '<th class="number" scope="col">Number</th>' in said
    assert '<th class="number" scope="col">Time</th>' in said
    assert "rows" not in said


@pytest.mark.parametrize(
    ("most", "shown"),
    [(1, [0, 1]), (3, [0, 1, 2, 3]), (20, [0, 5, 10, 15, 20]), (83, [0, 50]), (75, [0, 20, 40, 60]), (4123, [0, 2000])],
)
def test_amounts_beside_a_picture_are_round(most: int, shown: list[int]) -> None:
    table = Table("t", "t", (), (Column("n"),), (Row("r", (most,)),), picture=Picture.COLUMNS)
    ticks = drawn(table)["chart"]["ticks"]
    assert [int(tick["text"].replace(",", "")) for tick in ticks][: len(shown)] == shown
    assert len(ticks) <= 5


def test_years_are_said_as_japan_counts_them(keep_sessions: KeepSessions, mio: User, signed_in: SignedIn) -> None:
    keep_sessions(valid_at(at("2019-05-01")))
    query = {"first": "2019-04-01", "last": "2020-03-31", "eras": "on"}
    said = read(signed_in(mio), PAGE, query)
    assert "令和元年度は1件" in said
    assert "平成31年4月1日(月)〜令和2年3月31日(火)(366日間)" in said


BAD = {
    ("first", "2026-04-31"): "2026-11-23のように書いてください。",
    ("first", "🙂"): "2026-11-23のように書いてください。",
    ("first", ""): "最初の日を選んでください。",
    ("first", "2026-05-01"): "最後の日は、最初の日か、そのあとの日にしてください。",
    ("first", "2025-04-29"): "期間は366日までにしてください。",
    ("first", "1999-12-31"): "2000年から2100年までの日を選んでください。",
    ("last", "2099-04-01"): "最後の日は、今日か、その前の日にしてください。",
    ("day", "week"): "暦日か受付日を選んでください。",
    ("against", "moon"): "くらべる期間を選び直してください。",
}


@pytest.mark.parametrize(("typed", "said"), BAD.items(), ids=[f"{name}={value}" for name, value in BAD])
def test_what_cannot_be_is_said_beside_its_field(
    mio: User, signed_in: SignedIn, typed: tuple[str, str], said: str
) -> None:
    shown = read(signed_in(mio), PAGE, APRIL | dict([typed]))
    assert said in shown
    assert "この期間の結果は出せません。" in shown
    assert f'value="{APRIL["last"] if typed[0] != "last" else typed[1]}"' in shown


def test_a_program_that_never_opened_says_so(program: Program, mio: User, signed_in: SignedIn) -> None:
    Program.objects.update(starts_on=date(2026, 5, 1))
    said = read(signed_in(mio), PAGE, APRIL)
    assert "2026年4月のアクセスは、ありませんでした。" in said
    assert "この期間、窓口は開いていませんでした。窓口の期間は2026年5月1日(金)からです。" in said
    assert "まだ、終わった月がありません。" not in read(signed_in(mio), PUBLIC)
    Program.objects.update(starts_on=timezone.localdate() + timedelta(days=3))
    assert "まだ、終わった月がありません。" in read(signed_in(mio), PUBLIC)


def test_a_program_that_is_over_begins_with_its_whole_life(
    program: Program, keep_sessions: KeepSessions, mio: User, signed_in: SignedIn
) -> None:
    Program.objects.update(ends_on=date(2019, 2, 14))
    keep_sessions(valid_at(at("2019-02-14", "21:59")))
    said = read(signed_in(mio), PAGE)
    assert "2019年2月1日〜2019年2月14日は1件" in said
    assert "この事業の期間" in said


def test_a_page_of_a_period_costs_so_many_queries(
    keep_sessions: KeepSessions, mio: User, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    keep_sessions(*(valid_at(at("2026-04-02")) for _each in range(3)))
    browser = signed_in(mio)
    read(browser, PAGE, APRIL)
    with django_assert_max_num_queries(25):
        read(browser, PAGE, APRIL)
    with django_assert_max_num_queries(15):
        read(browser, TODAY)


def test_today_tells_who_waits_and_the_lines_by_hour(
    program: Program, waiting: Session, haru: User, mio: User, signed_in: SignedIn
) -> None:
    now = timezone.now()
    Shift.objects.create(
        program=program, user=haru, starts_at=now - timedelta(hours=30), ends_at=now + timedelta(days=1), lines=3
    )
    Session.objects.filter(pk=waiting.pk).update(queued_at=now - timedelta(minutes=4, seconds=10))
    Duty.objects.filter(user=haru).update(began_at=now - timedelta(hours=1))
    said = read(signed_in(mio), TODAY)
    assert "今日はここまで1件、うち0件に対応しました。いま1人がお待ちです。" in said
    assert "4分10秒" in said
    assert f"{timezone.localtime(now).hour}時台" in said


def test_today_without_anybody_says_so(program: Program, mio: User, signed_in: SignedIn) -> None:
    assert "今日はまだ、アクセスがありません。" in read(signed_in(mio), TODAY)


def test_the_officer_sees_months_without_small_cells(
    program: Program, keep_sessions: KeepSessions, kei: User, signed_in: SignedIn
) -> None:
    old = {"attributes": {"age": "10s"}, "editions": program.editions}
    keep_sessions(*(valid_at(at("2026-04-02"), **old) for _each in range(37)))
    keep_sessions(*(valid_at(at("2026-04-03"), **(old | {"attributes": {"age": "20s"}})) for _each in range(3)))
    said = read(signed_in(kei), PUBLIC, {"month": "2026-04"})
    assert "2026年4月は40件" in said
    assert "Xは、1〜4件の数と" in said
    assert '<th scope="row">20代</th><td class="results-bar"' in "".join(said.split("\n")).replace("  ", "")
    assert ">日別<" not in said
    assert "曜日と時間帯" not in said
    assert '<td class="number">37</td>' not in said
    assert '<td class="number">3</td>' not in said
    assert "いちばん長い" in said


def test_a_month_of_a_few_is_not_told(keep_sessions: KeepSessions, kei: User, signed_in: SignedIn) -> None:
    keep_sessions(*(valid_at(at("2026-04-02")) for _each in range(4)))
    said = read(signed_in(kei), PUBLIC, {"month": "2026-04"})
    assert "2026年4月の件数は少ないため、出していません。" in said
    assert '<td class="number">4</td>' not in said


@pytest.mark.parametrize("month", ["", "2026-13", "🙂", "2999-01"])
def test_a_month_that_is_not_offered_is_the_latest(
    program: Program, kei: User, signed_in: SignedIn, month: str
) -> None:
    latest = months(program, timezone.localdate())[0]
    assert f"{latest.first.year}年{latest.first.month}月" in read(signed_in(kei), PUBLIC, {"month": month})


def test_months_that_are_offered_never_overlap(program: Program) -> None:
    program.ends_on = date(2019, 4, 10)
    found = months(program, date(2026, 1, 1))
    assert [(f"{one.first}", f"{one.last}") for one in reversed(found)] == [
        ("2019-02-01", "2019-02-28"),
        ("2019-03-01", "2019-03-31"),
        ("2019-04-01", "2019-04-10"),
    ]
    assert months(program, date(2019, 3, 1))[:1] == []
    assert len(months(program, date(2019, 3, 2))) == 1


def test_the_officer_comes_to_this_page_and_to_no_other(program: Program, kei: User, signed_in: SignedIn) -> None:
    browser = signed_in(kei)
    assert browser.get("/").headers["Location"] == PUBLIC
    said = read(browser, PUBLIC)
    assert said.count('class="office-part"') == 1
    assert [browser.get(path).status_code for path in (PAGE, TODAY, "/wall/")] == [404, 404, 404]
