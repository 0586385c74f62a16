"""What a program plans with: its kinds of shift, and the lines it requires by hour."""

from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from accounts.roles import Right, holders
from counseling import permissions
from counseling.actions import planning
from counseling.actions.planning import LONGEST_SHIFT, MOST_LINES, CannotPlan, Problem
from counseling.models import Program, ShiftPattern
from counseling.opening.hours import DAY_MINUTES, DAY_NAMES
from counseling.roster.demand import LATEST_HOUR
from counseling.text import is_blank

LONGEST_NAME = 20
MOST_REQUIRED_LINES = 99


@dataclass(frozen=True)
class Pattern:
    """A kind of shift as somebody wants it; minutes from midnight."""

    name: str
    role: str
    starts: int
    ends: int
    lines: int


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
    days, hours = {*DAY_NAMES, "holiday"}, {str(hour) for hour in range(LATEST_HOUR + 1)}
    numbers = [lines for by_hour in required.values() for lines in by_hour.values()]
    if (
        set(required) - days
        or {hour for by_hour in required.values() for hour in by_hour} - hours
        or not all(type(lines) is int and 0 <= lines <= MOST_REQUIRED_LINES for lines in numbers)
    ):
        raise CannotPlan((0, Problem.BAD_HOURS))
    # An empty holiday stays: it says that nobody is needed then, where a missing one says "like any day".
    kept = {day: {hour: lines for hour, lines in by_hour.items() if lines} for day, by_hour in required.items()}
    Program.objects.filter(pk=program_id).update(required_lines=kept)


def _check(program_id: int, pattern: Pattern, *, instead_of: int = 0) -> None:
    length = pattern.ends - pattern.starts
    bad_name = is_blank(pattern.name) or len(pattern.name) > LONGEST_NAME or not _is_one_line(pattern.name)
    wrong = {
        Problem.BAD_NAME: bad_name,
        Problem.ENDS_BEFORE_START: length <= 0,
        Problem.TOO_LONG: length > LONGEST_SHIFT.total_seconds() // 60,
        Problem.BAD_HOURS: not 0 <= pattern.starts < DAY_MINUTES,
        Problem.BAD_LINES: not 1 <= pattern.lines <= MOST_LINES,
        Problem.NOT_IN_ROLE: pattern.role not in holders(Right.WORK_SHIFTS),
        Problem.NAME_TAKEN: not bad_name
        and ShiftPattern.objects.filter(program=program_id, name=pattern.name).exclude(pk=instead_of).exists(),
    }
    found = [(0, problem) for problem, holds in wrong.items() if holds]
    if found:
        raise CannotPlan(*found)


def _is_one_line(name: str) -> bool:
    """Nothing in it that is not seen, or that PostgreSQL cannot keep; a Japanese blank is a blank."""
    return name.replace("\N{IDEOGRAPHIC SPACE}", " ").isprintable()


def _locked(pattern_id: int, by: User) -> ShiftPattern:
    program_id = ShiftPattern.objects.filter(pk=pattern_id).values_list("program_id", flat=True).first()
    if program_id is None:
        raise permissions.NotVisible
    planning.lock_roster(program_id, by)
    row = ShiftPattern.objects.filter(pk=pattern_id).first()
    if row is None:
        raise permissions.NotVisible
    return row
