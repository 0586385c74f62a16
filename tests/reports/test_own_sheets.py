"""The commissioner's own sheet: filled by the names of its cells, and refused where it does more than hold numbers."""

import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName

from accounts.models import AuditEntry, User
from counseling.models import Program
from counseling.permissions import NotVisible
from reports.actions import sheets as actions
from reports.actions.sheets import NotAsItIs
from reports.exports import own_sheet
from reports.exports.own_sheet import Refused, filled, look
from reports.models import ReportSheet
from reports.named import all_names, names
from tests.conftest import confirm
from tests.reports.conftest import KeepSessions, at
from tests.reports.test_results import valid_at
from tests.reports.test_runs import frozen

SignedIn = Callable[[User], Client]
PAGE = "/programs/women/results/sheets/"


def sheet(**named: str) -> bytes:
    """A workbook of one sheet with these names; B9 sums, C1 has a format of its own."""
    book = Workbook()
    page = book.active
    page.title = "様式"
    page["B9"], page["A1"] = "=SUM(B1:B8)", "件数"
    page["C1"].number_format = '0.0"件"'
    for name, place in named.items():
        book.defined_names[name] = DefinedName(name, attr_text=place)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def with_part(content: bytes, name: str, held: bytes = b"x") -> bytes:
    """The same file with one part more."""
    made = BytesIO(content)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(name, held)
    return made.getvalue()


GOOD = sheet(accesses="様式!$B$1", accesses_per_day="様式!$C$1", program="様式!$B$2")


def test_known_cells_are_filled_and_all_else_stays() -> None:
    made = filled(GOOD, {"accesses": 264, "accesses_per_day": 9, "program": "=SUM(A1)", "valid": 7})
    page = load_workbook(BytesIO(made))["様式"]
    assert (page["B1"].value, page["B9"].value, page["A1"].value) == (264, "=SUM(B1:B8)", "件数")
    assert (page["C1"].value, page["C1"].number_format) == (9, '0.0"件"')
    assert (page["B2"].value, page["B2"].data_type) == ("=SUM(A1)", "s")


def test_what_a_file_names_is_told_before_it_is_kept() -> None:
    found = look(sheet(accesses="様式!$B$1", ninzu="様式!$B$3", valid="様式!$B$1:$B$3"), all_names())
    assert (found.known, found.unknown, found.not_one_cell) == (["accesses"], ["ninzu"], ["valid"])


