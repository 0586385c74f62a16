"""What keeps one visitor out for a while though the door is open: a block, what was agreed, the program's daily limit.

Danger to life overrules all of it; admission asks. What is counted and told here changes rows under the visitor's lock.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from counseling import arrangements, opening
from counseling.lifecycle import Refusal
from counseling.models import Approach, Block, Limit, Program, Session, Visitor
from counseling.opening import TOKYO

# No service day is longer, from its first opening to its last close.
LONGEST_DAY = timedelta(hours=48)
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Answer:
    """Which text somebody is told, and what stands in it."""

    key: str
    values: dict[str, str]


def block_of(visitor: Visitor, now: datetime) -> Block | None:
    """The block that holds for the visitor now."""
    block = Block.objects.filter(visitor=visitor, ended_at=None).first()
    return block if block and block.holds_on(now.astimezone(TOKYO).date()) else None


def limit_of(visitor: Visitor, now: datetime) -> Limit | None:
    """What is agreed with the visitor now."""
    limit = Limit.objects.filter(visitor=visitor, ended_at=None).first()
    return limit if limit and limit.holds_on(service_day(visitor.program, now)) else None


def carried_by(visitor: Visitor, now: datetime) -> dict[str, int | None]:
    """What a new sitting of the visitor carries of what is arranged: columns of the session."""
    latest = Approach.objects.filter(visitor=visitor).order_by("-number").first()
    limit = limit_of(visitor, now)
    return {
        "approach": latest.number if latest and latest.body else 0,
        "agreed_minutes": limit.minutes if limit else None,
    }


def refusal_of(visitor: Visitor, now: datetime) -> Refusal | None:
    """Why the visitor is kept out though others are let in; None where they are not."""
    if block_of(visitor, now):
        return Refusal.BARRED
    if (limit := limit_of(visitor, now)) and _again_by(limit, visitor, now):
        return Refusal.AGREED
    return Refusal.LIMITED if _has_used_up(visitor, now) else None


def answer_to(visitor: Visitor | None, refusal: Refusal, now: datetime, language: str) -> Answer:
    """The text for somebody whom `refusal` turns away: one who is blocked is told so, whatever the hour."""
    block = block_of(visitor, now) if visitor else None
    key = Refusal.BARRED if block else refusal
    names_a_day = key in {Refusal.BARRED, Refusal.AGREED}
    values = {"again": opening.day(_again(visitor, block, now), language)} if names_a_day else {}
    return Answer(str(key), values)


def turn_back(visitor: Visitor, refusal: Refusal, now: datetime, *, told: bool = False) -> Answer | None:
    """One more contact is turned away, and counted where an arrangement did it: what to tell, None for nothing.

    Who is blocked is told once in arrangements.TOLD_AGAIN_AFTER, and nobody who was `told` something else already.
    """
    block = block_of(visitor, now)
    if block is not None:
        block.times += 1
        lately = block.told_at is not None and block.told_at <= now < block.told_at + arrangements.TOLD_AGAIN_AFTER
        told = told or lately
        block.told_at = block.told_at if told else now
        block.save(update_fields=["times", "told_at"])
    elif refusal == Refusal.AGREED and (limit := limit_of(visitor, now)):
        limit.times += 1
        limit.save(update_fields=["times"])
    return None if told else answer_to(visitor, refusal, now, visitor.language)


def _again(visitor: Visitor | None, block: Block | None, now: datetime) -> date:
    """The day from which the visitor may come again; for nobody in particular, tomorrow."""
    limit = limit_of(visitor, now) if visitor and not block else None
    again = _again_by(limit, visitor, now) if visitor and limit else None
    return block.over_at.date() if block else again or now.astimezone(TOKYO).date() + timedelta(days=1)


def _again_by(limit: Limit, visitor: Visitor, now: datetime) -> date | None:
    taken = _days_taken(visitor, now, now - A_WEEK - LONGEST_DAY)
    return arrangements.again_on(taken, service_day(visitor.program, now), limit.agreed)


def _has_used_up(visitor: Visitor, now: datetime) -> bool:
    """Whether the visitor had as many sittings on this service day as the program allows."""
    most = visitor.program.daily_limit
    if most is None:
        return False
    return _days_taken(visitor, now, now - LONGEST_DAY).count(service_day(visitor.program, now)) >= most


def _days_taken(visitor: Visitor, now: datetime, since: datetime) -> list[date]:
    """The service day of each sitting that was accepted since then."""
    lately = Session.objects.filter(visitor=visitor, trial=False, queued_at__gt=since, queued_at__lte=now)
    return [service_day(visitor.program, at) for at in lately.values_list("queued_at", flat=True) if at]


def service_day(program: Program, at: datetime) -> date:
    """The day a moment belongs to: a night that began before midnight is the day before's."""
    return program.status_at(at).service_day or at.astimezone(TOKYO).date()
