"""What visitors were connected to: by kind of agency, level, consent and result, each in counts and per day."""

from django.utils.translation import gettext as _

from reports import measures
from reports.content.counts import defined, rounding
from reports.measures import Partition
from reports.results import Results
from reports.rounding import half_up
from reports.tables import Column, Picture, Row, Table, Unit, known, share


def referrals(results: Results) -> list[Table]:
    """A table for each way to part them; nothing where nobody was referred."""
    if not results.referrals[measures.REFERRALS.key]:
        return []
    return [
        _parted(results, "referral_kinds", _("つなぎ(機関の種別)"), measures.KINDS, only_found=True),
        _parted(results, "referral_levels", _("つなぎ(どこまで)"), measures.LEVELS),
        _parted(results, "referral_consents", _("つなぎ(同意)"), measures.CONSENTS),
        _parted(results, "referral_results", _("つなぎ(結果)"), measures.RESULTS),
    ]


def _parted(results: Results, key: str, title: str, parts: Partition, *, only_found: bool = False) -> Table:
    """The parts that anybody was referred by, or all of them, with their check by the total."""
    counts, days = results.referrals, len(results.period)
    whole = counts[measures.REFERRALS.key]
    shown = [one for one in parts.parts if counts[one.key] or not only_found]
    rows = ((str(one.name), counts[one.key]) for one in shown)
    return Table(
        key,
        title,
        (
            defined(measures.REFERRALS),
            *dict.fromkeys(str(one.definition) if only_found else defined(one) for one in shown),
            _("1日平均は、件数 ÷ 期間の暦日数(%(days)d日)を小数第1位まで四捨五入しています。") % {"days": days},
            rounding(),
        ),
        (Column(_("件数")), Column(_("割合(%)"), Unit.PERCENT), Column(_("1日平均"), Unit.MEAN)),
        tuple(Row(label, (count, share(count, whole), known(half_up(count, days)))) for label, count in rows),
        n=whole,
        of=_("つなぎ"),
        total=Row(_("合計"), (whole, share(whole, whole), known(half_up(whole, days)))),
        picture=Picture.BARS,
    )
