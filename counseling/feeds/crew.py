"""Who is checked in where: the one reading that the board, reception, offers and claims share."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.roles import Right, Role, holders
from counseling import staffing
from counseling.models import Duty, Program, Shift
from counseling.models.staff import PRESENCE_LIFE
from counseling.staffing import AtWork

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


# Read with every change of a board: in SQL it costs a third. The last shift that touches, as SHIFT_ENDS_AT.
_CREWS = """
SELECT duty.program_id, duty.user_id, pause.reason, presence.seen_at, shift.lines,
       EXISTS (SELECT FROM counseling_membership member WHERE member.user_id = duty.user_id
                  AND member.program_id = duty.program_id AND member.role = ANY(%s)),
       EXISTS (SELECT FROM counseling_membership member WHERE member.user_id = duty.user_id
                  AND member.program_id = duty.program_id AND member.role = %s),
       COALESCE((SELECT following.ends_at FROM counseling_shift following WHERE following.user_id = duty.user_id
                    AND following.program_id = duty.program_id AND following.published_at IS NOT NULL
                    AND following.starts_at <= shift.ends_at AND following.ends_at > shift.ends_at
                  ORDER BY following.ends_at DESC LIMIT 1), shift.ends_at)
  FROM counseling_duty duty
  JOIN accounts_user person ON person.id = duty.user_id AND person.is_active
  LEFT JOIN counseling_break pause ON pause.duty_id = duty.id AND pause.ended_at IS NULL
  LEFT JOIN counseling_presence presence ON presence.user_id = duty.user_id
  LEFT JOIN counseling_shift shift ON shift.id = duty.shift_id
 WHERE duty.ended_at IS NULL AND duty.program_id = ANY(%s)
 ORDER BY duty.user_id
"""


def crews(programs: Iterable[Program], now: datetime) -> dict[int, list[AtWork]]:
    """Who is checked in, by program: one query, however many they are."""
    found: dict[int, list[AtWork]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            _CREWS, [holders(Right.TAKE_SESSIONS), Role.SUPERVISOR.value, [program.pk for program in programs]]
        )
        for program_id, user_id, away, seen_at, lines, counsels, supervises, shift_ends_at in cursor.fetchall():
            found[program_id].append(
                AtWork(
                    user_id=user_id,
                    away=away or "",
                    present=seen_at is not None and seen_at > now - PRESENCE_LIFE,
                    counsels=counsels,
                    supervises=supervises,
                    lines=lines,
                    shift_ends_at=shift_ends_at,
                )
            )
    return found


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
