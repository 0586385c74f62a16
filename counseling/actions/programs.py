"""Programs: as the administration writes them, and how one is staffed and routed."""

from datetime import timedelta
from hashlib import sha256
from typing import TypedDict, Unpack

from django.db import transaction

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import events, later, permissions
from counseling.assignment import Routing
from counseling.models import Program


class StaffingRules(TypedDict, total=False):
    """What a program asks of its people, and how sessions reach them; `rescue_after` None: by a person's hand only."""

    least_on_duty: int
    least_supervisors: int
    capacity: int
    surge_lines: int
    surge_first_hour: bool
    routing: str
    offer_for: timedelta
    same_counselor: bool
    rest_after_heavy: timedelta
    rescue_after: timedelta | None


MINUTE = timedelta(minutes=1)
# The least and the most of each, both included.
COUNTS = {"least_on_duty": (0, 50), "least_supervisors": (0, 50), "capacity": (1, 10), "surge_lines": (0, 10)}
TIMES = {
    "offer_for": (timedelta(seconds=10), timedelta(seconds=300)),
    "rest_after_heavy": (timedelta(0), 120 * MINUTE),
    "rescue_after": (MINUTE, 60 * MINUTE),
}


class CannotStaff(Exception):
    """`field` is out of its bounds, or more supervisors are asked for than people."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class ChangedMeanwhile(Exception):
    """Somebody changed the program since it was looked at."""


def keep(*, program: Program, changed: list[str] | None = None) -> None:
    """Keep a new program, or only what was changed in it: the count of its sittings goes on meanwhile."""
    program.save(update_fields=changed)


@transaction.atomic
def change_staffing(
    *, program_id: int, by: User, shown: str | None = None, **values: Unpack[StaffingRules]
) -> list[str]:
    """Staff and route the program so; the names of what that changed.

    `shown` is the fingerprint of what `by` looked at. Raises NotVisible, ChangedMeanwhile, CannotStaff.
    """
    permissions.require(by, Right.CONFIGURE, program_id)
    program = Program.objects.select_for_update(no_key=True).get(pk=program_id)
    if shown is not None and shown != fingerprint(program):
        raise ChangedMeanwhile
    changed = [name for name, value in values.items() if getattr(program, name) != value]
    if not changed:
        return []
    for name in changed:
        setattr(program, name, values[name])  # type: ignore[literal-required]
    _check(program)
    program.save(update_fields=changed)
    events.ring(events.board_group(program_id))
    later.offer(program_id)
    audit.note(
        Deed.PROGRAM_CHANGED, by=by, subject=f"program:{program_id}", program_id=program_id, did="changed",
        fields=sorted(changed),
    )  # fmt: skip
    return changed


def fingerprint(program: Program) -> str:
    """Tells whether the program's staffing rules are still those somebody looked at."""
    values = [repr(getattr(program, name)) for name in StaffingRules.__annotations__]
    return sha256("\n".join(values).encode()).hexdigest()[:16]


def _check(program: Program) -> None:
    for name, (least, most) in (COUNTS | TIMES).items():
        value = getattr(program, name)
        if value is not None and not least <= value <= most:
            raise CannotStaff(name)
    if program.routing not in set(Routing):
        raise CannotStaff("routing")
    if program.least_supervisors > program.least_on_duty:
        raise CannotStaff("least_supervisors")
