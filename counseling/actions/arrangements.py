"""What supervisors arrange for one visitor (取り決め): how to answer them, what is agreed with them, and a block.

Whoever decides has seen what stood before (`seen`, by its number or id): where somebody else decided meanwhile, they
are told of that first. The sittings that go on learn it by their logs, without words; the visitor learns nothing here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import arrangements, permissions, timeline
from counseling.actions.keeping_out import service_day
from counseling.actions.messages import ClientIdReused
from counseling.arrangements import Agreed, BlockReason
from counseling.lifecycle import LIVE
from counseling.models import Approach, Block, Limit, Session, Visitor
from counseling.models.arrangement import Decision, Lasting
from counseling.opening import TOKYO
from counseling.text import clean

APPROACH_LIMIT, WORDS_LIMIT = 2_000, 1_000  # UTF-16 units
D = TypeVar("D", bound=Decision)
L = TypeVar("L", Limit, Block)


class DecidedMeanwhile(Exception):
    """Another supervisor decided since this one looked: `latest` is what stands now, None where it was ended."""

    def __init__(self, latest: Decision | None) -> None:
        super().__init__(str(latest))
        self.latest = latest


class CannotArrange(ValueError):
    """What was decided cannot be; `problems` lists (field, code)."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{field}: {code}" for field, code in problems))
        self.problems = problems


class NothingThere(Exception):
    """What was to be ended is over."""


@dataclass(frozen=True)
class Wish:
    """Who decides, about whom, knowing what; the same `client_id` is one decision."""

    visitor_id: int
    by: User
    client_id: UUID
    seen: int
    address: str | None = None


@transaction.atomic
def write_approach(*, wish: Wish, words: str) -> Approach:
    """Write how to answer the visitor, as the next version; without words nothing holds any more.

    Raises permissions.NotVisible, text.UnacceptableText, DecidedMeanwhile, messages.ClientIdReused.
    """
    words = clean(words, limit=APPROACH_LIMIT) if words.strip() else ""
    visitor = _locked(wish.visitor_id, wish.by)
    if same := _taken_before(Approach, wish):
        return _same(same, same.words(visitor.key(), "body") == words)
    latest = Approach.objects.filter(visitor=visitor).order_by("-number").first()
    _require_seen(wish, latest, latest.number if latest else 0)
    made = Approach(**_by(wish), number=latest.number + 1 if latest else 1)
    made.seal(visitor.key(), "body", words)
    made.save(force_insert=True)
    _tell_sittings(visitor, wish.by, made.at, "approach", approach=made.number if words else 0)
    did = "changed" if words else "removed"
    _note(Deed.APPROACH_WRITTEN, wish.by, visitor, wish.address, version=made.number, did=did)
    return made


@transaction.atomic
def agree(*, wish: Wish, agreed: Agreed, reason: str, told: str) -> Limit:
    """What is agreed with the visitor about their use from now on, why, and what they were told.

    Raises permissions.NotVisible, text.UnacceptableText, CannotArrange, DecidedMeanwhile, messages.ClientIdReused.
    """
    reason, told = clean(reason, limit=WORDS_LIMIT), clean(told, limit=WORDS_LIMIT)
    visitor = _locked(wish.visitor_id, wish.by)
    key = visitor.key()
    if same := _taken_before(Limit, wish):
        as_then = (same.agreed, same.words(key, "reason"), same.words(key, "told")) == (agreed, reason, told)
        return _same(same, as_then)
    _require_possible(arrangements.problems_of(agreed, service_day(visitor.program, timezone.now())))
    _replace(Limit, wish)
    made = Limit(**_by(wish), ends_on=agreed.ends_on)
    made.per_day, made.per_week, made.minutes = agreed.per_day, agreed.per_week, agreed.minutes
    made.seal(key, "reason", reason)
    made.seal(key, "told", told)
    made.save(force_insert=True)
    _tell_sittings(visitor, wish.by, made.at, "limit", agreed_minutes=agreed.minutes)
    _note(Deed.LIMIT_AGREED, wish.by, visitor, wish.address, last=str(agreed.ends_on), **made.numbers)
    return made


@transaction.atomic
def end_limit(*, visitor_id: int, row_id: int, by: User, address: str | None = None) -> None:
    """What was agreed holds no more. Raises permissions.NotVisible, NothingThere."""
    visitor = _locked(visitor_id, by)
    ended = _end(Limit, visitor, row_id, by)
    _tell_sittings(visitor, by, ended, "limit_ended", agreed_minutes=None)
    _note(Deed.LIMIT_ENDED, by, visitor, address)


