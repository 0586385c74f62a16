"""A period's report as one document: the whole one for the house, and the one without small cells."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from reports import measures, words
from reports.content import counts, shown
from reports.exports.document import Document, document
from reports.periods import Period
from reports.public import Published, note, published
from reports.results import Results

Facts = Sequence[tuple[str, str]]


def whole(found: Results, against: Results | None, *, today: date, eras: bool, more: Facts = ()) -> Document:
    """Every table that says something, with the sentence and what one has to know of the period."""
    sentences = [counts.sentence(found, eras=eras)]
    sentences += [counts.compared(found, against, eras=eras)] if against else []
    return document(found, shown(found, against), sentences, notes(found), today=today, eras=eras, more=more)


def without_small_cells(found: Results, *, today: date, eras: bool, more: Facts = ()) -> Document:
    """The same for those who may see no small cell."""
    public = published(found)
    kept = [table for table in public.tables if table.n != 0]
    said = [note(), *([withheld(public.withheld)] if public.withheld else [])]
    return document(found, kept, [public_sentence(found, public, eras=eras)], said, today=today, eras=eras, more=more)


def withheld(titles: Sequence[str]) -> str:
    """Which tables are not told."""
    return _("数が少ないため、出していない表: %(titles)s") % {"titles": _("、").join(titles)}


def public_sentence(found: Results, public: Published, *, eras: bool) -> str:
    """The sentence of the period, as far as its numbers may be told."""
    seen, ratio = public.shown, measures.RATIOS[0]
    if {measures.ACCESSES.key, ratio.part.key, ratio.whole.key} <= seen:
        return counts.sentence(found, eras=eras)
    when = words.period(found.period, eras=eras)
    if measures.ACCESSES.key in seen:
        count = f"{found.figures.totals[measures.ACCESSES.key]:,}"
        return _("%(when)sは%(count)s件でした。") % {"when": when, "count": count}
    return _("%(when)sの件数は少ないため、出していません。") % {"when": when}


def notes(found: Results) -> list[str]:
    """What one has to know of a period that is not like others."""
    program, shown = found.program, found.period
    said = []
    if program.practice:
        said.append(_("練習用の窓口なので、何も数えません。"))
    if shown.last < program.starts_on or (program.ends_on and shown.first > program.ends_on):
        life = Period(program.starts_on, program.ends_on) if program.ends_on else None
        since = _("%(day)sから") % {"day": words.day(program.starts_on, eras=False)}
        when = words.exactly(life, eras=False) if life else since
        said.append(_("この期間、窓口は開いていませんでした。窓口の期間は%(when)sです。") % {"when": when})
    return said
