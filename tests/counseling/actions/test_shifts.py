"""Planning a roster: what is made, changed, copied and shown, and what is refused."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from accounts.models import AuditEntry, User
from accounts.roles import Role
from counseling import permissions
from counseling.actions import shift_patterns, shifts
from counseling.actions.planning import CannotPlan, Plan, Problem
from counseling.models import Membership, Program, Shift, ShiftNotice, ShiftPattern
from counseling.opening import TOKYO
from counseling.roster.patterns import Pattern
from tests.conftest import person
from tests.counseling.actions.planned import MONDAY, at, day_of, evening, planned

NIGHT = Pattern(name="夜勤", role="counselor", starts=1140, ends=1380, lines=2)


@pytest.fixture
def other(program: Program) -> Program:
    """Another program, in which nobody has a role yet."""
    return Program.objects.create(slug="child", name="子ども", kind="child_abuse", starts_on=program.starts_on)


def problems(*plans: Plan, program: Program, by: User) -> list[tuple[int, Problem]]:
    with pytest.raises(CannotPlan) as refused:
        shifts.add(program_id=program.pk, plans=plans, by=by)
    assert not Shift.objects.filter(program=program).exists()
    return list(refused.value.problems)


def test_a_supervisor_plans_an_evening_and_an_open_place(program: Program, haru: User, mio: User) -> None:
    made = shifts.add(program_id=program.pk, plans=[evening(haru), evening(None)], by=mio)
    assert [(shift.user_id, shift.published_at) for shift in made] == [(haru.pk, None), (None, None)]


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"ends_at": at(19)}, Problem.ENDS_BEFORE_START),
        ({"ends_at": at(35.25)}, Problem.TOO_LONG),
        ({"lines": 0}, Problem.BAD_LINES),
        ({"lines": 11}, Problem.BAD_LINES),
        ({"role": Role.SUPERVISOR}, Problem.NOT_IN_ROLE),
        ({"user_id": None, "role": Role.OFFICER}, Problem.NOT_IN_ROLE),
        ({"user_id": 2_000_000_000}, Problem.NOT_IN_ROLE),
    ],
)
def test_what_cannot_be_planned_is_refused(
    wrong: dict[str, object], problem: Problem, program: Program, haru: User, mio: User
) -> None:
    assert problems(replace(evening(haru), **wrong), program=program, by=mio) == [(0, problem)]  # type: ignore[arg-type]


def test_years_outside_the_houses_calendar_are_refused(program: Program, haru: User, mio: User) -> None:
    begins = datetime(1999, 12, 31, 23, tzinfo=TOKYO)
    plan = replace(evening(haru), starts_at=begins, ends_at=begins + timedelta(hours=2))
    assert problems(plan, program=program, by=mio) == [(0, Problem.OUTSIDE_YEARS)]


def test_who_left_cannot_be_planned(program: Program, nao: User, mio: User) -> None:
    assert problems(evening(nao), program=program, by=mio) == [(0, Problem.NOT_IN_ROLE)]


def test_two_at_once_are_refused_and_none_is_made(program: Program, haru: User, ren: User, mio: User) -> None:
    plans = [evening(ren), evening(haru), evening(haru, begins=22, ends=26)]
    assert problems(*plans, program=program, by=mio) == [(2, Problem.DOUBLE_BOOKED)]


def test_what_stands_there_counts(program: Program, haru: User, mio: User) -> None:
    planned(program, mio, evening(haru))
    with pytest.raises(CannotPlan) as refused:
        shifts.add(program_id=program.pk, plans=[evening(haru, begins=15, ends=20)], by=mio)
    assert refused.value.problems == ((0, Problem.DOUBLE_BOOKED),)


def test_another_programs_shift_is_only_a_warning(program: Program, other: Program, haru: User, mio: User) -> None:
    for user, role in ((haru, Role.COUNSELOR), (mio, Role.SUPERVISOR)):
        Membership.objects.create(user=user, program=other, role=role)
    planned(program, mio, evening(haru))
    assert shifts.add(program_id=other.pk, plans=[evening(haru)], by=mio)


def test_who_does_not_plan_here_sees_nothing(program: Program, other: Program, haru: User, mio: User) -> None:
    (shift,) = planned(program, mio, evening(haru))
    stranger = person("Far", other, Role.SUPERVISOR)
    for by in (haru, stranger):
        with pytest.raises(permissions.NotVisible):
            shifts.add(program_id=program.pk, plans=[evening(haru, 1)], by=by)
        with pytest.raises(permissions.NotVisible):
            shifts.change(shift_id=shift.pk, plan=evening(haru, 1), by=by)
        with pytest.raises(permissions.NotVisible):
            shifts.remove(shift_id=shift.pk, by=by)
    with pytest.raises(permissions.NotVisible):
        shifts.remove(shift_id=0, by=mio)


def test_a_changed_published_shift_owes_a_mail_to_both(program: Program, haru: User, ren: User, mio: User) -> None:
    (shift,) = planned(program, mio, evening(haru))
    ShiftNotice.objects.all().delete()
    changed = shifts.change(shift_id=shift.pk, plan=evening(ren, 1), by=mio)
    assert (changed.user_id, changed.version, changed.published_at is None) == (ren.pk, 1, False)
    owed = dict(ShiftNotice.objects.values_list("user_id", "days"))
    assert owed == {haru.pk: [str(day_of(0))], ren.pk: [str(day_of(1))]}


def test_changes_made_together_are_one_mail(program: Program, haru: User, mio: User) -> None:
    made = planned(program, mio, evening(haru), evening(haru, 1))
    ShiftNotice.objects.all().delete()
    for shift in made:
        shifts.remove(shift_id=shift.pk, by=mio)
    assert ShiftNotice.objects.get().days == [str(day_of(0)), str(day_of(1))]


def test_what_is_not_published_tells_nobody(program: Program, haru: User, mio: User) -> None:
    (shift,) = planned(program, mio, evening(haru), published=False)
    shifts.change(shift_id=shift.pk, plan=evening(haru, 1), by=mio)
    shifts.remove(shift_id=shift.pk, by=mio)
    assert not ShiftNotice.objects.exists()


def test_saying_the_same_again_changes_nothing(program: Program, haru: User, mio: User) -> None:
    (shift,) = planned(program, mio, evening(haru))
    assert shifts.change(shift_id=shift.pk, plan=evening(haru), by=mio).version == 0


def test_a_shift_may_be_moved_within_its_own_time(program: Program, haru: User, mio: User) -> None:
    (shift,) = planned(program, mio, evening(haru))
    assert shifts.change(shift_id=shift.pk, plan=evening(haru, begins=20, ends=24), by=mio).starts_at == at(20)


def test_a_copied_week_is_there_once(program: Program, haru: User, mio: User) -> None:
    planned(program, mio, evening(haru), evening(None, 6, 22, 30))
    copies = [shifts.copy_week(program_id=program.pk, source=MONDAY, target=day_of(7), by=mio) for _time in range(2)]
    assert [(shift.user_id, shift.starts_at, shift.published_at) for shift in copies[0]] == [
        (haru.pk, at(19, 7), None),
        (None, at(22, 13), None),
    ]
    assert copies[1] == []


def test_who_left_leaves_an_open_place_in_the_copy(program: Program, haru: User, mio: User) -> None:
    planned(program, mio, evening(haru))
    Membership.objects.filter(user=haru).delete()
    for expected in ([None], []):
        copies = shifts.copy_week(program_id=program.pk, source=MONDAY, target=day_of(7), by=mio)
        assert [shift.user_id for shift in copies] == expected


@pytest.mark.parametrize("ahead", [0, 3])
def test_a_week_is_copied_to_another_week(ahead: int, program: Program, mio: User) -> None:
    with pytest.raises(CannotPlan, match="same_week"):
        shifts.copy_week(program_id=program.pk, source=MONDAY, target=day_of(ahead), by=mio)


def test_publishing_is_noted_and_told_once(program: Program, haru: User, mio: User) -> None:
    planned(program, mio, evening(haru), evening(None), published=False)
    for expected in (2, 0):
        made = shifts.publish(program_id=program.pk, first=MONDAY, last=MONDAY, by=mio)
        assert len(made) == expected
    assert AuditEntry.objects.get(deed="roster.published").details["shifts"] == 2
    assert ShiftNotice.objects.get().user == haru


@pytest.mark.parametrize(("last", "problem"), [(-1, "ends_before_start"), (100, "range_too_long")])
def test_days_that_cannot_be_published(last: int, problem: str, program: Program, mio: User) -> None:
    with pytest.raises(CannotPlan, match=problem):
        shifts.publish(program_id=program.pk, first=MONDAY, last=day_of(last), by=mio)


def test_patterns_are_made_changed_and_removed(program: Program, mio: User) -> None:
    row = shift_patterns.add(program_id=program.pk, pattern=NIGHT, by=mio)
    shift_patterns.change(pattern_id=row.pk, pattern=replace(NIGHT, ends=1560), by=mio)
    assert ShiftPattern.objects.get().ends == 1560
    shift_patterns.remove(pattern_id=row.pk, by=mio)
    assert not ShiftPattern.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"name": " "}, Problem.BAD_NAME),
        ({"name": "あ" * 21}, Problem.BAD_NAME),
        ({"ends": 1140}, Problem.ENDS_BEFORE_START),
        ({"starts": 0, "ends": 961}, Problem.TOO_LONG),
        ({"starts": 1440, "ends": 1500}, Problem.BAD_HOURS),
        ({"lines": 0}, Problem.BAD_LINES),
        ({"role": "officer"}, Problem.NOT_IN_ROLE),
    ],
)
def test_patterns_that_cannot_be(wrong: dict[str, object], problem: Problem, program: Program, mio: User) -> None:
    with pytest.raises(CannotPlan) as refused:
        shift_patterns.add(program_id=program.pk, pattern=replace(NIGHT, **wrong), by=mio)  # type: ignore[arg-type]
    assert (0, problem) in refused.value.problems


def test_two_patterns_have_two_names(program: Program, mio: User) -> None:
    shift_patterns.add(program_id=program.pk, pattern=NIGHT, by=mio)
    with pytest.raises(CannotPlan, match="name_taken"):
        shift_patterns.add(program_id=program.pk, pattern=NIGHT, by=mio)


@pytest.mark.parametrize(
    "required", [{"mond": {}}, {"mon": {"32": 1}}, {"mon": {"09": 1}}, {"mon": {"9": -1}}, {"mon": {"9": 100}}]
)
def test_hours_no_day_has_are_refused(required: dict[str, dict[str, int]], program: Program, mio: User) -> None:
    with pytest.raises(CannotPlan, match="bad_hours"):
        shift_patterns.set_required_lines(program_id=program.pk, required=required, by=mio)


def test_required_lines_are_kept_without_the_empty_hours(program: Program, mio: User) -> None:
    required = {"mon": {"19": 3, "20": 0}, "holiday": {}}
    shift_patterns.set_required_lines(program_id=program.pk, required=required, by=mio)
    program.refresh_from_db()
    assert program.required_lines == {"mon": {"19": 3}, "holiday": {}}


def test_patterns_belong_to_those_who_plan(program: Program, haru: User, mio: User) -> None:
    row = shift_patterns.add(program_id=program.pk, pattern=NIGHT, by=mio)
    with pytest.raises(permissions.NotVisible):
        shift_patterns.change(pattern_id=row.pk, pattern=NIGHT, by=haru)
    with pytest.raises(permissions.NotVisible):
        shift_patterns.set_required_lines(program_id=program.pk, required={}, by=haru)
