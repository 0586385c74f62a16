"""The days that are kept ready (日別の集計), as actions.days wrote them; never told once something changed since.

The database itself marks every change of what they are counted from (`Change`), in the same transaction.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise

from django.db.models import Exists, OuterRef

from counseling.models import Program
from reports import daily
from reports.daily import Day
from reports.days import Days
from reports.models import Change, KeptDay

Told = Callable[[str], None]


def read(program: Program, days: Days, told: Told | None = None) -> list[Day]:
    """Each of the days: as it is kept, where it is, and otherwise counted now; one query where all are kept.

    Whoever wants to be `told` hears after each fifth of them, and may raise to stop there.
    """
    found = _kept(program, days)
    for fifth in _parts(days, 5 if told else 1):
        for missing in _runs([place for place in fifth if place not in found]):
            found.update(zip(missing, daily.counted(program, part(days, missing)), strict=True))
        if told:
            told("days")
    return [found[place] for place in range(len(days))]


def _kept(program: Program, days: Days) -> dict[int, Day]:
    """Those that hold, by their place: days and changes in one question, so that none can come in between."""
    if program.practice:
        return {}
    changed = Change.objects.filter(program=OuterRef("program"), at__gte=OuterRef("begins"), at__lt=OuterRef("ends"))
    rows = KeptDay.objects.filter(
        ~Exists(changed), program=program, layout=daily.layout(), begins__gte=days.starts[0], ends__lte=days.starts[-1]
    )
    places = {span: place for place, span in enumerate(pairwise(days.starts))}
    return {
        places[begins, ends]: Day.from_json(figures)
        for begins, ends, figures in rows.values_list("begins", "ends", "figures")
        if (begins, ends) in places
    }


def part(days: Days, places: range) -> Days:
    """Some of the days that follow one another."""
    return Days(days.dates[places.start : places.stop], days.starts[places.start : places.stop + 1])


def _parts(days: Days, number: int) -> list[range]:
    edges = [len(days) * one // number for one in range(number + 1)]
    return [range(first, after) for first, after in pairwise(edges)]


def _runs(places: list[int]) -> Iterator[range]:
    """The places that follow one another, together."""
    begun = 0
    for at in range(1, len(places) + 1):
        if at == len(places) or places[at] != places[at - 1] + 1:
            yield range(places[begun], places[at - 1] + 1)
            begun = at
