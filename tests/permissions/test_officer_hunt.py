"""The officer is hunted at every address: no words, names or pseudonyms, and no small cell on a page or in a file."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from openpyxl import load_workbook

from counseling.lifecycle import Classification
from counseling.models import Program, Referral, Session, Visitor
from counseling.opening import TOKYO
from reports import reporting
from reports.days import DayKind
from reports.periods import Period
from reports.public import published
from reports.results import results
from reports.tables import Table, Unit, Unknown
from tests.canaries import forms
from tests.conftest import confirm
from tests.permissions.asking import addresses, content, path_to
from tests.permissions.planned import FOLLOWED, LIVES, NUMBERED, SMALL, VISITED, WISHED
from tests.permissions.stage import (
    APPROACHED,
    HANDED,
    NOTED,
    PROPOSED,
    REVIEWED,
    SORA_ANSWERED,
    SORA_SAID,
    STRANGER_SAID,
    WHISPERED,
    Stage,
)

pytestmark = pytest.mark.django_db
APRIL = Period(date(2026, 4, 1), date(2026, 4, 30))
WORDS = (
    SORA_SAID, SORA_ANSWERED, NOTED, WHISPERED, PROPOSED, HANDED, REVIEWED, APPROACHED, STRANGER_SAID, FOLLOWED, LIVES,
    NUMBERED, VISITED, WISHED, SMALL,
)  # fmt: skip
# How many Mondays a month has is nobody's secret.
DAYS = "日数"


@pytest.fixture
def month(stage: Stage) -> Program:
    """An April of many talks with a few of each kind: three not answered, two at high risk, one referred by force."""
    begun = datetime(2026, 4, 2, 12, tzinfo=TOKYO)
    channel = stage.session.visitor.channel
    Program.objects.filter(pk=stage.program.pk).update(starts_on=date(2026, 1, 1))
    people = [
        Visitor(program=stage.program, channel=channel, pseudonym=f"Q{place}", identity_hash=f"hunted {place}")
        for place in range(55)
    ]
    Visitor.objects.bulk_create(people)
    first = Session.objects.filter(program=stage.program).count() + 100
    rows = [
        Session(program=stage.program, visitor=person, number=first + place, **_columns(begun, place))
        for place, person in enumerate(people)
    ]
    Session.objects.bulk_create(rows)
    kept = [_referral(rows[place], stage, place) for place in range(40)]
    Referral.objects.bulk_create(kept)
    stage.program.refresh_from_db()
    return stage.program


def _columns(begun: datetime, place: int) -> dict[str, Any]:
    at = begun + timedelta(hours=place)
    if place >= 43:
        return {"received_at": at, "state": "off_hours", "refusal": "off_hours"}
    if place >= 40:
        return {"received_at": at, "state": "abandoned"}
    answer = at + timedelta(minutes=1)
    return {
        "received_at": at, "queued_at": at, "first_response_at": answer,
        "last_visitor_at": answer + timedelta(minutes=1),
        "ended_at": None if place < 7 else answer + timedelta(minutes=5 if place < 10 else 20), "state": "closed",
        "classification": Classification.VALID, "risk": 3 if place < 2 else 1, "visits": 2 if place < 4 else 1,
    }  # fmt: skip


def _referral(session: Session, stage: Stage, place: int) -> Referral:
    reached = {"level": "contacted", "ground": "consent", "consented_at": session.received_at}
    given = reached if place < 3 else {"level": "told"}
    return Referral(
        session=session, kind="police" if place < 2 else "women", client_id=uuid4(), by=stage.people["haru"],
        due_on=date(2026, 5, 1), **given,
    )  # fmt: skip


def everywhere(stage: Stage) -> Iterator[tuple[str, bytes]]:
    """What the officer is answered at every address, in every form and file, of the month with the small cells."""
    officer = Client(raise_request_exception=False)
    officer.force_login(stage.people["kei"], backend="django.contrib.auth.backends.ModelBackend")
    confirm(officer)
    for name in sorted(addresses()):
        if name.startswith(("admin:", "account_logout")):
            continue
        kinds = ("csv", "xlsx", "pdf") if "kind" in addresses()[name].takes else ("",)
        for kind in kinds:
            path = path_to(stage, name).replace(".png", f".{kind}")
            for form in ("", "furigana", "easy"):
                answer = officer.get(path, {"month": "2026-04"} | ({"form": form} if form else {}))
                if answer.status_code == 200:
                    yield f"{name} {kind} {form}", content(answer)


def test_no_address_tells_the_officer_a_word_or_a_name(stage: Stage, month: Program) -> None:
    hidden = [text for words in WORDS for text in forms(words).values() if text]
    hidden += [f">{one.pseudonym}<".encode() for one in Visitor.objects.all()]
    hidden += [b"haru@example.jp", b"ren@example.jp", b">Haru<", b">Ren<"]
    read = list(everywhere(stage))
    assert {name.split()[0] for name, _told in read} >= {"office:public_results", "office:public-results-file"}
    found = [(name, text) for name, told in read for text in hidden if text in told]
    assert found == []


def test_no_file_tells_the_officer_a_small_cell(stage: Stage, month: Program) -> None:
    read = {name.strip(): told.split(b"Content-Type")[0] for name, told in everywhere(stage)}
    sheet = read["office:public-results-file csv"].decode("utf-8-sig")
    counts = [cell for line in csv.reader(StringIO(sheet)) for cell in line[1:2]]
    assert "40" in counts
    assert not {"1", "2", "3", "4"} & set(counts)
    book = load_workbook(BytesIO(read["office:public-results-file xlsx"]))
    cells = [row[1] for page in book.worksheets[1:] for row in page.iter_rows(min_row=5, values_only=True)]
    assert 40 in cells
    assert not {1, 2, 3, 4} & {cell for cell in cells if isinstance(cell, int)}


def told(program: Program) -> dict[str, Table]:
    found = results(program, APRIL, DayKind.CALENDAR, "ja")
    return {one.key: one for one in published(found).tables}


def test_no_table_holds_a_small_count(month: Program) -> None:
    found = results(month, APRIL, DayKind.CALENDAR, "ja")
    public = reporting.without_small_cells(found, today=date(2026, 11, 1), eras=False)
    for table in public.tables:
        for column, place in ((one, place) for place, one in enumerate(table.columns) if one.unit == Unit.COUNT):
            small = [row.label for row in table.rows if column.label != DAYS and row.values[place] in {1, 2, 3, 4}]
            assert small == [], table.key


def test_what_one_table_hides_does_not_follow_from_another(month: Program) -> None:
    tables = told(month)
    # Levels, consents and results of referrals tell each other: three who agreed are the three who were reached.
    assert {"referral_levels", "referral_consents", "referral_results"} & set(tables) == set()
    assert tables["referral_kinds"].rows[0].values[0] == Unknown.HIDDEN
    # Seven talks without an end yet hide three short ones; how many ended would tell the seven.
    assert tables["bands"].rows[0].values[0] == Unknown.HIDDEN
    assert tables["bands"].rows[-1].values[0] == Unknown.HIDDEN
    assert tables["durations"].n == Unknown.HIDDEN


@pytest.mark.parametrize("key", ["outcomes", "risk", "sittings", "bands", "weekdays", "hours"])
def test_a_hidden_cell_is_never_alone_in_its_table(month: Program, key: str) -> None:
    table = told(month).get(key)
    assert table is None or [row.values[0] for row in table.rows].count(Unknown.HIDDEN) != 1
