"""Opening hours in words, as a visitor reads them. Pure."""

from __future__ import annotations

from counseling.languages import EASY
from counseling.opening import easy
from counseling.opening.hours import DAY_MINUTES, Hours, Window, Windows, joined

HOLIDAY = 7
WEEKDAYS = frozenset(range(5))
EVERY_DAY = frozenset(range(7))
Days = frozenset[int]

JAPANESE_NEXT_DAY = "翌{}"
JAPANESE_DAYS = "月火水木金土日"
JAPANESE_SETS: dict[Days, str] = {
    EVERY_DAY: "毎日",
    EVERY_DAY | {HOLIDAY}: "毎日",
    frozenset({5, 6}): "土日",
    frozenset({5, 6, HOLIDAY}): "土日祝",
    frozenset({6, HOLIDAY}): "日祝",
    frozenset({HOLIDAY}): "祝日",
}
ENGLISH_NEXT_DAY = "{} the next day"
ENGLISH_DAYS = (
    "Mondays",
    "Tuesdays",
    "Wednesdays",
    "Thursdays",
    "Fridays",
    "Saturdays",
    "Sundays",
    "public holidays",
)
ENGLISH_SETS: dict[Days, str] = {
    EVERY_DAY: "every day",
    EVERY_DAY | {HOLIDAY}: "every day",
    frozenset({5, 6}): "weekends",
    frozenset({5, 6, HOLIDAY}): "weekends and public holidays",
}


def describe(hours: Hours, language: str) -> str:
    """「平日 17:00〜22:00、土日祝 14:00〜19:00」 for "ja", with readings for "ja-easy", English for any other language.

    Single dates (exceptions) and the program's first and last day are not told.
    """
    groups = _groups(hours)
    if language == EASY:
        return _easy(hours, groups)
    if language.lower().split("-")[0] == "ja":
        return _japanese(hours, groups)
    return _english(hours, groups)


def _groups(hours: Hours) -> list[tuple[Days, Windows]]:
    """Days with the same windows, together; closed days left out; 祝日 are day 7 if they have hours of their own."""
    by_day = [joined(windows) for windows in hours.weekly]
    if hours.holiday is not None:
        by_day.append(joined(hours.holiday))
    groups: dict[Windows, list[int]] = {}
    for day, windows in enumerate(by_day):
        if windows:
            groups.setdefault(windows, []).append(day)
    return [(frozenset(days), windows) for windows, days in groups.items()]


def _japanese(hours: Hours, groups: list[tuple[Days, Windows]]) -> str:
    if not groups:
        return "決まった曜日の受付はありません"
    own_holidays = hours.holiday is not None
    parts = [
        f"{_japanese_days(days, own_holidays=own_holidays)} {_japanese_times(windows)}" for days, windows in groups
    ]
    end = _one_intake_end(hours, groups)
    intake = f"{_time(end, JAPANESE_NEXT_DAY)}まで" if end else f"終了の{hours.intake_close}分前まで"
    text = "、".join(parts) + (f"(受付は{intake})" if _has_intake_close(hours, groups) else "")
    notes = _holiday_note(hours, groups, closed="祝日は休み", same="祝日も曜日どおり")
    return "、".join(
        [
            text,
            *notes,
            *(["年末年始(12/29〜1/3)は休み"] if hours.year_end_closed else []),
        ]
    )


def _easy(hours: Hours, groups: list[tuple[Days, Windows]]) -> str:
    if not groups:
        return easy.NONE
    sentences = [
        (easy.EVERY_DAY if days >= EVERY_DAY else easy.days(_runs(days - {HOLIDAY}), holidays=HOLIDAY in days))
        + easy.times(windows)
        for days, windows in groups
    ]
    if _has_intake_close(hours, groups):
        sentences.append(easy.intake_until(_one_intake_end(hours, groups), hours.intake_close))
    sentences += _holiday_note(hours, groups, closed=easy.CLOSED_ON_HOLIDAYS, same=easy.HOLIDAYS_ALIKE)
    return "。".join([*sentences, *([easy.CLOSED_AT_YEAR_END] if hours.year_end_closed else [])])


