"""The forecast in words: what lacks and when, what is not known yet, and what the numbers rest on."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from counseling.feeds.forecast import DAY, DAY_HOURS, LEAST_TIMED, Forecast, Hour, Past
from counseling.forecast import LEAST_ARRIVALS, LEAST_DAYS, MOST_WAITING, Arrivals


def summary(forecast: Forecast) -> str:
    """The one sentence: where lines will likely lack in the seven days, and how many."""
    if not forecast.days:
        return _("この先7日に、受付の時間はありません。")
    if all(hour.needed is None for _day, hour in forecast.hours):
        return _("この先7日の見込みは、まだ分かりません。")
    lacking = [(day, hour) for day, hour in forecast.hours if hour.short]
    if not lacking:
        return _("この先7日は、分かっている時間帯では回線が足りる見込みです。")
    day, worst = max(lacking, key=lambda pair: pair[1].short)
    values = {
        "day": date_format(day, "l"),
        "hour": hour_words(worst.hour),
        "lines": lines_words(worst.short),
        "count": len(lacking),
    }
    if len(lacking) == 1:
        return _("この先7日では、%(day)s%(hour)sに%(lines)s足りない見込みです。") % values
    return (
        _(
            "この先7日では、%(count)dの時間帯で回線が足りない見込みです。いちばん足りないのは%(day)s%(hour)sで、%(lines)sです。"
        )
        % values
    )


def notes(forecast: Forecast) -> list[str]:
    """What else there is to say of all the days: hours nobody can tell of, and those below what was decided."""
    unknown = [hour.arrivals for _day, hour in forecast.hours if hour.needed is None]
    below = sum(bool(hour.below_required) for _day, hour in forecast.hours)
    said = []
    if unknown:
        nearest = min(unknown, key=lambda seen: (_missing_days(seen), _missing_people(seen)))
        said.append(
            _(
                "%(count)dの時間帯は、記録が少なくまだ分かりません。いちばん近い時間帯でも、%(missing)sの記録がいります。"
            )
            % {"count": len(unknown), "missing": missing(nearest)}
        )
    if below:
        said.append(_("決めた必要数には、%(count)dの時間帯で足りません。") % {"count": below})
    return said


def day_words(hours: list[Hour]) -> str:
    """A day in one phrase."""
    lacking = [hour for hour in hours if hour.short]
    if len(lacking) == 1:
        values = {"hour": hour_words(lacking[0].hour), "lines": lines_words(lacking[0].short)}
        return _("%(hour)sに%(lines)s足りない見込み") % values
    if lacking:
        most = lines_words(max(hour.short for hour in lacking))
        return _("%(count)dの時間帯で足りない見込み(最大%(lines)s)") % {"count": len(lacking), "lines": most}
    if all(hour.needed is None for hour in hours):
        return _("まだ分かりません")
    if any(hour.needed is None for hour in hours):
        return _("分かっている時間帯は足りる見込み")
    return _("足りる見込み")


def missing(seen: Arrivals) -> str:
    """What an hour still wants before a number may be told: 「あと2週・3人」."""
    weeks, people = _missing_days(seen), _missing_people(seen)
    if weeks and people:
        return _("あと%(weeks)d週・%(people)d人") % {"weeks": weeks, "people": people}
    if weeks:
        return ngettext("あと%(count)d週", "あと%(count)d週", weeks) % {"count": weeks}
    return ngettext("あと%(count)d人", "あと%(count)d人", people) % {"count": people}


def _missing_days(seen: Arrivals) -> int:
    # The weekday comes once a week.
    return max(LEAST_DAYS - seen.days, 0)


def _missing_people(seen: Arrivals) -> int:
    return max(LEAST_ARRIVALS - seen.people, 0)


def definition(past: Past) -> list[str]:
    """How the numbers were made: period, how many, minutes, the aim, the formula, the rounding."""
    rules = {"share": round(MOST_WAITING * 100), "days": LEAST_DAYS, "people": LEAST_ARRIVALS}
    return [
        _period(past),
        _minutes(past),
        _(
            "見込みの回線は、待つ人が%(share)d%%より少なくなる、いちばん少ない数です(アーランC式)。同じ曜日・時間帯に%(days)d日以上・%(people)d人以上の記録がなければ「まだ分かりません」とします。"
        )
        % rules,
        _(
            "予定の回線は、人の決まったシフトの合計で、公開前のものを含み、その時間帯でいちばん少ないときの数です。平均は四捨五入して示します。"
        ),
    ]


def _period(past: Past) -> str:
    if past.first == past.until:
        return _("まだ記録のある日がありません。")
    values = {
        "first": date_format(past.first),
        "last": date_format(past.until - DAY),
        "count": past.sessions,
    }
    return (
        _(
            "%(first)sから%(last)sまでに受け付けた相談%(count)d件を、曜日と時間帯ごとに数えました(日本時間)。夜中を過ぎた時間は、受付が始まった日に数えます。受付を断った相談は数えていません。"
        )
        % values
    )


def _minutes(past: Past) -> str:
    values = {"minutes": rounded(past.minutes, "1"), "count": past.timed, "least": LEAST_TIMED}
    if past.is_assumed:
        return (
            _(
                "1件が回線を使う時間は%(minutes)s分と仮定しています。終わった相談が%(count)d件で、%(least)d件より少ないためです。"
            )
            % values
        )
    return _("1件が回線を使う時間は平均%(minutes)s分です(担当してから終わるまで、%(count)d件)。") % values


def hour_words(hour: int) -> str:
    """An hour of a service day: 「20時台」, past midnight 「翌1時台」."""
    if hour < DAY_HOURS:
        return _("%(hour)d時台") % {"hour": hour}
    return _("翌%(hour)d時台") % {"hour": hour - DAY_HOURS}


def lines_words(count: int) -> str:
    """A number of lines."""
    return ngettext("%(count)d回線", "%(count)d回線", count) % {"count": count}


def day_title(day: date) -> str:
    """A day with its weekday."""
    return f"{date_format(day, 'MONTH_DAY_FORMAT')} ({date_format(day, 'D')})"


def rounded(value: float, to: str) -> str:
    """Half up, as people round; `to` is "1" or "0.1"."""
    return str(Decimal(str(value)).quantize(Decimal(to), ROUND_HALF_UP))
