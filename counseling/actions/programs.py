"""Programs: as the administration writes them, and how one is staffed and routed."""

from datetime import timedelta
from hashlib import sha256
from typing import TypedDict, Unpack

from django.db import transaction

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import bounds, events, later, permissions
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
    shows_reading: bool
    tells_stepping_in: bool


class CannotSet(Exception):
    """Something cannot be so: `problems` says of each field why (the codes of bounds.wrong)."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(", ".join(f"{field}: {code}" for field, code in problems.items()))
        self.problems = problems


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

    `shown` is the fingerprint of what `by` looked at. Raises NotVisible, ChangedMeanwhile, CannotSet.
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
    if problems := bounds.wrong({name: getattr(program, name) for name in StaffingRules.__annotations__}):
        raise CannotSet(problems)
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
