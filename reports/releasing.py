"""A year beside its months: what of the year's report may be told to those who have read the months. Pure.

A number that only one month hides follows from the year and the other months; and where several hide it, what they hide
together must be as much as the hidden cells of a table (suppression). A table in which anything follows is left out.
"""

from collections.abc import Mapping, Sequence

from reports.suppression import LEAST_TOGETHER
from reports.tables import Table, Unknown, Value

# Hours of people: a month that leaves them out does so because they would be one person's.
OF_PEOPLE = frozenset({"staff"})
Numbers = Mapping[tuple[str, int], Value]


def joint(year: Sequence[Table], months: Sequence[Sequence[Table]]) -> tuple[list[Table], list[str]]:
    """The year's tables that may stand beside the months', and the titles of the others."""
    kept = [table for table in year if not gives_away(table, months)]
    return kept, [table.title for table in year if table not in kept]


def gives_away(table: Table, months: Sequence[Sequence[Table]]) -> bool:
    """Whether a number that a month hides follows from this table of the year."""
    beside = [next((one for one in month if one.key == table.key), None) for month in months]
    if table.key in OF_PEOPLE and None in beside:
        return True
    return any(_follows(value, place, beside) for place, value in _numbers(table).items())


def _follows(value: Value, place: tuple[str, int], months: Sequence[Table | None]) -> bool:
    if value == Unknown.HIDDEN:
        return False
    found = [Unknown.HIDDEN if one is None else _numbers(one).get(place, 0) for one in months]
    hidden = sum(one == Unknown.HIDDEN for one in found)
    if not hidden:
        return False
    if not isinstance(value, int):
        return hidden == 1
    return hidden == 1 or value - sum(one for one in found if isinstance(one, int)) < LEAST_TOGETHER


def _numbers(table: Table) -> Numbers:
    """By the label of their row and the place of their column; n, and the total, have names nobody gives to a row."""
    rows = [(row.label, row.values) for row in table.rows]
    rows += [("\0total", table.total.values)] if table.total else []
    found: dict[tuple[str, int], Value] = {} if table.n is None else {("\0n", 0): table.n}
    return found | {(label, place): value for label, values in rows for place, value in enumerate(values)}
