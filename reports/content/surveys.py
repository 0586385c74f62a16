"""The survey in tables: how many answered, what speaks for the program, and each question by itself.

For the public a table holds together with the others: who did not answer a question is a part of those who answered
the survey, and is hidden where they are few, with whatever would give them away.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from reports import measures
from reports.content.counts import defined, rounding
from reports.results import Results
from reports.suppression import LEAST, hidden, is_small
from reports.surveys import Survey, Surveyed
from reports.tables import Column, Picture, Row, Table, Unit, Unknown, Value, share

HIDDEN = Unknown.HIDDEN


def tables(results: Results) -> list[Table]:
    """Nothing where no survey was sent after the talks of the period."""
    found = results.survey
    if not found.sent and not found.answered:
        return []
    return [_rates(found, found.questions), *(_question(one) for one in found.questions)]


def _rates(found: Survey, shown: Sequence[Surveyed]) -> Table:
    rows = [(str(measures.RETURN_RATE.name), found.answered, found.sent)]
    rows += [
        (str(measures.SAID[one.report]), one.of(measures.FAVOURABLE[one.report]), one.answered)
        for one in shown
        if one.report and one.report in measures.FAVOURABLE
    ]
    return Table(
        "survey",
        _("アンケート"),
        (
            defined(measures.SURVEY_SENT),
            defined(measures.SURVEY_ANSWERED),
            defined(measures.RETURN_RATE),
            _("ほかの割合は、選んだ人の数 ÷ その質問に答えた人の数です。答えなかった人は分母に入れません。"),
            _("「満足した」は「とても満足」と「満足」、ほかは「はい」を選んだ人です。"),
            rounding(),
        ),
        (Column(_("割合(%)"), Unit.PERCENT), Column(_("分子")), Column(_("分母"))),
        tuple(Row(label, (share(part, whole), part, whole)) for label, part, whole in rows),
        n=found.answered,
        of=_("アンケートの回答"),
        notes=_notes(found),
    )


def _notes(found: Survey) -> tuple[str, ...]:
    if not found.out:
        return ()
    told = _("切り離して保管した答えのうち%(count)s件は、相談の月の全体がこの期間に入らないため、数えていません。") % {
        "count": f"{found.out:,}"
    }
    return (told,)


def _question(one: Surveyed) -> Table:
    several = (_("あてはまるものをいくつでも選べるため、足すと100をこえることがあります。"),)
    return Table(
        f"survey_{one.key}",
        one.label,
        (
            _("アンケートの答えです。分母は、この質問に答えた人の数です。"),
            *(several if one.several else ()),
            rounding(),
        ),
        (Column(_("件数")), Column(_("割合(%)"), Unit.PERCENT)),
        tuple(Row(option.label, (option.count, share(option.count, one.answered))) for option in one.options),
        n=one.answered,
        of=_("この質問への回答"),
        total=None if one.several else Row(_("合計"), (one.answered, share(one.answered, one.answered))),
        picture=Picture.BARS,
    )


@dataclass(frozen=True)
class _Veil:
    """What of a question may be told: which options, and how many answered it."""

    places: frozenset[int]
    n: bool


def published(results: Results) -> tuple[list[Table], list[str]]:
    """The tables with their small cells hidden, and the titles of those that would say too much."""
    found = results.survey
    whole = tables(results)
    if not whole:
        return [], []
    if found.answered < LEAST:
        return [], [table.title for table in whole]
    veils = {one.key: _veil(found, one) for one in found.questions}
    shown = [_veiled(table, veils[one.key]) for table, one in zip(whole[1:], found.questions, strict=True)]
    return [_veiled_rates(whole[0], found, veils), *shown], []


def _veil(found: Survey, one: Surveyed) -> _Veil:
    silent = found.answered - one.answered
    if one.several:
        few = {
            place
            for place, option in enumerate(one.options)
            if is_small(option.count) or is_small(one.answered - option.count)
        }
        return _Veil(frozenset(few), n=not is_small(silent))
    counts = [*(option.count for option in one.options), silent]
    places = hidden(counts)
    return _Veil(places - {len(one.options)}, n=len(one.options) not in places)


def _veiled(table: Table, veil: _Veil) -> Table:
    def row(place: int, shown: Row) -> Row:
        count, rate = shown.values
        values: tuple[Value, ...] = (HIDDEN, HIDDEN) if place in veil.places else (count, rate if veil.n else HIDDEN)
        return Row(shown.label, values)

    total = table.total if veil.n or table.total is None else Row(table.total.label, (HIDDEN, HIDDEN))
    rows = tuple(row(place, shown) for place, shown in enumerate(table.rows))
    return replace(table, rows=rows, total=total, n=table.n if veil.n else HIDDEN)


def _veiled_rates(table: Table, found: Survey, veils: dict[str, _Veil]) -> Table:
    """A share is told only where all of its answers are, and how many answered."""
    unanswered = found.sent - found.answered
    may = [not (is_small(found.sent) or is_small(abs(unanswered)))]
    for one in found.questions:
        if one.report and one.report in measures.FAVOURABLE:
            codes, veil = measures.FAVOURABLE[one.report], veils[one.key]
            seen = all(place not in veil.places for place, option in enumerate(one.options) if option.code in codes)
            may.append(veil.n and seen)
    rows = tuple(
        shown if told else Row(shown.label, (HIDDEN,) * len(shown.values))
        for shown, told in zip(table.rows, may, strict=True)
    )
    # How many kept-apart answers were left out would tell of a few, too.
    return replace(table, rows=rows, notes=())
