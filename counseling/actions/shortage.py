"""Too few people in the hours: supervisors and administrators who are not there are told by mail, once an opening."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from accounts.roles import Role
from counseling import staffing
from counseling.feeds.crew import crew, is_staffed
from counseling.models import Break, Duty, Membership, Program
from counseling.models.duty import BreakReason

# Somebody who is back within that time is no shortage.
HOLDS_OFF = timedelta(minutes=2)
TRIED_EVERY = timedelta(minutes=10)
# Where it never closes, each day counts as an opening.
AT_LEAST_DAILY = timedelta(days=1)


@dataclass(frozen=True)
class Shortage:
    """Who is told, and what: how many are on duty and how many the rule asks for."""

    program: str
    on_duty: int
    least_on_duty: int
    supervisors: int
    least_supervisors: int
    recipients: list[str]

    def numbers(self) -> dict[str, str | int]:
        """What the mail says; whom it goes to is not part of it."""
        return {name: value for name, value in asdict(self).items() if name != "recipients"}


def due_programs(*, now: datetime) -> list[int]:
    """Programs whose rule has not held for two minutes of this opening, of which nobody has been told yet.

    Without a rule, those where everybody rests after a heavy talk: nobody is left alone in silence.
    """
    rests = Break.objects.filter(duty__program=OuterRef("pk"), reason=BreakReason.CARE, ended_at=None)
    ruled = Program.objects.filter(practice=False).filter(
        Q(least_on_duty__gt=0) | Q(least_supervisors__gt=0) | Exists(rests)
    )
    untried = ruled.filter(Q(shortage_tried_at=None) | Q(shortage_tried_at__lte=now - TRIED_EVERY))
    return [program.pk for program in untried if _lacks_people(program, now)]


def _lacks_people(program: Program, now: datetime) -> bool:
    status = program.status_at(now)
    if not status.intake_open or status.window is None or status.window.start > now - HOLDS_OFF:
        return False
    told = program.shortage_told_at
    if told is not None and told >= max(status.window.start, now - AT_LEAST_DAILY):
        return False
    people = crew(program, now)
    lacks = not is_staffed(program, people) or staffing.is_left_alone(people)
    return lacks and not _changed_since(program, now - HOLDS_OFF)


def _changed_since(program: Program, moment: datetime) -> bool:
    lately = Q(began_at__gt=moment) | Q(ended_at__gt=moment)
    of_duties = Duty.objects.filter(lately, program=program)
    return of_duties.exists() or Break.objects.filter(lately, duty__program=program).exists()


def claim_shortage(*, program_id: int, now: datetime) -> Shortage | None:
    """Take it upon oneself to tell of the shortage; None when there is none (any more) or another does it."""
    if program_id not in due_programs(now=now):
        return None
    free = Program.objects.filter(pk=program_id)
    free = free.filter(Q(shortage_tried_at=None) | Q(shortage_tried_at__lte=now - TRIED_EVERY))
    if not free.update(shortage_tried_at=now):
        return None
    program = Program.objects.get(pk=program_id)
    people = crew(program, now)
    on_duty, supervisors = staffing.counted(people)
    return Shortage(
        program=program.name,
        on_duty=on_duty,
        least_on_duty=program.least_on_duty,
        supervisors=supervisors,
        least_supervisors=program.least_supervisors,
        recipients=_recipients(program, {person.user_id for person in people if person.on_duty}),
    )


def _recipients(program: Program, there: set[int]) -> list[str]:
    called = Membership.objects.filter(program=program, role__in=[Role.SUPERVISOR, Role.ADMINISTRATOR])
    away = called.filter(user__is_active=True).exclude(user__in=there)
    return list(away.order_by("user__email").values_list("user__email", flat=True).distinct())


def record_told(*, program_id: int, now: datetime) -> None:
    """At least one of them was told: not again in this opening."""
    Program.objects.filter(pk=program_id).update(shortage_told_at=now)
