"""The surge (増強): more lines a person until a moment, by a planner's hand."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Right
from counseling import events, later, permissions
from counseling.models import Program

LONGEST = timedelta(hours=12)


class SurgeTooLong(Exception):
    """The surge would end in the past, or more than twelve hours from now."""


class NoSurgeLines(Exception):
    """The program has no lines for a surge."""


@transaction.atomic
def open_until(*, program_id: int, until: datetime, by: User) -> None:
    """More lines for everybody on duty until then. Raises permissions.NotVisible, SurgeTooLong, NoSurgeLines."""
    permissions.require(by, Right.PLAN_SHIFTS, program_id)
    now = timezone.now()
    if not now < until <= now + LONGEST:
        raise SurgeTooLong
    if not Program.objects.filter(pk=program_id, surge_lines__gt=0).update(surge_until=until):
        raise NoSurgeLines
    events.ring(events.board_group(program_id))
    later.offer(program_id)


@transaction.atomic
def end(*, program_id: int, by: User) -> None:
    """Lines as planned again; whoever has more sessions keeps them. Raises permissions.NotVisible."""
    permissions.require(by, Right.PLAN_SHIFTS, program_id)
    Program.objects.filter(pk=program_id).update(surge_until=None)
    events.ring(events.board_group(program_id))
