"""The files of results: what stands in them, who gets them, and what the audit says of it."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from accounts.models import AuditEntry, User
from counseling.models import Program
from reports.content import tables
from reports.days import DayKind
from reports.exports import report
from reports.exports.document import document
from reports.periods import Period
from reports.results import results
from tests.conftest import confirm
from tests.reports.conftest import KeepSessions, at
from tests.reports.test_results import valid_at

pytestmark = pytest.mark.django_db
QUERY = {"first": "2026-04-01", "last": "2026-04-30", "day": "calendar"}
SignedIn = Callable[[User], Client]


@pytest.fixture
def april(program: Program, keep_sessions: KeepSessions) -> None:
    """Twelve valid talks of 20 minutes, and three that nobody answered."""
    keep_sessions(*(valid_at(at("2026-04-02"), minutes=20, editions=program.editions) for _each in range(12)))
    keep_sessions(*({"received_at": at("2026-04-03"), "state": "abandoned"} for _each in range(3)))


@pytest.fixture
def browser(mio: User, signed_in: SignedIn) -> Client:
    """Mio, who just confirmed that it is she."""
    found = signed_in(mio)
    confirm(found)
    return found


def content(browser: Client, path: str, query: dict[str, str]) -> bytes:
    answer = browser.get(f"/programs/women/{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.content


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


@pytest.mark.usefixtures("april")
def test_a_csv_says_all_that_the_page_says(browser: Client) -> None:
    made = content(browser, "results.csv", QUERY)
    assert made.startswith(b"\xef\xbb\xbf")
    found = lines(made)
    assert found[0] == ["女性のための相談 実施報告書"]
    assert ["期間", "2026年4月1日(水)〜2026年4月30日(木)(30日間)"] in found
    assert ["2026年4月は15件、1日平均0.5件で、応答率は80.0%でした。"] in found
    assert ["アクセス数", "15", "0.5"] in found
    assert ["検算: 内訳の合計 15件 = アクセス数 15件。一致しています。"] in found
    assert ["平均", "0:20:00"] in found


@pytest.mark.usefixtures("april")
def test_a_name_cannot_become_a_formula(browser: Client) -> None:
    Program.objects.update(name="=HYPERLINK(1)", commissioner="@SUM(A1)")
    found = lines(content(browser, "results.csv", QUERY))
    assert found[0] == ["'=HYPERLINK(1) 実施報告書"]
    assert ["委託元", "'@SUM(A1)"] in found
    book = load_workbook(BytesIO(content(browser, "results.xlsx", QUERY)))
    assert (book["表紙"]["A1"].data_type, book["表紙"]["B2"].data_type) == ("s", "s")


@pytest.mark.usefixtures("april")
def test_excel_has_real_numbers_and_sums_that_are_formulas(browser: Client) -> None:
    book = load_workbook(BytesIO(content(browser, "results.xlsx", QUERY)))
    parts = book["3 アクセスの内訳"]
    assert [parts.cell(row, 2).value for row in range(5, 14)] == [0, 0, 0, 0, 12, 0, 0, 3, "=SUM(B5:B12)"]
    assert (parts["A2"].value, parts["B2"].value) == ("n(アクセス)", 15)
    durations = next(sheet for sheet in book if sheet["A1"].value == "所要時間")
    assert (durations["B5"].value, durations["B5"].number_format) == (timedelta(minutes=20), "[h]:mm:ss")


@pytest.mark.usefixtures("april")
def test_against_another_period_a_difference_is_a_number(browser: Client, keep_sessions: KeepSessions) -> None:
    keep_sessions(*(valid_at(at("2025-04-02")) for _each in range(2)))
    query = QUERY | {"against": "year"}
    assert ["応答率", "80.0", "12", "15", "100.0", "-20.0"] in lines(content(browser, "results.csv", query))
    rates = load_workbook(BytesIO(content(browser, "results.xlsx", query)))["2 割合"]
    assert [rates.cell(4, column).value for column in (5, 6)] == ["くらべる期間の割合(%)", "差(ポイント)"]
    assert (rates["F5"].value, rates["F5"].number_format) == (-20, "+#,##0.0;-#,##0.0;0.0")


@pytest.mark.usefixtures("april")
def test_the_report_can_be_read_aloud_and_is_made_the_same_again(browser: Client) -> None:
    made = content(browser, "results.pdf", QUERY | {"eras": "on", "against": "year"})
    assert made == content(browser, "results.pdf", QUERY | {"eras": "on", "against": "year"})
    assert made.startswith(b"%PDF")


@pytest.mark.usefixtures("april")
def test_the_report_says_what_the_page_says(program: Program) -> None:
    found = results(program, Period(date(2026, 4, 1), date(2026, 4, 30)), DayKind.CALENDAR, "ja")
    made = document(found, tables(found), ["文"], ["注"], today=date(2026, 5, 1), eras=True)
    drawn = report.content(made)
    assert drawn["title"] == "女性のための相談 実施報告書"
    assert ("期間", "令和8年4月1日(水)〜令和8年4月30日(木)(30日間)") in drawn["facts"]
    parts = next(one for one in drawn["tables"] if one["title"] == "アクセスの内訳")
    assert parts["notes"] == ["検算: 内訳の合計 15件 = アクセス数 15件。一致しています。"]
    assert parts["shares"] == [0, 0, 0, 0, 1, 0, 0, 0.25]
    assert all(one["definitions"] for one in drawn["tables"])


@pytest.mark.usefixtures("april")
def test_the_officers_file_hides_what_the_page_hides(kei: User, signed_in: SignedIn) -> None:
    browser = signed_in(kei)
    confirm(browser)
    for kind in ("csv", "xlsx", "pdf"):
        content(browser, f"results/public.{kind}", {"month": "2026-04"})
    found = lines(content(browser, "results/public.csv", {"month": "2026-04"}))
    assert ["未対応", "X", "X"] in found
    assert not [line for line in found if line[1:2] == ["3"]]
    assert browser.get("/programs/women/results.csv", QUERY).status_code == 404


@pytest.mark.usefixtures("april")
def test_who_took_it_out_stands_in_the_audit(browser: Client) -> None:
    content(browser, "results.csv", QUERY)
    content(browser, "results/public.csv", {"month": "2026-04"})
    first, second = AuditEntry.objects.filter(deed="results.exported").order_by("pk")
    assert first.actor_name == "Mio"
    assert first.details == {"first": "2026-04-01", "last": "2026-04-30", "kind": "csv", "public": False}
    assert second.details["public"] is True


def test_a_period_that_cannot_be_leads_back_to_the_page_that_says_why(browser: Client) -> None:
    answer = browser.get("/programs/women/results.pdf", QUERY | {"last": "2026-03-01"})
    assert answer.status_code == 302
    assert "最初の日か、そのあとの日" in browser.get(answer.headers["Location"]).content.decode()


@pytest.mark.parametrize("kind", ["exe", "html"])
def test_another_kind_of_file_does_not_exist(browser: Client, kind: str) -> None:
    assert browser.get(f"/programs/women/results.{kind}", QUERY).status_code == 404
    assert browser.get(f"/programs/women/results/public.{kind}").status_code == 404
    assert not AuditEntry.objects.filter(deed="results.exported").exists()


def test_who_has_not_just_confirmed_is_asked_first(mio: User, signed_in: SignedIn) -> None:
    answer = signed_in(mio).get("/programs/women/results.csv", QUERY)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/")
