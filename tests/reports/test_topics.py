"""Main complaint and topics, from filed records: the first sums to the valid talks, the others may be more."""

from typing import Any

import pytest

from accounts.models import User
from counseling.actions import editions
from counseling.forms import Choice, Form, Kind, Question, ReportKey
from counseling.models import Part, Program, Record, RecordVersion, Session
from reports import inputs
from reports.days import DayKind
from reports.periods import month_of
from reports.results import results
from reports.tables import Table, Unknown
from tests.reports.conftest import KeepSessions, at
from tests.reports.test_results import table, valid_at

pytestmark = pytest.mark.django_db
APRIL = month_of(at("2026-04-01").date())
FORM = Form(
    (
        Question(
            "main", Kind.CHOICE, {"ja": "主訴"}, (Choice("money", {"ja": "お金"}), Choice("work", {"ja": "仕事"})),
            report=ReportKey.MAIN_COMPLAINT,
        ),
        Question(
            "about", Kind.CHOICES, {"ja": "内容"}, (Choice("money", {"ja": "お金"}), Choice("work", {"ja": "仕事"})),
            report=ReportKey.TOPICS,
        ),
    )
)  # fmt: skip


@pytest.fixture
def filed(program: Program, keep_sessions: KeepSessions, aoi: User) -> list[Session]:
    """Four valid talks: three with a record, one of them filed twice."""
    edition = editions.publish(program_id=program.pk, part=Part.RECORD, content=FORM.to_json(), based_on=0, by=aoi)
    found = keep_sessions(*(valid_at(at("2026-04-02")) for _each in range(4)))
    answers: list[list[dict[str, Any]]] = [
        [{"main": "work"}, {"main": "money", "about": ["money", "work"]}],
        [{"main": "money", "about": ["money"]}],
        [{"main": "work", "about": []}],
    ]
    for session, versions in zip(found, answers, strict=False):
        record = Record.objects.create(session=session, state="filed", form=edition.number, number=len(versions))
        for number, codes in enumerate(versions, start=1):
            RecordVersion.objects.create(
                record=record, number=number, form=edition.number, codes=codes, classification="valid", by=aoi
            )
    return found


def shown(program: Program, key: str) -> Table:
    return table(results(program, APRIL, DayKind.CALENDAR, "ja"), key)


@pytest.mark.usefixtures("filed")
def test_the_main_complaint_sums_to_the_valid_talks(program: Program) -> None:
    found = shown(program, "main_complaint")
    assert [(row.label, row.values[0]) for row in found.rows] == [("お金", 2), ("仕事", 1), ("記録がまだ", 1)]
    assert found.total is not None
    assert found.total.values[0] == 4


@pytest.mark.usefixtures("filed")
def test_topics_are_of_the_records_that_have_any_and_may_be_more(program: Program) -> None:
    found = shown(program, "topics")
    assert (found.n, [(row.label, row.values[0]) for row in found.rows]) == (2, [("お金", 2), ("仕事", 1)])
    assert [str(row.values[1]) for row in found.rows] == ["100.0", "50.0"]


def test_where_nothing_was_filed_nothing_is_divided_by(program: Program, aoi: User) -> None:
    editions.publish(program_id=program.pk, part=Part.RECORD, content=FORM.to_json(), based_on=0, by=aoi)
    assert {row.values for row in shown(program, "topics").rows} == {(0, Unknown.NOTHING)}


def test_a_refiled_record_changes_the_fingerprint(program: Program, filed: list[Session]) -> None:
    before = inputs.inputs(program, APRIL, DayKind.CALENDAR)
    RecordVersion.objects.filter(record__session=filed[1]).update(codes={"main": "work"})
    after = inputs.inputs(program, APRIL, DayKind.CALENDAR)
    assert {part for part in before if before[part] != after[part]} == {"records"}
