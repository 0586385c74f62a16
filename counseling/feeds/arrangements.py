"""What is arranged for visitors: for whoever has one in a talk, and for the supervisors who decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Max, Q

from counseling import events
from counseling.events import ApproachView
from counseling.models import Approach, Block, Limit, Program, Session, Visitor
from counseling.models.arrangement import Decision

D = TypeVar("D", bound=Decision)


def approach_view(visitor: Visitor) -> ApproachView:
    """How to answer this visitor, opened with their key."""
    latest = Approach.objects.filter(visitor=visitor).select_related("by").order_by("-number").first()
    if latest is None or not latest.body:
        return {"number": 0, "text": "", "by": None, "at": None}
    return {
        "number": latest.number,
        "text": latest.words(visitor.key(), "body"),
        "by": events.person(latest.by),
        "at": latest.at.isoformat(),
    }


@dataclass(frozen=True)
class Arranged:
    """A visitor of the list, with what holds for them today; no words."""

    visitor: Visitor
    approach: Approach | None
    limit: Limit | None
    block: Block | None
    last_at: datetime | None

    @property
    def ends_on(self) -> date | None:
        """The first day after which something of it is over."""
        return min((one.ends_on for one in (self.limit, self.block) if one), default=None)


def arranged(program: Program, today: date) -> list[Arranged]:
    """Every visitor of the program for whom something holds today; what ends soonest first: five queries."""
    of_program = Q(visitor__program=program, ended_at=None, ends_on__gte=today)
    limits = _by_visitor(Limit.objects.filter(of_program).select_related("by"))
    blocks = _by_visitor(Block.objects.filter(of_program).select_related("by"))
    latest = Approach.objects.filter(visitor__program=program).order_by("visitor", "-number").distinct("visitor")
    approaches = {pk: one for pk, one in _by_visitor(latest.select_related("by")).items() if one.body}
    visitors = Visitor.objects.filter(pk__in={*limits, *blocks, *approaches}).exclude(wrapped_key=b"")
    came = Session.objects.filter(visitor__in=visitors, trial=False).values_list("visitor").annotate(Max("received_at"))
    last = dict(came)
    found = [
        Arranged(one, approaches.get(one.pk), limits.get(one.pk), blocks.get(one.pk), last.get(one.pk))
        for one in visitors.order_by("pseudonym")
    ]
    return sorted(found, key=lambda one: (one.ends_on is None, one.ends_on or today))


def _by_visitor(rows: Iterable[D]) -> dict[int, D]:
    return {row.visitor_id: row for row in rows}


@dataclass(frozen=True)
class Version:
    """One version of how to answer a visitor, opened."""

    row: Approach
    words: str


@dataclass(frozen=True)
class Decided:
    """A limit or a block with its words, opened: why, and for a limit what the visitor was told."""

    row: Limit | Block
    words: str
    told: str = ""


@dataclass(frozen=True)
class History:
    """All that was ever arranged for a visitor, the latest first."""

    approaches: list[Version]
    limits: list[Decided]
    blocks: list[Decided]


def history(visitor: Visitor) -> History:
    """All that was arranged for this visitor, words and all: three queries."""
    key = visitor.key()
    approaches = Approach.objects.filter(visitor=visitor).select_related("by").order_by("-number")
    limits = Limit.objects.filter(visitor=visitor).select_related("by", "ended_by").order_by("-pk")
    blocks = Block.objects.filter(visitor=visitor).select_related("by", "ended_by").order_by("-pk")
    return History(
        [Version(one, one.words(key, "body")) for one in approaches],
        [Decided(one, one.words(key, "reason"), one.words(key, "told")) for one in limits],
        [Decided(one, one.words(key, "reason")) for one in blocks],
    )
