"""Heavy talks, and what was done for their counselors since: for supervisors, and for oneself. Reading only."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Least

from accounts.models import User
from counseling import care
from counseling.care import PauseAnswer, Weight
from counseling.events import AftercareView
from counseling.feeds.crew import open_duties
from counseling.models import Aftercare, Assignment, Break, Duty, Program, SessionEvent
from counseling.models.duty import BreakReason
from counseling.triage import Risk

# A part in a session that lasted longer is not looked for.
LONGEST_TALK = timedelta(days=1)
# What nobody has talked over leaves the list after this.
SHOWN_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Stint:
    """Somebody's part in a session that is over for them; `weights` are empty where it was not heavy."""

    assignment: Assignment
    over_at: datetime
    weights: tuple[Weight, ...]
    aftercare: Aftercare
    due_at: datetime | None = None

    def is_overdue(self, now: datetime) -> bool:
        """Whether the shift is over in which it should have been talked over."""
        return not self.aftercare.debrief and self.due_at is not None and self.due_at <= now

    def offers_pause(self, now: datetime) -> bool:
        """Whether they may take a pause after it now; who declined may think better of it."""
        fresh = now < self.over_at + care.OFFERED_FOR
        wished = self.assignment.session.program.care_pause > timedelta(0)
        return bool(self.weights) and wished and fresh and self.aftercare.pause != PauseAnswer.TAKEN


def aftercare(stint: Stint, now: datetime) -> AftercareView:
    """What its counselor is told of it."""
    minutes = stint.assignment.session.program.care_pause // timedelta(minutes=1)
    return {
        "heavy": bool(stint.weights),
        "hard": stint.aftercare.hard,
        "minutes": minutes if stint.offers_pause(now) else 0,
        "pause": stint.aftercare.pause,  # type: ignore[typeddict-item]
    }


def over_since(since: datetime) -> QuerySet[Assignment]:
    """Parts in sessions that ended after `since`, each with `over_at` and `high`: its risk was high before that."""
    parts = Assignment.objects.filter(since__gt=since - LONGEST_TALK, session__trial=False)
    ended = parts.annotate(over_at=Least("until", "session__ended_at"))
    raised = SessionEvent.objects.filter(
        session=OuterRef("session"),
        kind="risk.changed",
        details__level__gte=int(Risk.HIGH),
        at__lte=OuterRef("over_at"),
    )
    return ended.annotate(high=Exists(raised)).filter(over_at__gt=since).order_by("over_at", "pk")


def stints(rows: QuerySet[Assignment]) -> list[Stint]:
    """These rows of `over_since` as the rule sees them: one query."""
    return [_stint(row) for row in rows.select_related("user", "session__visitor", "session__program", "aftercare")]


def _stint(row: Assignment) -> Stint:
    over_at: datetime = vars(row)["over_at"]
    kept = getattr(row, "aftercare", None) or Aftercare(assignment=row)
    weights = care.weights(
        high_risk=vars(row)["high"],
        lasted=over_at - row.since,
        heavy_after=row.session.program.heavy_after,
        said=kept.hard,
    )
    return Stint(row, over_at, weights, kept)


def heavy_of(program: Program, now: datetime) -> list[Stint]:
    """The program's heavy talks of the last days with until when each is due, oldest first: two queries."""
    rows = over_since(now - SHOWN_FOR).filter(session__program=program)
    return _due([stint for stint in stints(rows.select_related("aftercare__debriefed_by")) if stint.weights])


def _due(found: list[Stint]) -> list[Stint]:
    """With until when each should be talked over, by the duty in which it ended: one query for all."""
    duties = _duties_of(found)
    return [
        Stint(one.assignment, one.over_at, one.weights, one.aftercare, _due_at(one, duties[one.assignment.user_id]))
        for one in found
    ]


def _duties_of(found: list[Stint]) -> dict[int, list[Duty]]:
    duties: dict[int, list[Duty]] = defaultdict(list)
    if found:
        programs = {one.assignment.session.program_id for one in found}
        people = {one.assignment.user_id for one in found}
        lately = Q(ended_at=None) | Q(ended_at__gte=min(one.over_at for one in found))
        for duty in Duty.objects.filter(lately, user__in=people, program__in=programs).select_related("shift"):
            duties[duty.user_id].append(duty)
    return duties


def _due_at(stint: Stint, duties: list[Duty]) -> datetime | None:
    """None while nothing says when the shift ends: a duty nobody planned that goes on."""
    program_id = stint.assignment.session.program_id
    for duty in duties:
        ended = duty.ended_at is not None and duty.ended_at < stint.over_at
        if duty.program_id == program_id and duty.began_at <= stint.over_at and not ended:
            ends = (duty.shift.ends_at if duty.shift else None, duty.ended_at)
            return care.due_at(stint.over_at, ends) if any(ends) else None
    return care.due_at(stint.over_at, ())


@dataclass(frozen=True)
class AtWork:
    """Somebody on duty in a program, with how many heavy talks this shift brought them."""

    user: User
    heavy: int
    pause_until: datetime | None
    declined: bool


def at_work(program: Program, now: datetime) -> list[AtWork]:
    """Everybody on duty in the program, by name (and never by number): two queries."""
    pause = {"away": F("pause__reason"), "back_at": F("pause__back_at")}
    duties = list(open_duties().filter(program=program).annotate(**pause).select_related("user"))
    return [
        AtWork(
            user=duty.user,
            heavy=len(mine),
            pause_until=vars(duty)["back_at"] if vars(duty)["away"] == BreakReason.CARE else None,
            declined=bool(mine) and mine[-1].aftercare.pause == PauseAnswer.DECLINED,
        )
        for duty, mine in _of_duties(sorted(duties, key=lambda duty: (duty.user.name, duty.user_id)), now)
    ]


def counts(program: Program, now: datetime) -> dict[int, int]:
    """By person on duty: the heavy talks of this shift, where there are any."""
    return dict(Counter({one.user.pk: one.heavy for one in at_work(program, now) if one.heavy}))


def _of_duties(duties: list[Duty], now: datetime) -> Iterable[tuple[Duty, list[Stint]]]:
    """Each with the heavy talks that ended in it."""
    if not duties:
        return ()
    rows = over_since(min(duty.began_at for duty in duties)).filter(
        session__program__in={duty.program_id for duty in duties}, user__in={duty.user_id for duty in duties}
    )
    heavy = [one for one in stints(rows) if one.weights and one.over_at <= now]
    return [
        (
            duty,
            [
                one
                for one in heavy
                if (one.assignment.user_id, one.assignment.session.program_id) == (duty.user_id, duty.program_id)
                and one.over_at >= duty.began_at
            ],
        )
        for duty in duties
    ]


def own_of_shift(user: User, program_ids: Iterable[int], now: datetime) -> list[Stint]:
    """What `user` has ended since their duty began, or in the last hours, newest first, heavy or not."""
    begun = open_duties().filter(user=user).order_by("began_at").values_list("began_at", flat=True).first()
    since = min(begun or now, now - care.OFFERED_FOR)
    rows = over_since(since).filter(user=user, session__program__in=list(program_ids))
    return stints(rows.select_related("aftercare__debriefed_by"))[::-1]


def pausing_until(user: User) -> datetime | None:
    """Until when somebody rests after a heavy talk; None while they do not."""
    pauses = Break.objects.filter(duty__user=user, reason=BreakReason.CARE, ended_at=None)
    return pauses.order_by("-back_at").values_list("back_at", flat=True).first()
