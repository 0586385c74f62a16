"""What all mails that are owed share: whom they go to, and that one worker at a time has the one due longest."""

from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet

from accounts.roles import Right, Role, holders
from counseling.models import Membership

M = TypeVar("M", bound=Model)


@transaction.atomic
def claim(due: QuerySet[M], *with_them: str, now: datetime, hold: timedelta) -> M | None:
    """The mail of these that is due longest, due again after `hold`; None when there is none."""
    rows = due.model._default_manager.select_for_update(of=("self",), skip_locked=True).select_related(*with_them)
    owed: M | None = rows.filter(pk__in=due).order_by("due_at", "pk").first()
    if owed:
        due.model._default_manager.filter(pk=owed.pk).update(due_at=now + hold)
    return owed


def tellable(program_id: int, right: Right | None) -> list[int]:
    """Who is mailed: those who hold `right`; without one, or where nobody does, who administers."""
    members = Membership.objects.filter(program=program_id, user__is_active=True)
    people = members.filter(role__in=holders(right) if right else [Role.ADMINISTRATOR])
    if right and not people.exists():
        people = members.filter(role=Role.ADMINISTRATOR)
    return sorted(set(people.values_list("user_id", flat=True)))
