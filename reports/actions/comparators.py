"""Entering what other media counted, one by one or from a file; of the same name and period the later stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from reports.models import Comparator, Per


@dataclass(frozen=True)
class Entered:
    """What somebody says another medium counted."""

    name: str
    first: date
    last: date
    minutes: int
    days: int
    count: int
    per: Per
    places: int


@transaction.atomic
def enter(*, program_id: int, entries: Sequence[Entered], by: User) -> None:
    """Keep them all. Raises NotVisible."""
    permissions.require(by, Right.SEE_RESULTS, program_id)
    now = timezone.now()
    for one in entries:
        place: dict[str, Any] = {"program_id": program_id, "name": one.name, "first": one.first, "last": one.last}
        counted = {"minutes": one.minutes, "days": one.days, "count": one.count, "per": one.per, "places": one.places}
        Comparator.objects.update_or_create(**place, defaults=counted | {"by": by, "at": now})
    _note(program_id, by, entered=len(entries))


@transaction.atomic
def remove(*, program_id: int, comparator_id: int, by: User) -> None:
    """Take one away; it stays in the reports that were frozen with it. Raises NotVisible."""
    permissions.require(by, Right.SEE_RESULTS, program_id)
    removed, _rows = Comparator.objects.filter(program=program_id, pk=comparator_id).delete()
    if removed:
        _note(program_id, by, removed=removed)


def _note(program_id: int, by: User, **details: int) -> None:
    subject = f"program:{program_id}"
    audit.note(Deed.COMPARATORS_CHANGED, by=by, subject=subject, program_id=program_id, rows=details)
