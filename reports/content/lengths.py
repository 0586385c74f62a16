"""How long people waited, how long talks took, how many messages were in them."""

from django.utils.translation import gettext as _

from reports import measures
from reports.content.counts import defined, parted, rounding
from reports.measures.lengths import share_of_visitors
from reports.results import Results
from reports.rounding import half_up
from reports.tables import Column, Row, Table, Unit, Unknown, Value, known


def waits(results: Results) -> Table:
    """From accepted to the first human word."""
    wait = results.wait
    lengths: dict[str, Value] = {
        _("平均"): known(wait.mean),
        _("中央値"): _of(wait.median, wait.count),
        _("90%の方が受けるまで"): _of(wait.ninetieth, wait.count),
        _("いちばん長い"): _of(wait.longest, wait.count),
        str(measures.ABANDONED.name): results.totals[measures.ABANDONED.key],
    }
    return Table(
        "waits",
        str(measures.WAIT.name),
        (str(measures.WAIT.definition), defined(measures.ABANDONED)),
        (Column(_("時間・件数"), Unit.ANY),),
        tuple(Row(label, (value,)) for label, value in lengths.items()),
        n=wait.count,
        of=_("返事を受けた方"),
    )


def durations(results: Results) -> Table:
    """From the first human word to the end."""
    duration = results.duration
    return Table(
        "durations",
        str(measures.DURATION.name),
        (str(measures.DURATION.definition),),
        (Column(_("時間"), Unit.ANY),),
        (
            Row(_("平均"), (known(duration.mean),)),
            Row(_("いちばん長い"), (_of(duration.longest, duration.count),)),
        ),
        n=duration.count,
        of=_("終わった有効相談"),
    )


def bands(results: Results) -> Table:
    """How many talks took how long; with those that have no end yet they sum to the valid ones."""
    whole = results.figures.totals[measures.VALID.key]
    counts = [
        (_band(least, below), count) for (least, below, _q), count in zip(measures.BANDS, results.bands, strict=True)
    ]
    counts.append((_("終わりの時刻がない"), whole - sum(results.bands)))
    return parted(
        "bands",
        _("所要時間の分布"),
        (
            _("「10〜30分」は、10分以上30分未満です。"),
            _("「終わりの時刻がない」は、まだ続いている相談です。"),
            rounding(),
        ),
        counts,
        (whole, _("有効相談")),
    )


def messages(results: Results) -> Table:
    """What people wrote in the valid talks."""
    talks, every, most, visitors = results.messages
    of_ten = share_of_visitors(visitors, every - visitors)
    values: dict[str, Value] = {
        _("1件の平均"): known(half_up(every, talks)),
        _("いちばん多い"): most if talks else Unknown.NOTHING,
        _("相談者から"): visitors,
        _("相談員から"): every - visitors,
        _("10通のうち相談者から"): known(of_ten),
    }
    return Table(
        "messages",
        str(measures.MESSAGES.name),
        (str(measures.MESSAGES.definition), _("平均と割合は、小数第1位まで四捨五入しています。")),
        (Column(_("通"), Unit.ANY),),
        tuple(Row(label, (value,)) for label, value in values.items()),
        n=talks,
        of=_("有効相談"),
    )


def _of(value: Value, count: int) -> Value:
    return value if count else Unknown.NOTHING


def _band(least: int, below: int | None) -> str:
    if below is None:
        return _("%(least)d分以上") % {"least": least}
    return _("%(least)d〜%(below)d分") % {"least": least, "below": below}
