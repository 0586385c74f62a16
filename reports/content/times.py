"""When people came: by day, weekday and hour, by the time received in Tokyo."""

from collections import Counter
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports import measures, words
from reports.content.counts import rounding
from reports.days import DayKind
from reports.results import Results
from reports.rounding import half_up
from reports.tables import Column, Picture, Row, Table, Unit, known, share

MONDAY = date(2026, 11, 23)
WEEK = 7


def counted_by(kind: DayKind) -> str:
    """Which day a moment after midnight belongs to."""
    if kind == DayKind.SERVICE:
        return _("受付日で数えています。0時を過ぎて続く受付は、始まった日に入ります(日本時間)。")
    return _("届いた時刻の暦日で数えています(日本時間)。")


def by_day(results: Results) -> Table:
    """Each day of the period."""
    shown = (measures.ACCESSES, measures.ANSWERED, measures.VALID)
    figures = results.figures
    rows = tuple(
        Row(words.short_day(day), tuple(counts[one.key] for one in shown), f"{day.month}/{day.day}")
        for day, counts in zip(figures.days.dates, figures.by_day, strict=True)
    )
    totals = tuple(figures.totals[one.key] for one in shown)
    return Table(
        "days",
        _("日別"),
        (counted_by(results.kind),),
        tuple(Column(str(one.name)) for one in shown),
        rows,
        n=totals[0],
        of=_("アクセス"),
        total=Row(_("合計"), totals),
        picture=Picture.COLUMNS,
    )


def by_weekday(results: Results) -> Table:
    """Each day of the week, with how often it was in the period."""
    counts, days = Counter[int](), Counter[int]()
    for day, counted in zip(results.figures.days.dates, results.figures.by_day, strict=True):
        days[day.weekday()] += 1
        counts[day.weekday()] += counted[measures.ACCESSES.key]
    whole = counts.total()
    rows = tuple(
        Row(weekday(one), (counts[one], share(counts[one], whole), days[one], known(half_up(counts[one], days[one]))))
        for one in range(WEEK)
    )
    return Table(
        "weekdays",
        _("曜日別"),
        (
            counted_by(results.kind),
            _("1日平均は、期間の中のその曜日の日数で割り、小数第1位まで四捨五入しています。"),
            rounding(),
        ),
        (
            Column(_("アクセス数")),
            Column(_("割合(%)"), Unit.PERCENT),
            Column(_("日数")),
            Column(_("1日平均"), Unit.MEAN),
        ),
        rows,
        n=whole,
        of=_("アクセス"),
        total=Row(
            _("合計"), (whole, share(whole, whole), len(results.period), known(half_up(whole, len(results.period))))
        ),
        picture=Picture.BARS,
    )


def by_hour(results: Results, against: Results | None = None) -> Table:
    """Each hour of the day in which anybody came, in another period too, and those between."""
    counts = Counter[int]()
    for (_day, hour), counted in results.by_hour.items():
        counts[hour] += counted[measures.ACCESSES.key]
    whole = counts.total()
    rows = tuple(
        Row(words.hour(hour), (counts[hour], share(counts[hour], whole)), words.short_hour(hour))
        for hour in _hours(results, against)
    )
    return Table(
        "hours",
        _("時間帯別"),
        (_("届いた時刻の時間帯です。19時台は19:00から19:59までです(日本時間)。"), rounding()),
        (Column(_("アクセス数")), Column(_("割合(%)"), Unit.PERCENT)),
        rows,
        n=whole,
        of=_("アクセス"),
        total=Row(_("合計"), (whole, share(whole, whole))),
        picture=Picture.COLUMNS,
    )


def by_weekday_and_hour(results: Results) -> list[Table]:
    """Both at once; nothing where nobody came."""
    hours = _hours(results)
    if not hours:
        return []
    counts = Counter[tuple[int, int]]()
    for (day, hour), counted in results.by_hour.items():
        counts[results.figures.days.dates[day].weekday(), hour] += counted[measures.ACCESSES.key]
    rows = tuple(
        Row(weekday(one), tuple(counts[one, hour] for hour in hours), weekday(one, "D")) for one in range(WEEK)
    )
    columns = tuple(Column(words.hour(hour), short=words.short_hour(hour)) for hour in hours)
    definitions = (_("アクセスの数です。"), counted_by(results.kind))
    title = _("曜日と時間帯")
    return [Table("heat", title, definitions, columns, rows, counts.total(), _("アクセス"), picture=Picture.HEAT)]


def _hours(*several: Results | None) -> range:
    """From the first hour in which anybody came to the last."""
    seen = {hour for results in several if results for _day, hour in results.by_hour}
    return range(min(seen), max(seen) + 1) if seen else range(0)


def weekday(number: int, style: str = "l") -> str:
    """The name of a day of the week, counted from Monday."""
    return date_format(MONDAY + timedelta(days=number), style)
