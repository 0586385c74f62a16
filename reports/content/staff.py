"""The hours of staff in tables: in sum, and by weekday beside who came."""

from collections import Counter
from datetime import timedelta

from django.utils.translation import gettext as _

from reports import measures
from reports.content.times import WEEK, counted_by, weekday
from reports.measures.staff import DUTIES, MICROSECOND, PEOPLE, PER_HOUR, PLANNED, STAFF, WORKED, per_hour, to_second
from reports.results import Results
from reports.tables import Column, Picture, Row, Table, Unit, Value, known

NO_TIME = timedelta(0)


def staff(results: Results) -> list[Table]:
    """What was planned and worked; nothing where nobody was planned, and nobody worked."""
    if not results.staffed.duties and not results.staffed.planned:
        return []
    return [in_all(results), _by_weekday(results)]


def in_all(results: Results) -> Table:
    """The whole period alone."""
    found = results.staffed
    answered = results.figures.totals[measures.ANSWERED.key]
    values: dict[str, Value] = {
        PLANNED.key: to_second(found.planned_in_all),
        WORKED.key: to_second(found.worked_in_all),
        DUTIES.key: found.duties,
        PEOPLE.key: found.people,
        PER_HOUR.key: known(per_hour(answered, found.worked_in_all)),
    }
    return Table(
        "staff",
        _("相談員の稼働時間"),
        (*(f"{one.name}: {one.definition}" for one in STAFF), *_counted()),
        (Column(_("時間・件数"), Unit.ANY),),
        tuple(Row(str(one.name), (values[one.key],)) for one in STAFF),
        n=found.duties,
        of=_("勤務"),
    )


def _by_weekday(results: Results) -> Table:
    found, dates = results.staffed, results.figures.days.dates
    planned, worked, came = Counter[int](), Counter[int](), Counter[int]()
    for place, day in enumerate(dates):
        planned[day.weekday()] += found.planned.get(place, NO_TIME) // MICROSECOND
        worked[day.weekday()] += found.worked.get(place, NO_TIME) // MICROSECOND
        came[day.weekday()] += results.figures.by_day[place][measures.ACCESSES.key]
    rows = tuple(Row(weekday(one), _values(worked[one], planned[one], came[one])) for one in range(WEEK))
    total = Row(_("合計"), _values(worked.total(), planned.total(), came.total()))
    return Table(
        "staff_weekdays",
        _("稼働時間とアクセス(曜日別)"),
        (
            f"{WORKED.name}: {WORKED.definition}",
            f"{PLANNED.name}: {PLANNED.definition}",
            _("勤務1時間あたりは、アクセス数 ÷ 勤務した時間で、小数第1位まで四捨五入しています。"),
            *_counted(),
            counted_by(results.kind),
        ),
        (
            Column(str(WORKED.name), Unit.ANY),
            Column(str(PLANNED.name), Unit.ANY),
            Column(_("アクセス数")),
            Column(_("勤務1時間あたり"), Unit.MEAN),
        ),
        rows,
        n=found.duties,
        of=_("勤務"),
        total=total,
        picture=Picture.BARS,
    )


def _values(worked: int, planned: int, came: int) -> tuple[Value, ...]:
    time = worked * MICROSECOND
    return to_second(time), to_second(planned * MICROSECOND), came, known(per_hour(came, time))


def _counted() -> tuple[str, ...]:
    return (
        _("シフトも勤務も、始まった日に、長さをまるごと数えます。0時や年度をまたいでも分けません。"),
        _("時間は、秒の位まで四捨五入しています。"),
    )