BAD: dict[str, tuple[bytes, str]] = {
    "macros": (with_part(GOOD, "xl/vbaProject.bin"), "macros"),
    "links": (with_part(GOOD, "xl/externalLinks/externalLink1.xml"), "links"),
    "web": (with_part(GOOD, "xl/_rels/a.rels", b'<R Target="http://x" TargetMode="External"/>'), "links"),
    "embedded": (with_part(GOOD, "xl/embeddings/a.bin"), "embedded"),
    "charts": (with_part(GOOD, "xl/charts/chart1.xml"), "charts"),
    "entities": (with_part(GOOD, "xl/a.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "entities"),
    "wide entities": (with_part(GOOD, "xl/a.xml", "<!DOCTYPE a><a/>".encode("utf-16")), "entities"),
    "bomb": (with_part(GOOD, "xl/a.bin", bytes(own_sheet.LARGEST_UNPACKED_BYTES)), "too_large"),
    "text": ("名前,件数".encode(), "unreadable"),
    "cut off": (GOOD[:2000], "unreadable"),
    "no names": (sheet(), "no_names"),
    "unknown names": (sheet(ninzu="様式!$B$1"), "no_names"),
}


@pytest.mark.parametrize(("content", "code"), BAD.values(), ids=BAD)
def test_a_file_that_does_more_than_hold_numbers_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        look(content, all_names())
    assert refused.value.code == code


@pytest.mark.parametrize("formula", ["=[1]Sheet1!A1", '=WEBSERVICE("http://x")', "=cmd|'/c calc'!A1"])
def test_a_formula_that_reaches_out_is_refused(formula: str) -> None:
    book = load_workbook(BytesIO(GOOD))
    book["様式"]["D4"] = formula
    made = BytesIO()
    book.save(made)
    with pytest.raises(Refused):
        look(made.getvalue(), all_names())


def test_every_name_that_is_told_is_filled() -> None:
    assert {name for name, _said in names() if name.isascii() and " " not in name} <= all_names()
    assert {"accesses_month_04", "valid_day_31", "answered_hour_19", "phoned_weekday_sun"} <= all_names()


@pytest.fixture
def sure(signed_in: SignedIn) -> SignedIn:
    """Signed in, and just confirmed."""

    def browser(user: User) -> Client:
        found = signed_in(user)
        confirm(found)
        return found

    return browser


def sent(browser: Client, content: bytes, **more: str) -> Any:
    file = BytesIO(content)
    file.name = "様式.xlsx"
    return browser.post(PAGE, {"name": "県の様式", "file": file, "deed": "keep"} | more)


@pytest.mark.django_db
def test_it_is_filled_for_a_period_and_for_a_frozen_run(
    program: Program, keep_sessions: KeepSessions, mio: User, aoi: User, sure: SignedIn
) -> None:
    keep_sessions(*(valid_at(at("2026-04-02", "19:30"), minutes=20) for _each in range(6)))
    run = frozen(program, mio)
    keep_sessions(valid_at(at("2026-04-03"), minutes=40))
    places = {"accesses": "B1", "accesses_month_04": "B2", "accesses_day_02": "B3", "duration_mean": "B4"}
    places |= {"first": "B5", "accesses_hour_19": "B6", "answer_rate": "B7"}
    content = sheet(**{name: f"様式!${place[0]}${place[1]}" for name, place in places.items()})
    assert sent(sure(aoi), content).status_code == 302
    kept = ReportSheet.objects.get()
    browser = sure(mio)
    asked = {"first": "2026-04-01", "last": "2026-04-30", "day": "calendar"}
    page = load_workbook(BytesIO(browser.get(f"{PAGE}{kept.pk}.xlsx", asked).content))["様式"]
    assert [page[f"B{row}"].value for row in range(1, 4)] == [7, 7, 6]
    page = load_workbook(BytesIO(browser.get(f"{PAGE}{kept.pk}.xlsx", {"run": run.number}).content))["様式"]
    values = [page[f"B{row}"].value for row in range(1, 8)]
    assert values[:4] + values[5:] == [6, 6, 6, timedelta(minutes=20), 6, 100]
    assert values[4].date() == date(2026, 4, 1)
    assert AuditEntry.objects.filter(deed="results.exported", details__kind="sheet").count() == 2
    assert browser.get(f"{PAGE}{kept.pk}.xlsx", {"run": "99"}).status_code == 404


@pytest.mark.django_db
def test_unknown_names_are_listed_and_kept_only_when_meant(program: Program, aoi: User, sure: SignedIn) -> None:
    content = sheet(accesses="様式!$B$1", ninzu="様式!$B$3")
    said = sent(sure(aoi), content).content.decode()
    assert "知らない名前(何も入れません): ninzu" in said
    assert not ReportSheet.objects.exists()
    assert sent(sure(aoi), content, anyway="on").status_code == 302
    assert ReportSheet.objects.get().names == ["accesses"]


@pytest.mark.django_db
def test_only_administrators_keep_and_remove_sheets(program: Program, mio: User, aoi: User, kei: User) -> None:
    told: dict[str, Any] = {"program_id": program.pk, "name": "様式", "content": GOOD, "anyway": False}
    for who in (mio, kei):
        with pytest.raises(NotVisible):
            actions.keep(**told, by=who)
    kept = actions.keep(**told, by=aoi)
    with pytest.raises(NotVisible):
        actions.remove(program_id=program.pk, sheet_id=kept.pk, by=mio)
    actions.remove(program_id=program.pk, sheet_id=kept.pk, by=aoi)
    with pytest.raises(NotAsItIs):
        actions.keep(**told | {"content": sheet(accesses="様式!$B$1", x="様式!$B$2")}, by=aoi)
