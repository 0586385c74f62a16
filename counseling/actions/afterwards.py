"""Sessions entered afterwards (あとから記録する相談): what happened on the telephone or at a visit is one, too.

It never waits and takes no words: it begins where a talk ends, with its record due, which `records.file` closes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import crypto, histories, lifecycle, permissions, timeline
from counseling.actions import queue, risk, visits
from counseling.actions.numbering import numbered
from counseling.lifecycle import EndReason, Medium, Move, State
from counseling.models import Assignment, Channel, Part, Session, Visitor
from counseling.models.edition import number
from counseling.models.program import ChannelKind
from counseling.triage import Risk

# Longer ago nobody remembers it well enough; a visit with the way there takes a day at most.
ENTERED_WITHIN = timedelta(days=90)
LONGEST = timedelta(hours=12)
# Times are told to the minute, and a call of seconds as one minute: the running one may be its end.
MINUTE = timedelta(minutes=1)


class CannotEnter(ValueError):
    """What was told cannot have been so; `problems` lists (field, code).

    Codes: medium: unknown; began: too_old, future; ended: before, too_long, future; counselor: not_there;
    word: missing.
    """

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{field}: {code}" for field, code in problems))
        self.problems = problems


class EnteredOtherwise(Exception):
    """The same person's talk with this visitor from that moment on is there, and ended at another time."""

    def __init__(self, session: Session) -> None:
        super().__init__(str(session))
        self.session = session


@dataclass(frozen=True)
class Told:
    """What is told of a talk: by which medium, from when to when, who of ours talked, and how urgent it was found."""

    medium: str
    began: datetime
    ended: datetime
    counselor_id: int
    level: Risk = Risk.NONE
    word: str = ""  # why it was found urgent


@transaction.atomic
def enter(*, visitor_id: int, by: User, told: Told, address: str | None = None) -> tuple[Session, bool]:
    """Enter a talk with a visitor that `by` may know; True when it is new. Somebody else's only a supervisor enters.

    Raises permissions.NotVisible, CannotEnter, EnteredOtherwise, text.UnacceptableText.
    """
    histories.require(by, visitor_id)
    return _enter(_locked(visitor_id), by, told, address)


@transaction.atomic
def enter_of_stranger(
    *, program_id: int, by: User, client_id: UUID, told: Told, address: str | None = None
) -> tuple[Session, bool]:
    """Enter a talk with somebody who never wrote: a visitor of their own, at whom no message ever arrives.

    The same `client_id` is the same visitor. Raises permissions.NotVisible, CannotEnter, EnteredOtherwise,
    text.UnacceptableText.
    """
    permissions.require(by, Right.TAKE_SESSIONS, program_id)
    web = Channel.objects.filter(program=program_id, kind=ChannelKind.WEB).order_by("pk").first()
    if web is None:
        raise permissions.NotVisible
    # Found again by nobody but this form: the key of the hash never leaves the house.
    identity = crypto.keyed_hash(str(client_id), f"afterwards:{program_id}/{by.pk}")
    visitor = visits.visitor_for(channel_id=web.pk, identity=identity, create=True)
    assert visitor is not None  # noqa: S101 - `create` made it
    return _enter(visitor, by, told, address)


def _locked(visitor_id: int) -> Visitor:
    """The visitor under their row lock; nobody who was erased."""
    rows = Visitor.objects.select_for_update(of=("self",), no_key=True).select_related("program", "channel")
    visitor = rows.filter(pk=visitor_id).exclude(wrapped_key=b"").first()
    if visitor is None:
        raise permissions.NotVisible
    return visitor


def _enter(visitor: Visitor, by: User, told: Told, address: str | None) -> tuple[Session, bool]:
    """The caller holds the visitor's lock: who enters the same at the same time waits here."""
    counselor = _counselor(visitor, by, told.counselor_id)
    if problems := list(_problems(told, counselor, timezone.now())):
        raise CannotEnter(problems)
    assert counselor is not None  # noqa: S101 - a problem otherwise
    entered = Session.objects.exclude(medium=Medium.CHAT).filter(visitor=visitor, counselor=counselor)
    if same := entered.filter(received_at=told.began).first():
        if (same.medium, same.ended_at) != (told.medium, told.ended):
            raise EnteredOtherwise(same)
        return same, False
    session = _made(visitor, counselor, told)
    timeline.record(session, "session.entered", at=timezone.now(), by=by, medium=told.medium)
    if told.level > Risk.NONE:
        risk.assess(
            session_id=session.pk, by=by, client_id=uuid4(), form=number(session.editions, Part.RISK), answers={},
            level=told.level, word=told.word,
        )  # fmt: skip
    audit.note(
        Deed.SESSION_ENTERED,
        by=by,
        subject=f"session:{session.pk}",
        program_id=visitor.program_id,
        address=address,
        medium=told.medium,
    )
    return session, True


def _counselor(visitor: Visitor, by: User, counselor_id: int) -> User | None:
    """Who talked, where they take sessions in the program. Raises permissions.NotVisible for a talk of others."""
    if counselor_id != by.pk:
        permissions.require(by, Right.STEER, visitor.program_id)
    counselor = User.objects.filter(pk=counselor_id).first()
    there = counselor and permissions.programs(counselor, Right.TAKE_SESSIONS).filter(pk=visitor.program_id).exists()
    return counselor if there else None


def _problems(told: Told, counselor: User | None, now: datetime) -> Iterator[tuple[str, str]]:
    if told.medium not in {Medium.TELEPHONE, Medium.VISIT}:
        yield "medium", "unknown"
    if told.began > now:
        yield "began", "future"
    elif told.began < now - ENTERED_WITHIN:
        yield "began", "too_old"
    if told.ended > now + MINUTE:
        yield "ended", "future"
    elif told.ended <= told.began:
        yield "ended", "before"
    elif told.ended - told.began > LONGEST:
        yield "ended", "too_long"
    if counselor is None:
        yield "counselor", "not_there"
    if told.level > Risk.NONE and not told.word.strip():
        yield "word", "missing"


def _made(visitor: Visitor, counselor: User, told: Told) -> Session:
    """The session, over since `told.ended`; the person whose record is due had it from beginning to end."""
    accepted = Session.objects.filter(visitor=visitor, queued_at__isnull=False).count()
    program = visitor.program
    session = Session.objects.create(
        visitor=visitor,
        medium=told.medium,
        **numbered(program.pk),
        state=lifecycle.after(Move.ENTER, State.INTAKE),
        counselor=counselor,
        visits=max(accepted, 1),
        editions=program.editions,
        trial=program.practice,
        received_at=told.began,
        first_claimed_at=told.began,
        first_response_at=told.began,
        last_visitor_at=told.ended,
        ended_at=told.ended,
        end_reason=EndReason.CONCLUDED,
    )
    Assignment.objects.create(
        session=session, user=counselor, role=queue.role_of(counselor, program.pk), since=told.began, until=told.ended,
        began_because="entered", ended_because="entered",
    )  # fmt: skip
    return session
