"""The roster as a CSV file: out, in, and round."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import AuditEntry, User
from counseling.models import Membership, Program, Shift
from tests.conftest import confirm
from tests.counseling.actions.planned import MONDAY, at, evening, planned

HEADING = "日付,開始,終了,役割,名前,メールアドレス,回線数,公開"


@pytest.fixture
def office(program: Program, mio: User, signed_in: Callable[[User], Client]) -> Client:
    """Mio's browser, who has just proved who she is."""
    client = signed_in(mio)
    confirm(client)
    return client


def export(office: Client, days: int = 7) -> Any:
    return office.get(f"/programs/women/roster.csv?from={MONDAY}&days={days}")


def upload(office: Client, content: str | bytes, encoding: str = "utf-8") -> Any:
    raw = content.encode(encoding) if isinstance(content, str) else content
    return office.post("/programs/women/roster/import/", {"file": SimpleUploadedFile("roster.csv", raw)})


def row(begins: str = "19:00", ends: str = "23:00", email: str = "haru@example.jp", **other: str) -> str:
    cells = {"day": str(MONDAY), "role": "相談員", "lines": "2"} | other
    return f"{cells['day']},{begins},{ends},{cells['role']},,{email},{cells['lines']},"


def problems(response: Any) -> list[tuple[int, str]]:
    return list(response.context["problems"])


def test_excel_opens_it_in_japanese(office: Client, program: Program, haru: User, mio: User) -> None:
    planned(program, mio, evening(haru, ends=26), evening(None))
    response = export(office)
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in response.content
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == HEADING.split(",")
    assert rows[1] == [str(MONDAY), "19:00", "26:00", "相談員", "Haru", "haru@example.jp", "2", "公開済み"]
    assert rows[2][4:6] == ["", ""]


def test_a_name_is_no_formula(office: Client, program: Program, haru: User, mio: User) -> None:
    User.objects.filter(pk=haru.pk).update(name="=1+1")
    planned(program, mio, evening(haru))
    assert "'=1+1" in export(office).content.decode("utf-8-sig")


def test_an_export_is_noted(office: Client, mio: User) -> None:
    export(office, days=28)
    entry = AuditEntry.objects.get(deed="roster.exported")
    assert (entry.actor_id, entry.details) == (mio.pk, {"first": str(MONDAY), "days": 28})


def test_an_export_asks_first_who_it_is(program: Program, mio: User, signed_in: Callable[[User], Client]) -> None:
    response = export(signed_in(mio))
    assert response.status_code == 302
    assert not AuditEntry.objects.filter(deed="roster.exported").exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp932"])
def test_out_and_in_again_changes_nothing(
    encoding: str, office: Client, program: Program, haru: User, mio: User
) -> None:
    User.objects.filter(pk=haru.pk).update(name="髙﨑 遥")
    planned(program, mio, evening(haru, ends=26), evening(None), evening(None), evening(mio, 2, role="supervisor"))
    before = list(Shift.objects.order_by("pk").values())
    content = export(office).content.decode("utf-8-sig")
    assert upload(office, content, encoding).status_code == 302
    assert list(Shift.objects.order_by("pk").values()) == before


def test_who_left_does_not_stop_the_round(office: Client, program: Program, haru: User, mio: User) -> None:
    planned(program, mio, evening(haru))
    content = export(office).content
    Membership.objects.filter(user=haru).delete()
    assert upload(office, content).status_code == 302


def test_what_excel_makes_of_a_file_is_understood(office: Client, program: Program, haru: User) -> None:
    day = f"{MONDAY.year}/{MONDAY.month}/{MONDAY.day}"
    lines = [
        HEADING,
        row("9:00", "13:00", day=day),
        row("19:00:00", "2:00:00", day=day),
        row("14：00", "15：00", lines="２"),
        ",,,,,,,",
    ]
    response = upload(office, "\n".join(lines), "cp932")
    assert response.status_code == 302, problems(response)
    assert list(Shift.objects.order_by("starts_at").values_list("starts_at", "ends_at")) == [
        (at(9), at(13)), (at(14), at(15)), (at(19), at(26)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (row(email="who@example.jp"), "who@example.jp"),
        (row(day="2026-02-30"), "「日付」"),
        (row(begins="25時"), "「開始」"),
        (row(ends="99:00"), "「終了」"),
        (row(role="社長"), "「役割」"),
        (row(lines="二"), "「回線数」"),
        (row(lines="0"), "回線数は1から10まで"),
        (row(role="スーパーバイザー"), "その役割についていません"),
        (row(begins="22:00", ends="24:00"), "重なっています"),
        (row(begins="5:00", ends="22:00"), "16時間"),
    ],
)
def test_errors_are_told_by_line_and_nothing_is_taken_in(
    wrong: str, told: str, office: Client, program: Program, haru: User
) -> None:
    ((line, words),) = problems(upload(office, "\r\n".join([HEADING, row(), wrong])))
    assert line == 3
    assert told in words
    assert not Shift.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00\x01", "名前\nHaru".encode(), b'"', b"\x00"])
def test_what_is_no_roster_is_refused_as_a_whole(content: bytes, office: Client) -> None:
    ((line, _words),) = problems(upload(office, content))
    assert line == 0


def test_no_file_a_huge_one_and_too_many_lines_are_refused(office: Client, haru: User) -> None:
    assert problems(office.post("/programs/women/roster/import/", {}))[0][0] == 0
    assert "1MB" in problems(upload(office, b"x" * 1_000_001))[0][1]
    assert "3000行" in problems(upload(office, "\n".join([HEADING, *[row()] * 3000])))[0][1]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_at_the_end_of_the_calendar_is_named(day: str, office: Client, haru: User) -> None:
    ((line, told),) = problems(upload(office, f"{HEADING}\n{row(ends='26:00', day=day)}"))
    assert line == 2 and day in told
