"""Who is checked in where: the one reading that the board, reception, offers and claims share."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.roles import Right, Role, holders
from counseling import staffing
from counseling.models import Duty, Membership, Program, Shift
from counseling.models.staff import PRESENCE_LIFE
from counseling.staffing import AtWork

_HERE = Membership.objects.filter(user=OuterRef("user"), program=OuterRef("program"))
# Shifts that touch are one stretch of work: its end is the end of the one that follows.
_FOLLOWING = Shift.objects.filter(
    user=OuterRef("user"),
    program=OuterRef("program"),
    published_at__isnull=False,
    starts_at__lte=OuterRef("shift__ends_at"),
    ends_at__gt=OuterRef("shift__ends_at"),
).order_by("-ends_at")
SHIFT_ENDS_AT = Coalesce(Subquery(_FOLLOWING.values("ends_at")[:1]), F("shift__ends_at"))


def open_duties() -> QuerySet[Duty]:
    """Everybody's open duties; `pause` is the break each is on, if any."""
    pause = FilteredRelation("breaks", condition=Q(breaks__ended_at=None))
    return Duty.objects.filter(ended_at=None, user__is_active=True).annotate(pause=pause)


def crews(programs: Iterable[Program], now: datetime) -> dict[int, list[AtWork]]:
    """Who is checked in, by program: one query, however many they are."""
    rows = (
        open_duties()
        .filter(program__in=programs)
        .annotate(
            away=F("pause__reason"),
            counsels=Exists(_HERE.filter(role__in=holders(Right.TAKE_SESSIONS))),
            supervises=Exists(_HERE.filter(role=Role.SUPERVISOR)),
            seen_at=F("user__presence__seen_at"),
            shift_ends_at=SHIFT_ENDS_AT,
        )
        .order_by("user_id")
        .values("program_id", "user_id", "away", "counsels", "supervises", "seen_at", "shift__lines", "shift_ends_at")
    )
    found: dict[int, list[AtWork]] = defaultdict(list)
    for row in rows:
        found[row["program_id"]].append(_at_work(cast("dict[str, Any]", row), now))
    return found


def _at_work(row: dict[str, Any], now: datetime) -> AtWork:
    return AtWork(
        user_id=row["user_id"],
        away=row["away"] or "",
        present=row["seen_at"] is not None and row["seen_at"] > now - PRESENCE_LIFE,
        counsels=row["counsels"],
        supervises=row["supervises"],
        lines=row["shift__lines"],
        shift_ends_at=row["shift_ends_at"],
    )


def crew(program: Program, now: datetime | None = None) -> list[AtWork]:
    """Who is checked in at the program: one query."""
    return crews([program], now or timezone.now())[program.pk]


def is_staffed(program: Program, people: list[AtWork] | None = None) -> bool:
    """Whether the program's staffing rule holds now; a program without one costs no query."""
    if not (program.least_on_duty or program.least_supervisors):
        return True
    return staffing.does_rule_hold(
        crew(program) if people is None else people,
        least_on_duty=program.least_on_duty,
        least_supervisors=program.least_supervisors,
    )
