"""What follow-ups are called on the back office's pages."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counseling import opening
from counseling.actions import follow_ups, queue
from counseling.follow_ups import CannotFollow
from counseling.models import FollowUp
from counseling.models.follow_up import FollowState
from counseling.models.risk import RISKS
from counseling.pages.call_forms import language
from counseling.triage import Risk

Words = str | Promise

REFUSALS: dict[type[Exception], Words] = {
    follow_ups.ChangedMeanwhile: _(
        "ほかの人が先に、この要フォローを進めました。いまの内容を見て、もう一度お願いします。書いたものは残してあります。"
    ),
    CannotFollow: _("この要フォローは、もう終わっているか、いまはできません。"),
    queue.NotForTrainees: _("緊急度の高い方の要フォローは、研修中の人は担当できません。SVに知らせてください。"),
}
ORIGINS: dict[str, Words] = {
    "record": _("相談記録から"),
    "phone": _("電話の結果から"),
    "supervisor": _("職員の判断で"),
    "visit": _("訪問の結果から"),
}


def due_words(at: datetime, *, by_time: bool) -> str:
    """By when: 11月26日(木) 19:30まで, or within 11月26日(木)."""
    if by_time:
        return gettext("%(when)sまで") % {"when": opening.moment(at, language())}
    last = timezone.localdate(at - timedelta(seconds=1))
    return gettext("%(day)sのうち") % {"day": opening.day(last, language())}


@dataclass(frozen=True)
class Line:
    """One follow-up as it stands in the list; without its words. `readable`: whether its page is open to the reader."""

    row: FollowUp
    now: datetime
    readable: bool = True

    @property
    def when(self) -> str:
        """By when."""
        return due_words(self.row.due_at, by_time=self.row.by_time)

    @property
    def is_over(self) -> bool:
        """Whether a person has ended it."""
        return self.row.ended_at is not None

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been done by now."""
        return not self.is_over and self.row.due_at <= self.now

    @property
    def is_today(self) -> bool:
        """Whether it is due until the end of this day."""
        if self.is_over or self.is_overdue:
            return False
        last = self.row.due_at - timedelta(seconds=0 if self.row.by_time else 1)
        return timezone.localdate(last) == timezone.localdate(self.now)

    @property
    def is_asked(self) -> bool:
        """Whether somebody would give it up, and a supervisor decides."""
        return self.row.state == FollowState.GIVING_UP

    @property
    def risk(self) -> Words:
        """Its risk, in a word."""
        return RISKS[Risk(self.row.risk)]

    @property
    def is_high(self) -> bool:
        """Whether a life may be in danger."""
        return self.row.risk >= Risk.HIGH

    @property
    def origin(self) -> Words:
        """From where it came."""
        return ORIGINS[self.row.origin]

    @property
    def owner(self) -> str:
        """Whose it is; and that it fell to the shift, with the reason."""
        if self.row.owner is None:
            return gettext("その日のシフト")
        name = str(self.row.owner.name)
        if self.is_over or not getattr(self.row, "falls", False):
            return name
        if not getattr(self.row, "owner_here", True):
            return gettext("シフト(%(name)sさんは、もう担当できません)") % {"name": name}
        return gettext("シフト(%(name)sさんは、いま勤務していません)") % {"name": name}
