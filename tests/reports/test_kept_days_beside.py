"""A day that is kept follows what stands beside its sessions: follow-ups, visits, referrals, records, surveys."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest

from accounts.models import User
from counseling.actions import editions
from counseling.models import (
    FollowUp,
    Outreach,
    Part,
    Program,
    Record,
    RecordVersion,
    Referral,
    Session,
    SurveyAnswer,
    SurveyInvitation,
)
from reports.models import KeptDay
from tests.reports.conftest import KeepSessions, at
from tests.reports.test_kept_days import NOON, found, keep_all, of_the_log
from tests.reports.test_results import valid_at
from tests.reports.test_surveys import form as survey_form
from tests.reports.test_topics import FORM

pytestmark = pytest.mark.django_db
Changing = Callable[[Session, User], object]


def follow(session: Session, by: User) -> None:
    FollowUp.objects.create(
        program=session.program, visitor=session.visitor, session=session, by=by, origin="supervisor",
        client_id=uuid4(), due_at=NOON,
    )  # fmt: skip


def visit(session: Session, by: User) -> None:
    Outreach.objects.create(
        program=session.program, visitor=session.visitor, session=session, by=by, client_id=uuid4(), consent=b"",
        consented_at=NOON, state="over", ended_at=NOON, arrived_at=NOON,
    )  # fmt: skip


def refer(session: Session, by: User) -> None:
    Referral.objects.create(
        session=session, by=by, kind="police", level="told", client_id=uuid4(), due_on=date(2026, 5, 1)
    )


def file(session: Session, by: User) -> None:
    record, _made = Record.objects.get_or_create(session=session, defaults={"state": "filed", "form": 1})
    Record.objects.update(number=record.number + 1)
    RecordVersion.objects.create(
        record=record, number=record.number + 1, form=1, codes={"main": "work", "about": ["work"]},
        classification="valid", by=by,
    )  # fmt: skip


def survey(session: Session, _by: User) -> None:
    edition = survey_form(session.program)
    invitation = SurveyInvitation.objects.create(
        session=session, state="sent", due_at=NOON, next_try_at=NOON, ends_on=NOON.date()
    )
    SurveyAnswer.objects.create(invitation=invitation, edition=edition, stage="finished", codes={"good": "yes"})


@pytest.mark.parametrize("change", [follow, visit, refer, file, survey])
def test_what_stands_beside_a_session_counts_at_once(
    change: Changing, program: Program, keep_sessions: KeepSessions, aoi: User
) -> None:
    editions.publish(program_id=program.pk, part=Part.RECORD, content=FORM.to_json(), based_on=0, by=aoi)
    (session,) = keep_sessions(valid_at(NOON))
    keep_all(program)
    before = found(program)
    change(session, aoi)
    assert found(program) == of_the_log(program) != before
    keep_all(program)
    assert KeptDay.objects.filter(begins=at("2026-04-01", "00:00")).exists()
    assert found(program) == of_the_log(program)


@pytest.mark.parametrize("change", [follow, visit, refer, file, survey])
def test_what_is_taken_back_beside_a_session_counts_at_once(
    change: Changing, program: Program, keep_sessions: KeepSessions, aoi: User
) -> None:
    editions.publish(program_id=program.pk, part=Part.RECORD, content=FORM.to_json(), based_on=0, by=aoi)
    (session,) = keep_sessions(valid_at(NOON))
    before = found(program)
    change(session, aoi)
    keep_all(program)
    for rows in (FollowUp, Outreach, Referral, RecordVersion, Record, SurveyAnswer, SurveyInvitation):
        rows.objects.all().delete()
    assert found(program) == before
