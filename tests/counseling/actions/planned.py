"""What the tests of the roster share: plans of an evening, and days far enough ahead."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.models import User
from counseling.actions import shifts
from counseling.actions.planning import Plan
from counseling.models import Program, Shift
from counseling.opening import TOKYO

# The Monday after next: nothing of it has begun.
MONDAY = timezone.localdate() + timedelta(days=14 - timezone.localdate().weekday())


def at(hour: float, day: int = 0) -> datetime:
    """An hour of the service day that is so many days after MONDAY."""
    return datetime.combine(MONDAY, datetime.min.time(), TOKYO) + timedelta(days=day, hours=hour)


def day_of(ahead: int) -> date:
    """The date so many days after MONDAY."""
    return MONDAY + timedelta(days=ahead)


def evening(user: User | None, day: int = 0, begins: float = 19, ends: float = 23, role: str = "counselor") -> Plan:
    """A plan for an evening, with two lines."""
    return Plan(user.pk if user else None, role, at(begins, day), at(ends, day), 2)


def planned(program: Program, by: User, *plans: Plan, published: bool = True) -> list[Shift]:
    """These shifts, planned and shown."""
    made = shifts.add(program_id=program.pk, plans=plans, by=by)
    if published:
        shifts.publish(program_id=program.pk, first=day_of(-7), last=day_of(21), by=by)
    return [Shift.objects.get(pk=shift.pk) for shift in made]
