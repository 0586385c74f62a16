"""The audit log's page: an administrator finds who did what in their program, and nothing of another's."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts import audit
from accounts.deeds import Deed
from accounts.models import AuditEntry, User
from counseling.feeds import audit as feed
from counseling.models import Program, Session
from counseling.pages import audit as pages
from tests.conftest import confirm
from tests.permissions.stage import a_program

SignedIn = Callable[[User], Client]
PAGE = "/programs/women/audit/"


@pytest.fixture
def office(signed_in: SignedIn, aoi: User) -> Client:
    return signed_in(aoi)


def read(by: User, session: Session) -> None:
    audit.note(
        Deed.SESSION_READ, by=by, subject=f"session:{session.pk}", program_id=session.program_id, address="192.0.2.7"
    )


def test_it_says_in_a_sentence_who_read_what(office: Client, active: Session, mio: User) -> None:
    read(mio, active)
    text = office.get(PAGE).text
    assert f"Mioさんが相談 {active.visitor.pseudonym} #{active.number}の記録を読みました" in text
    assert "192.0.2.7" in text


def test_another_programs_deeds_are_not_there(office: Client, program: Program, mio: User) -> None:
    elsewhere = a_program("parents")
    audit.note(Deed.PROGRAM_CHANGED, by=mio, subject=f"program:{elsewhere.pk}", program_id=elsewhere.pk)
    assert "当てはまるできごとはありません" in office.get(PAGE).text


def test_sign_ins_of_its_people_are_there_and_of_others_not(office: Client, haru: User) -> None:
    stranger = User.objects.create_user("far@example.jp", name="Far")
    for user in (haru, stranger):
        audit.note(Deed.LOGIN_SUCCEEDED, by=user, subject=f"user:{user.pk}")
    text = office.get(PAGE).text
    assert "Haruさんがログインしました" in text
    assert "Far" not in text


@pytest.fixture
def several(active: Session, haru: User, mio: User) -> None:
    read(haru, active)
    read(mio, active)
    audit.note(Deed.LOGIN_SUCCEEDED, by=haru, subject=f"user:{haru.pk}")
    audit.note(Deed.ROLES_CHANGED, by=mio, subject=f"user:{haru.pk}", program_id=active.program_id, roles=["counselor"])


def found(client: Client, **search: Any) -> list[str]:
    return [line.sentence for line in client.get(PAGE, search).context["lines"]]


def test_a_person_is_found_with_what_was_done_to_them(office: Client, several: None, haru: User) -> None:
    sentences = found(office, person=haru.pk)
    assert len(sentences) == 3
    assert sentences[0] == "MioさんがHaruさんの役割を変えました"


def test_a_deed_is_found(office: Client, several: None) -> None:
    assert found(office, deed="login.succeeded") == ["Haruさんがログインしました"]


def test_a_session_is_found_by_its_number_and_its_visitors_name(office: Client, several: None, active: Session) -> None:
    assert len(found(office, number=active.number)) == 2
    assert len(found(office, number=active.visitor.pseudonym.lower())) == 2
    assert found(office, number="ZZZZ") == []


def test_a_period_is_found_in_days_of_japan(office: Client, several: None) -> None:
    today = timezone.localdate()
    assert len(found(office, since=today, until=today)) == 4
    assert found(office, until=today - timedelta(days=1)) == []
    assert found(office, since=today + timedelta(days=1)) == []


def test_days_in_the_wrong_order_are_told_beside_the_field(office: Client, several: None) -> None:
    text = office.get(PAGE, {"since": "2026-11-02", "until": "2026-11-01"}).text
    assert "始まりの日と同じか、あとの日にしてください" in text
    assert 'value="2026-11-02"' in text


@pytest.mark.parametrize("before", ["", "x", "2026-11-23_1", "2026-99-99T00:00:00+09:00_1", "_", "2026-11-23T00:00Z_x"])
def test_a_place_that_cannot_be_read_is_the_newest(office: Client, several: None, before: str) -> None:
    assert len(found(office, before=before)) == 4


def test_pages_follow_one_another_without_gap_or_repetition(office: Client, program: Program, mio: User) -> None:
    audit.note_each(Deed.SESSION_READ, by=mio, about=[(f"session:{n}", program.pk) for n in range(120)])
    seen: list[str] = []
    address = PAGE
    while True:
        context = office.get(address).context
        seen += [line.sentence for line in context["lines"]]
        if not context["older"]:
            break
        address = f"{PAGE}?{context['older']}"
    assert len(seen) == len(set(seen)) == 120
    assert "session:119" in seen[0]


def test_the_page_costs_the_same_however_much_there_is(
    office: Client, program: Program, active: Session, mio: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    audit.note_each(Deed.SESSION_READ, by=mio, about=[(f"session:{active.pk}", program.pk)] * 60)
    with django_assert_max_num_queries(9):
        assert len(office.get(PAGE).context["lines"]) == pages.PAGE_ROWS


def test_the_file_is_for_who_confirmed_and_is_told_itself(office: Client, several: None, aoi: User) -> None:
    response = office.get("/programs/women/audit.csv", {"deed": "session.read"})
    assert response.status_code == 302
    assert not AuditEntry.objects.filter(deed=Deed.AUDIT_EXPORTED).exists()


def test_the_file_opens_in_a_spreadsheet_and_runs_nothing(
    office: Client, several: None, aoi: User, active: Session
) -> None:
    User.objects.filter(pk=aoi.pk).update(name="=1+1")
    aoi.refresh_from_db()
    read(aoi, active)
    confirm(office)
    response = office.get("/programs/women/audit.csv", {"deed": "session.read"})
    text = response.content.decode("utf-8-sig")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert text.startswith("番号,日時,人,できごと")
    assert len(text.splitlines()) == 4
    assert "\n=1+1" not in text and ",=1+1" not in text
    told = AuditEntry.objects.get(deed=Deed.AUDIT_EXPORTED)
    assert (told.actor_id, told.program_id, told.details["rows"]) == (aoi.pk, active.program_id, 3)


def test_a_file_of_many_rows_is_walked_in_steps(program: Program, mio: User, monkeypatch: pytest.MonkeyPatch) -> None:
    audit.note_each(Deed.SESSION_READ, by=mio, about=[(f"session:{n}", program.pk) for n in range(25)])
    monkeypatch.setattr(pages, "EXPORT_STEP", 10)
    assert len(pages._all_of(feed.Search(program))) == 25


@pytest.mark.parametrize(
    "wish",
    [
        {"since": "0001-01-01"},
        {"until": "9999-12-31"},
        {"before": "0001-01-01T00:00:00+23:59_5"},
        {"before": "9999-12-31T23:59:59-23:59_5"},
    ],
)
def test_the_ends_of_the_calendar_break_nothing(wish: dict[str, str], office: Client) -> None:
    assert office.get(PAGE, wish).status_code == 200
