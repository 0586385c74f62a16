"""The program beside other media, as somebody entered what those counted."""

from datetime import timedelta

from django.utils.translation import gettext as _

from reports import measures, words
from reports.comparing import Compared
from reports.models import Per
from reports.results import Results
from reports.tables import Column, Row, Table, Unit, Value, known


def comparators(results: Results) -> list[Table]:
    """A row for each comparator of the period; nothing where none was entered."""
    if not results.compared:
        return []
    columns = (Column(_("倍率"), Unit.MEAN), Column(_("この窓口"), Unit.MEAN), Column(_("くらべる相手"), Unit.MEAN))
    rows = tuple(Row(one.comparator.name, _values(one)) for one in results.compared)
    return [
        Table(
            "comparators",
            _("他の媒体との比較"),
            (
                _("倍率は、この窓口のアクセス数 ÷ 相手の件数を、同じ長さあたりにそろえた値です。"),
                _("丸める前の件数から計算し、行ごとに決めた位(整数か小数第1位)に四捨五入しています。"),
                _("受付の時間と日数は、この窓口の今の受付時間で数えています。"),
            ),
            columns,
            rows,
            n=results.figures.totals[measures.ACCESSES.key],
            of=_("アクセス"),
            notes=tuple(_about(one) for one in results.compared),
        )
    ]


def _values(one: Compared) -> tuple[Value, ...]:
    return known(one.ratio), known(one.ours), known(one.theirs)


def _about(found: Compared) -> str:
    """Of what a row tells, and why it has no number where it has none."""
    one = found.comparator
    told = {
        "name": one.name,
        "when": words.exactly(one.period, eras=False),
        "count": f"{one.count:,}",
        "days": one.days,
        "open": words.length(timedelta(minutes=one.minutes)),
        "per": Per(one.per).label,
    }
    said = _("%(name)s: %(when)s、開いたのは%(days)d日・%(open)s、%(count)s件。%(per)sでくらべています。") % told
    if not one.count:
        return said + _("相手の件数が0件なので、倍率は出せません。")
    if found.ratio is None:
        return said + _("この窓口はこの期間に受付の時間がなかったので、倍率は出せません。")
    return said + _("この窓口は約%(ratio)s倍です。") % {"ratio": found.ratio}
