"""Opening hours in easy Japanese: no 24-hour clock, no 平日 and 翌, every kanji with its reading. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from counseling.opening.hours import DAY_MINUTES, Window, Windows

DAYS = tuple(
    f"{day}曜日《{reading}ようび》"
    for day, reading in zip("月火水木金土日", ["げつ", "か", "すい", "もく", "きん", "ど", "にち"], strict=True)
)
HOLIDAYS = "祝日《しゅくじつ》〈国《くに》の　休《やす》みの　日《ひ》〉"
EVERY_DAY = "毎日《まいにち》　"
NEXT_DAY = "次《つぎ》の　日《ひ》の　"
CLOSED_ON_HOLIDAYS = "祝日《しゅくじつ》は　休《やす》み"
HOLIDAYS_ALIKE = "祝日《しゅくじつ》も　同《おな》じ"
CLOSED_AT_YEAR_END = "12月《がつ》29日《にち》から　1月《がつ》3日《みっか》は　休《やす》み"
# What opening.now says, by the reason why nobody is let in; empty while somebody is.
NOW: dict[str, str] = {
    "": "いま　話《はな》せます。",
    "off_hours": "いまは　休《やす》みの　時間《じかん》です。",
    "after_intake_close": "今日《きょう》は　終《お》わりました。",
    "not_yet": "この　相談《そうだん》は、まだ　始《はじ》まって　いません。",
    "period_over": "この　相談《そうだん》の　期間《きかん》は　終《お》わりました。",
    "unstaffed": "いま、準備《じゅんび》を　して　います。少《すこ》し　あとで、また　来《き》て　ください。",
    "paused": "いま、相談《そうだん》を　休《やす》んで　います。",
    "closed": "この　相談《そうだん》は　終《お》わりました。",
    "until": "いま　話《はな》せます。{moment}までに　始《はじ》めて　ください。",
    "next": "次《つぎ》は、{moment}からです。",
}
NOT_HERE = "いまは、ここで　話《はな》せません。"
NONE = "決《き》まった　日《ひ》は　ありません"


def days(runs: Sequence[Sequence[int]], *, holidays: bool) -> str:
    """月曜日から 金曜日と 日曜日: days of the week in a row together, 祝日 at the end."""
    names: list[str] = []
    for run in runs:
        names += [f"{DAYS[run[0]]}から　{DAYS[run[-1]]}"] if len(run) > 2 else [DAYS[day] for day in run]
    return "と　".join(names + ([HOLIDAYS] if holidays else [])) + ":"


def times(windows: Windows) -> str:
    """午後7時から 午後10時まで."""
    return "と　".join(
        "24時間《じかん》" if one == Window(0, DAY_MINUTES) else f"{time(one.opens)}から　{time(one.closes)}まで"
        for one in windows
    )


def time(minutes: int) -> str:
    """午後7時30分; past midnight of the next day."""
    if minutes > DAY_MINUTES:
        return NEXT_DAY + time(minutes - DAY_MINUTES)
    hours, rest = divmod(minutes % DAY_MINUTES, 60)
    past = _minutes(rest) if rest else ""
    if hours in {0, 12}:
        return f"{'昼《ひる》' if hours else '夜《よる》'}の　12時《じ》{past}"
    half = "午前《ごぜん》" if hours < 12 else "午後《ごご》"
    return f"{half}{hours % 12}時《じ》{past}"


def moment(there: datetime) -> str:
    """11月23日(月曜日) 午後7時30分, of a moment by Japan's clock."""
    return f"{day(there)}　{time(there.hour * 60 + there.minute)}"


def day(on: date) -> str:
    """11月23日(月曜日)."""
    return f"{on.month}月《がつ》{on.day}日《にち》({DAYS[on.weekday()]})"


def intake_until(end: int | None, minutes_before: int) -> str:
    """Until when new talks begin: a time of the day, or so long before the end."""
    until = f"{time(end)}まで" if end else f"終《お》わる　時間《じかん》の　{_minutes(minutes_before)}前《まえ》まで"
    return f"新《あたら》しく　話《はな》す　人《ひと》は　{until}"


def _minutes(count: int) -> str:
    """ごふん, じっぷん: what a minute is called depends on its last digit."""
    return f"{count}分《{'ふん' if count % 10 in {2, 5, 7, 9} else 'ぷん'}》"
