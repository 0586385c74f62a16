"""Staffing a program: only what changed is kept and noted, within bounds, by those who configure it."""

from datetime import timedelta

import pytest

from accounts.models import AuditEntry, User
from counseling.actions import programs
from counseling.models import Program
from counseling.permissions import NotVisible

pytestmark = pytest.mark.django_db


def test_only_what_changed_is_kept_and_noted(program: Program, aoi: User) -> None:
    Program.objects.update(last_number=7)
    changed = programs.change_staffing(program_id=program.pk, by=aoi, capacity=2, least_on_duty=3)
    assert changed == ["least_on_duty"]
    assert Program.objects.get().last_number == 7
    assert AuditEntry.objects.get(deed="program.changed").details == {"did": "changed", "fields": ["least_on_duty"]}


def test_where_nothing_changes_nothing_is_noted(program: Program, aoi: User) -> None:
    assert programs.change_staffing(program_id=program.pk, by=aoi, capacity=2) == []
    assert not AuditEntry.objects.filter(deed="program.changed").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("capacity", 0),
        ("capacity", 11),
        ("least_on_duty", 51),
        ("least_supervisors", 1),
        ("surge_lines", -1),
        ("routing", "push"),
        ("offer_for", timedelta(seconds=9)),
        ("rest_after_heavy", timedelta(minutes=121)),
        ("rescue_after", timedelta(0)),
    ],
)
def test_what_is_out_of_bounds_is_refused(field: str, value: object, program: Program, aoi: User) -> None:
    with pytest.raises(programs.CannotSet) as refused:
        programs.change_staffing(program_id=program.pk, by=aoi, **{field: value})  # type: ignore[arg-type]
    assert set(refused.value.problems) == {field}


def test_who_looked_at_something_else_changes_nothing(program: Program, aoi: User) -> None:
    shown = programs.fingerprint(Program.objects.get())
    programs.change_staffing(program_id=program.pk, by=aoi, shown=shown, capacity=3)
    with pytest.raises(programs.ChangedMeanwhile):
        programs.change_staffing(program_id=program.pk, by=aoi, shown=shown, capacity=4)


@pytest.mark.parametrize("who", ["haru", "mio", "kei"])
def test_others_change_nothing(who: str, program: Program, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotVisible):
        programs.change_staffing(program_id=program.pk, by=request.getfixturevalue(who), capacity=3)
