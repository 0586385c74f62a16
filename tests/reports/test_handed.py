"""What the commissioner is handed at a contract's end: released files as they were, public figures, never a word."""

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, User
from counseling.lifecycle import State
from counseling.models import Program
from reports.making import digest
from reports.models import ReportRun, RunFile
from reports.pages import handed
from tests.conftest import confirm
from tests.reports.conftest import KeepSessions, at

SignedIn = Callable[[User], Client]
ADDRESS = "/programs/women/retention/contract/results.zip"


@pytest.fixture
def desk(signed_in: SignedIn, aoi: User, keep_sessions: KeepSessions) -> Client:
    """Aoi's browser; the program was closed in June, after a talk in April and one in May."""
    for day in ("2026-04-10", "2026-05-10"):
        keep_sessions({"state": State.CLOSED, "received_at": at(day), "closed_at": at(day, "13:00")})
    Program.objects.update(stage="closed", starts_on=date(2026, 4, 1), ends_on=date(2026, 5, 31))
    client = signed_in(aoi)
    confirm(client)
    return client


def released(program: Program, aoi: User, content: bytes) -> ReportRun:
    april = {"first": date(2026, 4, 1), "last": date(2026, 4, 30), "day": "calendar", "language": "ja"}
    run = ReportRun.objects.create(
        program=program, number=1, stage="made", asked_by=aoi, released_at=timezone.now(), released_by=aoi, **april
    )
    for public, words in ((True, content), (False, b"with small cells")):
        RunFile.objects.create(run=run, kind="pdf", public=public, content=words, sha256=digest(words))
    return run


def test_released_files_are_as_they_were_and_other_months_public(desk: Client, program: Program, aoi: User) -> None:
    released(program, aoi, b"%PDF april")
    answer = desk.post(ADDRESS)
    assert answer["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        names = file.namelist()
        assert names == [
            "SHA256SUMS", "released/2026-04-01-2026-04-30-no1.pdf", "months/2026-05.csv", "months/2026-05.xlsx"
        ]  # fmt: skip
        assert file.read(names[1]) == b"%PDF april"
        sums = file.read(names[0]).decode().splitlines()
        assert sums == [f"{digest(file.read(name))}  {name}" for name in names[1:]]
    entry = AuditEntry.objects.get(deed="results.exported")
    assert (entry.details["kind"], entry.details["public"]) == ("zip", True)


def test_a_file_that_is_not_what_it_was_is_not_handed_over(desk: Client, program: Program, aoi: User) -> None:
    run = released(program, aoi, b"%PDF april")
    run.files.update(content=b"changed")
    assert not [name for name, _content in handed.handed(program, timezone.localdate()) if name.startswith("released")]


def test_where_no_month_is_over_the_page_says_when(desk: Client, program: Program) -> None:
    today = timezone.localdate()
    Program.objects.update(starts_on=today, ends_on=None)
    assert desk.post(ADDRESS).status_code == 302
    assert "渡せる結果がまだありません" in desk.get("/programs/women/retention/contract/").content.decode()


def test_of_a_program_that_is_not_closed_nothing_is_handed_over(desk: Client) -> None:
    Program.objects.update(stage="open")
    assert desk.post(ADDRESS).status_code == 404
    assert not AuditEntry.objects.filter(deed="results.exported").exists()
