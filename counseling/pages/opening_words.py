"""Opening hours in words, for those who set them: days, what is wrong with what was typed, and what changed."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from counseling.bounds import COUNTS
from counseling.feeds.opening import Here
from counseling.opening import TOKYO, Difference, OpenWindow, Windows
from counseling.opening.hours import DAY_MINUTES, DAY_NAMES, LONGEST_INTAKE_CLOSE_MINUTES, MOST_WINDOWS
from counseling.pages.forecast_words import day_title
from counseling.pages.opening_forms import Problem

NAMES: dict[str, str | Promise] = {
    **{name: WEEKDAYS[place] for place, name in enumerate(DAY_NAMES)},
    "holiday": gettext_lazy("祝日"),
    "year_end_closed": gettext_lazy("年末年始の休み"),
    "intake_close": gettext_lazy("受付締切"),
    "daily_limit": gettext_lazy("1日の上限回数"),
}
VALUES: dict[str, str | Promise] = {
    "closed": gettext_lazy("休み"),
    "as_usual": gettext_lazy("曜日どおり"),
    "on": gettext_lazy("する"),
    "off": gettext_lazy("しない"),
    "no_limit": gettext_lazy("制限なし"),
}
WHY: dict[str, str | Promise] = {
    "bad_text": gettext_lazy("時間として読めません。「10:00–18:00」や「20時〜翌2時」のように書いてください。"),
    "ambiguous": gettext_lazy(
        "昼か夜か、どちらにも読めます。「12:00」「24:00」「20:00」のように、24時間の時刻で書いてください。"
    ),
    "end_before_start": gettext_lazy(
        "終わりが始まりより前です。夜をまたぐときは「20:00–翌2:00」か「20:00–26:00」と書いてください。"
    ),
    "past_32": gettext_lazy("終わりは翌朝8:00(32:00)までです。そのあとは、次の曜日の行に書いてください。"),
    "starts_next_day": gettext_lazy("始まりが翌日です。次の曜日の行に書いてください。"),
    "overlap": gettext_lazy("同じ日のほかの時間と重なっています。どちらかを直してください。"),
    "no_window": gettext_lazy("時間が書かれていません。休みにするなら「休み」にしてください。"),
    "bad_date": gettext_lazy("日付として読めません。2026-12-24のように書いてください。"),
    "bad_year": gettext_lazy("2000年から2100年までの日付にしてください。"),
    "past": gettext_lazy("過ぎた日です。これからの日付にしてください。"),
    "twice": gettext_lazy("同じ日付が2回あります。1行にまとめてください。"),
}


def why(code: str) -> str:
    """What is wrong with a field, and what to do about it."""
    match code:
        case "too_many" | "too_long":
            return _("1日に書ける時間は%(most)dまでです。") % {"most": MOST_WINDOWS}
        case "bad_minutes":
            return _("0から%(most)dまでの分数で書いてください。") % {"most": LONGEST_INTAKE_CLOSE_MINUTES}
        case "bad_limit":
            least, most = COUNTS["daily_limit"]
            return _("%(least)dから%(most)dまでの回数で書いてください。空にすると、制限しません。") % {
                "least": least,
                "most": most,
            }
        case _:
            return str(WHY[code])


def field_name(field: str) -> str:
    """A field as people find it: 金曜日の2行目, 日付の1行目."""
    name, _dash, rest = field.partition("-")
    row = rest.partition("-")[0]
    if not row.isdecimal():
        return str(NAMES.get(name, name))
    label = _("日付を決めた変更") if name == "date" else str(NAMES[name])
    return row_name(label, int(row))


def row_name(label: str, place: int) -> str:
    """The row of a day, counted as people count."""
    return _("%(day)sの%(row)d行目") % {"day": label, "row": place + 1}


def problems(found: Iterable[Problem]) -> list[dict[str, str]]:
    """Each problem with the place where it stands and the reason."""
    return [{"field": one.field, "where": field_name(one.field), "why": why(one.code)} for one in found]


def change(one: Difference) -> tuple[str, str, str]:
    """What changed: name, before, after."""
    return difference_name(one.name), value(one.before), value(one.after)


def difference_name(name: str) -> str:
    """金曜日, 受付締切, 12月24日(木)."""
    if name in NAMES:
        return str(NAMES[name])
    return day_title(date.fromisoformat(name))


def long_day_title(day: date) -> str:
    """A day with its year and its weekday."""
    return f"{date_format(day, 'DATE_FORMAT')} ({date_format(day, 'D')})"


def windows_words(windows: Windows) -> str:
    """The hours of one day as they are typed; 休み where there are none."""
    return "、".join(str(window).replace("-", "–") for window in windows) or str(VALUES["closed"])


def value(code: str) -> str:
    """A value of a Difference in words."""
    return str(VALUES.get(code, code)).replace("-", "–")


def window_words(day: date, window: OpenWindow) -> str:
    """20:00–翌2:00, seen from the service day."""
    if window.end - window.start == timedelta(days=1) and window.start.astimezone(TOKYO).date() == day:
        return _("24時間")
    return f"{time_words(day, window.start)}–{time_words(day, window.end)}"


def intake_words(day: date, window: OpenWindow) -> str:
    """Until when new people are taken in, where that is not the end itself."""
    if window.intake_until >= window.end:
        return ""
    if window.intake_until <= window.start:
        return _("新しい相談は受けられません")
    return _("新しい相談は%(time)sまで") % {"time": time_words(day, window.intake_until)}


def time_words(day: date, at: datetime) -> str:
    """The time of day, 翌2:00 past midnight; midnight at the end is 24:00."""
    there = at.astimezone(TOKYO)
    minutes = (there.date() - day).days * DAY_MINUTES + there.hour * 60 + there.minute
    is_next = minutes > DAY_MINUTES
    hours, past = divmod(minutes - DAY_MINUTES if is_next else minutes, 60)
    time = f"{hours}:{past:02}"
    return _("翌%(time)s") % {"time": time} if is_next else time


def people(there: Here) -> list[str]:
    """Who is there now, and what becomes of them where the hours are over by what is saved."""
    said = []
    if there.talking:
        one = ngettext("いま%(count)d人と相談中です。", "いま%(count)d人と相談中です。", there.talking)
        said.append(one % {"count": there.talking} + _("受付時間を変えても、相談は続きます。"))
    if there.waiting:
        one = ngettext("いま%(count)d人が待っています。", "いま%(count)d人が待っています。", there.waiting)
        after = _(
            "受付時間の外になった人には、今日の受付が終わったことと連絡先を伝えます(緊急度が高い人は待ち続けます)。"
        )
        said.append(one % {"count": there.waiting} + after)
    return said
