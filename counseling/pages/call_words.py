"""What calls are called on the back office's pages."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counseling import opening
from counseling.feeds import telephone as feed
from counseling.models import PhoneCall, PhoneTransfer
from counseling.models.risk import RISKS
from counseling.pages.call_forms import language
from counseling.telephone import PhoneStage, Voice
from counseling.triage import Risk

Words = str | Promise

VOICES: dict[str, Words] = {
    Voice.PROGRAM: _("窓口の名前を言ってよい"),
    Voice.SURNAME: _("名字だけを言う(窓口の名前は言わない)"),
    Voice.NOBODY: _("本人以外には何も話さず、切る"),
}
REFUSED: dict[str, Words] = {
    "not_active": _("いま相談が続いていないため、提案できません。"),
    "blocked": _("相談者がLINEをブロックしているため、届きません。"),
    "no_line": _("この窓口には、案内できる電話番号がありません。"),
    "no_call_back": _("この窓口では、折り返しの電話をしていません。"),
    "no_slot": _("いま選べる電話の時間がありません。"),
}
TAKEN_ALREADY = _("ほかの人が、この電話を引き受けています。")
NOT_ON_THE_LIST = _("この電話は、もう予定にありません。取り消されたか、終わっています。")
NOT_TAKEN = _("先に「わたしがかける」を押してください。")
NUMBER_GONE = _("番号はもう消してあります。かけるには、番号を聞きなおしてください。")
NOTED_BEFORE = _("この電話の結果は、もう記録されています。")
ON_THE_PHONE = _("いま電話中です。結果を記録してから、もう一度お願いします。")
NOT_FOR_TRAINEES = _("緊急度の高い方への電話は、研修中の人は引き受けられません。")


@dataclass(frozen=True)
class Line:
    """One call as it stands in the list."""

    transfer: PhoneTransfer
    now: datetime

    @property
    def when(self) -> str:
        """The slot that was promised: 11月26日(木) 19:30〜20:00."""
        start, end = self.transfer.slot_from, self.transfer.slot_until
        if start is None or end is None:
            return ""
        return f"{opening.moment(start, language())}〜{end.astimezone(opening.TOKYO):%H:%M}"

    @property
    def risk(self) -> Words:
        """The session's risk, in a word."""
        return RISKS[Risk(self.transfer.session.risk)]

    @property
    def is_high(self) -> bool:
        """Whether a life may be in danger."""
        return self.transfer.session.risk >= Risk.HIGH

    @cached_property
    def call(self) -> PhoneCall | None:
        """The call that is going on."""
        return next((one for one in self.transfer.calls.all() if one.ended_at is None), None)

    @property
    def is_overdue(self) -> bool:
        """Whether the visitor has waited longer than they were promised."""
        until = self.transfer.slot_until
        waits = self.transfer.stage != PhoneStage.OVER and self.call is None
        return waits and until is not None and until <= self.now

    @property
    def state(self) -> str:
        """Where it stands, in a word."""
        who = self.transfer.taken_by.name if self.transfer.taken_by else ""
        if self.transfer.stage == PhoneStage.OVER:
            return self.transfer.get_result_display()
        if self.call:
            return gettext("電話中(%(who)s)") % {"who": who}
        return gettext("%(who)sさんがかけます") % {"who": who} if who else gettext("かける人が決まっていません")

    @cached_property
    def number(self) -> str:
        """The number in stars."""
        return feed.masked(self.transfer)

    @property
    def voice(self) -> Words:
        """Whether we may say who we are."""
        return VOICES.get(self.transfer.voice, "")