def _english(hours: Hours, groups: list[tuple[Days, Windows]]) -> str:
    if not groups:
        return "No regular opening hours"
    own_holidays = hours.holiday is not None
    parts = [f"{_english_days(days, own_holidays=own_holidays)} {_english_times(windows)}" for days, windows in groups]
    end = _one_intake_end(hours, groups)
    intake = (
        f"new sessions until {_time(end, ENGLISH_NEXT_DAY)}"
        if end
        else f"new sessions until {hours.intake_close} minutes before the end"
    )
    text = ", ".join(parts) + (f" ({intake})" if _has_intake_close(hours, groups) else "")
    notes = _holiday_note(
        hours,
        groups,
        closed="closed on public holidays",
        same="public holidays as any other day",
    )
    text = ", ".join(
        [
            text,
            *notes,
            *(["closed December 29 – January 3"] if hours.year_end_closed else []),
        ]
    )
    return text[0].upper() + text[1:]


def _japanese_days(days: Days, *, own_holidays: bool) -> str:
    if days == WEEKDAYS and own_holidays:
        return "平日"
    if days in JAPANESE_SETS:
        return JAPANESE_SETS[days]
    runs = _runs(days - {HOLIDAY})
    if len(runs) == 1 and len(runs[0]) == 1 and HOLIDAY not in days:
        return f"{JAPANESE_DAYS[runs[0][0]]}曜"
    names = [
        f"{JAPANESE_DAYS[run[0]]}〜{JAPANESE_DAYS[run[-1]]}"
        if len(run) > 2
        else "・".join(JAPANESE_DAYS[day] for day in run)
        for run in runs
    ]
    return "・".join(names + (["祝日"] if HOLIDAY in days else []))


def _english_days(days: Days, *, own_holidays: bool) -> str:
    if days == WEEKDAYS and own_holidays:
        return "weekdays"
    if days in ENGLISH_SETS:
        return ENGLISH_SETS[days]
    names = [
        f"{ENGLISH_DAYS[run[0]]} to {ENGLISH_DAYS[run[-1]]}"
        if len(run) > 2
        else ", ".join(ENGLISH_DAYS[day] for day in run)
        for run in _runs(days - {HOLIDAY})
    ]
    return ", ".join(names + ([ENGLISH_DAYS[HOLIDAY]] if HOLIDAY in days else []))


def _runs(days: Days) -> list[list[int]]:
    """Days of the week in a row: {0, 1, 2, 4} → [[0, 1, 2], [4]]."""
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _japanese_times(windows: Windows) -> str:
    return "・".join(
        "24時間" if _is_whole_day(window) else f"{_time(window.opens, '')}〜{_time(window.closes, JAPANESE_NEXT_DAY)}"
        for window in windows
    )


def _english_times(windows: Windows) -> str:
    spans = [
        "24 hours" if _is_whole_day(window) else f"{_time(window.opens, '')}–{_time(window.closes, ENGLISH_NEXT_DAY)}"
        for window in windows
    ]
    return " and ".join(spans)


def _time(minutes: int, next_day: str) -> str:
    """26:00 is said as 翌2:00; midnight itself stays 24:00."""
    past = minutes - DAY_MINUTES
    if past > 0:
        return next_day.format(_time(past, next_day))
    return f"{minutes // 60}:{minutes % 60:02}"


def _is_whole_day(window: Window) -> bool:
    return window == Window(0, DAY_MINUTES)


def _has_intake_close(hours: Hours, groups: list[tuple[Days, Windows]]) -> bool:
    always_open = len(groups) == 1 and groups[0][0] >= EVERY_DAY and _is_whole_day(groups[0][1][0])
    return bool(hours.intake_close) and not always_open


def _one_intake_end(hours: Hours, groups: list[tuple[Days, Windows]]) -> int | None:
    """The clock time at which intake closes, if it is the same every day and the openings of two days never touch."""
    if any(len(windows) > 1 for _, windows in groups) or len({windows[0].closes for _, windows in groups}) > 1:
        return None
    closes = groups[0][1][0].closes
    opens = min(windows[0].opens for _, windows in groups)
    end = closes - hours.intake_close
    return end if opens < end and opens + DAY_MINUTES > closes else None


def _holiday_note(hours: Hours, groups: list[tuple[Days, Windows]], closed: str, same: str) -> list[str]:
    """What of 祝日 the days do not say by themselves."""
    days = frozenset().union(*(days for days, _ in groups))
    if hours.holiday is None:
        return [] if groups[0][0] == EVERY_DAY else [same]
    return [] if HOLIDAY in days or (days == WEEKDAYS and len(groups) == 1) else [closed]
