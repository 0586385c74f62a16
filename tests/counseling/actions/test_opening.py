"""Opening hours are changed by those who configure the program, as they looked at them, and noted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, User
from counseling.actions import admission, idle, opening
from counseling.actions.programs import CannotSet, ChangedMeanwhile
from counseling.lifecycle import Refusal, State
from counseling.models import Program, Session
from counseling.opening import Hours, Window
from counseling.permissions import NotVisible
from tests.conftest import NEVER

pytestmark = pytest.mark.django_db
ALWAYS = Hours(weekly=((Window(0, 24 * 60),),) * 7)
EVENINGS = Hours(
    weekly=((Window(20 * 60, 26 * 60),),) * 7,
    holiday=(),
    exceptions={date(2026, 12, 24): ()},
    year_end_closed=True,
    intake_close=30,
)


def test_what_changed_is_kept_and_noted_before_and_after(program: Program, aoi: User) -> None:
    Program.objects.update(last_number=7)
    hours = replace(ALWAYS, weekly=(*ALWAYS.weekly[:4], (Window(540, 720), Window(780, 1200)), (), ALWAYS.weekly[6]))
    changed = opening.change(program_id=program.pk, by=aoi, hours=hours, daily_limit=3)
    kept = Program.objects.get()
    assert (kept.opening(), kept.daily_limit, kept.last_number) == (hours, 3, 7)
    assert changed == ["fri", "sat", "daily_limit"]
    assert AuditEntry.objects.get(deed="program.changed").details == {
        "did": "changed",
        "fields": changed,
        "before": ["00:00-24:00", "00:00-24:00", "no_limit"],
        "after": ["09:00-12:00・13:00-20:00", "closed", "3"],
    }


def test_all_that_can_change_is_noted(program: Program, aoi: User) -> None:
    opening.change(program_id=program.pk, by=aoi, hours=EVENINGS, daily_limit=None)
    opening.change(program_id=program.pk, by=aoi, hours=replace(EVENINGS, exceptions={}), daily_limit=None)
    first, second = AuditEntry.objects.filter(deed="program.changed").order_by("pk")
    rules = ["holiday", "year_end_closed", "intake_close", "2026-12-24"]
    assert first.details["fields"][7:] == rules
    assert first.details["after"][7:] == ["closed", "on", "30", "closed"]
    assert second.details == {"did": "changed", "fields": rules[-1:], "before": ["closed"], "after": ["as_usual"]}


def test_the_same_hours_again_are_no_change(program: Program, aoi: User) -> None:
    assert opening.change(program_id=program.pk, by=aoi, hours=ALWAYS, daily_limit=None) == []
    assert not AuditEntry.objects.filter(deed="program.changed").exists()


def test_who_looked_at_other_hours_changes_nothing(program: Program, aoi: User) -> None:
    shown = opening.fingerprint(Program.objects.get())
    opening.change(program_id=program.pk, by=aoi, hours=EVENINGS, daily_limit=None, shown=shown)
    with pytest.raises(ChangedMeanwhile):
        opening.change(program_id=program.pk, by=aoi, hours=ALWAYS, daily_limit=None, shown=shown)
    assert Program.objects.get().opening() == EVENINGS


@pytest.mark.parametrize("limit", [0, 51])
def test_a_limit_out_of_bounds_is_refused(limit: int, program: Program, aoi: User) -> None:
    with pytest.raises(CannotSet):
        opening.change(program_id=program.pk, by=aoi, hours=ALWAYS, daily_limit=limit)


@pytest.mark.parametrize("who", ["haru", "mio", "kei", "nao"])
def test_others_change_nothing(who: str, program: Program, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotVisible):
        opening.change(program_id=program.pk, by=request.getfixturevalue(who), hours=EVENINGS, daily_limit=None)


def test_a_talk_goes_on_and_who_waits_is_told(
    program: Program, aoi: User, haru: User, active: Session, sora_says: object
) -> None:
    other = sora_says("もう1人です", identity="U" + "0b" * 16)  # type: ignore[operator]
    closed = Hours.from_json(NEVER)
    opening.change(program_id=program.pk, by=aoi, hours=closed, daily_limit=None)
    assert admission.refusal_at(Program.objects.get(), timezone.now() + timedelta(seconds=1)) == Refusal.OFF_HOURS
    idle.walk()
    states = dict(Session.objects.values_list("pk", "state"))
    assert states[active.pk] == State.ACTIVE
    assert Session.objects.get(pk=other.pk).end_reason == "hours_over"
