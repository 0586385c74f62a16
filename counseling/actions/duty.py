"""Duty (勤務): checking in and out, breaks, and what a person may take meanwhile."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from accounts.models import User
from accounts.roles import Right
from counseling import events, later, lifecycle, permissions, staffing
from counseling.feeds.crew import crew, open_duties
from counseling.models import Break, Duty, Program, Session, Shift
from counseling.models.duty import BreakReason, DutyEnd
from counseling.models.staff import PRESENCE_LIFE

ABSENT_AFTER_SHIFT = timedelta(minutes=30)
ABSENT_UNPLANNED = timedelta(minutes=60)
# So early one may come to a shift; later than this it is a duty nobody planned.
EARLY = timedelta(minutes=60)


_ON_BREAK = Exists(Break.objects.filter(duty=OuterRef("pk"), ended_at=None))


class NotOnDuty(Exception):
    """The person is not on duty in this program: not checked in, or on a break."""


class HasOpenSessions(Exception):
    """The person still has sessions of this program: hand them over first."""


def is_on_duty(user_id: int, program_id: int) -> bool:
    """Whether the person is checked in there and not on a break."""
    return open_duties().filter(~_ON_BREAK, user=user_id, program=program_id).exists()


def capacity_of(user_id: int, program: Program, now: datetime) -> int:
    """How many sessions the person may have at once: those of their shift, else the program's, and the surge."""
    planned = Duty.objects.filter(user=user_id, program=program, ended_at=None).values_list("shift__lines", flat=True)
    return staffing.capacity(planned.first(), usual=program.capacity, surge=program.surge_at(now))


def require_duty(*, user: User, program_id: int, by: User) -> None:
    """Raises NotOnDuty unless `user` is on duty there; a supervisor's own hand may take without."""
    if is_on_duty(user.pk, program_id):
        return
    if user.pk != by.pk or not permissions.programs(by, Right.STEER).filter(pk=program_id).exists():
        raise NotOnDuty


def may_be_offered(program: Program, now: datetime) -> dict[int, int]:
    """Who may be offered a session now, with their capacity: one query. Nobody shortly before their shift's end.

    Only supervisors while the queue is diverted to them.
    """
    surge = program.surge_at(now)
    return {
        person.user_id: staffing.capacity(person.lines, usual=program.capacity, surge=surge)
        for person in crew(program, now)
        if staffing.may_be_offered(person, now) and (person.supervises or not program.diverted_since)
    }


@transaction.atomic
def check_in(*, program_id: int, by: User) -> Duty:
    """Begin the duty in the program, for the shift of this hour where one is planned. Twice is the same.

    Raises permissions.NotVisible.
    """
    permissions.lock_person(by.pk)
    permissions.require(by, Right.WORK_SHIFTS, program_id)
    duty = open_duties().filter(user=by, program=program_id).first()
    if duty is None:
        now = timezone.now()
        duty = Duty.objects.create(program_id=program_id, user=by, shift=_shift_of(by, program_id, now), began_at=now)
        _told(duty)
        later.offer(program_id)
    return duty


def _shift_of(user: User, program_id: int, now: datetime) -> Shift | None:
    """The published shift that runs now, or begins within the hour."""
    planned = Shift.objects.filter(user=user, program=program_id, published_at__isnull=False)
    return planned.filter(starts_at__lte=now + EARLY, ends_at__gt=now).order_by("starts_at", "pk").first()


def _own(program_id: int, by: User) -> Duty:
    """The open duty of `by`, whose claims wait meanwhile. Raises permissions.NotVisible, NotOnDuty."""
    permissions.lock_person(by.pk)
    permissions.require(by, Right.WORK_SHIFTS, program_id)
    duty = open_duties().filter(user=by, program=program_id).first()
    if duty is None:
        raise NotOnDuty
    return duty


def _told(duty: Duty) -> None:
    events.ring(events.board_group(duty.program_id), events.user_group(duty.user_id))


@transaction.atomic
def take_break(*, program_id: int, reason: BreakReason, by: User) -> None:
    """No new sessions for a while; open ones stay. Another reason begins another break, the same one goes on.

    Raises permissions.NotVisible, NotOnDuty.
    """
    duty = _own(program_id, by)
    now = timezone.now()
    present = Break.objects.filter(duty=duty, ended_at=None)
    if present.filter(reason=reason).exists():
        return
    present.update(ended_at=now)
    Break.objects.create(duty=duty, reason=reason, began_at=now)
    _told(duty)


@transaction.atomic
def back(*, program_id: int, by: User) -> None:
    """The break is over; twice is the same. Raises permissions.NotVisible, NotOnDuty."""
    duty = _own(program_id, by)
    if Break.objects.filter(duty=duty, ended_at=None).update(ended_at=timezone.now()):
        _told(duty)
        later.offer(program_id)


