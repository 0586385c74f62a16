"""What may be planned: the checks that every way of writing a roster goes through, and how a refusal is said."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Right, holders
from counseling import permissions, roster
from counseling.models import Membership, Shift, ShiftNotice
from counseling.opening.hours import YEARS
from counseling.roster import Work
from counseling.roster.patterns import LONGEST_SHIFT, MOST_LINES

# Changes made together are told together: the mail waits for the last of them, counted from the first.
NOTICE_AFTER = timedelta(minutes=3)
# Of PostgreSQL's advisory locks; 1 to 3 have other uses.
ROSTER_LOCK = 4


class Problem(TextChoices):
    """Why something cannot be planned."""

    ENDS_BEFORE_START = "ends_before_start", _("終わりは、始まりより後にしてください。")
    TOO_LONG = "too_long", _("1つのシフトは16時間までです。分けて入れてください。")
    BAD_LINES = "bad_lines", _("回線数は1から10までにしてください。")
    OUTSIDE_YEARS = "outside_years", _("2000年から2100年までの日付にしてください。")
    NOT_IN_ROLE = "not_in_role", _("この人は、この事業でその役割についていません。")
    DOUBLE_BOOKED = "double_booked", _("この人のほかのシフトと時間が重なっています。")
    BAD_NAME = "bad_name", _("名前を20文字までで入れてください。")
    NAME_TAKEN = "name_taken", _("同じ名前のパターンがあります。")
    BAD_HOURS = "bad_hours", _("時刻は0時から31時まで、回線数は99までにしてください。")
    SAME_WEEK = "same_week", _("コピー先には、別の週を選んでください。")
    RANGE_TOO_LONG = "range_too_long", _("公開は一度に100日までです。")
    BEGUN = "begun", _("もう始まったシフトです。これからのシフトについてだけできます。")
    UNPUBLISHED = "unpublished", _("まだ公開されていないシフトです。")
    ASKED_ALREADY = "asked_already", _("このシフトについては、もうお願いが出ています。")
    ONESELF = "oneself", _("自分自身には頼めません。")
    SETTLED = "settled", _("このお願いは、もう決まっています。画面を確かめてください。")


class CannotPlan(Exception):
    """It cannot be planned like this; `problems` says for each place in what was given (0 where one) why."""

    def __init__(self, *problems: tuple[int, Problem]) -> None:
        super().__init__(", ".join(f"{place}: {problem.value}" for place, problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Plan:
    """A shift as somebody wants it; without a person it is an open place. Times are aware."""

    user_id: int | None
    role: str
    starts_at: datetime
    ends_at: datetime
    lines: int


def lock_roster(program_id: int, by: User) -> None:
    """Hold the program's roster for one who plans it, until the transaction ends. Raises NotVisible.

    Two planners at once would each see a person free whom both book.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [ROSTER_LOCK, program_id])
    permissions.require(by, Right.PLAN_SHIFTS, program_id)


def check(program_id: int, plans: Sequence[Plan], *, instead_of: Collection[int] = ()) -> None:
    """Raises CannotPlan with all that is wrong; shifts `instead_of` which these are planned do not count."""
    problems = problems_of(program_id, plans, instead_of=instead_of)
    if problems:
        raise CannotPlan(*problems)


def problems_of(program_id: int, plans: Sequence[Plan], *, instead_of: Collection[int]) -> list[tuple[int, Problem]]:
    """What is wrong with each plan, in the order of the plans: two queries for all."""
    held = set(
        Membership.objects.filter(
            program=program_id, user__is_active=True, role__in=holders(Right.WORK_SHIFTS)
        ).values_list("user_id", "role")
    )
    roles = holders(Right.WORK_SHIFTS)
    found = [(place, problem) for place, plan in enumerate(plans) for problem in _alone(plan)]
    for place, plan in enumerate(plans):
        if ((plan.user_id, plan.role) not in held) if plan.user_id else (plan.role not in roles):
            found.append((place, Problem.NOT_IN_ROLE))
    sound = {place: plan for place, plan in enumerate(plans) if place not in {bad for bad, _problem in found}}
    return sorted([*found, *_double_booked(program_id, sound, instead_of)])


def _alone(plan: Plan) -> Iterable[Problem]:
    length = plan.ends_at - plan.starts_at
    if plan.starts_at.year not in YEARS or plan.ends_at.year not in YEARS:
        yield Problem.OUTSIDE_YEARS
    if length <= timedelta(0):
        yield Problem.ENDS_BEFORE_START
    if length > LONGEST_SHIFT:
        yield Problem.TOO_LONG
    if not 1 <= plan.lines <= MOST_LINES:
        yield Problem.BAD_LINES


def _double_booked(
    program_id: int, plans: dict[int, Plan], instead_of: Collection[int]
) -> Iterable[tuple[int, Problem]]:
    people = {plan.user_id for plan in plans.values() if plan.user_id}
    if not people:
        return
    others = Shift.objects.filter(
        program=program_id,
        user__in=people,
        starts_at__lt=max(plan.ends_at for plan in plans.values()),
        ends_at__gt=min(plan.starts_at for plan in plans.values()),
    ).exclude(pk__in=instead_of)
    # What stands there already has no place among the plans.
    works = [Work(other.starts_at, other.ends_at, other.user_id, key=-1) for other in others]
    works += [Work(plan.starts_at, plan.ends_at, plan.user_id, key=place) for place, plan in plans.items()]
    pairs = roster.overlapping(works)
    for place in {later.key if later.key >= 0 else earlier.key for earlier, later in pairs} - {-1}:
        yield place, Problem.DOUBLE_BOOKED


def tell_later(shifts: Iterable[Shift], *also: int) -> None:
    """Owe a mail to the people of these published shifts, and to those in `also` who had them before."""
    days: dict[tuple[int, int], set[str]] = {}
    for shift in shifts:
        for user_id in {shift.user_id, *also} - {None} if shift.published_at else ():
            days.setdefault((user_id or 0, shift.program_id), set()).add(str(roster.service_day(_work(shift))))
    for (user_id, program_id), changed in sorted(days.items()):
        notice, made = ShiftNotice.objects.select_for_update().get_or_create(
            user_id=user_id,
            program_id=program_id,
            sent_at=None,
            defaults={"days": sorted(changed), "due_at": timezone.now() + NOTICE_AFTER},
        )
        if not made:
            notice.days = sorted(changed.union(notice.days))
            notice.save(update_fields=["days"])


def _work(shift: Shift) -> Work:
    return Work(shift.starts_at, shift.ends_at, shift.user_id)
