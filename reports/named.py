"""Figures by names (名前付きセル): what a cell of somebody's own sheet is called so that it is filled.

A name is a measure's key, alone or with a part of the period: `accesses`, `accesses_per_day`, `accesses_month_04`,
`accesses_day_01` (in a period of one month), `accesses_weekday_mon`, `accesses_hour_19`, `answer_rate`, `wait_mean`.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from reports import measures
from reports.measures import Measured
from reports.measures.staff import DUTIES, PEOPLE, PER_HOUR, PLANNED, STAFF, WORKED, Staffed, per_hour, to_second
from reports.results import Results
from reports.tables import Unknown, Value, known

Figure = Value | date | str
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS, MONTH_DAYS, DAY_HOURS = range(1, 13), range(1, 32), range(24)
BY_HOUR = (measures.ACCESSES, measures.ANSWERED)
COUNTED = (*measures.MEASURES, measures.VISITORS, measures.ABANDONED, measures.NEW, measures.RETURNING, *measures.RISK)


def figures(found: Results) -> dict[str, Figure]:
    """Every figure of the results by its name."""
    totals, program = found.totals, found.program
    told: dict[str, Figure] = {"program": program.name, "commissioner": program.commissioner}
    told |= {"first": found.period.first, "last": found.period.last, "days": len(found.period)}
    told |= {one.key: totals[one.key] for one in COUNTED}
    told |= {f"{one.key}_per_day": found.figures.per_day(one) for one in measures.MEASURES}
    told |= {one.key: known(found.figures.ratio(one)) for one in measures.RATIOS}
    told |= _lengths("wait", found.wait) | _lengths("duration", found.duration)
    told |= _staff(found.staffed, totals[measures.ANSWERED.key])
    talks, every, most, visitors = found.messages
    told |= {"messages": every, "messages_most": most if talks else Unknown.NOTHING}
    told |= {"messages_visitors": visitors, "messages_counselors": every - visitors}
    return told | dict(_parts(found))


def _lengths(key: str, measured: Measured) -> dict[str, Figure]:
    lengths = {name: getattr(measured, name) for name in ("median", "ninetieth", "longest")}
    told = {f"{key}_{name}": value if measured.count else Unknown.NOTHING for name, value in lengths.items()}
    return told | {f"{key}_mean": known(measured.mean), f"{key}_count": measured.count}


def _staff(found: Staffed, answered: int) -> dict[str, Figure]:
    lengths: dict[str, Figure] = {
        PLANNED.key: to_second(found.planned_in_all),
        WORKED.key: to_second(found.worked_in_all),
    }
    rate = known(per_hour(answered, found.worked_in_all))
    return lengths | {DUTIES.key: found.duties, PEOPLE.key: found.people, PER_HOUR.key: rate}


def _parts(found: Results) -> Iterator[tuple[str, Figure]]:
    dates, one_month = found.figures.days.dates, found.period.first.month == found.period.last.month
    one_month &= len(found.period) <= len(MONTH_DAYS)
    for one in measures.MEASURES:
        sums = Counter[str]()
        for day, counts in zip(dates, found.figures.by_day, strict=True):
            for part in (f"month_{day.month:02}", f"weekday_{WEEKDAYS[day.weekday()]}", f"day_{day.day:02}"):
                sums[part] += counts[one.key]
        for part in _dated():
            is_told = one_month or not part.startswith("day_")
            yield f"{one.key}_{part}", sums[part] if is_told else Unknown.NOTHING
    for one in BY_HOUR:
        by_hour = Counter[int]()
        for (_day, hour), counts in found.by_hour.items():
            by_hour[hour % len(DAY_HOURS)] += counts[one.key]
        yield from ((f"{one.key}_hour_{hour:02}", by_hour[hour]) for hour in DAY_HOURS)


def _dated() -> list[str]:
    months, days = (f"month_{one:02}" for one in MONTHS), (f"day_{one:02}" for one in MONTH_DAYS)
    return [*months, *(f"weekday_{one}" for one in WEEKDAYS), *days]


def names() -> list[tuple[str, str]]:
    """The names that are filled, each with what it means: those of parts of the period once, as a pattern."""
    told = [("program", _("窓口の名前")), ("commissioner", _("委託元")), ("days", _("期間の日数"))]
    told += [("first", _("最初の日")), ("last", _("最後の日"))]
    told += [(one.key, str(one.name)) for one in COUNTED]
    told += [(one.key, str(one.name)) for one in measures.RATIOS]
    for key, name in (("wait", measures.WAIT.name), ("duration", measures.DURATION.name)):
        parts = {"mean": _("平均"), "median": _("中央値"), "ninetieth": _("90%"), "longest": _("いちばん長い")}
        told += [(f"{key}_{part}", f"{name} {said}") for part, said in (parts | {"count": _("件数")}).items()]
    told += [(one.key, str(one.name)) for one in STAFF]
    told += [("messages", str(measures.MESSAGES.name)), ("messages_most", _("いちばん多い"))]
    told += [("messages_visitors", _("相談者から")), ("messages_counselors", _("相談員から"))]
    counted = _("件数の名前に続けて")
    told += [("…_per_day", f"{counted}: {_('1日平均')}"), ("…_month_01 – _month_12", f"{counted}: {_('月ごと')}")]
    told += [("…_day_01 – _day_31", f"{counted}: {_('日ごと(1か月の期間だけ)')}")]
    told += [("…_weekday_mon – _weekday_sun", f"{counted}: {_('曜日ごと')}")]
    return [*told, ("accesses_hour_00 – _hour_23, answered_hour_00 – _hour_23", _("時間帯ごと"))]


def all_names() -> frozenset[str]:
    """Every name that is filled."""
    each = [one.key for one in measures.MEASURES]
    plain = {name for name, _said in names() if name.isascii() and " " not in name}
    parted = {f"{key}_{part}" for key in each for part in ("per_day", *_dated())}
    hours = {f"{one.key}_hour_{hour:02}" for one in BY_HOUR for hour in DAY_HOURS}
    return frozenset(plain | parted | hours)
