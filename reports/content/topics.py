"""What the talks were about: the main complaint sums to the valid talks, topics may be more."""

from django.utils.translation import gettext as _

from counseling.forms import ReportKey
from reports import measures
from reports.content.counts import parted, rounding
from reports.results import Results
from reports.tables import Column, Picture, Row, Table, Unit, share
from reports.topics import Topics


def topics(results: Results) -> list[Table]:
    """Two tables, each where the program's records ask."""
    draw = {ReportKey.MAIN_COMPLAINT: _main, ReportKey.TOPICS: _several}
    return [draw[one.report](results, one) for one in results.topics]


def main(results: Results) -> list[Table]:
    """The main complaint alone."""
    return [table for table in topics(results) if table.key == ReportKey.MAIN_COMPLAINT]


def _main(results: Results, found: Topics) -> Table:
    whole = results.figures.totals[measures.VALID.key]
    rest = whole - sum(count for _label, count in found.counts)
    return parted(
        found.report.value,
        _("主訴"),
        (
            _("提出された相談記録の「主訴」です。1件にひとつ選びます。分母は有効相談件数です。"),
            _("「記録がまだ」は、記録がまだ提出されていないか、選ばれていないものです。"),
            rounding(),
        ),
        [*found.counts, (_("記録がまだ"), rest)],
        (whole, _("有効相談")),
    )


def _several(_results: Results, found: Topics) -> Table:
    return Table(
        found.report.value,
        _("相談内容(いくつでも)"),
        (
            _("提出された相談記録の「相談内容」です。1件にいくつも選ぶので、足すと100%をこえることがあります。"),
            _("分母は、相談内容が選ばれた記録の数です。割合は小数第1位まで四捨五入しています。"),
        ),
        (Column(_("件数")), Column(_("割合(%)"), Unit.PERCENT)),
        tuple(Row(label, (count, share(count, found.filed))) for label, count in found.counts),
        n=found.filed,
        of=_("相談内容のある記録"),
        picture=Picture.BARS,
    )