def pause(*, by: User, until: datetime) -> None:
    """A break of care in every open duty of `by` until then; breaks of another kind go on. Raises NotOnDuty.

    `by` is locked by the caller. Where a pause goes on already, it goes on until the later end.
    """
    now, duties = timezone.now(), list(open_duties().filter(user=by))
    if not duties:
        raise NotOnDuty
    running = Break.objects.filter(duty__in=duties, ended_at=None)
    running.filter(reason=BreakReason.CARE).update(back_at=Greatest(F("back_at"), until))
    rests = set(running.values_list("duty_id", flat=True))
    for duty in duties:
        if duty.pk not in rests:
            Break.objects.create(duty=duty, reason=BreakReason.CARE, began_at=now, back_at=until)
        _told(duty)
        # What lies before them goes to somebody else at once.
        later.offer(duty.program_id)


def end_pauses() -> int:
    """End the pauses whose time is over; how many. Whoever came back before has ended theirs."""
    now = timezone.now()
    over = Break.objects.filter(back_at__lte=now, ended_at=None).values_list("pk", "duty__user_id")
    return sum(_end_pause(pk, user_id, now) for pk, user_id in over)


@transaction.atomic
def _end_pause(break_id: int, user_id: int, now: datetime) -> bool:
    permissions.lock_person(user_id)
    over = Break.objects.filter(pk=break_id, back_at__lte=now, ended_at=None).select_related("duty").first()
    if over is None:
        return False
    over.ended_at = over.back_at
    over.save(update_fields=["ended_at"])
    _told(over.duty)
    later.offer(over.duty.program_id)
    return True


@transaction.atomic
def check_out(*, program_id: int, by: User) -> int:
    """End the duty; how many records of the program are still to be written. Twice is the same.

    Raises permissions.NotVisible, HasOpenSessions.
    """
    permissions.lock_person(by.pk)
    permissions.require(by, Right.WORK_SHIFTS, program_id)
    mine = Session.objects.filter(counselor=by, program=program_id)
    duty = open_duties().filter(user=by, program=program_id).first()
    if duty is not None:
        if mine.filter(state__in=lifecycle.TAKEN).exists():
            raise HasOpenSessions
        _end(duty, timezone.now(), DutyEnd.CHECKED_OUT)
    return mine.filter(state=lifecycle.State.WRAP_UP).count()


def _end(duty: Duty, at: datetime, because: DutyEnd) -> None:
    Break.objects.filter(duty=duty, ended_at=None).update(ended_at=Greatest(F("began_at"), at))
    Duty.objects.filter(pk=duty.pk).update(ended_at=at, ended_because=because)
    _told(duty)


def close_forgotten() -> int:
    """End duties whose people left without checking out (plan: absent, no session); how many.

    They ended when the person was last seen, or with the shift, whichever is later.
    """
    now = timezone.now()
    seen = Greatest(F("began_at"), Coalesce(F("user__presence__seen_at"), F("began_at")))
    left = Greatest(seen, Coalesce(F("shift__ends_at"), seen))
    planned = Q(shift__isnull=False, left_at__lte=now - ABSENT_AFTER_SHIFT)
    unplanned = Q(shift=None, left_at__lte=now - ABSENT_UNPLANNED)
    due = open_duties().annotate(left_at=left).filter(planned | unplanned).values_list("pk", "user_id", "left_at")
    return sum(_close(pk, user_id, left_at) for pk, user_id, left_at in due)


@transaction.atomic
def _close(duty_id: int, user_id: int, left_at: datetime) -> bool:
    permissions.lock_person(user_id)
    duty = open_duties().filter(pk=duty_id).first()
    if duty is None:
        return False
    if Session.objects.filter(counselor=user_id, program=duty.program_id, state__in=lifecycle.TAKEN).exists():
        return False
    _end(duty, left_at, DutyEnd.FORGOTTEN)
    return True


def follow_shifts() -> int:
    """Who works on into their next shift begins a duty for it, so that hours are counted as planned; how many.

    Only who is there: for whoever went home the first duty is a forgotten one, and the next never began.
    """
    now = timezone.now()
    there = Q(user__presence__seen_at__gt=now - PRESENCE_LIFE)
    ended = open_duties().filter(~_ON_BREAK, there, shift__ends_at__lte=now)
    return sum(_follow(pk, user_id) for pk, user_id in ended.values_list("pk", "user_id"))


@transaction.atomic
def _follow(duty_id: int, user_id: int) -> bool:
    permissions.lock_person(user_id)
    now = timezone.now()
    duty = open_duties().select_related("shift").filter(pk=duty_id).first()
    if duty is None or duty.shift is None:
        return False
    running = Shift.objects.filter(user=user_id, program=duty.program_id, published_at__isnull=False)
    following = running.filter(starts_at__lte=now, ends_at__gt=now).exclude(pk=duty.shift.pk).first()
    if following is None:
        return False
    seam = min(now, max(duty.began_at, duty.shift.ends_at, following.starts_at))
    _end(duty, seam, DutyEnd.CHECKED_OUT)
    Duty.objects.create(program_id=duty.program_id, user_id=user_id, shift=following, began_at=seam)
    return True
