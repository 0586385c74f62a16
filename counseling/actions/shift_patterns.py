"""What a program plans with: its kinds of shift, and the lines it requires by hour."""

from django.db import transaction

from accounts.models import User
from counseling import permissions
from counseling.actions import planning
from counseling.actions.planning import CannotPlan, Problem
from counseling.models import Program, ShiftPattern
from counseling.roster.patterns import Pattern, wrong_required


@transaction.atomic
def add(*, program_id: int, pattern: Pattern, by: User) -> ShiftPattern:
    """A new pattern. Raises CannotPlan, NotVisible."""
    planning.lock_roster(program_id, by)
    _check(program_id, pattern)
    return ShiftPattern.objects.create(program_id=program_id, **vars(pattern))


@transaction.atomic
def change(*, pattern_id: int, pattern: Pattern, by: User) -> ShiftPattern:
    """Change a pattern; shifts made with it stay as they are. Raises CannotPlan, NotVisible."""
    row = _locked(pattern_id, by)
    _check(row.program_id, pattern, instead_of=pattern_id)
    for name, value in vars(pattern).items():
        setattr(row, name, value)
    row.save()
    return row


@transaction.atomic
def remove(*, pattern_id: int, by: User) -> int:
    """Plan with it no more; shifts made with it stay. The program's id. Raises NotVisible."""
    row = _locked(pattern_id, by)
    row.delete()
    return row.program_id


@transaction.atomic
def set_required_lines(*, program_id: int, required: dict[str, dict[str, int]], by: User) -> None:
    """Require so many lines by day of the week (or "holiday") and hour; nothing where none is given.

    Raises CannotPlan, NotVisible.
    """
    planning.lock_roster(program_id, by)
    if any(wrong_required(required)):
        raise CannotPlan((0, Problem.BAD_HOURS))
    # An empty holiday stays: it says that nobody is needed then, where a missing one says "like any day".
    kept = {day: {hour: lines for hour, lines in by_hour.items() if lines} for day, by_hour in required.items()}
    Program.objects.filter(pk=program_id).update(required_lines=kept)


def _check(program_id: int, pattern: Pattern, *, instead_of: int = 0) -> None:
    found = [(0, Problem(code)) for code in pattern.problems]
    twins = ShiftPattern.objects.filter(program=program_id, name=pattern.name).exclude(pk=instead_of)
    if (0, Problem.BAD_NAME) not in found and twins.exists():
        found.append((0, Problem.NAME_TAKEN))
    if found:
        raise CannotPlan(*found)


def _locked(pattern_id: int, by: User) -> ShiftPattern:
    program_id = ShiftPattern.objects.filter(pk=pattern_id).values_list("program_id", flat=True).first()
    if program_id is None:
        raise permissions.NotVisible
    planning.lock_roster(program_id, by)
    row = ShiftPattern.objects.filter(pk=pattern_id).first()
    if row is None:
        raise permissions.NotVisible
    return row
