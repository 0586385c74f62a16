"""How long people waited, how long talks took, and how many messages were in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import F, Q
from django.db.models.expressions import CombinedExpression
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from counseling.lifecycle import State
from counseling.models.message import Author
from reports.measures.counts import COUNTED, VALID, Measure
from reports.rounding import half_up

MICROSECOND = timedelta(microseconds=1)
SECOND_MICROSECONDS = 1_000_000


@dataclass(frozen=True)
class Length:
    """The time between two moments of an access, of those for which `condition` holds."""

    key: str
    name: str | Promise
    definition: str | Promise
    condition: Q
    length: CombinedExpression


@dataclass(frozen=True)
class Measured:
    """What the lengths of `count` accesses come to; all but the count are zero where there is none.

    Median and 90th percentile by nearest rank: the length of an access that was, never one between two.
    """

    count: int
    total: timedelta
    longest: timedelta
    median: timedelta
    ninetieth: timedelta

    @classmethod
    def of(cls, lengths: Iterable[int]) -> Measured:
        """Of lengths in microseconds."""
        every = sorted(lengths)
        told = (sum(every), every[-1], _ranked(every, 50), _ranked(every, 90)) if every else (0, 0, 0, 0)
        return cls(len(every), *(one * MICROSECOND for one in told))

    @property
    def mean(self) -> timedelta | None:
        """Half up to the second; None where there is nothing to divide by."""
        seconds = half_up(self.total // MICROSECOND, self.count * SECOND_MICROSECONDS, places=0)
        return None if seconds is None else timedelta(seconds=int(seconds))


def _ranked(every: list[int], per_cent: int) -> int:
    """The length that so many per cent of all do not exceed."""
    return every[-(-len(every) * per_cent // 100) - 1]


WAIT = Length(
    "wait",
    _("待ち時間"),
    _(
        "受け付けてから、相談員の最初のことばまでの時間です。待っているあいだに離れた方は入りません。"
        "中央値と90%は、短い順に並べて半分、9割の方がその時間までに返事を受けたという値です。"
    ),
    # A clock that was put back would make a length that never was.
    COUNTED & Q(queued_at__isnull=False, first_response_at__gte=F("queued_at")),
    F("first_response_at") - F("queued_at"),
)
DURATION = Length(
    "duration",
    _("所要時間"),
    _("有効相談の、相談員の最初のことばから終わりまでの時間です。平均は秒の位まで四捨五入します。"),
    VALID.condition & Q(ended_at__gte=F("first_response_at")),
    F("ended_at") - F("first_response_at"),
)
ABANDONED = Measure(
    "abandoned",
    _("待つあいだに離れた"),
    _("受け付けたあと、相談員のことばが届く前に、離れたかブロックした方の数です。"),
    COUNTED & Q(queued_at__isnull=False, first_response_at__isnull=True, state__in=[State.ABANDONED, State.BLOCKED]),
)


def _between(least: int, below: int | None) -> Q:
    within = Q(duration__gte=timedelta(minutes=least))
    return within if below is None else within & Q(duration__lt=timedelta(minutes=below))


# From so many minutes to less than the next; conditions over `duration`, as DURATION measures it.
BANDS: tuple[tuple[int, int | None, Q], ...] = tuple(
    (least, below, _between(least, below))
    for least, below in ((0, 10), (10, 30), (30, 60), (60, 90), (90, 120), (120, None))
)


@dataclass(frozen=True)
class Messages:
    """What people wrote in the talks, without automatic texts."""

    name: str | Promise
    definition: str | Promise
    condition: Q
    by_visitors: Q


MESSAGES = Messages(
    _("メッセージ数"),
    _(
        "有効相談で人が送ったメッセージの数です。自動メッセージは入りません。取り消されたものは、送られたものとして数えます。"
    ),
    VALID.condition,
    Q(author=Author.VISITOR),
)


def share_of_visitors(visitors: int, counselors: int) -> Decimal | None:
    """How many of ten messages are the visitors': half up, one decimal."""
    return half_up(visitors * 10, visitors + counselors)
