"""Whether a program receives now, and telling machines when that changes."""

from datetime import datetime, timedelta
from typing import TypedDict

from django.db import transaction
from django.utils import timezone

from counseling import stages
from counseling.actions import notifications
from counseling.actions.admission import refusal_at
from counseling.machines import Event
from counseling.models import Program
from counseling.stages import Stage

# An opening that goes on and on has no end worth telling.
LONGEST_OPENING = timedelta(days=1)


class Receiving(TypedDict):
    """Whether a program takes new sessions, why not, and when that changes by its hours."""

    receiving: bool
    reason: str | None
    closes_at: datetime | None
    intake_until: datetime | None
    next_opening: datetime | None


def receiving(program: Program, now: datetime) -> Receiving:
    """What holds at `now`, by stage, hours and people. While a program is paused its hours promise nothing."""
    status, refusal = program.status_at(now), refusal_at(program, now)
    by_hand = stages.refusal(Stage(program.stage)) is not None
    window = status.window if status.window and not by_hand else None
    if window and window.end - now > LONGEST_OPENING:
        window = None
    return {
        "receiving": refusal is None,
        "reason": refusal.value if refusal else None,
        "closes_at": window.end if window else None,
        "intake_until": window.intake_until if window else None,
        "next_opening": None if by_hand else status.next_open,
    }


def watch() -> None:
    """Tell machines where reception opened or closed since they were told last: once for each change."""
    now = timezone.now()
    for program in Program.objects.filter(subscriptions__isnull=False).distinct():
        if program.reception_told != (refusal_at(program, now) is None):
            _tell(program.pk, now)


@transaction.atomic
def _tell(program_id: int, now: datetime) -> None:
    program = Program.objects.select_for_update(of=("self",), no_key=True).get(pk=program_id)
    found = receiving(program, now)
    if program.reception_told == found["receiving"]:
        return
    before, program.reception_told = program.reception_told, found["receiving"]
    program.save(update_fields=["reception_told"])
    if before is None:
        return
    if found["receiving"]:
        times = {name: _written(found[name]) for name in ("closes_at", "intake_until")}
        notifications.owe(program=program, event=Event.RECEPTION_OPENED, at=now, **times)
    else:
        opens = _written(found["next_opening"])
        notifications.owe(
            program=program, event=Event.RECEPTION_CLOSED, at=now, reason=found["reason"], next_opening=opens
        )


def _written(moment: datetime | None) -> str | None:
    return timezone.localtime(moment).isoformat() if moment else None
