"""When a program is open, and how often a day somebody may come: changed by those who configure it."""

import json
from hashlib import sha256

from django.db import transaction

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import bounds, events, later, opening, permissions
from counseling.actions.programs import CannotSet, ChangedMeanwhile
from counseling.models import Program
from counseling.opening import Difference, Hours


@transaction.atomic
def change(*, program_id: int, by: User, hours: Hours, daily_limit: int | None, shown: str | None = None) -> list[str]:
    """Open the program so from now on; the names of what that changed (opening.Difference).

    Sittings that are accepted go on. Who waits when the hours are over by this is told within seconds (idle.walk).
    `shown` is the fingerprint of what `by` looked at. Raises NotVisible, ChangedMeanwhile, CannotSet.
    """
    permissions.require(by, Right.CONFIGURE, program_id)
    program = Program.objects.select_for_update(no_key=True).get(pk=program_id)
    if shown is not None and shown != fingerprint(program):
        raise ChangedMeanwhile
    if problems := bounds.wrong({"daily_limit": daily_limit}):
        raise CannotSet(problems)
    found = differences(program, hours, daily_limit)
    if not found:
        return []
    program.hours, program.daily_limit = hours.to_json(), daily_limit
    program.save(update_fields=["hours", "daily_limit"])
    events.ring(events.board_group(program_id))
    later.offer(program_id)
    names, before, after = (list(column) for column in zip(*found, strict=True))
    audit.note(
        Deed.PROGRAM_CHANGED, by=by, subject=f"program:{program_id}", program_id=program_id, did="changed",
        fields=names, before=before, after=after,
    )  # fmt: skip
    return names


def differences(program: Program, hours: Hours, daily_limit: int | None) -> list[Difference]:
    """What of the program would be different with these hours and this limit."""
    found = opening.differences(program.opening(), hours)
    limits = ["no_limit" if count is None else str(count) for count in (program.daily_limit, daily_limit)]
    return found + ([Difference("daily_limit", *limits)] if limits[0] != limits[1] else [])


def fingerprint(program: Program) -> str:
    """Tells whether the hours are still those somebody looked at."""
    values = json.dumps([program.hours, program.daily_limit], sort_keys=True)
    return sha256(values.encode()).hexdigest()[:16]
