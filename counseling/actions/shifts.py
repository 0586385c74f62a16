"""Planning a program's roster: shifts one by one and by the week, and their publishing."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from counseling import permissions, roster
from counseling.actions import planning
from counseling.actions.planning import CannotPlan, Plan, Problem
from counseling.models import Membership, Shift, ShiftRequest
from counseling.models.shift import RequestState
from counseling.opening import TOKYO
from counseling.roster import Work

LONGEST_PUBLICATION_DAYS = 100
WEEK = timedelta(days=7)
WAITING = (RequestState.OPEN, RequestState.ACCEPTED)


@transaction.atomic
def add(*, program_id: int, plans: Sequence[Plan], by: User) -> list[Shift]:
    """Plan new shifts, all of them or none. Raises CannotPlan, NotVisible."""
    planning.lock_roster(program_id, by)
    planning.check(program_id, plans)
    return _made(program_id, plans)


@transaction.atomic
def change(*, shift_id: int, plan: Plan, by: User) -> Shift:
    """Plan a shift otherwise; who has it and who had it are told if it is published. Raises CannotPlan, NotVisible.

    A request about it ends when its person or its time changes: it was about something else.
    """
    shift = _locked(shift_id, by)
    planning.check(shift.program_id, [plan], instead_of=[shift_id])
    before = Plan(shift.user_id, shift.role, shift.starts_at, shift.ends_at, shift.lines)
    if plan == before:
        return shift
    if (plan.user_id, plan.starts_at, plan.ends_at) != (before.user_id, before.starts_at, before.ends_at):
        end_requests([shift], by=by)
        planning.tell_later([shift])
    write(shift, plan)
    planning.tell_later([shift])
    return shift


@transaction.atomic
def remove(*, shift_id: int, by: User) -> int:
    """Take a shift out of the plan; its person is told if it was published. The program's id. Raises NotVisible."""
    shift = _locked(shift_id, by)
    planning.tell_later([shift])
    shift.delete()
    return shift.program_id


@transaction.atomic
def copy_week(*, program_id: int, source: date, target: date, by: User) -> list[Shift]:
    """Plan the seven days from `target` as those from `source` are, without what is there already or would overlap.

    What somebody had who no longer has the role becomes an open place. Raises CannotPlan, NotVisible.
    """
    planning.lock_roster(program_id, by)
    if (target - source).days % 7 or target == source:
        raise CannotPlan((0, Problem.SAME_WEEK))
    held = set(Membership.objects.filter(program=program_id, user__is_active=True).values_list("user_id", "role"))
    shifts = {shift.pk: shift for shift in _beginning(program_id, source, source + WEEK)}
    works = [_work(shift, shift.user_id if (shift.user_id, shift.role) in held else None) for shift in shifts.values()]
    # A shift of the day before may reach into the week, one of its last day out of it.
    there = [_work(shift, shift.user_id) for shift in _beginning(program_id, target - WEEK, target + 2 * WEEK)]
    copies = roster.copied(works, there, target - source)
    plans = [Plan(one.user, shifts[one.key].role, one.starts_at, one.ends_at, shifts[one.key].lines) for one in copies]
    planning.check(program_id, plans)
    return _made(program_id, plans)


@transaction.atomic
def publish(*, program_id: int, first: date, last: date, by: User) -> list[Shift]:
    """Show people their shifts of the days from `first` to `last`; those newly shown. Raises CannotPlan, NotVisible."""
    planning.lock_roster(program_id, by)
    if last < first:
        raise CannotPlan((0, Problem.ENDS_BEFORE_START))
    if (last - first).days >= LONGEST_PUBLICATION_DAYS:
        raise CannotPlan((0, Problem.RANGE_TOO_LONG))
    shifts = [shift for shift in _beginning(program_id, first, last + timedelta(days=1)) if not shift.published_at]
    now = timezone.now()
    Shift.objects.filter(pk__in=[shift.pk for shift in shifts]).update(published_at=now, changed_at=now)
    for shift in shifts:
        shift.published_at = shift.changed_at = now
    planning.tell_later(shift for shift in shifts if shift.ends_at > now)
    if shifts:
        audit.note(
            Deed.ROSTER_PUBLISHED,
            by=by,
            subject=f"program:{program_id}",
            program_id=program_id,
            first=str(first),
            last=str(last),
            shifts=len(shifts),
        )
    return shifts


def write(shift: Shift, plan: Plan) -> None:
    """Write what was checked; a calendar sees a later version."""
    shift.user_id, shift.role, shift.lines = plan.user_id, plan.role, plan.lines
    shift.starts_at, shift.ends_at = plan.starts_at, plan.ends_at
    shift.version, shift.changed_at = shift.version + 1, timezone.now()
    shift.save()


def end_requests(shifts: Sequence[Shift], *, by: User) -> None:
    """What is asked about these shifts is asked no more: they are somebody else's or at another time."""
    about = Q(shift__in=shifts) | Q(in_return__in=shifts)
    ShiftRequest.objects.filter(about, state__in=WAITING).update(
        state=RequestState.DECLINED, decided_by=by, decided_at=timezone.now()
    )


def _locked(shift_id: int, by: User) -> Shift:
    program_id = Shift.objects.filter(pk=shift_id).values_list("program_id", flat=True).first()
    if program_id is None:
        raise permissions.NotVisible
    planning.lock_roster(program_id, by)
    # Who asks for a substitute holds the shift: what they ask stands before it is said to be settled.
    shift = Shift.objects.select_for_update(no_key=True).filter(pk=shift_id).first()
    if shift is None:
        raise permissions.NotVisible
    return shift


def _beginning(program_id: int, first: date, until: date) -> list[Shift]:
    """The shifts of service days from `first` to before `until`, in order."""
    begins = [datetime.combine(day, time(), TOKYO) for day in (first, until)]
    rows = Shift.objects.filter(program=program_id, starts_at__gte=begins[0], starts_at__lt=begins[1])
    return list(rows.order_by("starts_at", "pk"))


def _work(shift: Shift, user_id: int | None) -> Work:
    return Work(shift.starts_at, shift.ends_at, user_id, key=shift.pk)


def _made(program_id: int, plans: Sequence[Plan]) -> list[Shift]:
    rows = [
        Shift(
            program_id=program_id,
            user_id=plan.user_id,
            role=plan.role,
            starts_at=plan.starts_at,
            ends_at=plan.ends_at,
            lines=plan.lines,
        )
        for plan in plans
    ]
    return Shift.objects.bulk_create(rows)