@transaction.atomic
def block(*, wish: Wish, ends_on: date, code: BlockReason, reason: str) -> Block:
    """Take no sitting of the visitor up to and including this day, unless a life is in danger; again: to renew it.

    A talk that goes on goes on, and who waits is not sent away. Raises permissions.NotVisible, text.UnacceptableText,
    CannotArrange, DecidedMeanwhile, messages.ClientIdReused.
    """
    reason = clean(reason, limit=WORDS_LIMIT)
    visitor = _locked(wish.visitor_id, wish.by)
    if same := _taken_before(Block, wish):
        as_then = (same.ends_on, same.code, same.words(visitor.key(), "reason")) == (ends_on, code, reason)
        return _same(same, as_then)
    _require_possible(arrangements.ends_problem(ends_on, _today(), arrangements.BLOCK_DAYS))
    _replace(Block, wish)
    made = Block(**_by(wish), ends_on=ends_on, code=code)
    made.seal(visitor.key(), "reason", reason)
    made.save(force_insert=True)
    _tell_sittings(visitor, wish.by, made.at, "block")
    _note(Deed.VISITOR_BLOCKED, wish.by, visitor, wish.address, last=str(ends_on), reason=code)
    return made


@transaction.atomic
def lift(*, visitor_id: int, row_id: int, by: User, address: str | None = None) -> None:
    """Take the visitor again from now on; they are not told. Raises permissions.NotVisible, NothingThere."""
    visitor = _locked(visitor_id, by)
    lifted = _end(Block, visitor, row_id, by)
    _tell_sittings(visitor, by, lifted, "block_lifted")
    _note(Deed.BLOCK_LIFTED, by, visitor, address)


@transaction.atomic
def look(*, visitor_id: int, by: User, address: str | None = None) -> Visitor:
    """Somebody opens what is arranged for a visitor, words and all. Raises permissions.NotVisible."""
    visitor = _locked(visitor_id, by)
    _note(Deed.ARRANGEMENT_READ, by, visitor, address)
    return visitor


def _locked(visitor_id: int, by: User) -> Visitor:
    """The visitor under their row lock, for someone who steers their program; nobody who was erased."""
    visitors = Visitor.objects.select_for_update(of=("self",), no_key=True).select_related("program", "channel")
    visitor = visitors.filter(pk=visitor_id).exclude(wrapped_key=b"").first()
    if visitor is None:
        raise permissions.NotVisible
    permissions.require(by, Right.STEER, visitor.program_id)
    return visitor


def _by(wish: Wish) -> dict[str, object]:
    return {"visitor_id": wish.visitor_id, "by": wish.by, "client_id": wish.client_id, "at": timezone.now()}


def _today() -> date:
    return timezone.now().astimezone(TOKYO).date()


def _taken_before(kind: type[D], wish: Wish) -> D | None:
    return kind._default_manager.filter(visitor=wish.visitor_id, by=wish.by, client_id=wish.client_id).first()


def _same(known: D, as_then: bool) -> D:  # noqa: FBT001 - private, named where it is made
    if not as_then:
        raise ClientIdReused
    return known


def _require_seen(wish: Wish, latest: Decision | None, stands: int) -> None:
    if wish.seen != stands:
        raise DecidedMeanwhile(latest)


def _require_possible(problems: Iterator[tuple[str, str]]) -> None:
    if found := list(problems):
        raise CannotArrange(found)


def _replace(kind: type[L], wish: Wish) -> None:
    """What holds, and was seen, is over with what takes its place; what was over already is closed where it ended."""
    today, now = _today(), timezone.now()
    last = kind._default_manager.filter(visitor=wish.visitor_id, ended_at=None).select_related("by").first()
    holds = last if last and last.holds_on(today) else None
    _require_seen(wish, holds, holds.pk if holds else 0)
    if last is not None:
        _close(last, min(now, last.over_at), wish.by if holds else None)


def _end(kind: type[L], visitor: Visitor, row_id: int, by: User) -> datetime:
    now = timezone.now()
    row = kind._default_manager.filter(visitor=visitor, pk=row_id, ended_at=None).first()
    if row is None or not row.holds_on(_today()):
        raise NothingThere
    _close(row, now, by)
    return now


def _close(row: Lasting, at: datetime, by: User | None) -> None:
    row.ended_at, row.ended_by = at, by
    row.save(update_fields=["ended_at", "ended_by"])


def _tell_sittings(visitor: Visitor, by: User, at: datetime, arranged: str, **columns: int | None) -> None:
    """What of it the visitor's present sittings carry, and that it is so: consoles and walls learn it at once."""
    for pk in Session.objects.filter(visitor=visitor, state__in=LIVE).order_by("pk").values_list("pk", flat=True):
        session = permissions.locked(pk)
        if session.state in LIVE:
            for name, value in columns.items():
                setattr(session, name, value)
            timeline.record(session, "session.arranged", at=at, by=by, fields=tuple(columns), arranged=arranged)


def _note(deed: Deed, by: User, visitor: Visitor, address: str | None, **details: object) -> None:
    audit.note(deed, by=by, subject=f"visitor:{visitor.pk}", program_id=visitor.program_id, address=address, **details)
