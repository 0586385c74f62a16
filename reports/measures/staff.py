"""Hours of staff (相談員の稼働時間): what was planned, what was worked, and how many talks an hour of it met.

A shift and a duty belong to the day on which they begin, whole: over midnight, and over the end of March. They are the
hours of the page for planners (counseling.feeds.worked), of everybody together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.rounding import half_up

MICROSECOND = timedelta(microseconds=1)
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


@dataclass(frozen=True)
class Named:
    """A figure of the hours of staff, with its words."""

    key: str
    name: str | Promise
    definition: str | Promise


PLANNED = Named(
    "staff_planned",
    _("予定の時間"),
    _("公開したシフトのうち、担当する人が決まっていて、もう終わったものの長さの合計です。"),
)
WORKED = Named(
    "staff_worked",
    _("勤務した時間"),
    _(
        "出勤から退勤までの時間から、休憩・食事・その他の離席を引いた合計です。打ち合わせ、記録の作成、ケアの休憩は勤務に入ります。勤務中のものは、退勤してから数えます。"
    ),
)
DUTIES = Named("staff_duties", _("勤務の数"), _("出勤してから退勤するまでを1つと数えます。"))
PEOPLE = Named("staff_people", _("勤務した人"), _("同じ人は1人と数えます。"))
PER_HOUR = Named(
    "answered_per_staff_hour",
    _("勤務1時間あたりの対応件数"),
    _("対応件数 ÷ 勤務した時間(小数第1位まで四捨五入)。勤務した時間が0なら、出しません。"),
)
STAFF = (PLANNED, WORKED, DUTIES, PEOPLE, PER_HOUR)


@dataclass(frozen=True)
class Staffed:
    """The hours of a program's staff: by day, counted from 0, and by person, who is never named."""

    planned: Mapping[int, timedelta]
    worked: Mapping[int, timedelta]
    by_person: tuple[timedelta, ...]
    duties: int

    @property
    def planned_in_all(self) -> timedelta:
        """All that was planned."""
        return sum(self.planned.values(), timedelta(0))

    @property
    def worked_in_all(self) -> timedelta:
        """All that was worked."""
        return sum(self.worked.values(), timedelta(0))

    @property
    def people(self) -> int:
        """How many people worked."""
        return len(self.by_person)


def to_second(time: timedelta) -> timedelta:
    """Half up to the second."""
    seconds = half_up(time // MICROSECOND, SECOND // MICROSECOND, places=0)
    return timedelta(seconds=int(seconds or 0))


def per_hour(count: int, time: timedelta) -> Decimal | None:
    """How many of something an hour met: half up, one decimal; None where nobody worked."""
    return half_up(count * (HOUR // MICROSECOND), time // MICROSECOND)
