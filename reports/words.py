"""Days, periods, lengths and numbers in words, as a person would say them."""

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.periods import Period, era, fiscal_year, fiscal_year_of
from reports.tables import Unknown, Value

DAY_HOURS = 24
# What stands for a number that is not told, as Japan's statistics have it.
SIGNS = {Unknown.NOTHING: "—", Unknown.HIDDEN: "X"}


def day(on: date, *, eras: bool) -> str:
    """2026年11月23日(月), or 令和8年11月23日(月)."""
    if eras and is_japanese():
        return f"{_date(on, eras=True)}({date_format(on, 'D')})"
    return date_format(on, "DATE_FORMAT")


def short_day(on: date) -> str:
    """11/23(月)."""
    return f"{on.month}/{on.day}({date_format(on, 'D')})"


def period(shown: Period, *, eras: bool) -> str:
    """A month or a fiscal year by its name, else from when until when."""
    first, last = shown.first, shown.last
    if shown == fiscal_year_of(first):
        return _("%(year)s度") % {"year": _year(date(fiscal_year(first), 12, 31), eras=eras)}
    if shown.is_month:
        return _month(first, eras=eras)
    if first == last:
        return day(first, eras=eras)
    return _("%(first)s〜%(last)s") % {"first": _date(first, eras=eras), "last": _date(last, eras=eras)}


def exactly(shown: Period, *, eras: bool) -> str:
    """From when until when, and how many days that is."""
    values = {"first": day(shown.first, eras=eras), "last": day(shown.last, eras=eras), "days": len(shown)}
    return _("%(first)s〜%(last)s(%(days)d日間)") % values


def hour(of_day: int) -> str:
    """19時台, and 翌1時台 for what comes after midnight on a service day."""
    if of_day < DAY_HOURS:
        return _("%(hour)d時台") % {"hour": of_day}
    return _("翌%(hour)d時台") % {"hour": of_day - DAY_HOURS}


def short_hour(of_day: int) -> str:
    """The same below a picture: 19, and 翌1."""
    return str(of_day) if of_day < DAY_HOURS else _("翌%(hour)d") % {"hour": of_day - DAY_HOURS}


def length(time: timedelta) -> str:
    """3分20秒, 1時間5分30秒, 60時間30分; less than a second is left out, and zeros after hours."""
    minutes, seconds = divmod(int(time.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    values = {"hours": hours, "minutes": minutes, "seconds": seconds}
    if hours and not seconds:
        return (_("%(hours)d時間%(minutes)d分") if minutes else _("%(hours)d時間")) % values
    if hours:
        return _("%(hours)d時間%(minutes)d分%(seconds)d秒") % values
    return (_("%(minutes)d分%(seconds)d秒") if minutes else _("%(seconds)d秒")) % values


def number(value: Value) -> str:
    """A value as it is read."""
    if isinstance(value, Unknown):
        return SIGNS[value]
    if isinstance(value, timedelta):
        return length(value)
    return f"{value:,}"


def change(value: Value) -> str:
    """A difference with its sign: +1.2, −0.4; none where there is none."""
    if isinstance(value, Unknown | timedelta) or not value:
        return number(value)
    return f"+{number(value)}" if value > 0 else f"−{number(-value)}"


def is_japanese() -> bool:
    """Whether the page speaks Japanese: only there the eras are read."""
    return (get_language() or "ja").startswith("ja")


def _date(on: date, *, eras: bool) -> str:
    if eras and is_japanese():
        return f"{era(on)}{on.month}月{on.day}日"
    return date_format(on, _("Y年n月j日"))


def _month(on: date, *, eras: bool) -> str:
    if eras and is_japanese():
        return f"{era(on)}{on.month}月"
    return date_format(on, "YEAR_MONTH_FORMAT")


def _year(on: date, *, eras: bool) -> str:
    return era(on) if eras and is_japanese() else _("%(year)d年") % {"year": on.year}
