"""Shifts and what there is to know of them, in words: for those who work them and for those who plan."""

from datetime import datetime, time

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counseling.opening import TOKYO
from counseling.opening.hours import clock
from counseling.roster import Concern

# To the person whose hours they are.
KIND: dict[str, str | Promise] = {
    "double_booking": gettext_lazy("ほかのシフトと時間が重なっています。シフトの担当者に知らせてください。"),
    "long_day": gettext_lazy("この日は合わせて%(hours)sの予定です。休憩をとれるように、早めに声をかけてください。"),
    "long_week": gettext_lazy("この週は合わせて%(hours)sになります。つらいときは、無理をせずに相談してください。"),
    "short_rest": gettext_lazy("前の勤務から%(hours)sしか空いていません。休めそうにないときは、相談してください。"),
    "many_days": gettext_lazy("この日で%(days)s日続けての勤務です。休みがほしいときは、相談してください。"),
    "night_then_morning": gettext_lazy("夜の勤務のあとの朝です。休めそうにないときは、相談してください。"),
}
# To those who plan: whose it is stands before it.
PLAIN: dict[str, str | Promise] = {
    "double_booking": gettext_lazy("ほかのシフトと%(hours)s重なります"),
    "long_day": gettext_lazy("1日8時間を超えます(%(hours)s)"),
    "long_week": gettext_lazy("週40時間を超えます(%(hours)s)"),
    "short_rest": gettext_lazy("勤務の間が11時間より短くなります(%(hours)s)"),
    "many_days": gettext_lazy("%(days)s日続けての勤務になります"),
    "night_then_morning": gettext_lazy("夜の勤務の次の朝になります"),
}


def said(concern: Concern, words: dict[str, str | Promise]) -> str:
    """A concern as a sentence."""
    values = {"hours": duration(concern.values.get("minutes", 0)), "days": concern.values.get("days", 0)}
    return str(words[concern.kind]) % values


def duration(minutes: int) -> str:
    """As people say it: 10時間30分."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)d分") % {"minutes": rest}
    if not rest:
        return _("%(hours)d時間") % {"hours": hours}
    return _("%(hours)d時間%(minutes)d分") % {"hours": hours, "minutes": rest}


def span(starts_at: datetime, ends_at: datetime) -> str:
    """The times of a shift; past midnight it says so: 22:00–翌5:00."""
    starts, ends = starts_at.astimezone(TOKYO), ends_at.astimezone(TOKYO)
    till = clock(ends.hour * 60 + ends.minute)
    if ends.date() != starts.date() and ends.time() != time():
        till = _("翌%(time)s") % {"time": till}
    return f"{clock(starts.hour * 60 + starts.minute)}–{'24:00' if ends.time() == time() else till}"
