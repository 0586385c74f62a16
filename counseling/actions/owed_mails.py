"""What all mails that are owed share: one worker at a time has the one that is due longest, for a while."""

from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


@transaction.atomic
def claim(due: QuerySet[M], *with_them: str, now: datetime, hold: timedelta) -> M | None:
    """The mail of these that is due longest, due again after `hold`; None when there is none."""
    rows = due.model._default_manager.select_for_update(of=("self",), skip_locked=True).select_related(*with_them)
    owed: M | None = rows.filter(pk__in=due).order_by("due_at", "pk").first()
    if owed:
        due.model._default_manager.filter(pk=owed.pk).update(due_at=now + hold)
    return owed
