"""Who came: new or again, what they said of themselves, and how urgent it was."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counseling.forms import ReportKey
from reports import measures
from reports.answers import Answered
from reports.content.counts import defined, parted, rounding
from reports.results import Results
from reports.rounding import half_up
from reports.tables import Table

TITLES: dict[ReportKey, str | Promise] = {
    ReportKey.WHO: gettext_lazy("相談者の立場"),
    ReportKey.AGE_BAND: gettext_lazy("年代"),
    ReportKey.GENDER: gettext_lazy("性別"),
    ReportKey.AREA: gettext_lazy("地域"),
    ReportKey.OCCUPATION: gettext_lazy("職業"),
}


def sittings(results: Results) -> Table:
    """New and returning, the people behind them, and how often each came."""
    totals, answered = results.totals, results.figures.totals[measures.ANSWERED.key]
    parts = (measures.NEW, measures.RETURNING)
    visitors = totals[measures.VISITORS.key]
    mean = half_up(answered, visitors)
    values = {"visitors": f"{visitors:,}", "mean": "—" if mean is None else mean}
    return parted(
        "sittings",
        _("はじめての方と、2回目からの方"),
        (*(defined(one) for one in parts), str(measures.VISITORS.definition), rounding()),
        [(str(one.name), totals[one.key]) for one in parts],
        (answered, _("対応")),
        notes=(_("実人数は%(visitors)s人、1人あたりの平均相談回数は%(mean)s回です。") % values,),
    )


def answers(results: Results) -> list[Table]:
    """What visitors answered, each question by itself."""
    return [_answers(results, one) for one in results.answers]


def _answers(results: Results, one: Answered) -> Table:
    key = measures.VALID.key
    whole = results.figures.totals[key]
    counts = [*zip(one.labels, (counts[key] for counts in one.counts), strict=True), (_("不明"), one.unknown[key])]
    return parted(
        one.report.value,
        str(TITLES[one.report]),
        (
            _("受付でのご本人の答えです。分母は有効相談件数です。"),
            _("不明は、答えなかった方、聞かれなかった方です。"),
            rounding(),
        ),
        counts,
        (whole, _("有効相談")),
    )


def risk(results: Results) -> Table:
    """How urgent the answered ones were in the end."""
    answered = results.figures.totals[measures.ANSWERED.key]
    counts = [(str(one.name), results.totals[one.key]) for one in measures.RISK]
    return parted("risk", _("緊急度"), (str(measures.RISK[0].definition), rounding()), counts, (answered, _("対応")))
