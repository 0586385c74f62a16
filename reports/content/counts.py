"""How many there were, what became of them, and the sentence that says it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from reports import measures, words
from reports.measures import Measure, Ratio
from reports.results import Results
from reports.tables import Column, Picture, Row, Table, Unit, known, share

HEADLINES = (*measures.HEADLINES, measures.THANKFUL)


def sentence(results: Results, *, eras: bool) -> str:
    """What a person would say (11月は412件、応答率は91.2%でした)."""
    when = words.period(results.period, eras=eras)
    accesses = results.figures.totals[measures.ACCESSES.key]
    if not accesses:
        return _("%(when)sのアクセスは、ありませんでした。") % {"when": when}
    values = {"when": when, "count": f"{accesses:,}", "mean": results.figures.per_day(measures.ACCESSES)}
    rate = results.figures.ratio(measures.RATIOS[0])
    if rate is None:
        return _("%(when)sは%(count)s件、1日平均%(mean)s件でした。") % values
    return _("%(when)sは%(count)s件、1日平均%(mean)s件で、応答率は%(rate)s%%でした。") % (values | {"rate": rate})


def compared(results: Results, against: Results, *, eras: bool) -> str:
    """How many more or fewer than in another period."""
    now, before = (one.figures.totals[measures.ACCESSES.key] for one in (results, against))
    values = {
        "when": words.period(against.period, eras=eras),
        "before": f"{before:,}",
        "more": f"{abs(now - before):,}",
    }
    if now == before:
        return _("%(when)sの%(before)s件と同じです。") % values
    if now > before:
        return _("%(when)sの%(before)s件より%(more)s件ふえました。") % values
    return _("%(when)sの%(before)s件より%(more)s件へりました。") % values


def summary(results: Results) -> Table:
    """The figures one asks for first."""
    days = len(results.period)
    return Table(
        "summary",
        _("件数"),
        (
            *(defined(one) for one in HEADLINES),
            _("1日平均は、件数 ÷ 期間の暦日数(%(days)d日)を小数第1位まで四捨五入しています。") % {"days": days},
        ),
        (Column(_("件数")), Column(_("1日平均"), Unit.MEAN)),
        tuple(_counted(results, one) for one in HEADLINES),
        n=results.figures.totals[measures.ACCESSES.key],
        of=_("アクセス"),
    )


def after(results: Results) -> Table:
    """What came after the talk: the telephone, visits, follow-ups."""
    shown = (measures.PHONED, *measures.AFTER)
    return Table(
        "after",
        _("相談のあと"),
        tuple(defined(one) for one in shown),
        (Column(_("件数")), Column(_("1日平均"), Unit.MEAN)),
        tuple(_counted(results, one) for one in shown),
        n=results.figures.totals[measures.ACCESSES.key],
        of=_("アクセス"),
    )


def defined(one: Measure | Ratio) -> str:
    """A figure's name and its definition."""
    return f"{one.name}: {one.definition}"


def _counted(results: Results, one: Measure) -> Row:
    return Row(str(one.name), (results.figures.totals[one.key], results.figures.per_day(one)))


def rates(results: Results) -> Table:
    """One figure in per cent of another."""
    return Table(
        "rates",
        _("割合"),
        tuple(defined(one) for one in measures.RATIOS),
        (Column(_("割合(%)"), Unit.PERCENT), Column(_("分子")), Column(_("分母"))),
        tuple(_rate(one, results) for one in measures.RATIOS),
    )


def _rate(one: Ratio, results: Results) -> Row:
    totals = results.figures.totals
    return Row(str(one.name), (known(results.figures.ratio(one)), totals[one.part.key], totals[one.whole.key]))


def outcomes(results: Results) -> Table:
    """The partition of the accesses, with its check."""
    totals, parts = results.figures.totals, measures.OUTCOMES.parts
    whole = totals[measures.ACCESSES.key]
    return parted(
        "outcomes",
        _("アクセスの内訳"),
        (*(defined(one) for one in parts), rounding()),
        [(str(one.name), totals[one.key]) for one in parts],
        (whole, _("アクセス")),
        notes=(check(results),),
    )


def parted(
    key: str,
    name: str,
    definitions: tuple[str, ...],
    counts: Iterable[tuple[str, int]],
    of: tuple[int, str],
    notes: tuple[str, ...] = (),
) -> Table:
    """Parts of a whole with their shares, drawn as bars; `of`: the whole's number and its name."""
    whole, called = of
    return Table(
        key,
        name,
        definitions,
        (Column(_("件数")), Column(_("割合(%)"), Unit.PERCENT)),
        tuple(Row(label, (count, share(count, whole))) for label, count in counts),
        n=whole,
        of=called,
        total=Row(_("合計"), (whole, share(whole, whole))),
        picture=Picture.BARS,
        notes=notes,
    )


def check(results: Results) -> str:
    """The check that every report prints: whether the parts sum to the whole."""
    totals = results.figures.totals
    values = {"total": f"{measures.OUTCOMES.total(totals):,}", "whole": f"{totals[measures.ACCESSES.key]:,}"}
    if measures.OUTCOMES.holds(totals):
        return _("検算: 内訳の合計 %(total)s件 = アクセス数 %(whole)s件。一致しています。") % values
    return _("検算: 内訳の合計 %(total)s件 ≠ アクセス数 %(whole)s件。一致していません。") % values


def rounding() -> str:
    """How shares are rounded."""
    return _("割合は小数第1位まで四捨五入しているので、足して100にならないことがあります。")
