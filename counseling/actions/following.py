"""What every way of beginning a follow-up (要フォロー) shares: by a record, a call, a visit or a supervisor.

The caller holds the session's row lock, or the visitor's.
"""

from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone

from accounts.models import User
from accounts.roles import Right, holders
from counseling import crypto, follow_ups, permissions
from counseling.follow_ups import Due, FollowState, Origin, Wanted
from counseling.forms import Answers, Form
from counseling.models import FollowUp, FollowUpStep, Membership, Session, Visitor
from counseling.models.follow_up import StepKind
from counseling.text import clean
from counseling.triage import Risk


class BadFollowUp(ValueError):
    """The follow-up cannot be as it is wanted; `problems`: field → code (follow_ups.problems_of; owner: trainee)."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(", ".join(f"{field}: {code}" for field, code in problems.items()))
        self.problems = problems


def owners(program_id: int, risk: int) -> dict[int, str]:
    """Who can have a follow-up of this risk, with their names: who takes sessions there; at high risk no trainees."""
    held = Membership.objects.filter(program=program_id, user__is_active=True, role__in=holders(Right.TAKE_SESSIONS))
    people = dict(held.order_by("user__name").values_list("user_id", "user__name"))
    if risk >= Risk.HIGH:
        for trainee in permissions.trainees(program_id, people):
            del people[trainee]
    return people


def problems_of(program_id: int, risk: int, wanted: Wanted) -> dict[str, str]:
    """What of it cannot be, field → code."""
    return follow_ups.problems_of(wanted, timezone.now(), frozenset(owners(program_id, risk)))


def begin(
    visitor: Visitor, wanted: Wanted, *, origin: Origin, by: User, client_id: UUID, risk: int, session: Session | None
) -> FollowUp:
    """Begin it, or note why there is to be none: at high risk a supervisor has yet to agree to that.

    Raises BadFollowUp.
    """
    now = timezone.now()
    if problems := problems_of(visitor.program_id, risk, wanted):
        raise BadFollowUp(problems)
    made = FollowUp(
        program_id=visitor.program_id, visitor=visitor, session=session, origin=origin, by=by, client_id=client_id,
        risk=risk, at=now, waived=wanted.is_waived, owner_id=None if wanted.is_waived else wanted.owner_id,
    )  # fmt: skip
    made.due = _due(wanted, now)
    if wanted.is_waived:
        asks = risk >= Risk.HIGH and not permissions.steers(by, visitor.program_id)
        made.state = FollowState.GIVING_UP if asks else FollowState.GIVEN_UP
        made.ended_at = None if asks else now
    made.save(force_insert=True)
    kind, words = (StepKind.WAIVED, wanted.why_not) if wanted.is_waived else (StepKind.MADE, wanted.what)
    step(made, kind, by=by, at=now, words=words, key=visitor.key())
    return made


def _due(wanted: Wanted, now: datetime) -> Due:
    """One that is not to be waits for its confirmation until the end of the day."""
    return Due(timezone.localdate(now)) if wanted.is_waived or wanted.day is None else Due(wanted.day, wanted.clock)


def step(
    follow_up: FollowUp, kind: StepKind, *, by: User | None, at: datetime, words: str = "", key: bytes = b""
) -> FollowUpStep:
    """Write down the next step with what stands after it, and keep the follow-up itself."""
    follow_up.version += 1
    follow_up.save()
    made = FollowUpStep(follow_up=follow_up, number=follow_up.version, kind=kind, by=by, at=at)
    made.due_at, made.owner_id, made.risk = follow_up.due_at, follow_up.owner_id, follow_up.risk
    if words.strip():
        made.words = crypto.seal(key, clean(words, limit=follow_ups.WORDS_LIMIT), made.place)
    made.save(force_insert=True)
    return made


def for_record(session: Session, form: Form, given: Answers, wanted: Wanted | None, *, by: User) -> None:
    """What a record that says 要フォロー requires: one follow-up, or why there is none; once it has one, nothing more.

    Raises BadFollowUp.
    """
    asked = follow_ups.asked_in(form)
    if session.trial or asked is None or not asked.is_wanted(given) or has_one(session):
        return
    begin(
        session.visitor, asked.told(given, wanted or Wanted()), origin=Origin.RECORD, by=by, client_id=uuid4(),
        risk=session.risk, session=session,
    )  # fmt: skip


def has_one(session: Session) -> bool:
    """Whether the session has led to a follow-up, from its record or before, or to the reason why not."""
    return FollowUp.objects.filter(session=session).exists()
